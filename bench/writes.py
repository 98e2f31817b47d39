"""What a mutation costs beside the same INSERTs sent by hand, in one run.

    python bench/writes.py --help

`createCustomerAccount` and `updateCustomerAccount` through the whole service, one transaction each;
beside them, taking turns on the same pool of the same PostgreSQL, what they write sent by hand on
asyncpg (bench/by_hand.py): alone, and served as JSON over ASGI as the service is. All is in this
process, without sockets. Before anything is measured, what the two wrote is compared, table by
table.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import uvloop
from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.by_hand import Hand, Served, post
from bench.servers import cpu_of
from db.accounts import add_company, add_user
from db.embedded import Embedded
from db.migrate import upgraded
from db.settings import Settings
from graph.app import create_app

SECRET = "of this measurement, of no use elsewhere"
CREATE = """
mutation ($name: String!) {
  createCustomerAccount(input: { name: $name }) { customerAccount { id } errors { message } }
}
"""
UPDATE = """
mutation ($id: ID!, $name: String!) {
  updateCustomerAccount(id: $id, input: { name: $name }) {
    customerAccount { id }
    errors { message }
  }
}
"""
WRITTEN = {
    "customer_account": "id = $1",
    "record": "id = $1",
    "change": "record_id = $1",
    "outbox": "record_id = $1",
    "seal": "change_id IN (SELECT id FROM change WHERE record_id = $1)",
    "search_key": "record_id = $1",
}
"""Tables that a write touches beside the counter and the chain's head, and which rows are its."""

OWN = {"id", "number", "record_id", "change_id", "xid", "at", "created_at", "updated_at"}
PLACED = {"position", "hash"}
"""Columns whose values are a row's own: an id, a time, a place in the chain."""


@dataclass(frozen=True)
class Cost:
    """One run: writes a second, and milliseconds of processor a write."""

    rate: float
    python: float
    database: float


@dataclass
class Writer:
    """One who writes, for a company of their own; `ids` are what they may write over."""

    company: int
    user: int
    token: str
    ids: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--writes", type=int, default=300, help="of each, a round")
    parser.add_argument("--writers", type=int, default=1, help="at the same time, a company each")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which medians are shown")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Embedded.start(Path(folder, "data")) as server:
        postmaster = next(Path(folder).rglob("postmaster.pid"))
        uvloop.run(measure(server.url, int(postmaster.read_text().split()[0]), asked))


async def measure(url: str, postmaster: int, asked: argparse.Namespace) -> None:
    await upgraded(url)
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET), pool_size=20)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        pool = app.state.application.database.pool
        issue = app.state.application.tokens.issue
        writers = [await writer(pool, issue, f"banc{i}") for i in range(asked.writers)]
        await compare(app, pool, writers[0])

        async def create(writer: Writer, i: int) -> None:
            payload = await post(app, writer.token, CREATE, {"name": f"Client {i}"})
            writer.ids.append(payload["customerAccount"]["id"])

        async def update(writer: Writer, i: int) -> None:
            await post(app, writer.token, UPDATE, changed(writer, i))

        async def create_by_hand(writer: Writer, i: int) -> None:
            await Hand(pool, writer.company, writer.user).create(f"Client {i}")

        async def update_by_hand(writer: Writer, i: int) -> None:
            given = changed(writer, i)
            hand = Hand(pool, writer.company, writer.user)
            await hand.update(int(given["id"]), given["name"])

        async def create_served(writer: Writer, i: int) -> None:
            served = Served(Hand(pool, writer.company, writer.user))
            await post(served, writer.token, CREATE, {"name": f"Client {i}"})

        async def update_served(writer: Writer, i: int) -> None:
            served = Served(Hand(pool, writer.company, writer.user))
            await post(served, writer.token, UPDATE, changed(writer, i))

        ways: dict[tuple[str, str], Callable[[Writer, int], Awaitable[None]]] = {
            ("create", "fiches"): create,
            ("create", "by hand"): create_by_hand,
            ("create", "by hand, served"): create_served,
            ("update", "fiches"): update,
            ("update", "by hand"): update_by_hand,
            ("update", "by hand, served"): update_served,
        }
        taken: dict[tuple[str, str], list[Cost]] = {name: [] for name in ways}
        for round in range(asked.rounds + 1):
            turn = list(ways)
            if round:  # the first one warms up; then who begins changes
                turn = turn[round % len(turn) :] + turn[: round % len(turn)]
            for name in turn:
                cost = await run(ways[name], writers, asked.writes, postmaster)
                if round:
                    taken[name].append(cost)
    print(f"{asked.writers} writers, {asked.writes} writes each, {asked.rounds} rounds; medians")
    print("                        a second     Python ms   PostgreSQL ms   fiches × (each round)")
    for (what, how), costs in taken.items():
        own = taken[what, "fiches"]
        ratios = sorted(a.rate / b.rate for a, b in zip(own, costs, strict=True))
        shown = (
            f"{median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})" if how != "fiches" else ""
        )
        rate, python, database = (
            median(getattr(each, name) for each in costs) for name in ("rate", "python", "database")
        )
        print(f"{what} {how:17} {rate:8,.0f} {python:13.3f} {database:15.3f}   {shown}")


