"""Columns of lists and exports: fields of a module, and fields of what its records point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from db.access import Viewer
from db.declare import Column, Fact, Label, Links, Relation
from db.kinds import ADDRESS_PARTS, Address, kind_of
from db.layouts import PEOPLE, layout_of
from db.suite import Module

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
    def numeric(self) -> bool:
        """Whether it holds numbers, shown as such."""
        fact = self.fact
        return isinstance(fact, Column) and not fact.choice and kind_of(fact.type).numeric


def column_of(module: Module, path: Sequence[str]) -> ListColumn | None:
    """The column of a name such as `("account", "name")`; None where there is no such field."""
    name, *rest = path
    if not rest:
        return _own(module, name)
    relation = module.relations.get(name)
    if relation is None:
        return _part(_own(module, name), rest)
    target = module.target(relation)
    found = _own(target, rest[0])
    if found is None or isinstance(found.fact, Links):
        return None
    behind = ListColumn(module, found.key, found.fact, relation)
    return behind if len(rest) == 1 else _part(behind, rest[1:])


def _own(module: Module, name: str) -> ListColumn | None:
    if name == "id" or name in PEOPLE:
        return ListColumn(module, name, None)
    fact = module.all_columns.get(name) or module.facts.get(name)
    return None if fact is None else ListColumn(module, name, fact)


def _part(column: ListColumn | None, rest: Sequence[str]) -> ListColumn | None:
    if column is None or not isinstance(column.fact, Column) or column.fact.type is not Address:
        return None
    if len(rest) != 1 or rest[0] not in ADDRESS_PARTS:
        return None
    return ListColumn(column.module, column.key, column.fact, column.over, rest[0])


def names(module: Module) -> Iterator[Path]:
    """Every column a list of the module may have."""
    for each in _names(module):
        yield (each,)
        yield from ((each, part) for part in _parts(module, each))
    for relation in module.relations.values():
        target = module.target(relation)
        for each in _names(target):
            if each not in target.links:
                yield (relation.name, each)
                yield from ((relation.name, each, part) for part in _parts(target, each))


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


def _names(module: Module) -> Iterable[str]:
    return dict.fromkeys(["id", *module.all_columns, *module.facts, *PEOPLE])


def _parts(module: Module, name: str) -> Iterable[str]:
    column = module.columns.get(name)
    return ADDRESS_PARTS if column is not None and column.type is Address else ()
