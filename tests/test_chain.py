"""The hash chain over the history: whatever is altered behind its back is found and named."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import chain
from db.chain import DIGEST, Head
from db.chain_verification import Verified, Wrong, verified
from db.checkpoints import Checkpoints, NoCheckpoint
from db.errors import FichesError, Timeout
from db.tokens import Tokens
from db.writing import Work
from tests import tampering as tamper
from tests.client import Client, World
from tests.conftest import ROOT, SECRET
from tests.properties import examples, made
from tests.saves import update
from tests.tampering import EDITS, add, cut, edit, tampering, verify

LENGTH = 6
EDITED = "EDITED, the change does not give the hash of its seal"


@pytest.fixture
async def account(client: Client) -> str:
    """An account with all that there is in its company's history: six changes."""
    account = await client.create("CustomerAccount", name="Dupont")
    await client.comment(account, "Vu")
    await update(client, "CustomerAccount", account, name="Durand")
    await client.create("Supplier", name="Martin")
    await client.act("delete", "CustomerAccount", account)
    await client.act("restore", "CustomerAccount", account)
    return account


async def head(client: Client) -> Head:
    row = await client.world.database.pool.fetchrow(
        "SELECT position, hash FROM chain WHERE company_id = $1", client.company_id
    )
    return Head(*row)


async def intact(client: Client) -> int:
    """How many changes the company has; nothing may be wrong with them."""
    async with tampering(client) as connection:
        found = await verify(connection, client)
        told = await connection.fetchval(
            "SELECT count(*) FROM change JOIN record ON record.id = record_id"
            " WHERE company_id = $1",
            client.company_id,
        )
    assert found.bad is None, found
    assert found.head == await head(client)
    assert found.head.position == told
    return found.head.position


async def test_a_history_that_nobody_touched_is_intact(client: Client, account: str) -> None:
    async with tampering(client) as connection:
        found = await verify(connection, client)

    assert str(found) == f"Société d’essai: 6 changes, intact, head {found.head.hash.hex()}"
    assert found.head == await head(client)


async def test_a_company_without_history_is_intact(client: Client) -> None:
    async with tampering(client) as connection:
        found = await verify(connection, client)

    assert (found.bad, found.head) == (None, chain.start(client.company_id))


@pytest.mark.parametrize("position", [1, 3, LENGTH])
@pytest.mark.parametrize("what", EDITS)
async def test_an_edited_change_is_named(
    client: Client, account: str, what: str, position: int
) -> None:
    async with tampering(client) as connection:
        await edit(connection, client.company_id, position, what)
        found = await verify(connection, client)

    assert found.bad is not None
    assert (found.bad.wrong, found.bad.position) == (Wrong.EDITED, position)
    assert found.bad.change_id is not None


async def test_a_bad_link_is_told_with_company_position_change_and_record(
    client: Client, account: str
) -> None:
    async with tampering(client) as connection:
        await edit(connection, client.company_id, 3, "actor")
        change = await connection.fetchval(
            "SELECT change_id FROM seal WHERE company_id = $1 AND position = 3", client.company_id
        )
        found = await verify(connection, client)

    assert str(found) == f"Société d’essai: position 3, change {change} of CLI-00001: {EDITED}"


@pytest.mark.parametrize("position", [1, 3, LENGTH])
@pytest.mark.parametrize(
    ("act", "wrong", "why"),
    [
        (tamper.edit_hash, Wrong.EDITED, "the change does not give the hash of its seal"),
        (tamper.remove_change, Wrong.REMOVED, "the change is gone"),
    ],
)
async def test_a_link_altered_on_one_side_is_named(
    client: Client, account: str, act: Any, wrong: Wrong, why: str, position: int
) -> None:
    async with tampering(client) as connection:
        await act(connection, client.company_id, position)
        found = await verify(connection, client)

    assert found.bad is not None
    assert (found.bad.wrong, found.bad.why, found.bad.position) == (wrong, why, position)
    assert found.bad.change_id is not None


@pytest.mark.parametrize("act", [tamper.remove, tamper.remove_seal])
async def test_a_removed_link_leaves_a_gap(client: Client, account: str, act: Any) -> None:
    async with tampering(client) as connection:
        await act(connection, client.company_id, 3)
        found = await verify(connection, client)

    assert str(found) == "Société d’essai: position 3: REMOVED, its seal is gone"


