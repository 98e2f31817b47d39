"""The database of one process: its pool, how values travel, and the suite stored in it."""

from __future__ import annotations

from typing import Any, Final

import asyncpg
import orjson

from db.cursors import Cursors
from db.customs import KeptCustoms
from db.errors import Busy
from db.suite import Suite
from db.viewers import KeptViewers

JSONB: Final = b"\x01"
"""The one form in which `jsonb` travels."""
LONGEST: Final = 100_000
"""Bytes of a statement that a connection keeps prepared, one of a hundred."""


class Connection(asyncpg.Connection):  # type: ignore[misc]  # asyncpg ships no types
    """A connection of the pool, which knows the statements that were prepared on it by name.

    By its name a prepared statement is part of plain SQL, which may hold several statements: they
    take one round trip together, where those with parameters take one each.
    """

    __slots__ = ("named",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.named: set[str] = set()

    async def name(self, name: str, types: str, sql: str) -> None:
        """Prepare a statement for `EXECUTE name(…)`, the first time: that outlasts a rollback."""
        if name not in self.named:
            await self.execute(f"PREPARE {name} ({types}) AS {sql}")
            self.named.add(name)


class Database:
    """An open pool on one PostgreSQL, with the suite whose records it stores."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        suite: Suite,
        cursors: Cursors,
        wait: float,
        statement_timeout: int,
    ) -> None:
        self.pool = pool
        self.suite = suite
        self.cursors = cursors
        self.wait = wait
        self.statement_timeout = statement_timeout
        self.customs = KeptCustoms(suite)
        self.viewers = KeptViewers(suite)

    @classmethod
    async def open(
        cls,
        url: str,
        suite: Suite,
        *,
        secret: bytes,
        pool_size: int = 10,
        statement_timeout: int = 10,
        lock_timeout: int = 8,
        idle_timeout: int = 60,
        wait: float = 5,
    ) -> Database:
        """Connect. The timeouts and `wait` (for a free connection) are in seconds."""
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=pool_size,
            init=_codecs,
            reset=_keep,
            connection_class=Connection,
            # Those of compiled queries are long, and would be planned anew each time.
            max_cacheable_statement_size=LONGEST,
            server_settings={
                "application_name": "fiches",
                "timezone": "UTC",
                "statement_timeout": str(statement_timeout * 1000),
                "lock_timeout": str(lock_timeout * 1000),
                "idle_in_transaction_session_timeout": str(idle_timeout * 1000),
                "jit": "off",
            },
        )
        return cls(pool, suite, Cursors(secret), wait, statement_timeout)

    async def acquire(self) -> Any:
        """A connection of the pool. Raises Busy where none is free in time."""
        try:
            return await self.pool.acquire(timeout=self.wait)
        except (TimeoutError, OSError, asyncpg.PostgresConnectionError):
            raise Busy() from None

    async def release(self, connection: Any) -> None:
        await self.pool.release(connection)

    async def close(self) -> None:
        await self.pool.close()


async def _codecs(connection: Any) -> None:
    await connection.set_type_codec(
        "json",
        schema="pg_catalog",
        encoder=lambda value: orjson.dumps(value).decode(),
        decoder=orjson.loads,
    )
    # In rows of rows, values come as PostgreSQL sends them: the number of the form, then the text.
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: JSONB + orjson.dumps(value),
        decoder=lambda sent: orjson.loads(sent[len(JSONB) :]),
        format="binary",
    )


async def _keep(connection: Any) -> None:
    """Nothing to reset between operations: each ends its transaction, none changes settings."""
