"""Links as they are written: the rows of many-to-many relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db import inserting, reading
from db.suite import Module
from db.tables import link
from db.validation import Checked

if TYPE_CHECKING:
    from db.writing import Work

STORED = """
SELECT relation, from_id, to_id FROM link
WHERE from_id = ANY($1) AND relation = ANY($2) ORDER BY to_id
"""
REMOVE = """
DELETE FROM link USING unnest($1::text[], $2::bigint[], $3::bigint[])
    AS gone(relation, from_id, to_id)
WHERE link.relation = gone.relation
    AND link.from_id = gone.from_id AND link.to_id = gone.to_id
"""


async def stored(
    work: Work, module: Module, rows: Mapping[int, Checked]
) -> dict[int, dict[str, list[int]]]:
    """What records are linked to, by id and by each of the links that its row would write."""
    found: dict[int, dict[str, list[int]]] = {
        id: {name: [] for name in row.links} for id, row in rows.items()
    }
    names = {name for row in rows.values() for name in row.links}
    if names:
        wanted = [_key(module, name) for name in names]
        for each in await work.connection.fetch(STORED, list(rows), wanted):
            own, name = found[each["from_id"]], each["relation"].partition(".")[2]
            if name in own:
                own[name].append(each["to_id"])
    return found


async def linked(work: Work, module: Module, name: str, id: int) -> list[int]:
    """What one record is linked to by links it declares, whoever sees it."""
    rows = await work.connection.fetch(
        "SELECT to_id FROM link WHERE relation = $1 AND from_id = $2 ORDER BY to_id",
        _key(module, name),
        id,
    )
    return [row["to_id"] for row in rows]


async def keep_unseen(work: Work, rows: Sequence[Checked]) -> None:
    """Keep the links to records the writer does not see: who sends a list knows no others.

    So what is in the recycle bin comes back with its links.
    """
    left: dict[Module, set[int]] = defaultdict(set)
    for row, name, gone in _gone(rows):
        left[row.module.target(row.module.links[name])].update(gone)
    seen: set[int] = set()
    for target, ids in left.items():
        seen.update(await reading.records_by_id(work, target, ids))
    for row, name, gone in list(_gone(rows)):
        row.links[name] = sorted({*row.links[name], *(gone - seen)})


async def insert(work: Work, rows: Sequence[Checked]) -> None:
    """Write the links of new records."""
    pairs = [
        _pair(row.module, name, row.values["id"], other)
        for row in rows
        for name, ids in row.links.items()
        for other in ids
    ]
    await inserting.insert(work.connection, link, pairs)


async def replace(work: Work, rows: Sequence[Checked]) -> None:
    """Make records linked to what their rows say."""
    gone = [
        _pair(row.module, name, row.before.row["id"], other)
        for row, name, ids in _gone(rows)
        for other in sorted(ids)
    ]
    if gone:
        await work.connection.execute(REMOVE, *zip(*(each.values() for each in gone), strict=True))
    added = [
        _pair(row.module, name, row.before.row["id"], other)
        for row in rows
        for name, ids in row.links.items()
        for other in sorted(set(ids) - set(row.before.links[name]))
    ]
    await inserting.insert(work.connection, link, added)


def _gone(rows: Sequence[Checked]) -> Iterator[tuple[Checked, str, set[int]]]:
    """What rows were linked to and are no more: by row and links, where there is any."""
    for row in rows:
        for name, ids in row.links.items():
            gone = set(row.before.links[name]) - set(ids)
            if gone:
                yield row, name, gone


def _key(module: Module, name: str) -> str:
    return f"{module.name}.{name}"


def _pair(module: Module, name: str, id: int, other: int) -> dict[str, Any]:
    return {"relation": _key(module, name), "from_id": id, "to_id": other}
