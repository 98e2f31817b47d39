"""The demo company: whatever is told of it hangs together, in every application.

What is asserted is how records fit one another, never how many there are.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from pydantic import SecretStr

from db import demo
from db.accounts import user_id_of
from db.demo.cast import PASSWORD
from db.demo.customers import HEADLINE
from db.demo.settlement import SALE_LATE
from db.embedded import Embedded
from db.settings import Settings
from tests.client import Client, World
from tests.conftest import SECRET, fresh_database, served

NOTE = "Rappeler le comptable avant le 15"

CONTENTS = """
SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM change),
    (SELECT count(*) FROM comment), (SELECT count(*) FROM principal)
"""
TITLES = "SELECT module, number, title FROM record WHERE number !~ '-PROV-' ORDER BY id"
DRAFTS = "SELECT module, title FROM record WHERE number ~ '-PROV-' ORDER BY id"


@pytest.fixture
async def books(demo_url: str) -> AsyncIterator[Any]:
    """The database of the demo, to be asked in SQL."""
    connection = await asyncpg.connect(demo_url)
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
async def office(demo_url: str) -> AsyncIterator[World]:
    """The service of the demo company."""
    async with served(demo_url) as world:
        yield world


async def colleague(office: World, part: str) -> Client:
    """Someone of the demo's cast, signed in."""
    row = await office.database.pool.fetchrow(
        "SELECT id, company_id FROM app_user WHERE email = $1", f"{part}@fiches.example"
    )
    return Client(office.http, office, row["id"], row["company_id"])


def own(name: str) -> str:
    """The name of a database that this process alone uses."""
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


async def told(url: str) -> None:
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET))
    await demo.load(url, settings, lambda *_: None)


async def test_every_module_has_records(books: Any, office: World) -> None:
    found = {row["module"] for row in await books.fetch("SELECT DISTINCT module FROM record")}

    assert {module.name for module in office.database.suite.modules} - found == set()


async def test_each_set_of_entries_balances(books: Any) -> None:
    lame = await books.fetch(
        "SELECT entry_number FROM accounting_entry GROUP BY entry_number"
        " HAVING sum(debit) <> sum(credit) OR count(*) < 2"
    )

    assert lame == []


async def test_entry_numbers_have_no_gap_in_any_journal(books: Any) -> None:
    rows = await books.fetch(
        "SELECT DISTINCT split_part(entry_number, '-', 1) AS journal, entry_number"
        " FROM accounting_entry ORDER BY 1, 2"
    )
    numbers: dict[str, list[int]] = {}
    for row in rows:
        numbers.setdefault(row["journal"], []).append(int(row["entry_number"][-5:]))

    assert numbers == {journal: [*range(1, len(own) + 1)] for journal, own in numbers.items()}


@pytest.mark.parametrize("document", ["customer_invoice", "supplier_invoice"])
async def test_a_validated_invoice_charges_its_total_to_the_party(
    books: Any, document: str
) -> None:
    unposted = await books.fetch(
        f"SELECT number FROM {document} d WHERE status <> 'draft' AND total_incl_tax <> ("
        " SELECT coalesce(sum(abs(debit - credit)), 0) FROM accounting_entry e"
        f" WHERE e.{document}_id = d.id AND num_nonnulls(account_id, supplier_id) = 1)"
    )

    assert unposted == []


@pytest.mark.parametrize("document", ["customer_invoice", "supplier_invoice"])
async def test_what_is_paid_of_an_invoice_is_what_is_allocated_to_it(
    books: Any, document: str
) -> None:
    allocations = document.replace("invoice", "payment_allocation")

    wrong = await books.fetch(
        "SELECT number, status, balance_due, paid FROM ("
        f" SELECT d.*, (SELECT coalesce(sum(amount), 0) FROM {allocations} WHERE invoice_id = d.id)"
        f" AS paid FROM {document} d) d"
        " WHERE status <> 'draft' AND (balance_due <> total_incl_tax - paid OR amount_paid <> paid"
        " OR (status = 'paid') <> (balance_due = 0)"
        " OR (status = 'partially_paid') <> (paid > 0 AND balance_due > 0))"
    )

    assert wrong == []


