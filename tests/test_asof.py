"""What a record was: at a time, from one time to another, and fields put back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.books import customer, invoice, item, validated
from tests.client import Client
from tests.saves import act, history, read, stored, update

COMPARE = (
    "query ($id: ID!, $from: DateTime!, $to: DateTime) { compare(id: $id, from: $from, to: $to) { "
    "from to record { id } fields { name before after beforeDisplay afterDisplay } } }"
)
RESTORE = (
    "mutation ($id: ID!, $change: ID!, $fields: [String!]!, $expected: Int, $key: String) { "
    "restoreFields(id: $id, change: $change, fields: $fields, expectedVersion: $expected, "
    "idempotencyKey: $key) { record { id version } change { operation version "
    "fields { name before after } } errors { path code message } } }"
)


async def compare(client: Client, id: str, since: str, until: str | None = None) -> Any:
    """Each field that differs, before and after."""
    data = await client.ask(COMPARE, id=id, **{"from": since, "to": until})
    if data["compare"] is None:
        return None
    return {each["name"]: (each["before"], each["after"]) for each in data["compare"]["fields"]}


async def restore(client: Client, id: str, change: str, *fields: str, **more: Any) -> Any:
    data = await client.ask(RESTORE, id=id, change=change, fields=list(fields), **more)
    return data["restoreFields"]


async def times(client: Client, id: str) -> list[str]:
    """When each of a record's changes was made, oldest first."""
    return [each["at"] for each in await changes(client, id)]


async def changes(client: Client, id: str, filter: Any = None) -> list[Any]:
    """The changes of a record that a filter lets through, oldest first."""
    data = await client.ask(
        "query ($id: ID!, $filter: HistoryFilter) { record(id: $id) { history(first: 100, "
        "filter: $filter) { totalCount nodes { id at operation origin actor { name } "
        "fields { name before after beforeDisplay afterDisplay } } } } }",
        id=id,
        filter=filter,
    )
    page = data["record"]["history"]
    assert page["totalCount"] == len(page["nodes"])
    return list(page["nodes"][::-1])


async def test_a_record_is_compared_with_what_it_was(client: Client) -> None:
    groupe, holding = await customer(client, "Groupe"), await customer(client, "Holding")
    account = await client.create(
        "CustomerAccount", name="Dupont", creditLimit="1000", parentAccount=groupe
    )
    await update(client, "CustomerAccount", account, creditLimit="2000", phone="0102030405")
    await update(client, "CustomerAccount", account, parentAccount=holding, phone=None)
    created, second, third = await times(client, account)

    assert await compare(client, account, created, second) == {
        "phone": (None, "0102030405"),
        "creditLimit": ("1000.00", "2000.00"),
    }
    assert await compare(client, account, created, third) == {
        "creditLimit": ("1000.00", "2000.00"),
        "parentAccount": (groupe, holding),
    }
    assert await compare(client, account, third) == {}
    data = await client.ask(COMPARE, id=account, **{"from": created, "to": third})
    assert [
        (each["beforeDisplay"], each["afterDisplay"]) for each in data["compare"]["fields"]
    ] == [("1\u202f000,00\u00a0€", "2\u202f000,00\u00a0€"), ("Groupe", "Holding")]


async def test_before_it_was_created_a_record_was_not(client: Client) -> None:
    account = await customer(client)
    (created,) = await times(client, account)
    before = (datetime.fromisoformat(created) - timedelta(seconds=1)).isoformat()

    as_of = "query ($id: ID!, $at: DateTime!) { recordAsOf(id: $id, at: $at) { title } }"
    assert await client.ask(as_of, id=account, at=before) == {"recordAsOf": None}
    assert await client.ask(as_of, id=account, at=created) == {"recordAsOf": {"title": "Dupont"}}
    told = await compare(client, account, before)
    assert told["name"] == (None, "Dupont")
    assert told["owner"] == (None, f"user-{client.user_id}")


