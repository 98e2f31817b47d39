"""Mutations that put records in a tab, or take them out."""

from __future__ import annotations

from typing import Any

from strawberry import UNSET, Info

from db.errors import ErrorCode, InvalidInput, NotFound, Problem
from db.relating import relate
from db.writing import Saved, Work
from graph import names
from graph.context import operation
from graph.resolvers.mutations import RECORD, Payload, once, refusing
from graph.resolvers.records import record_id


def relating(action: str, linked: bool) -> Any:
    """`link` or `unlink`: the payload is of the record whose tab it is."""

    @refusing
    async def resolve(
        info: Info, record: Any, tab: str, ids: list[Any], idempotency_key: str | None = UNSET
    ) -> Payload:
        id = record_id(record)
        if id is None:
            raise NotFound(RECORD, str(record), ("record",))
        others = [_other(tab, i, each) for i, each in enumerate(ids)]
        own = operation(info)
        found = await own.loaders.registered.load(id)
        await own.renew()  # the writing takes a connection of its own
        if found is None:
            raise NotFound(RECORD, id, ("record",))
        module = found.module

        async def write(work: Work) -> Saved:
            return await relate(work, module, id, names.snake(tab), others, linked=linked)

        asked = [str(record), tab, [str(each) for each in ids]]
        return await once(info, action, module, asked, idempotency_key, write)

    return resolve


def _other(tab: str, place: int, id: Any) -> int:
    key = record_id(id)
    if key is None:
        path = ("ids", str(place))
        about = {"label": tab, "id": str(id)[:80]}
        raise InvalidInput([Problem(path, ErrorCode.NOT_FOUND, "no_such_target", about)])
    return key
