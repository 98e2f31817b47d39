"""Groups of a list: which fields they are made by, and the statement that sums up each.

A group is made of up to three keys: a key field, a relation, the owner, the currency, the day of
creation. Dates and moments may be cut in periods, moments by the viewer's clock. All groups of all
parents are one statement, at most `MAX_GROUPS` for a parent.

The time is that of reading the whole list, as for any aggregate; what is sent is bounded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy import cast as sql_cast

from db import ordering
from db.access import TIME_ZONE, Scope, visible
from db.declare import Choice, Column, Relation
from db.errors import BadGroup, BadPage
from db.kinds import kind_of
from db.ordering import SortKey
from db.paging import Rows
from db.suite import Module
from db.tables import principal
from db.text import fold

MAX_KEYS: Final = 3
MAX_GROUPS: Final = 1000
DEFAULT_GROUPS: Final = 100

OWNER: Final = "owner"
ALWAYS: Final = ("currency", "created_at")
"""Columns that group without being key fields."""
MEASURED: Final = frozenset({"Money", "UnitPrice", "LongText", "Address", "JSON"})
"""Kinds that make no groups: amounts are summed up, and what is long is no name of a group."""


class Period(Choice):
    """What days are gathered in; each begins at the first of its days."""

    DAY = "day", "Jour", "Day"
    WEEK = "week", "Semaine, du lundi", "Week, from Monday"
    MONTH = "month", "Mois", "Month"
    QUARTER = "quarter", "Trimestre", "Quarter"
    YEAR = "year", "Année", "Year"


@dataclass(frozen=True)
class Key:
    """A field by its Python name; its dates cut in periods of `every`."""

    name: str
    every: Period | None = None


@dataclass(frozen=True)
class Grouping:
    """By what, and in which order: of the keys, of `count`, or of the `sum` of a column."""

    keys: tuple[Key, ...]
    order: str = "key"
    column: str = ""
    descending: bool = False

    @property
    def measures(self) -> tuple[tuple[str, str], ...]:
        """Those that the order needs."""
        return () if self.order == "key" else ((self.order, self.column),)


@dataclass(frozen=True)
class Group:
    """One group: what its keys hold, its measures, and how many groups there are in all."""

    keys: tuple[Any, ...]
    measures: Mapping[tuple[str, str], Any]
    of: int


def parse(
    module: Module,
    by: Sequence[Mapping[str, Any]],
    order: Mapping[str, Any] | None,
    chosen: Collection[str],
) -> Grouping:
    """`[{"field": "issued_on", "every": "month"}]` checked, and the order; `chosen` are the key
    fields of the module's layout. Raises BadGroup.
    """
    if not 1 <= len(by) <= MAX_KEYS:
        raise BadGroup(("by",), "bad_page", minimum=1, maximum=MAX_KEYS)
    keys = tuple(_key(module, each, ("by", str(i)), chosen) for i, each in enumerate(by))
    if not order:
        return Grouping(keys)
    ((what, how),) = order.items()
    if what != "sum":
        return Grouping(keys, what, descending=how == "DESC")
    numbers = tuple(summed(module))
    if how not in numbers:
        raise BadGroup(("order_by", "sum"), "bad_group_name", name=how, accepted=numbers)
    return Grouping(keys, "sum", how, descending=True)


def size(first: int) -> int:
    """How many groups a parent may have. Raises BadPage."""
    if not 1 <= first <= MAX_GROUPS:
        raise BadPage("first", maximum=MAX_GROUPS)
    return first


def groupable(module: Module, chosen: Collection[str]) -> Iterator[str]:
    """The fields that make groups, by Python name; `chosen` are the key fields of its layout."""
    for name, column in module.all_columns.items():
        if (name in chosen or name in ALWAYS) and not _measured(column):
            yield name
    for name, relation in module.relations.items():
        if not module.target(relation).part:  # a line has no title to be called by
            yield name
    if not module.part:
        yield OWNER


def summed(module: Module) -> Iterator[str]:
    """The columns that have sums."""
    for name, column in module.all_columns.items():
        if name != "version" and not column.choice and kind_of(column.type).numeric:
            yield name


def _measured(column: Column) -> bool:
    return column.choice is None and kind_of(column.type).name in MEASURED


def _key(
    module: Module, given: Mapping[str, Any], path: tuple[str, ...], chosen: Collection[str]
) -> Key:
    name, every = given["field"], given.get("every")
    accepted = tuple(groupable(module, chosen))
    column = module.all_columns.get(name)
    if name not in accepted:
        plain = column is not None and not _measured(column)
        word = "not_a_key" if plain else "bad_group_name"
        raise BadGroup((*path, "field"), word, name=name, accepted=accepted)
    if every is None:
        return Key(name)
    if column is None or column.type not in (date, datetime):
        dated = tuple(
            each
            for each in accepted
            if each in module.all_columns and module.all_columns[each].type in (date, datetime)
        )
        raise BadGroup((*path, "every"), "not_dated", name=name, accepted=dated)
    return Key(name, next(each for each in Period if each.value == every))


FIRST_MOMENT: Final[Any] = literal_column("timestamp '0001-01-01'", DateTime)
LAST_MOMENT: Final[Any] = literal_column("timestamp '9999-12-31 23:59:59'", DateTime)
"""What is named by no year of four digits: the clock of some zone is there already, or still."""


class Keyed:
    """The keys of groups as SQL, over the rows of one list."""

    def __init__(self, module: Module, rows: Rows, grouping: Grouping, scope: Scope) -> None:
        self.module, self.scope, self.grouping = module, scope, grouping
        self.source = rows.source
        self.joined: FromClause = rows.source
        self.expressions = [self._expression(key) for key in grouping.keys]

    def _expression(self, key: Key) -> ColumnElement[Any]:
        rows = self.source
        if key.name == OWNER:
            owner: ColumnElement[Any] = rows.c.owner_id
            return owner
        if key.name in self.module.relations:
            return self._related(self.module.relations[key.name])
        column: ColumnElement[Any] = rows.c[key.name]
        if key.name == "currency":
            # As sums have it: what has no currency is in euros.
            return func.coalesce(column, literal("EUR", Text))
        if key.every is None:
            return column
        if self.module.all_columns[key.name].type is datetime:
            there: Any = column.op("AT TIME ZONE", return_type=DateTime())(TIME_ZONE)
            bounded = func.least(func.greatest(there, FIRST_MOMENT), LAST_MOMENT)
            # Both ignore nulls: no moment would be one.
            day: Any = case((column.is_not(None), bounded))
        else:
            day = sql_cast(column, DateTime)
        return sql_cast(func.date_trunc(literal_column(f"'{key.every.value}'"), day), Date)

    def _related(self, relation: Relation) -> ColumnElement[Any]:
        """The record's id; null for one the viewer may not see, so that those are one group."""
        target = self.module.target(relation)
        other = target.table.alias()
        seen = and_(
            other.c.id == self.source.c[relation.foreign_key], visible(target, other, self.scope)
        )
        self.joined = self.joined.outerjoin(other, seen)
        return other.c.id

    def ordered(self, groups: FromClause) -> tuple[FromClause, list[Any]]:
        """Where the groups are read from, and their order."""
        found: FromClause = groups
        terms: list[Any] = []
        own = self.grouping
        for i, key in enumerate(own.keys):
            held: ColumnElement[Any] = groups.c[_label(i)]
            down = own.order == "key" and own.descending
            names: Any = None
            if key.name == OWNER:
                names = principal.alias()
                name = names.c.name
            elif key.name in self.module.relations:
                names = self.module.target(self.module.relations[key.name]).table.alias()
                name = names.c.title
            if names is not None:
                found = found.outerjoin(names, names.c.id == held)
                terms.append(SortKey(fold(name), down, True).ordered())
            else:
                column = self.module.all_columns[key.name]
                terms.append(SortKey(ordering.compared(column, held), down, True).ordered())
            terms.append(SortKey(held, down, True).ordered())
        if own.order == "count":
            terms.insert(0, SortKey(groups.c[f"count~{own.column}"], own.descending).ordered())
        elif own.order == "sum":
            terms.insert(0, SortKey(groups.c[f"sum~{own.column}"], True, True).ordered())
        return found, terms


