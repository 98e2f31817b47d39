"""Marketing campaigns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money, Percent
from db.modules.apps import MARKETING
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.catalogue.service import Service


class CampaignCampaignType(Choice):
    """Marketing campaign: type."""

    EMAIL = "email", "E-mailing", "E-mail"
    SMS = "sms", "SMS", "SMS"
    TELEMARKETING = "telemarketing", "Télémarketing", "Telemarketing"
    DIRECT_MAIL = "direct_mail", "Publipostage", "Direct mail"
    TRADE_SHOW = "trade_show", "Salon", "Trade show"
    WEBINAR = "webinar", "Webinaire", "Webinar"
    ADVERTISING = "advertising", "Publicité", "Advertising"
    SOCIAL_MEDIA = "social_media", "Réseaux sociaux", "Social media"
    OTHER = "other", "Autre", "Other"


class CampaignStatus(Choice):
    """Marketing campaign: status."""

    PLANNED = "planned", "Planifiée", "Planned"
    ACTIVE = "active", "En cours", "Active"
    COMPLETED = "completed", "Terminée", "Completed"
    CANCELLED = "cancelled", "Annulée", "Cancelled"


class Campaign(
    Record,
    app=MARKETING,
    fr=("Campagne marketing", "Campagnes marketing"),
    en=("Marketing campaign", "Marketing campaigns"),
    prefix="CAM",
    title="{name}",
):
    name: Mapped[str] = column("Nom de la campagne", "Campaign name", quick=True)
    campaign_type: Mapped[CampaignCampaignType | None] = column(
        "Type", "Type", header=True, key=True, quick=True
    )
    status: Mapped[CampaignStatus] = column(
        "Statut", "Status", header=True, key=True, default=CampaignStatus.PLANNED
    )
    starts_on: Mapped[date | None] = column("Date de début", "Start date", key=True, quick=True)
    ends_on: Mapped[date | None] = column(
        "Date de fin", "End date", header=True, key=True, quick=True
    )
    target_audience: Mapped[str | None] = column("Cible", "Target audience")
    target_size: Mapped[int | None] = column("Taille de la cible", "Target size", key=True)
    expected_response_rate: Mapped[Percent | None] = column(
        "Taux de réponse attendu", "Expected response rate", key=True
    )
    budget: Mapped[Money | None] = column("Budget", "Budget", key=True)
    expected_cost: Mapped[Money | None] = column("Coût prévu", "Expected cost", key=True)
    actual_cost: Mapped[Money | None] = column("Coût réel", "Actual cost", key=True)
    expected_revenue: Mapped[Money | None] = column(
        "Chiffre d’affaires prévu", "Expected revenue", key=True
    )
    actual_revenue: Mapped[Money | None] = column(
        "Chiffre d’affaires réalisé", "Actual revenue", key=True, readonly=True
    )
    forecast_margin: Mapped[Money | None] = column(
        "Marge prévisionnelle", "Forecast margin", header=True, key=True, readonly=True
    )
    forecast_margin_rate: Mapped[Percent | None] = column(
        "Taux de marge prévisionnelle", "Forecast margin rate", key=True, readonly=True
    )
    actual_margin: Mapped[Money | None] = column(
        "Marge réelle", "Actual margin", key=True, readonly=True
    )
    product: Mapped[Product | None] = relation(
        "Produit promu", "Promoted product", inverse="campaigns", tab=("Campagnes", "Campaigns")
    )
    service: Mapped[Service | None] = relation(
        "Service promu", "Promoted service", inverse="campaigns", tab=("Campagnes", "Campaigns")
    )
