"""Sockets: whose client may be slow, may be gone, and is told why it is closed.

Close codes are chosen for clients of graphql-transport-ws: after 4403 and 1013 they may come back
(with another token, after a while), after 4400 and the like they should not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import orjson
from starlette.types import Message, Receive, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from strawberry.asgi import ASGIWebSocketAdapter

FORBIDDEN: Final = (4403, "Forbidden")
TRY_AGAIN: Final = (1013, "Try again later")

PATIENCE: Final = 20.0
"""Seconds a client may leave a message untaken. Servers wait for ever, a stream with them."""
LAST_WORD: Final = 1.0
"""Seconds for a client that took nothing to take the reason why it is cut off."""

LONGEST_REASON: Final = 123
"""Bytes that a frame which closes a socket has for the reason."""


class Ends:
    """The two ends of a socket, as ASGI has them, cut off where the client takes nothing."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._cut = asyncio.Event()

    async def receive(self) -> Message:
        arriving = asyncio.ensure_future(self._receive())
        cut = asyncio.ensure_future(self._cut.wait())
        try:
            await asyncio.wait((arriving, cut), return_when=asyncio.FIRST_COMPLETED)
            if arriving.done():
                return arriving.result()
            return {"type": "websocket.disconnect", "code": TRY_AGAIN[0]}
        finally:
            arriving.cancel()
            cut.cancel()

    async def send(self, message: Message) -> None:
        """Raises OSError, as servers do for clients that are gone."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._send(message)
        except TimeoutError:
            code, reason = TRY_AGAIN
            with suppress(OSError, RuntimeError, TimeoutError):
                async with asyncio.timeout(LAST_WORD):
                    await self._send({"type": "websocket.close", "code": code, "reason": reason})
            self._cut.set()
            raise OSError("the client takes nothing") from None


class Adapter(ASGIWebSocketAdapter):
    """Strawberry's view of a socket. What is said to one that is closed is said to nobody."""

    async def send_json(self, message: Mapping[str, object]) -> None:
        # As text: browsers hand binary messages to scripts as blobs, which clients don't parse.
        if open_still(self.ws):
            with suppress(WebSocketDisconnect, RuntimeError):
                await self.ws.send_text(orjson.dumps(message).decode())

    async def close(self, code: int, reason: str) -> None:
        await closed(self.ws, (code, reason))


async def closed(socket: WebSocket, why: tuple[int, str]) -> None:
    """Close a socket, unless it is; of the reason goes what a frame holds (RFC 6455 §5.5)."""
    code, told = why
    reason = told.encode()[:LONGEST_REASON].decode(errors="ignore")
    if open_still(socket):
        with suppress(WebSocketDisconnect, RuntimeError):
            await socket.close(code, reason)


def open_still(socket: WebSocket) -> bool:
    # Servers that have just closed it themselves say so by a RuntimeError.
    states: tuple[Any, Any] = (socket.application_state, socket.client_state)
    return states == (WebSocketState.CONNECTED, WebSocketState.CONNECTED)
