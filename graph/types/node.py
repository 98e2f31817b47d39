"""The interface of everything that has an id (https://relay.dev/graphql/objectidentification.htm)."""

from __future__ import annotations

from typing import Any

import strawberry

from db.rows import ChangeRow, CommentRow, CompanyRow, PrincipalRow, TagRow
from db.saved_lists import SavedList

NAMES: dict[type, str] = {
    CompanyRow: "Company",
    CommentRow: "Comment",
    ChangeRow: "Change",
    TagRow: "Tag",
    SavedList: "List",
}


@strawberry.interface(description="Anything that can be fetched again by its id.")
class Node:
    id: strawberry.ID = strawberry.field(
        description="Globally unique. A record's is its number in the register as text; others "
        "carry their kind: `comment-42`."
    )

    @classmethod
    def resolve_type(cls, row: Any, *_: Any) -> str:
        if isinstance(row, PrincipalRow):
            return {"user": "User", "team": "Team"}.get(row["kind"], "System")
        for kind, name in NAMES.items():
            if isinstance(row, kind):
                return name
        return str(row.module.name)
