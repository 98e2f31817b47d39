"""Maintenance sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, Email, LongText, Phone, Url
from db.modules.apps import MAINTENANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.stock.storage_site import StorageSite


class MaintenanceSiteSiteType(Choice):
    """Maintenance site: type."""

    INDUSTRIAL = "industrial", "Industriel", "Industrial"
    OFFICE = "office", "Tertiaire", "Office"
    RETAIL = "retail", "Commercial", "Retail"
    RESIDENTIAL = "residential", "Résidentiel", "Residential"
    PUBLIC = "public", "Public", "Public"
    OUTDOOR = "outdoor", "Extérieur", "Outdoor"
    OTHER = "other", "Autre", "Other"


class MaintenanceSiteStatus(Choice):
    """Maintenance site: status."""

    ACTIVE = "active", "Actif", "Active"
    SUSPENDED = "suspended", "Suspendu", "Suspended"
    CLOSED = "closed", "Fermé", "Closed"


class MaintenanceSite(
    Record,
    app=MAINTENANCE,
    fr=("Site de maintenance", "Sites de maintenance"),
    en=("Maintenance site", "Maintenance sites"),
    prefix="SIM",
    title="{name}",
):
    name: Mapped[str] = column("Nom du site", "Site name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    site_type: Mapped[MaintenanceSiteSiteType | None] = column("Type", "Type", key=True, quick=True)
    status: Mapped[MaintenanceSiteStatus] = column(
        "Statut", "Status", header=True, key=True, default=MaintenanceSiteStatus.ACTIVE
    )
    address: Mapped[Address | None] = column("Adresse", "Address", header=True, quick=True)
    phone: Mapped[Phone | None] = column("Téléphone", "Phone", header=True)
    email: Mapped[Email | None] = column("E-mail", "E-mail")
    access_instructions: Mapped[LongText | None] = column(
        "Consignes d’accès", "Access instructions"
    )
    opening_hours: Mapped[str | None] = column("Horaires d’accès", "Access hours")
    map_url: Mapped[Url | None] = column("Lien de géolocalisation", "Map link")
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="maintenance_sites", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact sur site", "Site contact", inverse="maintenance_sites"
    )
    storage_site: Mapped[StorageSite | None] = relation(
        "Site de stockage correspondant", "Matching storage site", inverse="maintenance_sites"
    )
    parent_site: Mapped[MaintenanceSite | None] = relation(
        "Site parent",
        "Parent site",
        inverse="subsites",
        tab=("Sous-sites", "Subsites"),
        rollup=True,
    )
