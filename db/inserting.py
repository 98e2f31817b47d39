"""Rows into tables: one statement for any number of rows, arrays unnested into an INSERT."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import JSONB

from db.statements import DIALECT, quoted
from db.tables import record_ids


@lru_cache(maxsize=512)
def insert_sql(table: Table, names: tuple[str, ...]) -> str:
    columns, values, given = _given(table, names)
    return (
        f"INSERT INTO {quoted(table.name)} ({', '.join(columns)})"
        f" SELECT {', '.join(values)} FROM {given}"
    )


@lru_cache(maxsize=64)
def upsert_sql(table: Table, names: tuple[str, ...]) -> str:
    written = ", ".join(
        f"{quoted(name)} = EXCLUDED.{quoted(name)}" for name in names if name != "id"
    )
    return f"{insert_sql(table, names)} ON CONFLICT (id) DO UPDATE SET {written}"


@lru_cache(maxsize=512)
def update_sql(table: Table, names: tuple[str, ...]) -> str:
    columns, values, given = _given(table, names)
    assigned = ", ".join(
        f"{column} = {value}"
        for column, value in zip(columns, values, strict=True)
        if column != "id"
    )
    return f"UPDATE {quoted(table.name)} AS t SET {assigned} FROM {given} WHERE t.id = given.id"


def _given(table: Table, names: tuple[str, ...]) -> tuple[list[str], list[str], str]:
    """Columns as SQL names them, their values in the rows `given`, and where those come from."""
    # JSON travels as text: the driver takes a list in an array for one more dimension of it.
    types = ["text" if is_json(table, name) else sql_type(table, name) for name in names]
    arrays = ", ".join(f"${i}::{type_}[]" for i, type_ in enumerate(types, start=1))
    columns = [quoted(name) for name in names]
    values = [
        f"given.{column}::jsonb" if is_json(table, name) else f"given.{column}"
        for name, column in zip(names, columns, strict=True)
    ]
    return columns, values, f"unnest({arrays}) AS given({', '.join(columns)})"


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


async def insert(connection: Any, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert all rows; a column that some do not name is null in those."""
    await _write(insert_sql, connection, table, rows)


async def upsert(connection: Any, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, or write over those whose ids are there."""
    await _write(upsert_sql, connection, table, rows)


async def _write(
    sql: Callable[[Table, tuple[str, ...]], str],
    connection: Any,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
) -> None:
    if not rows:
        return
    names = tuple(sorted({name for row in rows for name in row}))
    arrays = [
        [_json(row.get(name)) if is_json(table, name) else row.get(name) for row in rows]
        for name in names
    ]
    await connection.execute(sql(table, names), *arrays)


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


async def update(connection: Any, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the columns that rows name over those with their ids; all name the same."""
    await _write(update_sql, connection, table, rows)