@pytest.mark.parametrize("act", [tamper.remove, tamper.remove_seal])
async def test_a_last_link_that_is_removed_is_missed_by_the_head(
    client: Client, account: str, act: Any
) -> None:
    async with tampering(client) as connection:
        await act(connection, client.company_id, LENGTH)
        found = await verify(connection, client)

    assert str(found) == "Société d’essai: position 6: CUT, the head says there were 6"


async def test_a_removed_link_whose_gap_was_closed_is_found_where_it_was(
    client: Client, account: str
) -> None:
    async with tampering(client) as connection:
        await tamper.remove_and_close_up(connection, client.company_id, 3)
        found = await verify(connection, client)

    assert found.bad is not None
    assert (found.bad.wrong, found.bad.position) == (Wrong.EDITED, 3)


@pytest.mark.parametrize("column", ["position", "change_id", "hash"])
@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 5), (1, LENGTH)])
async def test_swapped_links_are_named(
    client: Client, account: str, column: str, one: int, other: int
) -> None:
    async with tampering(client) as connection:
        await tamper.swap(connection, client.company_id, one, other, column)
        found = await verify(connection, client)

    assert found.bad is not None
    assert (found.bad.wrong, found.bad.position) == (Wrong.SWAPPED, one)
    assert found.bad.why == f"what belongs here is at position {other}"


async def test_a_change_told_past_the_chain_is_named(client: Client, account: str) -> None:
    async with tampering(client) as connection:
        change = await add(connection, client.company_id, 1)
        found = await verify(connection, client)

    assert str(found) == (f"Société d’essai: change {change} of CLI-00001: ADDED, it is not sealed")


@pytest.mark.parametrize("position", [1, 3, LENGTH])
async def test_a_change_put_between_two_links_is_named(
    client: Client, account: str, position: int
) -> None:
    async with tampering(client) as connection:
        change = await tamper.add_sealed(connection, client.company_id, position)
        found = await verify(connection, client)

    assert found.bad is not None
    assert (found.bad.wrong, found.bad.position) == (Wrong.ADDED, position)
    assert found.bad.change_id == change


async def test_a_record_moved_to_another_company_is_named(client: Client, account: str) -> None:
    stranger = await client.world.company()
    async with tampering(client) as connection:
        moving = "UPDATE record SET company_id = $2 WHERE id = $1"
        await connection.execute(moving, int(account), stranger.company_id)
        moved = await verify(connection, client)
        await connection.execute("DELETE FROM record WHERE id = $1", int(account))
        gone = await verify(connection, client)

    assert moved.bad is not None
    assert gone.bad is not None
    assert (moved.bad.wrong, moved.bad.position) == (Wrong.MOVED, 1)
    assert moved.bad.why == "its record belongs to another company"
    assert (gone.bad.wrong, gone.bad.why) == (Wrong.MOVED, "its record is gone")


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("DELETE FROM chain WHERE company_id = $1", "the head of the chain is gone"),
        (
            "UPDATE chain SET position = 4 WHERE company_id = $1",
            "the head stands at 4, the chain goes on",
        ),
        (
            "UPDATE chain SET hash = sha256(hash) WHERE company_id = $1",
            "the hash of the head is not that of the last link",
        ),
    ],
)
async def test_a_head_that_is_not_the_last_link_is_told(
    client: Client, account: str, statement: str, why: str
) -> None:
    async with tampering(client) as connection:
        await connection.execute(statement, client.company_id)
        found = await verify(connection, client)

    assert str(found) == f"Société d’essai: position 6: HEAD, {why}"


async def test_a_cut_tail_shows_by_a_checkpoint_only(client: Client, account: str) -> None:
    known = {client.company_id: [await head(client)]}
    async with tampering(client) as connection:
        await cut(connection, client.company_id, 4)
        inside = await verify(connection, client)
        outside = await verify(connection, client, known=known)

    assert inside.bad is None
    assert str(outside) == "Société d’essai: position 5: CUT, a checkpoint says there were 6"


