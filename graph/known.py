"""Documents already seen: parsed, measured and validated once, whoever sends them again.

What is kept holds no more than the document says: no variables, nothing of who asked. Documents
that were refused are not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import DocumentNode, FieldNode, GraphQLSchema, get_operation_ast

from db.suite import Suite
from graph.cost import Cost
from graph.limits import Limits, introspects

KEPT: Final = 1_000
"""Documents, the one unused for longest being forgotten first."""
LONGEST: Final = 50_000
"""Characters of a document that is kept."""
COSTS: Final = 100
"""Costs kept of one document, by the variables that decide them."""


@dataclass(eq=False)
class Known:
    """A valid document. `asks` is a field by which it asks about the schema, if it does."""

    document: DocumentNode
    asks: FieldNode | None
    deciding: dict[str | None, frozenset[str]] = field(default_factory=dict)
    costs: dict[Hashable, int] = field(default_factory=dict)

    def cost(
        self,
        schema: GraphQLSchema,
        operation_name: str | None,
        variables: Mapping[str, Any],
        suite: Suite,
    ) -> int:
        """The nodes that an operation of it asks for."""
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
        self._kept: OrderedDict[Hashable, Known] = OrderedDict()

    def get(self, text: str | None, limits: Limits, shows_schema: bool) -> Known | None:
        key = (text, limits, shows_schema)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keep(
        self, text: str | None, limits: Limits, shows_schema: bool, node: DocumentNode
    ) -> Known:
        known = Known(node, next(introspects(node), None))
        if text and len(text) <= LONGEST:
            self._kept[text, limits, shows_schema] = known
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known
