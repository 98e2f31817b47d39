"""The same done to many records, chosen by their ids or by a filter; each tells what became of it.

One transaction. Records are written in batches, in the order of their ids: the statements are as
many as the batches, and two who write the same records at once wait instead of locking each other.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

from sqlalchemy import BigInteger, bindparam, select

from db import conditions
from db.access import Scope, visible
from db.declare import Label
from db.errors import BadUserInput, FichesError, InvalidInput, NotFound, RowsRefused
from db.lookups import look_up
from db.statements import Statement, compiled
from db.suite import Module
from db.validation import check
from db.writing import Patch, Saved, Work

MOST: Final = 10_000
"""Records of one mutation; with lines or links, as many of those."""
BATCH: Final = 500
"""Records, lines or links written by one statement."""

Done = TypeVar("Done")
Ids = Mapping[str, int | None]
"""Records by their ids as the client wrote them; None where that can be no record's."""
Outcomes = dict[str, Saved | FichesError]
"""What became of each record, by its id as the client wrote it, in the order asked for."""


async def update(
    work: Work,
    module: Module,
    ids: Ids | None,
    filter: Mapping[str, Any] | None,
    given: Mapping[str, Any],
    *,
    atomic: bool,
) -> Outcomes:
    """Write the named fields of every record chosen, which is refused as `Work.update` refuses it.

    Raises InvalidInput for what is wrong whatever the record, BadUserInput for none or both of
    `ids` and `filter` or too many records, BadFilter, and where `atomic`, RowsRefused.
    """
    await _examine(work, module, given)
    weight = _weight(module, given)
    some = await chosen(work, module, ids, filter, MOST // weight)

    async def write(some: Sequence[int]) -> list[Saved | FichesError]:
        return await work.update_many(module, [Patch(id, given) for id in some])

    return await act(module.singular, "id", some, max(1, BATCH // weight), write, atomic)


async def delete(
    work: Work,
    module: Module,
    ids: Ids | None,
    filter: Mapping[str, Any] | None,
    *,
    atomic: bool,
) -> Outcomes:
    """Put every record chosen in the recycle bin. Raises as `update` does."""
    some = await chosen(work, module, ids, filter, MOST)

    async def write(some: Sequence[int]) -> list[Saved | FichesError]:
        return await work.delete_many(module, some)

    return await act(module.singular, "id", some, BATCH, write, atomic)


async def _examine(work: Work, module: Module, given: Mapping[str, Any]) -> None:
    row = check(module, given, creating=False, having=work.having)
    await look_up(work, [row])
    if row.problems:
        raise InvalidInput(row.problems)


def _weight(module: Module, given: Mapping[str, Any]) -> int:
    """How many rows one record is: its lines, or its links, where those are many."""
    return max(1, *(len(given.get(name) or ()) for name in ("line_items", *module.links)))


async def chosen(
    work: Work,
    module: Module | None,
    ids: Ids | None,
    filter: Mapping[str, Any] | None,
    most: int,
    argument: str = "ids",
) -> Ids:
    """The records given, or those of the module that match a filter, which are then held.

    Raises BadUserInput for none or both, or more than `most`, BadFilter.
    """
    if filter is None and ids is not None:
        if len(ids) > most:
            raise BadUserInput((argument,), "too_many", maximum=most)
        return ids
    if filter is None or ids is not None or module is None:
        raise BadUserInput((argument,), accepted=f"{argument} | filter")
    asked = conditions.parse(module, filter, work.having)
    statement = matching_statement(module, asked.shape, work.viewer.scope)
    rows = await work.fetch(statement, {**asked.values, "size": most + 1})
    if len(rows) > most:
        raise BadUserInput(("filter",), "too_many", maximum=most)
    return {str(row["id"]): row["id"] for row in rows}


@lru_cache(maxsize=1024)
def matching_statement(module: Module, shape: conditions.Shape, scope: Scope) -> Statement:
    """The ids of the records that match a filter, held: they still match when they are written."""
    rows = module.table.alias("t")
    matching = conditions.condition(module, rows, shape, scope)
    found = select(rows.c.id).where(visible(module, rows, scope), matching).order_by(rows.c.id)
    limited = found.limit(bindparam("size", type_=BigInteger))
    return compiled(limited.with_for_update(key_share=True))


async def act(
    kind: Label,
    argument: str,
    chosen: Ids,
    size: int,
    write: Callable[[Sequence[int]], Awaitable[list[Done | FichesError]]],
    atomic: bool,
) -> dict[str, Done | FichesError]:
    """Write `size` records at once, in the order of their ids; what became of each. `kind` and
    `argument` are what the records are called where there is none. Raises RowsRefused.
    """
    numbers = sorted({id for id in chosen.values() if id is not None})
    done: dict[int | None, Done | FichesError] = {}
    for start in range(0, len(numbers), size):
        some = numbers[start : start + size]
        done.update(zip(some, await write(some), strict=True))
    outcomes = {
        written: NotFound(kind, written, (argument,)) if id is None else done[id]
        for written, id in chosen.items()
    }
    refused = {id: each for id, each in outcomes.items() if isinstance(each, FichesError)}
    if atomic and refused:
        raise RowsRefused([*outcomes], refused)
    return outcomes
