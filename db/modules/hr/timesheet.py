"""Timesheets."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.activity_type import ActivityType
    from db.modules.hr.person import Person
    from db.modules.maintenance.maintenance_operation import MaintenanceOperation
    from db.modules.projects.project import Project
    from db.modules.projects.project_task import ProjectTask
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.support.ticket import Ticket


class TimesheetStatus(Choice):
    """Timesheet: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    SUBMITTED = "submitted", "Soumise", "Submitted"
    VALIDATED = "validated", "Validée", "Validated"
    REFUSED = "refused", "Refusée", "Refused"
    INVOICED = "invoiced", "Facturée", "Invoiced"


class Timesheet(
    Record,
    app=HR,
    fr=("Feuille de temps", "Feuilles de temps"),
    en=("Timesheet", "Timesheets"),
    prefix="FDT",
    title="{person} {worked_on}",
):
    worked_on: Mapped[date] = column("Date", "Date", header=True, key=True, quick=True)
    started_at: Mapped[datetime | None] = column("Heure de début", "Start time", quick=True)
    ended_at: Mapped[datetime | None] = column("Heure de fin", "End time", quick=True)
    break_minutes: Mapped[int | None] = column("Pause (minutes)", "Break (minutes)", quick=True)
    worked_hours: Mapped[Decimal | None] = column(
        "Temps de travail (heures)", "Hours worked", header=True, key=True, readonly=True
    )
    overtime_hours: Mapped[Decimal | None] = column(
        "Heures supplémentaires", "Overtime hours", key=True, readonly=True
    )
    status: Mapped[TimesheetStatus] = column(
        "Statut", "Status", header=True, key=True, default=TimesheetStatus.DRAFT
    )
    billable: Mapped[bool | None] = column("Facturable", "Billable", key=True)
    hourly_cost: Mapped[Money | None] = column("Coût horaire", "Hourly cost", readonly=True)
    cost: Mapped[Money | None] = column("Coût", "Cost", key=True, readonly=True)
    validated_at: Mapped[datetime | None] = column("Validée le", "Validated at", readonly=True)
    person: Mapped[Person] = relation("Personne", "Person", inverse="timesheets", rollup=True)
    activity_type: Mapped[ActivityType | None] = relation(
        "Activité", "Activity type", inverse="timesheets"
    )
    project: Mapped[Project | None] = relation("Projet", "Project", inverse="timesheets")
    project_task: Mapped[ProjectTask | None] = relation(
        "Tâche de projet", "Project task", inverse="timesheets", rollup=True
    )
    ticket: Mapped[Ticket | None] = relation("Ticket", "Ticket", inverse="timesheets")
    maintenance_operation: Mapped[MaintenanceOperation | None] = relation(
        "Opération de maintenance", "Maintenance operation", inverse="timesheets"
    )
    customer_invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client",
        "Customer invoice",
        inverse="timesheets",
        tab=("Temps facturés", "Invoiced timesheets"),
    )
