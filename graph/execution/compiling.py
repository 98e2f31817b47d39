"""From a selection to the levels that are read for it and the tree of its answer.

What a field means follows from the declaration of its module, as its resolver does. A field that
has no meaning here raises Unsupported, and its root field is left to graphql-core.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    is_leaf_type,
)
from graphql.execution.collect_fields import FieldDetailsList, collect_subfields

from db.declare import Column
from db.listings import COUNT
from db.suite import Module, Suite
from graph import names
from graph.execution import leaves
from graph.execution.answers import (
    Connection,
    Constant,
    Cursor,
    Expression,
    Measured,
    Nodes,
    Object,
    PageInfo,
    Parts,
    Prefixed,
    Single,
    Value,
    Via,
)
from graph.execution.leaves import Leaf
from graph.execution.levels import (
    COMPANY,
    PRINCIPAL,
    Level,
    Numbered,
    One,
    Outside,
    Plain,
    Registered,
    Rows,
    Total,
)

TEXT: Final = leaves.of_type(GraphQLString)
GENERAL: Final = ("Record", "Node")
COMMON: Final = ("number", "title", "created_at", "updated_at", "version")
PEOPLE: Final = {"owner": "owner_id", "created_by": "created_by_id", "updated_by": "updated_by_id"}
FIXED: Final = frozenset({"first", "last", "rollUp"})
"""Arguments that mean the same for all who roll up the same relations."""


class Unsupported(Exception):
    """What is left to graphql-core."""


@dataclass(eq=False)
class Field:
    """A field of a connection, to be asked by its own resolver what its arguments mean."""

    definition: GraphQLField
    parent: GraphQLObjectType
    details: FieldDetailsList
    module: Module | None
    """Of the records it is a field of; None at the root and for comments."""
    fixed: bool
    """Whether its arguments mean the same whoever asks, whatever the variables."""


@dataclass(eq=False)
class Root:
    """One root field: what is read first, and what is made of it."""

    key: str
    answer: Single | Connection
    levels: list[Level] = field(default_factory=list)
    by_id: FieldDetailsList | None = None
    """Of a single record: the field whose arguments name it."""


@dataclass(eq=False)
class Compiled:
    """What a selection was compiled to: its root fields, and the connections in them."""

    roots: list[Root] = field(default_factory=list)
    connections: list[Field] = field(default_factory=list)
    places: int = 0


class Compiler:
    """Compiles one operation's root fields for one way that its directives decide."""

    def __init__(self, schema: GraphQLSchema, suite: Suite, executor: Any) -> None:
        self.schema = schema
        self.suite = suite
        self.executor = executor
        self.done = Compiled()

    def root(self, key: str, details: FieldDetailsList) -> Root:
        """Compile one root field of the query. Raises Unsupported."""
        kept = self.done.places, len(self.done.connections)
        try:
            made = self._root(key, details)
        except Unsupported:
            self.done.places = kept[0]
            del self.done.connections[kept[1] :]
            raise
        self.done.roots.append(made)
        return made

    def _root(self, key: str, details: FieldDetailsList) -> Root:
        query = self.schema.query_type
        assert query is not None
        definition = query.fields.get(details[0].node.name.value)
        if definition is None:  # of introspection
            raise Unsupported(key)
        type_ = get_named_type(definition.type)
        module = self.suite.get(type_.name)
        if module is not None and set(definition.args) == {"id", "number"}:
            given = {each.name.value for each in details[0].node.arguments or ()}
            level: Level = (Numbered if given == {"number"} else One)(self._place(), module=module)
            if len(given) != 1:
                raise Unsupported(key)
            answer = Single(level, {None: self._record(module, details, level)})
            return Root(key, answer, [level], by_id=details)
        if self._listed(type_) is None or definition.args.keys() - LISTED:
            raise Unsupported(key)
        connection = self._connection(query, definition, details, None, 0, None)
        levels = [connection.rows, connection.total, connection.outside]
        return Root(key, connection, [each for each in levels if each is not None])

    def _place(self) -> int:
        self.done.places += 1
        return self.done.places - 1

    def _listed(self, type_: Any) -> Module | None:
        """The module whose connection a type is."""
        name = type_.name.removesuffix("Connection")
        return self.suite.get(name) if name != type_.name else None

    def _fields(
        self, type_: GraphQLObjectType, details: FieldDetailsList
    ) -> Iterator[tuple[str, str | None, GraphQLField | None, FieldDetailsList]]:
        """Of a selection: response key, Python name, definition and nodes; None for __typename."""
        executor = self.executor
        collected = collect_subfields(
            self.schema,
            executor.fragments,
            executor.variable_values,
            executor.operation,
            type_,
            details,
        )
        if collected.new_defer_usages:
            raise Unsupported("@defer")
        for key, nodes in collected.grouped_field_set.items():
            name = nodes[0].node.name.value
            if name == "__typename":
                yield key, None, None, nodes
                continue
            definition = type_.fields[name]
            yield key, python_name(definition), definition, nodes

    # Records

    def _record(self, module: Module, details: FieldDetailsList, level: Level) -> Object:
        type_ = self.schema.get_type(names.node(module))
        assert isinstance(type_, GraphQLObjectType)
        made: dict[str, Expression] = {}
        for key, name, definition, nodes in self._fields(type_, details):
            made[key] = (
                Constant(type_.name)
                if name is None or definition is None
                else self._of_record(module, name, definition, type_, nodes, level)
            )
        if not level.picked:
            level.pick("id")
        return Object(made)

    def _of_record(
        self,
        module: Module,
        name: str,
        definition: GraphQLField,
        type_: GraphQLObjectType,
        nodes: FieldDetailsList,
        level: Level,
    ) -> Expression:
        named = get_named_type(definition.type)
        if name == "id":
            column = level.pick("id")
            return Prefixed("line", column) if module.part else Value(column, leaves.ID)
        if name == "module" and not module.part:
            return Constant(module.name)
        if name in module.all_columns:
            return self._column(module.all_columns[name], named, nodes, level)
        if name in COMMON and is_leaf_type(named):
            return Value(level.pick(name), leaves.of_type(named))
        if name in module.relations:
            relation = module.relations[name]
            key = level.pick(relation.foreign_key)
            target = module.target(relation)
            below = One(self._place(), level, key, module=target)
            return Single(below, {None: self._record(target, nodes, below)})
        if name in PEOPLE and not module.part:
            return self._person(level, level.pick(PEOPLE[name]), nodes)
        if name == "company" and not module.part:
            below_ = Plain(self._place(), level, level.pick("company_id"), table=COMPANY)
            return Single(below_, {None: self._company(nodes, below_)})
        if name in module.tabs or name in ("line_items", "comments"):
            return self._connection(type_, definition, nodes, level, level.pick("id"), module)
        raise Unsupported(name)

    def _column(
        self, column: Column, type_: Any, nodes: FieldDetailsList, level: Level
    ) -> Expression:
        if not is_leaf_type(type_):
            return self._parts(type_, nodes, level.pick(column.name))
        leaf = leaves.of_column(column, type_)
        return Value(level.pick(column.name, leaf.as_text), leaf)

    def _parts(self, type_: Any, nodes: FieldDetailsList, column: int) -> Expression:
        fields: dict[str, tuple[str | None, str]] = {}
        for key, name, definition, _ in self._fields(type_, nodes):
            if definition is not None and get_named_type(definition.type).name != "String":
                raise Unsupported(key)
            fields[key] = (name, type_.name)
        return Parts(column, fields)

    # People and companies

    def _person(self, above: Level, key: int, nodes: FieldDetailsList) -> Expression:
        level = Plain(self._place(), above, key, table=PRINCIPAL)
        id_, kind, title = (level.pick(name) for name in ("id", "kind", "name"))
        objects: dict[str | None, Object] = {}
        for stored, type_name in (("user", "User"), ("team", "Team"), ("system", "System")):
            type_ = self.schema.get_type(type_name)
            assert isinstance(type_, GraphQLObjectType)
            made: dict[str, Expression] = {}
            for response, name, _, _ in self._fields(type_, nodes):
                if name is None:
                    made[response] = Constant(type_name)
                elif name == "id":
                    made[response] = Prefixed(stored, id_)
                elif name == "name":
                    made[response] = Value(title, TEXT)
                else:
                    raise Unsupported(name)
            objects[stored] = Object(made)
        return Single(level, objects, kind)

    def _company(self, nodes: FieldDetailsList, level: Level) -> Object:
        type_ = self.schema.get_type("Company")
        assert isinstance(type_, GraphQLObjectType)
        id_ = level.pick("id")
        made: dict[str, Expression] = {}
        for key, name, definition, _ in self._fields(type_, nodes):
            if name is None or definition is None:
                made[key] = Constant("Company")
            elif name == "id":
                made[key] = Prefixed("company", id_)
            elif is_leaf_type(get_named_type(definition.type)) and name in COMPANY.c:
                made[key] = Value(level.pick(name), of_field(definition))
            else:
                raise Unsupported(name)
        return Object(made)

    # Records of any module, as the register has them

    def _reference(self, above: Level, key: int, nodes: FieldDetailsList) -> Expression:
        """A record whose module its row tells. Raises Unsupported where fragments name one."""
        for node in nodes:
            check_general(node.node.selection_set, self.executor.fragment_definitions, set())
        level = Registered(self._place(), above, key)
        level.pick("id")
        switch = level.pick("module")
        sample = next(iter(self.suite.modules))
        one = self._registered(sample, nodes, level)
        typed = [key for key, made in one.fields.items() if isinstance(made, Constant)]
        if not typed:
            return Single(level, {None: one})
        objects: dict[str | None, Object] = {
            module.name: Object(
                {
                    key: Constant(names.node(module)) if key in typed else made
                    for key, made in one.fields.items()
                }
            )
            for module in self.suite.modules
        }
        return Single(level, objects, switch)

    def _registered(self, module: Module, nodes: FieldDetailsList, level: Level) -> Object:
        type_ = self.schema.get_type(names.node(module))
        assert isinstance(type_, GraphQLObjectType)
        made: dict[str, Expression] = {}
        for key, name, definition, below in self._fields(type_, nodes):
            if name is None or definition is None:
                made[key] = Constant(type_.name)
            elif name == "id":
                made[key] = Value(level.pick("id"), leaves.ID)
            elif name == "module":
                made[key] = Value(level.pick("module"), TEXT)
            elif name in COMMON:
                made[key] = Value(level.pick(name), of_field(definition))
            elif name in PEOPLE:
                made[key] = self._person(level, level.pick(PEOPLE[name]), below)
            else:
                raise Unsupported(name)
        return Object(made)

    # Connections

    def _connection(
        self,
        parent: GraphQLObjectType,
        definition: GraphQLField,
        nodes: FieldDetailsList,
        above: Level | None,
        key: int,
        module: Module | None,
    ) -> Connection:
        type_ = get_named_type(definition.type)
        assert isinstance(type_, GraphQLObjectType)
        number = len(self.done.connections)
        self.done.connections.append(Field(definition, parent, nodes, module, fixed(nodes)))
        made = Connection(number)
        builder = _Page(self, made, above, key, number)
        node = type_.fields.get("nodes")
        if node is None or not isinstance(get_named_type(node.type), GraphQLObjectType):
            raise Unsupported(type_.name)
        builder.node_type = get_named_type(node.type)
        for response, name, defined, below in self._fields(type_, nodes):
            if name is None or defined is None:
                made.fields[response] = Constant(type_.name)
            else:
                made.fields[response] = builder.field(name, defined, below)
        if made.rows is not None and not made.rows.columns:
            made.rows.pick("id")
        return made

    def node_of(self, type_: GraphQLObjectType, details: FieldDetailsList, level: Rows) -> Object:
        """The node of a connection: a record, a line or a comment. Raises Unsupported."""
        module = self.suite.get(type_.name)
        if module is not None:
            return self._record(module, details, level)
        if type_.name == "Comment":
            return self._comment(type_, details, level)
        raise Unsupported(type_.name)

    def _comment(self, type_: GraphQLObjectType, details: FieldDetailsList, level: Level) -> Object:
        id_ = level.pick("id")
        made: dict[str, Expression] = {}
        for key, name, definition, nodes in self._fields(type_, details):
            if name is None or definition is None:
                made[key] = Constant(type_.name)
            elif name == "id":
                made[key] = Prefixed("comment", id_)
            elif name == "author":
                made[key] = self._person(level, level.pick("author_id"), nodes)
            elif name == "record":
                made[key] = self._reference(level, level.pick("record_id"), nodes)
            elif name == "replies":
                made[key] = self._connection(type_, definition, nodes, level, id_, None)
            elif name in STORED_OF_COMMENT:
                made[key] = Value(level.pick(name), of_field(definition))
            else:
                raise Unsupported(name)
        return Object(made)

    def via(self, type_: Any, details: FieldDetailsList, level: Level, number: int) -> Object:
        """Where a comment comes from, by the rank of its source among those of the feed."""
        made: dict[str, Expression] = {}
        for key, name, definition, nodes in self._fields(type_, details):
            if name is None or definition is None:
                made[key] = Constant(type_.name)
            elif name in ("kind", "relation"):
                made[key] = Via(level.pick("~via"), number, name)
            elif name == "record":
                made[key] = self._reference(level, level.pick("record_id"), nodes)
            else:
                raise Unsupported(name)
        return Object(made)


