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
from db.errors import BadFilter, ErrorCode, Problem
from db.suite import Module
from db.tags import OPERATORS
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
    if name == "custom" and isinstance(given, list):
        return [_of_custom(each, (*path, str(i))) for i, each in enumerate(given)]
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
    if name == "tags":
        known = OPERATORS
    return {
        _own(each, known, (*path, each)): _operand(column, operand, (*path, each))
        for each, operand in given.items()
    }


def _of_custom(given: Any, path: Path) -> Any:
    """A condition on a custom field; its values are spelt alike everywhere."""
    if not isinstance(given, Mapping):
        return given
    known = ("name", *conditions.EQUAL, *conditions.ORDERED, *conditions.TEXT)
    return {_own(each, known, (*path, each)): value for each, value in given.items()}


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
        raise BadFilter(path, accepted=list(choice.__members__))
    return found.value


def _own(written: str, known: Iterable[str], path: Path) -> str:
    """The name behind one that a client wrote. Raises BadFilter naming those there are."""
    found = {names.camel(name): name for name in known}
    if written not in found:
        raise BadFilter(path, "bad_filter_name", name=written, accepted=_nearest(written, found))
    return found[written]


def _nearest(written: str, known: Iterable[str]) -> list[str]:
    """The names there are, first those that may have been meant."""
    every = list(known)
    near = get_close_matches(written, every, n=3, cutoff=0.5)
    return list(dict.fromkeys([*near, *every]))


def as_input(module: Module, given: Any, problems: list[Problem], path: Path = ("input",)) -> Any:
    """A create input as db/validation.py takes it; names and values that the typed input does not
    have are noted as problems, so that they are told with all else that is wrong.
    """
    if not isinstance(given, Mapping):
        problems.append(
            Problem(path, ErrorCode.BAD_USER_INPUT, "bad_user_input", _about(path, "{…}"))
        )
        return {}
    known = {names.camel(name): name for name in (*module.facts, *module.creatable)}
    known |= {"id": "id"} if module.part else {"owner": "owner"}
    known |= {"lineItems": "line_items"} if module.declared.lines else {}
    known |= {} if module.part else {"custom": "custom"}
    taken = {}
    for written, value in given.items():
        here = (*path, written)
        if written in known:
            taken[known[written]] = _written(module, known[written], value, problems, here)
        else:
            about = {"name": written, "accepted": _nearest(written, known)}
            problems.append(Problem(here, ErrorCode.BAD_USER_INPUT, "unknown_field", about))
    return taken


def _about(path: Path, accepted: str) -> Mapping[str, object]:
    return {"argument": ".".join(path), "accepted": accepted}


def _written(module: Module, name: str, value: Any, problems: list[Problem], path: Path) -> Any:
    fact = module.facts.get(name)
    if isinstance(fact, Column) and fact.choice and value is not None:
        members = fact.choice.__members__
        if isinstance(value, str) and value in members:
            return members[value].value
        about = {"label": fact.label, "value": str(value)[:80], "accepted": list(members)}
        problems.append(Problem(path, ErrorCode.INVALID, "not_a_choice", about))
        return next(iter(members.values())).value  # no second problem: nothing will be written
    if name == "line_items" and isinstance(value, list):
        part = module.suite["LineItem"]
        return [as_input(part, each, problems, (*path, str(i))) for i, each in enumerate(value)]
    if name in module.creatable and value is not None:
        return as_input(module.target(module.creatable[name]), value, problems, path)
    return value
