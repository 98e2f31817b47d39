"""The history as a list: which of a record's changes the viewer sees, and which they ask for.

Who sees a record sees its history, with one exception: that another record was linked to it, or
is not any more, is told to those only who may see that one (in the recycle bin or out of it).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Text,
    all_,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB

from db.access import Scope, visible_register
from db.conditions import EQUAL, ORDERED, Filter, Parser
from db.declare import Column, Label
from db.errors import BadFilter
from db.history import Operation, Origin
from db.listings import Table
from db.ordering import SortKey
from db.paging import Rows, parent_id
from db.rows import ChangeRow
from db.tables import change, record

WITHOUT_NULL: Final = tuple(each for each in EQUAL if each != "is_null")


@dataclass(frozen=True)
class Named:
    """A column that holds the name of one of `choice`."""

    choice: type[StrEnum]


FILTERS: Final[Mapping[str, tuple[Any, tuple[str, ...]]]] = {
    "actor": ("principal", WITHOUT_NULL),
    "operation": (Named(Operation), WITHOUT_NULL),
    "origin": (Named(Origin), WITHOUT_NULL),
    "at": (
        Column(label=Label("Date", "Time"), name="at", type=datetime, optional=False),
        (*EQUAL, *ORDERED),
    ),
    "field": (Column(label=Label("Champ", "Field"), name="field", type=str), ("eq", "in")),
}
"""What changes are asked for by: what its values are, and how they are compared."""

OTHERS: Final = """ARRAY(
    SELECT (other #>> '{}')::bigint FROM jsonb_path_query_array(t.fields, '$[*].before[*]')
        AS found, jsonb_array_elements(found) AS other WHERE other <> 'null'
    UNION ALL
    SELECT (other #>> '{}')::bigint FROM jsonb_path_query_array(t.fields, '$[*].after[*]')
        AS found, jsonb_array_elements(found) AS other WHERE other <> 'null'
)"""
"""The ids of the records that were linked to a record, or are not any more."""


def parse(
    given: Mapping[str, Any] | None, filters: Mapping[str, tuple[Any, tuple[str, ...]]] = FILTERS
) -> Filter:
    """Check a filter, its names in snake case. Raises BadFilter naming the first wrong place."""
    parser, found = Parser(), []
    for name, operands in (given or {}).items():
        here = ("filter", name)
        if name not in filters:
            raise BadFilter(here, "bad_filter_name", name=name, accepted=", ".join(filters))
        of, allowed = filters[name]
        found.append(parser.compare(name, of, allowed, operands, here))
    shape = ("all", tuple(found))
    digest = blake2b(
        orjson.dumps([repr(shape), parser.values], default=str), digest_size=12
    ).hexdigest()
    return Filter(shape, parser.values, digest if found else "")


@dataclass(frozen=True)
class Changes(Table):
    """The changes of each record that `shape` asks for, newest first."""

    shape: tuple[Any, ...] = ("all", ())
    hidden: tuple[str, ...] = ()
    """Fields that the viewer may not read: a change of nothing else is not told."""

    @property
    def hangs(self) -> bool:
        return True

    @property
    def name(self) -> str:
        return "Change"

    @property
    def row(self) -> type[asyncpg.Record]:
        return ChangeRow

    def rows(self, scope: Scope) -> Rows:
        source = change.alias("t")
        where = [source.c.record_id == parent_id, told_to(source, scope)]
        where += comparisons(source, self.shape)
        if self.hidden:
            where.append(or_(source.c.fields == literal_column("'[]'"), _tells(self.hidden)))
        return Rows(source, where, [SortKey(source.c.id, True)])


def _tells(hidden: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a change is of a field beside these."""
    names = bindparam("hidden_names", list(hidden), type_=ARRAY(Text))
    field: Any = func.jsonb_array_elements(literal_column("t.fields", JSONB)).table_valued("value")
    name = sql_cast(field.c.value, JSONB)["name"].astext
    return exists(select(field.c.value).where(name != all_(names)))


def hides(hidden: Collection[str], changed: Any) -> bool:
    """Whether a change is of nothing but fields that the viewer may not read."""
    names = [each["name"] for each in changed["fields"]]
    return bool(names) and all(name in hidden for name in names)


def told_to(source: Any, scope: Scope) -> ColumnElement[bool]:
    """Which of the changes `source`, called `t`, of a record the viewer sees they are told."""
    if scope.everything:
        return true()
    other = record.alias()
    seen = exists().where(
        other.c.id == any_(literal_column(OTHERS, ARRAY(BigInteger))),
        visible_register(other, scope, deleted=None),
    )
    links = source.c.operation.in_(
        [literal_column(f"'{each.value}'") for each in (Operation.LINKED, Operation.UNLINKED)]
    )
    return or_(not_(links), seen)


def comparisons(source: Any, shape: tuple[Any, ...]) -> list[ColumnElement[bool]]:
    """The conditions of a filter that `parse` gave, on rows of what it is of."""
    return [_comparison(source, *compared) for _, of in shape[1] for _, *compared in of]


def _comparison(source: Any, name: str, operator: str, slot: str) -> ColumnElement[bool]:
    if name == "field":
        return _touches(source, operator, slot)
    column = source.c[f"{name}_id" if name == "actor" else name]
    type_: Any = {"actor": BigInteger(), "at": DateTime(timezone=True)}.get(name, Text())
    if operator == "is_null":
        without: ColumnElement[bool] = column.is_(None) == bindparam(slot, type_=Boolean)
        return without
    if operator in ("in", "not_in"):
        found: ColumnElement[bool] = column == any_(bindparam(slot, type_=ARRAY(type_)))
        return found if operator == "in" else not_(found)
    given: Any = bindparam(slot, type_=type_)
    compared: ColumnElement[bool] = {
        "eq": column == given,
        "ne": column != given,
        "lt": column < given,
        "lte": column <= given,
        "gt": column > given,
        "gte": column >= given,
    }[operator]
    return compared


def _touches(source: Any, operator: str, slot: str) -> ColumnElement[bool]:
    """Whether a change is one of a field that is named."""
    told: ColumnElement[Any] = literal_column("jsonb_path_query_array(t.fields, '$[*].name')")
    if operator == "eq":
        return told.bool_op("?")(bindparam(slot, type_=Text))
    return told.bool_op("?|")(bindparam(slot, type_=ARRAY(Text)))
