"""How users want values to be shown to them."""

from __future__ import annotations

import strawberry

from db.display import DateFormat, NumberFormat
from graph.types.errors import UserError
from graph.types.scalars import labelled_enum

for choice in (DateFormat, NumberFormat):
    labelled_enum(choice)

LANGUAGE = "The language they are answered in, unless a request asks for another: fr, en."
ZONE = "The time zone that moments are shown in: `Europe/Paris`."
DATES = "How days are written; null: as the language does, `31 mars 2026`."
NUMBERS = "How numbers are written; null: as the language does, `1 234,56`."


@strawberry.type(
    description="How values are shown to a user, in `display`. Values themselves are always typed."
)
class Preferences:
    language: str = strawberry.field(description=LANGUAGE)
    time_zone: str = strawberry.field(description=f"{ZONE} The company's unless chosen.")
    date_format: DateFormat | None = strawberry.field(description=DATES)
    number_format: NumberFormat | None = strawberry.field(description=NUMBERS)


@strawberry.input(description="What to prefer. What is left out stays; null takes a choice back.")
class PreferencesInput:
    language: str | None = strawberry.field(description=LANGUAGE, default=strawberry.UNSET)
    time_zone: str | None = strawberry.field(description=ZONE, default=strawberry.UNSET)
    date_format: DateFormat | None = strawberry.field(description=DATES, default=strawberry.UNSET)
    number_format: NumberFormat | None = strawberry.field(
        description=NUMBERS, default=strawberry.UNSET
    )


@strawberry.type(description="Preferences changed.")
class PreferencesPayload:
    preferences: Preferences | None = strawberry.field(
        description="What is preferred now; null where it was refused."
    )
    errors: list[UserError] = strawberry.field(description="What to put right.")
