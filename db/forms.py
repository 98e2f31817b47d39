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


def way(module: Module, host: Module, tab: str | None = None) -> Tab | None:
    """The tab of a host that a new record of the module comes into: that of the name `tab`, else
    the first that the new record fills by itself, else one of links that the host declares.

    None where there is none. Raises BadUserInput for a tab of other records.
    """
    ways = [each for each in host.tabs.values() if each.module is module and _filled(each)]
    ways.sort(key=lambda each: each.forward)
    if tab is None:
        return next(iter(ways), None)
    if tab not in host.tabs or host.tabs[tab].module is not module:
        known = [each.name for each in host.tabs.values() if each.module is module]
        raise BadUserInput(("tab",), "no_such_tab", module=host.singular, name=tab, names=known)
    return next((each for each in ways if each.name == tab), None)


def _filled(tab: Tab) -> bool:
    """Whether clients put records into the tab."""
    return tab.forward or tab.module.writable(tab.fact)


def taken(module: Module, row: Any, tab: Tab | None) -> dict[str, Any]:
    """The values of a new record of the module that its host's row gives, as an input has them.

    What leads to the host is among them, unless the host itself says so: a `forward` tab.
    """
    values = {name: value for name, value in _alike(module, row) if value is not None}
    if tab is not None and not tab.forward:
        many = isinstance(tab.fact, Links)
        values[tab.fact.name] = [row["id"]] if many else row["id"]
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
