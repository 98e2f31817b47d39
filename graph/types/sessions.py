"""What a user is known by: the sessions of their devices, the keys of their programs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from db.credentials import Scope
from graph.resolvers import signing_in
from graph.types.fields import enumerated, resolved

if TYPE_CHECKING:
    from graph.types.people import Company

enumerated(
    Scope,
    "What an API key may be used for.",
    {"READ": "Everything but mutations.", "WRITE": "Mutations too, and reading."},
)


@strawberry.type(description="Where a user is signed in.")
class Session:
    id: strawberry.ID = resolved(signing_in.session_id, "`session-12`.")
    created_at: datetime = strawberry.field(description="When they signed in.")
    last_used_at: datetime = resolved(signing_in.used_at, "When it was last used, to the minute.")
    expires_at: datetime = strawberry.field(description="When it ends unless it is refreshed.")
    device: str = strawberry.field(description="What it is used on: `Firefox, Linux`.")
    address: str = strawberry.field(description="The address it was last refreshed from.")
    current: bool = resolved(signing_in.current, "Whether it is the one that asks.")


@strawberry.type(description="By which a program acts for a user.")
class ApiKey:
    id: strawberry.ID = resolved(signing_in.key_id, "`key-7`.")
    name: str = strawberry.field(description="What it is called.")
    hint: str = strawberry.field(description="How the key begins: `fiches_Zm9v`.")
    scopes: list[Scope] = resolved(signing_in.scopes, "What it may be used for.")
    company: Annotated[Company, strawberry.lazy("graph.types.people")] | None = resolved(
        signing_in.key_company, "The only company it acts in; null: any of the user's."
    )
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime | None = strawberry.field(description="When it expires; null: never.")
    expired: bool = resolved(signing_in.expired, "Whether it has expired.")
    last_used_at: datetime | None = strawberry.field(
        description="When it was last used, to the minute; null: never."
    )
