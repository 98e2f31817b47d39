"""Access rights and users as administrators make them through the graph; and by what they do."""

from __future__ import annotations

from typing import Any

import pytest

from db import handing_over
from tests.client import Client, World
from tests.properties import made
from tests.replay import untold

MUTATIONS = {
    "createRole": ("$input: RoleInput!", "role { id name parent { id } users }"),
    "updateRole": ("$id: ID!, $input: RoleInput!", "role { id name parent { id } users }"),
    "deleteRole": ("$id: ID!", ""),
    "createTeam": ("$input: TeamInput!", "team { id name members { id kind name } }"),
    "updateTeam": ("$id: ID!, $input: TeamInput!", "team { id members { id } }"),
    "deleteTeam": ("$id: ID!, $newOwner: ID", "deleted handedOver kept remaining complete"),
    "createProfile": (
        "$input: ProfileInput!",
        "profile { id name grants { module actions } }",
    ),
    "updateProfile": ("$id: ID!, $input: ProfileInput!", "profile { id grants { module } }"),
    "deleteProfile": ("$id: ID!", ""),
    "setModuleSharing": ("$module: String!, $level: SharingLevel!", "sharing { module level }"),
    "addSharingRule": (
        "$module: String!, $from: ID!, $with: ID!, $writes: Boolean!",
        "rule { id module writes owners { id } sharedWith { id } }",
    ),
    "deleteSharingRule": ("$id: ID!", ""),
    "shareRecord": ("$record: ID!, $with: ID!, $writes: Boolean!", "record { id }"),
    "unshareRecord": ("$record: ID!, $with: ID!", "record { id }"),
    "createUser": (
        "$input: CreateUserInput!",
        "user { id name email active administrator role { id } profile { id } }",
    ),
    "updateUser": (
        "$id: ID!, $input: UpdateUserInput!",
        "user { id name email active administrator role { id } profile { id } }",
    ),
    "deactivateUser": (
        "$id: ID!, $newOwner: ID!",
        "user { id active } handedOver kept remaining complete",
    ),
}  # fmt: skip


async def payload(client: Client, name: str, **given: Any) -> Any:
    """What a mutation gives, its errors with it."""
    declared, selected = MUTATIONS[name]
    declared = ", ".join(
        each for each in declared.split(", ") if each.partition(":")[0].removeprefix("$") in given
    )
    passed = ", ".join(f"{each}: ${each}" for each in given)
    data = await client.ask(
        f"mutation ({declared}) {{ {name}({passed}) {{ {selected} errors {{ path code message }} "
        "} }",
        **given,
    )
    return data[name]


async def done(client: Client, name: str, **given: Any) -> Any:
    """The payload of a mutation that must succeed."""
    answer = await payload(client, name, **given)
    assert not answer["errors"], answer["errors"]
    return answer


async def errors(client: Client, name: str, **given: Any) -> list[tuple[list[str], str]]:
    """Where and why a mutation that must be refused is."""
    answer = await payload(client, name, **given)
    assert answer["errors"]
    return [(each["path"], each["code"]) for each in answer["errors"]]


async def role(client: Client, name: str, parent: str | None = None) -> str:
    return str(
        (await done(client, "createRole", input={"name": name, "parent": parent}))["role"]["id"]
    )


async def seen(client: Client) -> list[str]:
    data = await client.ask("{ customerAccounts(orderBy: [{name: ASC}]) { nodes { name } } }")
    return [node["name"] for node in data["customerAccounts"]["nodes"]]


async def may(client: Client, id: str) -> tuple[bool, bool, bool] | None:
    """Whether the client may edit, delete, comment; None where they see nothing."""
    data = await client.ask(
        "query ($id: ID!) { record(id: $id) { viewerCan { edit delete comment } } }", id=id
    )
    can = data["record"] and data["record"]["viewerCan"]
    return can and (can["edit"], can["delete"], can["comment"])


def user(client: Client) -> str:
    return f"user-{client.user_id}"


async def test_superiors_see_and_write_what_users_below_them_own(client: Client) -> None:
    chief, seller = await client.colleague("Chef"), await client.colleague("Vendeur")
    top = await role(client, "Direction")
    middle = await role(client, "Ventes", top)
    low = await role(client, "Vendeur", middle)
    await done(client, "updateUser", id=user(chief), input={"role": top})
    await done(client, "updateUser", id=user(seller), input={"role": low})
    of_chief = await client.create("CustomerAccount", name="Chef", owner=user(chief))
    of_seller = await client.create("CustomerAccount", name="Vendeur", owner=user(seller))

    assert await seen(chief) == ["Chef", "Vendeur"]
    assert await may(chief, of_seller) == (True, True, True)
    assert await seen(seller) == ["Vendeur"]
    assert await may(seller, of_chief) is None

    await done(client, "updateUser", id=user(chief), input={"role": None})
    assert await seen(chief) == ["Chef"]


