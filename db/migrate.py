"""Bringing a database to the tables of this code, by Alembic; and seeing where it stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from db import privileges
from db.start_errors import StartError

MIGRATIONS = Path(__file__).parent / "migrations"
MINIMUM = 16
CONNECT_SECONDS = 10

# Any number does, as long as every process takes the same: of two that start, one migrates.
LOCK = 4_615_022_101


@dataclass(frozen=True)
class State:
    """Where a database stands: the revision it is at (None: an empty one) and the code's."""

    server: str
    current: str | None
    head: str | None
    newer_than_code: bool
    owned: bool = False
    """Whether the role that looks may alter the tables."""

    @property
    def up_to_date(self) -> bool:
        return self.current == self.head


def upgrade(
    url: str, *, migrations: Path = MIGRATIONS, application: str | None = None
) -> list[str]:
    """Apply every missing revision in one transaction; the revisions applied, oldest first. The
    role of the `application`, where it is another one, may then read and write rows.

    Waits while another process migrates. StartError where the database cannot be reached, is
    older than PostgreSQL 16, is newer than the code, or its role may not change tables.
    Not to be called from a running event loop: there, `await upgraded(url)`.
    """
    return asyncio.run(upgraded(url, migrations=migrations, application=application))


def state(url: str, *, migrations: Path = MIGRATIONS) -> State:
    """Where the database stands; changes nothing. StartError as in `upgrade`."""
    return asyncio.run(stated(url, migrations=migrations))


async def upgraded(
    url: str, *, migrations: Path = MIGRATIONS, application: str | None = None
) -> list[str]:
    """`upgrade` for a running event loop."""
    async with _connected(url) as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        try:
            applied = await connection.run_sync(_upgrade, migrations)
            if application is not None:
                await connection.run_sync(privileges.grant, application)
        except Exception as error:
            if _sqlstate(error) == asyncpg.InsufficientPrivilegeError.sqlstate:
                raise StartError(
                    f"the database's role may not change tables ({_first_line(error)})",
                    "set FICHES_MIGRATION_URL with a role that may",
                ) from error
            raise
        await connection.commit()
        return applied


async def stated(url: str, *, migrations: Path = MIGRATIONS) -> State:
    """`state` for a running event loop."""
    async with _connected(url) as connection:
        return await connection.run_sync(_state, _script(migrations))


def _upgrade(connection: Connection, migrations: Path) -> list[str]:
    script = _script(migrations)
    before = _state(connection, script)
    if before.newer_than_code:
        raise newer(before)
    if before.up_to_date:
        return []
    config = _config(migrations)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    steps = script.iterate_revisions("head", before.current or "base")
    return [step.revision for step in steps][::-1]


def newer(found: State) -> StartError:
    """What to say of a database that another version of the code has migrated."""
    cure = "run the version that migrated it, or restore a backup made before"
    if str(found.current).startswith("0001"):
        cure = (
            "it was made before the first release, and there is no way over: start with an empty "
            "database (move the folder .data away, or set FICHES_DATA_DIR or FICHES_DATABASE_URL)"
        )
    return StartError(
        f"the database is at revision {found.current}, which this version of Fiches does not know",
        cure,
    )


def _state(connection: Connection, script: ScriptDirectory) -> State:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {step.revision for step in script.walk_revisions()}
    return State(
        server=str(connection.execute(text("SHOW server_version")).scalar_one()),
        current=current,
        head=script.get_current_head(),
        newer_than_code=current is not None and current not in known,
        owned=bool(connection.execute(text(privileges.OWNS)).scalar()),
    )


def _script(migrations: Path) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(migrations))


def _config(migrations: Path) -> Config:
    config = Config()
    # The configuration is an ini file at heart, where a per cent sign is doubled.
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection of SQLAlchemy over one of asyncpg, so that one program reads the address."""
    driver = await connect(url)

    async def already_open(*_: Any, **__: Any) -> asyncpg.Connection:
        return driver

    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=already_open, poolclass=NullPool
    )
    try:
        async with engine.connect() as connection:
            yield connection
    finally:
        await engine.dispose()
        await driver.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection as `connect` gives it, for as long as the context lasts."""
    connection = await connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def connect(url: str) -> asyncpg.Connection:
    """A connection to a database that Fiches can use; StartError says why there is none."""
    try:
        connection = await asyncpg.connect(
            url, timeout=CONNECT_SECONDS, server_settings={"application_name": "fiches"}
        )
    except ValueError as error:
        # What it cannot read may be part of a password, so it is not repeated.
        raise StartError(
            "FICHES_DATABASE_URL cannot be read",
            "write it as postgresql://user:password@host:port/database, with %40 for an @ inside",
        ) from error
    except asyncpg.InvalidAuthorizationSpecificationError as error:
        raise StartError(
            f"the database refuses the user ({_first_line(error)})",
            "correct user and password in FICHES_DATABASE_URL",
        ) from error
    except asyncpg.InvalidCatalogNameError as error:
        raise StartError(
            f"the server has no such database ({_first_line(error)})",
            "create it (createdb NAME), or correct FICHES_DATABASE_URL",
        ) from error
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise StartError(
            f"the database cannot be reached ({_first_line(error)})",
            "start it, or correct FICHES_DATABASE_URL",
        ) from error
    version = connection.get_server_version()
    if version.major < MINIMUM:
        await connection.close()
        raise StartError(
            f"the database is PostgreSQL {version.major}",
            f"Fiches needs {MINIMUM} or newer: upgrade it, or name another in FICHES_DATABASE_URL",
        )
    return connection


def _sqlstate(error: Exception) -> str | None:
    found = getattr(error, "orig", error)
    return getattr(found, "sqlstate", None)


def _first_line(error: Exception) -> str:
    lines = str(getattr(error, "orig", None) or error).splitlines()
    return lines[0].split("'>: ")[-1] if lines else type(error).__name__
