"""The recycle bin: its list, exact restoring, and what deleting would do."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from graphql import parse, validate
from hypothesis import given
from hypothesis import strategies as st

from db import reading
from db.listings import Bin
from db.paging import Slice
from db.writing import Work
from graph.app import schema
from graph.schema import suite
from tests import plans
from tests.bins import BIN, binned, deleted, everything, furnished, restored
from tests.books import done, invoice, item
from tests.client import Client, World
from tests.conftest import ROOT
from tests.properties import examples, made
from tests.test_expenses import reported, spent


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


def test_the_documents_of_the_page_are_valid() -> None:
    page = (ROOT / "docs" / "recycling.md").read_text()
    documents = re.findall(r"```graphql\n(.*?)```", page, re.DOTALL)

    assert len(documents) == 3
    for document in documents:
        assert validate(schema(suite())._schema, parse(document)) == []
