"""The application's role reads and writes rows: it changes neither the tables nor the history."""

from __future__ import annotations

from collections.abc import AsyncIterator

import asyncpg
import pytest

from db.embedded import Embedded
from db.migrate import stated, upgraded
from db.privileges import application_role, role_of
from tests.client import Client
from tests.conftest import served
from tests.saves import act, create, history, update

ROLE = "fiches_app"


@pytest.fixture(scope="module")
async def application_url(server: Embedded) -> AsyncIterator[str]:
    """A database migrated by its owner, as the application's role has it."""
    connection = await asyncpg.connect(server.url)
    await connection.execute("DROP DATABASE IF EXISTS privileges WITH (FORCE)")
    await connection.execute("CREATE DATABASE privileges")
    if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", ROLE):
        await connection.execute(f"CREATE ROLE {ROLE} LOGIN")
    owner = server.url_of_database("privileges")
    await upgraded(owner, application=ROLE)
    yield owner.replace("postgres@", f"{ROLE}@")
    await connection.execute("DROP DATABASE privileges WITH (FORCE)")
    await connection.execute(f"DROP ROLE {ROLE}")
    await connection.close()


@pytest.fixture
async def office(application_url: str) -> AsyncIterator[Client]:
    async with served(application_url) as world:
        yield await world.company()


async def test_the_application_does_its_work(office: Client) -> None:
    save = await create(office, "CustomerAccount", name="Dupont")
    await update(office, "CustomerAccount", save.id, name="Durand")
    await office.comment(save.id, "Vu")
    await act(office, "delete", "CustomerAccount", save.id)
    await act(office, "restore", "CustomerAccount", save.id)

    assert [each["operation"] for each in await history(office, save.id)] == [
        "CREATED",
        "UPDATED",
        "COMMENTED",
        "DELETED",
        "RESTORED",
    ]


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE change SET fields = '[]'",
        "DELETE FROM change",
        "TRUNCATE change",
        "UPDATE seal SET hash = ''",
        "DELETE FROM seal",
        "UPDATE event SET fields = '[]'",
        "DELETE FROM event",
        "ALTER TABLE change DISABLE TRIGGER append_only",
        "DROP TRIGGER append_only ON change",
        "ALTER TABLE customer_account ADD COLUMN extra text",
        "DROP TABLE customer_account",
        "CREATE TABLE other (id bigint)",
        "SET session_replication_role = replica",
        "UPDATE alembic_version SET version_num = '1'",
    ],
)
async def test_it_changes_neither_the_tables_nor_the_history(office: Client, attempt: str) -> None:
    await create(office, "CustomerAccount", name="Dupont")

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await office.world.database.pool.execute(attempt)


async def test_who_looks_is_told_whether_the_role_may_alter_tables(
    application_url: str, database_url: str
) -> None:
    assert not (await stated(application_url)).owned
    assert (await stated(database_url)).owned


def test_the_role_is_the_one_of_the_address() -> None:
    assert role_of("postgresql://a%40b:secret@here/records") == "a@b"
    assert application_role("postgresql://app@here/x", "postgresql://owner@here/x") == "app"
    assert application_role("postgresql://same@here/x", "postgresql://same@here/x") is None
    assert application_role("postgresql://app@here/x", None) is None
    assert application_role(None, None) is None
