"""What lists answer, in plain Python: the model that property tests hold the service against.

Rows are dicts by GraphQL name, None for no value; a relation is the other row, a tab a list of
them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
Order = Sequence[tuple[str, str]]
"""Names of fields with ASC or DESC."""

LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ø": "o"}


def fold(text: str) -> str:
    """Text as it is compared: without case and accents."""
    marked = unicodedata.normalize("NFKD", text)
    plain = "".join(each for each in marked if not "\u0300" <= each <= "\u036f").lower()
    return "".join(LETTERS.get(each, each) for each in plain)


def declared(*values: str) -> Callable[[str], int]:
    """Enums are compared by their place in their declaration."""
    return values.index


COMPARED: Mapping[str, Callable[[Any], Any]] = {
    "id": int,
    "createdAt": str,
    "name": fold,
    "number": fold,
    "subject": fold,
    "customerReference": fold,
    "dueOn": str,
    "progressPercent": Decimal,
    "invoiceType": declared("STANDARD", "DEPOSIT", "PROGRESS", "FINAL"),
}
"""What of a value is compared, by the field's name."""


def holds(filter: Mapping[str, Any], row: Row) -> bool:
    """Whether every condition of a filter holds for a row."""
    return all(_holds(name, given, row) for name, given in filter.items())


def _holds(name: str, given: Any, row: Row) -> bool:
    if name == "and":
        return all(holds(each, row) for each in given)
    if name == "or":
        return any(holds(each, row) for each in given)
    if name == "not":
        return not holds(given, row)
    if name in COMPARED:
        return all(
            compared(operator, row[name], operand, COMPARED[name])
            for operator, operand in given.items()
        )
    if isinstance(row[name], list):
        found = {key: any(holds(each, other) for other in row[name]) for key, each in given.items()}
        return found.get("some", True) and not found.get("none", False)
    return row[name] is not None and holds(given, row[name])


def compared(operator: str, value: Any, operand: Any, key: Callable[[Any], Any]) -> bool:
    """One comparison. `ne` and `notIn` hold for what has no value, others but `isNull` do not."""
    if operator == "isNull":
        return bool((value is None) == operand)
    if operator in ("ne", "notIn"):
        return not compared({"ne": "eq", "notIn": "in"}[operator], value, operand, key)
    if value is None:
        return False
    one = key(value)
    if operator == "in":
        return one in [key(each) for each in operand]
    other = key(operand)
    answers: Mapping[str, Callable[[], bool]] = {
        "eq": lambda: one == other,
        "lt": lambda: one < other,
        "lte": lambda: one <= other,
        "gt": lambda: one > other,
        "gte": lambda: one >= other,
        "startsWith": lambda: one.startswith(other),
        "contains": lambda: other in one,
    }
    return answers[operator]()


def ordered(rows: Sequence[Row], order: Order) -> list[Row]:
    """Rows in an order: what has no value last, ties by id in the direction of the first key."""
    direction = order[0][1] if order else "DESC"
    found = list(rows)
    for name, way in reversed([*order, ("id", direction)]):
        valued = [row for row in found if row[name] is not None]
        empty = [row for row in found if row[name] is None]
        key = COMPARED[name]
        valued.sort(key=lambda row: key(row[name]), reverse=way == "DESC")
        found = valued + empty
    return found


@dataclass(frozen=True)
class Part:
    """Which page: `first` or `last` so many, between two rows, which need not be in the list."""

    first: int | None = None
    last: int | None = None
    after: Row | None = None
    before: Row | None = None


@dataclass(frozen=True)
class Page:
    """The ids on a page, and whether the list goes on at either side (Relay connections §4.4)."""

    ids: Sequence[str]
    has_next: bool
    has_previous: bool


def page(rows: Sequence[Row], order: Order, part: Part) -> Page:
    """A page of a list."""
    ends = [end for end in (part.after, part.before) if end is not None]
    every = {row["id"]: row for row in (*rows, *ends)}
    place = {row["id"]: i for i, row in enumerate(ordered([*every.values()], order))}
    low = place[part.after["id"]] if part.after else -1
    high = place[part.before["id"]] if part.before else len(every)
    listed = [row["id"] for row in ordered(rows, order)]
    inside = [id for id in listed if low < place[id] < high]
    earlier = any(place[id] <= low for id in listed)
    later = any(place[id] >= high for id in listed)
    if part.last is not None:
        return Page(inside[-part.last :], later, earlier or len(inside) > part.last)
    size = 20 if part.first is None else part.first
    return Page(inside[:size], later or len(inside) > size, earlier)
