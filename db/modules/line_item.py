"""Line items: the product and service lines of a document."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import LongText, Money, Percent, UnitPrice
from db.record import Part

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.catalogue.service import Service
    from db.modules.catalogue.unit_of_measure import UnitOfMeasure
    from db.modules.finance.tax_rate import TaxRate


class LineItemLineKind(Choice):
    """Line item: line kind."""

    ITEM = "item", "Article", "Item"
    HEADING = "heading", "Titre", "Heading"
    NOTE = "note", "Commentaire", "Note"
    SUBTOTAL = "subtotal", "Sous-total", "Subtotal"


class LineItem(
    Part,
    fr=("Ligne", "Lignes"),
    en=("Line item", "Line items"),
    shown=("label", "quantity", "unit_price", "discount_rate", "vat_rate", "total_excl_tax"),
):
    position: Mapped[int | None] = column("Rang", "Position")
    line_kind: Mapped[LineItemLineKind] = column(
        "Nature de la ligne", "Line kind", default=LineItemLineKind.ITEM
    )
    label: Mapped[str] = column("Désignation", "Label")
    details: Mapped[LongText | None] = column("Détail", "Details")
    quantity: Mapped[Decimal | None] = column("Quantité", "Quantity")
    unit_price: Mapped[UnitPrice | None] = column("Prix unitaire HT", "Unit price excl. tax")
    discount_rate: Mapped[Percent | None] = column("Remise (%)", "Discount (%)")
    discount_amount: Mapped[Money | None] = column("Remise (montant)", "Discount (amount)")
    vat_rate: Mapped[Percent | None] = column("Taux de TVA", "VAT rate")
    unit_cost: Mapped[UnitPrice | None] = column("Coût unitaire", "Unit cost")
    progress_percent: Mapped[Percent | None] = column("Avancement cumulé", "Cumulative progress")
    lot_or_serial: Mapped[str | None] = column("Lot ou numéro de série", "Lot or serial number")
    quantity_fulfilled: Mapped[Decimal | None] = column(
        "Quantité livrée ou reçue", "Quantity fulfilled", readonly=True
    )
    quantity_invoiced: Mapped[Decimal | None] = column(
        "Quantité facturée", "Quantity invoiced", readonly=True
    )
    total_excl_tax: Mapped[Money | None] = column("Total HT", "Total excl. tax", readonly=True)
    total_vat: Mapped[Money | None] = column("Montant de TVA", "VAT amount", readonly=True)
    total_incl_tax: Mapped[Money | None] = column("Total TTC", "Total incl. tax", readonly=True)
    product: Mapped[Product | None] = relation(
        "Produit",
        "Product",
        inverse="document_lines",
        tab=("Lignes de documents", "Document lines"),
    )
    service: Mapped[Service | None] = relation(
        "Service",
        "Service",
        inverse="document_lines",
        tab=("Lignes de documents", "Document lines"),
    )
    unit_of_measure: Mapped[UnitOfMeasure | None] = relation(
        "Unité de mesure",
        "Unit of measure",
        inverse="document_lines",
        tab=("Lignes de documents", "Document lines"),
    )
    tax_rate: Mapped[TaxRate | None] = relation(
        "Code de TVA",
        "VAT code",
        inverse="document_lines",
        tab=("Lignes de documents", "Document lines"),
    )
    source_line: Mapped[LineItem | None] = relation(
        "Ligne d’origine",
        "Source line",
        inverse="derived_lines",
        tab=("Lignes issues", "Derived lines"),
    )
