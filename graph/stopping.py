"""Knowing at once that this process is told to stop.

uvicorn closes sockets itself, but waits for responses, and tells the application only when the last
is over: one that never ends by itself, such as a stream of events, must hear of it before.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def heard(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` in the running loop when a signal to stop arrives, before whoever handles it
    now is called. Without handlers, or off the main thread, nothing is heard.
    """
    loop = asyncio.get_running_loop()

    def hearing(handler: Callable[[int, FrameType | None], object]) -> Callable[..., None]:
        def both(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(stop)
            handler(number, frame)

        return both

    before = {number: signal.getsignal(number) for number in SIGNALS}
    handled = {number: each for number, each in before.items() if callable(each)}
    try:
        for number, handler in handled.items():
            signal.signal(number, hearing(handler))
    except ValueError:
        handled = {}
    try:
        yield
    finally:
        for number, handler in handled.items():
            signal.signal(number, handler)
