"""Bank reconciliations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_account import BankAccount
    from db.modules.finance.bank_statement import BankStatement


class BankReconciliationStatus(Choice):
    """Bank reconciliation: status."""

    IN_PROGRESS = "in_progress", "En cours", "In progress"
    BALANCED = "balanced", "Équilibré", "Balanced"
    VALIDATED = "validated", "Validé", "Validated"


class BankReconciliation(
    Record,
    app=FINANCE,
    fr=("Rapprochement bancaire", "Rapprochements bancaires"),
    en=("Bank reconciliation", "Bank reconciliations"),
    prefix="RAP",
    title="{number} {bank_account}",
):
    reconciled_on: Mapped[date] = column(
        "Date d’arrêté", "Reconciliation date", header=True, key=True, quick=True
    )
    status: Mapped[BankReconciliationStatus] = column(
        "Statut", "Status", header=True, key=True, default=BankReconciliationStatus.IN_PROGRESS
    )
    bank_balance: Mapped[Money | None] = column(
        "Solde bancaire", "Bank balance", key=True, quick=True
    )
    ledger_balance: Mapped[Money | None] = column(
        "Solde comptable", "Ledger balance", key=True, readonly=True
    )
    outstanding_debits: Mapped[Money | None] = column(
        "Débits en suspens", "Outstanding debits", readonly=True
    )
    outstanding_credits: Mapped[Money | None] = column(
        "Crédits en suspens", "Outstanding credits", readonly=True
    )
    difference: Mapped[Money | None] = column(
        "Écart", "Difference", header=True, key=True, readonly=True
    )
    bank_account: Mapped[BankAccount] = relation(
        "Compte bancaire", "Bank account", inverse="bank_reconciliations"
    )
    bank_statement: Mapped[BankStatement | None] = relation(
        "Relevé bancaire", "Bank statement", inverse="bank_reconciliations"
    )
