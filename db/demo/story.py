"""What every chapter of the demo is told with: the unit of work, the cast, and what came before.

A chapter is a function of the story that makes records in bulk. It draws from a random source of
its own, so that changing one chapter leaves the others as they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from db import reading
from db.access import Viewer
from db.commenting import Note
from db.demo.calendar import YEAR, at
from db.demo.cast import Cast
from db.errors import FichesError
from db.posting.saving import Edit, save
from db.writing import Work

LINES = """
SELECT id, document_id FROM line_item WHERE document_id = ANY($1::bigint[]) ORDER BY position
"""


@dataclass(frozen=True, eq=False)
class Fiche:
    """A record as it was told. Its text is its id, so that it can stand where one is wanted."""

    module: str
    id: int
    told: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        """What was told of a field; None where nothing was."""
        return self.told.get(name)

    def __str__(self) -> str:
        return str(self.id)


class Story:
    """The demo as told so far: `story["Product"]` are its products, oldest first."""

    def __init__(self, work: Work, cast: Cast) -> None:
        self.work = work
        self.cast = cast
        self.random = Random(YEAR)
        self.told: dict[str, list[Fiche]] = defaultdict(list)
        self.said: list[tuple[Fiche, Note, Sequence[Note]]] = []

    def __getitem__(self, module: str) -> list[Fiche]:
        return self.told[module]

    def one(self, module: str, **values: Any) -> Fiche:
        """The first record of the module of which this was told."""
        return next(
            fiche
            for fiche in self.told[module]
            if all(fiche[name] == value for name, value in values.items())
        )

    async def tell(
        self, module: str, rows: Iterable[Mapping[str, Any]], *, by_service: bool = False
    ) -> list[Fiche]:
        """Make records of one module, in order. The values are those of Work.create_many.

        Names that begin with `_` are for later chapters: remembered, not written.
        """
        told = [dict(row) for row in rows]
        given = [
            {name: value for name, value in row.items() if not name.startswith("_")} for row in told
        ]
        known = self.work.suite[module]
        outcome = await self.work.create_many(known, given, by_service=by_service)
        for position, problems in outcome.refused.items():
            raise Refused(module, given[position], [each.message("en") for each in problems])
        made = [
            Fiche(module, saved.id, values)
            for saved, values in zip(outcome.saved, told, strict=True)
        ]
        self.told[module] += made
        return made

    async def amend(self, fiche: Fiche, *, by_service: bool = False, **values: Any) -> None:
        """Write what became of a record later."""
        fiche.told.update(values)
        module = self.work.suite[fiche.module]
        try:
            await self.work.update(module, fiche.id, values, by_service=by_service)
        except FichesError as error:
            raise Refused(
                fiche.module, values, [each.message("en") for each in error.problems]
            ) from error

    async def compute(self, found: Mapping[Fiche, Mapping[str, Any]]) -> None:
        """Write what the service works out of records of one module: values as stored."""
        if not found:
            return
        rows = await self.stored(list(found))
        edits = [Edit(rows[fiche.id], values) for fiche, values in found.items()]
        await save(self.work, self.work.suite[next(iter(found)).module], edits)

    async def stored(self, fiches: Sequence[Fiche]) -> dict[int, Any]:
        """The rows of records of one module as the service keeps them, by id."""
        if not fiches:
            return {}
        module = self.work.suite[fiches[0].module]
        return await reading.records_by_id(self.work, module, [each.id for each in fiches])

    async def lines(self, documents: Sequence[Fiche]) -> dict[int, list[int]]:
        """The ids of documents' lines, in order, by document."""
        found: dict[int, list[int]] = defaultdict(list)
        ids = [each.id for each in documents]
        for row in await self.work.connection.fetch(LINES, ids):
            found[row["document_id"]].append(row["id"])
        return found

    @contextmanager
    def by(self, author: Viewer) -> Iterator[None]:
        """Let a member of the cast make what follows."""
        before, self.work.viewer = self.work.viewer, author
        yield
        self.work.viewer = before

    def say(
        self, fiche: Fiche, author: Viewer, when: date, body: str, *answers: tuple[Viewer, str]
    ) -> None:
        """Leave a comment on a record, with the answers it gets within the day."""
        hour, minute = self.random.randint(8, 11), self.random.randint(0, 59)
        note = Note(fiche.id, author.id, body, at(when, hour, minute))
        replies = [
            Note(fiche.id, by.id, text, at(when, hour + position, self.random.randint(0, 59)))
            for position, (by, text) in enumerate(answers, start=1)
        ]
        self.said.append((fiche, note, replies))


class Refused(RuntimeError):
    """The service refuses what the demo tells: a fault of the demo, or of the service."""

    def __init__(self, module: str, values: Mapping[str, Any], problems: Sequence[str]) -> None:
        super().__init__(f"{module} {dict(values)}: {'; '.join(problems)}")


def line(item: Fiche, quantity: object = 1, **more: Any) -> dict[str, Any]:
    """A line of a document that names a product or a service."""
    return {item.module.lower(): item, "quantity": quantity, **more}
