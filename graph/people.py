"""What the command line does about people who sign in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from db import passwords, sessions
from db.accounts import add_company, add_user, set_password, user_id_of
from db.journal import SERVICE, EventKind, note_of_user
from db.migrate import opened
from db.settings import Settings, secret
from db.start_errors import StartError
from db.tokens import Tokens


async def add(
    settings: Settings, url: str, *, email: str, name: str, password: str, admin: bool, company: str
) -> None:
    """Add a user of `company`, which is made if new; without a name, of the first one.

    Raises InvalidInput for an address that is none or taken and for a weak password, StartError
    without any company.
    """
    passwords.check(password, email)
    async with opened(url) as connection, connection.transaction():
        user = await add_user(
            connection,
            email=email,
            name=name or email,
            company_id=await _company(connection, company),
            password=password,
            administrator=admin,
        )
        await note_of_user(connection, user, EventKind.USER_CREATED, actor_id=SERVICE)


async def password(settings: Settings, url: str, *, email: str, password: str) -> None:
    """Give the user with this address a new password, and end their sessions.

    Raises InvalidInput for a weak one, StartError if there is no such user.
    """
    async with opened(url) as connection:
        user = await _known(connection, email)
        async with connection.transaction():
            await set_password(connection, user, email, password)
            await note_of_user(connection, user, EventKind.PASSWORD_CHANGED, actor_id=SERVICE)


async def token(settings: Settings, url: str, *, email: str, lifetime: timedelta) -> str:
    """A token that signs requests as the user with this address, of a session of its own.
    StartError if there is none.
    """
    async with opened(url) as connection:
        user = await _known(connection, email)
        session = await sessions.begin_without_refreshing(connection, user, lifetime)
    return Tokens(secret(settings).encode()).issue(user, lifetime, session)


async def _known(connection: Any, email: str) -> int:
    user = await user_id_of(connection, email)
    if user is None:
        raise StartError(f"nobody signs in as {email}", "add them with `fiches user add`")
    return user


async def _company(connection: Any, name: str) -> int:
    query = "SELECT id FROM company WHERE $1 IN ('', name) ORDER BY id LIMIT 1"
    found: int | None = await connection.fetchval(query, name)
    if found is None and not name:
        raise StartError("there is no company yet", "name the first one with --company")
    return found if found is not None else await add_company(connection, name)