async def test_a_record_was_called_and_numbered_as_it_was_then(client: Client) -> None:
    account = await customer(client)
    draft = await invoice(client, account, item("100"))
    number = (await read(client, "CustomerInvoice", draft, "number"))["number"]
    await validated(client, "CustomerInvoice", draft)
    created, *_ = await times(client, draft)
    query = (
        "query ($id: ID!, $at: DateTime!) { recordAsOf(id: $id, at: $at) { "
        "module number title version deleted record { number } change { operation } } }"
    )

    then = (await client.ask(query, id=draft, at=created))["recordAsOf"]
    now = (await client.ask(query, id=draft, at="2100-01-01T00:00:00Z"))["recordAsOf"]

    validated_number = now.pop("record")["number"]
    assert then == {
        "module": "CustomerInvoice",
        "number": number,
        "title": then["title"],
        "version": 1,
        "deleted": False,
        "record": {"number": validated_number},
        "change": {"operation": "CREATED"},
    }
    assert now["number"] == validated_number != number
    current = await read(client, "CustomerInvoice", draft, "number title version")
    assert {name: now[name] for name in current} == current


async def test_a_record_is_shown_as_it_was(client: Client) -> None:
    parent = await customer(client, "Groupe")
    account = await client.create(
        "CustomerAccount", name="Dupont", accountType="PARTNER", parentAccount=parent
    )
    draft = await invoice(client, account, item("100"), item("50", label="Pose"))
    await update(client, "CustomerAccount", parent, name="Holding")
    await update(client, "CustomerAccount", account, accountType="RESELLER", parentAccount=None)
    await update(client, "CustomerInvoice", draft, lineItems=[item("70")])
    query = (
        "query ($id: ID!, $at: DateTime!) { recordAsOf(id: $id, at: $at) { lineItems "
        "fields { name label type value display } } }"
    )

    account_then = await client.ask(query, id=account, at=(await times(client, account))[0])
    draft_then = await client.ask(query, id=draft, at=(await times(client, draft))[0])

    assert [tuple(each.values()) for each in account_then["recordAsOf"]["fields"]] == [
        ("number", "Numéro", "String", "CLI-00002", "CLI-00002"),
        ("owner", "Propriétaire", "Actor", f"user-{client.user_id}", "Alice"),
        ("name", "Nom du compte", "String", "Dupont", "Dupont"),
        ("accountType", "Type", "CustomerAccountAccountType", "PARTNER", "Partenaire"),
        ("parentAccount", "Compte parent", "CustomerAccount", parent, "Groupe"),
    ]
    assert account_then["recordAsOf"]["lineItems"] == []
    assert [
        (line["label"], line["unitPrice"], line["totalExclTax"], line["lineKind"])
        for line in draft_then["recordAsOf"]["lineItems"]
    ] == [
        ("Conseil", "100.00", "100.00", "ITEM"),
        ("Pose", "50.00", "50.00", "ITEM"),
    ]


async def test_the_recycle_bin_has_its_place_in_the_past(client: Client) -> None:
    account = await customer(client)
    await act(client, "delete", "CustomerAccount", account)
    await act(client, "restore", "CustomerAccount", account)
    moments = await times(client, account)
    await act(client, "delete", "CustomerAccount", account)
    query = (
        "query ($id: ID!, $at: DateTime!) { recordAsOf(id: $id, at: $at) { "
        "deleted record { id } } }"
    )

    seen = [
        (await client.ask(query, id=account, at=at))["recordAsOf"]
        for at in (*moments, datetime.now(UTC).isoformat())
    ]

    assert [each["deleted"] for each in seen] == [False, True, False, True]
    assert {each["record"] for each in seen} == {None}


async def test_the_past_is_shown_to_whom_the_record_is(client: Client) -> None:
    account = await customer(client)
    colleague, stranger = await client.colleague(), await client.world.company()
    as_of = "query ($id: ID!, $at: DateTime!) { recordAsOf(id: $id, at: $at) { title } }"
    now = datetime.now(UTC).isoformat()

    for who in (colleague, stranger):
        assert await who.ask(as_of, id=account, at=now) == {"recordAsOf": None}
        assert await compare(who, account, now) is None
    assert await client.ask(as_of, id="999999999", at=now) == {"recordAsOf": None}
    assert await client.ask(as_of, id="x", at=now) == {"recordAsOf": None}


