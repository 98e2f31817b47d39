"""From rows to the answer: a tree of what each response key takes, and the Python made of it.

While the Python is written it becomes known what is read of the rows of each level: columns, the
rows that hang on them where these are `nested`, and the JSON of whole objects, which PostgreSQL
writes where it can (graph/execution/said.py). Keys are names of GraphQL, quoted by `repr`;
everything else in the source is a number or a name made here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol, TypeAlias

import orjson

from graph.execution.leaves import Leaf
from graph.execution.levels import Level, Outside, Rows, Total

Build = Callable[
    [Mapping[int, Any], Sequence[int], Sequence[bool], Sequence[Any], Sequence[Any]], Any
]
"""Makes one root field of: rows of root levels or groups of rows by parent, by place; and of each
connection the size of its page, whether it is read backwards, what writes its cursors, and the
ways by which its comments come.
"""


class Row(NamedTuple):
    """A row in the Python that is written: its variable, and the level it is of."""

    variable: str
    level: Level


Need: TypeAlias = "int | Level | Object"
"""What is read of a row: a picked column by its number, -1 being its position; the rows of a level
below; the JSON of an object.
"""


class Source:
    """Python being written, and what it needs of the rows of each level.

    `json` says of an object whether PostgreSQL writes it.
    """

    def __init__(self, nested: bool, json: Callable[[Object, Level], bool]) -> None:
        self.nested = nested
        self.json = json
        self.needs: dict[int, list[Need]] = {}
        self.names: dict[str, Any] = {"F": orjson.Fragment}
        self.lines: list[str] = []
        self.groups: set[int] = set()

    def constant(self, value: Any) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def function(self, name: str, parameters: str, body: Sequence[str], result: str) -> str:
        self.lines += [f" def {name}({parameters}):"]
        self.lines += [f"  {line}" for line in (*body, f"return {result}")]
        return name

    def of(self, row: Row, need: Need) -> str:
        """Something of a row."""
        needs = self.needs.setdefault(row.level.place, [])
        if need not in needs:
            needs.append(need)
        return f"{row.variable}[{needs.index(need)}]"

    def rows(self, level: Level, row: Row | None) -> str:
        """The rows of a level that hang on `row`, or on nothing; None or empty for none."""
        self.needs.setdefault(level.place, [])
        if row is None:
            return f"G[{level.place}]"
        if self.nested:
            return self.of(row, level)
        self.groups.add(level.place)
        return f"g{level.place}({self.of(row, level.key)})"

    def made(self, expression: str) -> Build:
        """The function, compiled."""
        groups = [f" g{place} = G[{place}].get" for place in sorted(self.groups)]
        head = "def build(G, N, B, K, V):"
        text = "\n".join([head, *groups, *self.lines, f" return {expression}"])
        exec(compile(text, "<plan>", "exec"), self.names)
        build: Build = self.names["build"]
        return build


class Expression(Protocol):
    """What a response key takes, written as Python of a row."""

    def written(self, source: Source, row: Row) -> str: ...


@dataclass
class Constant:
    value: str | None

    def written(self, source: Source, row: Row) -> str:
        return repr(self.value)


@dataclass
class Value:
    """A column, answered as its leaf says."""

    column: int
    leaf: Leaf

    def written(self, source: Source, row: Row) -> str:
        return converted(source.of(row, self.column), self.leaf, source)


def converted(held: str, leaf: Leaf, source: Source) -> str:
    if leaf.convert is None:
        return held
    if leaf.convert is str:
        return f"str({held})"
    name = source.constant(leaf.convert)
    return f"{name}[{held}]" if isinstance(leaf.convert, Mapping) else f"{name}({held})"


@dataclass
class Prefixed:
    """The id of a node that is no record: `comment-42`."""

    prefix: str
    column: int

    def written(self, source: Source, row: Row) -> str:
        return f"{self.prefix + '-'!r} + str({source.of(row, self.column)})"


@dataclass(eq=False)
class Object:
    """An object made of the same row."""

    fields: dict[str, Expression]

    def written(self, source: Source, row: Row) -> str:
        if row is not NOWHERE and source.json(self, row.level):
            return f"F({source.of(row, self)})"
        return _display(self.fields, source, row)


@dataclass
class Parts:
    """An object made of a JSON value in a column: null where there is none."""

    column: int
    fields: dict[str, tuple[str | None, str]]
    """By response key: the member, or None and a constant."""

    def written(self, source: Source, row: Row) -> str:
        held = f"p{self.column}"
        items = ", ".join(
            f"{key!r}: {constant!r}" if member is None else f"{key!r}: {held}.get({member!r})"
            for key, (member, constant) in self.fields.items()
        )
        return f"(None if ({held} := {source.of(row, self.column)}) is None else {{{items}}})"


@dataclass
class Single:
    """The one record at the end of a relation, or null. Where its type is in the row, in column
    `switch`, each type has an object of its own, `otherwise` another one or null.
    """

    level: Level
    objects: dict[str | None, Object]
    switch: int | None = None
    otherwise: Object | None = None

    def written(self, source: Source, row: Row | None) -> str:
        place = self.level.place
        names = {}
        own = Row("r", self.level)
        for i, (kind, made) in enumerate(self.objects.items()):
            names[kind] = f"f{place}_{i}"
            source.function(names[kind], "r", (), made.written(source, own))
        rows = source.rows(self.level, row)
        if self.switch is None:
            (name,) = names.values()
            return f"({name}(y{place}[0]) if (y{place} := {rows}) else None)"
        other = "(lambda r: None)"
        if self.otherwise is not None:
            other = source.function(f"f{place}_", "r", (), self.otherwise.written(source, own))
        table = ", ".join(f"{kind!r}: {name}" for kind, name in names.items())
        source.lines.append(f" d{place} = {{{table}}}.get; o{place} = {other}")
        kind = source.of(Row(f"y{place}[0]", self.level), self.switch)
        return f"(d{place}({kind}, o{place})(y{place}[0]) if (y{place} := {rows}) else None)"


@dataclass
class Nodes:
    """As many objects as the page has rows."""

    node: Object
    level: Level

    def written(self, source: Source, row: Row) -> str:
        return f"[{self.node.written(source, Row('r', self.level))} for r in x]"


POSITION: Final = -1
"""The position of a row among what is picked of it."""


@dataclass
class Cursor:
    connection: int
    level: Rows

    def written(self, source: Source, row: Row) -> str:
        return f"K[{self.connection}]({source.of(row, POSITION)})"


@dataclass
class PageInfo:
    connection: int
    rows: Rows | None
    outside: Outside | None
    fields: dict[str, str]

    def written(self, source: Source, row: Row) -> str:
        items = [f"{key!r}: {self._part(name, source)}" for key, name in self.fields.items()]
        return "{" + ", ".join(items) + "}"

    def _part(self, name: str, source: Source) -> str:
        n = self.connection
        if name in ("start_cursor", "end_cursor"):
            assert self.rows is not None
            row = Row("x[0]" if name == "start_cursor" else "x[-1]", self.rows)
            return f"(K[{n}]({source.of(row, POSITION)}) if x else None)"
        if name in ("has_next_page", "has_previous_page"):
            assert self.outside is not None
            end = int(name == "has_next_page")
            other = source.of(Row("o[0]", self.outside), end)
            more, less = f"m or {other}", other
            return f"({less} if B[{n}] else {more})" if end else f"({more} if B[{n}] else {less})"
        return repr(name)


Ways = Sequence[tuple[str, str | None]]
"""The ways by which comments come to a feed: kind and relation, as clients call them."""


@dataclass
class Via:
    """Of the way that a comment came by: `kind` or `relation`."""

    column: int
    connection: int
    name: str

    def written(self, source: Source, row: Row) -> str:
        place = 0 if self.name == "kind" else 1
        return f"V[{self.connection}][{source.of(row, self.column)}][{place}]"


@dataclass
class Measured:
    """An aggregate, of the one row of a total."""

    column: int
    level: Total
    leaf: Leaf

    def written(self, source: Source, row: Row) -> str:
        return converted(source.of(Row("t[0]", self.level), self.column), self.leaf, source)


@dataclass
class Connection:
    """A page, its rows in the variable `x`, with its total in `t` and what lies outside in `o`."""

    number: int
    fields: dict[str, Expression] = field(default_factory=dict)
    rows: Rows | None = None
    total: Total | None = None
    outside: Outside | None = None

    def written(self, source: Source, row: Row | None) -> str:
        n = self.number
        body = []
        if self.rows is not None and self.rows.more:
            body += [f"m = len(x) > N[{n}]", f"if m: x = x[:N[{n}]]"]
        if self.rows is not None:
            body += [f"if B[{n}]: x = x[::-1]"]
        # Nothing of a page is read of a row of its own: what needs one brings it.
        name = source.function(f"n{n}", "x, t, o", body, _display(self.fields, source, NOWHERE))
        taken = [
            "()" if level is None else self._rows(source, level, row)
            for level in (self.rows, self.total, self.outside)
        ]
        return f"{name}({', '.join(taken)})"

    def _rows(self, source: Source, level: Level, row: Row | None) -> str:
        rows = source.rows(level, row)
        return rows if row is None or source.nested else f"({rows} or ())"


NOWHERE: Final = Row("", Level(-1))


def _display(fields: Mapping[str, Expression], source: Source, row: Row) -> str:
    items = [f"{key!r}: {made.written(source, row)}" for key, made in fields.items()]
    return "{" + ", ".join(items) + "}"
