"""Filters on one value, and the direction to order by."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

import strawberry

from db import conditions
from db.declare import Column
from db.kinds import kind_of
from graph import names
from graph.types.fields import Fields, of
from graph.types.scalars import labelled_enum

ABOUT = {
    "eq": "Equal to this.",
    "ne": "Different from this, or without a value.",
    "in": "One of these.",
    "not_in": "None of these, or without a value.",
    "is_null": "Without a value (true), or with one (false).",
    "lt": "Before this, or smaller.",
    "lte": "This, before it or smaller.",
    "gt": "After this, or greater.",
    "gte": "This, after it or greater.",
    "starts_with": "Starting with this; indexed.",
    "contains": "Containing this; reads the whole list.",
}
TEXT = " Case and accents make no difference."


@strawberry.enum(description="The direction of an order; what has no value stands last in both.")
class Direction(Enum):
    ASC = strawberry.enum_value("ASC", description="Smallest, earliest or A first.")
    DESC = strawberry.enum_value("DESC", description="Greatest, latest or Z first.")


def compare(column: Column) -> type:
    """The filter on a column's values."""
    operators = conditions.operators(column)
    if column.choice:
        return _made(column.choice.__name__, labelled_enum(column.choice), operators, "")
    kind = kind_of(column.type)
    if kind.text:
        return _made("String", str, operators, TEXT)
    if operators == ("is_null",):
        return _made("Presence", bool, operators, "")
    for name, type_ in (
        ("Int", int),
        ("Boolean", bool),
        ("Date", date),
        ("DateTime", datetime),
    ):
        if column.type is type_:
            return _made(name, type_, operators, "")
    return _made("Decimal", Decimal, operators, "")


def compare_ids() -> type:
    """The filter on ids: of the record itself, of its owner."""
    return _made("ID", strawberry.ID, conditions.EQUAL[:4], "")


def compared(name: str, value: Any, operators: tuple[str, ...]) -> type:
    """The filter called `name` on values that are no column's."""
    return _made(name, value, operators, "")


@cache
def _made(name: str, value: Any, operators: tuple[str, ...], note: str) -> type:
    """The filter on values of one type, made once: two columns of dates share `DateFilter`."""
    made = type(names.compare_input(name), (), {})
    fields = Fields()
    for operator in operators:
        accepted = value
        if operator in ("in", "not_in"):
            accepted = of(list, value)
        elif operator == "is_null":
            accepted = bool
        spelt = "in_" if operator == "in" else operator
        options = {"name": "in"} if operator == "in" else {}
        fields.maybe(spelt, accepted, ABOUT[operator], **options)
    fields.build(made, strawberry.input, description=f"Every condition given must hold.{note}")
    return made


class TagsFilter:
    """The filter on the tags of records."""


_tags = Fields()
_tags.maybe("in_", of(list, strawberry.ID), "One of these is on it.", name="in")
_tags.maybe("all", of(list, strawberry.ID), "All of these are on it.")
_tags.maybe("none", of(list, strawberry.ID), "None of these is on it.")
_tags.build(
    TagsFilter,
    strawberry.input,
    description="Tags of records: `tag-7`. Those that the viewer does not see are on none. Every "
    "condition given must hold.",
)
