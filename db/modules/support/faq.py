"""FAQs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import LongText
from db.modules.apps import SUPPORT
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.catalogue.service import Service
    from db.modules.support.ticket import Ticket


class FaqCategory(Choice):
    """FAQ: category."""

    GENERAL = "general", "Général", "General"
    BILLING = "billing", "Facturation", "Billing"
    TECHNICAL = "technical", "Technique", "Technical"
    DELIVERY = "delivery", "Livraison", "Delivery"
    WARRANTY = "warranty", "Garantie", "Warranty"
    OTHER = "other", "Autre", "Other"


class FaqStatus(Choice):
    """FAQ: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    REVIEWED = "reviewed", "Relue", "Reviewed"
    PUBLISHED = "published", "Publiée", "Published"
    OBSOLETE = "obsolete", "Obsolète", "Obsolete"


class FaqAudience(Choice):
    """FAQ: audience."""

    INTERNAL = "internal", "Interne", "Internal"
    PORTAL = "portal", "Portail client", "Customer portal"
    PUBLIC = "public", "Publique", "Public"


class Faq(
    Record,
    app=SUPPORT,
    fr=("FAQ", "FAQ"),
    en=("FAQ", "FAQs"),
    prefix="FAQ",
    title="{question}",
):
    question: Mapped[str] = column("Question", "Question", quick=True)
    answer: Mapped[LongText] = column("Réponse", "Answer", quick=True)
    category: Mapped[FaqCategory | None] = column(
        "Catégorie", "Category", header=True, key=True, quick=True
    )
    status: Mapped[FaqStatus] = column(
        "Statut", "Status", header=True, key=True, default=FaqStatus.DRAFT
    )
    audience: Mapped[FaqAudience | None] = column("Visibilité", "Audience", key=True, quick=True)
    published_on: Mapped[date | None] = column(
        "Publiée le", "Published on", key=True, readonly=True
    )
    view_count: Mapped[int | None] = column(
        "Nombre de consultations", "Views", key=True, readonly=True
    )
    helpful_count: Mapped[int | None] = column(
        "Votes utiles", "Helpful votes", key=True, readonly=True
    )
    product: Mapped[Product | None] = relation("Produit", "Product", inverse="faqs")
    service: Mapped[Service | None] = relation("Service", "Service", inverse="faqs")
    source_ticket: Mapped[Ticket | None] = relation(
        "Ticket d’origine", "Source ticket", inverse="faqs"
    )
