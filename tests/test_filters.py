"""Filters: every operator by kind of value, across relations, held against a plain-Python model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import Client, World
from tests.model import holds
from tests.properties import DAYS, PERCENTS, TYPES, WORDS, accounts, examples, stored
from tests.samples import KINDS, named, required


@pytest.mark.parametrize("kind", KINDS)
async def test_every_operator_of_a_kind_answers_as_documented(client: Client, kind: str) -> None:
    module, field, operators, low, high = KINDS[kind]
    given = [await required(client, module, nth) for nth in range(3)]
    smaller = await client.create(module, **given[0] | {field: low})
    greater = await client.create(module, **given[1] | {field: high})
    without = set() if field in given[2] else {await client.create(module, **given[2])}
    text = low if isinstance(low, str) else ""
    expected = {
        "eq": (low, {smaller}),
        "ne": (low, {greater} | without),
        "in": ([low], {smaller}),
        "notIn": ([low], {greater} | without),
        "isNull": (True, without),
        "lt": (high, {smaller}),
        "lte": (low, {smaller}),
        "gt": (low, {greater}),
        "gte": (high, {greater}),
        "startsWith": (text[:5].swapcase(), {smaller}),
        "contains": (text[1:6].swapcase(), {smaller}),
    }

    found = {
        operator: await matching(client, module, {field: {operator: expected[operator][0]}})
        for operator in operators
    }
    valued = await matching(client, module, {field: {"isNull": False}})

    assert found == {operator: expected[operator][1] for operator in operators}
    assert valued == {smaller, greater}
    assert await offered(client, module, field) == operators


async def offered(client: Client, module: str, field: str) -> set[str]:
    """The operators that the schema has for a field."""
    data = await client.ask(
        "query ($name: String!) { __type(name: $name) { inputFields { name type { "
        "inputFields { name } } } } }",
        name=f"{module}Filter",
    )
    (types,) = [each["type"] for each in data["__type"]["inputFields"] if each["name"] == field]
    return {each["name"] for each in types["inputFields"]}


async def matching(client: Client, module: str, filter: Mapping[str, Any]) -> set[str]:
    """The ids of the module's records for which a filter holds."""
    name = named(client, module)
    data = await client.ask(
        f"query ($filter: {module}Filter) {{ {name}(filter: $filter, first: 100) "
        "{ totalCount nodes { id } } }",
        filter=filter,
    )
    ids = {node["id"] for node in data[name]["nodes"]}
    assert data[name]["totalCount"] == len(ids)
    return ids


def comparisons(values: tuple[str, ...], *operators: str) -> st.SearchStrategy[dict[str, Any]]:
    one = st.sampled_from(values)
    listed = st.lists(one, max_size=3)
    each = dict.fromkeys(("eq", "ne", *operators), one)
    every = {**each, "in": listed, "notIn": listed, "isNull": st.booleans()}
    return st.fixed_dictionaries({}, optional=every).map(lambda made: dict(list(made.items())[:2]))


COMPARED = ("lt", "lte", "gt", "gte")
TEXTS = comparisons(
    (*WORDS, "", "e", "É", "C", "’", "oe", "zz"), *COMPARED, "startsWith", "contains"
)
INVOICE = {
    "subject": TEXTS,
    "customerReference": TEXTS,
    "invoiceType": comparisons(TYPES),
    "progressPercent": comparisons((*map(str, PERCENTS), "7"), *COMPARED),
    "dueOn": comparisons((*map(str, DAYS), "2026-03-01"), *COMPARED),
}


