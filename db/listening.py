"""Listening: one connection of this process hears of commits and hands their events to subscribers.

A notification only wakes; what happened is read from the outbox, and read again every other second
in case none came. So what is missed while the connection is down is there when it is back.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from time import monotonic
from typing import Any, Final

import asyncpg

from db import outbox
from db.database import Database
from db.errors import Busy
from db.outbox import CHANNEL, Event, Position

log = logging.getLogger("fiches")

FIRST_POLL: Final = 0.05
POLL: Final = 1.6
"""Seconds between looks at the outbox: soon after a notification, as an older transaction may have
held its events back, then ever more seldom up to `POLL`."""

LOST: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresConnectionError,
)
"""What asyncpg raises where the database can't be reached, ends a connection or goes silent."""

RETRY: Final = 1.0
"""Seconds before connecting again."""

PATIENCE: Final = 10.0
"""Seconds without an answer after which a connection counts as lost."""

PRUNE: Final = 600.0
"""Seconds between removals of old events; each process does it."""

BATCH: Final = 500
"""Events read at once."""

WAITING: Final = 500
"""Events kept in memory for one subscriber; what comes on top is read again when it is its turn."""

Wants = Callable[[Event], bool]


class Listener:
    """The subscribers of one process and the connection that serves them all."""

    def __init__(self, url: str, database: Database) -> None:
        self.url = url
        self.database = database
        self.position: Position | None = None
        self._subscriptions: set[Subscription] = set()
        self._wake = asyncio.Event()
        self._ready = asyncio.Event()
        self._pruned = monotonic()

    @property
    def subscribers(self) -> int:
        """How many streams are open in this process."""
        return len(self._subscriptions)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listens while the context lasts."""
        task = asyncio.create_task(self._run(), name="fiches listener")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    @asynccontextmanager
    async def subscribed(
        self, wants: Wants, after: Position | None = None
    ) -> AsyncIterator[Subscription]:
        """What happens from now on, or happened behind `after`. Raises Busy without a database."""
        async with _borrowed(self.database) as connection:
            missed = after is not None and not await outbox.reaches_back(connection, after)
            start = await outbox.now(connection) if after is None or missed else after
        subscription = Subscription(self, wants, start, missed)
        self._subscriptions.add(subscription)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ready.wait(), self.database.wait)
            if self.position is None:
                raise Busy()
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except (asyncpg.PostgresError, *LOST) as error:
                log.warning("the listener lost its connection and takes another: %s", error)
            await asyncio.sleep(RETRY)

    async def _listen(self) -> None:
        connection = await asyncpg.connect(
            self.url,
            timeout=PATIENCE,
            command_timeout=PATIENCE,
            server_settings={"application_name": "fiches listener"},
        )
        try:
            connection.add_termination_listener(self._woken)
            await connection.add_listener(CHANNEL, self._woken)
            await self._follow(connection)
        finally:
            with suppress(*LOST):
                await connection.close(timeout=1)

    async def _follow(self, connection: Any) -> None:
        pause = POLL
        while True:
            self._wake.clear()
            await self._hand_out(connection)
            if monotonic() - self._pruned > PRUNE:
                self._pruned = monotonic()
                await outbox.prune(connection)
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
                pause = FIRST_POLL
            except TimeoutError:
                pause = min(2 * pause, POLL)

    async def _hand_out(self, connection: Any) -> None:
        """Read on, and give each subscriber what it wants. Unless there is one, nothing is read."""
        if self.position is None or not self._subscriptions:
            end = await outbox.now(connection)
            # Who subscribed meanwhile counts on every event behind the position there was.
            if self.position is None or not self._subscriptions:
                self.position = end
            self._ready.set()
        full = bool(self._subscriptions)
        while full:
            events = await outbox.read(connection, self.position, BATCH)
            for event in events:
                for each in self._subscriptions:
                    each.offer(event)
                self.position = event.position
            full = len(events) == BATCH

    def _woken(self, *_: Any) -> None:
        if self._subscriptions:
            self._wake.set()


class Subscription:
    """The events one subscriber wants: each once, in order.

    Its queue is bounded. A subscriber that is behind reads from the outbox itself until it has
    caught up with the listener.
    """

    def __init__(self, listener: Listener, wants: Wants, start: Position, missed: bool) -> None:
        self.listener = listener
        self.wants = wants
        self.start = start
        self.missed = missed
        """Whether events behind the position asked for are no longer kept; it starts from now."""
        self._seen = start
        self._behind = True
        self._queue: deque[Event] = deque()
        self._arrived = asyncio.Event()

    def offer(self, event: Event) -> None:
        """Take an event that the listener read, if it is wanted and there is room."""
        if self._behind or event.position <= self._seen or not self.wants(event):
            return
        if len(self._queue) >= WAITING:
            self._behind = True
            return
        self._queue.append(event)
        self._seen = event.position
        self._arrived.set()

    async def next(self, patience: float) -> Event | None:
        """The next event; None where there is none for so many seconds. Raises Busy."""
        while self._behind and not self._queue:
            await self._catch_up()
        if not self._queue:
            self._arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), patience)
        return self._queue.popleft() if self._queue else None

    async def _catch_up(self) -> None:
        known = self.listener.position
        assert known is not None
        events = await self._read(known)
        self._queue.extend(event for event in events if self.wants(event))
        if len(events) == BATCH:
            self._seen = events[-1].position
            return
        self._seen = max(self._seen, known)
        # What the listener read meanwhile was not offered.
        self._behind = known != self.listener.position

    async def _read(self, until: Position) -> Sequence[Event]:
        async with _borrowed(self.listener.database) as connection:
            return await outbox.read(connection, self._seen, BATCH, until)


@asynccontextmanager
async def _borrowed(database: Database) -> AsyncIterator[Any]:
    """A connection of the pool for a moment. Raises Busy without one, or where it is lost."""
    connection = await database.acquire()
    try:
        yield connection
    except LOST:
        raise Busy() from None
    finally:
        await database.release(connection)
