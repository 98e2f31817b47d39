"""Fields that a profile hides: null, in nothing that is listed or told, refused where they would
show; and fields that it lets one read only.
"""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.books import invoice
from tests.client import Client
from tests.saves import create, history, update

SECRET = "4242.42"
HIDDEN = {
    "CustomerAccount": {
        "credit_limit": "hidden",
        "parent_account": "hidden",
        "campaigns": "hidden",
        "custom.note": "hidden",
        "email": "hidden",
        "phone": "read",
    },
    "Contact": {"account": "hidden"},
}


async def clerk(client: Client, fields: Any = HIDDEN) -> Client:
    """A colleague who sees everything but for what their profile hides."""
    colleague = await client.colleague("Camille")
    pool = client.world.database.pool
    profile = await pool.fetchval(
        "INSERT INTO profile (company_id, name, grants, fields) VALUES ($1, 'Clerk', $2, $3)"
        " RETURNING id",
        client.company_id,
        {"*": ["read", "create", "edit", "delete", "export", "comment"]},
        fields,
    )
    await pool.execute(
        "INSERT INTO membership (user_id, company_id, profile_id) VALUES ($1, $2, $3)"
        " ON CONFLICT (user_id, company_id) DO UPDATE SET profile_id = $3",
        colleague.user_id,
        client.company_id,
        profile,
    )
    await pool.executemany(
        "INSERT INTO sharing (company_id, module, writes) VALUES ($1, $2, true)",
        [(client.company_id, module.name) for module in client.suite.modules],
    )
    return colleague


@pytest.fixture
async def account(client: Client) -> str:
    """An account whose hidden fields all hold something that must not show."""
    await client.ask(
        'mutation { createCustomField(module: "CustomerAccount", input: {name: "note", '
        'type: "String", searched: true, label: {fr: "Note"}}) { errors { code } } }'
    )
    parent = await client.create("CustomerAccount", name="Zanzibar")
    fair = await client.create("Campaign", name="Kilimandjaro")
    save = await create(
        client,
        "CustomerAccount",
        name="Dupont",
        creditLimit=SECRET,
        parentAccount=parent,
        campaigns=[fair],
        phone="0102030405",
        email="tombouctou@exemple.fr",
        custom=[{"name": "note", "value": "Ouagadougou"}],
    )
    await update(client, "CustomerAccount", save.id, creditLimit="4242.43")
    await client.create("Contact", lastName="Martin", account=save.id)
    await client.comment(save.id, "Vu")
    return save.id


TOLD = ("4242", "4 242", "4,242", "Zanzibar", "Kilimandjaro", "Ouagadougou", "tombouctou")
FIELDS = "fields { name value display }"
EVERYTHING = (
    "query ($id: ID!, $at: DateTime!) { customerAccount(id: $id) { name creditLimit email "
    "parentAccount { id title } campaigns { totalCount nodes { id } } contacts { totalCount } "
    f"custom {{ name value }} header {{ {FIELDS} }} preview {{ keyFields {{ name value }} }} "
    f"details {{ blocks {{ {FIELDS} }} }} tabs {{ name count {{ value }} }} "
    'tab(name: "contacts") { name } '
    "history { totalCount nodes { operation fields { name before after afterDisplay } } } } "
    "customerAccounts { aggregate { count sum { creditLimit } maximum { creditLimit } "
    'groups(by: [{field: "owner"}]) { count sum { creditLimit } } } } '
    f"recordAsOf(id: $id, at: $at) {{ {FIELDS} }} "
    'compare(id: $id, from: "2020-01-01T00:00:00Z") { fields { name after } } '
    'module(name: "CustomerAccount") { fields { name } relations { name } tabs { name } '
    "layout { header keyFields quick tabs blocks { fields } } "
    f"fullForm {{ fields {{ name }} }} quickCreateForm {{ fields {{ name }} }} }} "
    'search(text: "tombouctou") { groups { hits { matchedText } } } '
    'other: search(text: "ouagadougou") { groups { hits { matchedText } } } '
    "deletionImpact(id: $id) { related { name } } }"
)


