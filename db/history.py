"""The history of records: one entry a save, appended in the same transaction, never changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

import orjson

from db import outbox
from db.declare import Column
from db.inserting import Writing
from db.kinds import kind_of
from db.rows import ChangeRow
from db.suite import Module


class Origin(StrEnum):
    """The way a change came about."""

    MANUAL = "MANUAL"
    API = "API"
    QUICK_CREATE = "QUICK_CREATE"
    WORKFLOW = "WORKFLOW"
    IMPORT = "IMPORT"
    FORM = "FORM"
    CONVERSION = "CONVERSION"
    RECURRENCE = "RECURRENCE"
    SYSTEM = "SYSTEM"


class Operation(StrEnum):
    """What was done to a record."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    DELETED = "DELETED"
    RESTORED = "RESTORED"
    LINKED = "LINKED"
    UNLINKED = "UNLINKED"
    PURGED = "PURGED"
    COMMENTED = "COMMENTED"
    COMMENT_EDITED = "COMMENT_EDITED"
    COMMENT_DELETED = "COMMENT_DELETED"
    FINALISED = "FINALISED"
    CONVERTED = "CONVERTED"
    TAGGED = "TAGGED"
    UNTAGGED = "UNTAGGED"
    SHARED = "SHARED"
    UNSHARED = "UNSHARED"


@dataclass(frozen=True)
class Entry:
    """One change to be written: `fields` as `field_change` makes them."""

    record_id: int
    operation: Operation
    fields: Sequence[Mapping[str, Any]] = field(default_factory=list)
    version: int | None = None
    comment_id: int | None = None


@dataclass(frozen=True)
class Of:
    """Records to be written with the history they begin or go on with, all of one module."""

    company_id: int
    module: Module
    write: Callable[[int], Writing]
    """Writes them, its parameters numbered from here on."""


ENTRY: Final = "record_id, operation, version, fields, comment_id"
FIRST: Final = 10
"""The number of the first parameter of what is written with the history."""


@lru_cache(maxsize=1024)
def append_sql(one: bool, written: str | None) -> str:
    """Appends entries, each with its event in the outbox; first it writes their records, if asked.

    Changes get their ids in the order of the entries, in which rows are unnested.
    """
    slots = "$3::bigint{0}, $4::text{0}, $5::int{0}, $6::text{0}, $7::bigint{0}"
    rows = f"(VALUES ({slots.format('')}))" if one else f"unnest({slots.format('[]')})"
    # The triggers of the rows come before those of their changes where the rows are written first:
    # by then the register has them.
    first = f"stored AS ({written} RETURNING 1 AS done)," if written else ""
    behind = "WHERE (SELECT count(*) FROM stored) > 0" if written else ""
    return f"""
WITH {first} told AS MATERIALIZED (
    SELECT nextval('change_id_seq') AS id, given.*, $8::bigint AS company_id, $9::text AS module
    FROM {rows} AS given({ENTRY}) {behind}
), written AS (
    INSERT INTO change (id, record_id, actor_id, origin, operation, version, fields)
    SELECT id, record_id, $1, $2, operation, version, fields::jsonb FROM told
    RETURNING *
), published AS ({outbox.PUBLISH})
SELECT * FROM written ORDER BY id
"""


async def append(
    connection: Any,
    actor_id: int,
    origin: Origin,
    entries: Sequence[Entry],
    of: Of | None = None,
) -> list[Any]:
    """Write the entries, in their order, with the records they are `of`; the entries as written.
    One statement.
    """
    if not entries:
        return []
    one = len(entries) == 1
    columns: list[list[Any]] = [
        [entry.record_id for entry in entries],
        [entry.operation.value for entry in entries],
        [entry.version for entry in entries],
        [orjson.dumps(list(entry.fields)).decode() for entry in entries],
        [entry.comment_id for entry in entries],
    ]
    written = of.write(FIRST) if of else None
    rows: list[Any] = await connection.fetch(
        append_sql(one, written.sql if written else None),
        actor_id,
        origin.value,
        *([each[0] for each in columns] if one else columns),
        of.company_id if of else None,
        of.module.name if of else None,
        *(written.arguments if written else ()),
        record_class=ChangeRow,
    )
    return rows


def field_change(
    name: str,
    before: Any,
    after: Any,
    before_display: str | None = None,
    after_display: str | None = None,
) -> dict[str, Any]:
    """One field before and after, in JSON form; displays where the value alone does not tell."""
    change = {"name": name, "before": before, "after": after}
    if before_display is not None:
        change["before_display"] = before_display
    if after_display is not None:
        change["after_display"] = after_display
    return change


SINCE = "SELECT fields FROM change WHERE record_id = $1 AND version > $2 ORDER BY id"


async def fields_since(connection: Any, record_id: int, version: int) -> dict[str, Any]:
    """The fields changed since a version, each with what it held then, in JSON form."""
    found: dict[str, Any] = {}
    for row in await connection.fetch(SINCE, record_id, version):
        for each in row["fields"]:
            found.setdefault(each["name"], each["before"])
    return found


def changed_fields(
    module: Module,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    titles_before: Mapping[str, str],
    titles_after: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The columns and foreign keys of `after` that differ, as fields; a relation's by its name."""
    found = []
    for key, value in after.items():
        if key == "custom":
            found += _changed_customs(before.get(key) or {}, value)
            continue
        stored = before.get(key)
        if stored is None and value is None:
            continue
        was, now = dumped_value(module, key, stored), dumped_value(module, key, value)
        if alike(was, now):
            continue
        name = key.removesuffix("_id") if key not in module.columns else key
        found.append(field_change(name, was, now, titles_before.get(name), titles_after.get(name)))
    return found


def _changed_customs(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The custom fields that differ, in JSON form as they are stored."""
    return [
        field_change(f"custom.{name}", before.get(name), after.get(name))
        for name in {**before, **after}
        if not alike(before.get(name), after.get(name))
    ]


def alike(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON; for Python 1, 1.0 and True are equal."""
    if type(one) is not type(other) or one != other:
        return False
    if not isinstance(one, dict | list):
        return True
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def dumped_value(module: Module, key: str, value: Any) -> Any:
    """What a column or foreign key stores, in JSON form: ids are text, as everywhere outside."""
    if value is None:
        return None
    column: Column | None = module.all_columns.get(key)
    if column is None:
        return str(value) if key.endswith("_id") else value
    return value if column.choice else kind_of(column.type).dump(value)


def dumped_line(part: Module, values: Mapping[str, Any]) -> dict[str, Any]:
    """A line as the history keeps it: its id and what it holds, without what it lacks."""
    keys = [*part.columns, *(each.foreign_key for each in part.relations.values())]
    found = {key: dumped_value(part, key, values[key]) for key in keys}
    held = {
        key.removesuffix("_id") if key not in part.columns else key: value
        for key, value in found.items()
        if value is not None
    }
    return {"id": f"line-{values['id']}", **held}
