"""What there is: modules with their fields, relations and tabs, labelled for the viewer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import strawberry
from strawberry import Info

from db.customs import customised, tabs_of
from db.declare import Column, Label, Relation
from db.suite import Module, Tab
from graph import names
from graph.context import Operation, operation
from graph.resolvers import forms, saved_lists
from graph.types.fields import annotate, resolved
from graph.types.fields import described as described_argument
from graph.types.forms import Form, ModuleValue
from graph.types.rights import FieldRights, ModuleRights, rights_in
from graph.types.saved_lists import List

FIELD_RIGHTS = "What the viewer may do with it, of records they may create or change."


@strawberry.type(description="A field of a module that holds a value.")
class ModuleField:
    name: str = strawberry.field(description="The field, as this schema calls it.")
    label: str = strawberry.field(description="As the viewer reads it.")
    type: str = strawberry.field(description="Its scalar or enum, as this schema calls it.")
    required: bool = strawberry.field(description="Whether creating a record takes it.")
    readonly: bool = strawberry.field(description="Whether the service alone writes it.")
    unique: bool = strawberry.field(description="Whether no two records have it alike.")
    header: bool = strawberry.field(description="Whether it stands in the record's header.")
    key: bool = strawberry.field(description="Whether it stands in the record's summary.")
    quick: bool = strawberry.field(description="Whether the quick form asks for it.")
    searched: bool = strawberry.field(description="Whether `search` finds records by it.")
    values: list[ModuleValue] | None = strawberry.field(
        description="What it is chosen from; null where it is not."
    )
    viewer_can: FieldRights = strawberry.field(description=FIELD_RIGHTS)


@strawberry.type(description="A field of a module that points at one record.")
class ModuleRelation:
    name: str = strawberry.field(description="The field, as this schema calls it.")
    label: str = strawberry.field(description="As the viewer reads it.")
    target: str = strawberry.field(description="The module it points at.")
    inverse: str = strawberry.field(description="The tab it makes there.")
    required: bool = strawberry.field(description="Whether creating a record takes it.")
    roll_up: bool = strawberry.field(description="Whether comments roll up over it.")
    viewer_can: FieldRights = strawberry.field(description=FIELD_RIGHTS)


@strawberry.type(description="A list of neighbours that a module's records have.")
class ModuleTab:
    name: str = strawberry.field(description="The field, as this schema calls it.")
    label: str = strawberry.field(description="As the viewer reads it.")
    module: str = strawberry.field(description="The module of the records in it.")
    roll_up: bool = strawberry.field(description="Whether comments roll up over it.")


@strawberry.type(description="A block of a record's details.")
class ModuleBlock:
    name: str = strawberry.field(description="What names the block: `general`.")
    label: str = strawberry.field(description="Its title, as the viewer reads it.")
    collapsed: bool = strawberry.field(description="Whether it is shown folded at first.")
    fields: list[str] = strawberry.field(description="Its fields, in order.")


@strawberry.type(description="What the page of a module's records shows, where, in which order.")
class ModuleLayout:
    version: int = strawberry.field(
        description="How many layouts the company gave the module; 0 for the one declared."
    )
    required: list[str] = strawberry.field(description="The fields that must be filled in.")
    readonly: list[str] = strawberry.field(description="The fields that clients may not write.")
    header: list[str] = strawberry.field(description="The fields at the top.")
    key_fields: list[str] = strawberry.field(description="The fields of the summary.")
    blocks: list[ModuleBlock] = strawberry.field(description="The blocks of the details.")
    quick: list[str] = strawberry.field(description="The fields of the short form.")
    tabs: list[str] = strawberry.field(description="The tabs.")


FROM = Annotated[
    strawberry.ID | None,
    strawberry.argument(name="from", description="The record it is created from."),
]
TAB = described_argument(
    str | None, "The tab of that record it is created in, where several take the module."
)


@strawberry.type(description="A kind of record.")
class ModuleInfo:
    source: strawberry.Private[Module]
    name: str = strawberry.field(description="Its type in this schema: `CustomerInvoice`.")
    label: str = strawberry.field(description="One of its records, as the viewer reads it.")
    plural: str = strawberry.field(description="Its records, as the viewer reads it.")
    app: str = strawberry.field(description="The application it belongs to: `sales`.")
    app_label: str = strawberry.field(description="The application, as the viewer reads it.")
    prefix: str = strawberry.field(description="What its numbers start with: `FAC`.")
    field_name: str = strawberry.field(description="The query for one: `customerInvoice`.")
    list_name: str = strawberry.field(description="The query for all: `customerInvoices`.")
    has_line_items: bool = strawberry.field(description="Whether its records have line items.")
    viewer_can: ModuleRights = strawberry.field(
        description="What the viewer may do with its records that they see."
    )
    creatable: bool = strawberry.field(description="Whether the viewer may create records of it.")
    exportable: bool = strawberry.field(description="Whether the viewer may export its records.")
    fields: list[ModuleField] = strawberry.field(
        description="Its own fields, as declared, then those that the company added: `custom.x`."
    )
    relations: list[ModuleRelation] = strawberry.field(description="What its records point at.")
    tabs: list[ModuleTab] = strawberry.field(
        description="What its records are shown with, in the order of its layout."
    )
    layout: ModuleLayout = strawberry.field(description="How its records' pages are laid out.")
    all_list: List = resolved(saved_lists.every, "The list of all its records.")
    default_list: List = resolved(
        saved_lists.default, "The list that the viewer sees first; all records unless chosen."
    )
    full_form: Form = resolved(
        forms.full_form, "The form of a new record: every field of its details, and its links."
    )
    quick_create_form: Form = resolved(
        annotate(forms.quick_form, from_=FROM, tab=TAB),
        "The short form of a new record: what is quick to fill in, and what is required. From "
        "another record it takes what leads to that, and addresses and the like.",
    )


def described(module: Module, own: Operation) -> Any:
    """What the schema tells of a module."""
    has = customised(own.viewer, module)
    offered = tabs_of(own.viewer, module)
    layout, flags = has.layout, dict(own.viewer.roll_up_flags)

    def said(label: Label) -> str:
        return label.into(own.language)

    def spelt(chosen: Iterable[str]) -> list[str]:
        return [names.camel(name) for name in chosen]

    def values(column: Column) -> Any:
        if column.choice is None:
            return None
        return [ModuleValue(value=each.name, label=said(each.label)) for each in column.choice]

    may = rights_in(own.viewer, module)

    def rights_to(fact: Column | Relation) -> FieldRights:
        barred = fact.name in layout.readonly or (isinstance(fact, Column) and fact.readonly)
        return FieldRights(edit=(may.edit or may.create) and not barred)

    def field(column: Column) -> ModuleField:
        return ModuleField(
            name=names.camel(column.name),
            label=said(column.label),
            type=names.type_of(column),
            required=column.name in layout.required,
            readonly=column.readonly or column.name in layout.readonly,
            unique=column.unique,
            header=column.name in layout.header,
            key=column.name in layout.key,
            quick=column.name in layout.quick,
            searched=column.name in module.searched,
            values=values(column),
            viewer_can=rights_to(column),
        )

    def relation(fact: Relation) -> ModuleRelation:
        return ModuleRelation(
            name=names.camel(fact.name),
            label=said(fact.label),
            target=fact.target_name,
            inverse=names.camel(fact.inverse),
            required=fact.name in layout.required,
            roll_up=flags.get(f"{module.name}.{fact.name}", fact.rollup),
            viewer_can=rights_to(fact),
        )

    def tab(each: Tab) -> ModuleTab:
        return ModuleTab(
            name=names.camel(each.name),
            label=said(has.label_of_tab(each)),
            module=each.module.name,
            roll_up=flags.get(each.key, each.fact.rollup),
        )

    app = module.declared.app
    assert app is not None
    return ModuleInfo(
        source=module,
        name=module.name,
        label=said(module.singular),
        plural=said(module.plural),
        app=app.key,
        app_label=said(app.label),
        prefix=module.declared.prefix,
        field_name=names.camel(names.one(module)),
        list_name=names.camel(names.many(module)),
        has_line_items=module.declared.lines,
        viewer_can=may,
        creatable=may.create,
        exportable=may.export,
        fields=[field(each) for each in has.facts.values() if isinstance(each, Column)],
        relations=[relation(each) for each in has.facts.values() if isinstance(each, Relation)],
        tabs=[tab(each) for each in offered],
        layout=ModuleLayout(
            version=has.version,
            required=[names.camel(each) for each in has.facts if each in layout.required],
            readonly=[names.camel(each) for each in has.facts if each in layout.readonly],
            header=spelt(layout.header),
            key_fields=spelt(layout.key),
            blocks=[
                ModuleBlock(
                    name=each.name,
                    label=said(each.label),
                    collapsed=each.collapsed,
                    fields=spelt(each.fields),
                )
                for each in layout.blocks
            ],
            quick=spelt(layout.quick),
            tabs=spelt(each.name for each in offered),
        ),
    )


async def modules(info: Info) -> list[ModuleInfo]:
    own = operation(info)
    seen = [module for module in own.suite.modules if own.viewer.granted("read", module)]
    return [described(module, own) for module in seen]


async def module(info: Info, name: str) -> ModuleInfo | None:
    own = operation(info)
    viewer, found = own.viewer, own.suite.get(name)
    if found is None or found.part or not viewer.granted("read", found):
        return None
    told: ModuleInfo = described(found, own)
    return told
