"""The status of an answer in `application/graphql-response+json`, by edition of GraphQL over HTTP.

| | draft | 2026 |
|---|---|---|
| data and errors | 200 | 294 |
| a document that can't be parsed | 400 | 400 |
| one that is not valid or too large; variables that don't fit; which operation? | 400 | 422 |
| no GraphQL request, though JSON | 400 | 422 |
| nobody signed in, where nothing came of it; too much for now | 401, 429 | 401, 429 |
| no room now, and nothing came of it | 503 | 503 |
| not allowed; our fault | 400 | 403, 500 |

https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from graphql import GraphQLError

from db.errors import ErrorCode
from db.settings import Edition

PARTIAL: Final = 294
UNPROCESSABLE: Final = 422
NEWER: Final = {
    "GRAPHQL_PARSE_FAILED": 400,
    ErrorCode.FORBIDDEN.value: 403,
    ErrorCode.PERSISTED_QUERY_ONLY.value: 403,
    ErrorCode.INTERNAL.value: 500,
    ErrorCode.TIMEOUT.value: 503,
}
"""Statuses of what was not executed, by the one code of its errors; 422 for all others."""
UNREAD: Final = frozenset({"bad_json", "request_too_deep", "json_twice", "json_number"})
"""What is said of JSON that can't be read: 400 in every edition."""


def status_of(
    errors: Sequence[GraphQLError], begun: bool, some: bool, edition: Edition
) -> tuple[int, dict[str, str]]:
    """The status, and the header that goes with it, of an answer with errors. `begun`: it was
    executed; `some`: there is data.
    """
    if edition == "2026" and begun:
        return PARTIAL, {}
    if some:
        return 200, {}
    extensions: list[Any] = [each.extensions or {} for each in errors]
    codes = {each.get("code") for each in extensions}
    if codes == {ErrorCode.UNAUTHENTICATED.value}:
        return 401, {"www-authenticate": "Bearer"}  # RFC 9110 §15.5.2
    if codes == {ErrorCode.RATE_LIMITED.value}:  # RFC 6585 §4
        return 429, {"retry-after": str(max(each["retryAfter"] for each in extensions))}
    if codes == {ErrorCode.UNAVAILABLE.value}:  # RFC 9110 §15.6.4
        return 503, {"retry-after": "1"}
    if edition == "2026":
        return NEWER.get(codes.pop(), UNPROCESSABLE) if len(codes) == 1 else UNPROCESSABLE, {}
    return 200 if begun else 400, {}


def refused_with(status: int, key: str, edition: Edition) -> int:
    """The status of what is no GraphQL request, where 400 would be told of it."""
    newer = edition == "2026" and status == 400 and key not in UNREAD
    return UNPROCESSABLE if newer else status
