"""Values of custom fields as they are written and compared, alike for every module."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import UNSET

from db.kinds import Json
from graph.types.compare import ABOUT
from graph.types.fields import Fields, of


@strawberry.input(description="The value of a custom field.")
class CustomValueInput:
    name: str = strawberry.field(description="The field: `loyaltyLevel`.")
    value: Json | None = strawberry.field(
        description="What it is to hold, as its type is written; null for nothing.", default=UNSET
    )


class CustomFilter:
    """A condition on a custom field."""


def _filter() -> None:
    fields = Fields()
    fields.add("name", str, "The field: `loyaltyLevel`.")
    for operator, about in ABOUT.items():
        accepted: Any = Json
        if operator in ("in", "not_in"):
            accepted = of(list, Json)
        elif operator == "is_null":
            accepted = bool
        elif operator in ("starts_with", "contains"):
            accepted = str
        spelt = "in_" if operator == "in" else operator
        fields.maybe(spelt, accepted, about, **({"name": "in"} if operator == "in" else {}))
    about = "A condition on a custom field, compared as its type is. Every part must hold."
    fields.build(CustomFilter, strawberry.input, description=about)


_filter()
