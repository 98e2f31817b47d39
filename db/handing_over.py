"""What somebody owned given to another: of a user who leaves, of a team that is dissolved.

All of it in the company acted in, locked or not, in the recycle bin or out of it; told in the
history of each record. It goes in batches, each a transaction, so that nobody waits for long.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

from db.errors import ErrorCode, FichesError, InvalidInput, Problem
from db.journal import EventKind, note
from db.lookups import OWNING
from db.writing import Patch, Work

BATCH: Final = 500
"""Records handed over in one transaction."""
MOST: Final = 5_000
"""Records handed over by one request; where there are more, it is asked for again."""

OWNED: Final = """
SELECT id, module, deleted_at IS NOT NULL AS deleted FROM record
WHERE owner_id = $1 AND company_id = $2 AND id > $3 AND purged_at IS NULL ORDER BY id LIMIT $4
"""
LEFT: Final = """
SELECT count(*)::int FROM record
WHERE owner_id = $1 AND company_id = $2 AND id > $3 AND purged_at IS NULL
"""


CALLED: Final = "SELECT kind, name FROM principal WHERE id = $1"


@dataclass(frozen=True)
class Progress:
    """How far it went: `after` is the id of the last record looked at. `kept` could not be given;
    `remaining` were not looked at yet.
    """

    given: int = 0
    kept: int = 0
    after: int = 0
    remaining: int = 0

    @property
    def looked_at(self) -> int:
        return self.given + self.kept


async def refuse_owner(work: Work, old: int, new: int) -> None:
    """Raises InvalidInput where the new owner is the old one, or could own nothing here."""
    if new == old or not await work.fetch(OWNING, {"ids": [new]}):
        params = {"id": str(new)}
        raise InvalidInput([Problem(("newOwner",), ErrorCode.NOT_FOUND, "not_an_owner", params)])


async def left(work: Work, owner: int, after: int = 0) -> int:
    """How many records somebody owns in the company, behind an id."""
    found: int = await work.connection.fetchval(LEFT, owner, work.viewer.company_id, after)
    return found


async def hand_over(work: Work, old: int, new: str, so_far: Progress, most: int) -> Progress:
    """Give the next `most` records of somebody to another, oldest first."""
    asked = (old, work.viewer.company_id, so_far.after, most)
    rows = await work.connection.fetch(OWNED, *asked)
    ids: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for row in rows:
        ids[row["module"], row["deleted"]].append(row["id"])
    given, kept = so_far.given, so_far.kept
    for (name, deleted), some in ids.items():
        module = work.suite.get(name)
        done: list[Any] = []
        if module is not None:
            patches = [Patch(each, {"owner": new}) for each in some]
            done = await work.update_many(module, patches, by_service=True, deleted=deleted)
        moved = sum(not isinstance(each, FichesError) for each in done)
        given, kept = given + moved, kept + len(some) - moved
    after = rows[-1]["id"] if rows else so_far.after
    return Progress(given, kept, after, await left(work, old, after))


async def note_handed_over(work: Work, old: int, new: str, done: Progress) -> None:
    """Tell the event journal, once all that was asked for is done."""
    if not done.looked_at:
        return
    kind, name = await work.connection.fetchrow(CALLED, old)
    told = {"newOwner": new, "handedOver": done.given, "kept": done.kept}
    await note(work, EventKind.RECORDS_HANDED_OVER, f"{kind}-{old}", name, None, told)
