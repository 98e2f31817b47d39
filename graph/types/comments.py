"""Comments and where they come from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from strawberry import Info

from db import commenting
from db.listings import Replies
from db.rollup import Feed, ViaKind
from db.rows import CommentRow
from graph import names
from graph.context import operation
from graph.resolvers import lists
from graph.resolvers.records import reference
from graph.types.fields import annotate, enumerated, resolved
from graph.types.node import Node
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.people import Actor
from graph.types.record import Record

enumerated(
    ViaKind,
    "Where a comment stands, seen from the record whose comments are asked for.",
    {
        "OWN": "On the record itself.",
        "UP": "On a record that it points at.",
        "DOWN": "On a record that points at it.",
    },
)


class Source:
    """How a comment reached the record whose comments were asked for."""

    __slots__ = ("kind", "relation", "row")

    def __init__(self, feed: Feed, row: Any) -> None:
        source = feed.sources[row["~via"]]
        self.kind = source.kind
        self.relation = names.camel(source.relation) if source.relation else None
        self.row = row


async def via_record(root: Any, info: Info) -> Any:
    return await reference(info, root.row["record_id"])


@strawberry.type(description="Where a comment comes from.")
class Via:
    kind: ViaKind = strawberry.field(description="The record itself, or on which side of it.")
    relation: str | None = strawberry.field(
        description="The field or tab it was reached by, `account`; null for the record's own."
    )
    record: Record | None = resolved(via_record, "The record it was written on.")


@strawberry.type(description="A reply at its place under a comment.")
class ReplyEdge:
    cursor: str = strawberry.field(description="Where the reply stands in the list.")
    node: Comment = strawberry.field(description="The reply.")


@strawberry.type(description="A page of a comment's replies, oldest first.")
class ReplyConnection:
    edges: list[ReplyEdge] = resolved(lists.edges, EDGES)
    nodes: list[Comment] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)


def comment_id(root: Any) -> str:
    return f"comment-{root['id']}"


async def author(root: Any, info: Info) -> Any:
    return await operation(info).loaders.principal.load(root["author_id"])


async def record(root: Any, info: Info) -> Any:
    return await reference(info, root["record_id"])


def can_edit(root: Any, info: Info) -> bool:
    return commenting.may_edit(operation(info).viewer, root)


def can_delete(root: Any, info: Info) -> bool:
    return commenting.may_delete(operation(info).viewer, root)


def replies(root: Any) -> Replies:
    return Replies()


@strawberry.type(description="A comment on a record.")
class Comment(Node):
    id: strawberry.ID = resolved(comment_id, "`comment-42`.")
    body: str = strawberry.field(description="What was written, as typed; empty once deleted.")
    author: Actor = resolved(author, "Who wrote it.")
    created_at: datetime = strawberry.field(description="When it was written.")
    edited_at: datetime | None = strawberry.field(description="When its author last changed it.")
    deleted_at: datetime | None = strawberry.field(
        description="When it was deleted; it stays as a place while it has replies."
    )
    record: Record | None = resolved(record, "The record it was written on.")
    can_edit: bool = resolved(can_edit, "Whether the viewer may change it: its author may.")
    can_delete: bool = resolved(can_delete, "Whether the viewer may delete it.")
    reply_count: int = strawberry.field(description="How many replies it has.")
    replies: ReplyConnection = resolved(
        annotate(lists.plain(replies), **page_arguments()), "Its replies, oldest first."
    )

    @classmethod
    def is_type_of(cls, row: Any, *_: Any) -> bool:
        return isinstance(row, CommentRow)


def via(root: Any) -> Source:
    return Source(root.connection.wanted.listing, root.row)


@strawberry.type(description="A comment at its place in a feed.")
class CommentEdge:
    cursor: str = strawberry.field(description="Where the comment stands in the list.")
    node: Comment = strawberry.field(description="The comment.")
    via: Via = resolved(via, "Where it comes from.")


@strawberry.type(description="A page of comments, newest first.")
class CommentConnection:
    edges: list[CommentEdge] = resolved(lists.edges, EDGES)
    nodes: list[Comment] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)
