"""What colleagues pay for the company, and get back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from db.demo.calendar import TODAY, between, later, month_end, months
from db.demo.entries import Posting, post
from db.demo.people import colleague
from db.demo.story import Fiche, Story
from db.lines import ZERO, cents

TRAVELLERS: Final = ("Morel", "Benali", "Perrin", "Girard", "Haddad", "Dubois")

# Category, label, least and most including tax, VAT that can be deducted in percent.
SPENT: Final = (
    ("meal", "Déjeuner en clientèle", 12, 26, "10"),
    ("hotel", "Nuit d’hôtel à Nantes", 68, 96, None),
    ("parking_toll", "Péage A85", 7, 22, "20"),
    ("train", "Train Tours–Paris", 42, 88, None),
    ("fuel", "Carburant", 45, 90, "20"),
    ("mileage", "Trajet en véhicule personnel", 0, 0, None),
    ("entertainment", "Repas avec un client", 48, 110, None),
    ("supplies", "Visserie et joints", 8, 60, "20"),
)

MILEAGE: Final = Decimal("0.60")
"""Euros a kilometre, about what the tax administration allows for a small car."""


async def spend(story: Story) -> None:
    """A report a month of those who travel, with its lines; posted once approved."""
    plans = [
        plan
        for first in months(TODAY.month)
        for name in TRAVELLERS
        if story.random.random() < 0.7 and (plan := _report(story, first, name))
    ]
    with story.by(story.cast.accountant):
        made = await story.tell("ExpenseReport", [report for report, _ in plans], by_service=True)
        await story.tell(
            "ExpenseLine",
            (
                {**each, "expense_report": report, "owner": report["owner"]}
                for report, (_, lines) in zip(made, plans, strict=True)
                for each in lines
            ),
            by_service=True,
        )
        approved = [each for each in made if each["approved_on"]]
        await post(story, [_posting(report) for report in approved])


def _report(story: Story, first: date, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    person = colleague(story, name)
    last = min(month_end(first), TODAY)
    rows = [_line(story, first, last) for _ in range(story.random.randint(2, 5))]
    total = sum((row["amount_incl_tax"] for row in rows), ZERO)
    vat = sum((row["vat_amount"] for row in rows), ZERO)
    back = sum((row["amount_incl_tax"] for row in rows if row["paid_by"] == "person"), ZERO)
    submitted = later(last, 2)
    approved, repaid = later(submitted, 3), later(submitted, 8)
    status = "reimbursed" if repaid <= TODAY else "posted"
    if approved > TODAY:
        status = "submitted" if submitted <= TODAY else "draft"
    return (
        {
            "subject": f"Frais de {first:%m/%Y}",
            "status": status,
            "period_start": first,
            "period_end": last,
            "submitted_on": submitted if submitted <= TODAY else None,
            "approved_on": approved if approved <= TODAY else None,
            "reimbursed_on": repaid if repaid <= TODAY else None,
            "total_excl_tax": total - vat,
            "total_vat": vat,
            "total_incl_tax": total,
            "amount_to_reimburse": back,
            "person": person,
            "employment_contract": story.one("EmploymentContract", person=person),
            "approver": person["manager"],
            "owner": story.cast.accounting,
        },
        rows,
    )


def _line(story: Story, first: date, last: date) -> dict[str, Any]:
    random = story.random
    category, label, least, most, rate = random.choice(SPENT)
    kilometres = random.randint(30, 240) if category == "mileage" else None
    amount = Decimal(random.randint(least * 100, most * 100)) / 100
    if kilometres:
        amount = kilometres * MILEAGE
    vat = cents(amount - amount / (1 + Decimal(rate) / 100)) if rate else ZERO
    tax = {"20": story["TaxRate"][0], "10": story["TaxRate"][1]}.get(rate or "")
    account = {"entertainment": "625700", "supplies": "606300", "fuel": "606600"}
    client = random.choice(story["CustomerAccount"]) if category == "entertainment" else None
    return {
        "spent_on": between(random, first, last),
        "category": category,
        "label": label,
        "amount_incl_tax": amount,
        "vat_amount": vat,
        "amount_excl_tax": amount - vat,
        "paid_by": "company_card" if category in ("hotel", "train") else "person",
        "distance_km": kilometres,
        "mileage_rate": MILEAGE if kilometres else None,
        "receipt_provided": kilometres is None,
        "rebillable": False,
        "tax_rate": tax,
        "ledger_account": story.one(
            "LedgerAccount", account_number=account.get(category, "625100")
        ),
        "account": client,
    }


def _posting(report: Fiche) -> Posting:
    """What the company owes its colleague; what its own card paid waits for the bank."""
    back: Decimal = report["amount_to_reimburse"]
    return Posting(
        "NF",
        report["approved_on"],
        f"{report['subject']} {report['person']['last_name']}",
        f"NDF {report['period_start']:%m/%Y}",
        (
            ("625100", report["total_excl_tax"]),
            ("445660", report["total_vat"]),
            ("421000", -back),
            ("467000", back - report["total_incl_tax"]),
        ),
        {"expense_report": report, "person": report["person"]},
    )


def repaid(story: Story) -> list[Fiche]:
    """The reports whose money is back."""
    return [
        each
        for each in story["ExpenseReport"]
        if each["reimbursed_on"] and each["amount_to_reimburse"]
    ]


def deductible(story: Story, month: int) -> Decimal:
    """The VAT on expenses approved in a month."""
    return sum(
        (
            each["total_vat"]
            for each in story["ExpenseReport"]
            if each["approved_on"] and each["approved_on"].month == month
        ),
        ZERO,
    )
