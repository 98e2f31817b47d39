"""What there is: modules with their fields, relations and tabs, labelled for the viewer."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from db.declare import Column, Label
from db.suite import Module, Tab
from graph import names
from graph.context import operation


@strawberry.type(description="A value of a list of values.")
class ModuleValue:
    value: str = strawberry.field(description="As the enum has it: `NET_30`.")
    label: str = strawberry.field(description="As the viewer reads it.")


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


@strawberry.type(description="A field of a module that points at one record.")
class ModuleRelation:
    name: str = strawberry.field(description="The field, as this schema calls it.")
    label: str = strawberry.field(description="As the viewer reads it.")
    target: str = strawberry.field(description="The module it points at.")
    inverse: str = strawberry.field(description="The tab it makes there.")
    required: bool = strawberry.field(description="Whether creating a record takes it.")
    roll_up: bool = strawberry.field(description="Whether comments roll up over it.")


@strawberry.type(description="A list of neighbours that a module's records have.")
class ModuleTab:
    name: str = strawberry.field(description="The field, as this schema calls it.")
    label: str = strawberry.field(description="As the viewer reads it.")
    module: str = strawberry.field(description="The module of the records in it.")
    roll_up: bool = strawberry.field(description="Whether comments roll up over it.")


@strawberry.type(description="A kind of record.")
class ModuleInfo:
    name: str = strawberry.field(description="Its type in this schema: `CustomerInvoice`.")
    label: str = strawberry.field(description="One of its records, as the viewer reads it.")
    plural: str = strawberry.field(description="Its records, as the viewer reads it.")
    app: str = strawberry.field(description="The application it belongs to: `sales`.")
    app_label: str = strawberry.field(description="The application, as the viewer reads it.")
    prefix: str = strawberry.field(description="What its numbers start with: `FAC`.")
    field_name: str = strawberry.field(description="The query for one: `customerInvoice`.")
    list_name: str = strawberry.field(description="The query for all: `customerInvoices`.")
    has_line_items: bool = strawberry.field(description="Whether its records have line items.")
    creatable: bool = strawberry.field(description="Whether clients create its records.")
    fields: list[ModuleField] = strawberry.field(description="Its own fields, as declared.")
    relations: list[ModuleRelation] = strawberry.field(description="What its records point at.")
    tabs: list[ModuleTab] = strawberry.field(description="What its records are shown with.")


def described(module: Module, language: str) -> Any:
    """What the schema tells of a module."""

    def said(label: Label) -> str:
        return label.into(language)

    def values(column: Column) -> Any:
        if column.choice is None:
            return None
        return [ModuleValue(value=each.name, label=said(each.label)) for each in column.choice]

    def field(column: Column) -> ModuleField:
        return ModuleField(
            name=names.camel(column.name),
            label=said(column.label),
            type=names.type_of(column),
            required=column.required,
            readonly=column.readonly,
            unique=column.unique,
            header=column.header,
            key=column.key,
            quick=column.quick,
            searched=column.name in module.searched,
            values=values(column),
        )

    def relation(fact: Any) -> ModuleRelation:
        return ModuleRelation(
            name=names.camel(fact.name),
            label=said(fact.label),
            target=fact.target_name,
            inverse=names.camel(fact.inverse),
            required=fact.required,
            roll_up=fact.rollup,
        )

    def tab(each: Tab) -> ModuleTab:
        return ModuleTab(
            name=names.camel(each.name),
            label=said(each.label),
            module=each.module.name,
            roll_up=each.fact.rollup,
        )

    app = module.declared.app
    assert app is not None
    return ModuleInfo(
        name=module.name,
        label=said(module.singular),
        plural=said(module.plural),
        app=app.key,
        app_label=said(app.label),
        prefix=module.declared.prefix,
        field_name=names.camel(names.one(module)),
        list_name=names.camel(names.many(module)),
        has_line_items=module.declared.lines,
        creatable=not module.declared.by_actions,
        fields=[field(each) for each in module.columns.values()],
        relations=[relation(each) for each in module.relations.values()],
        tabs=[tab(each) for each in module.tabs.values()],
    )


async def modules(info: Info) -> list[ModuleInfo]:
    own = operation(info)
    _ = own.viewer
    return [described(module, own.language) for module in own.suite.modules]


async def module(info: Info, name: str) -> ModuleInfo | None:
    own = operation(info)
    _ = own.viewer
    found = own.suite.get(name)
    return None if found is None or found.part else described(found, own.language)
