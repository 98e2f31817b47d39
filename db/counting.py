"""How many neighbours stand in each tab of records: exact up to `MOST`, and no more than that read.

All tabs of all records are one statement: a branch for each tab, in it a bounded count for each
record. Each branch walks the index `(foreign key, id)`, or that of links, and stops at the bound:
a count costs what it gives, however large the tables are.

For someone who sees part of a module, rows hidden from them are walked over too; then the
server chooses between that index and the one of their own records.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    false,
    func,
    literal,
    literal_column,
    select,
    true,
    union_all,
)

from db.access import Scope, visible, visible_register
from db.declare import Relation
from db.paging import is_parent, parent_id
from db.reading import CACHED, Fetches
from db.statements import Statement, compiled
from db.suite import Tab
from db.tables import link, record, tagging

MOST: Final = 1000
"""What is counted exactly; beyond it a count only says that there are more."""

ONE: Final[Any] = literal_column("1")


@dataclass(frozen=True)
class Count:
    """How many there are; not `exact`: more than `value`."""

    value: int
    exact: bool = True


async def counts(
    reader: Fetches, asked: Mapping[Tab, Collection[int]]
) -> dict[tuple[Tab, int], Count]:
    """How many records the viewer sees in each tab of the records with the given ids. One
    statement, whatever the tabs and their modules.

    That the viewer sees the records themselves is for the caller to know.
    """
    tabs = tuple(sorted(asked, key=lambda tab: (tab.host.name, tab.name)))
    if not tabs:
        return {}
    values = {_ids(i): list(asked[tab]) for i, tab in enumerate(tabs)}
    rows = await reader.fetch(counts_statement(tabs, reader.viewer.scope), values)
    found = {(tabs[row["tab"]], row["id"]): row["count"] for row in rows}
    return {
        (tab, id): Count(min(found[tab, id], MOST), found[tab, id] <= MOST)
        for tab, ids in asked.items()
        for id in ids
    }


async def usages(reader: Fetches, tags: Collection[int]) -> dict[int, Count]:
    """How many records that the viewer sees have each of the tags, by its id. One statement."""
    statement = usages_statement(reader.viewer.scope)
    rows = await reader.fetch(statement, {"ids": list(tags)})
    return {row["id"]: Count(min(row["count"], MOST), row["count"] <= MOST) for row in rows}


@lru_cache(maxsize=CACHED)
def usages_statement(scope: Scope) -> Statement:
    """Rows of `id` of the tag, `count` up to MOST + 1."""
    rows = record.alias("t")
    seen = select(ONE).where(rows.c.id == tagging.c.record_id, visible_register(rows, scope))
    # Each is looked up by its id, as it comes: nothing is read to be hashed.
    each = seen.limit(ONE).lateral("seen")
    used = select(ONE).select_from(tagging.join(each, true())).where(is_parent(tagging.c.tag_id))
    walked = used.order_by(tagging.c.tag_id, tagging.c.record_id)
    bounded = walked.limit(literal_column(str(MOST + 1))).subquery("bounded")
    total = select(func.count().label("count")).select_from(bounded).lateral("total")
    ids: Any = bindparam("ids", type_=ARRAY(BigInteger))
    tags = func.unnest(ids).table_valued("id").render_derived("parent")
    return compiled(
        select(parent_id.label("id"), total.c["count"]).select_from(tags.join(total, true()))
    )


@lru_cache(maxsize=CACHED)
def counts_statement(tabs: tuple[Tab, ...], scope: Scope) -> Statement:
    """Rows of `tab` (its place among the tabs), `id` of the record, `count` up to MOST + 1."""
    return compiled(union_all(*(_counted(i, tab, scope) for i, tab in enumerate(tabs))))


def _ids(place: int) -> str:
    return f"ids_{place}"


def _counted(place: int, tab: Tab, scope: Scope) -> Select[Any]:
    ids: Any = bindparam(_ids(place), type_=ARRAY(BigInteger))
    hosts = func.unnest(ids).table_valued("id").render_derived("parent")
    bounded = neighbours(tab, scope).limit(literal_column(str(MOST + 1))).subquery("bounded")
    total = select(func.count().label("count")).select_from(bounded).lateral("total")
    return select(
        literal_column(str(place), Integer).label("tab"), parent_id.label("id"), total.c["count"]
    ).select_from(hosts.join(total, true()))


def neighbours(tab: Tab, scope: Scope) -> Select[Any]:
    """A row for each record in the tab of `parent` that the viewer sees, in the order of the index
    that finds them.
    """
    rows = tab.module.table.alias("t")
    if not scope.crosses(tab):
        return select(ONE).where(false())
    if isinstance(tab.fact, Relation):
        key = rows.c[tab.fact.foreign_key]
        if not tab.module.part:
            found = select(ONE).select_from(rows).where(visible(tab.module, rows, scope))
            if not scope.sees_all(tab.module):
                return found.where(key == parent_id)
            return found.where(is_parent(key)).order_by(key, rows.c.id)
        source, order, where = rows, (key, rows.c.id), is_parent(key)
        document = record.alias("d")
        is_its = document.c.id == rows.c.document_id
        seen = select(ONE).where(is_its, visible_register(document, scope))
    else:
        source = link.alias("l")
        ends = (source.c.from_id, source.c.to_id)
        near, far = ends if tab.forward else ends[::-1]
        order = (near, far)
        where = and_(source.c.relation == literal(tab.key, Text), is_parent(near))
        seen = select(ONE).where(rows.c.id == far, visible(tab.module, rows, scope))
    # By LATERAL and LIMIT each is looked up by its id, as it comes: nothing is read to be hashed.
    each = seen.limit(ONE).lateral("seen")
    return select(ONE).select_from(source.join(each, true())).where(where).order_by(*order)
