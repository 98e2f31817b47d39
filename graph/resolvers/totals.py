"""What a document's lines add up to, as values and as a page draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from strawberry import Info

from db import lines
from db.declare import Column, Label
from db.display import Shown, shown
from db.kinds import Money
from graph import names
from graph.context import Operation, operation

TOTALS: Final = tuple(
    Column(name=name, label=Label(fr, en), type=Money, optional=False, readonly=True)
    for name, fr, en in (
        ("excl_tax", "Total HT", "Total excl. tax"),
        ("vat", "Total TVA", "Total VAT"),
        ("incl_tax", "Total TTC", "Total incl. tax"),
    )
)


@dataclass(frozen=True)
class DocumentTotals:
    """The totals of one document, in its currency."""

    totals: lines.Totals
    currency: str | None

    @property
    def excl_tax(self) -> Decimal:
        return self.totals.excl_tax

    @property
    def vat(self) -> Decimal:
        return self.totals.vat

    @property
    def incl_tax(self) -> Decimal:
        return self.totals.incl_tax

    @property
    def by_rate(self) -> Sequence[lines.VatTotal]:
        return self.totals.by_rate


@dataclass(frozen=True)
class FieldOfTotals:
    """One total, as any other field."""

    of: DocumentTotals
    column: Column
    language: str

    @property
    def name(self) -> str:
        return names.camel(self.column.name)

    @property
    def label(self) -> str:
        return self.column.label.into(self.language)

    @property
    def type(self) -> str:
        return names.type_of(self.column)

    async def shown(self, own: Operation) -> Shown:
        amount = getattr(self.of, self.column.name)
        return shown(self.column, amount, own.style, self.of.currency)


SUMMED: Final = (
    "quantity",
    "unit_price",
    "discount_rate",
    "vat_rate",
    "total_excl_tax",
    "total_vat",
    "total_incl_tax",
)
"""Fields from which totals are known, of documents and of lines."""


async def totals(root: Any, info: Info) -> DocumentTotals | None:
    """The totals of a row of a document's own table; None where the viewer may not read of what
    they are made.
    """
    masked = operation(info).viewer.scope.masked
    if any((of, name) in masked for of in (root.module.name, "LineItem") for name in SUMMED):
        return None
    found = await operation(info).loaders.totals.load(root["id"])
    return DocumentTotals(found, root.get("currency"))


def fields(root: DocumentTotals, info: Info) -> list[FieldOfTotals]:
    return [FieldOfTotals(root, column, operation(info).language) for column in TOTALS]
