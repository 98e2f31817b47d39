"""Contacts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links, relation
from db.kinds import Address, Email, Phone
from db.modules.apps import SALES
from db.record import Record

if TYPE_CHECKING:
    from db.modules.marketing.campaign import Campaign
    from db.modules.purchasing.supplier import Supplier
    from db.modules.sales.customer_account import CustomerAccount


class ContactSalutation(Choice):
    """Contact: salutation."""

    MS = "ms", "Madame", "Ms"
    MR = "mr", "Monsieur", "Mr"
    DR = "dr", "Docteur", "Dr"
    ESQ = "esq", "Maître", "Esq."


class ContactRole(Choice):
    """Contact: role."""

    DECISION_MAKER = "decision_maker", "Décideur", "Decision maker"
    INFLUENCER = "influencer", "Prescripteur", "Influencer"
    BUYER = "buyer", "Acheteur", "Buyer"
    ACCOUNTING = "accounting", "Comptabilité", "Accounting"
    TECHNICAL = "technical", "Technique", "Technical"
    USER = "user", "Utilisateur", "User"
    OTHER = "other", "Autre", "Other"


class ContactLanguage(Choice):
    """Contact: language."""

    FR = "fr", "Français", "French"
    EN = "en", "Anglais", "English"
    DE = "de", "Allemand", "German"
    ES = "es", "Espagnol", "Spanish"
    IT = "it", "Italien", "Italian"


class Contact(
    Record,
    app=SALES,
    fr=("Contact", "Contacts"),
    en=("Contact", "Contacts"),
    prefix="CON",
    title="{first_name} {last_name}",
):
    salutation: Mapped[ContactSalutation | None] = column("Civilité", "Salutation")
    first_name: Mapped[str | None] = column("Prénom", "First name", quick=True)
    last_name: Mapped[str] = column("Nom", "Last name", quick=True)
    job_title: Mapped[str | None] = column("Fonction", "Job title", header=True)
    role: Mapped[ContactRole | None] = column("Rôle", "Role", key=True)
    email: Mapped[Email | None] = column(
        "E-mail", "E-mail", header=True, key=True, quick=True, unique=True
    )
    phone: Mapped[Phone | None] = column("Téléphone", "Phone", header=True, quick=True)
    mobile: Mapped[Phone | None] = column("Mobile", "Mobile")
    birthdate: Mapped[date | None] = column("Date de naissance", "Date of birth")
    mailing_address: Mapped[Address | None] = column("Adresse postale", "Mailing address")
    language: Mapped[ContactLanguage | None] = column("Langue", "Language")
    invoice_recipient: Mapped[bool | None] = column(
        "Destinataire des factures", "Receives invoices"
    )
    email_opt_out: Mapped[bool | None] = column("Refus des e-mails", "E-mail opt-out")
    sms_opt_out: Mapped[bool | None] = column("Refus des SMS", "SMS opt-out")
    portal_enabled: Mapped[bool | None] = column(
        "Accès au portail client", "Customer portal access", key=True
    )
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="contacts", rollup=True
    )
    supplier: Mapped[Supplier | None] = relation(
        "Fournisseur", "Supplier", inverse="contacts", rollup=True
    )
    reports_to: Mapped[Contact | None] = relation(
        "Rattaché à", "Reports to", inverse="direct_reports", tab=("Subordonnés", "Direct reports")
    )
    campaigns: Mapped[list[Campaign]] = links("Campagnes", "Campaigns", inverse="contacts")
