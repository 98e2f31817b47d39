"""What posting reads, held against other writers until the commit."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ARRAY, Text, any_, bindparam, select

from db.access import Scope, visible
from db.errors import ErrorCode, Forbidden, InvalidInput, NotFound, Problem
from db.lookups import OWNING
from db.statements import Statement, compiled
from db.suite import Module
from db.text import fold
from db.writing import Work

HOLD: Final = "SELECT pg_advisory_xact_lock(hashtextextended('books ' || $1::bigint, 0))"

VALUES: Final = "values"


async def hold_books(work: Work) -> None:
    """Post in turn within a company, until the commit.

    The counters would make postings wait for each other anyway; waiting here, before anything is
    read, rules out deadlocks between them and makes dates, missing accounts and remainders safe to
    check.
    """
    await work.connection.execute(HOLD, work.viewer.company_id)


async def edited(work: Work, module: Module, id: int, argument: str = "id") -> Any:
    """The record's row, held. Raises NotFound, and Forbidden to whoever may not edit it."""
    rows = await among(work, module, "id", [id], lock=True)
    if not rows:
        raise NotFound(module.singular, id, (argument,))
    if not work.viewer.may("edit", module, rows[0]):
        raise Forbidden(module.singular, "edit", (argument,))
    return rows[0]


def refuse_status(module: Module, row: Any, accepted: Iterable[str]) -> None:
    """Raises InvalidInput unless the record's status is one of those accepted, naming them."""
    status, wanted = row["status"], tuple(accepted)
    if status not in wanted:
        choice: Any = module.columns["status"].choice
        params = {
            "record": row["number"],
            "status": choice(status),
            "accepted": [choice(each) for each in wanted],
        }
        raise InvalidInput([Problem(("id",), ErrorCode.INVALID, "wrong_status", params)])


async def among(
    work: Work, module: Module, column: str, values: Iterable[Any], *, lock: bool = False
) -> list[Any]:
    """The rows seen whose `column` is one of `values`, by id. One statement, or none for none."""
    wanted = list(values)
    if not wanted:
        return []
    statement = _among(module, column, work.viewer.scope, lock)
    return list(await work.fetch(statement, {VALUES: wanted}, module.row))


async def lettered(work: Work, module: Module, codes: Iterable[str]) -> list[Any]:
    """The rows with one of the lettering codes, in whatever case, held. One statement."""
    statement = _lettered(module, work.viewer.scope)
    return list(await work.fetch(statement, {VALUES: list(codes)}, module.row))


async def owners(work: Work, rows: Iterable[Any]) -> dict[int, int]:
    """Who is to own what is made of records, by their id. One statement.

    Their owner, so that who may see a document may see what was posted for it; where that owner
    has left the company, the viewer.
    """
    wanted = {row["id"]: row["owner_id"] for row in rows}
    found = await work.fetch(OWNING, {"ids": sorted(set(wanted.values()))})
    known = {each["id"] for each in found}
    return {id: owner if owner in known else work.viewer.id for id, owner in wanted.items()}


@lru_cache(maxsize=256)
def _among(module: Module, column: str, scope: Scope, lock: bool) -> Statement:
    rows = module.table.alias("t")
    own = rows.c[column]
    wanted = own == any_(bindparam(VALUES, type_=ARRAY(own.type)))
    found = select(rows).where(wanted, visible(module, rows, scope)).order_by(rows.c.id)
    # Not FOR UPDATE: that would wait for whoever is only pointing at the row.
    return compiled(found.with_for_update(key_share=True) if lock else found)


@lru_cache(maxsize=16)
def _lettered(module: Module, scope: Scope) -> Statement:
    rows = module.table.alias("t")
    wanted = fold(rows.c.lettering_code) == any_(bindparam(VALUES, type_=ARRAY(Text)))
    found = select(rows).where(wanted, visible(module, rows, scope)).order_by(rows.c.id)
    return compiled(found.with_for_update(key_share=True))
