"""What is of no use any more is forgotten: sessions that ended, failures to sign in long ago."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import asyncpg

from db.database import Database
from db.errors import Busy
from db.reader import ENDED

log = logging.getLogger("fiches")

EVERY: Final = 600.0
"""Seconds between two times."""
BATCH: Final = 10_000
STATEMENTS: Final = tuple(
    f"WITH gone AS (DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE {old}"
    f" LIMIT {BATCH} FOR UPDATE SKIP LOCKED) RETURNING 1) SELECT count(*) FROM gone"
    for table, key, old in (
        ("session", "id", "expires_at < now()"),
        # Nobody asks as who they were longer ago (db/viewers.py).
        ("rights_change", "transaction", "at < now() - interval '1 day'"),
        # After 15 minutes a count begins anew (db/throttling.py).
        ("sign_in_failure", "key", "free_at < now() - interval '15 minutes'"),
    )
)


async def forget(database: Database) -> None:
    """Forget it now. Raises Busy without a database."""
    for statement in STATEMENTS:
        gone = BATCH
        while gone == BATCH:
            connection = await database.acquire()
            try:
                gone = await connection.fetchval(statement)
            finally:
                await database.release(connection)


@asynccontextmanager
async def forgetting(database: Database, every: float = EVERY) -> AsyncIterator[None]:
    """Forgets time and again while the context lasts."""
    task = asyncio.create_task(_forget_again(database, every), name="fiches forget")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _forget_again(database: Database, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await forget(database)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, *ENDED, Busy) as error:
            log.warning("old sessions are forgotten later: %s", error)
