"""API keys: by which programs act for a user, without their password.

A key is 256 random bits behind `fiches_`, by which it is known when it leaks; it is shown once, and
only its hash is kept. What it does is told in history as the user's, by API.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select

from db.access import VIEWER, Viewer
from db.credentials import Scope, digest, in_person, random_secret
from db.database import Database
from db.declare import Label
from db.errors import BadUserInput, ErrorCode, InvalidInput, NotFound, Problem
from db.kinds import CONTROL, UNSTORABLE, Invalid, kind_of
from db.reading import Fetches
from db.statements import compiled
from db.tables import api_key

log = logging.getLogger("fiches")

PREFIX: Final = "fiches_"
LABEL: Final = Label("Clé d’API", "API key")
NAME: Final = Label("Nom", "Name")
EXPIRES: Final = Label("Expiration", "Expiry")
COMPANY: Final = Label("Société", "Company")
LONGEST: Final = 100
MOST: Final = 100
"""Characters of a name; keys of a user."""

# The user's row is locked: of two at once, the second counts the first.
LOCK: Final = "SELECT FROM app_user WHERE id = $1 FOR NO KEY UPDATE"
COUNT: Final = "SELECT count(*) FROM api_key WHERE user_id = $1"
ACTS_IN: Final = """
SELECT true FROM app_user u WHERE id = $1 AND (company_id = $2 OR EXISTS (
    SELECT FROM membership m WHERE m.user_id = u.id AND m.company_id = $2))
"""
CREATE: Final = """
INSERT INTO api_key (user_id, company_id, name, hint, hash, scopes, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *
"""
KEYS: Final = compiled(
    select(api_key).where(api_key.c.user_id == VIEWER).order_by(api_key.c.id.desc()).limit(MOST)
)
REVOKE: Final = "DELETE FROM api_key WHERE user_id = $1 AND id = $2 RETURNING id"
USED: Final = """
UPDATE api_key SET last_used_at = now()
WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
"""


async def create(
    database: Database,
    viewer: Viewer,
    *,
    name: str,
    scopes: Iterable[Scope],
    expires_at: Any = None,
    company_id: int | None = None,
) -> tuple[Any, str]:
    """A new key of the viewer's, and the key itself; `expires_at` as the client gave it.

    Raises InvalidInput, KeyRefused, and BadUserInput where there are too many.
    """
    in_person(viewer)
    name, granted = name.strip(), sorted({each.value for each in scopes})
    problems = list(_problems(name, granted))
    expiry = None
    try:
        expiry = kind_of(datetime).parse(expires_at)
    except Invalid as wrong:
        problems.append(Problem.of(("expires_at",), EXPIRES, wrong))
    if expiry is not None and expiry <= datetime.now(UTC):
        about = {"label": EXPIRES}
        problems.append(Problem(("expires_at",), ErrorCode.INVALID, "not_in_future", about))
    key = PREFIX + random_secret()
    connection = await database.acquire()
    try:
        async with connection.transaction():
            await connection.execute(LOCK, viewer.id)
            if company_id is not None and not await connection.fetchval(
                ACTS_IN, viewer.id, company_id
            ):
                missing = {"label": COMPANY, "id": f"company-{company_id}"}
                problems.append(
                    Problem(("company",), ErrorCode.NOT_FOUND, "no_such_target", missing)
                )
            if problems:
                raise InvalidInput(problems)
            if await connection.fetchval(COUNT, viewer.id) >= MOST:
                raise BadUserInput(("input",), "too_many_keys", maximum=MOST)
            row = await connection.fetchrow(
                CREATE,
                viewer.id,
                company_id,
                name,
                key[: len(PREFIX) + 4],
                digest(key),
                granted,
                expiry,
            )
    finally:
        await database.release(connection)
    log.info("API key %s of user %s created", row["id"], viewer.id)
    return row, key


def _problems(name: str, scopes: list[str]) -> Iterable[Problem]:
    if not name:
        yield Problem(("name",), ErrorCode.REQUIRED, "required", {"label": NAME})
    elif len(name) > LONGEST:
        about = {"label": NAME, "maximum": LONGEST}
        yield Problem(("name",), ErrorCode.TOO_LONG, "too_long", about)
    elif UNSTORABLE.search(name) or CONTROL.search(name):
        yield Problem(("name",), ErrorCode.INVALID, "bad_character", {"label": NAME})
    if not scopes:
        yield Problem(
            ("scopes",), ErrorCode.REQUIRED, "required", {"label": Label("Portée", "Scope")}
        )


async def keys(reader: Fetches) -> Sequence[Any]:
    """The keys of the viewer, newest first; expired ones stay until they are revoked."""
    return await reader.fetch(KEYS)


async def revoke(database: Database, viewer: Viewer, id: int) -> None:
    """Raises NotFound, KeyRefused."""
    in_person(viewer)
    connection = await database.acquire()
    try:
        revoked = await connection.fetchval(REVOKE, viewer.id, id)
    finally:
        await database.release(connection)
    if revoked is None:
        raise NotFound(LABEL, f"key-{id}", ("id",))
    log.info("API key %s of user %s revoked", id, viewer.id)
