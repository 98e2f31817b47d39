"""Maintenance plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import LongText
from db.modules.apps import MAINTENANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.maintenance.equipment import Equipment
    from db.modules.maintenance.facility import Facility
    from db.modules.maintenance.maintenance_site import MaintenanceSite
    from db.modules.purchasing.supplier import Supplier
    from db.modules.support.service_contract import ServiceContract


class MaintenancePlanOperationType(Choice):
    """Maintenance plan: operation type."""

    PREVENTIVE = "preventive", "Préventive", "Preventive"
    INSPECTION = "inspection", "Contrôle réglementaire", "Statutory inspection"
    CONDITION_BASED = "condition_based", "Conditionnelle", "Condition-based"
    CLEANING = "cleaning", "Nettoyage", "Cleaning"


class MaintenancePlanTriggerMode(Choice):
    """Maintenance plan: trigger."""

    CALENDAR = "calendar", "Calendrier", "Calendar"
    METER = "meter", "Compteur", "Meter"
    CALENDAR_OR_METER = "calendar_or_meter", "Au premier des deux", "Whichever comes first"


class MaintenancePlanIntervalUnit(Choice):
    """Maintenance plan: interval unit."""

    DAYS = "days", "Jours", "Days"
    WEEKS = "weeks", "Semaines", "Weeks"
    MONTHS = "months", "Mois", "Months"
    YEARS = "years", "Années", "Years"


class MaintenancePlan(
    Record,
    app=MAINTENANCE,
    fr=("Plan de maintenance", "Planification d’opérations de maintenance"),
    en=("Maintenance plan", "Maintenance plans"),
    prefix="PLM",
    title="{name}",
):
    name: Mapped[str] = column("Nom du plan", "Plan name", quick=True)
    operation_type: Mapped[MaintenancePlanOperationType | None] = column(
        "Type d’opération", "Operation type", key=True, quick=True
    )
    trigger_mode: Mapped[MaintenancePlanTriggerMode] = column(
        "Déclenchement", "Trigger", header=True, key=True, quick=True
    )
    interval_length: Mapped[int | None] = column("Intervalle", "Interval", header=True, quick=True)
    interval_unit: Mapped[MaintenancePlanIntervalUnit | None] = column(
        "Unité d’intervalle", "Interval unit", header=True, quick=True
    )
    meter_interval: Mapped[Decimal | None] = column("Intervalle de compteur", "Meter interval")
    starts_on: Mapped[date | None] = column("Date de début", "Start date", key=True, quick=True)
    ends_on: Mapped[date | None] = column("Date de fin", "End date")
    lead_time_days: Mapped[int | None] = column("Création anticipée (jours)", "Lead time (days)")
    estimated_hours: Mapped[Decimal | None] = column("Durée estimée (heures)", "Estimated hours")
    instructions: Mapped[LongText | None] = column("Gamme opératoire", "Work instructions")
    regulatory_reference: Mapped[str | None] = column(
        "Référence réglementaire", "Regulatory reference"
    )
    last_done_on: Mapped[date | None] = column(
        "Dernière réalisation", "Last done on", key=True, readonly=True
    )
    next_due_on: Mapped[date | None] = column(
        "Prochaine échéance", "Next due on", header=True, key=True, readonly=True
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    maintenance_site: Mapped[MaintenanceSite | None] = relation(
        "Site de maintenance",
        "Maintenance site",
        inverse="maintenance_plans",
        tab=("Planification", "Maintenance plans"),
    )
    facility: Mapped[Facility | None] = relation(
        "Établissement",
        "Facility",
        inverse="maintenance_plans",
        tab=("Planification", "Maintenance plans"),
    )
    technician: Mapped[Person | None] = relation(
        "Technicien",
        "Technician",
        inverse="maintenance_plans",
        tab=("Plans de maintenance", "Maintenance plans"),
    )
    subcontractor: Mapped[Supplier | None] = relation(
        "Prestataire",
        "Subcontractor",
        inverse="maintenance_plans",
        tab=("Plans de maintenance", "Maintenance plans"),
    )
    service_contract: Mapped[ServiceContract | None] = relation(
        "Contrat de service",
        "Service contract",
        inverse="maintenance_plans",
        tab=("Plans de maintenance", "Maintenance plans"),
    )
    equipment: Mapped[list[Equipment]] = links(
        "Équipements concernés",
        "Equipment covered",
        inverse="maintenance_plans",
        tab=("Planification", "Maintenance plans"),
    )
