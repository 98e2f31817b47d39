"""The event journal: what was done to rights and users, and who signed in."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest
from pydantic import SecretStr

from db.settings import Settings
from graph import people
from tests.client import Client, World
from tests.conftest import SECRET
from tests.test_administration import done, role, user

EVENTS = "kind actor { name } subject name fields { name before after } address"


async def events(client: Client, filter: Any = None, **page: Any) -> Any:
    data = await client.ask(
        "query ($filter: EventFilter, $first: Int, $after: String) "
        "{ events(filter: $filter, first: $first, after: $after) "
        f"{{ totalCount nodes {{ {EVENTS} }} pageInfo {{ hasNextPage endCursor }} }} }}",
        filter=filter or {},
        **page,
    )
    return data["events"]


async def test_what_becomes_of_a_role_is_told_before_and_after(client: Client) -> None:
    top, low = await role(client, "Haut"), await role(client, "Bas")
    await done(client, "updateRole", id=low, input={"parent": top})
    await done(client, "updateRole", id=low, input={"parent": top})
    await done(client, "deleteRole", id=low)

    told = await events(client)

    alice = {"actor": {"name": "Alice"}, "address": None}
    parent = {"name": "parent", "before": None, "after": top}
    assert told["nodes"] == [
        {**alice, "kind": "ROLE_DELETED", "subject": low, "name": "Bas", "fields": [
            {"name": "name", "before": "Bas", "after": None},
            {"name": "parent", "before": top, "after": None}]},
        {**alice, "kind": "ROLE_CHANGED", "subject": low, "name": "Bas", "fields": [parent]},
        {**alice, "kind": "ROLE_CREATED", "subject": low, "name": "Bas", "fields": [
            {"name": "name", "before": None, "after": "Bas"}]},
        {**alice, "kind": "ROLE_CREATED", "subject": top, "name": "Haut", "fields": [
            {"name": "name", "before": None, "after": "Haut"}]},
    ]  # fmt: skip


async def test_every_change_of_rights_is_told(client: Client) -> None:
    colleague, heir = await client.colleague("Camille"), await client.colleague("Louise")
    team = (await done(client, "createTeam", input={"name": "Un"}))["team"]["id"]
    await done(client, "updateTeam", id=team, input={"members": [user(colleague)]})
    given = {"name": "Lecture", "grants": [{"actions": ["READ"]}]}
    profile = (await done(client, "createProfile", input=given))["profile"]["id"]
    await done(client, "updateProfile", id=profile, input={"grants": []})
    await done(client, "setModuleSharing", module="Product", level="READ")
    rule = {"module": "Quote", "from": team, "with": team}
    one = (await done(client, "addSharingRule", **rule, writes=False))["rule"]["id"]
    await done(client, "addSharingRule", **rule, writes=True)
    await done(client, "deleteSharingRule", id=one)
    await done(client, "updateUser", id=user(colleague), input={"profile": profile})
    await client.create("CustomerAccount", name="Dupont", owner=user(colleague))
    await done(client, "deactivateUser", id=user(colleague), newOwner=user(heir))
    await done(client, "updateUser", id=user(colleague), input={"profile": None})
    await done(client, "deleteProfile", id=profile)
    await done(client, "deleteTeam", id=team)

    told = await events(client)

    assert [each["kind"] for each in reversed(told["nodes"])] == [
        "TEAM_CREATED", "TEAM_CHANGED", "PROFILE_CREATED", "PROFILE_CHANGED", "SHARING_CHANGED",
        "RULE_CREATED", "RULE_CHANGED", "RULE_DELETED", "USER_CHANGED", "USER_CHANGED",
        "RECORDS_HANDED_OVER", "USER_CHANGED", "PROFILE_DELETED", "TEAM_DELETED",
    ]  # fmt: skip
    assert [each["fields"] for each in told["nodes"] if each["kind"] == "RULE_CHANGED"] == [
        [{"name": "writes", "before": False, "after": True}]
    ]


async def test_what_was_refused_is_not_told(client: Client) -> None:
    taken = await role(client, "Ventes")
    answer = await client.ask(
        'mutation { createRole(input: {name: "ventes"}) { errors { code } } }'
    )

    told = await events(client)

    assert answer["createRole"]["errors"] == [{"code": "NOT_UNIQUE"}]
    assert [each["subject"] for each in told["nodes"]] == [taken]


async def test_who_signed_in_and_who_was_not_let_in(client: Client) -> None:
    email, password = f"zoe.{client.company_id}@fiches.example", "un mot de passe long"
    given = {"name": "Zoé", "email": email, "password": password}
    zoe = (await done(client, "createUser", input=given))["user"]["id"]
    for tried in ("autre chose", password):
        await client.ask(
            "mutation ($email: String!, $password: String!) "
            "{ signIn(email: $email, password: $password) { token } }",
            email=email,
            password=tried,
        )

    told = await events(client, {"kind": {"in": ["SIGNED_IN", "SIGN_IN_FAILED"]}})

    assert [(each["kind"], each["subject"], each["name"]) for each in told["nodes"]] == [
        ("SIGNED_IN", zoe, "Zoé"), ("SIGN_IN_FAILED", zoe, "Zoé")
    ]  # fmt: skip
    assert all(each["address"] for each in told["nodes"])
    assert all(password not in str(each) for each in (await events(client))["nodes"])


async def test_it_is_paged_and_filtered(client: Client) -> None:
    names = [f"R{i}" for i in range(5)]
    for name in names:
        await role(client, name)
    found = []
    after = None
    while True:
        page = await events(client, {"actor": {"eq": user(client)}}, first=2, after=after)
        found += [each["name"] for each in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert found == names[::-1]
    assert page["totalCount"] == 5
    assert (await events(client, {"at": {"lt": "2020-01-01T00:00:00Z"}}))["totalCount"] == 0
    assert (await events(await client.world.company()))["totalCount"] == 0


async def test_nobody_changes_it(client: Client) -> None:
    await role(client, "Ventes")

    for statement in ("UPDATE event SET name = 'x'", "DELETE FROM event", "TRUNCATE event"):
        with pytest.raises(asyncpg.PostgresError):
            await client.world.database.pool.execute(statement)


async def test_what_the_command_line_does_is_told_as_the_service_s(
    world: World, database_url: str
) -> None:
    settings = Settings(database_url=database_url, secret_key=SecretStr(SECRET))
    email, password = "ligne.de.commande@fiches.example", "un mot de passe long"
    await people.add(
        settings, database_url, email=email, name="Zoé", password=password, admin=True,
        company="Ligne de commande",
    )  # fmt: skip
    await people.password(settings, database_url, email=email, password=f"{password} aussi")
    row = await world.database.pool.fetchrow("SELECT * FROM app_user WHERE email = $1", email)

    told = await events(Client(world.http, world, row["id"], row["company_id"]))

    assert [(each["kind"], each["actor"], each["name"]) for each in told["nodes"]] == [
        ("PASSWORD_CHANGED", {"name": "Fiches"}, "Zoé"),
        ("USER_CREATED", {"name": "Fiches"}, "Zoé"),
    ]
