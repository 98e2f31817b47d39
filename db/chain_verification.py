"""Whether the history of each company is what was sealed (db/chain.py), and if not, where first.

Links are read in their order by a cursor, so that memory does not grow with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from db.chain import DIGEST, Head, link, start

PAGE: Final = 5_000
"""Links read at once."""

COMPANIES: Final = """
SELECT company.id, name, position, hash FROM company LEFT JOIN chain ON company_id = company.id
WHERE $1::bigint[] IS NULL OR company.id = ANY($1) ORDER BY company.id
"""
LINKS: Final = f"""
SELECT seal.position, seal.change_id, seal.hash, change.id, {DIGEST} AS digest,
    record.company_id, record.number
FROM seal LEFT JOIN change ON change.id = seal.change_id
LEFT JOIN record ON record.id = change.record_id
WHERE seal.company_id = $1 ORDER BY seal.position
"""
# A link further on that belongs where another was found: by its change, or by its hash.
ELSEWHERE: Final = f"""
SELECT seal.position FROM seal JOIN change ON change.id = seal.change_id
WHERE seal.company_id = $1 AND seal.position > $2
    AND (seal.hash = $4 OR sha256($3 || {DIGEST}) IN ($5, seal.hash))
ORDER BY seal.position LIMIT 1
"""
# A seal in the chain of another company is none; where the record is gone, whose it was is unknown.
UNSEALED: Final = """
SELECT DISTINCT ON (record.company_id) record.company_id, change.id, record.number
FROM change LEFT JOIN record ON record.id = change.record_id
WHERE NOT EXISTS (
        SELECT FROM seal WHERE seal.change_id = change.id
        AND (record.company_id IS NULL OR seal.company_id = record.company_id))
    AND ($1::bigint[] IS NULL OR record.company_id = ANY($1))
ORDER BY record.company_id, change.id
"""

Step = Callable[[str, int, int], None]
"""Told what is looked at, how many were, and how many the heads say there are."""

Heads = Mapping[int, Sequence[Head]]
"""By company, the heads that its chain had once, as checkpoints keep them (db/checkpoints.py)."""


class Wrong(StrEnum):
    """What can be wrong with a link."""

    EDITED = "EDITED"
    REMOVED = "REMOVED"
    SWAPPED = "SWAPPED"
    ADDED = "ADDED"
    MOVED = "MOVED"
    CUT = "CUT"
    HEAD = "HEAD"
    REWRITTEN = "REWRITTEN"


@dataclass(frozen=True)
class BadLink:
    """The first link of a chain that does not hold. What is not known of it is None."""

    wrong: Wrong
    why: str
    position: int | None = None
    change_id: int | None = None
    number: str | None = None
    """The number of the record whose change it is."""

    def __str__(self) -> str:
        """`position 12, change 345 of FAC-2026-00012: EDITED, …`."""
        place = [f"position {self.position:,}"] if self.position is not None else []
        if self.change_id is not None:
            of = f" of {self.number}" if self.number is not None else ""
            place.append(f"change {self.change_id}{of}")
        return f"{', '.join(place)}: {self.wrong}, {self.why}"


@dataclass(frozen=True)
class Verified:
    """What became of a company's chain: its head, and the first bad link, None if it is intact."""

    company_id: int | None
    name: str
    head: Head
    bad: BadLink | None

    def __str__(self) -> str:
        if self.bad is not None:
            return f"{self.name}: {self.bad}"
        return f"{self.name}: {self.head.position:,} changes, intact, head {self.head.hash.hex()}"


@dataclass(frozen=True)
class _Progress:
    """Of one company: `done` of `total` links came before it."""

    step: Step
    done: int
    total: int

    def reached(self, position: int) -> None:
        self.step("changes", self.done + position, self.total)


