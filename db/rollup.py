"""Comments that roll up: a record's own and those of its direct neighbours, newest first.

Neighbours are reached over relations that roll up (as declared, unless the company's layout says
otherwise), up (a link field) and down (a tab); depth is one. Each module's row holds the time of
its last shown comment, indexed beside each foreign key, for commented records only. Since each of
the page's comments lies on one of the records with the latest last comments, no more neighbours
than the page has rows are looked at, however many there are (docs/decisions/roll-up.md). Behind a
cursor, those whose last comment lies before it are looked at besides: at most as many as comments
were already seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import asyncpg
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy import cast as sql_cast

from db.access import Scope, visible
from db.conditions import within
from db.declare import Relation
from db.ordering import SortKey
from db.paging import SIZE, Picked, Rows, SliceShape, beyond, parent_id, parents, positions
from db.rows import CommentRow
from db.statements import Statement, compiled
from db.suite import Module, Tab
from db.tables import MOMENT, comment

COMMENTED: Any = bindparam("commented", type_=BigInteger)


class ViaKind(StrEnum):
    """Where a comment comes from: the record itself, a record it points at, one pointing at it."""

    OWN = "OWN"
    UP = "UP"
    DOWN = "DOWN"


@dataclass(frozen=True)
class Source:
    """A way a comment reaches a record; `relation` is the field or tab of the record viewed."""

    kind: ViaKind
    relation: str | None = None
    way: Relation | Tab | None = None


Flags = frozenset[tuple[str, bool]]
"""Relations whose flag a company set otherwise than declared, by `Module.field`."""


def sources(module: Module, flags: Flags = frozenset()) -> tuple[Source, ...]:
    """The ways comments reach the module's records; a comment reached twice takes the first."""
    own = dict(flags)
    up = [
        Source(ViaKind.UP, relation.name, relation)
        for relation in module.relations.values()
        if own.get(f"{module.name}.{relation.name}", relation.rollup)
    ]
    down = [
        Source(ViaKind.DOWN, tab.name, tab)
        for tab in module.tabs.values()
        if own.get(tab.key, tab.fact.rollup) and not tab.module.part
    ]
    return (Source(ViaKind.OWN), *up, *down)


def shown(rows: FromClause) -> ColumnElement[bool]:
    """Roots that are shown: a deleted one stays, empty, for as long as it has replies."""
    return and_(
        rows.c.parent_id.is_(None), or_(rows.c.deleted_at.is_(None), rows.c.reply_count > 0)
    )


def newest_first(rows: FromClause) -> list[SortKey]:
    return [SortKey(rows.c.created_at, True), SortKey(rows.c.id, True)]