async def test_who_is_in_a_team_by_a_role_or_another_team_has_what_it_owns(client: Client) -> None:
    one, other = await client.colleague("Un"), await client.colleague("Deux")
    sales = await role(client, "Ventes")
    await done(client, "updateUser", id=user(one), input={"role": sales})
    inner = await done(client, "createTeam", input={"name": "Dedans", "members": [sales]})
    outer = await done(
        client, "createTeam",
        input={"name": "Dehors", "members": [inner["team"]["id"], user(other)]},
    )  # fmt: skip
    id = await client.create("CustomerAccount", name="À tous", owner=outer["team"]["id"])

    assert inner["team"]["members"] == [{"id": sales, "kind": "ROLE", "name": "Ventes"}]
    assert await may(one, id) == await may(other, id) == (True, True, True)

    await done(client, "updateTeam", id=inner["team"]["id"], input={"members": []})
    assert await may(one, id) is None


async def test_circles_are_refused_and_named(client: Client) -> None:
    top = await role(client, "Haut")
    low = await role(client, "Bas", top)
    inner = (await done(client, "createTeam", input={"name": "Dedans"}))["team"]["id"]
    outer = await done(client, "createTeam", input={"name": "Dehors", "members": [inner]})

    roles = await payload(client, "updateRole", id=top, input={"parent": low})
    teams = await payload(client, "updateTeam", id=inner, input={"members": [outer["team"]["id"]]})

    assert roles["role"] is None
    assert [(x["path"], x["message"]) for x in roles["errors"]] == [
        (["input", "parent"], "Rôle\u00a0: cela ferait une boucle\u00a0: Haut > Bas > Haut.")
    ]
    assert [(x["path"], x["message"]) for x in teams["errors"]] == [
        (
            ["input", "members"],
            "Équipe\u00a0: cela ferait une boucle\u00a0: Dedans > Dehors > Dedans.",
        )
    ]
    assert await errors(client, "updateRole", id=top, input={"parent": top}) == [
        (["input", "parent"], "INVALID")
    ]
    assert await errors(client, "deleteRole", id=top) == [(["id"], "INVALID")]
    await done(client, "deleteRole", id=low)
    await done(client, "deleteRole", id=top)


async def test_modules_are_shared_to_read_and_to_write(client: Client) -> None:
    colleague = await client.colleague()
    id = await client.create("CustomerAccount", name="Dupont")

    assert await may(colleague, id) is None
    await done(client, "setModuleSharing", module="CustomerAccount", level="READ")
    assert await may(colleague, id) == (False, False, True)
    await done(client, "setModuleSharing", module="CustomerAccount", level="READ_WRITE")
    assert await may(colleague, id) == (True, True, True)
    assert not (await colleague.act("delete", "CustomerAccount", id))["errors"]
    told = await client.ask("{ moduleSharing { module level } }")
    assert {"module": "CustomerAccount", "level": "READ_WRITE"} in told["moduleSharing"]
    await done(client, "setModuleSharing", module="CustomerAccount", level="PRIVATE")
    assert await seen(colleague) == []


async def test_rules_share_what_a_role_and_those_below_own(client: Client) -> None:
    seller, support = await client.colleague("Vendeur"), await client.colleague("Aide")
    sales, low = await role(client, "Ventes"), None
    low = await role(client, "Vendeur", sales)
    await done(client, "updateUser", id=user(seller), input={"role": low})
    team = await done(client, "createTeam", input={"name": "Aide", "members": [user(support)]})
    id = await client.create("CustomerAccount", name="Dupont", owner=user(seller))
    rule = {"module": "CustomerAccount", "from": sales, "with": team["team"]["id"]}

    made_rule = (await done(client, "addSharingRule", **rule, writes=False))["rule"]
    assert await may(support, id) == (False, False, True)
    again = (await done(client, "addSharingRule", **rule, writes=True))["rule"]
    assert again["id"] == made_rule["id"]
    assert await may(support, id) == (True, True, True)
    explained = await client.ask(
        "query ($record: ID!, $user: ID!) { explainAccess(record: $record, user: $user) "
        "{ reason read edit delete rule { id } } }",
        record=id,
        user=user(support),
    )
    assert explained["explainAccess"] == {
        "reason": "RULE", "read": True, "edit": True, "delete": True, "rule": {"id": again["id"]}
    }  # fmt: skip
    await done(client, "deleteSharingRule", id=again["id"])
    assert await may(support, id) is None


