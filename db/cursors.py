"""Cursors: where a page ends, opaque to clients, of use in the list they were given by only."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Sequence
from hashlib import blake2b
from hmac import compare_digest

import orjson

from db.errors import BadCursor

MAC = 9


class Cursors:
    """Writes and reads cursors, signed: values in them reach a statement unparsed."""

    def __init__(self, secret: bytes) -> None:
        self.key = blake2b(secret, person=b"fiches cursors").digest()

    def write(self, scope: str, position: Sequence[str | None]) -> str:
        """`position`: the sort keys of a row as text. `scope` names the list and its arguments."""
        payload = orjson.dumps(position)
        return _encoded(self._mac(scope, payload) + payload)

    def read(self, scope: str, cursor: str, argument: str = "after") -> tuple[str | None, ...]:
        """The position written. Raises BadCursor for one forged, or of another list;
        `argument` is where the client gave it.
        """
        try:
            raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except (Error, ValueError):
            raise BadCursor(argument) from None
        mac, payload = raw[:MAC], raw[MAC:]
        # The decoder passes over strange characters and spare bits: only what was given is taken.
        if _encoded(raw) != cursor or not compare_digest(mac, self._mac(scope, payload)):
            raise BadCursor(argument)
        return tuple(orjson.loads(payload))

    def _mac(self, scope: str, payload: bytes) -> bytes:
        return blake2b(scope.encode() + b"\0" + payload, key=self.key, digest_size=MAC).digest()


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
