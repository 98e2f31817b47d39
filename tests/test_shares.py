"""Lists and tags shared with users, teams and roles: who sees them then, who changes them, and that
nobody else ever meets them.
"""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import shares
from db.accounts import VIEWER
from db.listings import Tags
from db.paging import Slice
from db.reading import page_statement
from db.saved_lists import BY_NAME, SavedLists, among
from tests import plans
from tests.client import Client, World
from tests.properties import examples, made
from tests.rights import Company, Party, companies, founded
from tests.test_administration import done, role, user
from tests.test_lists import choose, default, duplicate, kept
from tests.test_tags import add, filtered, history, tag, tags_on

KINDS = pytest.mark.parametrize("kind", ["list", "tag"])
SHARES = "shares { with { id kind name } writes }"


async def kept_of(client: Client, kind: str, name: str = "Mien", **given: Any) -> str:
    """The id of a new list or tag."""
    if kind == "tag":
        return await tag(client, name, **given)
    return await kept(client, "CustomerAccount", name=name, **given)


async def call(client: Client, verb: str, kind: str, id: str, **given: Any) -> Any:
    """The payload of `shareList`, `unshareTag` …"""
    types = {"id": "ID!", "with": "ID!", "writes": "Boolean!"}
    passed = {"id": id, **given}
    declared = ", ".join(f"${each}: {types[each]}" for each in passed)
    arguments = ", ".join(f"{each}: ${each}" for each in passed)
    data = await client.ask(
        f"mutation ({declared}) {{ {verb}{kind.title()}({arguments}) {{ {kind} {{ id {SHARES} }} "
        "errors { path code message } } }",
        **passed,
    )
    return data[f"{verb}{kind.title()}"]


async def share(client: Client, kind: str, id: str, party: str, writes: bool = False) -> Any:
    """What is shared, as it is then: it must be done."""
    payload = await call(client, "share", kind, id, writes=writes, **{"with": party})
    assert payload["errors"] == []
    return payload[kind]


async def unshare(client: Client, kind: str, id: str, party: str) -> Any:
    payload = await call(client, "unshare", kind, id, **{"with": party})
    assert payload["errors"] == []
    return payload[kind]


async def refusal(client: Client, verb: str, kind: str, id: str, party: str) -> Any:
    """Where and why it is refused."""
    payload = await call(client, verb, kind, id, **{"with": party})
    assert payload[kind] is None
    return [(each["path"], each["code"]) for each in payload["errors"]]


async def seen(client: Client, kind: str) -> list[str]:
    """The names of the lists or tags that a client is told of."""
    data = await client.ask(f"{{ {kind}s(first: 100) {{ totalCount nodes {{ name }} }} }}")
    nodes = data[f"{kind}s"]["nodes"]
    assert data[f"{kind}s"]["totalCount"] == len(nodes)
    return [each["name"] for each in nodes]


async def team(client: Client, *members: str, name: str = "Équipe") -> str:
    made_team = await done(client, "createTeam", input={"name": name, "members": [*members]})
    return str(made_team["team"]["id"])


async def attempts(client: Client, kind: str, id: str) -> list[str]:
    """The codes with which a change and a deletion are refused; none where they are done."""
    title = kind.title()
    data = await client.ask(
        f'mutation ($id: ID!) {{ update{title}(id: $id, input: {{name: "Leur"}}) '
        f"{{ errors {{ code }} }} delete{title}(id: $id) {{ errors {{ code }} }} }}",
        id=id,
    )
    return [error["code"] for payload in data.values() for error in payload["errors"]]


