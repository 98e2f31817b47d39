"""The history of records: one entry a save, appended in the same transaction, never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import orjson

from db import outbox
from db.declare import Column
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


# Each change puts its event in the outbox. Changes get their ids in the order of the entries.
APPEND = f"""
WITH given AS (
    SELECT * FROM unnest($1::bigint[], $4::text[], $5::int[], $6::text[], $7::bigint[])
        WITH ORDINALITY AS given(record_id, operation, version, fields, comment_id, position)
), written AS (
    INSERT INTO change (record_id, actor_id, origin, operation, version, fields)
    SELECT record_id, $2, $3, operation, version, fields::jsonb FROM given ORDER BY position
    RETURNING *
), told AS (
    SELECT numbered.id, numbered.record_id, numbered.operation, given.comment_id
    FROM (SELECT *, row_number() OVER (ORDER BY id) AS position FROM written) numbered
    JOIN given USING (position)
), published AS ({outbox.PUBLISH})
SELECT * FROM written ORDER BY id
"""


async def append(
    connection: Any, actor_id: int, origin: Origin, entries: Sequence[Entry]
) -> list[Any]:
    """Write the entries, in their order; the rows written."""
    if not entries:
        return []
    rows: list[Any] = await connection.fetch(
        APPEND,
        [entry.record_id for entry in entries],
        actor_id,
        origin.value,
        [entry.operation.value for entry in entries],
        [entry.version for entry in entries],
        [orjson.dumps(list(entry.fields)).decode() for entry in entries],
        [entry.comment_id for entry in entries],
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
        was, now = dumped_value(module, key, before.get(key)), dumped_value(module, key, value)
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
