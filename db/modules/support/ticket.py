"""Tickets."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import LongText
from db.modules.apps import SUPPORT
from db.modules.choices import Priority
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.maintenance.equipment import Equipment
    from db.modules.projects.project import Project
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.support.customer_equipment import CustomerEquipment
    from db.modules.support.customer_instance import CustomerInstance
    from db.modules.support.service_contract import ServiceContract
    from db.modules.support.warranty import Warranty


class TicketStatus(Choice):
    """Ticket: status."""

    OPEN = "open", "Ouvert", "Open"
    IN_PROGRESS = "in_progress", "En cours", "In progress"
    WAITING_CUSTOMER = "waiting_customer", "En attente du client", "Waiting for customer"
    WAITING_THIRD_PARTY = "waiting_third_party", "En attente d’un tiers", "Waiting for third party"
    RESOLVED = "resolved", "Résolu", "Resolved"
    CLOSED = "closed", "Clos", "Closed"


class TicketSeverity(Choice):
    """Ticket: severity."""

    MINOR = "minor", "Mineure", "Minor"
    MAJOR = "major", "Majeure", "Major"
    CRITICAL = "critical", "Critique", "Critical"
    BLOCKING = "blocking", "Bloquante", "Blocking"


class TicketCategory(Choice):
    """Ticket: category."""

    QUESTION = "question", "Question", "Question"
    INCIDENT = "incident", "Incident", "Incident"
    REQUEST = "request", "Demande", "Request"
    COMPLAINT = "complaint", "Réclamation", "Complaint"
    WARRANTY = "warranty", "Garantie", "Warranty"
    CHANGE = "change", "Évolution", "Change"


class TicketChannel(Choice):
    """Ticket: channel."""

    EMAIL = "email", "E-mail", "E-mail"
    PHONE = "phone", "Téléphone", "Phone"
    PORTAL = "portal", "Portail client", "Customer portal"
    FORM = "form", "Formulaire", "Form"
    ON_SITE = "on_site", "Sur place", "On site"
    API = "api", "API", "API"


class Ticket(
    Record,
    app=SUPPORT,
    fr=("Ticket", "Tickets"),
    en=("Ticket", "Tickets"),
    prefix="TIC",
    title="{number} {subject}",
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    status: Mapped[TicketStatus] = column(
        "Statut", "Status", header=True, key=True, quick=True, default=TicketStatus.OPEN
    )
    priority: Mapped[Priority | None] = column(
        "Priorité", "Priority", header=True, key=True, quick=True
    )
    severity: Mapped[TicketSeverity | None] = column("Gravité", "Severity", key=True)
    category: Mapped[TicketCategory | None] = column("Catégorie", "Category", key=True, quick=True)
    channel: Mapped[TicketChannel | None] = column("Canal", "Channel", key=True)
    first_response_due_at: Mapped[datetime | None] = column(
        "Première réponse avant le", "First response due", readonly=True
    )
    first_responded_at: Mapped[datetime | None] = column(
        "Première réponse le", "First response at", key=True, readonly=True
    )
    due_at: Mapped[datetime | None] = column(
        "À résoudre avant le", "Resolution due", header=True, key=True
    )
    resolved_at: Mapped[datetime | None] = column(
        "Résolu le", "Resolved at", key=True, readonly=True
    )
    closed_at: Mapped[datetime | None] = column("Clos le", "Closed at", key=True, readonly=True)
    time_spent_hours: Mapped[Decimal | None] = column(
        "Temps passé (heures)", "Time spent (hours)", key=True, readonly=True
    )
    billable: Mapped[bool | None] = column("Facturable", "Billable", key=True)
    solution: Mapped[LongText | None] = column("Solution", "Solution")
    satisfaction: Mapped[int | None] = column(
        "Satisfaction (1 à 5)", "Satisfaction (1 to 5)", key=True
    )
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="tickets", rollup=True
    )
    contact: Mapped[Contact | None] = relation("Contact", "Contact", inverse="tickets", rollup=True)
    service_contract: Mapped[ServiceContract | None] = relation(
        "Contrat de service", "Service contract", inverse="tickets", rollup=True
    )
    product: Mapped[Product | None] = relation("Produit", "Product", inverse="tickets")
    customer_equipment: Mapped[CustomerEquipment | None] = relation(
        "Équipement client", "Customer equipment", inverse="tickets", rollup=True
    )
    customer_instance: Mapped[CustomerInstance | None] = relation(
        "Instance client", "Customer instance", inverse="tickets", rollup=True
    )
    equipment: Mapped[Equipment | None] = relation(
        "Équipement", "Equipment", inverse="tickets", rollup=True
    )
    warranty: Mapped[Warranty | None] = relation(
        "Garantie", "Warranty", inverse="tickets", rollup=True
    )
    project: Mapped[Project | None] = relation("Projet", "Project", inverse="tickets", rollup=True)
    parent_ticket: Mapped[Ticket | None] = relation(
        "Ticket parent",
        "Parent ticket",
        inverse="child_tickets",
        tab=("Tickets liés", "Child tickets"),
        rollup=True,
    )
