"""From a deal to a quote to an order, and the orders that come without a quote."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from db.demo.calendar import TODAY, YEAR, between, later
from db.demo.customers import HEADLINE, contact_of, customers
from db.demo.marketing import items
from db.demo.story import Fiche, Story, line

QUOTED: Final = ("proposal", "negotiation", "closed_won", "closed_lost")

WEB: Final = (
    (("PAN-OSI", 12), ("LAM-GRI", 5)),
    (("PLA-600", 15), ("COU-80", 4)),
    (("TOI-LIN", 10), ("PAN-OSI", 20)),
    (("BAL-5", 1), ("THE-SON", 2)),
    (("JOI-POR", 2), ("RES-3KW", 1)),
)
"""What is ordered on the web shop."""


async def quote(story: Story) -> None:
    """A quote for each deal that got so far; now and then a revision replaces the first."""
    random = story.random
    deals = [deal for deal in story["Deal"] if deal["stage"] in QUOTED]
    with story.by(story.cast.salesperson):
        revised = [deal for deal in deals if random.random() < 0.12]
        first = [_quote(story, deal, superseded=True) for deal in revised]
        await story.tell("Quote", first, by_service=True)
        earlier = {each["deal"]: each for each in story["Quote"]}
        await story.tell(
            "Quote",
            [_quote(story, deal, previous=earlier.get(deal)) for deal in deals],
            by_service=True,
        )


def _quote(
    story: Story, deal: Fiche, previous: Fiche | None = None, superseded: bool = False
) -> dict[str, Any]:
    random = story.random
    account = deal["account"]
    issued = later(deal["_opened"], random.randint(2, 6))
    if previous is not None:
        issued = later(previous["issued_on"], 5)
    last = deal["closed_on"] or TODAY
    issued = min(issued, last)
    status = {
        "proposal": "sent",
        "negotiation": "viewed",
        "closed_won": "accepted",
        "closed_lost": random.choice(("refused", "expired")),
    }[deal["stage"]]
    if superseded:
        status = "cancelled"
    discount = random.choice((None, None, None, "5", "8")) if previous is None else "10"
    goods = any(item.module == "Product" for item, _ in items(story, deal["_package"]))
    method = "MONTEURS" if deal["amount"] > 1500 else "TRANSP"
    return {
        "subject": deal["_package"],
        "status": status,
        "issued_on": issued,
        "valid_until": issued + timedelta(days=30),
        "revision": 1 if previous is None else 2,
        "customer_reference": f"{account['name'][:3].upper()}-{random.randrange(1000):03d}",
        "billing_address": account["billing_address"],
        "shipping_address": account["shipping_address"],
        "payment_terms": account["payment_terms"],
        "currency": "EUR",
        "signature_status": "signed" if status == "accepted" else "not_requested",
        "accepted_on": deal["closed_on"] if status == "accepted" else None,
        "account": account,
        "contact": deal["contact"],
        "deal": deal,
        "price_list": account["price_list"],
        "delivery_method": story.one("DeliveryMethod", code=method) if goods else None,
        "previous_version": previous,
        "owner": deal["owner"],
        "line_items": [
            line(item, quantity, discount_rate=discount if item.module == "Product" else None)
            for item, quantity in items(story, deal["_package"])
        ],
    }


async def order(story: Story) -> None:
    """Accepted quotes become orders line for line; others come by the shop or by phone."""
    accepted = [each for each in story["Quote"] if each["status"] == "accepted"]
    origin = await story.lines(accepted)
    rows = [_order(story, each, origin[each.id]) for each in accepted]
    rows += [_web_order(story, position) for position in range(1, 27)]
    with story.by(story.cast.salesperson):
        rows.sort(key=lambda row: row["ordered_on"])
        await story.tell("SalesOrder", rows)


def _order(story: Story, quote: Fiche, origin: list[int]) -> dict[str, Any]:
    random = story.random
    ordered: date = quote["accepted_on"]
    due = later(ordered, random.randint(12, 30))
    projects = [each for each in story["Project"] if each["deal"] is quote["deal"]]
    if projects:
        due = projects[0]["target_end_on"]
    return {
        **_followed(due, goods=quote["delivery_method"] is not None),
        "subject": quote["subject"],
        "ordered_on": ordered,
        "delivery_due_on": due,
        "account": quote["account"],
        "contact": quote["contact"],
        "customer_reference": quote["customer_reference"],
        "payment_terms": quote["payment_terms"],
        "recurrence": "none",
        "deal": quote["deal"],
        "quote": quote,
        "project": projects[0] if projects else None,
        "price_list": quote["price_list"],
        "delivery_method": quote["delivery_method"],
        "storage_site": story.one("StorageSite", code="TOURS"),
        "owner": quote["owner"],
        "line_items": [
            {**each, "source_line": source}
            for each, source in zip(quote["line_items"], origin, strict=True)
        ],
    }


def _followed(due: date, *, goods: bool) -> dict[str, Any]:
    """What has come of an order by today: its status, and when it was delivered and invoiced."""
    delivered = due if due <= TODAY else None
    invoiced = later(due, 2) if later(due, 2) <= TODAY else None
    status = "in_progress" if due - timedelta(days=10) <= TODAY else "confirmed"
    return {
        "status": "completed" if invoiced else status,
        "_goods": goods,
        "_delivered_on": delivered,
        "_invoiced_on": invoiced,
    }


def _web_order(story: Story, position: int) -> dict[str, Any]:
    random = story.random
    account = random.choice([each for each in customers(story) if each["name"] != HEADLINE])
    ordered = between(random, date(YEAR, 1, 12), TODAY - timedelta(days=2))
    due = later(ordered, 3)
    return {
        **_followed(due, goods=True),
        "subject": f"Commande en ligne {position:03d}",
        "ordered_on": ordered,
        "delivery_due_on": due,
        "customer_reference": f"WEB-{position:05d}",
        "payment_terms": "immediate",
        "recurrence": "none",
        "account": account,
        "contact": contact_of(story, account, "buyer"),
        "price_list": account["price_list"],
        "delivery_method": story.one("DeliveryMethod", code="TRANSP"),
        "storage_site": story.one("StorageSite", code="TOURS"),
        "ecommerce_shop": story["EcommerceShop"][0],
        "owner": story.cast.sales,
        "line_items": [
            *(
                line(story.one("Product", sku=sku), quantity)
                for sku, quantity in random.choice(WEB)
            ),
            line(story.one("Service", code="PORT")),
        ],
    }
