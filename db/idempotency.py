"""What was done under a client's key: the same request again is answered again, not done again."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from db.errors import BadUserInput, IdempotencyMismatch
from db.kinds import CONTROL, UNSTORABLE

if TYPE_CHECKING:
    from db.writing import Work

LONGEST: Final = 200
"""Characters of a key."""

FORGET: Final = """
DELETE FROM idempotency WHERE user_id = $1 AND key = $2 AND at < now() - interval '1 day'
"""
CLAIM: Final = """
INSERT INTO idempotency (user_id, key, digest) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING RETURNING true
"""
DONE: Final = "SELECT digest, result FROM idempotency WHERE user_id = $1 AND key = $2"
REMEMBER: Final = "UPDATE idempotency SET result = $3 WHERE user_id = $1 AND key = $2"


async def done_before(work: Work, key: str | None, asked: Any) -> Any | None:
    """What came of the same request under the same key, within a day; None if nothing yet.

    Two at once wait for each other here: the claim of the first is a locked row until it commits.
    Raises IdempotencyMismatch for another request, BadUserInput for what is no key.
    """
    if key is None:
        return None
    if not 0 < len(key) <= LONGEST or UNSTORABLE.search(key) or CONTROL.search(key):
        raise BadUserInput(("idempotencyKey",), "bad_key", maximum=LONGEST)
    user, digest = work.viewer.id, _digest([work.viewer.company_id, asked])
    await work.connection.execute(FORGET, user, key)
    if await work.connection.fetchval(CLAIM, user, key, digest):
        return None
    row = await work.connection.fetchrow(DONE, user, key)
    if row["digest"] != digest:
        raise IdempotencyMismatch(key)
    return row["result"]


async def remember(work: Work, key: str | None, result: Any) -> None:
    """Keep what came of a request, as JSON, for when it comes again."""
    if key is not None:
        await work.connection.execute(REMEMBER, work.viewer.id, key, result)


def _digest(asked: Any) -> str:
    # Not orjson: what is asked is not checked yet, and may hold what that cannot write.
    written = json.dumps(asked, default=str, sort_keys=True)
    return blake2b(written.encode(), digest_size=16).hexdigest()
