"""Who sees what: the same answer wherever a record could show, and to nobody without a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from db.tokens import Tokens
from tests.client import Client, World
from tests.properties import team

EVERYWHERE = """
query ($id: ID!, $number: String!) {
  customerAccounts(orderBy: [{name: ASC}]) {
    totalCount nodes { name } aggregate { count sum { creditLimit } maximum { creditLimit } } }
  backwards: customerAccounts(last: 100) { nodes { name } pageInfo { hasPreviousPage } }
  filtered: customerAccounts(filter: {name: {startsWith: "Compte"}}) { totalCount }
  excepted: customerAccounts(filter: {not: {name: {eq: "Compte partagé"}}}) { totalCount }
  searched: customerAccounts(search: "compte") { totalCount }
  records(modules: ["CustomerAccount"]) { totalCount nodes { title } }
  found: records(search: "compte") { totalCount }
  sought: search(text: "compte") { complete groups { hasMore hits { record { title } } } }
  record(id: $id) { title }
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  one: customerAccount(id: $id) { name }
  numbered: customerAccount(number: $number) { name }
  contacts { nodes { lastName account { name } } }
  contactsOf: contacts(filter: {account: {name: {eq: "Compte d’Alice"}}}) { totalCount }
  hosts: customerAccounts(filter: {contacts: {some: {}}}) { nodes { name } }
  lonely: customerAccounts(filter: {contacts: {none: {}}}) { nodes { name } }
}
"""


@dataclass
class Office:
    """Alice administers; Camille is of a team; of four accounts one is Alice's alone."""

    alice: Client
    camille: Client
    hidden: str

    async def seen_by(self, client: Client) -> Any:
        return await client.ask(EVERYWHERE, id=self.hidden, number="CLI-00001")


@pytest.fixture
async def office(client: Client) -> Office:
    camille = await client.colleague("Camille")
    theirs = f"user-{camille.user_id}"
    of_team = f"team-{await team(client, camille)}"
    hidden = await client.create("CustomerAccount", name="Compte d’Alice", creditLimit="100")
    own = await client.create(
        "CustomerAccount", name="Compte de Camille", creditLimit="10", owner=theirs
    )
    await client.create("CustomerAccount", name="Compte d’équipe", creditLimit="1", owner=of_team)
    await client.create("Contact", lastName="Dupont", account=hidden, owner=theirs)
    await client.create("Contact", lastName="Durand", account=own)
    return Office(client, camille, hidden)


def sought(*titles: str) -> Any:
    """What a search that finds accounts answers."""
    hits = [{"record": {"title": title}} for title in titles]
    return {"complete": True, "groups": [{"hasMore": False, "hits": hits}]}


async def test_an_administrator_sees_everything_everywhere(office: Office) -> None:
    seen = await office.seen_by(office.alice)

    three = ["Compte d’Alice", "Compte d’équipe", "Compte de Camille"]
    assert seen == {
        "customerAccounts": {
            "totalCount": 3,
            "nodes": [{"name": name} for name in three],
            "aggregate": {
                "count": 3,
                "sum": {"creditLimit": "111.00"},
                "maximum": {"creditLimit": "100.00"},
            },
        },
        "backwards": {
            "nodes": [{"name": three[i]} for i in (1, 2, 0)],
            "pageInfo": {"hasPreviousPage": False},
        },
        "filtered": {"totalCount": 3},
        "excepted": {"totalCount": 3},
        "searched": {"totalCount": 3},
        "records": {"totalCount": 3, "nodes": [{"title": three[i]} for i in (1, 2, 0)]},
        "found": {"totalCount": 3},
        "sought": sought(*(three[i] for i in (1, 2, 0))),
        "record": {"title": "Compte d’Alice"},
        "node": {"id": office.hidden},
        "nodes": [{"id": office.hidden}],
        "one": {"name": "Compte d’Alice"},
        "numbered": {"name": "Compte d’Alice"},
        "contacts": {
            "nodes": [
                {"lastName": "Durand", "account": {"name": "Compte de Camille"}},
                {"lastName": "Dupont", "account": {"name": "Compte d’Alice"}},
            ]
        },
        "contactsOf": {"totalCount": 1},
        "hosts": {"nodes": [{"name": "Compte de Camille"}, {"name": "Compte d’Alice"}]},
        "lonely": {"nodes": [{"name": "Compte d’équipe"}]},
    }


