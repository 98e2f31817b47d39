"""The interface every module's type implements: what a record has, whatever its module."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from db.suite import module_of
from graph.resolvers import field_values, history, record_page, records, tags
from graph.resolvers.tabs import tab as one_tab
from graph.resolvers.tabs import tabs as every_tab
from graph.types.fields import annotate, described, resolved
from graph.types.history_filter import HistoryFilter
from graph.types.node import Node
from graph.types.page import page_arguments
from graph.types.people import Actor, Company
from graph.types.rights import RecordRights, rights_on

if TYPE_CHECKING:
    from graph.types.comments import CommentConnection
    from graph.types.field_values import FieldValue
    from graph.types.history import ChangeConnection
    from graph.types.record_page import RecordDetails, RecordHeader, RecordPreview, RecordSummary
    from graph.types.tabs import RelationTab
    from graph.types.tags import Tag

Comments = Annotated["CommentConnection", strawberry.lazy("graph.types.comments")]
Changes = Annotated["ChangeConnection", strawberry.lazy("graph.types.history")]
OneValue = Annotated["FieldValue", strawberry.lazy("graph.types.field_values")]
Header = Annotated["RecordHeader", strawberry.lazy("graph.types.record_page")]
Summary = Annotated["RecordSummary", strawberry.lazy("graph.types.record_page")]
Details = Annotated["RecordDetails", strawberry.lazy("graph.types.record_page")]
Preview = Annotated["RecordPreview", strawberry.lazy("graph.types.record_page")]

TagOn = Annotated["Tag", strawberry.lazy("graph.types.tags")]

ROLL_UP = (
    "Show the comments of directly related records too, over every relation that rolls up, in "
    "both directions. Each edge says where its comment comes from."
)


@strawberry.interface(description="A record, whatever its module.")
class Record(Node):
    number: str | None = strawberry.field(
        description="Unique within company and module, `FAC-2026-00042`; given by the service."
    )
    title: str | None = strawberry.field(description="What it is called where it is pointed at.")
    created_at: datetime | None = strawberry.field(description="When it was created.")
    updated_at: datetime | None = strawberry.field(description="When a field last changed.")
    version: int | None = strawberry.field(
        description="Counts its changes; give it back as `expectedVersion`."
    )
    module: str = resolved(records.module_name, "Its module, `CustomerInvoice`.")
    owner: Actor | None = resolved(records.owner, "The user or team it belongs to.")
    company: Company | None = resolved(records.company, "The company whose record it is.")
    created_by: Actor | None = resolved(records.created_by, "Who created it.")
    updated_by: Actor | None = resolved(records.updated_by, "Who last changed a field.")
    viewer_can: RecordRights = resolved(rights_on, "What the viewer may do with it.")
    custom: list[OneValue] = resolved(
        annotate(
            field_values.custom,
            names=described(list[str] | None, "These only: `loyaltyLevel`."),
        ),
        "Its custom fields, in the order in which they were added.",
    )
    history: Changes = resolved(
        annotate(
            history.history,
            filter=described(HistoryFilter | None, "Keeps the changes for which all of it holds."),
            **page_arguments(),
        ),
        "Every change of the record, newest first.",
    )
    comments: Comments = resolved(
        annotate(records.comments, roll_up=described(bool, ROLL_UP), **page_arguments()),
        "Comments, newest first; replies stand under what they answer.",
    )
    header: Header = resolved(record_page.page, "The top of its page.")
    summary: Summary = resolved(record_page.page, "What one sees first of it.")
    details: Details = resolved(record_page.page, "All its fields in blocks, and its lines.")
    preview: Preview = resolved(record_page.page, "What is shown of it in passing.")
    tabs: list[Annotated[RelationTab, strawberry.lazy("graph.types.tabs")]] = resolved(
        every_tab, "The lists of its neighbours, in the order of its layout."
    )
    tab: Annotated[RelationTab, strawberry.lazy("graph.types.tabs")] | None = resolved(
        annotate(one_tab, name=described(str, "Its name: `invoices`.")),
        "One of its tabs; null where its layout has none of that name.",
    )
    tags: list[TagOn] = resolved(tags.tags_of, "Its shared tags and the viewer's own, by name.")

    @classmethod
    def resolve_type(cls, row: Any, *_: Any) -> str:
        return module_of(row).name
