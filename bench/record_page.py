"""What each part of a record's page takes, for one record and for fifty of them at once.

    python bench/record_page.py --help

Runs the service in this process on a PostgreSQL of its own with the demo company, in a folder that
is gone afterwards. `ratio` is the time of a part over that of the bare records (their title), all
of one run; `statements` are those of the whole answer, the same for 1 and for 50 records.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).parent.parent))

from db import demo
from db.embedded import Embedded
from db.migrate import upgraded
from db.settings import Settings
from db.tokens import Tokens
from graph.app import create_app

SECRET = "the secret of a measurement, of no use elsewhere"
FIELD = "name label type value display"
COMMENTS = "totalCount edges { via { kind } node { body author { name } } }"
PARTS = {
    "title": "title",
    "header": f"header {{ title number moduleLabel fields {{ {FIELD} }} }}",
    "key fields": f"summary {{ blocks {{ ... on KeyFieldsBlock {{ fields {{ {FIELD} }} }} }} }}",
    "details": f"details {{ blocks {{ name label collapsed fields {{ {FIELD} }} }} }}",
    "lines and totals": f"details {{ lineItems {{ nodes {{ id fields {{ {FIELD} }} }} }} "
    f"totals {{ fields {{ {FIELD} }} }} }}",
    "tabs with counts": "tabs { name label module count { display } canAdd canLink }",
    "comments": f"comments(first: 5) {{ {COMMENTS} }}",
    "comments rolled up": f"comments(first: 5, rollUp: true) {{ {COMMENTS} }}",
    "history": "history(first: 5) { totalCount nodes { at operation actor { name } "
    "fields { name label before after beforeDisplay afterDisplay } } }",
    "preview": f"preview {{ keyFields {{ {FIELD} }} viewerCan {{ edit }} }}",
    "tags": "tags { name color }",
}
SIZES = (1, 50)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--rounds", type=int, default=15, help="answers, of which medians are shown"
    )
    parser.add_argument("--module", default="CustomerInvoice", help="whose records are read")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Embedded.start(Path(folder, "data")) as server:
        asyncio.run(measure(server.url, asked))


async def measure(url: str, asked: argparse.Namespace) -> None:
    await upgraded(url)
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET), debug=True)
    await demo.load(url, settings, lambda *_: None)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        pool = app.state.application.database.pool
        user = await pool.fetchval("SELECT id FROM app_user WHERE email = $1", demo.ADMINISTRATOR)
        ids = await pool.fetch(
            "SELECT id FROM record WHERE module = $1 AND deleted_at IS NULL ORDER BY id DESC"
            " LIMIT $2",
            asked.module,
            max(SIZES),
        )
        token = Tokens(SECRET.encode()).issue(user)
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://fiches") as http:
            http.headers["Authorization"] = f"Bearer {token}"
            await compare(http, [str(row["id"]) for row in ids], asked.rounds)


async def compare(http: httpx2.AsyncClient, ids: list[str], rounds: int) -> None:
    heads = "".join(f"{f'{size}, ms':>10}{'ratio':>8}{'statements':>12}" for size in SIZES)
    print(f"{os.cpu_count()} cores; medians of {rounds} answers, {len(ids)} records")
    print(f"{'':22}{heads}")
    bare: dict[int, float] = {}
    for part, selection in PARTS.items():
        cells = ""
        for size in SIZES:
            took, statements = await answered(http, selection, ids[:size], rounds)
            bare.setdefault(size, took)
            cells += f"{took:10.1f}{took / bare[size]:8.1f}{statements:12}"
        print(f"{part:22}{cells}", flush=True)


async def answered(
    http: httpx2.AsyncClient, selection: str, ids: list[str], rounds: int
) -> tuple[float, int]:
    """Milliseconds of one answer, and the statements it took."""
    query = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Record {{ {selection} }} }} }}"
    taken, statements = [], 0
    for turn in range(rounds + 1):
        began = time.perf_counter()
        response = await http.post("/graphql", json={"query": query, "variables": {"ids": ids}})
        answer: Any = response.json()
        if answer.get("errors"):
            raise SystemExit(f"refused: {answer['errors'][0]['message']}")
        if turn:  # the first one warms up
            taken.append((time.perf_counter() - began) * 1000)
        statements = answer["extensions"]["cost"]["statements"]
    return median(taken), statements


if __name__ == "__main__":
    main()
