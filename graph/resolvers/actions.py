"""What may be done to a record beside writing its fields: each action declared once.

From an action follow its mutation, the arguments and the payload. What it does is a function of
the unit of work and of what was given; the rules are in `db`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import strawberry

from db import posting
from db.errors import NotFound
from db.kinds import Money
from db.suite import Module
from db.writing import Saved, Work
from graph.resolvers.records import record_id

Arguments = Mapping[str, Any]
"""What was given, by argument; None where one was left out."""


@dataclass(frozen=True)
class Argument:
    """One argument of a mutation: its GraphQL type, nullable where it may be left out."""

    type: Any
    about: str


ID: Final = {"id": Argument(strawberry.ID, "Its id.")}


@dataclass(frozen=True)
class Action:
    """`name` is the verb of its mutation, `made` the module of the record its payload gives."""

    name: str
    made: Module
    about: str
    act: Callable[[Work, Arguments], Awaitable[Saved]]
    arguments: Mapping[str, Argument] = field(default_factory=lambda: ID)


def actions(module: Module) -> list[Action]:
    """The actions of one module."""
    if module.part or module.declared.by_actions:
        return []
    found = [
        Action("delete", module, "put it in the recycle bin.", on_id(module, Work.delete)),
        Action("restore", module, "take it out of the recycle bin.", on_id(module, Work.restore)),
    ]
    if module.name in posting.POSTED:
        about = "number it, post its entries and lock it."
        found.append(Action("validate", module, about, on_id(module, posting.validate)))
    found += [
        allocating(name, module.suite[allocations], roles, about)
        for name, allocations, roles, about in ALLOCATIONS.get(module.name, ())
        if allocations in module.suite
    ]
    return found


def on_id(module: Module, act: Callable[[Work, Module, int], Awaitable[Saved]]) -> Any:
    """Do `act` to the one record given by `id`."""

    async def done(work: Work, given: Arguments) -> Saved:
        return await act(work, module, known(module, given["id"]))

    return done


SETTLE: Final = "settle an invoice with it, wholly or in part, and letter their entries."
PAY_BACK: Final = "settle it with a refund, wholly or in part, and letter their entries."
ALLOCATIONS: Final = {
    f"{party}{document}": [
        (name, f"{party}PaymentAllocation", roles, about) for name, roles, about in ways
    ]
    for party in ("Customer", "Supplier")
    for document, ways in (
        ("Payment", [("allocate", ("payment", "invoice"), SETTLE)]),
        (
            "CreditNote",
            [
                ("allocate", ("credit_note", "invoice"), SETTLE),
                ("refund", ("credit_note", "payment"), PAY_BACK),
            ],
        ),
    )
}
"""By module: the verb, the module of what it makes, and the two documents that joins."""


def allocating(name: str, allocations: Module, roles: tuple[str, str], about: str) -> Action:
    """Settle two documents by one another, each given under its name in `allocations`."""
    targets = {role: allocations.target(allocations.relations[role]) for role in roles}

    async def done(work: Work, given: Arguments) -> Saved:
        joined = {role: known(target, given[role], role) for role, target in targets.items()}
        return await posting.allocate(work, allocations, joined, given["amount"])

    arguments = {
        role: Argument(strawberry.ID, f"{target.singular.en}: the record's id.")
        for role, target in targets.items()
    }
    most = "How much of it; unless given, the least of what is left of both."
    arguments["amount"] = Argument(Money | None, most)
    return Action(name, allocations, about, done, arguments)


def known(module: Module, id: Any, argument: str = "id") -> int:
    """The id a client gave of a record of the module. Raises NotFound where it can be none's."""
    key = record_id(id)
    if key is None:
        raise NotFound(module.singular, str(id), (argument,))
    return key
