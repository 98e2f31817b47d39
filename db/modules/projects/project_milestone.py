"""Project milestones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money, Percent
from db.modules.apps import PROJECTS
from db.record import Record

if TYPE_CHECKING:
    from db.modules.projects.project import Project
    from db.modules.sales.customer_invoice import CustomerInvoice


class ProjectMilestoneStatus(Choice):
    """Project milestone: status."""

    UPCOMING = "upcoming", "À venir", "Upcoming"
    REACHED = "reached", "Atteint", "Reached"
    LATE = "late", "En retard", "Late"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class ProjectMilestoneMilestoneType(Choice):
    """Project milestone: type."""

    KICK_OFF = "kick_off", "Lancement", "Kick-off"
    DELIVERY = "delivery", "Livraison", "Delivery"
    ACCEPTANCE = "acceptance", "Recette", "Acceptance"
    BILLING = "billing", "Facturation", "Billing"
    DECISION = "decision", "Décision", "Decision"
    OTHER = "other", "Autre", "Other"


class ProjectMilestone(
    Record,
    app=PROJECTS,
    fr=("Jalon de projet", "Jalons de projet"),
    en=("Project milestone", "Project milestones"),
    prefix="JAL",
    title="{name}",
):
    name: Mapped[str] = column("Nom du jalon", "Milestone name", quick=True)
    due_on: Mapped[date] = column("Échéance", "Due date", header=True, key=True, quick=True)
    reached_on: Mapped[date | None] = column("Atteint le", "Reached on", header=True, key=True)
    status: Mapped[ProjectMilestoneStatus] = column(
        "Statut", "Status", header=True, key=True, default=ProjectMilestoneStatus.UPCOMING
    )
    milestone_type: Mapped[ProjectMilestoneMilestoneType | None] = column(
        "Type", "Type", key=True, quick=True
    )
    billing_percent: Mapped[Percent | None] = column("Part facturable", "Billable share", key=True)
    billing_amount: Mapped[Money | None] = column(
        "Montant facturable HT", "Billable amount excl. tax", key=True
    )
    project: Mapped[Project] = relation("Projet", "Project", inverse="milestones", rollup=True)
    invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client",
        "Customer invoice",
        inverse="project_milestones",
        tab=("Jalons facturés", "Invoiced milestones"),
    )
