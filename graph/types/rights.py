"""What the viewer may do with a record, a field of it, and the records of a module."""

from __future__ import annotations

from asyncio import gather
from typing import Any

import strawberry
from strawberry import Info

from db.access import Viewer
from db.errors import Action
from db.suite import Module, module_of
from graph.context import operation
from graph.resolvers import editing, records


@strawberry.type(description="What the viewer may do with a record.")
class RecordRights:
    edit: bool = strawberry.field(description="Change its fields.")
    delete: bool = strawberry.field(description="Put it in the recycle bin.")
    comment: bool = strawberry.field(description="Leave a comment on it.")


@strawberry.type(description="What the viewer may do with a field.")
class FieldRights:
    edit: bool = strawberry.field(description="Write it.")


@strawberry.type(description="What the viewer may do with the records of a module that they see.")
class ModuleRights:
    create: bool = strawberry.field(description="Make new ones.")
    edit: bool = strawberry.field(
        description="Change them: those that are theirs, or shared to be written."
    )
    delete: bool = strawberry.field(description="Put such ones in the recycle bin.")
    export: bool = strawberry.field(description="Take them out as a file.")
    comment: bool = strawberry.field(description="Leave comments on them.")


def rights_in(viewer: Viewer, module: Module) -> ModuleRights:
    """What a profile leaves of what the module's records may be done to at all."""

    def may(action: Action) -> bool:
        written = action in ("create", "edit", "delete")
        return viewer.granted(action, module) and not (written and module.declared.by_actions)

    return ModuleRights(
        create=may("create"),
        edit=may("edit"),
        delete=may("delete"),
        export=may("export"),
        comment=may("comment"),
    )


async def rights_to_field(root: Any, info: Info) -> FieldRights:
    return FieldRights(edit=await editing.editable(root, info))


async def rights_on(root: Any, info: Info) -> RecordRights:
    viewer, module = operation(info).viewer, module_of(root)
    edit, delete = await gather(
        records.writable(root, info), records.writable(root, info, "delete")
    )
    return RecordRights(edit=edit, delete=delete, comment=viewer.may("comment", module, root))
