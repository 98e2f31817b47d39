"""Storage locations."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import STOCK
from db.record import Record

if TYPE_CHECKING:
    from db.modules.stock.storage_site import StorageSite


class StorageLocationLocationType(Choice):
    """Storage location: location type."""

    INTERNAL = "internal", "Interne", "Internal"
    SUPPLIERS = "suppliers", "Fournisseurs", "Suppliers"
    CUSTOMERS = "customers", "Clients", "Customers"
    RESERVED = "reserved", "Réservé", "Reserved"
    IN_TRANSIT = "in_transit", "En transit", "In transit"
    PRODUCTION = "production", "Production", "Production"
    ADJUSTMENT = "adjustment", "Écarts d’inventaire", "Inventory adjustment"
    DISPOSAL = "disposal", "Rebut", "Disposal"
    DESTROYED = "destroyed", "Détruit", "Destroyed"


class StorageLocation(
    Record,
    app=STOCK,
    fr=("Emplacement de stockage", "Emplacements de stockage"),
    en=("Storage location", "Storage locations"),
    prefix="EMP",
    title="{name}",
):
    name: Mapped[str] = column("Nom", "Name", quick=True)
    code: Mapped[str | None] = column(
        "Code interne", "Internal code", header=True, quick=True, unique=True, searched=True
    )
    location_type: Mapped[StorageLocationLocationType] = column(
        "Type d’emplacement", "Location type", header=True, key=True, quick=True
    )
    virtual_storage: Mapped[bool | None] = column("Stockage virtuel", "Virtual storage", key=True)
    barcode: Mapped[str | None] = column("Code-barres", "Barcode", unique=True, searched=True)
    position_code: Mapped[str | None] = column("Allée, travée, niveau", "Aisle, bay, level")
    max_weight: Mapped[Decimal | None] = column("Charge maximale (kg)", "Maximum load (kg)")
    picking_order: Mapped[int | None] = column("Ordre de prélèvement", "Picking order")
    quantity_on_hand: Mapped[Decimal | None] = column(
        "Quantité en stock", "Quantity on hand", key=True, readonly=True
    )
    stock_value: Mapped[Money | None] = column(
        "Valeur du stock", "Stock value", header=True, key=True, readonly=True
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    storage_site: Mapped[StorageSite] = relation(
        "Site de stockage", "Storage site", inverse="storage_locations"
    )
    parent_location: Mapped[StorageLocation | None] = relation(
        "Emplacement parent",
        "Parent location",
        inverse="sublocations",
        tab=("Sous-emplacements", "Sublocations"),
    )
