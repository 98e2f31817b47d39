"""A company of about a million records, written once by SQL into a database of `fiches migrate`.

    python -m bench.load --help

Of each account 21 to 27 invoices, of each invoice 4 accounting entries; 10 to 15 comments on each
account. Rows pass through the tables' own constraints and the trigger of the register. What these
measurements do not read is not written: the words of the search, the history, lines of documents.

Each size is a database of its own on the embedded server in .data/bench. One made by other
statements than those below, or by other migrations, is dropped and made anew.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import asyncpg

from db.embedded import Embedded

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data" / "bench"
SECRET = "the secret of a measurement, of no use elsewhere"
COMPANY = "Banc d’essai"
ADMINISTRATOR = "admin@bench.example"
MANAGER = "manager@bench.example"
SELLER = "seller-01@bench.example"
CONTROLLER = "controller@bench.example"
ASSISTANT = "assistant@bench.example"
SELLERS = 50
ACCOUNT_SHARE = 1 + 24 + 24 * 4
"""Records that come with an account, itself included, on average."""

PEER_ROLE = "bench_reader"
"""Who PostGraphile signs in as: row-level security gives its statements the access predicate."""

FILLED = ("customer_account", "customer_invoice", "accounting_entry", "record", "comment")

PEOPLE = """
-- Sellers own everything. The manager has the role above that of every second seller; rules share
-- what these own with the controller; the assistant has the manager's role, and a profile that
-- hides a field.
CREATE TEMP TABLE made AS
SELECT i, nextval(pg_get_serial_sequence('principal', 'id')) AS id
FROM generate_series(1, {sellers}) i;
INSERT INTO principal (id, kind, name) OVERRIDING SYSTEM VALUE
SELECT id, 'user', 'Vendeur ' || i FROM made;
INSERT INTO app_user (id, email, company_id)
SELECT made.id, 'seller-' || lpad(i::text, 2, '0') || '@bench.example', company.id
FROM made, company WHERE company.name = '{company}';
WITH added AS (
    INSERT INTO principal (kind, name) SELECT 'user', email
    FROM unnest(ARRAY['{manager}', '{controller}', '{assistant}']) email RETURNING id, name
)
INSERT INTO app_user (id, email, company_id)
SELECT added.id, added.name, company.id FROM added, company WHERE company.name = '{company}';
WITH above AS (
    INSERT INTO principal (kind, name) VALUES ('role', 'Direction') RETURNING id
), below AS (
    INSERT INTO principal (kind, name) VALUES ('role', 'Vente') RETURNING id
), first AS (
    INSERT INTO role (id, company_id) SELECT above.id, company.id
    FROM above, company WHERE company.name = '{company}' RETURNING id, company_id
), second AS (
    INSERT INTO role (id, company_id, parent_id) SELECT below.id, first.company_id, first.id
    FROM below, first RETURNING id, company_id
)
INSERT INTO membership (user_id, company_id, role_id)
SELECT app_user.id, first.company_id, first.id FROM first, app_user
WHERE email IN ('{manager}', '{assistant}')
UNION ALL
SELECT made.id, second.company_id, second.id FROM second, made WHERE i % 2 = 1;
INSERT INTO sharing_rule (company_id, module, from_id, to_id)
SELECT role.company_id, module, role.id, app_user.id FROM role, app_user,
    unnest(ARRAY['CustomerAccount', 'CustomerInvoice', 'AccountingEntry']) module
WHERE role.parent_id IS NOT NULL AND email = '{controller}';
WITH made AS (
    INSERT INTO profile (company_id, name, grants, fields)
    SELECT id, 'Assistance', '{"*": ["read", "comment"]}',
        '{"CustomerInvoice": {"balance_due": "hidden"}}'
    FROM company WHERE name = '{company}' RETURNING id
)
UPDATE membership SET profile_id = made.id FROM made, app_user
WHERE email = '{assistant}' AND user_id = app_user.id;
"""

CHART = """
INSERT INTO ledger_account (company_id, number, title, owner_id, created_by_id, updated_by_id,
    account_number, name, active)
SELECT company.id, 'CPT-' || lpad(n::text, 5, '0'), code || ' ' || chart.name, boss.id, boss.id,
    boss.id, code, chart.name, true
