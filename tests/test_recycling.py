"""The recycle bin: its list, exact restoring, what deleting would do, and purging."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import Client, World
from tests.properties import examples, made

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


async def test_a_deleted_record_is_listed_with_who_and_when(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.create("Contact", lastName="Martin", account=account)
    thread = await client.comment(account, "Bonjour")
    await client.comment(account, "Noté", parent=thread)
    await deleted(client, "CustomerAccount", account)

    (found,) = (await client.ask(BIN))["recycleBin"]["nodes"]

    at = datetime.fromisoformat(found.pop("deletedAt"))
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert found.pop("purgedOn") >= str((at + timedelta(days=30)).date())
    assert found == {
        "id": account,
        "number": "CLI-00001",
        "title": "Dupont",
        "module": "CustomerAccount",
        "moduleLabel": "Compte client",
        "owner": {"name": "Alice"},
        "deletedBy": {"name": "Alice"},
        "viewerCan": {"restore": True},
        "comments": 2,
        "lineItems": 0,
        "related": [
            {"name": "contacts", "module": "Contact", "required": False, "count": {"value": 1}}
        ],
    }


async def test_the_last_deletion_comes_first(client: Client) -> None:
    ids = [await client.create("CustomerAccount", name=name) for name in "abcd"]
    for i in (2, 0, 3):
        await deleted(client, "CustomerAccount", ids[i])

    first = (await client.ask(BIN, first=2))["recycleBin"]
    second = (await client.ask(BIN, first=2, after=first["pageInfo"]["endCursor"]))["recycleBin"]
    back = (await client.ask(BIN, last=2, before=second["pageInfo"]["startCursor"]))["recycleBin"]

    assert [each["title"] for each in first["nodes"]] == ["d", "a"]
    assert [each["title"] for each in second["nodes"]] == ["c"]
    assert first["totalCount"] == 3
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    assert back["nodes"] == first["nodes"]


async def test_those_deleted_at_one_moment_are_paged_by_their_ids(client: Client) -> None:
    ids = await made(client, "CustomerAccount", [{"name": f"{i}"} for i in range(5)])
    await client.ask(
        "mutation ($ids: [ID!]!) { deleteCustomerAccounts(ids: $ids) { changed } }",
        ids=[str(id) for id in ids],
    )

    seen, after = [], None
    for _ in range(5):
        page = (await client.ask(BIN, first=1, after=after))["recycleBin"]
        seen += [int(each["id"]) for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]

    assert seen == sorted(ids, reverse=True)
    assert not page["pageInfo"]["hasNextPage"]


async def test_the_bin_is_searched_and_narrowed_to_modules(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Été")
    contact = await client.create("Contact", lastName="Étang")
    await deleted(client, "CustomerAccount", account)
    await deleted(client, "Contact", contact)

    assert await binned(client, search="et") == ["Étang", "Été"]
    assert await binned(client, search="cli-") == ["Été"]
    assert await binned(client, modules=["Contact"]) == ["Étang"]
    assert await binned(client, modules=[], search="et") == []
    (refused,) = await client.refused(BIN, modules=["Nothing"])
    assert refused["code"] == "BAD_USER_INPUT"


async def test_nobody_sees_the_bin_of_others(client: Client) -> None:
    colleague, stranger = await client.colleague(), await client.world.company()
    theirs = await colleague.create("CustomerAccount", name="Theirs")
    own = await client.create("CustomerAccount", name="Own")
    shared = await client.create("Campaign", name="Shared")
    await client.share("Campaign")
    for module, id in (
        ("CustomerAccount", theirs),
        ("CustomerAccount", own),
        ("Campaign", shared),
    ):
        await deleted(client, module, id)

    assert await binned(client) == ["Shared", "Own", "Theirs"]
    assert await binned(stranger) == []
    page = (await client.ask(BIN))["recycleBin"]
    hers = (await colleague.ask(BIN, first=2))["recycleBin"]
    assert [(each["title"], each["viewerCan"]["restore"]) for each in hers["nodes"]] == [
        ("Shared", False),
        ("Theirs", True),
    ]
    assert (hers["totalCount"], hers["pageInfo"]["hasNextPage"]) == (2, False)
    assert page["totalCount"] == 3
    for who, id in ((colleague, own), (stranger, own), (client, "9999999"), (client, "x")):
        payload = await restored(who, id)
        assert payload["record"] is None
        assert [each["code"] for each in payload["errors"]] == ["NOT_FOUND"]
    forbidden = await restored(colleague, shared)
    assert [each["code"] for each in forbidden["errors"]] == ["FORBIDDEN"]
    assert await binned(client) == ["Shared", "Own", "Theirs"]


async def test_a_record_of_any_module_is_restored_once(client: Client) -> None:
    contact = await client.create("Contact", lastName="Martin")
    await deleted(client, "Contact", contact)

    first = await restored(client, contact, "again")
    again = await restored(client, contact, "again")

    assert first == again
    assert first == {
        "record": {"id": contact, "title": "Martin", "version": 3},
        "change": {"operation": "RESTORED"},
        "errors": [],
    }
    assert await binned(client) == []
    live = await restored(client, contact)
    assert [each["code"] for each in live["errors"]] == ["NOT_FOUND"]


async def test_a_value_taken_meanwhile_stands_against_restoring(client: Client) -> None:
    contact = await client.create("Contact", lastName="Un", email="a@fiches.example")
    await deleted(client, "Contact", contact)
    await client.create("Contact", lastName="Deux", email="a@fiches.example")

    payload = await restored(client, contact)

    assert [(each["path"], each["code"]) for each in payload["errors"]] == [(["id"], "NOT_UNIQUE")]
    assert await binned(client) == ["Un"]


@pytest.mark.parametrize("count", [1, 50])
async def test_the_bin_takes_the_same_statements_however_much_is_in_it(
    client: Client, count: int
) -> None:
    modules = ("CustomerAccount", "Campaign", "Product", "Supplier")
    for module in modules:
        ids = await made(client, module, [{"name": f"{module} {i}"} for i in range(count)])
        await client.comment(str(ids[0]), "Bonjour")
        await client.world.database.pool.execute(
            f"UPDATE {client.suite[module].table.name} SET deleted_at = now() WHERE id = ANY($1)",
            ids,
        )

    data = await client.ask(BIN, first=100)

    assert len(data["recycleBin"]["nodes"]) == min(100, 4 * count)
    assert client.statements == 5  # the page, its count, people, counts of tabs, what hangs on them


# Exact restoring


async def everything(client: Client) -> dict[str, Any]:
    """What the tables hold of a company, but for versions and times of change."""
    pool, found = client.world.database.pool, {}
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


@examples(6)
@given(data=st.data())
async def test_restored_in_any_order_records_are_as_they_were(
    world: World, data: st.DataObject
) -> None:
    client = await world.company()
    records = await furnished(client)
    before = await everything(client)
    gone = data.draw(st.lists(st.sampled_from(records), unique=True, min_size=1))

    for module, id in gone:
        await deleted(client, module, id)
    titles = {str(each["id"]): each["title"] for each in before["record"]}
    assert await binned(client) == [titles[id] for _, id in reversed(gone)]
    for _, id in data.draw(st.permutations(gone)):
        payload = await restored(client, id)
        assert not payload["errors"], payload

    assert await everything(client) == before
