"""Customer payment allocations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import column, relation
from db.kinds import Money
from db.modules.apps import SALES
from db.record import Record

if TYPE_CHECKING:
    from db.modules.sales.customer_credit_note import CustomerCreditNote
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.sales.customer_payment import CustomerPayment


class CustomerPaymentAllocation(
    Record,
    app=SALES,
    fr=("Affectation de paiement client", "Affectations de paiements client"),
    en=("Customer payment allocation", "Customer payment allocations"),
    prefix="APC",
    title="{number} {invoice}",
    by_actions=True,
):
    amount: Mapped[Money] = column(
        "Montant affecté", "Allocated amount", header=True, key=True, quick=True
    )
    allocated_on: Mapped[date] = column(
        "Date d’affectation", "Allocation date", header=True, key=True, quick=True
    )
    early_payment_discount: Mapped[Money | None] = column(
        "Escompte accordé", "Early payment discount", quick=True
    )
    write_off_amount: Mapped[Money | None] = column(
        "Écart de règlement", "Write-off amount", quick=True
    )
    exchange_difference: Mapped[Money | None] = column(
        "Écart de change", "Exchange difference", readonly=True
    )
    lettering_code: Mapped[str | None] = column(
        "Code de lettrage", "Lettering code", key=True, readonly=True
    )
    payment: Mapped[CustomerPayment | None] = relation(
        "Paiement client",
        "Customer payment",
        inverse="allocations",
        tab=("Affectations", "Allocations"),
        rollup=True,
    )
    invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client",
        "Customer invoice",
        inverse="allocations",
        tab=("Affectations de paiements", "Payment allocations"),
        rollup=True,
    )
    credit_note: Mapped[CustomerCreditNote | None] = relation(
        "Avoir client",
        "Customer credit note",
        inverse="allocations",
        tab=("Affectations", "Allocations"),
        rollup=True,
    )
