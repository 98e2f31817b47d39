"""The recycle bin: deleted records, and what deleting or restoring one does."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry
from strawberry import Info

from graph.resolvers import lists, records, recycling
from graph.types.counts import TabCount
from graph.types.errors import UserError
from graph.types.fields import resolved
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from graph.types.people import Actor


@strawberry.type(description="Records that stand in one tab of a record.")
class RelatedRecords:
    name: str = strawberry.field(description="The tab, as this schema calls it.")
    label: str = strawberry.field(description="The tab, as the viewer reads it.")
    module: str = strawberry.field(description="The module of the records in it.")
    count: TabCount = strawberry.field(description="How many there are.")
    required: bool = strawberry.field(
        description="Whether they must point at a record: without it they can't be complete."
    )


RELATED = "The tabs in which there are records that the viewer sees."


@strawberry.type(
    description="What deleting a record would do. What points at it stays, and shows nothing there "
    "until it is restored."
)
class DeletionImpact:
    can_delete: bool = strawberry.field(description="Whether the viewer may delete it now.")
    errors: list[UserError] = strawberry.field(
        description="Why not: what deleting it would answer now; empty where it may be."
    )
    related: list[RelatedRecords] = resolved(recycling.related, RELATED)
    comments: int = resolved(recycling.comments, "Comments on it, with their replies.")
    line_items: int = resolved(recycling.line_items, "Its line items.")


@strawberry.type(description="What the viewer may do with a deleted record.")
class DeletedRecordRights:
    restore: bool = strawberry.field(description="Take it out of the recycle bin.")


async def viewer_can(root: Any, info: Info) -> DeletedRecordRights:
    return DeletedRecordRights(restore=await records.writable(root, info))


@strawberry.type(
    description="A record in the recycle bin: not to be read or written before it is restored."
)
class DeletedRecord:
    id: strawberry.ID = strawberry.field(description="The record's id.")
    number: str = strawberry.field(description="The record's number.")
    title: str = strawberry.field(description="What it was called.")
    module: str = resolved(records.module_name, "Its module, `CustomerInvoice`.")
    module_label: str = resolved(recycling.module_label, "Its module, as the viewer reads it.")
    owner: Actor | None = resolved(records.owner, "The user or team it belongs to.")
    deleted_at: datetime = strawberry.field(description="When it was deleted.")
    deleted_by: Actor | None = resolved(recycling.deleted_by, "Who deleted it.")
    purged_on: date = resolved(
        recycling.purged_on,
        "The day on which it goes for good; later if other records still point at it.",
    )
    viewer_can: DeletedRecordRights = resolved(viewer_can, "What the viewer may do with it.")
    related: list[RelatedRecords] = resolved(recycling.related, RELATED)
    comments: int = resolved(recycling.comments, "Comments on it, with their replies.")
    line_items: int = resolved(recycling.line_items, "Its line items.")


@strawberry.type(description="A deleted record at its place in the recycle bin.")
class DeletedRecordEdge:
    cursor: str = strawberry.field(description="Where it stands in the list.")
    node: DeletedRecord = strawberry.field(description="The deleted record.")


@strawberry.type(description="A page of the recycle bin, what was deleted last first.")
class DeletedRecordConnection:
    edges: list[DeletedRecordEdge] = resolved(lists.edges, EDGES)
    nodes: list[DeletedRecord] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)
