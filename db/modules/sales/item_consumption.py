"""Item consumptions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money, UnitPrice
from db.modules.apps import SALES
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.catalogue.service import Service
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.support.service_contract import ServiceContract


class ItemConsumptionStatus(Choice):
    """Item consumption: status."""

    TO_INVOICE = "to_invoice", "À facturer", "To invoice"
    INVOICED = "invoiced", "Facturée", "Invoiced"
    NOT_BILLABLE = "not_billable", "Non facturable", "Not billable"


class ItemConsumption(
    Record,
    app=SALES,
    fr=("Consommation d’article", "Consommations d’articles"),
    en=("Item consumption", "Item consumptions"),
    prefix="CSO",
    title="{number} {account}",
):
    consumed_on: Mapped[date] = column(
        "Date de consommation", "Consumed on", header=True, key=True, quick=True
    )
    quantity: Mapped[Decimal] = column("Quantité", "Quantity", header=True, key=True, quick=True)
    unit_price: Mapped[UnitPrice | None] = column(
        "Prix unitaire", "Unit price", key=True, readonly=True
    )
    amount: Mapped[Money | None] = column("Montant HT", "Amount excl. tax", key=True, readonly=True)
    status: Mapped[ItemConsumptionStatus] = column(
        "Statut", "Status", header=True, key=True, default=ItemConsumptionStatus.TO_INVOICE
    )
    reference: Mapped[str | None] = column(
        "Référence", "Reference", quick=True, unique=True, searched=True
    )
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="item_consumptions"
    )
    product: Mapped[Product | None] = relation(
        "Produit",
        "Product",
        inverse="item_consumptions",
        tab=("Consommations", "Item consumptions"),
    )
    service: Mapped[Service | None] = relation(
        "Service",
        "Service",
        inverse="item_consumptions",
        tab=("Consommations", "Item consumptions"),
    )
    service_contract: Mapped[ServiceContract | None] = relation(
        "Contrat de service", "Service contract", inverse="item_consumptions"
    )
    invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client",
        "Customer invoice",
        inverse="item_consumptions",
        tab=("Consommations facturées", "Invoiced consumptions"),
    )
