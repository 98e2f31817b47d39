"""Purging: what goes for good, what waits, and what is told of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import history, purging, removing
from db.delivery import gone as gone_for
from db.purging import purge
from db.reader import Reader
from tests.bins import aged, binned, deleted, everything, furnished, restored
from tests.books import invoice, item
from tests.client import Client, World
from tests.properties import examples, made
from tests.replay import untold
from tests.saves import history as told_of
from tests.tampering import tampering, verify


async def left(client: Client, *records: tuple[str, str]) -> list[bool]:
    """Whether records are there, live or in the bin; the register must say the same."""
    found = []
    for module, id in records:
        table = client.suite[module].table.name
        pool = client.world.database.pool
        there = await pool.fetchval(f"SELECT true FROM {table} WHERE id = $1", int(id))
        purged = await pool.fetchval("SELECT purged_at FROM record WHERE id = $1", int(id))
        assert bool(there) is (purged is None)
        found.append(bool(there))
    return found


async def test_what_was_deleted_long_ago_goes_but_for_its_history(client: Client) -> None:
    records = dict(await furnished(client))
    quote, order = ("Quote", records["Quote"]), ("SalesOrder", records["SalesOrder"])
    await aged(client, quote, order)
    kept = await everything(client)
    pool = client.world.database.pool
    entries = await pool.fetchval("SELECT count(*) FROM change WHERE record_id = $1", int(quote[1]))

    report = await purge(client.world.database, 30)

    assert report.purged >= 2
    assert await left(client, quote, order) == [False, False]
    now = await everything(client)
    mine = {int(quote[1]), int(order[1])}
    assert now["link"] == kept["link"]
    assert now["line_item"] == []
    assert now["comment"] == [each for each in kept["comment"] if each["record_id"] not in mine]
    assert now["comment"] != kept["comment"]
    same = [name for name in kept if name not in ("line_item", "comment", "record")]
    gone = {f"Quote {quote[1]}", f"SalesOrder {order[1]}"}
    assert {name: now.get(name) for name in same} == {
        name: None if name in gone else kept[name] for name in same
    }
    changes = await pool.fetch(
        "SELECT * FROM change WHERE record_id = $1 ORDER BY id", int(quote[1])
    )
    assert len(changes) == entries + 1
    last = changes[-1]
    assert (last["operation"], last["origin"], last["actor_id"]) == ("PURGED", "SYSTEM", 0)
    events = await pool.fetch("SELECT kind FROM outbox WHERE change_id = $1", last["id"])
    assert [each["kind"] for each in events] == ["PURGED"]
    assert await binned(client) == []
    assert (await restored(client, quote[1]))["errors"][0]["code"] == "NOT_FOUND"
    payload = await client.act("restore", *quote)
    assert [each["code"] for each in payload["errors"]] == ["NOT_FOUND"]
    async with Reader(client.world.database, await client.viewer()) as reader:
        assert await gone_for(reader, int(quote[1]))


async def test_what_was_deleted_lately_stays(client: Client) -> None:
    contact = ("Contact", await client.create("Contact", lastName="Martin"))
    await aged(client, contact, days=29)

    await purge(client.world.database, 30)

    assert await left(client, contact) == [True]
    assert await binned(client) == ["Martin"]


async def test_what_is_pointed_at_waits(client: Client) -> None:
    account = ("CustomerAccount", await client.create("CustomerAccount", name="Dupont"))
    contact = ("Contact", await client.create("Contact", lastName="M", account=account[1]))
    await aged(client, account)

    await purge(client.world.database, 30)
    by_a_live_one = await left(client, account, contact)
    await deleted(client, *contact)
    await purge(client.world.database, 30)
    by_one_in_the_bin = await left(client, account, contact)
    await restored(client, contact[1])
    await aged(client, contact)
    await purge(client.world.database, 30)

    assert by_a_live_one == by_one_in_the_bin == [True, True]
    assert await left(client, account, contact) == [False, False]


async def test_a_line_and_what_was_made_of_it_keep_what_they_point_at(client: Client) -> None:
    records = dict(await furnished(client))
    product, quote, order, deal = (
        (module, records[module]) for module in ("Product", "Quote", "SalesOrder", "Deal")
    )
    await aged(client, product, quote, deal)
    await purge(client.world.database, 30)
    waiting = await left(client, product, quote, deal)
    await aged(client, order)

    await purge(client.world.database, 30)

    assert waiting == [True, True, True]
    assert await left(client, product, quote, order, deal) == [False] * 4


async def test_links_that_go_are_told_where_they_were_declared(client: Client) -> None:
    kept, gone = [await client.create("Campaign", name=name) for name in ("Salon", "Foire")]
    account = await client.create("CustomerAccount", name="Dupont", campaigns=[kept, gone])
    await aged(client, ("Campaign", gone))

    await purge(client.world.database, 30)

    data = await client.ask(
        "query ($id: ID!) { customerAccount(id: $id) { version updatedBy { name } "
        "campaigns { nodes { id } } history(first: 1) { nodes { operation origin version actor "
        "{ __typename } fields { name before after beforeDisplay afterDisplay } } } } }",
        id=account,
    )
    assert data["customerAccount"] == {
        "version": 2,
        "updatedBy": {"name": "Fiches"},
        "campaigns": {"nodes": [{"id": kept}]},
        "history": {
            "nodes": [
                {
                    "operation": "UPDATED",
                    "origin": "SYSTEM",
                    "version": 2,
                    "actor": {"__typename": "System"},
                    "fields": [
                        {
                            "name": "campaigns",
                            "before": [kept, gone],
                            "after": [kept],
                            "beforeDisplay": "Salon, Foire",
                            "afterDisplay": "Salon",
                        }
                    ],
                }
            ]
        },
    }


async def test_links_that_go_are_told_at_their_far_ends_and_all_is_sealed(client: Client) -> None:
    fair = await client.create("Campaign", name="Salon")
    account = await client.create("CustomerAccount", name="Dupont", campaigns=[fair])
    other = await client.create("CustomerAccount", name="Durand", campaigns=[fair])
    await aged(client, ("CustomerAccount", account))

    await purge(client.world.database, 30)

    unlinked = (await told_of(client, fair))[-1]
    assert (unlinked["operation"], unlinked["origin"], unlinked["version"]) == (
        "UNLINKED",
        "SYSTEM",
        None,
    )
    assert [
        (each["name"], each["before"], each["after"], each["beforeDisplay"])
        for each in unlinked["fields"]
    ] == [("accounts", [account], None, "Dupont")]
    assert await untold(client) == []
    assert (await linked(client, fair)) == [other]
    async with tampering(client) as connection:
        assert (await verify(connection, client)).bad is None


async def linked(client: Client, campaign: str) -> list[str]:
    data = await client.ask(
        "query ($id: ID!) { campaign(id: $id) { accounts { nodes { id } } } }", id=campaign
    )
    return [each["id"] for each in data["campaign"]["accounts"]["nodes"]]


async def test_a_document_of_the_books_never_goes(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    draft, sent = [("CustomerInvoice", await invoice(client, account, item("9"))) for _ in "ab"]
    await aged(client, draft, sent)
    await client.world.database.pool.execute(
        "UPDATE customer_invoice SET status = 'sent' WHERE id = $1", int(sent[1])
    )

    await purge(client.world.database, 30)

    assert await left(client, draft, sent) == [False, True]


async def test_one_process_purges_at_a_time(client: Client, database_url: str) -> None:
    contact = ("Contact", await client.create("Contact", lastName="Martin"))
    await aged(client, contact)
    other = await asyncpg.connect(database_url)
    await other.execute("SELECT pg_advisory_lock($1)", purging.LOCK)

    busy = await purge(client.world.database, 30)
    still = await left(client, contact)
    await other.close()
    free = await purge(client.world.database, 30)

    assert (busy.busy, busy.purged, still) == (True, 0, [True])
    assert (free.busy, await left(client, contact)) == (False, [False])


async def test_what_somebody_holds_is_purged_later(client: Client, database_url: str) -> None:
    first, second = [("Contact", await client.create("Contact", lastName=name)) for name in "ab"]
    await aged(client, first, second)
    other = await asyncpg.connect(database_url)
    transaction = other.transaction()
    await transaction.start()
    await other.execute("SELECT FROM contact WHERE id = $1 FOR UPDATE", int(first[1]))

    await purge(client.world.database, 30)
    held = await left(client, first, second)
    await transaction.rollback()
    await other.close()
    await purge(client.world.database, 30)

    assert held == [True, False]
    assert await left(client, first, second) == [False, False]


async def test_a_process_that_serves_purges_by_itself(client: Client) -> None:
    contact = ("Contact", await client.create("Contact", lastName="Martin"))
    await aged(client, contact)

    async with purging.purging(client.world.database, 30, every=0.01):
        for _ in range(500):
            if not await binned(client):
                break
            await asyncio.sleep(0.02)

    assert await left(client, contact) == [False]


@dataclass(frozen=True)
class Someone:
    """A person drawn: how they are, and whose place among the others their manager's is."""

    state: str
    manager: int | None


