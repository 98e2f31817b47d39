"""A record's page: header, summary, details and preview, drawn alike for every module."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from db.accounts import viewer_of
from db.customs import Customised
from db.declare import Column, Label
from db.layouts import Block, Layout, default_layout
from graph import names
from tests.client import Client
from tests.properties import commented, made
from tests.saves import update
from tests.test_every_module import Story

FIELD = "{ name label type value display }"
PAGE = f"""
header {{ title number moduleLabel fields {FIELD} }}
summary {{ blocks {{ __typename name label
  ... on KeyFieldsBlock {{ fields {FIELD} }}
  ... on CommentsBlock {{
    comments(rollUp: true, first: 5) {{ totalCount nodes {{ body }} }} }} }} }}
details {{ blocks {{ name label collapsed fields {FIELD} }}
  lineItems(first: 10) {{ totalCount nodes {{ fields {FIELD} }} }} totals {{ inclTax }} }}
preview {{ header {{ title }} keyFields {FIELD}
  lastComments {{ nodes {{ body }} }} viewerCan {{ edit }} }}
"""


async def page(client: Client, id: str, selection: str = PAGE, language: str = "fr") -> Any:
    answer = await client.answer(
        f"query ($id: ID!) {{ record(id: $id) {{ {selection} }} }}",
        {"id": id},
        **{"Accept-Language": language},
    )
    assert not answer.get("errors"), answer["errors"]
    return answer["data"]["record"]


async def invoice(client: Client) -> str:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.comment(account, "Rappeler le comptable")
    return await client.create(
        "CustomerInvoice",
        account=account,
        subject="Mars",
        issuedOn="2026-03-01",
        dueOn="2026-03-31",
        currency="CHF",
        billingAddress={"city": "Lyon", "country": "FR"},
        lineItems=[{"label": "Four", "quantity": "2", "unitPrice": "1000", "vatRate": "20"}],
    )


async def test_a_header_says_what_a_record_is_in_the_language_asked_for(client: Client) -> None:
    id = await invoice(client)

    seen = {
        language: (await page(client, id, f"header {{ moduleLabel fields {FIELD} }}", language))
        for language in ("fr", "en")
    }

    fr, en = (
        [tuple(each.values()) for each in seen[language]["header"]["fields"]] for language in seen
    )
    assert seen["fr"]["header"]["moduleLabel"] == "Facture client"
    assert fr == [
        ("status", "Statut", "CustomerInvoiceStatus", "DRAFT", "Brouillon"),
        ("issuedOn", "Date de facture", "Date", "2026-03-01", "1 mars 2026"),
        ("dueOn", "Échéance", "Date", "2026-03-31", "31 mars 2026"),
        ("totalInclTax", "Total TTC", "Money", "2400.00", "2\u202f400,00\u00a0CHF"),
        ("balanceDue", "Reste à payer", "Money", "2400.00", "2\u202f400,00\u00a0CHF"),
    ]
    assert en[0] == ("status", "Status", "CustomerInvoiceStatus", "DRAFT", "Draft")
    assert en[3] == ("totalInclTax", "Total incl. tax", "Money", "2400.00", "CHF2,400.00")


async def test_details_hold_every_field_in_blocks_and_the_lines(client: Client) -> None:
    id = await invoice(client)

    details = (await page(client, id))["details"]

    module = client.suite["CustomerInvoice"]
    blocks = {each["name"]: each for each in details["blocks"]}
    assert [(each["name"], each["label"], each["collapsed"]) for each in details["blocks"]] == [
        ("general", "Informations générales", False),
        ("addresses", "Adresses", False),
        ("system", "Système", True),
    ]
    own = {field["name"] for name in ("general", "addresses") for field in blocks[name]["fields"]}
    assert own == {names.camel(name) for name in module.facts}
    assert [field["display"] for field in blocks["addresses"]["fields"]] == ["Lyon, France"]
    account = next(each for each in blocks["general"]["fields"] if each["name"] == "account")
    assert (account["type"], account["display"]) == ("CustomerAccount", "Dupont")
    owner = next(each for each in blocks["system"]["fields"] if each["name"] == "owner")
    assert owner == {
        "name": "owner",
        "label": "Propriétaire",
        "type": "Actor",
        "value": f"user-{client.user_id}",
        "display": "Alice",
    }
    (line,) = details["lineItems"]["nodes"]
    assert [(each["label"], each["display"]) for each in line["fields"]] == [
        ("Désignation", "Four"),
        ("Quantité", "2"),
        ("Prix unitaire HT", "1\u202f000,00\u00a0CHF"),
        ("Remise (%)", None),
        ("Taux de TVA", "20\u00a0%"),
        ("Total HT", "2\u202f000,00\u00a0CHF"),
    ]
    assert details["totals"] == {"inclTax": "2400.00"}


async def test_a_summary_shows_key_fields_and_comments_that_roll_up(client: Client) -> None:
    id = await invoice(client)

    blocks = (await page(client, id))["summary"]["blocks"]

    assert [(each["__typename"], each["name"], each["label"]) for each in blocks] == [
        ("KeyFieldsBlock", "keyFields", "Champs clés"),
        ("CommentsBlock", "comments", "Commentaires"),
    ]
    assert blocks[1]["comments"] == {
        "totalCount": 1,
        "nodes": [{"body": "Rappeler le comptable"}],
    }


async def test_a_preview_shows_the_last_three_comments_of_the_record_itself(
    client: Client,
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    for i in range(5):
        await client.comment(account, str(i))

    preview = (await page(client, account))["preview"]

    assert preview["header"] == {"title": "Dupont"}
    assert [each["body"] for each in preview["lastComments"]["nodes"]] == ["4", "3", "2"]
    assert preview["viewerCan"] == {"edit": True}


async def test_a_record_that_the_viewer_may_not_see_has_neither_id_nor_title(
    client: Client,
) -> None:
    account = await client.create("CustomerAccount", name="Secret")
    contact = await client.create("Contact", lastName="Martin", account=account)
    colleague = await client.colleague()
    await client.share("Contact")

    found = await page(colleague, contact)

    fields = {each["name"]: each for each in found["details"]["blocks"][0]["fields"]}
    assert (fields["account"]["value"], fields["account"]["display"]) == (None, None)
    assert "Secret" not in str(found)
    assert account not in [each["value"] for each in fields.values()]
    assert found["preview"]["viewerCan"] == {"edit": False}


async def test_the_page_of_every_module_says_what_its_own_fields_say(client: Client) -> None:
    story = Story(client)
    for level in story.levels():
        await story.write("create", level, story.minimum)
    everything = {each.name: story.everything(each) for each in story.modules}
    await story.write("update", story.modules, lambda module: everything[module.name])

    for module in story.modules:
        found = await page(client, story.ids[module.name])

        layout = default_layout(module)
        fields = {
            each["name"]: each for block in found["details"]["blocks"] for each in block["fields"]
        }
        for name, value in everything[module.name].items():
            fact = module.facts[names.snake(name)]
            if name not in fields:
                assert fact.name in module.links, name
                continue
            assert fields[name]["type"] == names.type_of(fact)
            assert fields[name]["value"] == value, (module.name, name)
            assert fields[name]["display"], (module.name, name)
        for shown, wanted in (
            (found["header"]["fields"], layout.header),
            (found["preview"]["keyFields"], layout.key),
        ):
            assert [each["name"] for each in shown] == [names.camel(name) for name in wanted]
            assert all(each == fields[each["name"]] for each in shown)
        assert (found["details"]["lineItems"] is None) == (not module.declared.lines)
        assert (found["details"]["totals"] is None) == (not module.declared.lines)


def test_every_layout_names_each_fact_once_in_the_details(client: Client) -> None:
    for module in client.suite.modules:
        layout = default_layout(module)
        named = [name for block in layout.blocks for name in block.fields]

        assert len(named) == len(set(named)), module.name
        assert {*named} >= {*module.columns, *module.relations}, module.name
        assert {*layout.header} | {*layout.key} <= {*named}
        assert {*layout.quick} >= {
            name
            for name, fact in module.facts.items()
            if isinstance(fact, Column) and fact.required
        }


@pytest.mark.parametrize("module", ["CustomerAccount", "CustomerInvoice"])
async def test_the_pages_of_many_records_cost_what_that_of_one_does(
    client: Client, module: str
) -> None:
    taken = []
    for count in (1, 49):
        accounts = await made(
            client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(count)]
        )
        contacts = await made(
            client, "Contact", [{"last_name": "Martin", "account": id} for id in accounts]
        )
        invoices = await made(
            client,
            "CustomerInvoice",
            [
                {
                    "account": account,
                    "contact": contact,
                    "subject": "Mars",
                    "issued_on": "2026-03-01",
                    "due_on": "2026-03-31",
                    "line_items": [{"label": "Four", "quantity": 1, "unit_price": "10"}],
                }
                for account, contact in zip(accounts, contacts, strict=True)
            ],
        )
        now = datetime.now(UTC)
        await commented(client, [(id, now) for id in [*accounts, *invoices]])
        many = module[0].lower() + module[1:] + "s"
        data = await client.ask(f"{{ {many}(first: 100) {{ nodes {{ {PAGE} }} }} }}")
        assert len(data[many]["nodes"]) == (1 if count == 1 else 50)
        taken.append(client.statements)

    assert taken[0] == taken[1]


async def test_a_mixed_list_costs_one_statement_more_for_each_module_met(client: Client) -> None:
    document = "{ records(first: 100) { nodes { header { fields { display } } } } }"
    taken = []
    for modules in (["Product"], ["Service"], ["Service", "Product"], ["Campaign"]):
        for module in modules:
            await made(client, module, [{"name": f"{module} {i}"} for i in range(5)])
        await client.ask(document)
        taken.append(client.statements)

    assert taken == [2, 3, 3, 4]


async def test_a_layout_of_the_company_s_own_is_what_everything_follows(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Layout(
        header=("industry", "price_list"),
        key=("name", "campaigns"),
        blocks=(Block("one", Label("Un", "One"), ("name", "owner")),),
        quick=("phone", "name"),
        tabs=("contacts", "campaigns"),
        required=frozenset({"phone", "name"}),
        roll_up=default_layout(client.suite["CustomerAccount"]).roll_up,
    )

    async def with_layout(*args: Any, **how: Any) -> Any:
        module = client.suite["CustomerAccount"]
        customs = {module.name: Customised(module, module.facts, own)}
        return replace(await viewer_of(*args, **how), customs=customs)

    campaign = await client.create("Campaign", name="Printemps")
    id = await client.create(
        "CustomerAccount", name="Dupont", industry="RETAIL", campaigns=[campaign]
    )
    monkeypatch.setattr("graph.context.viewer_of", with_layout)

    found = await page(client, id, f'{PAGE} tabs {{ name }} tab(name: "invoices") {{ name }}')
    data = await client.ask(
        '{ module(name: "CustomerAccount") { layout { header keyFields quick tabs '
        "blocks { name fields } } tabs { name } fields { name header required } "
        "quickCreateForm { fields { name required } } } }"
    )

    assert [each["name"] for each in found["header"]["fields"]] == ["industry", "priceList"]
    keys = {
        each["name"]: (each["value"], each["display"]) for each in found["preview"]["keyFields"]
    }
    assert keys == {"name": ("Dupont", "Dupont"), "campaigns": ([campaign], "Printemps")}
    assert [(each["label"], len(each["fields"])) for each in found["details"]["blocks"]] == [
        ("Un", 2)
    ]
    assert [each["name"] for each in found["tabs"]] == ["contacts", "campaigns"]
    assert found["tab"] is None
    told = data["module"]
    assert told["layout"] == {
        "header": ["industry", "priceList"],
        "keyFields": ["name", "campaigns"],
        "quick": ["phone", "name"],
        "tabs": ["contacts", "campaigns"],
        "blocks": [{"name": "one", "fields": ["name", "owner"]}],
    }
    assert [each["name"] for each in told["tabs"]] == ["contacts", "campaigns"]
    assert [each["name"] for each in told["fields"] if each["header"]] == ["industry"]
    assert told["quickCreateForm"]["fields"] == [
        {"name": "phone", "required": True},
        {"name": "name", "required": True},
    ]


async def test_the_values_of_a_page_are_what_inputs_take_back(client: Client) -> None:
    story = Story(client)
    for level in story.levels():
        await story.write("create", level, story.minimum)
    everything = {each.name: story.everything(each) for each in story.modules}
    await story.write("update", story.modules, lambda module: everything[module.name])

    for module in story.modules:
        readonly = default_layout(module).readonly
        found = await page(client, story.ids[module.name])
        values = {
            field["name"]: field["value"]
            for block in found["details"]["blocks"]
            for field in block["fields"]
            if names.snake(field["name"]) not in readonly
        }
        assert values.keys() >= everything[module.name].keys() - set(map(names.camel, module.links))
        save = await update(client, module.name, story.ids[module.name], **values)
        assert (save.errors, save.change) == ([], None), module.name
