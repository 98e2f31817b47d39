"""By what a viewer is known: a session, or an API key with its scopes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING

from db.errors import KeyRefused

if TYPE_CHECKING:
    from db.access import Viewer


class Scope(str, Enum):
    """What an API key may be used for."""

    READ = "READ"
    WRITE = "WRITE"


@dataclass(frozen=True)
class Credential:
    """`session_id` of a person who signed in, or `key_id` of a program; neither in a demo."""

    session_id: int | None = None
    key_id: int | None = None
    scopes: frozenset[Scope] = frozenset(Scope)

    @property
    def writes(self) -> bool:
        return Scope.WRITE in self.scopes


def in_person(viewer: Viewer) -> Viewer:
    """The viewer, where no API key acts for them: a key gives nobody more keys, and ends no
    session. Raises KeyRefused.
    """
    if viewer.credential.key_id is not None:
        raise KeyRefused("key_may_not")
    return viewer


def random_secret() -> str:
    """256 random bits, as 43 characters."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is stored of a secret. Nobody guesses 256 random bits, so a plain hash is enough."""
    return sha256(secret.encode(errors="replace")).digest()
