"""What moves the bank without an invoice: pay, social charges, VAT, fees, cash, expenses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from db.demo import billing, expenses, purchasing
from db.demo.bank import Movement, movement_of
from db.demo.calendar import FIRST, LAST, TODAY, YEAR, month_end, months, working
from db.demo.entries import Posting, post, write_by_hand
from db.demo.ledger import OPENING_BALANCE
from db.demo.story import Fiche, Story
from db.lines import ZERO, cents

FEE: Final = Decimal("38.50")

OPENING: Final = (
    ("512000", OPENING_BALANCE),
    ("512100", Decimal("40000.00")),
    ("530000", Decimal("300.00")),
    ("370000", Decimal("118400.00")),
    ("215400", Decimal("48000.00")),
    ("218200", Decimal("62000.00")),
    ("281540", Decimal("-21000.00")),
    ("281820", Decimal("-30500.00")),
    ("101000", Decimal("-150000.00")),
    ("106100", Decimal("-15000.00")),
    ("164000", Decimal("-252000.00")),
    ("120000", Decimal("-61840.12")),
)


@dataclass(frozen=True)
class Pay:
    """A month's payroll."""

    day: date
    gross: Decimal
    employer: Decimal
    net: Decimal

    @property
    def social(self) -> Decimal:
        return self.gross + self.employer - self.net


@dataclass(frozen=True)
class Vat:
    """A month's VAT: collected, deductible, and the credit of the month before."""

    first: date
    collected: Decimal
    deductible: Decimal
    brought_forward: Decimal

    @property
    def net(self) -> Decimal:
        """What is due; negative where it is a credit."""
        return self.collected - self.deductible - self.brought_forward

    @property
    def paid_on(self) -> date:
        return working(_next(self.first).replace(day=19))


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def payroll(story: Story) -> list[Pay]:
    found = []
    for first in months(TODAY.month - 1):
        last = month_end(first)
        gross = sum(
            (
                Decimal(each["gross_monthly_salary"])
                for each in story["EmploymentContract"]
                if each["starts_on"] <= last and (each["ends_on"] or LAST) >= first
            ),
            ZERO,
        )
        net = cents(gross * Decimal("0.78"))
        employer = cents(gross * Decimal("0.41"))
        found.append(Pay(working(first.replace(day=27)), gross, employer, net))
    return found


async def vat(story: Story) -> list[Vat]:
    """The VAT of each month that is over."""
    signs: Mapping[str, tuple[int, list[Fiche]]] = {
        "CustomerInvoice": (1, billing.validated(story)),
        "CustomerCreditNote": (-1, story["CustomerCreditNote"]),
        "SupplierInvoice": (1, purchasing.validated(story)),
        "SupplierCreditNote": (-1, story["SupplierCreditNote"]),
    }
    by_month: dict[tuple[str, int], Decimal] = {}
    for module, (sign, documents) in signs.items():
        stored = await story.stored(documents)
        for each in documents:
            if stored[each.id]["status"] != "draft":
                key = (module[:8], each["issued_on"].month)
                by_month[key] = by_month.get(key, ZERO) + sign * stored[each.id]["total_vat"]
    found: list[Vat] = []
    credit = ZERO
    for first in months(TODAY.month - 1):
        deductible = by_month.get(("Supplier", first.month), ZERO)
        deductible += expenses.deductible(story, first.month)
        month = Vat(first, by_month.get(("Customer", first.month), ZERO), deductible, credit)
        credit = max(-month.net, ZERO)
        found.append(month)
    return found


async def movements(story: Story) -> list[Movement]:
    """What the bank will see of it."""
    pays = payroll(story)
    found = [
        Movement(("pay", pay.day), pay.day, f"Salaires {pay.day:%m/%Y}", -pay.net, "transfer")
        for pay in pays
    ]
    found += [
        Movement(
            ("social", pay.day),
            _social_on(pay),
            f"Cotisations {pay.day:%m/%Y}",
            -pay.social,
            "direct_debit",
        )
        for pay in pays
    ]
    found += [
        Movement(
            ("vat", each.first), each.paid_on, f"TVA {each.first:%m/%Y}", -each.net, "transfer"
        )
        for each in await vat(story)
        if each.net > 0
    ]
    found += [
        Movement(("fee", first), working(month_end(first)), "Frais de tenue de compte", -FEE, "fee")
        for first in months(TODAY.month - 1)
    ]
    found += [
        Movement(("cash", day), day, "Versement d’espèces", amount, "cash")
        for day, amount in cash_taken(story)
    ]
    found += [
        Movement(
            ("expenses", report.id),
            report["reimbursed_on"],
            f"Frais {report['person']['last_name']}",
            -report["amount_to_reimburse"],
            "transfer",
        )
        for report in expenses.repaid(story)
    ]
    return [each for each in found if each.day <= TODAY]


def _social_on(pay: Pay) -> date:
    return working(_next(pay.day.replace(day=1)).replace(day=15))


