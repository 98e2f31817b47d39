"""Manual entries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.fiscal_year import FiscalYear
    from db.modules.finance.journal import Journal


class ManualEntryEntryType(Choice):
    """Manual entry: kind."""

    MISCELLANEOUS = "miscellaneous", "Opération diverse", "Miscellaneous"
    OPENING = "opening", "À-nouveaux", "Opening balances"
    PAYROLL = "payroll", "Paie", "Payroll"
    DEPRECIATION = "depreciation", "Amortissement", "Depreciation"
    PROVISION = "provision", "Provision", "Provision"
    ACCRUAL = "accrual", "Régularisation", "Accrual or deferral"
    VAT = "vat", "TVA", "VAT"
    CORRECTION = "correction", "Correction", "Correction"
    CLOSING = "closing", "Clôture", "Closing"


class ManualEntryStatus(Choice):
    """Manual entry: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    POSTED = "posted", "Comptabilisée", "Posted"
    VALIDATED = "validated", "Validée", "Validated"
    REVERSED = "reversed", "Extournée", "Reversed"


class ManualEntry(
    Record,
    app=FINANCE,
    fr=("Saisie manuelle", "Saisies manuelles"),
    en=("Manual entry", "Manual entries"),
    prefix="OD",
    title="{number} {label}",
    accounting=True,
):
    label: Mapped[str] = column("Libellé", "Label", quick=True)
    entry_date: Mapped[date] = column(
        "Date comptable", "Entry date", header=True, key=True, quick=True
    )
    document_reference: Mapped[str | None] = column(
        "Référence de la pièce", "Document reference", header=True, quick=True, searched=True
    )
    entry_type: Mapped[ManualEntryEntryType | None] = column("Nature", "Kind", key=True, quick=True)
    status: Mapped[ManualEntryStatus] = column(
        "Statut", "Status", header=True, key=True, default=ManualEntryStatus.DRAFT
    )
    reversal_on: Mapped[date | None] = column("Extourne prévue le", "Reversal date")
    total_debit: Mapped[Money | None] = column(
        "Total débit", "Total debit", header=True, key=True, readonly=True
    )
    total_credit: Mapped[Money | None] = column(
        "Total crédit", "Total credit", key=True, readonly=True
    )
    journal: Mapped[Journal] = relation("Journal", "Journal", inverse="manual_entries")
    fiscal_year: Mapped[FiscalYear] = relation(
        "Exercice comptable", "Fiscal year", inverse="manual_entries"
    )
    reversed_entry: Mapped[ManualEntry | None] = relation(
        "Saisie extournée",
        "Reversed entry",
        inverse="reversals",
        tab=("Extournes", "Reversals"),
        rollup=True,
    )
