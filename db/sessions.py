"""Sessions: from signing in to signing out, each on one device.

A session lives as long as its refresh token is used in time. The refresh token has two halves, of
256 random bits each: the first names the session and stays, the second is replaced at each use.
Whoever comes with the first half of a session and an old second half uses a token that was used
before: it was stolen, or its thief was quicker, and the session ends for both. Without a row for
every token that ever was, and however late they come.

There is no time of grace: of two uses at once the second ends the session. A client refreshes once
at a time; one that loses the answer signs in again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import func, select

from db.access import VIEWER
from db.credentials import digest, random_secret
from db.database import Database
from db.declare import Label
from db.errors import NotFound, Unauthenticated
from db.kinds import CONTROL, UNSTORABLE
from db.reading import Fetches
from db.settings import Settings
from db.statements import compiled
from db.tables import session

log = logging.getLogger("fiches")

SESSION: Final = Label("Session", "Session")
LIVING: Final = timedelta(days=30)
ACCESS: Final = timedelta(minutes=15)
MOST: Final = 100
"""Sessions of a user; signing in once more ends those not used for longest."""

BEGIN: Final = """
INSERT INTO session (user_id, expires_at, device, address, family_hash, refresh_hash)
VALUES ($1, now() + $2::interval, $3, $4, $5, $6) RETURNING id
"""
OLDEST: Final = """
DELETE FROM session WHERE user_id = $1 AND id NOT IN (
    SELECT id FROM session WHERE user_id = $1 ORDER BY used_at DESC, id DESC LIMIT $2)
"""
ROTATE: Final = """
UPDATE session SET refresh_hash = $3, used_at = now(), expires_at = now() + $4::interval,
    device = $5, address = $6
FROM app_user u
WHERE family_hash = $1 AND refresh_hash = $2 AND expires_at > now()
    AND u.id = user_id AND u.active
RETURNING session.id, user_id
"""
REUSED: Final = "DELETE FROM session WHERE family_hash = $1 RETURNING id, user_id"
LIVE: Final = compiled(
    select(session)
    .where(session.c.user_id == VIEWER, session.c.expires_at > func.now())
    .order_by(session.c.used_at.desc(), session.c.id.desc())
    .limit(MOST)
)
END: Final = "DELETE FROM session WHERE user_id = $1 AND id = $2 RETURNING id"
END_ALL: Final = """
WITH ended AS (
    DELETE FROM session WHERE user_id = $1 AND id IS DISTINCT FROM $2 RETURNING expires_at)
SELECT count(*) FROM ended WHERE expires_at > now()
"""
USED: Final = """
UPDATE session SET used_at = now() WHERE id = $1 AND used_at < now() - interval '1 minute'
"""


@dataclass(frozen=True)
class Lifetimes:
    """How long what signing in gives is good for."""

    access: timedelta = ACCESS
    session: timedelta = LIVING

    @classmethod
    def of(cls, settings: Settings) -> Lifetimes:
        return cls(
            timedelta(minutes=settings.access_minutes), timedelta(days=settings.session_days)
        )


@dataclass(frozen=True)
class Caller:
    """Where a request comes from: the address, and the device as its `User-Agent` tells."""

    address: str = ""
    device: str = ""


@dataclass(frozen=True)
class Begun:
    """A session with the refresh token that nobody else will ever be told."""

    id: int
    user_id: int
    refresh_token: str


async def begin(database: Database, user_id: int, caller: Caller, living: timedelta) -> Begun:
    """A new session of a user who gave their password."""
    family, secret = random_secret(), random_secret()
    connection = await database.acquire()
    try:
        id = await connection.fetchval(
            BEGIN, user_id, living, caller.device, caller.address, digest(family), digest(secret)
        )
        await connection.execute(OLDEST, user_id, MOST)
    finally:
        await database.release(connection)
    log.info("signed in: user %s, session %s, from %s", user_id, id, caller.address)
    return Begun(id, user_id, f"{family}.{secret}")


async def begin_without_refreshing(connection: Any, user_id: int, living: timedelta) -> int:
    """The id of a new session that ends with its first token: the command line's."""
    id: int = await connection.fetchval(BEGIN, user_id, living, "fiches token", "", None, None)
    return id


async def refresh(database: Database, token: str, caller: Caller, living: timedelta) -> Begun:
    """The session of a refresh token, with the next one. Raises Unauthenticated, and ends the
    session where the token was used before.
    """
    family, _, secret = token[:200].partition(".")
    following = random_secret()
    named = digest(family)
    connection = await database.acquire()
    try:
        row = await connection.fetchrow(
            ROTATE, named, digest(secret), digest(following), living, caller.device, caller.address
        )
        reused = await connection.fetchrow(REUSED, named) if row is None else None
    finally:
        await database.release(connection)
    if reused is not None:
        log.warning(
            "a refresh token was used again: session %s of user %s ended, asked from %s",
            reused["id"],
            reused["user_id"],
            caller.address,
        )
    if row is None:
        raise Unauthenticated("bad_token")
    return Begun(row["id"], row["user_id"], f"{family}.{following}")


async def live(reader: Fetches) -> Sequence[Any]:
    """The sessions of the viewer, those used last first."""
    return await reader.fetch(LIVE)


async def end(database: Database, user_id: int, id: int) -> None:
    """End a session of the user's. Raises NotFound."""
    connection = await database.acquire()
    try:
        ended = await connection.fetchval(END, user_id, id)
    finally:
        await database.release(connection)
    if ended is None:
        raise NotFound(SESSION, f"session-{id}", ("id",))
    log.info("session %s of user %s ended", id, user_id)


async def end_all(connection: Any, user_id: int, but: int | None = None) -> int:
    """End the sessions of a user, but one; how many there were."""
    ended: int = await connection.fetchval(END_ALL, user_id, but)
    log.info("%s sessions of user %s ended", ended, user_id)
    return ended


BROWSERS: Final = (
    ("Edge", r"\bEdgA?(iOS)?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS)/"),
    ("Safari", r"\bSafari/"),
)
"""More than one fits most: the first does."""
SYSTEMS: Final = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("macOS", r"\bMac OS X\b"),
    ("Linux", r"\bLinux\b"),
)


@lru_cache(200)
def device(user_agent: str | None) -> str:
    """What people call the device of a `User-Agent`: `Firefox, Linux`. Of a program its name and
    version; empty where nothing is said.
    """
    said = CONTROL.sub(" ", UNSTORABLE.sub("", (user_agent or "")[:500])).strip()
    known = [
        next((name for name, sign in names if re.search(sign, said)), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, known)) if known[0] else said.partition(" ")[0][:60]
