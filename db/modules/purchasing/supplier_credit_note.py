"""Supplier credit notes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import CurrencyCode, Money
from db.modules.apps import PURCHASING
from db.record import Record

if TYPE_CHECKING:
    from db.modules.purchasing.supplier import Supplier
    from db.modules.purchasing.supplier_invoice import SupplierInvoice


class SupplierCreditNoteStatus(Choice):
    """Supplier credit note: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    VALIDATED = "validated", "Validé", "Validated"
    PARTIALLY_APPLIED = "partially_applied", "Partiellement imputé", "Partially applied"
    APPLIED = "applied", "Imputé", "Applied"
    REFUNDED = "refunded", "Remboursé", "Refunded"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class SupplierCreditNoteReason(Choice):
    """Supplier credit note: reason."""

    RETURN = "return", "Retour de marchandise", "Goods returned"
    BILLING_ERROR = "billing_error", "Erreur de facturation", "Billing error"
    QUALITY_CLAIM = "quality_claim", "Réclamation qualité", "Quality claim"
    REBATE = "rebate", "Remise de fin d’année", "Rebate"
    CANCELLATION = "cancellation", "Annulation", "Cancellation"
    OTHER = "other", "Autre", "Other"


class SupplierCreditNote(
    Record,
    app=PURCHASING,
    fr=("Avoir fournisseur", "Avoirs fournisseur"),
    en=("Supplier credit note", "Supplier credit notes"),
    prefix="AVF",
    title="{number} {subject}",
    lines=True,
    accounting=True,
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    supplier_credit_note_number: Mapped[str] = column(
        "N° d’avoir du fournisseur",
        "Supplier credit note number",
        header=True,
        quick=True,
        unique=True,
        searched=True,
    )
    status: Mapped[SupplierCreditNoteStatus] = column(
        "Statut", "Status", header=True, key=True, default=SupplierCreditNoteStatus.DRAFT
    )
    issued_on: Mapped[date] = column(
        "Date de l’avoir", "Credit note date", header=True, key=True, quick=True
    )
    reason: Mapped[SupplierCreditNoteReason | None] = column("Motif", "Reason", key=True)
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
    supplier: Mapped[Supplier] = relation(
        "Fournisseur", "Supplier", inverse="credit_notes", rollup=True
    )
    invoice: Mapped[SupplierInvoice | None] = relation(
        "Facture d’origine", "Original invoice", inverse="credit_notes", rollup=True
    )
