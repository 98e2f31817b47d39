"""Tags: what people sort records by, for themselves, for some, or for the whole company."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from db.rows import TagRow
from db.tagging import GREY, LONGEST
from graph.resolvers import lists, tags
from graph.types.counts import TabCount
from graph.types.errors import UserError
from graph.types.fields import Fields, annotate, resolved
from graph.types.node import Node
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.parties import Share
from graph.types.people import Actor

if TYPE_CHECKING:
    from graph.types.tabs import RecordConnection

Records = Annotated["RecordConnection", strawberry.lazy("graph.types.tabs")]


@strawberry.type(description="A tag: the viewer's own, or shared with them or with the company.")
class Tag(Node):
    id: strawberry.ID = resolved(tags.tag_id, "`tag-7`.")
    name: str = strawberry.field(description="What it is called.")
    color: str = strawberry.field(description="Its colour, `#1f6feb`.")
    shared: bool = strawberry.field(
        description="Whether everyone in the company sees it; else its owner, and those with whom "
        "it is shared by `shareTag`."
    )
    shares: list[Share] | None = resolved(
        tags.shares_on,
        "With whom it is shared beside, by name, up to 100; null for who may not change it.",
    )
    mine: bool = resolved(tags.mine, "Whether it is the viewer's: made by them.")
    owner: Actor | None = resolved(tags.owner, "Who made it.")
    created_at: datetime = strawberry.field(description="When it was made.")
    can_edit: bool = resolved(
        tags.can_edit,
        "Whether the viewer may change, share and delete it: its owner may, administrators, and "
        "those who have it to write.",
    )
    usage_count: TabCount = resolved(
        tags.usage_count, "How many records that the viewer sees have it."
    )
    records: Records = resolved(
        annotate(tags.records, **page_arguments()),
        "The records that have it, of any module, newest first.",
    )

    @classmethod
    def is_type_of(cls, row: Any, *_: Any) -> bool:
        return isinstance(row, TagRow)


@strawberry.type(description="A tag at its place in a list.")
class TagEdge:
    cursor: str = strawberry.field(description="Where the tag stands in the list.")
    node: Tag = strawberry.field(description="The tag.")


@strawberry.type(description="A page of tags, by name.")
class TagConnection:
    edges: list[TagEdge] = resolved(lists.edges, EDGES)
    nodes: list[Tag] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)


class CreateTagInput:
    """A new tag."""


class UpdateTagInput:
    """What changes of a tag."""


NAME = (
    f"What it is called, up to {LONGEST} characters; no two tags of the company alike, nor two of "
    "the others of an owner."
)
COLOR = f"Its colour, `#1f6feb`; `{GREY}` unless given."
SHARED = "Whether everyone in the company sees it. False unless given."

made = Fields()
made.add("name", str, NAME)
made.maybe("color", str, COLOR)
made.maybe("shared", bool, SHARED)
made.build(CreateTagInput, strawberry.input, description="A new tag of the viewer's own.")

changed = Fields()
changed.maybe("name", str, f"{NAME} It stays on its records.")
changed.maybe("color", str, "Its colour, `#1f6feb`.")
changed.maybe(
    "shared",
    bool,
    "Whether everyone in the company sees it. Refused where others use it, or where it is on "
    "records that the viewer may not edit.",
)
changed.build(
    UpdateTagInput, strawberry.input, description="What changes of a tag. What is left out stays."
)


@strawberry.type(description="A tag made or changed.")
class TagPayload:
    tag: Tag | None = resolved(
        tags.written,
        "The tag as it is now; null where refused, and where the viewer sees it no more.",
    )
    errors: list[UserError] = strawberry.field(description="What to put right.")


@strawberry.type(description="A tag deleted.")
class DeleteTagPayload:
    id: strawberry.ID | None = strawberry.field(description="What its id was; null where refused.")
    usage_count: int | None = strawberry.field(
        description="How many records that the viewer sees it was taken off; null where refused."
    )
    errors: list[UserError] = strawberry.field(description="What to put right.")
