"""Services."""

from __future__ import annotations

from datetime import date
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


class ServicePricingBasis(Choice):
    """Service: pricing basis."""

    FIXED = "fixed", "Forfait", "Fixed price"
    HOURLY = "hourly", "À l’heure", "Per hour"
    DAILY = "daily", "À la journée", "Per day"
    MONTHLY = "monthly", "Au mois", "Per month"
    PER_UNIT = "per_unit", "À l’unité", "Per unit"


class Service(
    Record,
    app=CATALOGUE,
    fr=("Service", "Services"),
    en=("Service", "Services"),
    prefix="SER",
    title="{name}",
):
    name: Mapped[str] = column("Nom du service", "Service name", quick=True)
    code: Mapped[str | None] = column(
        "Référence", "Code", header=True, quick=True, unique=True, searched=True
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    sale_price: Mapped[Money | None] = column(
        "Prix de vente HT", "Sale price excl. tax", header=True, key=True, quick=True
    )
    purchase_price: Mapped[Money | None] = column(
        "Prix d’achat HT", "Purchase price excl. tax", key=True
    )
    pricing_basis: Mapped[ServicePricingBasis | None] = column(
        "Base de facturation", "Pricing basis", key=True, quick=True
    )
    default_duration_hours: Mapped[Decimal | None] = column(
        "Durée standard (heures)", "Standard duration (hours)"
    )
    sold_from: Mapped[date | None] = column("Commercialisé à partir du", "Sold from")
    sold_until: Mapped[date | None] = column("Commercialisé jusqu’au", "Sold until")
    item_family: Mapped[ItemFamily | None] = relation(
        "Famille d’articles", "Item family", inverse="services"
    )
    unit_of_measure: Mapped[UnitOfMeasure | None] = relation(
        "Unité de mesure", "Unit of measure", inverse="services"
    )
    sale_tax_rate: Mapped[TaxRate | None] = relation(
        "TVA à la vente",
        "Sales VAT rate",
        inverse="services_sold",
        tab=("Services à la vente", "Services sold"),
    )
    purchase_tax_rate: Mapped[TaxRate | None] = relation(
        "TVA à l’achat",
        "Purchase VAT rate",
        inverse="services_bought",
        tab=("Services à l’achat", "Services bought"),
    )
    main_supplier: Mapped[Supplier | None] = relation(
        "Sous-traitant principal", "Main subcontractor", inverse="services"
    )
