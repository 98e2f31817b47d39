"""A row on its way to becoming a record: what it gives, what it points at, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.declare import Column
from db.errors import Problem
from db.importing.formats import Misread
from db.importing.plan import Field, Pointer, Table
from db.importing.reading import Row
from db.importing.report import Refusal
from db.kinds import PART_BY_NAME, Invalid, kind_of
from db.suite import Module


@dataclass(frozen=True, eq=False)
class Point:
    """A relation to be found: its id belongs into `values` under `name`."""

    values: dict[str, Any]
    name: str
    pointer: Pointer
    row: Row
    text: str


@dataclass(eq=False)
class Draft:
    """One row. `id`: the record that is there already. `lines`: the rows of its line items."""

    table: Table
    row: Row
    key: str
    lines: Sequence[Row] = ()
    given: dict[str, Any] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    id: int | None = None

    def fill(self) -> None:
        """Read the cells. What points elsewhere is left to be found."""
        table = self.table
        faults = [row for row in (self.row, *self.lines) if row.fault]
        for row in faults:
            self.refuse(row, (), row.fault)
        if faults:
            return
        self.given = self._values(table.fields, self.row)
        if table.lines is not None:
            fields = table.lines.fields
            self.given["line_items"] = [self._values(fields, row) for row in self.lines]

    def filled(self) -> dict[str, Any]:
        """What the row gives, without what it leaves empty."""
        found = _without_empty(self.given)
        if "line_items" in found:
            found["line_items"] = [_without_empty(line) for line in found["line_items"]]
        return found

    def refuse(self, row: Row, columns: Iterable[str], reason: str) -> None:
        self.refusals.append(Refusal(row.file, row.line, ", ".join(columns), reason))

    def told(self, problems: Iterable[Problem]) -> None:
        """Refuse for what the unit of work found wrong, at the row and the cells it came from."""
        for problem in problems:
            path, row, fields = problem.path, self.row, self.table.fields
            if path[:1] == ("line_items",) and len(path) > 1 and self.table.lines:
                row, fields = self.lines[int(path[1])], self.table.lines.fields
                path = path[2:]
            self.refuse(row, _columns(fields, path), problem.message("en"))

    def _values(self, fields: Mapping[str, Field], row: Row) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, each in fields.items():
            if isinstance(each, Pointer):
                values[name] = None
                if text := each.source.fill(row.cells):
                    self.points.append(Point(values, name, each, row, text))
                continue
            try:
                values[name] = each.read(row.cells)
            except Misread as wrong:
                self.refuse(row, each.columns(), str(wrong))
        return values

    def identity(self, names: tuple[str, ...]) -> tuple[Any, ...] | None:
        """The values of these fields as they will be stored; None where one of them has none."""
        found = tuple(_stored(self.table.module, name, self.given.get(name)) for name in names)
        return None if None in found else found


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _columns(fields: Mapping[str, Field], path: tuple[str, ...]) -> tuple[str, ...]:
    """The columns that the field at `path` is read from; its own name where there are none."""
    if not path:
        return ()
    field_ = fields.get(path[0])
    inner = tuple(PART_BY_NAME.get(name, name) for name in path[1:])
    return (field_.columns(inner) if field_ else ()) or path[:1]


def _stored(module: Module, name: str, value: Any) -> Any:
    fact = module.facts[name]
    if value is None or not isinstance(fact, Column) or fact.choice is not None:
        return value
    try:
        return kind_of(fact.type).parse(value)
    except Invalid:
        return None  # Told when the record is checked.
