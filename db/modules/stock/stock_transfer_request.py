"""Stock transfer requests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from db.declare import Choice, column, relation
from db.modules.apps import STOCK
from db.modules.choices import Priority
from db.record import Record

if TYPE_CHECKING:
    from db.modules.hr.person import Person
    from db.modules.sales.sales_order import SalesOrder
    from db.modules.stock.storage_location import StorageLocation


class StockTransferRequestStatus(Choice):
    """Stock transfer request: status."""

    DRAFT = "draft", "Brouillon", "Draft"
    REQUESTED = "requested", "Demandé", "Requested"
    APPROVED = "approved", "Approuvé", "Approved"
    REFUSED = "refused", "Refusé", "Refused"
    IN_TRANSIT = "in_transit", "En transit", "In transit"
    RECEIVED = "received", "Reçu", "Received"
    CANCELLED = "cancelled", "Annulé", "Cancelled"


class StockTransferRequest(
    Record,
    app=STOCK,
    fr=("Demande de transfert de stock", "Demandes de transfert de stock"),
    en=("Stock transfer request", "Stock transfer requests"),
    prefix="DTS",
    title="{number} {reason}",
    lines=True,
):
    reason: Mapped[str | None] = column("Motif", "Reason", quick=True)
    status: Mapped[StockTransferRequestStatus] = column(
        "Statut", "Status", header=True, key=True, default=StockTransferRequestStatus.DRAFT
    )
    priority: Mapped[Priority | None] = column("Priorité", "Priority", key=True)
    requested_on: Mapped[date | None] = column(
        "Date de demande", "Requested on", key=True, quick=True
    )
    needed_on: Mapped[date | None] = column(
        "Date souhaitée", "Needed on", header=True, key=True, quick=True
    )
    shipped_on: Mapped[date | None] = column("Date d’expédition", "Shipped on", key=True)
    received_on: Mapped[date | None] = column("Date de réception", "Received on", key=True)
    package_count: Mapped[int | None] = column("Nombre de colis", "Number of packages")
    source_location: Mapped[StorageLocation] = relation(
        "Emplacement d’origine",
        "Source location",
        inverse="outgoing_transfers",
        tab=("Transferts sortants", "Outgoing transfers"),
    )
    destination_location: Mapped[StorageLocation] = relation(
        "Emplacement de destination",
        "Destination location",
        inverse="incoming_transfers",
        tab=("Transferts entrants", "Incoming transfers"),
    )
    requester: Mapped[Person | None] = relation(
        "Demandeur", "Requester", inverse="stock_transfer_requests"
    )
    sales_order: Mapped[SalesOrder | None] = relation(
        "Bon de commande client", "Sales order", inverse="stock_transfer_requests"
    )
