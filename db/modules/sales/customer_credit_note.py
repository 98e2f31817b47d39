"""Customer credit notes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, CurrencyCode, Money
from db.modules.apps import SALES
from db.record import Record

if TYPE_CHECKING:
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.sales.sales_order import SalesOrder


class CustomerCreditNoteStatus(Choice):
    """Customer credit note: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    VALIDATED = "validated", "Validé", "Validated"
    SENT = "sent", "Envoyé", "Sent"
    PARTIALLY_APPLIED = "partially_applied", "Partiellement imputé", "Partially applied"
    APPLIED = "applied", "Imputé", "Applied"
    REFUNDED = "refunded", "Remboursé", "Refunded"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class CustomerCreditNoteReason(Choice):
    """Customer credit note: reason."""

    RETURN = "return", "Retour de marchandise", "Goods returned"
    BILLING_ERROR = "billing_error", "Erreur de facturation", "Billing error"
    COMMERCIAL_GESTURE = "commercial_gesture", "Geste commercial", "Goodwill"
    CANCELLATION = "cancellation", "Annulation", "Cancellation"
    REBATE = "rebate", "Remise de fin d’année", "Rebate"
    OTHER = "other", "Autre", "Other"


class CustomerCreditNoteEInvoiceStatus(Choice):
    """Customer credit note: E-invoice status."""

    NOT_APPLICABLE = "not_applicable", "Non concerné", "Not applicable"
    TO_SEND = "to_send", "À déposer", "To submit"
    SUBMITTED = "submitted", "Déposé", "Submitted"
    RECEIVED = "received", "Reçu", "Received"
    APPROVED = "approved", "Approuvé", "Approved"
    REJECTED = "rejected", "Rejeté", "Rejected"
    REFUSED = "refused", "Refusé", "Refused"


class CustomerCreditNote(
    Record,
    app=SALES,
    fr=("Avoir client", "Avoirs client"),
    en=("Customer credit note", "Customer credit notes"),
    prefix="AVC",
    title="{number} {subject}",
    lines=True,
    accounting=True,
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    status: Mapped[CustomerCreditNoteStatus] = column(
        "Statut", "Status", header=True, key=True, default=CustomerCreditNoteStatus.DRAFT
    )
    issued_on: Mapped[date] = column(
        "Date de l’avoir", "Credit note date", header=True, key=True, quick=True
    )
    reason: Mapped[CustomerCreditNoteReason | None] = column(
        "Motif", "Reason", key=True, quick=True
    )
    billing_address: Mapped[Address | None] = column("Adresse de facturation", "Billing address")
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    total_excl_tax: Mapped[Money | None] = column(
        "Total HT", "Total excl. tax", key=True, readonly=True
    )
    total_vat: Mapped[Money | None] = column("Total TVA", "Total VAT", readonly=True)
    total_incl_tax: Mapped[Money | None] = column(
        "Total TTC", "Total incl. tax", header=True, key=True, readonly=True
    )
    amount_applied: Mapped[Money | None] = column(
        "Montant imputé ou remboursé", "Amount applied or refunded", key=True, readonly=True
    )
    balance: Mapped[Money | None] = column(
        "Solde de l’avoir", "Remaining credit", header=True, key=True, readonly=True
    )
    e_invoice_status: Mapped[CustomerCreditNoteEInvoiceStatus | None] = column(
        "État de facturation électronique", "E-invoice status", key=True, readonly=True
    )
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="credit_notes", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact", "Contact", inverse="credit_notes", rollup=True
    )
    invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture d’origine", "Original invoice", inverse="credit_notes", rollup=True
    )
    sales_order: Mapped[SalesOrder | None] = relation(
        "Bon de commande client", "Sales order", inverse="credit_notes", rollup=True
    )
