"""Supplier payment allocations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import column, relation
from db.kinds import Money
from db.modules.apps import PURCHASING
from db.record import Record

if TYPE_CHECKING:
    from db.modules.purchasing.supplier_credit_note import SupplierCreditNote
    from db.modules.purchasing.supplier_invoice import SupplierInvoice
    from db.modules.purchasing.supplier_payment import SupplierPayment


class SupplierPaymentAllocation(
    Record,
    app=PURCHASING,
    fr=("Affectation de paiement fournisseur", "Affectations de paiements fournisseur"),
    en=("Supplier payment allocation", "Supplier payment allocations"),
    prefix="APF",
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
        "Escompte obtenu", "Early payment discount", quick=True
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
    payment: Mapped[SupplierPayment | None] = relation(
        "Paiement fournisseur",
        "Supplier payment",
        inverse="allocations",
        tab=("Affectations", "Allocations"),
        rollup=True,
    )
    invoice: Mapped[SupplierInvoice | None] = relation(
        "Facture fournisseur",
        "Supplier invoice",
        inverse="allocations",
        tab=("Affectations de paiements", "Payment allocations"),
        rollup=True,
    )
    credit_note: Mapped[SupplierCreditNote | None] = relation(
        "Avoir fournisseur",
        "Supplier credit note",
        inverse="allocations",
        tab=("Affectations", "Allocations"),
        rollup=True,
    )
