"""Compiled statements read what the answer holds, by indexes, however large the tables are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from db.reader import Reader
from db.settings import Settings
from graph.execution import running
from tests import plans
from tests.client import Client
from tests.properties import commented, made

TREE = """
query ($id: ID!) {
  customerAccount(id: $id) {
    name
    invoices(first: 2) {
      totalCount
      nodes { number account { name } }
    }
    comments(rollUp: true, first: 3) { nodes { body author { name } } }
  }
}
"""
LIST = "{ customerInvoices(first: 3) { pageInfo { hasNextPage endCursor } nodes { number } } }"
TABLES = ("customer_account", "customer_invoice", "comment", "record")


@pytest.fixture(scope="module")
async def crowded(world: Any) -> tuple[Client, list[int]]:
    """A company of 300 accounts with 10 invoices each, of which every tenth has comments."""
    client = await world.company()
    accounts = await made(client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(300)])
    day = date(2026, 1, 31)
    invoices = await made(
        client,
        "CustomerInvoice",
        [
            {"account": account, "subject": "Mars", "issued_on": day, "due_on": day}
            for account in accounts
            for _ in range(10)
        ],
    )
    await commented(client, [(id, datetime.now(UTC)) for id in invoices[::10]])
    for table in TABLES:
        await client.world.database.pool.execute(f"ANALYZE {table}")
    return client, accounts


@pytest.mark.parametrize("way", ["json", "nested", "by levels"])
@pytest.mark.parametrize(("document", "most"), [(TREE, 60), (LIST, 8)], ids=["tree", "list"])
async def test_a_compiled_statement_reads_no_more_than_its_pages(
    crowded: tuple[Client, list[int]],
    monkeypatch: pytest.MonkeyPatch,
    document: str,
    most: int,
    way: str,
) -> None:
    client, accounts = crowded
    monkeypatch.setattr(running, "NESTED_MOST", 500 if way == "nested" else 0)
    monkeypatch.setattr(Settings, "open", way != "json")
    run, ran = Reader.run, []

    async def told(self: Reader, sql: str, arguments: Sequence[Any], *more: Any, **how: Any) -> Any:
        ran.append((sql, arguments))
        return await run(self, sql, arguments, *more, **how)

    monkeypatch.setattr(Reader, "run", told)
    await client.ask(document, **({"id": str(accounts[150])} if document is TREE else {}))
    monkeypatch.undo()

    nodes: plans.Nodes = []
    for sql, arguments in ran:
        nodes += await plans.of(client.world.database, sql, arguments)
    assert plans.rows_read(nodes, *TABLES) <= most
    assert not plans.scanned(nodes) & set(TABLES)
