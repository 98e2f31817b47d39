"""The recycle bin: what stands against putting a record in it, and what goes and comes with it.

Deleting cascades to nothing: what points at a record goes on pointing, shows nothing there, and
shows it again when the record is restored. So restoring is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import any_, select

from db import expenses, permission
from db.access import Scope, visible_register
from db.errors import FichesError, InvalidInput, Problem
from db.reading import CACHED, KEYS, Fetches
from db.statements import Statement, compiled
from db.suite import Module, Suite
from db.tables import record
from db.validation import Before, Checked


async def refusals(
    reader: Fetches, module: Module, rows: Mapping[int, Any], *, hold: bool
) -> dict[int, FichesError]:
    """Why the viewer may not delete records of the module, by id: Forbidden, Locked, InvalidInput;
    those they may are missing. At most one statement.

    With `hold` what this depends on stays so until the commit; without, nothing is written.
    """
    refused: dict[int, FichesError] = {}
    for id, row in rows.items():
        why = permission.refusal_of(reader.viewer, module, row, "delete")
        if why is not None:
            refused[id] = why
    left = {id: Checked(module, before=Before(rows[id])) for id in rows if id not in refused}
    await expenses.refuse_closed(reader, left.values(), hold=hold)
    return refused | {id: of_id(row.problems) for id, row in left.items() if row.problems}


def of_id(problems: Sequence[Problem]) -> InvalidInput:
    """Problems of values that were not sent: all that was is the record's id."""
    return InvalidInput([replace(each, path=("id",)) for each in problems])


def binned(suite: Suite) -> list[str]:
    """The modules whose records people delete. What actions undo stays with the books: it is in
    nobody's bin, and never purged.
    """
    return [module.name for module in suite.modules if not module.declared.by_actions]


@lru_cache(maxsize=CACHED)
def bin_statement(scope: Scope) -> Statement:
    rows = record.alias("t")
    seen = visible_register(rows, scope, deleted=True)
    return compiled(select(rows).where(rows.c.id == any_(KEYS), seen))


async def module_of_deleted(reader: Fetches, suite: Suite, id: int) -> Module | None:
    """The module of a record in the bin; None where the viewer sees none there. One statement."""
    rows = await reader.fetch(bin_statement(reader.viewer.scope), {"ids": [id]}, suite.register)
    return suite.get(rows[0]["module"]) if rows else None


@dataclass(frozen=True)
class Held:
    """What a record takes along: comments and replies that are not deleted, line items."""

    comments: int
    line_items: int


HELD: Final = """
SELECT own.id,
    (SELECT coalesce(sum(reply_count + CASE WHEN deleted_at IS NULL THEN 1 ELSE 0 END), 0)
        FROM comment WHERE record_id = own.id AND parent_id IS NULL)::int AS comments,
    {lines}::int AS lines
FROM unnest($1::bigint[]) AS own(id)
"""
LINES: Final = "(SELECT count(*) FROM line_item WHERE document_id = own.id)"


@lru_cache(maxsize=64)
def held_statement(suite: Suite) -> Statement:
    # A suite of its own may have no documents.
    return Statement(HELD.format(lines=LINES if "LineItem" in suite else "0"), ("ids",), {})


async def held(reader: Fetches, suite: Suite, ids: Iterable[int]) -> dict[int, Held]:
    """What hangs on records that the viewer sees, by id. One statement."""
    rows = await reader.fetch(held_statement(suite), {"ids": list(ids)})
    return {row["id"]: Held(row["comments"], row["lines"]) for row in rows}


# Not who wrote it last: what is made of a document in the bin is counted on it there.
DELETED_BY: Final = Statement(
    """
SELECT own.id, deleted.actor_id FROM unnest($1::bigint[]) AS own(id) JOIN LATERAL (
    SELECT actor_id FROM change WHERE record_id = own.id AND operation = 'DELETED'
    ORDER BY id DESC LIMIT 1
) AS deleted ON true
""",
    ("ids",),
    {},
)


async def deleted_by(reader: Fetches, ids: Iterable[int]) -> dict[int, int]:
    """Who deleted records in the bin, by their ids. One statement."""
    rows = await reader.fetch(DELETED_BY, {"ids": list(ids)})
    return {row["id"]: row["actor_id"] for row in rows}
