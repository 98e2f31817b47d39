"""What a document selects below a field: for reads that must know before they begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionSetNode,
)
from strawberry import Info


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
