"""Supplier invoices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import CurrencyCode, Money
from db.modules.apps import PURCHASING
from db.modules.choices import PaymentTerms
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.third_party_bank_account import ThirdPartyBankAccount
    from db.modules.projects.project import Project
    from db.modules.purchasing.purchase_order import PurchaseOrder
    from db.modules.purchasing.supplier import Supplier


class SupplierInvoiceStatus(Choice):
    """Supplier invoice: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    TO_VALIDATE = "to_validate", "À valider", "To validate"
    VALIDATED = "validated", "Validée", "Validated"
    PARTIALLY_PAID = "partially_paid", "Partiellement payée", "Partially paid"
    PAID = "paid", "Payée", "Paid"
    DISPUTED = "disputed", "En litige", "Disputed"
    CANCELLED = "cancelled", "Annulée", "Cancelled"


class SupplierInvoicePaymentApproval(Choice):
    """Supplier invoice: payment approval."""

    PENDING = "pending", "En attente", "Pending"
    APPROVED = "approved", "Accordé", "Approved"
    REFUSED = "refused", "Refusé", "Refused"


class SupplierInvoiceCaptureSource(Choice):
    """Supplier invoice: capture source."""

    MANUAL = "manual", "Manuelle", "Manual"
    PDF_CAPTURE = "pdf_capture", "Lecture de PDF", "PDF capture"
    E_INVOICE = "e_invoice", "Facture électronique", "E-invoice"
    CONVERSION = "conversion", "Conversion", "Conversion"
    IMPORT = "import", "Import", "Import"


class SupplierInvoiceEInvoiceStatus(Choice):
    """Supplier invoice: E-invoice status."""

    NOT_APPLICABLE = "not_applicable", "Non concernée", "Not applicable"
    RECEIVED = "received", "Reçue", "Received"
    TAKEN_IN_CHARGE = "taken_in_charge", "Prise en charge", "In hand"
    APPROVED = "approved", "Approuvée", "Approved"
    DISPUTED = "disputed", "En litige", "Disputed"
    SUSPENDED = "suspended", "Suspendue", "Suspended"
    REFUSED = "refused", "Refusée", "Refused"
    PAYMENT_SENT = "payment_sent", "Paiement transmis", "Payment sent"


class SupplierInvoice(
    Record,
    app=PURCHASING,
    fr=("Facture fournisseur", "Factures fournisseur"),
    en=("Supplier invoice", "Supplier invoices"),
    prefix="FAF",
    title="{number} {subject}",
    lines=True,
    accounting=True,
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    supplier_invoice_number: Mapped[str] = column(
        "N° de facture du fournisseur",
        "Supplier invoice number",
        header=True,
        quick=True,
        unique=True,
        searched=True,
    )
    status: Mapped[SupplierInvoiceStatus] = column(
        "Statut", "Status", header=True, key=True, default=SupplierInvoiceStatus.DRAFT
    )
    issued_on: Mapped[date] = column(
        "Date de facture", "Invoice date", header=True, key=True, quick=True
    )
    received_on: Mapped[date | None] = column("Date de réception", "Received on")
    due_on: Mapped[date] = column("Échéance", "Due date", header=True, key=True, quick=True)
    payment_terms: Mapped[PaymentTerms | None] = column("Conditions de règlement", "Payment terms")
    payment_approval: Mapped[SupplierInvoicePaymentApproval | None] = column(
        "Bon à payer", "Payment approval", key=True
    )
    capture_source: Mapped[SupplierInvoiceCaptureSource | None] = column(
        "Mode de saisie", "Capture source", key=True, readonly=True
    )
    e_invoice_status: Mapped[SupplierInvoiceEInvoiceStatus | None] = column(
        "État de facturation électronique", "E-invoice status", key=True
    )
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    total_excl_tax: Mapped[Money | None] = column(
        "Total HT", "Total excl. tax", key=True, readonly=True
    )
    total_vat: Mapped[Money | None] = column("Total TVA", "Total VAT", key=True, readonly=True)
    total_incl_tax: Mapped[Money | None] = column(
        "Total TTC", "Total incl. tax", header=True, key=True, readonly=True
    )
    amount_paid: Mapped[Money | None] = column(
        "Montant réglé", "Amount paid", key=True, readonly=True
    )
    balance_due: Mapped[Money | None] = column(
        "Reste à payer", "Balance due", header=True, key=True, readonly=True
    )
    supplier: Mapped[Supplier] = relation(
        "Fournisseur", "Supplier", inverse="invoices", rollup=True
    )
    purchase_order: Mapped[PurchaseOrder | None] = relation(
        "Bon de commande fournisseur", "Purchase order", inverse="invoices", rollup=True
    )
    project: Mapped[Project | None] = relation(
        "Projet", "Project", inverse="supplier_invoices", rollup=True
    )
    third_party_bank_account: Mapped[ThirdPartyBankAccount | None] = relation(
        "Compte bancaire du fournisseur", "Supplier bank account", inverse="supplier_invoices"
    )
