"""Absence types."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from db.declare import Choice, column
from db.modules.apps import HR
from db.modules.choices import AbsenceUnit
from db.record import Record


class AbsenceTypeDayCountBasis(Choice):
    """Absence type: day count basis."""

    WORKING_DAYS = "working_days", "Jours ouvrés", "Working days (Mon–Fri)"
    BUSINESS_DAYS = "business_days", "Jours ouvrables", "Business days (Mon–Sat)"
    CALENDAR_DAYS = "calendar_days", "Jours calendaires", "Calendar days"


class AbsenceType(
    Record,
    app=HR,
    fr=("Nature d’absence", "Natures des absences"),
    en=("Absence type", "Absence types"),
    prefix="NAB",
    title="{name}",
):
    name: Mapped[str] = column("Nom", "Name", quick=True)
    code: Mapped[str] = column("Code", "Code", header=True, quick=True, unique=True)
    payroll_code: Mapped[str | None] = column("Code paie", "Payroll code")
    unit: Mapped[AbsenceUnit | None] = column("Unité", "Unit", header=True, key=True, quick=True)
    day_count_basis: Mapped[AbsenceTypeDayCountBasis | None] = column(
        "Décompte", "Day count basis", key=True
    )
    paid: Mapped[bool | None] = column("Rémunérée", "Paid", header=True, key=True)
    balance_managed: Mapped[bool | None] = column("Avec solde", "Balance managed", key=True)
    monthly_accrual: Mapped[Decimal | None] = column("Acquisition mensuelle", "Monthly accrual")
    year_start_month: Mapped[int | None] = column("Mois de début de période", "Period start month")
    max_carry_over: Mapped[Decimal | None] = column("Report maximal", "Maximum carry-over")
    requires_approval: Mapped[bool | None] = column("Soumise à validation", "Requires approval")
    requires_document: Mapped[bool | None] = column("Justificatif obligatoire", "Document required")
    negative_balance_allowed: Mapped[bool | None] = column(
        "Solde négatif autorisé", "Negative balance allowed"
    )
    active: Mapped[bool] = column("Active", "Active", key=True, default=True)
