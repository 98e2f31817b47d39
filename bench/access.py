"""What access rights cost on a million records of a thousand users in a hundred roles.

    python bench/access.py --help

Runs on a PostgreSQL of its own, in a folder that is gone afterwards; records are written by SQL. It
asks the service as its administrator, as a superior who sees half of the records, as somebody who
sees one in 1,000, and as somebody who sees as many, all of them the oldest there are. Then it has
PostgreSQL explain pages of lists: with the plan made for its values, and with the one that a server
keeps for any; `rows` are those read, thrown away ones included, `pages` those of the cache or the
disk.
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

import httpx2
from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).parent.parent))

from db.access import Viewer
from db.accounts import viewer_of
from db.database import Database
from db.embedded import Embedded
from db.listings import Listing, Records, Register
from db.migrate import upgraded
from db.paging import Slice, for_each_parent
from db.settings import Settings
from db.tokens import Tokens
from graph.app import create_app

SECRET = "the secret of a measurement, of no use elsewhere"
COMPANY = 1
VIEWERS = {"administrator": 1, "half": 2, "1 in 1,000": 3, "the oldest": 4}
"""Who asks, by their ids. The other users come behind them, in roles below `half` or not."""
USERS, ROLES = 1_000, 100
HEADLINE = (Path(__file__).parent.parent / "examples" / "headline.graphql").read_text()

PEOPLE = """
SET session_replication_role = replica;
INSERT INTO company (id, name) OVERRIDING SYSTEM VALUE VALUES (1, 'Essai');
INSERT INTO principal (id, kind, name) OVERRIDING SYSTEM VALUE
    SELECT i, 'user', 'Personne ' || i FROM generate_series(1, {users}) i
    UNION ALL SELECT 100000 + i, 'role', 'Rôle ' || i FROM generate_series(1, {roles}) i;
INSERT INTO app_user (id, email, company_id, administrator)
    SELECT i, 'p' || i || '@fiches.example', 1, i = 1 FROM generate_series(1, {users}) i;
INSERT INTO role (id, company_id, parent_id)
    SELECT 100000 + i, 1, CASE WHEN i BETWEEN 2 AND {roles} / 2 THEN 100001 END
    FROM generate_series(1, {roles}) i;
INSERT INTO membership (user_id, company_id, role_id)
    SELECT i, 1, CASE WHEN i = 2 THEN 100001 WHEN i > 4 THEN 100002 + i % ({roles} - 1) END
    FROM generate_series(1, {users}) i;
