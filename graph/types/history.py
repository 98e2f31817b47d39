"""The history of records: who changed what, when, in which way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import strawberry
from strawberry import Info

from db.conversion.converting import MADE
from db.declare import Column, Label
from db.display import NOTHING, Shown, Style, told, told_line
from db.history import Operation, Origin
from db.kinds import Json
from db.rows import ChangeRow
from db.suite import Module
from graph import names
from graph.context import operation
from graph.resolvers import lists
from graph.resolvers.records import reference
from graph.types.fields import enumerated, resolved
from graph.types.node import Node
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from graph.types.people import Actor
from graph.types.record import Record

enumerated(
    Operation,
    "What was done to a record.",
    {
        "CREATED": "It was written for the first time.",
        "UPDATED": "Fields, lines or links were changed.",
        "DELETED": "It was put in the recycle bin.",
        "RESTORED": "It was taken out of the recycle bin.",
        "COMMENTED": "A comment or a reply was left on it.",
        "COMMENT_EDITED": "The text of one of its comments was changed.",
        "COMMENT_DELETED": "One of its comments was deleted.",
        "FINALISED": "It was validated: numbered, posted and locked.",
        "CONVERTED": "Another record was made of it, wholly or in part.",
    },
)
enumerated(
    Origin,
    "The way a change came about.",
    {
        "MANUAL": "By a person who had signed in.",
        "API": "By a program, with a key.",
        "QUICK_CREATE": "By the quick form of a record that points at it.",
        "WORKFLOW": "By a workflow.",
        "IMPORT": "By an import of files.",
        "FORM": "By a form on a web site.",
        "CONVERSION": "By the conversion of a record into another.",
        "RECURRENCE": "By a recurrence that fell due.",
        "SYSTEM": "By the service itself.",
    },
)

COMMON_LABELS = {
    "owner": Label("Propriétaire", "Owner"),
    "number": Label("Numéro", "Number"),
    "line_items": Label("Lignes", "Line items"),
    MADE: Label("Converti en", "Converted to"),
}


@dataclass(frozen=True)
class FieldOfChange:
    """One field of a change, with what is needed to show it."""

    module: Module | None
    told: Any
    style: Style

    @property
    def name(self) -> str:
        return names.camel(self.told["name"])

    @property
    def label(self) -> str:
        fact = self.module.facts.get(self.told["name"]) if self.module else None
        label = fact.label if fact else COMMON_LABELS.get(self.told["name"])
        return label.into(self.style.language) if label else self.name

    @property
    def before(self) -> Any:
        return self._shown("before").value

    @property
    def after(self) -> Any:
        return self._shown("after").value

    @property
    def before_display(self) -> str | None:
        return self._shown("before").display

    @property
    def after_display(self) -> str | None:
        return self._shown("after").display

    def _shown(self, side: str) -> Shown:
        """What the field held. A record is shown as it was called then, which is kept."""
        value = self.told[side]
        if value is None:
            return NOTHING
        if self.told["name"] == "line_items":
            display = "; ".join(self._named(each) for each in value)
            return Shown([self._line(each) for each in value], display or None)
        fact = self.module.facts.get(self.told["name"]) if self.module else None
        if isinstance(fact, Column):
            return told(fact, value, self.style)
        kept = self.told.get(f"{side}_display")
        return Shown(value, kept or (None if isinstance(value, list) else str(value)))

    def _named(self, line: Any) -> str:
        """A line in short: `2 × Advice`."""
        label = str(line.get("label", ""))
        quantity = line.get("quantity")
        if quantity is None:
            return label
        return f"{self.style.text(Decimal, Decimal(quantity))} × {label}"

    def _line(self, line: Any) -> Any:
        if self.module is not None:
            line = told_line(self.module.suite["LineItem"], line)
        return {names.camel(name): held for name, held in line.items()}


@strawberry.type(description="One field before and after a change.")
class FieldChange:
    name: str = strawberry.field(description="The field, as this schema calls it.")
    label: str = strawberry.field(description="The field, as the viewer reads it.")
    before: Json | None = strawberry.field(description="What it held; null for nothing.")
    after: Json | None = strawberry.field(description="What it holds since; null for nothing.")
    before_display: str | None = strawberry.field(
        description="`before` in the viewer's language; a relation as it was called then."
    )
    after_display: str | None = strawberry.field(description="`after` in the same way.")


def change_id(root: Any) -> str:
    return f"change-{root['id']}"


async def actor(root: Any, info: Info) -> Any:
    return await operation(info).loaders.principal.load(root["actor_id"])


async def record(root: Any, info: Info) -> Any:
    return await reference(info, root["record_id"])


async def fields(root: Any, info: Info) -> list[FieldOfChange]:
    if not root["fields"]:
        return []
    own = operation(info)
    row = await own.loaders.registered.load(root["record_id"])
    module = row.module if row is not None else None
    return [FieldOfChange(module, each, own.style) for each in root["fields"]]


@strawberry.type(description="One save: everything that changed on a record at once.")
class Change(Node):
    id: strawberry.ID = resolved(change_id, "`change-7`.")
    at: datetime = strawberry.field(description="When.")
    actor: Actor = resolved(actor, "Who: a user, or the service itself.")
    operation: Operation = strawberry.field(description="What was done.")
    origin: Origin = strawberry.field(description="The way it came about.")
    version: int | None = strawberry.field(
        description="The record's version since; null where the change left it."
    )
    record: Record | None = resolved(
        record, "The record changed; null once it may not be seen any more."
    )
    fields: list[FieldChange] = resolved(fields, "What changed, in the order of the record.")

    @classmethod
    def is_type_of(cls, row: Any, *_: Any) -> bool:
        return isinstance(row, ChangeRow)


@strawberry.type(description="A change at its place in a history.")
class ChangeEdge:
    cursor: str = strawberry.field(description="Where the change stands in the list.")
    node: Change = strawberry.field(description="The change.")


@strawberry.type(description="A page of a record's history, newest first.")
class ChangeConnection:
    edges: list[ChangeEdge] = resolved(lists.edges, EDGES)
    nodes: list[Change] = resolved(lists.nodes, NODES)
    page_info: PageInfo = resolved(lists.page_info, PAGE_INFO)
    total_count: int = resolved(lists.total_count, TOTAL_COUNT)
