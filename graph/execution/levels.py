"""The levels of a plan: which rows are read, of which what, hanging on which rows above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Select, Text, bindparam, select

from db.access import Scope, shown, visible, visible_register
from db.listings import Measure
from db.paging import Picked, Slice, parent_id
from db.reading import Wanted
from db.statements import Statement, compiled
from db.suite import Module
from db.tables import company, principal, record

PRINCIPAL: Final = principal
COMPANY: Final = company
NUMBER: Final[Any] = bindparam("number", type_=Text)


@dataclass
class Asked:
    """What the arguments of a connection ask for; `size` rows are its page."""

    wanted: Wanted
    part: Slice


@dataclass(eq=False)
class Level:
    """Rows of one kind, `key` being the column of those `above` that leads to them.

    `place` numbers the levels of a plan.
    """

    place: int
    above: Level | None = None
    key: int = 0
    picked: list[tuple[str, bool]] = field(default_factory=list)
    position: bool = False
    children: list[Level] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.above is not None:
            self.above.children.append(self)

    def pick(self, name: str, as_text: bool = False) -> int:
        """The place of a column among those read; as text it is another one."""
        wanted = (name, as_text)
        if wanted not in self.picked:
            self.picked.append(wanted)
        return self.picked.index(wanted)

    @property
    def columns(self) -> tuple[str, ...]:
        numbered = tuple(str(i) for i in range(len(self.picked)))
        return (*numbered, "position") if self.position else numbered

    def values(self, asked: Sequence[Asked]) -> Mapping[str, Any]:
        """What the arguments leave to parameters."""
        return {}

    def body(self, scope: Scope, asked: Sequence[Asked]) -> Statement:
        return compiled(self.select(scope, asked))

    def select(self, scope: Scope, asked: Sequence[Asked]) -> Select[Any]:
        raise NotImplementedError


@dataclass(eq=False)
class One(Level):
    """The record of a module with the id above."""

    module: Module = field(kw_only=True)

    def select(self, scope: Scope, asked: Sequence[Asked]) -> Select[Any]:
        rows = self.module.table.alias("t")
        read = Picked(tuple(self.picked)).of(shown(self.module, rows, scope), ())
        return select(*read).where(rows.c.id == parent_id, visible(self.module, rows, scope))


@dataclass(eq=False)
class Numbered(One):
    """The record of a module with the number in the parameter `number`."""

    def select(self, scope: Scope, asked: Sequence[Asked]) -> Select[Any]:
        rows = self.module.table.alias("t")
        read = Picked(tuple(self.picked)).of(shown(self.module, rows, scope), ())
        return select(*read).where(rows.c.number == NUMBER, visible(self.module, rows, scope))


@dataclass(eq=False)
class Registered(Level):
    """What the register says of the record with the id above."""

    def select(self, scope: Scope, asked: Sequence[Asked]) -> Select[Any]:
        rows = record.alias("t")
        read = Picked(tuple(self.picked)).of(rows.c, ())
        return select(*read).where(rows.c.id == parent_id, visible_register(rows, scope))


@dataclass(eq=False)
class Plain(Level):
    """The row of a table that is no module's, with the id above, for whoever may see that id."""

    table: Any = field(kw_only=True)

    def select(self, scope: Scope, asked: Sequence[Asked]) -> Select[Any]:
        rows = self.table.alias("t")
        return select(*Picked(tuple(self.picked)).of(rows.c, ())).where(rows.c.id == parent_id)


@dataclass(eq=False)
class OfConnection(Level):
    """Something of a connection, the one at `connection` among those of the plan."""

    connection: int = field(kw_only=True)

    def values(self, asked: Sequence[Asked]) -> Mapping[str, Any]:
        own = asked[self.connection]
        return {**own.wanted.values, **own.part.values}


@dataclass(eq=False)
class Rows(OfConnection):
    """The rows of a page; one more than it holds if `more` asks whether there are."""

    more: bool = False

    def values(self, asked: Sequence[Asked]) -> Mapping[str, Any]:
        found = dict(super().values(asked))
        if not self.more:
            found["size"] -= 1
        return found

    def select(self, scope: Scope, asked: Sequence[Asked]) -> Select[Any]:
        own = asked[self.connection]
        picked = Picked(tuple(self.picked), self.position)
        return own.wanted.listing.page(scope, own.part.shape, picked)


@dataclass(eq=False)
class Outside(OfConnection):
    """Whether rows lie outside the ends of a page."""

    @property
    def columns(self) -> tuple[str, ...]:
        return "earlier", "later"

    def select(self, scope: Scope, asked: Sequence[Asked]) -> Select[Any]:
        own = asked[self.connection]
        return own.wanted.listing.outside(scope, own.part.shape)


@dataclass(eq=False)
class Total(OfConnection):
    """Aggregates over a whole list."""

    measures: list[Measure] = field(default_factory=list)

    def measure(self, function: str, column: str) -> int:
        if (function, column) not in self.measures:
            self.measures.append((function, column))
        return self.measures.index((function, column))

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple("~".join(each) for each in self.measures)

    def select(self, scope: Scope, asked: Sequence[Asked]) -> Select[Any]:
        return asked[self.connection].wanted.listing.total(scope, self.measures)


Convert = Callable[[Any], Any]
