"""Filters and orders drawn at random, and what they mean, by definition."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from db.conditions import operators
from db.kinds import kind_of
from db.ordering import orderable
from db.suite import Module
from graph import names
from tests import model
from tests.proof.spinning import compared
from tests.proof.web import Knot, Reader, Web, masks

Order = Sequence[tuple[str, str]]
"""Names of columns with ASC or DESC."""


class Refused(Exception):
    """What the reader must be told instead of an answer: the code."""


def code_of(read: Callable[[], object]) -> str | None:
    """The code by which the model refuses to read, None where it does not."""
    try:
        read()
    except Refused as refusal:
        return str(refusal)
    return None


def key(module: Module, name: str) -> Callable[[Any], Any]:
    """What of a column's value, as it is read, is compared."""
    column = module.all_columns[name]
    if column.choice:
        return [each.name for each in column.choice].index
    kind = kind_of(column.type)
    if kind.text:
        return model.fold
    if kind.numeric:
        return lambda value: Decimal(str(value))
    return datetime.fromisoformat if column.type is datetime else lambda value: value


# Filters


def drawn_filter(web: Web, draw: random.Random, module: Module, depth: int = 0) -> dict[str, Any]:
    """A filter as its argument: of its columns, its owner, its relations, its tabs."""
    kinds = ["column", "column", "id", "owner"]
    if depth < 2:
        crossing = [*module.relations, *(x.name for x in module.tabs.values() if not x.module.part)]
        kinds += ["cross"] * (4 if crossing else 0)
    if depth < 1:
        kinds += ["not", "and", "or"]
    kind = draw.choice(kinds)
    again = partial(drawn_filter, web, draw)
    if kind == "not":
        return {"not": again(module, depth + 1)}
    if kind in ("and", "or"):
        return {kind: [again(module, depth + 1) for _ in range(2)]}
    if kind == "owner":
        user = draw.choice(web.readers).client.user_id
        return {"owner": {draw.choice(("eq", "ne")): f"user-{user}"}}
    if kind == "id":
        return {"id": {"eq": str(draw.choice(web.ids[module.name]))}}
    if kind == "column":
        return _of_column(web, draw, module)
    name = draw.choice(crossing)
    if name in module.relations:
        return {
            names.camel(name): _inner(again, draw, module.target(module.relations[name]), depth)
        }
    inner = _inner(again, draw, module.tabs[name].module, depth)
    return {names.camel(name): {draw.choice(("some", "none")): inner}}


def drawn_crossing(web: Web, draw: random.Random, module: Module) -> dict[str, Any]:
    """A filter that leads to other records, unless the module has none."""
    for _ in range(9):
        found = drawn_filter(web, draw, module)
        if any(name in module.relations or name in module.tabs for _, name in named(module, found)):
            break
    return found


def _inner(again: Any, draw: random.Random, module: Module, depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {} if draw.random() < 0.3 else again(module, depth + 1)
    return found


def _of_column(web: Web, draw: random.Random, module: Module) -> dict[str, Any]:
    name = draw.choice([each for each in module.all_columns if compared(module, each)])
    values = [each.values[name] for each in web.of(module.name)]
    known = [each for each in values if each is not None]
    operator = draw.choice(operators(module.all_columns[name])) if known else "is_null"
    operand: Any = draw.choice(known) if known else None
    if operator == "is_null":
        operand = draw.random() < 0.5
    elif operator in ("in", "not_in"):
        operand = [operand]
    elif operator == "starts_with":
        operand = operand[: draw.randint(1, 4)]
    elif operator == "contains":
        operand = operand[1:4] or operand
    return {names.camel(name): {names.camel(operator): operand}}


def check(reader: Reader, module: Module, given: Mapping[str, Any]) -> None:
    """Raises Refused for a filter that names what is hidden from the reader."""
    for of, name in named(module, given):
        if masks(reader, of, name):
            raise Refused("BAD_FILTER")


def named(module: Module, given: Mapping[str, Any]) -> Iterator[tuple[Module, str]]:
    """The fields and tabs that a filter is about, with whose they are."""
    for spelt, inner in given.items():
        name = names.snake(spelt)
        if name in ("and", "or"):
            for each in inner:
                yield from named(module, each)
        elif name == "not":
            yield from named(module, inner)
        elif name in module.relations:
            yield module, name
            yield from named(module.target(module.relations[name]), inner)
        elif name in module.tabs:
            yield module, name
            for each in inner.values():
                yield from named(module.tabs[name].module, each)
        elif name not in ("id", "owner"):
            yield module, name


def holds(web: Web, reader: Reader, knot: Knot, given: Mapping[str, Any]) -> bool:
    """Whether every condition of a filter holds for a record that the reader sees."""
    return all(_holds(web, reader, knot, names.snake(x), inner) for x, inner in given.items())


def _holds(web: Web, reader: Reader, knot: Knot, name: str, inner: Any) -> bool:
    module = web.suite[knot.module]
    if name == "and":
        return all(holds(web, reader, knot, each) for each in inner)
    if name == "or":
        return any(holds(web, reader, knot, each) for each in inner)
    if name == "not":
        return not holds(web, reader, knot, inner)
    if name == "id":
        return bool(inner["eq"] == str(knot.id))
    if name == "owner":
        ((operator, user),) = inner.items()
        return bool((user == f"user-{knot.owner}") == (operator == "eq"))
    if name in module.relations:
        others = web.linked(reader, knot, name)
        return any(holds(web, reader, web.knots[id], inner) for id in others)
    if name in module.tabs:
        ((word, condition),) = inner.items()
        others = web.tab(reader, knot, module.tabs[name])
        found = any(holds(web, reader, web.knots[id], condition) for id in others)
        return bool(found == (word == "some"))
    return all(
        model.compared(operator, knot.values[name], operand, key(module, name))
        for operator, operand in inner.items()
    )


# Orders


def drawn_order(draw: random.Random, module: Module) -> list[tuple[str, str]]:
    """Up to two columns."""
    columns = [name for name in module.all_columns if orderable(module, name)]
    picked = draw.sample(columns, draw.randint(0, 2))
    return [(name, draw.choice(("ASC", "DESC"))) for name in picked]


def check_order(reader: Reader, module: Module, order: Order) -> None:
    if any(masks(reader, module, name) for name, _ in order):
        raise Refused("BAD_FILTER")


def order_by(order: Order) -> list[dict[str, str]]:
    """An order as its argument."""
    return [{names.camel(name): direction} for name, direction in order]


def ordered(module: Module, knots: Sequence[Knot], order: Order) -> list[Knot]:
    """What has no value last, ties by id in the direction of the first key; newest first unless
    there is one.
    """
    found = sorted(knots, key=lambda x: x.id, reverse=not order or order[0][1] == "DESC")
    for name, direction in reversed(order):
        of = key(module, name)
        valued = [each for each in found if each.values[name] is not None]
        empty = [each for each in found if each.values[name] is None]
        # Sorting keeps what is equal in place, also where it is reversed.
        valued.sort(key=lambda x: of(x.values[name]), reverse=direction == "DESC")
        found = valued + empty
    return found
