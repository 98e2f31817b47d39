"""Price list items."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money, Percent, UnitPrice
from db.modules.apps import SALES
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.item_family import ItemFamily
    from db.modules.catalogue.product import Product
    from db.modules.catalogue.service import Service
    from db.modules.catalogue.unit_of_measure import UnitOfMeasure
    from db.modules.sales.price_list import PriceList


class PriceListItemStrategy(Choice):
    """Price list item: pricing strategy."""

    VOLUME = "volume", "Dégressif par volume", "By volume"
    TIERED = "tiered", "Dégressif par tranche", "By tier"
    GROUP_VOLUME = (
        "group_volume",
        "Dégressif par volume sur le volume du groupe",
        "By volume, on the group's volume",
    )
    GROUP_TIERED = (
        "group_tiered",
        "Dégressif par tranche sur le volume du groupe",
        "By tier, on the group's volume",
    )


class PriceListItem(
    Record,
    app=SALES,
    fr=("Ligne de grille tarifaire", "Lignes de grille tarifaire"),
    en=("Price list item", "Price list items"),
    prefix="LGT",
    title="{price_list} {number}",
):
    strategy: Mapped[PriceListItemStrategy] = column(
        "Stratégie de tarification", "Pricing strategy", header=True, key=True, quick=True
    )
    min_quantity: Mapped[Decimal] = column(
        "À partir de la quantité", "From quantity", header=True, key=True, quick=True
    )
    unit_price: Mapped[UnitPrice | None] = column(
        "Prix unitaire", "Unit price", header=True, key=True, quick=True
    )
    discount_rate: Mapped[Percent | None] = column("Remise", "Discount", key=True, quick=True)
    flat_fee: Mapped[Money | None] = column("Forfait de la tranche", "Flat fee of the tier")
    group_by: Mapped[str | None] = column("Regrouper par", "Group by")
    starts_on: Mapped[date | None] = column("Applicable à partir du", "Valid from")
    ends_on: Mapped[date | None] = column("Applicable jusqu’au", "Valid until")
    price_list: Mapped[PriceList] = relation(
        "Grille tarifaire",
        "Price list",
        inverse="items",
        tab=("Lignes de la grille", "Items"),
        rollup=True,
    )
    product: Mapped[Product | None] = relation(
        "Produit", "Product", inverse="price_list_items", tab=("Tarifs", "Price list items")
    )
    service: Mapped[Service | None] = relation(
        "Service", "Service", inverse="price_list_items", tab=("Tarifs", "Price list items")
    )
    item_family: Mapped[ItemFamily | None] = relation(
        "Famille d’articles",
        "Item family",
        inverse="price_list_items",
        tab=("Tarifs", "Price list items"),
    )
    unit_of_measure: Mapped[UnitOfMeasure | None] = relation(
        "Unité de mesure",
        "Unit of measure",
        inverse="price_list_items",
        tab=("Tarifs", "Price list items"),
    )
