"""How PostgreSQL answers a statement: the nodes of its plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db.access import Viewer
from db.database import Database
from db.statements import Statement

# Through EXECUTE, since a statement with parameters sent by a driver asks for their values.
GENERIC = """
CREATE OR REPLACE FUNCTION pg_temp.generic_plan(sql text) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (GENERIC_PLAN, FORMAT JSON) ' || sql INTO plan;
    RETURN plan;
END $$
"""


async def run(
    database: Database, statement: Statement, viewer: Viewer, values: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """The nodes of the plan made for these values, run, each with how many rows it gave."""
    arguments = statement.arguments({**viewer.parameters, **values})
    plan = await database.pool.fetchval(
        f"EXPLAIN (ANALYZE, FORMAT JSON) {statement.sql}", *arguments
    )
    return list(_nodes(plan[0]["Plan"]))


async def generic(database: Database, statement: Statement) -> list[Mapping[str, Any]]:
    """The nodes of the plan that a server keeps for any values."""
    async with database.pool.acquire() as connection:
        await connection.execute(GENERIC)
        plan = await connection.fetchval("SELECT pg_temp.generic_plan($1)", statement.sql)
        await connection.execute("DROP FUNCTION pg_temp.generic_plan(text)")
    return list(_nodes(plan[0]["Plan"]))


def rows_read(nodes: list[Mapping[str, Any]], *tables: str) -> float:
    """How many rows of the tables a run read, those thrown away included."""
    return sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in nodes
        if node.get("Relation Name") in tables
    )


def scanned(nodes: list[Mapping[str, Any]]) -> set[str]:
    """The tables read from end to end."""
    return {node["Relation Name"] for node in nodes if "Seq Scan" in node["Node Type"]}


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)
