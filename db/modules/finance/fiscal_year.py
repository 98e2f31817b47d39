"""Fiscal years."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import FINANCE
from db.record import Record


class FiscalYearStatus(Choice):
    """Fiscal year: status."""

    OPEN = "open", "Ouvert", "Open"
    CLOSING = "closing", "En cours de clôture", "Closing"
    CLOSED = "closed", "Clôturé", "Closed"


class FiscalYearAccountingBasis(Choice):
    """Fiscal year: accounting basis."""

    ACCRUAL = "accrual", "Engagement", "Accrual"
    CASH = "cash", "Trésorerie", "Cash"


class FiscalYearVatRegime(Choice):
    """Fiscal year: VAT regime."""

    NORMAL_MONTHLY = "normal_monthly", "Réel normal mensuel", "Normal, monthly"
    NORMAL_QUARTERLY = "normal_quarterly", "Réel normal trimestriel", "Normal, quarterly"
    SIMPLIFIED = "simplified", "Réel simplifié", "Simplified, yearly"
    FRANCHISE = "franchise", "Franchise en base", "VAT exemption threshold"


class FiscalYear(
    Record,
    app=FINANCE,
    fr=("Exercice comptable", "Exercices comptables"),
    en=("Fiscal year", "Fiscal years"),
    prefix="EXE",
    title="{name}",
):
    name: Mapped[str] = column("Nom de l’exercice", "Fiscal year name", quick=True)
    starts_on: Mapped[date] = column(
        "Date d’ouverture", "Start date", header=True, key=True, quick=True
    )
    ends_on: Mapped[date] = column("Date de clôture", "End date", header=True, key=True, quick=True)
    status: Mapped[FiscalYearStatus] = column(
        "Statut", "Status", header=True, key=True, default=FiscalYearStatus.OPEN
    )
    accounting_basis: Mapped[FiscalYearAccountingBasis | None] = column(
        "Mode de comptabilité", "Accounting basis", key=True, quick=True
    )
    vat_regime: Mapped[FiscalYearVatRegime | None] = column("Régime de TVA", "VAT regime", key=True)
    locked_until: Mapped[date | None] = column(
        "Écritures verrouillées jusqu’au", "Entries locked until"
    )
    net_result: Mapped[Money | None] = column(
        "Résultat net", "Net result", header=True, key=True, readonly=True
    )
    opening_balances_posted: Mapped[bool | None] = column(
        "À-nouveaux passés", "Opening balances posted", readonly=True
    )
    closed_at: Mapped[datetime | None] = column("Clôturé le", "Closed at", readonly=True)
    previous_year: Mapped[FiscalYear | None] = relation(
        "Exercice précédent",
        "Previous fiscal year",
        inverse="following_years",
        tab=("Exercices suivants", "Following fiscal years"),
    )
