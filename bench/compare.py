"""This service beside the servers people would pick instead, on a million records.

    python -m bench.compare --help        (or `make bench`)

Installs and starts everything itself, checks that all answer alike, then runs each workload on each
server in turn, several rounds, so that all meet the same machine. S is one account; M one account
with 20 invoices, 4 entries of each, and 10 comments; L 50 accounts with 20 invoices, 4 entries of
each. Load, server and database share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

import asyncpg

from bench.answers import difference, same
from bench.generator import Run, load, request_of
from bench.load import ADMINISTRATOR, COMPANY, MANAGER, fiches, loaded, server
from bench.servers import KINDS, Server, cpu_of, install, postmaster, start, versions

WORKLOADS = ("S", "M", "L")
REQUESTS = 2000
"""Requests drawn once, and sent by all in the same order."""
WARMING = 8
"""Connections while warming up."""
CHECKED = 15
"""Answers of each workload that are compared."""


@dataclass(frozen=True)
class Target:
    """A server asked by somebody."""

    name: str
    server: Server
    token: str
    requests: dict[str, list[bytes]]


@dataclass(frozen=True)
class Measure:
    """One run of one workload on one target."""

    rate: float
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


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two short rounds, no curves")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, help="rounds, of which medians are shown")
    parser.add_argument("--seconds", type=float, help="seconds of each run")
    parser.add_argument("--connections", type=int, default=32, help="requests at the same time")
    parser.add_argument("--only", default="", help="servers, separated by commas")
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    asked = parser.parse_args()
    asked.rounds = asked.rounds or (2 if asked.quick else 7)
    asked.seconds = asked.seconds or (2 if asked.quick else 8)
    names = asked.only.split(",") if asked.only else [n for n in KINDS if n != "loaders"]
    workloads = asked.workloads.split(",")
    install()
    with server() as embedded:
        url = loaded(embedded, asked.records)
        with running(names, url) as targets:
            check(targets, workloads)
            found = measure(targets, workloads, asked)
            memory = {each.name: each.server.memory() for each in targets}
        print(table(found, memory, workloads, asked))


@contextmanager
def running(names: Sequence[str], url: str, workers: int = 1) -> Iterator[list[Target]]:
    """The servers, started, with the requests they will get."""
    company_id, ids = asyncio.run(drawn(url))
    tokens = {email: fiches(url, "token", email) for email in (ADMINISTRATOR, MANAGER)}
    with ExitStack() as stack:
        targets = []
        for name in names:
            began = time.perf_counter()
            one = start(name, url, company_id, workers)
            stack.callback(one.stop)
            print(f"{name} answers after {time.perf_counter() - began:.1f} s", flush=True)
            own = tokens[ADMINISTRATOR] if name in ("fiches", "loaders") else ""
            targets.append(target(name, one, own, ids))
            if name == "fiches":
                targets.append(target("fiches, restricted", one, tokens[MANAGER], ids))
        yield targets


async def drawn(url: str) -> tuple[int, list[int]]:
    """The company, and accounts at random, of those that the restricted viewer sees."""
    connection = await asyncpg.connect(url)
    try:
        company_id = await connection.fetchval("SELECT id FROM company WHERE name = $1", COMPANY)
        rows = await connection.fetch(
            "SELECT a.id FROM customer_account a WHERE owner_id IN (SELECT user_id FROM membership"
            " JOIN role ON role.id = role_id WHERE parent_id IS NOT NULL) ORDER BY id"
        )
    finally:
        await connection.close()
    return company_id, random.Random(1).choices([row["id"] for row in rows], k=REQUESTS)


def target(name: str, server: Server, token: str, ids: Sequence[int]) -> Target:
    """Write all requests beforehand: they cost nothing while the clock runs."""
    cursors: list[str | None] = [None]
    while len(cursors) < 40:
        page = server.ask("Pages", {"after": cursors[-1]}, token)["customerAccounts"]
        cursor = page["pageInfo"]["endCursor"]
        if cursor is None or not server.ask("Pages", {"after": cursor}, token):
            break
        cursors.append(cursor)
    pages = random.Random(2).choices(cursors, k=REQUESTS // 10)
    variables: dict[str, list[dict[str, Any]]] = {
        "S": [{"id": str(id)} for id in ids],
        "M": [{"id": str(id)} for id in ids],
        "L": [{"after": after} for after in pages],
    }

    def written(operation: str) -> list[bytes]:
        bodies = (server.kind.dialect.body(operation, each) for each in variables[operation])
        return [request_of(server.port, body, token) for body in bodies]

    return Target(name, server, token, {each: written(each) for each in WORKLOADS})


def check(targets: Sequence[Target], workloads: Sequence[str]) -> None:
    """Stop if two servers answer the same request differently, saying where."""
    for workload in workloads:
        first: tuple[Target, list[Any]] | None = None
        for each in targets:
            if each.name == "fiches, restricted" and workload == "L":
                continue  # other accounts are on their pages
            bodies = (raw.split(b"\r\n\r\n", 1)[1] for raw in each.requests[workload][:CHECKED])
            asked = [json.loads(body)["variables"] for body in bodies]
            answers = [same(each.server.ask(workload, one, each.token)) for one in asked]
            for answer in answers:
                answer.get("customerAccounts", {}).pop("pageInfo", None)
            if first is None:
                first = each, answers
                continue
            for one, other in zip(first[1], answers, strict=True):
                if wrong := difference(one, other):
                    raise SystemExit(f"{workload}: {first[0].name}, {each.name}: {wrong}")
    print(f"All answer alike: {', '.join(each.name for each in targets)}", flush=True)


def measure(
    targets: Sequence[Target], workloads: Sequence[str], asked: argparse.Namespace
) -> dict[tuple[str, str], list[Measure]]:
    """Every round's measure of each target and workload. What runs first changes by the round."""
    found: dict[tuple[str, str], list[Measure]] = {}
    for each in targets:
        for workload in workloads:
            load(each.server.port, each.requests[workload], WARMING, 1.5)
    for turn in range(asked.rounds):
        for workload in workloads:
            order = [*targets[turn % len(targets) :], *targets[: turn % len(targets)]]
            for each in order:
                one = measured(each, each.requests[workload], asked.connections, asked.seconds)
                found.setdefault((each.name, workload), []).append(one)
        print(f"round {turn + 1} of {asked.rounds}", flush=True)
    return found


