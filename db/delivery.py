"""What of an event a subscriber may see: asked of the database when it is delivered, not before."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import any_, select

from db.access import Scope, ever_visible
from db.reading import CACHED, KEYS, Fetches
from db.rollup import Feed
from db.statements import Statement, compiled
from db.tables import record


@lru_cache(maxsize=CACHED)
def reaching_statement(feed: Feed, scope: Scope) -> Statement:
    return feed.reaching(scope)


@lru_cache(maxsize=CACHED)
def gone_statement(scope: Scope) -> Statement:
    rows = record.alias("t")
    gone = rows.c.deleted_at.is_not(None)
    return compiled(
        select(rows.c.id).where(rows.c.id == any_(KEYS), gone, ever_visible(rows, scope))
    )


async def reaches(reader: Fetches, feed: Feed, viewed: int, commented: int) -> int | None:
    """By which of the feed's sources comments on one record reach another, which the viewer sees;
    None where by none that the viewer sees. One statement.
    """
    values = {"parents": [viewed], "commented": commented}
    rows = await reader.fetch(reaching_statement(feed, reader.viewer.scope), values)
    return rows[0]["rank"] if rows else None


async def gone(reader: Fetches, id: int) -> bool:
    """Whether the record was deleted or purged, and seen by the viewer but for that. One
    statement.
    """
    statement = gone_statement(reader.viewer.scope)
    return bool(await reader.fetch(statement, {"ids": [id]}))
