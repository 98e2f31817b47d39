"""Trusted documents: what clients may ask for by an id alone, kept in the table of their texts.

An id is what a client sends: a hash of the text, or a name of its own. What stands under an id
never changes: clients hold ids for years, and another text would answer another question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import asyncpg

from db.database import Database
from db.errors import Busy
from db.listening import LOST

LOAD: Final = """
INSERT INTO trusted_document (id, name, query)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) ON CONFLICT (id) DO NOTHING RETURNING id
"""
OTHERS: Final = """
SELECT given.id FROM unnest($1::text[], $2::text[]) AS given(id, query)
JOIN trusted_document t USING (id) WHERE t.query <> given.query ORDER BY 1
"""
FIND: Final = "SELECT query FROM trusted_document WHERE id = $1"
LIST: Final = "SELECT id, name, loaded_at FROM trusted_document ORDER BY name, id"
FORGET: Final = "DELETE FROM trusted_document WHERE id = ANY($1::text[]) OR $2 RETURNING id"


@dataclass(frozen=True)
class Trusted:
    """One document; `name` is that of its operations, for people."""

    id: str
    name: str
    query: str


@dataclass(frozen=True)
class Kept:
    """One document as a list shows it."""

    id: str
    name: str
    loaded_at: datetime


async def load(connection: Any, documents: Sequence[Trusted]) -> tuple[int, list[str]]:
    """Keep documents, all or none: how many are new, and the ids that have another text already
    (then nothing was kept). Two statements.
    """
    ids = [each.id for each in documents]
    queries = [each.query for each in documents]
    async with connection.transaction():
        others = await connection.fetch(OTHERS, ids, queries)
        if others:
            return 0, [row["id"] for row in others]
        added = await connection.fetch(LOAD, ids, [each.name for each in documents], queries)
    return len(added), []


async def listed(connection: Any) -> list[Kept]:
    """All of them, by name."""
    return [Kept(*row) for row in await connection.fetch(LIST)]


async def forget(connection: Any, ids: Sequence[str], every: bool = False) -> list[str]:
    """Keep some no longer, or none of them; the ids that there were."""
    return [row["id"] for row in await connection.fetch(FORGET, list(ids), every)]


async def text_of(database: Database, id: str) -> str | None:
    """The text of one; None where there is none. One statement. Raises Busy."""
    connection = await database.acquire()
    try:
        found: str | None = await connection.fetchval(FIND, id)
    except (asyncpg.PostgresError, *LOST):
        raise Busy() from None
    finally:
        await database.release(connection)
    return found
