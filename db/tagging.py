"""Tags as they are written: made, renamed, shared, deleted, put on records and taken off.

A private tag is its owner's, and of those it is shared with (db/shares.py): whoever of them reads a
record may put one on it, and history, which others read, says nothing of it. A shared one is the
company's: it takes the right to edit the record, though not that the record may change (a locked
one takes tags), and history tells of it. Either leaves the record's version and its time of change.
What many records are told of is written in batches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, all_, any_, bindparam, func, select

from db import bulk, reading
from db.bulk import BATCH, MOST, Ids
from db.declare import Label
from db.errors import (
    BadUserInput,
    ErrorCode,
    FichesError,
    Forbidden,
    InvalidInput,
    NotFound,
    NotUnique,
    Problem,
)
from db.history import Entry, Operation, field_change
from db.kinds import Invalid, parse_line
from db.reading import KEYS
from db.rows import TagRow
from db.statements import compiled
from db.tables import tag, tagging
from db.tags import known
from db.writing import Work

TAG: Final = Label("Étiquette", "Tag")
RECORD: Final = Label("Fiche", "Record")
NAME: Final = Label("Nom", "Name")
COLOR: Final = Label("Couleur", "Colour")
SHARED: Final = Label("Partagée", "Shared")

LONGEST: Final = 50
"""Characters of a name."""
GREY: Final = "#6b7280"
AT_ONCE: Final = 20
"""Tags put on records, or taken off, at once."""
ON_RECORD: Final = 100
"""Tags on one record that one viewer sees, when another is put on it."""

INSERT = """
INSERT INTO tag (company_id, owner_id, name, color, shared) VALUES ($1, $2, $3, $4, $5) RETURNING *
"""
UPDATE = "UPDATE tag SET name = $2, color = $3, shared = $4 WHERE id = $1 RETURNING *"
_SEEN: Final = select(tag).where(tag.c.id == any_(KEYS), known(tag))
LOCK: Final = compiled(_SEEN.with_for_update())
# Whether they are shared, and that they are there, stays so until the commit.
USE: Final = compiled(_SEEN.order_by(tag.c.id).with_for_update(read=True))
SAME_NAME = """
SELECT true FROM tag
WHERE company_id = $1 AND fold(name) = fold($2) AND id IS DISTINCT FROM $5
    AND CASE WHEN $3 THEN shared ELSE NOT shared AND owner_id = $4 END
"""
RECORDS = "SELECT record_id FROM tagging WHERE tag_id = $1 ORDER BY record_id LIMIT $2"
USED_BY_OTHERS = "SELECT EXISTS (SELECT FROM tagging WHERE tag_id = $1 AND created_by_id <> $2)"
UNUSE = "DELETE FROM tagging WHERE tag_id = $1"
DELETE = "DELETE FROM tag WHERE id = $1"

_COMING: Any = bindparam("tags", type_=ARRAY(BigInteger))
FULL: Final = compiled(
    select(tagging.c.record_id)
    .select_from(tagging.join(tag, tag.c.id == tagging.c.tag_id))
    .where(tagging.c.record_id == any_(KEYS), tagging.c.tag_id != all_(_COMING), known(tag))
    .group_by(tagging.c.record_id)
    .having(func.count() + func.cardinality(_COMING) > ON_RECORD)
)
PUT = """
INSERT INTO tagging (tag_id, record_id, created_by_id)
SELECT tag_id, record_id, $3 FROM unnest($1::bigint[]) record_id, unnest($2::bigint[]) tag_id
ORDER BY record_id, tag_id
ON CONFLICT DO NOTHING RETURNING record_id, tag_id
"""
TAKE = """
WITH held AS (
    SELECT record_id, tag_id FROM tagging
    WHERE record_id = ANY($1::bigint[]) AND tag_id = ANY($2::bigint[])
    ORDER BY record_id, tag_id FOR UPDATE
)
DELETE FROM tagging USING held
WHERE tagging.record_id = held.record_id AND tagging.tag_id = held.tag_id
RETURNING tagging.record_id, tagging.tag_id
"""


@dataclass(frozen=True)
class Moved:
    """What became of a record: whether a tag came or left."""

    changed: bool


def may_edit(viewer: Any, row: Any) -> bool:
    """Whether the viewer, who sees a tag, may change and delete it: its owner may, administrators,
    and those who have it to write.
    """
    own = row["owner_id"] == viewer.id or viewer.administrator
    return bool(own or viewer.rights.tags.get(row["id"], False))


async def create(work: Work, given: Mapping[str, Any]) -> Any:
    """Make a tag of the viewer's own; its row. Raises InvalidInput."""
    held = {"color": GREY, "shared": False, **_checked({"name": None, **given})}
    await _refuse_same_name(work, held, None, work.viewer.id)
    viewer = work.viewer
    return await work.connection.fetchrow(
        INSERT,
        viewer.company_id,
        viewer.id,
        held["name"],
        held["color"],
        held["shared"],
        record_class=TagRow,
    )