people = st.lists(
    st.builds(
        Someone,
        st.sampled_from(["live", "late", "old", "old", "old"]),
        st.none() | st.integers(0, 9),
    ),
    min_size=1,
    max_size=10,
)


@examples(25)
@given(drawn=people, size=st.sampled_from([1, 2, 3, 1000]))
async def test_what_goes_is_what_a_plain_model_lets_go(
    world: World, drawn: list[Someone], size: int
) -> None:
    client = await world.company()
    ids = await made(
        client, "Person", [{"first_name": "x", "last_name": f"{i}"} for i, _ in enumerate(drawn)]
    )
    pool, managers = world.database.pool, {}
    days = {"live": None, "late": 3, "old": 40}
    for i, each in enumerate(drawn):
        if each.manager is not None and each.manager < len(drawn):
            managers[i] = each.manager
        await pool.execute(
            "UPDATE person SET manager_id = $2, deleted_at = now() - $3 * interval '1 day' "
            "WHERE id = $1",
            ids[i],
            ids[managers[i]] if i in managers else None,
            days[each.state],
        )

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(purging, "BATCH", size)
        await purge(world.database, 30)

    going = {i for i, each in enumerate(drawn) if each.state == "old"}
    while True:
        stay = {managers[i] for i in managers if i not in going} & going
        if not stay:
            break
        going -= stay
    there = {row["id"] for row in await pool.fetch("SELECT id FROM person WHERE id = ANY($1)", ids)}
    assert there == {id for i, id in enumerate(ids) if i not in going}


