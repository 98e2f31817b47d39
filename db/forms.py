"""What a new record takes from the record it is created from: its *host*.

Created in a tab, a record points at the host; beside that it takes what both declare alike and what
says the same of both: addresses, ways to reach someone, shared lists of values, relations. Texts,
numbers, dates and states are each record's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from db.declare import Column, Fact, Links, Relation
from db.errors import BadUserInput
from db.kinds import Address, CurrencyCode, Phone, Url
from db.suite import Module, Tab

TAKEN: Final = (Address, CurrencyCode, Phone, Url)


def pointing(module: Module, host: Module, tab: str | None = None) -> Relation | Links | None:
    """What of the module leads to a host: over the host's `tab`, else the first there is.

    None where nothing leads there from this side. Raises BadUserInput for a tab of other records.
    """
    ways = [
        each
        for each in host.tabs.values()
        if each.module is module and not each.forward and _writable(module, each)
    ]
    if tab is None:
        return next((each.fact for each in ways), None)
    chosen = host.tabs.get(tab)
    if chosen is None or chosen.module is not module:
        known = [each.name for each in host.tabs.values() if each.module is module]
        raise BadUserInput(("tab",), "no_such_tab", module=host.singular, name=tab, names=known)
    return chosen.fact if chosen in ways else None


def _writable(module: Module, tab: Tab) -> bool:
    return module.writable(tab.fact)


def taken(module: Module, row: Any, way: Relation | Links | None) -> dict[str, Any]:
    """The values of a new record of the module that its host's row gives, as an input has them."""
    values = {name: value for name, value in _alike(module, row) if value is not None}
    if isinstance(way, Relation):
        values[way.name] = row["id"]
    elif way is not None:
        values[way.name] = [row["id"]]
    return values


def _alike(module: Module, row: Any) -> Iterator[tuple[str, Any]]:
    host: Module = row.module
    for name, fact in module.facts.items():
        own = host.facts.get(name)
        if isinstance(fact, Links) or not module.writable(fact):
            continue
        if isinstance(fact, Relation):
            # Of the same module, a parent is a parent's own.
            alike = isinstance(own, Relation) and own.target_name == fact.target_name
            if alike and module is not host:
                yield name, row[fact.foreign_key]
        elif _says_the_same(module, fact, host, own):
            yield name, row[name]
        elif fact.type is Address and len(_addresses(module)) == 1:
            yield name, _first(row[each] for each in _addresses(host))


def _says_the_same(module: Module, column: Column, host: Module, own: Fact | None) -> bool:
    """A list of values that two modules share is the same list; a module's own is each record's."""
    if not isinstance(own, Column) or own.type is not column.type or column.unique:
        return False
    return column.type in TAKEN or (column.choice is not None and module is not host)


def _addresses(module: Module) -> list[str]:
    return [each.name for each in module.columns.values() if each.type is Address]


def _first(values: Iterator[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def completed(module: Module, given: Mapping[str, Any], taken: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, and what is taken where nothing was: null is something."""
    new = {fact.name for name, fact in module.creatable.items() if given.get(name) is not None}
    return {**{name: value for name, value in taken.items() if name not in new}, **given}
