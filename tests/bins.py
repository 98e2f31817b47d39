"""The recycle bin in tests: records that refer to each other, deleted, restored, grown old."""

from __future__ import annotations

from typing import Any

from tests.client import Client

ENTRY = (
    "id number title module moduleLabel owner { name } deletedBy { name } deletedAt purgedOn "
    "viewerCan { restore } comments lineItems related { name module required count { value } }"
)
BIN = f"""
query ($modules: [String!], $search: String, $first: Int, $after: String, $last: Int,
    $before: String) {{
  recycleBin(modules: $modules, search: $search, first: $first, after: $after, last: $last,
      before: $before) {{
    totalCount nodes {{ {ENTRY} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
  }}
}}
"""


async def binned(client: Client, **arguments: Any) -> list[str]:
    """The titles in the bin."""
    data = await client.ask(BIN, **arguments)
    assert data["recycleBin"]["totalCount"] >= len(data["recycleBin"]["nodes"])
    return [each["title"] for each in data["recycleBin"]["nodes"]]


async def deleted(client: Client, module: str, *ids: str) -> None:
    for id in ids:
        payload = await client.act("delete", module, id)
        assert not payload["errors"], payload


async def restored(client: Client, id: str, key: str | None = None) -> Any:
    data = await client.ask(
        "mutation ($id: ID!, $key: String) { restoreRecord(id: $id, idempotencyKey: $key) { "
        "record { id title version } change { operation } errors { path code message } } }",
        id=id,
        key=key,
    )
    return data["restoreRecord"]


async def everything(client: Client) -> dict[str, Any]:
    """What the tables hold of a company, but for versions and times of change."""
    pool = client.world.database.pool
    found: dict[str, Any] = {}
    written = ("version", "updated_at", "updated_by_id")
    for module in client.suite.modules:
        rows = await pool.fetch(
            f"SELECT * FROM {module.table.name} WHERE company_id = $1 ORDER BY id",
            client.company_id,
        )
        for row in rows:
            found[f"{module.name} {row['id']}"] = {k: v for k, v in row.items() if k not in written}
    own = "(SELECT id FROM record WHERE company_id = $1)"
    for table, column in (
        ("link", "from_id"),
        ("line_item", "document_id"),
        ("comment", "record_id"),
    ):
        rows = await pool.fetch(
            f"SELECT * FROM {table} WHERE {column} IN {own} ORDER BY 1, 2, 3", client.company_id
        )
        found[table] = [dict(row) for row in rows]
    register = await pool.fetch(
        "SELECT * FROM record WHERE company_id = $1 ORDER BY id", client.company_id
    )
    found["record"] = [{k: v for k, v in row.items() if k not in written} for row in register]
    return found


async def furnished(client: Client) -> list[tuple[str, str]]:
    """Records that refer to each other in every way there is: their modules and ids."""
    colleague = await client.colleague()
    campaign = await client.create("Campaign", name="Salon")
    parent = await client.create("CustomerAccount", name="Groupe", campaigns=[campaign])
    account = await client.create(
        "CustomerAccount",
        name="Dupont",
        campaigns=[campaign],
        owner=f"user-{colleague.user_id}",
        billingAddress={"street": "1 rue Haute", "city": "Lyon"},
    )
    contact = await client.create(
        "Contact", lastName="Martin", account=account, campaigns=[campaign], email="m@x.example"
    )
    product = await client.create("Product", name="Four", salePrice="10")
    deal = await client.create(
        "Deal",
        name="Fours",
        account=account,
        contact=contact,
        expectedCloseOn="2026-03-31",
        products=[product],
    )
    quote = await client.create(
        "Quote",
        account=account,
        deal=deal,
        subject="Fours",
        validUntil="2026-03-31",
        lineItems=[{"product": product, "quantity": "2"}, {"label": "Pose", "unitPrice": "5"}],
    )
    data = await client.ask(
        "mutation ($id: ID!) { convertQuoteToSalesOrder(id: $id) { salesOrder { id } "
        "errors { message } } }",
        id=quote,
    )
    order = data["convertQuoteToSalesOrder"]["salesOrder"]["id"]
    for id in (account, quote):
        thread = await client.comment(id, "Bonjour")
        await client.comment(id, "Noté", parent=thread)
    return [
        ("Campaign", campaign),
        ("CustomerAccount", parent),
        ("CustomerAccount", account),
        ("Contact", contact),
        ("Product", product),
        ("Deal", deal),
        ("Quote", quote),
        ("SalesOrder", order),
    ]


async def aged(client: Client, *records: tuple[str, str], days: int = 31) -> None:
    """Delete records, so many days ago."""
    for module, id in records:
        await deleted(client, module, id)
        await client.world.database.pool.execute(
            f"UPDATE {client.suite[module].table.name} SET deleted_at = now() - $2 * "
            "interval '1 day' WHERE id = $1",
            int(id),
            days,
        )
