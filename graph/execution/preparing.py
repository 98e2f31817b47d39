"""From a compiled root field to what is run: its statements, and the code that makes its answer.

What is made once for a plan, whoever may see the same and asks for lists of the same form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from db.accounts import ASKING, UNCHANGED
from db.nesting import Branch, Composed, Read, Tree, at_once, level, nested
from graph.execution.answers import Build, Need, Object, Source
from graph.execution.compiling import Root
from graph.execution.levels import Level, Numbered, Outside
from graph.execution.said import Texts

NESTED_MOST: Final = 500
"""Nodes asked for up to which rows carry the rows that hang on them (docs/performance.md)."""


@dataclass(frozen=True)
class Below:
    """A level that is read for the rows of another, by what `key` of theirs holds."""

    level: Level
    key: int
    below: tuple[Below, ...]


@dataclass(frozen=True)
class Prepared:
    """One root field. `statements` by the place of their level, `levels` whose parameters they
    take; `below` each root level what is read for its rows, unless these carry it. `trees` are what
    its statements read where no row has others below it.
    """

    build: Build
    statements: Mapping[int, Composed]
    levels: Mapping[int, tuple[Level, ...]]
    below: Mapping[int, tuple[Below, ...]]
    trees: Mapping[int, Tree] | None


class Form:
    """All root fields of a plan, as they are run for those who may see the same and ask for lists
    of the same form.
    """

    def __init__(self, roots: Sequence[Prepared]) -> None:
        self.roots = roots

    @cached_property
    def at_once(self) -> Composed | None:
        """One statement that reads all, if rights are unchanged; None where it takes several."""
        trees: list[Tree] = []
        for each in self.roots:
            if each.trees is None:
                return None
            trees += each.trees.values()
        return at_once(ASKING, UNCHANGED, trees)


def prepared(root: Root, texts: Texts, *, is_small: bool, counts: bool) -> Prepared:
    """How a root field is run: in one statement if it is small, or if no row has others below it
    that are not in its JSON. None is written where rows `count`: they are told as its cost.
    """
    source, expression = _written(root, texts, nested=True, counts=counts)
    if not is_small and _carries(source):
        source, expression = _written(root, texts, nested=False, counts=counts)
    reading = _Reading(source, texts)
    statements: dict[int, Composed] = {}
    below: dict[int, tuple[Below, ...]] = {}
    trees: dict[int, Tree] = {}
    for top in root.levels:
        if top.place not in source.needs:
            continue
        if not known(top, texts):
            one = root.by_id is not None and not isinstance(top, Numbered)
            trees[top.place] = Tree(reading.branch(top), one)
            statements[top.place] = nested(trees[top.place])
        below[top.place] = () if source.nested else tuple(reading.below(top))
        for each in _every(below[top.place]):
            if not known(each.level, texts):
                statements[each.level.place] = level(reading.branch(each.level))
    levels = {each.place: each for top in root.levels for each in (top, *descendants(top))}
    return Prepared(
        source.made(expression),
        statements,
        {
            place: tuple(
                levels[each] for each in sorted({slot[0] for slot in made.slots} & levels.keys())
            )
            for place, made in statements.items()
        },
        below,
        trees if source.nested else None,
    )


def known(level: Level, texts: Texts) -> bool:
    """Whether nothing has to be read: nothing lies outside a page without cursors."""
    if not isinstance(level, Outside):
        return False
    part = texts.asked[level.connection].part
    return part.after is None and part.before is None


def _written(root: Root, texts: Texts, *, nested: bool, counts: bool) -> tuple[Source, str]:
    source = Source(nested, texts.writes if not counts else _nothing)
    return source, root.answer.written(source, None)


def _nothing(made: Object, level: Level) -> bool:
    return False


def _carries(source: Source) -> bool:
    """Whether rows carry rows of other levels."""
    return any(isinstance(need, Level) for needs in source.needs.values() for need in needs)


@dataclass(frozen=True)
class _Reading:
    """What is read for the Python of a source."""

    source: Source
    texts: Texts

    def branch(self, level: Level) -> Branch:
        read = [self._read(level, need) for need in self.source.needs[level.place]]
        return self.texts.branch(level, read or level.columns[:1])

    def _read(self, level: Level, need: Need) -> Read:
        if isinstance(need, Level):
            return self.branch(need)
        if isinstance(need, Object):
            return self.texts.json(need, level)
        return level.columns[need]

    def below(self, level: Level) -> Iterator[Below]:
        for each in level.children:
            if each.place in self.source.needs:
                key = self.source.needs[level.place].index(each.key)
                yield Below(each, key, tuple(self.below(each)))


def _every(below: Sequence[Below]) -> Iterator[Below]:
    for each in below:
        yield each
        yield from _every(each.below)


def descendants(top: Level) -> list[Level]:
    found = []
    for each in top.children:
        found += [each, *descendants(each)]
    return found
