"""What points at records: the rows whose foreign keys keep a record from going for good.

Links are not among them: they go with either end.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    true,
    union_all,
)

from db.declare import Relation
from db.paging import is_parent, parent_id
from db.statements import Statement, compiled
from db.suite import Module, Suite
from db.tables import MOMENT, record

MOST: Final = 100
"""Rows of one relation that are looked at for one record: where there are more, some stay."""

BEFORE: Any = bindparam("before", type_=MOMENT)


@dataclass(frozen=True)
class Pointer:
    """A record points at another, by itself or by a line; `expired`: it was deleted long ago.

    `by` is None, and `expired` false, where too many do.
    """

    target: int
    by: int | None
    expired: bool


async def pointers(
    connection: Any, suite: Suite, ids: Mapping[Module, Sequence[int]], before: datetime
) -> list[Pointer]:
    """What points at records, given by their module, whoever may see it. One statement.

    A record points at itself no more than at nothing. Expired is what was deleted before `before`.
    """
    asked = (module for module, some in ids.items() if some)
    modules = tuple(sorted(asked, key=lambda module: module.name))
    statement, ways = pointers_statement(suite, modules)
    if not ways:
        return []
    values = {f"ids_{i}": list(ids[module]) for i, module in enumerate(modules)}
    rows = await connection.fetch(statement.sql, *statement.arguments({**values, "before": before}))
    seen: dict[tuple[int, int], int] = {}
    found: dict[Pointer, None] = {}
    for row in rows:
        way = (row["way"], row["target"])
        seen[way] = seen.get(way, 0) + 1
        if seen[way] > MOST:
            found[Pointer(row["target"], None, False)] = None
        elif row["id"] != row["target"]:
            found[Pointer(row["target"], row["id"], row["expired"])] = None
    return list(found)


@lru_cache(maxsize=256)
def pointers_statement(suite: Suite, modules: tuple[Module, ...]) -> tuple[Statement, int]:
    """Rows of `way`, `target`, `id` and `expired`; and how many ways there are to point."""
    ways = [
        each
        for i, module in enumerate(modules)
        for each in _ways(suite, module, bindparam(f"ids_{i}", type_=ARRAY(BigInteger)))
    ]
    numbered = [
        each.add_columns(literal_column(str(i), Integer).label("way"))
        for i, each in enumerate(ways)
    ]
    return compiled(union_all(*numbered) if numbered else select(true())), len(ways)


def _ways(suite: Suite, module: Module, ids: Any) -> Iterator[Select[Any]]:
    """For each foreign key that points at the module's records, or at lines of theirs."""
    for tab in module.tabs.values():
        if isinstance(tab.fact, Relation):
            rows = tab.module.table.alias("t")
            key = rows.c[tab.fact.foreign_key]
            yield _way(tab.module, rows, rows, is_parent(key), (key, rows.c.id), ids)
    for part in suite if module.declared.lines else ():
        for tab in part.tabs.values() if part.part else ():
            if isinstance(tab.fact, Relation):
                own, rows = part.table.alias("own"), tab.module.table.alias("t")
                source = own.join(rows, rows.c[tab.fact.foreign_key] == own.c.id)
                order = (own.c.document_id, own.c.position)
                yield _way(tab.module, rows, source, is_parent(own.c.document_id), order, ids)


def _way(
    module: Module, rows: Any, source: Any, where: Any, order: tuple[Any, ...], ids: Any
) -> Select[Any]:
    id: Any = rows.c.id
    holder = rows
    if module.part:
        holder = record.alias("d")
        id = holder.c.id
        source = source.join(holder, holder.c.id == rows.c.document_id)
    expired = and_(holder.c.deleted_at.is_not(None), holder.c.deleted_at < BEFORE)
    each = (
        select(id.label("id"), expired.label("expired"))
        .select_from(source)
        .where(where)
        .order_by(*order)
        .limit(literal_column(str(MOST + 1)))
        .lateral("each")
    )
    targets = func.unnest(ids).table_valued("id").render_derived("parent")
    return select(parent_id.label("target"), each.c.id, each.c.expired).select_from(
        targets.join(each, true())
    )
