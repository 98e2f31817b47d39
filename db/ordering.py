"""The order of a list: the columns asked for, then the id, so that no two rows stand level.

Text is ordered without regard to case and accents, a list of values as it was declared, and what
has no value stands last in either direction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ARRAY, ColumnElement, FromClause, Integer, Text, func, literal

from db.declare import Column
from db.errors import BadFilter
from db.kinds import kind_of
from db.suite import Module
from db.text import fold

Order = tuple[tuple[str, bool], ...]
"""Names of columns, each with whether it descends."""

NEWEST: Final[Order] = (("id", True),)
MAX_KEYS: Final = 5


@dataclass(frozen=True)
class SortKey:
    """One key of an order. `nullable` keys need more than a comparison to be compared."""

    expression: ColumnElement[Any]
    descending: bool
    nullable: bool = False

    def ordered(self, backwards: bool = False) -> ColumnElement[Any]:
        """The term of ORDER BY; nulls stand last, first where the order is read backwards."""
        down = self.descending != backwards
        term = self.expression.desc() if down else self.expression.asc()
        if not self.nullable:
            return term
        return term.nulls_first() if backwards else term.nulls_last()


def parse(
    module: Module,
    given: Iterable[Mapping[str, Any]] | None,
    hidden: Collection[str] = (),
) -> Order:
    """`[{"due_on": "DESC"}, …]` checked and completed by the id; by none of the `hidden` fields.

    Raises BadFilter.
    """
    order: list[tuple[str, bool]] = []
    for i, each in enumerate(given or ()):
        path = ("order_by", str(i))
        if not isinstance(each, Mapping) or len(each) != 1:
            raise BadFilter(path, accepted="{name: ASC | DESC}")
        ((name, direction),) = each.items()
        if name != "id" and not (name in module.all_columns and orderable(module, name)):
            raise BadFilter(
                (*path, name), "bad_filter_name", name=name, accepted=", ".join(orderables(module))
            )
        if name in hidden:
            raise BadFilter((*path, name), "hidden_field", name=name)
        if direction not in ("ASC", "DESC"):
            raise BadFilter((*path, name), accepted="ASC, DESC")
        order.append((name, direction == "DESC"))
    if len(order) > MAX_KEYS:
        raise BadFilter(("order_by",), "filter_too_large", maximum=MAX_KEYS)
    names = [name for name, _ in order]
    if "id" in names:
        return tuple(order[: names.index("id") + 1])
    return (*order, ("id", order[0][1] if order else True))


def orderable(module: Module, name: str) -> bool:
    """Whether lists may be put in the order of a column."""
    column = module.all_columns[name]
    return column.choice is not None or _kind(module, name).ordered or _kind(module, name).text


def orderables(module: Module) -> list[str]:
    """The columns lists may be ordered by."""
    return ["id", *(name for name in module.all_columns if orderable(module, name))]


def sort_keys(module: Module, rows: FromClause, order: Order) -> list[SortKey]:
    return [
        SortKey(_expression(module, rows, name), descending, bool(rows.c[name].nullable))
        for name, descending in order
    ]


def _expression(module: Module, rows: FromClause, name: str) -> ColumnElement[Any]:
    declared = module.all_columns.get(name)
    return rows.c[name] if declared is None else compared(declared, rows.c[name])


def compared(declared: Column, held: ColumnElement[Any]) -> ColumnElement[Any]:
    """What a column is ordered by, where it stands as `held`."""
    if declared.choice:
        values = literal([member.value for member in declared.choice], ARRAY(Text))
        return func.array_position(values, held, type_=Integer)
    return fold(held) if kind_of(declared.type).text else held


def _kind(module: Module, name: str) -> Any:
    return kind_of(module.all_columns[name].type)
