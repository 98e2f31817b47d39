"""Allocating: a payment or a credit note settles an invoice, wholly or for an amount.

An allocation joins two documents of one party that stand on opposite sides of its account. It
takes the same amount from what is left of both, says so in their status, and letters their entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from db.declare import Column
from db.errors import ErrorCode, Forbidden, InvalidInput, NotFound, Problem
from db.kinds import Invalid, Money, kind_of
from db.lines import ZERO
from db.posting.documents import DOCUMENTS, Document
from db.posting.held import among, for_company, hold_books, owners
from db.posting.lettering import letter
from db.posting.saving import Edit, save
from db.suite import Module
from db.writing import DRAFT, Saved, Work

CLOSED: Final = frozenset({DRAFT, "pending", "to_approve", "rejected", "cancelled"})
"""The statuses of documents that settle nothing: not validated yet, or no longer."""

UNAPPROVED: Final = frozenset({"pending", "refused"})


@dataclass(frozen=True)
class Side:
    """One of the two documents, under the name the allocation has for it."""

    role: str
    module: Module
    kind: Document
    stored: Any

    @property
    def remainder(self) -> Decimal:
        left: Decimal | None = self.stored[self.kind.remainder]
        return left or ZERO

    @property
    def number(self) -> str:
        number: str = self.stored["number"]
        return number


async def allocate(
    work: Work,
    allocations: Module,
    joined: Mapping[str, int],
    amount: Any = None,
    on: date | None = None,
) -> Saved:
    """Settle two documents by one another; the allocation made of it.

    `joined` are their ids by the names `allocations` has for them: `{"payment": 7, "invoice": 5}`.
    `amount` is the least of what is left of both unless given; `on` is today where the company is.
    Raises NotFound, Forbidden, and InvalidInput with all that stands against it.
    """
    await hold_books(work)
    first, second = [await _side(work, allocations, role, id) for role, id in joined.items()]
    label = allocations.columns["amount"]
    problems = [*_standing(first), *_standing(second)] or _between(first, second)
    if problems:
        raise InvalidInput(problems)
    allocated = _amount(amount, first, second, label)
    day = on or datetime.now(ZoneInfo(work.viewer.time_zone)).date()
    with for_company(work):
        documents = [(side.module, side.stored["id"]) for side in (first, second)]
        code = await letter(work, allocations, documents, allocated, day)
        for side, other in ((first, second), (second, first)):
            await save(work, side.module, [_settling(side, other, allocated)])
        owner = await owners(work, [first.stored])
        given = {
            **joined,
            "amount": allocated,
            "allocated_on": day,
            "lettering_code": code,
            "owner": owner[first.stored["id"]],
        }
        return await work.create(allocations, given, by_service=True)


async def _side(work: Work, allocations: Module, role: str, id: int) -> Side:
    module = allocations.target(allocations.relations[role])
    rows = await among(work, module, "id", [id], lock=True)
    if not rows:
        raise NotFound(module.singular, id, (role,))
    if not work.viewer.owns(rows[0]):
        raise Forbidden(module.singular, "edit", (role,))
    return Side(role, module, DOCUMENTS[module.name], rows[0])


def _standing(side: Side) -> list[Problem]:
    """What stands against the document by itself."""

    def refused(key: str) -> list[Problem]:
        return [Problem((side.role,), ErrorCode.INVALID, key, {"record": side.number})]

    if side.stored["status"] in CLOSED:
        return refused("not_validated")
    if side.stored.get("payment_approval") in UNAPPROVED:
        return refused("not_approved")
    return [] if side.remainder > 0 else refused("nothing_left")


def _between(first: Side, second: Side) -> list[Problem]:
    """What stands against settling these two by one another."""
    party = first.module.relations[first.kind.trade.party]
    reasons = {
        "other_party": first.stored[party.foreign_key] != second.stored[party.foreign_key],
        "other_currency": first.stored["currency"] != second.stored["currency"],
        "same_side": first.kind.sign(first.stored) == second.kind.sign(second.stored),
    }
    params = {"record": first.number, "other": second.number, "label": party.label}
    return [
        Problem((second.role,), ErrorCode.INVALID, key, params)
        for key, holds in reasons.items()
        if holds
    ]


def _amount(given: Any, first: Side, second: Side, column: Column) -> Decimal:
    """The amount to allocate. Raises InvalidInput where it is none, or more than is left."""
    most = min(first.remainder, second.remainder)
    path, params = ("amount",), {"label": column.label}
    try:
        amount = kind_of(Money).parse(given)
    except Invalid as wrong:
        raise InvalidInput([Problem.of(path, column.label, wrong)]) from None
    if amount is None:
        return most
    if amount <= 0:
        raise InvalidInput([Problem(path, ErrorCode.INVALID, "not_positive", params)])
    if amount > most:
        left = {**params, "maximum": most, "record": first.number, "other": second.number}
        raise InvalidInput([Problem(path, ErrorCode.INVALID, "too_much", left)])
    parsed: Decimal = amount
    return parsed


def _settling(side: Side, other: Side, amount: Decimal) -> Edit:
    """What the allocation changes on one of the documents."""
    kind, left = side.kind, side.remainder - amount
    values: dict[str, Any] = {
        kind.settled: (side.stored[kind.settled] or ZERO) + amount,
        kind.remainder: left,
    }
    if kind.partly is not None:
        values["status"] = kind.partly if left else kind.wholly[other.role]
    return Edit(side.stored, values)
