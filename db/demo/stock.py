"""What lies where: deliveries, transfers, and the movements that all of it posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from db.demo.calendar import FIRST, TODAY, YEAR, at, later, working
from db.demo.people import colleague
from db.demo.story import Fiche, Story, line

Needs = Mapping[Fiche, Mapping[int, int]]
"""How many of a product leave the warehouse, by month (13: next year's first)."""

VAN: Final = 20
"""Of each spare part, what the van starts the year with."""


async def deliver(story: Story) -> None:
    """A delivery note for each order that was shipped, or is about to be."""
    origin = await story.lines(story["SalesOrder"])
    rows = [
        _note(story, order, origin[order.id]) for order in story["SalesOrder"] if order["_goods"]
    ]
    with story.by(story.cast.technician):
        await story.tell("DeliveryNote", rows, by_service=True)


def _note(story: Story, order: Fiche, origin: list[int]) -> dict[str, Any]:
    random = story.random
    delivered: date | None = order["_delivered_on"]
    account = order["account"]
    carried = order["delivery_method"]["code"] == "TRANSP"
    tracking = f"GIR{random.randrange(10**8):08d}" if carried and delivered else None
    goods = [
        {**each, "source_line": source}
        for each, source in zip(order["line_items"], origin, strict=True)
        if "product" in each
    ]
    return {
        "status": "delivered" if delivered else "to_prepare",
        "planned_on": order["delivery_due_on"],
        "shipped_on": delivered,
        "delivered_on": delivered,
        "shipping_address": account["shipping_address"],
        "tracking_number": tracking,
        "tracking_url": f"https://girault.example/suivi/{tracking}" if tracking else None,
        "package_count": len(goods),
        "total_weight": sum(
            Decimal(each["product"]["weight"]) * each["quantity"] for each in goods
        ),
        "recipient_name": account["name"] if delivered else None,
        "account": account,
        "contact": order["contact"],
        "sales_order": order,
        "invoice": next(
            (
                each
                for each in story["CustomerInvoice"]
                if each["sales_order"] is order and each["invoice_type"] != "deposit"
            ),
            None,
        ),
        "storage_site": order["storage_site"],
        "storage_location": story.one("StorageLocation", code="A-MAC"),
        "delivery_method": order["delivery_method"],
        "owner": story.cast.field,
        "line_items": goods,
    }


def needs(story: Story) -> Needs:
    """What delivery notes and transfers take out of the warehouse."""
    found: dict[Fiche, dict[int, int]] = {product: {} for product in story["Product"]}

    def take(product: Fiche, day: date, quantity: int) -> None:
        month = day.month + 12 * (day.year - YEAR)
        found[product][month] = found[product].get(month, 0) + quantity

    for note in story["DeliveryNote"]:
        for each in note["line_items"]:
            take(each["product"], note["delivered_on"] or note["planned_on"], each["quantity"])
    for transfer in story["StockTransferRequest"]:
        for each in transfer["line_items"]:
            take(each["product"], transfer["_day"], each["quantity"])
    return found


def opening(story: Story) -> dict[Fiche, int]:
    """What the warehouse begins the year with, beside what January takes."""
    return {product: int(product["reorder_level"]) for product in story["Product"]}


async def transfer(story: Story) -> None:
    """At the start of each month the shop gets what it will sell."""
    wanted: dict[int, dict[Fiche, int]] = defaultdict(lambda: defaultdict(int))
    for sale in story["CustomerInvoice"]:
        if sale["invoice_type"] == "retail":
            for each in sale["line_items"]:
                wanted[sale["issued_on"].month][each["product"]] += each["quantity"]
    rows = []
    for month, products in sorted(wanted.items()):
        day = working(date(YEAR, month, 2))
        rows.append(
            {
                "reason": f"Réassort du magasin {month:02d}/{YEAR}",
                "status": "received",
                "priority": "normal",
                "requested_on": working(date(YEAR, month, 1)),
                "needed_on": later(day, 2),
                "shipped_on": day,
                "received_on": day,
                "package_count": 1 + len(products) // 3,
                "source_location": story.one("StorageLocation", code="A-PIE"),
                "destination_location": story.one("StorageLocation", code="H-RAY"),
                "requester": colleague(story, "Bonnet"),
                "owner": story.cast.field,
                "line_items": [line(product, number) for product, number in products.items()],
                "_day": day,
            }
        )
    with story.by(story.cast.technician):
        await story.tell("StockTransferRequest", rows)


@dataclass(frozen=True)
class Move:
    """Goods from one location to another; each gets a movement, of opposite quantities."""

    moment: datetime
    kind: str
    product: Fiche
    quantity: int
    source: str
    destination: str
    document: Mapping[str, Fiche] = field(default_factory=dict)


async def post_movements(story: Story) -> None:
    """All movements of the year, oldest first, and what they leave where."""
    held: dict[tuple[str, Fiche], int] = defaultdict(int)

    def half(move: Move, code: str, quantity: int) -> dict[str, Any]:
        held[code, move.product] += quantity
        cost = Decimal(move.product["purchase_price"])
        return {
            "moved_at": move.moment,
            "movement_type": move.kind,
            "quantity": quantity,
            "unit_cost": cost,
            "total_cost": cost * quantity,
            "balance_after": held[code, move.product],
            "product": move.product,
            "storage_location": story.one("StorageLocation", code=code),
            "owner": story.cast.field,
            **move.document,
        }

    pairs = [
        (half(move, move.source, -move.quantity), half(move, move.destination, move.quantity))
        for move in sorted(_moves(story), key=lambda move: move.moment)
    ]
    with story.by(story.cast.technician):
        taken = await story.tell("StockMovement", (out for out, _ in pairs), by_service=True)
        await story.tell(
            "StockMovement",
            ({**put, "paired_movement": out} for out, (_, put) in zip(taken, pairs, strict=True)),
            by_service=True,
        )
    await _levels(story, held)


def _moves(story: Story) -> list[Move]:
    moves = []
    morning = at(working(FIRST), 7)
    needed = needs(story)
    for product, least in opening(story).items():
        place, quantity = product["default_location"]["code"], least + needed[product].get(1, 0)
        moves.append(Move(morning, "adjustment", product, quantity, "ECART", place))
        if product["item_family"]["code"] == "PIECE":
            moves.append(Move(morning, "adjustment", product, VAN, "ECART", "F-TIR"))
    for receipt in story["GoodsReceipt"]:
        if receipt["received_on"]:
            moves += [
                Move(
                    at(receipt["received_on"], 8),
                    "receipt",
                    each["product"],
                    each["quantity"],
                    "FOURN",
                    each["product"]["default_location"]["code"],
                    {"goods_receipt": receipt},
                )
                for each in receipt["line_items"]
            ]
    for note in story["DeliveryNote"]:
        if note["delivered_on"]:
            moves += [
                Move(
                    at(note["delivered_on"], 15),
                    "delivery",
                    each["product"],
                    each["quantity"],
                    each["product"]["default_location"]["code"],
                    "CLIEN",
                    {"delivery_note": note},
                )
                for each in note["line_items"]
            ]
    for request in story["StockTransferRequest"]:
        document = {"stock_transfer_request": request}
        for each in request["line_items"]:
            what = (each["product"], each["quantity"])
            day = request["_day"]
            moves.append(Move(at(day, 9), "transfer", *what, "A-PIE", "TRANSIT", document))
            moves.append(Move(at(day, 14), "transfer", *what, "TRANSIT", "H-RAY", document))
    for sale in story["CustomerInvoice"]:
        if sale["invoice_type"] == "retail" and sale["issued_on"] <= TODAY:
            moves += [
                Move(
                    at(sale["issued_on"], 16),
                    "retail_sale",
                    each["product"],
                    each["quantity"],
                    "H-RAY",
                    "CLIEN",
                    {"customer_invoice": sale},
                )
                for each in sale["line_items"]
            ]
    for operation in story["MaintenanceOperation"]:
        if operation["ended_at"] is not None:
            moves += [
                Move(
                    operation["ended_at"],
                    "consumption",
                    each["product"],
                    each["quantity"],
                    "F-TIR",
                    "CLIEN",
                    {"maintenance_operation": operation},
                )
                for each in operation["line_items"]
                if "product" in each
            ]
    return moves


async def _levels(story: Story, balances: Mapping[tuple[str, Fiche], int]) -> None:
    """What each product, location and site holds, and what it is worth."""
    places = {place["code"]: place for place in story["StorageLocation"]}
    held: dict[Fiche, Decimal] = defaultdict(Decimal)
    lying: dict[Fiche, Decimal] = defaultdict(Decimal)
    worth: dict[Fiche, Decimal] = defaultdict(Decimal)
    for (code, product), quantity in balances.items():
        place = places[code]
        lying[place] += quantity
        if place["location_type"] == "internal":
            held[product] += quantity
            worth[place] += quantity * Decimal(product["purchase_price"])
    waiting, ordered = _open(story, "DeliveryNote"), _open(story, "GoodsReceipt")
    await story.compute(
        {
            product: {
                "quantity_on_hand": held[product],
                "quantity_available": held[product] - waiting[product],
                "quantity_on_order": ordered[product],
            }
            for product in story["Product"]
        }
    )
    await story.compute(
        {
            place: {"quantity_on_hand": lying[place], "stock_value": worth[place]}
            for place in story["StorageLocation"]
        }
    )
    await story.compute(
        {
            site: {
                "stock_value": sum(
                    (
                        worth[place]
                        for place in story["StorageLocation"]
                        if place["storage_site"] is site
                    ),
                    Decimal(0),
                )
            }
            for site in story["StorageSite"]
        }
    )


def _open(story: Story, documents: str) -> dict[Fiche, Decimal]:
    """By product, what the documents that wait still will bring or take."""
    found: dict[Fiche, Decimal] = defaultdict(Decimal)
    for document in story[documents]:
        if document["status"] in ("to_prepare", "expected"):
            for each in document["line_items"]:
                found[each["product"]] += each["quantity"]
    return found
