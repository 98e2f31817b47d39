"""Project tasks."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Address, Percent
from db.modules.apps import PROJECTS
from db.modules.choices import Priority
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.activity_type import ActivityType
    from db.modules.hr.person import Person
    from db.modules.projects.project import Project
    from db.modules.projects.project_milestone import ProjectMilestone
    from db.modules.support.ticket import Ticket


class ProjectTaskStatus(Choice):
    """Project task: status."""

    TO_DO = "to_do", "À faire", "To do"
    IN_PROGRESS = "in_progress", "En cours", "In progress"
    BLOCKED = "blocked", "Bloquée", "Blocked"
    TO_REVIEW = "to_review", "À valider", "To review"
    DONE = "done", "Terminée", "Done"
    CANCELLED = "cancelled", "Annulée", "Cancelled"


class ProjectTask(
    Record,
    app=PROJECTS,
    fr=("Tâche de projet", "Tâches de projet"),
    en=("Project task", "Project tasks"),
    prefix="TAC",
    title="{name}",
):
    name: Mapped[str] = column("Nom de la tâche", "Task name", quick=True)
    status: Mapped[ProjectTaskStatus] = column(
        "Statut", "Status", header=True, key=True, quick=True, default=ProjectTaskStatus.TO_DO
    )
    priority: Mapped[Priority | None] = column(
        "Priorité", "Priority", header=True, key=True, quick=True
    )
    starts_at: Mapped[datetime | None] = column(
        "Début prévu", "Planned start", key=True, quick=True
    )
    ends_at: Mapped[datetime | None] = column(
        "Fin prévue", "Planned end", header=True, key=True, quick=True
    )
    completed_at: Mapped[datetime | None] = column(
        "Terminée le", "Completed at", key=True, readonly=True
    )
    progress: Mapped[Percent | None] = column("Avancement", "Progress", header=True, key=True)
    estimated_hours: Mapped[Decimal | None] = column(
        "Charge prévue (heures)", "Estimated hours", key=True
    )
    spent_hours: Mapped[Decimal | None] = column(
        "Temps passé (heures)", "Hours spent", key=True, readonly=True
    )
    remaining_hours: Mapped[Decimal | None] = column(
        "Reste à faire (heures)", "Remaining hours", key=True
    )
    required_people: Mapped[int | None] = column("Personnes nécessaires", "People needed")
    location: Mapped[Address | None] = column("Lieu", "Location")
    billable: Mapped[bool | None] = column("Facturable", "Billable", key=True)
    project: Mapped[Project] = relation("Projet", "Project", inverse="tasks", rollup=True)
    milestone: Mapped[ProjectMilestone | None] = relation(
        "Jalon", "Milestone", inverse="tasks", rollup=True
    )
    parent_task: Mapped[ProjectTask | None] = relation(
        "Tâche parente",
        "Parent task",
        inverse="subtasks",
        tab=("Sous-tâches", "Subtasks"),
        rollup=True,
    )
    assignee: Mapped[Person | None] = relation(
        "Responsable de la tâche",
        "Assignee",
        inverse="assigned_tasks",
        tab=("Tâches de projet confiées", "Assigned project tasks"),
    )
    activity_type: Mapped[ActivityType | None] = relation(
        "Activité", "Activity type", inverse="project_tasks"
    )
    ticket: Mapped[Ticket | None] = relation(
        "Ticket", "Ticket", inverse="project_tasks", rollup=True
    )
    predecessors: Mapped[list[ProjectTask]] = links(
        "Tâches antérieures",
        "Predecessors",
        inverse="successors",
        tab=("Tâches suivantes", "Successors"),
    )
