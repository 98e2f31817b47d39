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
    # JSON travels as text: the driver takes a list in an array for one more dimension of it.
    types = ["text" if is_json(table, name) else sql_type(table, name) for name in names]
    arrays = ", ".join(f"${i}::{type_}[]" for i, type_ in enumerate(types, start=1))
    columns = ", ".join(quoted(name) for name in names)
    values = ", ".join(
        f"{quoted(name)}::jsonb" if is_json(table, name) else quoted(name) for name in names
    )
    return (
        f"INSERT INTO {quoted(table.name)} ({columns})"
        f" SELECT {values} FROM unnest({arrays}) AS given({columns})"
    )


@lru_cache(maxsize=64)
def upsert_sql(table: Table, names: tuple[str, ...]) -> str:
    written = ", ".join(
        f"{quoted(name)} = EXCLUDED.{quoted(name)}" for name in names if name != "id"
    )
    return f"{insert_sql(table, names)} ON CONFLICT (id) DO UPDATE SET {written}"


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


async def update(connection: Any, table: Table, id: int, values: Mapping[str, Any]) -> None:
    """Write the named columns of one row."""
    if not values:
        return
    names = sorted(values)
    assigned = ", ".join(
        f"{quoted(name)} = ${i}::{sql_type(table, name)}" for i, name in enumerate(names, start=2)
    )
    sql = f"UPDATE {quoted(table.name)} SET {assigned} WHERE id = $1"
    await connection.execute(sql, id, *(values[name] for name in names))
