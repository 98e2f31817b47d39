"""Documents already seen: parsed, measured and validated once, whoever sends them again.

What is kept holds no more than the document says: no variables, nothing of who asked. Documents
that were refused are not kept.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cachetools import LRUCache
from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    OperationDefinitionNode,
    get_operation_ast,
)
from strawberry.types.graphql import OperationType

from db.suite import Suite
from graph.cost import Asked, Cost
from graph.limits import Limits, introspects

KEPT: Final = 1_000_000
"""Characters of documents, the one unused for longest being forgotten first. Parsed they take about
a hundred times as many bytes.
"""
LONGEST: Final = 50_000
"""Characters of a document that is kept."""
COSTS: Final = 100
"""Costs kept of one document, by the variables that decide them."""


@dataclass(eq=False)
class Known:
    """A valid document. `asks` is a field by which it asks about the schema, if it does; `fields`,
    how many it has, fragments counted where spread; `length`, the characters of its text.
    """

    document: DocumentNode
    asks: FieldNode | None
    fields: int
    length: int
    deciding: dict[str | None, frozenset[str]] = field(default_factory=dict)
    costs: dict[Hashable, Asked] = field(default_factory=dict)
    kinds: dict[str | None, OperationType | None] = field(default_factory=dict)

    def kind(self, operation_name: str | None) -> OperationType | None:
        """What the operation meant is; None where there is none, or it is not said which."""
        if operation_name not in self.kinds:
            meant = [
                each.operation
                for each in self.document.definitions
                if isinstance(each, OperationDefinitionNode)
                and (operation_name is None or (each.name and each.name.value == operation_name))
            ]
            if len(self.kinds) >= COSTS:
                self.kinds.clear()
            only = OperationType(meant[0].value) if len(meant) == 1 else None
            self.kinds[operation_name] = only
        return self.kinds[operation_name]

    def cost(
        self,
        schema: GraphQLSchema,
        operation_name: str | None,
        variables: Mapping[str, Any],
        suite: Suite,
    ) -> Asked:
        """What an operation of it asks for."""
        deciding = self.deciding.get(operation_name)
        key: Hashable = None
        if deciding is not None:
            key = (operation_name, *(_size(variables.get(name, _size)) for name in deciding))
            if key in self.costs:
                return self.costs[key]
        operation = get_operation_ast(self.document, operation_name)
        assert operation is not None
        counting = Cost(schema, self.document, variables, suite)
        cost = counting.of(operation)
        self.deciding[operation_name] = deciding = frozenset(counting.consulted)
        key = (operation_name, *(_size(variables.get(name, _size)) for name in deciding))
        if len(self.costs) >= COSTS:
            self.costs.clear()
        self.costs[key] = cost
        return cost


def _size(value: Any) -> Hashable:
    """What of a variable decides a cost: a number, or the length of a list."""
    return ("list", len(value)) if isinstance(value, Sequence | dict) else value


class KnownDocuments:
    """Those of one process, by their text and what they were checked for."""

    def __init__(self) -> None:
        self._kept: LRUCache[tuple[str, Limits, bool], Known] = LRUCache(
            KEPT, getsizeof=lambda known: known.length
        )

    def get(self, text: str | None, limits: Limits, shows_schema: bool) -> Known | None:
        found: Known | None = self._kept.get((text or "", limits, shows_schema))
        return found

    def keep(
        self, text: str | None, limits: Limits, shows_schema: bool, node: DocumentNode, fields: int
    ) -> Known:
        known = Known(node, next(introspects(node), None), fields, len(text or ""))
        if text and len(text) <= LONGEST:
            self._kept[text, limits, shows_schema] = known
        return known