async def test_others_see_what_they_or_their_team_own_and_nothing_else_anywhere(
    office: Office,
) -> None:
    seen = await office.seen_by(office.camille)

    assert seen == {
        "customerAccounts": {
            "totalCount": 2,
            "nodes": [{"name": "Compte d’équipe"}, {"name": "Compte de Camille"}],
            "aggregate": {
                "count": 2,
                "sum": {"creditLimit": "11.00"},
                "maximum": {"creditLimit": "10.00"},
            },
        },
        "backwards": {
            "nodes": [{"name": "Compte d’équipe"}, {"name": "Compte de Camille"}],
            "pageInfo": {"hasPreviousPage": False},
        },
        "filtered": {"totalCount": 2},
        "excepted": {"totalCount": 2},
        "searched": {"totalCount": 2},
        "records": {
            "totalCount": 2,
            "nodes": [{"title": "Compte d’équipe"}, {"title": "Compte de Camille"}],
        },
        "found": {"totalCount": 2},
        "sought": sought("Compte d’équipe", "Compte de Camille"),
        "record": None,
        "node": None,
        "nodes": [None],
        "one": None,
        "numbered": None,
        "contacts": {"nodes": [{"lastName": "Dupont", "account": None}]},
        "contactsOf": {"totalCount": 0},
        "hosts": {"nodes": []},
        "lonely": {"nodes": [{"name": "Compte d’équipe"}, {"name": "Compte de Camille"}]},
    }


async def test_what_the_company_shares_is_seen_from_the_next_request_on(office: Office) -> None:
    before = await office.seen_by(office.camille)
    await office.alice.share("CustomerAccount")
    shared = await office.seen_by(office.camille)
    await office.alice.world.database.pool.execute(
        "DELETE FROM sharing WHERE company_id = $1", office.alice.company_id
    )
    after = await office.seen_by(office.camille)

    everything = await office.seen_by(office.alice)
    of_contacts = {"contacts", "contactsOf", "hosts", "lonely"}
    assert {name: seen for name, seen in shared.items() if name not in of_contacts} == {
        name: seen for name, seen in everything.items() if name not in of_contacts
    }
    # Contacts are not shared: Camille's own shows, now with its account.
    assert shared["contacts"]["nodes"] == [
        {"lastName": "Dupont", "account": {"name": "Compte d’Alice"}}
    ]
    assert shared["hosts"]["nodes"] == [{"name": "Compte d’Alice"}]
    assert before == after


async def test_tabs_hold_what_the_viewer_sees(office: Office) -> None:
    await office.alice.share("CustomerAccount")
    document = (
        "{ customerAccounts(orderBy: [{id: ASC}]) { nodes { contacts { totalCount "
        "aggregate { count } nodes { lastName } } } } }"
    )

    data = await office.camille.ask(document)

    found = [node["contacts"] for node in data["customerAccounts"]["nodes"]]
    nothing = {"totalCount": 0, "aggregate": {"count": 0}, "nodes": []}
    assert found == [
        {"totalCount": 1, "aggregate": {"count": 1}, "nodes": [{"lastName": "Dupont"}]},
        nothing,
        nothing,
    ]


