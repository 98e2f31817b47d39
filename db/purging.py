"""Purging: what was deleted long ago goes for good, but for its history and its register row.

A record goes once nothing points at it, by a foreign key, that does not go with it: records that
point only at each other go together. Each batch is one transaction, so that a purge may be stopped
at any moment; what has gone is not met again. One process purges at a time, on all companies.

Documents that the books hold never go, nor does what only actions write.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import asyncpg

from db.database import Database
from db.errors import Busy
from db.pointing import Pointer, pointers
from db.reader import ENDED
from db.recycling import binned
from db.removing import remove
from db.settings import Settings, secret
from db.statements import quoted
from db.suite import Module, Suite

log = logging.getLogger("fiches")

BATCH: Final = 1000
"""Records looked at in one transaction, beside those that point at them."""

MOST: Final = 2 * BATCH
"""Records that go in one transaction; a larger ring of records that need each other stays."""

EVERY: Final = 3600.0
"""Seconds between purges of a process that serves."""

# Any number does, as long as every process takes the same.
LOCK: Final = 4_615_022_102
LIMITS: Final = "SET LOCAL statement_timeout = '120s'; SET LOCAL lock_timeout = '5s'"
"""Statements may take longer than those of requests, but wait for nobody who keeps a record."""
PASSING: Final = (
    asyncpg.TransactionRollbackError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
)
"""What may stop one batch, for the sake of others, and not the next time."""

START: Final = datetime(1, 1, 1, tzinfo=UTC)
CUTOFF: Final = "SELECT now() - make_interval(days => $1)"
COMPANIES: Final = "SELECT id FROM company ORDER BY id"
# By company, as the index of the bin goes.
EXPIRED: Final = """
FROM record WHERE company_id = $1 AND deleted_at < $2 AND module = ANY($3)
    AND deleted_at IS NOT NULL AND purged_at IS NULL
