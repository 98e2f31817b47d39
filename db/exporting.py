"""Whole lists as CSV (RFC 4180): read page by page in one snapshot, written as they are read.

Memory holds one page, whatever the size of the list. The statement is that of any other list
(db/listings.py), so access, filter and order are too; what stands in other tables is one statement
a page for each such table.

A text that a spreadsheet would take for a formula gets an apostrophe before it (db/formulas.py); a
number of a numeric field, which may start with a minus, is none.
"""

from __future__ import annotations

import asyncio
import csv
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from hashlib import blake2b
from io import StringIO
from typing import Any, Final

import orjson

from db import reading
from db.declare import Column, Links, Relation
from db.display import (
    NOTHING,
    Shown,
    Style,
    held,
    shown_part,
    shown_person,
    shown_record,
    shown_records,
)
from db.formulas import safe
from db.list_columns import ListColumn
from db.listings import Records
from db.paging import MAX_PAGE, SliceShape, chosen
from db.reading import Fetches, Wanted
from db.rows import PrincipalRow
from db.statements import Statement
from db.suite import Module

PAGE: Final = 500
"""Rows in memory at a time: 40 fields of a few hundred characters make some 10 MB."""
LINKED_PAGE: Final = 50
"""The same where columns hold links, of which each row has up to 100."""
EVERY: Final = 2**62
"""More rows than there are."""
DELIMITERS: Final = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Form:
    """How cells are written: as programs read them (`2026-03-31`, `1234.50`, `SENT`), or as people
    do in the style's language and formats.
    """

    delimiter: str = ","
    display: bool = False
    style: Style = field(default_factory=Style)


@dataclass(frozen=True)
class Export:
    """What is exported: which records, under which columns, called what."""

    wanted: Wanted
    columns: Sequence[ListColumn]
    header: Sequence[str]
    form: Form

    @property
    def module(self) -> Module:
        listing = self.wanted.listing
        assert isinstance(listing, Records)
        return listing.module

    @property
    def page(self) -> int:
        linked = any(isinstance(each.fact, Links) for each in self.columns)
        return LINKED_PAGE if linked else PAGE


async def written(reader: Fetches, export: Export) -> AsyncGenerator[tuple[str, int], None]:
    """Each page of rows, the first with the header before it: as text, and how many rows."""
    head = lines([map(safe, export.header)], export.form.delimiter)
    async with aclosing(pages(reader, export.wanted, export.page)) as found:
        async for rows in found:
            near = await neighbours(reader, export, rows)
            # Writing takes milliseconds, in which others are to be answered.
            text = await asyncio.to_thread(page_of, export, rows, near)
            yield f"{head}{text}", len(rows)
            head = ""
    if head:
        yield head, 0


async def pages(reader: Fetches, wanted: Wanted, size: int) -> AsyncGenerator[Sequence[Any], None]:
    """Every row of a list, in order, `size` at a time. One statement a page, and one before.

    By a cursor of the database: it finds and sorts the rows once, where pages that start behind
    the last one would do so each, unless an index has the order.
    """
    listing = wanted.listing
    every = reading.page_statement(listing, reader.viewer.scope, SliceShape())
    # Named for its columns: a connection remembers those of a statement that it has seen before.
    name = f"list_{blake2b(every.sql.encode(), digest_size=8).hexdigest()}"
    opening = Statement(
        f"DECLARE {name} NO SCROLL CURSOR FOR {every.sql}", every.names, every.defaults
    )
    await reader.fetch(opening, {**wanted.values, "size": EVERY})
    some = Statement(f"FETCH {size} FROM {name}", (), {})
    while rows := await reader.fetch(some, {}, listing.row):
        yield rows
        if len(rows) < size:
            return


@dataclass
class Near:
    """What a page's columns show of other tables; what the viewer may not see is missing."""

    behind: Mapping[Module, Mapping[int, Any]] = field(default_factory=dict)
    """Full rows that relations point at, where columns show their fields."""
    registered: Mapping[int, Any] = field(default_factory=dict)
    people: Mapping[int, Any] = field(default_factory=dict)
    linked: dict[str, Mapping[int | None, reading.Page]] = field(default_factory=dict)
    """By links' name, then by record."""


async def neighbours(reader: Fetches, export: Export, rows: Sequence[Any]) -> Near:
    """One statement for each module behind a relation, one for titles, one for people, one for
    each column of links; none where no column needs it.
    """
    module, near = export.module, Near()
    asked: dict[Module, set[int]] = {}
    for over in {each.over for each in export.columns if each.over is not None}:
        ids = {row[over.foreign_key] for row in rows} - {None}
        asked.setdefault(module.target(over), set()).update(ids)
    near.behind = {
        target: await reading.records_by_id(reader, target, ids) for target, ids in asked.items()
    }
    titles: set[int] = set()
    people: set[int] = set()
    for column in export.columns:
        found = [source for row in rows if (source := source_of(row, column, near)) is not None]
        if isinstance(column.fact, Relation):
            titles |= {row[column.fact.foreign_key] for row in found}
        elif column.person:
            people |= {row[f"{column.key}_id"] for row in found}
    if titles - {None}:
        near.registered = await reading.registered_by_id(reader, module.suite, titles - {None})
    if people - {None}:
        values = {"ids": list(people - {None})}
        read = await reader.fetch(reading.PRINCIPALS, values, PrincipalRow)
        near.people = {row["id"]: row for row in read}
    hosts = [row["id"] for row in rows]
    for links in {each.key for each in export.columns if isinstance(each.fact, Links)}:
        tab = module.tabs[links]
        some = Wanted(Records(tab.module, tab))
        near.linked[links] = await reading.pages(reader, some, chosen(MAX_PAGE, None), hosts)
    return near


def source_of(row: Any, column: ListColumn, near: Near) -> Any | None:
    """The row whose field a column shows: the record's own, or the one it points at."""
    if column.over is None:
        return row
    id = row[column.over.foreign_key]
    return near.behind[column.module.target(column.over)].get(id)


def cell(row: Any, column: ListColumn, near: Near, style: Style) -> Shown:
    """What a record shows in a column."""
    source, fact = source_of(row, column, near), column.fact
    if source is None:
        return NOTHING
    if column.part is not None:
        return shown_part(source[column.key], column.part, style)
    if isinstance(fact, Column):
        return held(source, fact, style, source.get("currency"))
    if isinstance(fact, Relation):
        return shown_record(near.registered.get(source[fact.foreign_key]))
    if isinstance(fact, Links):
        return shown_records(near.linked[column.key][row["id"]].rows)
    if column.person:
        return shown_person(near.people.get(source[f"{column.key}_id"]))
    return Shown(str(source["id"]), str(source["id"]))


def page_of(export: Export, rows: Iterable[Any], near: Near) -> str:
    form, columns = export.form, export.columns
    return lines(
        (
            [text_of(cell(row, each, near, form.style), each, form) for each in columns]
            for row in rows
        ),
        form.delimiter,
    )


def text_of(found: Shown, column: ListColumn, form: Form) -> str:
    """What stands in a cell. Records and people stand by what they are called: ids change."""
    value = found.display if form.display or column.called else found.value
    text = written_value(value)
    return text if column.numeric else safe(text)


def written_value(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case dict() | list():
            return orjson.dumps(value).decode()
        case _:
            return str(value)


def lines(rows: Iterable[Iterable[str]], delimiter: str) -> str:
    """Rows as CSV."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
