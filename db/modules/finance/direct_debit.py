"""Direct debit batches."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import FINANCE
from db.modules.choices import SepaScheme
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_account import BankAccount
    from db.modules.finance.bank_transaction import BankTransaction


class DirectDebitStatus(Choice):
    """Direct debit batch: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    GENERATED = "generated", "Fichier généré", "File generated"
    SENT_TO_BANK = "sent_to_bank", "Transmis à la banque", "Sent to bank"
    COLLECTED = "collected", "Encaissé", "Collected"
    PARTIALLY_REJECTED = "partially_rejected", "Partiellement rejeté", "Partially rejected"
    REJECTED = "rejected", "Rejeté", "Rejected"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class DirectDebit(
    Record,
    app=FINANCE,
    fr=("Prélèvement bancaire", "Prélèvements bancaires"),
    en=("Direct debit batch", "Direct debit batches"),
    prefix="PRE",
    title="{number} {message_reference}",
):
    collected_on: Mapped[date] = column(
        "Date d’encaissement demandée",
        "Requested collection date",
        header=True,
        key=True,
        quick=True,
    )
    message_reference: Mapped[str] = column(
        "Référence de la remise", "Message reference", quick=True, unique=True, searched=True
    )
    scheme: Mapped[SepaScheme | None] = column("Type de mandat", "Scheme", key=True, quick=True)
    status: Mapped[DirectDebitStatus] = column(
        "Statut", "Status", header=True, key=True, default=DirectDebitStatus.DRAFT
    )
    creditor_name: Mapped[str | None] = column("Émetteur", "Creditor name", readonly=True)
    creditor_identifier: Mapped[str | None] = column(
        "Identifiant créancier SEPA (ICS)", "SEPA creditor identifier", readonly=True
    )
    transaction_count: Mapped[int | None] = column(
        "Nombre de prélèvements", "Number of collections", key=True, readonly=True
    )
    total_amount: Mapped[Money | None] = column(
        "Montant total", "Total amount", header=True, key=True, readonly=True
    )
    generated_at: Mapped[datetime | None] = column(
        "Fichier généré le", "File generated at", readonly=True
    )
    bank_account: Mapped[BankAccount] = relation(
        "Compte bancaire créancier", "Creditor bank account", inverse="direct_debits"
    )
    bank_transaction: Mapped[BankTransaction | None] = relation(
        "Transaction bancaire", "Bank transaction", inverse="direct_debits"
    )