async def update(work: Work, id: int, given: Mapping[str, Any]) -> Any:
    """Change a tag; its row. It stays on its records, which are told where it is shared now, or is
    no more. Raises NotFound, Forbidden, InvalidInput, BadUserInput where those are too many.
    """
    row = await lock(work, id)
    held = {**row, **_checked(given)}
    await _refuse_same_name(work, held, id, row["owner_id"])
    if held["shared"] != row["shared"]:
        records = await _records(work, id)
        operation = Operation.TAGGED if held["shared"] else Operation.UNTAGGED
        await (_refuse_sharing if held["shared"] else _refuse_hiding)(work, row, records)
        await _tell(work, records, operation, held)
    return await work.connection.fetchrow(
        UPDATE, id, held["name"], held["color"], held["shared"], record_class=TagRow
    )


async def delete(work: Work, id: int) -> int:
    """Delete a tag, and take it off its records: of how many that the viewer sees. Raises
    NotFound, Forbidden, BadUserInput where they are too many.
    """
    row = await lock(work, id)
    records = await _records(work, id)
    seen = await reading.registered_by_id(work, work.suite, records)
    if row["shared"]:
        await _tell(work, records, Operation.UNTAGGED, row)
    await work.connection.execute(UNUSE, id)
    await work.connection.execute(DELETE, id)
    return len(seen)


