"""What was measured, as text for a terminal and as pages of the documentation."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from statistics import median

from bench import plots
from bench.curves import Curve
from bench.load import ROOT
from bench.measuring import Found, Measure
from bench.servers import versions

EVIDENCE = ROOT / "docs" / "evidence" / "bench.txt"
PAGE = ROOT / "docs" / "performance.md"
PLOTS = ROOT / "docs" / "performance"
GOALS: Mapping[str, Mapping[str, float]] = {
    "S": {"mercurius": 1, "floor": 0.9},
    "M": {"mercurius": 2, "postgraphile": 3, "floor": 0.9},
    "L": {"mercurius": 1.8, "postgraphile": 3.5, "strawberry": 20, "floor": 0.9},
}
"""What the service wants to be, as a multiple of each server."""


def head(records: int, connections: int, rounds: int, seconds: float) -> str:
    """Where and how it was measured."""
    return (
        f"{os.cpu_count()} cores ({_processor()}), shared by load, server and database; "
        f"{records:,} records; {connections} requests at the same time; "
        f"{rounds} {'round' if rounds == 1 else 'rounds'} of {seconds:g} s"
    )


def table(found: Found, memory: Mapping[str, float]) -> str:
    """Medians over the rounds; `fiches ×` is its rate over this one's in the same round: the
    median, and from least to most.
    """
    lines = [
        f"{'':24}{'req/s':>8}{'p50':>8}{'p99':>8}{'server':>9}{'database':>10}"
        f"{'kB':>7}{'MB':>6}  fiches ×",
        f"{'':24}{'':8}{'ms':>8}{'ms':>8}{'ms CPU':>9}{'ms CPU':>10}",
    ]
    for (name, workload), runs in _by_workload(found):
        mid = middle(runs)
        lines.append(
            f"{workload}  {name:21}{mid.rate:8,.0f}{mid.p50:8.1f}{mid.p99:8.1f}"
            f"{mid.server_cpu:9.2f}{mid.database_cpu:10.2f}"
            f"{mid.size / 1000:7.1f}{memory[name]:6.0f}  {ratio(found, name, workload)}"
            + (f"; {mid.failed:.0%} of the answers were errors" if mid.failed else "")
        )
    return "\n".join(lines)


def goals(found: Found) -> str:
    """Where the service stands against what it wants to be."""
    lines = []
    for workload, wanted in GOALS.items():
        for name, least in wanted.items():
            if ("fiches", workload) in found and (name, workload) in found:
                reached = median(ratios(found, name, workload))
                verdict = "reached" if reached >= least else "MISSED"
                lines.append(f"{workload}: {reached:5.2f} × {name:13} wanted {least:<4g} {verdict}")
    return "\n".join(lines)


def middle(runs: Sequence[Measure]) -> Measure:
    """The median of each figure."""
    return Measure(*(median(getattr(run, each.name) for run in runs) for each in fields(Measure)))


def ratios(found: Found, name: str, workload: str) -> list[float]:
    """The service's rate over that of another, round by round."""
    pairs = zip(found["fiches", workload], found[name, workload], strict=True)
    return [one.rate / other.rate if other.rate else float("inf") for one, other in pairs]


def ratio(found: Found, name: str, workload: str) -> str:
    if name == "fiches" or ("fiches", workload) not in found:
        return ""
    own = ratios(found, name, workload)
    return f"{median(own):.2f} ({min(own):.2f}–{max(own):.2f})"


def curve_table(curve: Curve) -> str:
    """The figures of a curve."""
    wide = max(12, *(len(each) + 2 for each in curve.values))
    lines = [f"{curve.title}; requests a second by: {curve.grows}"]
    lines.append(f"{'':14}" + "".join(f"{each:>{wide}}" for each in curve.values))
    for name, rates in curve.rates.items():
        lines.append(f"{name:14}" + "".join(f"{each:{wide},.0f}" for each in rates))
    return "\n".join(lines)


def told_versions() -> str:
    return ", ".join(f"{name} {number}" for name, number in versions().items())


def publish(
    command: str, first: str, found: Found, memory: Mapping[str, float], curves: Mapping[str, Curve]
) -> None:
    """Write the evidence, the plots, and the tables of docs/performance.md.

    Without curves, plots of an earlier run stay as they are.
    """
    figures = table(found, memory)
    parts = [f"$ {command}", first, told_versions(), figures, goals(found)]
    parts += [curve_table(each) for each in curves.values()]
    EVIDENCE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    PLOTS.mkdir(parents=True, exist_ok=True)
    for name, curve in curves.items():
        (PLOTS / f"{name}.svg").write_text(plots.drawn(curve), encoding="utf-8")
    blocks = {"table": f"{first}.\n\n{markdown(found, memory)}", "goals": markdown_goals(found)}
    if curves:
        blocks["curves"] = "\n".join(
            f"![{curve.title}](performance/{name}.svg)" for name, curve in curves.items()
        )
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), blocks), encoding="utf-8")


def filled(page: str, blocks: Mapping[str, str]) -> str:
    """A page with its blocks, between `<!-- name -->` and `<!-- /name -->`, written anew."""
    for name, text in blocks.items():
        page, count = re.subn(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda found, text=text: f"{found[1]}\n{text}\n\n{found[2]}",  # type: ignore[misc]
            page,
            flags=re.DOTALL,
        )
        assert count == 1, f"docs/performance.md has no place for {name}"
    return page


def markdown(found: Found, memory: Mapping[str, float]) -> str:
    lines = [
        "| | server | requests/s | p50, ms | p99, ms | CPU of server, ms | of PostgreSQL, ms "
        "| memory, MB | Fiches × |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for (name, workload), runs in _by_workload(found):
        mid = middle(runs)
        rate = f"{mid.rate:,.0f}" if mid.rate >= 10 else f"{mid.rate:.1f}"
        if mid.failed:
            rate += f" ({mid.failed:.0%} errors)"
        lines.append(
            f"| {workload} | {name} | {rate} | {mid.p50:.1f} | {mid.p99:.1f} "
            f"| {mid.server_cpu:.2f} | {mid.database_cpu:.2f} | {memory[name]:.0f} "
            f"| {ratio(found, name, workload)} |"
        )
    return "\n".join(lines)


def markdown_goals(found: Found) -> str:
    lines = ["| | against | wanted | measured | |", "|---|---|--:|--:|---|"]
    for workload, wanted in GOALS.items():
        for name, least in wanted.items():
            if ("fiches", workload) not in found or (name, workload) not in found:
                continue
            reached = median(ratios(found, name, workload))
            verdict = "yes" if reached >= least else "**no**"
            lines.append(f"| {workload} | {name} | {least:g} × | {reached:.2f} × | {verdict} |")
    return "\n".join(lines)


def _by_workload(found: Found) -> list[tuple[tuple[str, str], list[Measure]]]:
    """Found, all of a workload together."""
    workloads = list(dict.fromkeys(workload for _, workload in found))
    return sorted(found.items(), key=lambda each: workloads.index(each[0][1]))


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    model = re.search(r"model name\s*: (.+)", text)
    return model[1].strip() if model else platform.machine()
