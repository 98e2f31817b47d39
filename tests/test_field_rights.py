"""Fields that a profile hides: null, in nothing that is listed or told, refused where they would
show; and fields that it lets one read only.
"""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from graph.names import camel
from tests.books import invoice, item
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
    data = await client.ask(
        "mutation ($input: ProfileInput!) { createProfile(input: $input) { "
        "profile { id fields { module name level } } errors { path message } } }",
        input={
            "name": "Clerk",
            "grants": [{"actions": ["READ", "CREATE", "EDIT", "DELETE", "EXPORT", "COMMENT"]}],
            "fields": limits(fields),
        },
    )
    assert data["createProfile"]["errors"] == []
    profile = data["createProfile"]["profile"]
    assert sorted(profile["fields"], key=str) == sorted(limits(fields), key=str)
    data = await client.ask(
        "mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { "
        "errors { path message } } }",
        id=f"user-{colleague.user_id}",
        input={"profile": profile["id"]},
    )
    assert data["updateUser"]["errors"] == []
    await client.world.database.pool.executemany(
        "INSERT INTO sharing (company_id, module, writes) VALUES ($1, $2, true)",
        [(client.company_id, module.name) for module in client.suite.modules],
    )
    return colleague


def limits(fields: Any) -> list[dict[str, str]]:
    """The fields of a profile as its input has them, and as it is read."""
    return [
        {"module": module, "name": camel(name), "level": level.upper()}
        for module, levels in sorted(fields.items())
        for name, level in sorted(levels.items())
    ]


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


async def test_sums_by_a_hidden_currency_are_refused(client: Client) -> None:
    colleague = await clerk(client, {"BankAccount": {"currency": "hidden"}})

    (error,) = await colleague.refused(
        "{ bankAccounts { aggregate { byCurrency { keys { value } count } } } }"
    )

    assert error == {
        "code": "BAD_GROUP",
        "message": "byCurrency\xa0: votre profil ne permet pas de lire currency.",
    }


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


async def test_a_sum_that_another_was_told_stays_hidden(client: Client, account: str) -> None:
    document = "{ customerAccounts { aggregate { sum { creditLimit } } } }"

    async def told(who: Client) -> Any:
        return (await who.ask(document))["customerAccounts"]["aggregate"]["sum"]["creditLimit"]

    limited = await clerk(client)

    assert await told(client) is not None
    assert await told(limited) is None


async def test_a_change_of_hidden_fields_alone_is_not_there(client: Client, account: str) -> None:
    colleague = await clerk(client)
    query = "query ($id: ID!) { record(id: $id) { history { nodes { id fields { name } } } } }"
    nodes = (await client.ask(query, id=account))["record"]["history"]["nodes"]
    hidden = next(
        each["id"] for each in nodes if [f["name"] for f in each["fields"]] == ["creditLimit"]
    )
    created = nodes[-1]["id"]
    restore = (
        "mutation ($id: ID!, $change: ID!, $fields: [String!]!) { restoreFields(id: $id, "
        "change: $change, fields: $fields) { errors { path code message } } }"
    )

    async def refused(change: str, field: str) -> tuple[Any, ...]:
        data = await colleague.ask(restore, id=account, change=change, fields=[field])
        (error,) = data["restoreFields"]["errors"]
        return (
            ".".join(error["path"]),
            error["code"],
            "creditLimit" in error["message"].replace(field, ""),
        )

    assert await colleague.ask("query ($id: ID!) { node(id: $id) { id } }", id=hidden) == {
        "node": None
    }
    assert await refused(hidden, "creditLimit") == ("change", "NOT_FOUND", False)
    # As it answers for a field that the change does not tell of.
    assert await refused(created, "creditLimit") == ("fields.0", "BAD_USER_INPUT", False)
    assert await refused(created, "website") == ("fields.0", "BAD_USER_INPUT", False)


