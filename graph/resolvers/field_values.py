"""Fields of a record one by one, by the names that a layout gives."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from strawberry import UNSET, Info

from db import display as displaying
from db.customs import PREFIX, Customised, customised
from db.declare import Column, Links, Relation, snake_case
from db.errors import BadUserInput
from db.layouts import PEOPLE
from db.listings import Records
from db.paging import MAX_PAGE, chosen
from db.reading import Wanted
from db.suite import COMMON
from graph import names
from graph.context import Operation, operation
from graph.names import camel
from graph.resolvers.records import full


@dataclass(frozen=True)
class FieldOfRecord:
    """One field of a record's row; `fact` is None for a person."""

    row: Any
    key: str
    fact: Column | Relation | Links | None
    language: str
    currency: str | None = None

    @property
    def name(self) -> str:
        return names.camel(self.key)

    @property
    def label(self) -> str:
        return (self.fact.label if self.fact else PEOPLE[self.key]).into(self.language)

    @property
    def type(self) -> str:
        return names.type_of(self.fact)

    async def shown(self, own: Operation) -> displaying.Shown:
        """Its value and display; what points elsewhere is read, for all fields together."""
        if isinstance(self.fact, Column):
            return displaying.held(self.row, self.fact, own.style, self.currency)
        if isinstance(self.fact, Links):
            return await self._linked(own, self.fact)
        if isinstance(self.fact, Relation):
            id = self.row[self.fact.foreign_key]
            found = None if id is None else await own.loaders.registered.load(id)
            return displaying.shown_record(found)
        id = self.row[f"{self.key}_id"]
        person = None if id is None else await own.loaders.principal.load(id)
        return displaying.shown_person(person)

    async def _linked(self, own: Operation, links: Links) -> displaying.Shown:
        if isinstance(self.row, dict):  # of a record that is not written yet
            found = await gather(*map(own.loaders.registered.load, self.row[links.name]))
            rows: Sequence[Any] = [row for row in found if row is not None]
        else:
            rows = await self._page(own, links)
        return displaying.shown_records(rows)

    async def _page(self, own: Operation, links: Links) -> Sequence[Any]:
        tab = self.row.module.tabs[links.name]
        newest = chosen(MAX_PAGE, None, None, None)
        page = await own.loaders.page(Wanted(Records(tab.module, tab)), newest).load(self.row["id"])
        return page.rows


def fact_of(has: Customised, name: str) -> Column | Relation | Links | None:
    """What a layout means by a name; None for a person. KeyError for what is no field."""
    if name in PEOPLE:
        return None
    return has.facts.get(name) or COMMON[name]


def field_of(own: Operation, row: Any, name: str, currency: str | None = None) -> FieldOfRecord:
    """A field of a row of its module's own table; amounts are in the row's currency, where it has
    one, else in `currency`.
    """
    fact = fact_of(customised(own.viewer, row.module), name)
    return FieldOfRecord(row, name, fact, own.language, row.get("currency") or currency)


async def custom(root: Any, info: Info, names: list[str] | None = UNSET) -> list[FieldOfRecord]:
    """The custom fields of a record: all, or those named. Raises BadUserInput for unknown ones."""
    own, row = operation(info), await full(root, info)
    known = customised(own.viewer, row.module).custom
    if names is UNSET or names is None:
        return [field_of(own, row, name) for name in known]
    wanted = [f"{PREFIX}{snake_case(name)}" for name in names]
    for name, written in zip(wanted, names, strict=True):
        if name not in known:
            accepted = ", ".join(camel(each.name) for each in known.values())
            raise BadUserInput(("names",), "unknown_field", name=written, accepted=accepted)
    return [field_of(own, row, name) for name in wanted]


async def value(root: Any, info: Info) -> Any:
    return (await root.shown(operation(info))).value


async def display(root: Any, info: Info) -> Any:
    return (await root.shown(operation(info))).display
