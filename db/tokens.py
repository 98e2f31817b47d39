"""Access tokens: signed (HS256) JSON Web Tokens that say who asks, for a short time.

A token names its session, so that ending the session ends it too. One that names none is good
until it expires: the demo's page carries such a one, and no way to sign in gives any.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from time import time
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from db.errors import Unauthenticated

ALGORITHM: Final = "HS256"
AUDIENCE: Final = "fiches"
ISSUER: Final = "fiches"
LIFETIME: Final = timedelta(hours=12)
LONGEST: Final = 2000
"""Characters of a token that is looked at: several times as many as one has."""
KEPT: Final = 10_000
"""Tokens that are remembered."""
HIGHEST_ID: Final = 2**63

CLAIMS: Final[Any] = {
    "iss": {"essential": True, "value": ISSUER},
    "aud": {"essential": True, "value": AUDIENCE},
    "exp": {"essential": True},
    "sub": {"essential": True},
}


@dataclass(frozen=True)
class Claims:
    """What a token says: its user, and the session it belongs to."""

    user_id: int
    session_id: int | None = None


class Tokens:
    """Issues and reads the tokens of one secret."""

    def __init__(self, secret: bytes) -> None:
        # A key of its own: what signs tokens signs nothing else.
        self.key = OctKey.import_key(blake2b(secret, person=b"fiches tokens").digest())
        self._read: OrderedDict[bytes, tuple[Claims, float]] = OrderedDict()
        """What tokens said whose signatures were found good, and until when; by their digests."""

    def issue(
        self, user_id: int, lifetime: timedelta = LIFETIME, session_id: int | None = None
    ) -> str:
        now = datetime.now(UTC)
        claims: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(user_id),
            "iat": now,
            "exp": now + lifetime,
        }
        if session_id is not None:
            claims["sid"] = str(session_id)
        return jwt.encode({"alg": ALGORITHM}, claims, self.key)

    def read(self, token: str) -> Claims:
        """What a token that was issued here, and still holds, says. Raises Unauthenticated."""
        if len(token) > LONGEST:
            raise Unauthenticated("bad_token")
        digest = blake2b(token.encode(errors="surrogatepass"), digest_size=32).digest()
        kept = self._read.get(digest)
        if kept is not None and time() < kept[1]:
            return kept[0]
        claims, expires = self._checked(token)
        self._read[digest] = (claims, expires)
        if len(self._read) > KEPT:
            self._read.popitem(last=False)
        return claims

    def _checked(self, token: str) -> tuple[Claims, float]:
        """What a token says, and the time at which it expires. Raises Unauthenticated."""
        try:
            claims = jwt.decode(token, self.key, algorithms=[ALGORITHM]).claims
            jwt.JWTClaimsRegistry(**CLAIMS).validate(claims)
            session = claims.get("sid")
            read = Claims(_id(claims["sub"]), None if session is None else _id(session))
            return read, float(claims["exp"])
        except (JoseError, ValueError):
            raise Unauthenticated("bad_token") from None


def _id(text: Any) -> int:
    """Raises ValueError for what is no id."""
    id = int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else 0
    if not 0 < id < HIGHEST_ID:
        raise ValueError
    return id
