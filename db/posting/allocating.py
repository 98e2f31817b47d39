"""Allocating: a payment or a credit note settles an invoice, wholly or for an amount.

An allocation joins two documents of one party that stand on opposite sides of its account. It
takes the same amount from what is left of both, says so in their status, and letters their entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from db.declare import Column
from db.errors import ErrorCode, InvalidInput, Problem
from db.kinds import Money
from db.lines import ZERO
from db.posting.asked import parsed, today
from db.posting.documents import DOCUMENTS, VALIDATED, Document
from db.posting.held import edited, hold_books, owners
from db.posting.lettering import letter
from db.posting.saving import Edit, save
from db.service import for_company
from db.suite import Module
from db.writing import DRAFT, Saved, Work

CANCELLED: Final = "cancelled"
CLOSED: Final = frozenset({DRAFT, "pending", "to_validate", "rejected", CANCELLED})
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

    def settling(self, other: str, amount: Decimal) -> Edit:
        """What changes when `amount` is settled by the document that has the role `other`, or,
        where it is negative, is settled no longer.
        """
        kind, left = self.kind, self.remainder - amount
        settled = (self.stored[kind.settled] or ZERO) + amount
        values: dict[str, Any] = {kind.settled: settled, kind.remainder: left}
        if kind.partly is not None:
            partly = kind.partly if settled else VALIDATED
            values["status"] = partly if left else kind.wholly[other]
        return Edit(self.stored, values)


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
    first, second = [await side(work, allocations, role, id) for role, id in joined.items()]
    problems = [*_standing(first, second), *_standing(second, first)] or _between(first, second)
    if problems:
        raise InvalidInput(problems)
    allocated = _amount(amount, first, second, allocations.columns["amount"])
    *_, made = await settle(work, allocations, first, second, allocated, on or today(work))
    return made


async def side(work: Work, allocations: Module, role: str, id: int) -> Side:
    """The document that an allocation has under a name, held. Raises NotFound, Forbidden."""
    module = allocations.target(allocations.relations[role])
    return Side(role, module, DOCUMENTS[module.name], await edited(work, module, id, role))


async def settle(
    work: Work,
    allocations: Module,
    first: Side,
    second: Side,
    amount: Decimal,
    on: date,
    closing: Mapping[str, str] = {},
) -> list[Saved]:
    """Write an allocation that nothing stands against, and all that follows from it: both
    documents as they are then, and the allocation.

    `closing` are the statuses of documents, by role, where they are not what settling gives.
    """
    with for_company(work):
        documents = [(each.module, each.stored["id"]) for each in (first, second)]
        code = await letter(work, allocations, documents, amount, on)
        saved = []
        for own, other in ((first, second), (second, first)):
            edit = own.settling(other.role, amount)
            if own.role in closing:
                edit = Edit(own.stored, {**edit.values, "status": closing[own.role]})
            saved += await save(work, own.module, [edit])
        owner = await owners(work, [first.stored])
        given = {
            **{each.role: each.stored["id"] for each in (first, second)},
            "amount": amount,
            "allocated_on": on,
            "lettering_code": code,
            "owner": owner[first.stored["id"]],
        }
        return [*saved, await work.create(allocations, given, by_service=True)]


def _standing(own: Side, other: Side) -> list[Problem]:
    """What stands against settling the document, whatever it is settled by."""

    def refused(key: str) -> list[Problem]:
        return [Problem((own.role,), ErrorCode.INVALID, key, {"record": own.number})]

    if own.stored["status"] in CLOSED:
        return refused("not_validated")
    if other.role == "payment" and own.stored.get("payment_approval") in UNAPPROVED:
        return refused("not_approved")
    return [] if own.remainder > 0 else refused("nothing_left")


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
    amount: Decimal | None = parsed(Money, given, path, column.label)
    if amount is None:
        return most
    if amount <= 0:
        raise InvalidInput([Problem(path, ErrorCode.INVALID, "not_positive", params)])
    if amount > most:
        left = {**params, "maximum": most, "record": first.number, "other": second.number}
        raise InvalidInput([Problem(path, ErrorCode.INVALID, "too_much", left)])
    return amount