async def test_who_may_edit_a_record_shares_it(client: Client) -> None:
    owner, friend = await client.colleague("Un"), await client.colleague("Deux")
    id = await owner.create("CustomerAccount", name="Dupont")
    share = {"record": id, "with": user(friend)}

    await done(owner, "shareRecord", **share, writes=False)
    assert await may(friend, id) == (False, False, True)
    assert await errors(friend, "shareRecord", **share, writes=True) == [(["record"], "FORBIDDEN")]
    await done(owner, "shareRecord", **share, writes=True)
    assert await may(friend, id) == (True, True, True)
    await done(owner, "unshareRecord", **share)
    assert await may(friend, id) is None
    assert await errors(friend, "shareRecord", **share, writes=True) == [(["record"], "NOT_FOUND")]
    stranger = {"record": id, "with": user(await client.world.company())}
    assert await errors(owner, "shareRecord", **stranger, writes=True) == [(["with"], "NOT_FOUND")]


async def test_a_profile_limits_what_may_be_done_by_module(client: Client) -> None:
    colleague = await client.colleague()
    grants = [
        {"module": "CustomerAccount", "actions": ["READ", "COMMENT"]},
        {"module": "Contact", "actions": ["EDIT", "CREATE"]},
        {"actions": ["READ", "CREATE", "EDIT", "DELETE", "EXPORT", "COMMENT"]},
    ]
    profile = await done(client, "createProfile", input={"name": "Aide", "grants": grants})
    own = await colleague.create("CustomerAccount", name="Dupont")
    await colleague.create("Contact", lastName="Durand", account=own)
    await done(
        client, "updateUser", id=user(colleague), input={"profile": profile["profile"]["id"]}
    )

    assert await may(colleague, own) == (False, False, True)
    assert (await colleague.act("delete", "CustomerAccount", own))["errors"][0][
        "code"
    ] == "FORBIDDEN"
    refused = await colleague.ask(
        'mutation { createCustomerAccount(input: {name: "x"}) { errors { code } } '
        'createContact(input: {lastName: "x"}) { errors { code } } '
        'createCampaign(input: {name: "x"}) { errors { code } } }'
    )
    assert [each["errors"] for each in refused.values()] == [
        [{"code": "FORBIDDEN"}], [{"code": "FORBIDDEN"}], []
    ]  # fmt: skip
    told = await colleague.ask(
        '{ contacts { totalCount } module(name: "Contact") { name } modules { name } '
        "customerAccounts { nodes { contacts { totalCount } tabs { module } } } }"
    )
    assert told["contacts"] == {"totalCount": 0}
    assert told["module"] is None
    assert "Contact" not in [each["name"] for each in told["modules"]]
    (account,) = told["customerAccounts"]["nodes"]
    assert account["contacts"] == {"totalCount": 0}
    assert "Contact" not in [each["module"] for each in account["tabs"]]
    answer = await colleague.http.get("/export/CustomerAccount.csv", headers=colleague.headers)
    assert answer.status_code == 403, answer.text


async def test_without_a_grant_for_others_a_module_not_named_is_not_there(client: Client) -> None:
    colleague = await client.colleague()
    grants = [{"module": "Contact", "actions": ["READ"]}]
    profile = await done(client, "createProfile", input={"name": "Peu", "grants": grants})
    await colleague.create("CustomerAccount", name="Dupont")
    await done(
        client, "updateUser", id=user(colleague), input={"profile": profile["profile"]["id"]}
    )

    assert await seen(colleague) == []
    assert await colleague.ask("{ modules { name } }") == {"modules": [{"name": "Contact"}]}
    assert await errors(client, "deleteProfile", id=profile["profile"]["id"]) == [
        (["id"], "INVALID")
    ]


