"""Customer equipment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, Json, Money
from db.modules.apps import SUPPORT
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.maintenance.maintenance_site import MaintenanceSite
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.customer_invoice import CustomerInvoice


class CustomerEquipmentStatus(Choice):
    """Customer equipment: status."""

    IN_SERVICE = "in_service", "En service", "In service"
    DOWN = "down", "En panne", "Down"
    UNDER_REPAIR = "under_repair", "En réparation", "Under repair"
    OUT_OF_SERVICE = "out_of_service", "Hors service", "Out of service"
    RETURNED = "returned", "Retourné", "Returned"


class CustomerEquipment(
    Record,
    app=SUPPORT,
    fr=("Équipement client", "Équipements client"),
    en=("Customer equipment", "Customer equipment"),
    prefix="EQC",
    title="{name}",
    many="customer_equipments",
):
    name: Mapped[str] = column("Nom de l’équipement", "Equipment name", quick=True)
    serial_number: Mapped[str | None] = column(
        "N° de série", "Serial number", header=True, quick=True, unique=True, searched=True
    )
    asset_tag: Mapped[str | None] = column(
        "N° d’inventaire", "Asset tag", unique=True, searched=True
    )
    brand: Mapped[str | None] = column("Marque", "Brand")
    model: Mapped[str | None] = column("Modèle", "Model")
    status: Mapped[CustomerEquipmentStatus] = column(
        "Statut", "Status", header=True, key=True, default=CustomerEquipmentStatus.IN_SERVICE
    )
    installed_on: Mapped[date | None] = column(
        "Date d’installation", "Installed on", key=True, quick=True
    )
    expires_on: Mapped[date | None] = column("Date d’expiration", "Expiry date", key=True)
    purchase_price: Mapped[Money | None] = column(
        "Prix d’achat HT", "Purchase price excl. tax", key=True
    )
    location: Mapped[Address | None] = column("Adresse d’installation", "Installation address")
    specifications: Mapped[Json | None] = column(
        "Caractéristiques techniques", "Technical specifications"
    )
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="customer_equipment", rollup=True
    )
    contact: Mapped[Contact | None] = relation("Contact", "Contact", inverse="customer_equipment")
    product: Mapped[Product | None] = relation("Produit", "Product", inverse="customer_equipment")
    invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client", "Customer invoice", inverse="customer_equipment"
    )
    maintenance_site: Mapped[MaintenanceSite | None] = relation(
        "Site de maintenance", "Maintenance site", inverse="customer_equipment"
    )
    parent_equipment: Mapped[CustomerEquipment | None] = relation(
        "Équipement parent",
        "Parent equipment",
        inverse="components",
        tab=("Composants", "Components"),
        rollup=True,
    )
