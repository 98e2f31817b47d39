"""Products."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import CATALOGUE
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.item_family import ItemFamily
    from db.modules.catalogue.unit_of_measure import UnitOfMeasure
    from db.modules.finance.tax_rate import TaxRate
    from db.modules.purchasing.supplier import Supplier
    from db.modules.stock.storage_location import StorageLocation


class ProductTracking(Choice):
    """Product: tracking."""

    NONE = "none", "Sans suivi", "None"
    LOT = "lot", "Par lot", "By lot"
    SERIAL = "serial", "Par numéro de série", "By serial number"
    NOT_STOCKED = "not_stocked", "Non stocké", "Not stocked"


class Product(
    Record,
    app=CATALOGUE,
    fr=("Produit", "Produits"),
    en=("Product", "Products"),
    prefix="PDT",
    title="{name}",
):
    name: Mapped[str] = column("Nom du produit", "Product name", quick=True)
    sku: Mapped[str | None] = column(
        "Référence", "SKU", header=True, quick=True, unique=True, searched=True
    )
    barcode: Mapped[str | None] = column(
        "Code-barres (GTIN)", "Barcode (GTIN)", unique=True, searched=True
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    sale_price: Mapped[Money | None] = column(
        "Prix de vente HT", "Sale price excl. tax", header=True, key=True, quick=True
    )
    purchase_price: Mapped[Money | None] = column(
        "Prix d’achat HT", "Purchase price excl. tax", key=True, quick=True
    )
    average_cost: Mapped[Money | None] = column(
        "Coût unitaire moyen pondéré", "Weighted average cost", key=True, readonly=True
    )
    manufacturer: Mapped[str | None] = column("Fabricant", "Manufacturer")
    supplier_reference: Mapped[str | None] = column(
        "Référence fournisseur", "Supplier reference", searched=True
    )
    tracking: Mapped[ProductTracking | None] = column("Suivi", "Tracking", key=True)
    weight: Mapped[Decimal | None] = column("Poids (kg)", "Weight (kg)")
    warranty_months: Mapped[int | None] = column("Garantie (mois)", "Warranty (months)")
    reorder_level: Mapped[Decimal | None] = column(
        "Seuil de réapprovisionnement", "Reorder level", key=True
    )
    quantity_on_hand: Mapped[Decimal | None] = column(
        "Quantité en stock", "Quantity on hand", header=True, key=True, readonly=True
    )
    quantity_available: Mapped[Decimal | None] = column(
        "Quantité disponible", "Quantity available", key=True, readonly=True
    )
    quantity_on_order: Mapped[Decimal | None] = column(
        "Quantité attendue", "Quantity on order", key=True, readonly=True
    )
    item_family: Mapped[ItemFamily | None] = relation(
        "Famille d’articles", "Item family", inverse="products"
    )
    unit_of_measure: Mapped[UnitOfMeasure | None] = relation(
        "Unité de mesure", "Unit of measure", inverse="products"
    )
    sale_tax_rate: Mapped[TaxRate | None] = relation(
        "TVA à la vente",
        "Sales VAT rate",
        inverse="products_sold",
        tab=("Produits à la vente", "Products sold"),
    )
    purchase_tax_rate: Mapped[TaxRate | None] = relation(
        "TVA à l’achat",
        "Purchase VAT rate",
        inverse="products_bought",
        tab=("Produits à l’achat", "Products bought"),
    )
    main_supplier: Mapped[Supplier | None] = relation(
        "Fournisseur principal", "Main supplier", inverse="products"
    )
    default_location: Mapped[StorageLocation | None] = relation(
        "Emplacement par défaut",
        "Default location",
        inverse="default_products",
        tab=("Produits rangés par défaut", "Products stored by default"),
    )