@dataclass(frozen=True)
class Feed:
    """The comments of each record of a module: a list like others, but for where its rows are."""

    module: Module
    roll_up: bool
    flags: Flags = frozenset()

    @property
    def hangs(self) -> bool:
        return True

    @property
    def name(self) -> str:
        return f"Comments {self.roll_up}"

    @property
    def row(self) -> type[asyncpg.Record]:
        return CommentRow

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return sources(self.module, self.flags) if self.roll_up else (Source(ViaKind.OWN),)

    @cached_property
    def modules(self) -> frozenset[str]:
        """The names of the modules whose records' comments can be among them."""
        ways = [each.way for each in self.sources]
        targets = [self.module.target(way) for way in ways if isinstance(way, Relation)]
        tabs = [way.module for way in ways if isinstance(way, Tab)]
        return frozenset(each.name for each in (self.module, *targets, *tabs))

    def page(self, scope: Scope, shape: SliceShape, picked: Picked | None = None) -> Select[Any]:
        reached = self._reached(list(self._newest(scope, shape)))
        rows = comment.alias("c")
        keys = newest_first(rows)
        order = [key.ordered(shape.backwards) for key in keys]
        each = (
            select(rows)
            .where(rows.c.record_id == reached.c.record_id, shown(rows), *_inside(keys, shape))
            .order_by(*order)
            .limit(SIZE)
            .lateral("c")
        )
        outer = newest_first(each)
        places = [key.expression for key in outer]
        columns = [*each.c, reached.c.rank.label("~via")]
        read = [*columns, *positions(places)] if picked is None else picked.of(columns, places)
        return (
            select(*read)
            .select_from(reached.join(each, true()))
            .order_by(*(key.ordered(shape.backwards) for key in outer))
            .limit(SIZE)
        )

    def outside(self, scope: Scope, shape: SliceShape) -> Select[Any]:
        found: list[ColumnElement[Any]] = [literal(False).label("earlier")]
        if shape.after is not None:
            earlier = [
                exists(way.where(_last(rows) >= _position("after")))
                for rows, way in self._ways(scope)
            ]
            found = [or_(*earlier).label("earlier")]
        if shape.before is None:
            found.append(literal(False).label("later"))
        else:
            reached = union_all(*(way for _, way in self._ways(scope))).subquery("reached")
            rows = comment.alias("c")
            outside = beyond(
                newest_first(rows), "before", shape.before, forwards=True, inclusive=True
            )
            later = exists(
                select(literal(1))
                .select_from(reached.join(rows, rows.c.record_id == reached.c.record_id))
                .where(shown(rows), outside)
            )
            found.append(later.label("later"))
        return select(*found)

    def total(self, scope: Scope, measures: Sequence[tuple[str, str]]) -> Select[Any]:
        """Comments have a count and nothing else to measure."""
        reached = self._reached([way for _, way in self._ways(scope)])
        rows = comment.alias("c")
        return (
            select(func.count().label("count~"))
            .select_from(reached.join(rows, rows.c.record_id == reached.c.record_id))
            .where(shown(rows))
        )

    def reaching(self, scope: Scope) -> Statement:
        """For each parent the rank of the first way by which comments on the record `:commented`
        reach it; nothing where none does.
        """
        ways = [way.where(rows.c.id == COMMENTED) for rows, way in self._ways(scope)]
        reached = self._reached(ways)
        found = select(reached.c.rank).select_from(reached).lateral("found")
        return compiled(select(found.c.rank).select_from(parents.join(found, true())))

    def _reached(self, ways: Sequence[Any]) -> Any:
        """Each record reached, once, with the first way to it."""
        every = union_all(*ways).subquery("every")
        return (
            select(every.c.record_id, func.min(every.c.rank).label("rank"))
            .group_by(every.c.record_id)
            .subquery("reached")
            if len(ways) > 1
            else every
        )

    def _newest(self, scope: Scope, shape: SliceShape) -> Iterator[Any]:
        """Of each way the neighbours that can have a comment on the page."""
        for rank, (rows, way) in enumerate(self._ways(scope)):
            if self.sources[rank].kind is not ViaKind.DOWN:
                yield way
            elif shape.backwards:
                yield way.where(_last(rows) > _position("before")) if shape.before else way
            elif shape.after is None:
                yield _latest(rows, way)
            else:
                yield way.where(_last(rows) >= _position("after"))
                yield _latest(rows, way.where(_last(rows) < _position("after")))

    def _ways(self, scope: Scope) -> Iterator[tuple[FromClause, Select[Any]]]:
        """For each source its rows, and the commented records among them with the source’s rank."""
        for rank, source in enumerate(self.sources):
            way = source.way
            if isinstance(way, Relation):
                target = self.module.target(way)
                rows: FromClause = target.table.alias()
                here = self.module.table.alias()
                joined = here.join(rows, rows.c.id == here.c[way.foreign_key])
                reached = [here.c.id == parent_id, visible(target, rows, scope)]
                start: FromClause = joined
            elif isinstance(way, Tab):
                rows = start = way.module.table.alias()
                reached = [within(way, rows, parent_id), visible(way.module, rows, scope)]
            else:
                rows = start = self.module.table.alias()
                reached = [rows.c.id == parent_id]
            if not _crosses(self.module, way, scope):
                reached.append(false())
            found = select(rows.c.id.label("record_id"), literal(rank).label("rank"))
            yield (
                rows,
                found.select_from(start).where(*reached, rows.c.last_comment_at.is_not(None)),
            )


def _crosses(module: Module, way: Relation | Tab | None, scope: Scope) -> bool:
    """Whether the viewer may read the field that a way crosses."""
    if isinstance(way, Relation):
        return (module.name, way.name) not in scope.masked
    return way is None or scope.crosses(way)


def _latest(rows: FromClause, way: Select[Any]) -> Any:
    """The neighbours with the latest comments, as many as the page has rows."""
    ordered = way.order_by(rows.c.last_comment_at.desc(), rows.c.last_comment_id.desc())
    return select(ordered.limit(SIZE).subquery())


def _last(rows: FromClause) -> Any:
    return tuple_(rows.c.last_comment_at, rows.c.last_comment_id)


def _position(end: str) -> Any:
    return tuple_(
        sql_cast(bindparam(f"{end}_0", type_=Text), MOMENT),
        sql_cast(bindparam(f"{end}_1", type_=Text), BigInteger),
    )


def _inside(keys: Sequence[SortKey], shape: SliceShape) -> list[ColumnElement[bool]]:
    return Rows(comment, (), keys).between(shape)
