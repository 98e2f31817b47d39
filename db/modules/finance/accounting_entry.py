"""Accounting entries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import CurrencyCode, Money
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_reconciliation import BankReconciliation
    from db.modules.finance.bank_transaction import BankTransaction
    from db.modules.finance.fiscal_year import FiscalYear
    from db.modules.finance.journal import Journal
    from db.modules.finance.ledger_account import LedgerAccount
    from db.modules.finance.manual_entry import ManualEntry
    from db.modules.finance.tax_rate import TaxRate
    from db.modules.finance.vat_return import VatReturn
    from db.modules.hr.expense_report import ExpenseReport
    from db.modules.hr.person import Person
    from db.modules.point_of_sale.cash_movement import CashMovement
    from db.modules.purchasing.supplier import Supplier
    from db.modules.purchasing.supplier_credit_note import SupplierCreditNote
    from db.modules.purchasing.supplier_invoice import SupplierInvoice
    from db.modules.purchasing.supplier_payment import SupplierPayment
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.customer_credit_note import CustomerCreditNote
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.sales.customer_payment import CustomerPayment


class AccountingEntryStatus(Choice):
    """Accounting entry: status."""

    DRAFT = "draft", "Brouillard", "Draft"
    POSTED = "posted", "Comptabilisée", "Posted"
    VALIDATED = "validated", "Validée", "Validated"


class AccountingEntry(
    Record,
    app=FINANCE,
    fr=("Écriture comptable", "Écritures comptables"),
    en=("Accounting entry", "Accounting entries"),
    prefix="ECR",
    title="{entry_number} {label}",
    by_actions=True,
):
    entry_number: Mapped[str | None] = column(
        "Numéro d’écriture", "Entry number", header=True, readonly=True, searched=True
    )
    entry_date: Mapped[date] = column(
        "Date comptable", "Entry date", header=True, key=True, quick=True
    )
    auxiliary_account_number: Mapped[str | None] = column(
        "Numéro de compte auxiliaire", "Auxiliary account number"
    )
    auxiliary_account_name: Mapped[str | None] = column(
        "Libellé du compte auxiliaire", "Auxiliary account name"
    )
    document_reference: Mapped[str | None] = column(
        "Référence de la pièce", "Document reference", quick=True, searched=True
    )
    document_date: Mapped[date | None] = column("Date de la pièce", "Document date")
    label: Mapped[str] = column("Libellé", "Label", quick=True)
    debit: Mapped[Money | None] = column("Débit", "Debit", header=True, key=True, quick=True)
    credit: Mapped[Money | None] = column("Crédit", "Credit", header=True, key=True, quick=True)
    lettering_code: Mapped[str | None] = column(
        "Code de lettrage", "Lettering code", key=True, readonly=True
    )
    lettered_on: Mapped[date | None] = column("Date de lettrage", "Lettering date", readonly=True)
    validated_on: Mapped[date | None] = column(
        "Date de validation", "Validation date", readonly=True
    )
    currency_amount: Mapped[Money | None] = column("Montant en devise", "Amount in currency")
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    due_on: Mapped[date | None] = column("Échéance", "Due date", key=True)
    status: Mapped[AccountingEntryStatus] = column(
        "Statut",
        "Status",
        header=True,
        key=True,
        readonly=True,
        default=AccountingEntryStatus.DRAFT,
    )
    journal: Mapped[Journal] = relation("Journal", "Journal", inverse="accounting_entries")
    ledger_account: Mapped[LedgerAccount] = relation(
        "Compte comptable", "Ledger account", inverse="accounting_entries"
    )
    fiscal_year: Mapped[FiscalYear] = relation(
        "Exercice comptable", "Fiscal year", inverse="accounting_entries"
    )
    tax_rate: Mapped[TaxRate | None] = relation(
        "Taux de TVA", "VAT rate", inverse="accounting_entries"
    )
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="accounting_entries"
    )
    supplier: Mapped[Supplier | None] = relation(
        "Fournisseur", "Supplier", inverse="accounting_entries"
    )
    person: Mapped[Person | None] = relation("Personne", "Person", inverse="accounting_entries")
    customer_invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client", "Customer invoice", inverse="accounting_entries", rollup=True
    )
    customer_credit_note: Mapped[CustomerCreditNote | None] = relation(
        "Avoir client", "Customer credit note", inverse="accounting_entries", rollup=True
    )
    customer_payment: Mapped[CustomerPayment | None] = relation(
        "Paiement client", "Customer payment", inverse="accounting_entries", rollup=True
    )
    supplier_invoice: Mapped[SupplierInvoice | None] = relation(
        "Facture fournisseur", "Supplier invoice", inverse="accounting_entries", rollup=True
    )
    supplier_credit_note: Mapped[SupplierCreditNote | None] = relation(
        "Avoir fournisseur", "Supplier credit note", inverse="accounting_entries", rollup=True
    )
    supplier_payment: Mapped[SupplierPayment | None] = relation(
        "Paiement fournisseur", "Supplier payment", inverse="accounting_entries", rollup=True
    )
    manual_entry: Mapped[ManualEntry | None] = relation(
        "Saisie manuelle", "Manual entry", inverse="accounting_entries", rollup=True
    )
    expense_report: Mapped[ExpenseReport | None] = relation(
        "Note de frais", "Expense report", inverse="accounting_entries", rollup=True
    )
    bank_transaction: Mapped[BankTransaction | None] = relation(
        "Transaction bancaire", "Bank transaction", inverse="accounting_entries"
    )
    bank_reconciliation: Mapped[BankReconciliation | None] = relation(
        "Rapprochement bancaire",
        "Bank reconciliation",
        inverse="accounting_entries",
        tab=("Écritures rapprochées", "Reconciled entries"),
    )
    cash_movement: Mapped[CashMovement | None] = relation(
        "Mouvement de caisse", "Cash movement", inverse="accounting_entries"
    )
    vat_return: Mapped[VatReturn | None] = relation(
        "Déclaration de TVA", "VAT return", inverse="accounting_entries"
    )
