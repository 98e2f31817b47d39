"""What crosses modules: nodes, records of any kind, comments, and who is asking."""

from __future__ import annotations

from asyncio import gather
from datetime import datetime
from typing import Any

import strawberry
from strawberry import Info

from db.errors import BadUserInput
from graph.context import operation
from graph.resolvers import history, lists, mutations, records, searching
from graph.resolvers.nodes import MOST, node_of
from graph.types import modules as known
from graph.types.comments import Comment
from graph.types.errors import UserError
from graph.types.fields import EXPECTED, KEY, annotate, described, resolved
from graph.types.history import Change, Comparison, RecordAsOf
from graph.types.modules import ModuleInfo
from graph.types.node import Node
from graph.types.page import EDGES, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.page import NODES as NODES_ABOUT
from graph.types.people import Company, System, Team, User, Viewer
from graph.types.record import Record
from graph.types.searching import SearchResult

NODES = (User, Team, System, Company, Comment, Change)


@strawberry.type(description="A record of any module at its place in a list.")
class RecordEdge:
    cursor: str = strawberry.field(description="Where the record stands in the list.")
    node: Record = strawberry.field(description="The record.")


@strawberry.type(description="A page of records of any module.")
class RecordConnection:
    edges: list[RecordEdge] = resolved(records.mixed_edges, EDGES)
    nodes: list[Record] = resolved(records.mixed_nodes, NODES_ABOUT)
    page_info: PageInfo = resolved(lists.page_info, "Where the page stands in the list.")
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)


@strawberry.type(description="A comment written, changed or deleted.")
class CommentPayload:
    comment: Comment | None = strawberry.field(description="The comment; null where refused.")
    change: Change | None = strawberry.field(description="What the record's history says of it.")
    errors: list[UserError] = strawberry.field(description="What to put right.")


@strawberry.type(description="A record of any module that something was done to.")
class RecordPayload:
    record: Record | None = resolved(
        mutations.written_of_any, "The record as it is now; null where it was refused, or deleted."
    )
    change: Change | None = strawberry.field(
        description="What its history says of it; null where nothing changed."
    )
    errors: list[UserError] = strawberry.field(description="What to put right.")


@strawberry.type(description="A token to send as `Authorization: Bearer …`.")
class SignInPayload:
    token: str | None = strawberry.field(description="The token; null where refused.")
    errors: list[UserError] = strawberry.field(description="What was wrong.")


async def node(info: Info, id: Any) -> Any:
    return await node_of(info, str(id))


async def nodes(info: Info, ids: Any) -> Any:
    _ = operation(info).viewer
    if len(ids) > MOST:
        raise BadUserInput(("ids",), "too_many", maximum=MOST)
    return await gather(*(node_of(info, str(id)) for id in ids))


async def viewer(info: Info) -> Any:
    return operation(info).viewer


ID = described(strawberry.ID, "Its id.")
AT = "The present stands for all times to come."


@strawberry.type
class Query:
    node: Node | None = resolved(annotate(node, id=ID), "Anything, by its id.")
    nodes: list[Node | None] = resolved(
        annotate(nodes, ids=described(list[strawberry.ID], "Up to 100 ids.")),
        "Several things by their ids, in order; null for those not there.",
    )
    record: Record | None = resolved(
        annotate(records.record, id=ID), "A record of any module, by its id."
    )
    records: RecordConnection = resolved(
        annotate(
            records.records,
            modules=described(list[str] | None, "Of these modules only: `CustomerInvoice`."),
            search=described(
                str | None, "Titles and numbers starting with this, whatever case and accents."
            ),
            **page_arguments(),
        ),
        "Records of any module, newest first.",
    )
    search: SearchResult = resolved(
        annotate(
            searching.search,
            text=described(str, "What to look for, up to 500 characters and 10 words."),
            modules=described(list[str] | None, "In these modules only: `CustomerInvoice`."),
            first=described(int | None, "How many hits of each module, 1 to 20."),
        ),
        "Records of all modules by the words of their titles, by numbers, e-mails, phones and "
        "references, or by how these start. Every word must be found; case, accents and grouping "
        "make no difference.",
    )
    record_as_of: RecordAsOf | None = resolved(
        annotate(history.record_as_of, id=ID, at=described(datetime, f"The time. {AT}")),
        "What a record was, made of its history; null before it was created. Of a record in the "
        "recycle bin too.",
    )
    compare: Comparison | None = resolved(
        annotate(
            history.compare,
            id=ID,
            from_=described(datetime, f"The earlier time. {AT}", "from"),
            to=described(datetime | None, f"The later time; now unless given. {AT}"),
        ),
        "What of a record differs from one time to another.",
    )
    modules: list[ModuleInfo] = resolved(
        known.modules, "The kinds of record there are, in menu order."
    )
    module: ModuleInfo | None = resolved(
        annotate(known.module, name=described(str, "Its name: `CustomerInvoice`.")),
        "One kind of record.",
    )
    viewer: Viewer = resolved(viewer, "Who is asking.")


BODY = described(str, "What to say, up to 20,000 characters.")
COMMENT_ID = described(strawberry.ID, "The comment: `comment-42`.")


@strawberry.type
class Mutation:
    sign_in: SignInPayload = resolved(
        annotate(
            mutations.sign_in,
            email=described(str, "The address of the user."),
            password=described(str, "Their password."),
        ),
        "Exchange an address and a password for a token of 12 hours.",
    )
    add_comment: CommentPayload = resolved(
        annotate(
            mutations.add_comment,
            record=described(
                strawberry.ID | None, "The record to comment on; not needed for a reply."
            ),
            body=BODY,
            parent=described(
                strawberry.ID | None, "The comment to answer: the reply stands on its record."
            ),
        ),
        "Leave a comment on a record, or answer one.",
    )
    restore_fields: RecordPayload = resolved(
        annotate(
            mutations.restore_fields,
            id=ID,
            change=described(strawberry.ID, "The change, one of the record's: `change-7`."),
            fields=described(
                list[str], "Those of its fields to put back, as this schema calls them."
            ),
            expected_version=described(int | None, EXPECTED),
            idempotency_key=described(str | None, KEY),
        ),
        "Put fields of a record back to what they held before a change: a save like any other.",
    )
    edit_comment: CommentPayload = resolved(
        annotate(mutations.edit_comment, id=COMMENT_ID, body=BODY),
        "Change one's own comment.",
    )
    delete_comment: CommentPayload = resolved(
        annotate(mutations.delete_comment, id=COMMENT_ID),
        "Delete one's own comment; with replies, its place remains.",
    )