@KINDS
async def test_it_is_shared_with_a_user_a_team_or_everyone_who_has_a_role(
    client: Client, kind: str
) -> None:
    """With a team, with those too who are in it by their role or by a team in it."""
    owner, friend = await client.colleague("Un"), await client.colleague("Deux")
    nested, seller = await client.colleague("Trois"), await client.colleague("Quatre")
    other = await client.colleague("Cinq")
    sales = await role(client, "Ventes")
    await done(client, "updateUser", id=user(seller), input={"role": sales})
    inner = await team(client, user(nested))
    outer = await team(client, inner, sales)
    id = await kept_of(owner, kind)
    everyone = (client, owner, friend, nested, seller, other)

    async def seeing() -> list[Client]:
        return [each for each in everyone if await seen(each, kind)]

    assert await seeing() == [owner]
    await share(owner, kind, id, user(friend))
    assert await seeing() == [owner, friend]
    await share(owner, kind, id, outer)
    assert await seeing() == [owner, friend, nested, seller]
    await unshare(owner, kind, id, outer)
    assert await seeing() == [owner, friend]
    found = await share(owner, kind, id, sales, writes=True)
    assert await seeing() == [owner, friend, seller]

    assert found["shares"] == [
        {"with": {"id": user(friend), "kind": "USER", "name": "Deux"}, "writes": False},
        {"with": {"id": sales, "kind": "ROLE", "name": "Ventes"}, "writes": True},
    ]
    await done(client, "updateUser", id=user(seller), input={"role": None})
    await done(client, "updateUser", id=user(other), input={"role": sales})
    assert await seeing() == [owner, friend, other]


@KINDS
async def test_a_role_is_who_has_it_neither_those_above_nor_those_below(
    client: Client, kind: str
) -> None:
    """As where a rule shares with it: what is for the directors is not for the whole company."""
    chief, seller = await client.colleague("Chef"), await client.colleague("Vendeur")
    top = await role(client, "Direction")
    low = await role(client, "Ventes", top)
    await done(client, "updateUser", id=user(chief), input={"role": top})
    await done(client, "updateUser", id=user(seller), input={"role": low})
    for name, party in (("Chefs", top), ("Vendeurs", low)):
        await share(client, kind, await kept_of(client, kind, name), party)

    assert (await seen(chief, kind), await seen(seller, kind)) == (["Chefs"], ["Vendeurs"])


@KINDS
async def test_it_is_shared_to_be_seen_or_to_be_changed_and_shared_on_too(
    client: Client, kind: str
) -> None:
    owner, friend = await client.colleague("Un"), await client.colleague("Deux")
    other = await client.colleague("Trois")
    id = await kept_of(owner, kind)
    can = "viewerCan { edit delete }" if kind == "list" else "canEdit"
    asked = f"query ($id: ID!) {{ node(id: $id) {{ ... on {kind.title()} {{ {can} {SHARES} }} }} }}"

    async def told(client: Client) -> Any:
        node = (await client.ask(asked, id=id))["node"]
        return node and (node.get("canEdit", node.get("viewerCan")), node["shares"])

    yes, no = (({"edit": x, "delete": x} if kind == "list" else x) for x in (True, False))

    await share(owner, kind, id, user(friend))
    assert await told(friend) == (no, None)
    assert await attempts(friend, kind, id) == ["FORBIDDEN", "FORBIDDEN"]
    for verb in ("share", "unshare"):
        assert await refusal(friend, verb, kind, id, user(other)) == [(["id"], "FORBIDDEN")]

    await share(owner, kind, id, user(friend), writes=True)
    may, shares_told = await told(friend)
    assert (may, [each["writes"] for each in shares_told]) == (yes, [True])
    await share(friend, kind, id, user(other))
    assert (await told(other)) == (no, None)
    assert await unshare(friend, kind, id, user(friend)) is None
    assert await told(friend) is None
    assert [each["with"]["name"] for each in (await told(owner))[1]] == ["Trois"]

    await share(owner, kind, id, await team(client, user(other)), writes=True)
    assert await attempts(other, kind, id) == []
    assert await told(owner) is None


