"""Comments that roll up: of a record and its direct neighbours, as far as the viewer sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import reading
from db.paging import Slice
from db.rollup import Feed
from tests import plans
from tests.client import Client, World
from tests.feeds import VALUES, built, graphs
from tests.model import Page, Part, page
from tests.properties import examples, made, team

FEED = """
query ($id: ID!, $rollUp: Boolean!, $first: Int, $after: String, $last: Int, $before: String) {
  record(id: $id) { comments(rollUp: $rollUp, first: $first, after: $after, last: $last,
                             before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor via { kind relation record { id title } } node { id body } }
  } }
}
"""


async def feed(client: Client, record: str, roll_up: bool = True, **part: Any) -> Any:
    data = await client.ask(FEED, id=record, rollUp=roll_up, **part)
    return data["record"]["comments"]


async def sourced(client: Client, record: str) -> list[tuple[str, str, str | None]]:
    """Each comment's text, and by which way it is shown."""
    found = await feed(client, record)
    return [
        (edge["node"]["body"], edge["via"]["kind"], edge["via"]["relation"])
        for edge in found["edges"]
    ]


async def invoice(client: Client, account: str, **values: Any) -> str:
    return await client.create(
        "CustomerInvoice",
        account=account,
        **{"subject": "Mars", "issuedOn": "2026-03-01", "dueOn": "2026-03-31", **values},
    )