async def test_a_cut_tail_whose_changes_are_left_shows(client: Client, account: str) -> None:
    async with tampering(client) as connection:
        await tamper.remove_seal(connection, client.company_id, LENGTH)
        fifth = await connection.fetchval(
            "SELECT hash FROM seal WHERE company_id = $1 AND position = 5", client.company_id
        )
        await tamper.put_head(connection, client.company_id, Head(5, fifth))
        found = await verify(connection, client)

    assert found.bad is not None
    assert (found.bad.wrong, found.bad.position) == (Wrong.ADDED, None)


async def test_a_chain_computed_anew_shows_by_a_checkpoint_only(
    client: Client, account: str
) -> None:
    then = await head(client)
    await client.comment(account, "Lu")
    async with tampering(client) as connection:
        await edit(connection, client.company_id, 3, "actor")
        await tamper.seal_anew(connection, client.company_id)
        inside = await verify(connection, client)
        outside = await verify(connection, client, known={client.company_id: [then]})

    assert inside.bad is None
    assert outside.bad is not None
    assert (outside.bad.wrong, outside.bad.position) == (Wrong.REWRITTEN, LENGTH)


async def test_every_checkpoint_is_held_against_the_chain(client: Client, account: str) -> None:
    heads = []
    for body in "AB":
        await client.comment(account, body)
        heads.append(await head(client))
    async with tampering(client) as connection:
        kept = await verify(connection, client, known={client.company_id: heads})
        await edit(connection, client.company_id, 8, "actor")
        await tamper.seal_anew(connection, client.company_id)
        rewritten = await verify(connection, client, known={client.company_id: heads})

    assert kept.bad is None
    assert rewritten.bad is not None
    assert (rewritten.bad.wrong, rewritten.bad.position) == (Wrong.REWRITTEN, 8)


async def test_all_companies_are_looked_at_each_by_itself(client: Client, account: str) -> None:
    other = await client.world.company()
    await other.create("CustomerAccount", name="Dupont")
    lost = 2**62
    async with tampering(client) as connection:
        await edit(connection, client.company_id, 2, "actor")
        await connection.execute(
            "INSERT INTO change (record_id, actor_id, operation, origin, fields)"
            " VALUES (0, 0, 'CREATED', 'SYSTEM', '[]')"
        )
        known = {lost: [Head(1, b"")]}
        every = {each.company_id: each async for each in verified(connection, known=known)}

    assert every[client.company_id].bad is not None
    assert every[other.company_id].bad is None
    stray = every[None].bad
    assert stray is not None
    assert (stray.wrong, stray.number) == (Wrong.ADDED, None)
    assert str(every[lost]) == (
        f"company {lost}: position 0: CUT, the company of a checkpoint is gone"
    )


async def test_progress_is_told(client: Client, account: str) -> None:
    steps: list[tuple[str, int, int]] = []
    async with tampering(client) as connection:
        await verify(connection, client, step=lambda *step: steps.append(step))

    assert steps == [("changes", LENGTH, LENGTH)]


async def test_the_digest_is_of_a_text_that_anybody_can_write(client: Client) -> None:
    moment = datetime(2026, 11, 24, 7, 45, 13, 1, UTC)
    fields = [{"name": "name", "after": "l’Été", "before": None}]
    async with tampering(client) as connection:
        await connection.execute("SET LOCAL timezone = 'Asia/Tokyo'")
        digest = await connection.fetchval(
            "INSERT INTO change OVERRIDING SYSTEM VALUE"
            " VALUES (-7, 5, $1, 3, 'UPDATED', 'API', 2, $2)"
            f" RETURNING {DIGEST}",
            moment,
            fields,
        )

    text = (
        '[-7, 5, 1795506313000001, 3, "UPDATED", "API", 2,'
        ' [{"name": "name", "after": "l’Été", "before": null}]]'
    )
    assert digest == sha256(text.encode()).digest()


async def test_whatever_the_demo_tells_is_sealed(demo_url: str) -> None:
    connection = await asyncpg.connect(demo_url)
    async with connection.transaction():
        (found,) = [each async for each in verified(connection)]
    await connection.close()

    assert found.bad is None
    assert found.head.position > 10_000


async def test_two_checkpoints_of_one_position_that_differ_are_not_both_held(
    client: Client, account: str
) -> None:
    true = await head(client)
    false = Head(true.position, bytes(32))

    async with tampering(client) as connection:
        for heads in ([true, false], [false, true]):
            found = await verify(connection, client, known={client.company_id: heads})
            assert found.bad is not None
            assert (found.bad.wrong, found.bad.position) == (Wrong.REWRITTEN, LENGTH)


