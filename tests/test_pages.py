"""Pages of lists, held against a plain-Python model (tests/model.py); refusals of bad ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import Client, World
from tests.model import Page, Part, holds, ordered, page
from tests.properties import DAYS, accounts, examples, invoiced, made, order_by, orders, stored

NESTED = """
query ($filter: CustomerInvoiceFilter, $orderBy: [CustomerInvoiceOrder!], $first: Int,
       $last: Int, $after: String, $before: String) {
  customerAccounts(first: 100, orderBy: [{id: ASC}]) { nodes { id
    invoices(filter: $filter, orderBy: $orderBy, first: $first, last: $last, after: $after,
             before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { id } }
      nodes { id }
    } } }
}
"""

FLAT = """
query ($orderBy: [CustomerInvoiceOrder!], $first: Int, $last: Int, $after: String,
       $before: String) {
  customerInvoices(orderBy: $orderBy, first: $first, last: $last, after: $after, before: $before) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { id }
  }
}
"""

filters = st.none() | st.sampled_from(
    [
        {"subject": {"startsWith": "é"}},
        {"customerReference": {"ne": "coeur"}},
        {"dueOn": {"gt": str(DAYS[0])}, "invoiceType": {"in": ["DEPOSIT", "STANDARD"]}},
        {"not": {"progressPercent": {"lte": "12.5"}}},
        {"account": {"name": {"lt": "m"}}},
    ]
)
places = st.none() | st.integers(0, 40)
"""A row of the whole list, by its place modulo the list's length."""


@examples(40)
@given(
    given=accounts(),
    order=orders,
    filter=filters,
    size=st.none() | st.integers(1, 7),
    backwards=st.booleans(),
    ends=st.tuples(places, places),
    gone=st.booleans(),
)
async def test_the_pages_of_all_parents_are_those_of_the_model(
    world: World,
    given: Any,
    order: list[tuple[str, str]],
    filter: dict[str, Any] | None,
    size: int | None,
    backwards: bool,
    ends: tuple[int | None, int | None],
    gone: bool,
) -> None:
    client = await world.company()
    rows = await stored(client, given)
    asked = {"filter": filter, "orderBy": order_by(order)}
    whole = await client.ask(NESTED, first=100, **asked)
    cursors = [
        (edge["node"]["id"], edge["cursor"])
        for account in whole["customerAccounts"]["nodes"]
        for edge in account["invoices"]["edges"]
    ]
    known = {row["id"]: row for account in rows for row in account["invoices"]}
    after, before = (
        cursors[end % len(cursors)] if cursors and end is not None else None for end in ends
    )
    part = Part(
        first=None if backwards else size,
        last=(size or 20) if backwards else None,
        after=known[after[0]] if after else None,
        before=known[before[0]] if before else None,
    )
    if gone:
        left = [end[0] for end in (after, before) if end]
        await delete(client, left)
        for account in rows:
            account["invoices"] = [row for row in account["invoices"] if row["id"] not in left]

    data = await client.ask(
        NESTED,
        first=part.first,
        last=part.last,
        after=after and after[1],
        before=before and before[1],
        **asked,
    )

    shown = dict(cursors)
    for account, answer in zip(rows, data["customerAccounts"]["nodes"], strict=True):
        matching = [row for row in account["invoices"] if holds(filter or {}, row)]
        found = answer["invoices"]
        assert read(found) == page(matching, order, part)
        assert found["totalCount"] == len(matching)
        assert found["edges"] == [
            {"cursor": shown[node["id"]], "node": node} for node in found["nodes"]
        ]
        ends_of_page = [edge["cursor"] for edge in found["edges"]]
        assert found["pageInfo"]["startCursor"] == (ends_of_page[0] if ends_of_page else None)
        assert found["pageInfo"]["endCursor"] == (ends_of_page[-1] if ends_of_page else None)


