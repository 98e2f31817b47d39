"""This service beside the servers people would pick instead, on a million records.

    python -m bench.compare --help        (or `make bench`)

Installs and starts everything itself, checks that all answer alike, then runs each workload on each
server in turn, several rounds, so that all meet the same machine. S is one account; M one account
with 20 invoices, 4 entries of each, and 10 comments; L 50 accounts with 20 invoices, 4 entries of
each. Load, server and database share the machine. See docs/performance.md.
"""

from __future__ import annotations

import argparse
import shlex
import sys

from bench import report
from bench.answers import check
from bench.curves import Pace, curves
from bench.load import loaded, server
from bench.measuring import rounds, warm
from bench.servers import KINDS, install
from bench.targets import running

WORKLOADS = ("S", "M", "L")
USUAL = ("fiches", "mercurius", "postgraphile", "strawberry", "floor", "json-floor")


def main() -> None:
    asked = arguments()
    names = asked.only.split(",")
    if unknown := set(names) - set(KINDS):
        raise SystemExit(f"no server is called {', '.join(unknown)}: {', '.join(KINDS)} are")
    install()
    pace = Pace(min(3, asked.rounds), min(2, asked.seconds), asked.connections)
    with server() as embedded:
        url = loaded(embedded, asked.records)
        with running(names, url) as targets:
            check(targets, WORKLOADS)
            warm(targets, asked.workloads.split(","))
            found = rounds(
                targets, asked.workloads.split(","), asked.rounds, asked.connections, asked.seconds
            )
            memory = {each.name: each.server.memory() for each in targets}
            first = report.head(asked.records, asked.connections, asked.rounds, asked.seconds)
            print(f"\n{first}\n{report.told_versions()}\n\n{report.table(found, memory)}\n")
            print(report.goals(found), flush=True)
            drawn = {}
            if not asked.quick:
                for name, curve in curves(embedded, names, targets, pace):
                    print(f"\n{report.curve_table(curve)}", flush=True)
                    drawn[name] = curve
    if asked.record:
        command = f"make bench ARGS={shlex.quote(' '.join(sys.argv[1:]))}"
        report.publish(command, first, found, memory, drawn)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two short rounds, no curves")
    parser.add_argument("--record", action="store_true", help="write docs/performance.md anew")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, help="rounds, of which medians are shown")
    parser.add_argument("--seconds", type=float, help="seconds of each run")
    parser.add_argument("--connections", type=int, default=32, help="requests at the same time")
    parser.add_argument(
        "--only", default=",".join(USUAL), help=f"servers, separated by commas: {', '.join(KINDS)}"
    )
    parser.add_argument("--workloads", default=",".join(WORKLOADS))
    asked = parser.parse_args()
    asked.rounds = asked.rounds or (2 if asked.quick else 7)
    asked.seconds = asked.seconds or (2 if asked.quick else 8)
    return asked


if __name__ == "__main__":
    main()
