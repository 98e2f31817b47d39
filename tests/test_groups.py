"""Groups of lists: by key fields, relations, people, currencies and periods, each summed up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.client import Client, World
from tests.properties import made
from tests.samples import IBANS

GROUPS = """
query ($by: [GroupBy!]!, $first: Int, $orderBy: GroupOrder, $filter: CustomerInvoiceFilter) {
  customerInvoices(filter: $filter) { aggregate {
    groups(by: $by, first: $first, orderBy: $orderBy) {
      count groupCount keys { name label value display } sum { progressPercent } } } } }
"""


async def invoices(client: Client, *rows: dict[str, Any]) -> list[int]:
    """The ids of new invoices; of one account unless they say of which."""
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    usual = {"account": account, "subject": "Mars", "due_on": "2026-03-31"}
    given = [{**usual, **row} for row in rows]
    for row in given:
        row.setdefault("issued_on", row["due_on"])
    return await made(client, "CustomerInvoice", given)


async def grouped(client: Client, *by: dict[str, Any], **arguments: Any) -> list[dict[str, Any]]:
    data = await client.ask(GROUPS, by=list(by), **arguments)
    found: list[dict[str, Any]] = data["customerInvoices"]["aggregate"]["groups"]
    return found


def held(groups: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The values of each group's keys, and its count."""
    return [(*(key["value"] for key in each["keys"]), each["count"]) for each in groups]


async def test_a_group_says_what_it_was_made_by_and_sums_up(client: Client) -> None:
    await invoices(
        client,
        {"invoice_type": "final", "progress_percent": "1.5"},
        {"invoice_type": "deposit", "progress_percent": "2"},
        {"invoice_type": "deposit", "progress_percent": "4"},
        {"invoice_type": None},
    )

    found = await grouped(client, {"field": "invoiceType"})

    assert client.statements == 1
    assert [each["keys"] for each in found] == [
        [{"name": "invoiceType", "label": "Type de facture", "value": v, "display": d}]
        for v, d in (("DEPOSIT", "Acompte"), ("FINAL", "Solde"), (None, None))
    ]
    assert [each["sum"]["progressPercent"] for each in found] == ["6", "1.5", None]
    assert [(each["count"], each["groupCount"]) for each in found] == [(2, 3), (1, 3), (1, 3)]
