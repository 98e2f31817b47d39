"""CSV files into modules, by a mapping that a person writes (docs/importing.md)."""

from db.importing.problems import MappingError
from db.importing.report import Refusal, Report
from db.importing.running import run

__all__ = ["MappingError", "Refusal", "Report", "run"]
