"""What somebody with every right on the database might do to a company's history.

Each is SQL with the company as $1; those at a position have it as $2. Nothing stops them under
`tampering`, and all is undone in the end.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from db.chain import DIGEST, Head, link, start
from db.chain_verification import Verified, verified
from tests.client import Client

CHANGE = "id = (SELECT change_id FROM seal WHERE company_id = $1 AND position = $2)"
SEAL = "company_id = $1 AND position = $2"

EDITS: Mapping[str, str] = {
    "fields": """fields = '[{"name": "name", "before": null, "after": "X"}]'""",
    "moment": "at = at + interval '1 microsecond'",
    "never": "at = 'infinity'",
    "actor": "actor_id = 0",
    "operation": "operation = operation || 'D'",
    "origin": "origin = 'SYSTEM'",
    "version": "version = coalesce(version, 0) + 1",
    "record": "record_id = record_id + 1",
}
"""What an edit sets of a change."""


@asynccontextmanager
async def tampering(client: Client) -> AsyncIterator[Any]:
    """A connection that nothing stops, as a superuser has it; all it did is undone in the end."""
    async with client.world.database.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute("SET LOCAL session_replication_role = replica")
        try:
            yield connection
        finally:
            await transaction.rollback()


async def verify(connection: Any, client: Client, **options: Any) -> Verified:
    """What is found of the client's company."""
    (found,) = [each async for each in verified(connection, [client.company_id], **options)]
    return found


async def edit(connection: Any, company: int, position: int, what: str) -> None:
    await connection.execute(f"UPDATE change SET {EDITS[what]} WHERE {CHANGE}", company, position)


async def edit_hash(connection: Any, company: int, position: int) -> None:
    await connection.execute(
        f"UPDATE seal SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1) WHERE {SEAL}",
        company,
        position,
    )


async def remove_change(connection: Any, company: int, position: int) -> None:
    await connection.execute(f"DELETE FROM change WHERE {CHANGE}", company, position)


async def remove_seal(connection: Any, company: int, position: int) -> None:
    await connection.execute(f"DELETE FROM seal WHERE {SEAL}", company, position)


async def remove(connection: Any, company: int, position: int) -> None:
    """The change and its seal."""
    await remove_change(connection, company, position)
    await remove_seal(connection, company, position)


async def remove_and_close_up(connection: Any, company: int, position: int) -> None:
    """The change and its seal, so that positions have no gap and the head is the last link."""
    await remove(connection, company, position)
    await _shift(connection, company, position, -1)
    await connection.execute(
        "UPDATE chain SET position = position - 1 WHERE company_id = $1", company
    )


async def swap(connection: Any, company: int, one: int, other: int, column: str) -> None:
    """Exchange the position, the change or the hash of two seals."""
    rows = await connection.fetch(
        "SELECT * FROM seal WHERE company_id = $1 AND position IN ($2, $3) ORDER BY position",
        company,
        one,
        other,
    )
    await connection.execute(
        "DELETE FROM seal WHERE company_id = $1 AND position IN ($2, $3)", company, one, other
    )
    for row, instead in zip(rows, reversed(rows), strict=True):
        await _insert_seal(connection, {**row, column: instead[column]})


async def add(connection: Any, company: int, position: int) -> int:
    """A change like that at the position, never sealed; its id."""
    id: int = await connection.fetchval(
        "INSERT INTO change (record_id, actor_id, operation, origin, version, fields)"
        " SELECT record_id, actor_id, operation, origin, version, fields FROM change"
        f" WHERE {CHANGE} RETURNING id",
        company,
        position,
    )
    return id


async def add_sealed(connection: Any, company: int, position: int) -> int:
    """A change sealed rightly at the position, those from there on moved up; its id."""
    change = await add(connection, company, position)
    before = await _hash(connection, company, position - 1)
    digest = await connection.fetchval(f"SELECT {DIGEST} FROM change WHERE id = $1", change)
    await _shift(connection, company, position, 1)
    row = {"company_id": company, "position": position, "change_id": change}
    await _insert_seal(connection, {**row, "hash": link(before, digest)})
    await connection.execute(
        "UPDATE chain SET position = position + 1 WHERE company_id = $1", company
    )
    return change


async def cut(connection: Any, company: int, position: int) -> None:
    """What is behind a position, so that the chain seems to end there."""
    await connection.execute(
        "DELETE FROM change WHERE id IN"
        " (SELECT change_id FROM seal WHERE company_id = $1 AND position > $2)",
        company,
        position,
    )
    await connection.execute(
        "DELETE FROM seal WHERE company_id = $1 AND position > $2", company, position
    )
    await put_head(connection, company, Head(position, await _hash(connection, company, position)))


async def put_head(connection: Any, company: int, head: Head) -> None:
    await connection.execute(
        "UPDATE chain SET position = $2, hash = $3 WHERE company_id = $1", company, *head
    )


async def seal_anew(connection: Any, company: int) -> None:
    """Compute the whole chain from what the changes hold now."""
    rows = await connection.fetch(
        f"SELECT position, {DIGEST} AS digest FROM seal JOIN change ON change.id = change_id"
        " WHERE company_id = $1 ORDER BY position",
        company,
    )
    at = start(company)
    for row in rows:
        at = Head(row["position"], link(at.hash, row["digest"]))
        await connection.execute(f"UPDATE seal SET hash = $3 WHERE {SEAL}", company, *at)
    await put_head(connection, company, at)


async def _hash(connection: Any, company: int, position: int) -> bytes:
    found: bytes | None = await connection.fetchval(
        f"SELECT hash FROM seal WHERE {SEAL}", company, position
    )
    return start(company).hash if found is None else found


async def _shift(connection: Any, company: int, position: int, by: int) -> None:
    """Move the seals from a position on; by way of negative ones, which are free."""
    for statement, argument in (
        ("SET position = -position WHERE company_id = $1 AND position >= $2", position),
        ("SET position = $2 - position WHERE company_id = $1 AND position < 0", by),
    ):
        await connection.execute(f"UPDATE seal {statement}", company, argument)


async def _insert_seal(connection: Any, row: Mapping[str, Any]) -> None:
    await connection.execute(
        "INSERT INTO seal (company_id, position, change_id, hash) VALUES ($1, $2, $3, $4)",
        *(row[name] for name in ("company_id", "position", "change_id", "hash")),
    )