async def test_a_time_that_is_none_is_refused(client: Client) -> None:
    account = await customer(client)
    as_of = "query ($id: ID!, $at: DateTime!) { recordAsOf(id: $id, at: $at) { title } }"

    for at in ("yesterday", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z"):
        (error,) = await client.refused(as_of, id=account, at=at)
        assert error["code"] == "BAD_USER_INPUT"
    (error,) = await client.refused(
        COMPARE, id=account, **{"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}
    )
    assert error["code"] == "BAD_USER_INPUT"


async def test_fields_are_put_back_to_what_they_held_before_a_change(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont", creditLimit="1000")
    await update(client, "CustomerAccount", account, name="Durand", creditLimit="5", phone="1")
    await update(client, "CustomerAccount", account, creditLimit="7")
    change = (await changes(client, account))[1]["id"]

    payload = await restore(client, account, change, "name", "phone")

    assert payload == {
        "record": {"id": account, "version": 4},
        "change": {
            "operation": "UPDATED",
            "version": 4,
            "fields": [
                {"name": "name", "before": "Durand", "after": "Dupont"},
                {"name": "phone", "before": "1", "after": None},
            ],
        },
        "errors": [],
    }
    assert await read(client, "CustomerAccount", account, "title creditLimit") == {
        "title": "Dupont",
        "creditLimit": "7.00",
    }


async def test_lines_links_and_owners_are_put_back(client: Client) -> None:
    account = await customer(client)
    one, two = [await client.create("Campaign", name=name) for name in ("Un", "Deux")]
    colleague = await client.colleague()
    draft = await invoice(client, account, item("100"), item("200", label="Pose"))
    before = await read(client, "CustomerInvoice", draft, "lineItems { nodes { id label } }")
    first, second = before["lineItems"]["nodes"]
    await update(
        client, "CustomerInvoice", draft, lineItems=[{"id": second["id"], "quantity": "9"}]
    )
    await update(client, "CustomerAccount", account, campaigns=[one, two])
    await update(client, "CustomerAccount", account, campaigns=[two])
    await update(client, "CustomerAccount", account, owner=f"user-{colleague.user_id}")

    lines = (await changes(client, draft))[-1]["id"]
    links, owner = [each["id"] for each in (await changes(client, account))[-2:]]
    assert (await restore(client, draft, lines, "lineItems"))["errors"] == []
    assert (await restore(client, account, links, "campaigns"))["errors"] == []
    assert (await restore(client, account, owner, "owner"))["errors"] == []

    after = await read(
        client, "CustomerInvoice", draft, "totalExclTax lineItems { nodes { id label quantity } }"
    )
    assert after["totalExclTax"] == "300.00"
    assert [(each["label"], each["quantity"]) for each in after["lineItems"]["nodes"]] == [
        (first["label"], "1"),
        ("Pose", "1"),
    ]
    assert after["lineItems"]["nodes"][1]["id"] == second["id"]
    held = await read(client, "CustomerAccount", account, "owner { id } campaigns { nodes { id } }")
    assert held["owner"] == {"id": f"user-{client.user_id}"}
    assert {each["id"] for each in held["campaigns"]["nodes"]} == {one, two}


async def test_what_may_not_be_written_is_not_put_back(client: Client) -> None:
    parent, other = await customer(client, "Groupe"), await customer(client, "Autre")
    account = await client.create("CustomerAccount", name="Dupont", parentAccount=parent)
    await update(client, "CustomerAccount", account, parentAccount=other)
    await act(client, "delete", "CustomerAccount", parent)
    draft = await invoice(client, account, item("100"))
    await update(client, "CustomerInvoice", draft, subject="Avril")
    await validated(client, "CustomerInvoice", draft)
    of_account = [each["id"] for each in await changes(client, account)]
    of_draft = [each["id"] for each in await changes(client, draft)]
    colleague = await client.colleague()
    await client.share("CustomerAccount")
    before = await stored(client)

    async def refused(who: Client, *arguments: str) -> list[tuple[str, str]]:
        payload = await restore(who, *arguments)
        assert payload["record"] is None
        return [(".".join(each["path"]), each["code"]) for each in payload["errors"]]

    assert await refused(client, account, of_account[1], "parentAccount") == [
        ("fields.0", "NOT_FOUND")
    ]
    assert await refused(client, account, of_account[1], "name", "parentAccount") == [
        ("fields.0", "BAD_USER_INPUT")
    ]
    assert await refused(client, account, of_account[0], "number", "name") == [
        ("fields.0", "READ_ONLY")
    ]
    assert await refused(client, account, of_account[0], "name") == [("fields.0", "REQUIRED")]
    assert await refused(client, account, of_draft[1], "subject") == [("change", "NOT_FOUND")]
    assert await refused(client, account, "change-x", "name") == [("change", "NOT_FOUND")]
    assert await refused(client, "x", of_account[1], "name") == [("id", "NOT_FOUND")]
    assert await refused(client, draft, of_draft[1], "subject") == [("id", "LOCKED")]
    assert await refused(colleague, account, of_account[1], "parentAccount") == [
        ("id", "FORBIDDEN")
    ]
    assert await refused(colleague, draft, of_draft[1], "subject") == [("id", "NOT_FOUND")]
    assert await stored(client) == before


async def test_putting_back_is_done_once_for_a_key(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await update(client, "CustomerAccount", account, name="Durand")
    change = (await changes(client, account))[1]["id"]

    first = await restore(client, account, change, "name", key="k")
    again = await restore(client, account, change, "name", key="k")

    assert first == again
    assert len(await history(client, account)) == 3


async def test_the_history_is_filtered_by_person_field_operation_origin_and_period(
    client: Client,
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    colleague = await client.colleague("Camille", administrator=True)
    await update(colleague, "CustomerAccount", account, creditLimit="5")
    await client.comment(account, "Vu")
    await update(client, "CustomerAccount", account, name="Durand", creditLimit="6")
    everything = await changes(client, account)
    first, second, third, fourth = everything
    me, other = f"user-{client.user_id}", f"user-{colleague.user_id}"

    async def found(**filter: Any) -> list[Any]:
        return [everything.index(each) for each in await changes(client, account, filter)]

    assert await found(actor={"eq": other}) == [1]
    assert await found(actor={"in": [me]}) == [0, 2, 3]
    assert await found(operation={"eq": "UPDATED"}) == [1, 3]
    assert await found(operation={"notIn": ["UPDATED", "CREATED"]}) == [2]
    assert await found(origin={"eq": "MANUAL"}) == [0, 1, 2, 3]
    assert await found(origin={"ne": "MANUAL"}) == []
    assert await found(field={"eq": "creditLimit"}) == [1, 3]
    assert await found(field={"in": ["name", "creditLimit"]}) == [0, 1, 3]
    assert await found(at={"gt": first["at"], "lte": third["at"]}) == [1, 2]
    assert await found(actor={"eq": me}, field={"eq": "creditLimit"}) == [3]
    assert await found(at={"gte": fourth["at"]}, operation={"eq": "COMMENTED"}) == []
    assert await found(at={"isNull": True}) == []
    assert second["actor"] == {"name": "Camille"}


async def test_a_filter_of_the_history_that_is_wrong_is_refused(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    query = (
        "query ($id: ID!, $filter: HistoryFilter) { record(id: $id) { history(filter: $filter) { "
        "totalCount } } }"
    )

    for filter in (
        {"field": {"eq": "nom"}},
        {"field": {"in": ["name", "nom"]}},
        {"actor": {"eq": "line-3"}},
        {"at": {"lt": "yesterday"}},
        {"origin": {"eq": None}},
    ):
        (error,) = await client.refused(query, id=account, filter=filter)
        assert error["code"] == "BAD_FILTER", filter