@examples(15)
@given(given=accounts(), order=orders, size=st.integers(1, 5), backwards=st.booleans())
async def test_following_the_cursors_reads_the_whole_list_exactly_once(
    world: World, given: Any, order: list[tuple[str, str]], size: int, backwards: bool
) -> None:
    client = await world.company()
    rows = [row for account in await stored(client, given) for row in account["invoices"]]

    pages = [each async for each in walk(client, order, size, backwards)]

    in_order = [row["id"] for row in ordered(rows, order)]
    assert [id for each in pages for id in each] == (in_order[::-1] if backwards else in_order)


@examples(25)
@given(
    given=accounts(2),
    order=orders,
    size=st.integers(1, 4),
    backwards=st.booleans(),
    meanwhile=st.lists(
        st.tuples(accounts(1), st.lists(st.integers(0, 30), max_size=3)), max_size=5
    ),
)
async def test_rows_that_come_and_go_between_pages_repeat_and_skip_nothing(
    world: World,
    given: Any,
    order: list[tuple[str, str]],
    size: int,
    backwards: bool,
    meanwhile: list[tuple[Any, list[int]]],
) -> None:
    client = await world.company()
    rows = await stored(client, given)
    staying = {row["id"] for account in rows for row in account["invoices"]}
    known = {row["id"]: row for account in rows for row in account["invoices"]}
    seen: list[str] = []

    async for ids in walk(client, order, size, backwards):
        seen += ids
        if meanwhile:
            (come,), gone = (meanwhile[0][0], meanwhile[0][1])
            meanwhile = meanwhile[1:]
            new = await invoiced(client, [(rows[0], each) for each in come["invoices"][:3]])
            known |= {row["id"]: row for row in new}
            leaving = [sorted(known)[place % len(known)] for place in gone if known]
            await delete(client, leaving)
            staying -= set(leaving)

    assert len(seen) == len(set(seen))
    assert staying <= set(seen)
    in_order = [row["id"] for row in ordered([known[id] for id in seen], order)]
    assert seen == (in_order[::-1] if backwards else in_order)


SIZES = "first: 0 | first: -1 | first: 101 | first: 1000000000 | last: 0 | first: 1, last: 1"


@pytest.mark.parametrize("arguments", SIZES.split(" | "))
@pytest.mark.parametrize(
    "level", ["customerAccounts(%s)", "customerAccounts { nodes { invoices(%s)"]
)
async def test_a_page_of_no_possible_size_is_refused(
    client: Client, arguments: str, level: str
) -> None:
    await client.create("CustomerAccount", name="Dupont")
    opened = level % arguments

    refused = await client.refused(
        "{" + opened + " { nodes { id } } " + "}" * opened.count("{") + "}"
    )

    assert [each["code"] for each in refused] == ["BAD_PAGE"]


async def test_a_page_holds_twenty_rows_unless_told_otherwise(client: Client) -> None:
    await made(client, "Product", [{"name": f"Vis {i}"} for i in range(101)])

    data = await client.ask(
        "{ products { nodes { name } } null: products(first: null, after: null) { nodes { name } } "
        "most: products(last: 100) { nodes { name } } }"
    )

    assert [node["name"] for node in data["products"]["nodes"]] == [
        f"Vis {i}" for i in range(100, 80, -1)
    ]
    assert data["null"] == data["products"]
    assert len(data["most"]["nodes"]) == 100


CURSORS = """
query ($search: String, $filter: ProductFilter, $orderBy: [ProductOrder!], $after: String) {
  products(search: $search, filter: $filter, orderBy: $orderBy, after: $after, first: 1) {
    pageInfo { endCursor } } }
"""


