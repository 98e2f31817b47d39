"""The hash chain over a company's history: each change is sealed before its transaction commits.

The hash of a link is sha256(hash of the link before || sha256(text of the change)). The first link
stands on a constant with the company's id. So no change can be edited, removed, moved or added
without the hash of every later link becoming wrong.

One head a company is locked while a transaction seals. It is the last thing that a transaction
locks, so it is held only while the transaction commits, and nobody can wait in a circle for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final, NamedTuple

import asyncpg

DIGEST: Final = """sha256(convert_to(jsonb_build_array(
    change.id, change.record_id, trunc(extract(epoch FROM change.at) * 1000000), change.actor_id,
    change.operation, change.origin, change.version, change.fields)::text, 'UTF8'))"""
"""The digest of a change. Its text depends on no setting: the time is in microseconds since 1970,
JSON is as jsonb writes it.
"""

NAME: Final = "fiches_seal"
TYPES: Final = "bigint, bigint[]"

# Without a head there is no position: then nothing can be inserted, and the transaction fails.
# The digests are one value of 32 bytes each: cutting one out of it takes as long at its end as at
# its start, which an array of them would not give.
SEAL: Final = f"""
WITH RECURSIVE head AS MATERIALIZED (
    SELECT position, hash FROM chain WHERE company_id = $1 FOR UPDATE
), told AS MATERIALIZED (
    SELECT id, row_number() OVER (ORDER BY id) AS place, {DIGEST} AS digest
    FROM change WHERE id = ANY($2::bigint[])
), link (place, hash) AS (
    SELECT 0::bigint, (SELECT hash FROM head)
    UNION ALL
    SELECT place + 1, sha256(hash || substring(
        (SELECT string_agg(digest, '' ORDER BY place) FROM told) FROM place::int * 32 + 1 FOR 32))
    FROM link WHERE place < (SELECT count(*) FROM told)
), sealed AS (
    INSERT INTO seal (company_id, position, change_id, hash)
    SELECT $1, (SELECT position FROM head) + place, told.id, link.hash
    FROM link JOIN told USING (place)
), moved AS (
    UPDATE chain SET position = head.position + link.place, hash = link.hash
    FROM head, link
    WHERE chain.company_id = $1 AND link.place = (SELECT count(*) FROM told)
    RETURNING chain.position
)
SELECT position FROM moved
"""


class Head(NamedTuple):
    """The last link of a chain: how many links there are, and its hash (32 bytes)."""

    position: int
    hash: bytes


def start(company_id: int) -> Head:
    """What the first link of a company's chain stands on."""
    return Head(0, sha256(f"fiches history {company_id}".encode()).digest())


def link(before: bytes, digest: bytes) -> bytes:
    """The hash of the link of a change behind another."""
    return sha256(before + digest).digest()


async def seal(connection: Any, company_id: int, changes: Sequence[int]) -> None:
    """Chain the changes of this transaction, in the order of their ids. One statement, or none.

    Those that were rolled back to a savepoint are not there any more, and fall out.
    """
    if changes:
        try:
            await connection.execute(SEAL, company_id, changes)
        except asyncpg.NotNullViolationError as error:
            raise headless(company_id, error) from None


async def commit(connection: Any, company_id: int, changes: Sequence[int]) -> None:
    """Do the same, and commit: one round trip. Raises as `seal` does, or what a commit raises."""
    if not changes:
        await connection.execute("COMMIT")
        return
    await connection.name(NAME, TYPES, SEAL)
    ids = ",".join(map(str, changes))
    try:
        await connection.execute(f"EXECUTE {NAME}({company_id:d}, '{{{ids}}}'); COMMIT")
    except asyncpg.NotNullViolationError as error:
        raise headless(company_id, error) from None


def headless(company_id: int, error: Any) -> Exception:
    """What a seal fails with where the head of the chain is gone; else what it failed with."""
    if error.table_name == "seal":
        return LookupError(f"the chain of company {company_id} has no head")
    own: Exception = error
    return own
