"""Streams: each event is looked at with the rights its subscriber has then, or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from strawberry import UNSET, Info

from db import delivery
from db.changes import hides
from db.customs import customised
from db.errors import BadCursor, Busy, FichesError, NotFound, Timeout
from db.history import Operation as Operations
from db.listening import LOST, Subscription, Wants
from db.outbox import KEPT, Event, Position
from db.rollup import Feed
from db.suite import Module
from graph.context import Operation, operation
from graph.resolvers.mutations import RECORD
from graph.resolvers.naming import module_named
from graph.resolvers.records import record_id
from graph.sockets import FORBIDDEN, TRY_AGAIN

SCOPE: Final = "events"
"""What the cursors of events are good for: any stream, as they are places in one outbox."""

CHECK: Final = 10.0
"""Seconds after which a stream that nothing happens on looks whether its viewer may go on."""


@dataclass(frozen=True)
class Gap:
    """Events that can't be had any more: those behind `after`."""

    after: str
    kept_hours: int = int(KEPT.total_seconds() // 3600)


@dataclass(frozen=True)
class Happened:
    """What a stream gives: an event as its subscriber may see it, or a gap."""

    cursor: str
    event: Event | None = None
    gap: Gap | None = None
    comment: Any = None
    feed: Feed | None = None
    rank: int | None = None
    """Which of the feed's sources the comment came by."""
    change: Any = None


Seen = Callable[[Event, str], Awaitable[Happened | None]]


async def comment_added(
    info: Info, record: Any, roll_up: bool = False, after: str | None = UNSET
) -> AsyncIterator[Happened]:
    """The comments added to a record, and with `roll_up` to its neighbours."""
    own = operation(info)
    viewed = await _seen(own, record, "record")
    id, company = viewed["id"], own.viewer.company_id
    # Whatever the layouts come to say meanwhile, no more than these can reach it.
    every = frozenset((key, True) for key in _relations(viewed.module)) if roll_up else frozenset()
    modules = Feed(viewed.module, roll_up, every).modules if roll_up else frozenset[str]()

    def wants(event: Event) -> bool:
        return (
            event.kind == Operations.COMMENTED
            and event.company_id == company
            and (event.record_id == id or event.module in modules)
        )

    async def seen(event: Event, cursor: str) -> Happened | None:
        assert event.comment_id is not None
        if await own.loaders.registered.load(id) is None:
            return None
        flags = own.viewer.roll_up_flags if roll_up else frozenset()
        feed = Feed(viewed.module, roll_up, flags)  # as the layout is now
        rank = await delivery.reaches(own.reader, feed, id, event.record_id)
        if rank is None:
            return None
        comment = await own.loaders.comment.load(event.comment_id)
        if comment is None or comment["deleted_at"] is not None:
            return None
        return Happened(cursor, event, comment=comment, feed=feed, rank=rank)

    return _stream(own, wants, seen, after)


def _relations(module: Module) -> Iterator[str]:
    """What names the relations by which comments can reach the module's records."""
    yield from (f"{module.name}.{name}" for name in module.relations)
    yield from (tab.key for tab in module.tabs.values() if not tab.module.part)


async def record_changed(info: Info, id: Any, after: str | None = UNSET) -> AsyncIterator[Happened]:
    """What is done to one record."""
    own = operation(info)
    found = await _seen(own, id, "id")
    record, company = found["id"], own.viewer.company_id

    def wants(event: Event) -> bool:
        return event.record_id == record and event.company_id == company

    return _stream(own, wants, _change(own), after)


async def module_changed(
    info: Info, module: str, after: str | None = UNSET
) -> AsyncIterator[Happened]:
    """What is done to the records of one module."""
    own = operation(info)
    company = own.viewer.company_id
    module_named(own.suite, module)

    def wants(event: Event) -> bool:
        return event.module == module and event.company_id == company

    return _stream(own, wants, _change(own), after)


def _change(own: Operation) -> Seen:
    async def seen(event: Event, cursor: str) -> Happened | None:
        found = await own.loaders.registered.load(event.record_id) is not None
        if not found and event.kind in (Operations.DELETED, Operations.PURGED):
            found = await delivery.gone(own.reader, event.record_id)
        if not found:
            return None
        change = await own.loaders.change.load(event.change_id)
        hidden = customised(own.viewer, own.suite[event.module]).hidden
        if change is not None and hides(hidden, change):
            return None
        return Happened(cursor, event, change=change)

    return seen


async def _seen(own: Operation, id: Any, argument: str) -> Any:
    """The record a stream is about, seen when it begins. Raises NotFound."""
    _ = own.viewer
    number = record_id(id)
    row = None if number is None else await own.loaders.registered.load(number)
    if row is None:
        raise NotFound(RECORD, str(id), (argument,))
    return row


def _stream(own: Operation, wants: Wants, seen: Seen, after: str | None) -> AsyncIterator[Happened]:
    """What `seen` makes of the events wanted. The socket is closed where the viewer may not go on
    (4403), and where the database can't be read (1013): a client comes back behind its last cursor.
    """
    position = _position(own, after) if after else None

    async def stream() -> AsyncIterator[Happened]:
        assert own.session.listener is not None
        try:
            async with own.session.listener.subscribed(wants, position) as subscription:
                if subscription.missed:
                    yield Happened(_cursor(own, subscription.start), gap=Gap(str(after)))
                while True:
                    event = await _next(own, subscription)
                    if event is None:
                        continue
                    happened = await seen(event, _cursor(own, event.position))
                    if happened is not None:
                        yield happened
        except (Busy, Timeout, *LOST):
            await _close(own, TRY_AGAIN)
        except FichesError:
            await _close(own, FORBIDDEN)

    return stream()


async def _next(own: Operation, subscription: Subscription) -> Event | None:
    """The next event, the operation begun again for it: a new snapshot, and rights as they are
    now. None where nothing happens, but the viewer may go on.
    """
    # While waiting nothing is held of what the last event was read from.
    await own.renew()
    event = await subscription.next(CHECK)
    try:
        await own.begin_again()
    except (Busy, *LOST):
        if event is not None:
            raise
    return event


async def _close(own: Operation, why: tuple[int, str]) -> None:
    if own.session.close is not None:
        await own.session.close(why)


def _cursor(own: Operation, position: Position) -> str:
    return own.cursors.write(SCOPE, [str(position.xid), str(position.id)])


def _position(own: Operation, cursor: str) -> Position:
    xid, id = own.cursors.read(SCOPE, cursor)
    if xid is None or id is None:
        raise BadCursor("after")
    return Position(int(xid), int(id))