async def test_what_hangs_on_a_hidden_record_is_hidden_with_it(office: Office) -> None:
    comment = await office.alice.comment(office.hidden, "Entre nous")
    product = await office.alice.create("Product", name="Vis")
    quote = await office.alice.create(
        "Quote", subject="Devis", account=office.hidden, lineItems=[{"product": product}]
    )
    await office.alice.share("Product")
    data = await office.alice.ask(
        "query ($id: ID!, $quote: ID!) { record(id: $id) { history { nodes { id } } } "
        "quote(id: $quote) { lineItems { nodes { id } } } }",
        id=office.hidden,
        quote=quote,
    )
    change = data["record"]["history"]["nodes"][0]["id"]
    line = data["quote"]["lineItems"]["nodes"][0]["id"]
    document = (
        "query ($ids: [ID!]!, $product: ID!) { nodes(ids: $ids) { id } "
        "product(id: $product) { documentLines { totalCount nodes { id } } } }"
    )

    seen = [
        await each.ask(document, ids=[comment, change, line], product=product)
        for each in (office.alice, office.camille)
    ]

    assert [each["nodes"] for each in seen] == [
        [{"id": comment}, {"id": change}, {"id": line}],
        [None, None, None],
    ]
    assert [each["product"]["documentLines"]["totalCount"] for each in seen] == [1, 0]


async def test_another_company_s_records_are_not_there(office: Office, world: World) -> None:
    stranger = await world.company()
    comment = await office.alice.comment(office.hidden, "Entre nous")
    contact = await stranger.create("Contact", lastName="Martin")

    seen = await office.seen_by(stranger)
    node = await stranger.ask("query ($id: ID!) { node(id: $id) { id } }", id=comment)
    company = await stranger.ask(
        "query ($id: ID!) { node(id: $id) { id } }", id=f"company-{office.alice.company_id}"
    )
    pointed = await stranger.ask(
        "mutation ($id: ID!, $account: ID!) { updateContact(id: $id, input: {account: $account}) "
        "{ errors { code } } }",
        id=contact,
        account=office.hidden,
    )

    assert seen["customerAccounts"]["totalCount"] == seen["records"]["totalCount"] == 0
    assert [seen[name] for name in ("record", "node", "one", "numbered")] == [None] * 4
    assert (node, company) == ({"node": None}, {"node": None})
    assert pointed["updateContact"]["errors"] == [{"code": "NOT_FOUND"}]


async def test_a_deleted_record_is_not_there_for_an_administrator_either(office: Office) -> None:
    await office.alice.act("delete", "CustomerAccount", office.hidden)

    seen = await office.seen_by(office.alice)

    assert seen["customerAccounts"]["totalCount"] == seen["records"]["totalCount"] == 2
    assert [seen[name] for name in ("record", "node", "one", "numbered")] == [None] * 4
    assert seen["contacts"]["nodes"][1] == {"lastName": "Dupont", "account": None}


async def test_whoever_is_of_two_companies_says_in_which_they_act(
    office: Office, world: World
) -> None:
    branch = await world.company()
    await world.database.pool.execute(
        "INSERT INTO membership VALUES ($1, $2)", office.alice.user_id, branch.company_id
    )
    await branch.create("CustomerAccount", name="Filiale")
    document = "{ viewer { company { id } } customerAccounts { totalCount } }"

    own = await office.alice.answer(document, {})
    there = await office.alice.answer(
        document, {}, **{"Fiches-Company": f"company-{branch.company_id}"}
    )
    by_number = await office.alice.answer(
        document, {}, **{"Fiches-Company": str(branch.company_id)}
    )

    assert own["data"] == {
        "viewer": {"company": {"id": f"company-{office.alice.company_id}"}},
        "customerAccounts": {"totalCount": 3},
    }
    assert there["data"] == {
        "viewer": {"company": {"id": f"company-{branch.company_id}"}},
        "customerAccounts": {"totalCount": 1},
    }
    assert by_number["data"] == there["data"]


@pytest.mark.parametrize("company", ["theirs", "0", "-1", "x", "1.5", "9" * 30, "company-"])
async def test_a_company_that_is_not_the_viewer_s_is_not_there(
    client: Client, world: World, company: str
) -> None:
    other = await world.company()
    named = str(other.company_id) if company == "theirs" else company

    answer = await client.answer(
        "{ customerAccounts { totalCount } }", {}, **{"Fiches-Company": named}
    )

    assert [each["extensions"]["code"] for each in answer["errors"]] == ["NOT_FOUND"]


