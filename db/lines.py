"""Line items and totals: per line, per VAT rate and for the whole document.

A line's net is quantity times unit price, less the discount rate, then less the discount amount,
rounded to the cent. VAT is computed per rate on the sum of its nets and rounded half up, so that
what stands on a line is only indicative (domain rule line_table; CGI ann. II art. 242 nonies A).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any, Final

CENT: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")
HUNDRED: Final = Decimal(100)
EXACT: Final = Context(prec=80)
"""Room for the product of a quantity, a price and two rates: nothing is rounded but to the cent."""


@dataclass(frozen=True)
class VatTotal:
    """What a document's lines of one VAT rate (20 for twenty percent) add up to."""

    rate: Decimal
    base: Decimal
    vat: Decimal


@dataclass(frozen=True)
class Totals:
    """A document's totals in its currency; `margin` is None unless every item's cost is known."""

    excl_tax: Decimal
    vat: Decimal
    incl_tax: Decimal
    by_rate: tuple[VatTotal, ...]
    margin: Decimal | None


def cents(amount: Decimal) -> Decimal:
    """Rounded half up to the cent."""
    return amount.quantize(CENT, ROUND_HALF_UP, EXACT)


def is_item(line: Mapping[str, Any]) -> bool:
    """Whether a line counts; headings, notes and subtotals do not."""
    return bool(line["line_kind"] == "item")


def line_totals(line: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """`total_excl_tax`, `total_vat`, `total_incl_tax` of one line; None for lines of text."""
    if not is_item(line):
        return dict.fromkeys(("total_excl_tax", "total_vat", "total_incl_tax"))
    with localcontext(EXACT):
        gross = (line["quantity"] or ZERO) * (line["unit_price"] or ZERO)
        rate = (line["discount_rate"] or ZERO) / HUNDRED
        net = cents(gross - gross * rate - (line["discount_amount"] or ZERO))
        vat = cents(net * (line["vat_rate"] or ZERO) / HUNDRED)
    return {"total_excl_tax": net, "total_vat": vat, "total_incl_tax": net + vat}


def totals(lines: Iterable[Mapping[str, Any]]) -> Totals:
    """The totals of lines that have theirs."""
    bases: dict[Decimal, Decimal] = defaultdict(lambda: ZERO)
    cost: Decimal | None = ZERO
    with localcontext(EXACT):
        for line in filter(is_item, lines):
            bases[line["vat_rate"] or ZERO] += line["total_excl_tax"]
            if line["unit_cost"] is None:
                cost = None
            elif cost is not None:
                cost += (line["quantity"] or ZERO) * line["unit_cost"]
        return totals_of_bases(bases, cost)


def totals_of_bases(bases: Mapping[Decimal, Decimal], cost: Decimal | None = None) -> Totals:
    """The totals of a document from the net of its lines by VAT rate, and what they cost."""
    by_rate = tuple(
        VatTotal(rate, base, cents(base * rate / HUNDRED)) for rate, base in sorted(bases.items())
    )
    net = sum((each.base for each in by_rate), ZERO)
    vat = sum((each.vat for each in by_rate), ZERO)
    margin = None if cost is None else net - cents(cost)
    return Totals(net, vat, net + vat, by_rate, margin)


def document_values(columns: Iterable[str], found: Totals) -> dict[str, Decimal | None]:
    """The totals as the document's own `columns`, those it has. Nothing is paid of a draft."""
    values = {
        "total_excl_tax": found.excl_tax,
        "total_vat": found.vat,
        "total_incl_tax": found.incl_tax,
        "margin": found.margin,
        "amount_paid": ZERO,
        "amount_applied": ZERO,
        "balance_due": found.incl_tax,
        "balance": found.incl_tax,
    }
    return {name: value for name, value in values.items() if name in columns}
