"""Numbers for operators, as Prometheus reads them at `/metrics`.

Several workers write to one folder (`PROMETHEUS_MULTIPROC_DIR`, which `fiches serve` makes), so
that whichever is asked tells of all.
"""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import Any, Final

import psutil
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph.ide import is_loopback

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
MOST_NAMES: Final = 500
"""Different documents told apart by a process: clients may send any number."""

OPERATIONS: Final = Counter(
    "fiches_operations", "Operations that ended.", ("operation", "kind", "outcome")
)
SECONDS: Final = Histogram(
    "fiches_operation_seconds",
    "How long queries and mutations took.",
    ("operation", "kind"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
STATEMENTS: Final = Histogram(
    "fiches_operation_statements",
    "Statements that queries and mutations took.",
    ("kind",),
    buckets=(0, 1, 2, 4, 8, 16, 32, 64, 128),
)
BATCHES: Final = Histogram(
    "fiches_loader_batch_keys",
    "Keys that loaders read together.",
    ("loader",),
    buckets=(1, 2, 5, 10, 20, 50, 100, 1_000, 10_000),
)
POOL: Final = Gauge(
    "fiches_pool_connections",
    "Connections to the database.",
    ("state",),
    multiprocess_mode="livesum",
)
SUBSCRIBERS: Final = Gauge(
    "fiches_subscribers", "Streams that are open.", multiprocess_mode="livesum"
)

_names: set[str] = set()


def label(query: str | None, name: str | None, *, trusted: bool) -> str:
    """What an operation is called in metrics, logs and traces: trusted documents by their name,
    others by the beginning of their hash (SHA-256), because clients may name them anything.
    """
    text = name if trusted and name else _hashed(query or "")
    if text not in _names and len(_names) >= MOST_NAMES:
        return "other"
    _names.add(text)
    return text


@lru_cache(1_000)
def _hashed(query: str) -> str:
    return sha256(query.encode(errors="replace")).hexdigest()[:12]


def look(pool: Any, subscribers: int) -> None:
    """Tell how things stand in this process now."""
    idle = pool.get_idle_size()
    POOL.labels("idle").set(idle)
    POOL.labels("used").set(pool.get_size() - idle)
    SUBSCRIBERS.set(subscribers)


def answered(request: Request, token: str | None) -> Response:
    """The metrics, to who gives the token; unless there is one, to this machine only. Others are
    told that there is nothing.
    """
    if token is not None:
        given = request.headers.get("authorization", "")
        if not compare_digest(given.encode(), f"Bearer {token}".encode()):
            return PlainTextResponse("", 401, {"www-authenticate": "Bearer"})
    elif not is_loopback(request):
        return PlainTextResponse("Not Found", 404)
    return PlainTextResponse(
        generate_latest(_registry()), headers={"content-type": CONTENT_TYPE_LATEST}
    )


def _registry() -> CollectorRegistry:
    folder = os.environ.get(FOLDER)
    if not folder:
        return REGISTRY
    for file in Path(folder).glob("gauge_live*_*.db"):
        process = int(file.stem.rpartition("_")[2])
        if not psutil.pid_exists(process):
            mark_process_dead(process, folder)  # type: ignore[no-untyped-call]
    registry = CollectorRegistry()
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    return registry
