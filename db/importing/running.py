"""A run of the importer: who imports, the tables in order, and what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from db.access import Viewer
from db.acting import acting
from db.customs import customised
from db.database import Database
from db.history import Origin
from db.importing.filling import Batch, Filling, Step
from db.importing.mapping import load
from db.importing.plan import Plan
from db.importing.report import Report
from db.importing.validating import count_drafts, validate
from db.modules import MODULES, PARTS
from db.settings import Settings, secret
from db.suite import Suite
from db.writing import Work


class _Undo(Exception):
    """Ends a dry run's transaction."""


def silent(what: str, done: int, total: int) -> None:
    """Tells nobody."""


async def run(
    url: str,
    settings: Settings,
    mapping: Path,
    folder: Path,
    *,
    dry_run: bool = False,
    email: str = "",
    progress: Step = silent,
) -> Report:
    """Import the files of `folder` as the user with this address, into their company; unless one
    is named, as the first administrator.

    Each batch of rows is written or, should the run be stopped, not; running again goes on from
    there. A dry run does all of it in one transaction and undoes it; until it ends, nobody else
    gets a number in the modules concerned. Raises MappingError, StartError.
    """
    database = await Database.open(
        url,
        Suite(MODULES, PARTS),
        secret=secret(settings).encode(),
        pool_size=2,
        statement_timeout=settings.statement_timeout,
    )
    try:
        viewer = await acting(database, email)
        having = partial(customised, viewer)
        plan = load(mapping, folder, database.suite, ZoneInfo(viewer.time_zone), having)
        report = Report(dry_run, dict(plan.unused))
        if dry_run:
            await _try(database, viewer, plan, report, progress)
        else:

            @asynccontextmanager
            async def batch() -> AsyncIterator[Work]:
                async with Work(database, viewer, Origin.IMPORT) as work:
                    yield work

            await _tables(plan, batch, report, progress)
    finally:
        await database.close()
    return report


async def _try(
    database: Database, viewer: Viewer, plan: Plan, report: Report, progress: Step
) -> None:
    """The whole run in one unit of work, then undone."""
    try:
        async with Work(database, viewer, Origin.IMPORT) as work:

            @asynccontextmanager
            async def batch() -> AsyncIterator[Work]:
                yield work

            await _tables(plan, batch, report, progress)
            raise _Undo
    except _Undo:
        return


async def _tables(plan: Plan, batch: Batch, report: Report, progress: Step) -> None:
    keys: dict[str, dict[str, int]] = {}
    for table in plan.tables:
        refused = report.refused_rows
        filling = Filling(table, keys, batch, report, progress)
        await filling.fill()
        if table.validate and report.refused_rows == refused:
            await validate(table, filling.lines_by_id, batch, report, progress)
        elif table.validate:
            await count_drafts(table, filling.lines_by_id, batch, report)