async def test_a_seal_in_the_chain_of_another_company_is_none(client: Client, account: str) -> None:
    stranger = (await client.world.company()).company_id
    async with tampering(client) as connection:
        change = await add(connection, client.company_id, 1)
        await chain.seal(connection, stranger, [change])
        found = await verify(connection, client)
        theirs = [each async for each in verified(connection, [stranger])]

    assert str(found) == f"Société d’essai: change {change} of CLI-00001: ADDED, it is not sealed"
    assert [each.bad and each.bad.wrong for each in theirs] == [Wrong.MOVED]


# Checkpoints.


def test_a_checkpoint_says_what_it_was_given_however_many_companies() -> None:
    heads = {id: Head(id * 7, chain.start(id).hash) for id in range(1, 5_000)}
    checkpoints = Checkpoints(SECRET.encode())

    assert checkpoints.read(checkpoints.issue(heads) + "\n") == heads


def test_a_forged_checkpoint_is_refused() -> None:
    checkpoints, heads = Checkpoints(SECRET.encode()), {1: chain.start(1)}
    good = checkpoints.issue(heads)
    start, _, signature = good.split(".")
    payload = checkpoints.issue({1: Head(1, b"")}).split(".")[1]
    forged = [
        Checkpoints(b"another").issue(heads),
        f"{start}.{payload}.{signature}",
        f"{start}.{payload}.",
        f"eyJhbGciOiJub25lIn0.{payload}.",
        Tokens(SECRET.encode()).issue(1),
        good[:-1],
        "",
        "é",
    ]

    for text in forged:
        with pytest.raises(NoCheckpoint):
            checkpoints.read(text)


# Writing.


async def test_writers_at_the_same_time_give_one_chain(client: Client) -> None:
    modules = ["CustomerAccount", "Supplier", "Product", "Campaign"]
    account = await client.create("CustomerAccount", name="Dupont")

    async def write(i: int) -> None:
        made = await client.create(modules[i % 4], name=str(i))
        await client.comment(made, "A")
        await client.comment(account, "B")

    await asyncio.gather(*(write(i) for i in range(20)))

    assert await intact(client) == 61


async def test_writers_of_several_companies_give_a_chain_each(world: World) -> None:
    clients = [await world.company() for _ in range(4)]

    async def write(client: Client, i: int) -> None:
        made = await client.create("CustomerAccount", name=str(i))
        await update(client, "CustomerAccount", made, name="X")

    await asyncio.gather(*(write(client, i) for client in clients for i in range(5)))

    assert [await intact(client) for client in clients] == [10] * 4


async def test_one_who_writes_for_long_keeps_nobody_waiting(client: Client) -> None:
    viewer, suite = await client.viewer(), client.suite
    async with Work(client.world.database, viewer) as slow:
        first = await slow.create(suite["CustomerAccount"], {"name": "Dupont"})
        async with Work(client.world.database, viewer) as quick:
            second = await quick.create(suite["Supplier"], {"name": "Martin"})

    order = await client.world.database.pool.fetch(
        "SELECT change_id FROM seal WHERE company_id = $1 ORDER BY position", client.company_id
    )
    assert first.change is not None
    assert second.change is not None
    assert first.change["id"] < second.change["id"]
    assert [row["change_id"] for row in order] == [second.change["id"], first.change["id"]]
    assert await intact(client) == 2


