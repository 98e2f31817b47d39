"""People who sign in: their passwords, their tokens, and what of them an operation needs.

Passwords are kept as argon2id hashes, tokens are signed (HS256) and expire; whether an address is
known shows neither in the answer nor in its time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

import asyncpg
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from db.access import Viewer
from db.database import Database
from db.declare import Label
from db.errors import ErrorCode, InvalidInput, NotFound, NotUnique, Problem, Unauthenticated
from db.kinds import UNSTORABLE, Email, Invalid, kind_of
from db.preferences import Preferences
from db.rights import COLUMNS, RIGHTS, rights_of

ALGORITHM: Final = "HS256"
AUDIENCE: Final = "fiches"
LIFETIME: Final = timedelta(hours=12)
MOST_EMAIL: Final = 1000
MOST_PASSWORD: Final = 1000
"""Characters of each that are looked at."""

ME: Final = """me AS MATERIALIZED (
    SELECT u.id, p.name, u.email, u.administrator, u.language, c.id AS company_id, c.time_zone,
        u.time_zone AS preferred_zone, u.date_format, u.number_format, c.customised,
        m.role_id, m.profile_id
    FROM app_user u JOIN principal p USING (id)
    JOIN company c ON c.id = coalesce($2, u.company_id)
    LEFT JOIN membership m ON m.user_id = u.id AND m.company_id = c.id
    WHERE u.id = $1 AND u.active AND (c.id = u.company_id OR m.user_id IS NOT NULL)
)"""
"""A user who may act, and the company they act in."""

VIEWER: Final = f"""
WITH RECURSIVE {ME}, {RIGHTS}
SELECT me.*, {COLUMNS} FROM me
"""


class Tokens:
    """Issues and reads the tokens of one secret."""

    def __init__(self, secret: bytes) -> None:
        # A key of its own: what signs tokens signs nothing else.
        self.key = OctKey.import_key(blake2b(secret, person=b"fiches tokens").digest())

    def issue(self, user_id: int, lifetime: timedelta = LIFETIME) -> str:
        now = datetime.now(UTC)
        claims = {"sub": str(user_id), "aud": AUDIENCE, "iat": now, "exp": now + lifetime}
        return jwt.encode({"alg": ALGORITHM}, claims, self.key)

    def read(self, token: str) -> int:
        """The user a token was issued to. Raises Unauthenticated."""
        registry = jwt.JWTClaimsRegistry(
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            sub={"essential": True},
        )
        try:
            read = jwt.decode(token, self.key, algorithms=[ALGORITHM])
            registry.validate(read.claims)
            user_id = int(read.claims["sub"])
        except (JoseError, ValueError):
            raise Unauthenticated("bad_token") from None
        if not 0 < user_id < 2**63:
            raise Unauthenticated("bad_token")
        return user_id


async def viewer_of(database: Database, user_id: int, company_id: int | None = None) -> Viewer:
    """Who a user is now, acting in a company of theirs. Raises Unauthenticated, NotFound."""
    connection = await database.acquire()
    try:
        row = await connection.fetchrow(VIEWER, user_id, company_id)
        elsewhere = row is None and company_id is not None
        if elsewhere and await connection.fetchrow(VIEWER, user_id, None):
            raise NotFound("company", company_id, ("Fiches-Company",))
        if row is None:
            raise Unauthenticated("bad_token")
        customs = await database.customs.of(connection, row["company_id"], row["customised"])
    finally:
        await database.release(connection)
    return Viewer(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        company_id=row["company_id"],
        administrator=row["administrator"],
        principals=tuple(row["parties"]),
        shared=frozenset(row["sharing"] or ()),
        language=row["language"],
        time_zone=row["time_zone"],
        preferences=Preferences.of(row),
        customs=customs,
        rights=rights_of(row, (module.name for module in database.suite.modules)),
    )


@lru_cache(maxsize=1)
def hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash verified for addresses that nobody has, so that they take as long."""
    return hasher().hash("nobody")


def _verify(stored: str | None, password: str) -> None:
    hasher().verify(stored or _nobody(), password[: MOST_PASSWORD + 1].encode(errors="replace"))


async def sign_in(database: Database, email: str, password: str) -> int:
    """The id of the user with this address and password. Raises Unauthenticated, Busy."""
    connection = await database.acquire()
    try:
        row = await connection.fetchrow(
            "SELECT id, password_hash FROM app_user WHERE lower(email) = lower($1) AND active",
            UNSTORABLE.sub("?", email[:MOST_EMAIL]),
        )
    finally:
        await database.release(connection)
    stored = row["password_hash"] if row else None
    try:
        # It takes long on purpose: elsewhere than where all others are served.
        await asyncio.to_thread(_verify, stored, password)
    except Argon2Error:
        stored = None
    if row is None or stored is None:
        raise Unauthenticated("bad_password")
    user_id: int = row["id"]
    return user_id


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
    if password is not None and len(password) > MOST_PASSWORD:
        params = {"label": Label("Mot de passe", "Password"), "maximum": MOST_PASSWORD}
        raise InvalidInput([Problem(("password",), ErrorCode.TOO_LONG, "too_long", params)])
    hashed = hasher().hash(password) if password else None
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


async def add_team(connection: Any, name: str, user_ids: Iterable[int]) -> int:
    """A new team, which owns records as a person does, and its members."""
    team_id: int = await connection.fetchval(
        "INSERT INTO principal (kind, name) VALUES ('team', $1) RETURNING id", name
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
