"""Forms of new records, quick creation from another record, and duplicates."""

from __future__ import annotations

from typing import Any

from graph import names
from tests.books import validated
from tests.client import Client
from tests.properties import made
from tests.saves import CHANGE, ERRORS, history, read
from tests.test_every_module import Story, sample

FIELDS = (
    "fields { name label type many required readonly default defaultDisplay target "
    "values { value label } }"
)
ADDRESS = {"street": "1 rue X", "postalCode": "75002", "city": "Paris"}


async def quick_form(client: Client, module: str, **arguments: Any) -> dict[str, Any]:
    """The fields of a quick form by name."""
    data = await client.ask(
        "query ($module: String!, $from: ID, $tab: String) { module(name: $module) { "
        f"quickCreateForm(from: $from, tab: $tab) {{ {FIELDS} }} }} }}",
        module=module,
        **arguments,
    )
    return {each["name"]: each for each in data["module"]["quickCreateForm"]["fields"]}


async def quick_create(client: Client, module: str, **arguments: Any) -> Any:
    data = await client.ask(
        "mutation ($module: String!, $input: JSON!, $from: ID, $tab: String, $key: String) { "
        "quickCreate(module: $module, input: $input, from: $from, tab: $tab, idempotencyKey: $key) "
        f"{{ record {{ id title module }} {CHANGE} {ERRORS} }} }}",
        module=module,
        **arguments,
    )
    return data["quickCreate"]


async def duplicate(client: Client, module: str, id: str, **arguments: Any) -> Any:
    one = module[0].lower() + module[1:]
    data = await client.ask(
        f"mutation ($id: ID!, $input: Update{module}Input, $key: String) {{ "
        f"duplicate{module}(id: $id, input: $input, idempotencyKey: $key) "
        f"{{ {one} {{ id number }} {CHANGE} {ERRORS} }} }}",
        id=id,
        **arguments,
    )
    return data[f"duplicate{module}"]


async def test_the_full_form_asks_for_what_a_create_input_takes(client: Client) -> None:
    document = f"{{ modules {{ name creatable fullForm {{ {FIELDS} }} }} }}"

    data = await client.ask(document)

    assert client.statements <= 1
    inputs = {
        each["name"]: {field["name"] for field in each["inputFields"]}
        for each in (await client.ask("{ __schema { types { name inputFields { name } } } }"))[
            "__schema"
        ]["types"]
        if each["inputFields"]
    }
    for each in data["modules"]:
        if not each["creatable"]:
            continue
        module = client.suite[each["name"]]
        fields = {field["name"]: field for field in each["fullForm"]["fields"]}
        written = {name for name, field in fields.items() if not field["readonly"]}
        new = {names.camel(name) for name in module.creatable}
        assert written == inputs[f"Create{module.name}Input"] - new - {"lineItems", "custom"}, (
            module.name
        )
        for name, fact in module.facts.items():
            field = fields[names.camel(name)]
            assert field["type"] == names.type_of(fact)
            assert field["many"] == (name in module.links)


async def test_a_form_says_what_stands_in_it_at_first_and_what_may_be_chosen(
    client: Client,
) -> None:
    fields = await quick_form(client, "CustomerInvoice")

    assert list(fields) == ["subject", "issuedOn", "dueOn", "account"]
    assert fields["account"] == {
        "name": "account",
        "label": "Compte client",
        "type": "CustomerAccount",
        "many": False,
        "required": True,
        "readonly": False,
        "default": None,
        "defaultDisplay": None,
        "target": "CustomerAccount",
        "values": None,
    }
    task = await quick_form(client, "ProjectTask")
    assert task["status"]["default"] in [each["value"] for each in task["status"]["values"]]
    assert task["status"]["defaultDisplay"] in [each["label"] for each in task["status"]["values"]]


async def test_a_contact_from_an_account_s_tab_takes_account_phone_and_address(
    client: Client,
) -> None:
    account = await client.create(
        "CustomerAccount", name="Dupont", phone="01 42 96 10 10", billingAddress=ADDRESS
    )

    fields = await quick_form(client, "Contact", **{"from": account, "tab": "contacts"})
    payload = await quick_create(
        client, "Contact", input={"lastName": "Martin"}, **{"from": account}
    )

    assert (fields["account"]["default"], fields["account"]["defaultDisplay"]) == (
        account,
        "Dupont",
    )
    assert fields["phone"]["default"] == "01 42 96 10 10"
    assert fields["mailingAddress"]["default"] == ADDRESS
    assert payload["errors"] == []
    assert (payload["record"]["module"], payload["record"]["title"]) == ("Contact", "Martin")
    assert (payload["change"]["operation"], payload["change"]["origin"]) == (
        "CREATED",
        "QUICK_CREATE",
    )
    found = await read(
        client, "Contact", payload["record"]["id"], "phone account { id } mailingAddress { city }"
    )
    assert found == {
        "phone": "01 42 96 10 10",
        "account": {"id": account},
        "mailingAddress": {"city": "Paris"},
    }


