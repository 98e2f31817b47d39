"""Anything by its id: records by number, all else by the kind in its id."""

from __future__ import annotations

from typing import Any, Final

from strawberry import Info

from db.changes import hides
from db.customs import customised
from graph.context import operation
from graph.resolvers.records import numbered, record_id, reference
from graph.resolvers.saved_lists import list_of

MOST: Final = 100
"""Nodes asked for at once."""


async def node_of(info: Info, id: str) -> Any:
    """What has this id and may be seen; None for ids of nothing, and for what is no id at all."""
    own = operation(info)
    _ = own.viewer
    number = record_id(id)
    if number is not None:
        return await reference(info, number)
    kind, _, rest = id.partition("-")
    if kind == "list":
        return await list_of(own, id)
    number = numbered(id, kind) if rest else None
    if number is None:
        return None
    if kind in ("user", "team", "system"):
        people = own.loaders.principal if kind == "system" else own.loaders.colleague
        row = await people.load(number)
        return row if row is not None and row["kind"] == kind else None
    if kind == "company":
        return await own.loaders.company.load(number) if number == own.viewer.company_id else None
    if kind == "tag":
        return await own.loaders.tag.load(number)
    if kind == "comment":
        return await _on_seen_record(own, await own.loaders.comment.load(number))
    if kind == "change":
        return await _told(own, await own.loaders.change.load(number))
    if kind == "line":
        return await own.loaders.record(own.suite["LineItem"]).load(number)
    return None


async def _told(own: Any, change: Any) -> Any:
    """The change, if the viewer sees its record, and a field that it is of."""
    row = await _on_seen_record(own, change)
    if row is None:
        return None
    module = (await own.loaders.registered.load(row["record_id"])).module
    return None if hides(customised(own.viewer, module).hidden, row) else row


async def _on_seen_record(own: Any, row: Any) -> Any:
    """The row, if the viewer sees the record it belongs to."""
    if row is None:
        return None
    seen = await own.loaders.registered.load(row["record_id"])
    return row if seen is not None else None
