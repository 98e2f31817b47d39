"""Pages: a part of an ordered list, found by where the last one ended, never by counting rows.

Keyset paging by the sort keys and the id: rows that come or go meanwhile repeat and skip nothing.
A list may hang on a parent; the pages of all parents are then one statement, a LATERAL subquery
per parent that reads no more rows of an index than the page holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    func,
    literal,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import array

from db.access import Run
from db.errors import BadPage
from db.ordering import SortKey
from db.statements import Statement, compiled

MAX_PAGE: Final = 100
DEFAULT_PAGE: Final = 20


@dataclass(frozen=True)
class Slice:
    """Which part of a list: `size` rows from the start, or the end if `backwards`, between two
    positions (both outside the part), given as `Cursors` wrote them.
    """

    size: int
    backwards: bool = False
    after: tuple[str | None, ...] | None = None
    before: tuple[str | None, ...] | None = None

    @property
    def shape(self) -> SliceShape:
        return SliceShape(self.backwards, _nulls(self.after), _nulls(self.before))

    @property
    def values(self) -> dict[str, Any]:
        return {
            "size": self.size + 1,
            **_numbered("after", self.after),
            **_numbered("before", self.before),
        }


@dataclass(frozen=True)
class SliceShape:
    """What of a slice changes the statement: its direction, and which keys are null at its ends."""

    backwards: bool = False
    after: tuple[bool, ...] | None = None
    before: tuple[bool, ...] | None = None


@dataclass(frozen=True)
class Rows:
    """An ordered list as SQL: where its rows are, which, in which order."""

    source: FromClause
    where: Sequence[ColumnElement[bool]]
    keys: Sequence[SortKey]
    columns: Sequence[ColumnElement[Any]] | None = None
    """What is read of each, if not all."""
    runs: Runs | None = None
    """How to read them where they may be few among those of the source."""

    def between(self, shape: SliceShape) -> list[ColumnElement[bool]]:
        """Which rows lie between the ends of a slice."""
        found = []
        if shape.after is not None:
            found.append(beyond(self.keys, "after", shape.after, forwards=True))
        if shape.before is not None:
            found.append(beyond(self.keys, "before", shape.before, forwards=False))
        return found


@dataclass(frozen=True)
class Runs:
    """The rows of a list, in the order of their ids, as runs of indexes: all of them, none twice.

    All are `among` the rows of the list's source; `of` gives the list on another source that has
    the same columns.
    """

    among: Sequence[ColumnElement[bool]]
    each: Sequence[Run]
    of: Callable[[FromClause], Rows]


WALKED: Final = 500
"""Rows of a source that are read in its order, to fill a page with those that are wanted."""


def chosen(first: int | None, last: int | None, after: Any = None, before: Any = None) -> Slice:
    """The slice asked for. Raises BadPage for sizes outside 1..100, and for both at once."""
    if first is not None and last is not None:
        raise BadPage.mixed("last")
    size = last if last is not None else DEFAULT_PAGE if first is None else first
    if not 1 <= size <= MAX_PAGE:
        raise BadPage("first" if last is None else "last", maximum=MAX_PAGE)
    return Slice(size, last is not None, after, before)


SIZE: Final[Any] = bindparam("size", type_=BigInteger)
PARENTS: Final = bindparam("parents", type_=ARRAY(BigInteger))
parents: Final = func.unnest(PARENTS).table_valued("id").render_derived("parent")
parent_id: Final[ColumnElement[int]] = literal_column("parent.id", BigInteger)
"""The id of the parent a row hangs on, for conditions on lists that hang on parents.

