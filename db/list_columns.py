"""Columns of lists and exports: fields of a module, and fields of what its records point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from db.access import Viewer
from db.customs import Customised, Having, declared, layout_of
from db.declare import Column, Fact, Label, Links, Relation
from db.kinds import ADDRESS_PARTS, Address, kind_of
from db.layouts import PEOPLE
from db.suite import COMMON, Module

Path = tuple[str, ...]

MOST: Final = 30
"""Columns of one list."""
ID: Final = Label("Identifiant", "Id")
BETWEEN: Final = " › "
"""What stands between the labels of a relation and of a field behind it."""


@dataclass(frozen=True)
class ListColumn:
    """A field of a module's records, or behind the relation `over` of what they point at.

    `key` names it: a fact, one of PEOPLE, or `id`; `fact` is None for the latter two. `part` is
    that of an address.
    """

    module: Module
    key: str
    fact: Fact | None
    over: Relation | None = None
    part: str | None = None

    @property
    def path(self) -> Path:
        """Its name, `("account", "billing_address", "city")`."""
        before = () if self.over is None else (self.over.name,)
        return (*before, self.key, *(() if self.part is None else (self.part,)))

    def label(self, language: str) -> str:
        own = ID if self.key == "id" else self.fact.label if self.fact else PEOPLE[self.key]
        labels = [*(() if self.over is None else (self.over.label,)), own]
        words = [each.into(language) for each in labels]
        if self.part is not None:
            part = ADDRESS_PARTS[self.part]
            words.append(Label(part.fr, part.en).into(language))
        return BETWEEN.join(words)

    @property
    def person(self) -> bool:
        """Whether it holds a user or a team."""
        return self.fact is None and self.key in PEOPLE

    @property
    def called(self) -> bool:
        """Whether it holds records or people, which have a name beside their id."""
        return self.person or isinstance(self.fact, Relation | Links)

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers, shown as such."""
        fact = self.fact
        return isinstance(fact, Column) and not fact.choice and kind_of(fact.type).numeric


def columns(module: Module, having: Having = declared) -> Iterator[ListColumn]:
    """Every column that a list of the module may have: its own, then those of link targets."""
    own = having(module)
    yield from _own(module, own)
    for relation in own.facts.values():
        if not isinstance(relation, Relation):
            continue
        for each in _own(module, having(module.target(relation)), relation):
            if not isinstance(each.fact, Links):
                yield each


def _own(module: Module, of: Customised, over: Relation | None = None) -> Iterator[ListColumn]:
    for name in dict.fromkeys(["id", *COMMON, *of.facts, *PEOPLE]):
        fact = of.facts.get(name) or COMMON.get(name)
        yield ListColumn(module, name, fact, over)
        for part in _parts(of.module, name):
            yield ListColumn(module, name, fact, over, part)


def shown_first(viewer: Viewer, module: Module) -> list[Path]:
    """The columns of a list that names none: the header and key fields of the viewer's layout."""
    layout = layout_of(viewer, module)
    chosen = dict.fromkeys([*layout.header, *layout.key])
    return [(name,) for name in chosen or ("number", "title")]


def everything(viewer: Viewer, module: Module) -> list[Path]:
    """The columns of an export that names none: all that the details show, addresses by part."""
    shown = [name for block in layout_of(viewer, module).blocks for name in block.fields]
    found: list[Path] = []
    for name in dict.fromkeys(["number", *shown]):
        parts = [(name, part) for part in _parts(module, name)]
        found += parts or [(name,)]
    return found


def with_ids(shown: Iterable[ListColumn]) -> list[ListColumn]:
    """The columns with the record's id before them, and behind each relation the id it holds."""
    found: list[ListColumn] = []
    for each in shown:
        if not found and each.path != ("id",):
            found.append(ListColumn(each.module, "id", None))
        found.append(each)
        if isinstance(each.fact, Relation) and each.over is None:
            found.append(ListColumn(each.module, "id", None, each.fact))
    return list(dict.fromkeys(found))


def _parts(module: Module, name: str) -> Iterable[str]:
    column = module.columns.get(name)
    return ADDRESS_PARTS if column is not None and column.type is Address else ()
