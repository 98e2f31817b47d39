"""Validating the documents of an import: in the order of their dates, as numbers must follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import ARRAY, BigInteger, Text, any_, bindparam, literal, select

from db.access import Scope, visible
from db.errors import FichesError
from db.importing.filling import Batch, Step, chunks
from db.importing.plan import Table
from db.importing.report import Refusal, Report
from db.posting import DOCUMENTS, validate_many
from db.statements import Statement, compiled
from db.suite import Module
from db.writing import DRAFT, Work

BATCH: Final = 500


async def validate(
    table: Table, lines_by_id: Mapping[int, int], batch: Batch, report: Report, progress: Step
) -> None:
    """Validate those of the records that are drafts still, be they from an earlier run.

    Stops at the first that is refused, and tells its row: no document may get a number after one
    of a later date has it, so the later ones wait until it is put right.
    """
    module = table.module
    async with batch() as work:
        ids = await _drafts(work, module, lines_by_id)
    done = 0
    for some in chunks(iter(ids), BATCH):
        async with batch() as work:
            right = await _validate(work, table, some, lines_by_id, report)
        done += right
        progress(f"{table.name}, validated", done, len(ids))
        if right < len(some):
            break
    report.validated[module.name] += done
    report.drafts[module.name] += len(ids) - done


async def count_drafts(
    table: Table, lines_by_id: Mapping[int, int], batch: Batch, report: Report
) -> None:
    """Tell how many are left as drafts, since rows that may belong between them were refused."""
    async with batch() as work:
        ids = await _drafts(work, table.module, lines_by_id)
    report.drafts[table.module.name] += len(ids)


async def _validate(
    work: Work, table: Table, ids: list[int], lines_by_id: Mapping[int, int], report: Report
) -> int:
    """How many were validated: all at once, else one after another up to the one refused."""
    try:
        await validate_many(work, table.module, ids)
    except FichesError as error:
        if len(ids) == 1:
            line, file = lines_by_id[ids[0]], table.file.name
            told = [Refusal(file, line, "", each.message("en")) for each in error.problems]
            report.refuse(told)
            return 0
    else:
        return len(ids)
    done = 0
    for id in ids:
        if not await _validate(work, table, [id], lines_by_id, report):
            break
        done += 1
    return done


async def _drafts(work: Work, module: Module, ids: Iterable[int]) -> list[int]:
    """Those that are drafts, in the order of their dates."""
    rows = await work.fetch(_statement(module, work.viewer.scope), {"ids": list(ids)})
    return [row["id"] for row in rows]


def _statement(module: Module, scope: Scope) -> Statement:
    rows = module.table.alias("t")
    return compiled(
        select(rows.c.id)
        .where(
            rows.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger))),
            rows.c.status == literal(DRAFT, Text),
            visible(module, rows, scope),
        )
        .order_by(rows.c[DOCUMENTS[module.name].day], rows.c.id)
    )
