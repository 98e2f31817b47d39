"""The hash chain over the history: whatever is altered behind its back is found and named."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from db.chain_verification import Verified, verified
from tests.client import Client


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
    (found,) = [each async for each in verified(connection, [client.company_id], **options)]
    return found


async def test_a_history_that_nobody_touched_is_intact(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.comment(account, "Vu")
    await client.act("delete", "CustomerAccount", account)

    async with tampering(client) as connection:
        found = await verify(connection, client)

    assert found.bad is None
    assert str(found) == f"Société d’essai: 3 changes, intact, head {found.head.hash.hex()}"


async def test_an_edited_field_is_found(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.comment(account, "Vu")

    async with tampering(client) as connection:
        change = await connection.fetchval(
            "UPDATE change SET fields = '[]' WHERE record_id = $1 AND version = 1 RETURNING id",
            int(account),
        )
        found = await verify(connection, client)

    assert str(found) == (
        f"Société d’essai: position 1, change {change} of CLI-00001: EDITED,"
        " the change does not give the hash of its seal"
    )
