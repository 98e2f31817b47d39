"""How PostgreSQL answers a statement: the nodes of its plan, run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.access import Viewer
from db.database import Database
from db.statements import Statement

Nodes = list[Mapping[str, Any]]

RUNS = 6
"""A server plans a prepared statement for its values five times; then it may keep one plan for any
values, and does where that looks no dearer.
"""


async def first(
    database: Database, statement: Statement, viewer: Viewer, values: Mapping[str, Any]
) -> Nodes:
    """The plan of a statement run for the first time."""
    return await _ran(database, statement, {**viewer.parameters, **values}, 0)


async def kept(
    database: Database, statement: Statement, viewer: Viewer, values: Mapping[str, Any]
) -> Nodes:
    """The plan of a statement that was run time and again, as those of a service are."""
    return await _ran(database, statement, {**viewer.parameters, **values}, RUNS)


async def _ran(
    database: Database, statement: Statement, values: Mapping[str, Any], before: int
) -> Nodes:
    given = ", ".join(_literal(each) for each in statement.arguments(values))
    async with database.pool.acquire() as connection:
        await connection.execute(f"PREPARE ran AS {statement.sql}")
        for _ in range(before):
            await connection.execute(f"EXECUTE ran({given})")
        plan = await connection.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE ran({given})")
        await connection.execute("DEALLOCATE ran")
    return list(_nodes(plan[0]["Plan"]))


async def of(database: Database, sql: str, arguments: Sequence[Any]) -> Nodes:
    """The plan of SQL run with its parameters in order."""
    async with database.pool.acquire() as connection:
        for _ in range(RUNS):
            await connection.fetch(sql, *arguments)
        plan = await connection.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", *arguments)
    return list(_nodes(plan[0]["Plan"]))


def _literal(value: Any) -> str:
    listed = f"{{{','.join(map(str, value))}}}" if isinstance(value, list | tuple) else str(value)
    return "NULL" if value is None else "'" + listed.replace("'", "''") + "'"


def rows_read(nodes: Nodes, *tables: str) -> float:
    """How many rows of the tables were read, those thrown away included."""
    read = [node for node in nodes if node.get("Relation Name") in tables]
    each = [node["Actual Rows"] + node.get("Rows Removed by Filter", 0) for node in read]
    return float(sum(rows * node["Actual Loops"] for rows, node in zip(each, read, strict=True)))


def scanned(nodes: Nodes) -> set[str]:
    """The tables read from end to end."""
    return {node["Relation Name"] for node in nodes if "Seq Scan" in node["Node Type"]}


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)
