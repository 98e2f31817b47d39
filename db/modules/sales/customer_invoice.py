"""Customer invoices."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Address, CurrencyCode, Money, Percent
from db.modules.apps import SALES
from db.modules.choices import PaymentTerms
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_account import BankAccount
    from db.modules.marketing.deal import Deal
    from db.modules.point_of_sale.cash_session import CashSession
    from db.modules.point_of_sale.ecommerce_shop import EcommerceShop
    from db.modules.projects.project import Project
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount
    from db.modules.sales.price_list import PriceList
    from db.modules.sales.quote import Quote
    from db.modules.sales.sales_order import SalesOrder
    from db.modules.support.service_contract import ServiceContract


class CustomerInvoiceInvoiceType(Choice):
    """Customer invoice: invoice type."""

    STANDARD = "standard", "Classique", "Standard"
    DEPOSIT = "deposit", "Acompte", "Deposit"
    PROGRESS = "progress", "Avancement", "Progress"
    FINAL = "final", "Solde", "Final"
    CONSUMPTION = "consumption", "Consommations", "Consumption"
    RECURRING = "recurring", "Récurrente", "Recurring"
    RETAIL = "retail", "Vente en caisse", "Retail sale"


class CustomerInvoiceStatus(Choice):
    """Customer invoice: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    VALIDATED = "validated", "Validée", "Validated"
    SENT = "sent", "Envoyée", "Sent"
    PARTIALLY_PAID = "partially_paid", "Partiellement payée", "Partially paid"
    PAID = "paid", "Payée", "Paid"
    DISPUTED = "disputed", "En litige", "Disputed"
    CANCELLED = "cancelled", "Annulée", "Cancelled"


class CustomerInvoiceEInvoiceStatus(Choice):
    """Customer invoice: E-invoice status."""

    NOT_APPLICABLE = "not_applicable", "Non concernée", "Not applicable"
    TO_SEND = "to_send", "À déposer", "To submit"
    SUBMITTED = "submitted", "Déposée", "Submitted"
    ISSUED = "issued", "Émise par la plateforme", "Issued by platform"
    RECEIVED = "received", "Reçue", "Received"
    AVAILABLE = "available", "Mise à disposition", "Made available"
    TAKEN_IN_CHARGE = "taken_in_charge", "Prise en charge", "In hand"
    APPROVED = "approved", "Approuvée", "Approved"
    DISPUTED = "disputed", "En litige", "Disputed"
    REJECTED = "rejected", "Rejetée", "Rejected"
    REFUSED = "refused", "Refusée", "Refused"
    PAID = "paid", "Encaissée", "Paid"


class CustomerInvoice(
    Record,
    app=SALES,
    fr=("Facture client", "Factures client"),
    en=("Customer invoice", "Customer invoices"),
    prefix="FAC",
    title="{number} {subject}",
    lines=True,
    accounting=True,
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    invoice_type: Mapped[CustomerInvoiceInvoiceType | None] = column(
        "Type de facture", "Invoice type", key=True
    )
    status: Mapped[CustomerInvoiceStatus] = column(
        "Statut", "Status", header=True, key=True, default=CustomerInvoiceStatus.DRAFT
    )
    issued_on: Mapped[date] = column(
        "Date de facture", "Invoice date", header=True, key=True, quick=True
    )
    due_on: Mapped[date] = column("Échéance", "Due date", header=True, key=True, quick=True)
    customer_reference: Mapped[str | None] = column(
        "Référence client", "Customer reference", searched=True
    )
    billing_address: Mapped[Address | None] = column("Adresse de facturation", "Billing address")
    payment_terms: Mapped[PaymentTerms | None] = column("Conditions de règlement", "Payment terms")
    progress_percent: Mapped[Percent | None] = column("Avancement cumulé", "Cumulative progress")
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    total_excl_tax: Mapped[Money | None] = column(
        "Total HT", "Total excl. tax", key=True, readonly=True
    )
    total_vat: Mapped[Money | None] = column("Total TVA", "Total VAT", key=True, readonly=True)
    total_incl_tax: Mapped[Money | None] = column(
        "Total TTC", "Total incl. tax", header=True, key=True, readonly=True
    )
    amount_paid: Mapped[Money | None] = column(
        "Montant réglé", "Amount paid", key=True, readonly=True
    )
    balance_due: Mapped[Money | None] = column(
        "Reste à payer", "Balance due", header=True, key=True, readonly=True
    )
    e_invoice_status: Mapped[CustomerInvoiceEInvoiceStatus | None] = column(
        "État de facturation électronique", "E-invoice status", key=True, readonly=True
    )
    account: Mapped[CustomerAccount] = relation(
        "Compte client", "Customer account", inverse="invoices", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact", "Contact", inverse="invoices", rollup=True
    )
    deal: Mapped[Deal | None] = relation("Affaire", "Deal", inverse="invoices", rollup=True)
    quote: Mapped[Quote | None] = relation(
        "Devis d’origine", "Source quote", inverse="invoices", rollup=True
    )
    sales_order: Mapped[SalesOrder | None] = relation(
        "Bon de commande client", "Sales order", inverse="invoices", rollup=True
    )
    project: Mapped[Project | None] = relation("Projet", "Project", inverse="invoices", rollup=True)
    service_contract: Mapped[ServiceContract | None] = relation(
        "Contrat de service", "Service contract", inverse="invoices", rollup=True
    )
    price_list: Mapped[PriceList | None] = relation(
        "Grille tarifaire", "Price list", inverse="invoices"
    )
    bank_account: Mapped[BankAccount | None] = relation(
        "Compte bancaire de règlement", "Payee bank account", inverse="customer_invoices"
    )
    cash_session: Mapped[CashSession | None] = relation(
        "Session de caisse", "Cash session", inverse="invoices"
    )
    ecommerce_shop: Mapped[EcommerceShop | None] = relation(
        "Boutique e-commerce", "E-commerce shop", inverse="invoices"
    )
