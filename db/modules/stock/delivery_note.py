"""Delivery notes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, LongText, Money, Url
from db.modules.apps import STOCK
from db.record import Record

if TYPE_CHECKING:
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.sales.sales_order import SalesOrder
    from db.modules.stock.delivery_method import DeliveryMethod
    from db.modules.stock.storage_location import StorageLocation
    from db.modules.stock.storage_site import StorageSite


class DeliveryNoteStatus(Choice):
    """Delivery note: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    TO_PREPARE = "to_prepare", "À préparer", "To prepare"
    PREPARED = "prepared", "Préparé", "Prepared"
    VALIDATED = "validated", "Expédié", "Shipped"
    DELIVERED = "delivered", "Livré", "Delivered"
    REFUSED = "refused", "Refusé", "Refused"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class DeliveryNote(
    Record,
    app=STOCK,
    fr=("Bon de livraison", "Bons de livraison"),
    en=("Delivery note", "Delivery notes"),
    prefix="BLI",
    title="{number} {account}",
    lines=True,
):
    status: Mapped[DeliveryNoteStatus] = column(
        "Statut", "Status", header=True, key=True, default=DeliveryNoteStatus.DRAFT
    )
    planned_on: Mapped[date | None] = column(
        "Expédition prévue le", "Planned shipping date", key=True, quick=True
    )
    shipped_on: Mapped[date | None] = column(
        "Date d’expédition", "Shipped on", header=True, key=True, quick=True
    )
    delivered_on: Mapped[date | None] = column("Date de livraison", "Delivered on", key=True)
    shipping_address: Mapped[Address | None] = column(
        "Adresse de livraison", "Shipping address", header=True
    )
    tracking_number: Mapped[str | None] = column(
        "N° de suivi", "Tracking number", header=True, quick=True, searched=True
    )
    tracking_url: Mapped[Url | None] = column("Lien de suivi", "Tracking link", readonly=True)
    package_count: Mapped[int | None] = column("Nombre de colis", "Number of packages")
    total_weight: Mapped[Decimal | None] = column("Poids total (kg)", "Total weight (kg)")
    total_excl_tax: Mapped[Money | None] = column(
        "Valeur HT", "Value excl. tax", key=True, readonly=True
    )
    recipient_name: Mapped[str | None] = column("Réceptionné par", "Received by")
    delivery_remarks: Mapped[LongText | None] = column(
        "Réserves à la livraison", "Delivery remarks"
    )
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="delivery_notes", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact", "Contact", inverse="delivery_notes", rollup=True
    )
    sales_order: Mapped[SalesOrder | None] = relation(
        "Bon de commande client", "Sales order", inverse="delivery_notes", rollup=True
    )
    invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client", "Customer invoice", inverse="delivery_notes", rollup=True
    )
    storage_site: Mapped[StorageSite] = relation(
        "Site d’expédition", "Shipping site", inverse="delivery_notes"
    )
    storage_location: Mapped[StorageLocation | None] = relation(
        "Emplacement de prélèvement", "Picking location", inverse="delivery_notes"
    )
    delivery_method: Mapped[DeliveryMethod | None] = relation(
        "Mode de livraison", "Delivery method", inverse="delivery_notes"
    )
