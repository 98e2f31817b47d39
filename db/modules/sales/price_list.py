"""Price lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import CurrencyCode, Percent
from db.modules.apps import SALES
from db.record import Record


class PriceListTaxBasis(Choice):
    """Price list: prices expressed."""

    EXCL_TAX = "excl_tax", "Hors taxes", "Excluding tax"
    INCL_TAX = "incl_tax", "Toutes taxes comprises", "Including tax"


class PriceList(
    Record,
    app=SALES,
    fr=("Grille tarifaire", "Grilles tarifaires"),
    en=("Price list", "Price lists"),
    prefix="GRI",
    title="{name}",
):
    name: Mapped[str] = column("Nom", "Name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    active: Mapped[bool] = column(
        "Active", "Active", header=True, key=True, quick=True, default=True
    )
    starts_on: Mapped[date | None] = column(
        "Applicable à partir du", "Valid from", key=True, quick=True
    )
    ends_on: Mapped[date | None] = column(
        "Applicable jusqu’au", "Valid until", header=True, key=True
    )
    currency: Mapped[CurrencyCode | None] = column("Devise", "Currency")
    tax_basis: Mapped[PriceListTaxBasis | None] = column("Prix exprimés", "Prices expressed")
    default_discount_rate: Mapped[Percent | None] = column("Remise par défaut", "Default discount")
    fallback_price_list: Mapped[PriceList | None] = relation(
        "Grille de repli",
        "Fallback price list",
        inverse="dependent_price_lists",
        tab=("Grilles dépendantes", "Dependent price lists"),
    )
