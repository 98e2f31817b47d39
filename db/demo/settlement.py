"""Money: who pays what and when, and the bank's account of it.

Payments are planned first; the bank's statements follow from the plan; then each payment is made,
pointing at its line of the statement, validated, and allocated to what it pays.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from db import posting
from db.demo import billing, purchasing, treasury
from db.demo.bank import Movement, book, movement_of
from db.demo.calendar import TODAY, at, later, working
from db.demo.customers import HEADLINE
from db.demo.story import Fiche, Story
from db.lines import cents

SALE_LATE: Final = "Vitrine de vente"
"""Of the headline account's invoices, the one that is not paid when it should be."""


@dataclass
class Plan:
    """A payment to come: of one party, in settlement of documents, each for an amount."""

    party: Fiche
    day: date
    method: str
    parts: list[tuple[Fiche, Decimal]]
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal:
        return sum((amount for _, amount in self.parts), Decimal(0))


async def settle(story: Story) -> None:
    """Credit notes on their invoices, then receipts and payments, and the bank's statements."""
    with story.by(story.cast.accountant):
        await _credit(story, "CustomerCreditNote", "CustomerPaymentAllocation")
        await _credit(story, "SupplierCreditNote", "SupplierPaymentAllocation")
        receipts, payments = await _receipts(story), await _payments(story)
        batches = _batches(story, receipts)
        movements = [
            *(_received(plan) for plan in receipts if plan.method not in ("cash", "direct_debit")),
            *(_collected(batch) for batch in batches),
            *(_paid(plan) for plan in payments),
            *await treasury.movements(story),
        ]
        await book(story, movements)
        debits = await _direct_debits(story, batches)
        await _pay(story, "Customer", "account", receipts, debits)
        await _pay(story, "Supplier", "supplier", payments, {})
        await _on_account(story)


async def _credit(story: Story, module: str, allocations: str) -> None:
    """Settle invoices by the credit notes on them."""
    stored = await story.stored(story[module])
    for note in story[module]:
        if stored[note.id]["status"] == "validated":
            joined = {"credit_note": note.id, "invoice": note["invoice"].id}
            await posting.allocate(
                story.work, story.work.suite[allocations], joined, on=note["issued_on"]
            )


async def _receipts(story: Story) -> list[Plan]:
    """Most pay when they should or soon after, some in part, some not at all."""
    invoices = billing.validated(story)
    stored = await story.stored(invoices)
    mandates = {each["account"]: each for each in story["SepaMandate"]}
    plans = []
    for invoice in invoices:
        left: Decimal = stored[invoice.id]["balance_due"]
        if left <= 0:
            continue
        found = _receipt(story, invoice, left, mandates.get(invoice["account"]))
        if found is not None and found.day <= TODAY:
            plans.append(found)
    return sorted(plans, key=lambda plan: plan.day)


def _receipt(story: Story, invoice: Fiche, left: Decimal, mandate: Fiche | None) -> Plan | None:
    random = story.random
    account, issued, due = invoice["account"], invoice["issued_on"], invoice["due_on"]
    if invoice["invoice_type"] == "retail":
        more = {"cash_session": invoice["cash_session"]}
        return Plan(account, issued, invoice["_paid_by"], [(invoice, left)], more)
    if account["name"] == HEADLINE:
        if invoice["subject"] == SALE_LATE:
            return None
        # The last quarter's contract is paid by half so far.
        part = cents(left / 2) if due.month == 10 else left
        return Plan(account, working(due), "bank_transfer", [(invoice, part)])
    if invoice["payment_terms"] == "immediate":
        return Plan(account, working(issued), "card", [(invoice, left)])
    if mandate is not None and invoice["service_contract"]:
        more = {"sepa_mandate": mandate}
        return Plan(account, working(due), "direct_debit", [(invoice, left)], more)
    fate = random.random()
    method = random.choice(("bank_transfer", "bank_transfer", "bank_transfer", "cheque"))
    if due < TODAY - timedelta(days=20) and fate > 0.94:
        return None
    if fate > 0.88:
        return Plan(account, later(due, 4), method, [(invoice, cents(left * 2 / 5))])
    return Plan(account, later(due, random.randint(-6, 14)), method, [(invoice, left)])


async def _payments(story: Story) -> list[Plan]:
    """Suppliers are paid on the day, once approved."""
    invoices = purchasing.validated(story)
    stored = await story.stored(invoices)
    plans = [
        Plan(
            invoice["supplier"],
            working(invoice["due_on"]),
            invoice["supplier"]["payment_method"],
            [(invoice, stored[invoice.id]["balance_due"])],
            {
                "third_party_bank_account": invoice["third_party_bank_account"],
                "purchase_order": invoice["purchase_order"],
            },
        )
        for invoice in invoices
        if invoice["payment_approval"] == "approved" and stored[invoice.id]["balance_due"] > 0
    ]
    return sorted((plan for plan in plans if plan.day <= TODAY), key=lambda plan: plan.day)


@dataclass
class Batch:
    """The direct debits of one day."""

    day: date
    plans: list[Plan]