@KINDS
async def test_what_is_not_shared_with_one_is_not_there(client: Client, kind: str) -> None:
    """Administrators and those it was shared with before are told of it as of what never was."""
    owner, friend = await client.colleague("Un"), await client.colleague("Deux")
    id = await kept_of(owner, kind)
    await share(owner, kind, id, user(friend), writes=True)
    await unshare(owner, kind, id, user(friend))
    never = f"{kind}-999999999"

    for each in (client, friend, await client.world.company()):
        for verb in ("share", "unshare"):
            told = await call(each, verb, kind, id, **{"with": user(each)})
            untold = await call(each, verb, kind, never, **{"with": user(each)})
            assert told["errors"][0].pop("message") == untold["errors"][0].pop("message").replace(
                never, id
            )
            assert told == untold == {kind: None, "errors": [{"path": ["id"], "code": "NOT_FOUND"}]}
        assert await attempts(each, kind, id) == ["NOT_FOUND", "NOT_FOUND"]
        assert (await each.ask("query ($id: ID!) { node(id: $id) { id } }", id=id))["node"] is None
    assert await seen(owner, kind) == ["Mien"]


@KINDS
async def test_an_administrator_who_sees_it_changes_it(client: Client, kind: str) -> None:
    owner = await client.colleague("Un")
    id = await kept_of(owner, kind)

    await share(owner, kind, id, await team(client, user(client)))

    assert await attempts(client, kind, id) == []


@KINDS
async def test_whom_the_company_has_not_it_is_not_shared_with(client: Client, kind: str) -> None:
    stranger, gone = await client.world.company(), await client.colleague("Parti")
    id, group, sales = await kept_of(client, kind), await team(client), await role(client, "R")
    await done(client, "deactivateUser", id=user(gone), newOwner=user(client))
    dissolved, abroad = await team(client), await team(stranger)
    await done(client, "deleteTeam", id=dissolved)
    number = client.user_id
    wrong = (
        *(user(stranger), user(gone), dissolved, abroad, await role(stranger, "R")),
        *("user-999999999", "team-999999999", "user-x", "x", "", str(number), "system-0"),
        # Of another kind than the id says.
        *(f"team-{number}", f"role-{number}", group.replace("team", "user")),
        *(sales.replace("role", "team"), sales.replace("role", "user")),
    )

    for party in wrong:
        assert await refusal(client, "share", kind, id, party) == [(["with"], "NOT_FOUND")], party

    data = await client.ask(
        f"query ($id: ID!) {{ node(id: $id) {{ ... on {kind.title()} {{ {SHARES} }} }} }}", id=id
    )
    assert data["node"]["shares"] == []


async def test_the_list_of_all_records_is_not_shared(client: Client) -> None:
    for verb in ("share", "unshare"):
        told = await refusal(client, verb, "list", "list-all-Contact", user(client))
        assert told == [(["id"], "FORBIDDEN")]

    data = await client.ask('{ list(id: "list-all-Contact") { shares { writes } } }')
    assert data["list"]["shares"] is None


async def test_who_loses_a_list_that_was_their_default_sees_all_records(client: Client) -> None:
    friend = await client.colleague()
    id = await kept_of(client, "list")
    await share(client, "list", id, user(friend))
    assert (await choose(friend, "CustomerAccount", id))["list"]["isDefault"]

    await unshare(client, "list", id, user(friend))
    assert await default(friend, "CustomerAccount") == "list-all-CustomerAccount"
    await share(client, "list", id, user(friend))
    assert await default(friend, "CustomerAccount") == id


async def test_a_shared_list_is_copied_and_exported_and_the_copy_is_ones_own(
    client: Client,
) -> None:
    friend, other = await client.colleague("Un"), await client.colleague("Deux")
    await friend.create("CustomerAccount", name="Dupont")
    id = await kept_of(client, "list", columns=["name"])
    await share(client, "list", id, user(friend))

    copy = (await duplicate(friend, id))["list"]
    answers = [
        await each.http.get(f"/export/CustomerAccount.csv?list={named}", headers=each.headers)
        for each, named in ((friend, id), (friend, "mien"), (other, id))
    ]

    assert (copy["mine"], copy["shared"]) == (True, False)
    assert await seen(other, "list") == []
    assert [each.status_code for each in answers] == [200, 200, 404]
    assert answers[0].text == answers[1].text
    assert "Dupont" in answers[0].text


