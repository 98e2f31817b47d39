"""Saved lists: the views of a module that people keep, and their rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from strawberry import Info

from db.kinds import Json
from db.list_columns import MOST
from db.saved_lists import LONGEST, SavedList
from graph.context import operation
from graph.resolvers import list_writing, lists, saved_lists
from graph.types.errors import UserError
from graph.types.field_values import FieldValue
from graph.types.fields import KEY, annotate, described, resolved
from graph.types.node import Node
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.parties import SHARED_WITH, WRITES, Share
from graph.types.people import Actor
from graph.types.record import Record

FURTHER = (
    "A further condition as JSON, spelt as the module's typed filter: "
    '`{dueOn: {lt: "2026-01-01"}}`. What the list itself asks holds too.'
)
INSTEAD = 'Another order than the list\'s, as JSON: `[{dueOn: "ASC"}]`.'
SEARCH = "Titles and numbers starting with this, case and accents making no difference."
COLUMNS = (
    f"Up to {MOST} fields of the module, in order, as this schema calls them: `dueOn`, `owner`; "
    "fields one relation away, `account.name`; parts of an address, `billingAddress.city`."
)
FILTER = (
    "Which records, as JSON spelt as the module's typed filter: "
    '`{status: {in: ["SENT"]}}`; null for all.'
)
ORDER = 'In which order, as JSON: `[{dueOn: "ASC"}]`; null for newest first.'
SHARED = (
    "Whether everyone in the company sees it; if not, its owner, and those with whom it is shared "
    "by `shareList`."
)
SHARES = (
    "With whom it is shared beside, by name, up to 100; null for who may not change it, and for "
    "all records."
)
NAME = f"What it is called, up to {LONGEST} characters; no two of an owner and module alike."


@strawberry.type(description="A column of a list.")
class ListColumn:
    name: str = strawberry.field(description="The field, as this schema calls it: `account.name`.")
    label: str = strawberry.field(description="The field, as the viewer reads it.")
    type: str = strawberry.field(
        description="Its scalar or enum; for a relation or links the module they lead to, for "
        "people `Actor`."
    )


@strawberry.type(description="A record at its place in a list, with what the list shows of it.")
class ListRecordEdge:
    cursor: str = strawberry.field(description="Where the record stands in the list.")
    node: Record = strawberry.field(description="The record.")
    cells: list[FieldValue] = resolved(
        saved_lists.cells, "What it holds in the list's columns, in their order."
    )


@strawberry.type(description="A page of a list's records.")
class ListRecordConnection:
    edges: list[ListRecordEdge] = resolved(lists.edges, EDGES)
    nodes: list[Record] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)


@strawberry.type(description="What the viewer may do with a list.")
class ListRights:
    edit: bool = strawberry.field(
        description="Change and share it: its owner may, administrators, and those who have it to "
        "write."
    )
    delete: bool = strawberry.field(description="Delete it: who may change it.")


def viewer_can(root: SavedList, info: Info) -> ListRights:
    may = root.may_edit(operation(info).viewer)
    return ListRights(edit=may, delete=may)


@strawberry.type(
    name="List",
    description="A view of a module's records, kept under a name: which of them, in which columns "
    "and order. What it shows is what the viewer may see. `list-all-CustomerInvoice` is always "
    "there: all records of a module.",
)
class List(Node):
    id: strawberry.ID = resolved(saved_lists.list_id, "`list-7`, `list-all-CustomerInvoice`.")
    name: str = resolved(saved_lists.name, "What it is called.")
    module: str = resolved(saved_lists.module_name, "The module of its records.")
    module_label: str = resolved(saved_lists.module_label, "Its records, as the viewer reads it.")
    columns: list[ListColumn] = resolved(
        saved_lists.cells_of,
        "The fields it shows, in order: those chosen that there (still) are; unless any were "
        "chosen, the header and key fields of the module's layout.",
    )
    filter: Json | None = strawberry.field(description=FILTER)
    order_by: Json | None = strawberry.field(description=ORDER)
    shared: bool = strawberry.field(description=SHARED)
    shares: list[Share] | None = resolved(saved_lists.shares, SHARES)
    owner: Actor | None = resolved(saved_lists.owner, "Who keeps it; null for all records.")
    mine: bool = resolved(saved_lists.mine, "Whether the viewer keeps it.")
    is_default: bool = resolved(
        saved_lists.is_default, "Whether it is the one the viewer sees first of its module."
    )
    version: int = strawberry.field(
        description="Counts its changes; give it back as `expectedVersion`."
    )
    created_at: datetime | None = strawberry.field(description="When it was first kept.")
    updated_at: datetime | None = strawberry.field(description="When it was last changed.")
    viewer_can: ListRights = resolved(viewer_can, "What the viewer may do with it.")
    records: ListRecordConnection | None = resolved(
        annotate(
            saved_lists.records,
            filter=described(Json | None, FURTHER),
            order_by=described(Json | None, INSTEAD),
            search=described(str | None, SEARCH),
            **page_arguments(),
        ),
        "The records it shows. Null with an error BAD_FILTER that names the field where the list "
        "asks for one that is gone: it never shows more than it did.",
    )

    @classmethod
    def is_type_of(cls, row: Any, *_: Any) -> bool:
        return isinstance(row, SavedList)


@strawberry.type(description="A list at its place among others.")
class ListEdge:
    cursor: str = strawberry.field(description="Where the list stands.")
    node: List = strawberry.field(description="The list.")


@strawberry.type(description="A page of lists, by name.")
class ListConnection:
    edges: list[ListEdge] = resolved(saved_lists.edges, EDGES)
    nodes: list[List] = resolved(saved_lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)


@strawberry.input(description="A new list.")
class CreateListInput:
    module: str = strawberry.field(description="The module of its records: `CustomerInvoice`.")
    name: str = strawberry.field(description=NAME)
    columns: list[str] | None = strawberry.field(description=COLUMNS, default=strawberry.UNSET)
    filter: Json | None = strawberry.field(description=FILTER, default=strawberry.UNSET)
    order_by: Json | None = strawberry.field(description=ORDER, default=strawberry.UNSET)
    shared: bool = strawberry.field(description=SHARED, default=False)


@strawberry.input(description="What changes of a list; what is left out stays.")
class UpdateListInput:
    name: str | None = strawberry.field(description=NAME, default=strawberry.UNSET)
    columns: list[str] | None = strawberry.field(
        description=f"{COLUMNS} Null for those of the layout.", default=strawberry.UNSET
    )
    filter: Json | None = strawberry.field(description=FILTER, default=strawberry.UNSET)
    order_by: Json | None = strawberry.field(description=ORDER, default=strawberry.UNSET)
    shared: bool | None = strawberry.field(description=SHARED, default=strawberry.UNSET)


@strawberry.type(description="A list kept, changed, copied or chosen.")
class ListPayload:
    kept: List | None = strawberry.field(
        name="list",
        description="The list as it is now; null where refused, and where the viewer, who is not "
        "its owner, sees it no more.",
    )
    errors: list[UserError] = strawberry.field(
        description="What to put right; empty where it was done."
    )


@strawberry.type(description="A list deleted.")
class DeleteListPayload:
    id: strawberry.ID | None = strawberry.field(
        description="The id it had; null where it was refused."
    )
    errors: list[UserError] = strawberry.field(
        description="What to put right; empty where it was done."
    )


ID = described(strawberry.ID, "Its id: `list-7`.")
EXPECTED = "The version your change is based on."
KEY_GIVEN = described(str | None, KEY)


@strawberry.type
class ListQuery:
    lists: ListConnection = resolved(
        annotate(
            saved_lists.lists,
            module=described(str | None, "Of this module only: `CustomerInvoice`."),
            search=described(str | None, "Names starting with this, whatever case and accents."),
            **page_arguments(),
        ),
        "The lists that the viewer keeps, and those shared with them, by name. That of all records "
        "of a module is `module(name) { allList }`.",
    )
    list: List | None = resolved(
        annotate(saved_lists.one, id=ID), "A list, by its id: `list-7`, `list-all-Contact`."
    )


@strawberry.type
class ListMutation:
    create_list: ListPayload = resolved(
        annotate(
            list_writing.create,
            input=described(CreateListInput, "What it shows."),
            idempotency_key=KEY_GIVEN,
        ),
        "Keep a list.",
    )
    update_list: ListPayload = resolved(
        annotate(
            list_writing.update,
            id=ID,
            input=described(UpdateListInput, "What changes."),
            expected_version=described(int | None, EXPECTED),
            idempotency_key=KEY_GIVEN,
        ),
        "Change a list: its owner may, who has it to write, and administrators who see it.",
    )
    share_list: ListPayload = resolved(
        annotate(list_writing.share, id=ID, with_=SHARED_WITH, writes=WRITES),
        "Share a list with a user, everyone in a team, or everyone who has a role. Takes the right "
        "to change it. With the whole company: `updateList(input: {shared: true})`.",
    )
    unshare_list: ListPayload = resolved(
        annotate(list_writing.unshare, id=ID, with_=SHARED_WITH),
        "Share a list with a user, team or role no more: whose default it was sees all records "
        "first, unless they see it by another way. Takes the right to change it.",
    )
    delete_list: DeleteListPayload = resolved(
        annotate(list_writing.delete, id=ID, idempotency_key=KEY_GIVEN),
        "Delete a list, for good; its records stay. Whose default it was sees all records first.",
    )
    duplicate_list: ListPayload = resolved(
        annotate(list_writing.duplicate, id=ID, idempotency_key=KEY_GIVEN),
        "Copy a list that one sees into one of one's own, not shared.",
    )
    set_default_list: ListPayload = resolved(
        annotate(
            list_writing.set_default,
            module=described(str, "The module: `CustomerInvoice`."),
            id=described(strawberry.ID | None, "One of its lists; null for all records."),
        ),
        "Choose the list that the viewer sees first of a module.",
    )
