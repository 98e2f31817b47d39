"""Third-party bank accounts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import column, relation
from db.kinds import Bic, CurrencyCode, Iban
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.purchasing.supplier import Supplier
    from db.modules.sales.customer_account import CustomerAccount


class ThirdPartyBankAccount(
    Record,
    app=FINANCE,
    fr=("Compte bancaire tiers", "Comptes bancaires tiers"),
    en=("Third-party bank account", "Third-party bank accounts"),
    prefix="BQT",
    title="{account_holder} {iban}",
):
    account_holder: Mapped[str] = column("Titulaire", "Account holder", header=True, quick=True)
    iban: Mapped[Iban] = column("IBAN", "IBAN", header=True, quick=True, unique=True, searched=True)
    bic: Mapped[Bic | None] = column("BIC", "BIC", quick=True)
    bank_name: Mapped[str | None] = column("Banque", "Bank", key=True)
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    verified_on: Mapped[date | None] = column(
        "Coordonnées vérifiées le", "Details verified on", key=True
    )
    preferred: Mapped[bool | None] = column("Compte par défaut", "Default account")
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    account: Mapped[CustomerAccount | None] = relation(
        "Compte client", "Customer account", inverse="bank_accounts"
    )
    supplier: Mapped[Supplier | None] = relation("Fournisseur", "Supplier", inverse="bank_accounts")
    person: Mapped[Person | None] = relation("Personne", "Person", inverse="bank_accounts")
