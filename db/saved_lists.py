"""Saved lists: which records of a module, in which columns and order, kept under a name.

Personal ones are their owner's alone: an administrator, who sees every record anyway, has no use
for how a colleague looks at them. Shared ones are seen by everyone in the company, or by those they
are shared with (db/shares.py). Who sees a list changes it if they own it, administer, or have it to
write. What a list shows is read with the eyes of who looks at it.

Each module has one more that nobody keeps: all its records. It stands behind every default that is
gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

import asyncpg
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Text,
    all_,
    and_,
    any_,
    bindparam,
    or_,
    select,
)

from db.access import COMPANY, HIDDEN, LISTS, VIEWER, Scope, Viewer
from db.declare import Label
from db.errors import Conflict, FieldConflict, Forbidden, NotFound, NotUnique
from db.kinds import UNSTORABLE
from db.listings import Table
from db.messages import message
from db.ordering import SortKey
from db.paging import Rows
from db.reading import KEYS, Fetches
from db.rows import ListRow
from db.statements import compiled
from db.suite import Module, Suite
from db.tables import default_list, saved_list
from db.text import fold, starts_with
from db.writing import Work

LIST: Final = Label("Liste", "List")
ALL: Final = Label("Tout", "All")
LABELS: Final[Mapping[str, Label]] = {
    "name": Label("Nom", "Name"),
    "columns": Label("Colonnes", "Columns"),
    "filter": Label("Filtre", "Filter"),
    "order_by": Label("Ordre", "Order"),
    "shared": Label("Partagée", "Shared"),
}
"""What may be written of a list, by the name it is stored under."""

LONGEST: Final = 100
"""Characters of a list's name."""
COPIES: Final = 1000
"""Names that a copy tries, one after the other."""


@dataclass(frozen=True)
class SavedList:
    """A list of a module: a stored one, or all records where it has no `id`.

    `columns`, `filter` and `order_by` are as the client spelt them; None for the layout's, for all
    records, for newest first.
    """

    module: Module
    id: int | None = None
    owner_id: int | None = None
    name: str = ""
    columns: Sequence[str] | None = None
    filter: Any = None
    order_by: Any = None
    shared: bool = True
    version: int = 1
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def called(self, language: str) -> str:
        return self.name if self.id is not None else ALL.into(language)

    def visible_to(self, viewer: Viewer) -> bool:
        """Whether the viewer, of its company, sees it: as `visible` has it of rows."""
        own = self.shared or self.owner_id == viewer.id or self.id in viewer.rights.lists
        return own and viewer.granted("read", self.module)

    def may_edit(self, viewer: Viewer) -> bool:
        """Whether the viewer, who sees it, may change and delete it."""
        return self.id is not None and (
            viewer.administrator
            or self.owner_id == viewer.id
            or viewer.rights.lists.get(self.id, False)
        )


def of(row: Any, suite: Suite) -> SavedList:
    """The list that a row of the table holds."""
    stored = {each.name: row[each.name] for each in fields(SavedList)}
    return SavedList(**{**stored, "module": suite[row["module"]]})


def visible(rows: FromClause) -> ColumnElement[bool]:
    """Which `rows` of the table the viewer may see: of the company acted in, theirs or shared with
    the company or them, and of no module that their profile does not let them read.
    """
    # Each way is one of an index: lists that are not seen are not walked over.
    ways = or_(rows.c.owner_id == VIEWER, rows.c.shared, rows.c.id == any_(LISTS))
    readable = rows.c.module != all_(HIDDEN)
    return and_(rows.c.company_id == COMPANY, ways, readable)


def among(modules: Iterable[str]) -> Mapping[str, Any]:
    """The modules whose lists are wanted, as a statement takes them."""
    return {"modules": list(modules)}


MODULES: Final[Any] = bindparam("modules", type_=ARRAY(Text))


@dataclass(frozen=True)
class SavedLists(Table):
    """The stored lists of some modules that the viewer may see, by name."""

    search: bool = False

    @property
    def name(self) -> str:
        return "List"

    @property
    def row(self) -> type[asyncpg.Record]:
        return ListRow

    def rows(self, scope: Scope) -> Rows:
        source = saved_list.alias("t")
        where: list[ColumnElement[bool]] = [visible(source), source.c.module == any_(MODULES)]
        if self.search:
            where.append(starts_with(source.c.name, bindparam("search", type_=Text)))
        return Rows(
            source, where, [SortKey(fold(source.c.name), False), SortKey(source.c.id, False)]
        )


_T: Final = saved_list.alias("t")
BY_ID: Final = compiled(select(_T).where(_T.c.id == any_(KEYS), visible(_T)))
LOCK: Final = compiled(select(_T).where(_T.c.id == any_(KEYS), visible(_T)).with_for_update())
BY_NAME: Final = compiled(
    select(_T)
    .where(
        _T.c.module == any_(MODULES),
        fold(_T.c.name) == fold(bindparam("name", type_=Text)),
        visible(_T),
    )
    .order_by((_T.c.owner_id == VIEWER).desc(), _T.c.id)
)
DEFAULTS: Final = compiled(
    select(_T)
    .select_from(default_list.join(_T, default_list.c.list_id == _T.c.id))
    .where(
        default_list.c.user_id == VIEWER,
        default_list.c.company_id == COMPANY,
        default_list.c.module == any_(MODULES),
        visible(_T),
    )
)


