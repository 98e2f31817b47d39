"""The lists one can page through, as data: hashable, so that statements are compiled once for each.

A `Listing` says which rows, in which order; what varies from call to call (the values of a filter)
travels beside it. It knows how to write itself as `Rows` for the viewer's scope.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Protocol

import asyncpg
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Numeric,
    Select,
    Text,
    any_,
    bindparam,
    case,
    distinct,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy import cast as sql_cast

from db import conditions, ordering
from db.access import (
    COMPANY,
    Run,
    Scope,
    register_runs,
    runs,
    shown,
    visible,
    visible_register,
)
from db.grouping import Grouping, groups_of
from db.kinds import kind_of
from db.ordering import NEWEST, Order, SortKey
from db.paging import (
    Picked,
    Rows,
    Runs,
    SliceShape,
    for_each_parent,
    is_parent,
    outside_of,
    page_of,
    parent_id,
    total_of,
)
from db.rows import CommentRow, RegisterRow, TagRow
from db.statements import Statement
from db.suite import Module, Tab
from db.tables import comment, record, tag, tagging
from db.tags import known
from db.text import fold, starts_with

Measure = tuple[str, str]
"""An aggregate: its function (`count`, `sum`, `average`, `minimum`, `maximum`) and its column."""

COUNT: Final[Measure] = ("count", "")
FUNCTIONS: Final[Mapping[str, Callable[[Any], ColumnElement[Any]]]] = {
    # A Decimal for every kind of number: sums of whole numbers outgrow theirs.
    "sum": lambda column: sql_cast(func.sum(column), Numeric),
    "average": func.avg,
    "minimum": func.min,
    "maximum": func.max,
}


class Listing(Protocol):
    """An ordered list of rows, one for each parent where it hangs on parents."""

    @property
    def name(self) -> str:
        """What names the list in cursors."""

    @property
    def row(self) -> type[asyncpg.Record]:
        """The class of its rows."""

    @property
    def hangs(self) -> bool:
        """Whether there is one for each parent."""

    def page(self, scope: Scope, shape: SliceShape, picked: Picked | None = None) -> Select[Any]:
        """The first rows of a slice: all their columns and their sort keys, `~0`, `~1` …, or what
        is picked.
        """

    def outside(self, scope: Scope, shape: SliceShape) -> Select[Any]:
        """Whether rows lie on the far sides of the slice's ends: `earlier`, `later`."""

    def total(self, scope: Scope, measures: Sequence[Measure]) -> Select[Any]:
        """The measures over the whole list, labelled `function~column`."""

    def __hash__(self) -> int: ...


class Table:
    """A listing of one table's rows: what differs is which rows, in which order."""

    def rows(self, scope: Scope) -> Rows:
        raise NotImplementedError

    @property
    def hangs(self) -> bool:
        return False

    def page(self, scope: Scope, shape: SliceShape, picked: Picked | None = None) -> Select[Any]:
        return page_of(self.rows(scope), shape, picked)

    def outside(self, scope: Scope, shape: SliceShape) -> Select[Any]:
        return outside_of(self.rows(scope), shape)

    def total(self, scope: Scope, measures: Sequence[Measure]) -> Select[Any]:
        return total_of(self.rows(scope), [("~".join(COUNT), func.count())])


class Summed(Table):
    """A listing of a module's rows: its columns have sums, and the rows fall in groups."""

    module: Module

    def total(self, scope: Scope, measures: Sequence[Measure]) -> Select[Any]:
        rows = self.rows(scope)
        return total_of(rows, self._labelled(rows, measures))

    def grouped(self, scope: Scope, grouping: Grouping, measures: Sequence[Measure]) -> Statement:
        """The measures of each group, labelled `function~column`."""
        rows = self.rows(scope)
        labelled = self._labelled(rows, measures)
        groups = groups_of(self.module, rows, grouping, scope, labelled)
        return for_each_parent(groups, self.hangs)

    def _labelled(
        self, rows: Rows, measures: Sequence[Measure]
    ) -> list[tuple[str, ColumnElement[Any]]]:
        return [("~".join(each), measured(self.module, rows.source, *each)) for each in measures]


@dataclass(frozen=True)
class Records(Summed):
    """Records of one module: all, or those in a tab of each parent."""

    module: Module
    tab: Tab | None = None
    shape: conditions.Shape = ("all", ())
    order: Order = NEWEST
    search: bool = False

    @property
    def name(self) -> str:
        where = f"{self.tab.host.name}.{self.tab.name}" if self.tab else self.module.name
        return f"{where} {self.order}"

    @property
    def hangs(self) -> bool:
        return self.tab is not None

    @property
    def row(self) -> type[asyncpg.Record]:
        return self.module.row

    def rows(self, scope: Scope) -> Rows:
        source = self.module.table.alias("t")
        found = self._of(scope, source)
        newest = self.order == NEWEST and self.shape == Records.shape
        if self.tab or self.search or not newest:
            return found
        return _by_runs(found, runs(self.module, source, scope), partial(self._of, scope))

    def _of(self, scope: Scope, source: FromClause) -> Rows:
        module = self.module
        where = [
            *([conditions.within(self.tab, source, parent_id)] if self.tab else ()),
            *([false()] if self.tab and not scope.crosses(self.tab) else ()),
            visible(module, source, scope),
            conditions.condition(module, source, self.shape, scope),
            *([_found(source)] if self.search else ()),
        ]
        keys = ordering.sort_keys(module, source, self.order)
        own = shown(module, source, scope)
        return Rows(source, where, keys, columns=own)


