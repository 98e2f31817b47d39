"""The outbox: what was done to records, for those who want to be told, in an order without gaps.

Each entry of the history puts an event here, in its own statement (db/history.py): both are there
or neither is. A plain `id > last` would lose the event of a transaction that took its id early and
committed late; so events are read by transaction first, and those of a transaction only once no
older one is still under way. What is read is therefore a prefix for good: nothing can come in
before it.

The price: one transaction that writes for long, anywhere in the cluster, holds back the events of
all that began after it until it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

CHANNEL: Final = "fiches_outbox"
"""What wakes the readers; PostgreSQL sends one notification a transaction, however many events."""

KEPT: Final = timedelta(days=1)
"""How long an event can be read."""

PRUNED: Final = 10_000
"""Events removed at once, so that removing never takes long."""

PUBLISH: Final = f"""
INSERT INTO outbox (company_id, record_id, module, kind, change_id, comment_id)
SELECT coalesce(record.company_id, told.company_id), told.record_id,
    coalesce(record.module, told.module), told.operation, told.id, told.comment_id
FROM told LEFT JOIN record ON record.id = told.record_id
RETURNING pg_notify('{CHANNEL}', '')
"""
"""To stand in a statement that calls its changes `told`, with the comment each is about; those of
records that it writes itself, which are not in the register yet, with their company and module.
"""

# Travels as a number: asyncpg has no xid8.
NOW = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
READ = """
SELECT xid::text::bigint, id, at, company_id, record_id, module, kind, change_id, comment_id
FROM outbox
WHERE (xid, id) > ($1::bigint::text::xid8, $2)
    AND (xid, id) <= ($3::bigint::text::xid8, $4)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY outbox.xid, id LIMIT $5
"""
REACHES_BACK = """
SELECT $1::bigint::text::xid8 <= pg_snapshot_xmax(pg_current_snapshot()) AND EXISTS (
    SELECT FROM outbox WHERE (xid, id) <= ($1::bigint::text::xid8, $2))
"""
# The newest transaction's stay, so that a position can always be compared with what is kept.
PRUNE = """
DELETE FROM outbox WHERE (xid, id) IN (
    SELECT xid, id FROM outbox
    WHERE xid < coalesce(
        (SELECT xid FROM outbox WHERE at >= now() - $1::interval ORDER BY xid, id LIMIT 1),
        (SELECT xid FROM outbox ORDER BY xid DESC LIMIT 1))
    ORDER BY xid, id LIMIT $2)
"""


class Position(NamedTuple):
    """Where in the outbox one has read to. `xid` is the transaction's, 64 bits wide."""

    xid: int
    id: int


END: Final = Position(2**63 - 1, 2**63 - 1)


class Event(NamedTuple):
    """One thing done to one record. `kind` is the operation of its change (db/history.py)."""

    xid: int
    id: int
    at: datetime
    company_id: int
    record_id: int
    module: str
    kind: str
    change_id: int
    comment_id: int | None

    @property
    def position(self) -> Position:
        return Position(self.xid, self.id)


async def now(connection: Any) -> Position:
    """Behind everything committed so far, unless a transaction that began before is under way."""
    return Position(await connection.fetchval(NOW), 0)


async def read(
    connection: Any, after: Position, most: int, until: Position = END
) -> Sequence[Event]:
    """Up to `most` events behind `after`, `until` included, in the order of the outbox."""
    return [Event(*row) for row in await connection.fetch(READ, *after, *until, most)]


async def reaches_back(connection: Any, position: Position) -> bool:
    """Whether every event behind `position` is still kept. No, where that can't be known."""
    return bool(await connection.fetchval(REACHES_BACK, *position))


async def prune(connection: Any, kept: timedelta = KEPT) -> int:
    """Remove events that are older, oldest first and not too many at once; how many."""
    done: str = await connection.execute(PRUNE, kept, PRUNED)
    return int(done.removeprefix("DELETE "))