async def test_a_list_of_a_module_that_is_hidden_is_not_there_though_shared(
    client: Client,
) -> None:
    friend = await client.colleague()
    grants = [{"module": "Contact", "actions": ["READ"]}]
    profile = await done(client, "createProfile", input={"name": "Aide", "grants": grants})
    await done(client, "updateUser", id=user(friend), input={"profile": profile["profile"]["id"]})
    id = await kept_of(client, "list")

    await share(client, "list", id, user(friend), writes=True)

    assert await seen(friend, "list") == []
    assert await attempts(friend, "list", id) == ["NOT_FOUND", "NOT_FOUND"]


async def test_a_shared_tag_shows_on_records_and_in_filters_to_those_alone(client: Client) -> None:
    friend, other = await client.colleague("Un"), await client.colleague("Deux")
    await client.share("CustomerAccount")
    a, b = await made(client, "CustomerAccount", [{"name": "A"}, {"name": "B"}])
    red, blue = await tag(client, "Rouge"), await tag(client, "Bleu", shared=True)
    await add(client, [red, blue], a)
    await share(client, "tag", red, user(friend))

    assert await tags_on(friend, a) == ["Bleu", "Rouge"]
    assert await tags_on(other, a) == ["Bleu"]
    assert await filtered(friend, **{"in": [red]}) == [a]
    assert await filtered(friend, none=[red]) == [b]
    assert await filtered(other, **{"in": [red]}) == []
    assert await filtered(other, none=[red]) == [a, b]
    assert await filtered(other, all=[red, blue]) == []

    await unshare(client, "tag", red, user(friend))
    assert await tags_on(friend, a) == ["Bleu"]
    assert await filtered(friend, **{"in": [red]}) == []
    assert await tags_on(client, a) == ["Bleu", "Rouge"]


