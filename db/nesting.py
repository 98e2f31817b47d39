"""One statement for a tree of reads: rows carry what hangs on them, as arrays of rows or as JSON.

A `Branch` reads rows of one parent, in terms of `parent.id` (db/paging.py). Nested, branches below
become array columns of each row, so that a whole tree is one statement; level by level, a branch is
read for many parents at once, as loaders do. Either way a row may have the JSON of itself and all
below it as one text. What is done when: docs/decisions/execution.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from db.json_sql import literal
from db.statements import Statement, quoted

PLACEHOLDER: Final = re.compile(r"\$(\d+)")
PARENT: Final = re.compile(r"\bparent\.id\b")
OF_VIEWER: Final = "viewer_"
"""How the names of parameters begin that say who asks (db/access.py)."""
SHARED: Final = -2
"""The place of those."""
MOST_ARGUMENTS: Final = 100
"""What a function of PostgreSQL takes."""


@dataclass(frozen=True)
class Branch:
    """`body` gives columns, and `read` is what is read of its rows: columns by name, the rows of
    other branches, and JSON. `place` tells its parameters from those of other branches; `key` is
    the column of the row above that holds `parent.id`.
    """

    body: Statement
    place: int
    read: tuple[Read, ...]
    key: str = ""


@dataclass(frozen=True)
class Json:
    """Text put together of a row."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Literal:
    """A piece of JSON that is always the same."""

    text: str


@dataclass(frozen=True)
class Of:
    """A piece that SQL gives, `value` being a column in it."""

    column: str
    writer: Any

    def sql(self) -> str:
        found: str = self.writer(column_of_page(self.column))
        return found


@dataclass(frozen=True)
class Each:
    """The rows of a branch, each as the JSON that it reads, between commas."""

    branch: Branch


@dataclass(frozen=True)
class Only:
    """The one row of a branch, as the JSON that it reads; null where there is none."""

    branch: Branch


@dataclass(frozen=True)
class Switch:
    """One text or another, by what a column holds; null where it holds nothing of these."""

    column: str
    cases: Mapping[str, Json]
    otherwise: Json | None = None


Piece = Literal | Of | Each | Only | Switch
Read = str | Branch | Json


def column_of_page(name: str) -> str:
    return f"page.{quoted(name)}"


@dataclass(frozen=True, eq=False)
class Composed:
    """SQL, and for each of its parameters the place of its branch and its name there."""

    sql: str
    slots: tuple[tuple[int, str], ...]
    defaults: Mapping[tuple[int, str], Any]

    def arguments(
        self, shared: Mapping[str, Any], own: Mapping[int, Mapping[str, Any]]
    ) -> list[Any]:
        """The parameters in order: what a branch has of its own, what all share, or the default."""
        found: list[Any] = []
        for slot in self.slots:
            place, name = slot
            given = own.get(place)
            if given is not None and name in given:
                found.append(given[name])
            elif name in shared:
                found.append(shared[name])
            else:
                found.append(self.defaults[slot])
        return found


