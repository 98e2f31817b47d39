"""Which lines are converted, and how much of each: what was asked for, else all that is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from db.conversion.left import Left
from db.errors import ErrorCode, InvalidInput, Path, Problem
from db.kinds import Invalid, kind_of
from db.suite import Module
from db.validation import MAX_LINES


@dataclass(frozen=True)
class Part:
    """A quantity of a line, on top of what was `drawn` before; None for a line of text."""

    line: Any
    quantity: Decimal | None
    drawn: Decimal


def everything(left: Sequence[Left]) -> list[Part]:
    """All that is left; nothing where that is text alone."""
    waiting = [each for each in left if each.waits]
    if not any(each.item for each in waiting):
        return []
    return [Part(each.line, each.quantity if each.item else None, each.drawn) for each in waiting]


def chosen(
    part: Module, left: Sequence[Left], asked: Sequence[Mapping[str, Any]], excess: bool
) -> list[Part]:
    """What was asked for: `{line, quantity}` each, all that is left of the line without quantity.

    Raises InvalidInput with all that stands against it: a line that is none of the document's or
    not converted, more than is left of it unless `excess` is allowed.
    """
    if len(asked) > MAX_LINES:
        raise InvalidInput(
            [_problem(("lines",), "not_a_list", label=part.plural, maximum=MAX_LINES)]
        )
    choice = _Choice(part, {each.line["id"]: each for each in left}, excess)
    for i, each in enumerate(asked):
        choice.add(each, ("lines", str(i)))
    if choice.problems:
        raise InvalidInput(choice.problems)
    return choice.parts


class _Choice:
    def __init__(self, part: Module, left: Mapping[int, Left], excess: bool) -> None:
        self.part, self.left, self.excess = part, left, excess
        self.drawn = {id: each.drawn for id, each in left.items()}
        self.parts: list[Part] = []
        self.problems: list[Problem] = []

    def add(self, given: Mapping[str, Any], path: Path) -> None:
        written = str(given["line"]).removeprefix("line-")
        known = written.isascii() and written.isdigit() and len(written) < 19
        left = self.left.get(int(written)) if known else None
        if left is None:
            id = str(given["line"])[:80]
            self._refuse((*path, "line"), "not_a_line_to_convert", ErrorCode.NOT_FOUND, id=id)
        elif not left.item:
            self.parts.append(Part(left.line, None, left.drawn))
        else:
            self._add_item(left, given.get("quantity"), (*path, "quantity"))

    def _add_item(self, left: Left, given: Any, path: Path) -> None:
        line, label = left.line, self.part.columns["quantity"].label
        rest = left.quantity - (self.drawn[line["id"]] - left.drawn)
        rest = rest if _alike(rest, left.quantity) else Decimal(0)
        try:
            quantity = kind_of(Decimal).parse(given)
        except Invalid as wrong:
            self.problems.append(Problem.of(path, label, wrong))
            return
        if quantity is None:
            quantity = rest
        whole = line["quantity"] or Decimal(0)
        if not quantity and not rest:
            self._refuse(path, "line_converted", line=line["label"])
        elif not _alike(quantity, whole):
            self._refuse(path, "wrong_quantity", line=line["label"])
        elif not self.excess and abs(quantity) > abs(rest):
            self._refuse(path, "more_than_left", line=line["label"], left=rest)
        else:
            self.parts.append(Part(line, quantity, self.drawn[line["id"]]))
            self.drawn[line["id"]] += quantity

    def _refuse(
        self, path: Path, key: str, code: ErrorCode = ErrorCode.INVALID, **params: object
    ) -> None:
        self.problems.append(_problem(path, key, code, **params))


def _problem(
    path: Path, key: str, code: ErrorCode = ErrorCode.INVALID, **params: object
) -> Problem:
    return Problem(path, code, key, params)


def _alike(one: Decimal, other: Decimal) -> bool:
    """Whether both are more than nothing, or both are less."""
    return (one > 0 and other > 0) or (one < 0 and other < 0)