def groups_of(
    module: Module,
    rows: Rows,
    grouping: Grouping,
    scope: Scope,
    measures: Sequence[tuple[str, Any]],
) -> Select[Any]:
    """A row a group: `key~0`, `key~1` …, the labelled measures, and `~groups`, how many there are
    in all. At most `groups` of the parent, where there are parents.
    """
    keyed = Keyed(module, rows, grouping, scope)
    keys = [each.label(_label(i)) for i, each in enumerate(keyed.expressions)]
    inner: Select[Any] = (
        select(*keys, *(expression.label(label) for label, expression in measures))
        .select_from(keyed.joined)
        .where(*rows.where)
        # By name: written out again, an expression with parameters would be another one.
        .group_by(*(literal_column(f'"{_label(i)}"') for i in range(len(keys))))
    )
    groups = inner.subquery("groups")
    source, order = keyed.ordered(groups)
    return (
        select(*groups.c, func.count().over().label("~groups"))
        .select_from(source)
        .order_by(*order)
        .limit(bindparam("groups", type_=BigInteger))
    )


def _label(place: int) -> str:
    return f"key~{place}"


def group_of(row: Any, grouping: Grouping, measures: Sequence[tuple[str, str]]) -> Group:
    """A group as `groups_of` gave it."""
    return Group(
        tuple(row[_label(i)] for i in range(len(grouping.keys))),
        {each: row["~".join(each)] for each in measures},
        row["~groups"],
    )
