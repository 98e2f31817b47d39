"""One record shared with a user or a team: by whoever may edit it, with those of the company."""

from __future__ import annotations

from typing import Any, Final

from db import reading
from db.administering import MOST
from db.declare import Label
from db.errors import ErrorCode, Forbidden, InvalidInput, NotFound, Problem
from db.lookups import OWNING
from db.writing import Work

RECORD: Final = Label("Fiche", "Record")

COUNT: Final = """
SELECT count(*) FROM record_share AS share JOIN record ON record.id = share.record_id
WHERE principal_id = $1 AND record_id <> $2 AND record.company_id = $3
"""
SHARE: Final = """
INSERT INTO record_share (record_id, principal_id, writes) VALUES ($1, $2, $3)
ON CONFLICT (record_id, principal_id) DO UPDATE SET writes = excluded.writes
"""
UNSHARE: Final = "DELETE FROM record_share WHERE record_id = $1 AND principal_id = $2"
HOLD: Final = "SELECT pg_advisory_xact_lock(hashtext('fiches record shares'), $1::bigint::int)"


async def share_record(work: Work, id: int | None, principal: int, writes: bool) -> int:
    """Let a user or team read one record, or write it too. The record's id.

    Raises NotFound, Forbidden, InvalidInput for whoever may own nothing here, and where as many
    records are shared with them as may be: their ids are part of every statement of theirs.
    """
    row = await _edited(work, id)
    if not await work.fetch(OWNING, {"ids": [principal]}):
        params = {"id": str(principal)}
        raise InvalidInput([Problem(("with",), ErrorCode.NOT_FOUND, "not_an_owner", params)])
    # The lock is that of whom it is shared with: two at a time cannot pass the limit together.
    await work.connection.execute(HOLD, principal % 2**31)
    asked = (principal, row["id"], work.viewer.company_id)
    if await work.connection.fetchval(COUNT, *asked) >= MOST:
        about = {"label": RECORD, "maximum": MOST}
        raise InvalidInput([Problem(("with",), ErrorCode.INVALID, "too_many_shared", about)])
    await work.connection.execute(SHARE, row["id"], principal, writes)
    found: int = row["id"]
    return found


async def unshare_record(work: Work, id: int | None, principal: int) -> int:
    """Take it back; nothing where it was not shared. Raises NotFound, Forbidden."""
    row = await _edited(work, id)
    await work.connection.execute(UNSHARE, row["id"], principal)
    found: int = row["id"]
    return found


async def _edited(work: Work, id: int | None) -> Any:
    """The record, which the viewer may edit but for a status that locks it."""
    found = await reading.registered_by_id(work, work.suite, [] if id is None else [id])
    if id is None or id not in found:
        raise NotFound(RECORD, "" if id is None else id, ("record",))
    row = found[id]
    if not work.viewer.may("edit", row.module, row):
        raise Forbidden(row.module.singular, "edit", ("record",))
    return row
