"""Trainings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Money
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.activity_type import ActivityType
    from db.modules.hr.person import Person
    from db.modules.purchasing.supplier import Supplier


class TrainingTrainingType(Choice):
    """Training: type."""

    INTERNAL = "internal", "Interne", "Internal"
    EXTERNAL = "external", "Externe", "External"
    MANDATORY = "mandatory", "Obligatoire", "Mandatory"
    CERTIFICATION = "certification", "Habilitation ou certification", "Certification"
    E_LEARNING = "e_learning", "À distance", "E-learning"


class TrainingStatus(Choice):
    """Training: status."""

    REQUESTED = "requested", "Demandée", "Requested"
    PLANNED = "planned", "Planifiée", "Planned"
    IN_PROGRESS = "in_progress", "En cours", "In progress"
    COMPLETED = "completed", "Réalisée", "Completed"
    CANCELLED = "cancelled", "Annulée", "Cancelled"


class Training(
    Record,
    app=HR,
    fr=("Formation", "Formations"),
    en=("Training", "Trainings"),
    prefix="FOR",
    title="{name}",
):
    name: Mapped[str] = column("Intitulé", "Training name", quick=True)
    training_type: Mapped[TrainingTrainingType | None] = column(
        "Type", "Type", key=True, quick=True
    )
    status: Mapped[TrainingStatus] = column(
        "Statut", "Status", header=True, key=True, default=TrainingStatus.REQUESTED
    )
    starts_on: Mapped[date | None] = column(
        "Date de début", "Start date", header=True, key=True, quick=True
    )
    ends_on: Mapped[date | None] = column("Date de fin", "End date", key=True, quick=True)
    duration_hours: Mapped[Decimal | None] = column("Durée (heures)", "Duration (hours)", key=True)
    location: Mapped[str | None] = column("Lieu", "Location", header=True)
    cost: Mapped[Money | None] = column("Coût pédagogique", "Training cost", key=True)
    funded_amount: Mapped[Money | None] = column(
        "Prise en charge OPCO", "Amount funded by OPCO", key=True
    )
    max_participants: Mapped[int | None] = column("Nombre de places", "Seats")
    validity_months: Mapped[int | None] = column("Validité (mois)", "Validity (months)")
    training_provider: Mapped[Supplier | None] = relation(
        "Organisme de formation", "Training provider", inverse="trainings"
    )
    trainer: Mapped[Person | None] = relation(
        "Formateur interne",
        "In-house trainer",
        inverse="trainings_given",
        tab=("Formations animées", "Trainings given"),
    )
    activity_type: Mapped[ActivityType | None] = relation(
        "Activité visée", "Target activity", inverse="trainings"
    )
    participants: Mapped[list[Person]] = links(
        "Participants",
        "Participants",
        inverse="trainings",
        tab=("Formations suivies", "Trainings attended"),
    )
