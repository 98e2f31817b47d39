"""What the company buys: stock each month for what the next will sell, and all it runs on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from db import posting
from db.demo.calendar import TODAY, YEAR, at, due_on, later, working
from db.demo.catalogue import PROVIDERS
from db.demo.stock import Needs, needs, opening
from db.demo.story import Fiche, Story, line

PREPARING: Final = TODAY - timedelta(days=3)

# Supplier, months it bills, day, amount before tax and how far it strays.
BILLS: Final = (
    ("Foncière des Deux Rives", range(1, 12), 2, 3200, 0),
    ("Électricité de Touraine", range(1, 12), 8, 640, 180),
    ("Réseaux Val de Loire", range(1, 12), 5, 189, 0),
    ("Cabinet Aubert & Associés", (3, 6, 9), 28, 1150, 0),
    ("Carburants de l’Ouest", range(1, 12), 10, 870, 210),
    ("Assurances Mutuelle Ligne", (1,), 6, 4100, 0),
    ("Transports Girault", range(1, 12), 12, 520, 260),
    ("Formation Métiers de Bouche", (3, 6), 25, 1900, 400),
    ("Imprimerie des Halles", (2, 9), 17, 780, 150),
    ("Bureau Service Centre", (1, 4, 7, 10), 20, 165, 60),
)


async def buy(story: Story) -> None:
    """Orders to suppliers, their invoices, and what was received of them."""
    with story.by(story.cast.technician):
        rows = _orders(story, needs(story))
        await story.tell("PurchaseOrder", sorted(rows, key=_ordered))
    with story.by(story.cast.accountant):
        await story.tell("SupplierInvoice", await _invoices(story), by_service=True)
        await story.tell("SupplierInvoice", _bills(story), by_service=True)
        await _validate(story)
    with story.by(story.cast.technician):
        await story.tell("GoodsReceipt", await _receipts(story), by_service=True)


def _ordered(row: Mapping[str, Any]) -> date:
    ordered: date = row["ordered_on"]
    return ordered


def _orders(story: Story, needed: Needs) -> list[dict[str, Any]]:
    """By supplier and month, what is needed then; ordered so that it comes before."""
    on_hand = opening(story)
    rows = []
    for month in range(2, 14):
        wanted: dict[Fiche, list[tuple[Fiche, int]]] = defaultdict(list)
        for product in story["Product"]:
            on_hand[product] -= needed[product].get(month, 0)
            short = int(product["reorder_level"]) - on_hand[product]
            if short > 0:
                quantity = short if product["tracking"] == "serial" else (short // 10 + 1) * 10
                on_hand[product] += quantity
                wanted[product["main_supplier"]].append((product, quantity))
        rows += [_order(story, supplier, month, bought) for supplier, bought in wanted.items()]
    return rows


def _order(
    story: Story, supplier: Fiche, month: int, bought: list[tuple[Fiche, int]]
) -> dict[str, Any]:
    needed_on = date(YEAR + month // 13, (month - 1) % 12 + 1, 1)
    received = working(needed_on - timedelta(days=8))
    ordered = working(received - timedelta(days=supplier["lead_time_days"] + 4))
    done = received <= TODAY
    if not done:
        ordered = min(ordered, working(TODAY - timedelta(days=3)))
    return {
        "subject": f"Réassort {needed_on:%m/%Y}",
        "status": "completed" if done else "confirmed",
        "ordered_on": ordered,
        "expected_on": received,
        "supplier_reference": f"{supplier['name'][:3].upper()}-{month:02d}{len(bought)}",
        "shipping_address": story.one("StorageSite", code="TOURS")["address"],
        "payment_terms": supplier["payment_terms"],
        "currency": "EUR",
        "supplier": supplier,
        "contact": story.one("Contact", supplier=supplier),
        "storage_site": story.one("StorageSite", code="TOURS"),
        "owner": story.cast.field,
        "line_items": [line(product, quantity) for product, quantity in bought],
        "_received_on": received if done else None,
    }


async def _invoices(story: Story) -> list[dict[str, Any]]:
    """One for each order received, a few days later."""
    received = [each for each in story["PurchaseOrder"] if each["_received_on"]]
    origin = await story.lines(received)
    return [
        {
            **_invoice(story, order["supplier"], later(order["_received_on"], 2), position),
            "subject": order["subject"],
            "purchase_order": order,
            "line_items": [
                {**each, "source_line": source}
                for each, source in zip(order["line_items"], origin[order.id], strict=True)
            ],
        }
        for position, order in enumerate(received, start=1)
    ]


def _bills(story: Story) -> list[dict[str, Any]]:
    """Rent, energy, telephone and all that is paid whatever is sold."""
    random = story.random
    what = {name: words for name, _, _, _, words in PROVIDERS}
    tax = story["TaxRate"][0]
    rows = []
    for name, months, day, amount, spread in BILLS:
        supplier = story.one("Supplier", name=name)
        for month in months:
            issued = working(date(YEAR, month, day))
            if issued > TODAY:
                continue
            charged = amount + random.randint(-spread, spread)
            rows.append(
                {
                    **_invoice(story, supplier, issued, month),
                    "subject": f"{what[name]} {month:02d}/{YEAR}",
                    "line_items": [
                        {
                            "label": what[name],
                            "quantity": 1,
                            "unit_price": charged,
                            "tax_rate": tax,
                        }
                    ],
                }
            )
    return rows


def _invoice(story: Story, supplier: Fiche, issued: date, position: int) -> dict[str, Any]:
    terms = supplier["payment_terms"]
    due = due_on(issued, terms)
    return {
        "supplier_invoice_number": f"{YEAR}-{issued:%m}-{position:03d}",
        "issued_on": issued,
        "received_on": min(later(issued, 1), TODAY),
        "due_on": due,
        "payment_terms": terms,
        "payment_approval": "approved" if due <= TODAY + timedelta(days=10) else "pending",
        "capture_source": "e_invoice",
        "e_invoice_status": "received",
        "currency": "EUR",
        "supplier": supplier,
        "third_party_bank_account": story.one("ThirdPartyBankAccount", supplier=supplier),
        "owner": story.cast.accounting,
    }


def validated(story: Story) -> list[Fiche]:
    """The supplier invoices that are posted; those of the last days wait."""
    return [each for each in story["SupplierInvoice"] if each["issued_on"] < PREPARING]


async def _validate(story: Story) -> None:
    suite = story.work.suite
    ids = [each.id for each in validated(story)]
    await posting.validate_many(story.work, suite["SupplierInvoice"], ids)
    bought = [each for each in validated(story) if each["purchase_order"]]
    reasons = ("quality_claim", "return", "rebate")
    made = await story.tell(
        "SupplierCreditNote",
        (
            {
                "subject": f"Avoir sur {invoice['subject'].lower()}",
                "supplier_credit_note_number": f"AV-{YEAR}-{position:03d}",
                "issued_on": later(invoice["issued_on"], 15),
                "reason": reason,
                "currency": "EUR",
                "supplier": invoice["supplier"],
                "invoice": invoice,
                "owner": story.cast.accounting,
                "line_items": [
                    line(
                        invoice["line_items"][0]["product"],
                        1,
                        unit_price=Decimal(
                            invoice["line_items"][0]["product"]["purchase_price"]
                        ).quantize(Decimal(1)),
                        discount_rate="50" if reason == "quality_claim" else "90",
                    )
                ],
            }
            for position, (reason, invoice) in enumerate(
                zip(reasons, bought[::5], strict=False), start=1
            )
        ),
    )
    ids = [each.id for each in made]
    await posting.validate_many(story.work, suite["SupplierCreditNote"], ids)


async def _receipts(story: Story) -> list[dict[str, Any]]:
    """What came in of each order, put away whole; what is expected still."""
    origin = await story.lines(story["PurchaseOrder"])
    invoices = {each["purchase_order"]: each for each in story["SupplierInvoice"]}
    rows = []
    for position, order in enumerate(story["PurchaseOrder"], start=1):
        received = order["_received_on"]
        scratched = position % 7 == 0
        rows.append(
            {
                "status": "validated" if received else "expected",
                "expected_on": order["expected_on"],
                "received_on": received,
                "supplier_delivery_number": f"BL-{position:05d}" if received else None,
                "package_count": len(order["line_items"]),
                "total_weight": sum(
                    Decimal(each["product"]["weight"]) * each["quantity"]
                    for each in order["line_items"]
                ),
                "quality_status": ("accepted_with_reservations" if scratched else "accepted")
                if received
                else "not_inspected",
                "reservations": "Emballage abîmé sur un colis, contenu intact."
                if received and scratched
                else None,
                "validated_at": at(received, 11, 30) if received else None,
                "supplier": order["supplier"],
                "purchase_order": order,
                "storage_site": order["storage_site"],
                "storage_location": story.one("StorageLocation", code="A-MAC"),
                "supplier_invoice": invoices.get(order),
                "owner": story.cast.field,
                "line_items": [
                    {**each, "source_line": source}
                    for each, source in zip(order["line_items"], origin[order.id], strict=True)
                ],
            }
        )
    return rows
