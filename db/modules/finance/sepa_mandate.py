"""SEPA mandates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.modules.apps import FINANCE
from db.modules.choices import SepaScheme
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.bank_account import BankAccount
    from db.modules.finance.third_party_bank_account import ThirdPartyBankAccount
    from db.modules.sales.customer_account import CustomerAccount


class SepaMandateFrequency(Choice):
    """SEPA mandate: frequency."""

    RECURRING = "recurring", "Récurrent", "Recurring"
    ONE_OFF = "one_off", "Ponctuel", "One-off"


class SepaMandateStatus(Choice):
    """SEPA mandate: status."""

    DRAFT = "draft", "À signer", "To be signed"
    ACTIVE = "active", "Actif", "Active"
    SUSPENDED = "suspended", "Suspendu", "Suspended"
    REVOKED = "revoked", "Révoqué", "Revoked"
    EXPIRED = "expired", "Caduc", "Expired"


class SepaMandate(
    Record,
    app=FINANCE,
    fr=("Mandat SEPA", "Mandats SEPA"),
    en=("SEPA mandate", "SEPA mandates"),
    prefix="MAN",
    title="{mandate_reference} {account}",
):
    mandate_reference: Mapped[str | None] = column(
        "Référence unique du mandat (RUM)",
        "Unique mandate reference",
        header=True,
        readonly=True,
        unique=True,
        searched=True,
    )
    scheme: Mapped[SepaScheme | None] = column(
        "Type de mandat", "Scheme", header=True, key=True, quick=True
    )
    frequency: Mapped[SepaMandateFrequency | None] = column(
        "Fréquence", "Frequency", key=True, quick=True
    )
    status: Mapped[SepaMandateStatus] = column(
        "Statut", "Status", header=True, key=True, default=SepaMandateStatus.DRAFT
    )
    signed_on: Mapped[date | None] = column(
        "Date de signature", "Signature date", key=True, quick=True
    )
    first_collected_on: Mapped[date | None] = column(
        "Premier prélèvement", "First collection", readonly=True
    )
    last_collected_on: Mapped[date | None] = column(
        "Dernier prélèvement", "Last collection", header=True, key=True, readonly=True
    )
    revoked_on: Mapped[date | None] = column("Date de révocation", "Revocation date")
    account: Mapped[CustomerAccount] = relation(
        "Compte client débiteur", "Debtor account", inverse="sepa_mandates", rollup=True
    )
    debtor_bank_account: Mapped[ThirdPartyBankAccount] = relation(
        "Compte bancaire débité", "Debtor bank account", inverse="sepa_mandates"
    )
    creditor_bank_account: Mapped[BankAccount | None] = relation(
        "Compte bancaire créancier", "Creditor bank account", inverse="sepa_mandates"
    )