async def test_what_the_client_says_wins_and_null_leaves_empty(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont", phone="01 42 96 10 10")

    payload = await quick_create(
        client,
        "Contact",
        input={"lastName": "Martin", "phone": None, "salutation": "DR", "role": "BUYER"},
        **{"from": account},
    )

    found = await read(client, "Contact", payload["record"]["id"], "phone salutation role")
    assert found == {"phone": None, "salutation": "DR", "role": "BUYER"}


async def test_the_tab_says_which_relation_leads_to_the_host(client: Client) -> None:
    contact = await client.create("Contact", lastName="Martin")

    (fact,) = [
        each for each in client.suite["Contact"].relations.values() if each.name == "reports_to"
    ]
    fields = await quick_form(
        client, "Contact", **{"from": contact, "tab": names.camel(fact.inverse)}
    )
    refused = await client.refused(
        'query ($from: ID) { module(name: "Contact") { quickCreateForm(from: $from, '
        'tab: "invoices") { fields { name } } } }',
        **{"from": contact},
    )

    assert fields["reportsTo"]["default"] == contact
    assert [each["code"] for each in refused] == ["BAD_USER_INPUT"]
    assert "directReports" in refused[0]["message"] or "direct_reports" in refused[0]["message"]


async def test_a_record_created_in_a_tab_of_links_is_linked(client: Client) -> None:
    campaign = await client.create("Campaign", name="Printemps")

    fields = await quick_form(client, "CustomerAccount", **{"from": campaign})
    payload = await quick_create(
        client, "CustomerAccount", input={"name": "Dupont"}, **{"from": campaign}
    )

    assert (fields["campaigns"]["default"], fields["campaigns"]["defaultDisplay"]) == (
        [campaign],
        "Printemps",
    )
    found = await read(
        client, "CustomerAccount", payload["record"]["id"], "campaigns { nodes { id } }"
    )
    assert found == {"campaigns": {"nodes": [{"id": campaign}]}}


async def test_quick_creation_tells_all_that_is_wrong_at_once(client: Client) -> None:
    payload = await quick_create(
        client,
        "CustomerInvoice",
        input={"colour": "red", "due_on": "2026-01-01", "invoiceType": "standard", "account": "x"},
    )

    assert payload["record"] is None
    told = [(each["path"][1], each["code"]) for each in payload["errors"]]
    assert told == [
        ("colour", "BAD_USER_INPUT"),
        ("dueOn", "BAD_USER_INPUT"),
        ("invoiceType", "INVALID"),
        ("account", "NOT_FOUND"),
        ("subject", "REQUIRED"),
        ("issuedOn", "REQUIRED"),
        ("dueOn", "REQUIRED"),
    ]
    assert "due_on" in payload["errors"][1]["message"]
    assert "STANDARD, DEPOSIT" in payload["errors"][2]["message"]


async def test_a_wrong_value_alone_keeps_a_record_from_being_created(client: Client) -> None:
    payload = await quick_create(
        client, "Contact", input={"lastName": "Martin", "salutation": "dr", "newAccount": {"n": 1}}
    )

    assert [each["path"] for each in payload["errors"]] == [
        ["input", "salutation"],
        ["input", "newAccount", "n"],
        ["input", "newAccount", "name"],
    ]
    assert (await client.ask("{ contacts { totalCount } }"))["contacts"]["totalCount"] == 0


async def test_no_module_and_no_host_are_told_as_such(client: Client) -> None:
    stranger = await client.world.company()
    account = await stranger.create("CustomerAccount", name="Ailleurs")

    nothing = await quick_create(client, "Spaceship", input={})
    lines = await quick_create(client, "LineItem", input={})
    hidden = await quick_create(client, "Contact", input={"lastName": "X"}, **{"from": account})
    unknown = await quick_create(client, "Contact", input={"lastName": "X"}, **{"from": "99999999"})
    entry = await quick_create(client, "AccountingEntry", input={})

    for payload, path, code in (
        (nothing, ["module"], "BAD_USER_INPUT"),
        (lines, ["module"], "BAD_USER_INPUT"),
        (hidden, ["from"], "NOT_FOUND"),
        (unknown, ["from"], "NOT_FOUND"),
    ):
        assert [(each["path"], each["code"]) for each in payload["errors"]] == [(path, code)]
    assert [each["code"] for each in entry["errors"]] == ["FORBIDDEN"]


async def test_under_a_key_a_record_is_quickly_created_once(client: Client) -> None:
    first = await quick_create(client, "Campaign", input={"name": "Printemps"}, key="k")
    again = await quick_create(client, "Campaign", input={"name": "Printemps"}, key="k")

    assert first["record"]["id"] == again["record"]["id"]


async def test_a_duplicate_holds_what_people_wrote_and_starts_anew(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont", siret="73282932000074")
    first = await client.create(
        "CustomerInvoice",
        account=account,
        subject="Mars",
        invoiceType="DEPOSIT",
        issuedOn="2026-03-01",
        dueOn="2026-03-31",
        lineItems=[
            {"label": "Four", "quantity": "2", "unitPrice": "10", "vatRate": "20"},
            {"label": "Suite", "lineKind": "HEADING"},
        ],
    )
    await client.comment(first, "À relancer")
    await validated(client, "CustomerInvoice", first)

    payload = await duplicate(client, "CustomerInvoice", first)

    select = (
        "subject invoiceType status issuedOn account { id } totalInclTax "
        "lineItems { nodes { label lineKind quantity unitPrice vatRate } }"
    )
    assert payload["errors"] == []
    assert (payload["change"]["operation"], payload["change"]["origin"]) == ("CREATED", "MANUAL")
    id = payload["customerInvoice"]["id"]
    one, other = [await read(client, "CustomerInvoice", each, select) for each in (first, id)]
    assert other == {**one, "status": "DRAFT"}
    assert id != first
    assert await client.comments(id) == []
    assert [each["operation"] for each in await history(client, id)] == ["CREATED"]


async def test_what_no_two_have_alike_is_left_out_or_asked_for(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont", siret="73282932000074")
    journal = await client.create("Journal", code="VE", name="Ventes", journalType="SALES")

    copied = await duplicate(client, "CustomerAccount", account)
    refused = await duplicate(client, "Journal", journal)
    given = await duplicate(client, "Journal", journal, input={"code": "V2"})

    found = await read(client, "CustomerAccount", copied["customerAccount"]["id"], "name siret")
    assert found == {"name": "Dupont", "siret": None}
    assert [(each["path"], each["code"]) for each in refused["errors"]] == [
        (["input", "code"], "REQUIRED")
    ]
    assert await read(client, "Journal", given["journal"]["id"], "code name") == {
        "code": "V2",
        "name": "Ventes",
    }


async def test_a_record_that_is_not_seen_is_not_duplicated(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    colleague = await client.colleague()

    payload = await duplicate(colleague, "CustomerAccount", account)

    assert [(each["path"], each["code"]) for each in payload["errors"]] == [(["id"], "NOT_FOUND")]


async def test_a_neighbour_deleted_since_is_left_out(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    campaigns = await made(client, "Campaign", [{"name": "A"}, {"name": "B"}])
    contact = await client.create(
        "Contact", lastName="Martin", account=account, campaigns=[str(id) for id in campaigns]
    )
    await client.act("delete", "CustomerAccount", account)
    await client.act("delete", "Campaign", str(campaigns[0]))

    payload = await duplicate(client, "Contact", contact)

    found = await read(
        client, "Contact", payload["contact"]["id"], "account { id } campaigns { nodes { id } }"
    )
    assert found == {"account": None, "campaigns": {"nodes": [{"id": str(campaigns[1])}]}}


async def test_every_module_is_duplicated_alike(client: Client) -> None:
    story = Story(client)
    for level in story.levels():
        await story.write("create", level, story.minimum)
    everything = {each.name: story.everything(each) for each in story.modules}
    await story.write("update", story.modules, lambda module: everything[module.name])

    for module in story.modules:
        unique = {
            names.camel(each.name): sample(each, 0)
            for each in module.columns.values()
            if each.unique and each.required
        }
        payload = await duplicate(client, module.name, story.ids[module.name], input=unique)
        assert payload["errors"] == [], module.name
        one = module.name[0].lower() + module.name[1:]
        new = Story(client, {module.name: payload[one]["id"]})
        wanted = {module.name: everything[module.name]}
        found = (await new.read(wanted))[module.name]
        for name, value in everything[module.name].items():
            fact = module.facts[names.snake(name)]
            if name in unique:
                assert found[name] == unique[name]
            elif getattr(fact, "unique", False):
                assert found[name] is None
            elif name != "status":
                assert found[name] == value, (module.name, name)


async def test_a_record_created_in_a_tab_of_links_that_the_host_declares_is_linked(
    client: Client,
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    colleague = await client.colleague()
    await client.share("CustomerAccount")

    payload = await quick_create(
        client, "Campaign", input={"name": "Printemps"}, **{"from": account, "tab": "campaigns"}
    )
    refused = await quick_create(
        colleague, "Campaign", input={"name": "Été"}, **{"from": account, "tab": "campaigns"}
    )

    found = await read(client, "CustomerAccount", account, "campaigns { nodes { name } }")
    assert payload["errors"] == []
    assert payload["record"]["title"] == "Printemps"
    assert found == {"campaigns": {"nodes": [{"name": "Printemps"}]}}
    assert [(each["path"], each["code"]) for each in refused["errors"]] == [(["from"], "FORBIDDEN")]
    assert (await colleague.ask("{ campaigns { totalCount } }"))["campaigns"]["totalCount"] == 0