@pytest.mark.parametrize(
    "other",
    [
        {"filter": {"name": {"eq": "Vis"}}},
        {"orderBy": [{"id": "ASC"}]},
        {"orderBy": [{"name": "DESC"}]},
        {"search": "vis"},
    ],
)
async def test_a_cursor_is_of_use_in_the_list_it_was_given_by_only(
    client: Client, other: dict[str, Any]
) -> None:
    await made(client, "Product", [{"name": "Vis"}, {"name": "Vis"}])
    data = await client.ask(CURSORS)
    cursor = data["products"]["pageInfo"]["endCursor"]
    theirs = await client.ask(CURSORS, **other)

    refused = [
        await client.refused(CURSORS, after=cursor, **other),
        await client.refused(CURSORS, after=theirs["products"]["pageInfo"]["endCursor"]),
        await client.refused(
            "query ($after: String) { services(after: $after) { nodes { id } } }", after=cursor
        ),
    ]

    assert [[each["code"] for each in errors] for errors in refused] == [["BAD_CURSOR"]] * 3


async def test_a_cursor_of_another_value_in_the_same_filter_is_refused(client: Client) -> None:
    await made(client, "Product", [{"name": "Vis"}, {"name": "Écrou"}])
    data = await client.ask(CURSORS, filter={"name": {"eq": "Vis"}})

    refused = await client.refused(
        CURSORS,
        filter={"name": {"eq": "Écrou"}},
        after=data["products"]["pageInfo"]["endCursor"],
    )

    assert [each["code"] for each in refused] == ["BAD_CURSOR"]


async def test_a_forged_cursor_is_refused(client: Client) -> None:
    await made(client, "Product", [{"name": "Vis"}])
    data = await client.ask(CURSORS)
    cursor = data["products"]["pageInfo"]["endCursor"]
    forged = [
        "",
        " ",
        "1",
        "0",
        "null",
        "é",
        "\0",
        "a" * 10_000,
        f"{cursor}=",
        f"{cursor}\n",
        f"!{cursor}",
        cursor[:-1],
        cursor + "A",
        *(
            cursor[:i] + ("A" if cursor[i] != "A" else "B") + cursor[i + 1 :]
            for i in range(len(cursor))
        ),
    ]

    for each in forged:
        for end in ("after", "before"):
            refused = await client.refused(
                f"query ($cursor: String) {{ products({end}: $cursor) {{ nodes {{ id }} }} }}",
                cursor=each,
            )
            assert [error["code"] for error in refused] == ["BAD_CURSOR"], each


async def test_more_than_fifty_thousand_nodes_are_too_many(client: Client) -> None:
    document = "{ customerAccounts(first: 100) { nodes { invoices(first: %d) { nodes { id } } } } }"

    refused = await client.refused(
        "{ customerAccounts(first: 100) { nodes { invoices(first: 100) { nodes {"
        " accountingEntries(first: 100) { nodes { id } } } } } } }"
    )
    unread = client.statements
    await client.ask(document % 100)

    assert [each["code"] for each in refused] == ["QUERY_TOO_COMPLEX"]
    assert unread == 0


@pytest.mark.parametrize(
    "id",
    [
        "",
        "0",
        "-1",
        "1.5",
        "1e3",
        "x",
        "é",
        "٣",
        "\0",
        "1\0",
        "comment-",
        "comment-1",
        "line-1",
        "9" * 18,
        "9" * 19,
        "9" * 400,
        "user-0",
        "null",
        "' OR 1=1",
        "change-" + "9" * 30,
    ],
)
async def test_the_id_of_nothing_finds_nothing(client: Client, id: str) -> None:
    await client.create("CustomerAccount", name="Dupont")

    data = await client.ask(
        "query ($id: ID!) { record(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } "
        "customerAccount(id: $id) { id } }",
        id=id,
    )

    assert data == {"record": None, "node": None, "nodes": [None], "customerAccount": None}


@pytest.mark.parametrize("number", ["", "FAC", "\0", "é" * 5000, "%", "CLI-00001 "])
async def test_the_number_of_nothing_finds_nothing(client: Client, number: str) -> None:
    await client.create("CustomerAccount", name="Dupont")

    data = await client.ask(
        "query ($number: String) { customerAccount(number: $number) { id } }", number=number
    )

    assert data == {"customerAccount": None}


