"""Suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, Email, Money, Phone, Siren, Siret, Url, VatNumber
from db.modules.apps import PURCHASING
from db.modules.choices import PaymentMethod, PaymentTerms
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.ledger_account import LedgerAccount


class SupplierStatus(Choice):
    """Supplier: status."""

    ACTIVE = "active", "Actif", "Active"
    UNDER_REVIEW = "under_review", "En évaluation", "Under review"
    BLOCKED = "blocked", "Bloqué", "Blocked"
    INACTIVE = "inactive", "Inactif", "Inactive"


class Supplier(
    Record,
    app=PURCHASING,
    fr=("Fournisseur", "Fournisseurs"),
    en=("Supplier", "Suppliers"),
    prefix="FOU",
    title="{name}",
):
    name: Mapped[str] = column("Nom du fournisseur", "Supplier name", quick=True)
    status: Mapped[SupplierStatus] = column(
        "Statut", "Status", header=True, key=True, default=SupplierStatus.ACTIVE
    )
    siren: Mapped[Siren | None] = column("SIREN", "SIREN number", searched=True)
    siret: Mapped[Siret | None] = column(
        "SIRET", "SIRET number", quick=True, unique=True, searched=True
    )
    vat_number: Mapped[VatNumber | None] = column(
        "N° de TVA intracommunautaire", "VAT number", searched=True
    )
    phone: Mapped[Phone | None] = column("Téléphone", "Phone", header=True, quick=True)
    email: Mapped[Email | None] = column("E-mail", "E-mail", header=True, quick=True)
    website: Mapped[Url | None] = column("Site web", "Website")
    address: Mapped[Address | None] = column("Adresse", "Address")
    payment_terms: Mapped[PaymentTerms | None] = column(
        "Conditions de règlement", "Payment terms", key=True
    )
    payment_method: Mapped[PaymentMethod | None] = column(
        "Mode de règlement", "Payment method", key=True
    )
    auxiliary_account_number: Mapped[str | None] = column(
        "Compte auxiliaire", "Auxiliary account number", unique=True, searched=True
    )
    our_customer_number: Mapped[str | None] = column(
        "Notre n° de client", "Our customer number", searched=True
    )
    lead_time_days: Mapped[int | None] = column(
        "Délai de livraison (jours)", "Lead time (days)", key=True
    )
    minimum_order_amount: Mapped[Money | None] = column(
        "Minimum de commande", "Minimum order amount"
    )
    balance_due: Mapped[Money | None] = column(
        "Solde dû", "Balance due", header=True, key=True, readonly=True
    )
    default_expense_account: Mapped[LedgerAccount | None] = relation(
        "Compte de charge par défaut",
        "Default expense account",
        inverse="default_suppliers",
        tab=("Fournisseurs par défaut", "Suppliers by default"),
    )
