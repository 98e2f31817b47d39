"""Cash sessions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Json, Money
from db.modules.apps import POINT_OF_SALE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.point_of_sale.cash_register import CashRegister


class CashSessionStatus(Choice):
    """Cash session: status."""

    OPEN = "open", "Ouverte", "Open"
    COUNTING = "counting", "Comptage en cours", "Counting"
    CLOSED = "closed", "Clôturée", "Closed"


class CashSession(
    Record,
    app=POINT_OF_SALE,
    fr=("Session de caisse", "Sessions de caisse"),
    en=("Cash session", "Cash sessions"),
    prefix="SES",
    title="{number} {cash_register}",
):
    opened_at: Mapped[datetime] = column(
        "Ouverte le", "Opened at", header=True, key=True, quick=True
    )
    closed_at: Mapped[datetime | None] = column(
        "Clôturée le", "Closed at", header=True, key=True, readonly=True
    )
    status: Mapped[CashSessionStatus] = column(
        "Statut", "Status", header=True, key=True, readonly=True, default=CashSessionStatus.OPEN
    )
    opening_float: Mapped[Money] = column(
        "Fonds de caisse à l’ouverture", "Opening float", quick=True
    )
    expected_cash: Mapped[Money | None] = column(
        "Espèces théoriques", "Expected cash", key=True, readonly=True
    )
    counted_cash: Mapped[Money | None] = column("Espèces comptées", "Counted cash")
    difference: Mapped[Money | None] = column(
        "Écart de caisse", "Cash difference", header=True, key=True, readonly=True
    )
    total_sales: Mapped[Money | None] = column(
        "Total des ventes TTC", "Total sales incl. tax", key=True, readonly=True
    )
    payment_totals: Mapped[Json | None] = column(
        "Totaux par mode de règlement", "Totals by payment method", readonly=True
    )
    z_number: Mapped[int | None] = column("Numéro de Z", "Z report number", readonly=True)
    perpetual_total: Mapped[Money | None] = column(
        "Grand total perpétuel", "Perpetual grand total", readonly=True
    )
    closing_signature: Mapped[str | None] = column(
        "Empreinte de clôture", "Closing signature", readonly=True
    )
    cash_register: Mapped[CashRegister] = relation(
        "Caisse enregistreuse", "Cash register", inverse="cash_sessions"
    )
    cashier: Mapped[Person | None] = relation("Caissier", "Cashier", inverse="cash_sessions")