@pytest.mark.parametrize("arguments", ["", "(id: null)", '(id: "1", number: "CLI-00001")'])
async def test_one_record_is_asked_for_by_its_id_or_its_number(
    client: Client, arguments: str
) -> None:
    refused = await client.refused(f"{{ customerAccount{arguments} {{ id }} }}")

    assert [each["code"] for each in refused] == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("ids", [["1"] * 101, ["x"] * 101])
async def test_more_than_a_hundred_ids_are_refused(client: Client, ids: list[str]) -> None:
    refused = await client.refused("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids)

    assert [each["code"] for each in refused] == ["BAD_USER_INPUT"]


LISTS = {
    "history": "record(id: $id) { list: history%s { %s } }",
    "lineItems": "record: quote(id: $id) { list: lineItems%s { %s } }",
    "links": "record: customerAccount(id: $id) { list: campaigns%s { %s } }",
    "links from the other end": "record: campaign(id: $id) { list: accounts%s { %s } }",
    "records": "record: __typename list: records%s { %s }",
}


@pytest.mark.parametrize("name", LISTS)
async def test_every_list_is_read_once_in_both_directions(client: Client, name: str) -> None:
    campaigns = [await client.create("Campaign", name=f"Salon {i}") for i in range(4)]
    account = await client.create("CustomerAccount", name="Dupont", campaigns=campaigns)
    await client.create("CustomerAccount", name="Durand", campaigns=campaigns[:1])
    lines = [{"label": f"Ligne {i}"} for i in range(4)]
    quote = await client.create("Quote", subject="Devis", account=account, lineItems=lines)
    for i in range(3):
        await client.comment(quote, f"Note {i}")
    id = {"links": account, "links from the other end": campaigns[0]}.get(name, quote)
    arguments = "(first: $first, last: $last, after: $after, before: $before)"
    document = (
        "query ($id: ID!, $first: Int, $last: Int, $after: String, $before: String) { "
        + LISTS[name]
        % (arguments, "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }")
        + " x: node(id: $id) { id } }"
    )

    async def read_by(**part: Any) -> Any:
        data = await client.ask(document, id=id, **part)
        return data.get("list") or data["record"]["list"]

    whole = [node["id"] for node in (await read_by(first=100))["nodes"]]
    forwards: list[str] = []
    backwards: list[str] = []
    page = await read_by(first=1)
    while True:
        forwards += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        page = await read_by(first=1, after=page["pageInfo"]["endCursor"])
    page = await read_by(last=1)
    while True:
        backwards += [node["id"] for node in page["nodes"]]
        if not page["pageInfo"]["hasPreviousPage"]:
            break
        page = await read_by(last=1, before=page["pageInfo"]["startCursor"])

    assert len(whole) > 1
    assert forwards == whole == backwards[::-1]


async def walk(
    client: Client, order: Sequence[tuple[str, str]], size: int, backwards: bool
) -> AsyncIterator[list[str]]:
    """The ids of each page, from the first to the last, or from the last to the first; going
    backwards, each page from its end.
    """
    cursor, more = None, True
    count, end = ("last", "before") if backwards else ("first", "after")
    edge, flag = ("startCursor", "hasPreviousPage") if backwards else ("endCursor", "hasNextPage")
    while more:
        asked = {count: size, end: cursor, "orderBy": order_by(order)}
        found = (await client.ask(FLAT, **asked))["customerInvoices"]
        more = found["pageInfo"][flag]
        assert found["nodes"] or not more
        cursor = found["pageInfo"][edge] or cursor
        yield [node["id"] for node in found["nodes"]][:: -1 if backwards else 1]


def read(connection: Mapping[str, Any]) -> Page:
    info = connection["pageInfo"]
    ids = [node["id"] for node in connection["nodes"]]
    return Page(ids, info["hasNextPage"], info["hasPreviousPage"])


async def delete(client: Client, ids: Sequence[str]) -> None:
    """Put invoices in the recycle bin."""
    await client.world.database.pool.execute(
        "UPDATE customer_invoice SET deleted_at = now() WHERE id = ANY($1::bigint[])",
        [int(id) for id in ids],
    )
