"""The shop in town and the one on the web: registers, sessions, what is sold over the counter."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from db.demo.bank import movement_of
from db.demo.calendar import TODAY, YEAR, at, working
from db.demo.customers import WALK_IN
from db.demo.people import colleague
from db.demo.story import Fiche, Story, line
from db.demo.treasury import cash_taken
from db.lines import cents

FLOAT: Final = Decimal("150.00")
SMALL: Final = ("PAN-OSI", "LAM-GRI", "PLA-600", "COU-80", "TOI-LIN", "BAL-5", "THE-SON")


async def open_shops(story: Story) -> None:
    """The store with its two registers, and the web shop."""
    site = story.one("StorageSite", code="HALLES")
    walk_in = story.one("CustomerAccount", name=WALK_IN)
    with story.by(story.cast.manager):
        (store,) = await story.tell(
            "Store",
            [
                {
                    "name": "Magasin des Halles",
                    "code": "HALLES",
                    "store_type": "shop",
                    "address": site["address"],
                    "phone": site["phone"],
                    "email": site["email"],
                    "opening_hours": "mar.–sam. 9 h–12 h 30, 14 h–18 h 30",
                    "software_version": "4.2.1",
                    "last_synced_at": at(TODAY, 6),
                    "storage_site": site,
                    "price_list": story.one("PriceList", code="MAGASIN"),
                    "store_manager": colleague(story, "Bonnet"),
                }
            ],
            by_service=True,
        )
        await story.tell(
            "CashRegister",
            (
                {
                    "name": name,
                    "register_number": number,
                    "default_float": FLOAT,
                    "current_balance": FLOAT,
                    "price_display": "incl_tax",
                    "accepted_payment_methods": ["cash", "card", "cheque"],
                    "cash_rounding": "0.01",
                    "receipt_width": "mm_80",
                    "receipt_footer": "Merci de votre visite. Échange sous 30 jours.",
                    "print_automatically": True,
                    "theme_colour": "#b5651d",
                    "store": store,
                    "journal": story.one("Journal", code="CA"),
                    "ledger_account": story.one("LedgerAccount", account_number="530000"),
                    "walk_in_account": walk_in,
                }
                for name, number in (("Caisse principale", "CAI-1"), ("Caisse d’appoint", "CAI-2"))
            ),
            by_service=True,
        )
        await story.tell(
            "EcommerceShop",
            [
                {
                    "name": "boutique.bellefournee.example",
                    "platform": "woocommerce",
                    "url": "https://boutique.bellefournee.example",
                    "status": "active",
                    "currency": "EUR",
                    "order_prefix": "WEB-",
                    "sync_products": True,
                    "sync_stock": True,
                    "sync_orders": True,
                    "last_synced_at": at(TODAY, 6, 15),
                    "storage_site": story.one("StorageSite", code="TOURS"),
                    "price_list": story.one("PriceList", code="PUBLIC"),
                    "delivery_method": story.one("DeliveryMethod", code="TRANSP"),
                    "bank_account": story["BankAccount"][0],
                    "products": [
                        product
                        for product in story["Product"]
                        if product["item_family"]["code"] in ("PETIT", "PIECE")
                    ],
                }
            ],
            by_service=True,
        )


async def sell(story: Story) -> None:
    """One day at the till every four weeks: a session, its sales as drafts, to be posted with all
    other invoices.
    """
    random = story.random
    register = story["CashRegister"][0]
    opened = [working(date(YEAR, 1, 13) + timedelta(days=28 * n)) for n in range(12)]
    days = [day for day in opened if day <= TODAY]
    baskets = {day: [_basket(story) for _ in range(random.randint(2, 4))] for day in days}
    perpetual, rows = Decimal(0), []
    for z, day in enumerate(days, start=1):
        totals = [_total(basket) for basket, _ in baskets[day]]
        by_method = {
            method: str(
                sum(
                    (
                        total
                        for total, (_, paid) in zip(totals, baskets[day], strict=True)
                        if paid == method
                    ),
                    Decimal(0),
                )
            )
            for method in ("cash", "card")
        }
        perpetual += sum(totals)
        cash = FLOAT + Decimal(by_method["cash"])
        gap = Decimal("-0.50") if z % 5 == 0 else Decimal("0.00")
        rows.append(
            {
                "opened_at": at(day, 9),
                "closed_at": at(day, 18, 45),
                "status": "closed",
                "opening_float": FLOAT,
                "expected_cash": cash,
                "counted_cash": cash + gap,
                "difference": gap,
                "total_sales": sum(totals),
                "payment_totals": by_method,
                "z_number": z,
                "perpetual_total": perpetual,
                "cash_register": register,
                "cashier": colleague(story, random.choice(("Bonnet", "Lambert"))),
                "owner": story.cast.sales,
                "_day": day,
            }
        )
    with story.by(story.cast.manager):
        await story.tell("CashSession", rows, by_service=True)
        await story.tell(
            "CustomerInvoice",
            (
                _sale(story, session, basket, paid)
                for session in story["CashSession"]
                for basket, paid in baskets[session["_day"]]
            ),
        )


def _basket(story: Story) -> tuple[list[tuple[Fiche, int]], str]:
    random = story.random
    bought = [
        (story.one("Product", sku=sku), random.randint(1, 4))
        for sku in random.sample(SMALL, random.randint(1, 3))
    ]
    return bought, random.choice(("cash", "card", "card"))


def _total(basket: list[tuple[Fiche, int]]) -> Decimal:
    """Including tax, all at the normal rate."""
    net = sum((Decimal(item["sale_price"]) * quantity for item, quantity in basket), Decimal(0))
    return net + cents(net * Decimal("0.20"))


def _sale(
    story: Story, session: Fiche, basket: list[tuple[Fiche, int]], paid: str
) -> dict[str, Any]:
    return {
        "subject": "Vente au comptoir",
        "invoice_type": "retail",
        "issued_on": session["_day"],
        "due_on": session["_day"],
        "payment_terms": "immediate",
        "currency": "EUR",
        "account": session["cash_register"]["walk_in_account"],
        "price_list": session["cash_register"]["store"]["price_list"],
        "cash_session": session,
        "owner": story.cast.accounting,
        "line_items": [line(item, quantity) for item, quantity in basket],
        "_paid_by": paid,
        "_total": _total(basket),
    }


async def move_cash(story: Story) -> None:
    """Everything that went through the till: floats, sales, what was brought to the bank."""
    paid = {
        payment["_invoice"]: payment for payment in story["CustomerPayment"] if payment["_invoice"]
    }
    rows: list[dict[str, Any]] = []
    for session in story["CashSession"]:
        balance = FLOAT
        common = {
            "cash_session": session,
            "cash_register": session["cash_register"],
            "store": session["cash_register"]["store"],
            "owner": story.cast.sales,
        }
        day = session["_day"]
        rows.append(
            {
                **common,
                "moved_at": at(day, 9),
                "movement_type": "float_in",
                "amount": FLOAT,
                "payment_method": "cash",
                "reason": "Fond de caisse",
                "balance_after": balance,
            }
        )
        sales = [each for each in story["CustomerInvoice"] if each["cash_session"] is session]
        for turn, sale in enumerate(sales):
            if sale["_paid_by"] == "cash":
                balance += sale["_total"]
            rows.append(
                {
                    **common,
                    "moved_at": at(day, 10 + turn * 2, 12),
                    "movement_type": "sale",
                    "amount": sale["_total"],
                    "payment_method": sale["_paid_by"],
                    "reason": "Vente au comptoir",
                    "balance_after": balance,
                    "customer_invoice": sale,
                    "customer_payment": paid.get(sale),
                }
            )
        if balance > FLOAT:
            rows.append(
                {
                    **common,
                    "moved_at": at(day, 18, 50),
                    "movement_type": "withdrawal",
                    "amount": balance - FLOAT,
                    "payment_method": "cash",
                    "reason": "Prélèvement de fin de journée",
                    "balance_after": FLOAT,
                }
            )
    for day, amount in cash_taken(story):
        rows.append(
            {
                "moved_at": at(day, 17),
                "movement_type": "bank_deposit",
                "amount": amount,
                "payment_method": "cash",
                "reason": "Versement en banque",
                "cash_register": story["CashRegister"][0],
                "store": story["Store"][0],
                "bank_transaction": movement_of(story, ("cash", day)),
                "owner": story.cast.sales,
            }
        )
    with story.by(story.cast.manager):
        await story.tell("CashMovement", rows, by_service=True)
