"""A field of each kind of value, with values to compare, and what its module must be given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph import names
from tests.client import Client

EQUAL = {"eq", "ne", "in", "notIn", "isNull"}
ORDERED = EQUAL | {"lt", "lte", "gt", "gte"}
SEARCHED = ORDERED | {"startsWith", "contains"}

KINDS: Mapping[str, tuple[str, str, set[str], Any, Any]] = {
    "String": ("Contact", "firstName", SEARCHED, "Été", "Zoé"),
    "LongText": ("Ticket", "solution", SEARCHED, "Été\nrouge", "Zoé\nbleue"),
    "Email": ("Contact", "email", SEARCHED, "Anne@essai.example.com", "zoe@essai.example.com"),
    "Phone": ("Contact", "phone", SEARCHED, "01 42 96 10 10", "02 42 96 10 10"),
    "URL": (
        "CustomerAccount",
        "website",
        SEARCHED,
        "http://b.example.com",
        "https://a.example.com",
    ),
    "Iban": (
        "BankAccount",
        "iban",
        SEARCHED,
        "DE89370400440532013000",
        "FR7630006000011234567890189",
    ),
    "Bic": ("BankAccount", "bic", SEARCHED, "AGRIFRPP", "BNPAFRPP"),
    "Siren": ("CustomerAccount", "siren", SEARCHED, "552100554", "732829320"),
    "Siret": ("CustomerAccount", "siret", SEARCHED, "35600000000048", "73282932000074"),
    "VatNumber": ("CustomerAccount", "vatNumber", SEARCHED, "DE136695976", "FR40303265045"),
    "CurrencyCode": ("PriceList", "currency", SEARCHED, "EUR", "USD"),
    "choice": ("Contact", "salutation", EQUAL, "MS", "MR"),
    "Int": ("Product", "warrantyMonths", ORDERED, 2, 10),
    "Decimal": ("Product", "weight", ORDERED, "2.5", "10"),
    "Money": ("Campaign", "budget", ORDERED, "2.50", "10.00"),
    "UnitPrice": ("PriceListItem", "unitPrice", ORDERED, "2.500001", "10.00"),
    "Percent": ("Campaign", "expectedResponseRate", ORDERED, "2.5", "10"),
    "Boolean": ("Contact", "portalEnabled", ORDERED, False, True),
    "Date": ("Contact", "birthdate", ORDERED, "1990-12-31", "1991-01-01"),
    "DateTime": (
        "Ticket",
        "dueAt",
        ORDERED,
        "2026-03-31T23:30:00-01:00",
        "2026-04-01T02:00:00+01:00",
    ),
    "Address": ("Contact", "mailingAddress", {"isNull"}, {"city": "Paris"}, {"city": "Zurich"}),
}
"""For each kind: a field of that kind, what may be asked of it, a value and a greater one."""

IBANS = ("FR1420041010050500013M02606", "DE89370400440532013000", "BE71096123456769")


async def required(client: Client, module: str, nth: int) -> dict[str, Any]:
    """What the nth record of a module must be given."""
    if module == "PriceListItem":
        tariff = await client.create("PriceList", name="Tarif")
        return {"strategy": "VOLUME", "minQuantity": "1", "priceList": tariff}
    named = {"Contact": "lastName", "Ticket": "subject"}.get(module, "name")
    return {named: "Essai", **({"iban": IBANS[nth]} if module == "BankAccount" else {})}


def named(client: Client, module: str) -> str:
    """The query field of a module's list."""
    return names.camel(names.many(client.suite[module]))
