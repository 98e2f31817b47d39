"""Accounting documents: validated (numbered, posted, locked), then settled by one another.

Facts in documents.py, the company's books in chart.py; `validate` and `allocate` are the actions.
"""

from db.posting.allocating import allocate
from db.posting.documents import DOCUMENTS
from db.posting.validating import validate, validate_many

POSTED = tuple(DOCUMENTS)
"""The modules whose documents are validated."""

__all__ = ["DOCUMENTS", "POSTED", "allocate", "validate", "validate_many"]
