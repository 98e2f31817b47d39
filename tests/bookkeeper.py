"""What a bookkeeper would expect of documents, in plain Python: the model of test_books.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")

Nets = Mapping[Decimal, Decimal]
"""Amounts without VAT by its rate."""


def including_vat(nets: Nets) -> Decimal:
    return sum((net + _cents(net * rate / 100) for rate, net in nets.items()), ZERO)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(eq=False)
class Paper:
    """A document. `sign`: 1 where it debits its party, -1 where it credits it."""

    trade: str
    role: str
    id: int
    party: int
    currency: str | None
    day: date
    sign: int
    nets: Nets
    status: str = "draft"
    settled: Decimal = ZERO
    left: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return including_vat(self.nets)

    @property
    def module(self) -> str:
        return self.trade + {"invoice": "Invoice", "credit_note": "CreditNote"}.get(
            self.role, "Payment"
        )

    @property
    def posted(self) -> bool:
        return self.status != "draft"

    @property
    def open(self) -> bool:
        return self.status not in ("draft", "cancelled")

    def expected(self) -> tuple[str, Decimal, Decimal, Decimal]:
        """Status, total, settled, left; a draft owes all of itself, or nothing yet if it pays."""
        left = self.left
        if not self.posted:
            left = ZERO if self.role == "payment" else self.total
        return self.status, self.total, self.settled, left


@dataclass(eq=False)
class Match:
    """An allocation."""

    id: int
    first: Paper
    second: Paper
    amount: Decimal

    def __contains__(self, paper: Paper) -> bool:
        return paper in (self.first, self.second)


@dataclass
class Bookkeeper:
    """Says of each action whether it may be done, and what everything is after it."""

    papers: list[Paper] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    reversed_payments: list[Paper] = field(default_factory=list)
    by_hand: dict[int, Decimal] = field(default_factory=lambda: defaultdict(lambda: ZERO))
    last: dict[tuple[str, int], date] = field(default_factory=dict)

    # Validating

    def may_validate(self, paper: Paper) -> bool:
        moves = paper.role != "payment" or paper.total > 0
        return not paper.posted and moves and self._in_order(paper.module, paper.day)

    def validate(self, paper: Paper) -> None:
        paper.status, paper.left = "validated", paper.total
        series = paper.module, paper.day.year
        self.last[series] = max(paper.day, self.last.get(series, paper.day))

    def _in_order(self, module: str, day: date) -> bool:
        ordered = module in ("CustomerInvoice", "CustomerCreditNote")
        return not ordered or day >= self.last.get((module, day.year), day)

    # Settling

    def may_allocate(self, one: Paper, other: Paper, amount: Decimal | None) -> bool:
        return (
            one.open
            and other.open
            and one.party == other.party
            and one.currency == other.currency
            and one.sign != other.sign
            and 0 < (amount or min(one.left, other.left)) <= min(one.left, other.left)
        )

    def allocate(self, id: int, one: Paper, other: Paper, amount: Decimal | None) -> None:
        part = amount or min(one.left, other.left)
        self.matches.append(Match(id, one, other, part))
        for paper in (one, other):
            paper.settled += part
            paper.left -= part
        self._say((one, other))

    def may_undo(self, match: Match) -> bool:
        return "cancelled" not in (match.first.status, match.second.status)

    def undo(self, match: Match) -> None:
        self.matches.remove(match)
        for paper in (match.first, match.second):
            paper.settled -= match.amount
            paper.left += match.amount
        self._say((match.first, match.second))

    def _say(self, pair: tuple[Paper, Paper]) -> None:
        for paper, other in (pair, pair[::-1]):
            if paper.role == "payment":
                continue
            invoice = paper.role == "invoice"
            if not paper.settled:
                paper.status = "validated"
            elif paper.left:
                paper.status = "partially_paid" if invoice else "partially_applied"
            else:
                by = "refunded" if other.role == "payment" else "applied"
                paper.status = "paid" if invoice else by

    # Cancelling

    def may_cancel_invoice(self, paper: Paper, on: date) -> bool:
        note = paper.module.replace("Invoice", "CreditNote")
        return (
            paper.open
            and on >= paper.day
            and self._in_order(note, on)
            and paper.left > 0
            and not any(match.first.role == "payment" for match in self._of(paper))
            and all(note.total == part for note, part in self._credited(paper).items())
            and including_vat(self._remaining(paper)) == paper.left
        )

    def cancel_invoice(self, paper: Paper, note: int, match: int, on: date) -> None:
        nets = self._remaining(paper)
        credit = Paper(
            paper.trade, "credit_note", note, paper.party, paper.currency, on, -paper.sign, nets
        )
        self.papers.append(credit)
        self.validate(credit)
        self.allocate(match, credit, paper, None)
        paper.status = "cancelled"

    def _remaining(self, paper: Paper) -> Nets:
        left = defaultdict(lambda: ZERO, paper.nets)
        for note in self._credited(paper):
            for rate, net in note.nets.items():
                left[rate] -= net
        return left

    def _credited(self, paper: Paper) -> Mapping[Paper, Decimal]:
        """What of the document each other settles."""
        parts: dict[Paper, Decimal] = defaultdict(lambda: ZERO)
        for match in self._of(paper):
            parts[match.first] += match.amount
        return parts

    def _of(self, paper: Paper) -> list[Match]:
        return [match for match in self.matches if paper in match]

    def may_cancel_payment(self, paper: Paper, on: date) -> bool:
        return paper.open and on >= paper.day

    def cancel_payment(self, paper: Paper) -> None:
        for match in self._of(paper):
            self.undo(match)
        paper.status, paper.settled, paper.left = "cancelled", ZERO, ZERO
        self.reversed_payments.append(paper)

    # What it comes to

    def balance(self, party: int) -> Decimal:
        """What the entries that name a party add up to, debits less credits."""
        own = (each for each in self.papers if each.party == party and each.posted)
        moved = (each.sign * each.total for each in own if each not in self.reversed_payments)
        return sum(moved, ZERO) + self.by_hand[party]

    def left(self, party: int) -> Decimal:
        """The same from what is left of each document."""
        own = (each for each in self.papers if each.party == party)
        return sum((each.sign * each.left for each in own), ZERO) + self.by_hand[party]

    def sets(self) -> Iterator[tuple[frozenset[int], bool]]:
        """The documents that settle one another, and whether wholly."""
        group = {paper: {paper} for match in self.matches for paper in (match.first, match.second)}
        for match in self.matches:
            whole = group[match.first] | group[match.second]
            group |= dict.fromkeys(whole, whole)
        for papers in {id(each): each for each in group.values()}.values():
            yield frozenset(each.id for each in papers), not any(each.left for each in papers)
        for paper in self.reversed_payments:
            yield frozenset([paper.id]), True
