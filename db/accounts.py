"""People who sign in: their passwords, and what of them an operation needs.

Whether an address is known shows neither in the answer nor in its time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Any, Final

import asyncpg

from db import passwords, sessions
from db.access import Viewer
from db.api_keys import USED
from db.credentials import in_person
from db.database import Database
from db.declare import Label
from db.errors import ErrorCode, InvalidInput, NotFound, NotUnique, Problem, Unauthenticated
from db.journal import EventKind, note_failure, note_of_user
from db.kinds import UNSTORABLE, Email, Invalid, kind_of
from db.rights import COLUMNS, RIGHTS
from db.throttling import Attempt
from db.viewers import Asking

log = logging.getLogger("fiches")

MOST_EMAIL: Final = 1000
"""Characters that are looked at."""

ME: Final = """me AS MATERIALIZED (
    SELECT u.id, p.name, u.email, u.administrator, u.configures, u.language,
        u.time_zone AS preferred_zone, u.date_format, u.number_format,
        c.id AS company_id, c.time_zone, c.customised,
        m.role_id, m.profile_id, k.id AS key_id, k.scopes,
        coalesce(s.used_at, k.last_used_at, '-infinity') < now() - interval '1 minute'
            AND (s.id IS NOT NULL OR k.id IS NOT NULL) AS unnoted
    FROM app_user u JOIN principal p USING (id)
    LEFT JOIN session s ON s.id = $3 AND s.user_id = u.id AND s.expires_at > now()
    LEFT JOIN api_key k ON k.hash = $4 AND (k.expires_at IS NULL OR k.expires_at > now())
    JOIN company c ON c.id = coalesce($2, k.company_id, u.company_id)
    LEFT JOIN membership m ON m.user_id = u.id AND m.company_id = c.id
    WHERE u.id = coalesce($1, (SELECT user_id FROM api_key WHERE hash = $4)) AND u.active
        AND (c.id = u.company_id OR m.user_id IS NOT NULL)
        AND ($3::bigint IS NULL OR s.id IS NOT NULL)
        AND ($4::bytea IS NULL OR k.id IS NOT NULL AND c.id = coalesce(k.company_id, c.id))
)"""
"""A user ($1) who may act, and the company they act in ($2, or their own); by a session ($3) or an
API key (the hash $4) where one is given.
"""

VIEWER: Final = f"""
WITH RECURSIVE {ME}, {RIGHTS}
SELECT me.*, {COLUMNS}, pg_current_snapshot()::text AS snapshot FROM me
"""
ASKING: Final = ("asking_user", "asking_session", "asking_key", "asking_since")
"""The parameters of `UNCHANGED`: as of `VIEWER`, and the snapshot in which that was read."""
UNCHANGED: Final = """
NOT EXISTS (
    SELECT FROM rights_change WHERE transaction >= pg_snapshot_xmin($4::text::pg_snapshot)
        AND NOT pg_visible_in_snapshot(transaction, $4::text::pg_snapshot))
AND ($2::bigint IS NULL OR EXISTS (
    SELECT FROM session WHERE id = $2 AND user_id = $1::bigint AND expires_at > now()
        AND used_at >= now() - interval '1 minute'))
AND ($3::bytea IS NULL OR EXISTS (
    SELECT FROM api_key WHERE hash = $3 AND (expires_at IS NULL OR expires_at > now())
        AND last_used_at >= now() - interval '1 minute'))
