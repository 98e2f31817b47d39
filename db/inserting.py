"""Rows into tables: one statement for any number of rows, arrays unnested into an INSERT."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import JSONB

from db.statements import DIALECT
from db.tables import link


@lru_cache(maxsize=512)
def insert_sql(table: Table, names: tuple[str, ...]) -> str:
    # JSON travels as text: the driver takes a list in an array for one more dimension of it.
    types = ["text" if is_json(table, name) else sql_type(table, name) for name in names]
    arrays = ", ".join(f"${i}::{type_}[]" for i, type_ in enumerate(types, start=1))
    columns = ", ".join(names)
    values = ", ".join(f"{name}::jsonb" if is_json(table, name) else name for name in names)
    return (
        f"INSERT INTO {table.name} ({columns})"
        f" SELECT {values} FROM unnest({arrays}) AS given({columns})"
    )


def is_json(table: Table, name: str) -> bool:
    return isinstance(table.c[name].type, JSONB)


def sql_type(table: Table, name: str) -> str:
    return table.c[name].type.compile(DIALECT)


async def insert(connection: Any, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert all rows; a column that some do not name is null in those."""
    if not rows:
        return
    names = tuple(sorted({name for row in rows for name in row}))
    arrays = [
        [_json(row.get(name)) if is_json(table, name) else row.get(name) for row in rows]
        for name in names
    ]
    await connection.execute(insert_sql(table, names), *arrays)


def _json(value: Any) -> str | None:
    return None if value is None else orjson.dumps(value).decode()


async def update(connection: Any, table: Table, id: int, values: Mapping[str, Any]) -> None:
    """Write the named columns of one row."""
    if not values:
        return
    names = sorted(values)
    assigned = ", ".join(
        f"{name} = ${i}::{sql_type(table, name)}"
        for i, name in enumerate(names, start=2)
    )
    sql = f"UPDATE {table.name} SET {assigned} WHERE id = $1"
    await connection.execute(sql, id, *(values[name] for name in names))


async def replace_links(connection: Any, relation: str, id: int, ids: Iterable[int]) -> list[int]:
    """Make `ids` what the record is linked to by `relation`; what it was linked to, in order."""
    before = [
        row["to_id"]
        for row in await connection.fetch(
            f"DELETE FROM {link.name} WHERE relation = $1 AND from_id = $2 RETURNING to_id",
            relation,
            id,
        )
    ]
    rows = [{"relation": relation, "from_id": id, "to_id": other} for other in ids]
    await insert(connection, link, rows)
    return sorted(before)
