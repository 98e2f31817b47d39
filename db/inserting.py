"""Rows into tables: one statement for any number of rows, arrays unnested into an INSERT.

It may stand in another one, with what has to be written together with the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import JSONB

from db.statements import DIALECT, quoted
from db.tables import record_ids


@dataclass(frozen=True)
class Writing:
    """SQL that writes rows, its parameters numbered from `first` on, and their values."""

    sql: str
    arguments: Sequence[Any]


@lru_cache(maxsize=1024)
def insert_sql(table: Table, names: tuple[str, ...], one: bool, first: int) -> str:
    columns, values, given = _given(table, names, one, first)
    return (
        f"INSERT INTO {quoted(table.name)} ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM {given}"
    )


@lru_cache(maxsize=64)
def upsert_sql(table: Table, names: tuple[str, ...], one: bool, first: int) -> str:
    written = ", ".join(
        f"{quoted(name)} = EXCLUDED.{quoted(name)}" for name in names if name != "id"
    )
    return f"{insert_sql(table, names, one, first)} ON CONFLICT (id) DO UPDATE SET {written}"


@lru_cache(maxsize=1024)
def update_sql(table: Table, names: tuple[str, ...], one: bool, first: int) -> str:
    columns, values, given = _given(table, names, one, first)
    assigned = ", ".join(
        f"{column} = {value}"
        for column, value in zip(columns, values, strict=True)
        if column != "id"
    )
    return f"UPDATE {quoted(table.name)} AS t SET {assigned} FROM {given} WHERE t.id = given.id"


def _given(
    table: Table, names: tuple[str, ...], one: bool, first: int
) -> tuple[list[str], list[str], str]:
    """Columns as SQL names them, their values in the rows `given`, and where those come from.

    One row comes without arrays: PostgreSQL then knows that it is one, and keeps its plan.
    """
    # JSON travels as text: the driver takes a list in an array for one more dimension of it.
    types = ["text" if is_json(table, name) else sql_type(table, name) for name in names]
    columns = [quoted(name) for name in names]
    values = [
        f"given.{column}::jsonb" if is_json(table, name) else f"given.{column}"
        for name, column in zip(names, columns, strict=True)
    ]
    form = "${}::{}" if one else "${}::{}[]"
    slots = ", ".join(form.format(i, type_) for i, type_ in enumerate(types, start=first))
    rows = f"(VALUES ({slots}))" if one else f"unnest({slots})"
    return columns, values, f"{rows} AS given({', '.join(columns)})"


def is_json(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, JSONB)


def sql_type(table: Table, name: str) -> str:
    return table.c[name].type.compile(DIALECT)


async def ids(connection: Any, count: int) -> list[int]:
    """Ids of records and lines to be inserted, ascending."""
    if not count:
        return []
    rows = await connection.fetch(
        f"SELECT nextval('{record_ids.name}') AS id FROM generate_series(1, $1)", count
    )
    return [row["id"] for row in rows]


def inserting(table: Table, rows: Sequence[Mapping[str, Any]], first: int = 1) -> Writing:
    """Inserts all rows; a column that some do not name is null in those."""
    return _writing(insert_sql, table, rows, first)


def updating(table: Table, rows: Sequence[Mapping[str, Any]], first: int = 1) -> Writing:
    """Writes the columns that rows name over those with their ids; all name the same."""
    return _writing(update_sql, table, rows, first)


async def insert(connection: Any, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert all rows, as `inserting` says."""
    if rows:
        await _write(connection, inserting(table, rows))


async def upsert(connection: Any, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, or write over those whose ids are there."""
    if rows:
        await _write(connection, _writing(upsert_sql, table, rows, 1))


async def update(connection: Any, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write over rows, as `updating` says."""
    if rows:
        await _write(connection, updating(table, rows))


async def _write(connection: Any, writing: Writing) -> None:
    await connection.execute(writing.sql, *writing.arguments)


def _writing(
    sql: Callable[[Table, tuple[str, ...], bool, int], str],
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    first: int,
) -> Writing:
    one = len(rows) == 1
    names = tuple(sorted({name for row in rows for name in row}))
    columns = [
        [_json(row.get(name)) if is_json(table, name) else row.get(name) for row in rows]
        for name in names
    ]
    return Writing(sql(table, names, one, first), [each[0] for each in columns] if one else columns)


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()
