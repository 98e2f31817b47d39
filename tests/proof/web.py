"""A company in which everything points at everything, and what each of its readers may see of it,
spelt out by definition: the model in plain Python that all answers are held against.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.suite import Module, Suite, Tab
from graph import names
from tests.client import Client

EVERY = ["read", "create", "edit", "delete", "export", "comment"]


@dataclass
class Knot:
    """A record: whose, where, and the ids that each of its relations and links holds."""

    id: int
    module: str
    owner: int = 0
    deleted: bool = False
    points: dict[str, list[int]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    """What its columns hold, in the form in which they are read."""


@dataclass
class Reader:
    """One who asks, and the rights drawn for them."""

    client: Client = field(repr=False)
    everything: bool
    owners: set[int] = field(default_factory=set)
    """Whose records they have as their own: themselves, their teams, those below them."""
    ruled: set[tuple[str, int]] = field(default_factory=set)
    """Modules with the owners whose records of it a rule shares with them."""
    records: set[int] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    masked: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Rights:
    """Everybody's rights beside whose the records are. Readers and roles by their places."""

    shared: set[str] = field(default_factory=set)
    members: set[int] = field(default_factory=set)
    roles: set[int] = field(default_factory=set)
    """Who has their role; of readers 1 and 2 the second's is `above` the first's."""
    above: bool = False
    rules: set[tuple[str, int, int]] = field(default_factory=set)
    """Module; the role or team whose records are shared, and with whom."""
    shares: set[tuple[int, int]] = field(default_factory=set)
    """Records with whom they are shared."""
    hidden: dict[int, set[str]] = field(default_factory=dict)
    masked: dict[int, set[tuple[str, str]]] = field(default_factory=dict)


class Web:
    """The records of a company by id, and those who read it.

    No dataclass: Hypothesis would print all that it holds.
    """

    def __init__(self, administrator: Client) -> None:
        self.administrator = administrator
        self.readers = [Reader(administrator, True)]
        self.knots: dict[int, Knot] = {}
        self.ids: dict[str, list[int]] = {}
        """By module, the ids of its records, in the order in which they were made."""
        self.rights = Rights()
        self.profiles: list[int] = []
        """One for each reader but the first, which lets them do everything unless it is drawn."""
        self.team = 0
        self.roles: list[int] = []
        """One for each reader but the first; none is above another but by chance."""
        self.comments: dict[int, int] = {}
        """The one comment of each record, by the record."""
        self.tag = ""
        """The id of a tag that every record has."""
        self.list: dict[str, str] = {}
        """The id of a shared list of all records, by module."""

    @property
    def suite(self) -> Suite:
        return self.administrator.suite

    def sees(self, reader: Reader, knot: Knot, *, deleted: bool = False) -> bool:
        if knot.deleted is not deleted:
            return False
        if reader.everything:
            return True
        return knot.module not in reader.hidden and (
            knot.owner in reader.owners
            or (knot.module, knot.owner) in reader.ruled
            or knot.module in reader.modules
            or knot.id in reader.records
        )

    def ever(self, reader: Reader, id: int) -> bool:
        """Whether the reader sees the record, in the recycle bin or out of it."""
        return any(self.sees(reader, self.knots[id], deleted=each) for each in (False, True))

    def rolled_up(self, reader: Reader, knot: Knot) -> set[int]:
        """The records whose comments are shown on one."""
        module, found = self.suite[knot.module], {knot.id}
        for relation in module.relations.values():
            if relation.rollup:
                found.update(self.linked(reader, knot, relation.name))
        for tab in module.tabs.values():
            if tab.fact.rollup and not tab.module.part:
                found.update(self.tab(reader, knot, tab))
        return found

    def of(self, module: str) -> list[Knot]:
        """The records of a module, oldest first."""
        return [self.knots[id] for id in self.ids[module]]

    def seen(self, reader: Reader, module: str) -> list[int]:
        """Newest first."""
        return [each.id for each in reversed(self.of(module)) if self.sees(reader, each)]

    def target(self, reader: Reader, knot: Knot, name: str) -> int | None:
        """What a relation shows."""
        shown = self.linked(reader, knot, name)
        return shown[0] if shown else None

    def linked(self, reader: Reader, knot: Knot, name: str) -> list[int]:
        """What a relation or links show."""
        if (knot.module, name) in reader.masked:
            return []
        held = [self.knots[id] for id in knot.points.get(name, ())]
        return sorted({each.id for each in held if self.sees(reader, each)}, reverse=True)

    def tab(self, reader: Reader, host: Knot, tab: Tab) -> list[int]:
        """What a tab holds."""
        if tab.forward:
            return self.linked(reader, host, tab.fact.name)
        if (tab.module.name, tab.fact.name) in reader.masked:
            return []
        own = [x for x in self.of(tab.module.name) if host.id in x.points.get(tab.fact.name, ())]
        return [each.id for each in reversed(own) if self.sees(reader, each)]


def masks(reader: Reader, module: Module, name: str) -> bool:
    """Whether a field, or the far side of one, is hidden from the reader."""
    tab = module.tabs.get(name)
    if tab is not None and not tab.forward:
        return (tab.module.name, tab.fact.name) in reader.masked
    return (module.name, name) in reader.masked


def one(module: Module) -> str:
    return names.camel(names.one(module))


def many(module: Module) -> str:
    return names.camel(names.many(module))
