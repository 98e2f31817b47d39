"""Invoices as drafts, of orders, contracts and work done; then all validated in one go.

Their numbers follow their dates, so that none may be validated before all are written.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from db import posting
from db.demo.calendar import TODAY, YEAR, due_on, later
from db.demo.customers import HEADLINE, WALK_IN, contact_of
from db.demo.story import Fiche, Story, line
from db.demo.support import OUR_LAST
from db.lines import cents

DEPOSIT: Final = 30
"""Percent asked for with the order where works follow."""

PREPARING: Final = TODAY - timedelta(days=4)
"""Invoices from this day on are drafts still."""


async def invoice_orders(story: Story) -> None:
    """One invoice an order, or a deposit and the rest where a project follows."""
    totals = await story.stored(story["SalesOrder"])
    origin = await story.lines(story["SalesOrder"])
    rows = []
    for order in story["SalesOrder"]:
        lines = [
            {**each, "source_line": source}
            for each, source in zip(order["line_items"], origin[order.id], strict=True)
        ]
        total: Decimal = totals[order.id]["total_excl_tax"]
        deposit = _deposit(story, order, total) if order["project"] else []
        if deposit:
            issued = later(order["ordered_on"], 1)
            rows.append(
                {**_invoice(story, order, issued), "invoice_type": "deposit", "line_items": deposit}
            )
        if order["_invoiced_on"] is None:
            continue
        rest = [{**deposit[0], "label": "Acompte déduit", "quantity": -1}] if deposit else []
        rows.append(
            {
                **_invoice(story, order, order["_invoiced_on"]),
                "invoice_type": "final" if deposit else "standard",
                "line_items": [*lines, *rest],
            }
        )
    with story.by(story.cast.accountant):
        await story.tell("CustomerInvoice", rows)


def _deposit(story: Story, order: Fiche, total: Decimal) -> list[dict[str, Any]]:
    return [
        {
            "label": f"Acompte de {DEPOSIT} % à la commande",
            "quantity": 1,
            "unit_price": (total * DEPOSIT / 100).quantize(Decimal(1)),
            "tax_rate": story["TaxRate"][0],
        }
    ]


def _invoice(story: Story, order: Fiche, issued: date) -> dict[str, Any]:
    account, terms = order["account"], order["payment_terms"]
    return {
        "subject": order["subject"],
        "issued_on": issued,
        "due_on": due_on(issued, terms),
        "customer_reference": order["customer_reference"],
        "billing_address": account["billing_address"],
        "payment_terms": terms,
        "currency": "EUR",
        "account": account,
        "contact": contact_of(story, account, "accounting"),
        "deal": order["deal"],
        "quote": order["quote"],
        "sales_order": order,
        "project": order["project"],
        "price_list": order["price_list"],
        "bank_account": story["BankAccount"][0],
        "ecommerce_shop": order["ecommerce_shop"],
        "owner": story.cast.accounting,
    }


async def invoice_contracts(story: Story) -> None:
    """One invoice a period, in advance; what supervised ovens baked comes with the next one."""
    random = story.random
    readings = story.one("Service", code="CONS")
    origin = await story.lines([each["sales_order"] for each in story["ServiceContract"]])
    rows = []
    for contract in story["ServiceContract"]:
        step = contract["_months"]
        starts = contract["starts_on"].month
        for month in range(starts, TODAY.month + 1, step) if step else [starts]:
            issued = date(YEAR, month, 1)
            consumed = None
            order = contract["sales_order"]
            lines = [line(contract["service"], step or 1, source_line=origin[order.id][0])]
            if contract["contract_type"] == "subscription" and month > starts:
                consumed = (month - 1, random.randint(20, 90))
                lines.append(line(readings, consumed[1]))
            rows.append(
                {
                    **_invoice(story, order, issued),
                    "subject": f"{contract['subject']} – {month:02d}/{YEAR}",
                    "invoice_type": "recurring" if step else "standard",
                    "service_contract": contract,
                    "line_items": lines,
                    "_consumed": consumed,
                }
            )
    with story.by(story.cast.accountant):
        await story.tell("CustomerInvoice", rows)


async def invoice_work(story: Story) -> None:
    """Repairs that no contract and no warranty covers; the headline account's last is a draft."""
    rows = []
    for ticket in story["Ticket"]:
        if ticket["account"]["name"] == HEADLINE and ticket["_opened"] == OUR_LAST[0]:
            issued = PREPARING
        elif ticket["billable"] and ticket["solution"]:
            issued = later(ticket["_opened"], 8)
        else:
            continue
        account = ticket["account"]
        rows.append(
            {
                "subject": f"Dépannage : {ticket['subject']}",
                "invoice_type": "standard",
                "issued_on": issued,
                "due_on": due_on(issued, account["payment_terms"]),
                "billing_address": account["billing_address"],
                "payment_terms": account["payment_terms"],
                "currency": "EUR",
                "account": account,
                "contact": contact_of(story, account, "accounting"),
                "price_list": account["price_list"],
                "bank_account": story["BankAccount"][0],
                "owner": story.cast.accounting,
                "line_items": [
                    line(story.one("Service", code="MO-H"), ticket["_hours"]),
                    line(story.one("Service", code="DEP")),
                ],
                "_ticket": ticket,
            }
        )
    with story.by(story.cast.accountant):
        await story.tell("CustomerInvoice", rows)


def validated(story: Story) -> list[Fiche]:
    """The customer invoices that are no drafts, in the order of their dates."""
    own = [each for each in story["CustomerInvoice"] if each["issued_on"] < PREPARING]
    return sorted(own, key=lambda each: (each["issued_on"], each.id))


async def validate_invoices(story: Story) -> None:
    """Number, post and lock all that is not being prepared, then the credit notes on some."""
    invoices = story.work.suite["CustomerInvoice"]
    credit_notes = story.work.suite["CustomerCreditNote"]
    with story.by(story.cast.accountant):
        await posting.validate_many(story.work, invoices, [each.id for each in validated(story)])
        made = await story.tell("CustomerCreditNote", _credit_notes(story))
        done = [each for each in made if each["reason"] != "other"]
        await posting.validate_many(story.work, credit_notes, [each.id for each in done])


def _credit_notes(story: Story) -> list[dict[str, Any]]:
    """A line taken back here, a gesture there; the last one is being written."""
    random = story.random
    reasons = ("return", "commercial_gesture", "billing_error", "return", "rebate", "other")
    credited = [
        each
        for each in validated(story)
        if each["invoice_type"] == "standard"
        and each["account"]["name"] not in (HEADLINE, WALK_IN)
        and each["_ticket"] is None
    ]
    rows = []
    for reason, invoice in zip(reasons, random.sample(credited, len(reasons)), strict=True):
        first = invoice["line_items"][0]
        item = first.get("product") or first["service"]
        # No more than the line was worth: a tenth of its price, on one of it.
        price = Decimal(item["sale_price"])
        share = price if price < 20 else price / 10
        rows.append(
            {
                "subject": f"Avoir sur {invoice['subject'].lower()}",
                "issued_on": min(later(invoice["issued_on"], 12), TODAY),
                "reason": reason,
                "billing_address": invoice["billing_address"],
                "currency": "EUR",
                "account": invoice["account"],
                "contact": invoice["contact"],
                "invoice": invoice,
                "sales_order": invoice["sales_order"],
                "owner": story.cast.accounting,
                "line_items": [line(item, 1, unit_price=cents(share))],
            }
        )
    return rows
