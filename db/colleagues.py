"""Who belongs to the company acted in: its users and its teams."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, and_, any_, bindparam, exists, or_, select

from db.access import COMPANY
from db.tables import app_user, membership, principal, team


def users(*, active: bool) -> Select[Any]:
    """The ids of those who may act in the company; if not only the `active`, who ever could too."""
    invited = exists().where(
        membership.c.user_id == app_user.c.id, membership.c.company_id == COMPANY
    )
    found = select(app_user.c.id).where(or_(app_user.c.company_id == COMPANY, invited))
    return found.where(app_user.c.active) if active else found


def teams(*, active: bool) -> Select[Any]:
    """The ids of the company's teams; if not only the `active`, dissolved ones too."""
    found = select(team.c.id).where(team.c.company_id == COMPANY)
    return found.where(team.c.deleted_at.is_(None)) if active else found


def colleagues(*columns: Any, active: bool) -> Select[Any]:
    """Those of the principals `ids` who are users or teams of the company."""
    ids: Any = bindparam("ids", type_=ARRAY(BigInteger))
    return select(*columns).where(
        principal.c.id == any_(ids),
        or_(
            and_(principal.c.kind == "user", principal.c.id.in_(users(active=active))),
            and_(principal.c.kind == "team", principal.c.id.in_(teams(active=active))),
        ),
    )
