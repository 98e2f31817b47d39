"""Tabs of records: their order, counts, rights, and rows kept and ordered by JSON."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph import names
from tests.client import Client, World
from tests.properties import examples, made
from tests.test_every_module import Story

TAB = """
query ($id: ID!, $name: String!, $filter: JSON, $orderBy: JSON, $first: Int, $after: String) {
  record(id: $id) { tab(name: $name) { name label module count { value exact display }
    canAdd canLink rows(filter: $filter, orderBy: $orderBy, first: $first, after: $after) {
      totalCount pageInfo { endCursor } nodes { id ... on CustomerInvoice { subject } } } } } }
"""


async def tab(client: Client, id: object, name: str, **variables: Any) -> Any:
    data = await client.ask(TAB, id=str(id), name=name, **variables)
    return data["record"]["tab"]


async def account_with_invoices(client: Client) -> int:
    account, other = await made(client, "CustomerAccount", [{"name": "Dupont"}, {"name": "Durand"}])
    common = {"issued_on": "2026-03-01", "due_on": "2026-03-31"}
    await made(
        client,
        "CustomerInvoice",
        [
            {**common, "account": account, "subject": "Mars", "invoice_type": "deposit"},
            {**common, "account": account, "subject": "Avril", "due_on": "2026-05-01"},
            {**common, "account": account, "subject": "Mai", "invoice_type": "final"},
            {**common, "account": other, "subject": "Autre", "invoice_type": "deposit"},
        ],
    )
    return account


def subjects(found: Any) -> list[str]:
    return [each["subject"] for each in found["rows"]["nodes"]]


async def test_a_tab_is_a_page_of_neighbours_with_its_count(client: Client) -> None:
    account = await account_with_invoices(client)

    found = await tab(client, account, "invoices", first=2)
    cursor = found["rows"]["pageInfo"]["endCursor"]
    rest = await tab(client, account, "invoices", first=2, after=cursor)

    assert (found["label"], found["module"]) == ("Factures client", "CustomerInvoice")
    assert found["count"] == {"value": 3, "exact": True, "display": "3"}
    assert (found["canAdd"], found["canLink"]) == (True, False)
    assert found["rows"]["totalCount"] == 3
    assert subjects(found) == ["Mai", "Avril"]
    assert subjects(rest) == ["Mars"]


async def test_rows_are_kept_and_ordered_by_json_spelt_as_the_typed_filter(client: Client) -> None:
    account = await account_with_invoices(client)

    for asked, kept in (
        ({"invoiceType": {"in": ["DEPOSIT", "FINAL"]}}, ["Mai", "Mars"]),
        ({"dueOn": {"gt": "2026-04-01"}}, ["Avril"]),
        (
            {"or": [{"subject": {"startsWith": "ma"}}, {"id": {"eq": str(account)}}]},
            ["Mai", "Mars"],
        ),
        ({"account": {"name": {"eq": "Durand"}}}, []),
        ({"not": {"invoiceType": {"isNull": True}}}, ["Mai", "Mars"]),
    ):
        assert subjects(await tab(client, account, "invoices", filter=asked)) == kept, asked
    order = [{"dueOn": "DESC"}, {"subject": "ASC"}]
    assert subjects(await tab(client, account, "invoices", orderBy=order)) == [
        "Avril",
        "Mai",
        "Mars",
    ]


async def test_what_a_filter_in_json_does_not_know_is_named_with_what_it_does(
    client: Client,
) -> None:
    account = await account_with_invoices(client)

    async def told(**variables: Any) -> str:
        (error,) = await client.refused(TAB, id=str(account), name="invoices", **variables)
        assert error["code"] == "BAD_FILTER"
        return str(error["message"])

    for asked, words in (
        ({"due_on": {"lt": "2026-01-01"}}, ["due_on", "dueOn"]),
        ({"colour": {"eq": "red"}}, ["colour", "createdBy"]),
        ({"invoiceType": {"eq": "deposit"}}, ["filter.invoiceType.eq", "DEPOSIT, PROGRESS"]),
        ({"invoiceType": {"contains": "DE"}}, ["contains", "notIn", "isNull"]),
        ({"account": {"nom": {"eq": "x"}}}, ["nom", "name"]),
        ({"accountingEntries": {"any": {}}}, ["any", "some, none"]),
        ({"dueOn": {"lt": "hier"}}, ["31"]),
        ({"dueOn": "2026-01-01"}, ["filter.dueOn", "{…}"]),
        ({"and": {}}, ["filter.and", "[…]"]),
        ([], ["filter", "{…}"]),
    ):
        message = await told(filter=asked)
        assert all(word in message for word in words), (asked, message)
    orders: list[Any] = [[{"colour": "ASC"}], [{"dueOn": "UP"}], [{}], {"dueOn": "ASC"}, "dueOn"]
    for order in orders:
        assert await told(orderBy=order)


async def test_tabs_stand_in_the_order_of_the_layout_for_every_module(client: Client) -> None:
    story_of = {}
    story = Story(client)
    for level in story.levels():
        await story.write("create", level, story.minimum)
    document = "query ($id: ID!) { record(id: $id) { tabs { name label module count { value } } } }"
    for module in story.modules:
        data = await client.ask(document, id=story.ids[module.name])
        story_of[module.name] = data["record"]["tabs"]
        assert client.statements <= 2, module.name

    for module in story.modules:
        assert [(each["name"], each["module"]) for each in story_of[module.name]] == [
            (names.camel(tab.name), tab.module.name)
            for tab in module.tabs.values()
            if not tab.module.part
        ]


async def test_the_tabs_of_many_records_cost_what_those_of_one_do(client: Client) -> None:
    document = (
        "{ customerAccounts(first: 50) { nodes { tabs { label count { display } "
        "rows(first: 2) { nodes { title header { fields { display } } } } } } } }"
    )
    taken = []
    for count in (1, 49):
        accounts = await made(
            client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(count)]
        )
        await made(client, "Contact", [{"last_name": "Martin", "account": id} for id in accounts])
        await client.ask(document)
        taken.append(client.statements)

    tabs = [each for each in client.suite["CustomerAccount"].tabs.values() if not each.module.part]
    assert taken == [2 + len(tabs)] * 2


async def test_a_tab_shows_and_counts_what_the_viewer_sees(client: Client) -> None:
    account = await account_with_invoices(client)
    colleague = await client.colleague()
    await client.share("CustomerAccount")

    found = await tab(colleague, account, "invoices")

    assert found["count"] == {"value": 0, "exact": True, "display": "0"}
    assert found["rows"]["nodes"] == []
    assert await tab(colleague, account, "nothing") is None


PRICES = st.integers(0, 3)
CONDITION = st.one_of(
    st.builds(lambda n, op: {"salePrice": {op: n}}, PRICES, st.sampled_from(["lt", "gte", "eq"])),
    st.builds(lambda n: {"name": {"eq": n}}, st.sampled_from(["a", "B", "c"])),
    st.builds(
        lambda n: {"tracking": {"in": n}},
        st.lists(st.sampled_from(["NONE", "LOT"]), max_size=2),
    ),
)
"""Conditions as JSON on products."""


@examples(10)
@given(
    rows=st.lists(st.tuples(st.sampled_from("aBc"), PRICES), min_size=1, max_size=6),
    asked=st.recursive(
        CONDITION,
        lambda inner: st.one_of(
            st.builds(lambda x: {"not": x}, inner),
            st.builds(lambda xs: {"or": xs}, st.lists(inner, max_size=2)),
            st.builds(lambda xs: {"and": xs}, st.lists(inner, max_size=2)),
        ),
        max_leaves=4,
    ),
)
async def test_a_filter_in_json_keeps_what_the_typed_one_keeps(
    world: World, rows: list[tuple[str, int]], asked: Any
) -> None:
    client = await world.company()
    (family,) = await made(client, "ItemFamily", [{"name": "Fours"}])
    await made(
        client,
        "Product",
        [
            {"name": name, "sale_price": str(price), "item_family": family, "tracking": "lot"}
            for name, price in rows
        ],
    )

    data = await client.ask(
        "query ($id: ID!, $typed: ProductFilter, $json: JSON) { itemFamily(id: $id) { "
        "products(filter: $typed, first: 100) { nodes { id } } "
        'tab(name: "products") { rows(filter: $json, first: 100) { nodes { id } } } } }',
        id=str(family),
        typed=asked,
        json=asked,
    )

    found = data["itemFamily"]
    assert found["tab"]["rows"]["nodes"] == found["products"]["nodes"]


async def test_rows_of_all_tabs_count_as_what_they_may_be(client: Client) -> None:
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    await made(client, "Contact", [{"last_name": "Martin", "account": account}] * 3)
    document = "{ %s { tabs { rows(first: 10) { nodes { title } } } } }"

    await client.ask(document % f'customerAccount(id: "{account}")')
    known, read = client.cost["requested"], client.cost["actual"]
    await client.ask(document % f'record(id: "{account}")')
    unknown = client.cost["requested"]
    many = document.replace("first: 10", "first: 50") % "customerAccounts(first: 100) { nodes"
    refused = await client.refused(f"{many} }}")

    tabs = [len(module.tabs) for module in client.suite.modules]
    assert known == 1 + 10 * len(client.suite["CustomerAccount"].tabs)
    assert unknown == 1 + 10 * max(tabs)
    assert known >= read
    assert [each["code"] for each in refused] == ["QUERY_TOO_COMPLEX"]


async def test_a_filter_may_be_written_in_the_document_with_variables_in_it(
    client: Client,
) -> None:
    account = await account_with_invoices(client)

    data = await client.ask(
        'query ($id: ID!, $day: String) { record(id: $id) { tab(name: "invoices") { '
        "rows(filter: {invoiceType: {in: [DEPOSIT, FINAL]}, dueOn: {lt: $day}}, "
        "orderBy: [{dueOn: ASC}, {id: ASC}]) { "
        "nodes { ... on CustomerInvoice { subject } } } } } }",
        id=str(account),
        day="2026-04-01",
    )

    assert subjects(data["record"]["tab"]) == ["Mars", "Mai"]


async def test_a_tab_says_what_may_be_done_in_it(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    colleague = await client.colleague()
    await client.share("CustomerAccount")
    document = "query ($id: ID!) { record(id: $id) { tabs { name canAdd canLink } } }"

    told = {}
    for who in (client, colleague):
        tabs = (await who.ask(document, id=account))["record"]["tabs"]
        told[who] = {each["name"]: (each["canAdd"], each["canLink"]) for each in tabs}

    assert told[client]["campaigns"] == (True, True)
    assert told[colleague]["campaigns"] == (False, False)
    assert told[client]["contacts"] == (True, False)
    assert told[client]["accountingEntries"] == (False, False)


async def test_a_cursor_of_one_filter_is_not_good_for_another(client: Client) -> None:
    account = await account_with_invoices(client)
    asked = {"invoiceType": {"isNull": False}}
    page = await tab(client, account, "invoices", filter=asked, first=1)

    refused = await client.refused(
        TAB, id=str(account), name="invoices", after=page["rows"]["pageInfo"]["endCursor"]
    )
    rest = await tab(
        client,
        account,
        "invoices",
        filter=asked,
        after=page["rows"]["pageInfo"]["endCursor"],
    )

    assert [each["code"] for each in refused] == ["BAD_CURSOR"]
    assert (subjects(page), subjects(rest)) == (["Mai"], ["Mars"])