FROM company, app_user boss, (VALUES (1, '411000', 'Clients'), (2, '706000', 'Prestations'),
    (3, '708500', 'Ports facturés'), (4, '445710', 'TVA collectée')) chart(n, code, name)
WHERE company.name = '{company}' AND boss.email = '{administrator}';
INSERT INTO journal (company_id, number, title, owner_id, created_by_id, updated_by_id, code, name,
    journal_type, active)
SELECT company.id, 'JRN-00001', 'VE Ventes', boss.id, boss.id, boss.id, 'VE', 'Ventes', 'sales',
    true
FROM company, app_user boss
WHERE company.name = '{company}' AND boss.email = '{administrator}';
INSERT INTO fiscal_year (company_id, number, title, owner_id, created_by_id, updated_by_id, name,
    starts_on, ends_on, status)
SELECT company.id, 'EXE-00001', '2026', boss.id, boss.id, boss.id, '2026', '2026-01-01',
    '2026-12-31', 'open'
FROM company, app_user boss
WHERE company.name = '{company}' AND boss.email = '{administrator}';
"""

ACCOUNTS = """
CREATE TEMP TABLE account AS
SELECT a, nextval('record_id') AS id, made.id AS owner_id,
    (ARRAY['Boulangerie', 'Garage', 'Cabinet', 'Hôtel', 'Menuiserie', 'Librairie'])[1 + a % 6]
        || ' «' || (ARRAY['Dupont', 'Lefèvre', 'Benoît', 'Garçon', 'Nuñez'])[1 + a / 6 % 5]
        || '» ' || a AS name
FROM generate_series(1, {accounts}) a JOIN made ON made.i = 1 + a % {sellers}
ORDER BY a;
INSERT INTO customer_account (id, company_id, number, title, owner_id, created_at, created_by_id,
    updated_at, updated_by_id, name, account_type, email, phone, billing_address, payment_terms,
    credit_limit, balance_due)
SELECT account.id, company.id, 'CLI-' || lpad(a::text, 5, '0'), account.name, owner_id,
    moment, owner_id, moment, owner_id, account.name, 'customer',
    'contact' || a || '@client.example', '+33261' || lpad((a % 1000000)::text, 6, '0'),
    jsonb_build_object('street', a || ' rue de la Paix', 'postal_code', '44000', 'city', 'Nantes'),
    NULL, a % 500 * 100, (a * 37 % 100000) * 1.25
FROM account, company, LATERAL (SELECT timestamptz '2025-01-01' + a * interval '1 minute') m(moment)
WHERE company.name = '{company}' ORDER BY a;
"""

# Invoices come in turns, one account after the other as time goes, so that those of one account
# lie far apart in the table, as they do where a company is at work.
INVOICES = """
CREATE TEMP TABLE invoice AS
SELECT row_number() OVER w AS n, turn, account.id AS account_id, owner_id, account.name, a,
    (1 + hashint8(a * 31 + turn) % 9000 / 2 + 4500) * 1.00 AS amount
FROM account, generate_series(1, 27) turn WHERE turn <= 21 + a % 7
WINDOW w AS (ORDER BY turn, hashint8(a * 131 + turn), a);
ALTER TABLE invoice ADD COLUMN id bigint;
UPDATE invoice SET id = $id$ + n;
SELECT setval('record_id', $id$ + (SELECT max(n) FROM invoice));
INSERT INTO customer_invoice (id, company_id, number, title, owner_id, created_at, created_by_id,
    updated_at, updated_by_id, deleted_at, subject, invoice_type, status, issued_on, due_on,
    currency, total_excl_tax, total_vat, total_incl_tax, amount_paid, balance_due, account_id)
SELECT invoice.id, company.id, number, number || ' Travaux ' || turn, owner_id, moment, owner_id,
    moment, owner_id, CASE WHEN turn = 3 AND a % 10 = 0 THEN now() END, 'Travaux ' || turn,
    'standard', (ARRAY['validated', 'sent', 'partially_paid', 'paid'])[1 + n % 4],
    day, day + 30, 'EUR', amount, round(amount * 0.2, 2), round(amount * 1.2, 2),
    CASE n % 4 WHEN 3 THEN round(amount * 1.2, 2) WHEN 2 THEN 100 ELSE 0 END,
    CASE n % 4 WHEN 3 THEN 0 WHEN 2 THEN round(amount * 1.2, 2) - 100
        ELSE round(amount * 1.2, 2) END,
    account_id
