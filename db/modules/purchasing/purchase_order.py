"""Purchase orders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, CurrencyCode, Money
from db.modules.apps import PURCHASING
from db.modules.choices import InvoicingStatus, PaymentTerms
from db.record import Record

if TYPE_CHECKING:
    from db.modules.projects.project import Project
    from db.modules.purchasing.supplier import Supplier
    from db.modules.sales.contact import Contact
    from db.modules.sales.sales_order import SalesOrder
    from db.modules.stock.delivery_method import DeliveryMethod
    from db.modules.stock.storage_site import StorageSite


class PurchaseOrderStatus(Choice):
    """Purchase order: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    TO_APPROVE = "to_approve", "À approuver", "To approve"
    APPROVED = "approved", "Approuvé", "Approved"
    SENT = "sent", "Envoyé", "Sent"
    CONFIRMED = "confirmed", "Confirmé", "Confirmed"
    COMPLETED = "completed", "Terminé", "Completed"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class PurchaseOrderReceiptStatus(Choice):
    """Purchase order: receipt status."""

    NOT_RECEIVED = "not_received", "Non reçu", "Not received"
    PARTIALLY_RECEIVED = "partially_received", "Partiellement reçu", "Partially received"
    RECEIVED = "received", "Reçu", "Received"
    NOT_APPLICABLE = "not_applicable", "Sans réception", "Not applicable"


class PurchaseOrder(
    Record,
    app=PURCHASING,
    fr=("Bon de commande fournisseur", "Bons de commande fournisseur"),
    en=("Purchase order", "Purchase orders"),
    prefix="BCF",
    title="{number} {subject}",
    lines=True,
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    status: Mapped[PurchaseOrderStatus] = column(
        "Statut", "Status", header=True, key=True, default=PurchaseOrderStatus.DRAFT
    )
    ordered_on: Mapped[date | None] = column("Date de commande", "Order date", key=True, quick=True)
    expected_on: Mapped[date | None] = column(
        "Livraison prévue le", "Expected delivery", header=True, key=True, quick=True
    )
    supplier_reference: Mapped[str | None] = column(
        "Référence fournisseur", "Supplier reference", searched=True
    )
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
    receipt_status: Mapped[PurchaseOrderReceiptStatus | None] = column(
        "État de réception", "Receipt status", key=True, readonly=True
    )
    invoicing_status: Mapped[InvoicingStatus | None] = column(
        "État de facturation", "Invoicing status", key=True, readonly=True
    )
    supplier: Mapped[Supplier] = relation(
        "Fournisseur", "Supplier", inverse="purchase_orders", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact", "Contact", inverse="purchase_orders", rollup=True
    )
    sales_order: Mapped[SalesOrder | None] = relation(
        "Bon de commande client", "Sales order", inverse="purchase_orders", rollup=True
    )
    project: Mapped[Project | None] = relation(
        "Projet", "Project", inverse="purchase_orders", rollup=True
    )
    storage_site: Mapped[StorageSite | None] = relation(
        "Site de réception", "Receiving site", inverse="purchase_orders"
    )
    delivery_method: Mapped[DeliveryMethod | None] = relation(
        "Mode de livraison", "Delivery method", inverse="purchase_orders"
    )
