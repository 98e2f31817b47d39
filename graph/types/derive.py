"""From declared modules to GraphQL types.

Modules refer to each other in circles (an invoice has an account, an account has invoices), so
this takes two passes: `outline` makes an empty class for every type of every module, then `fill`
writes annotations that are those very classes. No forward reference, no string to evaluate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from db import ordering
from db.conversion.table import conversions as conversions_of
from db.declare import Column, Links, Relation
from db.kinds import kind_of
from db.suite import Module, Suite
from graph import names
from graph.resolvers import conversions, groups, lists, mutations, records
from graph.resolvers.actions import actions
from graph.resolvers.totals import totals
from graph.types.compare import Direction, TagsFilter, compare, compare_ids
from graph.types.conversions import ToConvert
from graph.types.custom_values import CustomFilter, CustomValueInput
from graph.types.documents import Totals
from graph.types.errors import UserError
from graph.types.fields import Fields, annotate, described, of, shown
from graph.types.groups import (
    BY,
    BY_CURRENCY,
    FIRST_GROUPS,
    GROUP_COUNT,
    GROUP_ORDER,
    GROUPS,
    KEYS,
    GroupBy,
    GroupKey,
    GroupOrder,
)
from graph.types.history import Change
from graph.types.lines import Line
from graph.types.page import EDGES, NODES, TOTAL_COUNT, PageInfo, page_arguments
from graph.types.record import Record
from graph.types.scalars import input_type, output_type

FILTER = "Keeps the records for which every condition holds."
ORDER = "Keys in turn, one a member; ties are broken by id. Newest first unless given."
EVERY = "Every condition given must hold."


@dataclass(frozen=True)
class Derived:
    """The GraphQL types of one module."""

    node: type
    edge: type
    connection: type
    aggregate: type
    numbers: type
    extremes: type
    filter: type
    list_filter: type
    order: type
    create: type
    update: type
    payloads: Mapping[str, type]
    """By mutation."""


Types = Mapping[str, Derived]
"""Derived types by the name of their module."""

INPUTS = ("create", "update")
"""What every module's records may be written by; the rest are its actions."""


def derive(suite: Suite) -> Types:
    types = {module.name: outline(module) for module in suite}
    for module in suite:
        fill(module, types)
    return types


def outline(module: Module) -> Derived:
    mutated = () if module.part else [(each, None) for each in INPUTS]
    made = [*mutated, *((each.name, each.into) for each in actions(module) if not each.answers)]
    create = names.part_input(module) if module.part else names.create_input(module)
    bases = (Line,) if module.part else (Record,)
    return Derived(
        node=type(names.node(module), bases, {"is_type_of": is_row_of(module)}),
        edge=type(names.edge(module), (), {}),
        connection=type(names.connection(module), (), {}),
        aggregate=type(names.aggregate(module), (), {}),
        numbers=type(names.numbers(module), (), {}),
        extremes=type(names.extremes(module), (), {}),
        filter=type(names.filter_input(module), (), {}),
        list_filter=type(names.list_filter_input(module), (), {}),
        order=type(names.order_input(module), (), {}),
        create=type(create, (), {}),
        update=type(names.update_input(module), (), {}),
        payloads={
            names.mutation(action, module, into): type(names.payload(action, module, into), (), {})
            for action, into in made
        },
    )


def is_row_of(module: Module) -> Any:
    def is_type_of(cls: type, row: Any, *_: Any) -> bool:
        return getattr(row, "module", None) is module

    return classmethod(is_type_of)


def fill(module: Module, types: Types) -> None:
    own = types[module.name]
    fill_node(module, types)
    fill_aggregate(module, own)
    fill_connection(module, own)
    fill_filter(module, types)
    fill_list_filter(module, own)
    fill_order(module, own)
    fill_inputs(module, types)
    made = {names.mutation(each.name, module, each.into): each.made for each in actions(module)}
    for mutation, payload in own.payloads.items():
        fill_payload(payload, mutation, made.get(mutation, module), types)


def fill_node(module: Module, types: Types) -> None:
    node = Fields()
    if module.part:
        node.resolve("id", strawberry.ID, part_id, "`line-7`.")
        node.resolve("document", Record | None, records.document, "The document it stands on.")
    for fact in module.facts.values():
        label = shown(fact.label)
        if isinstance(fact, Column):
            node.add(fact.name, output_type(fact) | None, label)
        elif isinstance(fact, Relation):
            target = types[fact.target_name].node
            node.resolve(fact.name, target | None, records.one(module, fact), label)
    for tab in module.tabs.values():
        other = types[tab.module.name]
        rows = annotate(lists.tabbed(tab), **list_arguments(other))
        node.resolve(tab.name, other.connection, rows, f"{shown(tab.label)}. Newest first.")
    if module.declared.lines:
        line = types["LineItem"].connection
        rows = annotate(lists.plain(records.lines), **page_arguments())
        node.resolve("line_items", line, rows, "Its lines, in their order.")
        node.resolve("totals", Totals | None, totals, "What its lines add up to.")
    if module.declared.lines and conversions_of(module):
        left = fresh(conversions.to_convert)
        node.resolve(
            "to_convert", of(list, ToConvert), left, "What of its lines is left to convert."
        )
    node.build(types[module.name].node, strawberry.type, description=shown(module.singular))


