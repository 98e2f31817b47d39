"""Stock movements."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.kinds import Money
from db.modules.apps import STOCK
from db.record import Record

if TYPE_CHECKING:
    from db.modules.catalogue.product import Product
    from db.modules.maintenance.maintenance_operation import MaintenanceOperation
    from db.modules.sales.customer_invoice import CustomerInvoice
    from db.modules.stock.delivery_note import DeliveryNote
    from db.modules.stock.goods_receipt import GoodsReceipt
    from db.modules.stock.stock_transfer_request import StockTransferRequest
    from db.modules.stock.storage_location import StorageLocation


class StockMovementMovementType(Choice):
    """Stock movement: kind."""

    RECEIPT = "receipt", "Réception", "Receipt"
    DELIVERY = "delivery", "Livraison", "Delivery"
    TRANSFER = "transfer", "Transfert", "Transfer"
    CUSTOMER_RETURN = "customer_return", "Retour client", "Customer return"
    SUPPLIER_RETURN = "supplier_return", "Retour fournisseur", "Supplier return"
    CONSUMPTION = "consumption", "Consommation", "Consumption"
    ADJUSTMENT = "adjustment", "Ajustement d’inventaire", "Inventory adjustment"
    RETAIL_SALE = "retail_sale", "Vente en caisse", "Retail sale"
    REVERSAL = "reversal", "Annulation", "Reversal"


class StockMovement(
    Record,
    app=STOCK,
    fr=("Mouvement de stock", "Mouvements de stock"),
    en=("Stock movement", "Stock movements"),
    prefix="MVS",
    title="{number} {product}",
    by_actions=True,
):
    moved_at: Mapped[datetime | None] = column(
        "Date du mouvement", "Moved at", header=True, key=True, readonly=True
    )
    movement_type: Mapped[StockMovementMovementType | None] = column(
        "Nature", "Kind", header=True, key=True, readonly=True
    )
    quantity: Mapped[Decimal | None] = column(
        "Quantité", "Quantity", header=True, key=True, readonly=True
    )
    unit_cost: Mapped[Money | None] = column("Coût unitaire", "Unit cost", readonly=True)
    total_cost: Mapped[Money | None] = column(
        "Coût total", "Total cost", header=True, key=True, readonly=True
    )
    lot_or_serial: Mapped[str | None] = column(
        "Lot ou numéro de série", "Lot or serial number", readonly=True, searched=True
    )
    expires_on: Mapped[date | None] = column("Date de péremption", "Expiry date", readonly=True)
    balance_after: Mapped[Decimal | None] = column(
        "Stock après mouvement", "Balance after movement", readonly=True
    )
    product: Mapped[Product] = relation("Produit", "Product", inverse="stock_movements")
    storage_location: Mapped[StorageLocation] = relation(
        "Emplacement de stockage", "Storage location", inverse="stock_movements"
    )
    paired_movement: Mapped[StockMovement | None] = relation(
        "Mouvement jumelé",
        "Paired movement",
        inverse="paired_with",
        tab=("Jumelé avec", "Paired with"),
    )
    goods_receipt: Mapped[GoodsReceipt | None] = relation(
        "Bon de réception", "Goods receipt", inverse="stock_movements"
    )
    delivery_note: Mapped[DeliveryNote | None] = relation(
        "Bon de livraison", "Delivery note", inverse="stock_movements"
    )
    stock_transfer_request: Mapped[StockTransferRequest | None] = relation(
        "Demande de transfert de stock", "Stock transfer request", inverse="stock_movements"
    )
    customer_invoice: Mapped[CustomerInvoice | None] = relation(
        "Facture client", "Customer invoice", inverse="stock_movements"
    )
    maintenance_operation: Mapped[MaintenanceOperation | None] = relation(
        "Opération de maintenance",
        "Maintenance operation",
        inverse="stock_movements",
        tab=("Pièces consommées", "Parts consumed"),
    )
