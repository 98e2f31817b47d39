"""What the global search takes on a million records, whoever asks and whatever for.

    python bench/search.py --help

Runs on a PostgreSQL of its own, in a folder that is gone afterwards. Rows of the register and their
keys are written by SQL, with the function that the triggers use. Each search is run with the plan
made for its values and with the one a server keeps for any; `keys` are those read of `search_key`,
`pages` those of the cache or the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg

sys.path.insert(0, str(Path(__file__).parent.parent))

from db.access import Scope, Viewer
from db.accounts import add_company, add_user, viewer_of
from db.database import Database
from db.embedded import Embedded
from db.migrate import upgraded
from db.modules import MODULES, PARTS
from db.searching import readings, search, statement_of, values_of
from db.suite import Suite
from db.writing import Work

BUSY = ("CustomerAccount", "Contact", "CustomerInvoice", "Quote", "Product", "Ticket")
"""Modules that have two thirds of the records; the others share the rest."""

FILL = """
WITH made AS (
    SELECT i AS id,
        modules[1 + i / 3 % CASE WHEN i % 3 < 2 THEN $6 ELSE cardinality(modules) END] AS module,
        CASE WHEN i % 1000 = 0 THEN $3::bigint WHEN i % 2 = 0 THEN $4 ELSE $5 END AS owner_id,
        'NUM-2026-' || lpad(i::text, 6, '0') AS number,
        initcap(concat_ws(' ', said(i * 7 + 1), said(i * 13 + 2), said(i * 29 + 3),
            CASE WHEN i % 200000 = 7 OR i % 500000 = 1000 THEN 'Zanzibar' END,
            CASE i % 5 WHEN 1 THEN 'Kappa' WHEN 2 THEN 'Omega' END)) AS title,
        jsonb_build_object(
            'email', 'p' || i || '.' || said(i * 17) || '@' || said(i * 19) || '.example',
            'phone', '01 ' || lpad((i * 7919 % 100000000)::text, 8, '0')
        ) AS own
    FROM generate_series($8::bigint, $9::bigint) i, (SELECT $2::text[] AS modules) m
), registered AS (
    INSERT INTO record (id, module, company_id, number, title, owner_id, created_at, created_by_id,
        updated_at, updated_by_id, version)
    SELECT id, module, $1, number, title, owner_id, now(), $3, now(), $3, 1 FROM made
)
INSERT INTO search_key (record_id, company_id, owner_id, module, key, rank, field, text)
SELECT DISTINCT ON (id, key, rank) id, $1, owner_id, module, each.*
FROM made, search_keys(number, title, own, $7) each
"""

SAID = """
CREATE FUNCTION said(seed bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
-- A word of a vocabulary of 20,000, the first ones far more often than the last.
SELECT (string_to_array('a ba co du e fi ga ju le mo na pa ri sa to vi', ' '))[1 + n % 16]
    || (string_to_array('b bal cer don fal gri lan mer nes pol rat sim tur ver', ' '))[
        1 + n / 16 % 14]
    || chr((97 + n / 224 % 26)::int) || CASE WHEN n >= 5824 THEN (n / 5824)::text ELSE '' END
FROM (SELECT (20000 * power((hashint8(seed) & 65535) / 65536.0, 3))::bigint AS n) drawn $$
"""

SEARCHES = {
    "rare word": "zanzibar",
    "frequent prefix": "a",
    "frequent word": "aba",
    "two words": "zanz ab",
    "two frequent": "ab ba",
    "three frequent": "ab ba co",
    "frequent and none": "aba vi2",
    "never together": "kappa omega",
    "phone": "01 00 79",
    "number": "NUM-2026-000500",
    "end of a number": "1000",
    "nothing": "xyzzy",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=11, help="runs, of which the median is shown")
    parser.add_argument("--explain", metavar="SEARCH", help="show its plans: 'two frequent'")
    parser.add_argument("--creates", type=int, default=200, help="records one by one, a round")
    parser.add_argument("--bulk", type=int, default=10_000, help="records at once")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Embedded.start(Path(folder, "data")) as server:
        asyncio.run(measure(server.url, asked))


async def measure(url: str, asked: argparse.Namespace) -> None:
    await upgraded(url)
    options = {"pool_size": 2, "statement_timeout": 3600, "wait": 600}
    data = await Database.open(url, Suite(MODULES, PARTS), secret=b"of no use", **options)
    viewers = await filled(data, asked.records)
    print(f"{'':18}{'viewer':16}{'ms':>8}{'kept':>8}{'keys':>8}{'pages':>8}{'hits':>7}  complete")
    for what, text in SEARCHES.items():
        for who, viewer in viewers.items():
            await show(data, asked, what, text, who, viewer)
    await write(data, asked, viewers["administrator"])
    await data.close()


async def write(data: Database, asked: argparse.Namespace, viewer: Viewer) -> None:
    """What keeping the keys costs: the same writes with and without, in turns."""
    module = data.suite["CustomerAccount"]
    name = {"name": "Boulangerie Dupont"}
    known = {**name, "email": "jean.dupont@example.com", "phone": "01 42 96 10 10"}
    print(f"{'':44}{'without':>10}{'with':>10}{'ratio':>8}")
    for what, row, count, times in (
        ("a create, name only, ms", name, 1, asked.creates),
        ("a create, name, e-mail, phone, ms", known, 1, asked.creates),
        (f"{asked.bulk:,} creates at once, name only, ms", name, asked.bulk, 1),
        (f"{asked.bulk:,} creates, name, e-mail, phone, ms", known, asked.bulk, 1),
    ):
        taken: dict[str, list[float]] = {"DISABLE": [], "ENABLE": []}
        for turn in range(6):
            for mode, times_taken in taken.items():
                await data.pool.execute(
                    f"ALTER TABLE customer_account {mode} TRIGGER search_keys_written"
                )
                began = time.perf_counter()
                for _ in range(times):
                    async with Work(data, viewer) as work:
                        outcome = await work.create_many(module, [row] * count)
                    assert not outcome.refused
                if turn:  # the first one warms up
                    times_taken.append((time.perf_counter() - began) * 1000 / times)
        without, with_it = (median(each) for each in taken.values())
        print(f"{what:44}{without:10.2f}{with_it:10.2f}{with_it / without:8.2f}", flush=True)


async def filled(data: Database, records: int) -> dict[str, Viewer]:
    """A company of so many records; its administrator, who owns half of it and who a thousandth."""
    company_id = await add_company(data.pool, "Essai")
    users: dict[str, int] = {}
    async with data.pool.acquire() as connection:
        for name in ("one in 1,000", "half", "administrator"):
            users[name] = await add_user(
                connection,
                email=f"u{len(users)}@fiches.example",
                name=name,
                company_id=company_id,
                administrator=name == "administrator",
            )
        names = [module.name for module in data.suite.modules]
        names.sort(key=lambda name: name not in BUSY)
        columns = ["email", "Email", "phone", "Phone"]
        await connection.execute(SAID)
        indexes = await connection.fetch(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'search_key' "
            "AND indexname NOT LIKE 'pk%'"
        )
        await connection.execute(";".join(f"DROP INDEX {each['indexname']}" for each in indexes))
        began = time.perf_counter()
        for start in range(1, records + 1, 100_000):
            await connection.execute(
                FILL,
                company_id,
                names,
                *users.values(),
                len(BUSY),
                columns,
                start,
                min(start + 99_999, records),
                timeout=None,
            )
        await connection.execute("SELECT setval('record_id', $1)", records)
        for each in indexes:
            await connection.execute(each["indexdef"], timeout=None)
        await connection.execute("VACUUM ANALYZE search_key", timeout=None)
        await connection.execute("VACUUM ANALYZE record", timeout=None)
        size = await connection.fetchrow(
            "SELECT count(*) AS keys, pg_size_pretty(pg_table_size('search_key')) AS rows, "
            "pg_size_pretty(pg_indexes_size('search_key')) AS indexes FROM search_key"
        )
        print(
            f"{os.cpu_count()} cores; {records:,} records with {size['keys']:,} keys: "
            f"{size['rows']}, indexes {size['indexes']}; {time.perf_counter() - began:.0f} s"
        )
    viewers = {name: await viewer_of(data, id) for name, id in reversed(users.items())}
    await data.pool.execute("INSERT INTO sharing VALUES ($1, 'Ticket')", company_id)
    shares = await viewer_of(data, users["one in 1,000"])
    assert shares.scope == Scope(False, frozenset({"Ticket"}))
    return {**viewers, "and a module": shares}


async def show(
    data: Database, asked: argparse.Namespace, what: str, text: str, who: str, viewer: Viewer
) -> None:
    meant = readings(text)
    statement = statement_of(tuple(len(words) for words in meant), viewer.scope)
    values = values_of(meant, data.suite.modules, 5)
    arguments = statement.arguments({**viewer.parameters, **values})
    async with data.pool.acquire() as connection:
        taken = {}
        for mode in ("force_custom_plan", "force_generic_plan"):
            await connection.execute(f"SET plan_cache_mode = {mode}")
            prepared = await connection.prepare(statement.sql)
            runs = [await timed(prepared, arguments) for _ in range(asked.rounds)]
            taken[mode] = median(runs)
        plan = await connection.fetchval(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement.sql}", *arguments
        )
        found = await search(Direct(connection, viewer), data.suite, text, data.suite.modules, 5)
        nodes = list(walk(plan[0]["Plan"]))
        keys = sum(
            (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
            for node in nodes
            if node.get("Relation Name") == "search_key"
        )
        scans = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
        pages = plan[0]["Plan"]["Shared Hit Blocks"] + plan[0]["Plan"]["Shared Read Blocks"]
        hits = sum(len(group.hits) for group in found.groups)
        print(
            f"{what:18}{who:16}{taken['force_custom_plan']:8.1f}{taken['force_generic_plan']:8.1f}"
            f"{keys:8,.0f}{pages:8,}{hits:7}  {found.complete}{' SCANS ' if scans else ''}",
            flush=True,
        )
        if asked.explain == what and who in ("administrator", "one in 1,000"):
            lines = await connection.fetch(
                f"EXPLAIN (ANALYZE, BUFFERS) {statement.sql}", *arguments
            )
            print("\n".join(f"    {line[0]}" for line in lines))


class Direct:
    """A reader on one connection."""

    def __init__(self, connection: Any, viewer: Viewer) -> None:
        self.connection = connection
        self.viewer = viewer

    @property
    def scope(self) -> Scope:
        return self.viewer.scope

    async def fetch(
        self, statement: Any, values: Mapping[str, Any] = {}, row: type[Any] = asyncpg.Record
    ) -> Any:
        arguments = statement.arguments({**self.viewer.parameters, **values})
        return await self.connection.fetch(statement.sql, *arguments, record_class=row)


async def timed(prepared: Any, arguments: list[Any]) -> float:
    """Milliseconds, planning and the way there and back included."""
    began = time.perf_counter()
    await prepared.fetch(*arguments)
    return (time.perf_counter() - began) * 1000


def walk(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from walk(each)


if __name__ == "__main__":
    main()
