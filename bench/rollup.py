"""The first page of the comments that roll up to an account with very many invoices.

    python bench/rollup.py --help

On a PostgreSQL of its own, in a folder that is gone afterwards: the time that the database takes
for the page's statement, by EXPLAIN (ANALYZE), where many of the invoices have comments, and where
few have, and old ones.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import orjson

sys.path.insert(0, str(Path(__file__).parent.parent))

from db.accounts import add_company, add_user, viewer_of
from db.database import Database
from db.embedded import Embedded
from db.migrate import upgraded
from db.modules import MODULES, PARTS
from db.paging import Slice
from db.reading import page_statement
from db.rollup import Feed
from db.suite import Suite

ACCOUNT = """
INSERT INTO customer_account
    (company_id, number, title, owner_id, created_by_id, updated_by_id, name)
VALUES ($1, $3, $3, $2, $2, $2, $3) RETURNING id
"""
INVOICES = """
INSERT INTO customer_invoice (company_id, number, title, owner_id, created_by_id, updated_by_id,
    subject, status, issued_on, due_on, account_id)
SELECT $1, $3::bigint || '-' || i, 'Mars', $2::bigint, $2, $2, 'Mars', 'SENT', '2026-01-31',
    '2026-01-31', $3
FROM generate_series(1, $4::int) AS i
"""
COMMENTS = """
INSERT INTO comment (record_id, body, author_id, created_at)
SELECT id, 'Vu', $2, now() - id * interval '1 minute'
FROM customer_invoice WHERE account_id = $1 AND id % $3::bigint = 0
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--invoices", type=int, default=50_000, help="of the account")
    parser.add_argument("--runs", type=int, default=30, help="of which the median is shown")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Embedded.start(Path(folder, "data")) as server:
        asyncio.run(measure(server.url, asked))


async def measure(url: str, asked: argparse.Namespace) -> None:
    await upgraded(url)
    suite = Suite(MODULES, PARTS)
    database = await Database.open(url, suite, secret=b"of no use elsewhere" * 2)
    pool = database.pool
    company = await add_company(pool, "Banc")
    async with pool.acquire() as connection:
        user = await add_user(
            connection,
            email="banc@fiches.example",
            name="Banc",
            company_id=company,
            administrator=True,
        )
    viewer = await viewer_of(database, user)
    part = Slice(20)
    statement = page_statement(Feed(suite["CustomerAccount"], True), viewer.scope, part.shape)
    for every, about in ((10, "one invoice in 10 commented"), (5_000, "one in 5,000")):
        account = await pool.fetchval(ACCOUNT, company, user, f"Client {every}")
        await pool.execute(INVOICES, company, user, account, asked.invoices, timeout=600)
        await pool.execute(COMMENTS, account, user, every, timeout=600)
        await pool.execute("ANALYZE")
        values = {**viewer.parameters, **part.values, "parents": [account]}
        taken = [await _explained(pool, statement, values) for _ in range(asked.runs)]
        found = f"{median(taken):.2f} ms, at most {max(taken):.2f}"
        print(f"{asked.invoices:,} invoices, {about}: {found}")
    await database.close()


async def _explained(pool: Any, statement: Any, values: Any) -> float:
    """Milliseconds that the statement takes to execute."""
    told = await pool.fetchval(
        f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement.sql}", *statement.arguments(values)
    )
    found = told if isinstance(told, list) else orjson.loads(told)
    milliseconds: float = found[0]["Execution Time"]
    return milliseconds


if __name__ == "__main__":
    main()