@dataclass(frozen=True)
class LineItems(Summed):
    """The lines of each document, in their order. Who sees the document sees its lines."""

    module: Module

    @property
    def hangs(self) -> bool:
        return True

    @property
    def name(self) -> str:
        return self.module.name

    @property
    def row(self) -> type[asyncpg.Record]:
        return self.module.row

    def rows(self, scope: Scope) -> Rows:
        source = self.module.table.alias("t")
        keys = [SortKey(source.c.position, False, True), SortKey(source.c.id, False)]
        own = shown(self.module, source, scope)
        where = [source.c.document_id == parent_id]
        return Rows(source, where, keys, columns=own)


@dataclass(frozen=True)
class Register(Table):
    """Records of any module, newest first, as the register has them."""

    register: type[RegisterRow]
    modules: bool = False
    search: bool = False

    @property
    def name(self) -> str:
        return "Record"

    @property
    def row(self) -> type[asyncpg.Record]:
        return self.register

    def rows(self, scope: Scope) -> Rows:
        source = record.alias("t")
        found = self._of(scope, source)
        if self.search:
            return found
        each = register_runs(source, scope, modules=self.modules)
        return _by_runs(found, each, partial(self._of, scope))

    def _of(self, scope: Scope, source: FromClause) -> Rows:
        where: list[ColumnElement[bool]] = [visible_register(source, scope)]
        if self.modules:
            where.append(source.c.module == any_(bindparam("modules", type_=ARRAY(Text))))
        if self.search:
            where.append(_found(source))
        return Rows(source, where, [SortKey(source.c.id, True)])


@dataclass(frozen=True)
class Bin(Table):
    """Deleted records of some modules, the newest deletion first, as the register has them."""

    register: type[RegisterRow]
    search: bool = False

    @property
    def name(self) -> str:
        return "Bin"

    @property
    def row(self) -> type[asyncpg.Record]:
        return self.register

    def rows(self, scope: Scope) -> Rows:
        source = record.alias("t")
        where = [
            visible_register(source, scope, deleted=True),
            source.c.module == any_(bindparam("modules", type_=ARRAY(Text))),
            *([_found(source)] if self.search else ()),
        ]
        return Rows(source, where, [SortKey(source.c.deleted_at, True), SortKey(source.c.id, True)])


@dataclass(frozen=True)
class Tags(Table):
    """The tags that the viewer sees, by name."""

    search: bool = False

    @property
    def name(self) -> str:
        return "Tag"

    @property
    def row(self) -> type[asyncpg.Record]:
        return TagRow

    def rows(self, scope: Scope) -> Rows:
        source = tag.alias("t")
        prefix = bindparam("search", type_=Text)
        where = [known(source), *([starts_with(source.c.name, prefix)] if self.search else ())]
        return Rows(
            source, where, [SortKey(fold(source.c.name), False), SortKey(source.c.id, False)]
        )


@dataclass(frozen=True)
class Tagged(Table):
    """The records that have each tag, newest first, as the register has them."""

    register: type[RegisterRow]

    @property
    def hangs(self) -> bool:
        return True

    @property
    def name(self) -> str:
        return "Tagged"

    @property
    def row(self) -> type[asyncpg.Record]:
        return self.register

    def rows(self, scope: Scope) -> Rows:
        rows = record.alias("r")
        seen = select(rows).where(rows.c.id == tagging.c.record_id, visible_register(rows, scope))
        # By LATERAL and LIMIT each is looked up by its id, as it comes from the tag's own rows.
        each = seen.limit(literal_column("1")).lateral("seen")
        on = select(*each.c, tagging.c.tag_id, tagging.c.record_id)
        source = on.select_from(tagging.join(each, true())).subquery("t")
        keys = [SortKey(source.c.tag_id, True), SortKey(source.c.record_id, True)]
        return Rows(source, [is_parent(source.c.tag_id)], keys)


@dataclass(frozen=True)
class Replies(Table):
    """The replies to each comment, oldest first."""

    @property
    def hangs(self) -> bool:
        return True

    @property
    def name(self) -> str:
        return "Replies"

    @property
    def row(self) -> type[asyncpg.Record]:
        return CommentRow

    def rows(self, scope: Scope) -> Rows:
        source = comment.alias("t")
        where = [source.c.parent_id == parent_id, source.c.deleted_at.is_(None)]
        keys = [SortKey(source.c.created_at, False), SortKey(source.c.id, False)]
        return Rows(source, where, keys)


def _by_runs(rows: Rows, each: Sequence[Run], of: Callable[[FromClause], Rows]) -> Rows:
    """The rows, newest first, read by the runs that they are; as they stand without such."""
    if not each:
        return rows
    there = [rows.source.c.company_id == COMPANY, rows.source.c.deleted_at.is_(None)]
    return replace(rows, runs=Runs(there, each, of))


def measured(module: Module, source: FromClause, name: str, column: str) -> ColumnElement[Any]:
    """A measure over rows of the module's table."""
    if name == "count":
        return func.count()
    value: ColumnElement[Any] = FUNCTIONS[name](source.c[column])
    declared = module.all_columns[column]
    if declared.choice or kind_of(declared.type).name not in ("Money", "UnitPrice"):
        return value
    if "currency" not in module.columns:
        return value
    # Amounts in different currencies have no sum, and none is the smallest.
    currencies = func.count(distinct(func.coalesce(source.c.currency, "EUR")))
    return case((currencies <= 1, value))


def search_values(text: str | None) -> Mapping[str, Any]:
    """The values of a list's `search`."""
    return {} if text is None else {"search": text}


def _found(source: Any) -> ColumnElement[bool]:
    prefix: Any = bindparam("search", type_=Text)
    return or_(starts_with(source.c.title, prefix), starts_with(source.c.number, prefix))
