"""Converting: a document becomes another, for all that is left of it or for some of its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from db import reading
from db.conversion import choosing
from db.conversion.copying import Values, copied, lines_of
from db.conversion.counting import made_of
from db.conversion.following import lines_statement, recount
from db.conversion.left import is_open, left_of
from db.conversion.table import Conversion
from db.declare import Relation
from db.errors import ErrorCode, InvalidInput, Problem
from db.history import Entry, Operation, Origin, field_change
from db.service import for_company
from db.suite import Module
from db.writing import Saved, Work

MADE: str = "converted_to"
"""What the history of a source calls the record made of it: no field, and so never asked for."""


async def convert(
    work: Work,
    conversion: Conversion,
    id: int,
    lines: Sequence[Mapping[str, Any]] | None = None,
    given: Mapping[str, Any] | None = None,
    *,
    excess: bool = False,
) -> Saved:
    """Make a record of another; the one made.

    `lines` are `{line, quantity}`, unless given all that is left; `given` is what of
    `conversion.asks` was said. Whoever reads the source converts it, into what they may create:
    parties are taken over even where the viewer does not see them. Raises NotFound; InvalidInput
    where the source is cancelled, or a draft to be validated first, where nothing is left, where
    more is asked than is left unless `excess` is allowed, or what the new record lacks.
    """
    source, target = work.suite[conversion.source], work.suite[conversion.target]
    row = await work.lock(source, id)
    said = {name: value for name, value in (given or {}).items() if value is not None}
    pointing = {name: fact for name, fact in target.relations.items() if name in said}
    await refuse_unseen(work, pointing, said)
    if not is_open(source, row):
        raise _refused("not_convertible", record=row["title"])
    parts = []
    if source.declared.lines:
        parts = await _parts(work, conversion, id, lines, excess)
        if not parts:
            raise _refused("nothing_to_convert", record=row["title"], target=target.singular)
    with converting(work):
        values = await copied(work, conversion, row, said)
        if parts:
            values["line_items"] = await lines_of(work, conversion, parts)
        saved = await work.create(target, values, by_service=True)
        await _tell(work, source, row, saved)
    return saved


@contextmanager
def converting(work: Work) -> Iterator[None]:
    """Within it the service acts of itself, and the history says that it is a conversion."""
    origin = work.origin
    work.origin = Origin.CONVERSION
    try:
        with for_company(work):
            yield
    finally:
        work.origin = origin


async def refuse_unseen(work: Work, relations: Mapping[str, Relation], given: Values) -> None:
    """Refuse what was given for relations, by argument, where the viewer sees no such record.

    The service then makes what points at them, which sees all. Raises InvalidInput.
    """
    problems = []
    for name, relation in relations.items():
        written = str(given[name])
        known = written.isascii() and written.isdigit() and len(written) < 19
        module = work.suite[relation.target_name]
        if not known or not await reading.records_by_id(work, module, [int(written)]):
            params = {"label": relation.label, "id": written[:80]}
            problems.append(Problem((name,), ErrorCode.NOT_FOUND, "no_such_target", params))
    if problems:
        raise InvalidInput(problems)


async def _parts(
    work: Work,
    conversion: Conversion,
    id: int,
    asked: Sequence[Mapping[str, Any]] | None,
    excess: bool,
) -> list[choosing.Part]:
    source, part = work.suite[conversion.source], work.suite["LineItem"]
    lines = await work.fetch(lines_statement(part), {"ids": [id]}, part.row)
    left = left_of(conversion, lines, await made_of(work, source, [id]))
    if asked is None:
        return choosing.everything(left)
    return choosing.chosen(part, left, asked, excess)


async def _tell(work: Work, source: Module, row: Any, saved: Saved) -> None:
    """Count the source anew, and tell its history of it and of what was made, in one entry."""
    counted = [*await recount(work, source, [row["id"]]), Entry(row["id"], Operation.UPDATED)][0]
    made = await reading.records_by_id(work, saved.module, [saved.id])
    field = field_change(MADE, None, str(saved.id), None, made[saved.id]["title"])
    told = [*counted.fields, field]
    await work.tell([Entry(row["id"], Operation.CONVERTED, told, counted.version)])


def _refused(key: str, **params: object) -> InvalidInput:
    return InvalidInput([Problem(("id",), ErrorCode.INVALID, key, params)])
