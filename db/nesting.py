"""One statement for a tree of reads: each row carries, as arrays, the rows that hang on it.

A `Branch` reads rows of one parent, in terms of `parent.id` (db/paging.py). Nested, the rows of the
branches below become array columns of each row, so that a whole tree is one statement; level by
level, a branch is read for many parents at once, as loaders do. PostgreSQL and Python do least
nested where a tree is small, level by level where it is large (docs/performance.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.statements import Statement, quoted

PLACEHOLDER = re.compile(r"\$(\d+)")


@dataclass(frozen=True)
class Branch:
    """`body` gives `columns`; `place` tells its parameters from those of other branches, `key` is
    the place among the columns above of the one that holds `parent.id`.
    """

    body: Statement
    columns: tuple[str, ...]
    place: int
    key: int = 0
    children: tuple[Branch, ...] = ()


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
        self.slots.append((place, name))
        return f"${len(self.slots)}"

    def body(self, branch: Branch) -> str:
        """The branch's SQL, its parameters numbered behind those before."""
        before, statement = len(self.slots), branch.body
        for name in statement.names:
            slot = (branch.place, name)
            self.slots.append(slot)
            if name in statement.defaults:
                self.defaults[slot] = statement.defaults[name]
        return PLACEHOLDER.sub(lambda found: f"${int(found[1]) + before}", statement.sql)

    def below(self, branch: Branch) -> str:
        """The branch's rows as an array, where `page` is a row above it."""
        parent = f"(SELECT page.{quoted(self.above.columns[branch.key])} AS id) AS parent"
        body = self.body(branch)
        row = ", ".join(self.row(branch))
        return f"ARRAY(SELECT ROW({row}) FROM {parent} CROSS JOIN LATERAL ({body}) AS page)"

    above: Branch = field(init=False)

    def row(self, branch: Branch) -> Iterator[str]:
        for name in branch.columns:
            yield f"page.{quoted(name)}"
        for child in branch.children:
            self.above = branch
            yield self.below(child)

    def made(self, sql: str) -> Composed:
        return Composed(sql, tuple(self.slots), self.defaults)


def nested(branch: Branch, *, of_parent: bool) -> Composed:
    """The whole tree, of the one parent in the parameter `parent`, or of none.

    A row has the branch's columns, then an array of rows for each of its children.
    """
    composer = _Composer()
    source = ""
    if of_parent:
        parent = composer.parameter(branch.place, "parent")
        source = f"(SELECT {parent}::bigint AS id) AS parent CROSS JOIN LATERAL "
    body = composer.body(branch)
    row = ", ".join(composer.row(branch))
    return composer.made(f"SELECT {row} FROM {source}({body}) AS page")


def level(branch: Branch) -> Composed:
    """The branch alone, for the parents in the parameter `parents`; `parent.id` is the last column
    of each row.
    """
    composer = _Composer()
    parents = composer.parameter(branch.place, "parents")
    body = composer.body(branch)
    row = ", ".join(f"page.{quoted(name)}" for name in branch.columns)
    source = f"unnest({parents}::bigint[]) AS parent(id) CROSS JOIN LATERAL ({body}) AS page"
    return composer.made(f"SELECT {row}, parent.id FROM {source}")


def alone(branch: Branch) -> Branch:
    """The branch without what hangs on it."""
    return Branch(branch.body, branch.columns, branch.place, branch.key)


def by_parent(rows: Sequence[Any], width: int) -> dict[int, list[Any]]:
    """The rows that `level` gave, by the id of their parent, in order."""
    found: dict[int, list[Any]] = {}
    for row in rows:
        parent = row[width]
        if parent in found:
            found[parent].append(row)
        else:
            found[parent] = [row]
    return found
