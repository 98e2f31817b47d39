"""Bank transactions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import CurrencyCode, Iban, Money
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_account import BankAccount
    from db.modules.finance.bank_reconciliation import BankReconciliation
    from db.modules.finance.bank_statement import BankStatement
    from db.modules.purchasing.supplier import Supplier
    from db.modules.sales.customer_account import CustomerAccount


class BankTransactionTransactionType(Choice):
    """Bank transaction: transaction type."""

    TRANSFER = "transfer", "Virement", "Transfer"
    DIRECT_DEBIT = "direct_debit", "Prélèvement", "Direct debit"
    CARD = "card", "Carte bancaire", "Card"
    CHEQUE = "cheque", "Chèque", "Cheque"
    CASH = "cash", "Espèces", "Cash"
    FEE = "fee", "Frais bancaires", "Bank fee"
    INTEREST = "interest", "Intérêts", "Interest"
    REJECTION = "rejection", "Rejet", "Rejection"
    OTHER = "other", "Autre", "Other"


class BankTransactionStatus(Choice):
    """Bank transaction: status."""

    TO_RECONCILE = "to_reconcile", "À rapprocher", "To reconcile"
    PARTIALLY_RECONCILED = (
        "partially_reconciled",
        "Partiellement rapprochée",
        "Partially reconciled",
    )
    RECONCILED = "reconciled", "Rapprochée", "Reconciled"
    IGNORED = "ignored", "Ignorée", "Ignored"


class BankTransaction(
    Record,
    app=FINANCE,
    fr=("Transaction bancaire", "Transactions bancaires"),
    en=("Bank transaction", "Bank transactions"),
    prefix="TRB",
    title="{number} {label}",
):
    booked_on: Mapped[date] = column(
        "Date d’opération", "Booking date", header=True, key=True, quick=True
    )
    value_on: Mapped[date | None] = column("Date de valeur", "Value date")
    label: Mapped[str] = column("Libellé", "Label", quick=True)
    amount: Mapped[Money] = column("Montant", "Amount", header=True, key=True, quick=True)
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    transaction_type: Mapped[BankTransactionTransactionType | None] = column(
        "Type d’opération", "Transaction type", key=True
    )
    bank_reference: Mapped[str | None] = column(
        "Référence bancaire", "Bank reference", unique=True, searched=True
    )
    counterparty_name: Mapped[str | None] = column("Nom du tiers", "Counterparty name")
    counterparty_iban: Mapped[Iban | None] = column(
        "IBAN du tiers", "Counterparty IBAN", searched=True
    )
    status: Mapped[BankTransactionStatus] = column(
        "Statut",
        "Status",
        header=True,
        key=True,
        readonly=True,
        default=BankTransactionStatus.TO_RECONCILE,
    )
    reconciled_amount: Mapped[Money | None] = column(
        "Montant rapproché", "Reconciled amount", key=True, readonly=True
    )
    bank_account: Mapped[BankAccount] = relation(
        "Compte bancaire", "Bank account", inverse="transactions"
    )
    bank_statement: Mapped[BankStatement | None] = relation(
        "Relevé bancaire", "Bank statement", inverse="transactions"
    )
    bank_reconciliation: Mapped[BankReconciliation | None] = relation(
        "Rapprochement bancaire", "Bank reconciliation", inverse="transactions"
    )
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="bank_transactions"
    )
    supplier: Mapped[Supplier | None] = relation(
        "Fournisseur", "Supplier", inverse="bank_transactions"
    )