async def test_who_sees_a_tag_puts_it_on_what_they_read_and_history_says_nothing(
    client: Client,
) -> None:
    """History is read by whoever reads the record: it would tell them of a tag they do not see."""
    friend, other = await client.colleague("Un"), await client.colleague("Deux")
    await client.share("CustomerAccount")
    (record,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    red = await tag(client, "Rouge")
    await share(client, "tag", red, user(friend))

    done_by_friend = await add(friend, [red], record)
    refused = await add(other, [red], record)

    assert (done_by_friend["changed"], refused["errors"][0]["code"]) == (1, "NOT_FOUND")
    assert await tags_on(client, record) == ["Rouge"]
    assert await history(client, record) == []


@KINDS
async def test_nothing_stays_shared_with_a_team_that_is_dissolved_or_a_role_that_is_deleted(
    client: Client, kind: str
) -> None:
    friend = await client.colleague()
    id, group, sales = await kept_of(client, kind), await team(client), await role(client, "R")
    await share(client, kind, id, user(friend))
    await share(client, kind, id, group, writes=True)
    await share(client, kind, id, sales)

    await done(client, "deleteTeam", id=group)
    await done(client, "deleteRole", id=sales)

    left = (await unshare(client, kind, id, group))["shares"]
    assert [each["with"]["id"] for each in left] == [user(friend)]
    assert await unshare(client, kind, id, user(friend)) == {"id": id, "shares": []}


@KINDS
async def test_a_deleted_one_takes_its_shares_with_it(client: Client, kind: str) -> None:
    id = await kept_of(client, kind)
    await share(client, kind, id, await team(client))

    assert await attempts(client, kind, id) == []

    left = f"SELECT count(*) FROM {kind}_share WHERE {kind}_id = $1"
    number = int(id.rpartition("-")[2])
    assert await client.world.database.pool.fetchval(left, number) == 0


@KINDS
async def test_it_is_shared_in_its_own_company_only(client: Client, kind: str) -> None:
    """Who works in two companies meets what is shared with them where it is."""
    branch = await client.world.company()
    insert = "INSERT INTO membership (user_id, company_id) VALUES ($1, $2)"
    await client.world.database.pool.execute(insert, client.user_id, branch.company_id)
    await share(branch, kind, await kept_of(branch, kind), user(client))

    at_home = await seen(client, kind)
    client.headers["Fiches-Company"] = f"company-{branch.company_id}"

    assert (at_home, await seen(client, kind)) == ([], ["Mien"])


@KINDS
async def test_so_many_are_shared_at_most(
    client: Client, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    friend, other = await client.colleague("Un"), await client.colleague("Deux")
    ids = [await kept_of(client, kind, name) for name in "abc"]
    monkeypatch.setattr(shares, "WITH_ONE", 2)

    told = await gather(*(call(client, "share", kind, id, **{"with": user(friend)}) for id in ids))
    assert sorted(each["errors"][0]["code"] for each in told if each["errors"]) == ["INVALID"]
    held = [id for id, each in zip(ids, told, strict=True) if not each["errors"]]
    await share(client, kind, held[0], user(friend), writes=True)
    monkeypatch.setattr(shares, "ON_ONE", 1)
    assert await refusal(client, "share", kind, held[0], user(other)) == [(["with"], "INVALID")]
    await share(client, kind, held[0], user(friend))


@KINDS
async def test_a_change_that_follows_in_the_same_request_has_what_was_just_shared(
    client: Client, kind: str
) -> None:
    friend = await client.colleague()
    id, title = await kept_of(client, kind), kind.title()
    await share(client, kind, id, user(friend), writes=True)

    data = await friend.ask(
        f"mutation ($id: ID!, $me: ID!) {{ unshare{title}(id: $id, with: $me) {{ {kind} {{ id }} }}"
        f' update{title}(id: $id, input: {{name: "x"}}) {{ {kind} {{ id }} errors {{ code }} }} }}',
        id=id,
        me=user(friend),
    )

    assert data == {
        f"unshare{title}": {kind: None},
        f"update{title}": {kind: None, "errors": [{"code": "NOT_FOUND"}]},
    }


@KINDS
async def test_the_shares_of_many_are_one_statement(client: Client, kind: str) -> None:
    document = f"{{ {kind}s(first: 100) {{ nodes {{ {SHARES} }} }} }}"
    taken = []
    for count in (1, 20):
        for i in range(count):
            id = await kept_of(client, kind, f"{count} {i}")
            await share(client, kind, id, user(client))
        data = await client.ask(document)
        taken.append(client.statements)

    assert [len(each["shares"]) for each in data[f"{kind}s"]["nodes"]] == [1] * 21
    assert taken == [2, 2]


@pytest.mark.parametrize("plan", [plans.first, plans.kept])
async def test_what_one_does_not_see_is_not_walked_over(client: Client, plan: Any) -> None:
    pool, friend = client.world.database.pool, await client.colleague()
    for columns, value in (
        ("saved_list (name, company_id, owner_id, module)", "'CustomerAccount'"),
        ("tag (name, company_id, owner_id, color)", "'#1f6feb'"),
    ):
        await pool.execute(
            f"INSERT INTO {columns} SELECT 'L' || i, $1, $2, {value} "
            "FROM generate_series(1, 5000) i",
            client.company_id,
            client.user_id,
        )
    for kind in ("list", "tag"):
        await share(client, kind, await kept_of(client, kind), user(friend))
        await kept_of(friend, kind, "Autre")
    await pool.execute("ANALYZE saved_list")
    await pool.execute("ANALYZE tag")
    viewer, part = await friend.viewer(), Slice(20)

    for statement, values in (
        (page_statement(SavedLists(), viewer.scope, part.shape), part.values),
        (BY_NAME, {"name": "Mien"}),
        (page_statement(Tags(), viewer.scope, part.shape), part.values),
    ):
        asked = {**values, **among(["CustomerAccount"])}
        nodes = await plan(client.world.database, statement, viewer, asked)
        assert plans.rows_read(nodes, "saved_list", "tag") <= 4


@pytest.mark.parametrize("kind", ["list", "tag", "record"])
async def test_what_is_shared_with_others_is_not_walked_over_to_know_who_asks(
    client: Client, kind: str
) -> None:
    pool, friend = client.world.database.pool, await client.colleague()
    group = await team(client, user(friend))
    ids = await made(client, "Product", [{"name": "x"}] * 200)
    if kind == "record":
        share_one = {"record": str(ids[0]), "with": group}
        await done(client, "shareRecord", writes=False, **share_one)
    else:
        await share(client, kind, await kept_of(client, kind), group)
        table, more = ("saved_list", "module") if kind == "list" else ("tag", "color")
        rows = await pool.fetch(
            f"INSERT INTO {table} (company_id, owner_id, name, {more}) "
            "SELECT $1, $2, 'L' || i, '' FROM generate_series(1, 200) i RETURNING id",
            client.company_id,
            client.user_id,
        )
        ids = [row["id"] for row in rows]
    await pool.execute(
        "WITH others AS (INSERT INTO principal (kind, name) SELECT 'user', 'x' "
        "FROM generate_series(1, 40) RETURNING id) "
        f"INSERT INTO {kind}_share SELECT thing, others.id, false "
        "FROM unnest($1::bigint[]) AS thing, others",
        ids,
    )
    await pool.execute(f"ANALYZE {kind}_share")

    nodes = await plans.of(client.world.database, VIEWER, [friend.user_id, None, None, None])

    assert plans.rows_read(nodes, f"{kind}_share") <= 2


@dataclass
class Thing:
    """A list or a tag: of whom, and with whom it is shared."""

    kind: str
    owner: int
    shared: bool
    shares: dict[Party, bool] = field(default_factory=dict)
    id: str = ""

    def reaches(self, company: Company, user: int, *, writes: bool = False) -> bool:
        return any(
            company.is_of(("user", user), party)
            for party, each in self.shares.items()
            if each or not writes
        )

    def seen(self, company: Company, user: int) -> bool:
        there = self.kind == "tag" or company.granted(user, "read", "Contact")
        own = self.owner == user or self.shared
        return there and (own or self.reaches(company, user))

    def edited(self, company: Company, user: int) -> bool:
        return self.seen(company, user) and (
            company.administers(user)
            or self.owner == user
            or self.reaches(company, user, writes=True)
        )


def spelt(company: Company, party: Party) -> str:
    return f"{party[0]}-{company.ids[party]}"


def dissolve(company: Company, place: int, things: list[Thing]) -> None:
    """The team has nobody any more, is in no other, and nothing is shared with it."""
    gone = ("team", place)
    company.teams = [[each for each in of if each != gone] for of in company.teams]
    company.teams[place] = []
    for thing in things:
        thing.shares.pop(gone, None)


async def compare(company: Company, user: int, client: Client, things: list[Thing]) -> None:
    """Hold all that one user is told of lists and tags against the model."""
    fields = "id shares { with { id } writes }"
    each_by_id = " ".join(f'a{i}: node(id: "{x.id}") {{ id }}' for i, x in enumerate(things))
    answer = await client.ask(
        f"{{ lists(first: 100) {{ totalCount nodes {{ {fields} viewerCan {{ edit delete }} }} }} "
        f"tags(first: 100) {{ totalCount nodes {{ {fields} canEdit }} }} "
        f"{each_by_id} }}"
    )
    for kind in ("list", "tag"):
        nodes = {node["id"]: node for node in answer[f"{kind}s"]["nodes"]}
        some = [each for each in things if each.kind == kind and each.seen(company, user)]
        assert sorted(nodes) == sorted(each.id for each in some)
        assert answer[f"{kind}s"]["totalCount"] == len(some)
        for thing in some:
            node, edited = nodes[thing.id], thing.edited(company, user)
            can = node.get("canEdit", node.get("viewerCan"))
            assert can == ({"edit": edited, "delete": edited} if kind == "list" else edited)
            told = node["shares"] and {
                each["with"]["id"]: each["writes"] for each in node["shares"]
            }
            with_whom = {spelt(company, party): each for party, each in thing.shares.items()}
            assert (told or {}) == (with_whom if edited else {})
            assert (node["shares"] is None) != edited
    for i, thing in enumerate(things):
        assert (answer[f"a{i}"] is not None) == thing.seen(company, user)


async def compare_record(
    company: Company, user: int, client: Client, things: list[Thing], record: int
) -> None:
    """Hold the tags of a record, and who finds it by them, against the model."""
    if not company.granted(user, "read", "Product"):
        return
    tags = [each for each in things if each.kind == "tag"]
    asked = " ".join(
        f'a{i}: products(filter: {{tags: {{in: ["{x.id}"]}}}}) {{ totalCount }} '
        f'b{i}: products(filter: {{tags: {{none: ["{x.id}"]}}}}) {{ totalCount }}'
        for i, x in enumerate(tags)
    )
    answer = await client.ask(f"{{ record(id: {record}) {{ tags {{ id }} }} {asked} }}")
    expected = sorted(each.id for each in tags if each.seen(company, user))
    assert sorted(each["id"] for each in answer["record"]["tags"]) == expected
    for i, each in enumerate(tags):
        found = int(each.seen(company, user))
        assert answer[f"a{i}"]["totalCount"] == found
        assert answer[f"b{i}"]["totalCount"] == 1 - found


people = st.integers(0, 4)
kept_things = st.lists(
    st.builds(
        Thing, st.sampled_from(("list", "tag")), people, st.integers(0, 4).map(lambda i: not i)
    ),
    min_size=2,
    max_size=5,
)
sharing = st.tuples(
    st.sampled_from(("share", "share", "unshare")), people, st.integers(0, 4), st.integers(0, 20),
    st.booleans(),
)  # fmt: skip
moving = st.tuples(
    st.sampled_from(("role", "dissolve")), people, st.integers(0, 4), st.just(0), st.just(False)
)


@examples(15)
@given(
    company=companies(most=1),
    things=kept_things,
    steps=st.lists(sharing | sharing | moving, min_size=4, max_size=16),
)
async def test_everyone_sees_the_lists_and_tags_that_a_plain_model_shows_them(
    world: World,
    company: Company,
    things: list[Thing],
    steps: list[tuple[str, int, int, int, bool]],
) -> None:
    for each in company.records:
        each.tagged = False
    administrator = await world.company()
    clients = await founded(administrator, company)
    await administrator.share("Product")
    (record,) = await made(administrator, "Product", [{"name": "x"}])
    for i, thing in enumerate(things):
        if not company.granted(thing.owner, "read", "Contact"):
            thing.owner = 0
        owner, given = clients[thing.owner], {"shared": thing.shared}
        if thing.kind == "tag":
            thing.id = await tag(owner, f"t{i}", **given)
            put = "INSERT INTO tagging (tag_id, record_id, created_by_id) VALUES ($1, $2, $3)"
            number = int(thing.id.removeprefix("tag-"))
            await world.database.pool.execute(put, number, record, owner.user_id)
        else:
            thing.id = await kept(owner, "Contact", name=f"l{i}", **given)
    parties = sorted(company.ids)
    dissolved: set[Party] = set()

    for what, who, place, with_whom, writes in steps:
        if what == "role":
            roles = [None, *range(len(company.roles))]
            company.users[who].role = roles[place % len(roles)]
            held = company.users[who].role
            new = {"role": None if held is None else spelt(company, ("role", held))}
            await done(administrator, "updateUser", id=user(clients[who]), input=new)
        elif what == "dissolve":
            gone = ("team", place % len(company.teams))
            if gone not in dissolved:
                heir = {"newOwner": user(administrator)}
                await done(administrator, "deleteTeam", id=spelt(company, gone), **heir)
                dissolve(company, gone[1], things)
                dissolved.add(gone)
        else:
            thing, party = things[place % len(things)], parties[with_whom % len(parties)]
            given_writes = {"writes": writes} if what == "share" else {}
            payload = await call(
                clients[who], what, thing.kind, thing.id, **given_writes,
                **{"with": spelt(company, party)},
            )  # fmt: skip
            told = [(each["path"][0], each["code"]) for each in payload["errors"]]
            if not thing.edited(company, who):
                code = "FORBIDDEN" if thing.seen(company, who) else "NOT_FOUND"
                assert told == [("id", code)]
            elif what == "share" and party in dissolved:
                assert told == [("with", "NOT_FOUND")]
            else:
                assert told == []
                if what == "share":
                    thing.shares[party] = writes
                else:
                    thing.shares.pop(party, None)
                assert (payload[thing.kind] is not None) == thing.seen(company, who)

    for who, client in enumerate(clients):
        await compare(company, who, client, things)
        await compare_record(company, who, client, things, record)
