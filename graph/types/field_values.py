"""A field of a record as a page draws it, whatever the module: what to call it, what it holds."""

from __future__ import annotations

import strawberry

from db.kinds import Json
from graph.resolvers import field_values
from graph.types.fields import resolved
from graph.types.rights import FieldRights, rights_to_field


@strawberry.type(description="A field of a record and what it holds, for any module alike.")
class FieldValue:
    name: str = strawberry.field(description="The field, as this schema calls it: `dueOn`.")
    label: str = strawberry.field(description="The field, as the viewer reads it.")
    type: str = strawberry.field(
        description="Its scalar or enum, `Date`; for a relation or links the module they lead to, "
        "`CustomerAccount`; for people `Actor`."
    )
    value: Json | None = resolved(
        field_values.value,
        "What it holds: the name of an enum's value, an ISO date, a decimal as a string, the id of "
        "a relation's record, the ids of links (the newest 100). Null for nothing, and for a "
        "record that the viewer may not see.",
    )
    display: str | None = resolved(
        field_values.display,
        "The same for people: in the viewer's language and formats; records by their titles.",
    )
    viewer_can: FieldRights = resolved(
        rights_to_field, "What the viewer may do with it, as long as its record is as it is."
    )
