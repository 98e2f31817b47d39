"""Searching by how titles and numbers start: for pickers, and answered by an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from db import conditions, reading
from db.listings import Listing, Records, Register
from db.paging import Slice
from tests import plans
from tests.client import Client, World
from tests.properties import made


async def found(client: Client, search: str | None, **arguments: Any) -> list[str]:
    data = await client.ask(
        "query ($search: String) { customerAccounts(search: $search, orderBy: [{id: ASC}]) "
        "{ totalCount nodes { name } } }",
        search=search,
    )
    names = [node["name"] for node in data["customerAccounts"]["nodes"]]
    assert data["customerAccounts"]["totalCount"] == len(names)
    return names


NAMES = ["Éclair", "ECLIPSE", "Le Cœur", "l’Étoile", "100% Bio", "Dépôt_1", "Decision"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("ecl", ["Éclair", "ECLIPSE"]),
        ("ÉCL", ["Éclair", "ECLIPSE"]),
        ("  éclair ", ["Éclair"]),
        ("le coe", ["Le Cœur"]),
        ("LE CŒ", ["Le Cœur"]),
        ("L'eto", ["l’Étoile"]),
        ("coeur", []),
        ("100%", ["100% Bio"]),
        ("%", []),
        ("depot_", ["Dépôt_1"]),
        ("de", ["Dépôt_1", "Decision"]),
        ("CLI-00002", ["ECLIPSE"]),
        ("cli-0000", NAMES),
        ("\U0010ffff", []),
        ("zzz", []),
        ("", NAMES),
        ("   ", NAMES),
        (None, NAMES),
    ],
)
async def test_titles_and_numbers_are_found_by_how_they_start(
    client: Client, search: str | None, expected: list[str]
) -> None:
    await made(client, "CustomerAccount", [{"name": name} for name in NAMES])

    names = await found(client, search)

    assert names == expected


@pytest.mark.parametrize("search", ["a\0", "x" * 501])
@pytest.mark.parametrize("field", ["records", "customerAccounts"])
async def test_what_no_title_can_start_with_is_refused(
    client: Client, field: str, search: str
) -> None:
    refused = await client.refused(
        f"query ($search: String) {{ {field}(search: $search) {{ totalCount }} }}", search=search
    )

    assert [each["code"] for each in refused] == ["BAD_USER_INPUT"]


async def test_records_of_all_modules_are_searched_or_of_some(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Écrou SARL")
    product = await client.create("Product", name="Écrou M6")
    await client.create("Service", name="Pose d’écrou")
    document = (
        "query ($search: String, $modules: [String!]) { records(search: $search, "
        "modules: $modules) { totalCount nodes { id } } }"
    )

    seen = [
        await client.ask(document, search="ecrou", modules=modules)
        for modules in (None, ["Product"], ["Product", "CustomerAccount"], ["Service"], [])
    ]

    expected = [[product, account], [product], [product, account], [], []]
    assert [each["records"] for each in seen] == [
        {"totalCount": len(ids), "nodes": [{"id": id} for id in ids]} for ids in expected
    ]


async def test_a_module_that_is_none_is_refused_by_name(client: Client) -> None:
    refused = await client.refused('{ records(modules: ["Facture"]) { totalCount } }')

    assert [each["code"] for each in refused] == ["BAD_USER_INPUT"]
    assert "CustomerInvoice" in refused[0]["message"]


async def test_a_search_goes_with_filter_order_and_cursors(client: Client) -> None:
    await made(
        client,
        "CustomerAccount",
        [{"name": f"Client {letter}", "industry": "retail"} for letter in "cabd"],
    )
    await made(client, "CustomerAccount", [{"name": "Client e"}, {"name": "Autre"}])
    document = (
        'query ($after: String) { customerAccounts(search: "client", first: 3, after: $after, '
        "filter: {industry: {isNull: false}}, orderBy: [{name: DESC}]) { nodes { name } "
        "pageInfo { endCursor } } }"
    )

    first = (await client.ask(document))["customerAccounts"]
    second = await client.ask(document, after=first["pageInfo"]["endCursor"])

    assert [node["name"][-1] for node in first["nodes"]] == ["d", "c", "b"]
    assert [node["name"][-1] for node in second["customerAccounts"]["nodes"]] == ["a"]


ROWS = 10_000

BULK = """
INSERT INTO customer_account (company_id, number, title, owner_id, created_by_id, updated_by_id,
    name)
SELECT $1, $2 || i, md5(i::text), $3, $3, $3, md5(i::text) FROM generate_series(1, $4::int) i
"""


@dataclass(frozen=True)
class Crowd:
    """A company of many accounts with scattered names, and someone who owns a few of them."""

    client: Client
    colleague: Client


@pytest.fixture(scope="module")
async def crowd(world: World, database_url: str) -> Crowd:
    client = await world.company()
    colleague = await client.colleague()
    connection = await asyncpg.connect(database_url)  # which takes its time
    await connection.execute(BULK, client.company_id, "N", client.user_id, ROWS)
    await connection.execute(BULK, client.company_id, "M", colleague.user_id, 20)
    await connection.execute("ANALYZE customer_account, record")
    await connection.close()
    return Crowd(client, colleague)


def listings(client: Client) -> dict[str, tuple[Listing, dict[str, Any]]]:
    module = client.suite["CustomerAccount"]
    prefix = conditions.parse(module, {"name": {"starts_with": "ABC"}})
    search = {"search": "abc"}
    return {
        "search": (Records(module, search=True), search),
        "starts_with": (Records(module, shape=prefix.shape), dict(prefix.values)),
        "records": (Register(client.suite.register, search=True), search),
    }


@pytest.mark.parametrize("who", ["client", "colleague"])
@pytest.mark.parametrize("what", ["search", "starts_with", "records"])
async def test_a_search_reads_what_it_finds(crowd: Crowd, what: str, who: str) -> None:
    asking: Client = getattr(crowd, who)
    listing, values = listings(asking)[what]
    viewer = await asking.viewer()
    statement = reading.page_statement(listing, viewer.scope, Slice(20).shape)

    wanted = {**Slice(20).values, **values}
    ran = [
        await plan(asking.world.database, statement, viewer, wanted)
        for plan in (plans.first, plans.kept)
    ]

    for nodes in ran:
        assert not plans.scanned(nodes)
        assert plans.rows_read(nodes, "customer_account", "record") <= 30
