"""Teams: made, changed, dissolved. A team is of one company, and owns records as a user does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from db import handing_over, shares, sharing
from db.administering import (
    CREATE,
    MOST,
    RENAME,
    TEAM,
    begin,
    checked_name,
    circle,
    node_ids,
    raise_all,
    refuse_many,
    refuse_unknown,
    row_of,
    strangers,
)
from db.errors import ErrorCode, InvalidInput, Problem
from db.journal import note_change
from db.writing import Work

TEAMS: Final = """
SELECT principal.*, ARRAY(SELECT member_id FROM team_member WHERE team_id = principal.id
    ORDER BY member_id) AS member_ids
FROM principal JOIN team USING (id) WHERE company_id = $1 AND deleted_at IS NULL ORDER BY id
"""
DISSOLVE: Final = (
    "DELETE FROM team_member WHERE team_id = $1 OR member_id = $1",
    "DELETE FROM sharing_rule WHERE from_id = $1 OR to_id = $1",
    "UPDATE team SET deleted_at = now() WHERE id = $1",
)


async def set_team(work: Work, id: int | None, given: Mapping[str, Any]) -> Any:
    """Make a team, or change one: its `name`, its `members` (ids of users, roles, teams). The team.

    Raises Forbidden, NotFound, and InvalidInput where it would be in itself.
    """
    await begin(work)
    found = await work.connection.fetch(TEAMS, work.viewer.company_id)
    teams = {row["id"]: row for row in found}
    refuse_unknown(TEAM, "team", id, teams)
    problems: list[Problem] = []
    old = teams[id] if id is not None else {"name": None, "member_ids": []}
    name = checked_name(given, old["name"], (), problems)
    members: list[int] = list(dict.fromkeys(given.get("members", old["member_ids"])))
    if len(members) > MOST:
        about = {"label": TEAM, "maximum": MOST}
        problems.append(Problem(("members",), ErrorCode.INVALID, "too_many_of", about))
    problems += await strangers(work, set(members) - set(old["member_ids"]), ("members",))
    for each in members:
        way = None if id is None else _way(teams, each, id)
        if id is not None and way is not None:
            names = [teams[place]["name"] for place in (id, *way)]
            problems.append(circle(("members",), TEAM, names))
    refuse_many(TEAM, id, teams, problems)
    raise_all(problems)
    if id is None:
        id = await work.connection.fetchval(CREATE, "team", name)
        insert = "INSERT INTO team (id, company_id) VALUES ($1, $2)"
        await work.connection.execute(insert, id, work.viewer.company_id)
    await work.connection.execute(RENAME, id, name)
    await work.connection.execute("DELETE FROM team_member WHERE team_id = $1", id)
    insert = "INSERT INTO team_member (team_id, member_id) SELECT $1, unnest($2::bigint[])"
    await work.connection.execute(insert, id, members)
    row = await row_of(work, TEAMS, id, work.viewer.company_id)
    await _told_team(work, teams.get(id), row)
    return row


async def known_team(work: Work, id: int) -> None:
    """Raises Forbidden, NotFound for a team that the company has not, or not any more."""
    await begin(work)
    row = await row_of(work, TEAMS, id, work.viewer.company_id)
    refuse_unknown(TEAM, "team", id, () if row is None else (id,))


async def delete_team(work: Work, id: int) -> None:
    """Dissolve a team that owns nothing: it has no members any more, is in no team or rule, and
    nothing is shared with it. Its name stays where history tells it.

    Raises Forbidden, NotFound, and InvalidInput where it still owns records.
    """
    await known_team(work, id)
    row = await row_of(work, TEAMS, id, work.viewer.company_id)
    if count := await handing_over.left(work, id):
        about = {"label": TEAM, "count": count}
        raise InvalidInput([Problem(("newOwner",), ErrorCode.REQUIRED, "still_owns", about)])
    await sharing.unshare_all(work, id)
    await shares.forget(work, id)
    for statement in DISSOLVE:
        await work.connection.execute(statement, id)
    await _told_team(work, row, None)


async def _told_team(work: Work, before: Any, after: Any) -> None:
    rows = [row for row in (before, after) if row is not None]
    names = await node_ids(work, [id for row in rows for id in row["member_ids"]])

    def told(row: Any) -> Any:
        return row and {"name": row["name"], "members": [names[id] for id in row["member_ids"]]}

    await note_change(work, "team", (before or after)["id"], told(before), told(after))


def _way(teams: Mapping[int, Any], start: int, end: int) -> list[int] | None:
    """The teams from one to another that is inside it, both named; None where it is not."""
    came: dict[int, int | None] = {start: None}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == end:
            way = []
            place: int | None = here
            while place is not None:
                way.append(place)
                place = came[place]
            return way[::-1]
        for each in teams[here]["member_ids"] if here in teams else ():
            if each not in came:
                came[each] = here
                waiting.append(each)
    return None
