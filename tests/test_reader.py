"""The reads of one operation: one snapshot on one connection, and what stops them."""

from __future__ import annotations

import pytest
from sqlalchemy import func, literal_column, select

from db.database import Database
from db.errors import Busy, Timeout
from db.reader import Reader
from db.statements import compiled
from db.tables import record
from tests.client import Client
from tests.conftest import SECRET

ONE = compiled(select(literal_column("1").label("one")))
TITLES = compiled(select(record.c.title))
LONG = compiled(select(func.pg_sleep(5)))
LAST = compiled(select(func.pg_terminate_backend(func.pg_backend_pid())))


async def test_an_operation_reads_one_snapshot(client: Client) -> None:
    viewer = await client.viewer()

    async with Reader(client.world.database, viewer) as reader:
        before = await reader.fetch(TITLES)
        await client.create("CustomerAccount", name="Dupont")
        after = await reader.fetch(TITLES)

    assert before == after
    assert (reader.statements, reader.rows) == (2, 2 * len(before))


async def test_a_statement_stopped_for_its_time_stops_the_operation(
    client: Client, database_url: str
) -> None:
    viewer = await client.viewer()
    database = await Database.open(
        database_url, client.suite, secret=SECRET.encode(), statement_timeout=1
    )

    async with Reader(database, viewer) as reader:
        for statement in (LONG, ONE):
            with pytest.raises(Timeout):
                await reader.fetch(statement)
    async with Reader(database, viewer) as fresh:
        rows = await fresh.fetch(ONE)
    await database.close()

    assert [row["one"] for row in rows] == [1]


async def test_a_lost_connection_is_told_as_busy_and_replaced(client: Client) -> None:
    viewer = await client.viewer()

    async with Reader(client.world.database, viewer) as reader:
        for statement in (LAST, ONE):
            with pytest.raises(Busy):
                await reader.fetch(statement)
    async with Reader(client.world.database, viewer) as fresh:
        rows = await fresh.fetch(ONE)

    assert [row["one"] for row in rows] == [1]


async def test_an_operation_that_reads_nothing_takes_no_connection(client: Client) -> None:
    pool = client.world.database.pool
    viewer = await client.viewer()

    async with Reader(client.world.database, viewer) as reader:
        idle = pool.get_idle_size()
        await reader.fetch(ONE)
        busy = pool.get_idle_size()

    assert (idle - busy, pool.get_idle_size()) == (1, idle)
