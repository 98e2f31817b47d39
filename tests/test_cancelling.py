"""Cancelling by the opposite document, and undoing allocations: everything put back to the cent."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from db.posting import DOCUMENTS
from tests.books import customer, do, done, entries, invoice, item, payment, seen, supplier, told
from tests.client import Client
from tests.test_allocation import (
    INVOICE,
    PAYMENT,
    bought,
    crediting,
    lettering,
    owing,
    paying,
    paying_supplier,
    settle,
)

NOTE = "number subject status reason issuedOn totalInclTax amountApplied balance"


async def test_an_allocation_undone_leaves_no_trace_but_in_history(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "120")
    allocation = await allocated(client, paid, due)

    payload = await do(client, "cancel", "CustomerPaymentAllocation", allocation)

    assert payload == {
        "customerPaymentAllocation": None,
        "errors": [],
        "change": {"operation": "DELETED"},
    }
    assert await seen(client, "CustomerInvoice", due, INVOICE) == {
        "status": "VALIDATED",
        "amountPaid": "0.00",
        "balanceDue": "120.00",
    }
    assert await seen(client, "CustomerPayment", paid, PAYMENT) == {
        "status": "VALIDATED",
        "allocatedAmount": "0.00",
        "unallocatedAmount": "120.00",
    }
    assert await lettering(client, "CustomerInvoice", due) == (None, None)
    assert await lettering(client, "CustomerPayment", paid) == (None, None)
    tab = await seen(client, "CustomerInvoice", due, "allocations { totalCount }")
    assert tab == {"allocations": {"totalCount": 0}}


async def test_what_else_settles_a_document_stays(client: Client) -> None:
    account = await customer(client)
    due = await owing(client, account, "100")
    first, second = await paying(client, account, "20"), await paying(client, account, "100")
    kept = await allocated(client, first, due)
    undone = await allocated(client, second, due)

    await done(client, "cancel", "CustomerPaymentAllocation", undone)

    assert await seen(client, "CustomerInvoice", due, INVOICE) == {
        "status": "PARTIALLY_PAID",
        "amountPaid": "20.00",
        "balanceDue": "100.00",
    }
    assert await lettering(client, "CustomerInvoice", due) == ("a", None)
    assert await lettering(client, "CustomerPayment", first) == ("a", None)
    assert await lettering(client, "CustomerPayment", second) == (None, None)
    data = await seen(client, "CustomerPaymentAllocation", kept, "letteringCode")
    assert data == {"letteringCode": "a"}


async def test_a_set_that_falls_apart_is_lettered_part_by_part(client: Client) -> None:
    account = await customer(client)
    one, other = await owing(client, account, "100"), await owing(client, account, "100")
    small, large = await paying(client, account, "120"), await paying(client, account, "120")
    await allocated(client, small, one, "100")
    joining = await allocated(client, small, other, "20")
    await allocated(client, large, other)
    await allocated(client, large, one)
    whole = await lettering(client, "CustomerInvoice", one)

    await done(client, "cancel", "CustomerPaymentAllocation", joining)

    assert whole[0] == "A"
    codes = [
        await lettering(client, module, id)
        for module, id in (
            ("CustomerInvoice", one),
            ("CustomerInvoice", other),
            ("CustomerPayment", small),
            ("CustomerPayment", large),
        )
    ]
    assert codes == [("a", None)] * 4


async def test_a_part_that_is_settled_by_itself_is_lettered_so(client: Client) -> None:
    account = await customer(client)
    one, other = await owing(client, account, "100"), await owing(client, account, "50")
    exact, joining = await paying(client, account, "110"), await paying(client, account, "30")
    await allocated(client, exact, one)
    bridge = await allocated(client, joining, one)
    await allocated(client, joining, other)

    await done(client, "cancel", "CustomerPaymentAllocation", bridge)
    apart = [
        (await lettering(client, module, id))[0]
        for module, id in (
            ("CustomerInvoice", one),
            ("CustomerPayment", exact),
            ("CustomerInvoice", other),
            ("CustomerPayment", joining),
        )
    ]

    assert apart == ["a", "a", "b", "b"]


async def test_only_who_may_edit_both_documents_undoes(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "120")
    allocation = await allocated(client, paid, due)
    other = await client.colleague()
    hidden = await told(other, "cancel", "CustomerPaymentAllocation", allocation)
    await client.share("CustomerPaymentAllocation")

    forbidden = await told(other, "cancel", "CustomerPaymentAllocation", allocation)
    once = await told(client, "cancel", "CustomerPaymentAllocation", allocation)
    twice = await told(client, "cancel", "CustomerPaymentAllocation", allocation)

    assert hidden == [("id", "NOT_FOUND")]
    assert forbidden == [("id", "FORBIDDEN")]
    assert once == []
    assert twice == [("id", "NOT_FOUND")]


async def test_an_invoice_is_cancelled_by_a_credit_note_for_the_whole(client: Client) -> None:
    account = await customer(client)
    product = await client.create("Product", name="Clavier")
    due = await validated_invoice(
        client,
        account,
        item("100", discountRate="10", discountAmount="5"),
        item("33.33", "5.5", product=product),
        {"label": "Merci", "lineKind": "NOTE"},
    )

    payload = await cancelled(client, due, on="2026-03-20")

    assert payload["errors"] == []
    assert payload["change"] == {"operation": "UPDATED"}
    assert await seen(client, "CustomerInvoice", due, INVOICE) == {
        "status": "CANCELLED",
        "amountPaid": "137.16",
        "balanceDue": "0.00",
    }
    note = await credit_note(client, due)
    assert await seen(client, "CustomerCreditNote", note, NOTE) == {
        "number": "AVC-2026-00001",
        "subject": "Annulation de FAC-2026-00001\xa0: Erreur de client",
        "status": "APPLIED",
        "reason": "CANCELLATION",
        "issuedOn": "2026-03-20",
        "totalInclTax": "137.16",
        "amountApplied": "137.16",
        "balance": "0.00",
    }
    opposite = [
        (each["ledgerAccount"]["accountNumber"], each["credit"], each["debit"])
        for each in await entries(client, "CustomerInvoice", due)
    ]
    assert [
        (each["ledgerAccount"]["accountNumber"], each["debit"], each["credit"])
        for each in await entries(client, "CustomerCreditNote", note)
    ] == opposite
    assert await lettering(client, "CustomerInvoice", due) == ("A", "2026-03-20")
    assert await seen(client, "CustomerAccount", account, "balanceDue") == {"balanceDue": "0.00"}


async def test_what_a_credit_note_took_already_is_not_credited_twice(client: Client) -> None:
    account = await customer(client)
    due, part = await owing(client, account, "100"), await crediting(client, account, "25")
    await settle(client, "CustomerCreditNote", creditNote=part, invoice=due)

    await cancelled(client, due, on="2026-03-20")

    note = await credit_note(client, due)
    assert (await seen(client, "CustomerCreditNote", note, NOTE))["totalInclTax"] == "90.00"
    assert (await seen(client, "CustomerInvoice", due, "status"))["status"] == "CANCELLED"
    assert await seen(client, "CustomerAccount", account, "balanceDue") == {"balanceDue": "0.00"}


async def test_what_cannot_be_credited_to_the_cent_is_not_cancelled(client: Client) -> None:
    account = await customer(client)
    due, part = await owing(client, account, "10.02"), await crediting(client, account, "5.01")
    await settle(client, "CustomerCreditNote", creditNote=part, invoice=due, amount="1")

    refused = await cancelled(client, due, on="2026-03-20")

    assert problems(refused) == [("id", "INVALID")]
    assert await seen(client, "CustomerInvoice", due, "status creditNotes { totalCount }") == {
        "status": "PARTIALLY_PAID",
        "creditNotes": {"totalCount": 0},
    }


async def test_what_is_paid_is_not_cancelled_before_the_payment_is_free(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "50")
    allocation = await allocated(client, paid, due)

    refused = await cancelled(client, due)
    await done(client, "cancel", "CustomerPaymentAllocation", allocation)
    accepted = await cancelled(client, due)

    assert [each["message"] for each in refused["errors"]] == [
        "FAC-2026-00001\xa0: un paiement lui est affecté (APC-00001)\u202f; annulez d’abord cette "
        "affectation."
    ]
    assert problems(accepted) == []
    assert await seen(client, "CustomerAccount", account, "balanceDue") == {"balanceDue": "-50.00"}


async def test_drafts_and_what_is_cancelled_are_not_cancelled(client: Client) -> None:
    account = await customer(client)
    draft = await invoice(client, account, item("100"))
    due = await owing(client, account, "100")

    early = await cancelled(client, draft)
    await cancelled(client, due)
    twice = await cancelled(client, due)

    assert problems(early) == problems(twice) == [("id", "INVALID")]
    assert (await do(client, "delete", "CustomerInvoice", draft))["errors"] == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"reason": " "}, [("reason", "REQUIRED")]),
        ({"reason": "x" * 201}, [("reason", "TOO_LONG")]),
        ({"on": "2026-03-09"}, [("on", "INVALID")]),
        ({"on": "demain"}, [("on", "INVALID")]),
        ({"on": "2026-03-19"}, [("on", "INVALID")]),
        ({"on": "2025-12-31"}, [("on", "INVALID")]),
    ],
)
async def test_when_and_why_are_checked(
    client: Client, arguments: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    account = await customer(client)
    due = await owing(client, account, "100")
    await crediting(client, account, "25")

    refused = await cancelled(client, due, **arguments)

    assert problems(refused) == expected
    assert (await seen(client, "CustomerInvoice", due, "version"))["version"] == 2


async def test_nothing_is_cancelled_in_a_closed_year(client: Client) -> None:
    account = await customer(client)
    due = await owing(client, account, "100")
    await client.create(
        "FiscalYear", name="2027", startsOn="2027-01-01", endsOn="2027-12-31", status="CLOSED"
    )

    refused = await cancelled(client, due, on="2027-01-01")

    assert problems(refused) == [("on", "INVALID")]


async def test_what_settles_a_cancelled_invoice_stays(client: Client) -> None:
    due = await owing(client, await customer(client), "100")
    await cancelled(client, due)
    data = await seen(client, "CustomerInvoice", due, "allocations { nodes { id } }")
    (allocation,) = (each["id"] for each in data["allocations"]["nodes"])

    refused = await told(client, "cancel", "CustomerPaymentAllocation", allocation)

    assert refused == [("id", "LOCKED")]


async def test_requests_at_once_cancel_once(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "50")
    allocation = await allocated(client, paid, due)

    undone = await asyncio.gather(
        *(told(client, "cancel", "CustomerPaymentAllocation", allocation) for _ in range(3))
    )
    closed = await asyncio.gather(*(cancelled(client, due) for _ in range(3)))

    assert sorted(undone) == [[], [("id", "NOT_FOUND")], [("id", "NOT_FOUND")]]
    assert sorted(len(each["errors"]) for each in closed) == [0, 1, 1]
    assert await seen(client, "CustomerAccount", account, "balanceDue") == {"balanceDue": "-50.00"}


async def test_only_who_may_edit_an_invoice_cancels_it(client: Client) -> None:
    due = await owing(client, await customer(client), "100")
    other = await client.colleague()
    await client.share("CustomerInvoice")

    refused = await cancelled(other, due)

    assert problems(refused) == [("id", "FORBIDDEN")]


async def test_an_invoice_whose_vat_rate_and_contact_are_gone_is_cancelled(client: Client) -> None:
    account = await customer(client)
    rate = await client.create("TaxRate", name="TVA 20 %", code="TN", rate="20")
    contact = await client.create("Contact", lastName="Martin")
    draft = await invoice(client, account, item("100", taxRate=rate), contact=contact)
    await done(client, "validate", "CustomerInvoice", draft)
    await done(client, "delete", "TaxRate", rate)
    await done(client, "delete", "Contact", contact)

    payload = await cancelled(client, draft)

    assert problems(payload) == []


async def test_a_supplier_invoice_is_cancelled_by_the_supplier_s_credit_note(
    client: Client,
) -> None:
    ours = await supplier(client)
    due = await bought(client, ours, "100", paymentApproval="PENDING")

    await done(
        client,
        "cancel",
        "SupplierInvoice",
        due,
        reason="Marchandise refusée",
        supplierCreditNoteNumber="A-12",
        on="2026-03-20",
    )

    data = await seen(
        client, "SupplierInvoice", due, "status creditNotes { nodes { supplierCreditNoteNumber } }"
    )
    assert data == {
        "status": "CANCELLED",
        "creditNotes": {"nodes": [{"supplierCreditNoteNumber": "A-12"}]},
    }
    assert await seen(client, "Supplier", ours, "balanceDue") == {"balanceDue": "0.00"}


async def test_the_number_of_a_supplier_s_credit_note_is_its_own(client: Client) -> None:
    ours = await supplier(client)
    due = [
        await bought(client, ours, "100"),
        await bought(client, ours, "100", supplierInvoiceNumber="F-78"),
    ]
    given = {"reason": "Refus", "supplierCreditNoteNumber": "A-12"}
    await done(client, "cancel", "SupplierInvoice", due[0], **given)

    refused = await told(client, "cancel", "SupplierInvoice", due[1], **given)

    assert refused == [("supplierCreditNoteNumber", "NOT_UNIQUE")]


async def test_a_cancelled_payment_gives_back_what_it_settled(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "120")
    await allocated(client, paid, due)

    payload = await do(
        client, "cancel", "CustomerPayment", paid, reason="Chèque rejeté", on="2026-04-10"
    )

    assert payload["errors"] == []
    assert await seen(client, "CustomerPayment", paid, PAYMENT) == {
        "status": "CANCELLED",
        "allocatedAmount": "0.00",
        "unallocatedAmount": "0.00",
    }
    assert await seen(client, "CustomerInvoice", due, INVOICE) == {
        "status": "VALIDATED",
        "amountPaid": "0.00",
        "balanceDue": "120.00",
    }
    assert await seen(client, "CustomerAccount", account, "balanceDue") == {"balanceDue": "120.00"}
    fields = "entryNumber entryDate label letteringCode"
    found = await entries(client, "CustomerPayment", paid, fields)
    assert [
        (
            each["ledgerAccount"]["accountNumber"],
            each["debit"],
            each["credit"],
            each["entryNumber"],
            each["entryDate"],
            each["letteringCode"],
        )
        for each in found
    ] == [
        ("411", "0.00", "120.00", "BQ-2026-00001", "2026-04-02", "B"),
        ("512", "120.00", "0.00", "BQ-2026-00001", "2026-04-02", None),
        ("411", "120.00", "0.00", "BQ-2026-00002", "2026-04-10", "B"),
        ("512", "0.00", "120.00", "BQ-2026-00002", "2026-04-10", None),
    ]
    assert found[2]["label"] == "Annulation de PAC-2026-00001\xa0: Chèque rejeté"
    history = await seen(client, "CustomerPayment", paid, "history { totalCount }")
    assert history == {"history": {"totalCount": 4}}  # made, validated, allocated, cancelled


async def test_a_cancelled_payment_settles_nothing_and_is_not_cancelled_again(
    client: Client,
) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "120")
    await done(client, "cancel", "CustomerPayment", paid, reason="Erreur")

    again = await told(client, "cancel", "CustomerPayment", paid, reason="Erreur")
    used = await settle(client, "CustomerPayment", payment=paid, invoice=due)

    assert again == [("id", "INVALID")]
    assert problems(used) == [("payment", "INVALID")]


async def test_a_draft_payment_is_not_cancelled(client: Client) -> None:
    paid = await payment(client, await customer(client), "120")

    refused = await told(client, "cancel", "CustomerPayment", paid, reason="Erreur")

    assert refused == [("id", "INVALID")]


async def test_a_payment_is_not_cancelled_over_the_head_of_who_owns_the_invoice(
    client: Client,
) -> None:
    other = await client.colleague()
    account = await customer(client)
    await client.share("CustomerAccount")
    due, paid = await owing(client, account, "100"), await paying(other, account, "120")
    await allocated(client, paid, due)

    refused = await told(other, "cancel", "CustomerPayment", paid, reason="Erreur")

    assert refused == [("id", "FORBIDDEN")]
    assert (await seen(client, "CustomerPayment", paid, "status"))["status"] == "VALIDATED"


async def test_a_supplier_payment_is_cancelled_the_same_way(client: Client) -> None:
    ours = await supplier(client)
    due = await bought(client, ours, "100")
    paid = await paying_supplier(client, ours, "120")
    await settle(client, "SupplierPayment", payment=paid, invoice=due)

    await done(client, "cancel", "SupplierPayment", paid, reason="Erreur")

    assert (await seen(client, "SupplierInvoice", due, "status"))["status"] == "VALIDATED"
    assert await seen(client, "Supplier", ours, "balanceDue") == {"balanceDue": "120.00"}


def test_what_cancelling_knows_of_its_modules_is_declared(client: Client) -> None:
    for kind in DOCUMENTS.values():
        allocations = client.suite[kind.trade.allocations]
        notes = DOCUMENTS[kind.trade.credit_notes]
        choice = client.suite[kind.module].columns["status"].choice

        assert notes.day == "issued_on"
        assert {"payment", "credit_note", "invoice"} <= allocations.relations.keys()
        assert "cancelled" in {member.value for member in choice or ()}


async def allocated(client: Client, paid: str, due: str, amount: str | None = None) -> str:
    """The allocation of a payment to an invoice."""
    data = await client.ask(
        "mutation ($payment: ID!, $invoice: ID!, $amount: Money) { allocateCustomerPayment("
        "payment: $payment, invoice: $invoice, amount: $amount) { errors { message } "
        "customerPaymentAllocation { id } } }",
        payment=paid,
        invoice=due,
        amount=amount,
    )
    payload = data["allocateCustomerPayment"]
    assert payload["errors"] == []
    return str(payload["customerPaymentAllocation"]["id"])


async def cancelled(client: Client, due: str, **arguments: str) -> dict[str, Any]:
    """The payload of cancelling a customer invoice."""
    given = {"reason": "Erreur de client", **arguments}
    return await do(client, "cancel", "CustomerInvoice", due, **given)


async def validated_invoice(client: Client, account: str, *items: dict[str, Any]) -> str:
    draft = await invoice(client, account, *items)
    await done(client, "validate", "CustomerInvoice", draft)
    return draft


async def credit_note(client: Client, due: str) -> str:
    """The credit note of an invoice."""
    data = await seen(client, "CustomerInvoice", due, "creditNotes { nodes { id } }")
    (note,) = (each["id"] for each in data["creditNotes"]["nodes"])
    return str(note)


def problems(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(".".join(each["path"]), each["code"]) for each in payload["errors"]]
