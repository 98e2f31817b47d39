"""The other floor: one statement an answer, whose JSON PostgreSQL writes; bare ASGI sends it on.

The rows, the columns and the predicate of the first floor (../floor/server.py), which see for what
neither does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import asyncpg
import orjson

COMPANY = int(os.environ["COMPANY_ID"])
LAST = 2**63 - 1

ACCOUNT = {"id": "id::text", "number": "number", "title": "title", "name": "name", "email": "email"}
INVOICE = {
    "id": "id::text",
    "number": "number",
    "title": "title",
    "status": "status",
    "issuedOn": "issued_on",
    "dueOn": "due_on",
    "totalInclTax": "total_incl_tax::text",
    "balanceDue": "balance_due::text",
}
ENTRY = {
    "id": "id::text",
    "entryNumber": "entry_number",
    "label": "label",
    "debit": "debit::text",
    "credit": "credit::text",
    "entryDate": "entry_date",
}


def columns(alias: str, fields: Mapping[str, str], **more: str) -> str:
    own = [f'{alias}.{column} AS "{name}"' for name, column in fields.items()]
    return ", ".join([*own, *(f'({sql}) AS "{name}"' for name, sql in more.items())])


def page(alias: str, table: str, read: str, where: str, first: str) -> str:
    """A connection as JSON: the newest rows first."""
    return (
        "SELECT json_build_object('nodes', coalesce(json_agg(page), '[]')) FROM ("
        f"SELECT {read} FROM {table} {alias} WHERE {alias}.company_id = $1 "
        f"AND {alias}.deleted_at IS NULL AND {where} ORDER BY {alias}.id DESC LIMIT {first}) page"
    )


def invoices(first: int, entries: int) -> str:
    below = {}
    if entries:
        of = "e.customer_invoice_id = i.id"
        read = columns("e", ENTRY)
        below["accountingEntries"] = page("e", "accounting_entry", read, of, str(entries))
    of = "i.account_id = a.id"
    return page("i", "customer_invoice", columns("i", INVOICE, **below), of, str(first))


COMMENTS = """
SELECT json_build_object('nodes', coalesce(json_agg(page), '[]')) FROM (
    SELECT c.id::text AS id, c.body, c.created_at AS "createdAt",
        json_build_object('name', p.name) AS author
    FROM comment c JOIN principal p ON p.id = c.author_id
    WHERE c.record_id = a.id AND c.parent_id IS NULL
        AND (c.deleted_at IS NULL OR c.reply_count > 0)
    ORDER BY c.created_at DESC, c.id DESC LIMIT 10) page
"""


def one(read: str) -> str:
    return (
        "SELECT json_build_object('customerAccount', (SELECT row_to_json(page) FROM ("
        f"SELECT {read} FROM customer_account a WHERE a.company_id = $1 "
        "AND a.deleted_at IS NULL AND a.id = $2) page))::text"
    )


def many(name: str, connection: str) -> str:
    return f"SELECT json_build_object('{name}', ({connection}))::text"


def accounts(first: str, invoice_count: int, entries: int) -> str:
    read = columns("a", ACCOUNT, invoices=invoices(invoice_count, entries))
    return many("customerAccounts", page("a", "customer_account", read, "a.id < $2", first))


Values = Callable[[Mapping[str, Any]], list[Any]]


def by_id(variables: Mapping[str, Any]) -> list[Any]:
    return [int(variables["id"])]


def after(variables: Mapping[str, Any]) -> list[Any]:
    return [int(variables["after"] or LAST)]


def first(variables: Mapping[str, Any]) -> list[Any]:
    return [LAST, variables["first"]]


STATEMENTS: Mapping[str, tuple[str, Values]] = {
    "S": (one(columns("a", ACCOUNT)), by_id),
    "M": (one(columns("a", ACCOUNT, invoices=invoices(20, 4), comments=COMMENTS)), by_id),
    "L": (accounts("50", 20, 4), after),
    "Parents": (accounts("$3", 5, 0), first),
    "Rows": (
        many(
            "customerInvoices",
            page("i", "customer_invoice", columns("i", INVOICE), "i.id < $2", "$3"),
        ),
        first,
    ),
    "Pages": (
        "SELECT json_build_object('customerAccounts', json_build_object('pageInfo', "
        "json_build_object('hasNextPage', count(*) > 50, "
        "'endCursor', (array_agg(id ORDER BY id DESC))[least(count(*), 50)]::text)))::text "
        "FROM (SELECT id FROM customer_account WHERE company_id = $1 AND deleted_at IS NULL "
        "AND id < $2 ORDER BY id DESC LIMIT 51) page",
        after,
    ),
}

pool: asyncpg.Pool


async def app(scope: Any, receive: Any, send: Any) -> None:
    global pool
    if scope["type"] == "lifespan":
        await receive()
        pool = await asyncpg.create_pool(
            os.environ["DATABASE_URL"],
            min_size=1,
            max_size=10,
            reset=nothing,
            server_settings={"jit": "off"},
        )
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await pool.close()
        await send({"type": "lifespan.shutdown.complete"})
        return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    asked = orjson.loads(body)
    statement, values = STATEMENTS[asked["operationName"]]
    data = await pool.fetchval(statement, COMPANY, *values(asked["variables"]))
    answer = b'{"data":%s}' % data.encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


async def nothing(connection: Any) -> None:
    """What there is to reset between two requests."""
