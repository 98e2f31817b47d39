"""Projects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money, Percent, Url
from db.modules.apps import PROJECTS
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.marketing.deal import Deal
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount


class ProjectStatus(Choice):
    """Project: status."""

    PROSPECTING = "prospecting", "En préparation", "In preparation"
    PLANNED = "planned", "Planifié", "Planned"
    IN_PROGRESS = "in_progress", "En cours", "In progress"
    ON_HOLD = "on_hold", "En pause", "On hold"
    DELIVERED = "delivered", "Livré", "Delivered"
    COMPLETED = "completed", "Terminé", "Completed"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class ProjectProjectType(Choice):
    """Project: type."""

    CUSTOMER = "customer", "Client", "Customer"
    INTERNAL = "internal", "Interne", "Internal"
    INVESTMENT = "investment", "Investissement", "Investment"
    RESEARCH = "research", "Recherche et développement", "Research and development"


class ProjectPriority(Choice):
    """Project: priority."""

    LOW = "low", "Basse", "Low"
    NORMAL = "normal", "Normale", "Normal"
    HIGH = "high", "Haute", "High"


class ProjectBillingMode(Choice):
    """Project: billing mode."""

    FIXED_PRICE = "fixed_price", "Forfait", "Fixed price"
    TIME_AND_MATERIALS = "time_and_materials", "Régie", "Time and materials"
    MILESTONES = "milestones", "Par jalon", "By milestone"
    PROGRESS = "progress", "À l’avancement", "By progress"
    NOT_BILLABLE = "not_billable", "Non facturable", "Not billable"


class Project(
    Record,
    app=PROJECTS,
    fr=("Projet", "Projets"),
    en=("Project", "Projects"),
    prefix="PRJ",
    title="{name}",
):
    name: Mapped[str] = column("Nom du projet", "Project name", quick=True)
    status: Mapped[ProjectStatus] = column(
        "Statut", "Status", header=True, key=True, quick=True, default=ProjectStatus.PROSPECTING
    )
    project_type: Mapped[ProjectProjectType | None] = column("Type", "Type", key=True)
    priority: Mapped[ProjectPriority | None] = column("Priorité", "Priority", key=True)
    starts_on: Mapped[date | None] = column("Date de début", "Start date", key=True, quick=True)
    target_end_on: Mapped[date | None] = column(
        "Date de fin prévue", "Target end date", header=True, key=True, quick=True
    )
    actual_end_on: Mapped[date | None] = column("Date de fin réelle", "Actual end date", key=True)
    progress: Mapped[Percent | None] = column(
        "Avancement", "Progress", header=True, key=True, readonly=True
    )
    billing_mode: Mapped[ProjectBillingMode | None] = column(
        "Mode de facturation", "Billing mode", key=True
    )
    budget: Mapped[Money | None] = column("Budget", "Budget", key=True, quick=True)
    estimated_hours: Mapped[Decimal | None] = column(
        "Charge prévue (heures)", "Estimated hours", key=True
    )
    spent_hours: Mapped[Decimal | None] = column(
        "Temps passé (heures)", "Hours spent", header=True, key=True, readonly=True
    )
    actual_cost: Mapped[Money | None] = column("Coût réel", "Actual cost", key=True, readonly=True)
    invoiced_amount: Mapped[Money | None] = column(
        "Montant facturé HT", "Invoiced amount excl. tax", key=True, readonly=True
    )
    margin: Mapped[Money | None] = column("Marge", "Margin", key=True, readonly=True)
    url: Mapped[Url | None] = column("Adresse web", "URL")
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="projects", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact", "Contact", inverse="projects", rollup=True
    )
    deal: Mapped[Deal | None] = relation(
        "Affaire d’origine", "Source deal", inverse="projects", rollup=True
    )
    project_manager: Mapped[Person | None] = relation(
        "Chef de projet",
        "Project manager",
        inverse="managed_projects",
        tab=("Projets dirigés", "Managed projects"),
    )
    parent_project: Mapped[Project | None] = relation(
        "Projet parent",
        "Parent project",
        inverse="subprojects",
        tab=("Sous-projets", "Subprojects"),
        rollup=True,
    )
