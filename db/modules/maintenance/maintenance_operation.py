"""Maintenance operations."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import LongText, Money
from db.modules.apps import MAINTENANCE
from db.modules.choices import Priority
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.maintenance.equipment import Equipment
    from db.modules.maintenance.facility import Facility
    from db.modules.maintenance.maintenance_plan import MaintenancePlan
    from db.modules.maintenance.maintenance_site import MaintenanceSite
    from db.modules.purchasing.supplier import Supplier
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.support.customer_equipment import CustomerEquipment
    from db.modules.support.service_contract import ServiceContract
    from db.modules.support.ticket import Ticket


class MaintenanceOperationOperationType(Choice):
    """Maintenance operation: operation type."""

    PREVENTIVE = "preventive", "Préventive", "Preventive"
    CORRECTIVE = "corrective", "Corrective", "Corrective"
    INSPECTION = "inspection", "Contrôle réglementaire", "Statutory inspection"
    CONDITION_BASED = "condition_based", "Conditionnelle", "Condition-based"
    CLEANING = "cleaning", "Nettoyage", "Cleaning"
    IMPROVEMENT = "improvement", "Amélioration", "Improvement"


class MaintenanceOperationStatus(Choice):
    """Maintenance operation: status."""

    PLANNED = "planned", "Planifiée", "Planned"
    ASSIGNED = "assigned", "Affectée", "Assigned"
    IN_PROGRESS = "in_progress", "En cours", "In progress"
    WAITING_PARTS = "waiting_parts", "En attente de pièces", "Waiting for parts"
    DONE = "done", "Réalisée", "Done"
    VALIDATED = "validated", "Validée", "Validated"
    CANCELLED = "cancelled", "Annulée", "Cancelled"


class MaintenanceOperationResult(Choice):
    """Maintenance operation: result."""

    COMPLIANT = "compliant", "Conforme", "Compliant"
    WITH_RESERVATIONS = "with_reservations", "Avec réserves", "With reservations"
    NON_COMPLIANT = "non_compliant", "Non conforme", "Non-compliant"
    NOT_DONE = "not_done", "Non réalisée", "Not done"


class MaintenanceOperation(
    Record,
    app=MAINTENANCE,
    fr=("Opération de maintenance", "Opérations de maintenance"),
    en=("Maintenance operation", "Maintenance operations"),
    prefix="OPM",
    title="{number} {subject}",
    lines=True,
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    operation_type: Mapped[MaintenanceOperationOperationType | None] = column(
        "Type d’opération", "Operation type", header=True, key=True, quick=True
    )
    status: Mapped[MaintenanceOperationStatus] = column(
        "Statut", "Status", header=True, key=True, default=MaintenanceOperationStatus.PLANNED
    )
    priority: Mapped[Priority | None] = column(
        "Priorité", "Priority", header=True, key=True, quick=True
    )
    planned_start_at: Mapped[datetime | None] = column(
        "Début prévu", "Planned start", header=True, key=True, quick=True
    )
    planned_end_at: Mapped[datetime | None] = column("Fin prévue", "Planned end", quick=True)
    started_at: Mapped[datetime | None] = column("Début réel", "Actual start")
    ended_at: Mapped[datetime | None] = column("Fin réelle", "Actual end", key=True)
    duration_hours: Mapped[Decimal | None] = column(
        "Durée (heures)", "Duration (hours)", key=True, readonly=True
    )
    downtime_hours: Mapped[Decimal | None] = column(
        "Temps d’arrêt (heures)", "Downtime (hours)", key=True
    )
    meter_reading: Mapped[Decimal | None] = column("Relevé du compteur", "Meter reading")
    labour_cost: Mapped[Money | None] = column(
        "Coût de main-d’œuvre", "Labour cost", key=True, readonly=True
    )
    total_cost: Mapped[Money | None] = column("Coût total", "Total cost", key=True, readonly=True)
    total_excl_tax: Mapped[Money | None] = column(
        "Total HT", "Total excl. tax", key=True, readonly=True
    )
    result: Mapped[MaintenanceOperationResult | None] = column("Résultat", "Result", key=True)
    report: Mapped[LongText | None] = column("Compte rendu d’intervention", "Work report")
    equipment: Mapped[Equipment | None] = relation(
        "Équipement", "Equipment", inverse="maintenance_operations", rollup=True
    )
    customer_equipment: Mapped[CustomerEquipment | None] = relation(
        "Équipement client", "Customer equipment", inverse="maintenance_operations", rollup=True
    )
    facility: Mapped[Facility | None] = relation(
        "Établissement", "Facility", inverse="maintenance_operations", rollup=True
    )
    maintenance_site: Mapped[MaintenanceSite | None] = relation(
        "Site de maintenance", "Maintenance site", inverse="maintenance_operations", rollup=True
    )
    maintenance_plan: Mapped[MaintenancePlan | None] = relation(
        "Plan de maintenance", "Maintenance plan", inverse="maintenance_operations", rollup=True
    )
    technician: Mapped[Person | None] = relation(
        "Technicien", "Technician", inverse="maintenance_operations"
    )
    subcontractor: Mapped[Supplier | None] = relation(
        "Prestataire", "Subcontractor", inverse="maintenance_operations"
    )
    ticket: Mapped[Ticket | None] = relation(
        "Ticket", "Ticket", inverse="maintenance_operations", rollup=True
    )
    service_contract: Mapped[ServiceContract | None] = relation(
        "Contrat de service", "Service contract", inverse="maintenance_operations"
    )
    customer_invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client",
        "Customer invoice",
        inverse="maintenance_operations",
        tab=("Opérations facturées", "Invoiced operations"),
    )
