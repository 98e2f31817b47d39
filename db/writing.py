"""The unit of work: one transaction in which everything asked for is done and told, or nothing.

Nothing else writes records. `create_many` takes many rows, of which a single one is the plain
case: each step (check, look up, number, insert, append history) is one statement, however many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from string import Formatter
from types import TracebackType
from typing import Any, Final
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import BigInteger, bindparam, func, select

from db import history, inserting, line_rows, linking, numbering, telling
from db.access import Scope, Viewer, visible
from db.database import Database
from db.errors import Action, Busy, Forbidden, InvalidInput, Locked, NotFound, Problem
from db.history import Entry, Operation, Origin
from db.lookups import Known, called, look_up, refuse_taken, titles
from db.merging import check_version, refuse_conflicts
from db.reader import ENDED
from db.refusals import refusal, taken
from db.rows import ChangeRow
from db.statements import Statement, compiled
from db.suite import Module
from db.telling import Before, stored_names
from db.titles import title
from db.validation import Checked, check

DRAFT: Final = "draft"
MOMENT: Final = "~now"
"""The time of the transaction, in the row that `Work.lock` gives."""


@dataclass(frozen=True)
class Saved:
    """A record written: its id, and the entry of its history unless nothing changed."""

    module: Module
    id: int
    change: Any | None


@dataclass(frozen=True)
class Outcome:
    """What became of many rows: those saved, and by their position the problems of the rest."""

    saved: Sequence[Saved]
    refused: Mapping[int, Sequence[Problem]]


class Counted:
    """A connection that counts the statements it is given."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.statements = 0

    async def fetch(self, *args: Any, **options: Any) -> Any:
        self.statements += 1
        return await self.connection.fetch(*args, **options)

    async def fetchrow(self, *args: Any, **options: Any) -> Any:
        self.statements += 1
        return await self.connection.fetchrow(*args, **options)

    async def fetchval(self, *args: Any, **options: Any) -> Any:
        self.statements += 1
        return await self.connection.fetchval(*args, **options)

    async def execute(self, *args: Any, **options: Any) -> Any:
        self.statements += 1
        return await self.connection.execute(*args, **options)

    def transaction(self) -> Any:
        """A savepoint."""
        return self.connection.transaction()