@pytest.mark.parametrize("rows", [1, 1_000])
async def test_sealing_is_one_statement_however_many_changes(
    client: Client, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    given = [{"name": str(i)} for i in range(rows)]
    async with Work(client.world.database, await client.viewer()) as work:
        await work.create_many(client.suite["CustomerAccount"], given)
        before = work.statements

    assert work.statements == before + 1
    assert await intact(client) == rows


async def test_what_tells_nothing_is_not_sealed(client: Client, account: str) -> None:
    before = await head(client)
    async with Work(client.world.database, await client.viewer()) as work:
        await work.update(client.suite["CustomerAccount"], int(account), {"name": "Durand"})
        statements = work.statements

    assert work.statements == statements
    assert await head(client) == before


async def test_what_was_refused_leaves_no_hole(client: Client, account: str) -> None:
    module = client.suite["CustomerAccount"]

    async def second_refused() -> None:
        async with Work(client.world.database, await client.viewer()) as work:
            await work.create(module, {"name": "Dupont"})
            await work.create(module, {})

    with pytest.raises(FichesError):
        await second_refused()
    await client.create("CustomerAccount", name="Durand")

    assert await intact(client) == LENGTH + 1


@pytest.mark.parametrize("after", [True, False])
async def test_what_was_rolled_back_to_a_savepoint_is_not_sealed(
    client: Client, account: str, after: bool
) -> None:
    module = client.suite["CustomerAccount"]

    async with Work(client.world.database, await client.viewer()) as work:
        savepoint = work.connection.transaction()
        await savepoint.start()
        await work.create(module, {"name": "Dupont"})
        await savepoint.rollback()
        if after:
            await work.create(module, {"name": "Durand"})

    assert await intact(client) == LENGTH + after


async def test_without_a_head_nothing_is_written(client: Client, account: str) -> None:
    pool, before = client.world.database.pool, await head(client)
    records = "SELECT count(*) FROM record WHERE company_id = $1"
    await pool.execute("DELETE FROM chain WHERE company_id = $1", client.company_id)

    with pytest.raises(LookupError, match="has no head"):
        await made(client, "CustomerAccount", [{"name": "Dupont"}])

    assert await pool.fetchval(records, client.company_id) == 2
    await pool.execute("INSERT INTO chain VALUES ($1, $2, $3)", client.company_id, *before)
    assert await intact(client) == LENGTH


async def test_one_who_cannot_seal_in_time_writes_nothing(client: Client, account: str) -> None:
    module, viewer = client.suite["CustomerAccount"], await client.viewer()

    async def create(patience: str) -> None:
        async with Work(client.world.database, viewer) as work:
            await work.create(module, {"name": "Dupont"})
            await work.connection.execute(f"SET LOCAL statement_timeout = '{patience}'")

    async with client.world.database.pool.acquire() as other, other.transaction():
        await other.execute("SELECT FROM chain WHERE company_id = $1 FOR UPDATE", client.company_id)
        with pytest.raises(Timeout):
            await create("100ms")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(create("10s"), 0.2)
    await create("10s")

    assert await intact(client) == LENGTH + 1


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE seal SET hash = '' WHERE company_id = $1",
        "DELETE FROM seal WHERE company_id = $1",
        "TRUNCATE seal",
    ],
)
async def test_the_database_refuses_to_change_seals(
    client: Client, account: str, attempt: str
) -> None:
    with pytest.raises(asyncpg.RestrictViolationError):
        await client.world.database.pool.execute(
            attempt, *([client.company_id] if "$1" in attempt else [])
        )

    assert await intact(client) == LENGTH


# Whatever was written, whatever is altered: it is found, and where it was altered.

SAVES = st.lists(
    st.sampled_from(("create", "update", "same", "comment", "delete", "many", "refused", "undone")),
    min_size=1,
    max_size=12,
)


async def saved(client: Client, saves: list[str]) -> None:
    """Write one record after the other as told; the first of all is an account."""
    module, viewer = client.suite["CustomerAccount"], await client.viewer()
    (id,) = await made(client, module.name, [{"name": "Dupont"}])
    for i, save in enumerate(saves):
        try:
            async with Work(client.world.database, viewer) as work:
                match save:
                    case "create" | "undone":
                        await work.create(module, {"name": save})
                    case "update" | "same":
                        await work.update(
                            module, id, {"name": f"X{i}" if save == "update" else "Dupont"}
                        )
                    case "many":
                        await work.create_many(module, [{"name": "A"}, {}, {"name": "B"}])
                    case "delete":
                        await work.delete(module, id)
                        await work.restore(module, id)
                    case "refused":
                        await work.create(module, {"name": None})
                if save == "undone":
                    raise ZeroDivisionError
        except (FichesError, ZeroDivisionError):
            assert save in ("refused", "undone")
        if save == "comment":
            await client.comment(str(id), "Vu")


