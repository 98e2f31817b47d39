"""Bank accounts."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Bic, CurrencyCode, Iban, Money
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.journal import Journal
    from db.modules.finance.ledger_account import LedgerAccount


class BankAccountFeedType(Choice):
    """Bank account: bank feed."""

    MANUAL = "manual", "Manuelle", "Manual"
    FILE = "file", "Import de relevés", "Statement import"
    API = "api", "Connexion bancaire", "Bank connection"


class BankAccount(
    Record,
    app=FINANCE,
    fr=("Compte bancaire", "Comptes bancaires"),
    en=("Bank account", "Bank accounts"),
    prefix="BQE",
    title="{name}",
):
    name: Mapped[str] = column("Nom du compte", "Account name", quick=True)
    account_holder: Mapped[str | None] = column("Titulaire", "Account holder")
    bank_name: Mapped[str | None] = column("Banque", "Bank", header=True, quick=True)
    iban: Mapped[Iban] = column("IBAN", "IBAN", header=True, quick=True, unique=True, searched=True)
    bic: Mapped[Bic | None] = column("BIC", "BIC", quick=True)
    creditor_identifier: Mapped[str | None] = column(
        "Identifiant créancier SEPA (ICS)", "SEPA creditor identifier"
    )
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    opening_balance: Mapped[Money | None] = column("Solde d’ouverture", "Opening balance")
    opening_balance_on: Mapped[date | None] = column(
        "Date du solde d’ouverture", "Opening balance date"
    )
    current_balance: Mapped[Money | None] = column(
        "Solde bancaire", "Bank balance", header=True, key=True, readonly=True
    )
    unreconciled_amount: Mapped[Money | None] = column(
        "Montant à rapprocher", "Amount to reconcile", key=True, readonly=True
    )
    feed_type: Mapped[BankAccountFeedType | None] = column("Alimentation", "Bank feed", key=True)
    last_synced_at: Mapped[datetime | None] = column(
        "Dernière synchronisation", "Last sync", readonly=True
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    ledger_account: Mapped[LedgerAccount | None] = relation(
        "Compte comptable", "Ledger account", inverse="bank_accounts"
    )
    journal: Mapped[Journal | None] = relation(
        "Journal de banque", "Bank journal", inverse="bank_accounts"
    )
