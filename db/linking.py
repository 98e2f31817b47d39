"""Links as they are written: the rows of many-to-many relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from db import inserting, reading
from db.suite import Module
from db.tables import link
from db.validation import Checked

if TYPE_CHECKING:
    from db.writing import Work

STORED = """
SELECT relation, to_id FROM link WHERE from_id = $1 AND relation = ANY($2) ORDER BY to_id
"""
REMOVE = "DELETE FROM link WHERE relation = $1 AND from_id = $2 AND to_id = ANY($3)"


async def stored(work: Work, row: Checked, id: int) -> dict[str, list[int]]:
    """What a record is linked to, by each of the links that `row` would write."""
    if not row.links:
        return {}
    found: dict[str, list[int]] = {name: [] for name in row.links}
    wanted = [_key(row.module, name) for name in row.links]
    for each in await work.connection.fetch(STORED, id, wanted):
        found[each["relation"].partition(".")[2]].append(each["to_id"])
    return found


async def keep_unseen(work: Work, row: Checked, before: dict[str, list[int]]) -> None:
    """Keep the links to records the writer does not see: who sends a list knows no others.

    So what is in the recycle bin comes back with its links.
    """
    for name, ids in row.links.items():
        left = set(before[name]) - set(ids)
        if left:
            target = row.module.target(row.module.links[name])
            seen = await reading.records_by_id(work, target, left)
            row.links[name] = sorted({*ids, *(left - seen.keys())})


async def insert(work: Work, rows: Sequence[Checked]) -> None:
    """Write the links of new records."""
    pairs = [
        _pair(row.module, name, row.values["id"], other)
        for row in rows
        for name, ids in row.links.items()
        for other in ids
    ]
    await inserting.insert(work.connection, link, pairs)


async def replace(work: Work, id: int, row: Checked, before: dict[str, list[int]]) -> None:
    """Make a record linked to what `row` says."""
    added = []
    for name, ids in row.links.items():
        gone = sorted(set(before[name]) - set(ids))
        if gone:
            await work.connection.execute(REMOVE, _key(row.module, name), id, gone)
        new = sorted(set(ids) - set(before[name]))
        added += [_pair(row.module, name, id, other) for other in new]
    await inserting.insert(work.connection, link, added)


def _key(module: Module, name: str) -> str:
    return f"{module.name}.{name}"


def _pair(module: Module, name: str, id: int, other: int) -> dict[str, Any]:
    return {"relation": _key(module, name), "from_id": id, "to_id": other}
