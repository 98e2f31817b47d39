"""The interface every module's type implements: what a record has, whatever its module."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry import Info

from db.suite import module_of
from graph.context import operation
from graph.resolvers import history, records, tags
from graph.types.fields import annotate, described, resolved
from graph.types.history_filter import HistoryFilter
from graph.types.node import Node
from graph.types.page import page_arguments
from graph.types.people import Actor, Company

if TYPE_CHECKING:
    from graph.types.comments import CommentConnection
    from graph.types.history import ChangeConnection
    from graph.types.tags import Tag

Comments = Annotated["CommentConnection", strawberry.lazy("graph.types.comments")]
Changes = Annotated["ChangeConnection", strawberry.lazy("graph.types.history")]

TagOn = Annotated["Tag", strawberry.lazy("graph.types.tags")]

ROLL_UP = (
    "Show the comments of directly related records too, over every relation that rolls up, in "
    "both directions. Each edge says where its comment comes from."
)


@strawberry.type(description="What the viewer may do with a record.")
class RecordRights:
    edit: bool = strawberry.field(description="Change its fields.")
    delete: bool = strawberry.field(description="Put it in the recycle bin.")
    comment: bool = strawberry.field(description="Leave a comment on it.")


def viewer_can(root: Any, info: Info) -> RecordRights:
    declared = module_of(root).declared
    writes = operation(info).viewer.owns(root) and not declared.by_actions
    return RecordRights(edit=writes, delete=writes, comment=True)


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
    viewer_can: RecordRights = resolved(viewer_can, "What the viewer may do with it.")
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
    tags: list[TagOn] = resolved(tags.tags_of, "Its shared tags and the viewer's own, by name.")

    @classmethod
    def resolve_type(cls, row: Any, *_: Any) -> str:
        return module_of(row).name
