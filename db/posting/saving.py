"""What the service writes onto records it holds: one statement for all, one for their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from db.history import Entry, Operation, changed_fields
from db.inserting import sql_type
from db.suite import Module
from db.titles import title
from db.writing import Saved, Work


@dataclass(frozen=True)
class Edit:
    """Values for one held record. `titles`: what it points at is called, to make its title anew."""

    stored: Any
    values: Mapping[str, Any]
    titles: Mapping[str, str] | None = None
    operation: Operation = Operation.UPDATED


async def save(work: Work, module: Module, edits: Sequence[Edit]) -> list[Saved]:
    """Write the edits and append them to the history, in their order.

    The bulk form of `Work.update` for what needs no checking: the service computed it. The rows
    must be held, and each appear once.
    """
    if not edits:
        return []
    names = tuple(sorted({name for each in edits for name in (*each.values, "title")}))
    rows = [{**each.stored, **each.values, "title": _title(module, each)} for each in edits]
    arrays = [[row[name] for row in rows] for name in names]
    ids = [each.stored["id"] for each in edits]
    await work.connection.execute(update_sql(module.table, names), ids, work.viewer.id, *arrays)
    changes = await work.tell([_entry(module, each) for each in edits])
    return [Saved(module, id, change) for id, change in zip(ids, changes, strict=True)]


@lru_cache(maxsize=64)
def update_sql(table: Table, names: tuple[str, ...]) -> str:
    """$1 the ids, $2 who writes, then an array a name."""
    arrays = ", ".join(f"${i}::{sql_type(table, name)}[]" for i, name in enumerate(names, start=3))
    assigned = ", ".join(f"{name} = given.{name}" for name in names)
    return (
        f"UPDATE {table.name} AS t SET {assigned}, version = t.version + 1,"
        " updated_at = now(), updated_by_id = $2"
        f" FROM unnest($1::bigint[], {arrays}) AS given(id, {', '.join(names)})"
        " WHERE t.id = given.id"
    )


def _title(module: Module, edit: Edit) -> str:
    if edit.titles is None:
        kept: str = edit.stored["title"]
        return kept
    after = {**edit.stored, **edit.values}
    return title(module, after, after["number"], edit.titles)


def _entry(module: Module, edit: Edit) -> Entry:
    told = changed_fields(module, edit.stored, edit.values, {}, {})
    return Entry(edit.stored["id"], edit.operation, told, edit.stored["version"] + 1)