async def test_there_are_invoices_of_every_fate(books: Any) -> None:
    rows = await books.fetch(
        "SELECT DISTINCT CASE WHEN status = 'validated' AND due_on < '2026-11-20' THEN 'late'"
        " ELSE status END AS fate FROM customer_invoice"
    )

    assert {row["fate"] for row in rows} == {
        "draft",
        "validated",
        "late",
        "partially_paid",
        "paid",
    }


@pytest.mark.parametrize(
    ("party", "invoice", "note", "payment"),
    [
        ("customer_account", "customer_invoice", "customer_credit_note", "customer_payment"),
        ("supplier", "supplier_invoice", "supplier_credit_note", "supplier_payment"),
    ],
)
async def test_a_party_owes_what_its_documents_have_left(
    books: Any, party: str, invoice: str, note: str, payment: str
) -> None:
    key = "account_id" if party == "customer_account" else "supplier_id"

    wrong = await books.fetch(
        f"""
        SELECT number, balance_due FROM {party} p WHERE coalesce(balance_due, 0) <>
            (SELECT coalesce(sum(balance_due), 0) FROM {invoice}
             WHERE {key} = p.id AND status <> 'draft')
            - (SELECT coalesce(sum(balance), 0) FROM {note}
               WHERE {key} = p.id AND status <> 'draft')
            - (SELECT coalesce(sum(unallocated_amount), 0) FROM {payment}
               WHERE {key} = p.id AND status <> 'draft')
        """
    )

    assert wrong == []


async def test_the_ledger_holds_what_the_bank_says(books: Any) -> None:
    ledger = await books.fetchval(
        "SELECT balance FROM ledger_account WHERE account_number = '512000'"
    )
    closing = await books.fetch(
        "SELECT opening_balance, closing_balance,"
        " (SELECT sum(amount) FROM bank_transaction t WHERE t.bank_statement_id = s.id) AS moved"
        " FROM bank_statement s ORDER BY ends_on"
    )

    assert ledger == closing[-1]["closing_balance"]
    assert [row["opening_balance"] + row["moved"] for row in closing] == [
        row["closing_balance"] for row in closing
    ]
    assert [row["closing_balance"] for row in closing[:-1]] == [
        row["opening_balance"] for row in closing[1:]
    ]


async def test_the_company_is_never_without_money(books: Any) -> None:
    assert await books.fetchval("SELECT min(closing_balance) FROM bank_statement") > 0


async def test_an_order_has_the_account_the_deal_and_the_lines_of_its_quote(books: Any) -> None:
    wrong = await books.fetch(
        """
        SELECT o.number FROM sales_order o JOIN quote q ON q.id = o.quote_id
        WHERE o.account_id <> q.account_id OR o.deal_id <> q.deal_id OR q.status <> 'accepted'
            OR o.total_incl_tax <> q.total_incl_tax OR EXISTS (
                SELECT FROM line_item l LEFT JOIN line_item s ON s.id = l.source_line_id
                WHERE l.document_id = o.id AND s.document_id IS DISTINCT FROM q.id)
        """
    )

    assert wrong == []


async def test_a_deal_that_is_won_has_an_order_and_one_that_is_lost_has_none(books: Any) -> None:
    wrong = await books.fetch(
        "SELECT name, stage FROM deal d WHERE (stage = 'closed_won') <>"
        " EXISTS (SELECT FROM sales_order o WHERE o.deal_id = d.id)"
    )

    assert wrong == []


async def test_an_order_that_is_completed_is_invoiced_and_delivered_whole(books: Any) -> None:
    wrong = await books.fetch(
        "SELECT number FROM sales_order WHERE status = 'completed' AND ("
        " invoicing_status <> 'invoiced' OR invoiced_amount <> total_excl_tax"
        " OR delivery_status = 'not_delivered')"
    )

    assert wrong == []


