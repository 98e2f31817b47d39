"""Expense lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import HR
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.ledger_account import LedgerAccount
    from db.modules.finance.tax_rate import TaxRate
    from db.modules.hr.expense_report import ExpenseReport
    from db.modules.projects.project import Project
    from db.modules.sales.customer_account import CustomerAccount


class ExpenseLineCategory(Choice):
    """Expense line: category."""

    MEAL = "meal", "Repas", "Meal"
    HOTEL = "hotel", "Hébergement", "Accommodation"
    TRAIN = "train", "Train", "Train"
    FLIGHT = "flight", "Avion", "Flight"
    TAXI = "taxi", "Taxi et VTC", "Taxi"
    MILEAGE = "mileage", "Indemnités kilométriques", "Mileage"
    FUEL = "fuel", "Carburant", "Fuel"
    PARKING_TOLL = "parking_toll", "Parking et péage", "Parking and tolls"
    TELECOM = "telecom", "Téléphone et internet", "Telecom"
    SUPPLIES = "supplies", "Fournitures", "Supplies"
    ENTERTAINMENT = "entertainment", "Réception", "Entertainment"
    OTHER = "other", "Autre", "Other"


class ExpenseLinePaidBy(Choice):
    """Expense line: paid by."""

    PERSON = "person", "Le collaborateur", "Employee"
    COMPANY_CARD = "company_card", "Carte de la société", "Company card"


class ExpenseLine(
    Record,
    app=HR,
    fr=("Ligne de frais", "Lignes de frais"),
    en=("Expense line", "Expense lines"),
    prefix="LNF",
    title="{label} {spent_on}",
):
    spent_on: Mapped[date] = column(
        "Date de la dépense", "Expense date", header=True, key=True, quick=True
    )
    category: Mapped[ExpenseLineCategory] = column(
        "Nature", "Category", header=True, key=True, quick=True
    )
    label: Mapped[str] = column("Libellé", "Label", quick=True)
    amount_incl_tax: Mapped[Money] = column(
        "Montant TTC", "Amount incl. tax", header=True, key=True, quick=True
    )
    vat_amount: Mapped[Money | None] = column(
        "TVA récupérable", "Recoverable VAT", key=True, quick=True
    )
    amount_excl_tax: Mapped[Money | None] = column(
        "Montant HT", "Amount excl. tax", key=True, readonly=True
    )
    paid_by: Mapped[ExpenseLinePaidBy | None] = column("Payé par", "Paid by", key=True)
    distance_km: Mapped[Decimal | None] = column("Distance (km)", "Distance (km)")
    mileage_rate: Mapped[Money | None] = column("Barème kilométrique", "Mileage rate")
    receipt_provided: Mapped[bool | None] = column(
        "Justificatif fourni", "Receipt provided", key=True
    )
    rebillable: Mapped[bool | None] = column("Refacturable", "Rebillable", key=True)
    expense_report: Mapped[ExpenseReport] = relation(
        "Note de frais", "Expense report", inverse="expense_lines", rollup=True
    )
    tax_rate: Mapped[TaxRate | None] = relation("Taux de TVA", "VAT rate", inverse="expense_lines")
    ledger_account: Mapped[LedgerAccount | None] = relation(
        "Compte de charge", "Expense account", inverse="expense_lines"
    )
    project: Mapped[Project | None] = relation("Projet", "Project", inverse="expense_lines")
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client à refacturer",
        "Customer to rebill",
        inverse="expense_lines",
        tab=("Frais refacturables", "Rebillable expenses"),
    )
