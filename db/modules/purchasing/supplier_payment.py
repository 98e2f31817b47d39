"""Supplier payments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import CurrencyCode, Money
from db.modules.apps import PURCHASING
from db.modules.choices import PaymentMethod
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_account import BankAccount
    from db.modules.finance.bank_transaction import BankTransaction
    from db.modules.finance.third_party_bank_account import ThirdPartyBankAccount
    from db.modules.purchasing.purchase_order import PurchaseOrder
    from db.modules.purchasing.supplier import Supplier


class SupplierPaymentStatus(Choice):
    """Supplier payment: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    TO_APPROVE = "to_approve", "À approuver", "To approve"
    VALIDATED = "validated", "Validé", "Validated"
    SENT_TO_BANK = "sent_to_bank", "Transmis à la banque", "Sent to bank"
    RECONCILED = "reconciled", "Rapproché", "Reconciled"
    REJECTED = "rejected", "Rejeté", "Rejected"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class SupplierPaymentPaymentKind(Choice):
    """Supplier payment: kind."""

    PAYMENT = "payment", "Décaissement", "Payment"
    DOWN_PAYMENT = "down_payment", "Acompte", "Down payment"
    REFUND = "refund", "Remboursement reçu", "Refund received"


class SupplierPayment(
    Record,
    app=PURCHASING,
    fr=("Paiement fournisseur", "Paiements fournisseur"),
    en=("Supplier payment", "Supplier payments"),
    prefix="PAF",
    title="{number} {supplier}",
    accounting=True,
):
    amount: Mapped[Money] = column("Montant", "Amount", header=True, key=True, quick=True)
    paid_on: Mapped[date] = column(
        "Date du paiement", "Payment date", header=True, key=True, quick=True
    )
    payment_method: Mapped[PaymentMethod] = column(
        "Mode de règlement", "Payment method", header=True, key=True, quick=True
    )
    status: Mapped[SupplierPaymentStatus] = column(
        "Statut", "Status", header=True, key=True, default=SupplierPaymentStatus.DRAFT
    )
    payment_kind: Mapped[SupplierPaymentPaymentKind | None] = column("Nature", "Kind", key=True)
    reference: Mapped[str | None] = column(
        "Référence du règlement", "Payment reference", quick=True, searched=True
    )
    bank_fees: Mapped[Money | None] = column("Frais bancaires", "Bank fees")
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    allocated_amount: Mapped[Money | None] = column(
        "Montant affecté", "Allocated amount", key=True, readonly=True
    )
    unallocated_amount: Mapped[Money | None] = column(
        "Reste à affecter", "Unallocated amount", header=True, key=True, readonly=True
    )
    supplier: Mapped[Supplier] = relation(
        "Fournisseur", "Supplier", inverse="payments", rollup=True
    )
    purchase_order: Mapped[PurchaseOrder | None] = relation(
        "Bon de commande fournisseur", "Purchase order", inverse="payments", rollup=True
    )
    bank_account: Mapped[BankAccount | None] = relation(
        "Compte bancaire", "Bank account", inverse="supplier_payments"
    )
    third_party_bank_account: Mapped[ThirdPartyBankAccount | None] = relation(
        "Compte bancaire du fournisseur", "Supplier bank account", inverse="supplier_payments"
    )
    bank_transaction: Mapped[BankTransaction | None] = relation(
        "Transaction bancaire", "Bank transaction", inverse="supplier_payments"
    )
