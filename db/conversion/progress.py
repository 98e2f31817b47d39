"""How far a document has come, as its own lines say: pure, as totals are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from db.lines import ZERO, is_item
from db.suite import Module

if TYPE_CHECKING:
    from db.validation import Checked

Line = Mapping[str, Any]


@dataclass(frozen=True)
class Steps:
    """A status that follows from the `quantity` counted of each line: of none, of some, of all.

    `nowhere` is the status where no line is of a product, for a status about goods.
    """

    quantity: str
    none: str
    some: str
    all: str
    nowhere: str | None = None


STEPS: Final[Mapping[str, Steps]] = {
    "invoicing_status": Steps(
        "quantity_invoiced", "not_invoiced", "partially_invoiced", "invoiced"
    ),
    "delivery_status": Steps(
        "quantity_fulfilled",
        "not_delivered",
        "partially_delivered",
        "delivered",
        nowhere="not_applicable",
    ),
    "receipt_status": Steps(
        "quantity_fulfilled",
        "not_received",
        "partially_received",
        "received",
        nowhere="not_applicable",
    ),
}
"""By the name of a document's column."""

AMOUNT: Final = "invoiced_amount"


def statuses(module: Module, lines: Iterable[Line]) -> dict[str, str]:
    """The statuses that the module's columns have, from the lines of a document."""
    items = [line for line in lines if is_item(line) and line["quantity"]]
    return {name: _step(steps, items) for name, steps in STEPS.items() if name in module.columns}


def _step(steps: Steps, items: list[Line]) -> str:
    if steps.nowhere is not None:
        items = [line for line in items if line["product_id"] is not None]
        if not items:
            return steps.nowhere
    counted = [(line[steps.quantity] or Decimal(0), line["quantity"]) for line in items]
    if items and all(reached(done, whole) for done, whole in counted):
        return steps.all
    return steps.some if any(done for done, _ in counted) else steps.none


def reached(done: Decimal, whole: Decimal) -> bool:
    """Whether nothing is left of a quantity; what is taken back counts downwards."""
    return done >= whole if whole > 0 else done <= whole


def follow_lines(row: Checked, *, new: bool) -> None:
    """Add to a document what its lines, as they will be stored, say of how far it has come.

    Of a `new` one nothing has been made; what the service itself gives for it stands.
    """
    if not row.module.declared.lines or (row.lines is None and not new):
        return
    found: dict[str, Any] = {**statuses(row.module, [line.values for line in row.lines or ()])}
    if new:
        if AMOUNT in row.module.columns:
            found[AMOUNT] = ZERO
        found |= row.values
    row.values |= found
