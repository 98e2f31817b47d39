"""Storage sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, Email, Money, Phone, Url
from db.modules.apps import STOCK
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person


class StorageSiteSiteType(Choice):
    """Storage site: type."""

    WAREHOUSE = "warehouse", "Entrepôt", "Warehouse"
    BRANCH = "branch", "Agence", "Branch"
    SHOP = "shop", "Magasin", "Shop"
    FACTORY = "factory", "Usine", "Factory"
    VEHICLE = "vehicle", "Véhicule", "Vehicle"
    THIRD_PARTY = "third_party", "Dépôt tiers", "Third-party depot"
    OFFICE = "office", "Bureau", "Office"


class StorageSite(
    Record,
    app=STOCK,
    fr=("Site de stockage", "Sites de stockage"),
    en=("Storage site", "Storage sites"),
    prefix="SIS",
    title="{name}",
):
    name: Mapped[str] = column("Nom du site", "Site name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    site_type: Mapped[StorageSiteSiteType | None] = column("Type", "Type", key=True, quick=True)
    region: Mapped[str | None] = column("Région", "Region", key=True)
    holds_stock: Mapped[bool | None] = column(
        "Entrepôt ou stock", "Holds stock", key=True, quick=True
    )
    sells_on_site: Mapped[bool | None] = column("Lieu de vente", "Sells on site", key=True)
    default_site: Mapped[bool | None] = column("Site par défaut", "Default site")
    address: Mapped[Address | None] = column("Adresse", "Address", header=True, quick=True)
    phone: Mapped[Phone | None] = column("Téléphone", "Phone", header=True)
    email: Mapped[Email | None] = column("E-mail", "E-mail")
    map_url: Mapped[Url | None] = column("Lien de géolocalisation", "Map link")
    stock_value: Mapped[Money | None] = column(
        "Valeur du stock", "Stock value", header=True, key=True, readonly=True
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    parent_site: Mapped[StorageSite | None] = relation(
        "Site parent", "Parent site", inverse="subsites", tab=("Sous-sites", "Subsites")
    )
    site_manager: Mapped[Person | None] = relation(
        "Responsable du site",
        "Site manager",
        inverse="managed_storage_sites",
        tab=("Sites de stockage dirigés", "Managed storage sites"),
    )
