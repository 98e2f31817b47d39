"""A suite: modules that know each other, each with its table. What everything derived reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import MetaData, Table

from db.declare import Column, Declaration, Fact, Label, Links, Relation
from db.kinds import Email, Phone
from db.record import Part, Record
from db.rows import RegisterRow, Row
from db.tables import NAMING

COMMON: Mapping[str, Column] = {
    fact.name: fact
    for fact in (
        Column(
            name=name,
            label=Label(fr, en),
            type=type_,
            optional=False,
            readonly=True,
        )
        for name, fr, en, type_ in (
            ("number", "Numéro", "Number", str),
            ("title", "Intitulé", "Title", str),
            ("created_at", "Créé le", "Created at", datetime),
            ("updated_at", "Modifié le", "Updated at", datetime),
            ("version", "Version", "Version", int),
        )
    )
}
"""The columns of every record, declared in the words of any other column."""


@dataclass(frozen=True, eq=False)
class Tab:
    """A list of a record's neighbours: the far side of a relation, or of links seen from one end.

    `host` is the module whose records have the tab, `module` that of the rows in it. `forward` is
    true on the side that declares links.
    """

    name: str
    label: Label
    host: Module
    module: Module
    fact: Relation | Links
    forward: bool = False

    @property
    def key(self) -> str:
        """What names the relation crossed, from whichever side: `CustomerInvoice.account`."""
        declared_by = self.host if self.forward else self.module
        return f"{declared_by.name}.{self.fact.name}"


@dataclass(eq=False)
class Module:
    """One declaration in its suite. Compared by identity: it stands for itself in any key."""

    declared: Declaration
    suite: Suite = field(repr=False)
    table: Table = field(init=False, repr=False)
    row: type[Row] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        namespace = {"module": self, "__slots__": ()}
        self.row = type(f"{self.name}Row", (Row,), namespace)

    def __hash__(self) -> int:
        return id(self)

    @property
    def name(self) -> str:
        return self.declared.name

    @property
    def singular(self) -> Label:
        return self.declared.singular

    @property
    def plural(self) -> Label:
        return self.declared.plural

    @property
    def part(self) -> bool:
        return self.declared.part

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Every declared fact by name, in declared order."""
        return self.declared.facts

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The module's own columns by name."""
        return {name: fact for name, fact in self.facts.items() if isinstance(fact, Column)}

    @cached_property
    def all_columns(self) -> Mapping[str, Column]:
        """The columns every record has, then the module's own."""
        return dict(self.columns) if self.part else {**COMMON, **self.columns}

    @cached_property
    def searched(self) -> Mapping[str, Column]:
        """The columns that the global search finds records by, besides number and title."""
        return {
            name: column
            for name, column in self.columns.items()
            if column.searched or column.type in (Email, Phone)
        }

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        return {name: fact for name, fact in self.facts.items() if isinstance(fact, Relation)}

    @cached_property
    def creatable(self) -> Mapping[str, Relation]:
        """The relations whose target a new record may bring along, by the input that takes it."""
        return {
            fact.new: fact
            for fact in self.relations.values()
            if not (self.part or fact.readonly or self.target(fact).declared.by_actions)
        }

    @cached_property
    def links(self) -> Mapping[str, Links]:
        return {name: fact for name, fact in self.facts.items() if isinstance(fact, Links)}

    @cached_property
    def tabs(self) -> Mapping[str, Tab]:
        """The lists of neighbours by name: own links, then what points here, in suite order."""
        return {tab.name: tab for tab in self._tabs()}

    def _tabs(self) -> Iterator[Tab]:
        for links in self.links.values():
            yield Tab(links.name, links.label, self, self.target(links), links, forward=True)
        for module in self.suite:
            for fact in module.facts.values():
                if isinstance(fact, Column) or fact.target_name != self.name:
                    continue
                yield Tab(fact.inverse, fact.inverse_label or module.plural, self, module, fact)

    def writable(self, fact: Fact) -> bool:
        """Whether clients may write the fact: it is neither computed nor moved by actions only."""
        if isinstance(fact, Links):
            return True
        return not (fact.readonly or (self.declared.edited_in and fact.name == "status"))

    def target(self, fact: Relation | Links) -> Module:
        return self.suite[fact.target_name]


class Suite:
    """Declared records and parts, by name: `suite["CustomerInvoice"]`. Iterates over all."""

    def __init__(self, records: Iterable[type[Record]], parts: Iterable[type[Part]] = ()) -> None:
        from db.module_table import table_of  # it reads the modules this makes
        from db.verify import verify

        declared = [*(each.declared for each in records), *(each.declared for each in parts)]
        self._modules = {each.name: Module(each, self) for each in declared}
        verify(self, declared)
        self.metadata = MetaData(naming_convention=NAMING)
        for module in self:
            module.table = table_of(module, self.metadata)
        self.register: type[RegisterRow] = type(
            "SuiteRegisterRow", (RegisterRow,), {"suite": self, "__slots__": ()}
        )

    def __getitem__(self, name: str) -> Module:
        return self._modules[name]

    def __contains__(self, name: object) -> bool:
        return name in self._modules

    def __iter__(self) -> Iterator[Module]:
        return iter(self._modules.values())

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """The modules of records, without the parts."""
        return tuple(module for module in self if not module.part)

    def get(self, name: str) -> Module | None:
        return self._modules.get(name)


def module_of(row: Any) -> Module:
    """The module of a row read from a module's table or from the register."""
    found: Module = row.module
    return found
