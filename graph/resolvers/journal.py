"""The event journal, as administrators read it."""

from __future__ import annotations

from typing import Any

from strawberry import UNSET, Info

from db import journal
from db.administering import RIGHTS
from db.changes import parse
from db.errors import Forbidden
from graph.context import operation
from graph.resolvers.given import given
from graph.resolvers.lists import Connection, connect


async def events(
    info: Info,
    filter: Any = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Connection:
    """The events that the filter lets through, newest first. Raises Forbidden, BadFilter."""
    if not operation(info).viewer.administrator:
        raise Forbidden(RIGHTS, "read")
    asked = parse(given(filter), journal.FILTERS)
    values = dict(asked.values)
    return connect(
        info, journal.Events(asked.shape), None, first, after, last, before,
        digest=asked.digest, values=values,
    )  # fmt: skip


async def actor(root: Any, info: Info) -> Any:
    return await operation(info).loaders.principal.load(root["actor_id"])
