"""The tabs of a record: each a list of neighbours of one module."""

from __future__ import annotations

import strawberry

from db.kinds import Json
from graph.resolvers import lists, records, tabs
from graph.types.counts import TabCount
from graph.types.fields import annotate, described, resolved
from graph.types.page import EDGES, NODES, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.record import Record


@strawberry.type(description="A record of any module at its place in a list.")
class RecordEdge:
    cursor: str = strawberry.field(description="Where the record stands in the list.")
    node: Record = strawberry.field(description="The record.")


@strawberry.type(description="A page of records of any module.")
class RecordConnection:
    edges: list[RecordEdge] = resolved(records.mixed_edges, EDGES)
    nodes: list[Record] = resolved(records.mixed_nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, "Where the page stands in the list.")
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)


AS_JSON = (
    "The {kind} of the tab's module as JSON, spelt as its typed one: `{example}`. What the module "
    "does not know is refused, and what it knows is told."
)
FILTER = AS_JSON.format(kind="filter", example='{status: {in: ["SENT"]}}')
ORDER = AS_JSON.format(kind="order", example='[{dueOn: "ASC"}]')


@strawberry.type(description="A tab of a record: its neighbours over one relation.")
class RelationTab:
    name: str = strawberry.field(description="The tab, as this schema calls it: `invoices`.")
    label: str = strawberry.field(description="The tab, as the viewer reads it.")
    module: str = strawberry.field(description="The module of the records in it.")
    count: TabCount = resolved(tabs.count, "How many records the viewer sees in it.")
    can_add: bool = strawberry.field(
        description="Whether a new record may be created in it: see `quickCreate`."
    )
    can_link: bool = strawberry.field(
        description="Whether records that are there may be put in and taken out: see `link`."
    )
    rows: RecordConnection = resolved(
        annotate(
            tabs.rows,
            filter=described(Json | None, FILTER),
            order_by=described(Json | None, ORDER),
            **page_arguments(),
        ),
        "The records in it, newest first unless ordered.",
    )
