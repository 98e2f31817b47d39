"""Columns of lists as clients spell them, `account.billingAddress.city`, and cells under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache, partial
from typing import Any

from db import list_columns
from db.access import Viewer
from db.customs import customised
from db.display import NOTHING, Shown, shown_part
from db.errors import ErrorCode, Problem
from db.list_columns import ListColumn
from db.saved_lists import LABELS
from db.suite import Module
from graph import names
from graph.context import Operation
from graph.resolvers.field_values import field_of

NEAREST = 20
"""Names told of those that a column may have."""


def spelt(path: Iterable[str]) -> str:
    """`("account", "billing_address")` as clients write it: `account.billingAddress`."""
    return ".".join(map(names.camel, path))


@lru_cache(maxsize=1024)
def declared(module: Module) -> Mapping[str, ListColumn]:
    """Every column a list of the module may have, as clients spell it, as nobody customised it."""
    return {spelt(each.path): each for each in list_columns.columns(module)}


def known(viewer: Viewer, module: Module) -> Mapping[str, ListColumn]:
    """The same as the viewer's company has it."""
    if not viewer.customs:
        return declared(module)
    having = partial(customised, viewer)
    return {spelt(each.path): each for each in list_columns.columns(module, having)}


def columns(viewer: Viewer, module: Module, written: Iterable[str]) -> list[ListColumn]:
    """Those of the columns that there are: a field may have gone since the list was kept."""
    there = known(viewer, module)
    return [there[each] for each in written if each in there]


def check(
    viewer: Viewer,
    module: Module,
    given: list[str] | None,
    problems: list[Problem],
    most: int = list_columns.MOST,
) -> None:
    """Note what is wrong with the columns of a list, as a client names them."""
    if given is None:
        return
    path = ("columns",)
    about = {"label": LABELS["columns"]}
    if not given:
        problems.append(Problem(path, ErrorCode.INVALID, "too_few", {**about, "minimum": 1}))
    if len(given) > most:
        params = {"argument": ".".join(path), "maximum": most}
        problems.append(Problem(path, ErrorCode.INVALID, "too_many", params))
        return
    there = known(viewer, module)
    for i, each in enumerate(given):
        here = (*path, str(i))
        if each in given[:i]:
            params = {**about, "value": each}
            problems.append(Problem(here, ErrorCode.INVALID, "column_twice", params))
        elif each not in there:
            near = get_close_matches(each, there, n=3, cutoff=0.5)
            accepted = list(dict.fromkeys([*near, *there]))[:NEAREST]
            params = {"name": each, "accepted": accepted}
            problems.append(Problem(here, ErrorCode.INVALID, "unknown_field", params))


def type_of(column: ListColumn) -> str:
    """The scalar or enum it is read as, or the module it leads to."""
    if column.part is not None:
        return "String"
    return "ID" if column.key == "id" else names.type_of(column.fact)


@dataclass(frozen=True)
class Cell:
    """What a record shows in a column; `row` is of the module's own table."""

    row: Any
    column: ListColumn
    language: str

    @property
    def name(self) -> str:
        return spelt(self.column.path)

    @property
    def label(self) -> str:
        return self.column.label(self.language)

    @property
    def type(self) -> str:
        return type_of(self.column)

    async def shown(self, own: Operation) -> Shown:
        """Its value and display; what points elsewhere is read, for all cells together."""
        row, over = self.row, self.column.over
        if over is not None:
            id = row[over.foreign_key]
            target = self.column.module.target(over)
            row = None if id is None else await own.loaders.record(target).load(id)
            if row is None:
                return NOTHING
        if self.column.fact is None and self.column.key == "id":
            return Shown(str(row["id"]), str(row["id"]))
        if self.column.part is not None:
            return shown_part(row[self.column.key], self.column.part, own.style)
        return await field_of(own, row, self.column.key).shown(own)
