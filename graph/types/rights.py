"""What the viewer may do with a record."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from db.suite import module_of
from graph.context import operation


@strawberry.type(description="What the viewer may do with a record.")
class RecordRights:
    edit: bool = strawberry.field(description="Change its fields.")
    delete: bool = strawberry.field(description="Put it in the recycle bin.")
    comment: bool = strawberry.field(description="Leave a comment on it.")


def rights_on(root: Any, info: Info) -> RecordRights:
    declared = module_of(root).declared
    writes = operation(info).viewer.owns(root) and not declared.by_actions
    return RecordRights(edit=writes, delete=writes, comment=True)
