"""VAT return boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, links
from db.modules.apps import FINANCE
from db.modules.choices import VatReturnForm
from db.record import Record

if TYPE_CHECKING:
    from db.modules.finance.ledger_account import LedgerAccount
    from db.modules.finance.tax_rate import TaxRate


class VatReturnBoxSection(Choice):
    """VAT return box: section."""

    TAXABLE_OPERATIONS = "taxable_operations", "Opérations imposables", "Taxable operations"
    NON_TAXABLE_OPERATIONS = (
        "non_taxable_operations",
        "Opérations non imposables",
        "Non-taxable operations",
    )
    OUTPUT_VAT = "output_vat", "TVA brute", "Output VAT"
    INPUT_VAT = "input_vat", "TVA déductible", "Input VAT"
    SETTLEMENT = "settlement", "TVA nette ou crédit", "Settlement"


class VatReturnBoxAmountKind(Choice):
    """VAT return box: amount reported."""

    BASE = "base", "Base hors taxe", "Tax base"
    TAX = "tax", "Taxe", "Tax"
    FORMULA = "formula", "Formule", "Formula"


class VatReturnBox(
    Record,
    app=FINANCE,
    fr=("Case de déclaration de TVA", "Paramétrage de la déclaration de TVA"),
    en=("VAT return box", "VAT return boxes"),
    prefix="CTV",
    title="{code} {label}",
):
    code: Mapped[str] = column("Case", "Box", header=True, quick=True, unique=True)
    label: Mapped[str] = column("Libellé", "Label", quick=True)
    form: Mapped[VatReturnForm] = column("Formulaire", "Form", header=True, key=True, quick=True)
    section: Mapped[VatReturnBoxSection | None] = column("Section", "Section", key=True, quick=True)
    amount_kind: Mapped[VatReturnBoxAmountKind | None] = column(
        "Montant reporté", "Amount reported", key=True, quick=True
    )
    formula: Mapped[str | None] = column("Formule", "Formula")
    sort_order: Mapped[int | None] = column("Ordre", "Sort order")
    active: Mapped[bool] = column("Active", "Active", key=True, default=True)
    tax_rates: Mapped[list[TaxRate]] = links(
        "Taux de TVA",
        "VAT rates",
        inverse="vat_return_boxes",
        tab=("Cases de déclaration", "VAT return boxes"),
    )
    ledger_accounts: Mapped[list[LedgerAccount]] = links(
        "Comptes comptables",
        "Ledger accounts",
        inverse="vat_return_boxes",
        tab=("Cases de déclaration", "VAT return boxes"),
    )
