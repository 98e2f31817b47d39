"""Passwords: kept as argon2id hashes, and good enough to be worth it."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from db.declare import Label
from db.errors import ErrorCode, InvalidInput, Problem
from db.errors import Path as To

LEAST: Final = 12
MOST: Final = 1000
"""Characters of a password (NIST SP 800-63B §5.1.1.2 wants 8 or more, and no other rule than that
it is not a common one)."""
LABEL: Final = Label("Mot de passe", "Password")

COMMON: Final = frozenset(
    (Path(__file__).parent / "common_passwords.txt").read_text("utf-8").splitlines()
)
"""The most common ones of lists of leaked passwords that are long enough."""


def check(password: str, email: str, path: To = ("password",)) -> None:
    """Raises InvalidInput with what a new password lacks."""
    code, key = ErrorCode.INVALID, ""
    params: dict[str, Any] = {"label": LABEL}
    folded = password.strip().casefold()
    if len(password) > MOST:
        code, key, params["maximum"] = ErrorCode.TOO_LONG, "too_long", MOST
    elif len(password) < LEAST:
        key, params["minimum"] = "password_too_short", LEAST
    elif folded == email.casefold():
        key = "password_is_email"
    elif folded in COMMON or len(set(folded)) < 3:
        key = "password_is_common"
    if key:
        raise InvalidInput([Problem(path, code, key, params)])


@lru_cache(maxsize=1)
def hasher() -> PasswordHasher:
    return PasswordHasher()


def hashed(password: str) -> str:
    return hasher().hash(_written(password))


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash verified for addresses that nobody has, so that they take as long."""
    return hasher().hash("nobody")


async def verified(stored: str | None, password: str) -> bool:
    """Whether a password is the one stored; False, after as long, where none is."""
    # It takes long on purpose: elsewhere than where all others are served.
    right = await asyncio.to_thread(_verified, stored or _nobody(), password)
    return right and stored is not None


def _verified(stored: str, password: str) -> bool:
    try:
        return hasher().verify(stored, _written(password))
    except (Argon2Error, InvalidHashError):
        return False


def outdated(stored: str) -> bool:
    """Whether a hash was made with weaker parameters than today's."""
    return hasher().check_needs_rehash(stored)


def _written(password: str) -> bytes:
    return password[: MOST + 1].encode(errors="replace")
