"""What a document selects below a field: for reads that must know before they begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionSetNode,
)
from strawberry import Info

from db.suite import Module
from graph import names


def selected(info: Info[Any, Any]) -> dict[str, set[str]]:
    """The fields selected on what the resolver gives, each with those selected on it in turn.

    Those that a directive may leave out are among them. Linear in the document: in one place each
    fragment is looked into once.
    """
    raw = info._raw_info
    found: dict[str, set[str]] = {}
    for node in _fields(raw, raw.field_nodes):
        below = found.setdefault(node.name.value, set())
        below.update(each.name.value for each in _fields(raw, [node]))
    return found


NAMED: Final = frozenset(("__typename", "id", "number", "title", "version"))
"""What whoever has written a record knows of it."""


def plain(info: Info[Any, Any], module: Module, *, named: bool = False) -> bool:
    """Whether the payload of a mutation on a record asks for columns of the record alone, and of
    the change for what the entry itself holds: then one statement reads all of it. None has to
    where it asks for no more than how the record is `named`.
    """
    allowed = _plain(module, named)
    return all(name in allowed and below <= allowed[name] for name, below in selected(info).items())


@lru_cache(maxsize=512)
def _plain(module: Module, named: bool) -> dict[str, frozenset[str]]:
    columns = () if named else ("created_at", "updated_at", *module.columns)
    return {
        "__typename": frozenset(),
        "errors": frozenset(("__typename", "path", "code", "message")),
        "change": frozenset(("__typename", "id", "at", "operation", "origin")),
        names.camel(names.one(module)): NAMED.union(map(names.camel, columns)),
    }


def _fields(raw: GraphQLResolveInfo[Any], nodes: Iterable[FieldNode]) -> Iterator[FieldNode]:
    seen: set[str] = set()
    waiting: list[SelectionSetNode | None] = [node.selection_set for node in nodes]
    while waiting:
        selections = waiting.pop()
        for each in selections.selections if selections else ():
            if isinstance(each, FieldNode):
                yield each
            elif isinstance(each, InlineFragmentNode):
                waiting.append(each.selection_set)
            elif isinstance(each, FragmentSpreadNode) and each.name.value not in seen:
                seen.add(each.name.value)
                waiting.append(raw.fragments[each.name.value].selection_set)