async def verified(
    connection: Any,
    companies: Sequence[int] | None = None,
    known: Heads | None = None,
    step: Step = lambda *_: None,
) -> AsyncIterator[Verified]:
    """Each company in turn, all of them unless `companies` are given.

    `connection` must be in a transaction that sees one snapshot. Three statements, and two more
    for each company. Chains must hold what `known` says of them.
    """
    known = known or {}
    unsealed = {row["company_id"]: row for row in await connection.fetch(UNSEALED, companies)}
    found = {row["id"]: row for row in await connection.fetch(COMPANIES, companies)}
    done, total = 0, sum(row["position"] or 0 for row in found.values())
    for id, row in found.items():
        at, bad = await _walked(connection, id, known.get(id, ()), _Progress(step, done, total))
        done += at.position
        bad = bad or _end(at, row, known.get(id, ()))
        yield Verified(id, row["name"], at, bad or _added(unsealed.get(id)))
    if companies is not None:
        return
    if stray := _added(unsealed.get(None)):
        yield Verified(None, "no company", Head(0, b""), stray)
    for id in sorted(known.keys() - found.keys()):
        bad = BadLink(Wrong.CUT, "the company of a checkpoint is gone", 0)
        yield Verified(id, f"company {id}", start(id), bad)


async def _walked(
    connection: Any, id: int, known: Sequence[Head], progress: _Progress
) -> tuple[Head, BadLink | None]:
    """How far the chain holds, and the first link that does not."""
    # Two checkpoints of one position may differ: the chain can't be both.
    wanted: dict[int, set[bytes]] = defaultdict(set)
    for head in known:
        wanted[head.position].add(head.hash)
    at = earlier = start(id)
    before: Any = None
    async for row in connection.cursor(LINKS, id, prefetch=PAGE):
        bad = _broken(id, at, earlier, row, before)
        if bad is not None:
            if bad.wrong is Wrong.EDITED:
                bad = await _swapped(connection, id, at, row) or bad
            return at, bad
        earlier, at, before = at, Head(at.position + 1, row["hash"]), row
        if wanted.get(at.position, {at.hash}) != {at.hash}:
            why = "it or one before it is not what the checkpoint has seen"
            return at, _of(row, Wrong.REWRITTEN, why)
        if at.position % PAGE == 0:
            progress.reached(at.position)
    progress.reached(at.position)
    return at, None


def _broken(company_id: int, at: Head, earlier: Head, row: Any, before: Any) -> BadLink | None:
    position = at.position + 1
    if row["position"] != position:
        return BadLink(Wrong.REMOVED, "its seal is gone", position)
    if row["id"] is None:
        return _of(row, Wrong.REMOVED, "the change is gone")
    if row["hash"] != link(at.hash, row["digest"]):
        if row["hash"] == link(earlier.hash, row["digest"]) and before is not None:
            return _of(before, Wrong.ADDED, "the link behind it was sealed without it")
        return _of(row, Wrong.EDITED, "the change does not give the hash of its seal")
    if row["company_id"] != company_id:
        whose = "is gone" if row["company_id"] is None else "belongs to another company"
        return _of(row, Wrong.MOVED, f"its record {whose}")
    return None


async def _swapped(connection: Any, company_id: int, at: Head, row: Any) -> BadLink | None:
    right = link(at.hash, row["digest"])
    elsewhere = await connection.fetchval(
        ELSEWHERE, company_id, row["position"], at.hash, right, row["hash"]
    )
    if elsewhere is None:
        return None
    return _of(row, Wrong.SWAPPED, f"what belongs here is at position {elsewhere:,}")


def _end(at: Head, company: Any, known: Sequence[Head]) -> BadLink | None:
    """Whether a chain that holds is as long as its head and the checkpoints say."""
    if company["position"] is None:
        return BadLink(Wrong.HEAD, "the head of the chain is gone", at.position)
    longest = max([0, *(head.position for head in known)])
    for says, there_were in (("the head", company["position"]), ("a checkpoint", longest)):
        if there_were > at.position:
            return BadLink(Wrong.CUT, f"{says} says there were {there_were:,}", at.position + 1)
    if company["position"] < at.position:
        why = f"the head stands at {company['position']:,}, the chain goes on"
        return BadLink(Wrong.HEAD, why, at.position)
    if company["hash"] != at.hash:
        return BadLink(Wrong.HEAD, "the hash of the head is not that of the last link", at.position)
    return None


def _added(row: Any) -> BadLink | None:
    if row is None:
        return None
    return BadLink(Wrong.ADDED, "it is not sealed", None, row["id"], row["number"])


def _of(row: Any, wrong: Wrong, why: str) -> BadLink:
    return BadLink(wrong, why, row["position"], row["change_id"], row["number"])
