"""What each kind of accounting document posts and how it is settled: facts, one place a module.

Every set of entries has the same shape: the third party (411, 401) for the whole on one side, what
it was for on the other. The general chart stands behind all: strategies come later.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from db import lines
from db.posting import chart
from db.posting.chart import Account, Journal

Row = Mapping[str, Any]

REFUND: Final = "refund"
VALIDATED: Final = "validated"


@dataclass(frozen=True)
class Leg:
    """One entry of a set: a debit where `amount` is positive, a credit where it is negative."""

    account: Account
    amount: Decimal
    tax_rate_id: int | None = None
    third_party: bool = False


@dataclass(frozen=True)
class Trade:
    """Buying or selling: the accounts and the journal of what is invoiced, the modules it takes."""

    third_party: Account
    goods: Account
    services: Account
    vat: Account
    journal: Journal
    party: str
    """The relation of its documents to the third party."""
    credit_notes: str
    allocations: str


SALE: Final = Trade(
    chart.RECEIVABLE,
    chart.GOODS_SOLD,
    chart.SERVICES_SOLD,
    chart.OUTPUT_VAT,
    chart.SALES,
    party="account",
    credit_notes="CustomerCreditNote",
    allocations="CustomerPaymentAllocation",
)
PURCHASE: Final = Trade(
    chart.PAYABLE,
    chart.GOODS_BOUGHT,
    chart.SERVICES_BOUGHT,
    chart.INPUT_VAT,
    chart.PURCHASES,
    party="supplier",
    credit_notes="SupplierCreditNote",
    allocations="SupplierPaymentAllocation",
)


def traded(trade: Trade, document: Row, items: Sequence[Row]) -> Iterator[Leg]:
    """The net of the items by account, then the VAT by rate, as on an invoice: positive."""
    nets: dict[Account, Decimal] = defaultdict(lambda: lines.ZERO)
    rates: dict[Decimal, set[int | None]] = defaultdict(set)
    for item in items:
        account = trade.services if item["product_id"] is None else trade.goods
        nets[account] += item["total_excl_tax"]
        rates[item["vat_rate"] or lines.ZERO].add(item["tax_rate_id"])
    for account, net in sorted(nets.items(), key=lambda each: each[0].number):
        yield Leg(account, net)
    for each in lines.totals(items).by_rate:
        named = rates[each.rate]
        yield Leg(trade.vat, each.vat, next(iter(named)) if len(named) == 1 else None)


def paid(trade: Trade, document: Row, items: Sequence[Row]) -> Iterator[Leg]:
    """The bank or the till."""
    yield Leg(till(document)[0], document["amount"])


def till(document: Row) -> tuple[Account, Journal]:
    """Where a payment comes in or goes out."""
    if document["payment_method"] == "cash":
        return chart.CASH, chart.CASH_DESK
    return chart.BANK, chart.BANKING


@dataclass(frozen=True, kw_only=True)
class Document:
    """What posting knows of one module.

    `side`: 1 where it debits its third party, -1 where it credits it. `settled` and `remainder`:
    the columns of what has been and what is left to be allocated; `partly`: the status that says
    so, where one does, and `wholly`: the one by what settled the rest. `in_date_order`: its numbers
    follow its dates, as the law wants of what a seller issues.
    """

    module: str
    trade: Trade
    side: int
    counterpart: Callable[[Trade, Row, Sequence[Row]], Iterator[Leg]]
    day: str
    total: str
    settled: str
    remainder: str
    due: str | None = None
    partly: str | None = None
    wholly: Mapping[str, str] = field(default_factory=dict)
    in_date_order: bool = False

    @property
    def with_lines(self) -> bool:
        return self.counterpart is traded

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Every account it may post to."""
        trade = self.trade
        return trade.third_party, trade.goods, trade.services, trade.vat, chart.BANK, chart.CASH

    def sign(self, document: Row) -> int:
        """1 where this document debits its third party, -1 where it credits it."""
        return -self.side if document.get("payment_kind") == REFUND else self.side

    def journal(self, document: Row) -> Journal:
        return self.trade.journal if self.with_lines else till(document)[1]

    def legs(self, document: Row, items: Sequence[Row]) -> list[Leg]:
        """The entries of a document with its item lines, the third party first: they sum to nil.

        What is nil by itself is left out.
        """
        sign, total = self.sign(document), document[self.total]
        legs = [Leg(self.trade.third_party, sign * total, third_party=True)]
        legs += [
            replace(leg, amount=-sign * leg.amount)
            for leg in self.counterpart(self.trade, document, items)
        ]
        assert sum(leg.amount for leg in legs) == 0, f"{self.module} {document['id']}: {legs}"
        return [leg for leg in legs if leg.amount]

    def opening(self, document: Row) -> dict[str, Any]:
        """What validation writes of the document, besides its number."""
        return {
            "status": VALIDATED,
            self.settled: lines.ZERO,
            self.remainder: document[self.total],
        }


def _invoice(module: str, trade: Trade, side: int, *, in_date_order: bool) -> Document:
    return Document(
        module=module,
        trade=trade,
        side=side,
        counterpart=traded,
        day="issued_on",
        due="due_on",
        total="total_incl_tax",
        settled="amount_paid",
        remainder="balance_due",
        partly="partially_paid",
        wholly={"payment": "paid", "credit_note": "paid"},
        in_date_order=in_date_order,
    )


def _credit_note(module: str, trade: Trade, side: int, *, in_date_order: bool) -> Document:
    return Document(
        module=module,
        trade=trade,
        side=side,
        counterpart=traded,
        day="issued_on",
        total="total_incl_tax",
        settled="amount_applied",
        remainder="balance",
        partly="partially_applied",
        wholly={"invoice": "applied", "payment": "refunded"},
        in_date_order=in_date_order,
    )


def _payment(module: str, trade: Trade, side: int) -> Document:
    return Document(
        module=module,
        trade=trade,
        side=side,
        counterpart=paid,
        day="paid_on",
        total="amount",
        settled="allocated_amount",
        remainder="unallocated_amount",
    )


DOCUMENTS: Final[Mapping[str, Document]] = {
    each.module: each
    for each in (
        _invoice("CustomerInvoice", SALE, 1, in_date_order=True),
        _credit_note("CustomerCreditNote", SALE, -1, in_date_order=True),
        _payment("CustomerPayment", SALE, -1),
        # Their numbers are ours, their dates the supplier's: they come in any order.
        _invoice("SupplierInvoice", PURCHASE, -1, in_date_order=False),
        _credit_note("SupplierCreditNote", PURCHASE, 1, in_date_order=False),
        _payment("SupplierPayment", PURCHASE, 1),
    )
}
