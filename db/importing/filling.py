"""One file into its module: rows in batches, each batch a transaction, each row by itself.

A row that points at a row of its own file waits until that one is written, so the file may be in
any order; only rows that wait are held in memory, and of those written their keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from itertools import islice
from typing import Final, TypeVar

from db.errors import FichesError
from db.importing.drafts import Draft, Point
from db.importing.finding import find
from db.importing.gathering import Gathered
from db.importing.plan import Table
from db.importing.reading import Row
from db.importing.report import Refusal, Report
from db.kinds import Invalid, kind_of
from db.writing import Work

BATCH: Final = 500
T = TypeVar("T")

Batch = Callable[[], AbstractAsyncContextManager[Work]]
"""Opens the unit of work of one batch."""
Step = Callable[[str, int, int], None]
"""Told what is worked on, how much of it is done and how much there is."""


class Filling:
    """Writes one table. `keys`: what the tables before made of their keys; this one's are added."""

    def __init__(
        self,
        table: Table,
        keys: dict[str, dict[str, int]],
        batch: Batch,
        report: Report,
        progress: Step,
    ) -> None:
        self.table = table
        self.keys = keys
        self.batch = batch
        self.report = report
        self.progress = progress
        self.own = keys.setdefault(table.name, {})
        self.lines_by_key: dict[str, int] = {}
        self.lines_by_id: dict[int, int] = {}
        lines = table.lines
        self.gathered = Gathered(lines.file, lines.by) if lines else None

    async def fill(self) -> None:
        waiting: list[Draft] = []
        for drafts in chunks(self._drafts(), BATCH):
            waiting += await self._write(drafts)
        while waiting:
            still = []
            for drafts in chunks(iter(waiting), BATCH):
                still += await self._write(drafts)
            if len(still) == len(waiting):
                self._refuse_waiting(still)
                break
            waiting = still
        self._refuse_stray_lines()

    def _drafts(self) -> Iterator[Draft]:
        file = self.table.file
        for done, row in enumerate(file, start=1):
            if (draft := self._draft(row)) is not None:
                yield draft
            if done % BATCH == 0 or done == file.rows:
                self.progress(self.table.name, done, file.rows)

    def _draft(self, row: Row) -> Draft | None:
        """The row, read; None where it is not one of its own: distinct rows have each their key."""
        key = self.table.key
        draft = Draft(self.table, row, key.fill(row.cells) if key else "")
        if key is not None and not row.fault:
            line = self.lines_by_key.setdefault(draft.key, row.line) if draft.key else 0
            if line != row.line:
                if self.table.distinct:
                    return None
                reason = f"line {line} has the same key" if line else "the key is empty"
                draft.refuse(row, key.columns, reason)
                return draft
        if self.gathered is not None:
            draft.lines = self.gathered.of(draft.key)
        draft.fill()
        return draft

    async def _write(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Write those that can be; the drafts that wait for another row of this file."""
        async with self.batch() as work:
            await self._find(work, drafts)
            waiting = [each for each in drafts if not each.refusals and not self._point(each)]
            late = set(waiting)
            ready = [draft for draft in drafts if draft not in late]
            await self._match(work, [draft for draft in ready if not draft.refusals])
            await self._create(work, [d for d in ready if not d.refusals and d.id is None])
            await self._update(work, [d for d in ready if not d.refusals and d.id is not None])
        for draft in ready:
            if draft.refusals:
                self.report.refuse(draft.refusals)
        return waiting

    async def _find(self, work: Work, drafts: Sequence[Draft]) -> None:
        """Look up the records that were there before this run."""
        asked = defaultdict(list)
        for draft in drafts:
            for point in draft.points:
                if point.pointer.find and not draft.refusals:
                    asked[point.pointer.target, point.pointer.find].append((draft, point))
        for (target, name), points in asked.items():
            column = target.all_columns[name]
            wanted = []
            for draft, point in points:
                try:
                    wanted.append((draft, point, (kind_of(column.type).parse(point.text),)))
                except Invalid:
                    _refuse(draft, point, f"“{point.text}” is no {column.label.en}")
            folded = not column.unique and name != "number"
            given = [value for _, _, value in wanted]
            found = await find(work, target, (name,), given, folded=folded)
            for draft, point, value in wanted:
                id, count = found.get(value, (0, 0))
                if count == 1:
                    point.values[point.name] = id
                    continue
                how_many = f"{count} records have" if count else "no record has"
                told = f"{how_many} the {column.label.en} “{point.text}” ({target.plural.en})"
                _refuse(draft, point, told)

    def _point(self, draft: Draft) -> bool:
        """Point at rows of this run; false where one of this file is not written yet."""
        for point in draft.points:
            table = point.pointer.table
            if not table:
                continue
            id = self.keys[table].get(point.text)
            if id is not None:
                point.values[point.name] = id
            elif table == self.table.name:
                return False
            else:
                _refuse(draft, point, f"{table} has no record of the key “{point.text}”")
        return True

    async def _match(self, work: Work, drafts: Sequence[Draft]) -> None:
        """Find the records that are there already, by each group of fields that tells them."""
        module = self.table.module
        for names in self.table.match:
            stored = tuple(_stored_name(self.table, name) for name in names)
            first: dict[tuple[object, ...], Draft] = {}
            for draft in drafts:
                identity = draft.identity(names)
                if draft.id is None and not draft.refusals and identity is not None:
                    other = first.setdefault(identity, draft)
                    if other is not draft:
                        self._refuse_double(draft, names, other.row.line)
            for identity, (id, count) in (await find(work, module, stored, list(first))).items():
                draft = first[identity]
                if count > 1:
                    columns = self._columns(names)
                    draft.refuse(draft.row, columns, f"{count} records have these values")
                elif id in self.lines_by_id:
                    self._refuse_double(draft, names, self.lines_by_id[id])
                else:
                    draft.id = id

    def _refuse_double(self, draft: Draft, names: tuple[str, ...], line: int) -> None:
        reason = f"line {line} is the same record by {', '.join(names)}"
        draft.refuse(draft.row, self._columns(names), reason)

    def _columns(self, names: tuple[str, ...]) -> list[str]:
        return [column for name in names for column in self.table.fields[name].columns()]

    async def _create(self, work: Work, drafts: Sequence[Draft]) -> None:
        if not drafts:
            return
        module = self.table.module
        outcome = await work.create_many(module, [draft.filled() for draft in drafts])
        saved = iter(outcome.saved)
        for i, draft in enumerate(drafts):
            if i in outcome.refused:
                draft.told(outcome.refused[i])
            else:
                self._written(draft, next(saved).id)
                self.report.created[module.name] += 1

    async def _update(self, work: Work, drafts: Sequence[Draft]) -> None:
        module, existing = self.table.module, self.table.existing
        for draft in drafts:
            assert draft.id is not None
            changed = False
            if existing != "skip":
                given = draft.given if existing == "update" else draft.filled()
                try:
                    saved = await work.update(module, draft.id, given)
                except FichesError as error:
                    draft.told(error.problems)
                    continue
                changed = saved.change is not None
            self._written(draft, draft.id)
            counted = self.report.updated if changed else self.report.skipped
            counted[module.name] += 1

    def _written(self, draft: Draft, id: int) -> None:
        self.lines_by_id[id] = draft.row.line
        if draft.key:
            self.own[draft.key] = id

    def _refuse_waiting(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            for point in draft.points:
                if point.pointer.table != self.table.name or point.text in self.own:
                    continue
                line = self.lines_by_key.get(point.text)
                reason = f"no row has the key “{point.text}”"
                if line is not None:
                    reason = f"line {line} was refused, or points back at this one"
                _refuse(draft, point, reason)
            self.report.refuse(draft.refusals)

    def _refuse_stray_lines(self) -> None:
        if self.gathered is None or self.table.lines is None:
            return
        by = self.table.lines.by
        for row in self.gathered.rest():
            reason = f"{self.table.name} has no row of the key “{by.fill(row.cells)}”"
            self.report.refuse([Refusal(row.file, row.line, ", ".join(by.columns), reason)])


def _refuse(draft: Draft, point: Point, reason: str) -> None:
    draft.refuse(point.row, point.pointer.columns(), reason)


def _stored_name(table: Table, name: str) -> str:
    relation = table.module.relations.get(name)
    return relation.foreign_key if relation else name


def chunks(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    """The rows in lists of `size`; the last one may be shorter."""
    while chunk := list(islice(rows, size)):
        yield chunk