FROM invoice, company, LATERAL (SELECT 'FAC-2026-' || lpad(n::text, 6, '0'),
    date '2026-01-01' + (turn * 10)::int,
    timestamptz '2026-01-01' + n * interval '1 second') m(number, day, moment)
WHERE company.name = '{company}' ORDER BY n;
"""

ENTRIES = """
INSERT INTO accounting_entry (id, company_id, number, title, owner_id, created_at, created_by_id,
    updated_at, updated_by_id, entry_number, entry_date, document_reference, document_date, label,
    debit, credit, status, journal_id, ledger_account_id, fiscal_year_id, account_id,
    customer_invoice_id)
SELECT $id$ + m.place, journal.company_id, 'ECR-' || lpad(m.place::text, 7, '0'),
    'VE-' || m.place || ' ' || m.label, i.owner_id, i.created_at, i.owner_id, i.created_at,
    i.owner_id, 'VE-' || m.place, i.issued_on, i.number, i.issued_on, m.label,
    CASE part WHEN 0 THEN i.total_incl_tax ELSE 0 END,
    CASE part WHEN 0 THEN 0 WHEN 1 THEN i.total_excl_tax - 10 WHEN 2 THEN 10
        ELSE i.total_vat END,
    'posted', journal.id, (SELECT id FROM ledger_account WHERE account_number =
        (ARRAY['411000', '706000', '708500', '445710'])[1 + part]),
    fiscal_year.id, CASE part WHEN 0 THEN i.account_id END, i.id
FROM (SELECT customer_invoice.*, row_number() OVER (ORDER BY id) AS n FROM customer_invoice) i,
    journal, fiscal_year, generate_series(0, 3) part,
    LATERAL (SELECT (i.n - 1) * 4 + part + 1,
        (ARRAY['Client', 'Vente', 'Port', 'TVA'])[1 + part] || ' ' || i.number) m(place, label)
ORDER BY m.place;
SELECT setval('record_id', $id$ + 4 * (SELECT count(*) FROM customer_invoice));
"""

COMMENTS = """
INSERT INTO comment (record_id, author_id, body, created_at)
SELECT account.id, made.id, 'Relance n° ' || n || ' : promis pour la fin du mois, '
    || 'le comptable est prévenu et rappellera (compte ' || a || ').',
    timestamptz '2026-02-01' + (n * 100000 + a) * interval '1 second'
FROM account, generate_series(1, 15) n, made
WHERE n <= 10 + a % 6 AND made.i = 1 + (a + n) % {sellers} ORDER BY n, a;
UPDATE customer_account SET (last_comment_at, last_comment_id) = (SELECT created_at, id
    FROM comment WHERE record_id = customer_account.id ORDER BY created_at DESC LIMIT 1);
"""

# The predicate of whoever sees all of the company, for a server that takes its rules of access from
# the database. The company is a constant, which costs less than one set by each request.
POLICIES = """
CREATE POLICY bench ON {table} FOR SELECT TO {role}
    USING (company_id = {company_id} AND deleted_at IS NULL);
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
"""
COMMENT_POLICY = """
CREATE POLICY bench ON comment FOR SELECT TO {role}
    USING (parent_id IS NULL AND (deleted_at IS NULL OR reply_count > 0));
ALTER TABLE comment ENABLE ROW LEVEL SECURITY;
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--records", type=int, default=1_000_000)
    asked = parser.parse_args()
    with server() as embedded:
        print(loaded(embedded, asked.records))


def server() -> Embedded:
    """The embedded PostgreSQL of the measurements, with room for the data in memory, and for the
    connections of all servers at once.
    """
    options = {"shared_buffers": "2GB", "maintenance_work_mem": "512MB", "max_connections": "500"}
    return Embedded.start(DATA / "postgres", options=options)


def loaded(embedded: Embedded, records: int) -> str:
    """The address of a database with about so many records, filled if it is not."""
    name = f"bench_{records}"
    url = embedded.url_of_database(name)
    mark = fingerprint(records)
    found = asyncio.run(_mark(embedded.url, name))
    if found != mark:
        began = time.perf_counter()
        print(f"Loading {records:,} records (once) …", end=" ", flush=True)
        asyncio.run(_emptied(embedded.url, name))
        fiches(url, "migrate")
        fiches(url, "user", "add", ADMINISTRATOR, "--admin", "--company", COMPANY, typed=SECRET)
        count = asyncio.run(_filled(url, records))
        asyncio.run(_marked(embedded.url, name, mark))
        print(f"{count:,} in {time.perf_counter() - began:.0f} s", flush=True)
    return url