def python_name(definition: GraphQLField) -> str:
    """The field as Python calls it."""
    declared: Any = definition.extensions["strawberry-definition"]
    name: str = declared.python_name
    return name


def of_field(definition: GraphQLField) -> Leaf:
    """How a field's own type is answered."""
    return leaves.of_type(get_named_type(definition.type))  # type: ignore[arg-type]


def fixed(nodes: FieldDetailsList) -> bool:
    """Whether a connection's arguments hang on nothing but the relations that roll up."""
    arguments = nodes[0].node.arguments or ()
    return all(
        each.name.value in FIXED and not isinstance(each.value, VariableNode) for each in arguments
    )


def check_general(
    selections: SelectionSetNode | None,
    fragments: Mapping[str, FragmentDefinitionNode],
    seen: set[str],
) -> None:
    """Raises Unsupported where a selection names the type of a module in a fragment."""
    for node in selections.selections if selections else ():
        if isinstance(node, FieldNode):
            continue
        fragment: Any = node
        if isinstance(node, FragmentSpreadNode):
            if node.name.value in seen:
                continue
            seen.add(node.name.value)
            fragment = fragments[node.name.value]
        condition = fragment.type_condition
        if condition is not None and condition.name.value not in GENERAL:
            raise Unsupported(condition.name.value)
        check_general(fragment.selection_set, fragments, seen)