def cash_taken(story: Story) -> list[tuple[date, Decimal]]:
    """What the till took in cash each month, brought to the bank at its end."""
    found = []
    for first in months(TODAY.month - 1):
        taken = [
            sale["_total"]
            for sale in story["CustomerInvoice"]
            if sale["_paid_by"] == "cash" and sale["issued_on"].month == first.month
        ]
        if taken:
            found.append((working(first.replace(day=27)), sum(taken, ZERO)))
    return found


async def record(story: Story) -> None:
    """Post what the invoices and payments did not, and declare the VAT."""
    with story.by(story.cast.accountant):
        pays, taxes = payroll(story), await vat(story)
        rest = -sum((amount for _, amount in OPENING), ZERO)
        opening = Posting(
            "AN", FIRST, f"À-nouveaux {YEAR}", f"AN {YEAR}", (*OPENING, ("110000", rest))
        )
        written = [("opening", opening), *(("payroll", _pay(pay)) for pay in pays)]
        written += [("vat", _declared(each)) for each in taxes]
        await write_by_hand(story, sorted(written, key=lambda each: each[1].day))
        returns = await _returns(story, taxes)
        await post(story, [*_bank(story, pays), *_vat_paid(story, returns)])
        await _repay(story)


def _pay(pay: Pay) -> Posting:
    legs = (
        ("641000", pay.gross),
        ("645000", pay.employer),
        ("421000", -pay.net),
        ("431000", -pay.social),
    )
    return Posting("PA", pay.day, f"Paie de {pay.day:%m/%Y}", f"PAIE {pay.day:%m/%Y}", legs)


def _declared(each: Vat) -> Posting:
    """Empty both VAT accounts into what is due, or into a credit."""
    legs = (
        ("445710", each.collected),
        ("445660", -each.deductible),
        ("445510", each.deductible - each.collected),
    )
    label = f"TVA de {each.first:%m/%Y}"
    return Posting("OD", month_end(each.first), label, f"CA3 {each.first:%m/%Y}", legs)


async def _returns(story: Story, taxes: list[Vat]) -> list[tuple[Vat, Fiche]]:
    previous = None
    made = []
    for each in taxes:
        paid = movement_of(story, ("vat", each.first))
        filed = each.paid_on <= TODAY
        (previous,) = await story.tell(
            "VatReturn",
            [
                {
                    "form": "ca3",
                    "period_start": each.first,
                    "period_end": month_end(each.first),
                    "due_on": each.paid_on,
                    "status": ("paid" if paid else "filed") if filed else "computed",
                    "boxes": _boxes(each),
                    "output_vat": each.collected,
                    "input_vat": each.deductible,
                    "input_vat_fixed_assets": ZERO,
                    "credit_brought_forward": each.brought_forward,
                    "vat_due": max(each.net, ZERO),
                    "vat_credit": max(-each.net, ZERO),
                    "filed_on": each.paid_on if filed else None,
                    "fiscal_year": story["FiscalYear"][-1],
                    "previous_return": previous,
                    "bank_transaction": paid,
                    "owner": story.cast.accounting,
                }
            ],
            by_service=True,
        )
        made.append((each, previous))
    return made


def _boxes(each: Vat) -> dict[str, str]:
    base = cents(each.collected / Decimal("0.20"))
    return {
        "A1": str(base),
        "08": str(each.collected),
        "16": str(each.collected),
        "20": str(each.deductible),
        "22": str(each.brought_forward),
        "23": str(each.deductible + each.brought_forward),
        "25": str(max(-each.net, ZERO)),
        "28": str(max(each.net, ZERO)),
        "32": str(max(each.net, ZERO)),
    }


def _vat_paid(story: Story, returns: list[tuple[Vat, Fiche]]) -> list[Posting]:
    found = []
    for each, declared in returns:
        movement = movement_of(story, ("vat", each.first))
        if movement is not None:
            about = {"vat_return": declared}
            found.append(_through_bank(movement, "445510", about))
    return found


def _bank(story: Story, pays: list[Pay]) -> list[Posting]:
    accounts = {
        **{("pay", pay.day): "421000" for pay in pays},
        **{("social", pay.day): "431000" for pay in pays},
        **{("fee", first): "627000" for first in months(TODAY.month)},
        **{("cash", day): "530000" for day, _ in cash_taken(story)},
    }
    found = [
        _through_bank(movement, account, {})
        for key, account in accounts.items()
        if (movement := movement_of(story, key)) is not None
    ]
    for report in expenses.repaid(story):
        movement = movement_of(story, ("expenses", report.id))
        if movement is not None:
            about = {"expense_report": report, "person": report["person"]}
            found.append(_through_bank(movement, "421000", about))
    return found


def _through_bank(movement: Fiche, account: str, about: Mapping[str, Fiche]) -> Posting:
    amount: Decimal = movement["amount"]
    return Posting(
        "BQ",
        movement["booked_on"],
        movement["label"],
        movement["bank_reference"],
        (("512000", amount), (account, -amount)),
        {"bank_transaction": movement, **about},
    )


async def _repay(story: Story) -> None:
    """Say in which line of the statement each report was paid back."""
    found: dict[Fiche, Mapping[str, Any]] = {}
    for report in expenses.repaid(story):
        movement = movement_of(story, ("expenses", report.id))
        if movement is not None:
            found[report] = {"bank_transaction_id": movement.id}
    await story.compute(found)
