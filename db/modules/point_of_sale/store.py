"""Stores."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, Email, Phone
from db.modules.apps import POINT_OF_SALE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.sales.price_list import PriceList
    from db.modules.stock.storage_site import StorageSite


class StoreStoreType(Choice):
    """Store: type."""

    SHOP = "shop", "Magasin", "Shop"
    COUNTER = "counter", "Comptoir", "Counter"
    SHOWROOM = "showroom", "Salle d’exposition", "Showroom"
    POP_UP = "pop_up", "Éphémère", "Pop-up"
    MARKET_STALL = "market_stall", "Marché", "Market stall"
    RESTAURANT = "restaurant", "Restaurant", "Restaurant"


class StoreStatus(Choice):
    """Store: status."""

    OPEN = "open", "Ouvert", "Open"
    OPENING_SOON = "opening_soon", "Ouverture prochaine", "Opening soon"
    CLOSED = "closed", "Fermé", "Closed"


class Store(
    Record,
    app=POINT_OF_SALE,
    fr=("Point de vente physique", "Points de vente physiques"),
    en=("Store", "Stores"),
    prefix="PDV",
    title="{name}",
):
    name: Mapped[str] = column("Nom du point de vente", "Store name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    store_type: Mapped[StoreStoreType | None] = column(
        "Type", "Type", header=True, key=True, quick=True
    )
    status: Mapped[StoreStatus] = column(
        "Statut", "Status", header=True, key=True, default=StoreStatus.OPEN
    )
    address: Mapped[Address | None] = column("Adresse", "Address", quick=True)
    phone: Mapped[Phone | None] = column("Téléphone", "Phone", header=True)
    email: Mapped[Email | None] = column("E-mail", "E-mail")
    opening_hours: Mapped[str | None] = column("Horaires d’ouverture", "Opening hours")
    software_version: Mapped[str | None] = column(
        "Version du logiciel de caisse", "POS software version", readonly=True
    )
    last_synced_at: Mapped[datetime | None] = column(
        "Dernière synchronisation", "Last sync", key=True, readonly=True
    )
    storage_site: Mapped[StorageSite] = relation(
        "Site", "Site", inverse="stores", tab=("Points de vente", "Stores")
    )
    price_list: Mapped[PriceList | None] = relation(
        "Grille tarifaire", "Price list", inverse="stores", tab=("Points de vente", "Stores")
    )
    store_manager: Mapped[Person | None] = relation(
        "Responsable du point de vente",
        "Store manager",
        inverse="managed_stores",
        tab=("Points de vente dirigés", "Managed stores"),
    )
