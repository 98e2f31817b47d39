"""Sales orders."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import SALES
from db.modules.choices import InvoicingStatus, PaymentTerms
from db.record import Record

if TYPE_CHECKING:
    from db.modules.marketing.deal import Deal
    from db.modules.point_of_sale.ecommerce_shop import EcommerceShop
    from db.modules.projects.project import Project
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.price_list import PriceList
    from db.modules.sales.quote import Quote
    from db.modules.stock.delivery_method import DeliveryMethod
    from db.modules.stock.storage_site import StorageSite


class SalesOrderStatus(Choice):
    """Sales order: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    CONFIRMED = "confirmed", "Confirmé", "Confirmed"
    IN_PROGRESS = "in_progress", "En cours", "In progress"
    COMPLETED = "completed", "Terminé", "Completed"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class SalesOrderDeliveryStatus(Choice):
    """Sales order: delivery status."""

    NOT_DELIVERED = "not_delivered", "Non livré", "Not delivered"
    PARTIALLY_DELIVERED = "partially_delivered", "Partiellement livré", "Partially delivered"
    DELIVERED = "delivered", "Livré", "Delivered"
    NOT_APPLICABLE = "not_applicable", "Sans livraison", "Not applicable"


class SalesOrderRecurrence(Choice):
    """Sales order: recurring invoicing."""

    NONE = "none", "Aucune", "None"
    WEEKLY = "weekly", "Hebdomadaire", "Weekly"
    MONTHLY = "monthly", "Mensuelle", "Monthly"
    QUARTERLY = "quarterly", "Trimestrielle", "Quarterly"
    HALF_YEARLY = "half_yearly", "Semestrielle", "Half-yearly"
    YEARLY = "yearly", "Annuelle", "Yearly"


class SalesOrder(
    Record,
    app=SALES,
    fr=("Bon de commande client", "Bons de commande client"),
    en=("Sales order", "Sales orders"),
    prefix="BCC",
    title="{number} {subject}",
    lines=True,
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    status: Mapped[SalesOrderStatus] = column(
        "Statut", "Status", header=True, key=True, default=SalesOrderStatus.DRAFT
    )
    ordered_on: Mapped[date | None] = column("Date de commande", "Order date", key=True, quick=True)
    delivery_due_on: Mapped[date | None] = column(
        "Livraison prévue le", "Delivery due date", header=True, key=True, quick=True
    )
    customer_reference: Mapped[str | None] = column(
        "Référence client", "Customer reference", quick=True, searched=True
    )
    payment_terms: Mapped[PaymentTerms | None] = column("Conditions de règlement", "Payment terms")
    total_excl_tax: Mapped[Money | None] = column(
        "Total HT", "Total excl. tax", header=True, key=True, readonly=True
    )
    total_vat: Mapped[Money | None] = column("Total TVA", "Total VAT", readonly=True)
    total_incl_tax: Mapped[Money | None] = column(
        "Total TTC", "Total incl. tax", header=True, key=True, readonly=True
    )
    invoiced_amount: Mapped[Money | None] = column(
        "Montant facturé HT", "Invoiced amount excl. tax", key=True, readonly=True
    )
    invoicing_status: Mapped[InvoicingStatus | None] = column(
        "État de facturation", "Invoicing status", key=True, readonly=True
    )
    delivery_status: Mapped[SalesOrderDeliveryStatus | None] = column(
        "État de livraison", "Delivery status", key=True, readonly=True
    )
    recurrence: Mapped[SalesOrderRecurrence | None] = column(
        "Facturation récurrente", "Recurring invoicing", key=True
    )
    recurrence_starts_on: Mapped[date | None] = column("Début de la récurrence", "Recurrence start")
    recurrence_ends_on: Mapped[date | None] = column("Fin de la récurrence", "Recurrence end")
    next_invoice_on: Mapped[date | None] = column(
        "Prochaine facture le", "Next invoice date", key=True
    )
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="sales_orders", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact", "Contact", inverse="sales_orders", rollup=True
    )
    deal: Mapped[Deal | None] = relation("Affaire", "Deal", inverse="sales_orders", rollup=True)
    quote: Mapped[Quote | None] = relation(
        "Devis d’origine", "Source quote", inverse="sales_orders", rollup=True
    )
    project: Mapped[Project | None] = relation(
        "Projet", "Project", inverse="sales_orders", rollup=True
    )
    price_list: Mapped[PriceList | None] = relation(
        "Grille tarifaire", "Price list", inverse="sales_orders"
    )
    delivery_method: Mapped[DeliveryMethod | None] = relation(
        "Mode de livraison", "Delivery method", inverse="sales_orders"
    )
    storage_site: Mapped[StorageSite | None] = relation(
        "Site d’expédition", "Shipping site", inverse="sales_orders"
    )
    ecommerce_shop: Mapped[EcommerceShop | None] = relation(
        "Boutique e-commerce", "E-commerce shop", inverse="sales_orders"
    )
