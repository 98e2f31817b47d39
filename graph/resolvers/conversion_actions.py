"""What conversions take, and what is done with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import strawberry

from db.conversion.converting import convert
from db.conversion.copying import must_be_said
from db.conversion.prospects import convert_prospect
from db.conversion.table import Conversion
from db.declare import Column
from db.suite import Module
from db.writing import Saved, Work
from graph.resolvers.arguments import ID, Argument, Arguments, known
from graph.resolvers.conversion_inputs import ConversionDealInput, ConversionLineInput

Act = Callable[[Work, Arguments], Awaitable[Saved]]

LINES: Final = Argument(
    list[ConversionLineInput] | None, "Its lines to be converted; all that is left unless given."
)
EXCESS: Final = Argument(bool | None, "Whether more may be converted than is left of a line.")

OF_PROSPECT: Final[Mapping[str, Argument]] = {
    **ID,
    "account": Argument(
        strawberry.ID | None, "A customer account to use in place of a new one, as it is."
    ),
    "contact": Argument(strawberry.ID | None, "A contact to use in place of a new one, as it is."),
    "deal": Argument(ConversionDealInput | None, "A deal to be made; none unless given."),
}
"""What the conversion of a prospect takes."""


def asked(conversion: Conversion, source: Module) -> dict[str, Argument]:
    """What a conversion takes: the source, its lines, and what it asks for of the target."""
    found = dict(ID)
    if source.declared.lines:
        found |= {"lines": LINES, "allow_excess": EXCESS}
    return found | {name: _asked(conversion, source, name) for name in conversion.asks}


def _asked(conversion: Conversion, source: Module, name: str) -> Argument:
    target = source.suite[conversion.target]
    fact = target.facts[name]
    given = fact.type if isinstance(fact, Column) else strawberry.ID
    about = fact.label.en if isinstance(fact, Column) else f"{fact.label.en}: the record's id"
    if must_be_said(conversion, source, target, name):
        return Argument(given, f"{about}.")
    otherwise = "today" if name in conversion.today else "the source's"
    return Argument(given | None, f"{about}; {otherwise} unless given.")


def of_document(conversion: Conversion, source: Module) -> Act:
    """Make another record of the one given by `id`."""

    async def done(work: Work, given: Arguments) -> Saved:
        said = {name: given[name] for name in conversion.asks}
        id, excess = known(source, given["id"]), bool(given.get("allow_excess"))
        return await convert(work, conversion, id, given.get("lines"), said, excess=excess)

    return done


def of_prospect(module: Module) -> Act:
    """Make of a prospect what it becomes."""

    async def done(work: Work, given: Arguments) -> Saved:
        said = {name: given[name] for name in ("account", "contact", "deal")}
        return await convert_prospect(work, known(module, given["id"]), **said)

    return done