async def test_nothing_hidden_is_taken_along_into_a_new_record(client: Client) -> None:
    host = await client.create(
        "CustomerAccount", name="Dupont", billingAddress={"city": "Tombouctou"}, phone="0102030405"
    )
    colleague = await clerk(client, {"CustomerAccount": {"billing_address": "hidden"}})
    form = (
        'query ($id: ID!) { module(name: "Contact") { quickCreateForm(from: $id) { '
        "fields { name default } } } }"
    )
    make = (
        'mutation ($id: ID!) { quickCreate(module: "Contact", from: $id, input: {lastName: "M"}) { '
        "record { id } errors { message } } }"
    )

    shown = [await who.ask(form, id=host) for who in (client, colleague)]
    made = [(await who.ask(make, id=host))["quickCreate"] for who in (client, colleague)]

    assert ["Tombouctou" in str(each) for each in shown] == [True, False]
    assert [each["errors"] for each in made] == [[], []]
    kept = await client.ask("{ contacts { nodes { account { name } mailingAddress { city } } } }")
    assert [each["account"] for each in kept["contacts"]["nodes"]] == [{"name": "Dupont"}] * 2
    assert [
        each["mailingAddress"] and each["mailingAddress"]["city"]
        for each in kept["contacts"]["nodes"]
    ] == [None, "Tombouctou"]


async def test_a_record_is_created_from_one_whose_relation_is_hidden(
    client: Client, account: str
) -> None:
    colleague = await clerk(client)
    form = (
        'query ($id: ID!) { module(name: "Contact") { quickCreateForm(from: $id) { '
        "fields { name } } } }"
    )

    data = await colleague.ask(form, id=account)

    assert "account" not in names_in(data)


@pytest.mark.parametrize(
    ("limit", "path"),
    [
        ({"module": "Invoice", "name": "name"}, "input.fields.0.module"),
        ({"module": "CustomerAccount", "name": "salary"}, "input.fields.0.name"),
        ({"module": "CustomerAccount", "name": "title"}, "input.fields.0.name"),
        ({"module": "CustomerAccount", "name": "custom.other"}, "input.fields.0.name"),
    ],
)
async def test_a_field_that_is_not_there_can_not_be_limited(
    client: Client, limit: dict[str, str], path: str
) -> None:
    data = await client.ask(
        "mutation ($input: ProfileInput!) { createProfile(input: $input) { "
        "profile { id } errors { path } } }",
        input={"name": "Clerk", "fields": [{**limit, "level": "HIDDEN"}]},
    )

    assert data["createProfile"]["profile"] is None
    assert [".".join(each["path"]) for each in data["createProfile"]["errors"]] == [path]


async def test_fields_come_back_when_the_profile_is_changed(client: Client, account: str) -> None:
    colleague = await clerk(client)
    query = "query ($id: ID!) { customerAccount(id: $id) { creditLimit } }"
    before = await colleague.ask(query, id=account)
    profile = await client.world.database.pool.fetchval(
        "SELECT id FROM profile WHERE company_id = $1", client.company_id
    )

    data = await client.ask(
        "mutation ($id: ID!) { updateProfile(id: $id, input: {fields: []}) { "
        "profile { grants { actions } fields { name } } errors { message } } }",
        id=f"profile-{profile}",
    )

    assert before["customerAccount"]["creditLimit"] is None
    assert len(data["updateProfile"]["profile"]["grants"]) == 1
    assert data["updateProfile"]["profile"]["fields"] == []
    after = await colleague.ask(query, id=account)
    assert after["customerAccount"]["creditLimit"] == "4242.43"


async def editable(client: Client, record: str) -> dict[str, bool]:
    """Whether the client may write each field that a record's page shows them."""
    data = await client.ask(
        "query ($id: ID!) { record(id: $id) { header { fields { name viewerCan { edit } } } "
        "details { blocks { fields { name viewerCan { edit } } } } } }",
        id=record,
    )
    parts = [data["record"]["header"], *data["record"]["details"]["blocks"]]
    return {each["name"]: each["viewerCan"]["edit"] for part in parts for each in part["fields"]}


