"""Signing in and out, passwords, and API keys."""

from __future__ import annotations

from datetime import datetime

import strawberry

from db.api_keys import LONGEST
from db.credentials import Scope
from graph.resolvers import signing_in
from graph.types.errors import UserError
from graph.types.fields import Fields, annotate, described, resolved
from graph.types.sessions import ApiKey

ERRORS = "What to put right."


@strawberry.type(description="What keeps somebody signed in.")
class SignInPayload:
    token: str | None = strawberry.field(
        description="A token to send as `Authorization: Bearer …`; null where refused."
    )
    expires_at: datetime | None = strawberry.field(
        description="When the token expires; null where refused."
    )
    refresh_token: str | None = strawberry.field(
        description="What `refresh` gives the next token for, once; null where refused."
    )
    errors: list[UserError] = strawberry.field(description="What was wrong.")


@strawberry.type(description="Sessions ended.")
class EndedPayload:
    ended: int | None = strawberry.field(description="How many sessions; null where refused.")
    errors: list[UserError] = strawberry.field(description=ERRORS)


@strawberry.type(description="An API key made.")
class CreateApiKeyPayload:
    key: str | None = strawberry.field(
        description="The key, to send as `Authorization: Bearer …`. It is shown here and never "
        "again; null where refused."
    )
    api_key: ApiKey | None = strawberry.field(description="What is kept of it; null where refused.")
    errors: list[UserError] = strawberry.field(description=ERRORS)


@strawberry.type(description="An API key revoked.")
class RevokeApiKeyPayload:
    errors: list[UserError] = strawberry.field(description=ERRORS)


class CreateApiKeyInput:
    """A new key."""


made = Fields()
made.add("name", str, f"What it is called, up to {LONGEST} characters.")
made.maybe("scopes", list[Scope], "What it may be used for. Reading only unless given.")
made.maybe("expires_at", datetime, "When it expires. Never unless given.")
made.maybe("company", strawberry.ID, "The only company it acts in. Any of one's own unless given.")
made.build(CreateApiKeyInput, strawberry.input, description="A new API key of the viewer's own.")


@strawberry.type
class SignInMutation:
    sign_in: SignInPayload = resolved(
        annotate(
            signing_in.sign_in,
            email=described(str, "The address of the user."),
            password=described(str, "Their password."),
        ),
        "Exchange an address and a password for a token of 15 minutes (unless the service is set "
        "otherwise) and what refreshes it. After several failures RATE_LIMITED says in "
        "`extensions.retryAfter` how many seconds to wait.",
    )
    refresh: SignInPayload = resolved(
        annotate(
            signing_in.refresh,
            refresh_token=described(str, "The refresh token that was given last."),
        ),
        "The next token, and the next refresh token. One that was used before ends its session, "
        "for it was stolen: refresh once at a time.",
    )
    sign_out: EndedPayload = resolved(signing_in.signed_out, "End the session that asks.")
    sign_out_everywhere: EndedPayload = resolved(
        signing_in.signed_out_everywhere,
        "End all sessions of the viewer. API keys stay: revoke them one by one.",
    )
    revoke_session: EndedPayload = resolved(
        annotate(
            signing_in.session_revoked,
            id=described(strawberry.ID, "One of `viewer { sessions }`: `session-12`."),
        ),
        "End a session of the viewer: its token is refused from the next operation on, its streams "
        "end within seconds.",
    )
    change_password: EndedPayload = resolved(
        annotate(
            signing_in.password_changed,
            current=described(str, "The present password."),
            new=described(str, "The next one: 12 to 1,000 characters, and not a common one."),
        ),
        "Give the viewer another password, and end their other sessions.",
    )
    create_api_key: CreateApiKeyPayload = resolved(
        annotate(signing_in.key_created, input=described(CreateApiKeyInput, "What it is.")),
        "Make a key by which a program acts for the viewer.",
    )
    revoke_api_key: RevokeApiKeyPayload = resolved(
        annotate(
            signing_in.key_revoked,
            id=described(strawberry.ID, "One of `viewer { apiKeys }`: `key-7`."),
        ),
        "Revoke a key of the viewer: it is refused from the next operation on.",
    )
