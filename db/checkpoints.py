"""Signed notes of where each company's chain stood: kept elsewhere, they show what a chain can't.

A tail cut off, or a chain computed anew from the start, looks intact from inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from joserfc.jws import JWSRegistry

from db.chain import Head
from db.tokens import ALGORITHM

AUDIENCE: Final = "fiches history"


class _Registry(JWSRegistry):
    # One company takes about a hundred bytes.
    max_payload_length = 2**28


class NoCheckpoint(Exception):
    """A text that is no checkpoint, was altered, or was signed with another key."""


class Checkpoints:
    """Issues and reads the checkpoints of one secret: signed (HS256) JSON Web Tokens."""

    def __init__(self, secret: bytes) -> None:
        # A key of its own: no token that signs requests is a checkpoint.
        self.key = OctKey.import_key(blake2b(secret, person=b"fiches history").digest())
        self.registry = _Registry(algorithms=[ALGORITHM])

    def issue(self, heads: Mapping[int, Head]) -> str:
        """The heads by company, signed."""
        told = {str(id): [head.position, head.hash.hex()] for id, head in heads.items()}
        claims = {"aud": AUDIENCE, "iat": datetime.now(UTC), "heads": told}
        return jwt.encode({"alg": ALGORITHM}, claims, self.key, registry=self.registry)

    def read(self, text: str) -> dict[int, Head]:
        """The heads by company. Raises NoCheckpoint."""
        wanted = jwt.JWTClaimsRegistry(aud={"essential": True, "value": AUDIENCE})
        try:
            claims = jwt.decode(text.strip(), self.key, registry=self.registry).claims
            wanted.validate(claims)
        except (JoseError, ValueError):
            raise NoCheckpoint from None
        return {
            int(id): Head(position, bytes.fromhex(hash))
            for id, (position, hash) in claims["heads"].items()
        }
