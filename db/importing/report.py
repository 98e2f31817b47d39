"""What an import did: how files were read, what was written, which rows were refused and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from db.importing.reading import CsvFile

TOLD: Final = 1000
"""Refused rows that are kept to be told; further ones are counted."""


@dataclass(frozen=True)
class Refusal:
    """A row that was not written. `column` is empty where the row as a whole is at fault."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        column = f", {self.column}" if self.column else ""
        return f"{self.file} line {self.line}{column}: {self.reason}"


@dataclass
class Report:
    """Counts by module name. `skipped` rows have their record already, left as it was or found
    equal; `refused_rows` counts every refused row, of which `refused` tells the first problems.
    """

    dry_run: bool = False
    files: dict[CsvFile, tuple[str, ...]] = field(default_factory=dict)
    """The files read, each with the columns that the mapping leaves out."""
    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    validated: Counter[str] = field(default_factory=Counter)
    drafts: Counter[str] = field(default_factory=Counter)
    """Documents to be validated that wait until what was refused is put right."""
    refused: list[Refusal] = field(default_factory=list)
    refused_rows: int = 0

    def refuse(self, refusals: list[Refusal]) -> None:
        """One row was refused, for these reasons."""
        self.refused_rows += 1
        self.refused += refusals[: max(0, TOLD - len(self.refused))]

    def __str__(self) -> str:
        lines = [_told(file, unused) for file, unused in self.files.items()]
        counts = {
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "validated": self.validated,
            "left as drafts": self.drafts,
        }
        for module in dict.fromkeys(name for counted in counts.values() for name in counted):
            done = [f"{counted[module]} {word}" for word, counted in counts.items()]
            lines.append(f"{module}: {', '.join(each for each in done if each[:2] != '0 ')}")
        lines += map(str, self.refused)
        if self.refused_rows:
            lines.append(f"{self.refused_rows} rows refused")
        if self.dry_run:
            lines.append("Dry run: nothing was written")
        return "\n".join(lines)


def _told(file: CsvFile, unused: tuple[str, ...]) -> str:
    delimiter = "tab" if file.delimiter == "\t" else file.delimiter
    told = f'{file.name}: {file.rows} rows, {file.encoding}, delimiter "{delimiter}"'
    told += f', decimal "{file.decimal}"'
    return told + (f"; columns not used: {', '.join(unused)}" if unused else "")
