"""Documents validated: numbered in the order of their dates, posted to the cent, locked."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import lines
from db.errors import InvalidInput
from db.posting import DOCUMENTS, validate_many
from db.writing import Work
from tests.books import (
    customer,
    entries,
    invoice,
    item,
    payment,
    posted,
    refused,
    seen,
    supplier,
    validated,
)
from tests.client import Client
from tests.properties import examples, made


async def test_a_validated_invoice_is_numbered_and_locked(client: Client) -> None:
    draft = await invoice(client, await customer(client), item("100"))

    payload = await client.ask(
        "mutation ($id: ID!) { validateCustomerInvoice(id: $id) { errors { message } "
        "change { operation origin } customerInvoice { number title status amountPaid balanceDue "
        "version } } }",
        id=draft,
    )

    assert payload["validateCustomerInvoice"] == {
        "errors": [],
        "change": {"operation": "FINALISED", "origin": "MANUAL"},
        "customerInvoice": {
            "number": "FAC-2026-00001",
            "title": "FAC-2026-00001 Mars",
            "status": "VALIDATED",
            "amountPaid": "0.00",
            "balanceDue": "120.00",
            "version": 2,
        },
    }
    assert await refused(client, "CustomerInvoice", draft) == [("id", "LOCKED")]
    assert (await client.act("delete", "CustomerInvoice", draft))["errors"][0]["code"] == "LOCKED"


async def test_an_invoice_posts_receivable_income_by_kind_and_vat_by_rate(client: Client) -> None:
    product = await client.create("Product", name="Clavier")
    draft = await invoice(
        client,
        await customer(client),
        item("100"),
        item("40", "5.5", product=product),
        item("10.10", "20", product=product),
        {"label": "Merci", "lineKind": "NOTE"},
    )

    await validated(client, "CustomerInvoice", draft)

    assert await posted(client, "CustomerInvoice", draft) == [
        ("411", "174.32", "0.00"),
        ("706", "0.00", "100.00"),
        ("707", "0.00", "50.10"),
        ("44571", "0.00", "2.20"),
        ("44571", "0.00", "22.02"),
    ]


async def test_an_entry_says_where_it_comes_from(client: Client) -> None:
    account = await customer(client, auxiliaryAccountNumber="411DUP")
    draft = await invoice(client, account, item("100", "0"), currency="EUR")
    await validated(client, "CustomerInvoice", draft)

    receivable, income = await entries(
        client,
        "CustomerInvoice",
        draft,
        "entryNumber entryDate auxiliaryAccountNumber auxiliaryAccountName documentReference "
        "documentDate label dueOn status currency journal { title } fiscalYear { title startsOn "
        "endsOn } account { id } customerInvoice { id } ledgerAccount { title accountClass "
        "accountType letterable }",
    )

    common = {
        "entryNumber": "VE-2026-00001",
        "entryDate": "2026-03-10",
        "documentReference": "FAC-2026-00001",
        "documentDate": "2026-03-10",
        "label": "Facture client FAC-2026-00001 Dupont",
        "status": "POSTED",
        "currency": "EUR",
        "journal": {"title": "VE Ventes"},
        "fiscalYear": {
            "title": "Exercice 2026",
            "startsOn": "2026-01-01",
            "endsOn": "2026-12-31",
        },
        "customerInvoice": {"id": draft},
    }
    assert receivable == {
        **common,
        "debit": "100.00",
        "credit": "0.00",
        "auxiliaryAccountNumber": "411DUP",
        "auxiliaryAccountName": "Dupont",
        "dueOn": "2026-04-30",
        "account": {"id": account},
        "ledgerAccount": {
            "accountNumber": "411",
            "title": "411 Clients",
            "accountClass": "CLASS_4",
            "accountType": "RECEIVABLE",
            "letterable": True,
        },
    }
    assert income == {
        **common,
        "debit": "0.00",
        "credit": "100.00",
        "auxiliaryAccountNumber": None,
        "auxiliaryAccountName": None,
        "dueOn": None,
        "account": None,
        "ledgerAccount": {
            "accountNumber": "706",
            "title": "706 Prestations de services",
            "accountClass": "CLASS_7",
            "accountType": "GENERAL",
            "letterable": False,
        },
    }


async def test_the_account_number_stands_in_for_an_auxiliary_one(client: Client) -> None:
    draft = await invoice(client, await customer(client), item("100"))

    await validated(client, "CustomerInvoice", draft)

    receivable, *_ = await entries(client, "CustomerInvoice", draft, "auxiliaryAccountNumber")
    assert receivable["auxiliaryAccountNumber"] == "CLI-00001"


async def test_what_the_company_has_set_up_is_used(client: Client) -> None:
    await client.create("LedgerAccount", accountNumber="411000", name="Clients France")
    await client.create("Journal", code="VT", name="Ventes Nord", journalType="SALES")
    await client.create("FiscalYear", name="2025-2026", startsOn="2025-07-01", endsOn="2026-06-30")
    early = await invoice(client, await customer(client), item("100", "0"))
    late = await invoice(client, await customer(client), item("100", "0"), on="2026-09-01")

    await validated(client, "CustomerInvoice", early)
    await validated(client, "CustomerInvoice", late)

    fields = "entryNumber ledgerAccount { name } fiscalYear { name startsOn previousYear { name } }"
    first, *_ = await entries(client, "CustomerInvoice", early, fields)
    after, *_ = await entries(client, "CustomerInvoice", late, fields)
    assert first["entryNumber"] == "VT-2026-00001"
    assert first["ledgerAccount"]["name"] == "Clients France"
    assert first["fiscalYear"]["name"] == "2025-2026"
    assert after["fiscalYear"] == {
        "name": "Exercice 2026",
        "startsOn": "2026-07-01",
        "previousYear": {"name": "2025-2026"},
    }


async def test_an_invoice_without_item_is_not_validated(client: Client) -> None:
    draft = await invoice(client, await customer(client), {"label": "Merci", "lineKind": "NOTE"})

    told = await refused(client, "CustomerInvoice", draft)

    assert told == [("lineItems", "INVALID")]
    assert await unposted(client, draft)


async def test_an_invoice_whose_customer_is_deleted_is_not_validated(client: Client) -> None:
    account = await customer(client)
    draft = await invoice(client, account, item("100"))
    await client.act("delete", "CustomerAccount", account)

    told = await refused(client, "CustomerInvoice", draft)

    assert told == [("account", "NOT_FOUND")]
    assert await unposted(client, draft)


@pytest.mark.parametrize(
    ("module", "values"),
    [
        (
            "FiscalYear",
            {"name": "2026", "startsOn": "2026-01-01", "endsOn": "2026-12-31", "status": "CLOSED"},
        ),
        (
            "FiscalYear",
            {
                "name": "2026",
                "startsOn": "2026-01-01",
                "endsOn": "2026-12-31",
                "lockedUntil": "2026-03-31",
            },
        ),
        (
            "Journal",
            {"code": "VE", "name": "Ventes", "journalType": "SALES", "lockedUntil": "2026-03-10"},
        ),
    ],
)
async def test_nothing_is_posted_in_a_closed_year_or_before_a_lock(
    client: Client, module: str, values: dict[str, Any]
) -> None:
    await client.create(module, **values)
    draft = await invoice(client, await customer(client), item("100"), on="2026-03-10")

    told = await refused(client, "CustomerInvoice", draft)

    assert told == [("issuedOn", "INVALID")]
    assert await unposted(client, draft)


async def test_all_that_stands_against_an_invoice_is_told_at_once(client: Client) -> None:
    await client.create(
        "FiscalYear", name="2026", startsOn="2026-01-01", endsOn="2026-12-31", status="CLOSED"
    )
    draft = await invoice(client, await customer(client))

    told = await refused(client, "CustomerInvoice", draft)

    assert told == [("lineItems", "INVALID"), ("issuedOn", "INVALID")]


async def test_numbers_follow_dates(client: Client) -> None:
    account = await customer(client)
    late = await invoice(client, account, item("100"), on="2026-03-10")
    same = await invoice(client, account, item("100"), on="2026-03-10")
    early = await invoice(client, account, item("100"), on="2026-03-09")
    before = await invoice(client, account, item("100"), on="2025-12-31")
    await validated(client, "CustomerInvoice", late)

    told = await refused(client, "CustomerInvoice", early)

    assert told == [("issuedOn", "INVALID")]
    assert await unposted(client, early)
    await validated(client, "CustomerInvoice", same)
    await validated(client, "CustomerInvoice", before)
    assert await numbers(client) == ["FAC-2025-00001", "FAC-2026-00001", "FAC-2026-00002"]


async def test_a_refusal_takes_no_number(client: Client) -> None:
    account = await customer(client)
    empty = await invoice(client, account)
    whole = await invoice(client, account, item("100"))

    await refused(client, "CustomerInvoice", empty)
    await validated(client, "CustomerInvoice", whole)

    assert await numbers(client) == ["FAC-2026-00001"]


async def test_invoices_validated_at_once_have_numbers_without_gap(client: Client) -> None:
    account = await customer(client)
    drafts = [await invoice(client, account, item(str(n), "20")) for n in range(1, 9)]
    empty = await invoice(client, account)

    await asyncio.gather(
        *(client.act("validate", "CustomerInvoice", each) for each in [*drafts, empty, *drafts])
    )

    assert await numbers(client) == [f"FAC-2026-{n:05d}" for n in range(1, 9)]
    assert (await seen(client, "CustomerAccount", account, "balanceDue"))["balanceDue"] == "43.20"
    assert await entry_numbers(client) == [f"VE-2026-{n:05d}" for n in range(1, 9)]


async def test_the_same_request_validates_once(client: Client) -> None:
    draft = await invoice(client, await customer(client), item("100"))
    request = (
        'mutation ($id: ID!) { validateCustomerInvoice(id: $id, idempotencyKey: "k") '
        "{ errors { code } change { id } customerInvoice { number } } }"
    )

    first = await client.ask(request, id=draft)
    again = await client.ask(request, id=draft)

    assert again == first
    assert first["validateCustomerInvoice"]["customerInvoice"]["number"] == "FAC-2026-00001"


async def test_only_who_may_edit_an_invoice_validates_it(client: Client) -> None:
    draft = await invoice(client, await customer(client), item("100"))
    other = await client.colleague()
    hidden = await refused(other, "CustomerInvoice", draft)
    await client.share("CustomerInvoice")

    told = await refused(other, "CustomerInvoice", draft)

    assert hidden == [("id", "NOT_FOUND")]
    assert told == [("id", "FORBIDDEN")]
    assert await unposted(client, draft)


async def test_who_sees_only_their_own_posts_to_the_one_chart_of_the_company(
    client: Client,
) -> None:
    await validated(
        client, "CustomerInvoice", await invoice(client, await customer(client), item("100"))
    )
    other = await client.colleague()
    draft = await invoice(other, await customer(other, "Durand"), item("100"))

    await validated(other, "CustomerInvoice", draft)

    assert [each["debit"] for each in await entries_seen(other)] == ["120.00", "0.00", "0.00"]
    data = await client.ask("{ ledgerAccounts { totalCount } journals { totalCount } }")
    assert data == {"ledgerAccounts": {"totalCount": 3}, "journals": {"totalCount": 1}}


async def test_who_sees_an_invoice_sees_its_entries_whoever_validates_it(client: Client) -> None:
    other = await client.colleague()
    draft = await invoice(other, await customer(other), item("100"))

    await validated(client, "CustomerInvoice", draft)

    assert len(await entries_seen(other)) == 3


async def test_an_invoice_outlives_its_owner_and_its_vat_rate(client: Client) -> None:
    rate = await client.create("TaxRate", name="TVA 20 %", code="TN", rate="20")
    other = await client.colleague()
    draft = await invoice(client, await customer(client), item("100", taxRate=rate))
    kept = await invoice(client, await customer(client, "Durand"), item("100", taxRate=rate))
    await validated(client, "CustomerInvoice", kept)
    await client.act("delete", "TaxRate", rate)
    pool = client.world.database.pool
    await pool.execute(
        "UPDATE customer_invoice SET owner_id = $1 WHERE id = $2", other.user_id, int(draft)
    )
    await pool.execute("UPDATE app_user SET active = false WHERE id = $1", other.user_id)

    await validated(client, "CustomerInvoice", draft)

    *_, vat = await entries(client, "CustomerInvoice", draft, "taxRate { id } owner { name }")
    assert (vat["credit"], vat["taxRate"], vat["owner"]) == ("20.00", None, {"name": "Alice"})
    stored = await pool.fetchval(
        "SELECT tax_rate_id FROM accounting_entry WHERE customer_invoice_id = $1 AND "
        "tax_rate_id IS NOT NULL",
        int(kept),
    )
    assert stored == int(rate)


async def test_a_supplier_invoice_mirrors_a_sale(client: Client) -> None:
    product = await client.create("Product", name="Clavier")
    draft = await client.create(
        "SupplierInvoice",
        supplier=await supplier(client),
        subject="Claviers",
        supplierInvoiceNumber="F-77",
        issuedOn="2026-03-10",
        dueOn="2026-04-10",
        lineItems=[item("100", product=product), item("10", "10")],
    )

    await validated(client, "SupplierInvoice", draft)

    assert await posted(client, "SupplierInvoice", draft) == [
        ("401", "0.00", "131.00"),
        ("604", "10.00", "0.00"),
        ("607", "100.00", "0.00"),
        ("44566", "1.00", "0.00"),
        ("44566", "20.00", "0.00"),
    ]
    first, *_ = await entries(client, "SupplierInvoice", draft, "entryNumber supplier { name }")
    assert (first["entryNumber"], first["supplier"]) == ("HA-2026-00001", {"name": "Fournitout"})


async def test_supplier_invoices_come_in_any_order(client: Client) -> None:
    ours = await supplier(client)
    days = ("2026-03-10", "2026-03-01")
    drafts = [
        await client.create(
            "SupplierInvoice",
            supplier=ours,
            subject="Claviers",
            supplierInvoiceNumber=on,
            issuedOn=on,
            dueOn=on,
            lineItems=[item("100")],
        )
        for on in days
    ]

    told = [await refused(client, "SupplierInvoice", each) for each in drafts]

    assert told == [[], []]


async def test_a_credit_note_undoes_an_invoice(client: Client) -> None:
    account = await customer(client)
    draft = await client.create(
        "CustomerCreditNote",
        account=account,
        subject="Retour",
        issuedOn="2026-03-20",
        lineItems=[item("100")],
    )
    bought = await client.create(
        "SupplierCreditNote",
        supplier=await supplier(client),
        subject="Retour",
        supplierCreditNoteNumber="A-1",
        issuedOn="2026-03-20",
        lineItems=[item("100")],
    )

    await validated(client, "CustomerCreditNote", draft)
    await validated(client, "SupplierCreditNote", bought)

    assert await posted(client, "CustomerCreditNote", draft) == [
        ("411", "0.00", "120.00"),
        ("706", "100.00", "0.00"),
        ("44571", "20.00", "0.00"),
    ]
    assert await posted(client, "SupplierCreditNote", bought) == [
        ("401", "120.00", "0.00"),
        ("604", "0.00", "100.00"),
        ("44566", "0.00", "20.00"),
    ]
    note = await seen(client, "CustomerCreditNote", draft, "number amountApplied balance")
    assert note == {"number": "AVC-2026-00001", "amountApplied": "0.00", "balance": "120.00"}


@pytest.mark.parametrize(
    ("values", "expected", "number"),
    [
        ({}, [("411", "0.00", "50.00"), ("512", "50.00", "0.00")], "BQ-2026-00001"),
        (
            {"paymentMethod": "CASH"},
            [("411", "0.00", "50.00"), ("530", "50.00", "0.00")],
            "CA-2026-00001",
        ),
        (
            {"paymentKind": "REFUND"},
            [("411", "50.00", "0.00"), ("512", "0.00", "50.00")],
            "BQ-2026-00001",
        ),
    ],
)
async def test_a_customer_payment_moves_the_account_against_bank_or_cash(
    client: Client, values: dict[str, Any], expected: list[tuple[str, str, str]], number: str
) -> None:
    draft = await payment(client, await customer(client), "50", **values)

    await validated(client, "CustomerPayment", draft)

    assert await posted(client, "CustomerPayment", draft) == expected
    first, *_ = await entries(client, "CustomerPayment", draft, "entryNumber")
    assert first["entryNumber"] == number
    fields = "number title status allocatedAmount unallocatedAmount"
    assert await seen(client, "CustomerPayment", draft, fields) == {
        "number": "PAC-2026-00001",
        "title": "PAC-2026-00001 Dupont",
        "status": "VALIDATED",
        "allocatedAmount": "0.00",
        "unallocatedAmount": "50.00",
    }


async def test_a_supplier_payment_debits_the_supplier(client: Client) -> None:
    draft = await client.create(
        "SupplierPayment",
        supplier=await supplier(client),
        amount="50",
        paidOn="2026-04-02",
        paymentMethod="BANK_TRANSFER",
    )

    await validated(client, "SupplierPayment", draft)

    assert await posted(client, "SupplierPayment", draft) == [
        ("401", "50.00", "0.00"),
        ("512", "0.00", "50.00"),
    ]


async def test_a_payment_of_nothing_is_not_validated(client: Client) -> None:
    draft = await payment(client, await customer(client), "0")

    told = await refused(client, "CustomerPayment", draft)

    assert told == [("amount", "INVALID")]


async def test_what_a_customer_owes_follows_the_documents(client: Client) -> None:
    account = await customer(client)
    await validated(client, "CustomerInvoice", await invoice(client, account, item("100")))

    owed = await seen(client, "CustomerAccount", account, "balanceDue")
    await validated(client, "CustomerPayment", await payment(client, account, "50"))
    left = await seen(
        client, "CustomerAccount", account, "balanceDue history { nodes { fields { name } } }"
    )

    assert owed == {"balanceDue": "120.00"}
    assert left["balanceDue"] == "70.00"
    assert left["history"]["nodes"][0]["fields"] == [{"name": "balanceDue"}]


async def test_many_invoices_take_as_many_statements_as_two(client: Client) -> None:
    account = await customer(client)
    drafts = await made(client, "CustomerInvoice", [imported(account, n) for n in range(202)])
    module, viewer = client.suite["CustomerInvoice"], await client.viewer()

    async with Work(client.world.database, viewer) as few:
        await validate_many(few, module, drafts[:1])
    async with Work(client.world.database, viewer) as two:
        await validate_many(two, module, drafts[1:3])
    async with Work(client.world.database, viewer) as many:
        saved = await validate_many(many, module, drafts[:2:-1])

    assert many.statements == two.statements
    assert [each.id for each in saved] == drafts[:2:-1]
    assert await numbers(client) == [f"FAC-2026-{n:05d}" for n in range(1, 203)]


async def test_one_bad_invoice_among_many_leaves_all_as_they_were(client: Client) -> None:
    account = await customer(client)
    rows = [{**imported(account, n), "line_items": [] if n == 1 else LINES} for n in range(3)]
    drafts = await made(client, "CustomerInvoice", rows)

    with pytest.raises(InvalidInput):
        async with Work(client.world.database, await client.viewer()) as work:
            await validate_many(work, client.suite["CustomerInvoice"], drafts)

    assert await numbers(client) == []
    assert await entry_numbers(client) == []


def test_what_posting_knows_of_its_modules_is_declared(client: Client) -> None:
    for kind in DOCUMENTS.values():
        module = client.suite[kind.module]
        statuses = {member.value for member in module.columns["status"].choice or ()}
        named = {kind.day, kind.total, kind.settled, kind.remainder, kind.due or kind.day}

        assert module.declared.accounting
        assert named <= module.columns.keys()
        assert kind.trade.party in module.relations
        assert {kind.partly or "validated", *kind.wholly.values()} <= statuses
        assert module.declared.table_name in client.suite["AccountingEntry"].relations


rates = st.sampled_from([Decimal(rate) for rate in ("0", "2.1", "5.5", "10", "20")])
bought = st.fixed_dictionaries(
    {
        "line_kind": st.just("item"),
        "quantity": st.decimals("-99", "999", places=3),
        "unit_price": st.decimals("-999", "99999", places=6),
        "discount_rate": st.none() | st.decimals("0", "100", places=2),
        "discount_amount": st.none() | st.decimals("0", "50", places=2),
        "vat_rate": st.none() | rates,
        "unit_cost": st.none(),
        "tax_rate_id": st.none(),
        "product_id": st.none() | st.just(7),
    }
)


def modelled(items: list[dict[str, Any]]) -> dict[str, Decimal]:
    """What an invoice posts, by account and in plain fractions: debits are positive."""
    nets: dict[str, Decimal] = defaultdict(Decimal)
    bases: dict[Decimal, Decimal] = defaultdict(Decimal)
    for each in items:
        gross = Fraction(each["quantity"]) * Fraction(each["unit_price"])
        net = rounded(
            gross * (1 - Fraction(each["discount_rate"] or 0) / 100)
            - Fraction(each["discount_amount"] or 0)
        )
        nets["706" if each["product_id"] is None else "707"] -= net
        bases[each["vat_rate"] or Decimal(0)] += net
    for rate, base in bases.items():
        nets["44571"] -= rounded(Fraction(base) * Fraction(rate) / 100)
    nets["411"] = -sum(nets.values(), Decimal(0))
    return {account: amount for account, amount in nets.items() if amount}


def rounded(amount: Fraction) -> Decimal:
    """To the cent, halves away from nil."""
    doubled = abs(amount) * 200
    whole = (doubled.numerator // doubled.denominator + 1) // 2
    return Decimal(whole if amount >= 0 else -whole).scaleb(-2)


@examples(200)
@given(st.lists(bought, min_size=1, max_size=12))
def test_entries_are_balanced_whatever_the_lines(given_lines: list[dict[str, Any]]) -> None:
    items = [{**each, **lines.line_totals(each)} for each in given_lines]
    total = lines.totals(items).incl_tax
    kinds = [kind for kind in DOCUMENTS.values() if kind.with_lines]

    for kind in kinds:
        legs = kind.legs({"id": 1, "total_incl_tax": total}, items)
        by_account: dict[str, Decimal] = defaultdict(Decimal)
        for leg in legs:
            by_account[leg.account.number] += leg.amount

        assert sum(leg.amount for leg in legs) == 0
        assert all(leg.amount == leg.amount.quantize(lines.CENT, ROUND_HALF_UP) for leg in legs)
        if kind.module == "CustomerInvoice":
            assert {number: amount for number, amount in by_account.items() if amount} == modelled(
                items
            )


LINES = [{"label": "Titre", "quantity": "1", "unit_price": "0.99", "vat_rate": "20"}]


def imported(account: str, position: int) -> dict[str, Any]:
    return {
        "account": account,
        "subject": f"Vente {position}",
        "issued_on": "2026-03-10",
        "due_on": "2026-04-10",
        "line_items": LINES,
    }


async def unposted(client: Client, draft: str) -> bool:
    """Whether an invoice is the draft it was, and nothing was posted for it."""
    found = await seen(
        client,
        "CustomerInvoice",
        draft,
        "number status version accountingEntries { totalCount } history { totalCount }",
    )
    return found == {
        "number": f"FAC-PROV-{draft}",
        "status": "DRAFT",
        "version": 1,
        "accountingEntries": {"totalCount": 0},
        "history": {"totalCount": 1},
    }


async def numbers(client: Client) -> list[str]:
    """The definitive numbers of the company's invoices, in their order."""
    return await sorted_values(client, "customer_invoice", "number", "status <> 'draft'")


async def entry_numbers(client: Client) -> list[str]:
    return await sorted_values(client, "accounting_entry", "entry_number", "account_id > 0")


async def sorted_values(client: Client, table: str, column: str, condition: str) -> list[str]:
    rows = await client.world.database.pool.fetch(
        f"SELECT {column} FROM {table} WHERE company_id = $1 AND {condition} ORDER BY 1",
        client.company_id,
    )
    return [row[column] for row in rows]


async def entries_seen(client: Client) -> list[dict[str, Any]]:
    data = await client.ask("{ accountingEntries(orderBy: [{id: ASC}]) { nodes { debit } } }")
    found: list[dict[str, Any]] = data["accountingEntries"]["nodes"]
    return found
