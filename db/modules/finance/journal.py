"""Journals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.ledger_account import LedgerAccount


class JournalJournalType(Choice):
    """Journal: type."""

    SALES = "sales", "Ventes", "Sales"
    PURCHASES = "purchases", "Achats", "Purchases"
    BANK = "bank", "Banque", "Bank"
    CASH = "cash", "Caisse", "Cash"
    GENERAL = "general", "Opérations diverses", "General"
    EXPENSES = "expenses", "Notes de frais", "Expense reports"
    PAYROLL = "payroll", "Paie", "Payroll"
    OPENING = "opening", "À-nouveaux", "Opening balances"
    CLOSING = "closing", "Clôture", "Closing"


class Journal(
    Record,
    app=FINANCE,
    fr=("Journal comptable", "Journaux comptables"),
    en=("Journal", "Journals"),
    prefix="JNL",
    title="{code} {name}",
):
    code: Mapped[str] = column(
        "Code journal", "Journal code", header=True, quick=True, unique=True, searched=True
    )
    name: Mapped[str] = column("Libellé du journal", "Journal name", quick=True)
    journal_type: Mapped[JournalJournalType] = column(
        "Type", "Type", header=True, key=True, quick=True
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    locked_until: Mapped[date | None] = column("Verrouillé jusqu’au", "Locked until", key=True)
    next_entry_number: Mapped[int | None] = column(
        "Prochain numéro d’écriture", "Next entry number", readonly=True
    )
    contra_account: Mapped[LedgerAccount | None] = relation(
        "Compte de contrepartie",
        "Contra account",
        inverse="contra_journals",
        tab=("Journaux de contrepartie", "Contra journals"),
    )