async def test_each_field_tells_whether_the_viewer_may_write_it(client: Client) -> None:
    colleague = await clerk(client, {"CustomerAccount": {"phone": "read"}})
    account = (await create(client, "CustomerAccount", name="Dupont", phone="0102030405")).id

    told, whole = await editable(colleague, account), await editable(client, account)

    assert {name for name in whole if whole[name] and not told[name]} == {"phone"}
    assert (whole["name"], whole["owner"], whole["balanceDue"]) == (True, True, False)
    assert not any(whole[name] for name in ("createdAt", "createdBy", "updatedAt"))
    tried: list[dict[str, Any]] = [{"phone": "0203040506"}, {"email": "a@b.example"}]
    for sent in tried:
        save = await update(colleague, "CustomerAccount", account, **sent)
        assert [save.codes == []] == [told[name] for name in sent]


async def test_fields_of_a_record_that_is_only_read_are_only_read(client: Client) -> None:
    colleague = await client.colleague()
    await client.share("CustomerAccount")
    account = (await create(client, "CustomerAccount", name="Dupont")).id

    assert set((await editable(colleague, account)).values()) == {False}


async def test_a_document_that_is_locked_locks_its_fields_and_lines(client: Client) -> None:
    bill = await invoice(client, await client.create("CustomerAccount", name="X"), item("100"))
    asked = (
        "query ($id: ID!) { record(id: $id) { details { lineItems { nodes { fields { name "
        "viewerCan { edit } } } } } } }"
    )

    async def lines() -> dict[str, bool]:
        data = await client.ask(asked, id=bill)
        (line,) = data["record"]["details"]["lineItems"]["nodes"]
        return {each["name"]: each["viewerCan"]["edit"] for each in line["fields"]}

    draft, draft_lines = await editable(client, bill), await lines()
    assert not (await client.act("validate", "CustomerInvoice", bill))["errors"]

    assert draft["subject"]
    assert (draft_lines["label"], draft_lines["totalExclTax"]) == (True, False)
    assert set((await editable(client, bill)).values()) == {False}
    assert set((await lines()).values()) == {False}


async def test_a_module_tells_what_may_be_done_to_its_records_and_fields(client: Client) -> None:
    colleague = await client.colleague()
    data = await client.ask(
        "mutation ($input: ProfileInput!) { createProfile(input: $input) { profile { id } } }",
        input={
            "name": "Peu",
            "grants": [
                {"module": "CustomerAccount", "actions": ["READ", "EDIT"]},
                {"actions": ["READ", "CREATE", "EDIT", "DELETE", "EXPORT", "COMMENT"]},
            ],
            "fields": limits({"CustomerAccount": {"phone": "read"}}),
        },
    )
    await client.ask(
        "mutation ($id: ID!, $profile: ID!) { updateUser(id: $id, input: {profile: $profile}) "
        "{ errors { code } } }",
        id=f"user-{colleague.user_id}",
        profile=data["createProfile"]["profile"]["id"],
    )
    can = "viewerCan { create edit delete export comment }"

    told = await colleague.ask(
        f'{{ account: module(name: "CustomerAccount") {{ {can} fields {{ name viewerCan {{ edit }} '
        f'}} relations {{ name viewerCan {{ edit }} }} }} entry: module(name: "AccountingEntry") '
        f"{{ {can} fields {{ viewerCan {{ edit }} }} }} }}"
    )

    everything = {"create": True, "edit": True, "delete": True, "export": True, "comment": True}
    nothing = dict.fromkeys(everything, False)
    assert told["account"]["viewerCan"] == nothing | {"edit": True}
    assert told["entry"]["viewerCan"] == nothing | {"export": True, "comment": True}
    assert not any(each["viewerCan"]["edit"] for each in told["entry"]["fields"])
    parts = [*told["account"]["fields"], *told["account"]["relations"]]
    fields = {each["name"]: each["viewerCan"]["edit"] for each in parts}
    shown = {name: fields[name] for name in ("name", "phone", "balanceDue", "parentAccount")}
    assert shown == {"name": True, "phone": False, "balanceDue": False, "parentAccount": True}
