"""The event journal: what administrators made of rights and users, and who signed in.

It is append-only, as the history of records is, and written in the transaction of what it tells of;
administrators read it, and nobody removes anything from it. Records tell of themselves in their own
history, of being shared too. Docs: docs/access.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import asyncpg

from db.access import COMPANY, Scope
from db.changes import WITHOUT_NULL, Named, comparisons
from db.conditions import EQUAL, ORDERED
from db.declare import Column, Label
from db.history import alike, field_change
from db.listings import Table
from db.ordering import SortKey
from db.paging import Rows
from db.rows import EventRow
from db.tables import event
from db.writing import Work


class EventKind(StrEnum):
    """What was done."""

    ROLE_CREATED = "ROLE_CREATED"
    ROLE_CHANGED = "ROLE_CHANGED"
    ROLE_DELETED = "ROLE_DELETED"
    TEAM_CREATED = "TEAM_CREATED"
    TEAM_CHANGED = "TEAM_CHANGED"
    TEAM_DELETED = "TEAM_DELETED"
    PROFILE_CREATED = "PROFILE_CREATED"
    PROFILE_CHANGED = "PROFILE_CHANGED"
    PROFILE_DELETED = "PROFILE_DELETED"
    SHARING_CHANGED = "SHARING_CHANGED"
    RULE_CREATED = "RULE_CREATED"
    RULE_CHANGED = "RULE_CHANGED"
    RULE_DELETED = "RULE_DELETED"
    USER_CREATED = "USER_CREATED"
    USER_CHANGED = "USER_CHANGED"
    RECORDS_HANDED_OVER = "RECORDS_HANDED_OVER"
    SIGNED_IN = "SIGNED_IN"
    SIGN_IN_FAILED = "SIGN_IN_FAILED"
    PASSWORD_CHANGED = "PASSWORD_CHANGED"


SERVICE: Final = 0
"""The principal of the service itself: of the command line too."""

NOTE: Final = """
INSERT INTO event (company_id, actor_id, kind, subject, name, fields)
VALUES ($1, $2, $3, $4, $5, $6)
"""
NOTE_OF_USER: Final = """
INSERT INTO event (company_id, actor_id, kind, subject, name, fields, address)
SELECT company_id, coalesce($4::bigint, id), $2, 'user-' || id, name, '[]', nullif($3, '')
FROM app_user JOIN principal USING (id) WHERE id = $1
"""


async def note(
    work: Work,
    kind: EventKind,
    subject: str,
    name: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write that the viewer did this to `subject`, a node's id or a module: with what differs of
    the values before and after, in JSON form. Nothing where a change leaves all as it was.
    """
    was, now = before or {}, after or {}
    fields = [
        field_change(each, was.get(each), now.get(each))
        for each in {**was, **now}
        if not alike(was.get(each), now.get(each))
    ]
    if before is not None and after is not None and not fields:
        return
    asked = (work.viewer.company_id, work.viewer.id, kind.value, subject, name, fields)
    await work.connection.execute(NOTE, *asked)


async def note_change(
    work: Work,
    kind: str,
    id: int,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    name: str | None = None,
) -> None:
    """The same of a role, team, profile, rule or user: made where there is nothing before, deleted
    where there is nothing after.
    """
    done = "CREATED" if before is None else "DELETED" if after is None else "CHANGED"
    told = EventKind(f"{kind.upper()}_{done}")
    called = name or str((after or before or {})["name"])
    await note(work, told, f"{kind}-{id}", called, before, after)


async def note_of_user(
    connection: Any,
    user_id: int | None,
    kind: EventKind,
    address: str = "",
    actor_id: int | None = None,
) -> None:
    """Write what a user did, or was tried in their name, from an address: in their company. Where
    `actor_id` is given, somebody did it to them.
    """
    await connection.execute(NOTE_OF_USER, user_id, kind.value, address, actor_id)


async def note_failure(pool: Any, user_id: int | None, address: str) -> None:
    """Write that somebody was not let in; nothing for nobody. It does not wait for the disk, so
    that it takes as long for addresses that are known as for others.
    """
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL synchronous_commit = off")
        await note_of_user(connection, user_id, EventKind.SIGN_IN_FAILED, address)


FILTERS: Final[Mapping[str, tuple[Any, tuple[str, ...]]]] = {
    "actor": ("principal", WITHOUT_NULL),
    "kind": (Named(EventKind), WITHOUT_NULL),
    "at": (
        Column(label=Label("Date", "Time"), name="at", type=datetime, optional=False),
        (*EQUAL, *ORDERED),
    ),
}
"""What events are asked for by: what its values are, and how they are compared."""


@dataclass(frozen=True)
class Events(Table):
    """The events of the company that `shape` asks for, newest first. For administrators."""

    shape: tuple[Any, ...] = ("all", ())

    @property
    def name(self) -> str:
        return "Event"

    @property
    def row(self) -> type[asyncpg.Record]:
        return EventRow

    def rows(self, scope: Scope) -> Rows:
        source = event.alias("t")
        where = [source.c.company_id == COMPANY, *comparisons(source, self.shape)]
        return Rows(source, where, [SortKey(source.c.id, True)])