class Work:
    """A transaction of one viewer: `async with Work(...) as work`. Leaving it commits.

    Leaving by an exception undoes everything. Raises what db/errors.py has, never a driver's
    error that a client could cause.
    """

    connection: Counted

    def __init__(
        self,
        database: Database,
        viewer: Viewer,
        origin: Origin = Origin.MANUAL,
        year: int | None = None,
    ) -> None:
        """`year` is the one that records are numbered in, where that is not the present one."""
        self.database = database
        self.suite = database.suite
        self.viewer = viewer
        self.origin = origin
        self.year = year
        self._transaction: Any = None

    @property
    def statements(self) -> int:
        """How many statements it took so far."""
        return self.connection.statements

    async def __aenter__(self) -> Work:
        self.connection = Counted(await self.database.acquire())
        try:
            self._transaction = self.connection.connection.transaction()
            await self._transaction.start()
        except BaseException as error:
            await self.database.release(self.connection.connection)
            raise refusal(self.database, error) or error from None
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                await self._transaction.commit()
            else:
                await self._transaction.rollback()
        except (*ENDED, asyncpg.InterfaceError):
            if error is None:
                raise Busy() from None
        finally:
            await self.database.release(self.connection.connection)
        told = refusal(self.database, error) if error else None
        if told is not None:
            raise told from None

    async def fetch(
        self,
        statement: Statement,
        values: Mapping[str, Any] = {},
        row: type[asyncpg.Record] = asyncpg.Record,
    ) -> Sequence[Any]:
        """Read within the transaction, as a Reader does: db/reading.py takes either."""
        arguments = statement.arguments({**self.viewer.parameters, **values})
        rows: Sequence[Any] = await self.connection.fetch(
            statement.sql, *arguments, record_class=row
        )
        return rows

    async def create(
        self, module: Module, given: Mapping[str, Any], *, by_service: bool = False
    ) -> Saved:
        """Write one record. Raises InvalidInput with every problem."""
        outcome = await self.create_many(module, [given], by_service=by_service)
        if outcome.refused:
            raise InvalidInput(outcome.refused[0])
        return outcome.saved[0]

    async def create_many(
        self, module: Module, given: Sequence[Mapping[str, Any]], *, by_service: bool = False
    ) -> Outcome:
        """Write those of the rows that are right, in their order; tell what is wrong with the
        others. `by_service` may write what is read-only to everyone else.
        """
        if module.declared.by_actions and not by_service:
            raise Forbidden(module.singular, "create")
        rows = [check(module, each, creating=True, by_service=by_service) for each in given]
        known = await look_up(self, rows)
        if module.declared.lines:
            for row in rows:
                line_rows.keep(row, ())
                line_rows.total(row)
        await refuse_taken(self, module, rows)
        right = [row for row in rows if not row.problems]
        refused = {i: tuple(row.problems) for i, row in enumerate(rows) if row.problems}
        if not right:
            return Outcome([], refused)
        await self._number(module, right)
        named = await called(self, (), known)
        for row in right:
            self._complete(row, titles(module, row.values, named))
        await line_rows.identify(self, right)
        await inserting.insert(self.connection, module.table, [row.values for row in right])
        await line_rows.insert(self, right)
        await linking.insert(self, right)
        told = await telling.created(self, right, known)
        changes = await self.tell(
            Entry(row.values["id"], Operation.CREATED, fields, 1)
            for row, fields in zip(right, told, strict=True)
        )
        saved = [
            Saved(module, row.values["id"], change)
            for row, change in zip(right, changes, strict=True)
        ]
        return Outcome(saved, refused)

    async def update(
        self,
        module: Module,
        id: int,
        given: Mapping[str, Any],
        *,
        expected_version: int | None = None,
        by_service: bool = False,
        operation: Operation = Operation.UPDATED,
        number: str | None = None,
    ) -> Saved:
        """Write the named fields of one record; others keep what they hold.

        Raises NotFound, Forbidden, Locked, InvalidInput, and Conflict where a field sent was
        changed to something else since `expected_version`.
        """
        stored = await self.lock(module, id)
        if not by_service:
            self._may_edit(module, stored)
        check_version(stored, expected_version)
        row = check(module, given, creating=False, by_service=by_service)
        before = await self._before(row, stored)
        line_rows.keep(row, before.lines)
        known = await look_up(self, [row])
        await self._prepare(row, before)
        if row.problems:
            raise InvalidInput(row.problems)
        told = await telling.changed(self, row, before, known, number)
        await refuse_conflicts(self, module, stored, told, given.keys(), expected_version)
        if not told:
            return Saved(module, id, None)
        version = stored["version"] + 1
        await self._write(row, before, await self._title(row, stored, number, known), number)
        (change,) = await self.tell([Entry(id, operation, told, version)])
        return Saved(module, id, change)

    async def delete(self, module: Module, id: int) -> Saved:
        """Put a record in the recycle bin. Raises NotFound, Forbidden, Locked."""
        stored = await self.lock(module, id)
        self._may_edit(module, stored, "delete")
        return await self._mark(module, stored, Operation.DELETED, stored[MOMENT])

    async def restore(self, module: Module, id: int) -> Saved:
        """Take a record out of the recycle bin. Raises NotFound, Forbidden, NotUnique."""
        stored = await self.lock(module, id, deleted=True)
        self._may_edit(module, stored)
        row = Checked(module, {name: stored[name] for name in stored_names(module)})
        await refuse_taken(self, module, [row])
        if row.problems:
            raise _of_id(row.problems)
        try:
            return await self._mark(module, stored, Operation.RESTORED, None)
        except asyncpg.UniqueViolationError as error:
            told = taken(self.suite, error)
            raise (_of_id(told.problems) if told else error) from None

    async def lock(self, module: Module, id: int, *, deleted: bool = False) -> Any:
        """The record's row, held against other writers until the commit. Raises NotFound."""
        rows = await self.fetch(
            locking_statement(module, self.viewer.scope, deleted), {"id": id}, module.row
        )
        if not rows:
            raise NotFound(module.singular, id, ("id",))
        return rows[0]

    async def change(self, id: int | None) -> Any | None:
        """An entry of the history by id."""
        return await self.connection.fetchrow(
            "SELECT * FROM change WHERE id = $1", id, record_class=ChangeRow
        )

    async def tell(self, entries: Iterable[Entry]) -> list[Any]:
        """Append to the history; the entries as written."""
        return await history.append(self.connection, self.viewer.id, self.origin, list(entries))

    def _may_edit(self, module: Module, stored: Any, action: Action = "edit") -> None:
        if module.declared.by_actions or not self.viewer.owns(stored):
            raise Forbidden(module.singular, action, ("id",))
        if module.declared.accounting and stored["status"] != DRAFT:
            raise Locked(stored["number"], ("id",))

    async def _before(self, row: Checked, stored: Any) -> Before:
        return Before(
            stored,
            await line_rows.stored(self, stored["id"]) if row.lines is not None else (),
            await linking.stored(self, row, stored["id"]),
        )

    async def _prepare(self, row: Checked, before: Before) -> None:
        """Add what follows from what was sent, and check it against what is stored."""
        await linking.keep_unseen(self, row, before.links)
        if row.lines is not None:
            line_rows.total(row)
            await line_rows.identify(self, [row], before.lines)
            await line_rows.refuse_sources(self, before.row["id"], row, before.lines)
        await refuse_taken(self, row.module, [row], before.row)

    async def _write(self, row: Checked, before: Before, title: str, number: str | None) -> None:
        stored = before.row
        values = {**row.values, "title": title, "version": stored["version"] + 1}
        if row.owner is not None:
            values["owner_id"] = row.owner
        if number is not None:
            values["number"] = number
        await self._touch(row.module, stored, values)
        await linking.replace(self, stored["id"], row, before.links)
        if row.lines is not None:
            await line_rows.replace(self, stored["id"], row, before.lines)

    async def _touch(self, module: Module, stored: Any, values: Mapping[str, Any]) -> None:
        who = {"updated_at": stored[MOMENT], "updated_by_id": self.viewer.id}
        await inserting.update(self.connection, module.table, stored["id"], {**values, **who})

    async def _mark(
        self, module: Module, stored: Any, operation: Operation, deleted_at: datetime | None
    ) -> Saved:
        version = stored["version"] + 1
        await self._touch(module, stored, {"deleted_at": deleted_at, "version": version})
        (change,) = await self.tell([Entry(stored["id"], operation, (), version)])
        return Saved(module, stored["id"], change)

    async def _number(self, module: Module, rows: Sequence[Checked]) -> None:
        ids = await inserting.ids(self.connection, len(rows))
        if module.declared.accounting:
            given = [numbering.provisional(module, id) for id in ids]
        else:
            # The year where the company is: it begins there while it is still the last in UTC.
            year = self.year or datetime.now(ZoneInfo(self.viewer.time_zone)).year
            given = await numbering.numbers(
                self.connection, self.viewer.company_id, module, year, len(rows)
            )
        for row, id, number in zip(rows, ids, given, strict=True):
            row.values |= {"id": id, "number": number}

    def _complete(self, row: Checked, named: Mapping[str, str]) -> None:
        """Add what the service itself knows of a record to be written."""
        row.values |= {
            "company_id": self.viewer.company_id,
            "owner_id": self.viewer.id if row.owner is None else row.owner,
            "created_by_id": self.viewer.id,
            "updated_by_id": self.viewer.id,
            "title": title(row.module, row.values, row.values["number"], named),
        }

    async def _title(self, row: Checked, stored: Any, number: str | None, known: Known) -> str:
        """What the record will be called, with what the records it points at are called now."""
        module = row.module
        after = {name: stored[name] for name in stored_names(module)} | row.values
        said = {name for _, name, _, _ in Formatter().parse(module.declared.title)}
        pointed = {
            after[each.foreign_key] for each in module.relations.values() if each.name in said
        }
        named = await called(self, pointed - {None}, known)
        return title(module, after, number or stored["number"], titles(module, after, named))


def _of_id(problems: Sequence[Problem]) -> InvalidInput:
    """Problems of values that were not sent: all that was is the record's id."""
    return InvalidInput([replace(each, path=("id",)) for each in problems])


@lru_cache(maxsize=1024)
def locking_statement(module: Module, scope: Scope, deleted: bool) -> Statement:
    """One row of the module by id, for update; one of the recycle bin if `deleted`."""
    rows = module.table.alias("t")
    own = rows.c.id == bindparam("id", type_=BigInteger)
    seen = visible(module, rows, scope, deleted=deleted)
    moment = func.now().label(MOMENT)
    return compiled(select(rows, moment).where(own, seen).with_for_update(key_share=True))
