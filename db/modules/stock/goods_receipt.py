"""Goods receipts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import LongText, Money
from db.modules.apps import STOCK
from db.record import Record

if TYPE_CHECKING:
    from db.modules.purchasing.purchase_order import PurchaseOrder
    from db.modules.purchasing.supplier import Supplier
    from db.modules.purchasing.supplier_invoice import SupplierInvoice
    from db.modules.stock.storage_location import StorageLocation
    from db.modules.stock.storage_site import StorageSite


class GoodsReceiptStatus(Choice):
    """Goods receipt: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    EXPECTED = "expected", "Attendu", "Expected"
    VALIDATED = "validated", "Validé", "Validated"
    DISPUTED = "disputed", "En litige", "Disputed"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class GoodsReceiptQualityStatus(Choice):
    """Goods receipt: incoming inspection."""

    NOT_INSPECTED = "not_inspected", "Non contrôlé", "Not inspected"
    ACCEPTED = "accepted", "Accepté", "Accepted"
    ACCEPTED_WITH_RESERVATIONS = (
        "accepted_with_reservations",
        "Accepté avec réserves",
        "Accepted with reservations",
    )
    REFUSED = "refused", "Refusé", "Refused"


class GoodsReceipt(
    Record,
    app=STOCK,
    fr=("Bon de réception", "Bons de réception"),
    en=("Goods receipt", "Goods receipts"),
    prefix="BRE",
    title="{number} {supplier}",
    lines=True,
):
    status: Mapped[GoodsReceiptStatus] = column(
        "Statut", "Status", header=True, key=True, default=GoodsReceiptStatus.DRAFT
    )
    expected_on: Mapped[date | None] = column(
        "Réception prévue le", "Expected on", key=True, quick=True
    )
    received_on: Mapped[date | None] = column(
        "Date de réception", "Received on", header=True, key=True, quick=True
    )
    supplier_delivery_number: Mapped[str | None] = column(
        "N° de bon de livraison du fournisseur",
        "Supplier delivery number",
        header=True,
        quick=True,
        unique=True,
        searched=True,
    )
    package_count: Mapped[int | None] = column("Nombre de colis", "Number of packages")
    total_weight: Mapped[Decimal | None] = column("Poids total (kg)", "Total weight (kg)")
    quality_status: Mapped[GoodsReceiptQualityStatus | None] = column(
        "Contrôle à réception", "Incoming inspection", key=True
    )
    reservations: Mapped[LongText | None] = column("Réserves", "Reservations")
    total_excl_tax: Mapped[Money | None] = column(
        "Valeur HT", "Value excl. tax", key=True, readonly=True
    )
    validated_at: Mapped[datetime | None] = column("Validé le", "Validated at", readonly=True)
    supplier: Mapped[Supplier] = relation(
        "Fournisseur", "Supplier", inverse="goods_receipts", rollup=True
    )
    purchase_order: Mapped[PurchaseOrder | None] = relation(
        "Bon de commande fournisseur", "Purchase order", inverse="goods_receipts", rollup=True
    )
    storage_site: Mapped[StorageSite] = relation(
        "Site de réception", "Receiving site", inverse="goods_receipts"
    )
    storage_location: Mapped[StorageLocation | None] = relation(
        "Emplacement de rangement", "Put-away location", inverse="goods_receipts"
    )
    supplier_invoice: Mapped[SupplierInvoice | None] = relation(
        "Facture fournisseur", "Supplier invoice", inverse="goods_receipts", rollup=True
    )