"""
COUNT: Final = f"SELECT count(*) FROM (SELECT {EXPIRED} LIMIT 1000000) expired"
CANDIDATES: Final = f"""
SELECT id, module, deleted_at {EXPIRED} AND (deleted_at, id) > ($4, $5)
ORDER BY deleted_at, id LIMIT $6
"""
HOLD: Final = """
SELECT id FROM {table} WHERE deleted_at < $1 AND id = ANY($2) {of_drafts}
ORDER BY id FOR UPDATE SKIP LOCKED
"""
MODULES: Final = "SELECT id, module FROM record WHERE id = ANY($1)"

Step = Callable[[str, int, int], object]
"""What is worked on, how much of it is done, and how much there is."""

Ids = dict[Module, list[int]]


@dataclass(frozen=True)
class Report:
    """What a purge did: the records `purged`, those `waiting` for what points at them; `busy`
    where another process was purging, and is.
    """

    purged: int = 0
    waiting: int = 0
    busy: bool = False


async def purge(database: Database, days: int, step: Step | None = None) -> Report:
    """Purge what was deleted more than so many days ago. Raises Busy without a database."""
    connection = await database.acquire()
    try:
        before: datetime = await connection.fetchval(CUTOFF, days)
        companies = [row["id"] for row in await connection.fetch(COMPANIES)]
        bins = [Bin(company, before, tuple(binned(database.suite))) for company in companies]
        total = sum([await connection.fetchval(COUNT, *each) for each in bins]) if step else 0
    finally:
        await database.release(connection)
    purged = waiting = 0
    for each in bins:
        done = await _of_company(database, each)
        purged += done.purged
        waiting += done.waiting
        if done.busy:
            return Report(purged, waiting, busy=True)
        if step is not None:
            step("Purging", min(purged + waiting, total), total)
    return Report(purged, waiting)


class Bin(NamedTuple):
    """What a company deleted before `before`, of the modules whose records may go."""

    company: int
    before: datetime
    modules: tuple[str, ...]


async def _of_company(database: Database, expired: Bin) -> Report:
    purged = 0
    while True:
        waiting, gone, position = 0, 0, (START, 0)
        while True:
            batch = await _in_one(database, expired, position)
            if batch is None:
                return Report(purged + gone, waiting, busy=True)
            if batch.position is None:
                break
            position = batch.position
            gone += batch.purged
            waiting += batch.waiting
        purged += gone
        # What waited may have waited for what is gone now.
        if not gone or not waiting:
            return Report(purged, waiting)


@dataclass(frozen=True)
class Batch:
    """What became of a batch; `position` is that of its last record, None where it was empty."""

    position: tuple[datetime, int] | None = None
    purged: int = 0
    waiting: int = 0


async def _in_one(database: Database, expired: Bin, position: tuple[datetime, int]) -> Batch | None:
    """Purge the next batch; None while another process purges."""
    connection = await database.acquire()
    try:
        rows = await connection.fetch(CANDIDATES, *expired, *position, BATCH)
        if not rows:
            return Batch()
        gone = await _purge(connection, database.suite, rows, expired.before)
    finally:
        await database.release(connection)
    if gone is None:
        return None
    waiting = sum(row["id"] not in gone for row in rows)
    return Batch((rows[-1]["deleted_at"], rows[-1]["id"]), len(gone), waiting)


async def _purge(
    connection: Any, suite: Suite, rows: Sequence[Any], before: datetime
) -> set[int] | None:
    """Purge what can go of the register's rows, in one transaction; what went, others that had to
    go with them included. None while another process purges.
    """
    try:
        async with connection.transaction():
            await connection.execute(LIMITS)
            if not await connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", LOCK):
                return None
            going = await _closed(connection, suite, _by_module(suite, rows), before)
            if going is not None:
                await remove(connection, suite, going)
                return {id for ids in going.values() for id in ids}
    except PASSING as error:
        log.warning("some of the recycle bin is purged later: %s", error)
        return set()
    # Too many would have to go with them: with fewer of them, fewer.
    half = len(rows) // 2
    gone: set[int] = set()
    for some in (rows[:half], rows[half:]) if half else ():
        more = await _purge(connection, suite, some, before)
        if more is None:
            return None
        gone |= more
    return gone


async def _closed(connection: Any, suite: Suite, wanted: Ids, before: datetime) -> Ids | None:
    """Those of the records, and of the expired ones that point at them, at which nothing points
    but others of them; held until the commit. None where too many point at them to tell.

    What somebody else holds at the moment stays.
    """
    allowed = set(binned(suite))
    held: Ids = defaultdict(list)
    found: list[Pointer] = []
    seen = {id for ids in wanted.values() for id in ids}
    while wanted:
        # Once held, nothing new can point at it; so what points at it is read after.
        now = {
            module: await _hold(connection, module, ids, before) for module, ids in wanted.items()
        }
        for module, ids in now.items():
            held[module] += ids
        pointing = await pointers(connection, suite, now, before)
        found += pointing
        further = {each.by for each in pointing if each.expired and each.by is not None} - seen
        seen |= further
        if len(seen) > MOST:
            return None
        rows = await connection.fetch(MODULES, sorted(further)) if further else ()
        wanted = _by_module(suite, [row for row in rows if row["module"] in allowed])
    going = free({id for ids in held.values() for id in ids}, found)
    return {module: [id for id in ids if id in going] for module, ids in held.items()}


def free(ids: Collection[int], found: Iterable[Pointer]) -> set[int]:
    """Those of the ids at which nothing points but others of them."""
    going = set(ids)
    targets: dict[int | None, list[int]] = defaultdict(list)
    staying = []
    for pointer in found:
        if pointer.target in going:
            if pointer.by in going:
                targets[pointer.by].append(pointer.target)
            else:
                staying.append(pointer.target)
    while staying:
        id = staying.pop()
        if id in going:
            going.remove(id)
            staying += targets[id]
    return going


async def _hold(connection: Any, module: Module, ids: Sequence[int], before: datetime) -> list[int]:
    """Those still to be purged, held against everyone until the commit."""
    of_drafts, drafts = "", []
    if module.declared.accounting:
        of_drafts, drafts = "AND status = ANY($3)", [list(module.declared.edited_in)]
    sql = HOLD.format(table=quoted(module.table.name), of_drafts=of_drafts)
    return [row["id"] for row in await connection.fetch(sql, before, list(ids), *drafts)]


def _by_module(suite: Suite, rows: Iterable[Any]) -> Ids:
    found: Ids = defaultdict(list)
    for row in rows:
        found[suite[row["module"]]].append(row["id"])
    return found


async def run(url: str, settings: Settings, suite: Suite, step: Step) -> Report:
    """Purge a database by its address. Raises Busy, StartError."""
    database = await Database.open(
        url,
        suite,
        secret=secret(settings).encode(),
        pool_size=1,
        statement_timeout=settings.statement_timeout,
    )
    try:
        return await purge(database, settings.bin_days, step)
    finally:
        await database.close()


@asynccontextmanager
async def purging(database: Database, days: int, every: float = EVERY) -> AsyncIterator[None]:
    """Purges time and again while the context lasts."""
    task = asyncio.create_task(_purge_again(database, days, every), name="fiches purge")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _purge_again(database: Database, days: int, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            report = await purge(database, days)
            if report.purged:
                log.info("purged %s records of the recycle bin", report.purged)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, *ENDED, Busy) as error:
            log.warning("the recycle bin was not purged, and will be later: %s", error)
