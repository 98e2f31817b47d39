"""Why a user sees a record, or does not: the first that decides, in the order of docs/access.md."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from db import reading
from db.access import Viewer
from db.accounts import ME, viewer_of
from db.administering import RIGHTS, USER
from db.errors import Forbidden, NotFound, Unauthenticated
from db.rights import RIGHTS as PUT_TOGETHER
from db.sharing import RECORD
from db.writing import Work


class AccessReason(Enum):
    """What decided."""

    ADMINISTRATOR = "administrator"
    HIDDEN = "hidden"
    OWNER = "owner"
    TEAM = "team"
    SUPERIOR = "superior"
    MODULE = "module"
    RULE = "rule"
    SHARE = "share"
    NOTHING = "nothing"


ABOUT: Final = {
    "ADMINISTRATOR": "The user administers, and sees everything.",
    "HIDDEN": "The user's profile does not let them read the module.",
    "OWNER": "The user owns it.",
    "TEAM": "A team owns it that the user is in.",
    "SUPERIOR": "A user owns it whose role is below the user's.",
    "MODULE": "Its module is shared with everyone.",
    "RULE": "A sharing rule of its module.",
    "SHARE": "It is shared with the user, or with a team of theirs.",
    "NOTHING": "Nothing lets the user see it.",
}

RULE: Final = f"""
WITH RECURSIVE {ME}, {PUT_TOGETHER}
SELECT rule.* FROM rule WHERE module = $5 AND EXISTS (
    SELECT FROM reached WHERE reached.source = rule.from_id AND reached.id = $6)
ORDER BY writes DESC, id LIMIT 1
"""


@dataclass(frozen=True)
class Explanation:
    """`rule`: the row of the sharing rule that decided, where one did."""

    reason: AccessReason
    read: bool
    edit: bool
    delete: bool
    rule: Any = None


async def explain_access(work: Work, id: int | None, user: int) -> Explanation:
    """For administrators. Raises Forbidden; NotFound for a record that the administrator does not
    see, in the recycle bin or out of it, and for whoever may not act in the company.
    """
    if not work.viewer.administrator:
        raise Forbidden(RIGHTS, "read")
    ids = [] if id is None else [id]
    found = await reading.registered_by_id(work, work.suite, ids, deleted=None)
    if id is None or id not in found:
        raise NotFound(RECORD, "" if id is None else id, ("record",))
    row = found[id]
    try:
        viewer = await viewer_of(work.database, user, work.viewer.company_id)
    except (NotFound, Unauthenticated):
        raise NotFound(USER, f"user-{user}", ("user",)) from None
    rule = None
    reason = _reason(viewer, row)
    if reason is AccessReason.RULE:
        asked = (user, work.viewer.company_id, None, None, row["module"], row["owner_id"])
        rule = await work.connection.fetchrow(RULE, *asked)
    sees = reason not in (AccessReason.HIDDEN, AccessReason.NOTHING)
    edit, delete = (sees and viewer.may(action, row.module, row) for action in ("edit", "delete"))
    return Explanation(reason, sees, edit, delete, rule)


def _reason(viewer: Viewer, row: Any) -> AccessReason:
    module, owner, rights = row["module"], row["owner_id"], viewer.rights
    ways = (
        (AccessReason.ADMINISTRATOR, viewer.administrator),
        (AccessReason.HIDDEN, module in rights.hidden),
        (AccessReason.OWNER, owner == viewer.id),
        (AccessReason.TEAM, owner in viewer.principals),
        (AccessReason.SUPERIOR, owner in rights.below),
        (AccessReason.MODULE, module in viewer.shared),
        (AccessReason.RULE, owner in rights.ruled.get(module, ())),
        (AccessReason.SHARE, row["id"] in rights.records),
    )
    return next((reason for reason, holds in ways if holds), AccessReason.NOTHING)
