"""Mutations of many records: `updateCustomerInvoices`, `deleteCustomerInvoices`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from strawberry import UNSET, Info

from db import bulk, idempotency
from db.bulk import Ids, Outcomes
from db.errors import Conflict, ErrorCode, FichesError, InvalidInput, RowsRefused
from db.suite import Module
from db.writing import Work
from graph.context import operation
from graph.errors import UserError, user_errors
from graph.resolvers.given import given
from graph.resolvers.mutations import INPUT, Resolver, refusing
from graph.resolvers.records import record_id

Write = Callable[[Work, Ids | None, Any], Awaitable[Outcomes]]


@dataclass(frozen=True)
class Outcome:
    """What became of one record."""

    id: str
    changed: bool = False
    errors: list[UserError] = field(default_factory=list)


@dataclass(frozen=True)
class Payload:
    """What became of many; `errors` where nothing was written at all."""

    outcomes: list[Outcome] = field(default_factory=list)
    errors: list[UserError] = field(default_factory=list)

    @property
    def done(self) -> int:
        return 0 if self.errors else sum(not each.errors for each in self.outcomes)

    @property
    def changed(self) -> int:
        return sum(each.changed for each in self.outcomes)


def update(module: Module) -> Resolver:
    """Write the fields the client sent onto every record chosen."""

    async def resolve(
        info: Info,
        input: Any,
        ids: list[Any] | None = UNSET,
        filter: Any = UNSET,
        atomic: bool = False,
        idempotency_key: str | None = UNSET,
    ) -> Any:
        sent = given(input)

        async def write(work: Work, chosen: Ids | None, matching: Any) -> Outcomes:
            return await bulk.update(work, module, chosen, matching, sent, atomic=atomic)

        asked = ["update", module.name, sent, atomic]
        return await once(info, asked, given(ids), given(filter), idempotency_key, write)

    return refusing(resolve, Payload)


def delete(module: Module) -> Resolver:
    """Put every record chosen in the recycle bin."""

    async def resolve(
        info: Info,
        ids: list[Any] | None = UNSET,
        filter: Any = UNSET,
        atomic: bool = False,
        idempotency_key: str | None = UNSET,
    ) -> Any:
        async def write(work: Work, chosen: Ids | None, matching: Any) -> Outcomes:
            return await bulk.delete(work, module, chosen, matching, atomic=atomic)

        asked = ["delete", module.name, atomic]
        return await once(info, asked, given(ids), given(filter), idempotency_key, write)

    return refusing(resolve, Payload)


async def once(
    info: Info, asked: list[Any], ids: Any, filter: Any, key: str | None, write: Write
) -> Payload:
    """Do it, or say again what became of each where it was done under this key before."""
    own = operation(info)
    key = None if key is UNSET else key
    chosen = None if ids is None else {str(each): record_id(each) for each in ids}
    try:
        async with own.writing() as work:
            done = await idempotency.done_before(work, key, ["many", *asked, ids, filter])
            if done is not None:
                return Payload([_again(each) for each in done])
            outcomes = await write(work, chosen, filter)
            told = [_outcome(id, each, own.language) for id, each in outcomes.items()]
            await idempotency.remember(work, key, told)
    except InvalidInput as refusal:
        raise refusal.below(INPUT) from None
    except RowsRefused as refusal:
        told = [_outcome(id, refusal.refused.get(id), own.language) for id in refusal.ids]
        return Payload(told, user_errors(refusal, own.language))
    return Payload(told)


def _outcome(id: str, became: Any, language: str) -> Outcome:
    if not isinstance(became, FichesError):
        return Outcome(id, became is not None and became.changed)
    if isinstance(became, InvalidInput | Conflict):
        became = became.below(INPUT)
    return Outcome(id, errors=user_errors(became, language))


def _again(kept: Mapping[str, Any]) -> Outcome:
    """An outcome as it was remembered."""
    errors = [UserError(**{**each, "code": ErrorCode[each["code"]]}) for each in kept["errors"]]
    return Outcome(kept["id"], kept["changed"], errors)