async def move(
    work: Work,
    records: Ids | None,
    module: str | None,
    filter: Mapping[str, Any] | None,
    tags: Sequence[tuple[str, int | None]],
    *,
    off: bool,
    atomic: bool,
) -> dict[str, Any]:
    """Put tags on records, or take them `off`: those given, or those of a module that match a
    filter. What became of each by its id as the client wrote it: Moved, or why it was refused.

    Raises NotFound for a tag that is not there, BadUserInput for too many records or tags, for
    none or both of `records` and `filter`; BadFilter; where `atomic`, RowsRefused.
    """
    used = await _use(work, tags)
    most = MOST // len(used)
    if filter is None:
        chosen = await bulk.chosen(work, None, records, None, most, "records")
    else:
        if module is None or work.suite.get(module) not in work.suite.modules:
            known = ", ".join(each.name for each in work.suite.modules)
            raise BadUserInput(("module",), accepted=known)
        chosen = await bulk.chosen(work, work.suite[module], records, filter, most, "records")

    async def act(some: Sequence[int]) -> list[Any]:
        return await _move(work, some, used, off)

    size = max(1, BATCH // len(used))
    return await bulk.act(RECORD, "records", chosen, size, act, atomic)


async def _move(work: Work, ids: Sequence[int], tags: Sequence[Any], off: bool) -> list[Any]:
    viewer, tag_ids = work.viewer, [each["id"] for each in tags]
    rows = await reading.registered_by_id(work, work.suite, ids)
    refused: dict[int, FichesError] = {}
    for id in ids:
        if id not in rows:
            refused[id] = NotFound(RECORD, id, ("records",))
        elif any(each["shared"] for each in tags) and not viewer.may(
            "edit", rows[id].module, rows[id]
        ):
            refused[id] = Forbidden(rows[id].module.singular, "edit", ("records",))
    right = [id for id in ids if id not in refused]
    if not off:
        for row in await work.fetch(FULL, {"ids": right, "tags": tag_ids}):
            too_many = BadUserInput(("records",), "too_many_tags", maximum=ON_RECORD)
            refused[row["record_id"]] = too_many
        right = [id for id in right if id not in refused]
    moved: dict[int, set[int]] = {id: set() for id in right}
    arguments = (right, tag_ids) if off else (right, tag_ids, viewer.id)
    for row in await work.connection.fetch(TAKE if off else PUT, *arguments):
        moved[row["record_id"]].add(row["tag_id"])
    operation = Operation.UNTAGGED if off else Operation.TAGGED
    shared = [each for each in tags if each["shared"]]
    told = {id: [each for each in shared if each["id"] in some] for id, some in moved.items()}
    await work.tell(_entry(id, operation, some) for id, some in told.items() if some)
    return [refused.get(id) or Moved(bool(moved[id])) for id in ids]


async def _use(work: Work, tags: Sequence[tuple[str, int | None]]) -> list[Any]:
    if not 1 <= len(tags) <= AT_ONCE:
        raise BadUserInput(("tags",), "bad_page", minimum=1, maximum=AT_ONCE)
    ids = [id for _, id in tags if id is not None]
    found = {row["id"]: row for row in await work.fetch(USE, {"ids": ids}, TagRow)}
    for i, (written, id) in enumerate(tags):
        if id not in found:
            raise NotFound(TAG, written, ("tags", str(i)))
    return list(found.values())


async def lock(work: Work, id: int) -> Any:
    """The row of a tag that the viewer may change, locked. Raises NotFound, Forbidden."""
    row = next(iter(await work.fetch(LOCK, {"ids": [id]}, TagRow)), None)
    if row is None:
        raise NotFound(TAG, f"tag-{id}", ("id",))
    if not may_edit(work.viewer, row):
        raise Forbidden(TAG, "edit", ("id",))
    return row


async def _records(work: Work, id: int) -> list[int]:
    """The records that have the tag, of whoever, in the recycle bin too."""
    rows = await work.connection.fetch(RECORDS, id, MOST + 1)
    if len(rows) > MOST:
        raise BadUserInput(("id",), "tag_on_too_many", maximum=MOST)
    return [row["record_id"] for row in rows]


async def _refuse_sharing(work: Work, row: Any, records: Sequence[int]) -> None:
    """A shared tag takes the right to edit a record: to share one is to put it there anew."""
    seen = await reading.registered_by_id(work, work.suite, records, deleted=None)
    if any(
        id not in seen or not work.viewer.may("edit", seen[id].module, seen[id]) for id in records
    ):
        raise InvalidInput([Problem(("shared",), ErrorCode.FORBIDDEN, "tag_on_others_records")])


async def _refuse_hiding(work: Work, row: Any, records: Sequence[int]) -> None:
    if row["owner_id"] != work.viewer.id:
        raise Forbidden(TAG, "edit", ("shared",))
    if await work.connection.fetchval(USED_BY_OTHERS, row["id"], row["owner_id"]):
        raise InvalidInput([Problem(("shared",), ErrorCode.INVALID, "tag_used_by_others")])


async def _tell(work: Work, records: Sequence[int], operation: Operation, tag: Any) -> None:
    for start in range(0, len(records), BATCH):
        some = records[start : start + BATCH]
        await work.tell(_entry(id, operation, [tag]) for id in some)


def _entry(record_id: int, operation: Operation, tags: Sequence[Any]) -> Entry:
    """The tags that came onto a record, or left it; other tags that it has are not told."""
    ids = [f"tag-{each['id']}" for each in tags]
    called = ", ".join(each["name"] for each in tags)
    if operation is Operation.TAGGED:
        return Entry(record_id, operation, [field_change("tags", None, ids, None, called)])
    return Entry(record_id, operation, [field_change("tags", ids, None, called, None)])


def _checked(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent of a tag. Raises InvalidInput."""
    held, problems = {}, []
    for name, (label, parse) in FIELDS.items():
        if name not in given:
            continue
        try:
            held[name] = parse(given[name])
        except Invalid as wrong:
            problems.append(Problem.of((name,), label, wrong))
            continue
        if held[name] is None:
            problems.append(Problem((name,), ErrorCode.REQUIRED, "required", {"label": label}))
    if problems:
        raise InvalidInput(problems)
    return held


def _name(value: Any) -> str | None:
    return parse_line(value, LONGEST) or None


def _color(value: Any) -> str | None:
    line = parse_line(value, 7)
    if line and not re.fullmatch("#[0-9a-fA-F]{6}", line):
        raise Invalid("not_a_color")
    return line.lower() if line else None


def _flag(value: Any) -> Any:
    return value


FIELDS: Final[Mapping[str, tuple[Label, Any]]] = {
    "name": (NAME, _name),
    "color": (COLOR, _color),
    "shared": (SHARED, _flag),
}


async def _refuse_same_name(
    work: Work, held: Mapping[str, Any], id: int | None, owner_id: int
) -> None:
    """No two shared tags of a company, nor two private ones of an owner, are called alike."""
    asked = (work.viewer.company_id, held["name"], held["shared"], owner_id, id)
    if await work.connection.fetchval(SAME_NAME, *asked):
        raise NotUnique(("name",), NAME, held["name"])
