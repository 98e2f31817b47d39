"""Valid queries of the real schema, drawn: aliases, fragments, directives, merging, variables.

A query is drawn as text with its variables' values. Lists that start at `$c0`, `$c1` … also select
where their page ends, so that the same document can be sent again with cursors that are good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
    is_required_argument,
)
from hypothesis import strategies as st

DEEPEST = 5
WIDEST = 3
LEFT_OUT = {"recordAsOf", "compare", "explainAccess"}
"""Root fields that take times, and one that tells of each id that is none."""
FAVOURED = {"nodes", "edges", "pageInfo", "node", "totalCount"}


@dataclass
class Query:
    """`cursors`: by variable, the response keys that lead to the end of the page it starts at."""

    text: str
    variables: dict[str, Any]
    cursors: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def following(self, data: Any) -> dict[str, Any] | None:
        """The variables with the cursors found in an answer; None where there is none."""
        found = {name: next(_at(data, path), None) for name, path in self.cursors.items()}
        good = {name: value for name, value in found.items() if value is not None}
        return {**self.variables, **good} if good else None


def _at(data: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(data, list):
        for each in data:
            yield from _at(each, path)
    elif not path:
        if isinstance(data, str):
            yield data
    elif isinstance(data, dict):
        yield from _at(data.get(path[0]), path[1:])


@dataclass
class _Drawing:
    draw: Any
    schema: GraphQLSchema
    ids: list[str]
    variables: dict[str, tuple[str, Any]] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    cursors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wrong: bool = False
    """Whether it asks for something that is refused: once, as of two errors either may be told."""

    def chance(self, one_in: int) -> bool:
        return bool(self.draw(st.integers(1, one_in)) == one_in)

    def error(self) -> bool:
        if self.wrong or not self.chance(30):
            return False
        self.wrong = True
        return True

    def variable(self, type_: str, value: Any) -> str:
        name = f"v{len(self.variables)}"
        self.variables[name] = (type_, value)
        return f"${name}"

    def directive(self) -> str:
        if not self.chance(8):
            return ""
        name, value = self.draw(st.sampled_from(["skip", "include"])), self.draw(st.booleans())
        written = self.variable("Boolean!", value) if self.chance(2) else str(value).lower()
        return f" @{name}(if: {written})"

    def selection(self, type_: Any, depth: int, path: tuple[str, ...]) -> str:
        if isinstance(type_, GraphQLUnionType):
            members = [self.draw(st.sampled_from(type_.types))]
            return "{ __typename " + " ".join(self.on(each, depth, path) for each in members) + " }"
        names = [
            name
            for name, each in type_.fields.items()
            if depth > 0 or not is_composite_type(get_named_type(each.type))
        ]
        likely = [name for name in names if name in FAVOURED]
        chosen = (
            self.draw(
                st.lists(
                    st.sampled_from(likely + names) if names else st.nothing(), max_size=WIDEST
                )
            )
            if names
            else []
        )
        parts = [self.field(type_, name, depth, path) for name in chosen]
        if self.chance(4) or not parts:
            parts.append("__typename")
        if self.chance(5):
            parts.append(self.fragment(type_, depth, path))
        if isinstance(type_, GraphQLInterfaceType) and self.chance(2):
            members = self.schema.get_possible_types(type_)
            parts.append(self.on(self.draw(st.sampled_from(members)), depth - 1, path))
        return "{ " + " ".join(parts) + " }"

    def on(self, type_: Any, depth: int, path: tuple[str, ...]) -> str:
        return f"... on {type_.name}{self.directive()} {self.selection(type_, depth, path)}"

    def fragment(self, type_: Any, depth: int, path: tuple[str, ...]) -> str:
        """The same type again, or an interface of it, in a fragment; fields there may merge."""
        on = self.draw(st.sampled_from([type_, *getattr(type_, "interfaces", ())]))
        if self.chance(2):
            return self.on(on, min(depth, 1), path)
        name = f"F{len(self.fragments)}"
        self.fragments.append("")
        place = len(self.fragments) - 1
        inside = self.selection(on, min(depth, 1), path)
        self.fragments[place] = f"fragment {name} on {on.name} {inside}"
        return f"...{name}{self.directive()}"

    def field(self, type_: Any, name: str, depth: int, path: tuple[str, ...]) -> str:
        declared: GraphQLField = type_.fields[name]
        arguments, cursor = self.arguments(declared)
        # What has arguments or a selection is renamed: equal keys must merge in a valid document.
        key = name
        if arguments or self.chance(5) or is_composite_type(get_named_type(declared.type)):
            key = f"a{self.draw(st.integers(0, 10**6))}"
        here = (*path, key)
        inner = ""
        below = get_named_type(declared.type)
        if is_composite_type(below):
            inner = " " + self.selection(below, depth - 1, here)
            if cursor is not None:
                inner = f" {{ pageInfo {{ endCursor }} {inner.strip()[1:]}"
                self.cursors[cursor] = (*here, "pageInfo", "endCursor")
            if self.chance(12):
                again = self.selection(below, 0, here)
                return f"{key}: {name}{arguments}{inner} {key}: {name}{arguments} {again}"
        renamed = f"{key}: {name}" if key != name else name
        return f"{renamed}{arguments}{self.directive()}{inner}"

    def arguments(self, declared: GraphQLField) -> tuple[str, str | None]:
        """Arguments as text, and the variable of a cursor where there is one."""
        given: dict[str, str] = {}
        cursor = None
        for name, argument in declared.args.items():
            type_ = str(argument.type)
            if name in ("first", "last"):
                if name == "last" and ("first" in given or not self.chance(4)):
                    continue
                value = 0 if self.error() else self.draw(st.integers(1, 3))
                given[name] = self.variable("Int", value) if self.chance(3) else str(value)
            elif name == "after" and "last" not in given and self.chance(3):
                cursor = f"c{len(self.cursors)}{len(self.variables)}"
                self.variables[cursor] = ("String", None)
                given[name] = f"${cursor}"
            elif name == "rollUp" and self.chance(2):
                given[name] = "true"
            elif type_ in ("ID", "ID!"):
                given[name] = self.id(type_)
            elif name == "orderBy" and type_.endswith("Order!]") and self.chance(4):
                given[name] = self.draw(st.sampled_from(ORDERS))
            elif name == "filter" and type_.endswith("Filter") and self.chance(4):
                given[name] = WRONG if self.error() else self.draw(st.sampled_from(FILTERS))
            elif is_required_argument(argument):
                given[name] = self.draw(st.sampled_from(REQUIRED.get(type_, ['"x"'])))
        if "id" in given and "number" in declared.args and self.error():
            given["number"] = '"FAC-2026-00001"'
        text = ", ".join(f"{name}: {value}" for name, value in given.items())
        return (f"({text})" if text else ""), cursor

    def id(self, type_: str) -> str:
        id_ = self.draw(st.sampled_from([*self.ids, "999999999", "x"]))
        return self.variable(type_, id_) if self.chance(2) else f'"{id_}"'


ORDERS = ["[{createdAt: DESC}]", "[{title: ASC}]", "[{number: DESC}, {id: ASC}]", "[]"]
FILTERS = [
    '{title: {startsWith: "c"}}',
    '{createdAt: {gte: "2020-01-01T00:00:00Z"}}',
    '{not: {title: {contains: "a"}}}',
    '{or: [{number: {startsWith: "F"}}, {version: {gt: 1}}]}',
    "{title: {contains: null}}",
    "{}",
]
WRONG = "{title: {contains: null}}"
REQUIRED = {
    "[String!]!": ['["title"]'],
    "[ID!]!": ['["1"]'],
    "String!": ['"CustomerInvoice"', '"invoices"', '"dupont"'],
    "JSON!": ["{}"],
}


@st.composite
def queries(draw: st.DrawFn, schema: GraphQLSchema, ids: list[str]) -> Query:
    """`ids` are ids of records of any module."""
    drawing = _Drawing(draw, schema, ids)
    query = schema.query_type
    assert isinstance(query, GraphQLObjectType)
    names = [name for name in query.fields if name not in LEFT_OUT]
    lists = [name for name in names if "orderBy" in query.fields[name].args]
    common = ["customerAccounts", "customerInvoices", "accountingEntries", "contacts", "record"]
    chosen = draw(st.lists(st.sampled_from(common * 9 + lists + names), min_size=1, max_size=2))
    roots = [drawing.field(query, name, DEEPEST, ()) for name in chosen]
    declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in drawing.variables.items())
    head = f"query Q({declared})" if declared else "query Q"
    text = " ".join([f"{head} {{ {' '.join(roots)} }}", *drawing.fragments])
    values = {name: value for name, (_, value) in drawing.variables.items()}
    return Query(text, values, drawing.cursors)