async def test_a_receipt_and_an_invoice_have_the_supplier_of_their_order(books: Any) -> None:
    wrong = await books.fetch(
        "SELECT o.number FROM purchase_order o"
        " LEFT JOIN goods_receipt r ON r.purchase_order_id = o.id"
        " LEFT JOIN supplier_invoice i ON i.purchase_order_id = o.id"
        " WHERE r.supplier_id IS DISTINCT FROM o.supplier_id OR i.supplier_id <> o.supplier_id"
        " OR (o.receipt_status = 'received') <> (r.status = 'validated')"
        " OR (o.invoicing_status = 'invoiced') <> (i.id IS NOT NULL)"
        " OR i.total_incl_tax <> o.total_incl_tax"
    )

    assert wrong == []


async def test_stock_is_what_its_movements_make_it_and_never_below_nothing(books: Any) -> None:
    unpaired = await books.fetchval("SELECT sum(quantity) FROM stock_movement")
    below = await books.fetch(
        "SELECT m.number FROM stock_movement m"
        " JOIN storage_location l ON l.id = m.storage_location_id"
        " WHERE l.location_type IN ('internal', 'in_transit') AND m.balance_after < 0"
    )
    wrong = await books.fetch(
        "SELECT sku FROM product p WHERE quantity_on_hand <> ("
        " SELECT coalesce(sum(m.quantity), 0) FROM stock_movement m"
        " JOIN storage_location l ON l.id = m.storage_location_id"
        " WHERE m.product_id = p.id AND l.location_type = 'internal')"
    )

    assert (unpaired, below, wrong) == (0, [], [])


async def test_nobody_is_in_two_places_at_once_nor_at_work_while_on_leave(books: Any) -> None:
    twice = await books.fetch(
        "SELECT a.number, b.number FROM timesheet a JOIN timesheet b ON a.person_id = b.person_id"
        " AND a.id < b.id AND a.started_at < b.ended_at AND b.started_at < a.ended_at"
    )
    away = await books.fetch(
        "SELECT t.number FROM timesheet t JOIN leave_request l ON l.person_id = t.person_id"
        " AND l.status = 'approved' AND t.worked_on BETWEEN l.starts_on AND l.ends_on"
    )
    miscounted = await books.fetch(
        "SELECT number FROM timesheet WHERE worked_hours * 60 <>"
        " extract(epoch FROM ended_at - started_at) / 60 - break_minutes"
    )

    assert (twice, away, miscounted) == ([], [], [])


async def test_a_task_has_the_hours_that_were_spent_on_it(books: Any) -> None:
    wrong = await books.fetch(
        "SELECT name FROM project_task k WHERE spent_hours <> ("
        " SELECT coalesce(sum(worked_hours), 0) FROM timesheet t"
        " WHERE t.project_task_id = k.id AND t.status IN ('validated', 'invoiced'))"
    )

    assert wrong == []


async def test_what_hangs_on_a_ticket_belongs_to_its_account(books: Any) -> None:
    wrong = await books.fetch(
        "SELECT t.number FROM ticket t"
        " LEFT JOIN service_contract c ON c.id = t.service_contract_id"
        " LEFT JOIN customer_equipment e ON e.id = t.customer_equipment_id"
        " LEFT JOIN warranty w ON w.id = t.warranty_id"
        " LEFT JOIN contact p ON p.id = t.contact_id"
        " WHERE t.account_id <> ANY (ARRAY_REMOVE("
        " ARRAY[c.account_id, e.account_id, w.account_id, p.account_id], NULL))"
    )

    assert wrong == []


async def test_an_expense_report_adds_up_its_lines(books: Any) -> None:
    wrong = await books.fetch(
        "SELECT number FROM expense_report r WHERE (total_incl_tax, total_vat) <> ("
        " SELECT sum(amount_incl_tax), sum(vat_amount) FROM expense_line l"
        " WHERE l.expense_report_id = r.id) OR (status = 'reimbursed' AND amount_to_reimburse > 0"
        " AND amount_to_reimburse <> ("
        " SELECT -amount FROM bank_transaction t WHERE t.id = r.bank_transaction_id))"
    )

    assert wrong == []


async def test_a_sale_at_the_till_belongs_to_a_session_that_counts_it(books: Any) -> None:
    wrong = await books.fetch(
        "SELECT number FROM cash_session s WHERE total_sales <> ("
        " SELECT sum(total_incl_tax) FROM customer_invoice i WHERE i.cash_session_id = s.id)"
    )

    assert wrong == []


