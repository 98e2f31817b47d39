"""What a company has made of the modules: custom fields, labels of its own, layouts.

They travel with the viewer, whose rights are read once an operation. A company counts the changes
of them (`company.customised`), and where that count is not the one they were read at they are read
anew: every worker obeys from the next operation on, and none pays for it.

A custom field is a `Column` like any other, named `custom.x`: so it is checked, shown, told and
filtered by what does that for declared ones. Its value is `x` of the row's `custom`, in JSON form.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from db.declare import UNSET, Choice, Column, Fact, Label
from db.kinds import KINDS
from db.layouts import Layout, default_layout, laid_out, without
from db.suite import Module, Suite, Tab

if TYPE_CHECKING:
    from db.access import Scope, Viewer

PREFIX: Final = "custom."
CHOICE: Final = "Choice"
"""The type of a custom field whose values are a list."""

TYPES: Final[Mapping[str, Any]] = {kind.name: type_ for type_, kind in KINDS.items()}
"""By the name of their kind, what custom fields may hold beside choices."""

UNINDEXED: Final = ("LongText", "URL", "Address", "JSON")
"""Kinds too long or too free to be found by."""

SEARCHED: Final = tuple(
    kind.name for type_, kind in KINDS.items() if kind.text and kind.name not in UNINDEXED
)
"""Kinds that the global search finds records by: one line of text."""

KEPT: Final = 1000
"""Companies whose customs a process keeps."""

FIELDS: Final = """
SELECT * FROM custom_field WHERE company_id = $1 AND deleted_at IS NULL ORDER BY id
"""
LAYOUTS: Final = """
SELECT DISTINCT ON (module) module, version, layout FROM layout WHERE company_id = $1
ORDER BY module, version DESC
"""


def place_of(type_: str) -> str:
    """The column of `custom_value` that holds values of this type."""
    if type_ in ("Date", "DateTime"):
        return "moment"
    return "number" if type_ != CHOICE and KINDS[TYPES[type_]].numeric else "text"


@dataclass(frozen=True)
class CustomField:
    """One field that a company added; `column` is what it is for everything else."""

    id: int
    module: str
    name: str
    type: str
    label: Label
    required: bool
    indexed: bool
    searched: bool
    column: Column = field(compare=False)
    choices: tuple[tuple[str, Label], ...] = ()

    @classmethod
    def of(cls, row: Any) -> CustomField:
        label = Label(row["label_fr"], row["label_en"])
        choices = tuple(
            (each["value"], Label(each["fr"], each["en"])) for each in row["choices"] or ()
        )
        return cls(
            row["id"],
            row["module"],
            row["name"],
            row["type"],
            label,
            row["required"],
            row["indexed"],
            row["searched"],
            column_of(row["name"], row["type"], label, choices, row["required"], row["default"]),
            choices,
        )


def column_of(
    name: str,
    type_: str,
    label: Label,
    choices: tuple[tuple[str, Label], ...],
    required: bool,
    default: Any,
) -> Column:
    """The column that a custom field is. `default` is in JSON form."""
    of: Any = TYPES[type_] if type_ != CHOICE else chosen(choices)
    return Column(
        label=label,
        name=f"{PREFIX}{name}",
        type=of,
        optional=not required,
        default=UNSET if default is None else of(default) if type_ == CHOICE else default,
    )


def chosen(choices: tuple[tuple[str, Label], ...]) -> type[Choice]:
    """The list of values of a custom field, as a declared one would be."""
    values: Any = {value: (value, label.fr, label.en) for value, label in choices}
    made: Any = Choice(CHOICE, values)  # type: ignore[call-arg]
    return made  # type: ignore[no-any-return]


@dataclass(frozen=True, eq=False)
class Customised:
    """A module as a company has it. `facts` are the declared ones under the company's labels, then
    its own fields, by name; `custom` those fields.
    """

    module: Module
    facts: Mapping[str, Fact]
    layout: Layout
    custom: Mapping[str, CustomField] = field(default_factory=dict)
    tab_labels: Mapping[str, Label] = field(default_factory=dict)
    version: int = 0
    """How many layouts it was given."""
    hidden: frozenset[str] = frozenset()
    """Fields and tabs of the module that who asks may not read: they are in nothing of the rest."""

    @property
    def roll_up_flags(self) -> Iterator[tuple[str, bool]]:
        """Of the relations it declares, those that roll up otherwise than declared."""
        for name, fact in self.module.facts.items():
            if (
                not isinstance(fact, Column)
                and self.layout.roll_up.get(name, fact.rollup) != fact.rollup
            ):
                yield f"{self.module.name}.{name}", not fact.rollup

    def writable(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the values, by fact, that who asks may write."""
        barred = self.hidden | self.layout.readonly
        return {name: value for name, value in values.items() if name not in barred}

    def label_of_tab(self, tab: Tab) -> Label:
        return self.tab_labels.get(tab.name, tab.label)


