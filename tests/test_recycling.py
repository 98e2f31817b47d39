"""The recycle bin: its list, exact restoring, what deleting would do, and purging."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from graphql import parse, validate
from hypothesis import given
from hypothesis import strategies as st

from db import history, purging, reading, removing
from db.delivery import gone as gone_for
from db.listings import Bin
from db.paging import Slice
from db.purging import purge
from db.reader import Reader
from db.writing import Work
from graph.app import schema
from graph.schema import suite
from tests import plans
from tests.books import done, invoice, item
from tests.client import Client, World
from tests.conftest import ROOT
from tests.properties import examples, made
from tests.test_expenses import reported, spent

ENTRY = (
    "id number title module moduleLabel owner { name } deletedBy { name } deletedAt purgedOn "
    "viewerCan { restore } comments lineItems related { name module required count { value } }"
)
BIN = f"""
query ($modules: [String!], $search: String, $first: Int, $after: String, $last: Int,
    $before: String) {{
  recycleBin(modules: $modules, search: $search, first: $first, after: $after, last: $last,
      before: $before) {{
    totalCount nodes {{ {ENTRY} }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
  }}
}}
"""


async def binned(client: Client, **arguments: Any) -> list[str]:
    """The titles in the bin."""
    data = await client.ask(BIN, **arguments)
    assert data["recycleBin"]["totalCount"] >= len(data["recycleBin"]["nodes"])
    return [each["title"] for each in data["recycleBin"]["nodes"]]


async def deleted(client: Client, module: str, *ids: str) -> None:
    for id in ids:
        payload = await client.act("delete", module, id)
        assert not payload["errors"], payload


async def restored(client: Client, id: str, key: str | None = None) -> Any:
    data = await client.ask(
        "mutation ($id: ID!, $key: String) { restoreRecord(id: $id, idempotencyKey: $key) { "
        "record { id title version } change { operation } errors { path code message } } }",
        id=id,
        key=key,
    )
    return data["restoreRecord"]


async def test_a_deleted_record_is_listed_with_who_and_when(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.create("Contact", lastName="Martin", account=account)
    thread = await client.comment(account, "Bonjour")
    await client.comment(account, "Noté", parent=thread)
    await deleted(client, "CustomerAccount", account)

    (found,) = (await client.ask(BIN))["recycleBin"]["nodes"]

    at = datetime.fromisoformat(found.pop("deletedAt"))
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert found.pop("purgedOn") >= str((at + timedelta(days=30)).date())
    assert found == {
        "id": account,
        "number": "CLI-00001",
        "title": "Dupont",
        "module": "CustomerAccount",
        "moduleLabel": "Compte client",
        "owner": {"name": "Alice"},
        "deletedBy": {"name": "Alice"},
        "viewerCan": {"restore": True},
        "comments": 2,
        "lineItems": 0,
        "related": [
            {"name": "contacts", "module": "Contact", "required": False, "count": {"value": 1}}
        ],
    }


async def test_the_last_deletion_comes_first(client: Client) -> None:
    ids = [await client.create("CustomerAccount", name=name) for name in "abcd"]
    for i in (2, 0, 3):
        await deleted(client, "CustomerAccount", ids[i])

    first = (await client.ask(BIN, first=2))["recycleBin"]
    second = (await client.ask(BIN, first=2, after=first["pageInfo"]["endCursor"]))["recycleBin"]
    back = (await client.ask(BIN, last=2, before=second["pageInfo"]["startCursor"]))["recycleBin"]

    assert [each["title"] for each in first["nodes"]] == ["d", "a"]
    assert [each["title"] for each in second["nodes"]] == ["c"]
    assert first["totalCount"] == 3
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
    assert back["nodes"] == first["nodes"]


async def test_those_deleted_at_one_moment_are_paged_by_their_ids(client: Client) -> None:
    ids = await made(client, "CustomerAccount", [{"name": f"{i}"} for i in range(5)])
    await client.ask(
        "mutation ($ids: [ID!]!) { deleteCustomerAccounts(ids: $ids) { changed } }",
        ids=[str(id) for id in ids],
    )

    seen, after = [], None
    for _ in range(5):
        page = (await client.ask(BIN, first=1, after=after))["recycleBin"]
        seen += [int(each["id"]) for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]

    assert seen == sorted(ids, reverse=True)
    assert not page["pageInfo"]["hasNextPage"]


async def test_the_bin_is_searched_and_narrowed_to_modules(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Été")
    contact = await client.create("Contact", lastName="Étang")
    await deleted(client, "CustomerAccount", account)
    await deleted(client, "Contact", contact)

    assert await binned(client, search="et") == ["Étang", "Été"]
    assert await binned(client, search="cli-") == ["Été"]
    assert await binned(client, modules=["Contact"]) == ["Étang"]
    assert await binned(client, modules=[], search="et") == []
    (refused,) = await client.refused(BIN, modules=["Nothing"])
    assert refused["code"] == "BAD_USER_INPUT"


async def test_nobody_sees_the_bin_of_others(client: Client) -> None:
    colleague, stranger = await client.colleague(), await client.world.company()
    theirs = await colleague.create("CustomerAccount", name="Theirs")
    own = await client.create("CustomerAccount", name="Own")
    shared = await client.create("Campaign", name="Shared")
    await client.share("Campaign")
    for module, id in (
        ("CustomerAccount", theirs),
        ("CustomerAccount", own),
        ("Campaign", shared),
    ):
        await deleted(client, module, id)

    assert await binned(client) == ["Shared", "Own", "Theirs"]
    assert await binned(stranger) == []
    page = (await client.ask(BIN))["recycleBin"]
    hers = (await colleague.ask(BIN, first=2))["recycleBin"]
    assert [(each["title"], each["viewerCan"]["restore"]) for each in hers["nodes"]] == [
        ("Shared", False),
        ("Theirs", True),
    ]
    assert (hers["totalCount"], hers["pageInfo"]["hasNextPage"]) == (2, False)
    assert page["totalCount"] == 3
    for who, id in ((colleague, own), (stranger, own), (client, "9999999"), (client, "x")):
        payload = await restored(who, id)
        assert payload["record"] is None
        assert [each["code"] for each in payload["errors"]] == ["NOT_FOUND"]
    forbidden = await restored(colleague, shared)
    assert [each["code"] for each in forbidden["errors"]] == ["FORBIDDEN"]
    assert await binned(client) == ["Shared", "Own", "Theirs"]


async def test_a_deleted_draft_can_be_restored(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    draft = await invoice(client, account, item("10"))
    await deleted(client, "CustomerInvoice", draft)

    (found,) = (await client.ask(BIN))["recycleBin"]["nodes"]
    payload = await restored(client, draft)

    assert (found["viewerCan"], found["lineItems"]) == ({"restore": True}, 1)
    assert (payload["record"]["id"], payload["errors"]) == (draft, [])


async def test_a_record_of_any_module_is_restored_once(client: Client) -> None:
    contact = await client.create("Contact", lastName="Martin")
    await deleted(client, "Contact", contact)

    first = await restored(client, contact, "again")
    again = await restored(client, contact, "again")

    assert first == again
    assert first == {
        "record": {"id": contact, "title": "Martin", "version": 3},
        "change": {"operation": "RESTORED"},
        "errors": [],
    }
    assert await binned(client) == []
    live = await restored(client, contact)
    assert [each["code"] for each in live["errors"]] == ["NOT_FOUND"]


async def test_a_value_taken_meanwhile_stands_against_restoring(client: Client) -> None:
    contact = await client.create("Contact", lastName="Un", email="a@fiches.example")
    await deleted(client, "Contact", contact)
    await client.create("Contact", lastName="Deux", email="a@fiches.example")

    payload = await restored(client, contact)

    assert [(each["path"], each["code"]) for each in payload["errors"]] == [(["id"], "NOT_UNIQUE")]
    assert await binned(client) == ["Un"]


async def test_who_deleted_a_document_is_not_who_wrote_on_it_last(client: Client) -> None:
    colleague = await client.colleague(administrator=True)
    records = dict(await furnished(client))
    await deleted(client, "Quote", records["Quote"])
    await deleted(colleague, "SalesOrder", records["SalesOrder"])

    page = (await client.ask(BIN))["recycleBin"]["nodes"]

    assert [(each["module"], each["deletedBy"]["name"]) for each in page] == [
        ("SalesOrder", "Camille"),
        ("Quote", "Alice"),
    ]


DELETED = """
INSERT INTO customer_account (company_id, number, title, owner_id, created_by_id, updated_by_id,
    name, deleted_at)
SELECT $1, $2::bigint || 'D' || i, 'x', $2, $2, $2, 'x',
    CASE WHEN i % 2 = 0 THEN now() - i * interval '1 second' END
FROM generate_series(1, $3::int) i
"""


async def test_a_page_of_a_large_bin_reads_no_more_than_it_holds(
    client: Client, database_url: str
) -> None:
    colleague = await client.colleague()
    connection = await asyncpg.connect(database_url)
    await connection.execute(DELETED, client.company_id, client.user_id, 10_000)
    await connection.execute(DELETED, client.company_id, colleague.user_id, 20)
    await connection.execute("ANALYZE record")
    await connection.close()
    listing = Bin(client.suite.register)
    wanted = {**Slice(20).values, "modules": ["CustomerAccount", "Contact"]}

    for who in (client, colleague):
        viewer = await who.viewer()
        statement = reading.page_statement(listing, viewer.scope, Slice(20).shape)
        for plan in (plans.first, plans.kept):
            nodes = await plan(client.world.database, statement, viewer, wanted)

            assert not plans.scanned(nodes)
            if who is client:
                assert plans.rows_read(nodes, "record") <= 25


@pytest.mark.parametrize("count", [1, 50])
async def test_the_bin_takes_the_same_statements_however_much_is_in_it(
    client: Client, count: int
) -> None:
    modules = ("CustomerAccount", "Campaign", "Product", "Supplier")
    for module in modules:
        ids = await made(client, module, [{"name": f"{module} {i}"} for i in range(count)])
        await client.comment(str(ids[0]), "Bonjour")
        async with Work(client.world.database, await client.viewer()) as work:
            await work.delete_many(client.suite[module], ids)

    data = await client.ask(BIN, first=100)

    assert len(data["recycleBin"]["nodes"]) == min(100, 4 * count)
    # The page, its count, who deleted them, people, what stands in tabs, what hangs on them.
    assert client.statements == 6


# Exact restoring


async def everything(client: Client) -> dict[str, Any]:
    """What the tables hold of a company, but for versions and times of change."""
    pool = client.world.database.pool
    found: dict[str, Any] = {}
    written = ("version", "updated_at", "updated_by_id")
    for module in client.suite.modules:
        rows = await pool.fetch(
            f"SELECT * FROM {module.table.name} WHERE company_id = $1 ORDER BY id",
            client.company_id,
        )
        for row in rows:
            found[f"{module.name} {row['id']}"] = {k: v for k, v in row.items() if k not in written}
    own = "(SELECT id FROM record WHERE company_id = $1)"
    for table, column in (
        ("link", "from_id"),
        ("line_item", "document_id"),
        ("comment", "record_id"),
    ):
        rows = await pool.fetch(
            f"SELECT * FROM {table} WHERE {column} IN {own} ORDER BY 1, 2, 3", client.company_id
        )
        found[table] = [dict(row) for row in rows]
    register = await pool.fetch(
        "SELECT * FROM record WHERE company_id = $1 ORDER BY id", client.company_id
    )
    found["record"] = [{k: v for k, v in row.items() if k not in written} for row in register]
    return found


async def furnished(client: Client) -> list[tuple[str, str]]:
    """Records that refer to each other in every way there is: their modules and ids."""
    colleague = await client.colleague()
    campaign = await client.create("Campaign", name="Salon")
    parent = await client.create("CustomerAccount", name="Groupe", campaigns=[campaign])
    account = await client.create(
        "CustomerAccount",
        name="Dupont",
        campaigns=[campaign],
        owner=f"user-{colleague.user_id}",
        billingAddress={"street": "1 rue Haute", "city": "Lyon"},
    )
    contact = await client.create(
        "Contact", lastName="Martin", account=account, campaigns=[campaign], email="m@x.example"
    )
    product = await client.create("Product", name="Four", salePrice="10")
    deal = await client.create(
        "Deal",
        name="Fours",
        account=account,
        contact=contact,
        expectedCloseOn="2026-03-31",
        products=[product],
    )
    quote = await client.create(
        "Quote",
        account=account,
        deal=deal,
        subject="Fours",
        validUntil="2026-03-31",
        lineItems=[{"product": product, "quantity": "2"}, {"label": "Pose", "unitPrice": "5"}],
    )
    data = await client.ask(
        "mutation ($id: ID!) { convertQuoteToSalesOrder(id: $id) { salesOrder { id } "
        "errors { message } } }",
        id=quote,
    )
    order = data["convertQuoteToSalesOrder"]["salesOrder"]["id"]
    for id in (account, quote):
        thread = await client.comment(id, "Bonjour")
        await client.comment(id, "Noté", parent=thread)
    return [
        ("Campaign", campaign),
        ("CustomerAccount", parent),
        ("CustomerAccount", account),
        ("Contact", contact),
        ("Product", product),
        ("Deal", deal),
        ("Quote", quote),
        ("SalesOrder", order),
    ]


@examples(6)
@given(data=st.data())
async def test_restored_in_any_order_records_are_as_they_were(
    world: World, data: st.DataObject
) -> None:
    client = await world.company()
    records = await furnished(client)
    before = await everything(client)
    gone = data.draw(st.lists(st.sampled_from(records), unique=True, min_size=1))

    for module, id in gone:
        await deleted(client, module, id)
    titles = {str(each["id"]): each["title"] for each in before["record"]}
    assert await binned(client) == [titles[id] for _, id in reversed(gone)]
    for _, id in data.draw(st.permutations(gone)):
        payload = await restored(client, id)
        assert not payload["errors"], payload

    assert await everything(client) == before


# What deleting would do

IMPACT = """
query ($id: ID!) { deletionImpact(id: $id) {
  canDelete errors { path code message } comments lineItems
  related { name label module required count { value exact display } } } }
"""


async def impact(client: Client, id: str) -> Any:
    return (await client.ask(IMPACT, id=id))["deletionImpact"]


async def test_what_deleting_would_leave_behind_is_told(client: Client) -> None:
    colleague = await client.colleague()
    records = dict(await furnished(client))
    await colleague.create("Supplier", name="Ailleurs")
    before = await everything(client)

    found = await impact(client, records["CustomerAccount"])
    quote = await impact(client, records["Quote"])

    assert (found["canDelete"], found["errors"], found["comments"]) == (True, [], 2)
    assert [
        (each["name"], each["required"], each["count"]["value"]) for each in found["related"]
    ] == [
        ("campaigns", False, 1),
        ("contacts", False, 1),
        ("quotes", True, 1),
        ("salesOrders", True, 1),
        ("deals", False, 1),
    ]
    assert found["related"][1] == {
        "name": "contacts",
        "label": "Contacts",
        "module": "Contact",
        "required": False,
        "count": {"value": 1, "exact": True, "display": "1"},
    }
    assert (quote["lineItems"], quote["comments"]) == (2, 2)
    assert await everything(client) == before


async def test_what_one_may_not_see_has_no_impact_and_is_not_counted(client: Client) -> None:
    colleague, stranger = await client.colleague(), await client.world.company()
    account = await client.create("CustomerAccount", name="Dupont")
    await client.create("Contact", lastName="Martin", account=account)
    await client.share("CustomerAccount")
    quote = dict(await furnished(client))["Quote"]

    hers = await impact(colleague, account)

    assert (hers["canDelete"], hers["related"]) == (False, [])
    for who, id in ((stranger, account), (colleague, quote), (client, "0"), (client, "x")):
        assert await impact(who, id) is None
    await deleted(client, "CustomerAccount", account)
    assert await impact(client, account) is None


async def test_the_impact_says_what_deleting_answers_and_rights_agree(client: Client) -> None:
    colleague = await client.colleague()
    await client.share("CustomerAccount")
    account = await client.create("CustomerAccount", name="Dupont")
    draft, sent = [await invoice(client, account, item("10")) for _ in range(2)]
    open_one, converted = [await client.create("Prospect", lastName=name) for name in "ab"]
    pool = client.world.database.pool
    await pool.execute("UPDATE customer_invoice SET status = 'sent' WHERE id = $1", int(sent))
    await pool.execute("UPDATE prospect SET status = 'converted' WHERE id = $1", int(converted))
    (journal,) = await made(
        client, "Journal", [{"code": "VE", "name": "Ventes", "journal_type": "sales"}]
    )
    cases = [
        (colleague, "CustomerAccount", account, ["FORBIDDEN"]),
        (client, "CustomerInvoice", draft, []),
        (client, "CustomerInvoice", sent, ["LOCKED"]),
        (client, "Prospect", open_one, []),
        (client, "Prospect", converted, ["LOCKED"]),
        (client, "CustomerAccount", account, []),
        (client, "Journal", str(journal), []),
    ]
    for who, module, id, codes in cases:
        one = module[0].lower() + module[1:]

        found = await impact(who, id)
        can = "viewerCan { edit delete comment }"
        data = await who.ask(
            f"query ($id: ID!) {{ record(id: $id) {{ {can} }} {one}(id: $id) {{ {can} }} }}", id=id
        )

        assert [each["code"] for each in found["errors"]] == codes
        assert found["canDelete"] is not bool(codes)
        rights = {"edit": not codes, "delete": not codes, "comment": True}
        assert data["record"]["viewerCan"] == data[one]["viewerCan"] == rights
        if codes:
            assert (await who.act("delete", module, id))["errors"] == found["errors"]
    for who, module, id, codes in cases:
        assert [each["code"] for each in (await who.act("delete", module, id))["errors"]] == codes


async def test_a_line_of_a_report_handed_in_has_what_deleting_it_answers(client: Client) -> None:
    report = await reported(client)
    line = await spent(client, report, "22")
    before = await impact(client, line)
    await done(client, "submit", "ExpenseReport", report)

    after = await impact(client, line)

    assert before["canDelete"]
    assert [each["code"] for each in after["errors"]] == ["LOCKED"]
    assert (await client.act("delete", "ExpenseLine", line))["errors"] == after["errors"]


@pytest.mark.parametrize("count", [1, 50])
async def test_rights_take_the_same_statements_however_many_records(
    client: Client, count: int
) -> None:
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    days = {"issued_on": "2026-03-01", "due_on": "2026-03-31"}
    await made(client, "CustomerInvoice", [{"account": account, "subject": "x", **days}] * count)
    await made(client, "Prospect", [{"last_name": "x"}] * count)

    taken = []
    for listed in ("records", "customerInvoices"):
        await client.ask(f"{{ {listed}(first: 100) {{ nodes {{ viewerCan {{ edit }} }} }} }}")
        taken.append(client.statements)

    assert taken == [2, 1]


# Purging


async def aged(client: Client, *records: tuple[str, str], days: int = 31) -> None:
    """Delete records, so many days ago."""
    for module, id in records:
        await deleted(client, module, id)
        await client.world.database.pool.execute(
            f"UPDATE {client.suite[module].table.name} SET deleted_at = now() - $2 * "
            "interval '1 day' WHERE id = $1",
            int(id),
            days,
        )


async def left(client: Client, *records: tuple[str, str]) -> list[bool]:
    """Whether records are there, live or in the bin; the register must say the same."""
    found = []
    for module, id in records:
        table = client.suite[module].table.name
        pool = client.world.database.pool
        there = await pool.fetchval(f"SELECT true FROM {table} WHERE id = $1", int(id))
        purged = await pool.fetchval("SELECT purged_at FROM record WHERE id = $1", int(id))
        assert bool(there) is (purged is None)
        found.append(bool(there))
    return found


async def test_what_was_deleted_long_ago_goes_but_for_its_history(client: Client) -> None:
    records = dict(await furnished(client))
    quote, order = ("Quote", records["Quote"]), ("SalesOrder", records["SalesOrder"])
    await aged(client, quote, order)
    kept = await everything(client)
    pool = client.world.database.pool
    entries = await pool.fetchval("SELECT count(*) FROM change WHERE record_id = $1", int(quote[1]))

    report = await purge(client.world.database, 30)

    assert report.purged >= 2
    assert await left(client, quote, order) == [False, False]
    now = await everything(client)
    mine = {int(quote[1]), int(order[1])}
    assert now["link"] == kept["link"]
    assert now["line_item"] == []
    assert now["comment"] == [each for each in kept["comment"] if each["record_id"] not in mine]
    assert now["comment"] != kept["comment"]
    same = [name for name in kept if name not in ("line_item", "comment", "record")]
    gone = {f"Quote {quote[1]}", f"SalesOrder {order[1]}"}
    assert {name: now.get(name) for name in same} == {
        name: None if name in gone else kept[name] for name in same
    }
    changes = await pool.fetch(
        "SELECT * FROM change WHERE record_id = $1 ORDER BY id", int(quote[1])
    )
    assert len(changes) == entries + 1
    last = changes[-1]
    assert (last["operation"], last["origin"], last["actor_id"]) == ("PURGED", "SYSTEM", 0)
    events = await pool.fetch("SELECT kind FROM outbox WHERE change_id = $1", last["id"])
    assert [each["kind"] for each in events] == ["PURGED"]
    assert await binned(client) == []
    assert (await restored(client, quote[1]))["errors"][0]["code"] == "NOT_FOUND"
    payload = await client.act("restore", *quote)
    assert [each["code"] for each in payload["errors"]] == ["NOT_FOUND"]
    async with Reader(client.world.database, await client.viewer()) as reader:
        assert await gone_for(reader, int(quote[1]))


async def test_what_was_deleted_lately_stays(client: Client) -> None:
    contact = ("Contact", await client.create("Contact", lastName="Martin"))
    await aged(client, contact, days=29)

    await purge(client.world.database, 30)

    assert await left(client, contact) == [True]
    assert await binned(client) == ["Martin"]


async def test_what_is_pointed_at_waits(client: Client) -> None:
    account = ("CustomerAccount", await client.create("CustomerAccount", name="Dupont"))
    contact = ("Contact", await client.create("Contact", lastName="M", account=account[1]))
    await aged(client, account)

    await purge(client.world.database, 30)
    by_a_live_one = await left(client, account, contact)
    await deleted(client, *contact)
    await purge(client.world.database, 30)
    by_one_in_the_bin = await left(client, account, contact)
    await restored(client, contact[1])
    await aged(client, contact)
    await purge(client.world.database, 30)

    assert by_a_live_one == by_one_in_the_bin == [True, True]
    assert await left(client, account, contact) == [False, False]


async def test_a_line_and_what_was_made_of_it_keep_what_they_point_at(client: Client) -> None:
    records = dict(await furnished(client))
    product, quote, order, deal = (
        (module, records[module]) for module in ("Product", "Quote", "SalesOrder", "Deal")
    )
    await aged(client, product, quote, deal)
    await purge(client.world.database, 30)
    waiting = await left(client, product, quote, deal)
    await aged(client, order)

    await purge(client.world.database, 30)

    assert waiting == [True, True, True]
    assert await left(client, product, quote, order, deal) == [False] * 4


async def test_links_that_go_are_told_where_they_were_declared(client: Client) -> None:
    kept, gone = [await client.create("Campaign", name=name) for name in ("Salon", "Foire")]
    account = await client.create("CustomerAccount", name="Dupont", campaigns=[kept, gone])
    await aged(client, ("Campaign", gone))

    await purge(client.world.database, 30)

    data = await client.ask(
        "query ($id: ID!) { customerAccount(id: $id) { version updatedBy { name } "
        "campaigns { nodes { id } } history(first: 1) { nodes { operation origin version actor "
        "{ __typename } fields { name before after beforeDisplay afterDisplay } } } } }",
        id=account,
    )
    assert data["customerAccount"] == {
        "version": 2,
        "updatedBy": {"name": "Fiches"},
        "campaigns": {"nodes": [{"id": kept}]},
        "history": {
            "nodes": [
                {
                    "operation": "UPDATED",
                    "origin": "SYSTEM",
                    "version": 2,
                    "actor": {"__typename": "System"},
                    "fields": [
                        {
                            "name": "campaigns",
                            "before": [kept, gone],
                            "after": [kept],
                            "beforeDisplay": "Salon, Foire",
                            "afterDisplay": "Salon",
                        }
                    ],
                }
            ]
        },
    }


async def test_a_document_of_the_books_never_goes(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    draft, sent = [("CustomerInvoice", await invoice(client, account, item("9"))) for _ in "ab"]
    await aged(client, draft, sent)
    await client.world.database.pool.execute(
        "UPDATE customer_invoice SET status = 'sent' WHERE id = $1", int(sent[1])
    )

    await purge(client.world.database, 30)

    assert await left(client, draft, sent) == [False, True]


async def test_one_process_purges_at_a_time(client: Client, database_url: str) -> None:
    contact = ("Contact", await client.create("Contact", lastName="Martin"))
    await aged(client, contact)
    other = await asyncpg.connect(database_url)
    await other.execute("SELECT pg_advisory_lock($1)", purging.LOCK)

    busy = await purge(client.world.database, 30)
    still = await left(client, contact)
    await other.close()
    free = await purge(client.world.database, 30)

    assert (busy.busy, busy.purged, still) == (True, 0, [True])
    assert (free.busy, await left(client, contact)) == (False, [False])


async def test_what_somebody_holds_is_purged_later(client: Client, database_url: str) -> None:
    first, second = [("Contact", await client.create("Contact", lastName=name)) for name in "ab"]
    await aged(client, first, second)
    other = await asyncpg.connect(database_url)
    transaction = other.transaction()
    await transaction.start()
    await other.execute("SELECT FROM contact WHERE id = $1 FOR UPDATE", int(first[1]))

    await purge(client.world.database, 30)
    held = await left(client, first, second)
    await transaction.rollback()
    await other.close()
    await purge(client.world.database, 30)

    assert held == [True, False]
    assert await left(client, first, second) == [False, False]


async def test_a_process_that_serves_purges_by_itself(client: Client) -> None:
    contact = ("Contact", await client.create("Contact", lastName="Martin"))
    await aged(client, contact)

    async with purging.purging(client.world.database, 30, every=0.01):
        for _ in range(500):
            if not await binned(client):
                break
            await asyncio.sleep(0.02)

    assert await left(client, contact) == [False]


@dataclass(frozen=True)
class Someone:
    """A person drawn: how they are, and whose place among the others their manager's is."""

    state: str
    manager: int | None


people = st.lists(
    st.builds(
        Someone,
        st.sampled_from(["live", "late", "old", "old", "old"]),
        st.none() | st.integers(0, 9),
    ),
    min_size=1,
    max_size=10,
)


@examples(25)
@given(drawn=people, size=st.sampled_from([1, 2, 3, 1000]))
async def test_what_goes_is_what_a_plain_model_lets_go(
    world: World, drawn: list[Someone], size: int
) -> None:
    client = await world.company()
    ids = await made(
        client, "Person", [{"first_name": "x", "last_name": f"{i}"} for i, _ in enumerate(drawn)]
    )
    pool, managers = world.database.pool, {}
    days = {"live": None, "late": 3, "old": 40}
    for i, each in enumerate(drawn):
        if each.manager is not None and each.manager < len(drawn):
            managers[i] = each.manager
        await pool.execute(
            "UPDATE person SET manager_id = $2, deleted_at = now() - $3 * interval '1 day' "
            "WHERE id = $1",
            ids[i],
            ids[managers[i]] if i in managers else None,
            days[each.state],
        )

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(purging, "BATCH", size)
        await purge(world.database, 30)

    going = {i for i, each in enumerate(drawn) if each.state == "old"}
    while True:
        stay = {managers[i] for i in managers if i not in going} & going
        if not stay:
            break
        going -= stay
    there = {row["id"] for row in await pool.fetch("SELECT id FROM person WHERE id = ANY($1)", ids)}
    assert there == {id for i, id in enumerate(ids) if i not in going}


async def ring(client: Client, size: int) -> list[int]:
    """People each of whom is managed by the next, deleted long ago, one a day."""
    people = [{"first_name": "x", "last_name": f"{i}"} for i in range(size)]
    ids = await made(client, "Person", people)
    await client.world.database.pool.executemany(
        "UPDATE person SET manager_id = $2, deleted_at = now() - $3 * interval '1 day' "
        "WHERE id = $1",
        [(id, ids[(i + 1) % size], 90 - i) for i, id in enumerate(ids)],
    )
    return ids


async def test_rings_go_a_few_at_a_time_where_they_are_many(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    rings = [await ring(client, 3) for _ in range(6)] + [await ring(client, 9)]
    monkeypatch.setattr(purging, "BATCH", 6)
    monkeypatch.setattr(purging, "MOST", 7)

    await purge(client.world.database, 30)

    there = [await left(client, *(("Person", str(id)) for id in ids)) for ids in rings]
    assert there == [[False] * 3] * 6 + [[True] * 9]
    monkeypatch.undo()
    await purge(client.world.database, 30)
    assert not any(await left(client, *(("Person", str(id)) for id in rings[-1])))


async def test_what_stops_a_purge_leaves_no_batch_half_done(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [("Contact", await client.create("Contact", lastName=f"{i}")) for i in range(5)]
    for i, each in enumerate(ids):
        await client.comment(each[1], "Bonjour")
        await aged(client, each, days=90 - i)
    batches: list[Any] = []

    async def append(connection: Any, actor: int, origin: Any, entries: Any) -> Any:
        if len(batches) == 1:
            raise asyncpg.InterfaceError("connection is closed")
        batches.append(entries)
        return await history.append(connection, actor, origin, entries)

    monkeypatch.setattr(purging, "BATCH", 2)
    monkeypatch.setattr(removing, "append", append)
    with pytest.raises(asyncpg.InterfaceError):
        await purge(client.world.database, 30)
    stopped = await left(client, *ids)
    monkeypatch.undo()
    report = await purge(client.world.database, 30)

    assert stopped == [False, False, True, True, True]
    assert report.purged >= 3
    assert await left(client, *ids) == [False] * 5
    told = await client.world.database.pool.fetch(
        "SELECT record_id FROM change WHERE operation = 'PURGED' AND record_id = ANY($1)",
        [int(id) for _, id in ids],
    )
    assert sorted(each["record_id"] for each in told) == [int(id) for _, id in ids]


async def test_who_restores_while_it_is_purged_gets_all_of_it_or_nothing(client: Client) -> None:
    for _ in range(10):
        contact = await client.create("Contact", lastName="Martin")
        await client.comment(contact, "Bonjour")
        await aged(client, ("Contact", contact))

        payload, _report = await asyncio.gather(
            restored(client, contact), purge(client.world.database, 30)
        )

        there = await left(client, ("Contact", contact))
        assert there == [not payload["errors"]]
        if payload["errors"]:
            assert payload["errors"][0]["code"] == "NOT_FOUND"
        else:
            assert await client.comments(contact) == ["Bonjour"]


def test_the_documents_of_the_page_are_valid() -> None:
    page = (ROOT / "docs" / "recycling.md").read_text()
    documents = re.findall(r"```graphql\n(.*?)```", page, re.DOTALL)

    assert len(documents) == 3
    for document in documents:
        assert validate(schema(suite())._schema, parse(document)) == []
