"""Customer accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Address, Email, Money, Phone, Siren, Siret, Url, VatNumber
from db.modules.apps import SALES
from db.modules.choices import Industry, PaymentTerms
from db.record import Record

if TYPE_CHECKING:
    from db.modules.marketing.campaign import Campaign
    from db.modules.sales.price_list import PriceList


class CustomerAccountAccountType(Choice):
    """Customer account: type."""

    CUSTOMER = "customer", "Client", "Customer"
    PROSPECT = "prospect", "Prospect", "Prospect"
    PARTNER = "partner", "Partenaire", "Partner"
    RESELLER = "reseller", "Revendeur", "Reseller"
    INDIVIDUAL = "individual", "Particulier", "Individual consumer"
    PUBLIC_BODY = "public_body", "Administration", "Public body"
    OTHER = "other", "Autre", "Other"


class CustomerAccount(
    Record,
    app=SALES,
    fr=("Compte client", "Comptes client"),
    en=("Customer account", "Customer accounts"),
    prefix="CLI",
    title="{name}",
):
    name: Mapped[str] = column("Nom du compte", "Account name", quick=True)
    account_type: Mapped[CustomerAccountAccountType | None] = column(
        "Type", "Type", header=True, key=True, quick=True
    )
    siren: Mapped[Siren | None] = column("SIREN", "SIREN number", searched=True)
    siret: Mapped[Siret | None] = column(
        "SIRET", "SIRET number", quick=True, unique=True, searched=True
    )
    vat_number: Mapped[VatNumber | None] = column(
        "N° de TVA intracommunautaire", "VAT number", searched=True
    )
    industry: Mapped[Industry | None] = column("Secteur d’activité", "Industry", key=True)
    phone: Mapped[Phone | None] = column("Téléphone", "Phone", header=True, quick=True)
    email: Mapped[Email | None] = column("E-mail", "E-mail", header=True, quick=True)
    website: Mapped[Url | None] = column("Site web", "Website", header=True)
    billing_address: Mapped[Address | None] = column("Adresse de facturation", "Billing address")
    shipping_address: Mapped[Address | None] = column("Adresse de livraison", "Shipping address")
    payment_terms: Mapped[PaymentTerms | None] = column(
        "Conditions de règlement", "Payment terms", key=True
    )
    auxiliary_account_number: Mapped[str | None] = column(
        "Compte auxiliaire", "Auxiliary account number", unique=True, searched=True
    )
    e_invoicing_address: Mapped[str | None] = column(
        "Adresse de facturation électronique", "E-invoicing address"
    )
    credit_limit: Mapped[Money | None] = column("Encours autorisé", "Credit limit")
    balance_due: Mapped[Money | None] = column(
        "Solde dû", "Balance due", header=True, key=True, readonly=True
    )
    parent_account: Mapped[CustomerAccount | None] = relation(
        "Compte parent",
        "Parent account",
        inverse="subsidiaries",
        tab=("Filiales", "Subsidiaries"),
        rollup=True,
    )
    price_list: Mapped[PriceList | None] = relation(
        "Grille tarifaire", "Price list", inverse="accounts"
    )
    campaigns: Mapped[list[Campaign]] = links("Campagnes", "Campaigns", inverse="accounts")
