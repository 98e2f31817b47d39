"""Single records, and what hangs on every record, whatever its module."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode
from strawberry import UNSET, Info

from db import permission, reading
from db.declare import Relation
from db.errors import Action, BadUserInput
from db.listings import LineItems, Register, search_values
from db.rollup import Feed
from db.rows import RegisterRow, Row
from db.suite import Module, module_of
from graph.context import operation
from graph.resolvers.lists import Edge, connect, searched
from graph.resolvers.naming import modules_named

Resolver = Callable[..., Awaitable[Any]]
GENERAL = ("Record", "Node")


def record_id(text: Any) -> int | None:
    """The id a client wrote; None for what can be no record's."""
    written = str(text)
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None


def numbered(text: Any, kind: str) -> int | None:
    """The number in a node id of another kind: 42 of `comment-42`."""
    written = str(text)
    return record_id(written.removeprefix(f"{kind}-")) if written.startswith(kind) else None


def one(module: Module, relation: Relation) -> Resolver:
    """The record `relation` points at, or None."""
    target = module.target(relation)

    async def resolve(root: Any, info: Info) -> Any:
        key = root[relation.foreign_key]
        return None if key is None else await operation(info).loaders.record(target).load(key)

    return resolve


def by_id_or_number(module: Module) -> Resolver:
    """One record of the module, by its id or by its number."""

    async def resolve(info: Info, id: Any = UNSET, number: str | None = UNSET) -> Any:
        own = operation(info)
        _ = own.viewer
        chosen = [each for each in (id, number) if each is not UNSET and each is not None]
        if len(chosen) != 1:
            raise BadUserInput(("id",), accepted="id | number")
        if id is not UNSET and id is not None:
            key = record_id(id)
            return None if key is None else await own.loaders.record(module).load(key)
        return await reading.record_by_number(own.reader, module, str(number))

    return resolve


async def reference(info: Info, id: int | None) -> Any:
    """A record of any module. Its own table is read only where its module is asked about.

    So the statements depend on the types a document names, not on the modules it meets.
    """
    if id is None:
        return None
    loaders = operation(info).loaders
    row = await loaders.registered.load(id)
    if row is None or row.module.name not in named_types(info):
        return row
    return await loaders.record(row.module).load(id)


def named_types(info: Info) -> set[str]:
    """The object types that a field's selection names in its fragments."""
    raw = info._raw_info
    sets = [node.selection_set for node in raw.field_nodes if node.selection_set]
    return set(_conditions(sets, raw.fragments, set()))


def _conditions(sets: list[SelectionSetNode], fragments: Any, seen: set[str]) -> Iterator[str]:
    for selections in sets:
        for node in selections.selections:
            if isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name in seen:
                    continue
                seen.add(name)
                fragment = fragments[name]
            elif isinstance(node, InlineFragmentNode):
                fragment = node
            elif isinstance(node, FieldNode):
                # A connection's nodes stand below `edges` and `nodes`.
                if node.name.value in ("edges", "node", "nodes") and node.selection_set:
                    yield from _conditions([node.selection_set], fragments, seen)
                continue
            condition = fragment.type_condition
            if condition is not None and condition.name.value not in GENERAL:
                yield condition.name.value
            yield from _conditions([fragment.selection_set], fragments, seen)


async def full(root: Any, info: Info) -> Any:
    """A record's row of its module's own table, read where it was reached by the register."""
    if isinstance(root, Row):
        return root
    return await operation(info).loaders.record(module_of(root)).load(root["id"])


def module_name(root: Any) -> str:
    return module_of(root).name


async def owner(root: Any, info: Info) -> Any:
    return await operation(info).loaders.principal.load(root["owner_id"])


async def created_by(root: Any, info: Info) -> Any:
    return await operation(info).loaders.principal.load(root["created_by_id"])


async def updated_by(root: Any, info: Info) -> Any:
    return await operation(info).loaders.principal.load(root["updated_by_id"])


async def company(root: Any, info: Info) -> Any:
    return await operation(info).loaders.company.load(root["company_id"])


async def writable(root: Any, info: Info, action: Action = "edit") -> bool:
    """Whether the viewer may change the record (restoring it is that too), or delete it."""
    own, module = operation(info), module_of(root)
    row = root
    may = own.viewer.may(action, module, root)
    if may and isinstance(root, RegisterRow) and permission.locks(module):
        row = {**root, "status": await own.loaders.status.load(root["id"])}
    return permission.refusal_of(own.viewer, module, row, action) is None


def lines(root: Any) -> LineItems:
    return LineItems(module_of(root).suite["LineItem"])


async def document(root: Any, info: Info) -> Any:
    return await reference(info, root["document_id"])


async def comments(
    root: Any,
    info: Info,
    roll_up: bool = False,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    flags = operation(info).viewer.roll_up_flags if roll_up else frozenset()
    listing = Feed(module_of(root), roll_up, flags)
    return connect(info, listing, root["id"], first, after, last, before)


async def mixed_nodes(root: Any, info: Info) -> Any:
    """The page's records, each from its own table where its module is asked about."""
    return [edge.node for edge in await mixed_edges(root, info)]


async def mixed_edges(root: Any, info: Info) -> Any:
    page = await root.page()
    named = named_types(info)
    loaders = operation(info).loaders

    async def edge(row: Any) -> Edge:
        module = row.module
        known = isinstance(row, Row) or module.name not in named
        node = row if known else await loaders.record(module).load(row["id"])
        return Edge(root, row, node)

    return await gather(*(edge(row) for row in page.rows))


async def record(info: Info, id: Any) -> Any:
    _ = operation(info).viewer
    return await reference(info, record_id(id))


async def records(
    info: Info,
    modules: list[str] | None = UNSET,
    search: str | None = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    own = operation(info)
    _ = own.viewer
    prefix = searched(search)
    every = modules is None or modules is UNSET
    wanted = [] if every else [each.name for each in modules_named(own.suite, modules)]
    listing = Register(own.suite.register, not every, prefix is not None)
    values: dict[str, Any] = {**search_values(prefix), **({} if every else {"modules": wanted})}
    digest = f"{','.join(wanted)} {prefix or ''}"
    return connect(info, listing, None, first, after, last, before, digest=digest, values=values)
