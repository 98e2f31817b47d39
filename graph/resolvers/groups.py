"""Groups of a list (db/grouping.py): an aggregate each, with what its keys hold.

A list's groups are read with all the measures that the document selects on them, so that they are
one statement; the measures of a group are then known and cost nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from strawberry import UNSET, Info

from db import display as displaying
from db import grouping
from db.customs import customised, layout_of
from db.errors import BadGroup
from db.grouping import DEFAULT_GROUPS, MAX_GROUPS, Group, Grouping, Key, Period
from db.listings import COUNT, FUNCTIONS, Measure
from db.suite import Module
from graph import names
from graph.context import Operation, operation
from graph.resolvers.field_values import FieldOfRecord, fact_of
from graph.resolvers.given import given
from graph.resolvers.lists import Connection, Resolver
from graph.selecting import selected

CURRENCIES: Final = Grouping((Key("currency"),))


class GroupOf:
    """One group of a list: its measures, and the fields it was made by."""

    __slots__ = ("group", "grouping", "module")

    def __init__(self, module: Module, grouping: Grouping, group: Group) -> None:
        self.module, self.grouping, self.group = module, grouping, group

    async def measure(self, function: str, column: str) -> Any:
        return self.group.measures.get((function, column))  # None for one that is not read


@dataclass(frozen=True)
class KeyOfGroup(FieldOfRecord):
    """A field that all the records of a group have alike; `row` holds it as a record would."""

    every: Period | None = None

    async def shown(self, own: Operation) -> displaying.Shown:
        day = self.row.get(self.key)
        if self.every is None or day is None:
            return await super().shown(own)
        return displaying.period(day, self.every.value, own.style)


def groups(module: Module) -> Resolver:
    """The groups of the list by the fields asked for, each an aggregate."""

    async def resolve(
        root: Any, info: Info, by: Any, first: int | None = DEFAULT_GROUPS, order_by: Any = UNSET
    ) -> Any:
        asked = [{**each, "field": names.snake(each["field"])} for each in given(by)]
        order = {what: how and _ordered(what, how) for what, how in (given(order_by) or {}).items()}
        _refuse_hidden(info, module, _places(asked, order))
        try:
            key = layout_of(operation(info).viewer, module).key
            parsed = grouping.parse(module, asked, order, key)
        except BadGroup as wrong:
            raise _spelt(wrong) from None
        size = grouping.size(DEFAULT_GROUPS if first is None else first)
        return await _read(root, info, module, parsed, size, "groups")

    return resolve


def by_currency(module: Module) -> Resolver:
    """The groups by currency: there are no more than currencies."""

    async def resolve(root: Any, info: Info) -> Any:
        _refuse_hidden(info, module, [(("byCurrency",), "currency")])
        return await _read(root, info, module, CURRENCIES, MAX_GROUPS, "byCurrency")

    return resolve


Named = list[tuple[tuple[str, ...], str]]
"""Fields by Python name, each with where it is named."""


def _places(by: list[dict[str, Any]], order: dict[str, Any]) -> Named:
    """The fields that groups are made and ordered by."""
    found: Named = [(("by", str(i), "field"), each["field"]) for i, each in enumerate(by)]
    return found + [(("orderBy", "sum"), name) for what, name in order.items() if what == "sum"]


def _refuse_hidden(info: Info, module: Module, named: Named) -> None:
    """Raises BadGroup for a field that the viewer may not read."""
    hidden = customised(operation(info).viewer, module).hidden
    for path, name in named:
        if name in hidden:
            raise BadGroup(path, "hidden_field", name=names.camel(name), argument=_path(path))


async def _read(
    root: Any, info: Info, module: Module, asked: Grouping, size: int, field: str
) -> list[GroupOf]:
    if not isinstance(root, Connection):
        raise BadGroup((field,), "group_of_group")
    loader = operation(info).loaders.groups(root.wanted, asked, size)
    found: list[Group] = await loader.load((root.parent, _measures(module, info)))
    return [GroupOf(module, asked, each) for each in found]


def _measures(module: Module, info: Info) -> tuple[Measure, ...]:
    """The measures that the document selects on the groups."""
    columns, masked = _columns(module), operation(info).viewer.scope.masked
    found = {COUNT}
    for function, below in selected(info).items():
        if function in FUNCTIONS:
            asked = (columns[name] for name in below if name in columns)
            found.update((function, each) for each in asked if (module.name, each) not in masked)
    return tuple(sorted(found))


@cache
def _columns(module: Module) -> dict[str, str]:
    return {names.camel(name): name for name in module.all_columns}


def _ordered(what: str, how: str) -> str:
    return names.snake(how) if what == "sum" else how


def _spelt(wrong: BadGroup) -> BadGroup:
    """The same with fields as the client calls them."""
    params = dict(wrong.params)
    if "accepted" in params:
        accepted: Any = params["accepted"]
        params["accepted"] = [names.camel(each) for each in accepted]
        params["name"] = names.camel(str(params["name"]))
    return BadGroup(wrong.path, wrong.message_key, **{**params, "argument": _path(wrong.path)})


def _path(path: tuple[str, ...]) -> str:
    return ".".join(names.camel(each) for each in path)


def keys(root: Any, info: Info) -> list[KeyOfGroup]:
    """What the group was made by; nothing for a whole list."""
    if not isinstance(root, GroupOf):
        return []
    own = operation(info)
    has = customised(own.viewer, root.module)
    return [
        KeyOfGroup(
            {_held(root.module, key.name): held}, key.name, fact, own.language, every=key.every
        )
        for key, held in zip(root.grouping.keys, root.group.keys, strict=True)
        for fact in (fact_of(has, key.name),)
    ]


def _held(module: Module, name: str) -> str:
    """The column that holds a field."""
    pointing = name in module.relations or name == grouping.OWNER
    return f"{name}_id" if pointing else name


def group_count(root: Any) -> int | None:
    """How many groups there are beside this one, and with it."""
    return root.group.of if isinstance(root, GroupOf) else None
