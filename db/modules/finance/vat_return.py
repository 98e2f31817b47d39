"""VAT returns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Json, Money
from db.modules.apps import FINANCE
from db.modules.choices import VatReturnForm
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_transaction import BankTransaction
    from db.modules.finance.fiscal_year import FiscalYear


class VatReturnStatus(Choice):
    """VAT return: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    COMPUTED = "computed", "Calculée", "Computed"
    VALIDATED = "validated", "Validée", "Validated"
    FILED = "filed", "Déposée", "Filed"
    PAID = "paid", "Payée", "Paid"


class VatReturn(
    Record,
    app=FINANCE,
    fr=("Déclaration de TVA", "Déclarations de TVA"),
    en=("VAT return", "VAT returns"),
    prefix="TVA",
    title="{number} {period_end}",
):
    form: Mapped[VatReturnForm] = column("Formulaire", "Form", header=True, key=True, quick=True)
    period_start: Mapped[date] = column("Début de période", "Period start", key=True, quick=True)
    period_end: Mapped[date] = column(
        "Fin de période", "Period end", header=True, key=True, quick=True
    )
    due_on: Mapped[date | None] = column("Date limite de dépôt", "Filing due date", key=True)
    status: Mapped[VatReturnStatus] = column(
        "Statut", "Status", header=True, key=True, default=VatReturnStatus.DRAFT
    )
    boxes: Mapped[Json | None] = column("Montants par case", "Amounts by box", readonly=True)
    output_vat: Mapped[Money | None] = column(
        "TVA brute due", "Output VAT", key=True, readonly=True
    )
    input_vat: Mapped[Money | None] = column(
        "TVA déductible sur biens et services",
        "Input VAT on goods and services",
        key=True,
        readonly=True,
    )
    input_vat_fixed_assets: Mapped[Money | None] = column(
        "TVA déductible sur immobilisations", "Input VAT on fixed assets", key=True, readonly=True
    )
    credit_brought_forward: Mapped[Money | None] = column(
        "Report de crédit de TVA", "VAT credit brought forward", readonly=True
    )
    vat_due: Mapped[Money | None] = column(
        "TVA à payer", "VAT payable", header=True, key=True, readonly=True
    )
    vat_credit: Mapped[Money | None] = column(
        "Crédit de TVA", "VAT credit", key=True, readonly=True
    )
    refund_requested: Mapped[Money | None] = column("Remboursement demandé", "Refund requested")
    filed_on: Mapped[date | None] = column("Déposée le", "Filed on", key=True)
    fiscal_year: Mapped[FiscalYear] = relation(
        "Exercice comptable", "Fiscal year", inverse="vat_returns"
    )
    previous_return: Mapped[VatReturn | None] = relation(
        "Déclaration précédente",
        "Previous return",
        inverse="following_returns",
        tab=("Déclarations suivantes", "Following returns"),
    )
    bank_transaction: Mapped[BankTransaction | None] = relation(
        "Transaction bancaire", "Bank transaction", inverse="vat_returns"
    )
