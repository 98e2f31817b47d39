"""The statements of reads, compiled once for each shape, and what running them gives.

Loaders (graph/loaders) hand over their keys and get an answer for each; nothing else reads records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Protocol

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Text,
    any_,
    bindparam,
    exists,
    func,
    literal,
    select,
)

from db import lines
from db.access import Scope, Viewer, shown, visible, visible_register
from db.changes import told_to
from db.colleagues import colleagues
from db.grouping import Group, Grouping, group_of
from db.kinds import UNSTORABLE
from db.listings import Listing, Measure, Summed
from db.paging import Slice, SliceShape, for_each_parent
from db.rows import ChangeRow, TagRow
from db.statements import Statement, compiled
from db.suite import Module, Suite
from db.tables import (
    change,
    comment,
    company,
    principal,
    record,
    tag,
    tagging,
)
from db.tags import known
from db.text import fold

CACHED: Final = 4096
"""Shapes of reads kept compiled: the statements that a schema's documents make, many times over."""

KEYS: Any = bindparam("ids", type_=ARRAY(BigInteger))


class Fetches(Protocol):
    """What runs statements for a viewer: a Reader, or a unit of work."""

    viewer: Viewer

    @property
    def scope(self) -> Scope:
        """What it may read: the viewer's scope, or that of the service as it writes for them."""

    async def fetch(
        self, statement: Statement, values: Mapping[str, Any] = ..., row: type[Any] = ...
    ) -> Sequence[Any]: ...


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows in order, and whether more lie on either side."""

    rows: Sequence[Any]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True)
class Wanted:
    """A list together with the values of its filter and search. Hashed by list and digest."""

    listing: Listing
    digest: str = ""
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def scope(self) -> str:
        """What cursors of this list, with these arguments, are good for."""
        return f"{self.listing.name} {self.digest}"


@lru_cache(maxsize=CACHED)
def page_statement(listing: Listing, scope: Scope, shape: SliceShape) -> Statement:
    return for_each_parent(listing.page(scope, shape), listing.hangs)


@lru_cache(maxsize=CACHED)
def outside_statement(listing: Listing, scope: Scope, shape: SliceShape) -> Statement:
    return for_each_parent(listing.outside(scope, shape), listing.hangs)


@lru_cache(maxsize=CACHED)
def by_id_statement(module: Module, scope: Scope) -> Statement:
    rows = module.table.alias("t")
    own = shown(module, rows, scope)
    return compiled(select(*own).where(rows.c.id == any_(KEYS), visible(module, rows, scope)))


@lru_cache(maxsize=CACHED)
def by_number_statement(module: Module, scope: Scope) -> Statement:
    rows = module.table.alias("t")
    number = bindparam("number", type_=Text)
    own = shown(module, rows, scope)
    return compiled(select(*own).where(rows.c.number == number, visible(module, rows, scope)))


@lru_cache(maxsize=CACHED)
def register_statement(scope: Scope, deleted: bool | None = False) -> Statement:
    rows = record.alias("t")
    seen = visible_register(rows, scope, deleted=deleted)
    return compiled(select(rows).where(rows.c.id == any_(KEYS), seen))


@lru_cache(maxsize=CACHED)
def change_statement(scope: Scope) -> Statement:
    """Changes by id, of records that the viewer sees, deleted or not: what is hidden must not cost
    a statement more than what is not there.
    """
    rows, of = change.alias("t"), record.alias()
    seen = exists().where(of.c.id == rows.c.record_id, visible_register(of, scope, deleted=None))
    return compiled(select(rows).where(rows.c.id == any_(KEYS), told_to(rows, scope), seen))


@lru_cache(maxsize=CACHED)
def comment_statement(scope: Scope) -> Statement:
    """Comments by id, on records that the viewer sees."""
    rows, on = comment.alias("t"), record.alias()
    seen = exists().where(on.c.id == rows.c.record_id, visible_register(on, scope))
    return compiled(select(rows).where(rows.c.id == any_(KEYS), seen))


PRINCIPALS: Final = compiled(select(principal).where(principal.c.id == any_(KEYS)))


COLLEAGUES: Final = compiled(colleagues(principal, active=False))
COMPANIES: Final = compiled(select(company).where(company.c.id == any_(KEYS)))
TAGS: Final = compiled(select(tag).where(tag.c.id == any_(KEYS), known(tag)))
TAGS_OF: Final = compiled(
    select(tag, tagging.c.record_id.label("~record"))
    .select_from(tagging.join(tag, tag.c.id == tagging.c.tag_id))
    .where(tagging.c.record_id == any_(KEYS), known(tag))
    .order_by(tagging.c.record_id, fold(tag.c.name), tag.c.id)
)


@lru_cache(maxsize=CACHED)
def aggregate_statement(listing: Listing, scope: Scope, measures: tuple[Measure, ...]) -> Statement:
    return for_each_parent(listing.total(scope, measures), listing.hangs)


async def records_by_id(reader: Fetches, module: Module, ids: Iterable[int]) -> dict[int, Any]:
    """The records of one module by id; those the viewer may not see are missing. One statement."""
    statement = by_id_statement(module, reader.scope)
    rows = await reader.fetch(statement, {"ids": list(ids)}, module.row)
    return {row["id"]: row for row in rows}


async def record_by_number(reader: Fetches, module: Module, number: str) -> Any | None:
    """The record of one module with this number, or None, as above. At most one statement."""
    if UNSTORABLE.search(number):
        return None
    statement = by_number_statement(module, reader.scope)
    rows = await reader.fetch(statement, {"number": number}, module.row)
    return rows[0] if rows else None


async def registered_by_id(
    reader: Fetches, suite: Suite, ids: Iterable[int], *, deleted: bool | None = False
) -> dict[int, Any]:
    """What the register says of records of any module, by id; of those in the recycle bin if
    `deleted`, in it or out of it if None. One statement.
    """
    statement = register_statement(reader.scope, deleted)
    rows = await reader.fetch(statement, {"ids": list(ids)}, suite.register)
    return {row["id"]: row for row in rows if row["module"] in suite}


async def pages(
    reader: Fetches, wanted: Wanted, part: Slice, parents: Sequence[int] | None
) -> dict[int | None, Page]:
    """A page of the list for each parent, or under None for a list without. One statement; one
    more where the part starts or ends at a cursor, to know what lies outside.
    """
    listing, scope = wanted.listing, reader.scope
    values = {**wanted.values, **part.values}
    if parents is not None:
        values["parents"] = list(parents)
    statement = page_statement(listing, scope, part.shape)
    found: dict[int | None, list[Any]] = {key: [] for key in parents or (None,)}
    for row in await reader.fetch(statement, values, listing.row):
        found[row["~parent"] if parents is not None else None].append(row)
    outside = await _outside(reader, wanted, part, parents, values)
    return {
        key: _page(rows, part, *outside.get(key, (False, False))) for key, rows in found.items()
    }


async def _outside(
    reader: Fetches,
    wanted: Wanted,
    part: Slice,
    parents: Sequence[int] | None,
    values: Mapping[str, Any],
) -> dict[int | None, tuple[bool, bool]]:
    if part.after is None and part.before is None:
        return {}
    statement = outside_statement(wanted.listing, reader.scope, part.shape)
    rows = await reader.fetch(statement, values)
    return {row["~parent"]: (row["earlier"], row["later"]) for row in rows}


def _page(rows: list[Any], part: Slice, earlier: bool, later: bool) -> Page:
    more = len(rows) > part.size
    rows = rows[: part.size]
    if part.backwards:
        return Page(rows[::-1], has_next=later, has_previous=more or earlier)
    return Page(rows, has_next=more or later, has_previous=earlier)


async def aggregates(
    reader: Fetches, wanted: Wanted, measures: Iterable[Measure], parents: Sequence[int] | None
) -> dict[int | None, Mapping[Measure, Any]]:
    """The measures of the whole list, for each parent or under None. One statement."""
    asked = tuple(sorted(set(measures)))
    statement = aggregate_statement(wanted.listing, reader.scope, asked)
    values = dict(wanted.values)
    if parents is not None:
        values["parents"] = list(parents)
    rows = await reader.fetch(statement, values)
    return {row["~parent"]: {each: row["~".join(each)] for each in asked} for row in rows}


@lru_cache(maxsize=CACHED)
def group_statement(
    listing: Summed, scope: Scope, grouping: Grouping, measures: tuple[Measure, ...]
) -> Statement:
    return listing.grouped(scope, grouping, measures)


async def groups(
    reader: Fetches,
    wanted: Wanted,
    grouping: Grouping,
    size: int,
    measures: Iterable[Measure],
    parents: Sequence[int] | None,
) -> dict[int | None, list[Group]]:
    """The first `size` groups of the whole list with their measures, for each parent or under None.
    One statement.
    """
    asked = tuple(sorted({*measures, *grouping.measures}))
    assert isinstance(wanted.listing, Summed)
    statement = group_statement(wanted.listing, reader.scope, grouping, asked)
    values = {**wanted.values, "groups": size}
    if parents is not None:
        values["parents"] = list(parents)
    found: dict[int | None, list[Group]] = {key: [] for key in parents or (None,)}
    for row in await reader.fetch(statement, values):
        found[row["~parent"]].append(group_of(row, grouping, asked))
    return found


async def changes_by_id(reader: Fetches, ids: Iterable[int]) -> dict[int, Any]:
    """Entries of the history by id, of whatever records: whoever asks must see those. One
    statement.
    """
    statement = change_statement(reader.scope)
    rows = await reader.fetch(statement, {"ids": list(ids)}, ChangeRow)
    return {row["id"]: row for row in rows}


async def tags_of(reader: Fetches, ids: Iterable[int]) -> dict[int, list[Any]]:
    """The tags of records that the viewer sees, by the record's id: shared ones and the viewer's
    own, by name. One statement.
    """
    wanted = list(ids)
    found: dict[int, list[Any]] = {id: [] for id in wanted}
    for row in await reader.fetch(TAGS_OF, {"ids": wanted}, TagRow):
        found[row["~record"]].append(row)
    return found


@lru_cache(maxsize=CACHED)
def totals_statement(part: Module) -> Statement:
    rows = part.table.alias("t")
    rate, base = func.coalesce(rows.c.vat_rate, 0), func.sum(rows.c.total_excl_tax)
    return compiled(
        select(rows.c.document_id, rate.label("rate"), base.label("base"))
        .where(rows.c.document_id == any_(KEYS), rows.c.line_kind == literal("item", Text))
        .group_by(rows.c.document_id, rate)
        .order_by(rows.c.document_id, rate)
    )


async def totals_of(reader: Fetches, part: Module, ids: Iterable[int]) -> dict[int, lines.Totals]:
    """The totals of documents the viewer sees, by id. One statement."""
    wanted = list(ids)
    bases: dict[int, dict[Decimal, Decimal]] = {id: {} for id in wanted}
    for row in await reader.fetch(totals_statement(part), {"ids": wanted}):
        bases[row["document_id"]][row["rate"]] = row["base"]
    return {id: lines.totals_of_bases(each) for id, each in bases.items()}
