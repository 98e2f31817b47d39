"""Expense reports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_transaction import BankTransaction
    from db.modules.hr.employment_contract import EmploymentContract
    from db.modules.hr.person import Person
    from db.modules.projects.project import Project


class ExpenseReportStatus(Choice):
    """Expense report: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    SUBMITTED = "submitted", "Soumise", "Submitted"
    APPROVED = "approved", "Approuvée", "Approved"
    REFUSED = "refused", "Refusée", "Refused"
    POSTED = "posted", "Comptabilisée", "Posted"
    REIMBURSED = "reimbursed", "Remboursée", "Reimbursed"


class ExpenseReport(
    Record,
    app=HR,
    fr=("Note de frais", "Notes de frais"),
    en=("Expense report", "Expense reports"),
    prefix="NDF",
    title="{number} {subject}",
    edited_in=("draft", "refused"),
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    status: Mapped[ExpenseReportStatus] = column(
        "Statut", "Status", header=True, key=True, default=ExpenseReportStatus.DRAFT
    )
    period_start: Mapped[date | None] = column(
        "Début de période", "Period start", key=True, quick=True
    )
    period_end: Mapped[date | None] = column(
        "Fin de période", "Period end", header=True, key=True, quick=True
    )
    submitted_on: Mapped[date | None] = column("Soumise le", "Submitted on", readonly=True)
    approved_on: Mapped[date | None] = column("Approuvée le", "Approved on", readonly=True)
    refusal_reason: Mapped[str | None] = column("Motif de refus", "Refusal reason")
    total_excl_tax: Mapped[Money | None] = column(
        "Total HT", "Total excl. tax", key=True, readonly=True
    )
    total_vat: Mapped[Money | None] = column(
        "TVA récupérable", "Recoverable VAT", key=True, readonly=True
    )
    total_incl_tax: Mapped[Money | None] = column(
        "Total TTC", "Total incl. tax", header=True, key=True, readonly=True
    )
    amount_to_reimburse: Mapped[Money | None] = column(
        "Montant à rembourser", "Amount to reimburse", header=True, key=True, readonly=True
    )
    reimbursed_on: Mapped[date | None] = column("Remboursée le", "Reimbursed on", key=True)
    person: Mapped[Person] = relation("Personne", "Person", inverse="expense_reports", rollup=True)
    employment_contract: Mapped[EmploymentContract | None] = relation(
        "Contrat de travail", "Employment contract", inverse="expense_reports"
    )
    approver: Mapped[Person | None] = relation(
        "Valideur",
        "Approver",
        inverse="expense_reports_to_approve",
        tab=("Notes de frais à valider", "Expense reports to approve"),
    )
    project: Mapped[Project | None] = relation("Projet", "Project", inverse="expense_reports")
    bank_transaction: Mapped[BankTransaction | None] = relation(
        "Transaction bancaire", "Bank transaction", inverse="expense_reports"
    )
