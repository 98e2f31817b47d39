"""Project participations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money, Percent
from db.modules.apps import PROJECTS
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.projects.project import Project
    from db.modules.projects.project_task import ProjectTask


class ProjectParticipationRole(Choice):
    """Project participation: role."""

    MANAGER = "manager", "Chef de projet", "Manager"
    CONTRIBUTOR = "contributor", "Contributeur", "Contributor"
    EXPERT = "expert", "Expert", "Expert"
    REVIEWER = "reviewer", "Valideur", "Reviewer"
    OBSERVER = "observer", "Observateur", "Observer"


class ProjectParticipationStatus(Choice):
    """Project participation: status."""

    PROPOSED = "proposed", "Proposée", "Proposed"
    APPLIED = "applied", "Candidature", "Applied"
    CONFIRMED = "confirmed", "Confirmée", "Confirmed"
    DECLINED = "declined", "Déclinée", "Declined"
    ABSENT = "absent", "Absent", "Absent"
    COMPLETED = "completed", "Terminée", "Completed"


class ProjectParticipation(
    Record,
    app=PROJECTS,
    fr=("Participation au projet", "Participations aux projets"),
    en=("Project participation", "Project participations"),
    prefix="PTP",
    title="{person} {project}",
):
    role: Mapped[ProjectParticipationRole | None] = column(
        "Rôle", "Role", header=True, key=True, quick=True
    )
    status: Mapped[ProjectParticipationStatus] = column(
        "Statut", "Status", header=True, key=True, default=ProjectParticipationStatus.PROPOSED
    )
    starts_on: Mapped[date | None] = column("Date de début", "Start date", key=True, quick=True)
    ends_on: Mapped[date | None] = column(
        "Date de fin", "End date", header=True, key=True, quick=True
    )
    allocation_rate: Mapped[Percent | None] = column(
        "Taux d’affectation", "Allocation rate", key=True
    )
    planned_hours: Mapped[Decimal | None] = column(
        "Charge prévue (heures)", "Planned hours", key=True, quick=True
    )
    spent_hours: Mapped[Decimal | None] = column(
        "Temps passé (heures)", "Hours spent", key=True, readonly=True
    )
    hourly_rate: Mapped[Money | None] = column("Taux horaire de vente", "Hourly billing rate")
    hourly_cost: Mapped[Money | None] = column("Coût horaire", "Hourly cost")
    project: Mapped[Project] = relation(
        "Projet",
        "Project",
        inverse="participations",
        tab=("Participations", "Participations"),
        rollup=True,
    )
    person: Mapped[Person] = relation("Personne", "Person", inverse="project_participations")
    project_task: Mapped[ProjectTask | None] = relation(
        "Tâche de projet",
        "Project task",
        inverse="participations",
        tab=("Participations", "Participations"),
    )
