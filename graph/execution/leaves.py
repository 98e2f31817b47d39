"""How a stored value becomes the one that is answered: what graphql-core's `serialize` gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from graphql import GraphQLEnumType, GraphQLLeafType

from db.declare import Column
from db.kinds import kind_of, same

AS_THEY_ARE: Final = ("String", "Boolean", "Int")
"""Scalars of the specification whose columns hold nothing that they would refuse."""


def as_text(column: Column) -> bool:
    """Whether PostgreSQL writes the column as it is answered: a day, or an amount of which every
    decimal is shown. Its text is cheaper to read than the value is to build.
    """
    if column.choice:
        return False
    return kind_of(column.type).name in ("Date", "Money")


def of_column(column: Column, type_: GraphQLLeafType) -> Any:
    """What converts a column, read as text if `as_text`: None where nothing has to."""
    if isinstance(type_, GraphQLEnumType):
        assert column.choice is not None
        return {
            None: None,
            **{each.value: type_.coerce_output_value(each.value) for each in column.choice},
        }
    if as_text(column) or kind_of(column.type).dump is same or type_.name in AS_THEY_ARE:
        return None
    return of_type(type_)


def of_type(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    """What converts any value that the type may have."""
    convert = type_.coerce_output_value

    def converted(value: Any) -> Any:
        return None if value is None else convert(value)

    return converted
