"""What of a document is still to be converted, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from db.conversion.counting import NOTHING, UNMADE, Made, made_of
from db.conversion.following import lines_statement
from db.conversion.progress import reached
from db.conversion.table import VOID, Conversion, Row, conversions
from db.lines import is_item
from db.reading import Fetches
from db.suite import Module


@dataclass(frozen=True)
class Left:
    """A line that a conversion concerns: the quantity left, nil where all of it is converted, and
    what is `drawn`. A line of text has none; it is left until it has gone along once.
    """

    line: Any
    quantity: Decimal
    drawn: Decimal
    waits: bool

    @property
    def item(self) -> bool:
        return is_item(self.line)


def left_of(conversion: Conversion, lines: Iterable[Any], made: Mapping[int, Made]) -> list[Left]:
    """The lines of a document that the conversion concerns, with what is left of each."""
    return [
        _left(conversion, line, made.get(line["id"], UNMADE))
        for line in lines
        if conversion.concerns(line)
    ]


def _left(conversion: Conversion, line: Any, made: Made) -> Left:
    drawn = made.drawn(conversion)
    if not is_item(line):
        return Left(line, NOTHING, NOTHING, waits=drawn is None)
    whole, done = line["quantity"] or NOTHING, drawn or NOTHING
    quantity = NOTHING if reached(done, whole) else whole - done
    return Left(line, quantity, done, waits=bool(quantity))


def is_open(module: Module, row: Row) -> bool:
    """Whether anything may be made of a record: of a void one nothing, nor of an accounting draft,
    whose lines may still change.
    """
    status = row.get("status")
    return status not in VOID and not (module.declared.accounting and status == "draft")


async def left_by_document(
    reader: Fetches, module: Module, ids: Iterable[int]
) -> dict[int, dict[str, list[Left]]]:
    """By document and by what it becomes, the item lines of which something is left, in order.
    Two statements.
    """
    part, wanted = module.suite["LineItem"], list(ids)
    lines: dict[int, list[Any]] = defaultdict(list)
    for line in await reader.fetch(lines_statement(part), {"ids": wanted}, part.row):
        lines[line["document_id"]].append(line)
    made = await made_of(reader, module, wanted)
    return {
        id: {
            each.target: [
                left for left in left_of(each, lines[id], made) if left.item and left.waits
            ]
            for each in conversions(module)
        }
        for id in wanted
    }
