"""The unit of work: one transaction in which everything asked for is done and told, or nothing.

Nothing else writes records. `create_many` takes many rows, of which a single one is the plain
case: each step (check, look up, number, insert, append history) is one statement, however many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import blake2b
from types import TracebackType
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy import BigInteger, bindparam, select

from db import history, inserting, lines, numbering
from db.access import Scope, Viewer, visible
from db.database import Database
from db.errors import (
    BadUserInput,
    Busy,
    Conflict,
    FieldConflict,
    Forbidden,
    IdempotencyMismatch,
    InvalidInput,
    Locked,
    NotFound,
    NotUnique,
    Problem,
    Timeout,
)
from db.history import Entry, Operation, Origin
from db.lookups import Known, look_up, refuse_taken, titles
from db.module_table import unique_index
from db.rows import ChangeRow
from db.statements import Statement, compiled
from db.suite import Module, Suite
from db.tables import link
from db.titles import title
from db.validation import Checked, check

DRAFT: Final = "draft"

FORGET: Final = """
DELETE FROM idempotency WHERE user_id = $1 AND key = $2 AND at < now() - interval '1 day'
"""
CLAIM: Final = """
INSERT INTO idempotency (user_id, key, digest) VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING RETURNING true
"""
DONE: Final = "SELECT digest, result FROM idempotency WHERE user_id = $1 AND key = $2"
REMEMBER: Final = "UPDATE idempotency SET result = $3 WHERE user_id = $1 AND key = $2"


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


class Work:
    """A transaction of one viewer: `async with Work(...) as work`. Leaving it commits.

    Leaving by an exception undoes everything. Raises what db/errors.py has, never a driver's
    error that a client could cause.
    """

    def __init__(self, database: Database, viewer: Viewer, origin: Origin = Origin.MANUAL) -> None:
        self.database = database
        self.suite = database.suite
        self.viewer = viewer
        self.origin = origin
        self.statements = 0
        self.connection: Any = None
        self._transaction: Any = None

    async def __aenter__(self) -> Work:
        self.connection = await self.database.acquire()
        try:
            self._transaction = self.connection.transaction()
            await self._transaction.start()
        except BaseException:
            await self.database.release(self.connection)
            raise
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
        except (OSError, asyncpg.InterfaceError):
            if error is None:
                raise Busy() from None
        finally:
            await self.database.release(self.connection)
        if isinstance(error, asyncpg.QueryCanceledError):
            raise Timeout(self.database.statement_timeout) from None
        if isinstance(error, asyncpg.UniqueViolationError):
            raise _taken(self.suite, error) from None

    async def fetch(
        self,
        statement: Statement,
        values: Mapping[str, Any] = {},
        row: type[asyncpg.Record] = asyncpg.Record,
    ) -> Sequence[Any]:
        """Read within the transaction, as a Reader does: db/reading.py takes either."""
        arguments = statement.arguments({**self.viewer.parameters, **values})
        self.statements += 1
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
        await refuse_taken(self, module, rows)
        right = [row for row in rows if not row.problems]
        refused = {i: tuple(row.problems) for i, row in enumerate(rows) if row.problems}
        await self._number(module, right)
        for row in right:
            self._complete(row, known)
        await inserting.insert(self.connection, module.table, [row.values for row in right])
        await self._insert_lines(right)
        await self._insert_links(right)
        changes = await self.tell([_created(row, known) for row in right])
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
        row = check(module, given, creating=False, by_service=by_service)
        stays = {name: stored[name] for name in _stored_names(module)}
        known = await look_up(self, [row])
        await refuse_taken(self, module, [_whole(row, stays)], own_id=id)
        if row.problems:
            raise InvalidInput(row.problems)
        if expected_version is not None:
            await self._merge(module, stored, row, expected_version)
        before_lines = await self._replace_lines(id, row)
        before_links = await self._replace_links(id, row)
        changed = {name: value for name, value in row.values.items() if value != stored.get(name)}
        if row.owner is not None and row.owner != stored["owner_id"]:
            changed["owner_id"] = row.owner
        if number is not None:
            changed["number"] = number
        told = await self._told(row, stored, changed, known, before_lines, before_links)
        if not told:
            return Saved(module, id, None)
        after = {**stays, **changed}
        version = stored["version"] + 1
        changed |= {
            "title": await self._title(row, after, number or stored["number"], known),
            "version": version,
            "updated_at": datetime.now(UTC),
            "updated_by_id": self.viewer.id,
        }
        await inserting.update(self.connection, module.table, id, changed)
        (change,) = await self.tell([Entry(id, operation, told, version)])
        return Saved(module, id, change)

    async def delete(self, module: Module, id: int) -> Saved:
        """Put a record in the recycle bin. Raises NotFound, Forbidden, Locked."""
        stored = await self.lock(module, id)
        self._may_edit(module, stored, "delete")
        return await self._mark(module, stored, Operation.DELETED, datetime.now(UTC))

    async def restore(self, module: Module, id: int) -> Saved:
        """Take a record out of the recycle bin. Raises NotFound, Forbidden, NotUnique."""
        stored = await self.lock(module, id, deleted=True)
        self._may_edit(module, stored)
        return await self._mark(module, stored, Operation.RESTORED, None)

    async def lock(self, module: Module, id: int, *, deleted: bool = False) -> Any:
        """The record's row, held against other writers until the commit. Raises NotFound."""
        rows = await self.fetch(
            locking_statement(module, self.viewer.scope, deleted), {"id": id}, module.row
        )
        if not rows:
            raise NotFound(module.singular, id, ("id",))
        return rows[0]

    async def done_before(self, key: str | None, asked: Any) -> Any | None:
        """What came of the same request under the same key, within a day; None if nothing yet.

        Two at once wait for each other here. Raises IdempotencyMismatch for another request.
        """
        if key is None:
            return None
        digest = blake2b(orjson.dumps(asked, default=str), digest_size=16).hexdigest()
        await self.connection.execute(FORGET, self.viewer.id, key)
        if await self.connection.fetchval(CLAIM, self.viewer.id, key, digest):
            return None
        row = await self.connection.fetchrow(DONE, self.viewer.id, key)
        if row["digest"] != digest:
            raise IdempotencyMismatch(key)
        return row["result"]

    async def remember(self, key: str | None, saved: Saved) -> None:
        """Keep what came of a request, for when it comes again."""
        if key is not None:
            change = saved.change["id"] if saved.change else None
            result = {"id": saved.id, "change": change}
            await self.connection.execute(REMEMBER, self.viewer.id, key, result)

    async def change(self, id: int | None) -> Any | None:
        """An entry of the history by id."""
        return await self.connection.fetchrow(
            "SELECT * FROM change WHERE id = $1", id, record_class=ChangeRow
        )

    async def tell(self, entries: Sequence[Entry]) -> list[Any]:
        """Append to the history; the entries as written."""
        return await history.append(self.connection, self.viewer.id, self.origin, entries)

    def _may_edit(self, module: Module, stored: Any, action: Any = "edit") -> None:
        if module.declared.by_actions or not self.viewer.owns(stored):
            raise Forbidden(module.singular, action)
        if module.declared.accounting and stored["status"] != DRAFT:
            raise Locked(stored["number"])

    async def _mark(
        self, module: Module, stored: Any, operation: Operation, deleted_at: datetime | None
    ) -> Saved:
        version = stored["version"] + 1
        values = {
            "deleted_at": deleted_at,
            "version": version,
            "updated_at": datetime.now(UTC),
            "updated_by_id": self.viewer.id,
        }
        await inserting.update(self.connection, module.table, stored["id"], values)
        (change,) = await self.tell([Entry(stored["id"], operation, (), version)])
        return Saved(module, stored["id"], change)

    async def _number(self, module: Module, rows: Sequence[Checked]) -> None:
        if not rows:
            return
        ids = await self.connection.fetch(
            "SELECT nextval('record_id') AS id FROM generate_series(1, $1)", len(rows)
        )
        for row, each in zip(rows, ids, strict=True):
            row.values["id"] = each["id"]
        if module.declared.accounting:
            for row in rows:
                row.values["number"] = numbering.provisional(module, row.values["id"])
            return
        given = await numbering.numbers(
            self.connection, self.viewer.company_id, module, date.today().year, len(rows)
        )
        for row, number in zip(rows, given, strict=True):
            row.values["number"] = number

    def _complete(self, row: Checked, known: Known) -> None:
        """Add what the service itself knows of a record to be written."""
        values = row.values
        values["company_id"] = self.viewer.company_id
        values["owner_id"] = self.viewer.id if row.owner is None else row.owner
        values["created_by_id"] = values["updated_by_id"] = self.viewer.id
        if row.module.declared.lines:
            _total(row)
        values["title"] = title(row.module, values, values["number"], titles(row, values, known))

    async def _title(
        self, row: Checked, after: Mapping[str, Any], number: str, known: Known
    ) -> str:
        """What the record is called now; what it points at is asked for where the title needs it."""
        whole = Checked(row.module)
        for relation in row.module.relations.values():
            id = after.get(relation.foreign_key)
            if id is not None and f"{{{relation.name}}}" in row.module.declared.title:
                whole.pointed.append((relation, id, ()))
        known = {**await look_up(self, [whole]), **known} if whole.pointed else known
        return title(row.module, after, number, titles(row, after, known))

    async def _insert_lines(self, rows: Sequence[Checked]) -> None:
        given = [(row, line) for row in rows for line in row.lines or ()]
        for row, line in given:
            line.values["document_id"] = row.values["id"]
            if line.line_id is not None:
                line.values["id"] = line.line_id
        if given:
            fresh = [line.values for _, line in given if line.line_id is None]
            kept = [line.values for _, line in given if line.line_id is not None]
            table = given[0][1].module.table
            await inserting.insert(self.connection, table, fresh)
            await inserting.insert(self.connection, table, kept)

    async def _replace_lines(self, id: int, row: Checked) -> list[Any] | None:
        """Write the lines sent in place of those there; what was there. None: none were sent."""
        if row.lines is None:
            return None
        table = self.suite["LineItem"].table
        before = await self.connection.fetch(
            f"DELETE FROM {table.name} WHERE document_id = $1 RETURNING *", id
        )
        own = {line["id"] for line in before}
        for line in row.lines:
            if line.line_id not in own:
                line.line_id = None
        row.values["id"] = id
        _total(row)
        await self._insert_lines([row])
        del row.values["id"]
        return sorted(before, key=lambda line: (line["position"], line["id"]))

    async def _insert_links(self, rows: Sequence[Checked]) -> None:
        pairs = [
            {"relation": f"{row.module.name}.{name}", "from_id": row.values["id"], "to_id": other}
            for row in rows
            for name, ids in row.links.items()
            for other in ids
        ]
        await inserting.insert(self.connection, link, pairs)

    async def _replace_links(self, id: int, row: Checked) -> dict[str, list[int]]:
        return {
            name: await inserting.replace_links(
                self.connection, f"{row.module.name}.{name}", id, ids
            )
            for name, ids in row.links.items()
        }

    async def _told(
        self,
        row: Checked,
        stored: Any,
        changed: Mapping[str, Any],
        known: Known,
        before_lines: list[Any] | None,
        before_links: Mapping[str, list[int]],
    ) -> list[dict[str, Any]]:
        """Each field before and after; relations with what their records were called."""
        module = row.module
        old = Checked(module)
        for relation in module.relations.values():
            if relation.foreign_key in changed and stored[relation.foreign_key] is not None:
                old.pointed.append((relation, stored[relation.foreign_key], ()))
        was = titles(old, stored, await look_up(self, [old]) if old.pointed else {})
        told = history.changed_fields(module, stored, changed, was, titles(row, changed, known))
        for name, ids in row.links.items():
            if before_links[name] != ids:
                told.append(history.field_change(name, before_links[name], ids))
        if before_lines is not None and row.lines is not None:
            part = self.suite["LineItem"]
            before = [history.dumped_line(part, line) for line in before_lines]
            after = [history.dumped_line(part, line.values) for line in row.lines]
            if before != after:
                told.append(history.field_change("line_items", before, after))
        return told

    async def _merge(
        self, module: Module, stored: Any, row: Checked, expected_version: int
    ) -> None:
        """Let what others changed meanwhile stand; refuse to overwrite what they wrote."""
        if not 1 <= expected_version <= stored["version"]:
            raise BadUserInput(("expectedVersion",))
        if expected_version == stored["version"]:
            return
        meanwhile = await history.fields_since(self.connection, stored["id"], expected_version)
        conflicts = []
        for name, original in meanwhile.items():
            fact = module.facts.get(name)
            key = fact.foreign_key if fact and hasattr(fact, "foreign_key") else name
            if key not in row.values or row.values[key] == stored[key]:
                continue
            yours = history.dumped_value(module, key, row.values[key])
            now = history.dumped_value(module, key, stored[key])
            label = fact.label if fact else name
            conflicts.append(FieldConflict(name, yours, now, original, label))
        if conflicts:
            raise Conflict(conflicts)


