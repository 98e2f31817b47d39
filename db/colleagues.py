"""Who belongs to the company acted in: its users, its teams and its roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, and_, any_, bindparam, exists, or_, select

from db.access import COMPANY
from db.tables import app_user, membership, principal, role, team


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


def roles() -> Select[Any]:
    """The ids of the company's roles."""
    return select(role.c.id).where(role.c.company_id == COMPANY)


def colleagues(*columns: Any, active: bool) -> Select[Any]:
    """Those of the principals `ids` who are users or teams of the company: who may own."""
    return _among(columns, {"user": users(active=active), "team": teams(active=active)})


def parties(*columns: Any) -> Select[Any]:
    """Those of the principals `ids` who are users, teams or roles of the company: whom something
    may be shared with.
    """
    every = {"user": users(active=True), "team": teams(active=True), "role": roles()}
    return _among(columns, every)


def _among(columns: Iterable[Any], kinds: Mapping[str, Select[Any]]) -> Select[Any]:
    ids: Any = bindparam("ids", type_=ARRAY(BigInteger))
    some = [and_(principal.c.kind == kind, principal.c.id.in_(of)) for kind, of in kinds.items()]
    return select(*columns).where(principal.c.id == any_(ids), or_(*some))
