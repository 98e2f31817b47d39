"""Who acts and who owns: users, teams, the service itself; and the companies they act in."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from db.rows import CompanyRow, PrincipalRow
from graph.context import operation
from graph.resolvers import preferences, signing_in
from graph.types.fields import resolved
from graph.types.node import Node
from graph.types.preferences import Preferences
from graph.types.sessions import ApiKey, Session


def principal_id(root: Any) -> str:
    return f"{root['kind']}-{root['id']}"


@strawberry.interface(description="Who did something, or owns something.")
class Actor(Node):
    name: str | None = strawberry.field(description="What they are called.")

    @classmethod
    def resolve_type(cls, row: Any, *_: Any) -> str:
        return {"user": "User", "team": "Team"}.get(row["kind"], "System")


def _is(kind: str) -> Any:
    def is_type_of(cls: type, row: Any, *_: Any) -> bool:
        return isinstance(row, PrincipalRow) and row["kind"] == kind

    return classmethod(is_type_of)


@strawberry.type(description="Someone who signs in.")
class User(Actor):
    id: strawberry.ID = resolved(principal_id, "`user-3`.")
    is_type_of = _is("user")


@strawberry.type(description="A group of users: what it owns, all of them own.")
class Team(Actor):
    id: strawberry.ID = resolved(principal_id, "`team-4`.")
    is_type_of = _is("team")


@strawberry.type(description="The service itself, acting for nobody in particular.")
class System(Actor):
    id: strawberry.ID = resolved(principal_id, "`system-0`.")
    is_type_of = _is("system")


def company_id(root: Any) -> str:
    return f"company-{root['id']}"


@strawberry.type(description="A legal entity whose records are kept.")
class Company(Node):
    id: strawberry.ID = resolved(company_id, "`company-1`.")
    name: str | None = strawberry.field(description="Its legal name.")
    siren: str | None = strawberry.field(description="Its SIREN number.")
    vat_number: str | None = strawberry.field(description="Its VAT number.")
    currency: str | None = strawberry.field(description="The currency it keeps its books in.")
    time_zone: str | None = strawberry.field(description="Its time zone, `Europe/Paris`.")

    @classmethod
    def is_type_of(cls, row: Any, *_: Any) -> bool:
        return isinstance(row, CompanyRow)


def viewer_id(root: Any) -> str:
    return f"user-{root.id}"


async def viewer_company(root: Any, info: Info) -> Any:
    return await operation(info).loaders.company.load(root.company_id)


@strawberry.type(description="Who is asking: the signed-in user, acting in one company.")
class Viewer:
    id: strawberry.ID = resolved(viewer_id, "The user's id, `user-3`.")
    name: str = strawberry.field(description="What they are called.")
    email: str = strawberry.field(description="The address they sign in with.")
    administrator: bool = strawberry.field(description="Whether they see and may do everything.")
    configures: bool = strawberry.field(
        description="Whether they set up modules: layouts and custom fields."
    )
    language: str = strawberry.field(description="The language they are answered in: fr, en.")
    time_zone: str = strawberry.field(description="The time zone days are counted in.")
    company: Company | None = resolved(viewer_company, "The company acted in.")
    preferences: Preferences = resolved(
        preferences.preferred, "How they want values to be shown to them."
    )
    sessions: list[Session] = resolved(
        signing_in.sessions_of,
        "Where they are signed in, what was used last first; up to 100.",
    )
    api_keys: list[ApiKey] = resolved(
        signing_in.keys_of, "Their API keys, newest first, expired ones among them; up to 100."
    )
