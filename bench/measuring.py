"""Measures: one run of a target, and many in turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bench.generator import load
from bench.servers import cpu_of, postmaster
from bench.targets import Target

WARMING = 8
"""Connections while warming up."""


@dataclass(frozen=True)
class Measure:
    """One run of one workload on one target."""

    rate: float
    """Answers without errors, a second."""
    p50: float
    p99: float
    server_cpu: float
    """Milliseconds of processor a request, of the server."""
    database_cpu: float
    """The same of PostgreSQL, all its processes."""
    size: float
    """Bytes of an answer's body."""
    failed: float
    """Part of the answers that held errors: `BUSY`, for one, where a server sheds load."""


Found = dict[tuple[str, str], list[Measure]]
"""The measures of each round, by target and workload."""


def warm(targets: Sequence[Target], workloads: Sequence[str]) -> None:
    """Let caches fill, plans be made and code be compiled before anything counts."""
    for each in targets:
        for workload in workloads:
            load(each.server.port, each.requests(workload), WARMING, 1.5)


def rounds(
    targets: Sequence[Target],
    workloads: Sequence[str],
    count: int,
    connections: int,
    seconds: float,
) -> Found:
    """Each workload on each target in turn; who begins changes by the round."""
    found: Found = {}
    for turn in range(count):
        first = turn % len(targets)
        for workload in workloads:
            for each in [*targets[first:], *targets[:first]]:
                one = measured(each, each.requests(workload), connections, seconds)
                found.setdefault((each.name, workload), []).append(one)
        print(f"round {turn + 1} of {count}", flush=True)
    return found


def measured(each: Target, requests: Sequence[bytes], connections: int, seconds: float) -> Measure:
    """One run. Ends the program where the server breaks off."""
    database = postmaster()
    before = each.server.cpu(), cpu_of(database)
    try:
        run = load(each.server.port, requests, connections, seconds)
    except (OSError, RuntimeError) as error:
        raise SystemExit(f"{each.name}: {error}") from error
    after = each.server.cpu(), cpu_of(database)
    count = len(run.taken) or math.nan
    return Measure(
        rate=run.rate,
        p50=run.percentile(0.5),
        p99=run.percentile(0.99),
        server_cpu=(after[0] - before[0]) * 1000 / count,
        database_cpu=(after[1] - before[1]) * 1000 / count,
        size=run.received / count,
        failed=run.failed / (run.failed + len(run.taken)),
    )
