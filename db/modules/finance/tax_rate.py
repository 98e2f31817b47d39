"""VAT rates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Percent
from db.modules.apps import FINANCE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.ledger_account import LedgerAccount


class TaxRateTaxCategory(Choice):
    """VAT rate: VAT category."""

    STANDARD = "standard", "Taux normal (S)", "Standard rated (S)"
    REDUCED = "reduced", "Taux réduit (S)", "Reduced rate (S)"
    ZERO = "zero", "Taux zéro (Z)", "Zero rated (Z)"
    EXEMPT = "exempt", "Exonéré (E)", "Exempt (E)"
    REVERSE_CHARGE = "reverse_charge", "Autoliquidation (AE)", "Reverse charge (AE)"
    INTRA_EU = "intra_eu", "Livraison intracommunautaire (K)", "Intra-EU supply (K)"
    EXPORT = "export", "Exportation (G)", "Export (G)"
    OUT_OF_SCOPE = "out_of_scope", "Hors champ (O)", "Out of scope (O)"


class TaxRateDueBasis(Choice):
    """VAT rate: tax point."""

    INVOICE = "invoice", "Sur les débits", "On invoice"
    PAYMENT = "payment", "Sur les encaissements", "On payment"


class TaxRate(
    Record,
    app=FINANCE,
    fr=("Taux de TVA", "Taux de TVA"),
    en=("VAT rate", "VAT rates"),
    prefix="TXT",
    title="{name}",
):
    name: Mapped[str] = column("Nom", "Name", quick=True)
    code: Mapped[str] = column("Code", "Code", quick=True, unique=True, searched=True)
    rate: Mapped[Percent] = column("Taux", "Rate", header=True, key=True, quick=True)
    tax_category: Mapped[TaxRateTaxCategory | None] = column(
        "Catégorie de TVA", "VAT category", header=True, key=True, quick=True
    )
    due_basis: Mapped[TaxRateDueBasis | None] = column("Exigibilité", "Tax point", key=True)
    exemption_notice: Mapped[str | None] = column("Mention d’exonération", "Exemption notice")
    starts_on: Mapped[date | None] = column("En vigueur à partir du", "In force from")
    ends_on: Mapped[date | None] = column("En vigueur jusqu’au", "In force until")
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    collected_account: Mapped[LedgerAccount | None] = relation(
        "Compte de TVA collectée",
        "Output VAT account",
        inverse="collected_tax_rates",
        tab=("Taux de TVA collectée", "Output VAT rates"),
    )
    deductible_account: Mapped[LedgerAccount | None] = relation(
        "Compte de TVA déductible",
        "Input VAT account",
        inverse="deductible_tax_rates",
        tab=("Taux de TVA déductible", "Input VAT rates"),
    )
