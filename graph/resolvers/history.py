"""The history of a record, what the record was, and what it was from one time to another."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from strawberry import UNSET, Info

from db import asof, changes
from db.asof import State
from db.conversion.converting import MADE
from db.customs import customised
from db.declare import Relation
from db.errors import BadFilter, BadUserInput
from db.kinds import Invalid, kind_of
from db.suite import Module, module_of
from graph import names
from graph.context import Operation, operation
from graph.resolvers.given import given
from graph.resolvers.lists import connect
from graph.resolvers.records import record_id

Told = dict[str, Any]
"""A field of a change, as it is stored (db/history.py)."""


async def history(
    root: Any,
    info: Info,
    filter: Any = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    """The changes of a record that the filter lets through."""
    module = module_of(root)
    hidden = customised(operation(info).viewer, module).hidden
    asked = changes.parse(_named(module, given(filter), hidden))
    listing = changes.Changes(asked.shape, tuple(sorted(hidden)))
    values = dict(asked.values)
    return connect(
        info, listing, root["id"], first, after, last, before, digest=asked.digest, values=values
    )


def _named(module: Module, filter: Any, hidden: Collection[str]) -> Any:
    """The filter with fields called as they are stored. Raises BadFilter for unknown ones."""
    if not filter or not filter.get("field"):
        return filter
    told = (*asof.named(module), *module.tabs, "tags", "shares", MADE)
    known = {names.camel(name): name for name in told if name not in hidden}

    def stored(operator: str, name: str) -> str:
        if name not in known:
            raise BadFilter(
                ("filter", "field", operator),
                "bad_filter_name",
                name=name,
                accepted=", ".join(known),
            )
        return known[name]

    return {
        **filter,
        "field": {
            operator: value
            if value is None
            else [stored(operator, name) for name in value]
            if isinstance(value, list)
            else stored(operator, value)
            for operator, value in filter["field"].items()
        },
    }


async def seen_fields(own: Operation, module: Module, told: Sequence[Told]) -> list[Told]:
    """The fields as the viewer may see them: of other records those only that they may see, in
    the recycle bin or not. What then neither held nor holds anything is left out.
    """
    if own.viewer.scope.everything:
        return list(told)
    hidden = customised(own.viewer, module).hidden
    told = [_lines_read(own, module, each) for each in told if each["name"] not in hidden]
    ids = sorted({id for each in told for id in _pointed(module, each)})
    rows = dict(zip(ids, await gather(*(own.loaders.kept.load(id) for id in ids)), strict=True))
    shown = [_masked(module, each, rows) for each in told]
    return [each for each in shown if each is not None]


def _lines_read(own: Operation, module: Module, told: Told) -> Told:
    """Lines without what of them the viewer may not read."""
    if told["name"] != "line_items":
        return told
    hidden = customised(own.viewer, module.suite["LineItem"]).hidden
    return told | {
        side: [
            {key: held for key, held in line.items() if key not in hidden} for line in told[side]
        ]
        for side in ("before", "after")
        if told[side] is not None and hidden
    }


def _pointed(module: Module, told: Told) -> Iterator[int]:
    for side in ("before", "after"):
        if told["name"] == "line_items":
            for line in told[side] or ():
                yield from (int(line[key]) for key in _line_keys(module) if line.get(key))
        elif _points(module, told["name"]):
            yield from map(int, _listed(told[side]))


def _points(module: Module, name: str) -> bool:
    """Whether a field's values are ids of records."""
    pointing = isinstance(module.facts.get(name), Relation)
    return pointing or name in module.links or name in module.tabs or name == MADE


def _line_keys(module: Module) -> Sequence[str]:
    return tuple(module.suite["LineItem"].relations)


def _listed(value: Any) -> Sequence[str]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _masked(module: Module, told: Told, rows: Mapping[int, Any]) -> Told | None:
    name = told["name"]
    if name == "line_items":
        keys = _line_keys(module)
        sides = {
            side: None
            if told[side] is None
            else [
                {
                    key: value
                    for key, value in line.items()
                    if key not in keys or rows[int(value)] is not None
                }
                for line in told[side]
            ]
            for side in ("before", "after")
        }
        return {**told, **sides}
    if not _points(module, name):
        return told
    masked = dict(told)
    for side in ("before", "after"):
        ids = _listed(told[side])
        seen = [id for id in ids if rows[int(id)] is not None]
        if len(seen) < len(ids):
            masked[side] = seen if isinstance(told[side], list) and seen else None
            titles = [rows[int(id)]["title"] for id in seen]
            masked[f"{side}_display"] = ", ".join(titles) or None
    if masked["before"] is None and masked["after"] is None:
        return None
    return masked


@dataclass(frozen=True)
class AsOf:
    """A record as it was `at` a time; `row` is its line in the register."""

    row: Any
    at: datetime
    state: State


@dataclass(frozen=True)
class Comparison:
    """What differs of a record between two times; `since` may be before it was created."""

    row: Any
    from_: datetime
    to: datetime
    before: State | None
    after: State | None


async def record_as_of(info: Info, id: Any, at: Any) -> AsOf | None:
    own = operation(info)
    row = await _kept(own, id)
    if row is None:
        return None
    time = _moment(at, "at")
    found = await asof.state(own.reader, row.module, row["id"], time)
    return None if found is None else AsOf(row, time, found)


async def compare(info: Info, id: Any, from_: Any, to: Any = UNSET) -> Comparison | None:
    own = operation(info)
    row = await _kept(own, id)
    if row is None:
        return None
    since = _moment(from_, "from")
    until = datetime.now(UTC) if to is UNSET or to is None else _moment(to, "to")
    if until < since:
        raise BadUserInput(("to",), accepted=f">= {since.isoformat()}")
    before = await asof.state(own.reader, row.module, row["id"], since)
    after = await asof.state(own.reader, row.module, row["id"], until)
    return Comparison(row, since, until, before, after)


async def _kept(own: Operation, id: Any) -> Any:
    """The register's line of a record that the viewer sees, in the recycle bin or not."""
    _ = own.viewer
    number = record_id(id)
    return None if number is None else await own.loaders.kept.load(number)


def _moment(given: Any, argument: str) -> datetime:
    """The time a client gave. Raises BadUserInput."""
    try:
        moment: datetime | None = kind_of(datetime).parse(given)
    except Invalid as wrong:
        params: dict[str, Any] = {"label": argument, **wrong.params}
        raise BadUserInput((argument,), wrong.code, **params) from None
    if moment is None:
        raise BadUserInput((argument,), accepted="2026-03-31T08:30:00Z")
    return moment
