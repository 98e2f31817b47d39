"""Equipment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import MAINTENANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.hr.person import Person
    from db.modules.maintenance.facility import Facility
    from db.modules.maintenance.maintenance_site import MaintenanceSite
    from db.modules.purchasing.supplier import Supplier
    from db.modules.purchasing.supplier_invoice import SupplierInvoice


class EquipmentCategory(Choice):
    """Equipment: category."""

    HVAC = "hvac", "Chauffage, ventilation, climatisation", "HVAC"
    ELECTRICAL = "electrical", "Électricité", "Electrical"
    PLUMBING = "plumbing", "Plomberie", "Plumbing"
    FIRE_SAFETY = "fire_safety", "Sécurité incendie", "Fire safety"
    LIFTING = "lifting", "Levage et ascenseurs", "Lifting"
    PRODUCTION = "production", "Machine de production", "Production machine"
    VEHICLE = "vehicle", "Véhicule", "Vehicle"
    IT = "it", "Informatique", "IT"
    TOOL = "tool", "Outillage", "Tool"
    OTHER = "other", "Autre", "Other"


class EquipmentStatus(Choice):
    """Equipment: status."""

    IN_SERVICE = "in_service", "En service", "In service"
    DEGRADED = "degraded", "En service dégradé", "Degraded"
    DOWN = "down", "En panne", "Down"
    UNDER_MAINTENANCE = "under_maintenance", "En maintenance", "Under maintenance"
    SPARE = "spare", "En réserve", "Spare"
    RETIRED = "retired", "Réformé", "Retired"


class EquipmentCriticality(Choice):
    """Equipment: criticality."""

    LOW = "low", "Faible", "Low"
    MEDIUM = "medium", "Moyenne", "Medium"
    HIGH = "high", "Élevée", "High"
    VITAL = "vital", "Vitale", "Vital"


class EquipmentMeterUnit(Choice):
    """Equipment: meter unit."""

    HOURS = "hours", "Heures", "Hours"
    KILOMETRES = "kilometres", "Kilomètres", "Kilometres"
    CYCLES = "cycles", "Cycles", "Cycles"
    UNITS = "units", "Unités", "Units"


class Equipment(
    Record,
    app=MAINTENANCE,
    fr=("Équipement", "Équipements"),
    en=("Equipment", "Equipment"),
    prefix="EQP",
    title="{name}",
    many="equipments",
):
    name: Mapped[str] = column("Nom de l’équipement", "Equipment name", quick=True)
    asset_tag: Mapped[str | None] = column(
        "N° d’inventaire", "Asset tag", header=True, quick=True, unique=True, searched=True
    )
    serial_number: Mapped[str | None] = column(
        "N° de série", "Serial number", header=True, quick=True, unique=True, searched=True
    )
    category: Mapped[EquipmentCategory | None] = column(
        "Catégorie", "Category", key=True, quick=True
    )
    brand: Mapped[str | None] = column("Marque", "Brand")
    model: Mapped[str | None] = column("Modèle", "Model")
    status: Mapped[EquipmentStatus] = column(
        "Statut", "Status", header=True, key=True, default=EquipmentStatus.IN_SERVICE
    )
    criticality: Mapped[EquipmentCriticality | None] = column("Criticité", "Criticality", key=True)
    purchased_on: Mapped[date | None] = column("Date d’achat", "Purchase date")
    purchase_price: Mapped[Money | None] = column(
        "Prix d’achat HT", "Purchase price excl. tax", key=True
    )
    commissioned_on: Mapped[date | None] = column(
        "Date de mise en service", "Commissioned on", key=True
    )
    warranty_ends_on: Mapped[date | None] = column("Fin de garantie", "Warranty end", key=True)
    meter_reading: Mapped[Decimal | None] = column("Relevé du compteur", "Meter reading", key=True)
    meter_unit: Mapped[EquipmentMeterUnit | None] = column("Unité du compteur", "Meter unit")
    next_maintenance_on: Mapped[date | None] = column(
        "Prochaine maintenance", "Next maintenance", header=True, key=True, readonly=True
    )
    retired_on: Mapped[date | None] = column("Date de réforme", "Retired on")
    maintenance_site: Mapped[MaintenanceSite | None] = relation(
        "Site de maintenance", "Maintenance site", inverse="equipment", rollup=True
    )
    facility: Mapped[Facility | None] = relation(
        "Établissement", "Facility", inverse="equipment", rollup=True
    )
    product: Mapped[Product | None] = relation("Produit", "Product", inverse="equipment")
    supplier: Mapped[Supplier | None] = relation("Fournisseur", "Supplier", inverse="equipment")
    supplier_invoice: Mapped[SupplierInvoice | None] = relation(
        "Facture d’achat", "Purchase invoice", inverse="equipment"
    )
    parent_equipment: Mapped[Equipment | None] = relation(
        "Équipement parent",
        "Parent equipment",
        inverse="components",
        tab=("Composants", "Components"),
        rollup=True,
    )
    responsible_person: Mapped[Person | None] = relation(
        "Détenteur",
        "Responsible person",
        inverse="equipment",
        tab=("Équipements détenus", "Equipment held"),
    )
