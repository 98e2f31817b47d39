"""What lists and groups of records add up to, by definition."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from db.grouping import groupable, summed
from db.kinds import kind_of
from db.suite import Module
from graph import names
from tests.proof.conditions import Refused, key
from tests.proof.web import Knot, Reader, Web, masks

SUMS: Final = ("sum", "average")
EXTREMES: Final = ("minimum", "maximum")


@dataclass(frozen=True)
class About:
    """A number that is rounded to so many decimals as its kind has."""

    value: Decimal


@dataclass
class Sums:
    """What is asked of an aggregate: columns by function, and by which field it is grouped."""

    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    by: str | None = None
    currencies: bool = False

    @property
    def measures(self) -> str:
        asked = [
            f"{function} {{ {' '.join(map(names.camel, columns))} }}"
            for function, columns in self.columns.items()
            if columns
        ]
        return " ".join(["count", *asked])

    @property
    def text(self) -> str:
        grouped = f"keys {{ value }} groupCount {self.measures}"
        found = self.measures
        if self.by:
            found += f' groups(by: [{{field: "{names.camel(self.by)}"}}], first: 9) {{ {grouped} }}'
        if self.currencies:
            found += f" byCurrency {{ {grouped} }}"
        return f"aggregate {{ {found} }}"


def drawn_sums(draw: random.Random, module: Module) -> Sums:
    numeric = list(summed(module))
    extreme = [
        name
        for name, each in module.all_columns.items()
        if not each.choice
        and name != "version"
        and (kind_of(each.type).numeric or each.type in (date, datetime))
    ]
    columns = {}
    for functions, among in ((SUMS, numeric), (EXTREMES, extreme)):
        if among:
            picked = draw.sample(among, min(len(among), draw.randint(1, 3)))
            columns[draw.choice(functions)] = picked
    keys = [each.name for each in module.columns.values() if each.key]
    by = draw.choice([None, *groupable(module, keys)])
    # Moments are the same by chance only.
    by = None if by == "created_at" else by
    return Sums(columns, by, "currency" in module.columns and draw.random() < 0.5)


def added(web: Web, reader: Reader, module: Module, rows: Sequence[Knot], asked: Sums) -> Any:
    """An aggregate, as it must be answered. Raises Refused."""
    if asked.by and masks(reader, module, asked.by):
        raise Refused("BAD_GROUP")
    if asked.currencies and masks(reader, module, "currency"):
        raise Refused("BAD_GROUP")
    found = _measured(reader, module, rows, asked)
    for name, by in (
        ("groups", asked.by),
        ("byCurrency", "currency" if asked.currencies else None),
    ):
        if by:
            found[name] = _groups(web, reader, module, rows, asked, by)
    return found


def _measured(reader: Reader, module: Module, rows: Sequence[Knot], asked: Sums) -> dict[str, Any]:
    found: dict[str, Any] = {"count": len(rows)}
    for function, columns in asked.columns.items():
        found[function] = {
            names.camel(name): _measure(reader, module, rows, function, name) for name in columns
        }
    return found


def _measure(reader: Reader, module: Module, rows: Sequence[Knot], how: str, name: str) -> Any:
    if masks(reader, module, name):
        return None
    money = kind_of(module.all_columns[name].type).name in ("Money", "UnitPrice")
    # Amounts in several currencies have no sum.
    if money and len({each.values.get("currency") or "EUR" for each in rows}) > 1:
        return None
    values = [each.values[name] for each in rows if each.values[name] is not None]
    if not values:
        return None
    if how in EXTREMES:
        extreme = (min if how == "minimum" else max)(values, key=key(module, name))
        return (
            About(Decimal(str(extreme)))
            if kind_of(module.all_columns[name].type).numeric
            else extreme
        )
    total = sum(Decimal(str(each)) for each in values)
    return About(Decimal(total if how == "sum" else total / len(values)))


def _groups(
    web: Web, reader: Reader, module: Module, rows: Sequence[Knot], asked: Sums, by: str
) -> list[dict[str, Any]]:
    members: dict[Any, list[Knot]] = {}
    for knot in rows:
        members.setdefault(_key(web, reader, module, knot, by), []).append(knot)
    return [
        {
            "keys": [{"value": held}],
            "groupCount": len(members),
            **_measured(reader, module, own, asked),
        }
        for held, own in members.items()
    ]


def _key(web: Web, reader: Reader, module: Module, knot: Knot, by: str) -> Any:
    if by == "owner":
        return f"{'team' if knot.owner == web.team else 'user'}-{knot.owner}"
    if by in module.relations:
        shown = web.target(reader, knot, by)
        return None if shown is None else str(shown)
    return (knot.values[by] or "EUR") if by == "currency" else knot.values[by]
