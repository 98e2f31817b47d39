"""One record shared with a user or a team: by whoever may edit it, with those of the company.

What is given and taken back is told in the record's history, to those who see the record. It leaves
the record's version: what the record holds is as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from db import reading
from db.administering import MOST
from db.declare import Label
from db.errors import ErrorCode, Forbidden, InvalidInput, NotFound, Problem
from db.history import Entry, Operation, field_change
from db.lookups import OWNING
from db.shares import hold
from db.writing import Work

RECORD: Final = Label("Fiche", "Record")

COUNT: Final = """
SELECT count(*) FROM record_share AS share JOIN record ON record.id = share.record_id
WHERE principal_id = $1 AND record_id <> $2 AND record.company_id = $3
"""
# Before it is written over: an insert that updates does not tell what was there.
SHARED: Final = "SELECT writes FROM record_share WHERE record_id = $1 AND principal_id = $2"
SHARE: Final = """
INSERT INTO record_share (record_id, principal_id, writes) VALUES ($1, $2, $3)
ON CONFLICT (record_id, principal_id) DO UPDATE SET writes = excluded.writes
"""
UNSHARE: Final = """
DELETE FROM record_share WHERE record_id = $1 AND principal_id = $2 RETURNING record_id, writes
"""
UNSHARE_ALL: Final = """
DELETE FROM record_share USING record
WHERE principal_id = $1 AND record.id = record_id AND record.company_id = $2
    AND record.purged_at IS NULL
RETURNING record_id, writes
"""
CALLED: Final = "SELECT kind, name FROM principal WHERE id = $1"


async def share_record(work: Work, id: int | None, principal: int, writes: bool) -> int:
    """Let a user or team read one record, or write it too. The record's id.

    Raises NotFound, Forbidden, InvalidInput for whoever may own nothing here, and where as many
    records are shared with them as may be: their ids are part of every statement of theirs.
    """
    row = await _edited(work, id)
    if not await work.fetch(OWNING, {"ids": [principal]}):
        params = {"id": str(principal)}
        raise InvalidInput([Problem(("with",), ErrorCode.NOT_FOUND, "not_an_owner", params)])
    await hold(work, principal)
    asked = (principal, row["id"], work.viewer.company_id)
    if await work.connection.fetchval(COUNT, *asked) >= MOST:
        about = {"label": RECORD, "maximum": MOST}
        raise InvalidInput([Problem(("with",), ErrorCode.INVALID, "too_many_shared", about)])
    before = await work.connection.fetchval(SHARED, row["id"], principal)
    if before is not writes:
        await work.connection.execute(SHARE, row["id"], principal, writes)
        await _tell(work, principal, [(row["id"], before)], writes)
    found: int = row["id"]
    return found


async def unshare_record(work: Work, id: int | None, principal: int) -> int:
    """Take it back; nothing where it was not shared. Raises NotFound, Forbidden."""
    row = await _edited(work, id)
    await hold(work, principal)
    taken = await work.connection.fetch(UNSHARE, row["id"], principal)
    await _tell(work, principal, taken, None)
    found: int = row["id"]
    return found


async def unshare_all(work: Work, principal: int) -> None:
    """Share nothing of the company with them any more."""
    await hold(work, principal)
    taken = await work.connection.fetch(UNSHARE_ALL, principal, work.viewer.company_id)
    await _tell(work, principal, taken, None)


async def _tell(work: Work, principal: int, before: Iterable[Any], after: bool | None) -> None:
    """Tell records, each with what was given before, what is given now; None for nothing."""
    kind, name = await work.connection.fetchrow(CALLED, principal)
    party = f"{kind}-{principal}"

    def given(writes: bool | None) -> Any:
        return None if writes is None else {"with": party, "writes": writes}

    operation = Operation.UNSHARED if after is None else Operation.SHARED
    entries = []
    for id, was in before:
        names = [None if each is None else name for each in (was, after)]
        entries.append(
            Entry(id, operation, [field_change("shares", given(was), given(after), *names)])
        )
    await work.tell(entries)


async def _edited(work: Work, id: int | None) -> Any:
    """The record, which the viewer may edit but for a status that locks it."""
    found = await reading.registered_by_id(work, work.suite, [] if id is None else [id])
    if id is None or id not in found:
        raise NotFound(RECORD, "" if id is None else id, ("record",))
    row = found[id]
    if not work.viewer.may("edit", row.module, row):
        raise Forbidden(row.module.singular, "edit", ("record",))
    return row
