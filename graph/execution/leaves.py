"""How a stored value becomes the one that is answered: what graphql-core's `serialize` gives, as
Python and, where PostgreSQL writes the same, as JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import GraphQLEnumType, GraphQLInt, GraphQLLeafType

from db import json_sql
from db.declare import Column
from db.kinds import kind_of, same

AS_THEY_ARE: Final[Mapping[str, json_sql.Writer]] = {
    "String": json_sql.string,
    "Boolean": json_sql.bare,
    "Int": json_sql.bare,
}
"""Scalars of the specification whose columns hold nothing that they would refuse."""


@dataclass(frozen=True, eq=False)
class Leaf:
    """`convert`: a function or a mapping, that makes of what is stored, None included, what is
    answered; None where nothing has to. `json` writes SQL of its JSON; None where SQL can't.
    `as_text`: it is read as text, both ways.
    """

    convert: Any = None
    json: json_sql.Writer | None = None
    as_text: bool = False


ID: Final = Leaf(str, json_sql.quoted)


def of_column(column: Column, type_: GraphQLLeafType) -> Leaf:
    """A day, or an amount of which every decimal is shown, is read as text: PostgreSQL writes it
    as it is answered, and its text is cheaper to read than the value is to build.
    """
    if isinstance(type_, GraphQLEnumType):
        assert column.choice is not None
        named = {each.value: type_.coerce_output_value(each.value) for each in column.choice}
        return Leaf({None: None, **named}, json_sql.one_of(named))
    kind = kind_of(column.type)
    if kind.name in ("Date", "Money"):
        return Leaf(None, json_sql.quoted, as_text=True)
    if type_.name in AS_THEY_ARE:
        return Leaf(None, AS_THEY_ARE[type_.name])
    json = json_sql.BY_KIND.get(kind.name, json_sql.string if kind.text else None)
    return Leaf(None if kind.dump is same else _converting(type_), json)


def of_type(type_: GraphQLLeafType) -> Leaf:
    """Of a column that no module declares, or an aggregate."""
    if type_.name in AS_THEY_ARE:
        return Leaf(None, AS_THEY_ARE[type_.name])
    return Leaf(_converting(type_), json_sql.BY_KIND.get(type_.name))


def _converting(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    convert = type_.coerce_output_value

    def converted(value: Any) -> Any:
        return None if value is None else convert(value)

    return converted


COUNT: Final = Leaf(_converting(GraphQLInt), json_sql.small)
"""A count: PostgreSQL counts further than Int goes."""
