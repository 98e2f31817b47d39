"""The GraphiQL page: built from `web/` into `static/ide/`, served without any other host."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from ipaddress import ip_address
from os import PathLike, stat_result
from pathlib import Path
from typing import Any

from starlette.datastructures import URL
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "static" / "ide"

# The editor writes its own styles, hence 'unsafe-inline' there and nowhere else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self' data:; img-src 'self' data:; connect-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

COMMON_HEADERS = {
    # A worker is bound by the policy of its own file, not by the page's: both carry it.
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}

PAGE_HEADERS = {
    **COMMON_HEADERS,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}

# A file's name holds the hash of what is in it.
ASSET_HEADERS = {**COMMON_HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}

NOT_BUILT = (
    "The GraphiQL page is not built. Run `make assets`, then reload.\n"
    "The endpoint itself works: POST a query to it.\n"
)


@dataclass(frozen=True)
class Example:
    """A query that the page opens in a tab of its own; `title` is one line, shown above it."""

    title: str
    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)


def routes() -> list[BaseRoute]:
    """Where the page finds its scripts, styles and fonts: `/ide/assets`, cached for a year."""
    return [Mount("/ide/assets", Assets(directory=BUILT / "assets", check_dir=False))]


def page(*, endpoint: str, token: str | None, examples: Sequence[Example]) -> Response:
    """The page for one visitor; 503 with the cure in plain text where it is not built.

    `endpoint` is the address of the service as a path (`/graphql`), also used for sockets. Whoever
    gets the page gets `token`: give one in demo mode only, and only where `is_loopback` says so.
    """
    try:
        built = (BUILT / "index.html").read_text(encoding="utf-8")
    except FileNotFoundError:
        return PlainTextResponse(NOT_BUILT, 503, PAGE_HEADERS)
    data = attributes(
        endpoint=endpoint,
        token=token or "",
        examples=json.dumps([shown(example) for example in examples]),
    )
    return HTMLResponse(built.replace('<div id="ide"', f'<div id="ide"{data}'), 200, PAGE_HEADERS)


def examples() -> list[Example]:
    """The examples kept in `web/public/examples`, by file name; none where the page is not built.

    A file opens with `# Title`; variables stand in a `.json` file of the same name.
    """
    return [read(file) for file in sorted((BUILT / "examples").glob("*.graphql"))]


def is_loopback(request: HTTPConnection) -> bool:
    """Whether a visitor is on this machine and means it.

    The address alone is not enough: a web page may point its own name at 127.0.0.1 (DNS
    rebinding), and a proxy on this machine speaks for strangers.
    """
    client = request.client.host if request.client else ""
    host = URL(scope=request.scope).hostname or ""
    forwarded = "forwarded" in request.headers or "x-forwarded-for" in request.headers
    return is_local(client) and is_local(host) and not forwarded


class Assets(StaticFiles):
    """Static files that never change under one name; what is not built is not found."""

    async def check_config(self) -> None:
        """Accept a folder that is not there yet: Starlette would answer 500 for ever after."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update(ASSET_HEADERS)
        return response


def read(file: Path) -> Example:
    title, _, query = file.read_text(encoding="utf-8").partition("\n")
    variables = file.with_suffix(".json")
    known = json.loads(variables.read_text(encoding="utf-8")) if variables.exists() else {}
    return Example(title.removeprefix("#").strip(), query, known)


def shown(example: Example) -> dict[str, Any]:
    return {
        "title": example.title,
        "query": example.query,
        "variables": dict(example.variables) or None,
    }


def attributes(**values: str) -> str:
    """` data-name="value"` for each, safe inside an HTML tag."""
    return "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())


def is_local(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
