"""Prospects."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Address, Email, Money, Phone, Url
from db.modules.apps import MARKETING
from db.modules.choices import Industry, LeadSource
from db.record import Record

if TYPE_CHECKING:
    from db.modules.marketing.campaign import Campaign
    from db.modules.marketing.deal import Deal
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount


class ProspectStatus(Choice):
    """Prospect: status."""

    NEW = "new", "Nouveau", "New"
    CONTACTED = "contacted", "Contacté", "Contacted"
    FOLLOW_UP = "follow_up", "À relancer", "To follow up"
    QUALIFIED = "qualified", "Qualifié", "Qualified"
    DISQUALIFIED = "disqualified", "Non qualifié", "Disqualified"
    LOST = "lost", "Perdu", "Lost"
    CONVERTED = "converted", "Converti", "Converted"


class ProspectRating(Choice):
    """Prospect: rating."""

    HOT = "hot", "Chaud", "Hot"
    WARM = "warm", "Tiède", "Warm"
    COLD = "cold", "Froid", "Cold"


class Prospect(
    Record,
    app=MARKETING,
    fr=("Prospect", "Prospects"),
    en=("Prospect", "Prospects"),
    prefix="PRO",
    title="{first_name} {last_name}",
    closed="converted",
):
    first_name: Mapped[str | None] = column("Prénom", "First name", quick=True)
    last_name: Mapped[str] = column("Nom", "Last name", quick=True)
    company_name: Mapped[str | None] = column("Société", "Company name", header=True, quick=True)
    job_title: Mapped[str | None] = column("Fonction", "Job title")
    email: Mapped[Email | None] = column("E-mail", "E-mail", header=True, quick=True, unique=True)
    phone: Mapped[Phone | None] = column("Téléphone", "Phone", header=True, quick=True)
    mobile: Mapped[Phone | None] = column("Mobile", "Mobile")
    website: Mapped[Url | None] = column("Site web", "Website")
    address: Mapped[Address | None] = column("Adresse", "Address")
    source: Mapped[LeadSource | None] = column("Origine", "Lead source", key=True, quick=True)
    status: Mapped[ProspectStatus] = column(
        "Statut", "Status", header=True, key=True, default=ProspectStatus.NEW
    )
    rating: Mapped[ProspectRating | None] = column("Évaluation", "Rating", key=True)
    industry: Mapped[Industry | None] = column("Secteur d’activité", "Industry", key=True)
    annual_revenue: Mapped[Money | None] = column(
        "Chiffre d’affaires annuel", "Annual revenue", key=True
    )
    email_opt_out: Mapped[bool | None] = column("Refus des e-mails", "E-mail opt-out")
    converted_at: Mapped[datetime | None] = column("Converti le", "Converted at", readonly=True)
    converted_account: Mapped[CustomerAccount | None] = relation(
        "Compte client issu de la conversion",
        "Converted account",
        inverse="source_prospects",
        tab=("Prospects d’origine", "Source prospects"),
        rollup=True,
    )
    converted_contact: Mapped[Contact | None] = relation(
        "Contact issu de la conversion",
        "Converted contact",
        inverse="source_prospects",
        tab=("Prospects d’origine", "Source prospects"),
        rollup=True,
    )
    converted_deal: Mapped[Deal | None] = relation(
        "Affaire issue de la conversion",
        "Converted deal",
        inverse="source_prospects",
        tab=("Prospects d’origine", "Source prospects"),
        rollup=True,
    )
    campaigns: Mapped[list[Campaign]] = links("Campagnes", "Campaigns", inverse="prospects")
