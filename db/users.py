"""Users as administrators keep them: made, changed, deactivated; never deleted, since history names
them and what they wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
from sqlalchemy import Text, and_, bindparam, or_, select

from db import accounts, administering, sessions
from db.access import COMPANY, Scope
from db.administering import PROFILE, ROLE, USER, begin, spelt
from db.errors import ErrorCode, InvalidInput, NotFound, NotUnique, Problem
from db.handing_over import refuse_owner
from db.journal import note_change
from db.kinds import Email, Invalid, kind_of
from db.listings import Table
from db.ordering import SortKey
from db.paging import Rows
from db.rows import PrincipalRow
from db.tables import app_user, membership, principal
from db.text import fold, starts_with
from db.writing import Work

HELD: Final = """
SELECT u.*, p.name, p.kind, m.role_id, m.profile_id FROM app_user u JOIN principal p USING (id)
LEFT JOIN membership m ON m.user_id = u.id AND m.company_id = $2
WHERE u.id = $1 AND (u.company_id = $2 OR m.user_id IS NOT NULL)
"""
PLACE: Final = """
INSERT INTO membership (user_id, company_id, role_id, profile_id) VALUES ($1, $2, $3, $4)
ON CONFLICT (user_id, company_id)
    DO UPDATE SET role_id = excluded.role_id, profile_id = excluded.profile_id
"""
CHANGE: Final = """
UPDATE app_user SET email = $2, administrator = $3, configures = $4, active = $5 WHERE id = $1
"""
CONFIGURES: Final = "UPDATE app_user SET configures = $2 WHERE id = $1"
END_KEYS: Final = "DELETE FROM api_key WHERE user_id = $1"


@dataclass(frozen=True)
class Users(Table):
    """The users who may act in the company, by name; their role and profile are of it."""

    search: bool = False

    @property
    def name(self) -> str:
        return "User"

    @property
    def row(self) -> type[asyncpg.Record]:
        return PrincipalRow

    def rows(self, scope: Scope) -> Rows:
        placed = and_(membership.c.user_id == app_user.c.id, membership.c.company_id == COMPANY)
        source = (
            select(
                *app_user.c,
                principal.c.name,
                principal.c.kind,
                membership.c.role_id,
                membership.c.profile_id,
            )
            .select_from(
                app_user.join(principal, principal.c.id == app_user.c.id).outerjoin(
                    membership, placed
                )
            )
            .where(or_(app_user.c.company_id == COMPANY, membership.c.user_id.is_not(None)))
            .subquery("t")
        )
        where = []
        if self.search:
            prefix: Any = bindparam("search", type_=Text)
            where.append(
                or_(starts_with(source.c.name, prefix), starts_with(source.c.email, prefix))
            )
        keys = [SortKey(fold(source.c.name), False), SortKey(source.c.id, False)]
        return Rows(source, where, keys)


async def create_user(work: Work, given: Mapping[str, Any]) -> Any:
    """Make a user of the company: `name`, `email`, and if wanted a `password`, `role`, `profile`,
    `administrator`, `configures`, `language`. Raises Forbidden, InvalidInput.
    """
    await begin(work)
    name = await _checked(work, given)
    id = await accounts.add_user(
        work.connection,
        email=given["email"],
        name=name,
        company_id=work.viewer.company_id,
        password=given.get("password"),
        administrator=bool(given.get("administrator")),
        language=given.get("language") or "fr",
    )
    place = (id, work.viewer.company_id, given.get("role"), given.get("profile"))
    await work.connection.execute(PLACE, *place)
    await work.connection.execute(CONFIGURES, id, bool(given.get("configures")))
    row = await _held(work, id)
    await note_change(work, "user", id, None, _told(row))
    return row


async def update_user(work: Work, id: int, given: Mapping[str, Any]) -> Any:
    """Change a user: what `create_user` takes but the password, and whether they are `active`.

    Raises Forbidden, NotFound, InvalidInput.
    """
    await begin(work)
    row = await _held(work, id)
    if id == work.viewer.id and given.get("administrator") is False:
        raise InvalidInput([_oneself("administrator")])
    if id == work.viewer.id and given.get("active") is False:
        raise InvalidInput([_oneself("active")])
    name = await _checked(work, {**row, **given})
    try:
        email = kind_of(Email).parse(given.get("email", row["email"]))
    except Invalid as wrong:
        raise InvalidInput([Problem.of(("email",), "E-mail", wrong)]) from None
    administrator = bool(given.get("administrator", row["administrator"]))
    configures = bool(given.get("configures", row["configures"]))
    active = bool(given.get("active", row["active"]))
    try:
        async with work.connection.transaction():
            await work.connection.execute(CHANGE, id, email, administrator, configures, active)
    except asyncpg.UniqueViolationError:
        raise NotUnique(("email",), "E-mail", email) from None
    await work.connection.execute(administering.RENAME, id, name)
    role, profile = (given.get(each, row[f"{each}_id"]) for each in ("role", "profile"))
    await work.connection.execute(PLACE, id, work.viewer.company_id, role, profile)
    if not active:
        await _shut_out(work, id)
    after = await _held(work, id)
    await note_change(work, "user", id, _told(row), _told(after))
    return after


async def deactivate(work: Work, id: int, new_owner: int) -> Any:
    """Let a user sign in no more and act no more, from now on; the user.

    Raises Forbidden, NotFound, InvalidInput where the new owner could own nothing.
    """
    await begin(work)
    before = await _held(work, id)
    if id == work.viewer.id:
        raise InvalidInput([_oneself("id")])
    await refuse_owner(work, id, new_owner)
    await _shut_out(work, id)
    row = await _held(work, id)
    await note_change(work, "user", id, _told(before), _told(row))
    return row


async def _shut_out(work: Work, id: int) -> None:
    """End what lets a user act: also if they are let in again, they sign in again."""
    await work.connection.execute("UPDATE app_user SET active = false WHERE id = $1", id)
    await sessions.end_all(work.connection, id)
    await work.connection.execute(END_KEYS, id)


def _told(row: Any) -> dict[str, Any]:
    """What the event journal tells of a user."""
    return {
        **{each: row[each] for each in ("name", "email", "administrator", "configures", "active")},
        **{each: spelt(each, row[f"{each}_id"]) for each in ("role", "profile")},
    }


async def _held(work: Work, id: int) -> Any:
    row = await work.connection.fetchrow(HELD, id, work.viewer.company_id)
    if row is None:
        raise NotFound(USER, f"user-{id}", ("id",))
    return row


async def _checked(work: Work, given: Mapping[str, Any]) -> str:
    """The name, which is right; so are the role and the profile."""
    problems: list[Problem] = []
    name = administering.checked_name(given, None, (), problems)
    for field, label, statement in (
        ("role", ROLE, administering.ROLES),
        ("profile", PROFILE, administering.PROFILES),
    ):
        if given.get(field) is not None:
            rows = await work.connection.fetch(statement, work.viewer.company_id)
            if given[field] not in {row["id"] for row in rows}:
                problems.append(administering.absent((field,), label.en, given[field]))
    if problems:
        raise InvalidInput(problems)
    return name


def _oneself(field: str) -> Problem:
    return Problem((field,), ErrorCode.INVALID, "not_oneself", {"label": USER})
