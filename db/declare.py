"""The words a module is declared with.

A declaration states facts; it does nothing. `column()`, `relation()` and `links()` return frozen
facts; `Record.__init_subclass__` (db/record.py) names them and files them in a `Declaration`. A
`Suite` (db/suite.py) puts declarations together; everything derived reads its modules only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NamedTuple, TypedDict, TypeVar, Unpack, cast, overload

from sqlalchemy.orm import Mapped

T = TypeVar("T")
UNSET: Final[Any] = type("Unset", (), {"__repr__": lambda self: "UNSET"})()


class DeclarationError(TypeError):
    """A declaration contradicts itself. Raised at import; names the class and the attribute."""


class Label(NamedTuple):
    """What people read, in each language the service speaks."""

    fr: str
    en: str

    def into(self, language: str) -> str:
        """The text in `language`; in French where that language is not spoken here."""
        return self.en if language == "en" else self.fr


class Choice(str, Enum):
    """A closed list of values, each with the labels people read.

    class Priority(Choice):
        LOW = "low", "Basse", "Low"
    """

    label: Label

    def __new__(cls, value: str, fr: str, en: str) -> Choice:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Label(fr, en)
        return member


@dataclass(frozen=True)
class App:
    """An application of the suite: the menu under which modules stand."""

    key: str
    fr: str
    en: str

    @property
    def label(self) -> Label:
        return Label(self.fr, self.en)


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """A value the record holds. `name`, `type` and `optional` are read off the annotation."""

    label: Label
    header: bool = False
    key: bool = False
    quick: bool = False
    readonly: bool = False
    unique: bool = False
    searched: bool = False
    default: Any = UNSET
    name: str = UNSET
    type: Any = UNSET
    optional: bool = UNSET

    @property
    def required(self) -> bool:
        """Whether whoever creates a record must give this value."""
        return not self.optional and not self.readonly and self.default is UNSET

    @property
    def choice(self) -> type[Choice] | None:
        """The list its value is chosen from, if it is."""
        chosen = isinstance(self.type, type) and issubclass(self.type, Choice)
        return self.type if chosen else None


@dataclass(frozen=True, kw_only=True, eq=False)
class Relation:
    """A link to one record of `target_name`, seen from there as the tab `inverse`."""

    label: Label
    inverse: str
    inverse_label: Label | None = None
    rollup: bool = False
    readonly: bool = False
    quick: bool = False
    name: str = UNSET
    target_name: str = UNSET
    optional: bool = UNSET

    @property
    def foreign_key(self) -> str:
        """The column holding the target's id: `account` gives `account_id`."""
        return f"{self.name}_id"

    @property
    def new(self) -> str:
        """The input that takes its target as a new record: `new_account`."""
        return f"new_{self.name}"

    @property
    def required(self) -> bool:
        return not self.optional and not self.readonly


@dataclass(frozen=True, kw_only=True, eq=False)
class Links:
    """Any number of records of `target_name`, seen from there as the tab `inverse`."""

    label: Label
    inverse: str
    inverse_label: Label | None = None
    rollup: bool = False
    name: str = UNSET
    target_name: str = UNSET


Fact = Column | Relation | Links


@dataclass(frozen=True, kw_only=True, eq=False)
class Declaration:
    """One declared class: its labels, its flags and its facts, in declared order."""

    name: str
    singular: Label
    plural: Label
    facts: Mapping[str, Fact]
    app: App | None = None
    prefix: str = ""
    title: str = ""
    many: str = ""
    lines: bool = False
    accounting: bool = False
    by_actions: bool = False
    edited_in: tuple[str, ...] = ()
    closed: str = ""
    part: bool = False
    shown: tuple[str, ...] = ()

    @property
    def table_name(self) -> str:
        return snake_case(self.name)


class Flags(TypedDict, total=False):
    """`header` and `key`: shown in the record's header, in its summary. `quick`: asked for by the
    quick-create form. `readonly`: computed, never an input. `unique`: no two records alike, within
    the company and the module's first required relation. `searched`: a reference that the global
    search finds records by, as it does by every e-mail and phone.
    """

    header: bool
    key: bool
    quick: bool
    readonly: bool
    unique: bool
    searched: bool


@overload
def column(fr: str, en: str, **flags: Unpack[Flags]) -> Mapped[Any]: ...
@overload
def column(fr: str, en: str, *, default: T, **flags: Unpack[Flags]) -> Mapped[T]: ...
def column(fr: str, en: str, **options: Any) -> Mapped[Any]:
    """Declare a value. Its type, and whether it may be null, come from the annotation."""
    return cast("Mapped[Any]", Column(label=Label(fr, en), **options))


def relation(
    fr: str,
    en: str,
    *,
    inverse: str,
    tab: tuple[str, str] | None = None,
    rollup: bool = False,
    readonly: bool = False,
) -> Mapped[Any]:
    """Declare a link to one record of the annotated module; its foreign key follows from it.

    `inverse` names the tab on the target and `tab` labels it (unless given: this module's plural).
    `rollup` shows each side's comments on the other.
    """
    facts = Relation(
        label=Label(fr, en),
        inverse=inverse,
        inverse_label=Label(*tab) if tab else None,
        rollup=rollup,
        readonly=readonly,
    )
    return cast("Mapped[Any]", facts)


def links(
    fr: str,
    en: str,
    *,
    inverse: str,
    tab: tuple[str, str] | None = None,
    rollup: bool = False,
) -> Mapped[Any]:
    """Declare a many-to-many relation to the annotated module, `Mapped[list[Campaign]]`."""
    facts = Links(
        label=Label(fr, en),
        inverse=inverse,
        inverse_label=Label(*tab) if tab else None,
        rollup=rollup,
    )
    return cast("Mapped[Any]", facts)


def snake_case(name: str) -> str:
    """`CustomerInvoice` gives `customer_invoice`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
