"""One database for each test process, one company for each test: tests run in any order."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr

from db import demo
from db.embedded import Embedded
from db.migrate import upgraded
from db.settings import Settings
from db.suite import Suite
from db.tokens import Tokens
from graph.app import Application, create_app
from tests.client import Client, World

ROOT = Path(__file__).parent.parent
SECRET = "the secret of the tests, of no use elsewhere"


@pytest.fixture(scope="session")
def server() -> Iterator[Embedded]:
    """The embedded server of the tests, shared by the processes that run them."""
    with Embedded.start(ROOT / ".cache" / "tests") as server:
        yield server


async def fresh_database(server: Embedded, name: str) -> str:
    """The address of a new, migrated database; one of that name is dropped first."""
    connection = await asyncpg.connect(server.url)
    await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    await connection.close()
    url = server.url_of_database(name)
    await upgraded(url)
    return url


@pytest.fixture(scope="session")
async def database_url(server: Embedded) -> str:
    """A database of this process's own."""
    return await fresh_database(server, f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


@pytest.fixture(scope="session")
async def demo_url(server: Embedded) -> AsyncIterator[str]:
    """A database with the demo company, told once for all processes of a run of the tests."""
    own = f"demo_{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    url = server.url_of_database(own)
    connection = await asyncpg.connect(server.url)
    try:
        await connection.execute("SELECT pg_advisory_lock(hashtextextended('demo', 0))")
        left = await connection.fetch("SELECT datname FROM pg_database WHERE datname ~ '^demo_'")
        found = {row["datname"] for row in left}
        for name in found - {own}:
            with suppress(asyncpg.ObjectInUseError):
                await connection.execute(f"DROP DATABASE IF EXISTS {name}")
        if own not in found:
            await fresh_database(server, own)
        settings = Settings(database_url=url, secret_key=SecretStr(SECRET))
        await demo.load(url, settings, lambda *_: None)
        in_use = await asyncpg.connect(url)
    finally:
        await connection.close()
    yield url
    await in_use.close()


@asynccontextmanager
async def served(url: str, suite: Suite | None = None) -> AsyncIterator[World]:
    """The application on a migrated database, in this process; on a suite of a test's own."""
    settings = Settings(
        database_url=url,
        secret_key=SecretStr(SECRET),
        debug=True,
        # What holds for every module is tried on all of them in one document.
        max_mutations=200,
    )
    app = create_app(settings, suite)
    async with app.router.lifespan_context(app):
        application: Application = app.state.application
        assert application.database is not None
        world = World(app, application.database, Tokens(SECRET.encode()))
        yield world
        await world.http.aclose()


@pytest.fixture(scope="session")
async def world(database_url: str) -> AsyncIterator[World]:
    """The application that the tests of this process share."""
    async with served(database_url) as world:
        yield world


@pytest.fixture
def compiled() -> bool:
    """Whether selections run compiled: not with `FICHES_COMPILED=0`."""
    return Settings().compiled


@pytest.fixture
async def client(world: World) -> Client:
    """The administrator of a company that this test alone knows."""
    return await world.company()
