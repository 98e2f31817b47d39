"""Saves: what is sent is written, what is not sent stays, two people's changes merge or clash."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import asyncpg
import pytest

from db.errors import BadUserInput, Busy, FichesError
from db.writing import Work
from tests.client import Client
from tests.saves import act, create, history, read, stored, update

ADDRESS = "billingAddress { street city postalCode country }"


async def test_an_update_writes_what_was_sent_and_leaves_the_rest(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont", phone="01 42 96 10 10")

    save = await update(client, "CustomerAccount", account, "name phone", name="Durand")

    assert save.record == {
        "id": account,
        "number": "CLI-00001",
        "version": 2,
        "title": "Durand",
        "name": "Durand",
        "phone": "01 42 96 10 10",
    }
    assert save.told == {"name": ("Dupont", "Durand")}


async def test_null_empties_a_field(client: Client) -> None:
    account = await client.create(
        "CustomerAccount", name="Dupont", email="a@dupont.fr", billingAddress={"city": "Paris"}
    )

    save = await update(
        client, "CustomerAccount", account, f"email {ADDRESS}", email=None, billingAddress=None
    )

    assert save.record["email"] is None
    assert save.record["billingAddress"] is None
    assert save.told == {
        "email": ("a@dupont.fr", None),
        "billingAddress": ({"city": "Paris"}, None),
    }


async def test_values_are_stored_in_their_canonical_form(client: Client) -> None:
    account = await client.create(
        "CustomerAccount",
        name="  Dupont ",
        siren="732 829 320",
        creditLimit="1e3",
        billingAddress={"street": "1 rue X", "postalCode": "75002", "city": "", "country": "fr"},
    )

    found = await read(
        client, "CustomerAccount", account, f"name siren creditLimit email {ADDRESS}"
    )

    assert found == {
        "name": "Dupont",
        "siren": "732829320",
        "creditLimit": "1000.00",
        "email": None,
        "billingAddress": {
            "street": "1 rue X",
            "postalCode": "75002",
            "city": None,
            "country": "FR",
        },
    }


async def test_an_update_that_changes_nothing_leaves_version_and_history(client: Client) -> None:
    account = await client.create(
        "CustomerAccount", name="Dupont", creditLimit="10.00", billingAddress={"city": "Paris"}
    )
    campaign = await client.create("Campaign", name="Salon")
    await update(client, "CustomerAccount", account, campaigns=[campaign])
    before = await read(client, "CustomerAccount", account, "version updatedAt")

    save = await update(
        client,
        "CustomerAccount",
        account,
        name=" Dupont",
        creditLimit="10",
        billingAddress={"city": "Paris"},
        campaigns=[campaign, campaign],
        owner=f"user-{client.user_id}",
    )

    assert save.change is None
    assert save.errors == []
    assert await read(client, "CustomerAccount", account, "version updatedAt") == before
    assert len(await history(client, account)) == 2


async def test_changes_to_different_fields_merge(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    other = await client.colleague(administrator=True)
    await update(other, "CustomerAccount", account, phone="01 42 96 10 10")

    save = await update(client, "CustomerAccount", account, "name phone", expected=1, name="Durand")

    assert save.errors == []
    assert (save.record["name"], save.record["phone"]) == ("Durand", "01 42 96 10 10")
    assert save.record["version"] == 3


async def test_a_clash_on_a_field_shows_yours_stored_and_original(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont", creditLimit="1")
    other = await client.colleague(administrator=True)
    await update(other, "CustomerAccount", account, creditLimit="2", phone="1")
    before = await stored(client)

    save = await update(
        client,
        "CustomerAccount",
        account,
        expected=1,
        creditLimit="3",
        name="Durand",
    )

    assert save.record is None
    assert save.errors == [
        {
            "path": ["input", "creditLimit"],
            "code": "CONFLICT",
            "message": "Credit limit has meanwhile changed: it was “1.00”, it is now “2.00”, you "
            "give “3.00”. Choose, then retry with the current version.",
            "conflict": {
                "name": "creditLimit",
                "yours": "3.00",
                "stored": "2.00",
                "original": "1.00",
            },
        }
    ]
    assert await stored(client) == before
    assert await read(client, "CustomerAccount", account, "name version") == {
        "name": "Dupont",
        "version": 2,
    }


async def test_to_want_what_another_wrote_is_no_clash(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await update(client, "CustomerAccount", account, name="Durand")

    same = await update(client, "CustomerAccount", account, expected=1, name="Durand")

    assert (same.errors, same.change) == ([], None)


async def test_what_was_changed_and_changed_back_is_no_clash(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await update(client, "CustomerAccount", account, name="Durand")
    await update(client, "CustomerAccount", account, name="Dupont")

    save = await update(client, "CustomerAccount", account, expected=1, name="Martin")

    assert save.errors == []


async def test_relations_owners_links_and_lines_clash_too(client: Client) -> None:
    other = await client.colleague("Bob", administrator=True)
    accounts = [await client.create("CustomerAccount", name=name) for name in ("A", "B", "C")]
    campaigns = [await client.create("Campaign", name=name) for name in ("S", "T")]
    contact = await client.create("Contact", lastName="Petit", account=accounts[0])
    await update(
        client,
        "Contact",
        contact,
        account=accounts[1],
        campaigns=campaigns[:1],
        owner=f"user-{other.user_id}",
    )
    third = await client.colleague("Zoé", administrator=True)

    save = await update(
        client,
        "Contact",
        contact,
        expected=1,
        account=accounts[2],
        campaigns=campaigns[1:],
        owner=f"user-{third.user_id}",
    )

    clashes = {each["conflict"]["name"]: each["conflict"] for each in save.errors}
    assert set(save.codes) == {"CONFLICT"}
    assert clashes == {
        "account": {
            "name": "account",
            "yours": accounts[2],
            "stored": accounts[1],
            "original": accounts[0],
        },
        "campaigns": {
            "name": "campaigns",
            "yours": campaigns[1:],
            "stored": campaigns[:1],
            "original": [],
        },
        "owner": {
            "name": "owner",
            "yours": f"user-{third.user_id}",
            "stored": f"user-{other.user_id}",
            "original": f"user-{client.user_id}",
        },
    }


async def test_two_who_replace_the_lines_clash(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    line = {"label": "Pose", "unitPrice": "10"}
    order = await client.create("SalesOrder", subject="X", account=account, lineItems=[line])
    await update(client, "SalesOrder", order, lineItems=[line, line])

    save = await update(
        client, "SalesOrder", order, expected=1, lineItems=[{"label": "Dépose", "unitPrice": "5"}]
    )

    assert save.codes == ["CONFLICT"]
    assert save.paths == [["input", "lineItems"]]


@pytest.mark.parametrize("version", [0, -1, 3, 2**31 - 1])
async def test_a_version_the_record_never_had_is_refused(client: Client, version: int) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await update(client, "CustomerAccount", account, name="Durand")

    save = await update(client, "CustomerAccount", account, expected=version, name="Martin")

    assert save.errors == [
        {
            "path": ["expectedVersion"],
            "code": "BAD_USER_INPUT",
            "message": "expectedVersion: this value is not accepted. Expected: 1–2.",
            "conflict": None,
        }
    ]


async def test_links_are_set_replaced_and_emptied(client: Client) -> None:
    first, second = [await client.create("Campaign", name=name) for name in ("Été", "Hiver")]
    account = await client.create("CustomerAccount", name="Dupont", campaigns=[second, first])
    linked = "campaigns { nodes { name } }"

    replaced = await update(client, "CustomerAccount", account, linked, campaigns=[second])
    emptied = await update(client, "CustomerAccount", account, linked, campaigns=None)

    assert replaced.record["campaigns"]["nodes"] == [{"name": "Hiver"}]
    assert replaced.change["fields"] == [
        {
            "name": "campaigns",
            "label": "Campaigns",
            "before": [first, second],
            "after": [second],
            "beforeDisplay": "Été, Hiver",
            "afterDisplay": "Hiver",
        }
    ]
    assert emptied.record["campaigns"]["nodes"] == []
    assert emptied.told == {"campaigns": ([second], [])}


async def test_links_to_what_the_writer_does_not_see_stay(client: Client) -> None:
    first, second = [await client.create("Campaign", name=name) for name in ("Été", "Hiver")]
    account = await client.create("CustomerAccount", name="Dupont", campaigns=[second, first])
    await act(client, "delete", "Campaign", first)

    await update(client, "CustomerAccount", account, campaigns=[])
    await act(client, "restore", "Campaign", first)

    found = await read(client, "CustomerAccount", account, "campaigns { nodes { id } }")
    assert found["campaigns"]["nodes"] == [{"id": first}]


async def test_a_changed_relation_is_told_by_what_its_records_were_called(client: Client) -> None:
    first, second = [await client.create("CustomerAccount", name=name) for name in ("A", "B")]
    contact = await client.create("Contact", lastName="Petit", account=first)

    save = await update(client, "Contact", contact, account=second)
    await update(client, "CustomerAccount", first, name="Renamed")
    await update(client, "CustomerAccount", second, name="Renamed too")

    assert save.change["fields"] == [
        {
            "name": "account",
            "label": "Customer account",
            "before": first,
            "after": second,
            "beforeDisplay": "A",
            "afterDisplay": "B",
        }
    ]
    assert (await history(client, contact))[-1]["fields"] == [
        {**save.change["fields"][0], "label": "Compte client"}
    ]


async def test_a_title_says_what_its_relations_are_called(client: Client) -> None:
    first, second = [await client.create("PriceList", name=name) for name in ("Gros", "Détail")]
    item = await create(
        client, "PriceListItem", priceList=first, strategy="VOLUME", minQuantity="1"
    )

    moved = await update(client, "PriceListItem", item.id, priceList=second)

    assert item.record["title"] == "Gros LGT-00001"
    assert moved.record["title"] == "Détail LGT-00001"


async def test_a_title_keeps_the_name_of_a_relation_its_writer_does_not_see(
    client: Client,
) -> None:
    prices = await client.create("PriceList", name="Gros")
    colleague = await client.colleague()
    item = await client.create(
        "PriceListItem",
        priceList=prices,
        strategy="VOLUME",
        minQuantity="1",
        owner=f"user-{colleague.user_id}",
    )

    save = await update(colleague, "PriceListItem", item, "priceList { id }", unitPrice="2")

    assert save.record["priceList"] is None
    assert save.record["title"] == "Gros LGT-00001"


async def test_a_record_is_deleted_and_restored_with_what_it_had(client: Client) -> None:
    campaign = await client.create("Campaign", name="Salon")
    account = await client.create("CustomerAccount", name="Dupont", campaigns=[campaign])
    select = "id name campaigns { nodes { id } }"
    before = await read(client, "CustomerAccount", account, select)

    deleted = await act(client, "delete", "CustomerAccount", account)
    gone = await read(client, "CustomerAccount", account, select)
    twice = await act(client, "delete", "CustomerAccount", account)
    restored = await act(client, "restore", "CustomerAccount", account)

    assert (deleted.record, deleted.change["operation"]) == (None, "DELETED")
    assert gone is None
    assert twice.codes == ["NOT_FOUND"]
    assert (restored.record["version"], restored.change["operation"]) == (3, "RESTORED")
    assert await read(client, "CustomerAccount", account, select) == before


async def test_what_is_not_deleted_cannot_be_restored(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")

    assert (await act(client, "restore", "CustomerAccount", account)).codes == ["NOT_FOUND"]


async def test_a_record_that_is_not_there_or_of_another_company_is_not_found(
    client: Client,
) -> None:
    stranger = await client.world.company()
    foreign = await stranger.create("CustomerAccount", name="Ailleurs")
    contact = await client.create("Contact", lastName="Petit")

    for id in (foreign, contact, "999999999", "0", "-1", "abc", "9" * 40, "comment-1"):
        for save in (
            await update(client, "CustomerAccount", id, name="X"),
            await act(client, "delete", "CustomerAccount", id),
            await act(client, "restore", "CustomerAccount", id),
        ):
            assert save.errors == [
                {
                    "path": ["id"],
                    "code": "NOT_FOUND",
                    "message": f"Customer account {id}: there is no such record that you may see.",
                    "conflict": None,
                }
            ]
    assert await read(stranger, "CustomerAccount", foreign, "name version") == {
        "name": "Ailleurs",
        "version": 1,
    }


async def test_an_accounting_document_is_locked_unless_it_is_a_draft(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    invoice = await client.create(
        "CustomerInvoice",
        account=account,
        subject="Mars",
        issuedOn="2026-03-01",
        dueOn="2026-04-01",
    )
    await client.world.database.pool.execute(
        "UPDATE customer_invoice SET status = 'sent' WHERE id = $1", int(invoice)
    )
    before = await stored(client)

    saves = [
        await update(client, "CustomerInvoice", invoice, subject="Avril"),
        await act(client, "delete", "CustomerInvoice", invoice),
    ]

    assert [(save.codes, save.paths) for save in saves] == [(["LOCKED"], [["id"]])] * 2
    assert await stored(client) == before


async def test_who_may_read_but_does_not_own_is_forbidden_to_write_but_may_comment(
    client: Client,
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.share("CustomerAccount")
    colleague = await client.colleague()
    before = await stored(client)

    saves = [
        await update(colleague, "CustomerAccount", account, name="Durand"),
        await act(colleague, "delete", "CustomerAccount", account),
    ]

    assert [(save.codes, save.paths) for save in saves] == [(["FORBIDDEN"], [["id"]])] * 2
    assert await stored(client) == before
    await colleague.comment(account, "Vu")
    assert await client.comments(account) == ["Vu"]


async def test_what_is_not_shared_is_not_found_rather_than_forbidden(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    colleague = await client.colleague()

    assert (await update(colleague, "CustomerAccount", account, name="X")).codes == ["NOT_FOUND"]


async def test_a_record_given_away_is_the_other_s(client: Client) -> None:
    colleague = await client.colleague("Camille")
    account = await client.create("CustomerAccount", name="Dupont")

    save = await update(
        client, "CustomerAccount", account, "owner { id name }", owner=f"user-{colleague.user_id}"
    )

    assert save.record["owner"] == {"id": f"user-{colleague.user_id}", "name": "Camille"}
    assert save.change["fields"] == [
        {
            "name": "owner",
            "label": "Owner",
            "before": f"user-{client.user_id}",
            "after": f"user-{colleague.user_id}",
            "beforeDisplay": "Alice",
            "afterDisplay": "Camille",
        }
    ]
    assert (await update(colleague, "CustomerAccount", account, name="X")).errors == []


async def test_modules_that_actions_write_have_no_mutations(client: Client) -> None:
    data = await client.ask("{ __schema { mutationType { fields { name } } } }")

    names = {each["name"] for each in data["__schema"]["mutationType"]["fields"]}
    acted = [module.name for module in client.suite.modules if module.declared.by_actions]
    assert len(acted) == 4
    generic = {f"{verb}{name}" for verb in ("create", "update", "delete") for name in acted}
    assert names & generic == set()


async def test_a_save_is_of_one_moment(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    data = await client.ask(
        'mutation ($id: ID!) { updateCustomerAccount(id: $id, input: {name: "X"}) { '
        "customerAccount { updatedAt } change { at } } }",
        id=account,
    )

    payload = data["updateCustomerAccount"]
    assert payload["customerAccount"]["updatedAt"] == payload["change"]["at"]


NAMED = "__typename id number title version"


async def test_the_statements_of_a_save_are_counted(client: Client) -> None:
    # Id and number, or the record as it was; record and history; seal.
    account = await client.create("CustomerAccount", name="Dupont")
    taken = [client.statements]
    for number, selected in enumerate((NAMED, "id name createdAt", "id owner { name }")):
        await saved(client, account, selected, name=f"Durand {number}")
        taken.append(client.statements)

    # How it is called is known; what else there is of it is read back, each table once.
    assert taken == [3, 3, 4, 5]


async def test_a_save_answers_what_a_read_does(client: Client) -> None:
    made = await client.ask(
        'mutation { createDeal(input: {name: "Été", expectedCloseOn: "2026-03-31"}) '
        f"{{ deal {{ {NAMED} }} }} }}"
    )
    deal = made["createDeal"]["deal"]
    reads = [await one(client, "deal", deal["id"])]
    changed = [await saved(client, deal["id"], NAMED, "Deal", name=name) for name in ("A", "A")]
    reads.append(await one(client, "deal", deal["id"]))

    assert deal == reads[0]
    assert changed == [reads[1], reads[1]]
    assert (reads[0]["version"], reads[1]["version"]) == (1, 2)


async def test_who_gives_away_what_they_make_sees_no_more_of_it(client: Client) -> None:
    someone = await client.colleague()
    made = await someone.ask(
        'mutation ($owner: ID!) { createCustomerAccount(input: {name: "Dupont", owner: $owner}) '
        f"{{ customerAccount {{ {NAMED} }} errors {{ message }} }} }}",
        owner=f"user-{client.user_id}",
    )

    assert made["createCustomerAccount"] == {"customerAccount": None, "errors": []}


async def saved(
    client: Client, id: str, selected: str, module: str = "CustomerAccount", **values: str
) -> Any:
    """What an update says of the record."""
    own = module[0].lower() + module[1:]
    data = await client.ask(
        f"mutation ($id: ID!, $input: Update{module}Input!) {{ "
        f"update{module}(id: $id, input: $input) {{ {own} {{ {selected} }} }} }}",
        id=id,
        input=values,
    )
    return data[f"update{module}"][own]


async def one(client: Client, field: str, id: str) -> Any:
    """The same of a read."""
    data = await client.ask(f"query ($id: ID!) {{ {field}(id: $id) {{ {NAMED} }} }}", id=id)
    return data[field]


async def test_what_is_refused_undoes_the_whole_unit_of_work(client: Client) -> None:
    suite, before = client.suite, await stored(client)

    async def second_refused() -> None:
        async with Work(client.world.database, await client.viewer()) as work:
            await work.create(suite["CustomerAccount"], {"name": "Dupont"})
            await work.create(suite["CustomerAccount"], {})

    with pytest.raises(FichesError):
        await second_refused()

    assert await stored(client) == before


async def test_two_that_wait_for_each_other_are_told_to_try_again(client: Client) -> None:
    module = client.suite["CustomerAccount"]
    ids = [int(await client.create("CustomerAccount", name=name)) for name in ("A", "B")]
    viewer, met = await client.viewer(), asyncio.Barrier(2)

    async def crosswise(first: int, second: int) -> None:
        async with Work(client.world.database, viewer) as work:
            await work.update(module, first, {"phone": "1"})
            await met.wait()
            await work.update(module, second, {"phone": "2"})

    done = await asyncio.gather(crosswise(*ids), crosswise(*reversed(ids)), return_exceptions=True)

    assert [type(each) for each in done if each] == [Busy]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (asyncpg.DeadlockDetectedError, Busy),
        (asyncpg.SerializationError, Busy),
        (asyncpg.LockNotAvailableError, Busy),
        (asyncpg.AdminShutdownError, Busy),
        (asyncpg.ConnectionDoesNotExistError, Busy),
        (ConnectionResetError, Busy),
        (asyncpg.NumericValueOutOfRangeError, BadUserInput),
        (asyncpg.ForeignKeyViolationError, BadUserInput),
    ],
)
async def test_what_a_database_refuses_is_told_in_words(
    client: Client, error: type[Exception], told: type[FichesError]
) -> None:
    with pytest.raises(told) as refused:
        async with Work(client.world.database, await client.viewer()):
            raise error("…")

    assert refused.value.message("fr")
    assert refused.value.message("en")


async def test_a_lock_that_is_not_given_is_told_as_busy(client: Client) -> None:
    account = int(await client.create("CustomerAccount", name="Dupont"))
    viewer, module = await client.viewer(), client.suite["CustomerAccount"]

    async def impatient() -> None:
        async with Work(client.world.database, viewer) as work:
            await work.connection.execute("SET LOCAL lock_timeout = '50ms'")
            await work.lock(module, account)

    async with Work(client.world.database, viewer) as holder:
        await holder.lock(module, account)
        with pytest.raises(Busy):
            await impatient()


async def test_who_points_at_a_record_does_not_wait_for_who_changes_it(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    viewer, module = await client.viewer(), client.suite["CustomerAccount"]

    async with Work(client.world.database, viewer) as holder:
        await holder.lock(module, int(account))
        contact = await asyncio.wait_for(
            create(client, "Contact", lastName="Petit", account=account), timeout=5
        )

    assert contact.errors == []


async def test_moments_of_a_record_are_the_database_s(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await update(client, "CustomerAccount", account, name="X")

    found = await read(client, "CustomerAccount", account, "createdAt updatedAt")

    created, updated = (datetime.fromisoformat(found[name]) for name in ("createdAt", "updatedAt"))
    assert created < updated