def fingerprint(records: int) -> str:
    """What a database was made by: the statements of this file and the migrations."""
    own = [PEOPLE, CHART, ACCOUNTS, INVOICES, ENTRIES, COMMENTS, POLICIES, COMMENT_POLICY]
    digest = hashlib.sha256("\n".join([str(records), *own]).encode())
    for path in sorted((ROOT / "db" / "migrations" / "versions").glob("*.sql")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fiches(url: str, *words: str, typed: str = "") -> str:
    """What the command line of the service printed."""
    done = subprocess.run(
        [sys.executable, "-m", "graph", *words],
        cwd=ROOT,
        env=surroundings(url),
        input=f"{typed}\n" if typed else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"fiches {words[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def surroundings(url: str) -> dict[str, str]:
    """The environment of the service in production mode: all settings but these as they come."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("FICHES_")}
    return {**plain, "FICHES_DATABASE_URL": url, "FICHES_SECRET_KEY": SECRET}


async def _mark(url: str, name: str) -> str | None:
    connection = await asyncpg.connect(url)
    try:
        found: str | None = await connection.fetchval(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1", name
        )
    finally:
        await connection.close()
    return found


async def _emptied(url: str, name: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()


async def _marked(url: str, name: str, mark: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"COMMENT ON DATABASE {name} IS '{mark}'")
    finally:
        await connection.close()


async def _filled(url: str, records: int) -> int:
    """Write everything; how many records there are."""
    connection = await asyncpg.connect(url, timeout=60)
    try:
        return await _fill(connection, max(60, round(records / ACCOUNT_SHARE)))
    finally:
        await connection.close()


async def _fill(connection: asyncpg.Connection, accounts: int) -> int:
    names = {
        "company": COMPANY,
        "administrator": ADMINISTRATOR,
        "manager": MANAGER,
        "controller": CONTROLLER,
        "assistant": ASSISTANT,
        "sellers": str(SELLERS),
        "accounts": str(accounts),
    }

    async def run(script: str) -> None:
        for name, value in names.items():
            script = script.replace("{" + name + "}", value)
        if "$id$" in script:
            last = await connection.fetchval("SELECT last_value FROM record_id")
            script = script.replace("$id$", str(last))
        await connection.execute(script, timeout=None)

    # Written row by row, indexes cost several times what building them at the end does.
    indexes = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY($1) "
        "AND indexname NOT LIKE 'pk%'",
        FILLED,
    )
    await connection.execute(";".join(f"DROP INDEX {each['indexname']}" for each in indexes))
    for table in FILLED[:3]:
        await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER search_keys_written")
    await connection.execute("ALTER TABLE comment DISABLE TRIGGER note_last_comment")
    for script in (PEOPLE, CHART, ACCOUNTS, INVOICES, ENTRIES):
        await run(script)
    for each in indexes:
        await connection.execute(each["indexdef"], timeout=None)
    await run(COMMENTS)
    for table in FILLED[:3]:
        await connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER search_keys_written")
    await connection.execute("ALTER TABLE comment ENABLE TRIGGER note_last_comment")
    await _admit(connection)
    await connection.execute("VACUUM (ANALYZE)", timeout=None)
    count: int = await connection.fetchval("SELECT count(*) FROM record")
    return count


async def _admit(connection: asyncpg.Connection) -> None:
    """Let PostGraphile's role read what is measured, under the predicate."""
    company_id = await connection.fetchval("SELECT id FROM company WHERE name = $1", COMPANY)
    await connection.execute(
        f"DO $$ BEGIN CREATE ROLE {PEER_ROLE} LOGIN; EXCEPTION WHEN duplicate_object THEN END $$"
    )
    for table in FILLED[:3]:
        await connection.execute(
            POLICIES.format(table=table, role=PEER_ROLE, company_id=company_id)
        )
    await connection.execute(COMMENT_POLICY.format(role=PEER_ROLE))
    tables = ", ".join((*FILLED[:3], "comment", "principal"))
    await connection.execute(f"GRANT SELECT ON {tables} TO {PEER_ROLE}")


if __name__ == "__main__":
    main()
