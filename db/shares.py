"""Lists and tags shared with users, teams and roles: by whoever may change them.

It is beside what is shared with the whole company, and counts from everyone's next operation on:
what is shared with somebody, by whatever way, is read with their rights (db/rights.py). A role is
everyone who has it, as in a team or where a rule shares with it; a team everyone in it. No history
tells of it, nor does it count as a change: lists have no history, and that of records, which who
reads them reads, tells of nothing that some of those may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from sqlalchemy import Table, any_, select

from db.colleagues import parties
from db.declare import Label
from db.errors import ErrorCode, InvalidInput, Problem
from db.reading import KEYS, Fetches
from db.statements import compiled
from db.tables import list_share, principal, tag_share
from db.text import fold
from db.writing import Work

Kind = Literal["list", "tag"]
Party = tuple[str, int]
"""A kind of principal and its number: ("team", 4)."""

ON_ONE: Final = 100
"""Users, teams and roles that one list or tag is shared with."""
WITH_ONE: Final = 1_000
"""Lists, and tags, shared with one user, team or role: their ids are part of their rights."""

SHARES: Final = Label("Partages", "Shares")
LABELS: Final[Mapping[Kind, Label]] = {
    "list": Label("Liste", "List"),
    "tag": Label("Étiquette", "Tag"),
}

HOLD: Final = "SELECT pg_advisory_xact_lock(hashtext('fiches record shares'), $1::bigint::int)"
"""Held by whoever shares with somebody ($1, below 2^31) or ends them: two at a time cannot pass a
limit together, and nothing is shared with who is going.
"""
FOUND: Final = compiled(parties(principal.c.id, principal.c.kind))


def _each(kind: Kind, sql: str) -> str:
    return sql.format(share=f"{kind}_share", id=f"{kind}_id")


COUNT: Final = """
SELECT (SELECT count(*) FROM {share} WHERE {id} = $1 AND principal_id <> $2),
    (SELECT count(*) FROM {share} WHERE principal_id = $2 AND {id} <> $1)
"""
SHARE: Final = """
INSERT INTO {share} ({id}, principal_id, writes) VALUES ($1, $2, $3)
ON CONFLICT ({id}, principal_id) DO UPDATE SET writes = excluded.writes
"""
UNSHARE: Final = "DELETE FROM {share} WHERE {id} = $1 AND principal_id = $2"
FORGET: Final = "DELETE FROM {share} WHERE principal_id = $1"


async def share(work: Work, kind: Kind, id: int, party: Party, writes: bool) -> None:
    """Let a user, a team or a role see a list or tag, or write it too. It is locked, and the viewer
    may change it, as saved_lists.lock and tagging.lock have it.

    Raises InvalidInput for whom the company has not (any more), and where there are as many shares
    as may be.
    """
    await hold(work, party[1])
    found = await work.fetch(FOUND, {"ids": [party[1]]})
    if [(row["kind"], row["id"]) for row in found] != [party]:
        about: dict[str, object] = {"id": "-".join(map(str, party))}
        raise InvalidInput([Problem(("with",), ErrorCode.NOT_FOUND, "not_a_party", about)])
    asked = (id, party[1])
    on_one, with_one = await work.connection.fetchrow(_each(kind, COUNT), *asked)
    if on_one >= ON_ONE:
        about = {"label": SHARES, "maximum": ON_ONE}
        raise InvalidInput([Problem(("with",), ErrorCode.INVALID, "too_many_of", about)])
    if with_one >= WITH_ONE:
        about = {"label": LABELS[kind], "maximum": WITH_ONE}
        raise InvalidInput([Problem(("with",), ErrorCode.INVALID, "too_many_with_one", about)])
    await work.connection.execute(_each(kind, SHARE), *asked, writes)


async def unshare(work: Work, kind: Kind, id: int, principal: int) -> None:
    """Take it back; nothing where it was not shared."""
    await work.connection.execute(_each(kind, UNSHARE), id, principal)


async def forget(work: Work, principal: int) -> None:
    """Share no list or tag with a team or role any more, that is going."""
    await hold(work, principal)
    for kind in LABELS:
        await work.connection.execute(_each(kind, FORGET), principal)


async def hold(work: Work, principal: int) -> None:
    await work.connection.execute(HOLD, principal % 2**31)


def _of(shares: Table, id: str) -> Any:
    rows = shares.join(principal, principal.c.id == shares.c.principal_id)
    return compiled(
        select(principal.c.id, principal.c.kind, principal.c.name, shares.c.writes, shares.c[id])
        .select_from(rows)
        .where(shares.c[id] == any_(KEYS))
        .order_by(shares.c[id], fold(principal.c.name), principal.c.id)
    )


OF: Final = {"list": _of(list_share, "list_id"), "tag": _of(tag_share, "tag_id")}


async def shares(reader: Fetches, kind: Kind, ids: Iterable[int]) -> dict[int, list[Any]]:
    """With whom lists or tags are shared, by their ids: rows of a principal with `writes`, by name.
    That the viewer may know is for the caller to see to. One statement.
    """
    found: dict[int, list[Any]] = {}
    for row in await reader.fetch(OF[kind], {"ids": list(ids)}):
        found.setdefault(row[f"{kind}_id"], []).append(row)
    return found