async def ring(client: Client, size: int) -> list[int]:
    """People each of whom is managed by the next, deleted long ago, one a day."""
    people = [{"first_name": "x", "last_name": f"{i}"} for i in range(size)]
    ids = await made(client, "Person", people)
    await client.world.database.pool.executemany(
        "UPDATE person SET manager_id = $2, deleted_at = now() - $3 * interval '1 day' "
        "WHERE id = $1",
        [(id, ids[(i + 1) % size], 90 - i) for i, id in enumerate(ids)],
    )
    return ids


async def test_rings_go_a_few_at_a_time_where_they_are_many(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings = [await ring(client, 3) for _ in range(6)] + [await ring(client, 9)]
    monkeypatch.setattr(purging, "BATCH", 6)
    monkeypatch.setattr(purging, "MOST", 7)

    await purge(client.world.database, 30)

    there = [await left(client, *(("Person", str(id)) for id in ids)) for ids in rings]
    assert there == [[False] * 3] * 6 + [[True] * 9]
    monkeypatch.undo()
    await purge(client.world.database, 30)
    assert not any(await left(client, *(("Person", str(id)) for id in rings[-1])))


async def test_what_stops_a_purge_leaves_no_batch_half_done(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [("Contact", await client.create("Contact", lastName=f"{i}")) for i in range(5)]
    for i, each in enumerate(ids):
        await client.comment(each[1], "Bonjour")
        await aged(client, each, days=90 - i)
    batches: list[Any] = []

    async def append(connection: Any, actor: int, origin: Any, entries: Any) -> Any:
        if len(batches) == 1:
            raise asyncpg.InterfaceError("connection is closed")
        batches.append(entries)
        return await history.append(connection, actor, origin, entries)

    monkeypatch.setattr(purging, "BATCH", 2)
    monkeypatch.setattr(removing, "append", append)
    with pytest.raises(asyncpg.InterfaceError):
        await purge(client.world.database, 30)
    stopped = await left(client, *ids)
    monkeypatch.undo()
    report = await purge(client.world.database, 30)

    assert stopped == [False, False, True, True, True]
    assert report.purged >= 3
    assert await left(client, *ids) == [False] * 5
    told = await client.world.database.pool.fetch(
        "SELECT record_id FROM change WHERE operation = 'PURGED' AND record_id = ANY($1)",
        [int(id) for _, id in ids],
    )
    assert sorted(each["record_id"] for each in told) == [int(id) for _, id in ids]


async def test_who_restores_while_it_is_purged_gets_all_of_it_or_nothing(client: Client) -> None:
    for _ in range(10):
        contact = await client.create("Contact", lastName="Martin")
        await client.comment(contact, "Bonjour")
        await aged(client, ("Contact", contact))

        payload, _report = await asyncio.gather(
            restored(client, contact), purge(client.world.database, 30)
        )

        there = await left(client, ("Contact", contact))
        assert there == [not payload["errors"]]
        if payload["errors"]:
            assert payload["errors"][0]["code"] == "NOT_FOUND"
        else:
            assert await client.comments(contact) == ["Bonjour"]
