"""Signing in and out, what keeps somebody signed in, and the keys of programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from strawberry import Info

from db import accounts, api_keys, sessions
from db.access import Viewer
from db.credentials import Scope, in_person
from db.errors import InvalidInput, NotFound, Unauthenticated
from graph.context import Operation, operation
from graph.errors import user_errors
from graph.resolvers.given import given
from graph.resolvers.mutations import INPUT, Payload, refusing
from graph.resolvers.records import numbered


@dataclass(frozen=True)
class SignInPayload(Payload):
    token: str | None = None
    expires_at: datetime | None = None
    refresh_token: str | None = None


@dataclass(frozen=True)
class EndedPayload(Payload):
    ended: int | None = None


@dataclass(frozen=True)
class KeyPayload(Payload):
    key: str | None = None
    api_key: Any = None


async def sign_in(info: Info, email: str, password: str) -> SignInPayload:
    own = operation(info)
    await own.renew()
    caller, lifetimes = own.session.caller, own.session.lifetimes
    try:
        user = await accounts.sign_in(own.database, email, password, caller.address)
    except Unauthenticated as refusal:
        return SignInPayload(errors=user_errors(refusal, own.language))
    return _begun(own, await sessions.begin(own.database, user, caller, lifetimes.session))


async def refresh(info: Info, refresh_token: str) -> SignInPayload:
    own = operation(info)
    await own.renew()
    caller, lifetimes = own.session.caller, own.session.lifetimes
    try:
        begun = await sessions.refresh(own.database, refresh_token, caller, lifetimes.session)
    except Unauthenticated as refusal:
        return SignInPayload(errors=user_errors(refusal, own.language))
    return _begun(own, begun)


def _begun(own: Operation, session: sessions.Begun) -> SignInPayload:
    lifetime = own.session.lifetimes.access
    return SignInPayload(
        token=own.session.tokens.issue(session.user_id, lifetime, session.id),
        # As the token has it: whole seconds.
        expires_at=datetime.now(UTC).replace(microsecond=0) + lifetime,
        refresh_token=session.refresh_token,
    )


async def sign_out(info: Info) -> EndedPayload:
    own = operation(info)
    viewer = in_person(own.viewer)
    if viewer.credential.session_id is None:
        return EndedPayload(ended=0)
    return EndedPayload(ended=await _end(own, viewer.credential.session_id))


async def sign_out_everywhere(info: Info) -> EndedPayload:
    own = operation(info)
    viewer = in_person(own.viewer)
    database = await own.apart()
    connection = await database.acquire()
    try:
        return EndedPayload(ended=await sessions.end_all(connection, viewer.id))
    finally:
        await database.release(connection)


async def revoke_session(info: Info, id: Any) -> EndedPayload:
    own = operation(info)
    in_person(own.viewer)
    number = numbered(id, "session")
    if number is None:
        raise NotFound(sessions.SESSION, str(id), ("id",))
    return EndedPayload(ended=await _end(own, number))


async def _end(own: Operation, id: int) -> int:
    await sessions.end(await own.apart(), own.viewer.id, id)
    return 1


async def change_password(info: Info, current: str, new: str) -> EndedPayload:
    own = operation(info)
    address = own.session.caller.address
    ended = await accounts.change_password(await own.apart(), own.viewer, current, new, address)
    return EndedPayload(ended=ended)


async def create_key(info: Info, input: Any) -> KeyPayload:
    own = operation(info)
    viewer = own.viewer
    sent = given(input)
    company, scopes = sent.get("company"), sent.get("scopes")
    scopes = [Scope.READ] if scopes is None else scopes
    try:
        row, key = await api_keys.create(
            await own.apart(),
            viewer,
            name=sent["name"],
            scopes=[Scope(each) for each in scopes],
            expires_at=sent.get("expires_at"),
            company_id=None if company is None else numbered(company, "company") or 0,
        )
    except InvalidInput as refusal:
        raise refusal.below(INPUT) from None
    return KeyPayload(key=key, api_key=row)


async def revoke_key(info: Info, id: Any) -> KeyPayload:
    own = operation(info)
    number = numbered(id, "key")
    if number is None:
        in_person(own.viewer)
        raise NotFound(api_keys.LABEL, str(id), ("id",))
    await api_keys.revoke(await own.apart(), own.viewer, number)
    return KeyPayload()


signed_out = refusing(sign_out, EndedPayload)
signed_out_everywhere = refusing(sign_out_everywhere, EndedPayload)
session_revoked = refusing(revoke_session, EndedPayload)
password_changed = refusing(change_password, EndedPayload)
key_created = refusing(create_key, KeyPayload)
key_revoked = refusing(revoke_key, KeyPayload)


async def sessions_of(root: Viewer, info: Info) -> Sequence[Any]:
    return await sessions.live(operation(info).reader)


async def keys_of(root: Viewer, info: Info) -> Sequence[Any]:
    return await api_keys.keys(operation(info).reader)


def session_id(root: Any) -> str:
    return f"session-{root['id']}"


def current(root: Any, info: Info) -> bool:
    return bool(root["id"] == operation(info).viewer.credential.session_id)


def key_id(root: Any) -> str:
    return f"key-{root['id']}"


def scopes(root: Any) -> list[Scope]:
    return [Scope(each) for each in root["scopes"]]


async def key_company(root: Any, info: Info) -> Any:
    id = root["company_id"]
    return None if id is None else await operation(info).loaders.company.load(id)


def expired(root: Any) -> bool:
    return root["expires_at"] is not None and root["expires_at"] <= datetime.now(UTC)


def used_at(root: Any) -> Any:
    return root["used_at"]
