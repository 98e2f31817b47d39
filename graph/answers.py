"""What an operation gave, as clients are sent it: the body, and over HTTP the status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
from starlette.responses import Response
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from db.settings import Edition
from graph.requests import JSON
from graph.statuses import status_of

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


def answer(result: ExecutionResult, media: str, edition: Edition) -> Response:
    """A result as GraphQL over HTTP tells it: in the newer form with a status of its own where
    there are errors.
    """
    errors = result.errors or []
    status, headers = 200, dict[str, str]()
    if errors:
        status, headers = status_of(errors, begun(result), result.data is not None, edition)
    # In the older form 200 says that it is GraphQL which speaks; but that one must wait, or that
    # there is no room, is for whatever stands between, too.
    if media == JSON and status != 503 and (status != 429 or begun(result)):
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
