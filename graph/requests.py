"""What one HTTP request asks for, read and checked; GraphQL over HTTP says how it is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, NoReturn

from starlette.requests import Request

from db.errors import BadUserInput, FichesError, Timeout, TooComplex
from graph.json_text import BadJson, parsed
from graph.limits import Limits
from graph.named import BadName, Named, named

JSON: Final = "application/json"
EVENTS: Final = "text/event-stream"
GRAPHQL_JSON: Final = "application/graphql-response+json"
ALLOW: Final = "GET, POST"


class Refused(Exception):
    """A request that is no GraphQL request: its status, what is said, and further headers."""

    def __init__(self, status: int, why: FichesError, **headers: str) -> None:
        super().__init__(status, why)
        self.status = status
        self.why = why
        self.headers = headers


@dataclass(frozen=True)
class Asked:
    """One operation as it was sent."""

    query: str | None
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    extensions: dict[str, Any] = field(default_factory=dict)
    named: Named | None = None


@lru_cache(200)
def answered_as(accept: str | None) -> str:
    """The form of the answer, by the Accept header: the better liked, and of equals plain JSON
    unless the other is named; events where they are liked better than either. Raises Refused with
    406 where none is taken.
    """
    if not accept or not accept.strip():
        return JSON
    liked = {form: _liked(form, accept) for form in (GRAPHQL_JSON, JSON, EVENTS)}
    best = max(liked.values())
    if best[0] <= 0:
        accepted = [GRAPHQL_JSON, JSON, EVENTS]
        _refuse(406, "accept", "not_acceptable", accepted=accepted)
    if best not in (liked[JSON], liked[GRAPHQL_JSON]):
        return EVENTS
    return GRAPHQL_JSON if liked[GRAPHQL_JSON] == best and best != liked[JSON] else JSON


def _liked(form: str, accept: str) -> tuple[float, int]:
    """How much a header takes a form, and how precisely it names it (RFC 9110 §12.5.1). Events
    are sent to those who name them only.
    """
    named = {form: 2} if form == EVENTS else {form: 2, "application/*": 1, "*/*": 0}
    found = (0.0, -1)
    for part in accept.split(","):
        name, *parameters = (each.strip().lower() for each in part.split(";"))
        precise = named.get(name)
        if precise is None or precise <= found[1]:
            continue
        weight = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            found = (min(max(float(weight), 0.0), 1.0), precise)
        except ValueError:
            found = (0.0, precise)
    return found


async def asked(request: Request, limits: Limits) -> Asked:
    """What a GET or POST request asks for. Raises Refused."""
    given = _in_address(request, limits) if request.method == "GET" else None
    if given is None:
        _check_type(request.headers.get("content-type", ""))
        given = _json(await _body(request, limits), "body", limits)
    if isinstance(given, list):
        _refuse(400, "body", "no_batches")
    if not isinstance(given, dict):
        _refuse(400, "body", "bad_parameter", accepted='{"query": "…", "variables": {…}}')
    for name, kind, accepted in (
        ("query", str, '"…"'),
        ("operationName", str, '"…"'),
        ("variables", dict, "{…}"),
        ("extensions", dict, "{…}"),
    ):
        if not isinstance(given.get(name), kind | None):
            _refuse(400, name, "bad_parameter", accepted=accepted)
    try:
        document = named(given)
    except BadName as bad:
        _refuse(400, bad.parameter, "bad_parameter", accepted=bad.accepted)
    if document is None and not given.get("query"):
        _refuse(400, "query", "no_query")
    return Asked(
        given.get("query") or None,
        given.get("variables"),
        given.get("operationName") or None,
        given.get("extensions") or {},
        document,
    )


def _in_address(request: Request, limits: Limits) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            _refuse(400, "address", "json_twice", name=name)
        given[name] = value
    for name in ("variables", "extensions"):
        if given.get(name):
            given[name] = _json(given[name], name, limits)
        else:
            given.pop(name, None)
    return given


@lru_cache(200)
def _check_type(header: str) -> None:
    kind, *parameters = (each.strip().lower() for each in header.split(";"))
    others = [each for each in parameters if each.startswith("charset=")]
    if kind != JSON or any(each.partition("=")[2].strip('"') != "utf-8" for each in others):
        _refuse(415, "content-type", "body_not_json", accepted=JSON)


async def _body(request: Request, limits: Limits) -> bytes:
    """The whole body, no further than it may be long."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limits.body:
        raise _too_large(limits)
    body = bytearray()
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limits.body:
                    raise _too_large(limits)
    except TimeoutError:
        slow = Timeout(limits.body_seconds, "body_too_slow")
        raise Refused(408, slow, connection="close") from None
    return bytes(body)


def _too_large(limits: Limits) -> Refused:
    # The rest of it is on its way: only a closed connection stops it.
    refusal = TooComplex(limits.body + 1, limits.body, "body_too_large")
    return Refused(413, refusal, connection="close")


def _json(text: bytes | str, name: str, limits: Limits) -> Any:
    try:
        return parsed(text, limits.json_depth)
    except BadJson as error:
        _refuse(400, name, error.key, **error.params)


def _refuse(status: int, argument: str, key: str, **params: Any) -> NoReturn:
    raise Refused(status, BadUserInput((argument,), key, **params))