def measured(each: Target, requests: Sequence[bytes], connections: int, seconds: float) -> Measure:
    database = postmaster()
    before = each.server.cpu(), cpu_of(database)
    try:
        run: Run = load(each.server.port, requests, connections, seconds)
    except RuntimeError as error:
        raise SystemExit(f"{each.name}: {error}") from error
    after = each.server.cpu(), cpu_of(database)
    count = len(run.taken) or math.nan
    return Measure(
        run.rate,
        run.percentile(0.5),
        run.percentile(0.99),
        (after[0] - before[0]) * 1000 / count,
        (after[1] - before[1]) * 1000 / count,
        run.received / count,
        run.failed / (run.failed + len(run.taken)),
    )


def table(
    found: dict[tuple[str, str], list[Measure]],
    memory: dict[str, float],
    workloads: Sequence[str],
    asked: argparse.Namespace,
) -> str:
    """Medians over the rounds; `fiches ×` is its rate over this server's in the same round, the
    median and from least to most.
    """
    lines = [
        f"{os.cpu_count()} cores; {asked.records:,} records; {asked.connections} connections; "
        f"{asked.rounds} rounds of {asked.seconds:g} s",
        f"{'':26}{'req/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'server':>9}{'database':>10}"
        f"{'kB':>7}{'MB':>6}   fiches ×",
    ]
    names = list(dict.fromkeys(name for name, _ in found))
    for workload in workloads:
        for name in names:
            runs = found[name, workload]
            mid = [median(getattr(run, field) for run in runs) for field in Measure.__annotations__]
            rate, p50, p99, own, database, size, failed = mid
            ratio = ""
            if ("fiches", workload) in found:
                pairs = zip(found["fiches", workload], runs, strict=True)
                ratios = [one.rate / other.rate for one, other in pairs]
                ratio = f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
            lines.append(
                f"{workload}  {name:23}{rate:8,.0f}{p50:9.1f}{p99:9.1f}{own:9.2f}{database:10.2f}"
                f"{size / 1000:7.1f}{memory[name]:6.0f}   {ratio}"
                + (f"  {failed:.0%} of the answers were errors" if failed else "")
            )
    lines.append(", ".join(f"{name} {number}" for name, number in versions().items()))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
