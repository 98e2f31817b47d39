"""`/export/CustomerInvoice.csv`: a list as a file, sent as it is read.

Who asks is said by a header and by nothing that a browser sends of itself, so that no other page
can ask in their name. A client that goes away ends the statement that is running for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import aclosing, contextmanager
from typing import Any, Final

import orjson
from graphql import GraphQLError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from db.errors import BadUserInput, Busy, ErrorCode
from graph.context import Operation, Session
from graph.errors import told
from graph.exporting import Asked, asked_of, exported

PATH: Final = "/export/{module}.csv"
LARGEST: Final = 1024 * 1024
"""Bytes of a request's body."""
AGAIN: Final = 5
"""Seconds after which whoever found no room may try again."""

STATUS: Final[Mapping[str, int]] = {
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.TIMEOUT: 504,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.INTERNAL: 500,
}
"""Of what is refused; all else is 400."""

PATIENCE: Final = 60.0
"""Seconds that a client may take to accept one part, before it is cut off."""


class Room:
    """How many exports a process makes at a time: each holds a connection as long as its client
    takes to read it.
    """

    def __init__(self, most: int) -> None:
        self.free = most

    @contextmanager
    def taken(self) -> Iterator[None]:
        """A place, while there is one. Raises Busy."""
        if self.free == 0:
            raise Busy(AGAIN)
        self.free -= 1
        try:
            yield
        finally:
            self.free += 1


class Exports:
    """The endpoint. `session` gives what a request brings, `most` is how many at a time."""

    def __init__(self, session: Callable[[Request], Session], most: int) -> None:
        self.session = session
        self.room = Room(most)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, until it is answered or its client is gone."""
        request = Request(scope, receive)
        body = await request.body() if request.method == "POST" else b""
        answering = asyncio.create_task(self.answer(request, body, send))
        leaving = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            answering.cancel()
            # What is cancelled ends its statement and gives its connection back first.
            await asyncio.wait({answering, leaving})
        if not answering.cancelled():
            answering.result()

    async def answer(self, request: Request, body: bytes, send: Send) -> None:
        own = await self.session(request).operation()
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            async with asyncio.timeout(PATIENCE):
                await send(message)

        try:
            _ = own.viewer
            asked = _asked(request, body)
            with self.room.taken():
                await _stream(own, asked, request.method == "HEAD", sent)
        except Exception as error:
            # Once rows are under way there is no other way to tell than to break off.
            if begun:
                raise
            await _refused(error, own)(request.scope, request.receive, send)
        finally:
            await own.renew()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _stream(own: Operation, asked: Asked, head: bool, send: Any) -> None:
    headers = {
        "content-disposition": f'attachment; filename="{asked.module}.csv"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
    }
    start = Response(media_type="text/csv; charset=utf-8", headers=headers)
    del start.headers["content-length"]
    async with aclosing(exported(own, asked)) as parts:
        text, _ = await anext(parts)
        await send({"type": "http.response.start", "status": 200, "headers": start.raw_headers})
        if not head:
            await send(_part(text))
            async for text, _ in parts:
                await send(_part(text))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _part(text: str) -> Message:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}


def _asked(request: Request, body: bytes) -> Asked:
    given: Any = dict(request.query_params)
    if request.method == "POST":
        kind = Headers(scope=request.scope).get("content-type", "").partition(";")[0].strip()
        if kind != "application/json":
            raise BadUserInput(("body",), accepted="application/json")
        try:
            posted = orjson.loads(body or b"{}")
        except orjson.JSONDecodeError:
            posted = None
        if not isinstance(posted, dict):
            raise BadUserInput(("body",), accepted='{"columns": […]}')
        given |= posted
    return asked_of(request.path_params["module"], given)


def _refused(error: Exception, own: Operation) -> JSONResponse:
    """A refusal as GraphQL tells it."""
    told_as = told(GraphQLError("", original_error=error), own.language)
    code = str((told_as.extensions or {})["code"])
    headers = {"retry-after": str(getattr(error, "params", {}).get("seconds", AGAIN))}
    return JSONResponse(
        {"errors": [told_as.formatted]},
        STATUS.get(code, 400),
        headers if code == ErrorCode.UNAVAILABLE.value else None,
    )