def _batches(story: Story, receipts: list[Plan]) -> list[Batch]:
    days = sorted({plan.day for plan in receipts if plan.method == "direct_debit"})
    return [
        Batch(
            day,
            [plan for plan in receipts if plan.method == "direct_debit" and plan.day == day],
        )
        for day in days
    ]


def _received(plan: Plan) -> Movement:
    invoice = plan.parts[0][0]
    kinds = {"bank_transfer": "transfer", "cheque": "cheque", "card": "card"}
    return Movement(
        key=("in", invoice.id),
        day=plan.day,
        label=f"{'REMISE CHEQUE' if plan.method == 'cheque' else 'VIR'} {plan.party['name']}"[:60],
        amount=plan.amount,
        kind=kinds[plan.method],
        account=plan.party,
    )


def _collected(batch: Batch) -> Movement:
    return Movement(
        key=("debit", batch.day),
        day=batch.day,
        label=f"PRELEVEMENTS SEPA {batch.day:%d/%m}",
        amount=sum((plan.amount for plan in batch.plans), Decimal(0)),
        kind="direct_debit",
    )


def _paid(plan: Plan) -> Movement:
    direct = plan.method == "direct_debit"
    return Movement(
        key=("out", plan.parts[0][0].id),
        day=plan.day,
        label=f"{'PRLV' if direct else 'VIR'} {plan.party['name']}"[:60],
        amount=-plan.amount,
        kind="direct_debit" if direct else "transfer",
        supplier=plan.party,
    )


async def _direct_debits(story: Story, batches: list[Batch]) -> dict[date, Fiche]:
    """The batches sent to the bank, by day."""
    bank = story["BankAccount"][0]
    made = await story.tell(
        "DirectDebit",
        (
            {
                "collected_on": batch.day,
                "message_reference": f"PRLV-{batch.day:%Y%m%d}",
                "scheme": "core",
                "status": "collected",
                "creditor_name": bank["account_holder"],
                "creditor_identifier": bank["creditor_identifier"],
                "transaction_count": len(batch.plans),
                "total_amount": sum((plan.amount for plan in batch.plans), Decimal(0)),
                "generated_at": at(batch.day - timedelta(days=5), 10),
                "bank_account": bank,
                "bank_transaction": movement_of(story, ("debit", batch.day)),
                "owner": story.cast.accounting,
            }
            for batch in batches
        ),
        by_service=True,
    )
    await _used_mandates(story, batches)
    return {debit["collected_on"]: debit for debit in made}


async def _used_mandates(story: Story, batches: list[Batch]) -> None:
    """When each mandate was first and last made use of."""
    days: dict[Fiche, list[date]] = {}
    for batch in batches:
        for plan in batch.plans:
            days.setdefault(plan.more["sepa_mandate"], []).append(batch.day)
    await story.compute(
        {
            mandate: {"first_collected_on": used[0], "last_collected_on": used[-1]}
            for mandate, used in days.items()
        }
    )


async def _pay(
    story: Story, kind: str, party: str, plans: list[Plan], debits: dict[date, Fiche]
) -> None:
    """Make the payments, validate them all, and allocate each to what it pays."""
    suite = story.work.suite
    way = "in" if kind == "Customer" else "out"
    rows = []
    for plan in plans:
        invoice = plan.parts[0][0]
        debit = debits.get(plan.day) if plan.method == "direct_debit" else None
        row = {
            "amount": plan.amount,
            "paid_on": plan.day,
            "payment_method": plan.method,
            "payment_kind": "receipt" if kind == "Customer" else "payment",
            "reference": invoice["subject"],
            "currency": "EUR",
            party: plan.party,
            "bank_account": story["BankAccount"][0] if plan.method != "cash" else None,
            "bank_transaction": debit["bank_transaction"]
            if debit
            else movement_of(story, (way, invoice.id)),
            "owner": story.cast.accounting,
            "_invoice": invoice,
            **plan.more,
        }
        if kind == "Customer":
            row |= {
                "direct_debit": debit,
                "deposited_on": plan.day if plan.method == "cheque" else None,
                "sales_order": invoice["sales_order"],
            }
        rows.append(row)
    made = await story.tell(f"{kind}Payment", rows)
    await posting.validate_many(story.work, suite[f"{kind}Payment"], [each.id for each in made])
    allocations = suite[f"{kind}PaymentAllocation"]
    for payment, plan in zip(made, plans, strict=True):
        for invoice, amount in plan.parts:
            joined = {"payment": payment.id, "invoice": invoice.id}
            await posting.allocate(story.work, allocations, joined, amount, plan.day)


async def _on_account(story: Story) -> None:
    """A cheque received this week, not paid in yet."""
    order = next(each for each in story["SalesOrder"] if each["_invoiced_on"] is None)
    await story.tell(
        "CustomerPayment",
        [
            {
                "amount": "1000.00",
                "paid_on": TODAY,
                "payment_method": "cheque",
                "payment_kind": "down_payment",
                "reference": "Chèque n° 4410327",
                "currency": "EUR",
                "account": order["account"],
                "sales_order": order,
                "bank_account": story["BankAccount"][0],
                "owner": story.cast.accounting,
            }
        ],
    )