async def test_comments_are_of_the_year_and_answers_come_after_what_they_answer(
    books: Any,
) -> None:
    early = await books.fetch(
        "SELECT c.id FROM comment c LEFT JOIN comment p ON p.id = c.parent_id"
        " WHERE c.created_at <= p.created_at OR c.record_id <> p.record_id"
        " OR c.created_at < '2026-01-01' OR c.created_at >= '2026-11-21'"
        # Those that tests leave are of the present.
        " AND c.created_at < (SELECT min(at) FROM change)"
    )

    assert early == []


async def test_a_late_invoice_shows_the_accountant_s_note_on_its_account(office: World) -> None:
    admin = await colleague(office, "admin")
    invoice, account = await late_invoice(admin)

    seen = await admin.comments(invoice, roll_up=True)

    assert [body for body in seen if body.startswith(NOTE)] != []
    assert [body for body in await admin.comments(invoice) if body.startswith(NOTE)] == []
    assert set(await admin.comments(invoice)) <= set(await admin.comments(account, roll_up=True))


async def late_invoice(client: Client) -> tuple[str, str]:
    """The ids of the headline account's late invoice, and of the account."""
    data = await client.ask(
        "query ($name: String!, $subject: String!) { customerInvoices("
        "filter: { account: { name: { eq: $name } }, subject: { eq: $subject } }, first: 1) {"
        " nodes { id status balanceDue totalInclTax account { id } } } }",
        name=HEADLINE,
        subject=SALE_LATE,
    )
    (node,) = data["customerInvoices"]["nodes"]
    assert node["status"] == "VALIDATED"
    assert node["balanceDue"] == node["totalInclTax"]
    return node["id"], node["account"]["id"]


@pytest.mark.parametrize("part", ["admin", "comptable", "commercial", "technicien", "auditeur"])
async def test_everyone_of_the_cast_signs_in(office: World, part: str) -> None:
    data = await (await colleague(office, part)).ask(
        "mutation ($email: String!, $password: String!) {"
        " signIn(email: $email, password: $password) { token } }",
        email=f"{part}@fiches.example",
        password=PASSWORD,
    )

    assert data["signIn"]["token"]


@pytest.mark.parametrize(
    ("part", "sees"),
    [
        ("admin", (True, True, True, True)),
        ("comptable", (True, True, False, False)),
        ("auditeur", (True, True, False, False)),
        ("commercial", (True, True, True, True)),
        ("technicien", (True, False, False, True)),
    ],
)
async def test_each_sees_what_is_theirs_and_what_is_shared(
    office: World, part: str, sees: tuple[bool, ...]
) -> None:
    client = await colleague(office, part)

    data = await client.ask(
        "{ customerAccounts { totalCount } customerInvoices { totalCount } deals { totalCount }"
        " tickets { totalCount } }"
    )

    assert tuple(page["totalCount"] > 0 for page in data.values()) == sees


async def test_loading_again_changes_nothing(demo_url: str, books: Any) -> None:
    before = await books.fetchrow(CONTENTS)

    await told(demo_url)

    assert await books.fetchrow(CONTENTS) == before


async def test_a_story_that_breaks_off_leaves_nothing(
    server: Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await fresh_database(server, own("broken_off"))

    async def stumble(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(demo, "CHAPTERS", (*demo.CHAPTERS[:6], stumble))
    with pytest.raises(RuntimeError):
        await told(url)

    connection = await asyncpg.connect(url)
    records = await connection.fetchval("SELECT count(*) FROM record")
    user = await user_id_of(connection, demo.ADMINISTRATOR)
    await connection.close()
    assert (records, user) == (0, None)


async def test_every_database_is_told_the_same(server: Embedded, books: Any) -> None:
    url = await fresh_database(server, own("told_again"))
    began = time.monotonic()

    await told(url)

    print(f"demo company told in {time.monotonic() - began:.1f} s")
    again = await asyncpg.connect(url)
    assert await again.fetch(TITLES) == await books.fetch(TITLES)
    drafts = [[row["module"] for row in await each.fetch(DRAFTS)] for each in (again, books)]
    await again.close()
    assert drafts[0] == drafts[1]
