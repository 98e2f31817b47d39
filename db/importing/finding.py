"""Records that are there already, found by what they hold: many at once, one statement."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, BigInteger, Text, and_, bindparam, func, select

from db.access import Scope, visible
from db.kinds import kind_of
from db.statements import Statement, compiled
from db.suite import Module
from db.text import fold

if TYPE_CHECKING:
    from db.writing import Work

Found = tuple[int, int]
"""The id of a record, and how many there are: with several, which one it is means nothing."""


async def find(
    work: Work,
    module: Module,
    names: tuple[str, ...],
    wanted: Sequence[tuple[Any, ...]],
    *,
    folded: bool = False,
) -> dict[tuple[Any, ...], Found]:
    """For each of the `wanted` values of the columns and foreign keys `names`: the record the
    viewer may see that holds them. `folded`: whatever the case and accents of texts.

    An index serves where one of the names is a text, a foreign key or unique; else all of the
    company's records of the module are read.
    """
    given = list(dict.fromkeys(wanted))
    if not given:
        return {}
    statement = _statement(module, names, folded, work.viewer.scope)
    values = {f"values_{i}": [each[i] for each in given] for i in range(len(names))}
    rows = await work.fetch(statement, values)
    return {given[row["position"] - 1]: (row["id"], row["count"]) for row in rows}


@lru_cache(maxsize=512)
def _statement(module: Module, names: tuple[str, ...], folded: bool, scope: Scope) -> Statement:
    rows = module.table.alias("t")
    arrays = [
        bindparam(f"values_{i}", type_=ARRAY(rows.c[name].type)) for i, name in enumerate(names)
    ]
    slots = [f"value_{i}" for i in range(len(names))]
    given: Any = (
        func.unnest(*arrays)
        .table_valued(*slots, with_ordinality="position", name="given")
        .render_derived()
    )
    same = []
    for slot, name in zip(slots, names, strict=True):
        column, value = rows.c[name], given.c[slot]
        if is_folded(module, name):
            same.append(fold(column) == fold(value))
        if not (folded and is_folded(module, name)):
            same.append(column == value)
    return compiled(
        select(
            given.c.position,
            func.min(rows.c.id, type_=BigInteger).label("id"),
            func.count().label("count"),
        )
        .select_from(given.join(rows, and_(*same)))
        .where(visible(module, rows, scope))
        .group_by(given.c.position)
    )


def is_folded(module: Module, name: str) -> bool:
    """Whether the column is a text that an index holds folded."""
    column = module.all_columns.get(name)
    if column is None or column.choice is not None:
        return False
    return kind_of(column.type).text and isinstance(module.table.c[name].type, Text)
