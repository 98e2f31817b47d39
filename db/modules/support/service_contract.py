"""Service contracts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Money
from db.modules.apps import SUPPORT
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.service import Service
    from db.modules.projects.project import Project
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.sales_order import SalesOrder
    from db.modules.support.customer_equipment import CustomerEquipment


class ServiceContractContractType(Choice):
    """Service contract: type."""

    SUPPORT = "support", "Assistance", "Support"
    MAINTENANCE = "maintenance", "Maintenance", "Maintenance"
    SUBSCRIPTION = "subscription", "Abonnement", "Subscription"
    PREPAID = "prepaid", "Crédit prépayé", "Prepaid credit"
    ADMINISTRATION = "administration", "Infogérance", "Managed services"


class ServiceContractStatus(Choice):
    """Service contract: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    ACTIVE = "active", "En cours", "Active"
    SUSPENDED = "suspended", "Suspendu", "Suspended"
    TO_RENEW = "to_renew", "À renouveler", "To renew"
    ENDED = "ended", "Terminé", "Ended"
    TERMINATED = "terminated", "Résilié", "Terminated"


class ServiceContractRenewalMode(Choice):
    """Service contract: renewal."""

    NONE = "none", "Aucune", "None"
    TACIT = "tacit", "Tacite", "Tacit"
    EXPRESS = "express", "Expresse", "Express"


class ServiceContractBillingFrequency(Choice):
    """Service contract: billing frequency."""

    ONE_OFF = "one_off", "Unique", "One-off"
    MONTHLY = "monthly", "Mensuelle", "Monthly"
    QUARTERLY = "quarterly", "Trimestrielle", "Quarterly"
    HALF_YEARLY = "half_yearly", "Semestrielle", "Half-yearly"
    YEARLY = "yearly", "Annuelle", "Yearly"


class ServiceContractTrackingUnit(Choice):
    """Service contract: tracking unit."""

    UNLIMITED = "unlimited", "Illimité", "Unlimited"
    HOURS = "hours", "Heures", "Hours"
    TICKETS = "tickets", "Tickets", "Tickets"
    VISITS = "visits", "Interventions", "Visits"
    UNITS = "units", "Unités", "Units"


class ServiceContract(
    Record,
    app=SUPPORT,
    fr=("Contrat de service", "Contrats de service"),
    en=("Service contract", "Service contracts"),
    prefix="CDS",
    title="{number} {subject}",
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    contract_type: Mapped[ServiceContractContractType | None] = column(
        "Type", "Type", key=True, quick=True
    )
    status: Mapped[ServiceContractStatus] = column(
        "Statut", "Status", header=True, key=True, default=ServiceContractStatus.DRAFT
    )
    starts_on: Mapped[date] = column("Date de début", "Start date", key=True, quick=True)
    ends_on: Mapped[date | None] = column(
        "Date de fin", "End date", header=True, key=True, quick=True
    )
    renewal_mode: Mapped[ServiceContractRenewalMode | None] = column(
        "Reconduction", "Renewal", key=True
    )
    notice_period_days: Mapped[int | None] = column("Préavis (jours)", "Notice period (days)")
    amount: Mapped[Money | None] = column(
        "Montant HT par échéance", "Amount excl. tax per term", key=True
    )
    billing_frequency: Mapped[ServiceContractBillingFrequency | None] = column(
        "Périodicité de facturation", "Billing frequency", key=True
    )
    tracking_unit: Mapped[ServiceContractTrackingUnit | None] = column(
        "Unité de suivi", "Tracking unit", key=True
    )
    total_units: Mapped[Decimal | None] = column("Unités incluses", "Units included", key=True)
    used_units: Mapped[Decimal | None] = column(
        "Unités consommées", "Units used", key=True, readonly=True
    )
    remaining_units: Mapped[Decimal | None] = column(
        "Unités restantes", "Units remaining", header=True, key=True, readonly=True
    )
    response_time_hours: Mapped[Decimal | None] = column(
        "Délai de réponse (heures)", "Response time (hours)"
    )
    resolution_time_hours: Mapped[Decimal | None] = column(
        "Délai de résolution (heures)", "Resolution time (hours)"
    )
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="service_contracts", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact", "Contact", inverse="service_contracts", rollup=True
    )
    sales_order: Mapped[SalesOrder | None] = relation(
        "Bon de commande client", "Sales order", inverse="service_contracts", rollup=True
    )
    service: Mapped[Service | None] = relation(
        "Service souscrit", "Subscribed service", inverse="service_contracts"
    )
    project: Mapped[Project | None] = relation(
        "Projet", "Project", inverse="service_contracts", rollup=True
    )
    previous_contract: Mapped[ServiceContract | None] = relation(
        "Contrat précédent",
        "Previous contract",
        inverse="renewals",
        tab=("Renouvellements", "Renewals"),
        rollup=True,
    )
    customer_equipment: Mapped[list[CustomerEquipment]] = links(
        "Équipements client couverts", "Customer equipment covered", inverse="service_contracts"
    )
