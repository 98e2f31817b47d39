"""An operation as server-sent events: graphql-sse, distinct connections.

One request carries one operation; each result is an event `next`, the end an event `complete`.
https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md. A stream that ends without
`complete` was cut off: the process stops, or the database can't be read. Its client comes back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import Any, Final
from uuid import uuid4

import orjson
from starlette.types import Message, Receive, Scope, Send
from strawberry.http.streaming import SSETransport, merge_stream_with_heartbeat
from strawberry.schema.schema import StreamResult
from strawberry.types import ExecutionResult

from db.errors import Unauthenticated
from graph import answers, sockets
from graph.errors import told_of
from graph.requests import EVENTS

log = logging.getLogger("fiches")

QUIET: Final = 12.0
"""Seconds after which a comment is sent where nothing else is: proxies close what is silent."""
WRITTEN: Final = SSETransport()
"""How events are written."""
HEADERS: Final = {
    **answers.HEADERS,
    "content-type": f"{EVENTS}; charset=utf-8",
    "cache-control": "no-store, no-transform",
    # nginx would keep events until it has a buffer full.
    "x-accel-buffering": "no",
}


class Ending:
    """How a stream ends that is closed before it is over: what a Session calls to close it."""

    def __init__(self) -> None:
        self.why: tuple[int, str] | None = None

    async def __call__(self, why: tuple[int, str]) -> None:
        self.why = why


class EventStream:
    """The response. It ends with its results, its client, or the process, whichever is first."""

    def __init__(
        self,
        results: StreamResult,
        ending: Ending,
        stopping: asyncio.Event,
        language: str,
    ) -> None:
        self.results = results
        self.ending = ending
        self.stopping = stopping
        self.language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        telling = asyncio.create_task(self._tell(send))
        gone = asyncio.create_task(_gone(receive))
        stopping = asyncio.create_task(self.stopping.wait())
        tasks = (telling, gone, stopping)
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            left = gone.done()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            # Where it was left while an event waited to be sent.
            await self.results.aclose()
        if not left:
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(sockets.LAST_WORD):
                    await send(_chunk("", more=False))

    async def _tell(self, send: Send) -> None:
        """Send all events, and whatever keeps the connection; each within PATIENCE."""
        texts = merge_stream_with_heartbeat(
            self._events,
            lambda: WRITTEN.encode_comment("still here"),
            QUIET,
            send_initial_heartbeat=True,
        )
        try:
            async for text in texts():
                async with asyncio.timeout(sockets.PATIENCE):
                    await send(_chunk(text))
        except (OSError, TimeoutError):
            return
        except Exception:
            log.exception("unexpected error %s on a stream of events", uuid4().hex[:12])

    async def _events(self) -> AsyncGenerator[str, None]:
        async for result in self.results:
            assert isinstance(result, ExecutionResult)
            yield _next(answers.body(result))
        if self.ending.why == sockets.FORBIDDEN:
            refusal = told_of(Unauthenticated("bad_token"), self.language)
            yield _next({"errors": [refusal.formatted]})
        if self.ending.why != sockets.TRY_AGAIN:
            yield WRITTEN.encode_complete()


def _next(body: dict[str, Any]) -> str:
    return WRITTEN.encode_next(body, lambda data: orjson.dumps(data).decode())  # type: ignore[arg-type]


def _chunk(text: str, *, more: bool = True) -> Message:
    return {"type": "http.response.body", "body": text.encode(), "more_body": more}


async def _gone(receive: Receive) -> None:
    """Wait until the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
