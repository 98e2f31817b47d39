"""Customer payments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import CurrencyCode, Money
from db.modules.apps import SALES
from db.modules.choices import PaymentMethod
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_account import BankAccount
    from db.modules.finance.bank_transaction import BankTransaction
    from db.modules.finance.direct_debit import DirectDebit
    from db.modules.finance.sepa_mandate import SepaMandate
    from db.modules.point_of_sale.cash_session import CashSession
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.sales_order import SalesOrder


class CustomerPaymentStatus(Choice):
    """Customer payment: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    PENDING = "pending", "En attente", "Pending"
    VALIDATED = "validated", "Validé", "Validated"
    RECONCILED = "reconciled", "Rapproché", "Reconciled"
    REJECTED = "rejected", "Rejeté", "Rejected"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class CustomerPaymentPaymentKind(Choice):
    """Customer payment: kind."""

    RECEIPT = "receipt", "Encaissement", "Receipt"
    DOWN_PAYMENT = "down_payment", "Acompte", "Down payment"
    REFUND = "refund", "Remboursement", "Refund"


class CustomerPayment(
    Record,
    app=SALES,
    fr=("Paiement client", "Paiements client"),
    en=("Customer payment", "Customer payments"),
    prefix="PAC",
    title="{number} {account}",
    accounting=True,
):
    amount: Mapped[Money] = column("Montant", "Amount", header=True, key=True, quick=True)
    paid_on: Mapped[date] = column(
        "Date du paiement", "Payment date", header=True, key=True, quick=True
    )
    payment_method: Mapped[PaymentMethod] = column(
        "Mode de règlement", "Payment method", header=True, key=True, quick=True
    )
    status: Mapped[CustomerPaymentStatus] = column(
        "Statut", "Status", header=True, key=True, default=CustomerPaymentStatus.DRAFT
    )
    payment_kind: Mapped[CustomerPaymentPaymentKind | None] = column("Nature", "Kind", key=True)
    reference: Mapped[str | None] = column(
        "Référence du règlement", "Payment reference", quick=True, searched=True
    )
    deposited_on: Mapped[date | None] = column("Date de remise en banque", "Deposited on")
    bank_fees: Mapped[Money | None] = column("Frais bancaires", "Bank fees")
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    allocated_amount: Mapped[Money | None] = column(
        "Montant affecté", "Allocated amount", key=True, readonly=True
    )
    unallocated_amount: Mapped[Money | None] = column(
        "Reste à affecter", "Unallocated amount", header=True, key=True, readonly=True
    )
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="payments", rollup=True
    )
    sales_order: Mapped[SalesOrder | None] = relation(
        "Bon de commande client", "Sales order", inverse="payments", rollup=True
    )
    bank_account: Mapped[BankAccount | None] = relation(
        "Compte bancaire", "Bank account", inverse="customer_payments"
    )
    bank_transaction: Mapped[BankTransaction | None] = relation(
        "Transaction bancaire", "Bank transaction", inverse="customer_payments"
    )
    direct_debit: Mapped[DirectDebit | None] = relation(
        "Prélèvement bancaire", "Direct debit batch", inverse="payments", rollup=True
    )
    sepa_mandate: Mapped[SepaMandate | None] = relation(
        "Mandat SEPA", "SEPA mandate", inverse="payments"
    )
    cash_session: Mapped[CashSession | None] = relation(
        "Session de caisse", "Cash session", inverse="payments"
    )
