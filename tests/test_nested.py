"""New records created with the one that points at them: one transaction, told apart in history."""

from __future__ import annotations

from typing import Any

from db.writing import Work
from tests.books import customer, item
from tests.client import Client
from tests.saves import create, history, read, stored, update

INVOICE: dict[str, Any] = {"subject": "Mars", "issuedOn": "2026-03-10", "dueOn": "2026-04-30"}


async def test_an_invoice_brings_its_account_along(client: Client) -> None:
    save = await create(
        client,
        "CustomerInvoice",
        "account { id number name owner { name } } totalInclTax",
        newAccount={"name": "Dupont"},
        lineItems=[item("100")],
        **INVOICE,
    )

    account = save.record["account"]
    assert account == {
        "id": account["id"],
        "number": "CLI-00001",
        "name": "Dupont",
        "owner": {"name": "Alice"},
    }
    assert save.record["totalInclTax"] == "120.00"
    assert save.told["account"] == (None, account["id"])
    assert [
        each["afterDisplay"] for each in save.change["fields"] if each["name"] == "account"
    ] == ["Dupont"]


async def test_both_are_told_each_in_its_own_way(client: Client) -> None:
    save = await create(client, "Contact", lastName="Petit", newAccount={"name": "Dupont"})
    contact = await read(client, "Contact", save.id, "account { id }")

    (own,) = await history(client, save.id)
    (brought,) = await history(client, contact["account"]["id"])
    assert (own["operation"], own["origin"], own["version"]) == ("CREATED", "MANUAL", 1)
    assert (brought["operation"], brought["origin"], brought["version"]) == (
        "CREATED",
        "QUICK_CREATE",
        1,
    )
    assert {each["name"]: each["after"] for each in brought["fields"]}["name"] == "Dupont"
    assert await stored(client) == (2, 2, 0)


async def test_a_title_says_what_was_brought_along_is_called(client: Client) -> None:
    save = await create(
        client,
        "PriceListItem",
        newPriceList={"name": "Gros"},
        strategy="VOLUME",
        minQuantity="1",
    )

    assert save.record["title"] == "Gros LGT-00001"


async def test_what_is_brought_along_has_lines_and_links_of_its_own(client: Client) -> None:
    campaign = await client.create("Campaign", name="Salon")

    save = await create(
        client,
        "CustomerInvoice",
        "account { campaigns { nodes { id } } } salesOrder { account { name } totalExclTax }",
        newAccount={"name": "Dupont", "campaigns": [campaign]},
        newSalesOrder={
            "subject": "Commande",
            "newAccount": {"name": "Durand"},
            "lineItems": [item("40"), item("2")],
        },
        **INVOICE,
    )

    assert not save.errors
    assert save.record["account"] == {"campaigns": {"nodes": [{"id": campaign}]}}
    order = save.record["salesOrder"]
    assert (order["account"], order["totalExclTax"]) == ({"name": "Durand"}, "42.00")
    assert (await stored(client))[0] == 5


async def test_new_records_stand_in_one_another_two_levels_deep(client: Client) -> None:
    parent = {"name": "Groupe", "newPriceList": {"name": "Gros"}}

    save = await create(
        client,
        "Contact",
        "account { name parentAccount { name priceList { name } } }",
        lastName="Petit",
        newAccount={"name": "Dupont", "newParentAccount": {"name": "Groupe"}},
    )
    deeper = await create(
        client,
        "Contact",
        lastName="Petit",
        newAccount={"name": "Dupont", "newParentAccount": parent},
    )

    assert save.record["account"] == {
        "name": "Dupont",
        "parentAccount": {"name": "Groupe", "priceList": None},
    }
    assert deeper.errors == [
        {
            "path": ["input", "newAccount", "newParentAccount", "newPriceList"],
            "code": "BAD_USER_INPUT",
            "message": "A new record may hold others up to 2 levels deep; create the others first.",
            "conflict": None,
        }
    ]
    assert (await stored(client))[0] == 3


async def test_every_problem_is_told_where_it_stands_and_nothing_is_written(
    client: Client,
) -> None:
    await client.create("Product", name="Clavier", sku="1")
    before = await stored(client)

    save = await create(
        client,
        "CustomerInvoice",
        newAccount={
            "name": "",
            "email": "x",
            "owner": "user-0",
            "priceList": "0",
            "newParentAccount": {"name": "Groupe", "siren": "1"},
        },
        newSalesOrder={"subject": "Commande", "lineItems": [{"unitPrice": "x"}]},
        **{**INVOICE, "dueOn": "demain"},
    )

    assert {tuple(path[1:]) for path in save.paths} == {
        ("dueOn",),
        ("newAccount", "name"),
        ("newAccount", "email"),
        ("newAccount", "owner"),
        ("newAccount", "priceList"),
        ("newAccount", "newParentAccount", "siren"),
        ("newSalesOrder", "account"),
        ("newSalesOrder", "lineItems", "0", "label"),
        ("newSalesOrder", "lineItems", "0", "unitPrice"),
    }
    assert {path[0] for path in save.paths} == {"input"}
    assert await stored(client) == before


