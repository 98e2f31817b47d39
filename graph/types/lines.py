"""Lines of documents, for whoever draws them without knowing their columns."""

from __future__ import annotations

import strawberry

from graph.resolvers import lists, record_page
from graph.types.field_values import FieldValue
from graph.types.fields import resolved
from graph.types.node import Node
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo


@strawberry.interface(description="A line of a document, whatever its columns.")
class Line(Node):
    fields: list[FieldValue] = resolved(
        record_page.line_fields, "What the table of lines shows of it, column by column."
    )


@strawberry.type(description="A line at its place in a document.")
class LineEdge:
    cursor: str = strawberry.field(description="Where the line stands in the list.")
    node: Line = strawberry.field(description="The line.")


@strawberry.type(description="A page of a document's lines, in their order.")
class LineConnection:
    edges: list[LineEdge] = resolved(lists.edges, EDGES)
    nodes: list[Line] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)
