"""Warranties."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import LongText
from db.modules.apps import SUPPORT
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.purchasing.supplier import Supplier
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.support.customer_equipment import CustomerEquipment


class WarrantyStatus(Choice):
    """Warranty: status."""

    NOT_ACTIVATED = "not_activated", "Non activée", "Not activated"
    IN_SERVICE = "in_service", "En service", "In service"
    UNDER_REPAIR = "under_repair", "En réparation", "Under repair"
    RETURNED = "returned", "Retourné", "Returned"
    REPLACED = "replaced", "Remplacé", "Replaced"
    EXPIRED = "expired", "Garantie échue", "Expired"


class WarrantyWarrantyType(Choice):
    """Warranty: warranty type."""

    STATUTORY = "statutory", "Légale de conformité", "Statutory conformity"
    COMMERCIAL = "commercial", "Commerciale", "Commercial"
    MANUFACTURER = "manufacturer", "Constructeur", "Manufacturer"
    EXTENDED = "extended", "Extension", "Extended"


class Warranty(
    Record,
    app=SUPPORT,
    fr=("Suivi de garantie", "Suivi de garanties"),
    en=("Warranty", "Warranties"),
    prefix="GAR",
    title="{product} {serial_number}",
):
    serial_number: Mapped[str | None] = column(
        "N° de série", "Serial number", header=True, quick=True, unique=True, searched=True
    )
    asset_tag: Mapped[str | None] = column("Étiquette", "Asset tag", searched=True)
    status: Mapped[WarrantyStatus] = column(
        "Statut", "Status", header=True, key=True, default=WarrantyStatus.NOT_ACTIVATED
    )
    warranty_type: Mapped[WarrantyWarrantyType | None] = column(
        "Type de garantie", "Warranty type", key=True, quick=True
    )
    sold_on: Mapped[date | None] = column("Date de vente", "Sale date", key=True, quick=True)
    activated_on: Mapped[date | None] = column(
        "Date de mise en service", "Activation date", key=True, quick=True
    )
    duration_months: Mapped[int | None] = column("Durée (mois)", "Duration (months)", quick=True)
    ends_on: Mapped[date | None] = column(
        "Fin de garantie", "Warranty end", header=True, key=True, readonly=True
    )
    coverage: Mapped[LongText | None] = column("Étendue de la garantie", "Coverage")
    claim_count: Mapped[int | None] = column(
        "Nombre de réclamations", "Number of claims", key=True, readonly=True
    )
    product: Mapped[Product] = relation("Produit", "Product", inverse="warranties")
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="warranties", rollup=True
    )
    contact: Mapped[Contact | None] = relation("Contact", "Contact", inverse="warranties")
    invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client", "Customer invoice", inverse="warranties", rollup=True
    )
    supplier: Mapped[Supplier | None] = relation("Fournisseur", "Supplier", inverse="warranties")
    customer_equipment: Mapped[CustomerEquipment | None] = relation(
        "Équipement client", "Customer equipment", inverse="warranties", rollup=True
    )
