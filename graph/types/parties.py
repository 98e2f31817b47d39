"""What rights are given to, and things shared with: users, roles, teams."""

from __future__ import annotations

from enum import Enum
from typing import Any, Final

import strawberry

from graph.resolvers import parties
from graph.types.fields import described, enumerated, resolved


class PartyKind(Enum):
    USER = "USER"
    ROLE = "ROLE"
    TEAM = "TEAM"


enumerated(
    PartyKind,
    "What rights are given to.",
    {"USER": "A user.", "ROLE": "Everyone who has a role.", "TEAM": "Everyone in a team."},
)


@strawberry.type(description="A user, everyone who has a role, or everyone in a team.")
class Party:
    id: strawberry.ID = resolved(parties.party_id, "`user-3`, `role-5`, `team-4`.")
    kind: PartyKind = resolved(
        lambda root: PartyKind(parties.party_kind(root)), "Which of these it is."
    )
    name: str | None = strawberry.field(description="What it is called.")


def itself(root: Any) -> Any:
    """The row of a share is that of its party too."""
    return root


@strawberry.type(description="With whom a list or a tag is shared, beside the whole company.")
class Share:
    with_: Party = strawberry.field(
        name="with", resolver=itself, description="A user, everyone who has a role, or in a team."
    )
    writes: bool = strawberry.field(description="Whether they may change and delete it too.")


SHARED_WITH: Final = described(
    strawberry.ID, "A user, a team or a role: `user-3`, `team-4`, `role-5`.", "with"
)
WRITES: Final = described(bool, "Whether they may change and delete it too.")
