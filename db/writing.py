"""The unit of work: one transaction in which everything asked for is done and told, or nothing.

Nothing else writes records. Many rows are written at once, of which a single one is the plain
case: each step (lock, look up, number, write, append history, seal it) is one statement, however
many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from string import Formatter
from types import TracebackType
from typing import Any, Final
from zoneinfo import ZoneInfo

import asyncpg
from sqlalchemy import ARRAY, BigInteger, any_, bindparam, func, select

from db import (
    chain,
    expenses,
    history,
    inserting,
    line_rows,
    linking,
    numbering,
    permission,
    recycling,
    telling,
)
from db.access import Scope, Viewer, visible
from db.conversion.following import follow
from db.conversion.progress import follow_lines
from db.customs import PREFIX, Customised, customised
from db.database import Database
from db.errors import Busy, FichesError, Forbidden, InvalidInput, NotFound, Problem
from db.history import Entry, Of, Operation, Origin
from db.lookups import Known as Rows
from db.lookups import called, look_up, refuse_taken, titles
from db.merging import check_version, refuse_conflicts
from db.reader import ENDED
from db.refusals import refusal, taken
from db.rows import ChangeRow
from db.statements import Statement, compiled
from db.suite import Module
from db.telling import stored_names
from db.titles import title
from db.validation import Before, Checked, check, filled

DRAFT: Final = "draft"
MOMENT: Final = "~now"
"""The time of the transaction, in the row that `Work.lock` gives."""


@dataclass(frozen=True)
class Known:
    """What whoever has just written a record knows of it without reading it."""

    module: Module
    id: int
    number: str
    title: str
    version: int


@dataclass(frozen=True)
class Saved:
    """A record written: its id, and the entry of its history unless nothing changed."""

    module: Module
    id: int
    change: Any | None
    known: Known | None = None

    @property
    def changed(self) -> bool:
        return self.change is not None


@dataclass(frozen=True)
class Patch:
    """What to write onto one record; other fields keep what they hold."""

    id: int
    given: Mapping[str, Any]
    expected_version: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of many new rows: those saved, and by their position the problems of the rest."""

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

    @property
    def closed(self) -> bool:
        """Whether the server has ended it."""
        return bool(self.connection.is_closed())

    def transaction(self) -> Savepoint:
        return Savepoint(self.connection)


class Savepoint:
    """What is done in it can be undone without the rest: leaving it by an exception does so.

    Its name may be that of one outside it, which then waits for it to end.
    """

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    async def start(self) -> None:
        await self.connection.execute("SAVEPOINT inner_work")

    async def commit(self) -> None:
        await self.connection.execute("RELEASE inner_work")

    async def rollback(self) -> None:
        await self.connection.execute("ROLLBACK TO inner_work; RELEASE inner_work")

    async def __aenter__(self) -> None:
        await self.start()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await (self.commit() if error is None else self.rollback())