Written out, so that subqueries at any depth refer to the one `parents` around them.
"""


def is_parent(key: Any) -> ColumnElement[bool]:
    """Equality, said as a range: so that ordering by the key is an order, which only the index on
    it gives. For a mere equality of a frequent value the whole table may look cheaper to read.
    """
    return and_(key >= parent_id, key <= parent_id)


@dataclass(frozen=True)
class Picked:
    """What is read of each row where not all is: columns by name, as text where that is said; and
    its position, the sort keys as an array of text.
    """

    columns: tuple[tuple[str, bool], ...] = ()
    position: bool = False

    def of(
        self, columns: Iterable[ColumnElement[Any]], keys: Sequence[ColumnElement[Any]]
    ) -> list[ColumnElement[Any]]:
        """As columns `0`, `1` …, the position last."""
        named = {each.name: each for each in columns}
        found: list[ColumnElement[Any]] = []
        for i, (name, as_text) in enumerate(self.columns):
            column = named[name]
            found.append((sql_cast(column, Text) if as_text else column).label(str(i)))
        if self.position:
            found.append(array([sql_cast(each, Text) for each in keys]).label("position"))
        return found


def positions(keys: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """The sort keys as text, `~0`, `~1` …, for the cursor."""
    return [sql_cast(each, Text).label(f"~{i}") for i, each in enumerate(keys)]


def page_of(rows: Rows, shape: SliceShape, picked: Picked | None = None) -> Select[Any]:
    """The first rows of a slice, as many as the parameter `size` says: of the parent, where there
    are parents. All their columns with their positions, or what is picked.
    """
    if rows.runs is not None:
        found = rows.runs.of(_by_runs(rows, rows.runs, shape).subquery("t"))
        return page_of(replace(found, where=()), SliceShape(shape.backwards), picked)
    keys = [each.expression for each in rows.keys]
    columns = list(rows.columns or rows.source.c)
    read = [*columns, *positions(keys)] if picked is None else picked.of(columns, keys)
    return (
        select(*read)
        .select_from(rows.source)
        .where(*rows.where, *rows.between(shape))
        .order_by(*(key.ordered(shape.backwards) for key in rows.keys))
        .limit(SIZE)
    )


def _by_runs(rows: Rows, runs: Runs, shape: SliceShape) -> CompoundSelect[Any]:
    """A page's rows from the next ones of the source where enough of these are wanted, else from
    the runs: of each no more rows are read than the page holds. So there is no plan, for whatever
    values it is made, that reads on and on.
    """
    walked = runs.of(_next(rows, runs, shape).subquery("t"))
    (key,) = walked.keys
    near = (
        select(*walked.source.c)
        .where(*walked.where)
        .order_by(key.ordered(shape.backwards))
        .limit(SIZE)
        .cte("near")
    )
    filled = select(func.count()).select_from(near).scalar_subquery() >= SIZE
    parts = []
    for run in runs.each:
        own = _next(rows, runs, shape, run).lateral("own")
        parts.append(select(*own.c).select_from(run.over.join(own, true())))
    far = union_all(*parts).subquery("far")
    return union_all(select(near).where(filled), select(far).where(not_(filled)))


def _next(rows: Rows, runs: Runs, shape: SliceShape, run: Run | None = None) -> Select[Any]:
    """The next rows of the source, or of a run, wanted or not: a page of a run, else more."""
    (key,) = rows.keys
    wanted = [run.within] if run else runs.among
    return (
        select(*rows.source.c)
        .where(*wanted, *rows.between(shape))
        .order_by(key.ordered(shape.backwards))
        .limit(SIZE if run else literal_column(str(WALKED)))
    )


def outside_of(rows: Rows, shape: SliceShape) -> Select[Any]:
    """Whether rows lie at or before `after`, and at or after `before`: `earlier`, `later`."""
    found: list[ColumnElement[Any]] = []
    for label, end, forwards in (("earlier", "after", True), ("later", "before", False)):
        nulls = getattr(shape, end)
        if nulls is None:
            found.append(literal(False).label(label))
            continue
        outside = beyond(rows.keys, end, nulls, forwards=not forwards, inclusive=True)
        if rows.runs is not None:
            found.append(or_(*_in_runs(rows, rows.runs, outside)).label(label))
            continue
        found.append(
            exists(select(literal(1)).select_from(rows.source))
            .where(*rows.where, outside)
            .label(label)
        )
    return select(*found)


def _in_runs(rows: Rows, runs: Runs, outside: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Whether some row of a run is outside: looked for in each, until one is found."""
    found: list[ColumnElement[bool]] = []
    for run in runs.each:
        own = select(literal(1)).where(run.within, outside)
        one = own.select_from(rows.source).limit(literal_column("1")).lateral("own")
        found.append(exists(select(literal(1)).select_from(run.over.join(one, true()))))
    return found


def total_of(rows: Rows, measures: Sequence[tuple[str, Any]]) -> Select[Any]:
    """One row of labelled aggregate expressions over the whole list."""
    columns = [expression.label(label) for label, expression in measures]
    return select(*columns).select_from(rows.source).where(*rows.where)


def for_each_parent(body: Select[Any], hangs: bool) -> Statement:
    """What `body` reads for each of the parents, where its list `hangs` on some, with `~parent`."""
    if not hangs:
        return compiled(body.add_columns(null().label("~parent")))
    # A LATERAL subquery allows no join but a nested loop: each parent's rows come out in order.
    each = body.lateral("page")
    return compiled(
        select(parent_id.label("~parent"), *each.c).select_from(parents.join(each, true()))
    )


def position_of(row: Any) -> list[str | None]:
    """What a cursor holds of a row that `page_of` gave."""
    return [value for name, value in row.items() if name[0] == "~" and name[1:].isdigit()]


def _nulls(position: tuple[str | None, ...] | None) -> tuple[bool, ...] | None:
    return None if position is None else tuple(value is None for value in position)


def _numbered(end: str, position: tuple[str | None, ...] | None) -> dict[str, Any]:
    return {f"{end}_{i}": value for i, value in enumerate(position or ()) if value is not None}


def beyond(
    keys: Sequence[SortKey],
    end: str,
    nulls: tuple[bool, ...],
    *,
    forwards: bool,
    inclusive: bool = False,
) -> ColumnElement[bool]:
    """Whether a row lies behind a position, or before it: the first key that differs decides.

    `inclusive`: or at it.
    """
    values = [
        sql_cast(bindparam(f"{end}_{i}", type_=Text), key.expression.type)
        for i, key in enumerate(keys)
    ]
    if not any(key.nullable for key in keys) and len({key.descending for key in keys}) == 1:
        # A comparison of rows is one that an index on the keys answers.
        row, position = tuple_(*(key.expression for key in keys)), tuple_(*values)
        if keys[0].descending == forwards:
            return row <= position if inclusive else row < position
        return row >= position if inclusive else row > position
    cases: list[ColumnElement[bool]] = []
    level: list[ColumnElement[bool]] = []
    for key, value, is_null in zip(keys, values, nulls, strict=True):
        expression = key.expression
        if is_null:
            # Nulls stand last: nothing lies behind, all that has a value before.
            if not forwards:
                cases.append(and_(*level, expression.is_not(None)))
            level.append(expression.is_(None))
            continue
        smaller = key.descending == forwards
        further: ColumnElement[bool] = expression < value if smaller else expression > value
        if key.nullable and forwards:
            further = or_(further, expression.is_(None))
        cases.append(and_(*level, further))
        level.append(expression == value)
    if inclusive:
        cases.append(and_(*level))
    return or_(*cases)
