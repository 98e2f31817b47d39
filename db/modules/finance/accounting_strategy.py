"""Accounting strategies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.item_family import ItemFamily
    from db.modules.catalogue.product import Product
    from db.modules.catalogue.service import Service
    from db.modules.finance.journal import Journal
    from db.modules.finance.ledger_account import LedgerAccount
    from db.modules.finance.tax_rate import TaxRate
    from db.modules.purchasing.supplier import Supplier
    from db.modules.sales.customer_account import CustomerAccount


class AccountingStrategyContext(Choice):
    """Accounting strategy: context."""

    SALE = "sale", "Compte de vente", "Sales account"
    PURCHASE = "purchase", "Compte d’achat", "Purchase account"
    SALE_VAT = "sale_vat", "TVA sur ventes", "Sales VAT"
    PURCHASE_VAT = "purchase_vat", "TVA sur achats", "Purchase VAT"
    CUSTOMER_CONTROL = "customer_control", "Compte collectif client", "Customer control account"
    SUPPLIER_CONTROL = (
        "supplier_control",
        "Compte collectif fournisseur",
        "Supplier control account",
    )
    CUSTOMER_PAYMENT = "customer_payment", "Encaissement", "Customer payment"
    SUPPLIER_PAYMENT = "supplier_payment", "Décaissement", "Supplier payment"
    EXPENSE = "expense", "Frais", "Expense"
    DISCOUNT = "discount", "Escompte et écarts", "Discounts and differences"


class AccountingStrategyTerritory(Choice):
    """Accounting strategy: territory."""

    ANY = "any", "Tous", "Any"
    DOMESTIC = "domestic", "France", "Domestic"
    OVERSEAS = "overseas", "Outre-mer", "Overseas territories"
    INTRA_EU = "intra_eu", "Union européenne", "Intra-EU"
    EXPORT = "export", "Hors Union européenne", "Outside the EU"


class AccountingStrategyPaymentMethod(Choice):
    """Accounting strategy: payment method."""

    ANY = "any", "Tous", "Any"
    BANK_TRANSFER = "bank_transfer", "Virement", "Bank transfer"
    DIRECT_DEBIT = "direct_debit", "Prélèvement", "Direct debit"
    CARD = "card", "Carte bancaire", "Card"
    CHEQUE = "cheque", "Chèque", "Cheque"
    CASH = "cash", "Espèces", "Cash"
    BILL_OF_EXCHANGE = "bill_of_exchange", "Lettre de change", "Bill of exchange"
    OTHER = "other", "Autre", "Other"


class AccountingStrategy(
    Record,
    app=FINANCE,
    fr=("Stratégie comptable", "Stratégies comptables"),
    en=("Accounting strategy", "Accounting strategies"),
    prefix="STR",
    title="{name}",
):
    name: Mapped[str] = column("Nom de la stratégie", "Strategy name", quick=True)
    context: Mapped[AccountingStrategyContext] = column(
        "Contexte", "Context", header=True, key=True, quick=True
    )
    priority: Mapped[int | None] = column("Priorité", "Priority", key=True, quick=True)
    territory: Mapped[AccountingStrategyTerritory | None] = column(
        "Territoire", "Territory", key=True
    )
    payment_method: Mapped[AccountingStrategyPaymentMethod | None] = column(
        "Mode de règlement", "Payment method"
    )
    starts_on: Mapped[date | None] = column("Applicable à partir du", "Valid from")
    ends_on: Mapped[date | None] = column("Applicable jusqu’au", "Valid until")
    active: Mapped[bool] = column("Active", "Active", header=True, key=True, default=True)
    ledger_account: Mapped[LedgerAccount] = relation(
        "Compte à mouvementer", "Account to post to", inverse="accounting_strategies"
    )
    journal: Mapped[Journal | None] = relation(
        "Journal", "Journal", inverse="accounting_strategies"
    )
    item_family: Mapped[ItemFamily | None] = relation(
        "Famille d’articles", "Item family", inverse="accounting_strategies"
    )
    product: Mapped[Product | None] = relation(
        "Produit", "Product", inverse="accounting_strategies"
    )
    service: Mapped[Service | None] = relation(
        "Service", "Service", inverse="accounting_strategies"
    )
    tax_rate: Mapped[TaxRate | None] = relation(
        "Taux de TVA", "VAT rate", inverse="accounting_strategies"
    )
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="accounting_strategies"
    )
    supplier: Mapped[Supplier | None] = relation(
        "Fournisseur", "Supplier", inverse="accounting_strategies"
    )
