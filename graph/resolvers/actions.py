"""What may be done to a record beside writing its fields: each action declared once.

From an action follow its mutation, the arguments and the payload. What it does is a function of
the unit of work and of what was given; the rules are in `db`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import strawberry

from db import posting
from db.conversion.prospects import PROSPECT
from db.conversion.table import Conversion, conversions
from db.duplicating import duplicate
from db.errors import InvalidInput
from db.kinds import Money
from db.suite import Module
from db.writing import Saved, Work
from graph.resolvers.arguments import ID, UPDATE, Argument, Arguments, known
from graph.resolvers.conversion_actions import OF_PROSPECT, asked, of_document, of_prospect
from graph.resolvers.posting_actions import ON_RECORDS


@dataclass(frozen=True)
class Action:
    """`name` is the verb of its mutation, `made` the module of the record its payload gives; that
    is named in the mutation too where it makes one `into` the other. `answers` is the mutation of
    the module whose payload it gives, where it is not its own.
    """

    name: str
    made: Module
    about: str
    act: Callable[[Work, Arguments], Awaitable[Saved]]
    arguments: Mapping[str, Argument] = field(default_factory=lambda: ID)
    into: Module | None = None
    answers: str | None = None


def actions(module: Module) -> list[Action]:
    """The actions of one module."""
    if module.part:
        return []
    found = []
    if not module.declared.by_actions:
        about = "put it in the recycle bin."
        found.append(Action("delete", module, about, on_id(module, Work.delete)))
        about = "take it out of the recycle bin."
        found.append(Action("restore", module, about, on_id(module, Work.restore)))
        found.append(duplicating(module))
    if module.name in posting.POSTED:
        about = "number it, post its entries and lock it."
        found.append(Action("validate", module, about, on_id(module, posting.validate)))
    found += [
        allocating(name, module.suite[allocations], roles, about)
        for name, allocations, roles, about in ALLOCATIONS.get(module.name, ())
        if allocations in module.suite
    ]
    found += [
        Action(name, module, about, on_id(module, act, *arguments), {**ID, **arguments})
        for name, about, act, arguments in ON_RECORDS.get(module.name, ())
    ]
    found += [converting(each, module) for each in conversions(module)]
    if module.name == PROSPECT:
        about = (
            "make of it a customer account, a contact and, if wanted, a deal; it is then closed."
        )
        found.append(Action("convert", module, about, of_prospect(module), OF_PROSPECT))
    return found


def on_id(
    module: Module, act: Callable[..., Awaitable[Saved]], *names: str
) -> Callable[[Work, Arguments], Awaitable[Saved]]:
    """Do `act` to the one record given by `id`, with the other arguments by name."""

    async def done(work: Work, given: Arguments) -> Saved:
        more = {name: given[name] for name in names}
        return await act(work, module, known(module, given["id"]), **more)

    return done


def duplicating(module: Module) -> Action:
    """Write a record a second time."""

    async def done(work: Work, given: Arguments) -> Saved:
        try:
            id = known(module, given["id"])
            return await duplicate(work, module, id, given["input"])
        except InvalidInput as refusal:
            raise refusal.below(("input",)) from None

    differs = "What it holds instead; needed for what no two may have alike."
    about = "write it a second time: fields, links and lines, no comments nor history."
    arguments = {**ID, "input": Argument(UPDATE, differs)}
    return Action("duplicate", module, about, done, arguments, answers="create")


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


def converting(conversion: Conversion, source: Module) -> Action:
    """Make another record of one of the source's."""
    target = source.suite[conversion.target]
    done, arguments = of_document(conversion, source), asked(conversion, source)
    about = f"make of it a new {target.singular.en.lower()}."
    return Action("convert", target, about, done, arguments, into=target)