async def test_users_are_made_changed_and_listed(client: Client) -> None:
    place = await role(client, "Ventes")
    made_user = await done(
        client, "createUser",
        input={"name": "Zoé", "email": f"zoe.{client.company_id}@fiches.example", "role": place,
               "password": "un mot de passe long"},
    )  # fmt: skip
    taken = await errors(
        client, "createUser", input={"name": "Z", "email": made_user["user"]["email"].upper()}
    )
    listed = await client.ask('{ users(search: "zo") { totalCount nodes { name role { name } } } }')

    assert made_user["user"]["role"] == {"id": place}
    assert taken == [(["input", "email"], "NOT_UNIQUE")]
    assert listed["users"] == {
        "totalCount": 1, "nodes": [{"name": "Zoé", "role": {"name": "Ventes"}}]
    }  # fmt: skip
    assert (await client.ask("{ roles { name users } }"))["roles"] == [
        {"name": "Ventes", "users": 1}
    ]
    for wrong in ({"administrator": False}, {"active": False}):
        told = await errors(client, "updateUser", id=user(client), input=wrong)
        assert told == [(["input", *wrong], "INVALID")]


async def test_whoever_leaves_hands_over_what_they_own_and_acts_no_more(client: Client) -> None:
    leaver, heir = await client.colleague("Partant"), await client.colleague("Héritier")
    account = await leaver.create("CustomerAccount", name="Dupont")
    await leaver.create("Contact", lastName="Durand", account=account)

    left = await done(client, "deactivateUser", id=user(leaver), newOwner=user(heir))

    assert left == {
        "user": {"id": user(leaver), "active": False},
        "handedOver": 2, "kept": 0, "remaining": 0, "complete": True, "errors": [],
    }  # fmt: skip
    assert await seen(heir) == ["Dupont"]
    (refused,) = await leaver.refused("{ viewer { id } }")
    assert refused["code"] == "UNAUTHENTICATED"
    history = await heir.ask(
        "query ($id: ID!) { record(id: $id) { history { nodes { fields { name after } } } } }",
        id=account,
    )
    assert history["record"]["history"]["nodes"][0]["fields"][0]["name"] == "owner"
    assert await errors(client, "deactivateUser", id=user(client), newOwner=user(heir)) == [
        (["id"], "INVALID")
    ]


async def test_what_is_in_the_recycle_bin_is_handed_over_too(client: Client) -> None:
    leaver, heir = await client.colleague("Partant"), await client.colleague("Héritier")
    account = await leaver.create("CustomerAccount", name="Dupont")
    await leaver.act("delete", "CustomerAccount", account)

    left = await done(client, "deactivateUser", id=user(leaver), newOwner=user(heir))

    assert (left["handedOver"], left["remaining"]) == (1, 0)
    assert not (await heir.act("restore", "CustomerAccount", account))["errors"]
    assert await seen(heir) == ["Dupont"]
    assert await untold(client) == []


async def test_more_than_one_request_takes_is_handed_over_by_asking_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing_over, "BATCH", 2)
    monkeypatch.setattr(handing_over, "MOST", 3)
    leaver, heir = await client.colleague("Partant"), await client.colleague("Héritier")
    await made(leaver, "CustomerAccount", [{"name": str(i)} for i in range(7)])
    asked = {"id": user(leaver), "newOwner": user(heir)}

    answers = [await done(client, "deactivateUser", **asked) for _ in range(3)]

    assert [(each["handedOver"], each["remaining"], each["complete"]) for each in answers] == [
        (3, 4, False), (3, 1, False), (1, 0, True)
    ]  # fmt: skip
    assert len(await seen(heir)) == 7


