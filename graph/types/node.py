"""The interface of everything that has an id (https://relay.dev/graphql/objectidentification.htm)."""

from __future__ import annotations

from typing import Any

import strawberry

from db.rows import ChangeRow, CommentRow, CompanyRow, PrincipalRow
from db.saved_lists import SavedList


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
        for kind, name in ((CompanyRow, "Company"), (CommentRow, "Comment"), (ChangeRow, "Change")):
            if isinstance(row, kind):
                return name
        if isinstance(row, SavedList):
            return "List"
        return str(row.module.name)
