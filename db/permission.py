"""What the viewer may do to a record they see: one rule, asked before writing and shown beforehand.

It needs the record's id and owner, and its status where that locks records of its module.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import any_, select, union_all

from db.access import Viewer
from db.errors import Action, FichesError, Forbidden, Locked
from db.reading import KEYS, Fetches
from db.statements import Statement, compiled
from db.suite import Module, Suite


def refusal_of(
    viewer: Viewer, module: Module, row: Mapping[str, Any], action: Action = "edit"
) -> FichesError | None:
    """Why the viewer may not do this to the record: Forbidden, Locked; None where they may.

    `row` is the module's, or the register's with the `status` that `statuses` gives.
    """
    if module.declared.by_actions or not viewer.may(action, module, row):
        return Forbidden(module.singular, action, ("id",))
    if locks(module) and locked(module, row["status"]):
        return Locked(row["number"], ("id",))
    return None


def locks(module: Module) -> bool:
    """Whether some status of the module's records locks them."""
    return bool(module.declared.closed or module.declared.edited_in)


def locked(module: Module, status: str) -> bool:
    """Whether a record in this status is written by actions only, or no more."""
    declared = module.declared
    closed = bool(declared.closed) and status == declared.closed
    return closed or bool(declared.edited_in and status not in declared.edited_in)


@lru_cache(maxsize=64)
def statuses_statement(suite: Suite) -> Statement | None:
    """Rows of `id` and `status`, of all modules that have one that locks; None without such."""
    tables = [module.table.alias() for module in suite.modules if locks(module)]
    found = [select(each.c.id, each.c.status).where(each.c.id == any_(KEYS)) for each in tables]
    return compiled(union_all(*found)) if found else None


async def statuses(reader: Fetches, suite: Suite, ids: Iterable[int]) -> dict[int, str]:
    """The statuses of records that the viewer sees, by id, of modules that lock. One statement."""
    statement = statuses_statement(suite)
    if statement is None:
        return {}
    rows = await reader.fetch(statement, {"ids": list(ids)})
    return {row["id"]: row["status"] for row in rows}
