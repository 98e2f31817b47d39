"""Counts of tabs: what the viewer sees, exact up to a thousand, in one statement for all tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import counting
from db.accounts import viewer_of
from db.counting import MOST, Count, counts, counts_statement
from db.reader import Reader
from db.suite import Tab
from tests import plans
from tests.client import Client, World
from tests.properties import examples, made, team


async def counted(client: Client, module: str, ids: list[int], *names: str) -> dict[Any, Count]:
    """The counts of a module's tabs, by their name and the record's id."""
    tabs = client.suite[module].tabs
    asked: Mapping[Tab, list[int]] = {tabs[name]: ids for name in names or tabs}
    viewer = await viewer_of(client.world.database, client.user_id, client.company_id)
    async with Reader(client.world.database, viewer) as reader:
        found = await counts(reader, asked)
        assert reader.statements == 1
    return {(tab.name, id): count for (tab, id), count in found.items()}


async def test_every_tab_of_every_module_is_counted_in_one_statement(client: Client) -> None:
    tabs = [tab for module in client.suite for tab in module.tabs.values()]
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    await made(client, "Contact", [{"last_name": "Martin", "account": account}] * 3)

    async with Reader(client.world.database, await client.viewer()) as reader:
        found = await counts(reader, {tab: [account] for tab in tabs})

        assert reader.statements == 1
    assert {tab.key: count.value for (tab, _), count in found.items() if count.value} == {
        "Contact.account": 3
    }


async def test_links_are_counted_from_either_end(client: Client) -> None:
    products = await made(client, "Product", [{"name": f"Four {i}"} for i in range(3)])
    deals = await made(
        client,
        "Deal",
        [
            {"name": "Un", "expected_close_on": "2026-03-31", "products": products},
            {"name": "Deux", "expected_close_on": "2026-03-31", "products": products[:1]},
        ],
    )

    forward = await counted(client, "Deal", deals, "products")
    backward = await counted(client, "Product", products, "deals")

    assert [each.value for each in forward.values()] == [3, 1]
    assert [each.value for each in backward.values()] == [2, 1, 1]


async def test_what_is_in_the_bin_is_not_counted(client: Client) -> None:
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    contacts = await made(client, "Contact", [{"last_name": "Martin", "account": account}] * 2)
    await client.act("delete", "Contact", str(contacts[0]))

    found = await counted(client, "CustomerAccount", [account], "contacts")

    assert [*found.values()] == [Count(1)]


async def test_lines_are_counted_with_the_document_they_stand_on(client: Client) -> None:
    colleague = await client.colleague()
    (product,) = await made(client, "Product", [{"name": "Four"}])
    await client.share("Product")
    account = await client.create("CustomerAccount", name="Dupont")
    lines = [{"lineKind": "ITEM", "label": "Four", "product": str(product)}] * 2
    await client.create(
        "Quote", account=account, subject="Un", validUntil="2026-03-31", lineItems=lines
    )

    seen = await counted(client, "Product", [product], "document_lines")
    hidden = await counted(colleague, "Product", [product], "document_lines")

    assert [*seen.values()] == [Count(2)]
    assert [*hidden.values()] == [Count(0)]


BULK = """
INSERT INTO contact (company_id, number, title, owner_id, created_by_id, updated_by_id, last_name,
    account_id)
