"""What of a record the viewer may write, field by field."""

from __future__ import annotations

from typing import Any

from strawberry import Info

from db.customs import customised
from graph.context import operation
from graph.resolvers.field_values import FieldOfRecord
from graph.resolvers.list_columns import Cell
from graph.resolvers.records import writable


async def editable(root: Any, info: Info) -> bool:
    """Whether the viewer may write the field. What is computed, past or summed up nobody writes;
    a cell over a relation is a field of another record.
    """
    if isinstance(root, Cell):
        own_field = root.column.over is None and root.column.part is None
        return own_field and await _editable(info, root.row, root.column.key)
    return type(root) is FieldOfRecord and await _editable(info, root.row, root.key)


async def _editable(info: Info, row: Any, key: str) -> bool:
    own, module = operation(info), row.module
    has = customised(own.viewer, module)
    if key != "owner" and (key not in has.facts or key in has.layout.readonly):
        return False
    document = await own.loaders.registered.load(row["document_id"]) if module.part else row
    return document is not None and await writable(document, info)
