"""Workplaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, Email, Phone, Siret
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.stock.storage_site import StorageSite


class WorkplaceWorkplaceType(Choice):
    """Workplace: type."""

    HEAD_OFFICE = "head_office", "Siège", "Head office"
    BRANCH = "branch", "Agence", "Branch"
    WORKSHOP = "workshop", "Atelier", "Workshop"
    CUSTOMER_SITE = "customer_site", "Site client", "Customer site"
    HOME = "home", "Télétravail", "Home working"
    OTHER = "other", "Autre", "Other"


class Workplace(
    Record,
    app=HR,
    fr=("Lieu de travail", "Lieux de travail"),
    en=("Workplace", "Workplaces"),
    prefix="LIE",
    title="{name}",
):
    name: Mapped[str] = column("Nom", "Name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    workplace_type: Mapped[WorkplaceWorkplaceType | None] = column(
        "Type", "Type", header=True, key=True, quick=True
    )
    siret: Mapped[Siret | None] = column("SIRET", "SIRET number", searched=True)
    address: Mapped[Address | None] = column("Adresse", "Address", header=True, quick=True)
    phone: Mapped[Phone | None] = column("Téléphone", "Phone")
    email: Mapped[Email | None] = column("E-mail", "E-mail")
    capacity: Mapped[int | None] = column("Capacité d’accueil", "Capacity", key=True)
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    storage_site: Mapped[StorageSite | None] = relation("Site", "Site", inverse="workplaces")
