"""The least that an answer takes in Python: its SQL by hand, dict displays, orjson, bare ASGI.

One handler for each operation of the workloads, by `operationName`: no GraphQL is read or checked,
nobody signs in, no snapshot is begun. DATABASE_URL and COMPANY_ID come from the environment; run by
`uvicorn server:app` with uvloop and httptools, as the service is.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import orjson

COMPANY = int(os.environ["COMPANY_ID"])
SEEN = "t.company_id = $1 AND t.deleted_at IS NULL"
ACCOUNT = "t.id, t.number, t.title, t.name, t.email"
INVOICE = (
    "t.id, t.number, t.title, t.status, t.issued_on, t.due_on, "
    "t.total_incl_tax::text, t.balance_due::text"
)
ENTRY = "t.id, t.entry_number, t.label, t.debit::text, t.credit::text, t.entry_date"

ONE = f"SELECT {ACCOUNT} FROM customer_account t WHERE t.id = $2 AND {SEEN}"
ACCOUNTS = (
    f"SELECT {ACCOUNT} FROM customer_account t WHERE {SEEN} AND t.id < $3 "
    "ORDER BY t.id DESC LIMIT $2"
)
NEWEST = (
    f"SELECT {INVOICE} FROM customer_invoice t WHERE {SEEN} AND t.id < $3 "
    "ORDER BY t.id DESC LIMIT $2"
)


def of_parents(table: str, columns: str, key: str) -> str:
    return (
        "SELECT parent.id AS parent, page.* FROM unnest($3::bigint[]) AS parent(id) "
        f"CROSS JOIN LATERAL (SELECT {columns} FROM {table} t "
        f"WHERE t.{key} = parent.id AND {SEEN} ORDER BY t.id DESC LIMIT $2) page"
    )


INVOICES = of_parents("customer_invoice", INVOICE, "account_id")
ENTRIES = of_parents("accounting_entry", ENTRY, "customer_invoice_id")
COMMENTS = """
SELECT t.id, t.body, t.created_at, p.name FROM comment t JOIN principal p ON p.id = t.author_id
WHERE t.record_id = $2 AND t.parent_id IS NULL AND (t.deleted_at IS NULL OR t.reply_count > 0)
ORDER BY t.created_at DESC, t.id DESC LIMIT $1
"""
LAST = 2**63 - 1

pool: asyncpg.Pool


def account(row: Any) -> dict[str, Any]:
    id, number, title, name, email = row
    return {"id": str(id), "number": number, "title": title, "name": name, "email": email}


def invoice(id: int, number: str, title: str, status: str, *rest: Any) -> dict[str, Any]:
    issued_on, due_on, total, due = rest
    return {
        "id": str(id),
        "number": number,
        "title": title,
        "status": status,
        "issuedOn": issued_on,
        "dueOn": due_on,
        "totalInclTax": total,
        "balanceDue": due,
    }


async def fill_invoices(parents: dict[int, list[Any]], size: int, entries: int) -> None:
    """Put the invoices of each parent into its list; with their entries, if any are wanted."""
    children: dict[int, list[Any]] = {}
    for parent, *values in await pool.fetch(INVOICES, COMPANY, size, list(parents)):
        made = invoice(*values)
        parents[parent].append(made)
        if entries:
            children[values[0]] = []
            made["accountingEntries"] = {"nodes": children[values[0]]}
    if not entries:
        return
    rows = await pool.fetch(ENTRIES, COMPANY, entries, list(children))
    for parent, id, number, label, debit, credit, day in rows:
        children[parent].append(
            {
                "id": str(id),
                "entryNumber": number,
                "label": label,
                "debit": debit,
                "credit": credit,
                "entryDate": day,
            }
        )


async def small(variables: dict[str, Any]) -> dict[str, Any]:
    row = await pool.fetchrow(ONE, COMPANY, int(variables["id"]))
    return {"customerAccount": account(row) if row else None}


async def medium(variables: dict[str, Any]) -> dict[str, Any]:
    id = int(variables["id"])
    row = await pool.fetchrow(ONE, COMPANY, id)
    if row is None:
        return {"customerAccount": None}
    nodes: list[Any] = []
    made = account(row)
    await fill_invoices({id: nodes}, 20, 4)
    made["invoices"] = {"nodes": nodes}
    made["comments"] = {
        "nodes": [
            {"id": str(each), "body": body, "createdAt": at, "author": {"name": name}}
            for each, body, at, name in await pool.fetch(COMMENTS, 10, id)
        ]
    }
    return {"customerAccount": made}


async def accounts(first: int, after: str | None, invoices: int, entries: int) -> dict[str, Any]:
    rows = await pool.fetch(ACCOUNTS, COMPANY, first, int(after) if after else LAST)
    nodes = []
    children: dict[int, list[Any]] = {}
    for row in rows:
        made = account(row)
        children[row[0]] = []
        made["invoices"] = {"nodes": children[row[0]]}
        nodes.append(made)
    await fill_invoices(children, invoices, entries)
    return {"customerAccounts": {"nodes": nodes}}


async def large(variables: dict[str, Any]) -> dict[str, Any]:
    return await accounts(50, variables.get("after"), 20, 4)


async def parents(variables: dict[str, Any]) -> dict[str, Any]:
    return await accounts(variables["first"], None, 5, 0)


async def rows(variables: dict[str, Any]) -> dict[str, Any]:
    found = await pool.fetch(NEWEST, COMPANY, variables["first"], LAST)
    return {"customerInvoices": {"nodes": [invoice(*row) for row in found]}}


async def pages(variables: dict[str, Any]) -> dict[str, Any]:
    after = variables.get("after")
    found = await pool.fetch(ACCOUNTS, COMPANY, 51, int(after) if after else LAST)
    page = {"hasNextPage": len(found) > 50, "endCursor": str(found[:50][-1][0])}
    return {"customerAccounts": {"pageInfo": page}}


HANDLERS: dict[str, Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]] = {
    "S": small,
    "M": medium,
    "L": large,
    "Rows": rows,
    "Parents": parents,
    "Pages": pages,
}


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
    answer = orjson.dumps({"data": await HANDLERS[asked["operationName"]](asked["variables"])})
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


async def nothing(connection: Any) -> None:
    """What there is to reset between two requests."""
