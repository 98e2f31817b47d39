"""Saved lists as they are read: which there are, what each shows of which records."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from strawberry import UNSET, Info

from db import conditions, ordering, saved_lists
from db.access import Viewer
from db.customs import customised
from db.errors import BadFilter
from db.list_columns import ListColumn, shown_first
from db.listings import search_values
from db.reading import Wanted
from db.saved_lists import SavedList, SavedLists
from graph.context import Operation, operation
from graph.resolvers import list_columns
from graph.resolvers.list_columns import Cell, spelt
from graph.resolvers.lists import Connection, Edge, connect, searched, wanted_records
from graph.resolvers.naming import module_named
from graph.resolvers.parties import shares as shares_of
from graph.resolvers.records import numbered
from graph.resolvers.spelt import as_filter, as_order

EVERY: Final = "list-all-"


def list_id(root: SavedList) -> str:
    """`list-7`; `list-all-CustomerInvoice` for all records of a module."""
    return f"{EVERY}{root.module.name}" if root.id is None else f"list-{root.id}"


async def list_of(own: Operation, id: Any) -> SavedList | None:
    """The list of an id, if the viewer may see it."""
    _ = own.viewer
    found = fixed(own, id)
    number = None if found else numbered(id, "list")
    return found if number is None else await own.loaders.saved_list.load(number)


def fixed(own: Operation, id: Any) -> SavedList | None:
    """The list of all records that an id may be of."""
    if not str(id).startswith(EVERY):
        return None
    module = own.suite.get(str(id).removeprefix(EVERY))
    return None if module is None or module.part else SavedList(module)


async def one(info: Info, id: Any) -> SavedList | None:
    return await list_of(operation(info), id)


async def lists(
    info: Info,
    module: str | None = UNSET,
    search: str | None = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Connection:
    own = operation(info)
    _ = own.viewer
    prefix = searched(search)
    given_module = None if module is UNSET else module
    modules = own.suite.modules if given_module is None else [module_named(own.suite, given_module)]
    values = {
        **search_values(prefix),
        **saved_lists.among(each.name for each in modules),
    }
    listing = SavedLists(prefix is not None)
    digest = f"{given_module or ''} {prefix or ''}"
    return connect(info, listing, None, first, after, last, before, digest=digest, values=values)


async def edges(root: Connection) -> list[Edge]:
    suite = root.operation.suite
    return [Edge(root, row, saved_lists.of(row, suite)) for row in (await root.page()).rows]


async def nodes(root: Connection) -> list[SavedList]:
    return [edge.node for edge in await edges(root)]


def every(root: Any) -> SavedList:
    """All records of a module."""
    return SavedList(root.source)


async def default(root: Any, info: Info) -> SavedList:
    """The list of a module that the viewer sees first."""
    return await operation(info).loaders.default_list.load(root.source.name)


def name(root: SavedList, info: Info) -> str:
    return root.called(operation(info).language)


def module_name(root: SavedList) -> str:
    return root.module.name


def module_label(root: SavedList, info: Info) -> str:
    return root.module.plural.into(operation(info).language)


async def owner(root: SavedList, info: Info) -> Any:
    if root.owner_id is None:
        return None
    return await operation(info).loaders.principal.load(root.owner_id)


def mine(root: SavedList, info: Info) -> bool:
    return root.owner_id == operation(info).viewer.id


async def shares(root: SavedList, info: Info) -> Any:
    return await shares_of(info, "list", root.id, root.may_edit(operation(info).viewer))


async def is_default(root: SavedList, info: Info) -> bool:
    chosen = await operation(info).loaders.default_list.load(root.module.name)
    return chosen.id == root.id


def columns(own: Operation, of: SavedList) -> list[ListColumn]:
    """What a list shows of each record."""
    named = of.columns
    if named is None:
        named = [spelt(path) for path in shown_first(own.viewer, of.module)]
    return list_columns.columns(own.viewer, of.module, named)


def cells_of(root: SavedList, info: Info) -> list[Cell]:
    """The columns of a list, as cells of no record."""
    own = operation(info)
    return [Cell(None, each, own.language) for each in columns(own, root)]


def wanted(viewer: Viewer, of: SavedList, filter: Any, order_by: Any, search: str | None) -> Wanted:
    """The records of a list for which `filter` holds too, as JSON; in its order, unless in another.

    Raises BadFilter: of what the list itself asks and its module does not know (any more), so that
    it never shows more than it did.
    """
    module, having = of.module, partial(customised, viewer)
    try:
        kept = as_filter(module, of.filter)
        order = as_order(module, of.order_by)
        conditions.parse(module, kept, having)
        ordering.parse(module, order, having(module).hidden)
    except BadFilter as refusal:
        params = {name: each for name, each in refusal.params.items() if name != "argument"}
        raise BadFilter(("list", *refusal.path), refusal.message_key, **params) from None
    further = as_filter(module, filter)
    conditions.parse(module, further, having)
    if order_by is not UNSET and order_by is not None:
        order = as_order(module, order_by)
    both = [each for each in (kept, further) if each]
    return wanted_records(viewer, module, None, {"and": both} if both else None, order, search)


class ListRecords(Connection):
    """The records of a list, with the columns it shows of them."""

    __slots__ = ("columns",)

    columns: list[ListColumn]


async def records(
    root: SavedList,
    info: Info,
    filter: Any = UNSET,
    order_by: Any = UNSET,
    search: str | None = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Connection:
    asked = wanted(operation(info).viewer, root, filter, order_by, search)
    found = connect(
        info,
        asked.listing,
        None,
        first,
        after,
        last,
        before,
        digest=asked.digest,
        values=dict(asked.values),
    )
    made = ListRecords(found.operation, found.wanted, found.part, found.parent)
    made.columns = columns(found.operation, root)
    return made


def cells(root: Edge) -> list[Cell]:
    """What a record of a list shows in its columns."""
    connection: Any = root.connection
    language = connection.operation.language
    return [Cell(root.row, each, language) for each in connection.columns]