@lru_cache(maxsize=1024)
def locking_statement(module: Module, scope: Scope, deleted: bool) -> Statement:
    """One row of the module by id, for update; one of the recycle bin if `deleted`."""
    rows = module.table.alias("t")
    own = rows.c.id == bindparam("id", type_=BigInteger)
    seen = visible(module, rows, scope, deleted=deleted)
    return compiled(select(rows).where(own, seen).with_for_update())


def _total(row: Checked) -> None:
    """Number and total the lines, and the document by them."""
    for position, line in enumerate(row.lines or (), start=1):
        line.values = {**dict.fromkeys(line.module.columns), **line.values, "position": position}
        line.values |= lines.line_totals(line.values)
    found = lines.totals(line.values for line in row.lines or ())
    row.values |= lines.document_values(row.module.columns, found)


def _created(row: Checked, known: Known) -> Entry:
    now = titles(row, row.values, known)
    written = {name: row.values.get(name) for name in _stored_names(row.module)}
    told = history.changed_fields(row.module, {}, written, {}, now)
    told += [history.field_change(name, [], ids) for name, ids in row.links.items() if ids]
    if row.lines:
        after = [history.dumped_line(line.module, line.values) for line in row.lines]
        told.append(history.field_change("line_items", [], after))
    return Entry(row.values["id"], Operation.CREATED, told, 1)


def _whole(row: Checked, stays: Mapping[str, Any]) -> Checked:
    """The row as it will be, its problems noted on the row itself."""
    sent = {name: row.values[name] for name in row.values}
    return Checked(row.module, {**stays, **sent}, row.problems)


def _stored_names(module: Module) -> list[str]:
    return [*module.columns, *(each.foreign_key for each in module.relations.values())]


def _taken(suite: Suite, error: Any) -> Any:
    """What to tell whoever came second to a unique value at the same moment."""
    for module in suite.modules:
        for column in module.columns.values():
            if column.unique and error.constraint_name == unique_index(module, column.name):
                return NotUnique((column.name,), column.label, "…")
    return error
