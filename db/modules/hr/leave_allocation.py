"""Leave allocations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.absence_type import AbsenceType
    from db.modules.hr.person import Person


class LeaveAllocationKind(Choice):
    """Leave allocation: kind."""

    ACCRUAL = "accrual", "Acquisition", "Accrual"
    ADJUSTMENT = "adjustment", "Ajustement", "Adjustment"
    CARRY_OVER = "carry_over", "Report", "Carry-over"
    EXPIRY = "expiry", "Péremption", "Expiry"
    PAYOUT = "payout", "Indemnisation", "Payout"


class LeaveAllocation(
    Record,
    app=HR,
    fr=("Acquisition de congés", "Acquisitions de congés"),
    en=("Leave allocation", "Leave allocations"),
    prefix="ACQ",
    title="{number} {person}",
):
    quantity: Mapped[Decimal] = column("Quantité", "Quantity", header=True, key=True, quick=True)
    kind: Mapped[LeaveAllocationKind] = column("Nature", "Kind", header=True, key=True, quick=True)
    effective_on: Mapped[date] = column(
        "Date d’effet", "Effective date", header=True, key=True, quick=True
    )
    period_start: Mapped[date | None] = column(
        "Début de la période de droits", "Entitlement period start", key=True
    )
    period_end: Mapped[date | None] = column(
        "Fin de la période de droits", "Entitlement period end", key=True
    )
    reason: Mapped[str | None] = column("Motif", "Reason", quick=True)
    person: Mapped[Person] = relation("Personne", "Person", inverse="leave_allocations")
    absence_type: Mapped[AbsenceType] = relation(
        "Nature de l’absence", "Absence type", inverse="leave_allocations"
    )
