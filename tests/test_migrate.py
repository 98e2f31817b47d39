"""Migrations: applied once, in order, whole, by one process; else refused with the cure."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from db import migrate
from db.embedded import Embedded
from db.migrate import MIGRATIONS, State, stated, upgraded
from db.start_errors import StartError


@pytest.fixture(scope="module", params=[18, 16])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Embedded]:
    folder = tmp_path_factory.mktemp("server") / "postgres"
    with Embedded.start(folder, version=request.param, options={"fsync": "off"}) as started:
        yield started


@pytest.fixture
async def url(server: Embedded) -> str:
    """An empty database of its own for each test."""
    await execute(server.url, "DROP DATABASE IF EXISTS empty WITH (FORCE)")
    await execute(server.url, "CREATE DATABASE empty")
    return server.url_of_database("empty")


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """A folder, of an odd name, with two revisions that make a table each."""
    folder = tmp_path / "100% own"
    (folder / "versions").mkdir(parents=True)
    shutil.copy(MIGRATIONS / "env.py", folder)
    revision(folder, "0001", None, "CREATE TABLE one (id bigint)")
    revision(folder, "0002", "0001", "CREATE TABLE two (id bigint)")
    return folder


def revision(folder: Path, name: str, before: str | None, statement: str) -> None:
    (folder / "versions" / f"{name}.py").write_text(
        f"from alembic import op\nrevision = {name!r}\ndown_revision = {before!r}\n"
        f"def upgrade():\n    op.execute({statement!r})\n"
    )


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def tables(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
        )
    finally:
        await connection.close()
    return {row[0] for row in rows}


async def test_every_missing_revision_is_applied_once_in_order(url: str, migrations: Path) -> None:
    assert await upgraded(url, migrations=migrations) == ["0001", "0002"]
    assert await upgraded(url, migrations=migrations) == []
    revision(migrations, "0003", "0002", "CREATE TABLE three (id bigint)")
    assert await upgraded(url, migrations=migrations) == ["0003"]

    assert await tables(url) == {"alembic_version", "one", "two", "three"}


async def test_the_state_is_told_and_nothing_changed(url: str, migrations: Path) -> None:
    empty = await stated(url, migrations=migrations)

    assert empty == State(empty.server, None, "0002", newer_than_code=False)
    assert await tables(url) == set()


async def test_of_many_that_start_at_once_one_migrates(url: str, migrations: Path) -> None:
    applied = await asyncio.gather(*(upgraded(url, migrations=migrations) for _ in range(4)))

    assert sorted(applied) == [[], [], [], ["0001", "0002"]]


async def test_a_revision_that_fails_leaves_nothing_of_the_others(
    url: str, migrations: Path
) -> None:
    revision(migrations, "0003", "0002", "CREATE TABLE one (id bigint)")

    with pytest.raises(Exception, match="already exists"):
        await upgraded(url, migrations=migrations)

    assert await tables(url) == set()


async def test_a_database_newer_than_the_code_is_left_alone(url: str, migrations: Path) -> None:
    await upgraded(url, migrations=migrations)
    (migrations / "versions" / "0002.py").unlink()

    found = await stated(url, migrations=migrations)
    with pytest.raises(StartError, match="revision 0002, which this version of Fiches does not"):
        await upgraded(url, migrations=migrations)

    assert found.newer_than_code


async def test_a_role_that_may_not_is_refused_with_the_cure(url: str, migrations: Path) -> None:
    await execute(url, "DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN")

    with pytest.raises(StartError, match=r"permission denied.*: set FICHES_MIGRATION_URL"):
        await upgraded(url.replace("postgres@", "reader@"), migrations=migrations)


async def test_a_server_too_old_is_refused_with_the_cure(
    url: str, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "MINIMUM", 99)

    with pytest.raises(StartError, match=r"is PostgreSQL 1\d: Fiches needs 99 or newer"):
        await upgraded(url, migrations=migrations)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql://me@127.0.0.1:1/records", "cannot be reached .*: start it"),
        ("postgresql://me@/records?host=/nowhere", "cannot be reached .*: start it"),
        ("postgresql://me:a@b:c@here/records", "cannot be read: write it as"),
    ],
)
async def test_a_database_that_is_not_there_is_said(address: str, told: str) -> None:
    with pytest.raises(StartError, match=told) as refused:
        await stated(address)

    assert "\n" not in str(refused.value)


async def test_a_wrong_name_is_said(server: Embedded) -> None:
    with pytest.raises(StartError, match=r"no such database .*createdb"):
        await stated(server.url_of_database("nowhere"))
    with pytest.raises(StartError, match=r"refuses the user .*: correct user"):
        await stated(server.url.replace("postgres@", "nobody@"))


async def test_a_database_of_before_the_first_release_is_refused_with_the_cure(url: str) -> None:
    await upgraded(url)
    await execute(url, "UPDATE alembic_version SET version_num = '0001'")

    with pytest.raises(StartError, match="at revision 0001") as refused:
        await upgraded(url)

    assert "move the folder .data away" in refused.value.cure
