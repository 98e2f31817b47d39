"""Load: so many connections, each sending its next request when the last is answered.

One process, sockets and epoll by hand: it shares the cores with what it measures, so it takes as
little of them as it can (some 20 µs a request), the same for every server. Answers are read to
their last byte and looked at for errors; what else they say is checked before (answers.py).
"""

from __future__ import annotations

import math
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

CHUNK = 1 << 16


@dataclass
class Run:
    """What one run gave: seconds from first request to last answer, milliseconds of each answer."""

    seconds: float = 0.0
    taken: list[float] = field(default_factory=list)
    received: int = 0
    """Bytes of their bodies."""
    failed: int = 0
    """Answers that held errors: they count nowhere else."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.taken) / self.seconds

    def percentile(self, part: float) -> float:
        """Milliseconds that `part` of all answers took at most."""
        ordered = sorted(self.taken) or [math.nan]
        return ordered[min(len(ordered) - 1, math.ceil(part * len(ordered)) - 1)]


class Connection:
    """One connection and the answer it is waiting for. Raises RuntimeError for any but a 200."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(30)
        self.sent_at = 0.0
        self.head = b""
        self.missing = -1
        self.tail = b""
        self.length = 0
        self.failed = False

    def send(self, request: bytes) -> None:
        self.head, self.missing, self.tail, self.length = b"", -1, b"", 0
        self.failed = False
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what is there; whether the answer is whole."""
        data = self.socket.recv(CHUNK)
        if not data:
            raise RuntimeError("the server closed the connection")
        if self.missing < 0 and not self.tail:
            self.head += data
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return False
            head, data = self.head[:end].lower(), self.head[end + 4 :]
            if not head.startswith(b"http/1.1 200"):
                raise RuntimeError(f"{head.decode()}\n{data[:1000].decode(errors='replace')}")
            found = head.find(b"content-length:")
            if found >= 0:
                self.missing = int(head[found + 15 :].split(b"\r\n", 1)[0])
            else:
                self.tail = b"\r\n"  # chunked: whole when it ends with the empty chunk
        self.length += len(data)
        self.failed = self.failed or b'"errors":[' in data
        if self.missing >= 0:
            return self.length >= self.missing
        self.tail = (self.tail + data)[-7:]
        return self.tail == b"\r\n0\r\n\r\n"


def request_of(port: int, body: bytes, token: str = "") -> bytes:
    """A POST as it goes over the wire."""
    lines = [
        "POST /graphql HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/json",
        "Accept: application/json",
        f"Content-Length: {len(body)}",
        *([f"Authorization: Bearer {token}"] if token else []),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def load(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Run:
    """Send the requests, one after the other and around again, for so long.

    Answers that come after the end count, with the time until the last of them.
    """
    waiting = {each.socket.fileno(): each for each in _connected(port, connections)}
    poll = select.epoll()
    for number in waiting:
        poll.register(number, select.EPOLLIN)
    run, following = Run(), cycle(requests)
    began = time.perf_counter()
    until = began + seconds
    for each in waiting.values():
        each.send(next(following))
    open_ones = len(waiting)
    while open_ones:
        events = poll.poll(30)
        if not events:
            raise RuntimeError(f"no answer on port {port} in 30 seconds")
        for number, _ in events:
            each = waiting[number]
            if not each.receive():
                continue
            now = time.perf_counter()
            if each.failed:
                run.failed += 1
            else:
                run.taken.append((now - each.sent_at) * 1000)
                run.received += each.length
            if now < until:
                each.send(next(following))
            else:
                # Idle now: some servers close it before slower ones have answered the others.
                poll.unregister(number)
                open_ones -= 1
    run.seconds = time.perf_counter() - began
    for each in waiting.values():
        each.socket.close()
    poll.close()
    return run


def _connected(port: int, connections: int) -> list[Connection]:
    return [Connection(("127.0.0.1", port)) for _ in range(connections)]
