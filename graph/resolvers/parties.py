"""Users, roles and teams as clients name them; what is shared with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from strawberry import Info

from db.administering import PROFILE, ROLE, RULE, TEAM, USER
from db.declare import Label
from db.errors import NotFound
from db.shares import Kind, Party
from graph.context import operation
from graph.resolvers.records import numbered

LABELS: Final[Mapping[str, Label]] = {
    "role": ROLE,
    "team": TEAM,
    "profile": PROFILE,
    "rule": RULE,
    "user": USER,
}


def party_id(root: Any) -> str:
    return f"{root['kind']}-{root['id']}"


def party_kind(root: Any) -> str:
    kind: str = root["kind"]
    return kind.upper()


def number(id: Any, kind: str, argument: str = "id") -> int:
    """The number in an id of that kind. Raises NotFound."""
    found = numbered(id, kind)
    if found is None:
        raise NotFound(LABELS[kind], str(id), (argument,))
    return found


def party(id: Any, argument: str) -> Party:
    """What the id of a user, role or team names. Raises NotFound."""
    kind = str(id).partition("-")[0]
    named = kind if kind in ("role", "team") else "user"
    return named, number(id, named, argument)


def party_number(id: Any, argument: str) -> int:
    """The number in the id of a user, role or team. Raises NotFound."""
    return party(id, argument)[1]


async def shares(info: Info, kind: Kind, id: int | None, may_edit: bool) -> Any:
    """With whom a list or tag is shared; None for whoever may not change it."""
    if id is None or not may_edit:
        return None
    return await operation(info).loaders.shares(kind).load(id)
