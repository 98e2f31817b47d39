"""What is left to convert, and what a prospect would become."""

from __future__ import annotations

from decimal import Decimal

import strawberry

from db.kinds import Json
from graph.resolvers import conversions
from graph.types.fields import Fields, annotate, described
from graph.types.record import Record


@strawberry.type(description="A line of which something is left to convert.")
class LineToConvert:
    line: strawberry.ID = strawberry.field(description="The line: `line-7`.")
    label: str = strawberry.field(description="What it is called.")
    quantity: Decimal = strawberry.field(description="How much of it is left.")


@strawberry.type(description="What of a document is left to convert into one kind of record.")
class ToConvert:
    into: str = strawberry.field(description="The module it can become: `CustomerInvoice`.")
    lines: list[LineToConvert] = strawberry.field(
        description="Its lines that are not converted entirely; none where all are, or may not be."
    )


@strawberry.type(description="A value that a conversion takes over, or leaves.")
class ConversionValue:
    name: str = strawberry.field(description="The field, as this schema calls it.")
    label: str = strawberry.field(description="The field, as the viewer reads it.")
    value: Json = strawberry.field(description="What it holds.")
    display: str = strawberry.field(description="`value` in the viewer's language.")


@strawberry.type(description="A record that a conversion would make.")
class ConversionDraft:
    module: str = strawberry.field(description="Its module: `Contact`.")
    values: list[ConversionValue] = strawberry.field(description="What it takes over.")


@strawberry.type(description="A record that may be the one a conversion would make once more.")
class ConversionDuplicate:
    argument: str = strawberry.field(
        description="The argument of `convertProspect` that uses it: `contact`."
    )
    field: str = strawberry.field(description="The field in which it holds the same.")
    record: Record = strawberry.field(description="The record.")


@strawberry.type(description="What a prospect would become.")
class ProspectConversion:
    converted: bool = strawberry.field(
        description="Whether it is converted already: then nothing more is made of it."
    )
    creates: list[ConversionDraft] = strawberry.field(description="What would be made.")
    lost: list[ConversionValue] = strawberry.field(
        description="What nothing that would be made takes over; it stays on the prospect."
    )
    duplicates: list[ConversionDuplicate] = strawberry.field(
        description="What may be used in place of something made: it holds the same in a field "
        "without duplicates, or is an account of the same name."
    )


def add_preview(query: Fields) -> None:
    preview = annotate(
        conversions.prospect_conversion,
        id=described(strawberry.ID, "The prospect's id."),
        account=described(strawberry.ID | None, "The account that would be used."),
        contact=described(strawberry.ID | None, "The contact that would be used."),
        deal=described(bool, "Whether a deal would be made."),
    )
    about = "What `convertProspect` would make; null where there is no such prospect to be seen."
    query.resolve("prospect_conversion", ProspectConversion | None, preview, about)
