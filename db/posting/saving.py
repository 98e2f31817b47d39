"""What the service writes onto records it holds: one statement for all, one for their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Table

from db.conversion.following import follow, moved
from db.history import Entry, Operation, changed_fields
from db.inserting import sql_type
from db.suite import Module
from db.titles import title
from db.writing import Saved, Work

DELETED_AT: Final = "deleted_at"


@dataclass(frozen=True)
class Edit:
    """Values for one held record. `titles`: what it points at is called, to make its title anew."""

    stored: Any
    values: Mapping[str, Any]
    titles: Mapping[str, str] | None = None
    operation: Operation = Operation.UPDATED

    @property
    def changes(self) -> bool:
        """Whether any of the values is not what the record holds."""
        return any(self.stored[name] != value for name, value in self.values.items())


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
    if module.declared.lines:
        await follow(work, module, _moved(module, edits))
    return [Saved(module, id, change) for id, change in zip(ids, changes, strict=True)]


async def delete(work: Work, module: Module, rows: Sequence[Any]) -> list[Saved]:
    """Put held records that the service made in the recycle bin, in their order."""
    now = await work.connection.fetchval("SELECT now()")
    edits = [Edit(row, {DELETED_AT: now}, operation=Operation.DELETED) for row in rows]
    return await save(work, module, edits)


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


def _moved(module: Module, edits: Sequence[Edit]) -> list[int]:
    """The documents whose lines count otherwise in the status they get."""
    return [
        each.stored["id"]
        for each in edits
        if "status" in each.values and moved(module, each.stored["status"], each.values["status"])
    ]


def _title(module: Module, edit: Edit) -> str:
    if edit.titles is None:
        kept: str = edit.stored["title"]
        return kept
    after = {**edit.stored, **edit.values}
    return title(module, after, after["number"], edit.titles)


def _entry(module: Module, edit: Edit) -> Entry:
    # When a record was deleted is told by the operation.
    values = {name: value for name, value in edit.values.items() if name != DELETED_AT}
    told = changed_fields(module, edit.stored, values, {}, {})
    return Entry(edit.stored["id"], edit.operation, told, edit.stored["version"] + 1)
