"""The global search: groups of hits over all modules."""

from __future__ import annotations

from typing import Any, Final

from strawberry import UNSET, Info

from db import searching
from db.customs import customised
from db.declare import Column
from db.display import shown
from db.errors import BadPage
from db.searching import Group, Hit
from db.suite import module_of
from graph import names
from graph.context import Operation, operation
from graph.resolvers.lists import searched
from graph.resolvers.naming import modules_named
from graph.resolvers.records import named_types

DEFAULT_HITS: Final = 5
MOST_HITS: Final = 20


async def search(
    info: Info, text: str, modules: list[str] | None = UNSET, first: int | None = DEFAULT_HITS
) -> Any:
    own = operation(info)
    _ = own.viewer
    size = DEFAULT_HITS if first is None or first is UNSET else first
    if not 1 <= size <= MOST_HITS:
        raise BadPage("first", maximum=MOST_HITS)
    wanted = modules_named(own.suite, modules)
    words = searched(text, "text")
    if words is None:
        return searching.NOTHING
    return await searching.search(own.reader, own.suite, words, wanted, size)


def module(root: Group) -> str:
    return root.module.name


def module_label(root: Group, info: Info) -> str:
    return root.module.plural.into(operation(info).language)


async def record(root: Hit, info: Info) -> Any:
    """The row of the register, or of the record's own table where its module is asked about."""
    found = module_of(root.row)
    if found.name not in named_types(info):
        return root.row
    return await operation(info).loaders.record(found).load(root.row["id"])


def matched_field(root: Hit) -> str:
    return names.camel(root.field)


def matched_label(root: Hit, info: Info) -> str:
    own = operation(info)
    column = _column(own, root)
    # A field deleted meanwhile has no label any more.
    return column.label.into(own.language) if column else matched_field(root)


def matched_text(root: Hit, info: Info) -> str:
    own = operation(info)
    column = _column(own, root)
    return (shown(column, root.text, own.style).display if column else root.text) or ""


def _column(own: Operation, hit: Hit) -> Column | None:
    """The column that a record was found by, as the viewer's company calls it."""
    has = customised(own.viewer, module_of(hit.row))
    fact = has.facts.get(hit.field) or has.module.all_columns.get(hit.field)
    return fact if isinstance(fact, Column) else None