@dataclass
class _Composer:
    slots: list[tuple[int, str]] = field(default_factory=list)
    defaults: dict[tuple[int, str], Any] = field(default_factory=dict)

    def parameter(self, place: int, name: str) -> str:
        """A parameter; those of the viewer are the same at every place."""
        slot = (SHARED if name.startswith(OF_VIEWER) else place, name)
        if slot not in self.slots:
            self.slots.append(slot)
        return f"${self.slots.index(slot) + 1}"

    def body(self, branch: Branch, parent: str | None = None) -> str:
        """The branch's SQL; `parent` is the id of the one parent, if it has one."""
        statement = branch.body
        numbered = []
        for name in statement.names:
            numbered.append(self.parameter(branch.place, name))
            if name in statement.defaults:
                self.defaults[self.slots[int(numbered[-1][1:]) - 1]] = statement.defaults[name]
        sql = PLACEHOLDER.sub(lambda found: numbered[int(found[1]) - 1], statement.sql)
        return sql if parent is None else PARENT.sub(lambda _: parent, sql)

    def row(self, branch: Branch) -> list[str]:
        return [self.read(each) for each in branch.read]

    def read(self, read: Read) -> str:
        if isinstance(read, str):
            return column_of_page(read)
        if isinstance(read, Json):
            return self.text(read)
        return f"ARRAY(SELECT ROW({', '.join(self.row(read))}) {self.below(read)})"

    def below(self, branch: Branch) -> str:
        """Where a branch's rows come from; `page` in its body is still a row above them."""
        return f"FROM ({self.body(branch, column_of_page(branch.key))}) AS page"

    def text(self, json: Json) -> str:
        parts = [self.piece(each) for each in json.pieces]
        while len(parts) > 1:
            chunks = [parts[i : i + MOST_ARGUMENTS] for i in range(0, len(parts), MOST_ARGUMENTS)]
            parts = [f"concat({', '.join(each)})" for each in chunks]
        return parts[0]

    def piece(self, piece: Piece) -> str:
        match piece:
            case Literal(text):
                return literal(text)
            case Of():
                return piece.sql()
            case Each(branch):
                (text,) = self.row(branch)
                return f"coalesce((SELECT string_agg({text}, ',') {self.below(branch)}), '')"
            case Only(branch):
                (text,) = self.row(branch)
                return f"coalesce((SELECT {text} {self.below(branch)}), 'null')"
            case Switch(column, cases, otherwise):
                other = self.text(otherwise) if otherwise else "'null'"
                held = column_of_page(column)
                if len(set(cases.values())) == 1:
                    values = ", ".join(map(literal, cases))
                    same = self.text(next(iter(cases.values())))
                    return f"CASE WHEN {held} IN ({values}) THEN {same} ELSE {other} END"
                written = " ".join(
                    f"WHEN {literal(value)} THEN {self.text(json)}" for value, json in cases.items()
                )
                return f"CASE {held} {written} ELSE {other} END"

    def made(self, sql: str) -> Composed:
        return Composed(sql, tuple(self.slots), self.defaults)


@dataclass(frozen=True)
class Tree:
    """A branch and all that hangs on it, of the one parent in the parameter `parent` or of none."""

    branch: Branch
    of_parent: bool

    def rows(self, composer: _Composer) -> tuple[str, str]:
        """What is read, and where from."""
        parent = None
        if self.of_parent:
            parent = f"{composer.parameter(self.branch.place, 'parent')}::bigint"
        row = ", ".join(composer.row(self.branch))
        return row, f"FROM ({composer.body(self.branch, parent)}) AS page"


def nested(tree: Tree) -> Composed:
    """The whole tree, a row for each of the topmost."""
    composer = _Composer()
    row, source = tree.rows(composer)
    return composer.made(f"SELECT {row} {source}")


BESIDE: Final = -1
"""The place of the parameters that are no tree's."""


def at_once(names: Sequence[str], condition: str, trees: Sequence[Tree]) -> Composed:
    """Trees as one row, each an array of its topmost rows; no row where a condition does not hold,
    on the parameters of these names, at `BESIDE`.
    """
    composer = _Composer()
    for name in names:
        composer.parameter(BESIDE, name)
    columns = []
    for tree in trees:
        row, source = tree.rows(composer)
        columns.append(f"ARRAY(SELECT ROW({row}) {source})")
    return composer.made(f"SELECT {', '.join(columns)} WHERE {condition}")


def level(branch: Branch) -> Composed:
    """The branch for the parents in the parameter `parents`; `parent.id` is the last column of each
    row.
    """
    composer = _Composer()
    parents = composer.parameter(branch.place, "parents")
    row = ", ".join([*composer.row(branch), "parent.id"])
    source = f"unnest({parents}::bigint[]) AS parent(id)"
    body = composer.body(branch)
    return composer.made(f"SELECT {row} FROM {source} CROSS JOIN LATERAL ({body}) AS page")


def by_parent(rows: Sequence[Any]) -> dict[int, list[Any]]:
    """The rows that `level` gave, by the id of their parent, in order."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        parent = row[-1]
        if parent in found:
            found[parent].append(row)
        else:
            found[parent] = [row]
    return found
