"""What the arguments of conversions are made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import strawberry

from db.kinds import Money


@strawberry.input(description="A line of the source to be converted.")
class ConversionLineInput:
    line: strawberry.ID = strawberry.field(description="The line of the source: `line-7`.")
    quantity: Decimal | None = strawberry.field(
        description="How much of it; all that is left unless given.", default=strawberry.UNSET
    )


@strawberry.input(description="The deal to be made of a prospect.")
class ConversionDealInput:
    expected_close_on: date = strawberry.field(description="When it should be signed.")
    name: str | None = strawberry.field(
        description="What it is called; like the company, or the prospect, unless given.",
        default=strawberry.UNSET,
    )
    amount: Money | None = strawberry.field(
        description="What it may come to, excluding tax.", default=strawberry.UNSET
    )