async def test_an_unpaid_invoice_shows_the_notes_of_its_account(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    unpaid = await invoice(client, account)
    await client.comment(account, "Rappeler le comptable")

    seen = await client.comments(unpaid, roll_up=True)

    assert seen == ["Rappeler le comptable"]
    assert client.statements == 2  # whatever the number of neighbours
    assert await client.comments(unpaid) == []


async def test_comments_come_from_both_sides_of_a_relation_newest_first(client: Client) -> None:
    group = await client.create("CustomerAccount", name="Groupe")
    account = await client.create("CustomerAccount", name="Dupont", parentAccount=group)
    contact = await client.create("Contact", lastName="Martin", account=account)
    unpaid = await invoice(client, account, contact=contact)
    for record, body in ((unpaid, "a"), (group, "b"), (account, "c"), (contact, "d")):
        await client.comment(record, body)

    seen = [await sourced(client, record) for record in (account, unpaid, contact)]

    assert seen == [
        [
            ("d", "DOWN", "contacts"),
            ("c", "OWN", None),
            ("b", "UP", "parentAccount"),
            ("a", "DOWN", "invoices"),
        ],
        [("d", "UP", "contact"), ("c", "UP", "account"), ("a", "OWN", None)],
        [("d", "OWN", None), ("c", "UP", "account"), ("a", "DOWN", "invoices")],
    ]


async def test_what_is_two_relations_away_is_not_shown(client: Client) -> None:
    group = await client.create("CustomerAccount", name="Groupe")
    account = await client.create("CustomerAccount", name="Dupont", parentAccount=group)
    unpaid, sibling = await invoice(client, account), await invoice(client, account)
    for record in (group, sibling):
        await client.comment(record, "Ailleurs")

    seen = await client.comments(unpaid, roll_up=True)

    assert seen == []


async def test_a_relation_that_does_not_roll_up_is_not_followed(client: Client) -> None:
    product = await client.create("Product", name="Vis")
    account = await client.create("CustomerAccount", name="Dupont")
    campaign = await client.create("Campaign", name="Salon", product=product)
    await client.create("CustomerAccount", name="Invitée", campaigns=[campaign])
    ticket = await client.create("Ticket", subject="Panne", account=account, product=product)
    await client.comment(product, "Rappel du lot")
    await client.comment(campaign, "Stand 12")

    seen = [await client.comments(record, roll_up=True) for record in (ticket, campaign, product)]

    assert seen == [[], ["Stand 12"], ["Rappel du lot"]]


async def test_a_record_reached_twice_is_shown_once_by_its_first_way(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    first = await client.create("Quote", subject="V1", account=account)
    second = await client.create("Quote", subject="V2", account=account, previousVersion=first)
    await client.world.database.pool.execute(
        "UPDATE quote SET previous_version_id = $2 WHERE id = $1", int(first), int(second)
    )
    await client.comment(second, "Remise accordée")

    seen = [await sourced(client, record) for record in (first, second)]
    total = (await feed(client, first))["totalCount"]

    assert seen == [
        [("Remise accordée", "UP", "previousVersion")],
        [("Remise accordée", "OWN", None)],
    ]
    assert total == 1


async def test_a_record_that_is_its_own_neighbour_is_shown_once(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.world.database.pool.execute(
        "UPDATE customer_account SET parent_account_id = id WHERE id = $1", int(account)
    )
    await client.comment(account, "Bonjour")

    seen = await sourced(client, account)

    assert seen == [("Bonjour", "OWN", None)]


async def test_the_comments_of_a_deleted_neighbour_leave_and_come_back(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    contact = await client.create("Contact", lastName="Martin", account=account)
    await client.comment(contact, "Absent en août")

    before = await client.comments(account, roll_up=True)
    await client.act("delete", "Contact", contact)
    meanwhile = await feed(client, account)
    await client.act("restore", "Contact", contact)
    after = await client.comments(account, roll_up=True)

    assert before == after == ["Absent en août"]
    assert (meanwhile["edges"], meanwhile["totalCount"]) == ([], 0)


async def test_unlinking_a_record_takes_its_comments_away_at_once(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    contact = await client.create("Contact", lastName="Martin", account=account)
    await client.comment(contact, "Absent en août")

    await client.ask(
        "mutation ($id: ID!) { updateContact(id: $id, input: {account: null}) "
        "{ errors { message } } }",
        id=contact,
    )
    seen = [await client.comments(record, roll_up=True) for record in (account, contact)]

    assert seen == [[], ["Absent en août"]]


async def test_hidden_neighbours_leave_no_trace_in_page_count_or_flags(client: Client) -> None:
    colleague = await client.colleague()
    account = await client.create(
        "CustomerAccount", name="Dupont", owner=f"user-{colleague.user_id}"
    )
    theirs = await client.create(
        "Contact", lastName="Martin", account=account, owner=f"user-{colleague.user_id}"
    )
    hidden = await client.create("Contact", lastName="Durand", account=account)
    for record, body in ((hidden, "x"), (theirs, "vu"), (hidden, "y"), (account, "aussi")):
        await client.comment(record, body)
    await client.comment(hidden, "z")

    page = await feed(colleague, account, first=2)
    last = await feed(colleague, account, last=2)

    assert [edge["node"]["body"] for edge in page["edges"]] == ["aussi", "vu"]
    assert page["totalCount"] == 2
    assert (page["pageInfo"]["hasNextPage"], page["pageInfo"]["hasPreviousPage"]) == (False, False)
    assert last == page


async def test_a_neighbour_shown_to_all_is_named_by_its_title(client: Client) -> None:
    colleague = await client.colleague()
    await client.share("CustomerAccount")
    account = await client.create("CustomerAccount", name="Dupont")
    contact = await colleague.create("Contact", lastName="Martin", account=account)
    await client.comment(account, "Bon payeur")

    seen = await feed(colleague, contact)

    assert seen["edges"][0]["via"] == {
        "kind": "UP",
        "relation": "account",
        "record": {"id": account, "title": "Dupont"},
    }


async def test_a_comment_added_while_paging_repeats_and_skips_nothing(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    contact = await client.create("Contact", lastName="Martin", account=account)
    for i in range(4):
        await client.comment((account, contact)[i % 2], str(i))

    first = await feed(client, account, first=2)
    await client.comment(contact, "neuf")
    second = await feed(client, account, first=2, after=first["pageInfo"]["endCursor"])

    bodies = [edge["node"]["body"] for page in (first, second) for edge in page["edges"]]
    assert bodies == ["3", "2", "1", "0"]
    assert second["pageInfo"]["hasNextPage"] is False


async def test_a_cursor_with_the_switch_on_is_of_no_use_with_it_off(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.comment(account, "Bonjour")
    cursor = (await feed(client, account))["edges"][0]["cursor"]

    refused = await client.refused(FEED, id=account, rollUp=False, after=cursor)

    assert [each["code"] for each in refused] == ["BAD_CURSOR"]


FEEDS = "\n".join(
    ["query ($rollUp: Boolean!, $first: Int, $after: String, $last: Int, $before: String) {"]
    + [
        f"""{name}(first: 20) {{ nodes {{ id comments(rollUp: $rollUp, first: $first,
        after: $after, last: $last, before: $before) {{
            totalCount pageInfo {{ hasNextPage hasPreviousPage }}
            edges {{ cursor via {{ kind relation record {{ id }} }} node {{ id }} }} }} }} }}"""
        for name in ("customerAccounts", "contacts", "quotes", "customerInvoices")
    ]
    + ["}"]
)


@examples(20)
@given(
    drawn=graphs(),
    roll_up=st.sampled_from([True, True, True, False]),
    shared=st.sets(st.sampled_from(list(VALUES)), max_size=2),
    as_colleague=st.booleans(),
    size=st.none() | st.integers(1, 4),
    backwards=st.booleans(),
    ends=st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)),
)
async def test_feeds_are_those_of_the_model(
    world: World,
    drawn: dict[str, Any],
    roll_up: bool,
    shared: set[str],
    as_colleague: bool,
    size: int | None,
    backwards: bool,
    ends: tuple[int | None, int | None],
) -> None:
    client = await world.company()
    colleague = await client.colleague()
    owners = [client.user_id, colleague.user_id, await team(client, colleague)]
    graph = await built(client, drawn, owners)
    await client.share(*shared)
    viewer, seen_owners = (colleague, set(owners[1:])) if as_colleague else (client, None)

    def sees(id: str | None) -> bool:
        return graph.sees(seen_owners, shared, id)

    whole = await viewer.ask(FEEDS, rollUp=roll_up, first=100)
    cursors = sorted(
        {
            (edge["node"]["id"], edge["cursor"])
            for answers in whole.values()
            for answer in answers["nodes"]
            for edge in answer["comments"]["edges"]
        }
    )
    after, before = (
        cursors[end % len(cursors)] if cursors and end is not None else None for end in ends
    )
    known = {f"comment-{each['id']}": each for each in graph.comments}
    part = Part(
        first=None if backwards else size,
        last=(size or 20) if backwards else None,
        after=known[after[0]] if after else None,
        before=known[before[0]] if before else None,
    )

    data = await viewer.ask(
        FEEDS,
        rollUp=roll_up,
        first=part.first,
        last=part.last,
        after=after and after[1],
        before=before and before[1],
    )

    answers = {node["id"]: node["comments"] for each in data.values() for node in each["nodes"]}
    assert answers.keys() == {id for id in graph.nodes if sees(id)}
    for id, answer in answers.items():
        reached: dict[str, tuple[str, str | None]] = {}
        for kind, relation, other in graph.ways(id):
            if other is not None and sees(other) and (roll_up or kind == "OWN"):
                reached.setdefault(other, (kind, relation))
        shown = [each for each in graph.comments if each["record"] in reached]
        expected = page(shown, [("createdAt", "DESC"), ("id", "DESC")], part)
        info = answer["pageInfo"]
        ids = [edge["node"]["id"].removeprefix("comment-") for edge in answer["edges"]]
        assert Page(ids, info["hasNextPage"], info["hasPreviousPage"]) == expected
        assert answer["totalCount"] == len(shown)
        for edge in answer["edges"]:
            via, on = edge["via"], known[edge["node"]["id"]]["record"]
            assert (via["kind"], via["relation"], via["record"]) == (*reached[on], {"id": on})


@examples(15)
@given(drawn=graphs(), size=st.integers(1, 3), backwards=st.booleans())
async def test_following_the_cursors_of_a_feed_reads_it_exactly_once(
    world: World, drawn: dict[str, Any], size: int, backwards: bool
) -> None:
    client = await world.company()
    graph = await built(client, drawn, [client.user_id] * 3)
    record = next((id for id in graph.nodes if graph.sees(None, set(), id)), None)
    if record is None:
        return
    whole = [edge["node"]["id"] for edge in (await feed(client, record, first=100))["edges"]]
    count, end = ("last", "before") if backwards else ("first", "after")
    edge, flag = ("startCursor", "hasPreviousPage") if backwards else ("endCursor", "hasNextPage")

    seen: list[str] = []
    cursor, more = None, True
    while more:
        part: dict[str, Any] = {count: size, end: cursor}
        found = await feed(client, record, **part)
        ids = [each["node"]["id"] for each in found["edges"]]
        seen = ids + seen if backwards else seen + ids
        cursor, more = found["pageInfo"][edge], found["pageInfo"][flag]

    assert seen == whole


INVOICES = 20_000
COMMENTED = 500

BULK = """
INSERT INTO customer_invoice (company_id, number, title, owner_id, created_by_id, updated_by_id,
    subject, status, issued_on, due_on, account_id)
SELECT $1, 'N' || i, 'Facture ' || i, CASE WHEN i % 1000 = 0 THEN $4::bigint ELSE $2 END, $2, $2,
    'Facture ' || i, 'draft', '2026-03-01', '2026-03-31', $3
FROM generate_series(1, $5::int) i
"""

NOTES = """
INSERT INTO comment (record_id, author_id, body, created_at)
SELECT id, $2, 'Relancer', now() - id * interval '1 second' FROM customer_invoice
WHERE account_id = $1 AND substr(number, 2)::int % $3 = 0
"""


@dataclass(frozen=True)
class Crowd:
    """An account with many invoices, a few of them commented, and someone who sees one in 1,000."""

    client: Client
    colleague: Client
    account: int


@pytest.fixture(scope="module")
async def crowd(world: World, database_url: str) -> Crowd:
    client = await world.company()
    colleague = await client.colleague()
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    connection = await asyncpg.connect(database_url)  # which takes its time
    me, them = client.user_id, colleague.user_id
    await connection.execute(BULK, client.company_id, me, account, them, INVOICES)
    await connection.execute(NOTES, account, me, INVOICES // COMMENTED)
    await connection.execute(
        "UPDATE customer_account SET owner_id = $2 WHERE id = $1", account, them
    )
    await connection.execute("ANALYZE customer_invoice, comment, record, customer_account")
    await connection.close()
    return Crowd(client, colleague, account)


@pytest.mark.parametrize("who", ["client", "colleague"])
@pytest.mark.parametrize("part", ["first", "next"])
async def test_a_page_reads_few_rows_whatever_the_number_of_neighbours(
    crowd: Crowd, who: str, part: str
) -> None:
    asking: Client = getattr(crowd, who)
    database = asking.world.database
    cursor = (await feed(asking, str(crowd.account), first=20))["pageInfo"]["endCursor"]
    listing = Feed(database.suite["CustomerAccount"], roll_up=True)
    after = database.cursors.read(reading.Wanted(listing).scope, cursor)
    wanted = Slice(20, after=after if part == "next" else None)
    viewer = await asking.viewer()
    statement = reading.page_statement(listing, viewer.scope, wanted.shape)

    values = {**wanted.values, "parents": [crowd.account]}
    ran = [await plan(database, statement, viewer, values) for plan in (plans.first, plans.kept)]

    for nodes in ran:
        assert plans.rows_read(nodes, "customer_invoice", "comment", "record") <= COMMENTED + 100
        assert not plans.scanned(nodes) & {"customer_invoice", "comment", "record"}
