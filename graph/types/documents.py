"""What documents with line items have: their totals."""

from __future__ import annotations

import strawberry

from db.kinds import Money, Percent
from graph.resolvers import totals
from graph.types.field_values import FieldValue
from graph.types.fields import resolved


@strawberry.type(description="What the lines of one VAT rate add up to.")
class VatTotal:
    rate: Percent = strawberry.field(description="The rate: `20` is twenty percent.")
    base: Money = strawberry.field(description="The net amount the rate applies to.")
    vat: Money = strawberry.field(description="Base times rate, rounded half up to the cent.")


@strawberry.type(description="A document's totals, from its lines; VAT is computed per rate.")
class Totals:
    excl_tax: Money = strawberry.field(description="Net.")
    vat: Money = strawberry.field(description="VAT.")
    incl_tax: Money = strawberry.field(description="Net plus VAT.")
    by_rate: list[VatTotal] = strawberry.field(description="By VAT rate, lowest first.")
    fields: list[FieldValue] = resolved(totals.fields, "The totals as any other fields.")