def part_id(root: Any) -> str:
    return f"line-{root['id']}"


def list_arguments(other: Derived) -> dict[str, Any]:
    """The annotations of the arguments of a list of records."""
    return {
        "filter": described(other.filter | None, FILTER),
        "order_by": described(of(list, other.order) | None, ORDER),
        **page_arguments(),
    }


def fill_connection(module: Module, own: Derived) -> None:
    title = shown(module.plural)
    edge = Fields()
    edge.add("cursor", str, "Where the record stands in the list.")
    edge.add("node", own.node, "The record.")
    edge.build(own.edge, strawberry.type, description=f"{title}: one at its place in a list.")
    made = Fields()
    made.resolve("edges", of(list, own.edge), fresh(lists.edges), EDGES)
    made.resolve("nodes", of(list, own.node), fresh(lists.nodes), NODES)
    made.resolve("page_info", PageInfo, fresh(lists.page_info), "Where the page stands.")
    made.resolve("total_count", int, fresh(lists.total_count), TOTAL_COUNT)
    made.resolve("aggregate", own.aggregate, fresh(lists.aggregate), "Of the whole list.")
    made.build(own.connection, strawberry.type, description=f"{title}: a page of a list.")


def fresh(resolver: Callable[..., Any]) -> Callable[..., Any]:
    """A copy of a shared resolver, to carry the types of one module."""
    from types import FunctionType

    made: Any = resolver
    copy = FunctionType(made.__code__, made.__globals__, made.__name__, None, made.__closure__)
    copy.__annotations__ = dict(made.__annotations__)
    return copy


NUMBERS = {int: Decimal}
"""Sums and averages of whole numbers outgrow GraphQL's Int, or are no whole numbers."""


def fill_aggregate(module: Module, own: Derived) -> None:
    numbers, extremes = Fields(), Fields()
    numeric = False
    for column in module.all_columns.values():
        if column.choice or column.name == "version":
            continue
        label = shown(column.label)
        if kind_of(column.type).numeric:
            numeric = True
            summed = NUMBERS.get(column.type, column.type)
            numbers.resolve(column.name, summed | None, lists.measured(column.name), label)
        if kind_of(column.type).numeric or column.type in (date, datetime):
            extremes.resolve(column.name, column.type | None, lists.measured(column.name), label)
    title = shown(module.plural)
    made = Fields()
    made.resolve("count", int, fresh(lists.total_count), "How many.")
    if numeric:
        about = f"{title}: one number a field. Amounts in several currencies have none."
        numbers.build(own.numbers, strawberry.type, description=about)
        made.resolve("sum", own.numbers, lists.function("sum"), "Sums.")
        made.resolve("average", own.numbers, lists.function("average"), "Averages.")
    if not module.part or numeric:
        about = f"{title}: the smallest or greatest value of each field."
        extremes.build(own.extremes, strawberry.type, description=about)
        made.resolve("minimum", own.extremes, lists.function("minimum"), "Smallest values.")
        made.resolve("maximum", own.extremes, lists.function("maximum"), "Greatest values.")
    add_groups(made, module, own)
    made.build(
        own.aggregate, strawberry.type, description=f"{title}: a whole list, or a group, summed up."
    )


def add_groups(made: Fields, module: Module, own: Derived) -> None:
    grouped = annotate(
        groups.groups(module),
        by=described(of(list, GroupBy), BY),
        first=described(int | None, FIRST_GROUPS),
        order_by=described(GroupOrder | None, GROUP_ORDER),
    )
    made.resolve("groups", of(list, own.aggregate), grouped, GROUPS)
    if "currency" in module.columns:
        made.resolve(
            "by_currency", of(list, own.aggregate), groups.by_currency(module), BY_CURRENCY
        )
    made.resolve("keys", of(list, GroupKey), fresh(groups.keys), KEYS)
    made.resolve("group_count", int | None, fresh(groups.group_count), GROUP_COUNT)


