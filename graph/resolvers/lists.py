"""Connections (https://relay.dev/graphql/connections.htm) over any list of db/listings.py.

A connection reads nothing by itself: its page, its count and its aggregates are each read where
they are selected, for all parents together.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Final, Protocol

from strawberry import UNSET, Info

from db import conditions, ordering, paging
from db.access import Viewer
from db.customs import customised
from db.errors import BadUserInput
from db.kinds import Invalid, text
from db.listings import COUNT, Listing, Records, search_values
from db.paging import Slice, position_of
from db.reading import Page, Wanted
from db.suite import Module, Tab
from graph.context import Operation, operation
from graph.loaders.lists import ROOT
from graph.resolvers.given import given

Resolver = Callable[..., Awaitable[Any]]

MAX_SEARCH: Final = 500
"""Characters to search for: no title is longer."""


class Connection:
    """One list of one parent, and the part of it asked for."""

    __slots__ = ("operation", "parent", "part", "wanted")

    def __init__(self, operation: Operation, wanted: Wanted, part: Slice, parent: int) -> None:
        self.operation = operation
        self.wanted = wanted
        self.part = part
        self.parent = parent

    async def page(self) -> Page:
        return await self.operation.loaders.page(self.wanted, self.part).load(self.parent)

    async def measure(self, function: str, column: str) -> Any:
        if self.hides(column):
            return None
        loader = self.operation.loaders.measure(self.wanted)
        return await loader.load((self.parent, (function, column)))

    def hides(self, column: str) -> bool:
        """Whether the viewer may not read a column of the list's module."""
        module = getattr(self.wanted.listing, "module", None)
        masked = self.operation.viewer.scope.masked
        return module is not None and (module.name, column) in masked

    def cursor(self, row: Any) -> str:
        return self.operation.cursors.write(self.wanted.scope, position_of(row))


class Edge:
    """A row at its place in a list."""

    __slots__ = ("connection", "node", "row")

    def __init__(self, connection: Connection, row: Any, node: Any = None) -> None:
        self.connection = connection
        self.row = row
        self.node = row if node is None else node

    @property
    def cursor(self) -> str:
        return self.connection.cursor(self.row)


class Measured(Protocol):
    """What is summed up: a whole list, or a group of it."""

    async def measure(self, function: str, column: str) -> Any: ...


class Aggregate:
    """One function over a list or a group, its columns to be named."""

    __slots__ = ("connection", "function")

    def __init__(self, connection: Measured, function: str) -> None:
        self.connection = connection
        self.function = function


def connect(
    info: Info,
    listing: Listing,
    parent: int | None,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
    *,
    digest: str = "",
    values: dict[str, Any] | None = None,
) -> Connection:
    """The connection asked for. Raises BadPage, BadCursor, and Unauthenticated for nobody."""
    own = operation(info)
    first, last = (None if each is UNSET else each for each in (first, last))
    after, before = (None if each is UNSET else each for each in (after, before))
    _ = own.viewer
    wanted = Wanted(listing, digest, values or {})
    positions = [
        None if cursor is None else own.cursors.read(wanted.scope, cursor, argument)
        for cursor, argument in ((after, "after"), (before, "before"))
    ]
    return Connection(own, wanted, paging.chosen(first, last, *positions), parent or ROOT)


def connect_records(
    info: Info,
    module: Module,
    tab: Tab | None,
    parent: int | None,
    *,
    filter: Any,
    order_by: Any,
    search: str | None,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> Connection:
    """A connection of a module's records, all or those in a tab. Raises BadFilter too."""
    viewer = operation(info).viewer  # nobody learns first that their filter is wrong
    wanted = wanted_records(viewer, module, tab, given(filter), given(order_by), search)
    return connect(
        info,
        wanted.listing,
        parent,
        first,
        after,
        last,
        before,
        digest=wanted.digest,
        values=dict(wanted.values),
    )


def wanted_records(
    viewer: Viewer,
    module: Module,
    tab: Tab | None,
    filter: Any,
    order_by: Any,
    search: str | None,
) -> Wanted:
    """A module's records, all or those in a tab, filter and order by Python name. Raises BadFilter,
    BadUserInput.
    """
    asked = conditions.parse(module, filter, partial(customised, viewer))
    order = ordering.parse(module, order_by, customised(viewer, module).hidden)
    prefix = searched(search)
    listing = Records(module, tab, asked.shape, order, prefix is not None)
    values = {**asked.values, **search_values(prefix)}
    return Wanted(listing, f"{asked.digest} {prefix or ''}", values)


def searched(asked: str | None, argument: str = "search") -> str | None:
    """What to search for; None for nothing, or nothing but spaces. Raises BadUserInput."""
    if asked is UNSET or asked is None:
        return None
    try:
        return text(asked.strip(), MAX_SEARCH) or None
    except Invalid as wrong:
        params: dict[str, Any] = {"label": argument, **wrong.params}
        raise BadUserInput((argument,), wrong.code, **params) from None


def listing(module: Module) -> Resolver:
    """A page of all the module's records."""

    async def resolve(
        info: Info,
        filter: Any = UNSET,
        order_by: Any = UNSET,
        search: str | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> Any:
        return connect_records(
            info,
            module,
            None,
            None,
            filter=filter,
            order_by=order_by,
            search=search,
            first=first,
            after=after,
            last=last,
            before=before,
        )

    return resolve


def tabbed(tab: Tab) -> Resolver:
    """A page of the records in a tab of this one."""

    async def resolve(
        root: Any,
        info: Info,
        filter: Any = UNSET,
        order_by: Any = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> Any:
        return connect_records(
            info,
            tab.module,
            tab,
            root["id"],
            filter=filter,
            order_by=order_by,
            search=None,
            first=first,
            after=after,
            last=last,
            before=before,
        )

    return resolve


def plain(made: Callable[[Any], Listing]) -> Resolver:
    """A page of a list of this record that takes no filter, such as its history."""

    async def resolve(
        root: Any,
        info: Info,
        first: int | None = UNSET,
        after: str | None = UNSET,
        last: int | None = UNSET,
        before: str | None = UNSET,
    ) -> Any:
        return connect(info, made(root), root["id"], first, after, last, before)

    return resolve


async def edges(root: Any) -> Sequence[Edge]:
    page = await root.page()
    return [Edge(root, row) for row in page.rows]


async def nodes(root: Any) -> Sequence[Any]:
    page: Page = await root.page()
    return page.rows


class PageInfo:
    """Where a page stands in its list."""

    __slots__ = ("connection", "page")

    def __init__(self, connection: Connection, page: Page) -> None:
        self.connection = connection
        self.page = page

    @property
    def has_next_page(self) -> bool:
        return self.page.has_next

    @property
    def has_previous_page(self) -> bool:
        return self.page.has_previous

    @property
    def start_cursor(self) -> str | None:
        return self.connection.cursor(self.page.rows[0]) if self.page.rows else None

    @property
    def end_cursor(self) -> str | None:
        return self.connection.cursor(self.page.rows[-1]) if self.page.rows else None


async def page_info(root: Any) -> PageInfo:
    return PageInfo(root, await root.page())


async def total_count(root: Any) -> int:
    found: int = await root.measure(*COUNT)
    return found


def aggregate(root: Any) -> Any:
    """The connection itself: aggregates are of the list, whatever its page."""
    return root


def function(name: str) -> Callable[[Any], Any]:
    def resolve(root: Any) -> Aggregate:
        return Aggregate(root, name)

    return resolve


def measured(column: str) -> Resolver:
    async def resolve(root: Any) -> Any:
        return await root.connection.measure(root.function, column)

    return resolve
