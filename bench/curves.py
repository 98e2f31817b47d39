"""Curves: requests a second as one thing grows and all else stays."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.load import fiches, loaded
from bench.measuring import measured, warm
from bench.servers import Server
from bench.targets import RESTRICTED, VIEWERS, Target, drawn, running
from db.embedded import Embedded

SIZES = (10_000, 100_000, 1_000_000)
PAGE = (1, 5, 20, 50, 100)
CONNECTIONS = (1, 4, 16, 32, 64, 128)
WORKERS = (1, 2, 4)


@dataclass
class Curve:
    """Requests a second of each server at each value of what grows."""

    title: str
    grows: str
    """What the values are."""
    values: list[str] = field(default_factory=list)
    rates: dict[str, list[float]] = field(default_factory=dict)
    """By server, one for each value; NaN where it was not measured."""

    def add(self, value: str, rates: Mapping[str, float]) -> None:
        self.values.append(value)
        for name in {**self.rates, **rates}:
            own = self.rates.setdefault(name, [float("nan")] * (len(self.values) - 1))
            own.append(rates.get(name, float("nan")))


@dataclass(frozen=True)
class Pace:
    """How long each point is measured: the median of `rounds` runs of `seconds`."""

    rounds: int
    seconds: float
    connections: int


def curves(
    embedded: Embedded, names: Sequence[str], targets: Sequence[Target], pace: Pace
) -> Iterator[tuple[str, Curve]]:
    """All curves, by name. `targets` run on the largest database."""
    plain = [each for each in targets if each.name != RESTRICTED]
    url = loaded(embedded, max(SIZES))
    yield "rows", page_curve(plain, pace, "Rows", "Rows of one list", "rows in a page")
    yield (
        "parents",
        page_curve(plain, pace, "Parents", "Accounts with 5 invoices each", "accounts in a page"),
    )
    yield "connections", connections_curve(plain, pace)
    for each in plain:
        if each.name == "fiches":
            yield "viewers", viewers_curve(url, each.server, pace)
    yield (
        "workers",
        across(WORKERS, pace, names, "M by processes", "processes", lambda count: (url, count)),
    )
    yield (
        "records",
        across(
            SIZES,
            pace,
            names,
            "M by records in the database",
            "records",
            lambda count: (loaded(embedded, count), 1),
        ),
    )


def page_curve(
    targets: Sequence[Target], pace: Pace, operation: str, title: str, grows: str
) -> Curve:
    """One operation with larger and larger pages."""
    curve = Curve(title, grows)
    for size in PAGE:
        requests = {each.name: each.requests(operation, [{"first": size}]) for each in targets}
        curve.add(str(size), points(targets, requests, pace))
    return curve


def connections_curve(targets: Sequence[Target], pace: Pace) -> Curve:
    """M with more and more requests at the same time."""
    curve = Curve("M by requests at the same time", "requests at the same time")
    requests = {each.name: each.requests("M") for each in targets}
    for count in CONNECTIONS:
        own = Pace(pace.rounds, pace.seconds, count)
        curve.add(str(count), points(targets, requests, own))
    return curve


def viewers_curve(url: str, server: Server, pace: Pace) -> Curve:
    """S and M of the service by who asks, all for accounts that every one of them sees."""
    curve = Curve("S and M by who asks", "the viewer sees")
    draw = asyncio.run(drawn(url))
    accounts = [{"id": str(id)} for id in draw.own]
    for told, email in VIEWERS.items():
        token = fiches(url, "token", email)
        own = Target("fiches", server, token, {"S": accounts, "M": accounts})
        rates = {}
        for workload in ("S", "M"):
            one = points([own], {own.name: own.requests(workload)}, pace)
            rates[f"fiches, {workload}"] = one[own.name]
        curve.add(told, rates)
    return curve


def across(
    values: Sequence[int],
    pace: Pace,
    names: Sequence[str],
    title: str,
    grows: str,
    started: Callable[[int], tuple[str, int]],
) -> Curve:
    """M on servers that are started anew for each value, with the address and the processes that
    `started` gives for it.
    """
    curve = Curve(title, grows)
    for value in values:
        url, workers = started(value)
        with running(names, url, workers) as targets:
            plain = [each for each in targets if each.name != RESTRICTED]
            warm(plain, ["M"])
            requests = {each.name: each.requests("M") for each in plain}
            curve.add(f"{value:,}", points(plain, requests, pace))
    return curve


def points(
    targets: Sequence[Target], requests: Mapping[str, Sequence[bytes]], pace: Pace
) -> dict[str, float]:
    """The median rate of each target, by name; they take turns."""
    rates: dict[str, list[float]] = {each.name: [] for each in targets}
    began = time.perf_counter()
    for _ in range(pace.rounds):
        for each in targets:
            one = measured(each, requests[each.name], pace.connections, pace.seconds)
            rates[each.name].append(one.rate)
    told = ", ".join(f"{name} {median(each):,.0f}" for name, each in rates.items())
    print(f"  {told}  ({time.perf_counter() - began:.0f} s)", flush=True)
    return {name: median(each) for name, each in rates.items()}
