"""What an operation gave, as clients are sent it: the body, and over HTTP the status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
from graphql import GraphQLError
from starlette.responses import Response
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from db.errors import ErrorCode
from graph.requests import JSON

HEADERS: Final = {
    # Answers are somebody's own, and may hold a token.
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}


def begun(result: ExecutionResult) -> bool:
    """Whether execution began: else no error has a place in an answer, and there is no data. A
    subscription begins with its stream of events (GraphQL §6.2.3), not with what looks for it.
    """
    errors = result.errors or []
    if isinstance(result, PreExecutionError):
        return False
    return not errors or result.data is not None or any(each.path for each in errors)


def body(result: ExecutionResult) -> dict[str, Any]:
    """The response of the specification of GraphQL (§7.1)."""
    found: dict[str, Any] = {}
    if result.errors:
        found["errors"] = [each.formatted for each in result.errors]
    if begun(result):
        found["data"] = result.data
    if result.extensions:
        found["extensions"] = result.extensions
    return found


def answer(result: ExecutionResult, media: str) -> Response:
    """A result as GraphQL over HTTP tells it: in the newer form 400 where nothing was executed."""
    errors = result.errors or []
    if result.data is not None or not errors:
        return made(body(result), 200, media)
    status, headers = _status(errors, begun(result))
    # In the older form 200 says that it is GraphQL which speaks; but that one must wait is for
    # whatever stands between, too.
    if media == JSON and (status != 429 or begun(result)):
        status, headers = 200, {}
    return made(body(result), status, media, headers)


def made(
    told: dict[str, Any], status: int, media: str, headers: Mapping[str, str] | None = None
) -> Response:
    return Response(
        orjson.dumps(told),
        status,
        {**HEADERS, **(headers or {}), "content-type": f"{media}; charset=utf-8"},
    )


def _status(errors: Sequence[GraphQLError], begun: bool) -> tuple[int, dict[str, str]]:
    """The status, with its header, of an answer without data: 401 where nobody is signed in, 429
    where one must wait (RFC 9110 §15.5.2, RFC 6585 §4), else 400 where nothing was executed.
    """
    extensions: list[Any] = [each.extensions or {} for each in errors]
    codes = {each.get("code") for each in extensions}
    if codes == {ErrorCode.UNAUTHENTICATED.value}:
        return 401, {"www-authenticate": "Bearer"}
    if codes == {ErrorCode.RATE_LIMITED.value}:
        return 429, {"retry-after": str(max(each["retryAfter"] for each in extensions))}
    return 200 if begun else 400, {}
