"""Units of measure."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.modules.apps import CATALOGUE
from db.record import Record


class UnitOfMeasureDimension(Choice):
    """Unit of measure: dimension."""

    COUNT = "count", "Unité", "Count"
    WEIGHT = "weight", "Poids", "Weight"
    LENGTH = "length", "Longueur", "Length"
    AREA = "area", "Surface", "Area"
    VOLUME = "volume", "Volume", "Volume"
    TIME = "time", "Temps", "Time"
    ENERGY = "energy", "Énergie", "Energy"


class UnitOfMeasure(
    Record,
    app=CATALOGUE,
    fr=("Unité de mesure", "Unités de mesure"),
    en=("Unit of measure", "Units of measure"),
    prefix="UNI",
    title="{name}",
    many="units_of_measure",
):
    name: Mapped[str] = column("Nom", "Name", quick=True)
    symbol: Mapped[str] = column("Symbole", "Symbol", header=True, quick=True)
    unece_code: Mapped[str | None] = column(
        "Code UN/CEFACT (Rec. 20)", "UN/CEFACT code (Rec. 20)", header=True, quick=True, unique=True
    )
    dimension: Mapped[UnitOfMeasureDimension | None] = column(
        "Grandeur", "Dimension", header=True, key=True, quick=True
    )
    ratio: Mapped[Decimal | None] = column("Rapport à l’unité de base", "Ratio to base unit")
    decimal_places: Mapped[int | None] = column("Nombre de décimales", "Decimal places")
    active: Mapped[bool] = column("Active", "Active", key=True, default=True)
    base_unit: Mapped[UnitOfMeasure | None] = relation(
        "Unité de base",
        "Base unit",
        inverse="derived_units",
        tab=("Unités dérivées", "Derived units"),
    )
