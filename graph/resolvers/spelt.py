"""Filters, orders and inputs that come as JSON, where their module is known only at run time.

They are spelt as the typed ones: `{dueOn: {lt: "2026-01-01"}, status: {in: ["SENT"]}}`. What
GraphQL checks of those is checked here: names, and that an enum's value is one of its names. All
else is checked where it is for everyone: db/conditions.py, db/ordering.py, db/validation.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from strawberry import UNSET

from db import conditions, ordering
from db.declare import Choice, Column
from db.errors import BadFilter
from db.suite import Module
from graph import names

Path = tuple[str, ...]
LOGIC = ("and", "or", "not")


def as_filter(module: Module, given: Any) -> Any:
    """The filter as db/conditions.py takes it. Raises BadFilter."""
    return None if _left_out(given) else _every(module, given, ("filter",), 0)


def as_order(module: Module, given: Any) -> Any:
    """The order as db/ordering.py takes it. Raises BadFilter."""
    if _left_out(given):
        return None
    known = ordering.orderables(module)
    if not isinstance(given, list):
        raise BadFilter(("orderBy",), accepted="[{name: ASC | DESC}]")
    return [
        {_own(name, known, ("orderBy", str(i), name)): way for name, way in each.items()}
        if isinstance(each, Mapping)
        else each
        for i, each in enumerate(given)
    ]


def _left_out(given: Any) -> bool:
    return given is UNSET or given is None


def _every(module: Module, given: Any, path: Path, depth: int) -> Any:
    if not isinstance(given, Mapping) or depth > conditions.MAX_CONDITIONS:
        raise BadFilter(path, accepted="{…}")
    known = conditions.names_of(module)
    return {
        name: _one(module, name, value, (*path, written), depth)
        for written, value in given.items()
        for name in (_own(written, known, (*path, written)),)
    }


def _one(module: Module, name: str, given: Any, path: Path, depth: int) -> Any:
    """What stands behind one name of a filter; what has the wrong form is left to be refused."""
    if name == "not":
        return _every(module, given, path, depth + 1)
    if name in LOGIC and isinstance(given, list):
        return [_every(module, each, (*path, str(i)), depth + 1) for i, each in enumerate(given)]
    if name in module.relations:
        return _every(module.target(module.relations[name]), given, path, depth + 1)
    if not isinstance(given, Mapping):
        return given
    if name in module.tabs:
        target = module.tabs[name].module
        return {
            _own(each, ("some", "none"), (*path, each)): _every(
                target, inner, (*path, each), depth + 1
            )
            for each, inner in given.items()
        }
    column = module.all_columns.get(name)
    known = conditions.operators(column) if column else conditions.EQUAL[:4]
    return {
        _own(each, known, (*path, each)): _operand(column, operand, (*path, each))
        for each, operand in given.items()
    }


def _operand(column: Column | None, given: Any, path: Path) -> Any:
    if column is None or column.choice is None or isinstance(given, bool):
        return given
    if isinstance(given, list):
        return [_value(column.choice, each, (*path, str(i))) for i, each in enumerate(given)]
    return _value(column.choice, given, path)


def _value(choice: type[Choice], given: Any, path: Path) -> Any:
    if given is None:
        return None
    found = choice.__members__.get(given) if isinstance(given, str) else None
    if found is None:
        raise BadFilter(path, accepted=", ".join(choice.__members__))
    return found.value


def _own(written: str, known: Iterable[str], path: Path) -> str:
    """The name behind one that a client wrote. Raises BadFilter naming those there are."""
    found = {names.camel(name): name for name in known}
    if written not in found:
        # A message holds a few of many names: those that may have been meant come first.
        near = get_close_matches(written, found, n=3, cutoff=0.5)
        accepted = ", ".join(dict.fromkeys([*near, *found]))
        raise BadFilter(path, "bad_filter_name", name=written, accepted=accepted)
    return found[written]


def as_input(module: Module, given: Any) -> Any:
    """A create input as db/validation.py takes it; an unknown name or value is left as written,
    to be told there with all that is wrong.
    """
    if not isinstance(given, Mapping):
        return given
    return {_known(name): _written(module, _known(name), value) for name, value in given.items()}


def _known(name: str) -> str:
    """The name in snake case, if that is how it is spelt; no fact has one that is not."""
    own = names.snake(name)
    return own if names.camel(own) == name else name.upper()


def _written(module: Module, name: str, value: Any) -> Any:
    fact = module.facts.get(name)
    if isinstance(fact, Column) and fact.choice and isinstance(value, str):
        member = fact.choice.__members__.get(value)
        return member.value if member else value
    if name == "line_items" and module.declared.lines and isinstance(value, list):
        return [as_input(module.suite["LineItem"], each) for each in value]
    if name in module.creatable:
        return as_input(module.target(module.creatable[name]), value)
    return value
