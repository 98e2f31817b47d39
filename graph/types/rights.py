"""What the viewer may do with a record."""

from __future__ import annotations

from asyncio import gather
from typing import Any

import strawberry
from strawberry import Info

from db.suite import module_of
from graph.context import operation
from graph.resolvers import records


@strawberry.type(description="What the viewer may do with a record.")
class RecordRights:
    edit: bool = strawberry.field(description="Change its fields.")
    delete: bool = strawberry.field(description="Put it in the recycle bin.")
    comment: bool = strawberry.field(description="Leave a comment on it.")


async def rights_on(root: Any, info: Info) -> RecordRights:
    viewer, module = operation(info).viewer, module_of(root)
    edit, delete = await gather(
        records.writable(root, info), records.writable(root, info, "delete")
    )
    return RecordRights(edit=edit, delete=delete, comment=viewer.may("comment", module, root))
