"""The history of records: who changed what, when, in which way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import strawberry
from strawberry import Info

from db import asof
from db.conversion.converting import MADE
from db.customs import Customised, customised
from db.declare import Column, Label
from db.display import NOTHING, Shown, Style, told, told_line
from db.history import Operation, Origin
from db.kinds import Json
from db.rows import ChangeRow
from db.suite import COMMON
from graph import names
from graph.context import operation
from graph.resolvers import history, lists
from graph.resolvers.records import reference
from graph.types.field_values import FieldValue
from graph.types.fields import resolved
from graph.types.node import Node
from graph.types.page import EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from graph.types.people import Actor
from graph.types.record import Record

COMMON_LABELS = {
    "owner": Label("Propriétaire", "Owner"),
    "number": Label("Numéro", "Number"),
    "line_items": Label("Lignes", "Line items"),
    "tags": Label("Étiquettes", "Tags"),
    "shares": Label("Partages", "Shares"),
    MADE: Label("Converti en", "Converted to"),
}


@dataclass(frozen=True)
class FieldOfChange:
    """One field of a change, with what is needed to show it."""

    has: Customised
    told: Any
    style: Style

    @property
    def name(self) -> str:
        return names.camel(self.told["name"])

    @property
    def label(self) -> str:
        name = self.told["name"]
        fact, tab = self.has.facts.get(name), self.has.module.tabs.get(name)
        label = fact.label if fact else self.has.label_of_tab(tab) if tab else None
        label = label or COMMON_LABELS.get(name)
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
        fact = self.has.facts.get(self.told["name"])
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
        held = told_line(self.has.module.suite["LineItem"], line)
        return {names.camel(name): value for name, value in held.items()}


@dataclass(frozen=True)
class FieldOfState(FieldOfChange):
    """One field of a record as it was: what was told of it last."""

    @property
    def type(self) -> str:
        name = self.told["name"]
        return names.type_of(self.has.facts.get(name) or COMMON.get(name))

    async def shown(self, own: Any) -> Shown:
        return self._shown("after")


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
    # Mostly read before: it is the record looked at. In the recycle bin it is read by `kept` alone.
    id = root["record_id"]
    row = await own.loaders.registered.load(id) or await own.loaders.kept.load(id)
    if row is None:
        return []
    told = await history.seen_fields(own, row.module, root["fields"])
    return [FieldOfChange(customised(own.viewer, row.module), each, own.style) for each in told]


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


async def now(root: Any, info: Info) -> Any:
    return await reference(info, root.row["id"])


async def last_change(root: Any, info: Info) -> Any:
    return await operation(info).loaders.change.load(root.state.change_id)


async def state_fields(root: Any, info: Info) -> list[FieldOfState]:
    own, module = operation(info), root.row.module
    has = customised(own.viewer, module)
    told = [each for each in root.state.told if each["name"] != "line_items"]
    seen = await history.seen_fields(own, module, told)
    return [FieldOfState(has, each, own.style) for each in seen]


async def state_lines(root: Any, info: Info) -> Any:
    own, module = operation(info), root.row.module
    has = customised(own.viewer, module)
    told = [each for each in root.state.told if each["name"] == "line_items"]
    seen = await history.seen_fields(own, module, told)
    return [line for each in seen for line in FieldOfChange(has, each, own.style).after or ()]


async def differences(root: Any, info: Info) -> list[FieldOfChange]:
    own, module = operation(info), root.row.module
    has = customised(own.viewer, module)
    told = asof.differences(module, root.before, root.after)
    seen = await history.seen_fields(own, module, told)
    return [FieldOfChange(has, each, own.style) for each in seen]


@strawberry.type(description="A record as it was at a time.")
class RecordAsOf:
    at: datetime = strawberry.field(description="The time.")
    record: Record | None = resolved(now, "The record as it is now; null in the recycle bin.")
    module: str = resolved(lambda root: root.row["module"], "Its module, `CustomerInvoice`.")
    number: str = resolved(lambda root: root.state.number, "Its number then.")
    title: str = resolved(lambda root: root.state.title, "What it was called then.")
    version: int = resolved(lambda root: root.state.version, "The version it had.")
    deleted: bool = resolved(lambda root: root.state.deleted, "Whether it was in the recycle bin.")
    fields: list[FieldValue] = resolved(
        state_fields, "What it held, in the order of the record; relations as they were called."
    )
    line_items: list[Json] = resolved(state_lines, "Its lines, in their order; empty for none.")
    change: Change = resolved(last_change, "The last change before.")


@strawberry.type(description="What of a record differs from one time to another.")
class Comparison:
    record: Record | None = resolved(now, "The record as it is now; null in the recycle bin.")
    from_: datetime = strawberry.field(name="from", description="The earlier time.")
    to: datetime = strawberry.field(description="The later time.")
    fields: list[FieldChange] = resolved(
        differences, "The fields that differ, before and after, in the order of the record."
    )