async def test_whoever_comes_back_signs_in_again(client: Client) -> None:
    colleague, heir = await client.colleague("Partie"), await client.colleague("Héritière")
    made_key = await colleague.ask(
        'mutation { createApiKey(input: {name: "x", scopes: [READ]}) { key errors { message } } }'
    )
    key = {"Authorization": f"Bearer {made_key['createApiKey']['key']}"}
    assert "errors" not in await colleague.answer("{ viewer { id } }", {}, **key)

    await done(client, "deactivateUser", id=user(colleague), newOwner=user(heir))
    await done(client, "updateUser", id=user(colleague), input={"active": True})

    answer = await colleague.answer("{ viewer { id } }", {}, **key)
    assert answer["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_team_that_owns_records_is_dissolved_by_handing_them_over(client: Client) -> None:
    member, heir = await client.colleague("Membre"), await client.colleague("Héritier")
    made_team = {"name": "Ventes", "members": [user(member)]}
    team = (await done(client, "createTeam", input=made_team))["team"]["id"]
    outer = await done(client, "createTeam", input={"name": "Tous", "members": [team]})
    account = await client.create("CustomerAccount", name="Dupont", owner=team)
    gone = await client.create("CustomerAccount", name="Parti", owner=team)
    await client.act("delete", "CustomerAccount", gone)
    other = await client.create("CustomerAccount", name="Durand")
    await done(client, "shareRecord", record=other, **{"with": team}, writes=False)
    assert await seen(member) == ["Dupont", "Durand"]

    assert await errors(client, "deleteTeam", id=team) == [(["newOwner"], "REQUIRED")]
    assert await errors(client, "deleteTeam", id=team, newOwner=team) == [
        (["newOwner"], "NOT_FOUND")
    ]
    assert await seen(member) == ["Dupont", "Durand"]
    dissolved = await done(client, "deleteTeam", id=team, newOwner=user(heir))

    assert (dissolved["deleted"], dissolved["handedOver"]) == (True, 2)
    assert await seen(member) == []
    assert await seen(heir) == ["Dupont"]
    assert await client.ask("{ teams { id members { id } } }") == {
        "teams": [{"id": outer["team"]["id"], "members": []}]
    }
    told = await heir.ask(
        "query ($id: ID!) { record(id: $id) { history(first: 1) { nodes { fields "
        "{ name beforeDisplay afterDisplay } } } } }",
        id=account,
    )
    assert told["record"]["history"]["nodes"][0]["fields"] == [
        {"name": "owner", "beforeDisplay": "Ventes", "afterDisplay": "Héritier"}
    ]
    assert await errors(client, "deleteTeam", id=team) == [(["id"], "NOT_FOUND")]
    assert await errors(client, "shareRecord", record=other, **{"with": team}, writes=True) == [
        (["with"], "NOT_FOUND")
    ]
    assert await untold(client) == []


async def test_the_history_of_a_record_tells_with_whom_it_is_shared(client: Client) -> None:
    owner, friend = await client.colleague("Un"), await client.colleague("Deux")
    stranger = await client.colleague("Trois")
    id = await owner.create("CustomerAccount", name="Dupont")
    share = {"record": id, "with": user(friend)}
    asked = (
        'query ($id: ID!) { record(id: $id) { version history(filter: {field: {eq: "shares"}}) '
        "{ nodes { operation actor { name } version fields "
        "{ label before after beforeDisplay afterDisplay } } } } }"
    )

    await done(owner, "shareRecord", **share, writes=False)
    await done(owner, "shareRecord", **share, writes=False)
    await done(client, "shareRecord", **share, writes=True)
    told = await friend.ask(asked, id=id)
    await done(owner, "unshareRecord", **share)
    await done(owner, "unshareRecord", **share)

    read, write = ({"with": user(friend), "writes": each} for each in (False, True))
    assert told["record"] == {"version": 1, "history": {"nodes": [
        {"operation": "SHARED", "actor": {"name": "Alice"}, "version": None, "fields": [
            {"label": "Partages", "before": read, "after": write,
             "beforeDisplay": "Deux", "afterDisplay": "Deux"}]},
        {"operation": "SHARED", "actor": {"name": "Un"}, "version": None, "fields": [
            {"label": "Partages", "before": None, "after": read,
             "beforeDisplay": None, "afterDisplay": "Deux"}]},
    ]}}  # fmt: skip
    kept = (await owner.ask(asked, id=id))["record"]["history"]["nodes"]
    assert [each["operation"] for each in kept] == ["UNSHARED", "SHARED", "SHARED"]
    for each in (friend, stranger):
        assert await each.ask(asked, id=id) == {"record": None}
    assert await untold(client) == []


async def test_shares_are_not_fields_that_are_put_back(client: Client) -> None:
    friend = await client.colleague()
    id = await client.create("CustomerAccount", name="Dupont")
    await done(client, "shareRecord", record=id, **{"with": user(friend)}, writes=False)
    told = await client.ask(
        "query ($id: ID!) { record(id: $id) { history(first: 1) { nodes { id } } } }", id=id
    )

    answer = await client.ask(
        "mutation ($id: ID!, $change: ID!) { restoreFields(id: $id, change: $change, "
        'fields: ["shares"]) { errors { path code } } }',
        id=id,
        change=told["record"]["history"]["nodes"][0]["id"],
    )

    assert answer["restoreFields"]["errors"] == [{"path": ["fields", "0"], "code": "READ_ONLY"}]


async def test_who_sets_up_modules_sees_no_more_by_it_and_gives_no_rights(client: Client) -> None:
    colleague = await client.colleague()
    await client.create("CustomerAccount", name="Dupont")
    lay_out = (
        'mutation { setLayout(module: "CustomerAccount", input: {header: ["phone"]}) '
        "{ errors { code } } }"
    )
    add_field = (
        'mutation { createCustomField(module: "CustomerAccount", input: {name: "level", '
        'type: "Int", label: {fr: "Niveau"}}) { errors { code } } }'
    )
    refused = {"errors": [{"code": "FORBIDDEN"}]}
    assert (await colleague.ask(lay_out))["setLayout"] == refused

    await done(client, "updateUser", id=user(colleague), input={"configures": True})

    assert (await colleague.ask("{ viewer { administrator configures } }"))["viewer"] == {
        "administrator": False, "configures": True
    }  # fmt: skip
    assert (await colleague.ask(lay_out))["setLayout"] == {"errors": []}
    assert (await colleague.ask(add_field))["createCustomField"] == {"errors": []}
    assert await seen(colleague) == []
    assert await errors(colleague, "createRole", input={"name": "x"}) == [([], "FORBIDDEN")]
    told = await errors(colleague, "updateUser", id=user(colleague), input={"administrator": True})
    assert [code for _, code in told] == ["FORBIDDEN"]

    hides = {
        "name": "Sans encours",
        "grants": [{"actions": ["READ", "EDIT"]}],
        "fields": [{"module": "CustomerAccount", "name": "creditLimit", "level": "HIDDEN"}],
    }
    profile = (await done(client, "createProfile", input=hides))["profile"]["id"]
    await done(client, "updateUser", id=user(colleague), input={"profile": profile})
    assert (await colleague.ask(lay_out))["setLayout"] == refused


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("createRole", {"input": {"name": "x"}}),
        ("createTeam", {"input": {"name": "x"}}),
        ("deleteTeam", {"id": "team-1"}),
        ("createProfile", {"input": {"name": "x"}}),
        ("setModuleSharing", {"module": "Contact", "level": "READ"}),
        ("createUser", {"input": {"name": "x", "email": "x@fiches.example"}}),
        ("updateUser", {"id": "user-1", "input": {"administrator": True}}),
        ("deactivateUser", {"id": "user-1", "newOwner": "user-1"}),
    ],
)
async def test_only_administrators_change_rights(client: Client, name: str, given: Any) -> None:
    colleague = await client.colleague()

    assert [code for _, code in await errors(colleague, name, **given)] == ["FORBIDDEN"]


