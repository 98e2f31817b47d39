"""Department assignments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Percent
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.department import Department
    from db.modules.hr.person import Person


class DepartmentAssignmentStatus(Choice):
    """Department assignment: status."""

    UPCOMING = "upcoming", "À venir", "Upcoming"
    CURRENT = "current", "En cours", "Current"
    ENDED = "ended", "Terminée", "Ended"


class DepartmentAssignment(
    Record,
    app=HR,
    fr=("Affectation de service", "Affectations de service"),
    en=("Department assignment", "Department assignments"),
    prefix="AFS",
    title="{person} {department}",
):
    role: Mapped[str | None] = column(
        "Rôle dans le service", "Role in department", header=True, quick=True
    )
    starts_on: Mapped[date] = column(
        "Date de début", "Start date", header=True, key=True, quick=True
    )
    ends_on: Mapped[date | None] = column(
        "Date de fin", "End date", header=True, key=True, quick=True
    )
    allocation_rate: Mapped[Percent | None] = column("Quotité", "Allocation rate", key=True)
    primary_assignment: Mapped[bool | None] = column(
        "Affectation principale", "Primary assignment", key=True
    )
    status: Mapped[DepartmentAssignmentStatus] = column(
        "Statut", "Status", key=True, readonly=True, default=DepartmentAssignmentStatus.UPCOMING
    )
    person: Mapped[Person] = relation(
        "Personne", "Person", inverse="department_assignments", rollup=True
    )
    department: Mapped[Department] = relation(
        "Service", "Department", inverse="department_assignments"
    )
