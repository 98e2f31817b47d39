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
from graph.types.fields import annotate
from graph.types.node import Node
from graph.types.page import EDGES, NODES, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.people import Actor
from graph.types.record import Record

strawberry.enum(
    ViaKind,
    description="OWN: on the record itself; UP: on one it points at; DOWN: on one pointing at it.",
)


class Source:
    """How a comment reached the record whose comments were asked for."""

    __slots__ = ("kind", "relation", "row")

    def __init__(self, feed: Feed, row: Any) -> None:
        source = feed.sources[row["~via"]]
        self.kind = source.kind
        self.relation = names.camel(source.relation) if source.relation else None
        self.row = row


@strawberry.type(description="Where a comment comes from.")
class Via:
    kind: ViaKind = strawberry.field(description="The record itself, or on which side of it.")
    relation: str | None = strawberry.field(
        description="The field or tab it was reached by, `account`; null for the record's own."
    )

    @strawberry.field(description="The record it was written on.")
    async def record(self, info: Info) -> Record | None:
        root: Any = self
        found: Any = await reference(info, root.row["record_id"])
        return found  # type: ignore[no-any-return]


def replies(root: Any) -> Replies:
    return Replies()


@strawberry.type(description="A reply at its place under a comment.")
class ReplyEdge:
    cursor: str = strawberry.field(description="Where the reply stands in the list.")
    node: Comment = strawberry.field(description="The reply.")


@strawberry.type(description="A page of a comment's replies, oldest first.")
class ReplyConnection:
    edges: list[ReplyEdge] = strawberry.field(resolver=lists.edges, description=EDGES)
    nodes: list[Comment] = strawberry.field(resolver=lists.nodes, description=NODES)
    page_info: PageInfo = strawberry.field(
        resolver=lists.page_info, description="Where the page stands in the list."
    )
    total_count: int = strawberry.field(resolver=lists.total_count, description=TOTAL_COUNT)


@strawberry.type(description="A comment on a record.")
class Comment(Node):
    body: str = strawberry.field(description="What was written, as typed; empty once deleted.")
    created_at: datetime = strawberry.field(description="When it was written.")
    edited_at: datetime | None = strawberry.field(description="When its author last changed it.")
    deleted_at: datetime | None = strawberry.field(
        description="When it was deleted; it stays as a place while it has replies."
    )
    reply_count: int = strawberry.field(description="How many replies it has.")

    @strawberry.field(description="`comment-42`.")
    def id(self) -> strawberry.ID:
        root: Any = self
        return strawberry.ID(f"comment-{root['id']}")

    @strawberry.field(description="Who wrote it.")
    async def author(self, info: Info) -> Actor:
        root: Any = self
        found: Any = await operation(info).loaders.principal.load(root["author_id"])
        return found  # type: ignore[no-any-return]

    @strawberry.field(description="The record it was written on.")
    async def record(self, info: Info) -> Record | None:
        root: Any = self
        found: Any = await reference(info, root["record_id"])
        return found  # type: ignore[no-any-return]

    @strawberry.field(description="Whether the viewer may change it: its author may.")
    def can_edit(self, info: Info) -> bool:
        return commenting.may_edit(operation(info).viewer, self)

    @strawberry.field(description="Whether the viewer may delete it.")
    def can_delete(self, info: Info) -> bool:
        return commenting.may_delete(operation(info).viewer, self)

    replies: ReplyConnection = strawberry.field(
        resolver=annotate(lists.plain(replies), **page_arguments()),
        description="Its replies, oldest first.",
    )

    @classmethod
    def is_type_of(cls, row: Any, *_: Any) -> bool:
        return isinstance(row, CommentRow)


def via(root: Any) -> Any:
    return Source(root.connection.wanted.listing, root.node)


@strawberry.type(description="A comment at its place in a feed.")
class CommentEdge:
    cursor: str = strawberry.field(description="Where the comment stands in the list.")
    node: Comment = strawberry.field(description="The comment.")
    via: Via = strawberry.field(resolver=via, description="Where it comes from.")


@strawberry.type(description="A page of comments, newest first.")
class CommentConnection:
    edges: list[CommentEdge] = strawberry.field(resolver=lists.edges, description=EDGES)
    nodes: list[Comment] = strawberry.field(resolver=lists.nodes, description=NODES)
    page_info: PageInfo = strawberry.field(
        resolver=lists.page_info, description="Where the page stands in the list."
    )
    total_count: int = strawberry.field(resolver=lists.total_count, description=TOTAL_COUNT)
