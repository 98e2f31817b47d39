"""Who belongs to the company acted in: its users, and teams in which there is one of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Select,
    and_,
    any_,
    bindparam,
    exists,
    or_,
    select,
    union_all,
)

from db.access import COMPANY
from db.tables import app_user, membership, principal, team_member


def users(*, active: bool) -> Select[Any]:
    """The ids of those who may act in the company; if not only the `active`, who ever could too."""
    invited = exists().where(
        membership.c.user_id == app_user.c.id, membership.c.company_id == COMPANY
    )
    found = select(app_user.c.id).where(or_(app_user.c.company_id == COMPANY, invited))
    return found.where(app_user.c.active) if active else found


def colleagues(*columns: Any, active: bool) -> Select[Any]:
    """Those of the principals `ids` who are users of the company, or teams that have one of them,
    directly, by a role or by a team in them.
    """
    ids: Any = bindparam("ids", type_=ARRAY(BigInteger))
    teams = select(principal.c.id.label("team_id"), principal.c.id).where(
        principal.c.id == any_(ids), principal.c.kind == "team"
    )
    within = teams.cte("within", recursive=True)
    of_role = select(membership.c.role_id, membership.c.user_id).where(
        membership.c.company_id == COMPANY
    )
    of_team = select(team_member.c.team_id.label("of"), team_member.c.member_id.label("id"))
    inside = union_all(of_team, of_role).subquery("inside")
    within = within.union(select(within.c.team_id, inside.c.id).where(inside.c.of == within.c.id))
    has_one = exists().where(
        within.c.team_id == principal.c.id, within.c.id.in_(users(active=active))
    )
    return select(*columns).where(
        principal.c.id == any_(ids),
        or_(
            and_(principal.c.kind == "user", principal.c.id.in_(users(active=active))),
            and_(principal.c.kind == "team", has_one),
        ),
    )
