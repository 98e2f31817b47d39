"""Working on an answer only as long as somebody waits for it, and no longer than it may take."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from db.errors import Timeout

T = TypeVar("T")


async def attended(receive: Receive, work: Coroutine[Any, Any, T], seconds: int) -> T:
    """What `work` gives. It is cancelled, its statement with it and what it wrote undone, where
    the client goes away (ClientDisconnect) or the time is over (Timeout).

    The body of the request must have been read: `receive` is asked for nothing but the end.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((working, leaving), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        left = leaving.done()
    finally:
        leaving.cancel()
        if not working.done():
            working.cancel()
            # Until it has given back what it holds.
            await asyncio.wait((working,))
    if left:
        raise ClientDisconnect
    raise Timeout(seconds)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
