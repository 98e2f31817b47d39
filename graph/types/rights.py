"""What the viewer may do with a record."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from graph.resolvers import records


@strawberry.type(description="What the viewer may do with a record.")
class RecordRights:
    edit: bool = strawberry.field(description="Change its fields.")
    delete: bool = strawberry.field(description="Put it in the recycle bin.")
    comment: bool = strawberry.field(description="Leave a comment on it.")


async def rights_on(root: Any, info: Info) -> RecordRights:
    writes = await records.writable(root, info)
    return RecordRights(edit=writes, delete=writes, comment=True)