def combined(leaves: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    def further(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        lists = st.lists(inner, max_size=2)
        return st.fixed_dictionaries({}, optional={"and": lists, "or": lists, "not": inner})

    return st.recursive(st.fixed_dictionaries({}, optional=dict(leaves)), further, max_leaves=3)


def of_invoices(crossings: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    further = {"account": of_accounts(crossings - 1)} if crossings else {}
    return combined({**INVOICE, **further})


def of_accounts(crossings: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    if not crossings:
        return combined({"name": TEXTS})
    inner = of_invoices(crossings - 1)
    some = st.fixed_dictionaries({}, optional={"some": inner, "none": inner})
    return combined({"name": TEXTS, "invoices": some})


@examples(60)
@given(given=accounts(), invoices=of_invoices(), hosts=of_accounts())
async def test_filters_keep_what_the_model_keeps(
    world: World, given: Any, invoices: dict[str, Any], hosts: dict[str, Any]
) -> None:
    client = await world.company()
    rows = await stored(client, given)

    found = [
        await matching(client, "CustomerAccount", hosts),
        await matching(client, "CustomerInvoice", invoices),
        await matching(client, "CustomerInvoice", {"not": invoices}),
    ]

    all_invoices = [each for row in rows for each in row["invoices"]]
    assert found == [
        {row["id"] for row in rows if holds(hosts, row)},
        {each["id"] for each in all_invoices if holds(invoices, each)},
        {each["id"] for each in all_invoices if not holds(invoices, each)},
    ]


@pytest.mark.parametrize(
    "filter",
    [
        {"eq": "eric coeur"},
        {"eq": "ÉRIC CŒUR"},
        {"in": ["x", "eRIC CœUR"]},
        {"startsWith": "éRI"},
        {"contains": "c coe"},
        {"gte": "Eric Coeur", "lte": "éric cœur"},
    ],
)
async def test_text_matches_without_case_and_accents(
    client: Client, filter: dict[str, Any]
) -> None:
    account = await client.create("CustomerAccount", name="Éric Cœur")
    await client.create("CustomerAccount", name="Erbil")

    found = await matching(client, "CustomerAccount", {"name": filter})

    assert found == {account}


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", "\U0010ffff", "😀", "\u0301"])
async def test_no_sign_in_a_text_means_more_than_itself(client: Client, sign: str) -> None:
    with_sign = await client.create("CustomerAccount", name=f"{sign}a")
    await client.create("CustomerAccount", name="ba")

    found = [
        await matching(client, "CustomerAccount", {"name": {operator: f"{sign}a"}})
        for operator in ("eq", "startsWith", "contains")
    ]

    folded = sign == "\u0301"
    assert found[:2] == [{with_sign}] * 2
    assert (found[2] == {with_sign}) != folded


async def test_records_are_found_by_id_and_by_whom_they_belong_to(client: Client) -> None:
    colleague = await client.colleague()
    mine = await client.create("CustomerAccount", name="Mienne")
    theirs = await client.create(
        "CustomerAccount", name="Sienne", owner=f"user-{colleague.user_id}"
    )
    me = f"user-{client.user_id}"

    filters: list[dict[str, Any]] = [
        {"id": {"eq": mine}},
        {"id": {"in": [mine, "999999999999"]}},
        {"id": {"ne": mine}},
        {"id": {"notIn": []}},
        {"owner": {"eq": me}},
        {"owner": {"ne": str(client.user_id)}},
        {"createdBy": {"in": [me]}},
        {"updatedBy": {"eq": "system-0"}},
    ]

    found = [await matching(client, "CustomerAccount", filter) for filter in filters]

    both = {mine, theirs}
    assert found == [{mine}, {mine}, {theirs}, both, {mine}, {theirs}, both, set()]


async def test_a_filter_crosses_two_relations_and_not_three(client: Client) -> None:
    parent = await client.create("CustomerAccount", name="Groupe")
    account = await client.create("CustomerAccount", name="Filiale", parentAccount=parent)
    contact = await client.create("Contact", lastName="Dupont", account=account)
    await client.create("Contact", lastName="Durand", account=parent)
    deep = {"account": {"parentAccount": {"name": {"eq": "groupe"}}}}

    found = await matching(client, "Contact", deep)
    refused = await client.answer(
        "query ($filter: CustomerInvoiceFilter) { customerInvoices(filter: $filter) "
        "{ nodes { id } } }",
        {"filter": {"contact": deep}},
    )

    assert found == {contact}
    assert problems(refused) == [
        ("BAD_FILTER", ["filter", "contact", "account", "parentAccount"]),
    ]


async def test_a_record_without_the_relation_is_not_so(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    gone = await client.create("CustomerAccount", name="Parti")
    linked = await client.create("Contact", lastName="A", account=account)
    orphan = await client.create("Contact", lastName="B", account=gone)
    free = await client.create("Contact", lastName="C")
    await client.act("delete", "CustomerAccount", gone)

    found = [
        await matching(client, "Contact", {"account": {}}),
        await matching(client, "Contact", {"not": {"account": {}}}),
        await matching(client, "Contact", {"account": {"name": {"ne": "Dupont"}}}),
    ]

    assert found == [{linked}, {orphan, free}, set()]


async def test_links_are_filtered_from_both_ends(client: Client) -> None:
    fair = await client.create("Campaign", name="Salon")
    await client.create("Campaign", name="Courrier")
    invited = await client.create("CustomerAccount", name="Invitée", campaigns=[fair])
    other = await client.create("CustomerAccount", name="Autre")
    fairs = {"name": {"eq": "salon"}}
    invitees = {"name": {"startsWith": "INVITE"}}

    found = [
        await matching(client, "CustomerAccount", {"campaigns": {"some": fairs}}),
        await matching(client, "CustomerAccount", {"campaigns": {"none": fairs}}),
        await matching(client, "CustomerAccount", {"campaigns": {"none": {}}}),
        await matching(client, "Campaign", {"accounts": {"some": invitees}}),
        await matching(client, "Campaign", {"accounts": {"some": {"campaigns": {"some": fairs}}}}),
        await matching(client, "Campaign", {"accounts": {"some": {}, "none": {}}}),
    ]

    assert found == [{invited}, {other}, {other}, {fair}, {fair}, set()]


async def test_lines_are_filtered_by_their_ids(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    product = await client.create("Product", name="Vis")
    await client.create(
        "Quote",
        account=account,
        subject="Vis",
        lineItems=[{"product": product}, {"product": product, "quantity": "2"}],
    )
    document = (
        "query ($id: ID!, $filter: LineItemFilter) { product(id: $id) { "
        "documentLines(filter: $filter, orderBy: [{quantity: ASC}]) { nodes { id quantity } } } }"
    )
    lines = (await client.ask(document, id=product))["product"]["documentLines"]["nodes"]

    data = await client.ask(document, id=product, filter={"id": {"eq": lines[1]["id"]}})

    assert data["product"]["documentLines"]["nodes"] == [{"id": lines[1]["id"], "quantity": "2"}]


@pytest.mark.parametrize(
    ("filter", "path"),
    [
        ({"dueOn": {"eq": "31/03/2026"}}, "dueOn.eq"),
        ({"dueOn": {"lt": "2026-02-30"}}, "dueOn.lt"),
        ({"dueOn": {"lt": ""}}, "dueOn.lt"),
        ({"dueOn": {"in": ["2026-02-28", "x"]}}, "dueOn.in.1"),
        ({"dueOn": None}, "dueOn"),
        ({"dueOn": {"gt": None}}, "dueOn.gt"),
        ({"createdAt": {"gt": "2026-02-28"}}, "createdAt.gt"),
        ({"progressPercent": {"gt": "beaucoup"}}, "progressPercent.gt"),
        ({"progressPercent": {"gt": "1e30"}}, "progressPercent.gt"),
        ({"progressPercent": {"gt": 10**30}}, "progressPercent.gt"),
        ({"progressPercent": {"gt": "NaN"}}, "progressPercent.gt"),
        ({"progressPercent": {"in": [None]}}, "progressPercent.in"),
        ({"totalInclTax": {"gt": "0.001"}}, "totalInclTax.gt"),
        ({"id": {"eq": "abc"}}, "id.eq"),
        ({"id": {"eq": "user-1"}}, "id.eq"),
        ({"id": {"eq": "-1"}}, "id.eq"),
        ({"id": {"in": ["1", "9" * 19]}}, "id.in.1"),
        ({"id": {"eq": "\0"}}, "id.eq"),
        ({"owner": {"eq": "quelqu’un"}}, "owner.eq"),
        ({"subject": {"eq": "a\0b"}}, "subject.eq"),
        ({"subject": {"contains": "x" * 2001}}, "subject.contains"),
        ({"subject": {"in": ["x"] * 1001}}, "subject.in"),
        ({"account": None}, "account"),
        ({"account": {"name": {"startsWith": "\0"}}}, "account.name.startsWith"),
        ({"accountingEntries": {"some": None}}, "accountingEntries.some"),
        ({"and": [{"subject": {"eq": "a"}}, {"dueOn": {"eq": "x"}}]}, "and.1.dueOn.eq"),
        ({"or": None}, "or"),
        ({"not": None}, "not"),
        ({"or": [{"subject": {"eq": "a"}}] * 101}, "or"),
        ({"and": [{"or": [{"subject": {"eq": "a"}}] * 60}] * 2}, "and.1.or.37.subject"),
    ],
)
async def test_a_filter_that_means_nothing_is_refused_with_its_place(
    client: Client, filter: dict[str, Any], path: str
) -> None:
    answer = await client.answer(
        "query ($filter: CustomerInvoiceFilter) { customerInvoices(filter: $filter) "
        "{ nodes { id } } }",
        {"filter": filter},
    )

    code = answer["errors"][0]["extensions"]["code"]
    if answer["errors"][0].get("path") is None:
        assert code in ("BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED")
    else:
        assert problems(answer) == [("BAD_FILTER", ["filter", *path.split(".")])]


@pytest.mark.parametrize("depth", [40, 200, 900, 5000])
async def test_a_filter_of_any_depth_is_answered(client: Client, depth: int) -> None:
    filter = "{not: " * depth + '{name: {eq: "a"}}' + "}" * depth

    answer = await client.answer(
        f"{{ customerAccounts(filter: {filter}) {{ nodes {{ id }} }} }}", {}
    )

    codes = [each["extensions"]["code"] for each in answer.get("errors") or ()]
    assert codes in ([], ["BAD_FILTER"], ["GRAPHQL_PARSE_FAILED"], ["BAD_USER_INPUT"])


async def test_half_a_surrogate_pair_is_refused_before_it_is_looked_for(client: Client) -> None:
    in_document = await client.answer(
        '{ customerAccounts(filter: {name: {eq: "\\uD800"}}) { nodes { id } } }', {}
    )
    in_variables = await client.http.post(
        "/graphql",
        content=b'{"query": "query ($text: String) { customerAccounts(search: $text) '
        b'{ nodes { id } } }", "variables": {"text": "\\ud800"}}',
        headers={**client.headers, "Content-Type": "application/json"},
    )

    assert [each["extensions"]["code"] for each in in_document["errors"]] == [
        "GRAPHQL_PARSE_FAILED"
    ]
    assert in_variables.status_code == 400


def problems(answer: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """What errors say: their codes and the paths to what is wrong."""
    return [
        (problem["code"], problem["path"])
        for error in answer["errors"]
        for problem in error["extensions"].get("problems", [{"code": error, "path": []}])
    ]
