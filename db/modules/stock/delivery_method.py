"""Delivery methods."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import STOCK
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.service import Service
    from db.modules.purchasing.supplier import Supplier


class DeliveryMethodMethodType(Choice):
    """Delivery method: type."""

    CARRIER = "carrier", "Transporteur", "Carrier"
    OWN_FLEET = "own_fleet", "Livraison par nos soins", "Own fleet"
    PICKUP = "pickup", "Retrait sur place", "Pickup"
    RELAY_POINT = "relay_point", "Point relais", "Relay point"
    DIGITAL = "digital", "Dématérialisé", "Digital"


class DeliveryMethod(
    Record,
    app=STOCK,
    fr=("Mode de livraison", "Modes de livraison"),
    en=("Delivery method", "Delivery methods"),
    prefix="MLI",
    title="{name}",
):
    name: Mapped[str] = column("Nom", "Name", quick=True)
    code: Mapped[str | None] = column(
        "Code", "Code", header=True, quick=True, unique=True, searched=True
    )
    method_type: Mapped[DeliveryMethodMethodType | None] = column(
        "Type", "Type", header=True, key=True, quick=True
    )
    lead_time_days: Mapped[int | None] = column(
        "Délai (jours)", "Lead time (days)", key=True, quick=True
    )
    base_cost: Mapped[Money | None] = column(
        "Frais de base HT", "Base cost excl. tax", header=True, key=True
    )
    free_from_amount: Mapped[Money | None] = column("Franco à partir de", "Free from amount")
    max_weight: Mapped[Decimal | None] = column("Poids maximal (kg)", "Maximum weight (kg)")
    tracking_url_template: Mapped[str | None] = column(
        "Modèle d’adresse de suivi", "Tracking URL template"
    )
    active: Mapped[bool] = column("Actif", "Active", key=True, default=True)
    carrier: Mapped[Supplier | None] = relation(
        "Transporteur", "Carrier", inverse="delivery_methods"
    )
    billing_service: Mapped[Service | None] = relation(
        "Service facturé", "Billed service", inverse="delivery_methods"
    )
