"""A record's page in parts that any front end draws: header, summary, details, preview."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from graph.resolvers import record_page
from graph.types.comments import CommentConnection
from graph.types.documents import Totals
from graph.types.field_values import FieldValue
from graph.types.fields import annotate, described, resolved
from graph.types.lines import LineConnection
from graph.types.page import page_arguments
from graph.types.record import ROLL_UP
from graph.types.rights import RecordRights, rights_on


@strawberry.type(description="The top of a record's page.")
class RecordHeader:
    title: str | None = strawberry.field(description="What the record is called.")
    number: str | None = strawberry.field(description="Its number.")
    module_label: str = strawberry.field(description="Its module, as the viewer reads it.")
    fields: list[FieldValue] = resolved(record_page.header_fields, "Its header fields.")


@strawberry.interface(description="A block of a record's summary.")
class SummaryBlock:
    name: str = strawberry.field(description="What names the block in the layout: `keyFields`.")
    label: str = strawberry.field(description="Its title, as the viewer reads it.")


def is_block(kind: str) -> Any:
    def is_type_of(cls: type, block: Any, *_: Any) -> bool:
        return isinstance(block, record_page.SummaryBlock) and block.kind == kind

    return classmethod(is_type_of)


@strawberry.type(description="The fields that tell most of a record.")
class KeyFieldsBlock(SummaryBlock):
    fields: list[FieldValue] = strawberry.field(description="The key fields of the layout.")
    is_type_of = is_block("KeyFieldsBlock")


@strawberry.type(description="What people say of a record.")
class CommentsBlock(SummaryBlock):
    comments: CommentConnection = resolved(
        annotate(record_page.block_comments, roll_up=described(bool, ROLL_UP), **page_arguments()),
        "Comments, newest first.",
    )
    is_type_of = is_block("CommentsBlock")


@strawberry.type(description="What one sees first of a record: blocks, in the layout's order.")
class RecordSummary:
    blocks: list[SummaryBlock] = resolved(record_page.summary_blocks, "The blocks.")


@strawberry.type(description="Fields that stand together.")
class DetailsBlock:
    name: str = strawberry.field(description="What names the block in the layout: `general`.")
    label: str = strawberry.field(description="Its title, as the viewer reads it.")
    collapsed: bool = strawberry.field(description="Whether it is shown folded at first.")
    fields: list[FieldValue] = strawberry.field(description="Its fields, in order.")


@strawberry.type(description="All there is to a record: its fields in blocks, and its lines.")
class RecordDetails:
    blocks: list[DetailsBlock] = resolved(record_page.details_blocks, "The blocks, in order.")
    line_items: LineConnection | None = resolved(
        annotate(record_page.line_items, **page_arguments()),
        "Its lines, in order; null where its module has none.",
    )
    totals: Totals | None = resolved(
        record_page.totals, "What its lines add up to; null where its module has none."
    )


async def rights(root: Any, info: Info) -> RecordRights:
    return await rights_on(root.row, info)


@strawberry.type(description="What is shown of a record without leaving the page one is on.")
class RecordPreview:
    header: RecordHeader = resolved(record_page.itself, "Its header.")
    key_fields: list[FieldValue] = strawberry.field(description="Its key fields.")
    last_comments: CommentConnection = resolved(
        annotate(record_page.last_comments, first=described(int, "How many, 1 to 100.")),
        "Its own comments, newest first.",
    )
    viewer_can: RecordRights = resolved(rights, "What the viewer may do with it.")
