"""A checked mapping: which cells become which values of which module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from db.declare import UNSET
from db.importing.formats import Convert
from db.importing.reading import CsvFile
from db.importing.templates import Source
from db.suite import Module

Existing = Literal["skip", "update", "merge"]
"""What becomes of a row whose record is there: it is left, it overwrites all that is mapped, or
only what the row fills.
"""


@dataclass(frozen=True)
class Value:
    """A column of the module: the text of `source`, looked up in `values`, else converted;
    `default` where there is no text. `constant` stands for whatever text there is, or for all rows
    where there is no source.
    """

    source: Source = field(default_factory=Source)
    convert: Convert = str
    values: Mapping[str, Any] = field(default_factory=dict)
    default: Any = None
    constant: Any = UNSET

    def read(self, cells: Mapping[str, str]) -> Any:
        """What the field is given. Raises Misread."""
        text = self.source.fill(cells)
        if not text and self.source.templates:
            return self.default
        if self.constant is not UNSET:
            return self.constant
        return self.values[text] if text in self.values else self.convert(text)

    def columns(self, path: tuple[str, ...] = ()) -> tuple[str, ...]:
        return self.source.columns


@dataclass(frozen=True)
class Parts:
    """An address, part by part."""

    parts: Mapping[str, Value]

    def read(self, cells: Mapping[str, str]) -> Any:
        return {name: part.read(cells) for name, part in self.parts.items()}

    def columns(self, path: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Those of the part that `path` leads to; without one, of all."""
        named = self.parts.get(path[0]) if path else None
        parts = (named,) if named else tuple(self.parts.values())
        return tuple(dict.fromkeys(column for each in parts for column in each.source.columns))


@dataclass(frozen=True)
class Pointer:
    """A relation: to what was made of the row of `table` that has this key, or to the one record
    of `target` whose column `find` holds this text.
    """

    target: Module
    source: Source
    table: str = ""
    find: str = ""

    def columns(self, path: tuple[str, ...] = ()) -> tuple[str, ...]:
        return self.source.columns


Field = Value | Parts | Pointer


@dataclass(frozen=True)
class Lines:
    """Line items: rows of `file` whose `by` is the key of their document."""

    file: CsvFile
    module: Module
    by: Source
    fields: Mapping[str, Field]


@dataclass(frozen=True)
class Table:
    """One file into one module. `match`: groups of fields, each of which tells a record that is
    there already; tried in turn. `distinct`: rows that repeat a key are no rows of their own.
    """

    name: str
    file: CsvFile
    module: Module
    fields: Mapping[str, Field]
    key: Source | None
    distinct: bool
    match: tuple[tuple[str, ...], ...]
    existing: Existing
    validate: bool
    lines: Lines | None


@dataclass(frozen=True)
class Plan:
    """The tables in the order they are read; `unused`: columns of each file that none names."""

    tables: tuple[Table, ...]
    unused: Mapping[CsvFile, tuple[str, ...]]
