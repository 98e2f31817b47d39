"""`link` and `unlink`: records put in many-to-many tabs and taken out, from either side."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.client import Client, World
from tests.properties import examples, made
from tests.saves import CHANGE, ERRORS, history


async def relate(
    client: Client, action: str, record: object, tab: str, *ids: object, key: str | None = None
) -> Any:
    data = await client.ask(
        "mutation ($record: ID!, $tab: String!, $ids: [ID!]!, $key: String) { "
        f"{action}(record: $record, tab: $tab, ids: $ids, idempotencyKey: $key) "
        f"{{ record {{ id }} {CHANGE} {ERRORS} }} }}",
        record=str(record),
        tab=tab,
        ids=[str(id) for id in ids],
        key=key,
    )
    return data[action]


async def linked(client: Client, record: object, tab: str) -> list[str]:
    """The ids in a tab, oldest first."""
    data = await client.ask(
        "query ($id: ID!, $tab: String!) { record(id: $id) { tab(name: $tab) { "
        'rows(first: 100, orderBy: [{id: "ASC"}]) { nodes { id } } } } }',
        id=str(record),
        tab=tab,
    )
    return [each["id"] for each in data["record"]["tab"]["rows"]["nodes"]]


async def test_records_are_linked_and_unlinked_from_the_side_that_declares_the_links(
    client: Client,
) -> None:
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    a, b, c = await made(client, "Campaign", [{"name": name} for name in "ABC"])

    first = await relate(client, "link", account, "campaigns", a, b)
    second = await relate(client, "link", account, "campaigns", b, c)
    third = await relate(client, "unlink", account, "campaigns", a, b)

    assert [each["errors"] for each in (first, second, third)] == [[], [], []]
    assert first["record"] == {"id": str(account)}
    assert await linked(client, account, "campaigns") == [str(c)]
    assert await linked(client, c, "accounts") == [str(account)]
    (field,) = first["change"]["fields"]
    assert (field["name"], field["after"], field["afterDisplay"]) == (
        "campaigns",
        [str(a), str(b)],
        "A, B",
    )


async def test_records_are_linked_and_unlinked_from_the_far_side(client: Client) -> None:
    a, b = await made(client, "CustomerAccount", [{"name": "Dupont"}, {"name": "Durand"}])
    campaign, other = await made(client, "Campaign", [{"name": "A"}, {"name": "B"}])
    await relate(client, "link", a, "campaigns", other)

    done = await relate(client, "link", campaign, "accounts", a, b)
    undone = await relate(client, "unlink", campaign, "accounts", b)

    assert (done["errors"], undone["errors"]) == ([], [])
    assert done["record"] == {"id": str(campaign)}
    assert await linked(client, campaign, "accounts") == [str(a)]
    assert await linked(client, a, "campaigns") == [str(campaign), str(other)]
    assert len(await history(client, str(b))) == 3


async def test_what_is_linked_already_or_not_at_all_changes_nothing(client: Client) -> None:
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    a, b = await made(client, "Campaign", [{"name": "A"}, {"name": "B"}])
    await relate(client, "link", account, "campaigns", a)
    before = await history(client, str(account))

    again = await relate(client, "link", account, "campaigns", a, a)
    never = await relate(client, "unlink", account, "campaigns", b)

    assert (again["errors"], again["change"]) == ([], None)
    assert (never["errors"], never["change"]) == ([], None)
    assert await history(client, str(account)) == before


async def test_a_tab_of_a_relation_says_which_field_to_set(client: Client) -> None:
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    (contact,) = await made(client, "Contact", [{"last_name": "Martin"}])

    of_relation = await relate(client, "link", account, "subsidiaries", account)
    unknown = await relate(client, "link", account, "nothing", contact)
    lines = await relate(client, "link", account, "billing_address", contact)

    assert [(each["path"], each["code"]) for each in of_relation["errors"]] == [
        (["tab"], "INVALID")
    ]
    message = of_relation["errors"][0]["message"]
    assert "parentAccount" in message
    assert "updateCustomerAccount" in message
    assert "campaigns" in unknown["errors"][0]["message"]
    assert [each["code"] for each in (*unknown["errors"], *lines["errors"])] == [
        "BAD_USER_INPUT",
        "BAD_USER_INPUT",
    ]


async def test_what_the_viewer_may_not_see_or_edit_is_refused_and_nothing_written(
    client: Client,
) -> None:
    a, b = await made(client, "CustomerAccount", [{"name": "Dupont"}, {"name": "Durand"}])
    seen, hidden = await made(client, "Campaign", [{"name": "A"}, {"name": "B"}])
    colleague = await client.colleague()
    own = int(await colleague.create("CustomerAccount", name="À moi"))
    await client.share("CustomerAccount")

    unseen = await relate(colleague, "link", own, "campaigns", hidden)
    nothing = await relate(client, "link", a, "campaigns", seen, 99999999, "x")
    far = await relate(client, "link", seen, "accounts", a, 99999999)
    mine = await colleague.create("Campaign", name="À moi")
    theirs = await relate(colleague, "link", b, "campaigns", mine)
    backward = await relate(colleague, "link", mine, "accounts", own, b)
    stranger = await relate(await client.world.company(), "link", a, "campaigns", seen)

    def told(payload: Any) -> list[Any]:
        return [(each["path"], each["code"]) for each in payload["errors"]]

    assert told(unseen) == [(["ids", "0"], "NOT_FOUND")]
    assert told(nothing) == [(["ids", "2"], "NOT_FOUND")]
    assert told(far) == [(["ids", "1"], "NOT_FOUND")]
    assert told(theirs) == [(["record"], "FORBIDDEN")]
    assert told(backward) == [(["ids", "1"], "FORBIDDEN")]
    assert await linked(colleague, own, "campaigns") == []
    assert told(stranger) == [(["record"], "NOT_FOUND")]
    assert await linked(client, a, "campaigns") == []


async def test_links_to_what_is_hidden_or_deleted_are_kept(client: Client) -> None:
    seen, hidden = await made(client, "Campaign", [{"name": "A"}, {"name": "B"}])
    account = await client.create("CustomerAccount", name="Dupont", campaigns=[str(hidden)])
    await client.act("delete", "Campaign", str(hidden))

    await relate(client, "link", account, "campaigns", seen)
    await relate(client, "unlink", account, "campaigns", seen)
    await client.act("restore", "Campaign", str(hidden))

    assert await linked(client, account, "campaigns") == [str(hidden)]


async def test_statements_do_not_grow_with_how_many_are_linked(client: Client) -> None:
    (campaign,) = await made(client, "Campaign", [{"name": "A"}])
    accounts = await made(client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(51)])

    taken = []
    for some in (accounts[:1], accounts[1:]):
        await relate(client, "link", campaign, "accounts", *some)
        taken.append(client.statements)

    assert taken[0] == taken[1]
    assert len(await linked(client, campaign, "accounts")) == 51


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["link", "unlink"]),
        st.booleans(),
        st.integers(0, 2),
        st.sets(st.integers(0, 2), max_size=3),
    ),
    max_size=6,
)


@examples(10)
@given(steps=STEPS)
async def test_both_sides_always_tell_the_same(world: World, steps: list[Any]) -> None:
    client = await world.company()
    accounts = await made(client, "CustomerAccount", [{"name": str(i)} for i in range(3)])
    campaigns = await made(client, "Campaign", [{"name": str(i)} for i in range(3)])
    pairs: set[tuple[int, int]] = set()

    for action, forward, one, others in steps:
        sides = (accounts, campaigns) if forward else (campaigns, accounts)
        tab = "campaigns" if forward else "accounts"
        done = await relate(client, action, sides[0][one], tab, *(sides[1][i] for i in others))
        assert done["errors"] == []
        told = {(one, i) if forward else (i, one) for i in others}
        pairs = pairs | told if action == "link" else pairs - told

    for i, account in enumerate(accounts):
        assert await linked(client, account, "campaigns") == [
            str(campaigns[j]) for j in range(3) if (i, j) in pairs
        ]
    for j, campaign in enumerate(campaigns):
        assert await linked(client, campaign, "accounts") == [
            str(accounts[i]) for i in range(3) if (i, j) in pairs
        ]
