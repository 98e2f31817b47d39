"""Facilities."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, Siret
from db.modules.apps import MAINTENANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.maintenance.maintenance_site import MaintenanceSite
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount


class FacilityFacilityType(Choice):
    """Facility: type."""

    BUILDING = "building", "Bâtiment", "Building"
    WORKSHOP = "workshop", "Atelier", "Workshop"
    WAREHOUSE = "warehouse", "Entrepôt", "Warehouse"
    SHOP = "shop", "Magasin", "Shop"
    OFFICE = "office", "Bureaux", "Offices"
    TECHNICAL_ROOM = "technical_room", "Local technique", "Technical room"
    OTHER = "other", "Autre", "Other"


class FacilityPublicAccessCategory(Choice):
    """Facility: public access category (ERP)."""

    NOT_APPLICABLE = "not_applicable", "Non ERP", "Not public"
    CATEGORY_1 = "category_1", "1re catégorie", "Category 1"
    CATEGORY_2 = "category_2", "2e catégorie", "Category 2"
    CATEGORY_3 = "category_3", "3e catégorie", "Category 3"
    CATEGORY_4 = "category_4", "4e catégorie", "Category 4"
    CATEGORY_5 = "category_5", "5e catégorie", "Category 5"


class Facility(
    Record,
    app=MAINTENANCE,
    fr=("Établissement", "Établissements"),
    en=("Facility", "Facilities"),
    prefix="ETA",
    title="{name}",
):
    name: Mapped[str] = column("Nom de l’établissement", "Facility name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    facility_type: Mapped[FacilityFacilityType | None] = column(
        "Type", "Type", header=True, key=True, quick=True
    )
    siret: Mapped[Siret | None] = column("SIRET", "SIRET number", searched=True)
    address: Mapped[Address | None] = column("Adresse", "Address")
    surface_area: Mapped[Decimal | None] = column("Surface (m²)", "Surface area (m²)", key=True)
    public_access_category: Mapped[FacilityPublicAccessCategory | None] = column(
        "Catégorie ERP", "Public access category (ERP)", key=True
    )
    maximum_occupancy: Mapped[int | None] = column("Effectif maximal", "Maximum occupancy")
    commissioned_on: Mapped[date | None] = column(
        "Date de mise en service", "Commissioned on", key=True
    )
    next_safety_inspection_on: Mapped[date | None] = column(
        "Prochaine visite de sécurité", "Next safety inspection", header=True, key=True
    )
    maintenance_site: Mapped[MaintenanceSite] = relation(
        "Site de maintenance", "Maintenance site", inverse="facilities", rollup=True
    )
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client occupant", "Occupying customer account", inverse="facilities"
    )
    contact: Mapped[Contact | None] = relation(
        "Responsable de l’établissement", "Facility contact", inverse="facilities"
    )