SELECT $1, 'N' || $3::bigint || '-' || i, 'x', $2, $2, $2, 'x', $3
FROM generate_series(1, $4::int) i
"""


@dataclass(frozen=True)
class Crowd:
    """Accounts with very many, a thousand and few contacts; and products linked to many deals."""

    client: Client
    colleague: Client
    many: int
    thousand: int
    few: int
    product: int


@pytest.fixture(scope="module")
async def crowd(world: World, database_url: str) -> Crowd:
    client = await world.company()
    colleague = await client.colleague()
    many, thousand, few = await made(
        client, "CustomerAccount", [{"name": name} for name in ("many", "thousand", "few")]
    )
    (product,) = await made(client, "Product", [{"name": "Four"}])
    day = "2026-03-31"
    await made(
        client,
        "Deal",
        [
            {"name": "Un", "expected_close_on": day, "products": [product] if i < 2000 else []}
            for i in range(5000)
        ],
    )
    connection = await asyncpg.connect(database_url)
    for account, rows in ((many, 20_000), (thousand, MOST), (few, 3)):
        await connection.execute(BULK, client.company_id, client.user_id, account, rows)
    await connection.execute("ANALYZE contact, record, link, deal, customer_account")
    await connection.close()
    return Crowd(client, colleague, many, thousand, few, product)


async def test_more_than_a_thousand_are_said_to_be_more(crowd: Crowd) -> None:
    ids = [crowd.many, crowd.thousand, crowd.few]

    found = await counted(crowd.client, "CustomerAccount", ids, "contacts")

    assert [*found.values()] == [Count(1000, exact=False), Count(1000), Count(3)]


async def test_a_count_is_shown_in_the_viewers_language(crowd: Crowd) -> None:
    document = (
        f"{{ deletionImpact(id: {crowd.many}) {{ related {{ name count {{ value exact display }} "
        "} } }"
    )

    shown = {}
    for language in ("fr", "en"):
        answer = await crowd.client.answer(document, {}, **{"accept-language": language})
        (related,) = answer["data"]["deletionImpact"]["related"]
        shown[language] = related

    assert shown["en"] == {
        "name": "contacts",
        "count": {"value": 1000, "exact": False, "display": ">1,000"},
    }
    assert shown["fr"]["count"]["display"] == ">1\u202f000"


@pytest.mark.parametrize("who", ["client", "colleague"])
async def test_a_count_reads_no_more_than_it_says(crowd: Crowd, who: str) -> None:
    asking: Client = getattr(crowd, who)
    suite, database = asking.suite, asking.world.database
    tabs = (suite["CustomerAccount"].tabs["contacts"], suite["Product"].tabs["deals"])
    viewer = await asking.viewer()
    statement = counts_statement(tabs, viewer.scope)
    values = {"ids_0": [crowd.many, crowd.few], "ids_1": [crowd.product]}

    for plan in (plans.first, plans.kept):
        nodes = await plan(database, statement, viewer, values)

        assert not plans.scanned(nodes)
        if who == "client":
            most = MOST + 1
            assert plans.rows_read(nodes, "contact") <= most + 3
            assert plans.rows_read(nodes, "link") <= most
            assert plans.rows_read(nodes, "deal") <= most


@dataclass(frozen=True)
class Drawn:
    """A record drawn: whether it is in the bin, who owns it, and of which account it is."""

    deleted: bool
    owner: str
    account: int


drawn = st.builds(
    Drawn, st.booleans(), st.sampled_from(["alice", "camille", "team"]), st.integers(0, 2)
)


@examples(15)
@given(
    contacts=st.lists(drawn, max_size=12),
    links=st.sets(st.tuples(st.integers(0, 11), st.integers(0, 1)), max_size=15),
    shared=st.booleans(),
    administrator=st.booleans(),
)
async def test_counts_are_those_of_a_plain_model(
    world: World,
    contacts: list[Drawn],
    links: set[tuple[int, int]],
    shared: bool,
    administrator: bool,
) -> None:
    alice = await world.company()
    camille = await alice.colleague(administrator=administrator)
    owners = {
        "alice": alice.user_id,
        "camille": camille.user_id,
        "team": await team(alice, alice, camille),
    }
    if shared:
        await alice.share("Contact")
    accounts = await made(alice, "CustomerAccount", [{"name": "x"}] * 3)
    campaigns = await made(alice, "Campaign", [{"name": "x"}] * 2)
    ids = await made(
        alice,
        "Contact",
        [
            {
                "last_name": "x",
                "account": accounts[each.account],
                "owner": owners[each.owner],
                "campaigns": [campaigns[to] for at, to in sorted(links) if at == i],
            }
            for i, each in enumerate(contacts)
        ],
    )
    pool = world.database.pool
    gone = [id for id, each in zip(ids, contacts, strict=True) if each.deleted]
    await pool.execute("UPDATE contact SET deleted_at = now() WHERE id = ANY($1)", gone)

    of_accounts = await counted(camille, "CustomerAccount", accounts, "contacts")
    of_campaigns = await counted(camille, "Campaign", campaigns, "contacts")

    stranger = await world.company()
    elsewhere = await counted(stranger, "CustomerAccount", accounts, "contacts")
    assert {count.value for count in elsewhere.values()} == {0}

    def seen(each: Drawn) -> bool:
        return not each.deleted and (administrator or shared or each.owner != "alice")

    for i, account in enumerate(accounts):
        expected = sum(seen(each) for each in contacts if each.account == i)
        assert of_accounts["contacts", account] == Count(expected)
    for i, campaign in enumerate(campaigns):
        expected = sum(seen(each) for at, each in enumerate(contacts) if (at, i) in links)
        assert of_campaigns["contacts", campaign] == Count(expected)


async def test_nothing_asked_for_reads_nothing(client: Client) -> None:
    async with Reader(client.world.database, await client.viewer()) as reader:
        assert await counting.counts(reader, {}) == {}
        assert reader.statements == 0