async def by_id(reader: Fetches, suite: Suite, ids: Iterable[int]) -> dict[int, SavedList]:
    """Stored lists by id; those the viewer may not see are missing. One statement."""
    rows = await reader.fetch(BY_ID, {"ids": list(ids)}, ListRow)
    return {row["id"]: of(row, suite) for row in rows if row["module"] in suite}


async def by_name(reader: Fetches, module: Module, name: str) -> list[SavedList]:
    """The stored lists of this name, whatever case and accents; the viewer's own first."""
    if UNSTORABLE.search(name):
        return []
    values = {**among([module.name]), "name": name}
    return [of(row, module.suite) for row in await reader.fetch(BY_NAME, values, ListRow)]


async def defaults(reader: Fetches, suite: Suite, modules: Iterable[str]) -> dict[str, SavedList]:
    """The viewer's default lists by module, all records where there is no other. One statement."""
    wanted = list(modules)
    rows = await reader.fetch(DEFAULTS, among(wanted), ListRow)
    chosen = {row["module"]: of(row, suite) for row in rows}
    return {name: chosen.get(name) or SavedList(suite[name]) for name in wanted}


CREATE: Final = """
INSERT INTO saved_list (company_id, module, owner_id, name, columns, filter, order_by, shared)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *
"""
UPDATE: Final = """
UPDATE saved_list SET name = $2, columns = $3, filter = $4, order_by = $5, shared = $6,
    version = version + 1, updated_at = now()
WHERE id = $1 RETURNING *
"""
DELETE: Final = "DELETE FROM saved_list WHERE id = $1"
NAMES: Final = """
SELECT given FROM unnest($4::text[]) AS given JOIN saved_list
    ON owner_id = $1 AND company_id = $2 AND module = $3 AND fold(name) = fold(given)
"""
CHOOSE: Final = """
INSERT INTO default_list (user_id, company_id, module, list_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (user_id, company_id, module) DO UPDATE SET list_id = excluded.list_id
"""
UNCHOOSE: Final = """
DELETE FROM default_list WHERE user_id = $1 AND company_id = $2 AND module = $3
"""


async def create(work: Work, module: Module, given: Mapping[str, Any]) -> SavedList:
    """Keep a list of the viewer's, its values checked. Raises NotUnique."""
    values = [given["name"], *(given.get(name) for name in ("columns", "filter", "order_by"))]
    viewer = work.viewer
    first = (viewer.company_id, module.name, viewer.id)
    row = await _write(work, CREATE, *first, *values, bool(given.get("shared")), called=given)
    return of(row, work.suite)


async def update(
    work: Work, stored: Any, given: Mapping[str, Any], expected_version: int | None = None
) -> SavedList:
    """Write the named values onto a list that `lock` gave, others stay.

    Raises NotUnique, and Conflict where the list was changed since `expected_version` and holds
    something else than what is given.
    """
    differing = [name for name in LABELS if name in given and stored[name] != given[name]]
    if not differing:
        return of(stored, work.suite)
    if expected_version is not None and stored["version"] != expected_version:
        raise Conflict(
            [
                FieldConflict(name, given[name], stored[name], None, LABELS[name])
                for name in differing
            ]
        )
    values = [given.get(name, stored[name]) for name in LABELS]
    row = await _write(work, UPDATE, stored["id"], *values, called={**dict(stored), **given})
    return of(row, work.suite)


async def delete(work: Work, id: int) -> None:
    """Forget a list; it is nobody's default any more. Raises NotFound, Forbidden."""
    await lock(work, id, "delete")
    await work.connection.execute(DELETE, id)


async def duplicate(work: Work, source: SavedList, language: str) -> SavedList:
    """A personal copy of a list that the viewer may see, under the first name that is free."""
    name = source.called(language)
    named = [message("copy_of", language, name=name[: LONGEST - 20])]
    named += [f"{named[0]} {i}" for i in range(2, COPIES)]
    viewer = work.viewer
    rows = await work.connection.fetch(
        NAMES, viewer.id, viewer.company_id, source.module.name, named
    )
    taken = {row["given"] for row in rows}
    free = next((each for each in named if each not in taken), named[0])
    given = {
        "name": free,
        "columns": source.columns,
        "filter": source.filter,
        "order_by": source.order_by,
    }
    return await create(work, source.module, given)


async def choose(work: Work, chosen: SavedList) -> None:
    """Make a list that the viewer may see the one they see first of its module."""
    whose = (work.viewer.id, work.viewer.company_id, chosen.module.name)
    if chosen.id is None:
        await work.connection.execute(UNCHOOSE, *whose)
        return
    await work.connection.execute(CHOOSE, *whose, chosen.id)


async def lock(work: Work, id: int, action: Any = "edit") -> Any:
    """The row of a list that the viewer may change, locked. Raises NotFound, Forbidden."""
    row = next(iter(await work.fetch(LOCK, {"ids": [id]}, ListRow)), None)
    if row is None or row["module"] not in work.suite:
        raise NotFound(LIST, f"list-{id}", ("id",))
    if not of(row, work.suite).may_edit(work.viewer):
        raise Forbidden(LIST, action, ("id",))
    return row


async def _write(work: Work, sql: str, *values: Any, called: Mapping[str, Any]) -> Any:
    try:
        return await work.connection.fetchrow(sql, *values, record_class=ListRow)
    except asyncpg.UniqueViolationError:
        raise NotUnique(("name",), LABELS["name"], called["name"]) from None
