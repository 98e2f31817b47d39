"""Forms: what is asked for of a new record, and what stands in it at first."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from db.kinds import Json
from graph.context import operation
from graph.resolvers import forms, mutations, record_page
from graph.types.errors import UserError
from graph.types.fields import resolved
from graph.types.history import Change
from graph.types.record import Record


@strawberry.type(description="A value of a list of values.")
class ModuleValue:
    value: str = strawberry.field(description="As the enum has it: `NET_30`.")
    label: str = strawberry.field(description="As the viewer reads it.")


def values(root: Any, info: Info) -> list[ModuleValue] | None:
    language = operation(info).language
    if root.values is None:
        return None
    return [ModuleValue(value=name, label=label.into(language)) for name, label in root.values]


@strawberry.type(description="A field of a form.")
class FormField:
    name: str = strawberry.field(description="The field, as inputs call it: `dueOn`.")
    label: str = strawberry.field(description="As the viewer reads it.")
    type: str = strawberry.field(
        description="Its scalar or enum; for a relation or links the module they lead to, for the "
        "owner `Actor`."
    )
    many: bool = strawberry.field(description="Whether it takes a list: ids of linked records.")
    required: bool = strawberry.field(description="Whether it must be filled in.")
    readonly: bool = strawberry.field(description="Whether it is only shown: inputs refuse it.")
    default: Json | None = resolved(
        forms.default, "What stands in it at first, as an input takes it; null for nothing."
    )
    default_display: str | None = resolved(forms.default_display, "The same for people.")
    values: list[ModuleValue] | None = resolved(
        values, "What it is chosen from; null where it is not."
    )
    target: str | None = strawberry.field(
        description="The module whose records it takes; null where it takes a value."
    )


@strawberry.type(description="A form: fields, in order.")
class Form:
    fields: list[FormField] = resolved(record_page.itself, "Its fields.")


@strawberry.type(description="A record written, of whatever module.")
class RecordPayload:
    record: Record | None = resolved(
        mutations.written_of_any, "The record as it is now; null where it was refused."
    )
    change: Change | None = strawberry.field(
        description="What its history says of it; null where nothing changed."
    )
    errors: list[UserError] = strawberry.field(
        description="What to put right; empty where it was done."
    )