@pytest.mark.parametrize(
    "asked", ["roles { id }", "teams { id }", "profiles { id }", "sharingRules { id }",
              "moduleSharing { level }", "users { totalCount }", "events { totalCount }",
              'explainAccess(record: "1", user: "user-1") { read }']
)  # fmt: skip
async def test_only_administrators_read_them(client: Client, asked: str) -> None:
    colleague = await client.colleague()

    assert [each["code"] for each in await colleague.refused(f"{{ {asked} }}")] == ["FORBIDDEN"]


async def test_what_is_of_another_company_is_not_there(world: World) -> None:
    here, there = await world.company(), await world.company()
    theirs = await role(there, "Ailleurs")
    profile = await done(there, "createProfile", input={"name": "Ailleurs"})
    (id,) = await made(there, "CustomerAccount", [{"name": "x"}])

    assert await errors(here, "createRole", input={"name": "x", "parent": theirs}) == [
        (["input", "parent"], "NOT_FOUND")
    ]
    assert await errors(here, "updateRole", id=theirs, input={"name": "x"}) == [
        (["id"], "NOT_FOUND")
    ]
    team = (await done(there, "createTeam", input={"name": "Ailleurs"}))["team"]["id"]
    for each in (theirs, team, user(there)):
        assert await errors(here, "createTeam", input={"name": "x", "members": [each]}) == [
            (["input", "members"], "NOT_FOUND")
        ]
    assert await errors(here, "deleteTeam", id=team) == [(["id"], "NOT_FOUND")]
    assert await errors(here, "updateTeam", id=team, input={"name": "x"}) == [(["id"], "NOT_FOUND")]
    assert await here.ask("{ teams { id } }") == {"teams": []}
    assert await errors(here, "updateUser", id=user(there), input={"name": "x"}) == [
        (["id"], "NOT_FOUND")
    ]
    assert await errors(
        here, "updateUser", id=user(here), input={"profile": profile["profile"]["id"]}
    ) == [(["input", "profile"], "NOT_FOUND")]
    told = await here.refused(
        "query ($id: ID!, $user: ID!) { explainAccess(record: $id, user: $user) { read } }",
        id=str(id),
        user=user(here),
    )
    assert [each["code"] for each in told] == ["NOT_FOUND"]
