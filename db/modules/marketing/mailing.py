"""Mailings."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Email, LongText
from db.modules.apps import MARKETING
from db.record import Record

if TYPE_CHECKING:
    from db.modules.marketing.campaign import Campaign


class MailingChannel(Choice):
    """Mailing: channel."""

    EMAIL = "email", "E-mail", "E-mail"
    SMS = "sms", "SMS", "SMS"


class MailingStatus(Choice):
    """Mailing: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    SCHEDULED = "scheduled", "Programmé", "Scheduled"
    SENDING = "sending", "En cours d’envoi", "Sending"
    SENT = "sent", "Envoyé", "Sent"
    FAILED = "failed", "En échec", "Failed"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class Mailing(
    Record,
    app=MARKETING,
    fr=("Envoi d’e-mails ou de SMS", "Envois d’e-mails et de SMS"),
    en=("Mailing", "Mailings"),
    prefix="ENV",
    title="{subject}",
):
    subject: Mapped[str] = column("Objet", "Subject", quick=True)
    channel: Mapped[MailingChannel] = column("Canal", "Channel", header=True, key=True, quick=True)
    status: Mapped[MailingStatus] = column(
        "Statut", "Status", header=True, key=True, default=MailingStatus.DRAFT
    )
    sender_name: Mapped[str | None] = column("Nom de l’expéditeur", "Sender name", quick=True)
    sender_email: Mapped[Email | None] = column("Adresse de l’expéditeur", "Sender address")
    reply_to: Mapped[Email | None] = column("Adresse de réponse", "Reply-to address")
    body: Mapped[LongText | None] = column("Message", "Message body")
    scheduled_at: Mapped[datetime | None] = column(
        "Envoi programmé le", "Scheduled at", header=True, quick=True
    )
    sent_at: Mapped[datetime | None] = column("Envoyé le", "Sent at", key=True, readonly=True)
    recipient_count: Mapped[int | None] = column(
        "Destinataires", "Recipients", key=True, readonly=True
    )
    delivered_count: Mapped[int | None] = column("Remis", "Delivered", key=True, readonly=True)
    opened_count: Mapped[int | None] = column("Ouverts", "Opened", key=True, readonly=True)
    clicked_count: Mapped[int | None] = column("Cliqués", "Clicked", key=True, readonly=True)
    bounced_count: Mapped[int | None] = column("En erreur", "Bounced", key=True, readonly=True)
    unsubscribed_count: Mapped[int | None] = column(
        "Désinscriptions", "Unsubscribed", key=True, readonly=True
    )
    campaign: Mapped[Campaign | None] = relation(
        "Campagne", "Campaign", inverse="mailings", tab=("Envois", "Mailings"), rollup=True
    )