FIELDS = [
    "customerAccounts { nodes { id } }",
    "customerAccounts { totalCount }",
    "customerAccounts(first: 0) { totalCount }",
    'customerAccounts(after: "x") { totalCount }',
    'customerAccounts(filter: {id: {eq: "x"}}) { totalCount }',
    'customerAccount(id: "1") { id }',
    "customerAccount { id }",
    'customerAccount(number: "CLI-00001") { id }',
    'record(id: "1") { id }',
    'record(id: "x") { id }',
    'node(id: "x") { id }',
    'node(id: "user-1") { id }',
    'nodes(ids: ["x"]) { id }',
    "nodes(ids: []) { id }",
    "records { totalCount }",
    'records(modules: ["X"]) { totalCount }',
    "viewer { id }",
    'addComment(record: "1", body: "x") { errors { code } }',
    'deleteComment(id: "comment-1") { errors { code } }',
    'createCustomerAccount(input: {name: "x"}) { errors { code } }',
    'updateCustomerAccount(id: "1", input: {}) { errors { code } }',
    'deleteCustomerAccount(id: "x") { errors { code } }',
]


@pytest.mark.parametrize("field", FIELDS)
async def test_without_a_token_nothing_is_told(client: Client, field: str) -> None:
    client.headers = {}

    mutates = field.split("(")[0].rstrip(" {").startswith(("add", "create", "update", "delete"))
    refused = await client.refused(f"{'mutation' if mutates else 'query'} {{ {field} }}")

    assert [each["code"] for each in refused] == ["UNAUTHENTICATED"]
    assert client.statements == 0


async def test_without_a_token_the_schema_can_be_read(client: Client) -> None:
    client.headers = {}

    data = await client.ask("{ __schema { queryType { name } } __typename }")

    assert data == {"__schema": {"queryType": {"name": "Query"}}, "__typename": "Query"}


def tokens(client: Client) -> dict[str, str]:
    """Headers that prove nothing."""
    mine = client.headers["Authorization"]
    head, body, mac = mine.removeprefix("Bearer ").split(".")
    other = Tokens(b"another secret").issue(client.user_id)
    late = client.world.tokens.issue(client.user_id, timedelta(seconds=-1))
    return {
        "nothing": "Bearer ",
        "garbage": "Bearer garbage",
        "dots": "Bearer ..",
        "signs": "Bearer \u00e9\u00ff.%.=",
        "long": "Bearer " + "a." * 5000,
        "cut": mine[:-2],
        "unsigned": f"Bearer {head}.{body}.",
        "nameless": f"Bearer eyJhbGciOiJub25lIn0.{body}.",
        "altered": f"Bearer {head}.{body[::-1]}.{mac}",
        "foreign": f"Bearer {other}",
        "late": f"Bearer {late}",
        "basic": f"Basic {mine.removeprefix('Bearer ')}",
    }


async def test_a_token_that_proves_nothing_is_refused(client: Client) -> None:
    told = {}
    for kind, header in tokens(client).items():
        response = await client.http.post(
            "/graphql",
            json={"query": "{ customerAccounts { totalCount } }"},
            headers={b"Authorization": header.encode("latin-1")},
        )
        told[kind] = response.json()["errors"][0]["extensions"]["code"]

    assert told == dict.fromkeys(tokens(client), "UNAUTHENTICATED")


async def test_whoever_may_not_sign_in_any_more_is_nobody(client: Client) -> None:
    await client.world.database.pool.execute(
        "UPDATE app_user SET active = false WHERE id = $1", client.user_id
    )

    refused = await client.refused("{ customerAccounts { totalCount } }")

    assert [each["code"] for each in refused] == ["UNAUTHENTICATED"]


async def test_people_of_other_companies_are_nobody(client: Client) -> None:
    colleague, stranger = await client.colleague("Camille"), await client.world.company()
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { name } } }"
    both = [f"user-{each.user_id}" for each in (client, colleague, stranger)]

    seen = (await client.ask(query, ids=[*both, "system-0", "user-999999"]))["nodes"]
    elsewhere = (await stranger.ask(query, ids=both))["nodes"]

    assert [each and each.get("name") for each in seen[:3]] == ["Alice", "Camille", None]
    assert seen[3:] == [{}, None]
    assert elsewhere == [None, None, {"name": "Alice"}]
