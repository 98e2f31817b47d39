"""What has been made of lines, counted from the lines that name them as their source.

Never added up on the way: so it is right whatever became of the others, drafts deleted or edited
among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Text,
    all_,
    any_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)

from db.conversion.table import COUNTED, DONE, VOID, Conversion, conversions
from db.lines import ZERO
from db.reading import Fetches
from db.statements import Statement, compiled
from db.suite import Module

NOTHING: Final = Decimal(0)


@dataclass(frozen=True)
class Count:
    """What the lines of one module hold that were made of one line: the quantity, what of it is
    done (invoiced, delivered), and its net.
    """

    quantity: Decimal
    done: Decimal
    net: Decimal


@dataclass(frozen=True)
class Made:
    """What has been made of one line, by module."""

    counts: Mapping[str, Count]

    def of(self, column: str) -> Decimal | None:
        """What a counted column of the line holds; None where nothing has been made."""
        found = [each for name in COUNTED[column] if (each := self.counts.get(name))]
        return sum((each.done for each in found), NOTHING) if found else None

    @property
    def invoiced(self) -> Decimal:
        """The net of what has been invoiced."""
        modules = COUNTED["quantity_invoiced"]
        return sum((self.counts[name].net for name in modules if name in self.counts), ZERO)

    def drawn(self, conversion: Conversion) -> Decimal | None:
        """The quantity converted already, of those that share it; None where there is none."""
        found = [each for name in conversion.drawing if (each := self.counts.get(name))]
        return sum((each.quantity for each in found), NOTHING) if found else None


UNMADE: Final = Made({})


async def made_of(reader: Fetches, module: Module, ids: Iterable[int]) -> dict[int, Made]:
    """By line, what has been made of the lines of the module's documents `ids`, whoever sees it;
    lines of which nothing has are left out. At most one statement.
    """
    statement = _statement(module)
    if statement is None:
        return {}
    found: dict[int, dict[str, Count]] = {}
    for row in await reader.fetch(statement, {"ids": list(ids)}):
        counts = found.setdefault(row["source_line_id"], {})
        counts[row["into"]] = Count(row["quantity"], row["done"] or NOTHING, row["net"])
    return {id: Made(counts) for id, counts in found.items()}


@lru_cache(maxsize=64)
def _statement(module: Module) -> Statement | None:
    """For each line of documents `ids` and each module they become: what the others' lines hold."""
    targets = [module.suite[each.target] for each in conversions(module)]
    counted = [_counted(module, target) for target in targets if target.declared.lines]
    return compiled(union_all(*counted)) if counted else None


def _counted(module: Module, target: Module) -> Any:
    part = module.suite["LineItem"].table
    source, line, document = part.alias("source"), part.alias("line"), target.table.alias("t")
    quantity = func.coalesce(line.c.quantity, 0)
    done: Any = func.sum(quantity)
    if target.name in DONE:
        done = done.filter(document.c.status == any_(_texts(DONE[target.name])))
    return (
        select(
            line.c.source_line_id,
            literal(target.name, Text).label("into"),
            func.sum(quantity).label("quantity"),
            done.label("done"),
            func.sum(func.coalesce(line.c.total_excl_tax, 0)).label("net"),
        )
        .join_from(source, line, line.c.source_line_id == source.c.id)
        .join(document, document.c.id == line.c.document_id)
        .where(
            source.c.document_id == any_(bindparam("ids", type_=ARRAY(BigInteger))),
            document.c.deleted_at.is_(None),
            document.c.status != all_(_texts(VOID)),
        )
        .group_by(line.c.source_line_id)
    )


def _texts(values: Iterable[str]) -> Any:
    return literal(list(values), ARRAY(Text))
