"""Chart of accounts."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import FINANCE
from db.record import Record


class LedgerAccountAccountClass(Choice):
    """Ledger account: class."""

    CLASS_1 = "class_1", "1 – Capitaux", "1 – Equity and long-term debt"
    CLASS_2 = "class_2", "2 – Immobilisations", "2 – Fixed assets"
    CLASS_3 = "class_3", "3 – Stocks", "3 – Inventories"
    CLASS_4 = "class_4", "4 – Tiers", "4 – Third parties"
    CLASS_5 = "class_5", "5 – Financiers", "5 – Financial accounts"
    CLASS_6 = "class_6", "6 – Charges", "6 – Expenses"
    CLASS_7 = "class_7", "7 – Produits", "7 – Income"
    CLASS_8 = "class_8", "8 – Comptes spéciaux", "8 – Special accounts"


class LedgerAccountAccountType(Choice):
    """Ledger account: account type."""

    GENERAL = "general", "Général", "General"
    RECEIVABLE = "receivable", "Collectif clients", "Receivable control"
    PAYABLE = "payable", "Collectif fournisseurs", "Payable control"
    EMPLOYEE = "employee", "Collectif salariés", "Employee control"
    VAT_COLLECTED = "vat_collected", "TVA collectée", "VAT collected"
    VAT_DEDUCTIBLE = "vat_deductible", "TVA déductible", "VAT deductible"
    VAT_SETTLEMENT = "vat_settlement", "TVA à décaisser ou crédit", "VAT settlement"
    BANK = "bank", "Banque", "Bank"
    CASH = "cash", "Caisse", "Cash"
    SUSPENSE = "suspense", "Attente", "Suspense"
    RESULT = "result", "Résultat", "Result for the year"


class LedgerAccount(
    Record,
    app=FINANCE,
    fr=("Compte comptable", "Plan comptable"),
    en=("Ledger account", "Chart of accounts"),
    prefix="CPT",
    title="{account_number} {name}",
):
    account_number: Mapped[str] = column(
        "Numéro de compte", "Account number", header=True, quick=True, unique=True, searched=True
    )
    name: Mapped[str] = column("Intitulé", "Account name", quick=True)
    account_class: Mapped[LedgerAccountAccountClass | None] = column(
        "Classe", "Class", key=True, readonly=True
    )
    account_type: Mapped[LedgerAccountAccountType | None] = column(
        "Type de compte", "Account type", header=True, key=True, quick=True
    )
    letterable: Mapped[bool | None] = column("Lettrable", "Letterable")
    bank_reconcilable: Mapped[bool | None] = column("Rapprochable", "Bank reconcilable")
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    statement_line: Mapped[str | None] = column(
        "Rubrique des états financiers", "Financial statement line"
    )
    total_debit: Mapped[Money | None] = column(
        "Total débit", "Total debit", key=True, readonly=True
    )
    total_credit: Mapped[Money | None] = column(
        "Total crédit", "Total credit", key=True, readonly=True
    )
    balance: Mapped[Money | None] = column("Solde", "Balance", header=True, key=True, readonly=True)
    parent_account: Mapped[LedgerAccount | None] = relation(
        "Compte de regroupement",
        "Parent account",
        inverse="subaccounts",
        tab=("Sous-comptes", "Subaccounts"),
    )
