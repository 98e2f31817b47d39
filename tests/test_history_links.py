"""Links are told on both records, each to those who may see the other."""

from __future__ import annotations

from typing import Any

from tests.client import Client
from tests.saves import act, create, history, update


def links(entries: list[Any]) -> list[tuple[str, Any, Any, Any, Any]]:
    """What entries tell of links: the operation, and the ids and titles that left and came."""
    return [
        (entry["operation"], *(each[key] for key in ("name", "before", "after")), display(each))
        for entry in entries
        for each in entry["fields"]
        if entry["operation"] in ("LINKED", "UNLINKED")
    ]


def display(field: Any) -> str | None:
    shown: str | None = field["beforeDisplay"] or field["afterDisplay"]
    return shown


async def test_a_link_is_told_at_its_far_end_when_it_comes_and_when_it_goes(
    client: Client,
) -> None:
    fair, mail = [await client.create("Campaign", name=name) for name in ("Salon", "Lettre")]
    account = (await create(client, "CustomerAccount", name="Dupont", campaigns=[fair])).id
    await update(client, "CustomerAccount", account, name="Durand", campaigns=[mail])
    await update(client, "CustomerAccount", account, campaigns=[mail])

    assert links(await history(client, fair)) == [
        ("LINKED", "accounts", None, [account], "Dupont"),
        ("UNLINKED", "accounts", [account], None, "Durand"),
    ]
    assert links(await history(client, mail)) == [("LINKED", "accounts", None, [account], "Durand")]
    (entry,) = [each for each in await history(client, mail) if each["operation"] == "LINKED"]
    assert (entry["version"], entry["actor"], entry["fields"][0]["label"]) == (
        None,
        {"name": "Alice"},
        "Comptes client",
    )


async def test_records_linked_at_once_are_told_in_one_entry(client: Client) -> None:
    fair = await client.create("Campaign", name="Salon")
    accounts = [await client.create("CustomerAccount", name=name) for name in "ABC"]

    data = await client.ask(
        "mutation ($ids: [ID!], $input: UpdateCustomerAccountInput!) { "
        "updateCustomerAccounts(ids: $ids, input: $input) { errors { message } } }",
        ids=accounts,
        input={"campaigns": [fair]},
    )

    assert data["updateCustomerAccounts"]["errors"] == []
    assert links(await history(client, fair)) == [("LINKED", "accounts", None, accounts, "A, B, C")]


async def test_records_created_linked_are_told_at_the_far_end_beside_the_creation(
    client: Client,
) -> None:
    one = await client.create("ProjectTask", name="Plans", project=await project(client))
    save = await create(client, "CustomerAccount", name="Dupont")
    fair = await client.create("Campaign", name="Salon")
    contact = await create(client, "Contact", lastName="Martin", account=save.id, campaigns=[fair])

    assert [each["operation"] for each in await history(client, contact.id)] == ["CREATED"]
    assert links(await history(client, fair)) == [
        ("LINKED", "contacts", None, [contact.id], contact.record["title"])
    ]
    assert links(await history(client, one)) == []


async def project(client: Client) -> str:
    return await client.create("Project", name="Chantier")


async def test_who_may_not_see_the_other_record_is_not_told_that_it_was_linked(
    client: Client,
) -> None:
    fair = await client.create("Campaign", name="Salon")
    colleague = await client.colleague("Camille")
    await client.share("Campaign")
    hidden = await client.create("CustomerAccount", name="Secret", campaigns=[fair])
    shown = await colleague.create("CustomerAccount", name="À moi", campaigns=[fair])
    await update(client, "CustomerAccount", hidden, campaigns=[])
    query = (
        "query ($id: ID!, $first: Int) { record(id: $id) { history(first: $first) { totalCount "
        "pageInfo { hasNextPage } nodes { id operation fields { after afterDisplay } } } } }"
    )

    everything = (await client.ask(query, id=fair, first=10))["record"]["history"]
    seen = (await colleague.ask(query, id=fair, first=2))["record"]["history"]

    assert everything["totalCount"] == 4
    assert seen["totalCount"] == 2
    assert seen["pageInfo"] == {"hasNextPage": False}
    assert [(each["operation"], each["fields"]) for each in seen["nodes"][:1]] == [
        ("LINKED", [{"after": [shown], "afterDisplay": "À moi"}])
    ]
    ids = [each["id"] for each in everything["nodes"] if each["operation"] != "CREATED"]
    found = await colleague.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)
    assert [each and each["id"] for each in found["nodes"]] == [None, seen["nodes"][0]["id"], None]


async def test_history_does_not_name_records_that_the_viewer_may_not_see(client: Client) -> None:
    colleague = await client.colleague("Camille")
    parent = await client.create("CustomerAccount", name="Secret")
    fairs = [await client.create("Campaign", name=name) for name in ("Salon", "Secret aussi")]
    account = await client.create(
        "CustomerAccount",
        name="Dupont",
        parentAccount=parent,
        campaigns=fairs,
        owner=f"user-{colleague.user_id}",
    )
    await update(client, "Campaign", fairs[0], owner=f"user-{colleague.user_id}")
    await update(client, "CustomerAccount", account, parentAccount=None, campaigns=[])
    as_of = (
        "query ($id: ID!, $from: DateTime!) { compare(id: $id, from: $from) { "
        "fields { name before beforeDisplay } } }"
    )

    created, updated = await history(colleague, account)
    (entry,) = [each for each in await history(client, account) if each["operation"] == "CREATED"]
    data = await colleague.ask(as_of, id=account, **{"from": "2020-01-01T00:00:00Z"})

    assert {each["name"] for each in entry["fields"]} >= {"parentAccount", "campaigns"}
    assert "parentAccount" not in {each["name"] for each in created["fields"]}
    assert [each["name"] for each in updated["fields"]] == ["campaigns"]
    assert updated["fields"][0]["before"] == [fairs[0]]
    assert updated["fields"][0]["beforeDisplay"] == "Salon"
    assert "Secret" not in str((created, updated, data))


async def test_what_was_linked_is_still_told_from_the_recycle_bin(client: Client) -> None:
    colleague = await client.colleague("Camille")
    await client.share("Campaign", "CustomerAccount")
    fair = await client.create("Campaign", name="Salon")
    account = await client.create("CustomerAccount", name="Dupont", campaigns=[fair])

    await act(client, "delete", "CustomerAccount", account)

    assert links(await history(colleague, fair)) == [
        ("LINKED", "accounts", None, [account], "Dupont")
    ]
