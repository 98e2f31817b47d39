"""Activity types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.service import Service
    from db.modules.hr.department import Department


class ActivityTypeCategory(Choice):
    """Activity type: category."""

    PRODUCTION = "production", "Production", "Production"
    FIELD_SERVICE = "field_service", "Intervention", "Field service"
    ADMINISTRATION = "administration", "Administratif", "Administration"
    SALES = "sales", "Commercial", "Sales"
    TRAVEL = "travel", "Déplacement", "Travel"
    TRAINING = "training", "Formation", "Training"
    OTHER = "other", "Autre", "Other"


class ActivityType(
    Record,
    app=HR,
    fr=("Activité", "Activités"),
    en=("Activity type", "Activity types"),
    prefix="ACT",
    title="{name}",
):
    name: Mapped[str] = column("Nom de l’activité", "Activity name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    category: Mapped[ActivityTypeCategory | None] = column(
        "Catégorie", "Category", header=True, key=True, quick=True
    )
    billable: Mapped[bool | None] = column("Facturable", "Billable", key=True, quick=True)
    hourly_rate: Mapped[Money | None] = column(
        "Taux horaire de vente", "Hourly billing rate", key=True
    )
    hourly_cost: Mapped[Money | None] = column("Coût horaire", "Hourly cost", key=True)
    required_headcount: Mapped[int | None] = column(
        "Nombre de personnes autonomes requis", "Required autonomous people"
    )
    active: Mapped[bool] = column("Active", "Active", key=True, default=True)
    department: Mapped[Department | None] = relation(
        "Service",
        "Department",
        inverse="activity_types",
        tab=("Activités exercées", "Activity types"),
    )
    service: Mapped[Service | None] = relation(
        "Service facturé", "Billed service", inverse="activity_types"
    )
