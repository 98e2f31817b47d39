"""Values refused: each at once, where it stands, in the viewer's words; and nothing written."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.accounts import add_team
from db.errors import FichesError, InvalidInput
from db.writing import Work
from tests.client import Client, World
from tests.properties import examples
from tests.saves import Save, act, create, history, read, stored, update
from tests.test_every_module import sample

NO_RECORD = "there is no record {id} to link to; give the id of a record you may see."


def told(save: Save) -> dict[str, tuple[str, str]]:
    """Code and message by path."""
    return {".".join(each["path"]): (each["code"], each["message"]) for each in save.errors}


BAD: dict[str, Any] = {
    "subject": " ",
    "issuedOn": "31/03/2026",
    "dueOn": "2026-02-30",
    "currency": "euro",
    "billingAddress": {"city": "a\nb"},
    "progressPercent": "1,5",
    "account": "999999999",
    "contact": "comment-3",
    "owner": "user-999999999",
    "lineItems": [
        {"quantity": "1"},
        {"label": "Pose", "quantity": "beaucoup", "unitPrice": "1.2345678"},
        {"label": "Pose", "product": "999999998"},
    ],
}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            {
                "input.subject": ("REQUIRED", "Subject is required."),
                "input.issuedOn": (
                    "INVALID",
                    "Invoice date must be a date of the form YYYY-MM-DD, such as 2026-03-31.",
                ),
                "input.dueOn": ("INVALID", "Due date must be a day and a time that exist"),
                "input.currency": ("INVALID", "Currency"),
                "input.billingAddress.city": ("INVALID", "City must be on one line"),
                "input.progressPercent": ("INVALID", "Cumulative progress must be a number"),
                "input.account": (
                    "NOT_FOUND",
                    f"Customer account: {NO_RECORD.format(id='999999999')}",
                ),
                "input.contact": ("NOT_FOUND", f"Contact: {NO_RECORD.format(id='comment-3')}"),
                "input.owner": (
                    "NOT_FOUND",
                    "Owner: “999999999” is neither a person nor a team.",
                ),
                "input.lineItems.0.label": ("REQUIRED", "Label is required."),
                "input.lineItems.1.quantity": ("INVALID", "Quantity must be a number"),
                "input.lineItems.1.unitPrice": ("INVALID", "Unit price excl. tax"),
                "input.lineItems.2.product": (
                    "NOT_FOUND",
                    f"Product: {NO_RECORD.format(id='999999998')}",
                ),
            },
        ),
        (
            "fr",
            {
                "input.subject": ("REQUIRED", "Objet est obligatoire."),
                "input.issuedOn": ("INVALID", "Date de facture"),
                "input.dueOn": ("INVALID", "Échéance"),
                "input.currency": ("INVALID", "Devise"),
                "input.billingAddress.city": ("INVALID", "Ville"),
                "input.progressPercent": ("INVALID", "Avancement cumulé"),
                "input.account": ("NOT_FOUND", "Compte client"),
                "input.contact": ("NOT_FOUND", "Contact"),
                "input.owner": ("NOT_FOUND", "Propriétaire"),
                "input.lineItems.0.label": ("REQUIRED", "Désignation est obligatoire."),
                "input.lineItems.1.quantity": ("INVALID", "Quantité"),
                "input.lineItems.1.unitPrice": ("INVALID", "Prix unitaire HT"),
                "input.lineItems.2.product": ("NOT_FOUND", "Produit"),
            },
        ),
    ],
)
async def test_every_bad_value_is_told_at_once_where_it_stands(
    client: Client, language: str, expected: dict[str, tuple[str, str]]
) -> None:
    before = await stored(client)

    save = await create(client, "CustomerInvoice", language=language, **BAD)

    found = told(save)
    assert save.record is None
    assert {path: code for path, (code, _) in found.items()} == {
        path: code for path, (code, _) in expected.items()
    }
    for path, (_, message) in expected.items():
        assert found[path][1].startswith(message), (path, found[path][1])
    assert await stored(client) == before


async def test_what_is_required_may_not_be_emptied(client: Client) -> None:
    contact = await client.create("Contact", lastName="Petit")
    order = await client.create(
        "SalesOrder", subject="X", account=await client.create("CustomerAccount", name="A")
    )

    assert told(await update(client, "Contact", contact, lastName=None)) == {
        "input.lastName": ("REQUIRED", "Last name is required.")
    }
    assert told(await update(client, "SalesOrder", order, account=None, status=None)) == {
        "input.account": ("REQUIRED", "Customer account is required."),
        "input.status": ("REQUIRED", "Status is required."),
    }
    assert told(await update(client, "SalesOrder", order, owner=None)) == {
        "input.owner": ("REQUIRED", "Owner is required.")
    }


async def test_what_is_computed_is_in_no_input(client: Client) -> None:
    data = await client.ask(
        '{ create: __type(name: "CreateCustomerInvoiceInput") { inputFields { name } } '
        'update: __type(name: "UpdateCustomerInvoiceInput") { inputFields { name } } '
        'line: __type(name: "LineItemInput") { inputFields { name } } }'
    )

    offered = {key: {each["name"] for each in data[key]["inputFields"]} for key in data}
    computed = {"totalExclTax", "totalVat", "totalInclTax", "amountPaid", "balanceDue", "status"}
    assert {
        key: names & (computed | {"number", "title", "version", "id"})
        for key, names in (
            ("create", offered["create"]),
            ("update", offered["update"]),
        )
    } == {"create": set(), "update": set()}
    assert (
        offered["line"] & {"totalExclTax", "totalVat", "totalInclTax", "quantityInvoiced"} == set()
    )


async def test_below_graphql_what_is_computed_is_refused_by_name(client: Client) -> None:
    with pytest.raises(InvalidInput) as refused:
        async with Work(client.world.database, await client.viewer()) as work:
            await work.create(
                client.suite["CustomerInvoice"],
                {"status": "sent", "total_incl_tax": "1", "nonsense": 1},
            )

    codes = {each.path: each.code.value for each in refused.value.problems}
    assert codes == {
        ("status",): "READ_ONLY",
        ("total_incl_tax",): "READ_ONLY",
        ("nonsense",): "BAD_USER_INPUT",
        ("subject",): "REQUIRED",
        ("issued_on",): "REQUIRED",
        ("due_on",): "REQUIRED",
        ("account",): "REQUIRED",
    }


async def test_a_value_of_no_list_is_refused(client: Client) -> None:
    refused = await client.refused(
        'mutation { createCustomerAccount(input: {name: "X", accountType: NOPE}) '
        "{ errors { code } } }"
    )

    assert [each["code"] for each in refused] == ["GRAPHQL_VALIDATION_FAILED"]
    with pytest.raises(InvalidInput) as below:
        async with Work(client.world.database, await client.viewer()) as work:
            await work.create(
                client.suite["CustomerAccount"], {"name": "X", "account_type": "nope"}
            )
    (problem,) = below.value.problems
    assert problem.message("en").startswith("Type: “nope” is not in the list. Possible values: ")


async def test_records_one_may_not_point_at_are_refused_in_the_same_words(client: Client) -> None:
    stranger = await client.world.company()
    colleague = await client.colleague()
    deleted = await client.create("CustomerAccount", name="Parti")
    await act(client, "delete", "CustomerAccount", deleted)
    unreachable = {
        "another company's": await stranger.create("CustomerAccount", name="Ailleurs"),
        "not visible": await client.create("CustomerAccount", name="Privé"),
        "deleted": deleted,
        "of another module": await colleague.create("Contact", lastName="Petit"),
        "never there": "999999999",
    }

    for case, id in unreachable.items():
        save = await create(colleague, "Contact", lastName="X", account=id)
        linked = await create(colleague, "Contact", lastName="X", campaigns=[id])

        assert told(save) == {
            "input.account": ("NOT_FOUND", f"Customer account: {NO_RECORD.format(id=id)}")
        }, case
        assert told(linked) == {
            "input.campaigns.0": ("NOT_FOUND", f"Campaigns: {NO_RECORD.format(id=id)}")
        }, case


async def test_only_people_and_teams_of_the_company_own_its_records(client: Client) -> None:
    pool = client.world.database.pool
    stranger = await client.world.company()
    colleague = await client.colleague()
    gone = await client.colleague("Partie")
    await pool.execute("UPDATE app_user SET active = false WHERE id = $1", gone.user_id)
    async with pool.acquire() as connection:
        team = await add_team(connection, client.company_id, "Ventes", [colleague.user_id])
        foreign = await add_team(connection, stranger.company_id, "Ailleurs", [stranger.user_id])
    invited = await client.world.user("Invitée", stranger.company_id)
    await pool.execute(
        "INSERT INTO membership (user_id, company_id) VALUES ($1, $2)",
        invited.user_id,
        client.company_id,
    )
    select = "owner { id name }"

    for owner in (f"user-{colleague.user_id}", f"team-{team}", f"user-{invited.user_id}"):
        save = await create(client, "CustomerAccount", select, name="X", owner=owner)
        assert save.record["owner"]["id"] == owner

    before = await stored(client)
    for owner in (
        f"user-{stranger.user_id}",
        f"user-{gone.user_id}",
        f"team-{foreign}",
        "system-0",
        "0",
        "user-",
        "user-team-1",
        "9" * 30,
    ):
        save = await create(client, "CustomerAccount", name="X", owner=owner)
        assert (save.codes, save.paths) == (["NOT_FOUND"], [["input", "owner"]]), owner
    assert await stored(client) == before


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "a\0b"}, "INVALID"),
        ({"name": "x" * 501}, "TOO_LONG"),
        ({"name": "x" * 1_000_000}, "TOO_LONG"),
        ({"name": "X", "creditLimit": "9" * 17}, "INVALID"),
        ({"name": "X", "creditLimit": "NaN"}, "INVALID"),
        ({"name": "X", "creditLimit": 1e300}, "INVALID"),
        ({"name": "X", "creditLimit": "1e99"}, "INVALID"),
        ({"name": "X", "creditLimit": True}, "INVALID"),
        ({"name": "X", "creditLimit": "0.001"}, "INVALID"),
        ({"name": "X", "billingAddress": {"city": "\0"}}, "INVALID"),
        ({"name": "X", "parentAccount": "9" * 400}, "NOT_FOUND"),
        ({"name": "X", "parentAccount": "\0"}, "NOT_FOUND"),
        ({"name": "X", "campaigns": ["x" * 100_000]}, "NOT_FOUND"),
        ({"name": "X", "campaigns": ["1"] * 1001}, "INVALID"),
        ({"name": "X", "email": "x" * 1_000_000 + "@exemple.fr"}, "TOO_LONG"),
    ],
    ids=lambda case: str(case)[:40],
)
async def test_what_cannot_be_stored_is_told_and_not_written(
    client: Client, values: dict[str, Any], code: str
) -> None:
    before = await stored(client)

    save = await create(client, "CustomerAccount", **values)

    assert save.codes == [code]
    assert len(save.errors[0]["message"]) < 500
    assert await stored(client) == before


@pytest.mark.parametrize("size", ["2147483648", "-2147483649", "1.5", "1" + "0" * 400, '"7"'])
async def test_a_whole_number_that_graphql_does_not_take_is_typed(
    client: Client, size: str
) -> None:
    before = await stored(client)

    refused = await client.refused(
        f'mutation {{ createCampaign(input: {{name: "X", targetSize: {size}}}) '
        "{ errors { code } } }"
    )

    assert [each["code"] for each in refused] == ["GRAPHQL_VALIDATION_FAILED"]
    assert await stored(client) == before


async def test_json_takes_the_whole_numbers_that_come_back_as_they_were(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    document = (
        'mutation ($account: ID!) { createCustomerEquipment(input: {name: "X", account: $account,'
        " specifications: %s}) { customerEquipment { specifications } errors { code path } } }"
    )

    whole = await client.ask(document % "{a: [9223372036854775807]}", account=account)
    beyond = await client.ask(document % "{a: [9223372036854775808]}", account=account)

    assert whole["createCustomerEquipment"]["customerEquipment"] == {
        "specifications": {"a": [2**63 - 1]}
    }
    assert beyond["createCustomerEquipment"]["errors"] == [
        {"code": "INVALID", "path": ["input", "specifications"]}
    ]


async def test_half_a_surrogate_pair_is_refused_on_every_way_in(client: Client) -> None:
    before = await stored(client)

    refused = await client.refused(
        'mutation { createCustomerAccount(input: {name: "\\ud800"}) { errors { code } } }'
    )
    with pytest.raises(InvalidInput) as below:
        async with Work(client.world.database, await client.viewer()) as work:
            await work.create(client.suite["CustomerAccount"], {"name": "\ud800"})

    assert [each["code"] for each in refused] == ["GRAPHQL_PARSE_FAILED"]
    assert [each.message_key for each in below.value.problems] == ["bad_character"]
    assert await stored(client) == before


async def test_a_taken_value_is_told_by_field_and_value(client: Client) -> None:
    await client.create("Product", name="Vis", sku="V-1")
    other = await client.create("Product", name="Écrou", sku="E-1")
    expected = {
        "input.sku": ("NOT_UNIQUE", "SKU: “V-1” is already taken; this value must be unique.")
    }

    assert told(await create(client, "Product", name="Vis bis", sku="V-1")) == expected
    assert told(await update(client, "Product", other, sku="V-1")) == expected
    assert (await update(client, "Product", other, sku="E-1", name="Écrou 2")).errors == []


async def test_a_value_taken_by_what_one_may_not_see_is_taken(client: Client) -> None:
    await client.create("Product", name="Vis", sku="V-1")
    colleague = await client.colleague()
    stranger = await client.world.company()

    assert (await create(colleague, "Product", name="X", sku="V-1")).codes == ["NOT_UNIQUE"]
    assert (await create(stranger, "Product", name="X", sku="V-1")).errors == []


async def test_unique_within_the_first_required_relation(client: Client) -> None:
    suppliers = [await client.create("Supplier", name=name) for name in ("A", "B")]
    values = {
        "subject": "X",
        "issuedOn": "2026-03-01",
        "dueOn": "2026-04-01",
        "supplierInvoiceNumber": "F-1",
    }

    first, other = [
        await create(client, "SupplierInvoice", **values, supplier=supplier)
        for supplier in suppliers
    ]
    again = await create(client, "SupplierInvoice", **values, supplier=suppliers[0])
    moved = await update(client, "SupplierInvoice", other.id, supplier=suppliers[0])

    assert first.errors == []
    assert [list(told(save)) for save in (again, moved)] == [["input.supplierInvoiceNumber"]] * 2
    assert again.codes == moved.codes == ["NOT_UNIQUE"]


async def test_the_second_of_a_batch_with_a_value_is_refused_but_not_after_a_bad_row(
    client: Client,
) -> None:
    module = client.suite["Product"]
    rows: list[dict[str, Any]] = [
        {"name": "A", "sku": "1"},
        {"name": "B", "sku": "1"},
        {"name": None, "sku": "2"},
        {"name": "D", "sku": "2"},
        {"name": "E"},
        {"name": "F"},
    ]

    async with Work(client.world.database, await client.viewer()) as work:
        outcome = await work.create_many(module, rows)

    assert {i: [each.code.value for each in told] for i, told in outcome.refused.items()} == {
        1: ["NOT_UNIQUE"],
        2: ["REQUIRED"],
    }
    data = await client.ask("{ products(orderBy: {number: ASC}) { nodes { number name } } }")
    assert data["products"]["nodes"] == [
        {"number": f"PDT-{i:05d}", "name": name} for i, name in enumerate("ADEF", start=1)
    ]


async def test_of_two_at_once_with_one_value_one_is_told_that_it_is_taken(client: Client) -> None:
    saves = await asyncio.gather(
        *(create(client, "Product", name=f"P{i}", sku="V, (1)=") for i in range(5))
    )

    won = [save for save in saves if not save.errors]
    lost = [told(save) for save in saves if save.errors]
    assert len(won) == 1
    assert (
        lost
        == [
            {
                "input.sku": (
                    "NOT_UNIQUE",
                    "SKU: “V, (1)=” is already taken; this value must be unique.",
                )
            }
        ]
        * 4
    )
    assert won[0].record["number"] == "PDT-00001"


async def test_of_two_updates_at_once_to_one_value_one_is_refused(client: Client) -> None:
    first, second = [await client.create("Product", name=name) for name in "AB"]

    saves = await asyncio.gather(
        update(client, "Product", first, sku="V-1"), update(client, "Product", second, sku="V-1")
    )

    assert sorted(save.codes for save in saves) == [[], ["NOT_UNIQUE"]]


async def test_a_restored_record_whose_value_was_taken_is_refused(client: Client) -> None:
    first = await client.create("Product", name="Vis", sku="V-1")
    await act(client, "delete", "Product", first)
    second = await client.create("Product", name="Vis neuve", sku="V-1")

    refused = await act(client, "restore", "Product", first)
    await update(client, "Product", second, sku="V-2")
    restored = await act(client, "restore", "Product", first)

    assert told(refused) == {
        "id": ("NOT_UNIQUE", "SKU: “V-1” is already taken; this value must be unique.")
    }
    assert restored.errors == []
    assert [each["operation"] for each in await history(client, first)] == [
        "CREATED",
        "DELETED",
        "RESTORED",
    ]


async def test_a_restore_that_comes_second_is_refused_like_one_that_comes_late(
    client: Client,
) -> None:
    first = await client.create("Product", name="Vis", sku="V-1")
    await act(client, "delete", "Product", first)

    saves = await asyncio.gather(
        act(client, "restore", "Product", first),
        create(client, "Product", name="Vis neuve", sku="V-1"),
    )

    refused = [save for save in saves if save.errors]
    assert [save.codes for save in refused] == [["NOT_UNIQUE"]]


GARBAGE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**40), 10**40)
    | st.floats()
    | st.text(alphabet=st.characters(codec=None), max_size=8)
    | st.sampled_from(["NaN", "1e999", "9" * 30, "-1", "\0", "\ud800", "1", "user-1", "x" * 501]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["label", "id", "quantity", "city", "x"]), inner, max_size=3
        )
    ),
)


@examples(100)
@given(data=st.data())
async def test_whatever_is_sent_is_written_or_refused_in_words(
    world: World, data: st.DataObject
) -> None:
    client = await world.company()
    modules = [each for each in client.suite.modules if not each.declared.by_actions]
    module = data.draw(st.sampled_from(modules))
    fields = [*module.facts, "owner", *(["line_items"] if module.declared.lines else [])]
    sound = {
        fact.name: next(iter(fact.choice)).value if fact.choice else sample(fact, 0)
        for fact in module.columns.values()
        if fact.required
    }
    sent = sound | data.draw(st.dictionaries(st.sampled_from(fields), GARBAGE, max_size=3))
    before = await stored(client)

    try:
        async with Work(world.database, await client.viewer()) as work:
            await work.create(module, sent)
    except FichesError as refusal:
        for problem in refusal.problems:
            for language in ("fr", "en"):
                assert problem.message(language).encode()
        assert await stored(client) == before


async def test_a_refused_update_writes_nothing_at_all(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    campaign = await client.create("Campaign", name="Salon")
    before = await stored(client)

    save = await update(
        client, "CustomerAccount", account, name="Durand", campaigns=[campaign, "0"], siret="1"
    )

    assert set(told(save)) == {"input.campaigns.1", "input.siret"}
    assert await stored(client) == before
    assert await read(
        client, "CustomerAccount", account, "name version campaigns { nodes { id } }"
    ) == {"name": "Dupont", "version": 1, "campaigns": {"nodes": []}}