INSERT INTO sharing (company_id, module) VALUES (1, 'LedgerAccount');
SET session_replication_role = DEFAULT;
"""

# `owned(i)`: one of the users behind the four by chance, now and then the third, and the fourth of
# the oldest ones.
OWNED = """
CREATE FUNCTION owned(i bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN i <= {oldest} THEN 4 WHEN i % 1000 = 7 THEN 3
    ELSE 5 + abs(hashint8(i)) % ({users} - 4) END $$
"""
COMMON = "company_id, owner_id, created_by_id, updated_by_id, id, number, title"
SAME = "1, owned(i), 1, 1"
FILL = (
    f"""INSERT INTO ledger_account ({COMMON}, account_number, name, active)
    SELECT 1, 1, 1, 1, i, 'CPT-' || i, 'Compte ' || i, (700000 + i)::text, 'Compte', true
    FROM generate_series(1, 10) i""",
    f"""INSERT INTO customer_account ({COMMON}, name)
    SELECT {SAME}, i, 'CLI-' || lpad(i::text, 6, '0'), 'Client ' || i, 'Client ' || i
    FROM generate_series(11::bigint, 10 + {{records}} / 10) i""",
    f"""INSERT INTO customer_invoice ({COMMON}, subject, status, issued_on, due_on, account_id,
        total_incl_tax, balance_due)
    SELECT {SAME}, i, 'FAC-2026-' || i, 'FAC-2026-' || i || ' Conseil', 'Conseil',
        CASE i % 3 WHEN 0 THEN 'paid' ELSE 'validated' END, '2026-03-01', '2026-04-01',
        11 + i % ({{records}} / 10), 120, 120
    FROM generate_series(11 + {{records}} / 10, 10 + {{records}} * 55 / 100) i""",
    f"""INSERT INTO accounting_entry ({COMMON}, entry_date, label, journal_id, ledger_account_id,
        fiscal_year_id, debit, credit, customer_invoice_id, account_id)
    SELECT {SAME}, i, 'ECR-' || i, 'Vente ' || i, '2026-03-01', 'Vente', 1, 1 + i % 10, 1, 120, 0,
        i - {{records}} * 45 / 100, 11 + i % ({{records}} / 10)
    FROM generate_series(11 + {{records}} * 55 / 100, 10 + {{records}}) i""",
)
REGISTER = """
INSERT INTO record (id, module, company_id, number, title, owner_id, created_at, created_by_id,
    updated_at, updated_by_id, version)
SELECT id, '{module}', company_id, number, title, owner_id, created_at, created_by_id, updated_at,
    updated_by_id, version FROM "{table}"
"""
MODULES = ("LedgerAccount", "CustomerAccount", "CustomerInvoice", "AccountingEntry")

INVOICE = "nodes { number title totalInclTax account { name } }"
QUERIES = {
    "headline": HEADLINE.replace("CLI-00001", "{account}"),
    "invoices, first page": f"{{ customerInvoices(first: 20) {{ {INVOICE} }} }}",
    "invoices, paid": "{ customerInvoices(first: 20, filter: { status: { eq: PAID } }) "
    f"{{ {INVOICE} }} }}",
    "entries with invoices": "{ accountingEntries(first: 20) { nodes { debit credit "
    "customerInvoice { number } ledgerAccount { title } } } }",
    "accounts, invoices": "{ customerAccounts(first: 20) { nodes { name "
    "invoices(first: 3) { nodes { number } } } } }",
    "all records": "{ records(first: 20) { nodes { title } } }",
    "invoices, count": "{ customerInvoices(first: 1) { totalCount } }",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=15, help="answers, of which the median shows")
    parser.add_argument("--explain", metavar="VIEWER", help="show the plans of: 'the oldest'")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Embedded.start(Path(folder, "data")) as server:
        asyncio.run(measure(server.url, asked))


async def measure(url: str, asked: argparse.Namespace) -> None:
    await upgraded(url)
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET), debug=True)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        data: Database = app.state.application.database
        await fill(data, asked.records)
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://fiches") as http:
            await compare(data, http, asked)
        await explain(data, asked)


async def fill(data: Database, records: int) -> None:
    began = time.perf_counter()
    given = {"records": records, "users": USERS, "roles": ROLES, "oldest": 10 + records // 1000}
    async with data.pool.acquire() as connection:
        await connection.execute(PEOPLE.format(**given), timeout=None)
        await connection.execute(OWNED.format(**given))
        await connection.execute("SET statement_timeout = 0")
        await connection.execute("SET session_replication_role = replica")
        for statement, name in zip(FILL, MODULES, strict=True):
            table = data.suite[name].table.name
            await connection.execute(statement.format(**given), timeout=None)
            await connection.execute(REGISTER.format(module=name, table=table), timeout=None)
            await connection.execute(f'VACUUM ANALYZE "{table}"', timeout=None)
        await connection.execute("VACUUM ANALYZE record", timeout=None)
        await connection.execute("RESET ALL")
    took = time.perf_counter() - began
    print(f"{os.cpu_count()} cores; {records:,} records, {USERS:,} users, {ROLES} roles; "
          f"filled in {took:.0f} s")  # fmt: skip


async def compare(data: Database, http: httpx2.AsyncClient, asked: argparse.Namespace) -> None:
    """Milliseconds of whole answers, viewer by viewer, in turns."""
    tokens = Tokens(SECRET.encode())
    # An account that the superior sees, so that the administrator's answer is of the same size.
    seen = (await viewer_of(data, VIEWERS["half"], COMPANY)).owners
    account = await data.pool.fetchval(
        "SELECT number FROM customer_account WHERE owner_id = ANY($1) ORDER BY id DESC LIMIT 1",
        sorted(seen),
    )
    print(f"\n{'':24}" + "".join(f"{who:>14}, ms{'ratio':>7}" for who in VIEWERS))
    for what, query in QUERIES.items():
        document = query.replace("{account}", account)
        taken: dict[str, list[float]] = {who: [] for who in VIEWERS}
        for turn in range(asked.rounds + 6):
            for who, id in VIEWERS.items():
                headers = {"Authorization": f"Bearer {tokens.issue(id)}"}
                began = time.perf_counter()
                response = await http.post("/graphql", json={"query": document}, headers=headers)
                took = (time.perf_counter() - began) * 1000
                answer: Any = response.json()
                if answer.get("errors"):
                    raise SystemExit(f"{what}, {who}: {answer['errors'][0]['message']}")
                if turn > 5:  # a server keeps plans from the sixth run on
                    taken[who].append(took)
        administrator = median(taken["administrator"])
        cells = "".join(
            f"{median(each):14.1f}    {median(each) / administrator:7.2f}"
            for each in taken.values()
        )
        print(f"{what:24}{cells}", flush=True)


async def explain(data: Database, asked: argparse.Namespace) -> None:
    """Rows and pages read for the first page of lists, and for one in their middle."""
    lists: dict[str, Listing] = {
        "CustomerInvoice": Records(data.suite["CustomerInvoice"]),
        "AccountingEntry": Records(data.suite["AccountingEntry"]),
        "all records": Register(data.suite.register),
    }
    tables = {"CustomerInvoice": "customer_invoice", "AccountingEntry": "accounting_entry"}
    print(f"\n{'':18}{'':16}{'viewer':16}{'rows':>8}{'pages':>8}{'kept: rows':>12}{'pages':>8}")
    for what, listing in lists.items():
        table = tables.get(what, "record")
        middle = await data.pool.fetchval(f"SELECT (min(id) + max(id)) / 2 FROM {table}")
        slices = {"first page": Slice(20), "in the middle": Slice(20, after=(str(middle),))}
        for where, part in slices.items():
            for who, id in VIEWERS.items():
                viewer = await viewer_of(data, id, COMPANY)
                cells = ""
                for mode, width in (("force_custom_plan", 8), ("force_generic_plan", 12)):
                    plan = await planned(data, listing, part, viewer, mode)
                    pages = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
                    cells += f"{rows_read(plan):{width},.0f}{pages:8,}"
                print(f"{what:18}{where:16}{who:16}{cells}", flush=True)
                if asked.explain == who:
                    print(await planned(data, listing, part, viewer, "force_generic_plan", "TEXT"))


async def planned(
    data: Database, listing: Listing, part: Slice, viewer: Viewer, mode: str, form: str = "JSON"
) -> Any:
    statement = for_each_parent(listing.page(viewer.scope, part.shape), False)
    given = statement.arguments({**viewer.parameters, **part.values})
    async with data.pool.acquire() as connection:
        await connection.execute(f"SET plan_cache_mode = {mode}")
        await connection.execute(f"PREPARE asked AS {statement.sql}")
        options = f"ANALYZE, BUFFERS, FORMAT {form}"
        listed = ", ".join(literal(each) for each in given)
        rows = await connection.fetch(f"EXPLAIN ({options}) EXECUTE asked({listed})")
        await connection.execute("DEALLOCATE asked; RESET plan_cache_mode")
    return "\n".join(row[0] for row in rows) if form == "TEXT" else rows[0][0][0]["Plan"]


def literal(value: Any) -> str:
    listed = f"{{{','.join(map(str, value))}}}" if isinstance(value, list | tuple) else str(value)
    return "NULL" if value is None else "'" + listed.replace("'", "''") + "'"


def rows_read(plan: Mapping[str, Any]) -> float:
    read = [node for node in nodes(plan) if "Relation Name" in node]
    return float(
        sum(
            (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
            for node in read
        )
    )


def nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from nodes(each)


if __name__ == "__main__":
    main()
