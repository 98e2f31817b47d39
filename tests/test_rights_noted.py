"""Who asks again is who they were last time only while no right has changed since."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest

from db.accounts import VIEWER
from db.rights import READ_FROM
from graph.context import Session
from tests.client import Client, World

LIST = "{ customerAccounts(first: 5) { nodes { name } } }"
LOOKED_AT_EACH_TIME = {"session", "record"}
"""Sessions end by the clock; those with whom records are shared are read each time."""


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each time that somebody's rights are read."""
    found: list[int] = []
    read = Session.viewer

    async def told(self: Session, connection: Any = None) -> Any:
        found.append(len(found))
        return await read(self, connection)

    monkeypatch.setattr(Session, "viewer", told)
    return found


async def settled(client: Client, readings: list[int]) -> None:
    """Ask until who asks is known from last time."""
    for _ in range(3):
        await client.ask(LIST)
    readings.clear()


def relations(plan: Any) -> set[str]:
    own = {plan["Relation Name"]} if "Relation Name" in plan else set()
    return own.union(*(relations(each) for each in plan.get("Plans", ())))


async def test_every_table_that_rights_are_read_from_notes_its_changes(world: World) -> None:
    pool = world.database.pool
    plan = await pool.fetchval(f"EXPLAIN (FORMAT JSON) {VIEWER}", 1, 1, 1, b"key")
    read = relations(plan[0]["Plan"])
    noting = await pool.fetch(
        "SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'rights_changed'"
    )

    assert read >= {"app_user", "membership", "team_member", "role", "profile", "sharing_rule"}
    assert read - LOOKED_AT_EACH_TIME == set(READ_FROM) == {each["name"] for each in noting}


async def test_while_none_changes_a_compiled_answer_says_so_itself(
    world: World, readings: list[int], compiled: bool
) -> None:
    client = await world.company()
    await client.create("CustomerAccount", name="Dupont")
    await settled(client, readings)

    answer = await client.ask(LIST)

    assert answer == {"customerAccounts": {"nodes": [{"name": "Dupont"}]}}
    assert not compiled or not readings
    assert client.statements == 1


@pytest.mark.parametrize("table", READ_FROM)
async def test_after_any_change_of_rights_they_are_read_anew(
    world: World, readings: list[int], table: str
) -> None:
    client = await world.company()
    await settled(client, readings)

    await world.database.pool.execute(f"DELETE FROM {table} WHERE false")
    await client.ask(LIST)

    assert readings


async def test_what_a_transaction_changed_acts_when_it_commits_and_not_before(
    world: World, readings: list[int]
) -> None:
    alice = await world.company()
    await alice.create("CustomerAccount", name="Dupont")
    bob = await alice.colleague("Bob")
    connection: asyncpg.Connection[Any]
    async with world.database.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(
            "INSERT INTO sharing (company_id, module) VALUES ($1, 'CustomerAccount')",
            alice.company_id,
        )
        await settled(bob, readings)
        before = await bob.ask(LIST)
        await transaction.commit()

    assert before == {"customerAccounts": {"nodes": []}}
    assert await bob.ask(LIST) == {"customerAccounts": {"nodes": [{"name": "Dupont"}]}}


async def test_who_is_deactivated_is_nobody_from_then_on(world: World, readings: list[int]) -> None:
    alice = await world.company()
    bob = await alice.colleague("Bob")
    await settled(bob, readings)

    await world.database.pool.execute(
        "UPDATE app_user SET active = false WHERE id = $1", bob.user_id
    )

    assert [each["code"] for each in await bob.refused(LIST)] == ["UNAUTHENTICATED"]


async def test_a_session_that_ended_is_nobody_s(world: World, readings: list[int]) -> None:
    client = await world.company()
    pool = world.database.pool
    session = await pool.fetchval(
        "INSERT INTO session (user_id, expires_at, device, address, family_hash, refresh_hash) "
        "VALUES ($1, now() + interval '1 day', '', '', $2, $2) RETURNING id",
        client.user_id,
        f"rights noted {client.user_id}".encode(),
    )
    client.headers = {
        "Authorization": f"Bearer {world.tokens.issue(client.user_id, session_id=session)}"
    }
    await settled(client, readings)

    await pool.execute("UPDATE session SET expires_at = now() WHERE id = $1", session)

    assert [each["code"] for each in await client.refused(LIST)] == ["UNAUTHENTICATED"]


async def test_records_that_are_shared_one_by_one_are_read_each_time(
    world: World, readings: list[int]
) -> None:
    alice = await world.company()
    id = await alice.create("CustomerAccount", name="Dupont")
    bob = await alice.colleague("Bob")
    await world.database.pool.execute(
        "INSERT INTO record_share (record_id, principal_id, writes) VALUES ($1, $2, false)",
        int(id),
        bob.user_id,
    )
    await settled(bob, readings)

    assert await bob.ask(LIST) == {"customerAccounts": {"nodes": [{"name": "Dupont"}]}}
    assert readings
