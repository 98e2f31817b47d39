"""Quotes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, CurrencyCode, Money
from db.modules.apps import SALES
from db.modules.choices import PaymentTerms
from db.record import Record

if TYPE_CHECKING:
    from db.modules.marketing.deal import Deal
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.price_list import PriceList
    from db.modules.stock.delivery_method import DeliveryMethod


class QuoteStatus(Choice):
    """Quote: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    SENT = "sent", "Envoyé", "Sent"
    VIEWED = "viewed", "Consulté", "Viewed"
    ACCEPTED = "accepted", "Accepté", "Accepted"
    REFUSED = "refused", "Refusé", "Refused"
    EXPIRED = "expired", "Expiré", "Expired"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class QuoteSignatureStatus(Choice):
    """Quote: E-signature."""

    NOT_REQUESTED = "not_requested", "Non demandée", "Not requested"
    PENDING = "pending", "En attente", "Pending"
    SIGNED = "signed", "Signée", "Signed"
    DECLINED = "declined", "Refusée", "Declined"


class Quote(
    Record,
    app=SALES,
    fr=("Devis client", "Devis client"),
    en=("Quote", "Quotes"),
    prefix="DEV",
    title="{number} {subject}",
    lines=True,
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    status: Mapped[QuoteStatus] = column(
        "Statut", "Status", header=True, key=True, default=QuoteStatus.DRAFT
    )
    issued_on: Mapped[date | None] = column("Date du devis", "Quote date", key=True, quick=True)
    valid_until: Mapped[date | None] = column(
        "Valable jusqu’au", "Valid until", header=True, key=True, quick=True
    )
    revision: Mapped[int | None] = column("Révision", "Revision")
    customer_reference: Mapped[str | None] = column(
        "Référence client", "Customer reference", searched=True
    )
    billing_address: Mapped[Address | None] = column("Adresse de facturation", "Billing address")
    shipping_address: Mapped[Address | None] = column("Adresse de livraison", "Shipping address")
    payment_terms: Mapped[PaymentTerms | None] = column("Conditions de règlement", "Payment terms")
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    total_excl_tax: Mapped[Money | None] = column(
        "Total HT", "Total excl. tax", header=True, key=True, readonly=True
    )
    total_vat: Mapped[Money | None] = column("Total TVA", "Total VAT", readonly=True)
    total_incl_tax: Mapped[Money | None] = column(
        "Total TTC", "Total incl. tax", header=True, key=True, readonly=True
    )
    margin: Mapped[Money | None] = column("Marge", "Margin", key=True, readonly=True)
    signature_status: Mapped[QuoteSignatureStatus | None] = column(
        "Signature électronique", "E-signature", readonly=True
    )
    accepted_on: Mapped[date | None] = column("Date d’acceptation", "Accepted on", key=True)
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="quotes", rollup=True
    )
    contact: Mapped[Contact | None] = relation("Contact", "Contact", inverse="quotes", rollup=True)
    deal: Mapped[Deal | None] = relation("Affaire", "Deal", inverse="quotes", rollup=True)
    price_list: Mapped[PriceList | None] = relation(
        "Grille tarifaire", "Price list", inverse="quotes"
    )
    delivery_method: Mapped[DeliveryMethod | None] = relation(
        "Mode de livraison", "Delivery method", inverse="quotes"
    )
    previous_version: Mapped[Quote | None] = relation(
        "Version précédente",
        "Previous version",
        inverse="later_versions",
        tab=("Versions suivantes", "Later versions"),
        rollup=True,
    )
