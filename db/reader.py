"""The connection of one operation: its statements run in turn and see one snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import asyncpg

from db.access import Scope, Viewer
from db.errors import Busy, Timeout
from db.statements import Statement

if TYPE_CHECKING:
    from db.database import Database


ENDED: Final = (
    OSError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
    # Of a connection that was told its end while it had nothing to do, and has not noticed yet.
    asyncpg.InternalClientError,
)
"""What asyncpg raises where the server ends a connection; InterfaceError once it is closed."""


class Reader:
    """Reads for one viewer. Takes a connection at the first read and holds it until `close`.

    One connection bounds the pool at one an operation; the lock is needed because loaders of one
    operation run at the same time, and a connection runs one statement at a time. The transaction
    is read-only and repeatable-read: an answer is a snapshot.
    """

    def __init__(self, database: Database, viewer: Viewer, connection: Any = None) -> None:
        """`connection` is one that was taken already, and is given back by `close`."""
        self.database = database
        self.viewer = viewer
        self.statements = 0
        self.rows = 0
        self._lock = asyncio.Lock()
        self._connection = connection
        self.once = False
        """Whether what is asked first is all that is asked: one statement is a snapshot itself."""
        self._snapshot = False
        self.timed_out = False
        self._running: asyncio.Task[Any] | None = None
        self._closed = False

    @property
    def scope(self) -> Scope:
        """What the viewer may read."""
        return self.viewer.scope

    async def fetch(
        self,
        statement: Statement,
        values: Mapping[str, Any] = {},
        row: type[asyncpg.Record] = asyncpg.Record,
    ) -> Sequence[Any]:
        """The rows of `statement` as `row`s. Raises Timeout, Busy."""
        arguments = statement.arguments({**self.viewer.parameters, **values})
        return await self.run(statement.sql, arguments, row)

    async def run(
        self,
        sql: str,
        arguments: Sequence[Any],
        row: type[asyncpg.Record] = asyncpg.Record,
        *,
        alone: bool = False,
    ) -> Sequence[Any]:
        """The rows of SQL with its parameters in order, as `row`s. Raises Timeout, Busy.

        `alone`: no other statement has to see the same; one is a snapshot by itself.
        """
        async with self._lock:
            if self._closed:  # what was left waiting when an error answered for it
                raise Busy()
            if self.timed_out:
                raise Timeout(self.database.statement_timeout)
            connection = self._connection or await self._take()
            try:
                if not alone and not self._snapshot and not self.once:
                    await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    self._snapshot = True
                self.once = False
                self.statements += 1
                self._running = asyncio.current_task()
                rows: Sequence[Any] = await connection.fetch(sql, *arguments, record_class=row)
            except asyncpg.QueryCanceledError:
                # Cancelling a statement ends the snapshot: what is read after it fails alike.
                self.timed_out = True
                raise Timeout(self.database.statement_timeout) from None
            except ENDED:
                raise Busy() from None
            except asyncpg.InterfaceError:
                if _lost(connection):
                    raise Busy() from None
                raise
            finally:
                self._running = None
        self.rows += len(rows)
        return rows

    async def _take(self) -> Any:
        self._connection = await self.database.acquire()
        return self._connection

    @property
    def idle(self) -> Any | None:
        """The connection it holds, where nothing was begun on it."""
        return None if self._snapshot else self._connection

    async def close(self) -> None:
        """End the snapshot and give the connection back. A statement that still runs is cancelled:
        whoever asked is gone, or told something else.
        """
        connection = await self.leave()
        if connection is not None:
            await self.database.release(connection)

    async def leave(self) -> Any | None:
        """Do the same, but hand on the connection that was held; None where none was, or is left
        of it.
        """
        self._closed = True
        if self._running is not None and self._running is not asyncio.current_task():
            self._running.cancel()
        async with self._lock:
            connection, self._connection = self._connection, None
            if connection is None:
                return None
            try:
                if self._snapshot:
                    # What was read stays read, even where the connection is lost meanwhile.
                    with suppress(*ENDED, asyncpg.InterfaceError):
                        await connection.execute("ROLLBACK")
            except BaseException:
                await self.database.release(connection)
                raise
            if _lost(connection):
                await self.database.release(connection)
                return None
            return connection

    async def __aenter__(self) -> Reader:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()


def _lost(connection: Any) -> bool:
    try:
        closed: bool = connection.is_closed()
    except asyncpg.InterfaceError:  # the pool has taken it back
        return True
    return closed
