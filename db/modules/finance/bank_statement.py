"""Bank statements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_account import BankAccount


class BankStatementSourceFormat(Choice):
    """Bank statement: source format."""

    MANUAL = "manual", "Saisie", "Manual"
    CSV = "csv", "CSV", "CSV"
    OFX = "ofx", "OFX", "OFX"
    CFONB120 = "cfonb120", "CFONB 120", "CFONB 120"
    CAMT053 = "camt053", "ISO 20022 camt.053", "ISO 20022 camt.053"
    API = "api", "Connexion bancaire", "Bank connection"


class BankStatementStatus(Choice):
    """Bank statement: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    IMPORTED = "imported", "Importé", "Imported"
    RECONCILED = "reconciled", "Rapproché", "Reconciled"


class BankStatement(
    Record,
    app=FINANCE,
    fr=("Relevé bancaire", "Relevés bancaires"),
    en=("Bank statement", "Bank statements"),
    prefix="REL",
    title="{number} {reference}",
):
    reference: Mapped[str | None] = column(
        "Référence du relevé", "Statement reference", quick=True, unique=True, searched=True
    )
    starts_on: Mapped[date | None] = column(
        "Début de période", "Period start", key=True, quick=True
    )
    ends_on: Mapped[date] = column(
        "Fin de période", "Period end", header=True, key=True, quick=True
    )
    opening_balance: Mapped[Money] = column("Solde initial", "Opening balance", quick=True)
    closing_balance: Mapped[Money] = column(
        "Solde final", "Closing balance", header=True, key=True, quick=True
    )
    computed_balance: Mapped[Money | None] = column(
        "Solde calculé", "Computed balance", key=True, readonly=True
    )
    difference: Mapped[Money | None] = column(
        "Écart", "Difference", header=True, key=True, readonly=True
    )
    source_format: Mapped[BankStatementSourceFormat | None] = column(
        "Format d’origine", "Source format", key=True
    )
    status: Mapped[BankStatementStatus] = column(
        "Statut", "Status", header=True, key=True, default=BankStatementStatus.DRAFT
    )
    bank_account: Mapped[BankAccount] = relation(
        "Compte bancaire", "Bank account", inverse="bank_statements"
    )
