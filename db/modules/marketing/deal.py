"""Deals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Money, Percent
from db.modules.apps import MARKETING
from db.modules.choices import LeadSource
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.catalogue.service import Service
    from db.modules.marketing.campaign import Campaign
    from db.modules.sales.contact import Contact
    from db.modules.sales.customer_account import CustomerAccount


class DealStage(Choice):
    """Deal: sales stage."""

    PROSPECTING = "prospecting", "Prospection", "Prospecting"
    QUALIFICATION = "qualification", "Qualification", "Qualification"
    NEEDS_ANALYSIS = "needs_analysis", "Analyse des besoins", "Needs analysis"
    PROPOSAL = "proposal", "Proposition envoyée", "Proposal sent"
    NEGOTIATION = "negotiation", "Négociation", "Negotiation"
    CLOSED_WON = "closed_won", "Gagnée", "Closed won"
    CLOSED_LOST = "closed_lost", "Perdue", "Closed lost"


class DealDealType(Choice):
    """Deal: deal type."""

    NEW_BUSINESS = "new_business", "Nouveau client", "New business"
    EXISTING_BUSINESS = "existing_business", "Client existant", "Existing business"
    RENEWAL = "renewal", "Renouvellement", "Renewal"


class DealLostReason(Choice):
    """Deal: lost reason."""

    PRICE = "price", "Prix", "Price"
    COMPETITOR = "competitor", "Concurrent", "Competitor"
    NO_BUDGET = "no_budget", "Pas de budget", "No budget"
    NO_DECISION = "no_decision", "Projet abandonné", "No decision"
    TIMING = "timing", "Délai", "Timing"
    OTHER = "other", "Autre", "Other"


class Deal(
    Record,
    app=MARKETING,
    fr=("Affaire", "Affaires"),
    en=("Deal", "Deals"),
    prefix="AFF",
    title="{name}",
):
    name: Mapped[str] = column("Nom de l’affaire", "Deal name", quick=True)
    amount: Mapped[Money | None] = column(
        "Montant estimé HT", "Estimated amount excl. tax", header=True, key=True, quick=True
    )
    expected_close_on: Mapped[date] = column(
        "Date de signature prévue", "Expected close date", header=True, key=True, quick=True
    )
    stage: Mapped[DealStage] = column(
        "Phase de vente",
        "Sales stage",
        header=True,
        key=True,
        quick=True,
        default=DealStage.PROSPECTING,
    )
    probability: Mapped[Percent | None] = column("Probabilité", "Probability", key=True)
    weighted_amount: Mapped[Money | None] = column(
        "Montant pondéré", "Weighted amount", key=True, readonly=True
    )
    deal_type: Mapped[DealDealType | None] = column("Type d’affaire", "Deal type", key=True)
    source: Mapped[LeadSource | None] = column("Origine", "Lead source", key=True)
    estimated_cost: Mapped[Money | None] = column("Coût estimé", "Estimated cost")
    estimated_margin: Mapped[Money | None] = column(
        "Marge estimée", "Estimated margin", key=True, readonly=True
    )
    next_step: Mapped[str | None] = column("Prochaine étape", "Next step")
    lost_reason: Mapped[DealLostReason | None] = column("Motif de perte", "Lost reason", key=True)
    closed_on: Mapped[date | None] = column("Date de clôture", "Closed on", key=True, readonly=True)
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="deals", rollup=True
    )
    contact: Mapped[Contact | None] = relation(
        "Contact principal", "Primary contact", inverse="deals", rollup=True
    )
    campaign: Mapped[Campaign | None] = relation(
        "Campagne d’origine", "Source campaign", inverse="deals"
    )
    products: Mapped[list[Product]] = links(
        "Produits visés", "Products of interest", inverse="deals"
    )
    services: Mapped[list[Service]] = links(
        "Services visés", "Services of interest", inverse="deals"
    )
