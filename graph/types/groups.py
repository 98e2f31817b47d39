"""What lists are grouped by, and what the groups say of it. The groups are aggregates."""

from __future__ import annotations

import strawberry

from db.grouping import DEFAULT_GROUPS, MAX_GROUPS, MAX_KEYS, Period
from db.kinds import Json
from graph.resolvers import field_values
from graph.types.compare import Direction
from graph.types.fields import resolved
from graph.types.scalars import labelled_enum

GROUPS = (
    "The whole list in groups of records that hold the same, each summed up. Those without a value "
    "are one group, the last; a related record that the viewer may not see counts as none."
)
BY = f"What the records of a group have alike, 1 to {MAX_KEYS} fields."
FIRST_GROUPS = f"How many groups, 1 to {MAX_GROUPS:,}; `groupCount` says how many there are."
GROUP_ORDER = f"By the keys in turn unless given. The first {DEFAULT_GROUPS} unless `first` is."
BY_CURRENCY = 'Short for `groups(by: [{field: "currency"}])`: amounts add up in each currency.'
KEYS = "What the group's records have alike, in the order of `by`; empty for a whole list."
GROUP_COUNT = "Of a group: how many groups there are in all, beyond `first` too. Else null."

labelled_enum(Period)


@strawberry.input(description="A field to make groups by.")
class GroupBy:
    field: str = strawberry.field(
        description="A key field, a relation, `owner`, `currency` or `createdAt`."
    )
    every: Period | None = strawberry.field(
        description="The period that dates are gathered in; moments, by the viewer's clock. "
        "Unless given, only what is equal makes a group.",
        default=strawberry.UNSET,
    )


@strawberry.input(one_of=True, description="What groups are ordered by; ties by their keys.")
class GroupOrder:
    key: Direction | None = strawberry.field(
        description="Their keys in turn: dates in time, records and people by name.",
        default=strawberry.UNSET,
    )
    count: Direction | None = strawberry.field(
        description="How many records they have.", default=strawberry.UNSET
    )
    sum: str | None = strawberry.field(
        description="The sum of this field, the greatest first.", default=strawberry.UNSET
    )


@strawberry.type(description="A field by which groups are made, and what the group holds in it.")
class GroupKey:
    name: str = strawberry.field(description="The field, as this schema calls it: `issuedOn`.")
    label: str = strawberry.field(description="The field, as the viewer reads it.")
    value: Json | None = resolved(
        field_values.value,
        "What the records hold: the name of an enum's value, an ISO date (of a period: its first "
        "day), a decimal as a string, an id. Null for nothing, and for a related record that the "
        "viewer may not see.",
    )
    display: str | None = resolved(
        field_values.display,
        "The same for people: in the viewer's language and formats, records by their titles.",
    )
