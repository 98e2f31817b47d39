"""How much an operation asks for, before anything is read: nodes, counted along the document, and
the values of all of them.

Each list counts as many nodes as its page holds, times those of the lists around it; a field that
points at one record counts one. One pass, each fragment counted once, so that the time is linear
in the document (fragments spread in fragments would double it otherwise).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
)

from db.grouping import DEFAULT_GROUPS, MAX_GROUPS
from db.paging import DEFAULT_PAGE, MAX_PAGE
from db.suite import Suite

PAGED: Final = (DEFAULT_PAGE, MAX_PAGE)
GROUPED: Final = (DEFAULT_GROUPS, MAX_GROUPS)
"""How much a connection, and a list of groups, gives: unless asked, and at most."""
SEARCHED: Final = "SearchResult"
"""The type of what holds a page for each module."""


class Asked(NamedTuple):
    """How much is asked for; `values` are those of fields without a selection."""

    nodes: int = 0
    values: int = 0

    def plus(self, other: Asked) -> Asked:
        return Asked(self.nodes + other.nodes, self.values + other.values)

    def times(self, count: int) -> Asked:
        return Asked(self.nodes * count, self.values * count)


class Cost:
    """Counts one operation of a valid document."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        variables: Mapping[str, Any],
        suite: Suite,
    ) -> None:
        self.schema = schema
        self.suite = suite
        self.variables = variables
        self.consulted: set[str] = set()
        """The variables that were looked at: the cost hangs on them alone."""
        self.fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self._counted: dict[str, Asked] = {}

    def of(self, operation: OperationDefinitionNode) -> Asked:
        """What the operation asks for."""
        self.defaults = {
            each.variable.name.value: each.default_value
            for each in operation.variable_definitions or ()
            if each.default_value is not None
        }
        root = self.schema.get_root_type(operation.operation)
        return self._selected(operation.selection_set, root)

    def _selected(self, selections: SelectionSetNode | None, parent: Any) -> Asked:
        total = Asked()
        for node in selections.selections if selections else ():
            if isinstance(node, FieldNode):
                total = total.plus(self._field(node, parent))
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                on = self.schema.get_type(condition.name.value) if condition else parent
                total = total.plus(self._selected(node.selection_set, on))
            elif isinstance(node, FragmentSpreadNode):
                total = total.plus(self._spread(node.name.value))
        return total

    def _spread(self, name: str) -> Asked:
        if name not in self._counted:
            fragment = self.fragments[name]
            on = self.schema.get_type(fragment.type_condition.name.value)
            self._counted[name] = self._selected(fragment.selection_set, on)
        return self._counted[name]

    def _field(self, node: FieldNode, parent: Any) -> Asked:
        fields = getattr(parent, "fields", {})
        declared = fields.get(node.name.value)
        if node.selection_set is None:
            return Asked(values=1)
        if declared is None:
            return Asked()
        type_ = get_named_type(declared.type)
        below = self._selected(node.selection_set, type_)
        if node.name.value == "tabs" and type_.name == "RelationTab":
            return below.times(self._tabs(parent))
        if "first" in declared.args:
            bounds = GROUPED if isinstance(get_nullable_type(declared.type), GraphQLList) else PAGED
            pages = 1
            if type_.name == SEARCHED:
                pages, bounds = (
                    self._modules(node),
                    (declared.args["first"].default_value, MAX_PAGE),
                )
            return Asked(1).plus(below).times(pages * self._page(node, *bounds))
        if "ids" in declared.args:
            return Asked(1).plus(below).times(self._length(node))
        counted = self._is_node(type_) and node.name.value not in ("node", "nodes")
        return below.plus(Asked(int(counted)))

    def _tabs(self, parent: Any) -> int:
        """The tabs that a record has; the most that any has where its module is not known."""
        known = self.suite.get(parent.name)
        modules = self.suite.modules if known is None else (known,)
        return max(len(module.tabs) for module in modules)

    def _is_node(self, type_: Any) -> bool:
        if isinstance(type_, GraphQLInterfaceType) and type_.name == "Node":
            return True
        return isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and any(
            each.name == "Node" for each in type_.interfaces
        )

    def _modules(self, node: FieldNode) -> int:
        """How many pages a search may give: one for each module named, else for each there is."""
        for each in node.arguments or ():
            if each.name.value == "modules" and self._listed(each.value) is not None:
                return max(1, self._listed(each.value) or 0)
        every = self.schema.get_type("Record")
        assert isinstance(every, GraphQLInterfaceType)
        return len(self.schema.get_possible_types(every))

    def _page(self, node: FieldNode, default: int, most: int) -> int:
        sizes = [
            self._int(each.value)
            for each in node.arguments or ()
            if each.name.value in ("first", "last")
        ]
        given = [size for size in sizes if size is not None]
        # What is out of bounds is refused where it is read; here it only must not count less.
        return max(1, min(max(given), most)) if given else default

    def _int(self, value: Any) -> int | None:
        found = self._value(value)
        if isinstance(found, IntValueNode):
            return int(found.value)
        return found if isinstance(found, int) else None

    def _length(self, node: FieldNode) -> int:
        lengths = [self._listed(each.value) for each in node.arguments or ()]
        return next((each for each in lengths if each is not None), 1)

    def _listed(self, value: Any) -> int | None:
        """How many a list holds; None where it is none."""
        found = self._value(value)
        if isinstance(found, ListValueNode):
            return len(found.values)
        return len(found) if isinstance(found, list) else None

    def _value(self, value: Any) -> Any:
        if not isinstance(value, VariableNode):
            return value
        name = value.name.value
        self.consulted.add(name)
        return self.variables[name] if name in self.variables else self.defaults.get(name)