async def writer(pool: Any, issue: Callable[[int], str], name: str) -> Writer:
    company = await add_company(pool, name)
    async with pool.acquire() as connection:
        email = f"{name}@fiches.example"
        user = await add_user(
            connection, email=email, name="Banc", company_id=company, administrator=True
        )
    return Writer(company, user, issue(user))


def changed(writer: Writer, i: int) -> dict[str, str]:
    return {"id": writer.ids[i % len(writer.ids)], "name": f"Autre {i} {time.time()}"}


async def run(
    write: Callable[[Writer, int], Awaitable[None]],
    writers: list[Writer],
    count: int,
    postmaster: int,
) -> Cost:
    async def each(writer: Writer) -> None:
        for i in range(count):
            await write(writer, i)

    used, database, begun = time.process_time(), cpu_of(postmaster), time.perf_counter()
    await asyncio.gather(*(each(writer) for writer in writers))
    seconds = time.perf_counter() - begun
    used, database = time.process_time() - used, cpu_of(postmaster) - database
    done = count * len(writers)
    return Cost(done / seconds, used * 1000 / done, database * 1000 / done)


async def compare(app: Any, pool: Any, writer: Writer) -> None:
    """Write one record each way, change it, and see that the same rows are there. Ends the program
    where they are not.
    """
    payload = await post(app, writer.token, CREATE, {"name": "Le même"})
    ours = int(payload["customerAccount"]["id"])
    await post(app, writer.token, UPDATE, {"id": str(ours), "name": "Un autre"})
    hand = Hand(pool, writer.company, writer.user)
    theirs = await hand.create("Le même")
    await hand.update(theirs, "Un autre")
    for table, where in WRITTEN.items():
        found = [await rows(pool, table, where, id) for id in (ours, theirs)]
        if found[0] != found[1] or not found[0]:
            raise SystemExit(f"not the same rows of {table}:\n{found[0]}\n{found[1]}")


async def rows(pool: Any, table: str, where: str, id: int) -> list[dict[str, Any]]:
    """What a write left in a table, but for what is each row's own, and for its number."""
    kept = []
    for row in await pool.fetch(f"SELECT * FROM {table} WHERE {where}", id):
        held = {name: row[name] for name in {*row.keys()} - OWN - PLACED}
        if held.get("field") == "number":
            del held["key"], held["text"]
        told = [each for each in held.get("fields", ()) if each["name"] != "number"]
        kept.append({**held, "fields": told} if told else held)
    return sorted(kept, key=repr)


if __name__ == "__main__":
    main()
