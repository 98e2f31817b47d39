"""From rows to the answer: a tree of what each response key takes, and the Python made of it.

The same tree is written twice at most: for rows that carry what hangs on them (`nested`), and for
rows of separate levels, found by the id of their parent. Keys are names of GraphQL, quoted by
`repr`; everything else in the source is a number or a name made here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from graph.execution.levels import Level, Outside, Rows, Total

Build = Callable[
    [Mapping[int, Any], Sequence[int], Sequence[bool], Sequence[Any], Sequence[Any]], Any
]
"""Makes one root field of: rows of root levels or groups of rows by parent, by place; and of each
connection the size of its page, whether it is read backwards, what writes its cursors, and the
ways by which its comments come.
"""


class Source:
    """Python being written."""

    def __init__(self, nested: bool) -> None:
        self.nested = nested
        self.names: dict[str, Any] = {}
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

    def rows(self, level: Level, row: str | None) -> str:
        """The rows of a level that hang on `row`, or on nothing; None or empty for none."""
        if row is None:
            return f"G[{level.place}]"
        assert level.above is not None
        if self.nested:
            return f"{row}[{level.above.slot(level)}]"
        self.groups.add(level.place)
        return f"g{level.place}({row}[{level.key}])"

    def made(self, expression: str) -> Build:
        """The function, compiled."""
        groups = [f" g{place} = G[{place}].get" for place in sorted(self.groups)]
        head = "def build(G, N, B, K, V):"
        text = "\n".join([head, *groups, *self.lines, f" return {expression}"])
        exec(compile(text, "<plan>", "exec"), self.names)
        build: Build = self.names["build"]
        return build


class Expression(Protocol):
    """What a response key takes, written as Python of the row in the variable `row`."""

    def written(self, source: Source, row: str) -> str: ...


@dataclass
class Constant:
    value: str | None

    def written(self, source: Source, row: str) -> str:
        return repr(self.value)


@dataclass
class Value:
    """A column; `convert` makes of what is stored, None included, what is answered."""

    column: int
    convert: Any = None
    """A function, or a mapping."""

    def written(self, source: Source, row: str) -> str:
        held = f"{row}[{self.column}]"
        if self.convert is None:
            return held
        if self.convert is str:
            return f"str({held})"
        if isinstance(self.convert, Mapping):
            return f"{source.constant(self.convert)}[{held}]"
        return f"{source.constant(self.convert)}({held})"


@dataclass
class Prefixed:
    """The id of a node that is no record: `comment-42`."""

    prefix: str
    column: int

    def written(self, source: Source, row: str) -> str:
        return f"{self.prefix + '-'!r} + str({row}[{self.column}])"


@dataclass
class Object:
    """An object made of the same row."""

    fields: dict[str, Expression]

    def written(self, source: Source, row: str) -> str:
        return _display(self.fields, source, row)


@dataclass
class Parts:
    """An object made of a JSON value in a column: null where there is none."""

    column: int
    fields: dict[str, tuple[str | None, str]]
    """By response key: the member, or None and a constant."""

    def written(self, source: Source, row: str) -> str:
        held = f"p{self.column}"
        items = ", ".join(
            f"{key!r}: {constant!r}" if member is None else f"{key!r}: {held}.get({member!r})"
            for key, (member, constant) in self.fields.items()
        )
        return f"(None if ({held} := {row}[{self.column}]) is None else {{{items}}})"


@dataclass
class Single:
    """The one record at the end of a relation, or null. Where its type is in the row, in column
    `switch`, each type has an object of its own, `otherwise` another one or null.
    """

    level: Level
    objects: dict[str | None, Object]
    switch: int | None = None
    otherwise: Object | None = None

    def written(self, source: Source, row: str | None) -> str:
        place = self.level.place
        names = {}
        for i, (kind, made) in enumerate(self.objects.items()):
            names[kind] = f"f{place}_{i}"
            source.function(names[kind], "r", (), made.written(source, "r"))
        rows = source.rows(self.level, row)
        if self.switch is None:
            (name,) = names.values()
            return f"({name}(y{place}[0]) if (y{place} := {rows}) else None)"
        other = "(lambda r: None)"
        if self.otherwise is not None:
            other = source.function(f"f{place}_", "r", (), self.otherwise.written(source, "r"))
        table = ", ".join(f"{kind!r}: {name}" for kind, name in names.items())
        source.lines.append(f" d{place} = {{{table}}}.get; o{place} = {other}")
        return (
            f"(d{place}(y{place}[0][{self.switch}], o{place})(y{place}[0])"
            f" if (y{place} := {rows}) else None)"
        )


@dataclass
class Nodes:
    node: Object

    def written(self, source: Source, row: str) -> str:
        return f"[{self.node.written(source, 'r')} for r in x]"


@dataclass
class Cursor:
    connection: int
    level: Rows

    def written(self, source: Source, row: str) -> str:
        return f"K[{self.connection}]({row}[{self.level.width - 1}])"


@dataclass
class PageInfo:
    connection: int
    level: Rows | None
    fields: dict[str, str]

    def written(self, source: Source, row: str) -> str:
        b = f"B[{self.connection}]"
        last = f"[{self.level.width - 1}]" if self.level else ""
        parts = {
            "has_next_page": f"(o[0][1] if {b} else m or o[0][1])",
            "has_previous_page": f"(m or o[0][0] if {b} else o[0][0])",
            "start_cursor": f"(K[{self.connection}](x[0]{last}) if x else None)",
            "end_cursor": f"(K[{self.connection}](x[-1]{last}) if x else None)",
        }
        items = [f"{key!r}: {parts.get(name) or repr(name)}" for key, name in self.fields.items()]
        return "{" + ", ".join(items) + "}"


@dataclass
class Measured:
    """An aggregate, of the one row of a total."""

    column: int
    convert: Any = None

    def written(self, source: Source, row: str) -> str:
        return Value(self.column, self.convert).written(source, "t[0]")


@dataclass
class Connection:
    """A page, its rows in the variable `x`, with its total in `t` and what lies outside in `o`."""

    number: int
    fields: dict[str, Expression] = field(default_factory=dict)
    rows: Rows | None = None
    total: Total | None = None
    outside: Outside | None = None

    def written(self, source: Source, row: str | None) -> str:
        n = self.number
        body = []
        if self.rows is not None and self.rows.more:
            body += [f"m = len(x) > N[{n}]", f"if m: x = x[:N[{n}]]"]
        if self.rows is not None:
            body += [f"if B[{n}]: x = x[::-1]"]
        name = source.function(f"n{n}", "x, t, o", body, _display(self.fields, source, "r"))
        taken = []
        for level, other in ((self.rows, "()"), (self.total, "()"), (self.outside, "()")):
            if level is None:
                taken.append(other)
            elif row is None or source.nested:
                taken.append(source.rows(level, row))
            else:
                taken.append(f"({source.rows(level, row)} or ())")
        return f"{name}({', '.join(taken)})"


def _display(fields: Mapping[str, Expression], source: Source, row: str) -> str:
    items = [f"{key!r}: {made.written(source, row)}" for key, made in fields.items()]
    return "{" + ", ".join(items) + "}"


def compiled(root: Single | Connection, nested: bool) -> Build:
    source = Source(nested)
    return source.made(root.written(source, None))
