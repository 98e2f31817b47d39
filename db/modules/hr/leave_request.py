"""Leave requests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.modules.apps import HR
from db.modules.choices import AbsenceUnit
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.absence_type import AbsenceType
    from db.modules.hr.employment_contract import EmploymentContract
    from db.modules.hr.person import Person


class LeaveRequestStatus(Choice):
    """Leave request: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    SUBMITTED = "submitted", "Soumise", "Submitted"
    APPROVED = "approved", "Acceptée", "Approved"
    REFUSED = "refused", "Refusée", "Refused"
    CANCELLED = "cancelled", "Annulée", "Cancelled"


class LeaveRequest(
    Record,
    app=HR,
    fr=("Demande de congés", "Demandes de congés"),
    en=("Leave request", "Leave requests"),
    prefix="CNG",
    title="{number} {person}",
):
    starts_on: Mapped[date] = column(
        "Premier jour d’absence", "First day of absence", header=True, key=True, quick=True
    )
    ends_on: Mapped[date] = column(
        "Dernier jour d’absence", "Last day of absence", header=True, key=True, quick=True
    )
    starts_half_day: Mapped[bool | None] = column(
        "Débute l’après-midi", "Starts in the afternoon", quick=True
    )
    ends_half_day: Mapped[bool | None] = column("Se termine le midi", "Ends at noon", quick=True)
    unit: Mapped[AbsenceUnit | None] = column("Unité", "Unit")
    hours_requested: Mapped[Decimal | None] = column("Heures demandées", "Hours requested")
    duration: Mapped[Decimal | None] = column(
        "Durée décomptée", "Counted duration", header=True, key=True, readonly=True
    )
    status: Mapped[LeaveRequestStatus] = column(
        "Statut", "Status", header=True, key=True, default=LeaveRequestStatus.DRAFT
    )
    reason: Mapped[str | None] = column("Motif", "Reason", quick=True)
    decided_on: Mapped[date | None] = column("Date de décision", "Decision date", readonly=True)
    decision_comment: Mapped[str | None] = column("Commentaire de décision", "Decision comment")
    person: Mapped[Person] = relation("Personne", "Person", inverse="leave_requests", rollup=True)
    absence_type: Mapped[AbsenceType] = relation(
        "Nature de l’absence", "Absence type", inverse="leave_requests"
    )
    employment_contract: Mapped[EmploymentContract | None] = relation(
        "Contrat de travail", "Employment contract", inverse="leave_requests"
    )
    approver: Mapped[Person | None] = relation(
        "Valideur",
        "Approver",
        inverse="leave_requests_to_approve",
        tab=("Demandes de congés à valider", "Leave requests to approve"),
    )
