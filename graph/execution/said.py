"""The JSON of objects as PostgreSQL writes it: what of an answer needs no Python.

Written of the same tree as the Python is (graph/execution/answers.py). Cursors are signed here, and
pages read backwards are turned round here: objects that hold any are made of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import orjson

from db.access import Scope
from db.json_sql import literal, string
from db.nesting import Branch, Each, Json, Literal, Of, Only, Piece, Read, Switch
from graph.execution.answers import (
    Connection,
    Constant,
    Measured,
    Nodes,
    Object,
    Parts,
    Prefixed,
    Single,
    Value,
    Via,
    Ways,
)
from graph.execution.leaves import ID
from graph.execution.levels import Asked, Level

MOST_CASES: Final = 8
"""Types told apart in SQL: each has an object of its own in it."""


class Unwritten(Exception):
    """What Python has to make."""


class Texts:
    """What PostgreSQL writes where connections are asked for so, for those who see `scope`."""

    def __init__(self, scope: Scope, asked: Sequence[Asked], ways: Sequence[Ways | None]) -> None:
        self.scope = scope
        self.asked = asked
        self.ways = ways

    def branch(self, level: Level, read: Iterable[Read]) -> Branch:
        key = level.above.columns[level.key] if level.above else ""
        return Branch(level.body(self.scope, self.asked), level.place, tuple(read), key)

    def writes(self, made: Object, level: Level) -> bool:
        """Whether PostgreSQL writes an object of a row of the level."""
        try:
            self.json(made, level)
        except Unwritten:
            return False
        return True

    def json(self, made: Object, level: Level) -> Json:
        """An object of a row of the level. Raises Unwritten."""
        return Json(tuple(joined(self._pieces(made, level))))

    def _pieces(self, made: Any, level: Level) -> list[Piece]:
        match made:
            case Constant(value):
                return [Literal(said(value))]
            case Value(column, leaf):
                if leaf.json is None:
                    raise Unwritten
                if leaf is ID:
                    return self._id("", level, column)
                return [Of(level.columns[column], leaf.json)]
            case Prefixed(prefix, column):
                return self._id(f"{prefix}-", level, column)
            case Parts():
                return [Of(level.columns[made.column], parts(made))]
            case Via(column, number, name):
                return [Of(level.columns[column], way(self.ways[number], name))]
            case Object(fields):
                return self._object(fields, level)
            case Single():
                return [self._single(made)]
            case Connection():
                return self._connection(made)
        raise Unwritten

    def _id(self, prefix: str, level: Level, column: int) -> list[Piece]:
        """An id, which every row has."""
        return [Literal(f'"{prefix}'), Of(level.columns[column], as_it_is), Literal('"')]

    def _object(self, fields: Any, level: Level) -> list[Piece]:
        found: list[Piece] = []
        for key, made in fields.items():
            found += [Literal(f'{"," if found else "{"}"{key}":'), *self._pieces(made, level)]
        return [*found, Literal("}" if found else "{}")]

    def _single(self, made: Single) -> Piece:
        level = made.level
        objects = {kind: self.json(each, level) for kind, each in made.objects.items()}
        if made.switch is None:
            (json,) = objects.values()
            return Only(self.branch(level, [json]))
        if len(objects) > MOST_CASES:
            raise Unwritten
        cases = {str(kind): json for kind, json in objects.items()}
        other = self.json(made.otherwise, level) if made.otherwise else None
        switch = Switch(level.columns[made.switch], cases, other)
        return Only(self.branch(level, [Json((switch,))]))

    def _connection(self, made: Connection) -> list[Piece]:
        if self.asked[made.number].part.backwards or len(list(measured(made))) > 1:
            raise Unwritten
        found: list[Piece] = []
        for key, each in made.fields.items():
            found += [Literal(f'{"," if found else "{"}"{key}":'), *self._of_page(each)]
        return [*found, Literal("}")]

    def _of_page(self, made: Any) -> list[Piece]:
        match made:
            case Constant():
                return [Literal(said(made.value))]
            case Nodes(node, level) if isinstance(node, Object):
                rows = Each(self.branch(level, [self.json(node, level)]))
                return [Literal("["), rows, Literal("]")]
            case Measured(column, level, leaf) if leaf.json is not None:
                one = Json((Of(level.columns[column], leaf.json),))
                return [Only(self.branch(level, [one]))]
            case Object(fields):
                found: list[Piece] = []
                for key, each in fields.items():
                    found += [Literal(f'{"," if found else "{"}"{key}":'), *self._of_page(each)]
                return [*found, Literal("}" if found else "{}")]
        raise Unwritten


def measured(made: Any) -> Iterable[Measured]:
    """The aggregates of a connection: each would be a statement of its own."""
    if isinstance(made, Measured):
        yield made
    elif isinstance(made, Connection | Object):
        for each in made.fields.values():
            if not isinstance(each, Nodes):
                yield from measured(each)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces with neighbouring literals put together."""
    found: list[Piece] = []
    for each in pieces:
        last = found[-1] if found else None
        if isinstance(each, Literal) and isinstance(last, Literal):
            found[-1] = Literal(last.text + each.text)
        else:
            found.append(each)
    return found


def as_it_is(value: str) -> str:
    return value


def said(value: Any) -> str:
    return orjson.dumps(value).decode()


def parts(made: Parts) -> Any:
    """Writes members of a JSON object, all of them text."""

    def writer(value: str) -> str:
        items: list[str] = []
        for key, (member, constant) in made.fields.items():
            items.append(literal(f'{"," if items else "{"}"{key}":'))
            items.append(
                literal(said(constant))
                if member is None
                else string(f"({value} ->> {literal(member)})")
            )
        return f"CASE WHEN {value} IS NULL THEN 'null' ELSE concat({', '.join(items)}, '}}') END"

    return writer


def way(ways: Ways | None, name: str) -> Any:
    """Writes the kind or the relation by which a comment came, of the rank of its way."""
    if ways is None:
        raise Unwritten
    place = 0 if name == "kind" else 1

    def writer(value: str) -> str:
        cases = [f"WHEN {i} THEN {literal(said(each[place]))}" for i, each in enumerate(ways)]
        return f"CASE {value} {' '.join(cases)} END"

    return writer