async def test_a_hidden_field_is_in_nothing_that_is_read(client: Client, account: str) -> None:
    colleague = await clerk(client)

    seen = await colleague.ask(EVERYTHING, id=account, at="2100-01-01T00:00:00Z")
    whole = await client.ask(EVERYTHING, id=account, at="2100-01-01T00:00:00Z")

    # The title of its parent shows on the parent itself: on this record nothing tells of it.
    assert [each for each in TOLD if each in str(seen)] == []
    assert [each for each in TOLD if each not in str(whole)] == ["4 242", "4,242"]
    record = seen["customerAccount"]
    assert (record["name"], record["creditLimit"], record["parentAccount"]) == (
        "Dupont",
        None,
        None,
    )
    assert record["campaigns"] == {"totalCount": 0, "nodes": []}
    assert record["contacts"] == {"totalCount": 0}
    assert record["tab"] is None
    hidden = {"creditLimit", "parentAccount", "campaigns", "custom.note", "email", "contacts"}
    assert not hidden & set(names_in(seen))
    # Of two changes the second was of the hidden field alone.
    assert [each["operation"] for each in record["history"]["nodes"]] == ["COMMENTED", "CREATED"]
    assert record["history"]["totalCount"] == 2
    assert whole["customerAccount"]["history"]["totalCount"] == 3


def names_in(value: Any) -> list[str]:
    """Every name of a field in an answer."""
    if isinstance(value, dict):
        own = [value["name"]] if isinstance(value.get("name"), str) else []
        return own + [name for each in value.values() for name in names_in(each)]
    if isinstance(value, list):
        return [
            name for each in value for name in ([each] if isinstance(each, str) else names_in(each))
        ]
    return []


@pytest.mark.parametrize(
    "list_",
    [
        "customerAccounts(filter: {creditLimit: {gt: 1}})",
        'customerAccounts(filter: {parentAccount: {name: {eq: "Zanzibar"}}})',
        'customerAccounts(filter: {campaigns: {some: {name: {eq: "x"}}}})',
        'customerAccounts(filter: {contacts: {some: {lastName: {eq: "x"}}}})',
        'customerAccounts(filter: {custom: [{name: "note", eq: "x"}]})',
        "customerAccounts(filter: {not: {creditLimit: {isNull: true}}})",
        'contacts(filter: {account: {name: {eq: "x"}}})',
        "customerAccounts(orderBy: [{creditLimit: ASC}])",
        "customerAccounts(orderBy: [{name: ASC}, {email: DESC}])",
    ],
)
async def test_a_hidden_field_is_refused_in_filters_and_orders(
    client: Client, account: str, list_: str
) -> None:
    colleague = await clerk(client)

    (error,) = await colleague.refused(f"{{ {list_} {{ totalCount nodes {{ id }} }} }}")

    assert error["code"] == "BAD_FILTER"
    assert (await client.ask(f"{{ {list_} {{ totalCount }} }}")) is not None


@pytest.mark.parametrize(
    "groups",
    [
        'groups(by: [{field: "parentAccount"}])',
        'groups(by: [{field: "owner"}], orderBy: {sum: "creditLimit"})',
    ],
)
async def test_a_hidden_field_is_refused_in_groups(
    client: Client, account: str, groups: str
) -> None:
    colleague = await clerk(client)

    (error,) = await colleague.refused(
        f"{{ customerAccounts {{ aggregate {{ {groups} {{ count }} }} }} }}"
    )

    assert error["code"] == "BAD_GROUP"


async def test_a_hidden_field_is_not_in_exports_and_lists(client: Client, account: str) -> None:
    colleague = await clerk(client)
    shared = await client.ask(
        'mutation { createList(input: {module: "CustomerAccount", name: "Encours", shared: true, '
        'columns: ["name", "creditLimit", "parentAccount.name"]}) { list { id } } }'
    )

    everything = await colleague.http.get("/export/CustomerAccount.csv", headers=colleague.headers)
    refused = await colleague.http.get(
        "/export/CustomerAccount.csv?columns=name,creditLimit", headers=colleague.headers
    )
    data = await colleague.ask(
        "query ($id: ID!) { list(id: $id) { columns { name } "
        "records { edges { cells { name display } } } } }",
        id=shared["createList"]["list"]["id"],
    )

    assert everything.status_code == 200
    assert "Dupont" in everything.text
    assert [each for each in TOLD if each in everything.text and each != "Zanzibar"] == []
    assert refused.status_code == 400
    assert data["list"]["columns"] == [{"name": "name"}]
    assert all(
        [each["name"] for each in edge["cells"]] == ["name"]
        for edge in data["list"]["records"]["edges"]
    )


