"""The recycle bin: its list, exact restoring, what deleting would do, and purging."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client import Client
from tests.properties import made

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
