"""The GraphQL scalars of the kinds in db/kinds.py, and the enums of declared choices.

Inputs are passed on as sent: the unit of work checks them, all at once, and names the field in the
viewer's language; a scalar that refused them by itself could tell of the first one only.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry
from strawberry.types.enum import has_enum_definition

from db import kinds
from db.declare import Choice, Column
from db.kinds import kind_of
from graph.types.fields import shown

DESCRIPTIONS: dict[Any, str] = {
    date: "A day, `2026-03-31`.",
    datetime: "A moment in UTC, `2026-03-31T08:30:00Z`; inputs may have any offset.",
    Decimal: "A decimal number as a string, `12.5`, so that no digit is lost.",
    kinds.Money: "An amount in the record's currency, a string with two decimals: `1234.50`.",
    kinds.UnitPrice: "A price per unit, a string with two to six decimals: `0.034500`.",
    kinds.Percent: "A rate in percent, a string: `20` is twenty percent.",
    kinds.LongText: "Text of several lines, up to 100,000 characters.",
    kinds.Email: "An e-mail address, up to 254 characters.",
    kinds.Phone: "A telephone number as it was typed, up to 40 characters.",
    kinds.Url: "The address of a web page, `https://…`.",
    kinds.Iban: "An IBAN, without spaces, its key checked (ISO 13616).",
    kinds.Bic: "A BIC (ISO 9362).",
    kinds.Siren: "A SIREN number: nine digits, the last a check digit (Luhn).",
    kinds.Siret: "A SIRET number: fourteen digits, the last a check digit (Luhn).",
    kinds.VatNumber: "A VAT number with its country; those of the EU are checked.",
    kinds.CurrencyCode: "A currency of ISO 4217, `EUR`.",
    kinds.Json: "Any JSON value, up to 20 levels deep and 100 kB.",
}


def as_sent(value: Any) -> Any:
    return value


SCALARS: dict[object, Any] = {
    type_: strawberry.scalar(
        name=kind_of(type_).name,
        description=description,
        serialize=kind_of(type_).dump,
        parse_value=as_sent,
    )
    for type_, description in DESCRIPTIONS.items()
}


@strawberry.type(description="A postal address.")
class Address:
    street: str | None = strawberry.field(description="Number and street.", default=None)
    line2: str | None = strawberry.field(description="What completes the street.", default=None)
    postal_code: str | None = strawberry.field(description="Postal code.", default=None)
    city: str | None = strawberry.field(description="Town.", default=None)
    state: str | None = strawberry.field(description="State, province or region.", default=None)
    country: str | None = strawberry.field(
        description="Country, its code (ISO 3166-1) or its name.", default=None
    )

    @classmethod
    def is_type_of(cls, value: Any, *_: Any) -> bool:
        return isinstance(value, dict)


@strawberry.input(description="A postal address; what is left out is blank.")
class AddressInput:
    street: str | None = strawberry.field(
        description="Number and street.", default=strawberry.UNSET
    )
    line2: str | None = strawberry.field(
        description="What completes the street.", default=strawberry.UNSET
    )
    postal_code: str | None = strawberry.field(description="Postal code.", default=strawberry.UNSET)
    city: str | None = strawberry.field(description="Town.", default=strawberry.UNSET)
    state: str | None = strawberry.field(
        description="State, province or region.", default=strawberry.UNSET
    )
    country: str | None = strawberry.field(
        description="Country, its code (ISO 3166-1) or its name.", default=strawberry.UNSET
    )


def output_type(column: Column) -> Any:
    """The GraphQL type a column is read as."""
    if column.choice:
        return labelled_enum(column.choice)
    return Address if column.type is kinds.Address else column.type


def input_type(column: Column) -> Any:
    """The GraphQL type a column is written as."""
    return AddressInput if column.type is kinds.Address else output_type(column)


def labelled_enum(choice: type[Choice]) -> type[Choice]:
    """Register `choice` as a GraphQL enum, its labels as descriptions. Harmless when repeated."""
    made: Any = choice
    if not has_enum_definition(made):
        about = (choice.__doc__ or "").strip() or None
        strawberry.enum(made, description=about)
        for value, member in zip(made.__strawberry_definition__.values, choice, strict=True):
            value.description = shown(member.label)
    return choice
