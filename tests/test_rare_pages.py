"""Lists of who sees few of many records: a page reads no more than it must, whatever the plan."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import asyncpg
import pytest

from db.access import Scope
from db.embedded import Embedded
from db.listings import Listing, Records, Register
from db.paging import WALKED, Slice, for_each_parent
from tests import plans
from tests.client import Client, World
from tests.conftest import fresh_database, served
from tests.test_administration import done, role, user

ROWS = 10_000
FEW = 45
MODULE = "CustomerAccount"
BULK = """
INSERT INTO customer_account
    (company_id, number, title, owner_id, created_by_id, updated_by_id, name)
SELECT $1::bigint, $2::text || i, $2 || i, $3::bigint, $3, $3, $2 || i
FROM generate_series(1, $4::int) AS i
"""


@dataclass(frozen=True)
class Crowd:
    """A company of many accounts. `rare` owns the oldest few; `chief` has them too, as superior;
    `shown` is shown them by a rule.
    """

    client: Client
    rare: Client
    chief: Client
    shown: Client


@pytest.fixture(scope="module")
async def alone(server: Embedded) -> AsyncIterator[tuple[World, str]]:
    """A database of these tests' own: which plans are chosen hangs on what else is stored."""
    name = f"rare_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    url = await fresh_database(server, name)
    async with served(url) as world:
        yield world, url


OTHERS = """
WITH made AS (
    INSERT INTO company (name) SELECT 'A' || i FROM generate_series(1, $1) AS i RETURNING id
)
INSERT INTO customer_account
    (company_id, number, title, owner_id, created_by_id, updated_by_id, name)
SELECT made.id, 'A' || i, 'A', $2, $2, $2, 'A' FROM made CROSS JOIN generate_series(1, 3) AS i
"""
"""Companies of a few accounts each: an average company then looks as if it had next to nothing."""


@pytest.fixture(scope="module", params=[0, 3_000], ids=["by itself", "among many companies"])
async def crowd(alone: tuple[World, str], request: pytest.FixtureRequest) -> Crowd:
    world, database_url = alone
    client = await world.company()
    found = Crowd(client, *[await client.colleague(name) for name in ("Un", "Deux", "Trois")])
    top = await role(client, "Haut")
    low = await role(client, "Bas", top)
    other = await role(client, "Ailleurs")
    for each, place in ((found.rare, low), (found.chief, top), (found.shown, other)):
        await done(client, "updateUser", id=user(each), input={"role": place})
    rule = {"module": MODULE, "from": low, "with": other}
    await done(client, "addSharingRule", **rule, writes=False)
    connection = await asyncpg.connect(database_url)  # which takes its time
    await connection.execute(BULK, client.company_id, "R", found.rare.user_id, FEW)
    await connection.execute(BULK, client.company_id, "N", client.user_id, ROWS)
    await connection.execute(OTHERS, request.param, client.user_id)
    await connection.execute("ANALYZE customer_account, record")
    await connection.close()
    return found


async def names(client: Client, asked: str, **page: object) -> tuple[list[str], bool, bool, str]:
    """The titles of a page, and whether there are others before and behind."""
    declared = "($first: Int, $last: Int, $after: String, $before: String)"
    passed = "first: $first, last: $last, after: $after, before: $before"
    data = await client.ask(
        f"query {declared} {{ {asked.format(passed)} "
        "{ nodes { title } pageInfo { hasPreviousPage hasNextPage endCursor } } }",
        **{"first": None, "last": None, "after": None, "before": None, **page},
    )
    (found,) = data.values()
    info = found["pageInfo"]
    titles = [each["title"] for each in found["nodes"]]
    return titles, info["hasPreviousPage"], info["hasNextPage"], info["endCursor"]


LISTS = ("customerAccounts({})", "records({})", 'records(modules: ["CustomerAccount"], {})')


@pytest.mark.parametrize("asked", LISTS)
@pytest.mark.parametrize("who", ["rare", "chief", "shown"])
async def test_who_sees_few_of_many_pages_through_them(crowd: Crowd, who: str, asked: str) -> None:
    asking: Client = getattr(crowd, who)
    newest = [f"R{i}" for i in range(FEW, 0, -1)]

    first, *around, cursor = await names(asking, asked, first=20)
    second, *around_second, _ = await names(asking, asked, first=20, after=cursor)
    last, *around_last, _ = await names(asking, asked, last=20)
    before, *around_before, _ = await names(asking, asked, last=30, before=cursor)

    assert (first, around) == (newest[:20], [False, True])
    assert (second, around_second) == (newest[20:40], [True, True])
    assert (last, around_last) == (newest[-20:], [True, False])
    assert (before, around_before) == (newest[:19], [False, True])


@pytest.mark.parametrize("who", ["rare", "chief", "shown"])
@pytest.mark.parametrize("backwards", [False, True])
async def test_a_page_of_few_among_many_reads_no_more_than_it_must(
    crowd: Crowd, who: str, backwards: bool
) -> None:
    asking: Client = getattr(crowd, who)
    suite, database = asking.suite, asking.world.database
    viewer = await asking.viewer()
    part = Slice(20, backwards)
    lists: Sequence[Listing] = (Records(suite[MODULE]), Register(suite.register))

    for listing in lists:
        statement = for_each_parent(listing.page(viewer.scope, part.shape), False)
        for plan in (plans.first, plans.kept):
            nodes = await plan(database, statement, viewer, part.values)

            read = plans.rows_read(nodes, "customer_account", "record")
            assert not plans.scanned(nodes) & {"customer_account", "record"}
            assert read <= WALKED + 21 * (len(viewer.owners) + 1)


async def test_whether_there_are_others_is_found_by_looking_for_one(crowd: Crowd) -> None:
    viewer = await crowd.rare.viewer()
    shape = Slice(20, after=("0",)).shape
    outside = Records(crowd.rare.suite[MODULE]).outside(viewer.scope, shape)
    statement = for_each_parent(outside, False)

    for plan in (plans.first, plans.kept):
        nodes = await plan(crowd.rare.world.database, statement, viewer, {"after_0": "0"})

        assert plans.rows_read(nodes, "customer_account") <= len(viewer.owners)


async def test_who_sees_much_reads_a_page_in_its_order(crowd: Crowd) -> None:
    """The runs are not even looked at: the next rows are enough."""
    viewer = await crowd.client.viewer()
    scope = Scope(False)
    part = Slice(20)
    page = Records(crowd.client.suite[MODULE]).page(scope, part.shape)
    statement = for_each_parent(page, False)

    for plan in (plans.first, plans.kept):
        nodes = await plan(crowd.client.world.database, statement, viewer, part.values)

        assert plans.rows_read(nodes, "customer_account") == 21