STORED_OF_COMMENT: Final = ("body", "created_at", "edited_at", "deleted_at", "reply_count")
LISTED: Final = {"filter", "orderBy", "search", "first", "after", "last", "before"}


@dataclass
class _Page:
    """Builds the parts of one connection, its levels made when they are needed."""

    compiler: Compiler
    made: Connection
    above: Level | None
    key: int
    number: int
    node_type: Any = None

    @property
    def rows(self) -> Rows:
        if self.made.rows is None:
            place = self.compiler._place()
            self.made.rows = Rows(place, self.above, self.key, connection=self.number)
        return self.made.rows

    @property
    def total(self) -> Total:
        if self.made.total is None:
            place = self.compiler._place()
            self.made.total = Total(place, self.above, self.key, connection=self.number)
        return self.made.total

    def field(self, name: str, definition: GraphQLField, nodes: FieldDetailsList) -> Expression:
        type_ = get_named_type(definition.type)
        if name == "nodes":
            return Nodes(self.compiler.node_of(self.node_type, nodes, self.rows), self.rows)
        if name == "edges":
            return Nodes(self._edge(type_, nodes), self.rows)
        if name == "page_info":
            return self._page_info(type_, nodes)
        if name == "total_count":
            return Measured(self.total.measure(*COUNT), self.total, leaves.COUNT)
        if name == "aggregate":
            return self._aggregate(type_, nodes)
        raise Unsupported(name)

    def _edge(self, type_: Any, details: FieldDetailsList) -> Object:
        made: dict[str, Expression] = {}
        for key, name, definition, nodes in self.compiler._fields(type_, details):
            if name is None or definition is None:
                made[key] = Constant(type_.name)
            elif name == "cursor":
                self.rows.position = True
                made[key] = Cursor(self.number, self.rows)
            elif name == "node":
                node = get_named_type(definition.type)
                if not isinstance(node, GraphQLObjectType):
                    raise Unsupported(name)
                made[key] = self.compiler.node_of(node, nodes, self.rows)
            elif name == "via":
                via = get_named_type(definition.type)
                made[key] = self.compiler.via(via, nodes, self.rows, self.number)
            else:
                raise Unsupported(name)
        return Object(made)

    def _page_info(self, type_: Any, details: FieldDetailsList) -> Expression:
        fields: dict[str, str] = {}
        for key, name, _, _ in self.compiler._fields(type_, details):
            fields[key] = type_.name if name is None else name
            if name in ("has_next_page", "has_previous_page"):
                self.rows.more = True
                if self.made.outside is None:
                    place = self.compiler._place()
                    self.made.outside = Outside(place, self.above, self.key, connection=self.number)
            elif name in ("start_cursor", "end_cursor"):
                self.rows.position = True
        return PageInfo(self.number, self.made.rows, self.made.outside, fields)

    def _aggregate(self, type_: Any, details: FieldDetailsList) -> Expression:
        made: dict[str, Expression] = {}
        for key, name, definition, nodes in self.compiler._fields(type_, details):
            if name is None or definition is None:
                made[key] = Constant(type_.name)
            elif name == "count":
                made[key] = Measured(self.total.measure(*COUNT), self.total, leaves.COUNT)
            elif name in ("sum", "average", "minimum", "maximum"):
                made[key] = self._measures(name, get_named_type(definition.type), nodes)
            else:
                raise Unsupported(name)
        return Object(made)

    def _measures(self, function: str, type_: Any, details: FieldDetailsList) -> Expression:
        made: dict[str, Expression] = {}
        for key, name, definition, _ in self.compiler._fields(type_, details):
            if name is None or definition is None:
                made[key] = Constant(type_.name)
            else:
                column = self.total.measure(function, name)
                made[key] = Measured(column, self.total, of_field(definition))
        return Object(made)