class Work:
    """A transaction of one viewer: `async with Work(...) as work`. Leaving it commits.

    Leaving by an exception undoes everything. Raises what db/errors.py has, never a driver's
    error that a client could cause.
    """

    def __init__(
        self,
        database: Database,
        viewer: Viewer,
        origin: Origin = Origin.MANUAL,
        year: int | None = None,
        connection: Any = None,
    ) -> None:
        """`year` is the one that records are numbered in, where that is not the present one.

        `connection` is one that whoever gives it holds, and has begun nothing on.
        """
        self.database = database
        self.suite = database.suite
        self.viewer = viewer
        self.origin = origin
        self.year = year
        self.connection = Counted(connection)  # one is taken when it is entered
        self._lent = connection is not None
        self._told: list[int] = []

    @property
    def statements(self) -> int:
        """How many statements it took so far."""
        return self.connection.statements

    async def __aenter__(self) -> Work:
        if not self._lent:
            self.connection = Counted(await self.database.acquire())
        try:
            await self.connection.connection.execute("BEGIN")
        except BaseException as error:
            await self._release()
            raise refusal(self.database, error) or error from None
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        failed = await self._commit() if error is None else None
        error = error or failed
        closed = isinstance(error, asyncpg.InterfaceError) and self.connection.closed
        try:
            if error is not None:
                await self._roll_back()
        finally:
            await self._release()
        told = Busy() if closed else refusal(self.database, error) if error else None
        if told is not None:
            raise told from None
        if failed is not None:
            raise failed

    async def _commit(self) -> BaseException | None:
        """Chain what was told, last of all: nothing is locked after the head of the chain. Then
        commit.

        What went wrong, as if it had been raised in the unit of work.
        """
        self.connection.statements += bool(self._told)
        try:
            await chain.commit(self.connection.connection, self.viewer.company_id, self._told)
        except BaseException as error:
            return error
        return None

    async def _release(self) -> None:
        if not self._lent:
            await self.database.release(self.connection.connection)

    async def _roll_back(self) -> None:
        with suppress(*ENDED, asyncpg.InterfaceError):
            if self.connection.connection.is_in_transaction():
                await self.connection.connection.execute("ROLLBACK")

    @property
    def scope(self) -> Scope:
        """What the service reads as it writes: records the viewer sees, with all their fields."""
        return self.viewer.scope.whole

    def having(self, module: Module) -> Customised:
        """The module as the viewer's company has it."""
        return customised(self.viewer, module)

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
        """Write those of the rows that are right, in their order, each with the new records it
        brings along; tell what is wrong with the others. `by_service` may write what is read-only
        to everyone else.
        """
        if module.declared.by_actions and not by_service:
            raise Forbidden(module.singular, "create")
        self._may_create(module)
        rows = [
            check(module, each, creating=True, by_service=by_service, having=self.having)
            for each in given
        ]
        records = [each for row in rows for each in row.records()]
        for each in {row.module for row in records}:
            self._may_create(each)
        known = await look_up(self, records)
        for row in records:
            if row.module.declared.lines:
                line_rows.keep(row)
                line_rows.total(row)
        for of, some in _by_module(records):
            await refuse_taken(self, of, some)
        if not by_service:
            await expenses.refuse_closed(self, records)
        right = [row for row in rows if not row.all_problems]
        refused = {i: tuple(row.all_problems) for i, row in enumerate(rows) if row.all_problems}
        return Outcome(await self._create(right, known), refused)

    async def _create(
        self, rows: Sequence[Checked], known: Rows, origin: Origin | None = None
    ) -> list[Saved]:
        """Write new records, first those they bring along: they are told as quickly created."""
        new = [each for row in rows for each in row.new.values()]
        if new:
            await self._create(new, known, Origin.QUICK_CREATE)
        saved: dict[int, Saved] = {}
        for module, some in _by_module(rows):
            for row, each in zip(
                some, await self._insert(module, some, known, origin), strict=True
            ):
                saved[id(row)] = each
        return [saved[id(row)] for row in rows]

    async def _insert(
        self, module: Module, rows: Sequence[Checked], known: Rows, origin: Origin | None
    ) -> list[Saved]:
        await self._number(module, rows)
        for row in rows:
            for name, new in row.new.items():
                row.values[module.relations[name].foreign_key] = new.values["id"]
        named = await called(self, (), known)
        for row in rows:
            self._complete(row, titles(module, row.values, named))
            known.setdefault(module, {})[row.values["id"]] = row.values
        await line_rows.identify(self, rows)
        for row in rows:
            follow_lines(row, new=True)
            expenses.net(row)
        told = await telling.created(self, rows, known)
        entries = [
            Entry(row.id, Operation.CREATED, fields, 1)
            for row, fields in zip(rows, told, strict=True)
        ]
        write = partial(inserting.inserting, module.table, [row.values for row in rows])
        of = Of(self.viewer.company_id, module, write)
        changes = await self.tell([*entries, *telling.linked(rows)], origin, of)
        await line_rows.insert(self, rows)
        await linking.insert(self, rows)
        await follow(self, module, [row.values["id"] for row in rows])
        await expenses.count(self, module, [row.values for row in rows])
        return [
            Saved(module, row.id, change, Known(module, row.id, row.values["number"], row.title, 1))
            for row, change in zip(rows, changes, strict=False)
        ]

    async def update(
        self,
        module: Module,
        id: int,
        given: Mapping[str, Any],
        *,
        expected_version: int | None = None,
        by_service: bool = False,
        operation: Operation = Operation.UPDATED,
    ) -> Saved:
        """Write the named fields of one record; others keep what they hold.

        Raises NotFound, Forbidden, Locked, InvalidInput, and Conflict where a field sent was
        changed to something else since `expected_version`.
        """
        patch = Patch(id, given, expected_version)
        (done,) = await self.update_many(
            module, [patch], by_service=by_service, operation=operation
        )
        return _done(done)

    async def update_many(
        self,
        module: Module,
        patches: Sequence[Patch],
        *,
        by_service: bool = False,
        deleted: bool = False,
        operation: Operation = Operation.UPDATED,
    ) -> list[Saved | FichesError]:
        """Write onto many records, each once; what became of each, in order: saved, or why not.

        A record is refused as `update` refuses it; the others are written all the same. `deleted`:
        those of the recycle bin.
        """
        held = await self.hold(module, [each.id for each in patches], deleted=deleted)
        done: dict[int, Saved | FichesError] = {}
        rows: dict[int, Checked] = {}
        for patch in patches:
            try:
                rows[patch.id] = self._over(_found(module, held, patch.id), patch, by_service)
            except FichesError as error:
                done[patch.id] = error
        known = await self._prepare(module, rows)
        if not by_service:
            await expenses.refuse_closed(self, rows.values())
        right = {id: row for id, row in rows.items() if not row.problems}
        told = dict(zip(right, await telling.changed(self, [*right.values()], known), strict=True))
        for patch in patches:
            if patch.id in rows:
                try:
                    await self._refuse(rows[patch.id], told.get(patch.id, ()), patch)
                except FichesError as error:
                    done[patch.id] = error
        changed = {id: row for id, row in right.items() if told[id] and id not in done}
        written = await self._written(module, [*changed.values()], known)
        entries = [
            Entry(id, operation, told[id], row.before.row["version"] + 1)
            for id, row in changed.items()
        ]
        of = self._over_stored(module, [row.before.row for row in changed.values()], written)
        changes = await self.tell([*entries, *telling.linked(changed.values())], of=of)
        made = dict(zip(changed, changes, strict=False))
        await linking.replace(self, [*changed.values()])
        await line_rows.replace(self, [r for r in changed.values() if r.lines is not None])
        before = [line for row in changed.values() for line in row.before.lines]
        await follow(self, module, changed, [line["source_line_id"] for line in before])
        lines = [each for row in changed.values() for each in (row.before.row, row.values)]
        await expenses.count(self, module, lines)
        return [
            done.get(each.id)
            or Saved(module, each.id, made.get(each.id), _known(rows[each.id], each.id in made))
            for each in patches
        ]

    async def delete(self, module: Module, id: int) -> Saved:
        """Put a record in the recycle bin. Raises NotFound, Forbidden, Locked."""
        (done,) = await self.delete_many(module, [id])
        return _done(done)

    async def delete_many(self, module: Module, ids: Sequence[int]) -> list[Saved | FichesError]:
        """Put many records in the recycle bin, each once; what became of each, in order."""
        done: dict[int, Saved | FichesError] = {}
        held = await self.hold(module, ids)
        for id in ids:
            if id not in held:
                done[id] = NotFound(module.singular, id, ("id",))
        rows = {id: held[id] for id in ids if id in held}
        done |= await recycling.refusals(self, module, rows, hold=True)
        right = [held[id] for id in ids if id not in done]
        for saved in await self._mark(module, right, Operation.DELETED):
            done[saved.id] = saved
        return [done[id] for id in ids]

    async def restore(self, module: Module, id: int) -> Saved:
        """Take a record out of the recycle bin. Raises NotFound, Forbidden, NotUnique."""
        stored = await self.lock(module, id, deleted=True)
        self._may_edit(module, stored)
        row = Checked(module, {name: stored[name] for name in stored_names(module)})
        await refuse_taken(self, module, [row])
        await expenses.refuse_closed(self, [row])
        if row.problems:
            raise recycling.of_id(row.problems)
        try:
            (restored,) = await self._mark(module, [stored], Operation.RESTORED)
        except asyncpg.UniqueViolationError as error:
            told = taken(self.suite, error)
            raise (recycling.of_id(told.problems) if told else error) from None
        return restored

    async def lock(self, module: Module, id: int, *, deleted: bool = False) -> Any:
        """The record's row, held against other writers until the commit. Raises NotFound."""
        return _found(module, await self.hold(module, [id], deleted=deleted), id)

    async def hold(
        self, module: Module, ids: Sequence[int], *, deleted: bool = False
    ) -> dict[int, Any]:
        """The rows of those the viewer sees, by id, held until the commit. One statement.

        They are taken in the order of their ids, so that two who take many do not lock each other.
        """
        statement = locking_statement(module, self.viewer.scope, deleted)
        rows = await self.fetch(statement, {"ids": list(ids)}, module.row)
        return {row["id"]: row for row in rows}

    async def change(self, id: int | None) -> Any | None:
        """An entry of the history by id."""
        return await self.connection.fetchrow(
            "SELECT * FROM change WHERE id = $1", id, record_class=ChangeRow
        )

    async def tell(
        self, entries: Iterable[Entry], origin: Origin | None = None, of: Of | None = None
    ) -> list[Any]:
        """Append to the history, and write the records it is `of`; the entries as written. Their
        origin is that of the unit of work unless given. One statement.
        """
        changes = await history.append(
            self.connection, self.viewer.id, origin or self.origin, list(entries), of
        )
        self._told += [each["id"] for each in changes]
        return changes

    def _may_create(self, module: Module) -> None:
        # What actions alone write takes the right to do those.
        if not (module.declared.by_actions or self.viewer.granted("create", module)):
            raise Forbidden(module.singular, "create")

    def _may_edit(self, module: Module, stored: Any) -> None:
        refused = permission.refusal_of(self.viewer, module, stored)
        if refused is not None:
            raise refused

    def _over(self, stored: Any, patch: Patch, by_service: bool) -> Checked:
        """What was sent for a record that is held. Raises Forbidden, Locked, BadUserInput."""
        module: Module = stored.module
        if not by_service:
            self._may_edit(module, stored)
        check_version(stored, patch.expected_version)
        row = check(module, patch.given, creating=False, by_service=by_service, having=self.having)
        row.before = Before(stored)
        if row.custom:
            row.values["custom"] = filled({**stored["custom"], **row.custom})
        return row

    async def _refuse(self, row: Checked, told: Sequence[Mapping[str, Any]], patch: Patch) -> None:
        """Raises InvalidInput, Conflict."""
        if row.problems:
            raise InvalidInput(row.problems)
        stored = row.before.row
        sent = {*patch.given, *(f"{PREFIX}{name}" for name in row.custom)}
        await refuse_conflicts(self, row.module, stored, told, sent, patch.expected_version)

    async def _prepare(self, module: Module, rows: Mapping[int, Checked]) -> Rows:
        """Add what is stored and what follows from what was sent; note what is wrong with it."""
        lined = {id: row for id, row in rows.items() if row.lines is not None}
        lines = await line_rows.stored(self, lined)
        links = await linking.stored(self, module, rows)
        for id, row in rows.items():
            row.before = Before(row.before.row, lines.get(id, ()), links[id])
            line_rows.keep(row)
        every, known = [*rows.values()], await look_up(self, [*rows.values()])
        await linking.keep_unseen(self, every)
        for row in lined.values():
            line_rows.total(row)
        await line_rows.identify(self, [*lined.values()])
        for row in lined.values():
            follow_lines(row, new=False)
        for row in every:
            expenses.net(row)
        await line_rows.refuse_sources(self, [*lined.values()])
        await refuse_taken(self, module, every)
        return known

    async def _written(
        self, module: Module, rows: Sequence[Checked], known: Rows
    ) -> list[dict[str, Any]]:
        """What to write over what was before, one for each of the rows."""
        names = sorted({name for row in rows for name in row.values})
        named = await self._titles(module, rows, known)
        written = []
        for row in rows:
            stored = row.before.row
            after = {name: stored[name] for name in (*stored_names(module), "custom")} | row.values
            # Some may write other columns than the rest: those are held, and written as they are.
            values = {name: after[name] for name in names}
            row.title = title(module, after, stored["number"], titles(module, after, named))
            values["title"] = row.title
            values["owner_id"] = stored["owner_id"] if row.owner is None else row.owner
            written.append(values)
        return written

    def _over_stored(
        self, module: Module, stored: Sequence[Any], values: Sequence[Mapping[str, Any]]
    ) -> Of:
        """Records as they are to be written, as the next version of each."""
        rows = [
            {
                **each,
                "id": row["id"],
                "version": row["version"] + 1,
                "updated_at": row[MOMENT],
                "updated_by_id": self.viewer.id,
            }
            for row, each in zip(stored, values, strict=True)
        ]
        write = partial(inserting.updating, module.table, rows)
        return Of(self.viewer.company_id, module, write)

    async def _mark(
        self, module: Module, stored: Sequence[Any], operation: Operation
    ) -> list[Saved]:
        """Put records in the recycle bin, or take them out."""
        gone = operation is Operation.DELETED
        marks = [{"deleted_at": row[MOMENT] if gone else None} for row in stored]
        changes = await self.tell(
            [Entry(row["id"], operation, (), row["version"] + 1) for row in stored],
            of=self._over_stored(module, stored, marks),
        )
        await follow(self, module, [row["id"] for row in stored])
        await expenses.count(self, module, stored)
        return [
            Saved(module, row["id"], change) for row, change in zip(stored, changes, strict=True)
        ]

    async def _number(self, module: Module, rows: Sequence[Checked]) -> None:
        if module.declared.accounting:
            ids = await inserting.ids(self.connection, len(rows))
            given = [(id, numbering.provisional(module, id)) for id in ids]
        else:
            # The year where the company is: it begins there while it is still the last in UTC.
            year = self.year or datetime.now(ZoneInfo(self.viewer.time_zone)).year
            given = await numbering.identify(
                self.connection, self.viewer.company_id, module, year, len(rows)
            )
        for row, (id, number) in zip(rows, given, strict=True):
            row.values |= {"id": id, "number": number}

    def _complete(self, row: Checked, named: Mapping[str, str]) -> None:
        """Add what the service itself knows of a record to be written."""
        row.title = title(row.module, row.values, row.values["number"], named)
        row.values |= {
            "company_id": self.viewer.company_id,
            "owner_id": self.viewer.id if row.owner is None else row.owner,
            "created_by_id": self.viewer.id,
            "updated_by_id": self.viewer.id,
            "title": row.title,
        }

    async def _titles(self, module: Module, rows: Sequence[Checked], known: Rows) -> dict[int, str]:
        """What the records are called now that the titles of the rows are made of."""
        said = {name for _, name, _, _ in Formatter().parse(module.declared.title)}
        keys = [each.foreign_key for each in module.relations.values() if each.name in said]
        pointed = {row.values.get(key, row.before.row[key]) for row in rows for key in keys}
        return await called(self, pointed - {None}, known)


def _found(module: Module, held: Mapping[int, Any], id: int) -> Any:
    if id not in held:
        raise NotFound(module.singular, id, ("id",))
    return held[id]


def _known(row: Checked, changed: bool) -> Known:
    stored = row.before.row
    title = row.title if changed else stored["title"]
    return Known(row.module, row.id, stored["number"], title, stored["version"] + changed)


def _done(done: Saved | FichesError) -> Saved:
    if isinstance(done, FichesError):
        raise done
    return done


def _by_module(rows: Iterable[Checked]) -> Iterator[tuple[Module, list[Checked]]]:
    """The rows of each module."""
    found: dict[Module, list[Checked]] = defaultdict(list)
    for row in rows:
        found[row.module].append(row)
    yield from found.items()


@lru_cache(maxsize=1024)
def locking_statement(module: Module, scope: Scope, deleted: bool) -> Statement:
    """Rows of the module by id, for update; those of the recycle bin if `deleted`."""
    rows = module.table.alias("t")
    own = rows.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
    seen = visible(module, rows, scope, deleted=deleted)
    found = select(rows, func.now().label(MOMENT)).where(own, seen).order_by(rows.c.id)
    return compiled(found.with_for_update(key_share=True))