async def test_comments_do_not_roll_up_over_a_hidden_relation(client: Client, account: str) -> None:
    colleague = await clerk(client)
    (contact,) = (await client.ask("{ contacts { nodes { id } } }"))["contacts"]["nodes"]
    await client.comment(contact["id"], "Sur le contact")

    assert await client.comments(contact["id"], roll_up=True) == ["Sur le contact", "Vu"]
    assert await colleague.comments(contact["id"], roll_up=True) == ["Sur le contact"]
    assert await colleague.comments(account, roll_up=True) == ["Vu"]


async def test_hidden_and_fixed_fields_are_not_written_and_stay_as_they_are(
    client: Client, account: str
) -> None:
    colleague = await clerk(client)

    hidden = await update(colleague, "CustomerAccount", account, creditLimit="1")
    fixed = await update(colleague, "CustomerAccount", account, phone="1")
    done = await update(colleague, "CustomerAccount", account, "creditLimit phone", name="Durand")

    assert hidden.codes == ["BAD_USER_INPUT"]
    assert fixed.codes == ["READ_ONLY"]
    assert done.record["phone"] == "0102030405"
    kept = await client.ask(
        "query ($id: ID!) { customerAccount(id: $id) { name creditLimit phone parentAccount "
        "{ name } campaigns { nodes { name } } custom { value } } }",
        id=account,
    )
    assert kept["customerAccount"] == {
        "name": "Durand",
        "creditLimit": "4242.43",
        "phone": "0102030405",
        "parentAccount": {"name": "Zanzibar"},
        "campaigns": {"nodes": [{"name": "Kilimandjaro"}]},
        "custom": [{"value": "Ouagadougou"}],
    }
    assert (await history(client, account))[-1]["actor"] == {"name": "Camille"}


async def test_what_the_service_computes_with_hidden_fields_is_right(client: Client) -> None:
    product = await client.create("Product", name="Four", salePrice="100")
    customer = await client.create("CustomerAccount", name="Dupont")
    colleague = await clerk(
        client,
        {"Product": {"sale_price": "hidden"}, "LineItem": {"unit_price": "hidden"}},
    )

    draft = await invoice(colleague, customer, {"product": product, "quantity": "2"})

    seen = await colleague.ask(
        "query ($id: ID!) { customerInvoice(id: $id) { totalExclTax totals { exclTax } "
        "lineItems { nodes { quantity unitPrice } } history { nodes { fields { name after } } } } "
        "products { nodes { salePrice } } }",
        id=draft,
    )
    assert seen["customerInvoice"]["totalExclTax"] == "200.00"
    assert seen["customerInvoice"]["totals"] is None
    assert seen["customerInvoice"]["lineItems"]["nodes"] == [{"quantity": "2", "unitPrice": None}]
    assert "unitPrice" not in orjson.dumps(seen["customerInvoice"]["history"]).decode()
    assert seen["products"]["nodes"] == [{"salePrice": None}]


async def test_administrators_are_hidden_nothing(client: Client, account: str) -> None:
    await clerk(client)
    await client.world.database.pool.execute(
        "INSERT INTO membership (user_id, company_id, profile_id)"
        " SELECT $1, company_id, id FROM profile WHERE company_id = $2"
        " ON CONFLICT (user_id, company_id) DO UPDATE SET profile_id = excluded.profile_id",
        client.user_id,
        client.company_id,
    )

    data = await client.ask(
        "query ($id: ID!) { customerAccount(id: $id) { creditLimit } }", id=account
    )

    assert data["customerAccount"]["creditLimit"] == "4242.43"
