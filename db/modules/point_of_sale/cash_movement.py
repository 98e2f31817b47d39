"""Cash movements."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import POINT_OF_SALE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_transaction import BankTransaction
    from db.modules.point_of_sale.cash_register import CashRegister
    from db.modules.point_of_sale.cash_session import CashSession
    from db.modules.point_of_sale.store import Store
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.sales.customer_payment import CustomerPayment


class CashMovementMovementType(Choice):
    """Cash movement: kind."""

    FLOAT_IN = "float_in", "Apport de fonds", "Float in"
    SALE = "sale", "Vente", "Sale"
    REFUND = "refund", "Remboursement", "Refund"
    WITHDRAWAL = "withdrawal", "Prélèvement de fonds", "Withdrawal"
    BANK_DEPOSIT = "bank_deposit", "Remise en banque", "Bank deposit"
    EXPENSE = "expense", "Dépense", "Expense"
    DIFFERENCE = "difference", "Écart de caisse", "Cash difference"


class CashMovementPaymentMethod(Choice):
    """Cash movement: payment method."""

    CASH = "cash", "Espèces", "Cash"
    CARD = "card", "Carte bancaire", "Card"
    CHEQUE = "cheque", "Chèque", "Cheque"
    VOUCHER = "voucher", "Bon d’achat", "Voucher"
    OTHER = "other", "Autre", "Other"


class CashMovement(
    Record,
    app=POINT_OF_SALE,
    fr=("Mouvement de caisse", "Mouvements de caisse"),
    en=("Cash movement", "Cash movements"),
    prefix="MVC",
    title="{number} {reason}",
):
    moved_at: Mapped[datetime] = column(
        "Date du mouvement", "Moved at", header=True, key=True, quick=True
    )
    movement_type: Mapped[CashMovementMovementType] = column(
        "Nature", "Kind", header=True, key=True, quick=True
    )
    amount: Mapped[Money] = column("Montant", "Amount", header=True, key=True, quick=True)
    payment_method: Mapped[CashMovementPaymentMethod | None] = column(
        "Mode de règlement", "Payment method", key=True, quick=True
    )
    reason: Mapped[str | None] = column("Motif", "Reason", quick=True)
    reference: Mapped[str | None] = column("Référence", "Reference", searched=True)
    balance_after: Mapped[Money | None] = column(
        "Fonds après mouvement", "Balance after movement", key=True, readonly=True
    )
    chain_signature: Mapped[str | None] = column(
        "Empreinte de chaînage", "Chain signature", readonly=True
    )
    cash_register: Mapped[CashRegister] = relation(
        "Caisse enregistreuse", "Cash register", inverse="cash_movements"
    )
    cash_session: Mapped[CashSession | None] = relation(
        "Session de caisse", "Cash session", inverse="cash_movements"
    )
    customer_invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client", "Customer invoice", inverse="cash_movements"
    )
    customer_payment: Mapped[CustomerPayment | None] = relation(
        "Paiement client", "Customer payment", inverse="cash_movements"
    )
    bank_transaction: Mapped[BankTransaction | None] = relation(
        "Transaction bancaire", "Bank transaction", inverse="cash_movements"
    )
    store: Mapped[Store | None] = relation("Point de vente", "Store", inverse="cash_movements")