@examples(25)
@given(saves=SAVES, data=st.data())
async def test_whatever_is_altered_is_found_where_it_was(
    world: World, saves: list[str], data: st.DataObject
) -> None:
    client = await world.company()
    company = client.company_id
    await saved(client, saves)
    length = await intact(client)
    known = {company: [await head(client)]}
    positions = st.integers(1, length)
    act = data.draw(
        st.sampled_from(("edit", "edit_hash", "remove_change", "remove_seal", "remove", "close_up",
                         "swap", "add", "add_sealed", "cut", "seal_anew"))
    )  # fmt: skip
    position = data.draw(positions)

    async with tampering(client) as connection:
        match act:
            case "edit":
                what = data.draw(st.sampled_from([*EDITS]))
                await edit(connection, company, position, what)
            case "close_up":
                await tamper.remove_and_close_up(connection, company, position)
            case "swap":
                other = data.draw(positions.filter(lambda other: other != position or length == 1))
                column = data.draw(st.sampled_from(("position", "change_id", "hash")))
                if length > 1:
                    await tamper.swap(connection, company, position, other, column)
                else:
                    await tamper.edit_hash(connection, company, position)
                position = min(position, other)
            case "cut":
                await cut(connection, company, position - 1)
            case "seal_anew":
                await edit(connection, company, position, "actor")
                await tamper.seal_anew(connection, company)
            case _:
                await getattr(tamper, act)(connection, company, position)
        found: Verified = await verify(connection, client, known=known)

    assert found.bad is not None
    if act == "add":
        assert found.bad.position is None
    elif act == "seal_anew":
        assert found.bad.position == length
    else:
        assert found.bad.position == position


# The command.


def fiches(url: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """`fiches verify-history` on the database of the tests."""
    return subprocess.run(
        [sys.executable, "-m", "graph", "verify-history", *words],
        env={**os.environ, "FICHES_DATABASE_URL": url, "FICHES_SECRET_KEY": SECRET},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_command_verifies_and_keeps_checkpoints(
    client: Client, account: str, database_url: str, tmp_path: Path
) -> None:
    pool, company = client.world.database.pool, client.company_id
    name, file = f"Dupont {company}", tmp_path / "checkpoint"
    await pool.execute("UPDATE company SET name = $2 WHERE id = $1", company, name)
    told = f"{name}: 6 changes, intact, head {(await head(client)).hash.hex()}\n"
    only = ("--company", name)

    plain = fiches(database_url, *only)
    kept = fiches(database_url, *only, "--checkpoint", file)
    held = fiches(database_url, *only, "--against", file)
    lost = fiches(database_url, *only, "--checkpoint", file, "--against", file)
    nobody = fiches(database_url, "--company", "X")
    strange = fiches(database_url, *only, "--against", ROOT / "README.md")

    assert [(done.returncode, done.stdout) for done in (plain, kept, held)] == [(0, told)] * 3
    assert Checkpoints(SECRET.encode()).read(file.read_text()) == {company: await head(client)}
    for done, why in (
        (lost, f"{file} is there already"),
        (nobody, "there is no company named X"),
        (strange, "is no checkpoint signed with this FICHES_SECRET_KEY"),
    ):
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert why in done.stderr


async def test_a_checkpoint_is_written_over_only_after_it_was_looked_at(
    demo_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "checkpoint"

    first = fiches(demo_url, "--checkpoint", file)
    before = file.read_text()
    lost = fiches(demo_url, "--checkpoint", file)
    unchanged = file.read_text()
    held = fiches(demo_url, "--checkpoint", file, "--against", file)

    assert (first.returncode, lost.returncode, held.returncode) == (0, 1, 0)
    assert unchanged == before
    checkpoints = Checkpoints(SECRET.encode())
    assert checkpoints.read(file.read_text()) == checkpoints.read(before)


async def test_the_command_names_what_is_wrong_and_writes_no_checkpoint(
    client: Client, account: str, database_url: str, tmp_path: Path
) -> None:
    pool, company = client.world.database.pool, client.company_id
    name, file = f"Dupont {company}", tmp_path / "checkpoint"
    await pool.execute("UPDATE company SET name = $2 WHERE id = $1", company, name)
    change = await add(pool, company, 1)

    done = fiches(database_url, "--company", name, "--checkpoint", file)

    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute("DELETE FROM change WHERE id = $1", change)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{name}: change {change} of CLI-00001: ADDED, it is not sealed\n"
    assert not file.exists()
