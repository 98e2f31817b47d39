"""Records, users, companies and comments by id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db import reading
from db.reading import Fetches
from db.rows import CommentRow, CompanyRow, PrincipalRow, TagRow
from db.statements import Statement
from db.suite import Module, Suite
from graph.loaders.batch import Loader


class RecordById(Loader[int, Any]):
    """Rows of one module by id; None where there is none, or none the viewer may see."""

    def __init__(self, reader: Fetches, module: Module) -> None:
        super().__init__(reader)
        self.module = module

    async def batch_load_fn(self, keys: Sequence[int]) -> list[Any]:
        found = await reading.records_by_id(self.reader, self.module, keys)
        return [found.get(key) for key in keys]


class RegisteredById(Loader[int, Any]):
    """What the register says of records of any module; None as for RecordById."""

    deleted: bool | None = False

    def __init__(self, reader: Fetches, suite: Suite) -> None:
        super().__init__(reader)
        self.suite = suite

    async def batch_load_fn(self, keys: Sequence[int]) -> list[Any]:
        found = await reading.registered_by_id(self.reader, self.suite, keys, deleted=self.deleted)
        return [found.get(key) for key in keys]


class KeptById(RegisteredById):
    """As above, of records in the recycle bin too."""

    deleted = None


class RowById(Loader[int, Any]):
    """Rows of a table that is no module's, by id; None where there is none."""

    statement: Statement
    row: type[Any]

    async def batch_load_fn(self, keys: Sequence[int]) -> list[Any]:
        rows = await self.reader.fetch(self.statement, {"ids": list(keys)}, self.row)
        found = {row["id"]: row for row in rows}
        return [found.get(key) for key in keys]


class PrincipalById(RowById):
    statement, row = reading.PRINCIPALS, PrincipalRow


class ColleagueById(RowById):
    """Users and teams of the viewer's company; None for all others."""

    statement, row = reading.COLLEAGUES, PrincipalRow


class CompanyById(RowById):
    statement, row = reading.COMPANIES, CompanyRow


class ChangeById(Loader[int, Any]):
    """Entries of the history by id; None too for those of records that the viewer does not see."""

    async def batch_load_fn(self, keys: Sequence[int]) -> list[Any]:
        found = await reading.changes_by_id(self.reader, keys)
        return [found.get(key) for key in keys]


class TagById(RowById):
    """Tags by id; None too for those that are not there for the viewer."""

    statement, row = reading.TAGS, TagRow


class TagsOf(Loader[int, list[Any]]):
    """The tags of records that the viewer sees, by the record's id: those that are there for the
    viewer, by name.
    """

    async def batch_load_fn(self, keys: Sequence[int]) -> list[list[Any]]:
        found = await reading.tags_of(self.reader, keys)
        return [found[key] for key in keys]


class CommentById(Loader[int, Any]):
    """Comments by id; None too for those on records that the viewer does not see."""

    async def batch_load_fn(self, keys: Sequence[int]) -> list[Any]:
        statement = reading.comment_statement(self.reader.scope)
        rows = await self.reader.fetch(statement, {"ids": list(keys)}, CommentRow)
        found = {row["id"]: row for row in rows}
        return [found.get(key) for key in keys]