"""
"""Whether who was read may still ask, as nothing else: no transaction has committed since that
changed rights, and the session or key is good, and was used so lately that it need not be noted.
"""
BY_EMAIL: Final = """
SELECT id, password_hash FROM app_user WHERE lower(email) = lower($1) AND active
"""
PASSWORD_HASH: Final = "SELECT password_hash FROM app_user WHERE id = $1"
SET_PASSWORD: Final = "UPDATE app_user SET password_hash = $2 WHERE id = $1"
REHASH: Final = "UPDATE app_user SET password_hash = $3 WHERE id = $1 AND password_hash = $2"


async def viewer_of(
    database: Database,
    user_id: int | None,
    company_id: int | None = None,
    session_id: int | None = None,
    hashed: bytes | None = None,
    *,
    connection: Any = None,
) -> Viewer:
    """Who a user is now, or the user of the API key with this hash, acting in a company of theirs;
    by a session of theirs, where one is given. Read by `connection`, where one is given. Raises
    Unauthenticated, NotFound.
    """
    asking: Asking = (user_id, company_id, session_id, hashed)
    taken = connection is None
    if taken:
        connection = await database.acquire()
    try:
        row = await connection.fetchrow(VIEWER, *asking)
        elsewhere = row is None and company_id is not None
        if elsewhere and await connection.fetchrow(VIEWER, user_id, None, session_id, hashed):
            raise NotFound("company", company_id, ("Fiches-Company",))
        if row is None:
            raise Unauthenticated("bad_token")
        if row["unnoted"]:
            used, id = (sessions.USED, session_id) if hashed is None else (USED, row["key_id"])
            await connection.execute(used, id)
        customs = await database.customs.of(connection, row["company_id"], row["customised"])
    finally:
        if taken:
            await database.release(connection)
    return database.viewers.of(asking, row, customs)


async def sign_in(database: Database, email: str, password: str, address: str = "") -> int:
    """The id of the user with this address and password; `address` is where the request comes
    from. Raises Unauthenticated, RateLimited, Busy.
    """
    known_as = UNSTORABLE.sub("?", email[:MOST_EMAIL])
    attempt = Attempt(database, known_as.casefold(), address)
    await attempt.claim()
    connection = await database.acquire()
    try:
        row = await connection.fetchrow(BY_EMAIL, known_as)
    finally:
        await database.release(connection)
    stored = row["password_hash"] if row else None
    if not await passwords.verified(stored, password) or row is None:
        log.warning("sign-in failed: user %s, from %s", row["id"] if row else "unknown", address)
        await note_failure(database.pool, row["id"] if row else None, address)
        raise Unauthenticated("bad_password")
    await attempt.succeeded()
    await note_of_user(database.pool, row["id"], EventKind.SIGNED_IN, address)
    if passwords.outdated(row["password_hash"]):
        # Where it was changed meanwhile, that stays.
        renewed = await asyncio.to_thread(passwords.hashed, password)
        await database.pool.execute(REHASH, row["id"], row["password_hash"], renewed)
    user_id: int = row["id"]
    return user_id


async def change_password(
    database: Database, viewer: Viewer, current: str, new: str, address: str = ""
) -> int:
    """Give the viewer a new password, and end their other sessions: how many.

    Raises InvalidInput, KeyRefused, and RateLimited: who has only stolen a token does not guess.
    """
    in_person(viewer)
    attempt = Attempt(database, viewer.email.casefold(), address)
    await attempt.claim()
    stored = await database.pool.fetchval(PASSWORD_HASH, viewer.id)
    if not await passwords.verified(stored, current):
        log.warning("password not changed: user %s, from %s", viewer.id, address)
        about = {"label": Label("Mot de passe actuel", "Current password")}
        raise InvalidInput([Problem(("current",), ErrorCode.INVALID, "wrong_password", about)])
    await attempt.succeeded()
    passwords.check(new, viewer.email, ("new",))
    renewed = await asyncio.to_thread(passwords.hashed, new)
    connection = await database.acquire()
    try:
        async with connection.transaction():
            await connection.execute(SET_PASSWORD, viewer.id, renewed)
            ended = await sessions.end_all(connection, viewer.id, viewer.credential.session_id)
            await note_of_user(connection, viewer.id, EventKind.PASSWORD_CHANGED, address)
    finally:
        await database.release(connection)
    log.info("password changed: user %s, from %s", viewer.id, address)
    return ended


async def set_password(connection: Any, user_id: int, email: str, password: str) -> None:
    """Give a user a new password and end their sessions. Raises InvalidInput."""
    passwords.check(password, email)
    async with connection.transaction():
        await connection.execute(SET_PASSWORD, user_id, passwords.hashed(password))
        await sessions.end_all(connection, user_id)


async def add_user(
    connection: Any,
    *,
    email: str,
    name: str,
    company_id: int,
    password: str | None = None,
    administrator: bool = False,
    language: str = "fr",
) -> int:
    """A new user; without a password they can act by tokens only. Raises InvalidInput."""
    try:
        address = kind_of(Email).parse(email)
    except Invalid as wrong:
        raise InvalidInput([Problem.of(("email",), "E-mail", wrong)]) from None
    if password is not None and len(password) > passwords.MOST:
        params = {"label": passwords.LABEL, "maximum": passwords.MOST}
        raise InvalidInput([Problem(("password",), ErrorCode.TOO_LONG, "too_long", params)])
    hashed = passwords.hashed(password) if password else None
    async with connection.transaction():
        user_id: int = await connection.fetchval(
            "INSERT INTO principal (kind, name) VALUES ('user', $1) RETURNING id", name
        )
        try:
            await connection.execute(
                "INSERT INTO app_user (id, email, password_hash, company_id, administrator,"
                " language) VALUES ($1, $2, $3, $4, $5, $6)",
                user_id,
                address,
                hashed,
                company_id,
                administrator,
                language,
            )
        except asyncpg.UniqueViolationError:
            raise NotUnique(("email",), "E-mail", address) from None
    return user_id


async def add_company(connection: Any, name: str, **details: Any) -> int:
    """A new company of the tenant."""
    names = ["name", *details]
    given = ", ".join(f"${i}" for i in range(1, len(names) + 1))
    company_id: int = await connection.fetchval(
        f"INSERT INTO company ({', '.join(names)}) VALUES ({given}) RETURNING id",
        name,
        *details.values(),
    )
    return company_id


async def add_team(connection: Any, company_id: int, name: str, user_ids: Iterable[int]) -> int:
    """A new team of a company, which owns records as a person does, and its members."""
    team_id: int = await connection.fetchval(
        "INSERT INTO principal (kind, name) VALUES ('team', $1) RETURNING id", name
    )
    await connection.execute(
        "INSERT INTO team (id, company_id) VALUES ($1, $2)", team_id, company_id
    )
    await connection.execute(
        "INSERT INTO team_member (team_id, member_id) SELECT $1, unnest($2::bigint[])",
        team_id,
        list(user_ids),
    )
    return team_id


async def share(connection: Any, company_id: int, modules: Iterable[str]) -> None:
    """Let everyone in the company read the records of these modules."""
    await connection.execute(
        "INSERT INTO sharing (company_id, module) SELECT $1, unnest($2::text[])"
        " ON CONFLICT DO NOTHING",
        company_id,
        list(modules),
    )


async def user_id_of(connection: Any, email: str) -> int | None:
    """The active user with this address."""
    found: int | None = await connection.fetchval(
        "SELECT id FROM app_user WHERE lower(email) = lower($1) AND active", email
    )
    return found
