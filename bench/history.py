"""What sealing the history costs: the same writes with it and without, in one run.

    python bench/history.py --help

Runs on a PostgreSQL of its own, in a folder that is gone afterwards; with and without take turns,
so that both meet the same machine. "Without" is a patch of this script: the product always seals.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent.parent))

from db import chain
from db.access import Viewer
from db.accounts import add_company, add_user, viewer_of
from db.chain_verification import verified
from db.database import Database
from db.embedded import Embedded
from db.migrate import upgraded
from db.modules import MODULES, PARTS
from db.suite import Suite
from db.writing import Work

SERIES = ("CustomerAccount", "Supplier", "Product", "Campaign")
"""Modules that are numbered apart: who writes them waits for each other at the chain only."""

Load = Callable[[Sequence[Viewer]], Awaitable[None]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--creates", type=int, default=200, help="records one by one, a round")
    parser.add_argument("--bulk", type=int, default=10_000, help="records at once")
    parser.add_argument("--writers", type=int, default=8, help="writers at the same time")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which medians are shown")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Embedded.start(Path(folder, "data")) as server:
        asyncio.run(measure(server.url, asked))


async def measure(url: str, asked: argparse.Namespace) -> None:
    await upgraded(url)
    async with database(url, asked.writers) as data:
        ones = [await company(data) for _ in range(2)]
        many = [[await company(data) for _ in range(asked.writers)] for _ in range(2)]

        async def single(viewers: Sequence[Viewer]) -> None:
            for _ in range(asked.creates):
                await create(data, viewers[0], SERIES[0], 1)

        async def bulk(viewers: Sequence[Viewer]) -> None:
            await create(data, viewers[0], SERIES[0], asked.bulk)

        async def writers(viewers: Sequence[Viewer], *, apart: bool) -> None:
            async def write(i: int) -> None:
                module = SERIES[i % len(SERIES) if apart else 0]
                for _ in range(asked.creates // asked.writers):
                    await create(data, viewers[i % len(viewers)], module, 1)

            await asyncio.gather(*(write(i) for i in range(asked.writers)))

        async def together(viewers: Sequence[Viewer]) -> None:
            await writers(viewers, apart=False)

        async def apart(viewers: Sequence[Viewer]) -> None:
            await writers(viewers, apart=True)

        print(f"{os.cpu_count()} cores; medians of {asked.rounds} rounds")
        print(f"{'':52}{'without':>10}{'sealed':>10}{'ratio':>8}")
        one, n = [[each] for each in ones], asked.writers
        for what, load, viewers, count in (
            ("one create, ms", single, one, asked.creates),
            (f"{asked.bulk:,} creates at once, ms", bulk, one, 1),
            (f"a create of {n} writers, one module, ms", together, one, asked.creates),
            (f"a create of {n} writers, {len(SERIES)} modules, ms", apart, one, asked.creates),
            (f"a create of {n} writers in {n} companies, ms", apart, many, asked.creates),
        ):
            await compare(what, load, viewers, asked.rounds, count)
        await verify(data, ones[1].company_id)


async def compare(
    what: str, load: Load, viewers: Sequence[Sequence[Viewer]], rounds: int, count: int
) -> None:
    """Print the time of one of the `count` things that a load does; companies of each are apart."""
    taken: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(rounds + 1):
        for sealed in (False, True):
            with sealing(sealed):
                began = time.perf_counter()
                await load(viewers[sealed])
                if turn:  # the first one warms up
                    taken[sealed].append(time.perf_counter() - began)
    without, with_it = (median(taken[sealed]) * 1000 / count for sealed in (False, True))
    print(f"{what:52}{without:10.2f}{with_it:10.2f}{with_it / without:8.2f}", flush=True)


async def verify(data: Database, company_id: int) -> None:
    async with data.pool.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL statement_timeout = 0")
        began = time.perf_counter()
        (found,) = [each async for each in verified(connection, [company_id])]
        taken = time.perf_counter() - began
    assert found.bad is None, found
    changes = found.head.position
    print(f"verifying {changes:,} changes: {taken:.2f} s, {changes / taken:,.0f} a second")


@contextmanager
def sealing(on: bool) -> Iterator[None]:
    async def only_commit(connection: Any, *_: Any) -> None:
        await connection.execute("COMMIT")

    if on:
        yield
    else:
        with patch.object(chain, "commit", only_commit):
            yield


@asynccontextmanager
async def database(url: str, connections: int) -> AsyncIterator[Database]:
    options = {"pool_size": max(2, connections), "statement_timeout": 600, "wait": 600}
    data = await Database.open(url, Suite(MODULES, PARTS), secret=b"of no use", **options)
    try:
        yield data
    finally:
        await data.close()


async def company(data: Database) -> Viewer:
    """The administrator of a new company."""
    company_id = await add_company(data.pool, "Essai")
    async with data.pool.acquire() as connection:
        email = f"a{company_id}@fiches.example"
        user_id = await add_user(
            connection, email=email, name="A", company_id=company_id, administrator=True
        )
    return await viewer_of(data, user_id)


async def create(data: Database, viewer: Viewer, module: str, count: int) -> None:
    async with Work(data, viewer) as work:
        outcome = await work.create_many(data.suite[module], [{"name": "Dupont"}] * count)
    assert not outcome.refused


if __name__ == "__main__":
    main()
