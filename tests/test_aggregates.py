"""Counts, sums, averages and extremes of whole lists, whatever their page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import Client, World
from tests.model import holds
from tests.properties import accounts, examples, made, stored
from tests.samples import IBANS

NESTED = """
query ($filter: CustomerInvoiceFilter) {
  customerAccounts(orderBy: [{id: ASC}], first: 100) { nodes {
    invoices(filter: $filter, first: 1) { totalCount aggregate { count
      sum { progressPercent } average { progressPercent }
      minimum { progressPercent dueOn } maximum { progressPercent dueOn } } } } }
}
"""

filters = st.none() | st.sampled_from(
    [{"subject": {"startsWith": "é"}}, {"progressPercent": {"gt": "0"}}, {"id": {"in": []}}]
)


@examples(20)
@given(given=accounts(), filter=filters)
async def test_the_aggregates_of_all_parents_are_those_of_the_model(
    world: World, given: Any, filter: dict[str, Any] | None
) -> None:
    client = await world.company()
    rows = await stored(client, given)

    data = await client.ask(NESTED, filter=filter)

    for account, answer in zip(rows, data["customerAccounts"]["nodes"], strict=True):
        matching = [row for row in account["invoices"] if holds(filter or {}, row)]
        percents = [Decimal(p) for row in matching if (p := row["progressPercent"]) is not None]
        days = [row["dueOn"] for row in matching]
        found = answer["invoices"]["aggregate"]
        assert found["count"] == answer["invoices"]["totalCount"] == len(matching)
        assert number(found["sum"]) == (sum(percents) if percents else None)
        average = number(found["average"])
        expected = sum(percents) / len(percents) if percents else None
        assert average == expected or abs(average - expected) < Decimal("1e-9")
        assert number(found["minimum"]) == min(percents, default=None)
        assert number(found["maximum"]) == max(percents, default=None)
        assert found["minimum"]["dueOn"] == min(days, default=None)
        assert found["maximum"]["dueOn"] == max(days, default=None)


def number(values: dict[str, Any]) -> Any:
    given = values["progressPercent"]
    return None if given is None else Decimal(given)


async def test_every_kind_of_number_is_summed_up_exactly(client: Client) -> None:
    rows: list[dict[str, Any]] = [
        {"name": "a", "warranty_months": 2_000_000_000, "weight": "0.1", "sale_price": "19.99"},
        {"name": "b", "warranty_months": 2_000_000_001, "weight": "0.2", "sale_price": "0.01"},
        {"name": "c", "warranty_months": None, "weight": None, "sale_price": None},
    ]
    await made(client, "Product", rows)

    data = await client.ask(
        "{ products { aggregate { count "
        "sum { warrantyMonths weight salePrice } average { warrantyMonths weight salePrice } "
        "minimum { warrantyMonths weight salePrice } "
        "maximum { warrantyMonths weight salePrice } } } }"
    )

    assert data["products"]["aggregate"] == {
        "count": 3,
        "sum": {"warrantyMonths": "4000000001", "weight": "0.3", "salePrice": "20.00"},
        "average": {"warrantyMonths": "2000000000.5", "weight": "0.15", "salePrice": "10.00"},
        "minimum": {"warrantyMonths": 2_000_000_000, "weight": "0.1", "salePrice": "0.01"},
        "maximum": {"warrantyMonths": 2_000_000_001, "weight": "0.2", "salePrice": "19.99"},
    }


async def test_of_nothing_there_is_no_sum(client: Client) -> None:
    data = await client.ask(
        "{ products { totalCount aggregate { count sum { salePrice } average { salePrice } "
        "minimum { createdAt } maximum { createdAt } } } }"
    )

    assert data["products"] == {
        "totalCount": 0,
        "aggregate": {
            "count": 0,
            "sum": {"salePrice": None},
            "average": {"salePrice": None},
            "minimum": {"createdAt": None},
            "maximum": {"createdAt": None},
        },
    }


@pytest.mark.parametrize(
    ("currencies", "expected"),
    [
        (["USD", "USD"], {"sum": "3.00", "maximum": "2.00"}),
        (["EUR", None], {"sum": "3.00", "maximum": "2.00"}),
        (["EUR", "USD"], {"sum": None, "maximum": None}),
        ([None, "USD"], {"sum": None, "maximum": None}),
    ],
)
async def test_amounts_in_several_currencies_have_no_sum(
    client: Client, currencies: list[str | None], expected: dict[str, str | None]
) -> None:
    rows = [
        {"name": "Compte", "iban": iban, "currency": currency, "opening_balance": str(i)}
        for i, (iban, currency) in enumerate(zip(IBANS, currencies, strict=False), start=1)
    ]
    await made(client, "BankAccount", rows)

    data = await client.ask(
        "{ bankAccounts { aggregate { sum { openingBalance } maximum { openingBalance } } } }"
    )

    assert data["bankAccounts"]["aggregate"] == {
        name: {"openingBalance": value} for name, value in expected.items()
    }


async def test_aggregates_follow_filter_and_search_but_not_the_page(client: Client) -> None:
    rows = [
        {"name": "Vis 4", "sale_price": "1"},
        {"name": "Vis 6", "sale_price": "2"},
        {"name": "Vis 8", "sale_price": "4"},
        {"name": "Écrou", "sale_price": "8"},
    ]
    await made(client, "Product", rows)

    data = await client.ask(
        '{ products(first: 1, search: "vis", filter: {salePrice: {gt: "1"}}) '
        "{ nodes { name } totalCount aggregate { count sum { salePrice } } } }"
    )

    assert data["products"] == {
        "nodes": [{"name": "Vis 8"}],
        "totalCount": 2,
        "aggregate": {"count": 2, "sum": {"salePrice": "6.00"}},
    }


async def test_the_lines_of_documents_are_summed_up(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    product = await client.create("Product", name="Vis")
    lines = [{"product": product, "quantity": str(n), "unitPrice": "2"} for n in (1, 2)]
    for subject in ("Devis 1", "Devis 2"):
        await client.create("Quote", subject=subject, account=account, lineItems=lines)

    data = await client.ask(
        'query ($id: ID!) { product(id: $id) { documentLines(filter: {quantity: {gt: "1"}}) '
        "{ totalCount aggregate { count sum { quantity totalExclTax } } } } }",
        id=product,
    )

    assert data["product"]["documentLines"] == {
        "totalCount": 2,
        "aggregate": {"count": 2, "sum": {"quantity": "4", "totalExclTax": "8.00"}},
    }