Customs = Mapping[str, Customised]
"""By name, the modules that a company has made something else of."""

Having = Callable[[Module], Customised]
"""How whoever asks has a module."""


@lru_cache(maxsize=1024)
def declared(module: Module) -> Customised:
    """A module as nobody made anything of it."""
    return Customised(module, module.facts, default_layout(module))


def customised(viewer: Viewer, module: Module) -> Customised:
    """A module as the viewer's company has it, without what their profile hides from them."""
    own = viewer.customs.get(module.name) or declared(module)
    masked, fixed = viewer.scope.masked, viewer.fixed.get(module.name)
    if not masked and not fixed:
        return own
    if module.name not in viewer.limited:
        viewer.limited[module.name] = limited(own, viewer.scope, fixed or frozenset())
    return viewer.limited[module.name]


def layout_of(viewer: Viewer, module: Module) -> Layout:
    """The layout that a viewer has of a module: their company's own, else the declared one."""
    return customised(viewer, module).layout


def tabs_of(viewer: Viewer, module: Module) -> list[Tab]:
    """The tabs that a viewer is offered of it, in order: those whose module they may read."""
    tabs = (module.tabs[name] for name in layout_of(viewer, module).tabs)
    return [tab for tab in tabs if viewer.granted("read", tab.module)]


def limited(own: Customised, scope: Scope, fixed: frozenset[str]) -> Customised:
    """The module without the fields and tabs that a scope hides, and with fields that are fixed."""
    module = own.module
    fields = {name for of, name in scope.masked if of == module.name}
    hidden = frozenset([*fields, *(t.name for t in module.tabs.values() if not scope.crosses(t))])
    layout = without(own.layout, hidden)
    return replace(
        own,
        facts={name: fact for name, fact in own.facts.items() if name not in hidden},
        custom={name: each for name, each in own.custom.items() if name not in hidden},
        layout=replace(layout, readonly=layout.readonly | fixed),
        hidden=hidden,
    )


class KeptCustoms:
    """What companies have made of the modules, as this process read it last."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self._kept: OrderedDict[int, tuple[int, Customs]] = OrderedDict()

    async def of(self, connection: Any, company_id: int, version: int) -> Customs:
        """Those of a company whose count of changes is `version`. No statement if they are kept."""
        if version == 0:
            return {}
        kept = self._kept.get(company_id)
        if kept is None or kept[0] != version:
            kept = (version, await read(connection, self.suite, company_id))
            self._kept[company_id] = kept
        self._kept.move_to_end(company_id)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return kept[1]


async def read(connection: Any, suite: Suite, company_id: int) -> Customs:
    """What a company has made of the modules. Two statements."""
    fields: dict[str, list[CustomField]] = {}
    for row in await connection.fetch(FIELDS, company_id):
        fields.setdefault(row["module"], []).append(CustomField.of(row))
    layouts = {row["module"]: row for row in await connection.fetch(LAYOUTS, company_id)}
    return {
        name: made(suite[name], fields.get(name, ()), layouts.get(name))
        for name in {*fields, *layouts}
        if name in suite
    }


def made(module: Module, fields: Any, stored: Any) -> Customised:
    """The module with these custom fields, and the layout that was stored last, if one was."""
    custom = {each.column.name: each for each in fields}
    given = (stored["layout"] if stored else None) or {}
    labels = {name: Label(*each) for name, each in given.get("labels", {}).items()}
    facts: dict[str, Fact] = {
        name: replace(fact, label=labels[name]) if name in labels else fact
        for name, fact in module.facts.items()
    }
    facts |= {name: each.column for name, each in custom.items()}
    return Customised(
        module,
        facts,
        laid_out(module, facts, given),
        custom,
        {name: label for name, label in labels.items() if name in module.tabs},
        stored["version"] if stored else 0,
    )
