"""What a company makes of the modules: custom fields, their values and filters, layouts."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import UNSET, Info

from db.kinds import Json
from graph.context import operation
from graph.resolvers import customs
from graph.types.errors import UserError
from graph.types.fields import EXPECTED_LAYOUT, annotate, described, resolved
from graph.types.forms import ModuleValue
from graph.types.modules import ModuleInfo
from graph.types.modules import described as module_info


@strawberry.type(description="A text in each language.")
class Labels:
    fr: str = strawberry.field(description="In French.")
    en: str = strawberry.field(description="In English.")


def choices(root: Any, info: Info) -> list[ModuleValue] | None:
    language = operation(info).language
    listed = [ModuleValue(value=value, label=said.into(language)) for value, said in root.choices]
    return listed or None


def laid_out(root: Any, info: Info) -> ModuleInfo | None:
    return None if root.module is None else module_info(root.module, operation(info))


@strawberry.type(description="A field that a company added to a module.")
class CustomField:
    id: strawberry.ID = resolved(lambda root: f"field-{root.id}", "`field-7`.")
    name: str = resolved(customs.name, "What its values are given under: `loyaltyLevel`.")
    field: str = resolved(customs.field, "What layouts and history call it: `custom.loyaltyLevel`.")
    module: str = strawberry.field(description="Its module, `CustomerAccount`.")
    type: str = strawberry.field(
        description="Its scalar, `Date`, or `Choice` for one of a list of values."
    )
    label: str = resolved(customs.label, "As the viewer reads it.")
    labels: Labels = resolved(lambda root: root.label, "In each language.")
    choices: list[ModuleValue] | None = resolved(
        choices, "What it is chosen from; null where it is not."
    )
    default: Json | None = resolved(customs.default, "What a new record holds unless it says.")
    required: bool = strawberry.field(description="Whether creating a record takes it.")
    indexed: bool = strawberry.field(description="Whether filters on it are served by an index.")
    searched: bool = strawberry.field(description="Whether `search` finds records by it.")


CUSTOM_FIELDS = "The fields that the viewer's company added to it."
LEFT_OUT = "What is left out stays."


@strawberry.input(description="A text in each language; where one is left out the other stands.")
class LabelsInput:
    fr: str | None = strawberry.field(description="In French.", default=UNSET)
    en: str | None = strawberry.field(description="In English.", default=UNSET)


@strawberry.input(description="A value of a list of values.")
class ChoiceInput:
    value: str = strawberry.field(description="What is stored, in capitals: `GOLD`.")
    label: LabelsInput = strawberry.field(description="What people read.")


@strawberry.input(description="A new field of a module.")
class CreateCustomFieldInput:
    name: str = strawberry.field(
        description="What its values are given under, an identifier: `loyaltyLevel`. It stays."
    )
    type: str = strawberry.field(
        description="A scalar of this schema for values (`String`, `LongText`, `Email`, `Phone`, "
        "`URL`, `Int`, `Decimal`, `Money`, `Percent`, `Boolean`, `Date`, `DateTime` …), or "
        "`Choice`. It stays."
    )
    label: LabelsInput = strawberry.field(description="What people read.")
    choices: list[ChoiceInput] | None = strawberry.field(
        description="For a `Choice`: its values, in order.", default=UNSET
    )
    default: Json | None = strawberry.field(
        description="What a new record holds unless it says.", default=UNSET
    )
    required: bool = strawberry.field(
        description="Whether creating a record takes it.", default=False
    )
    indexed: bool = strawberry.field(
        description="Whether filters on it are served by an index.", default=False
    )
    searched: bool = strawberry.field(
        description="Whether `search` finds records by it: one line of text.", default=False
    )


@strawberry.input(description=f"What changes of a custom field. {LEFT_OUT}")
class UpdateCustomFieldInput:
    label: LabelsInput | None = strawberry.field(description="What people read.", default=UNSET)
    choices: list[ChoiceInput] | None = strawberry.field(
        description="All its values, in order. Records keep those that are no more.", default=UNSET
    )
    default: Json | None = strawberry.field(
        description="What a new record holds unless it says; null for nothing.", default=UNSET
    )
    required: bool | None = strawberry.field(
        description="Whether creating a record takes it.", default=UNSET
    )
    indexed: bool | None = strawberry.field(
        description="Whether filters on it are served by an index.", default=UNSET
    )
    searched: bool | None = strawberry.field(
        description="Whether `search` finds records by it.", default=UNSET
    )


@strawberry.input(description="A block of the details.")
class LayoutBlockInput:
    name: str = strawberry.field(description="What names it, an identifier: `general`.")
    label: LabelsInput = strawberry.field(description="Its title.")
    fields: list[str] = strawberry.field(description="Its fields, in order.")
    collapsed: bool = strawberry.field(description="Whether it is folded at first.", default=False)


@strawberry.input(description="Whether comments roll up over a relation, in both directions.")
class RollUpInput:
    relation: str = strawberry.field(description="A relation or links that the module declares.")
    on: bool = strawberry.field(description="Whether they do.")


@strawberry.input(description="A label of the company's own.")
class FieldLabelInput:
    name: str = strawberry.field(description="A field or a tab of the module.")
    label: LabelsInput = strawberry.field(description="What people read.")


@strawberry.input(
    description=f"Parts of a layout. {LEFT_OUT} Null puts a part back to what is declared. Fields "
    "are named as in `module`; a custom one is `custom.loyaltyLevel`."
)
class LayoutInput:
    header: list[str] | None = strawberry.field(description="The fields at the top.", default=UNSET)
    key_fields: list[str] | None = strawberry.field(
        description="The fields of the summary.", default=UNSET
    )
    blocks: list[LayoutBlockInput] | None = strawberry.field(
        description="The blocks of the details, in order; a field in none is hidden.",
        default=UNSET,
    )
    quick: list[str] | None = strawberry.field(
        description="The fields of the short form; those that are required come in any case.",
        default=UNSET,
    )
    tabs: list[str] | None = strawberry.field(description="The tabs, in order.", default=UNSET)
    required: list[str] | None = strawberry.field(
        description="Fields that must be filled in, beside those that always are.", default=UNSET
    )
    readonly: list[str] | None = strawberry.field(
        description="Fields that clients may not write, beside those they never do.",
        default=UNSET,
    )
    roll_up: list[RollUpInput] | None = strawberry.field(
        description="Relations that roll up comments otherwise than declared.", default=UNSET
    )
    labels: list[FieldLabelInput] | None = strawberry.field(
        description="Labels of declared fields and of tabs.", default=UNSET
    )


@strawberry.type(description="A custom field made, changed or deleted.")
class CustomFieldPayload:
    custom_field: CustomField | None = strawberry.field(
        description="The field as it is now, or as it was; null where it was refused."
    )
    errors: list[UserError] = strawberry.field(description="What to put right.")


@strawberry.type(description="A module laid out.")
class LayoutPayload:
    module: ModuleInfo | None = resolved(
        laid_out, "The module as it is now; null where it was refused."
    )
    errors: list[UserError] = strawberry.field(description="What to put right.")


async def fields_of(info: Info, module: str) -> Any:
    return customs.fields_of(operation(info), module)


MODULE = described(str, "Its name: `CustomerAccount`.")
FIELD_ID = described(strawberry.ID, "The field: `field-7`.")


@strawberry.type
class CustomQuery:
    custom_fields: list[CustomField] = resolved(
        annotate(fields_of, module=MODULE), "The fields that the company added to a module."
    )


@strawberry.type
class CustomMutation:
    create_custom_field: CustomFieldPayload = resolved(
        annotate(
            customs.create_field,
            module=MODULE,
            input=described(CreateCustomFieldInput, "What it is."),
        ),
        "Add a field to a module. For administrators, from everyone's next request on.",
    )
    update_custom_field: CustomFieldPayload = resolved(
        annotate(
            customs.update_field,
            id=FIELD_ID,
            input=described(UpdateCustomFieldInput, "What changes."),
        ),
        "Change a custom field. For administrators.",
    )
    delete_custom_field: CustomFieldPayload = resolved(
        annotate(customs.delete_field, id=FIELD_ID),
        "Take a custom field from its module: no record shows it any more, its name is not given "
        "again. For administrators.",
    )
    set_layout: LayoutPayload = resolved(
        annotate(
            customs.set_layout,
            module=MODULE,
            input=described(LayoutInput, "The parts that change."),
            expected_version=described(int | None, EXPECTED_LAYOUT),
        ),
        "Lay out the pages and forms of a module. For administrators, from everyone's next "
        "request on.",
    )
    reset_layout: LayoutPayload = resolved(
        annotate(customs.reset_layout, module=MODULE),
        "Lay a module out as it is declared. For administrators.",
    )