def fill_filter(module: Module, types: Types) -> None:
    own, where = types[module.name].filter, Fields()
    where.maybe("id", compare_ids(), "The record's id.")
    for name, about in PEOPLE.items() if not module.part else ():
        where.maybe(name, compare_ids(), about)
    if not module.part:
        where.maybe("tags", TagsFilter, "Its tags that the viewer sees.")
    for column in module.all_columns.values():
        where.maybe(column.name, compare(column), shown(column.label))
    for relation in module.relations.values():
        other = types[relation.target_name].filter
        about = f"{shown(relation.label)}: there is one that the viewer sees, and it is so."
        where.maybe(relation.name, other, about)
    if not module.part:
        where.maybe("custom", of(list, CustomFilter), "All of these hold of its custom fields.")
    for tab in module.tabs.values():
        where.maybe(tab.name, types[tab.module.name].list_filter, shown(tab.label))
    where.maybe("and_", of(list, own), "All of these hold.", name="and")
    where.maybe("or_", of(list, own), "One of these holds.", name="or")
    where.maybe("not_", own, "This does not hold.", name="not")
    where.build(own, strawberry.input, description=f"{shown(module.plural)}. {EVERY}")


PEOPLE = {
    "owner": "The user or team it belongs to.",
    "created_by": "Who created it.",
    "updated_by": "Who last changed it.",
}


def fill_list_filter(module: Module, own: Derived) -> None:
    made = Fields()
    made.maybe("some", own.filter, "At least one that the viewer sees is so.")
    made.maybe("none", own.filter, "None that the viewer sees is so.")
    made.build(
        own.list_filter, strawberry.input, description=f"{shown(module.plural)} of a record."
    )


def fill_order(module: Module, own: Derived) -> None:
    order = Fields()
    order.maybe("id", Direction, "The order of creation.")
    for name, column in module.all_columns.items():
        if ordering.orderable(module, name):
            order.maybe(name, Direction, shown(column.label))
    about = f"One key to order {shown(module.plural)} by."
    order.build(own.order, strawberry.input, one_of=True, description=about)


def fill_inputs(module: Module, types: Types) -> None:
    own, create, update = types[module.name], Fields(), Fields()
    if module.part:
        create.maybe("id", strawberry.ID, "A line that is kept; left out for a new one.")
    else:
        for each in (create, update):
            each.maybe("owner", strawberry.ID, "The user or team it belongs to: `user-3`.")
        for each in (create, update):
            each.maybe("custom", of(list, CustomValueInput), "Values of its custom fields.")
    for fact in module.facts.values():
        accepted: Any = strawberry.ID
        label = shown(fact.label)
        if isinstance(fact, Links):
            for each in (create, update):
                each.maybe(fact.name, of(list, strawberry.ID), f"{label}: ids, all of them.")
            continue
        if not module.writable(fact):
            continue
        if isinstance(fact, Column):
            accepted = input_type(fact)
        else:
            label = f"{label}: the record's id."
            if fact.new in module.creatable:
                about = f"{shown(fact.label)}: a new record instead, created with this one."
                create.maybe(fact.new, types[fact.target_name].create, about)
        if isinstance(fact, Column) and not fact.required and not fact.optional:
            label = f"{label}. {fact.default.name if fact.choice else fact.default} unless given."
        required = fact.required and not replaceable(module, fact)
        (create.add if required else create.maybe)(fact.name, accepted, label)
        update.maybe(fact.name, accepted, label)
    if module.declared.lines:
        lines = of(list, types["LineItem"].create)
        create.maybe("line_items", lines, "Its lines, in order.")
        update.maybe("line_items", lines, "Its lines, in order: all of them, in place of those.")
    title = shown(module.singular)
    create.build(own.create, strawberry.input, description=f"{title}: a new one.")
    if not module.part:
        about = f"{title}: what to change. What is left out stays, null empties."
        update.build(own.update, strawberry.input, description=about)


def replaceable(module: Module, fact: Column | Relation) -> bool:
    """Whether what is required may be left out, where something else says it.

    A line may be called like its product, a record pointed at be given as a new one.
    """
    if isinstance(fact, Relation):
        return fact.new in module.creatable
    return module.part and fact.name == "label"


def fill_payload(payload: type, mutation: str, record: Module, types: Types) -> None:
    made = Fields()
    made.resolve(
        names.one(record),
        types[record.name].node | None,
        fresh(mutations.written),
        "The record as it is now; null where it was refused, or deleted.",
    )
    made.add("change", Change | None, "What its history says of it; null where nothing changed.")
    made.add("errors", of(list, UserError), "What to put right; empty where it was done.")
    about = f"What became of `{names.camel(mutation)}`."
    made.build(payload, strawberry.type, description=about)