async def test_a_value_already_taken_is_told_within_what_is_new(client: Client) -> None:
    await client.create("Product", name="Clavier", sku="1")
    before = await stored(client)

    save = await create(
        client,
        "PriceListItem",
        newPriceList={"name": "Gros"},
        newProduct={"name": "Souris", "sku": "1"},
        strategy="VOLUME",
        minQuantity="1",
    )

    assert (save.paths, save.codes) == ([["input", "newProduct", "sku"]], ["NOT_UNIQUE"])
    assert await stored(client) == before


async def test_within_what_is_new_nothing_is_taken_yet(client: Client) -> None:
    product = await client.create("Product", name="Clavier")
    await client.create("Warranty", product=product, serialNumber="S1")

    again = await create(client, "Warranty", product=product, serialNumber="S1")
    elsewhere = await create(client, "Warranty", newProduct={"name": "Souris"}, serialNumber="S1")

    assert again.codes == ["NOT_UNIQUE"]
    assert elsewhere.record["title"] == "Souris S1"


async def test_an_id_or_a_new_record_but_not_both(client: Client) -> None:
    account = await customer(client)
    before = await stored(client)

    save = await create(
        client, "CustomerInvoice", account=account, newAccount={"name": "Durand"}, **INVOICE
    )

    assert save.errors == [
        {
            "path": ["input", "newAccount"],
            "code": "INVALID",
            "message": "Customer account: give the id of a record or a new one, not both.",
            "conflict": None,
        }
    ]
    assert await stored(client) == before


async def test_one_of_them_is_wanted_where_the_relation_is(client: Client) -> None:
    saves = [
        await create(client, "CustomerInvoice", **INVOICE),
        await create(client, "CustomerInvoice", account=None, newAccount=None, **INVOICE),
    ]

    for save in saves:
        assert (save.paths, save.codes) == ([["input", "account"]], ["REQUIRED"])


async def test_null_beside_a_new_record_says_nothing(client: Client) -> None:
    save = await create(
        client,
        "CustomerInvoice",
        "account { name } contact { id }",
        account=None,
        newAccount={"name": "Dupont"},
        newContact=None,
        **INVOICE,
    )

    assert (save.record["account"], save.record["contact"]) == ({"name": "Dupont"}, None)


async def test_under_a_key_both_are_made_once(client: Client) -> None:
    given: dict[str, Any] = {"lastName": "Petit", "newAccount": {"name": "Dupont"}}
    first = await create(client, "Contact", key="k-1", **given)

    again = await create(client, "Contact", key="k-1", **given)

    assert again.id == first.id
    assert (await stored(client))[0] == 2


async def test_an_update_points_at_what_is_there(client: Client) -> None:
    data = await client.ask('{ __type(name: "UpdateContactInput") { inputFields { name } } }')

    given = {each["name"] for each in data["__type"]["inputFields"]}
    assert {"account", "lastName"} <= given
    assert not [name for name in given if name.startswith("new")]


async def test_what_only_actions_write_is_not_brought_along(client: Client) -> None:
    for module in client.suite.modules:
        for relation in module.creatable.values():
            assert not client.suite[relation.target_name].declared.by_actions


async def test_statements_grow_with_what_is_new_not_with_how_many(client: Client) -> None:
    module, viewer, taken = client.suite["Contact"], await client.viewer(), []
    row: dict[str, Any] = {"last_name": "Petit", "new_account": {"name": "Dupont"}}
    alone: dict[str, Any] = {"last_name": "Petit"}

    for rows in ([alone], [row], [row] * 50):
        async with Work(client.world.database, viewer) as work:
            outcome = await work.create_many(module, rows)
        assert len(outcome.saved) == len(rows)
        taken.append(work.statements)

    # Id and number, the record with its history; one seals all.
    assert taken == [3, 5, 5]


async def test_a_wrong_one_of_many_takes_only_its_own_record_with_it(client: Client) -> None:
    rows: list[dict[str, Any]] = [
        {"last_name": "Un", "new_account": {"name": "A"}},
        {"last_name": "Deux", "new_account": {"name": None}},
        {"last_name": None, "new_account": {"name": "C"}},
        {"last_name": "Quatre"},
    ]

    async with Work(client.world.database, await client.viewer()) as work:
        outcome = await work.create_many(client.suite["Contact"], rows)

    assert {i: [each.path for each in told] for i, told in outcome.refused.items()} == {
        1: [("new_account", "name")],
        2: [("last_name",)],
    }
    data = await client.ask(
        "{ contacts(orderBy: [{id: ASC}]) { nodes { lastName account { name } } } }"
    )
    assert data["contacts"]["nodes"] == [
        {"lastName": "Un", "account": {"name": "A"}},
        {"lastName": "Quatre", "account": None},
    ]


async def test_what_was_brought_along_is_a_record_like_any_other(client: Client) -> None:
    save = await create(
        client, "Contact", "account { id }", lastName="Petit", newAccount={"name": "Dupont"}
    )
    account = save.record["account"]["id"]

    await update(client, "CustomerAccount", account, name="Durand")

    assert [each["origin"] for each in await history(client, account)] == [
        "QUICK_CREATE",
        "MANUAL",
    ]
