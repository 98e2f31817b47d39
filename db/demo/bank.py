"""The bank's side: statements month by month, their lines, and what they were reconciled with."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.demo.calendar import TODAY, YEAR, later, month_end, months
from db.demo.ledger import OPENING_BALANCE
from db.demo.story import Fiche, Story


@dataclass(frozen=True)
class Movement:
    """A line of a statement to come: money in where `amount` is positive. `key` finds it again."""

    key: Hashable
    day: date
    label: str
    amount: Decimal
    kind: str
    account: Fiche | None = None
    supplier: Fiche | None = None


def movement_of(story: Story, key: Hashable) -> Fiche | None:
    """The bank's line of something planned under that key."""
    return next((each for each in story["BankTransaction"] if each["_key"] == key), None)


async def book(story: Story, movements: Sequence[Movement]) -> None:
    """Statements that the movements fit in to the cent, and the lines themselves."""
    bank = story["BankAccount"][0]
    ordered = sorted(movements, key=lambda each: each.day)
    balance, rows = OPENING_BALANCE, []
    for first in months(TODAY.month):
        own = [each for each in ordered if each.day.month == first.month]
        opening, balance = balance, balance + sum(each.amount for each in own)
        rows.append(
            {
                "reference": f"{YEAR}-{first.month:02d}",
                "starts_on": first,
                "ends_on": min(month_end(first), TODAY),
                "opening_balance": opening,
                "closing_balance": balance,
                "computed_balance": balance,
                "difference": "0.00",
                "source_format": "camt053",
                "status": "imported" if first.month == TODAY.month else "reconciled",
                "bank_account": bank,
                "owner": story.cast.accounting,
            }
        )
    statements = await story.tell("BankStatement", rows, by_service=True)
    reconciliations = await story.tell(
        "BankReconciliation",
        (
            {
                "reconciled_on": min(later(statement["ends_on"], 4), TODAY),
                "status": "in_progress" if statement["status"] == "imported" else "validated",
                "bank_balance": statement["closing_balance"],
                "ledger_balance": statement["closing_balance"],
                "outstanding_debits": "0.00",
                "outstanding_credits": "0.00",
                "difference": "0.00",
                "bank_account": bank,
                "bank_statement": statement,
                "owner": story.cast.accounting,
            }
            for statement in statements
        ),
        by_service=True,
    )
    await story.tell(
        "BankTransaction",
        (
            {
                "booked_on": each.day,
                "value_on": each.day,
                "label": each.label.upper(),
                "amount": each.amount,
                "currency": "EUR",
                "transaction_type": each.kind,
                "bank_reference": f"{each.day:%y%m%d}{position:05d}",
                "counterparty_name": party["name"]
                if (party := each.account or each.supplier)
                else None,
                "counterparty_iban": _iban(story, party) if party else None,
                "status": "reconciled",
                "reconciled_amount": each.amount,
                "bank_account": bank,
                "bank_statement": statements[each.day.month - 1],
                "bank_reconciliation": reconciliations[each.day.month - 1],
                "account": each.account,
                "supplier": each.supplier,
                "owner": story.cast.accounting,
                "_key": each.key,
            }
            for position, each in enumerate(ordered, start=1)
        ),
        by_service=True,
    )
    await story.compute({bank: {"current_balance": balance, "unreconciled_amount": Decimal(0)}})


def _iban(story: Story, party: Fiche) -> str | None:
    own = (
        each
        for each in story["ThirdPartyBankAccount"]
        if party in (each["account"], each["supplier"])
    )
    found = next(own, None)
    iban: str | None = found["iban"] if found else None
    return iban
