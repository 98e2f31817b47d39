"""Item families."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Percent
from db.modules.apps import CATALOGUE
from db.record import Record


class ItemFamilyNature(Choice):
    """Item family: nature."""

    GOODS = "goods", "Marchandises", "Goods for resale"
    FINISHED_GOODS = "finished_goods", "Produits finis", "Finished goods"
    RAW_MATERIALS = "raw_materials", "Matières premières", "Raw materials"
    SUPPLIES = "supplies", "Fournitures", "Supplies"
    PACKAGING = "packaging", "Emballages", "Packaging"
    SERVICES = "services", "Prestations de services", "Services"
    FEES = "fees", "Frais accessoires", "Ancillary fees"
    FIXED_ASSETS = "fixed_assets", "Immobilisations", "Fixed assets"


class ItemFamilyValuationMethod(Choice):
    """Item family: valuation method."""

    WEIGHTED_AVERAGE = "weighted_average", "Coût unitaire moyen pondéré", "Weighted average cost"
    FIFO = "fifo", "Premier entré, premier sorti", "First in, first out"
    STANDARD = "standard", "Coût standard", "Standard cost"


class ItemFamily(
    Record,
    app=CATALOGUE,
    fr=("Famille d’articles", "Familles d’articles"),
    en=("Item family", "Item families"),
    prefix="FAM",
    title="{name}",
):
    name: Mapped[str] = column("Nom", "Name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    nature: Mapped[ItemFamilyNature | None] = column(
        "Nature", "Nature", header=True, key=True, quick=True
    )
    valuation_method: Mapped[ItemFamilyValuationMethod | None] = column(
        "Méthode de valorisation", "Valuation method", key=True
    )
    default_margin_rate: Mapped[Percent | None] = column(
        "Taux de marge par défaut", "Default margin rate", key=True
    )
    active: Mapped[bool] = column("Active", "Active", key=True, default=True)
    parent_family: Mapped[ItemFamily | None] = relation(
        "Famille parente",
        "Parent family",
        inverse="subfamilies",
        tab=("Sous-familles", "Subfamilies"),
    )
