"""Live updates: what a socket can subscribe to, and what it is sent."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import strawberry
from strawberry import Info

from graph.context import operation
from graph.resolvers import live
from graph.resolvers.records import reference
from graph.types.comments import Comment, Source, Via
from graph.types.fields import annotate, described, resolved
from graph.types.history import Change
from graph.types.record import Record

CURSOR = "Where the event stands; give it as `after` to go on behind it on another socket."
GAP = (
    "Set on the first event where those behind `after` are not kept any more: read afresh what you "
    "show. It says nothing else."
)


async def parent(root: Any, info: Info) -> Any:
    if root.comment is None or root.comment["parent_id"] is None:
        return None
    return await operation(info).loaders.comment.load(root.comment["parent_id"])


def via(root: Any) -> Source | None:
    if root.feed is None:
        return None
    return Source(root.feed, {"~via": root.rank, "record_id": root.event.record_id})


async def record(root: Any, info: Info) -> Any:
    return await reference(info, root.event.record_id) if root.event else None


@strawberry.type(description="Events that were missed and can't be had any more.")
class Gap:
    after: str = strawberry.field(description="The cursor that was given.")
    kept_hours: int = strawberry.field(description="How many hours events are kept.")


@strawberry.type(description="A comment was added.")
class CommentEvent:
    cursor: str = strawberry.field(description=CURSOR)
    comment: Comment | None = strawberry.field(description="The comment; null only with a `gap`.")
    parent: Comment | None = resolved(parent, "What it answers; null where it opens a thread.")
    via: Via | None = resolved(via, "How it reached the record subscribed to.")
    gap: Gap | None = strawberry.field(description=GAP)


@strawberry.type(description="Something was done to a record.")
class ChangeEvent:
    cursor: str = strawberry.field(description=CURSOR)
    record: Record | None = resolved(
        record, "The record as it is now; null once it is in the recycle bin."
    )
    change: Change | None = strawberry.field(
        description="What its history says of it; null only with a `gap`."
    )
    gap: Gap | None = strawberry.field(description=GAP)


AFTER = described(
    str | None, "The cursor of the last event received: those since then come first, for a day."
)


def streamed(resolver: Any, description: str, **arguments: Any) -> Any:
    return strawberry.subscription(
        resolver=annotate(resolver, after=AFTER, **arguments), description=description
    )


@strawberry.type(
    description="What can be followed, over a WebSocket at the same address (subprotocol "
    "graphql-transport-ws). Each event is looked at with the rights the viewer has then."
)
class Subscription:
    comment_added: AsyncGenerator[CommentEvent, None] = streamed(
        live.comment_added,
        "Comments added to a record, replies too.",
        record=described(strawberry.ID, "The record."),
        roll_up=described(
            bool, "Comments on its direct neighbours too, over relations that roll up."
        ),
    )
    record_changed: AsyncGenerator[ChangeEvent, None] = streamed(
        live.record_changed,
        "Whatever is done to a record: each new entry of its history.",
        id=described(strawberry.ID, "The record."),
    )
    module_changed: AsyncGenerator[ChangeEvent, None] = streamed(
        live.module_changed,
        "Whatever is done to the records of a module that the viewer may see.",
        module=described(str, "Its name: `CustomerInvoice`."),
    )
