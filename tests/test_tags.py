"""Tags: private ones, that nobody else ever meets, and shared ones; put on records, filtered by."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import conditions
from db.counting import MOST
from db.listings import Records, Tagged
from db.paging import Slice
from db.reading import page_statement
from db.statements import Statement
from db.tagging import ON_RECORD
from tests import plans
from tests.client import Client, World
from tests.properties import examples, made
from tests.replay import untold

MOVED = "{ done changed outcomes { id changed errors { code path } } errors { code path message } }"
ARGUMENTS = "tags: $tags, records: $records, module: $module, filter: $filter, atomic: $atomic"
DECLARED = (
    "$tags: [ID!]!, $records: [ID!], $module: String, $filter: JSON, $atomic: Boolean = false"
)


async def tag(client: Client, name: str, **given: Any) -> str:
    """The id of a new tag."""
    payload = await written(client, "createTag", "CreateTagInput", input={"name": name, **given})
    assert not payload["errors"], payload["errors"]
    return str(payload["tag"]["id"])


async def written(client: Client, mutation: str, input_type: str, **variables: Any) -> Any:
    id = "id: $id, " if "id" in variables else ""
    data = await client.ask(
        f"mutation (${'id: ID!, $' if id else ''}input: {input_type}!) {{ {mutation}({id}"
        "input: $input) { tag { id name color shared mine } errors { code path message } } }",
        **variables,
    )
    return data[mutation]


async def update(client: Client, id: str, **given: Any) -> Any:
    return await written(client, "updateTag", "UpdateTagInput", id=id, input=given)


async def delete(client: Client, id: str) -> Any:
    data = await client.ask(
        "mutation ($id: ID!) { deleteTag(id: $id) { id usageCount errors { code path } } }", id=id
    )
    return data["deleteTag"]


async def move(client: Client, mutation: str, tags: list[str], **arguments: Any) -> Any:
    data = await client.ask(
        f"mutation ({DECLARED}) {{ {mutation}({ARGUMENTS}) {MOVED} }}", tags=tags, **arguments
    )
    return data[mutation]


async def add(client: Client, tags: list[str], *records: str | int, **arguments: Any) -> Any:
    if records:
        arguments["records"] = [str(each) for each in records]
    return await move(client, "addTags", tags, **arguments)


async def remove(client: Client, tags: list[str], *records: str | int, **arguments: Any) -> Any:
    return await move(
        client, "removeTags", tags, records=[str(each) for each in records], **arguments
    )


async def tags_on(client: Client, record: str | int) -> list[str]:
    data = await client.ask(
        "query ($id: ID!) { record(id: $id) { tags { name } } }", id=str(record)
    )
    return [each["name"] for each in data["record"]["tags"]]


async def history(client: Client, record: str | int) -> list[Any]:
    """What history tells of tags, oldest first."""
    data = await client.ask(
        'query ($id: ID!) { record(id: $id) { version history(filter: {field: {eq: "tags"}}) '
        "{ nodes { operation fields { label before after beforeDisplay afterDisplay } } } } }",
        id=str(record),
    )
    assert data["record"]["version"] == 1
    return [
        (
            each["operation"],
            field["before"] or field["after"],
            field["beforeDisplay"] or field["afterDisplay"],
        )
        for each in reversed(data["record"]["history"]["nodes"])
        for field in each["fields"]
    ]


async def account(client: Client, **values: Any) -> int:
    (id,) = await made(client, "CustomerAccount", [{"name": "Dupont", **values}])
    return id


async def test_a_tag_is_made_with_a_name_and_a_colour(client: Client) -> None:
    plain = await written(client, "createTag", "CreateTagInput", input={"name": "  À relancer "})
    shared = await written(
        client,
        "createTag",
        "CreateTagInput",
        input={"name": "VIP", "color": "#1F6FEB", "shared": True},
    )

    assert plain["tag"] == {
        "id": plain["tag"]["id"],
        "name": "À relancer",
        "color": "#6b7280",
        "shared": False,
        "mine": True,
    }
    assert shared["tag"]["color"] == "#1f6feb"
    assert shared["tag"]["shared"] is True


@pytest.mark.parametrize(
    ("given", "code", "path"),
    [
        ({"name": " "}, "REQUIRED", ["input", "name"]),
        ({"name": "x" * 51}, "TOO_LONG", ["input", "name"]),
        ({"name": "a\nb"}, "INVALID", ["input", "name"]),
        ({"name": "a", "color": "red"}, "INVALID", ["input", "color"]),
        ({"name": "a", "color": None}, "REQUIRED", ["input", "color"]),
        ({"name": "a", "shared": None}, "REQUIRED", ["input", "shared"]),
    ],
)
async def test_what_is_no_tag_is_refused(
    client: Client, given: dict[str, Any], code: str, path: list[str]
) -> None:
    payload = await written(client, "createTag", "CreateTagInput", input=given)

    assert payload["tag"] is None
    assert [(each["code"], each["path"]) for each in payload["errors"]] == [(code, path)]


async def test_names_are_unique_where_they_are_seen_whatever_case_and_accents(
    client: Client,
) -> None:
    colleague = await client.colleague()
    stranger = await client.world.company()
    await tag(client, "Été")

    again = await written(client, "createTag", "CreateTagInput", input={"name": "ete"})
    await tag(colleague, "été")
    await tag(stranger, "Été", shared=True)
    shared = await tag(client, "Été", shared=True)
    same = await written(
        colleague, "createTag", "CreateTagInput", input={"name": "ÉTE", "shared": True}
    )
    clash = await update(client, shared, shared=False)

    for payload in (again, same, clash):
        assert [(each["code"], each["path"]) for each in payload["errors"]] == [
            ("NOT_UNIQUE", ["input", "name"])
        ]


async def test_a_record_shows_shared_tags_and_the_viewers_own_by_name(client: Client) -> None:
    colleague = await client.colleague(administrator=True)
    record = await account(client)
    tags = [
        await tag(client, "zoo", shared=True),
        await tag(client, "Âne"),
        await tag(client, "Bal"),
    ]

    payload = await add(client, tags, record)

    assert payload["changed"] == 1
    assert await tags_on(client, record) == ["Âne", "Bal", "zoo"]
    assert await tags_on(colleague, record) == ["zoo"]


async def test_history_tells_of_shared_tags_only(client: Client) -> None:
    record = await account(client)
    a, b = await tag(client, "A", shared=True), await tag(client, "B", shared=True)
    own = await tag(client, "Moi")

    await add(client, [a, own, b], record)
    again = await add(client, [a], record)
    await update(client, a, name="AA")
    await remove(client, [own, a], record)
    await delete(client, b)

    assert again["changed"] == 0
    assert await history(client, record) == [
        ("TAGGED", [a, b], "A, B"),
        ("UNTAGGED", [a], "AA"),
        ("UNTAGGED", [b], "B"),
    ]
    assert await tags_on(client, record) == []


async def test_tags_of_others_are_nowhere(client: Client) -> None:
    """Neither as nodes nor on records, in lists, filters and counts; no mutation finds them."""
    other = await client.colleague(administrator=True)
    stranger = await client.world.company()
    record = await account(client)
    hidden = await tag(other, "Secret")
    foreign = await tag(stranger, "Ailleurs", shared=True)
    await add(other, [hidden], record)

    for id in (hidden, foreign, "tag-999999999", "tag-x", "tag-"):
        data = await client.ask(
            "query ($id: ID!, $record: ID!) { node(id: $id) { id } "
            "tags { totalCount nodes { id } } record(id: $record) { tags { id } } }",
            id=id,
            record=str(record),
        )
        assert data == {
            "node": None,
            "tags": {"totalCount": 0, "nodes": []},
            "record": {"tags": []},
        }
        payload = await add(client, [id], record)
        assert [(each["code"], each["path"]) for each in payload["errors"]] == [
            ("NOT_FOUND", ["tags", "0"])
        ]
        assert (await remove(client, [id], record))["errors"][0]["code"] == "NOT_FOUND"
        assert (await update(client, id, name="Vu"))["errors"][0]["code"] == "NOT_FOUND"
        assert (await delete(client, id))["errors"][0]["code"] == "NOT_FOUND"
    assert await tags_on(other, record) == ["Secret"]


async def filtered(client: Client, **tags: list[str]) -> list[int]:
    data = await client.ask(
        "query ($filter: CustomerAccountFilter) { customerAccounts(filter: $filter, orderBy: "
        "[{id: ASC}]) { nodes { id } totalCount } }",
        filter={"tags": tags},
    )
    found = data["customerAccounts"]
    assert found["totalCount"] == len(found["nodes"])
    return [int(each["id"]) for each in found["nodes"]]


async def test_lists_are_filtered_by_tags(client: Client, compiled: bool) -> None:
    other = await client.colleague(administrator=True)
    a, b, ab, plain = [await account(client) for _ in range(4)]
    red, blue = await tag(client, "Rouge", shared=True), await tag(client, "Bleu")
    hidden = await tag(other, "Secret")
    await add(client, [red], a, ab)
    await add(client, [blue], b, ab)
    await add(other, [hidden], a, b, ab, plain)

    assert await filtered(client, **{"in": [red]}) == [a, ab]
    assert await filtered(client, **{"in": [red, blue]}) == [a, b, ab]
    assert await filtered(client, all=[red, blue, red]) == [ab]
    assert await filtered(client, none=[blue]) == [a, plain]
    assert await filtered(client, **{"in": [red], "none": [blue]}) == [a]
    assert await filtered(client, **{"in": []}) == []
    assert await filtered(client, all=[]) == await filtered(client, none=[]) == [a, b, ab, plain]
    for unseen in (hidden, "tag-999999999"):
        assert await filtered(client, **{"in": [unseen]}) == []
        assert await filtered(client, **{"in": [unseen, red]}) == [a, ab]
        assert await filtered(client, all=[unseen, red]) == []
        assert await filtered(client, none=[unseen]) == [a, b, ab, plain]
    assert client.statements == (1 if compiled else 2)


async def test_tags_of_neighbours_are_filtered_by_too(client: Client) -> None:
    first, second = await account(client), await account(client)
    red = await tag(client, "Rouge")
    await made(
        client,
        "Contact",
        [{"last_name": n, "account": id} for n, id in (("a", first), ("b", second))],
    )
    await add(client, [red], second)

    data = await client.ask(
        "query ($red: [ID!]) { contacts(filter: {account: {tags: {in: $red}}}) "
        "{ nodes { lastName } } }",
        red=[red],
    )

    assert data["contacts"]["nodes"] == [{"lastName": "b"}]


@pytest.mark.parametrize("given", ["7", "x", "comment-7", ""])
async def test_what_is_no_id_of_a_tag_is_refused_in_filters(client: Client, given: str) -> None:
    (error,) = await client.refused(
        "query ($ids: [ID!]) { customerAccounts(filter: {tags: {in: $ids}}) { totalCount } }",
        ids=[given],
    )

    assert error["code"] == "BAD_FILTER"


async def test_the_tags_of_all_records_are_one_statement(client: Client) -> None:
    ids = await made(client, "CustomerAccount", [{"name": str(i)} for i in range(50)])
    names = ["a", "b", "c"]
    tags = [await tag(client, name, shared=name == "b") for name in names]
    await add(client, tags, *ids)
    document = (
        "query ($first: Int) { customerAccounts(first: $first) { nodes { tags { name shared "
        "usageCount { value exact display } records(first: 2) { nodes { id } } } } } }"
    )

    await client.ask(document, first=1)
    for_one = client.statements
    data = await client.ask(document, first=50)

    assert client.statements == for_one == 4
    assert (
        data["customerAccounts"]["nodes"]
        == [
            {
                "tags": [
                    {
                        "name": name,
                        "shared": name == "b",
                        "usageCount": {"value": 50, "exact": True, "display": "50"},
                        "records": {"nodes": [{"id": str(ids[49])}, {"id": str(ids[48])}]},
                    }
                    for name in names
                ]
            }
        ]
        * 50
    )


async def test_usage_is_of_the_records_one_sees(client: Client) -> None:
    colleague = await client.colleague()
    mine = await account(client)
    theirs = await account(client, owner=colleague.user_id)
    gone = await account(client, owner=colleague.user_id)
    red = await tag(client, "Rouge", shared=True)
    await add(client, [red], mine, theirs, gone)
    await client.act("delete", "CustomerAccount", str(gone))
    document = (
        "query ($id: ID!) { node(id: $id) { ... on Tag { usageCount { value } "
        "records { totalCount nodes { id } } } } }"
    )

    seen = [(await each.ask(document, id=red))["node"] for each in (client, colleague)]

    assert [each["usageCount"]["value"] for each in seen] == [2, 1]
    assert [each["records"]["totalCount"] for each in seen] == [2, 1]
    assert seen[1]["records"]["nodes"] == [{"id": str(theirs)}]


async def test_usage_is_counted_up_to_a_thousand(client: Client) -> None:
    ids = await made(client, "Product", [{"name": "x"}] * (MOST + 1))
    red = await tag(client, "Rouge")
    payload = await add(client, [red], module="Product", filter={})
    document = "query ($id: ID!) { node(id: $id) { ... on Tag { usageCount { value exact } } } }"

    more = (await client.ask(document, id=red))["node"]["usageCount"]
    await remove(client, [red], ids[0])
    exact = (await client.ask(document, id=red))["node"]["usageCount"]

    assert payload["changed"] == MOST + 1
    assert (more, exact) == ({"value": MOST, "exact": False}, {"value": MOST, "exact": True})


async def test_a_shared_tag_takes_the_right_to_edit_a_private_one_to_read(client: Client) -> None:
    colleague = await client.colleague()
    await client.share("CustomerAccount")
    read, hidden = await account(client), (await made(client, "Product", [{"name": "x"}]))[0]
    theirs = await account(client, owner=colleague.user_id)
    shared, own = await tag(client, "Rouge", shared=True), await tag(colleague, "Bleu")

    private = await add(colleague, [own], read, theirs, hidden, "x")
    public = await add(colleague, [shared, own], read, theirs, hidden)

    def codes(payload: Any) -> list[list[str]]:
        return [[e["code"] for e in each["errors"]] for each in payload["outcomes"]]

    assert codes(private) == [[], [], ["NOT_FOUND"], ["NOT_FOUND"]]
    assert codes(public) == [["FORBIDDEN"], [], ["NOT_FOUND"]]
    assert public["outcomes"][0]["errors"] == [{"code": "FORBIDDEN", "path": ["records"]}]
    assert await tags_on(colleague, read) == ["Bleu"]
    assert await tags_on(colleague, theirs) == ["Bleu", "Rouge"]
    assert (await remove(colleague, [shared], read))["outcomes"][0]["errors"][0][
        "code"
    ] == "FORBIDDEN"


async def test_a_locked_record_takes_tags(client: Client) -> None:
    customer = await account(client)
    (invoice,) = await made(
        client,
        "CustomerInvoice",
        [{"account": customer, "subject": "x", "due_on": "2026-03-31", "issued_on": "2026-03-01"}],
    )
    await client.world.database.pool.execute(
        "UPDATE customer_invoice SET status = 'sent' WHERE id = $1", invoice
    )

    payload = await add(client, [await tag(client, "Rouge", shared=True)], invoice)

    assert payload["changed"] == 1


async def test_many_records_are_tagged_by_a_filter_and_each_tells_what_became_of_it(
    client: Client,
) -> None:
    rows = [{"subject": "x", "status": status} for status in ("open", "closed", "open")]
    tickets = await made(client, "Ticket", rows)
    red = await tag(client, "Rouge", shared=True)
    await add(client, [red], tickets[0])

    payload = await add(client, [red], module="Ticket", filter={"status": {"notIn": ["CLOSED"]}})

    assert payload["done"] == 2
    assert payload["changed"] == 1
    assert payload["outcomes"] == [
        {"id": str(id), "changed": changed, "errors": []}
        for id, changed in ((tickets[0], False), (tickets[2], True))
    ]


async def test_a_filter_may_be_written_into_the_document(client: Client) -> None:
    (ticket, _) = await made(
        client, "Ticket", [{"subject": "x", "status": status} for status in ("open", "closed")]
    )
    red = await tag(client, "Rouge")

    data = await client.ask(
        'mutation ($tags: [ID!]!) { addTags(tags: $tags, module: "Ticket", filter: '
        '{status: {in: ["OPEN"]}}) { outcomes { id changed } } }',
        tags=[red],
    )

    assert data["addTags"]["outcomes"] == [{"id": str(ticket), "changed": True}]


@pytest.mark.parametrize(
    ("arguments", "code", "path"),
    [
        ({}, "BAD_USER_INPUT", ["records"]),
        ({"records": ["1"], "filter": {}, "module": "Ticket"}, "BAD_USER_INPUT", ["records"]),
        ({"filter": {}}, "BAD_USER_INPUT", ["module"]),
        ({"filter": {}, "module": "LineItem"}, "BAD_USER_INPUT", ["module"]),
        ({"filter": {"nothing": 1}, "module": "Ticket"}, "BAD_FILTER", ["filter", "nothing"]),
        ({"filter": [1], "module": "Ticket"}, "BAD_FILTER", ["filter"]),
        ({"tags": []}, "BAD_USER_INPUT", ["tags"]),
        ({"records": [str(i) for i in range(10_001)]}, "BAD_USER_INPUT", ["records"]),
    ],
)
async def test_what_cannot_be_tagged_is_refused_as_a_whole(
    client: Client, arguments: dict[str, Any], code: str, path: list[str]
) -> None:
    given = {"tags": [await tag(client, "Rouge")], **arguments}

    payload = await move(client, "addTags", **given)

    assert payload["outcomes"] == []
    assert [(each["code"], each["path"]) for each in payload["errors"]] == [(code, path)]


async def test_all_or_nothing(client: Client) -> None:
    record, red = await account(client), await tag(client, "Rouge", shared=True)

    payload = await add(client, [red], record, "999999999", atomic=True)

    assert [bool(each["errors"]) for each in payload["outcomes"]] == [False, True]
    assert payload["errors"][0]["code"] == "NOT_FOUND"
    assert await tags_on(client, record) == []


async def test_a_record_has_so_many_tags_at_most(client: Client) -> None:
    record = await account(client)
    tags = [await tag(client, f"t{i}") for i in range(ON_RECORD + 1)]
    for start in range(0, ON_RECORD, 20):
        await add(client, tags[start : start + 20], record)

    payload = await add(client, tags[-1:], record)

    assert payload["outcomes"][0]["errors"] == [{"code": "BAD_USER_INPUT", "path": ["records"]}]
    assert (await add(client, tags[:1], record))["outcomes"][0]["errors"] == []


async def test_tags_come_back_with_a_record_from_the_bin(client: Client) -> None:
    record, red = await account(client), await tag(client, "Rouge", shared=True)
    await add(client, [red], record)

    await client.act("delete", "CustomerAccount", str(record))
    refused = await remove(client, [red], record)
    await client.act("restore", "CustomerAccount", str(record))

    assert refused["outcomes"][0]["errors"][0]["code"] == "NOT_FOUND"
    assert await tags_on(client, record) == ["Rouge"]


async def test_a_tag_is_shared_and_made_private_again_and_history_tells(client: Client) -> None:
    colleague = await client.colleague(administrator=True)
    record = await account(client)
    red = await tag(client, "Rouge")
    await add(client, [red], record)

    await update(client, red, shared=True, name="Rouge vif")
    in_between = await tags_on(colleague, record)
    await update(client, red, shared=False)

    assert in_between == ["Rouge vif"]
    assert await tags_on(colleague, record) == []
    assert await tags_on(client, record) == ["Rouge vif"]
    assert await history(client, record) == [
        ("TAGGED", [red], "Rouge vif"),
        ("UNTAGGED", [red], "Rouge vif"),
    ]


async def test_a_shared_tag_that_others_use_stays_shared(client: Client) -> None:
    colleague = await client.colleague(administrator=True)
    red = await tag(client, "Rouge", shared=True)
    record = await account(client)
    await add(colleague, [red], record)

    used = await update(client, red, shared=False)
    await remove(client, [red], record)
    free = await update(client, red, shared=False)

    assert [(each["code"], each["path"]) for each in used["errors"]] == [
        ("INVALID", ["input", "shared"])
    ]
    assert free["tag"]["shared"] is False


async def test_a_tag_on_records_one_may_not_edit_stays_private(client: Client) -> None:
    colleague = await client.colleague()
    await client.share("CustomerAccount")
    record = await account(client)
    blue = await tag(colleague, "Bleu")
    await add(colleague, [blue], record)

    payload = await update(colleague, blue, shared=True)

    assert [(each["code"], each["path"]) for each in payload["errors"]] == [
        ("FORBIDDEN", ["input", "shared"])
    ]
    assert await tags_on(client, record) == []


async def test_a_shared_tag_is_changed_by_its_owner_and_by_administrators(client: Client) -> None:
    colleague, other = await client.colleague(), await client.colleague()
    shared = await tag(colleague, "Rouge", shared=True)

    by_other, gone = await update(other, shared, name="x"), await delete(other, shared)
    hidden = await update(client, shared, shared=False)
    renamed = await update(client, shared, name="Vert", color="#00ff00")

    assert by_other["errors"][0]["code"] == gone["errors"][0]["code"] == "FORBIDDEN"
    assert hidden["errors"][0]["code"] == "FORBIDDEN"
    assert renamed["tag"] == {
        "id": shared,
        "name": "Vert",
        "color": "#00ff00",
        "shared": True,
        "mine": False,
    }


async def test_deleting_a_tag_says_of_how_many_records_it_was_taken_off(client: Client) -> None:
    colleague = await client.colleague()
    mine = await account(client)
    theirs = await account(client, owner=colleague.user_id)
    red = await tag(colleague, "Rouge", shared=True)
    await add(client, [red], mine, theirs)

    payload = await delete(colleague, red)

    assert payload == {"id": red, "usageCount": 1, "errors": []}
    assert await tags_on(client, mine) == []
    assert (await client.ask("query ($id: ID!) { node(id: $id) { id } }", id=red))["node"] is None


async def test_a_tag_on_too_many_records_is_neither_deleted_nor_shared(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [await account(client) for _ in range(3)]
    red = await tag(client, "Rouge")
    await add(client, [red], *records)
    monkeypatch.setattr("db.tagging.MOST", 2)

    deleted, shared = await delete(client, red), await update(client, red, shared=True)

    assert deleted["errors"] == [{"code": "BAD_USER_INPUT", "path": ["id"]}]
    assert shared["errors"][0]["code"] == "BAD_USER_INPUT"
    assert await tags_on(client, records[0]) == ["Rouge"]


async def test_tags_are_listed_by_name_and_found_by_its_beginning(client: Client) -> None:
    colleague = await client.colleague()
    for name in ("Zèbre", "été", "Ecru", "eau"):
        await tag(client, name)
    await tag(client, "Épais", shared=True)
    await tag(colleague, "Exclu")

    data = await client.ask(
        "{ all: tags(first: 3) { totalCount pageInfo { endCursor } nodes { name } } "
        'some: tags(search: "É") { nodes { name } } }'
    )
    rest = await client.ask(
        "query ($after: String) { tags(after: $after) { nodes { name } } }",
        after=data["all"]["pageInfo"]["endCursor"],
    )

    assert data["all"]["totalCount"] == 5
    assert [each["name"] for each in data["all"]["nodes"]] == ["eau", "Ecru", "Épais"]
    assert [each["name"] for each in rest["tags"]["nodes"]] == ["été", "Zèbre"]
    assert [each["name"] for each in data["some"]["nodes"]] == ["eau", "Ecru", "Épais", "été"]


async def test_a_key_makes_tags_once(client: Client) -> None:
    record = await account(client)
    document = (
        "mutation ($key: String, $name: String!) { createTag(input: {name: $name}, idempotencyKey: "
        "$key) { tag { id } errors { code } } }"
    )
    first = await client.ask(document, key="k", name="Rouge")
    again = await client.ask(document, key="k", name="Rouge")
    other = await client.ask(document, key="k", name="Bleu")
    red = first["createTag"]["tag"]["id"]
    adding = (
        "mutation ($tags: [ID!]!, $records: [ID!]) { addTags(tags: $tags, records: $records, "
        f'idempotencyKey: "l") {MOVED} }}'
    )
    added = await client.ask(adding, tags=[red], records=[str(record)])
    await remove(client, [red], record)
    repeated = await client.ask(adding, tags=[red], records=[str(record)])

    assert again == first
    assert other["createTag"]["errors"] == [{"code": "IDEMPOTENCY_MISMATCH"}]
    assert repeated == added
    assert added["addTags"]["changed"] == 1
    assert await tags_on(client, record) == []


async def test_statements_do_not_grow_with_the_records_tagged(client: Client) -> None:
    ids = await made(client, "Product", [{"name": "x"}] * 50)
    red, blue = await tag(client, "Rouge", shared=True), await tag(client, "Bleu", shared=True)

    await add(client, [red], ids[0])
    for_one = client.statements
    await add(client, [blue], *ids)

    assert client.statements == for_one


@pytest.mark.parametrize("plan", [plans.first, plans.kept])
async def test_what_a_rare_tag_is_on_is_found_by_the_tag(client: Client, plan: Any) -> None:
    ids = await made(client, "Product", [{"name": "x"}] * 3000)
    common, rare = await tag(client, "Courant"), await tag(client, "Rare")
    for at, some in ((common, ids), (rare, ids[::1000])):
        await client.world.database.pool.execute(
            "INSERT INTO tagging SELECT $1, id, $3 FROM unnest($2::bigint[]) id",
            int(at.removeprefix("tag-")),
            some,
            client.user_id,
        )
    for table in ("record", "product", "tagging", "tag"):
        await client.world.database.pool.execute(f"ANALYZE {table}")
    module, viewer, part = client.suite["Product"], await client.viewer(), Slice(20)

    async def read(statement: Statement, **values: Any) -> float:
        nodes = await plan(client.world.database, statement, viewer, {**part.values, **values})
        return plans.rows_read(nodes, "record", "product", "tagging")

    listing = page_statement(Tagged(client.suite.register), viewer.scope, part.shape)
    assert await read(listing, parents=[int(rare.removeprefix("tag-"))]) <= 6
    assert await read(listing, parents=[int(common.removeprefix("tag-"))]) <= 42
    for operator in ("in", "all"):
        asked = conditions.parse(module, {"tags": {operator: [rare]}})
        listed = Records(module, None, asked.shape)
        filtering = page_statement(listed, viewer.scope, part.shape)
        assert await read(filtering, **asked.values) <= 12


async def test_two_who_make_the_same_tag_at_once_make_one(client: Client) -> None:
    made = await gather(
        *(
            written(client, "createTag", "CreateTagInput", input={"name": name, "shared": True})
            for name in ("Été", "ete", "ÉTÉ")
        )
    )

    told = sorted(error["code"] for each in made for error in each["errors"])
    assert told == ["NOT_UNIQUE", "NOT_UNIQUE"]


@dataclass
class Model:
    """What tags there are, in plain Python: users, records and tags by their place."""

    editors: dict[int, set[int]]
    """By record, the users who may edit it."""
    readers: dict[int, set[int]]
    owner: dict[int, int] = field(default_factory=dict)
    shared: dict[int, bool] = field(default_factory=dict)
    on: dict[tuple[int, int], int] = field(default_factory=dict)
    """Who put a tag on a record, by both."""

    def sees(self, user: int, tag: int) -> bool:
        return tag in self.owner and (self.shared[tag] or self.owner[tag] == user)

    def may_edit(self, user: int, tag: int) -> bool:
        # The first user is an administrator.
        return self.owner[tag] == user or (self.shared[tag] and user == 0)

    def move(self, user: int, record: int, tag: int, off: bool) -> bool:
        """Whether it was done, or was so already."""
        rights = self.editors if self.shared.get(tag) else self.readers
        if not self.sees(user, tag) or user not in rights[record]:
            return False
        if off:
            self.on.pop((record, tag), None)
        else:
            self.on.setdefault((record, tag), user)
        return True

    def share(self, user: int, tag: int, shared: bool) -> bool:
        if not self.sees(user, tag) or not self.may_edit(user, tag):
            return False
        used = [(record, by) for (record, each), by in self.on.items() if each == tag]
        told = shared and not self.shared[tag]
        if told and any(user not in self.editors[record] for record, _ in used):
            return False
        hidden = self.shared[tag] and not shared
        if hidden and (self.owner[tag] != user or any(by != user for _, by in used)):
            return False
        self.shared[tag] = shared
        return True

    def delete(self, user: int, tag: int) -> int | None:
        """How many records that the user sees it was on; None where refused."""
        if not self.sees(user, tag) or not self.may_edit(user, tag):
            return None
        records = [record for record, each in self.on if each == tag]
        self.on = {key: by for key, by in self.on.items() if key[1] != tag}
        del self.owner[tag], self.shared[tag]
        return sum(user in self.readers[record] for record in records)


users, records, numbers = st.integers(0, 2), st.integers(0, 3), st.integers(0, 4)
steps = st.one_of(
    st.tuples(st.sampled_from(("add", "remove")), users, records, numbers),
    st.tuples(st.just("share"), users, st.booleans(), numbers),
    st.tuples(st.just("delete"), users, st.none(), numbers),
)


@examples(15)
@given(
    tags=st.lists(st.tuples(users, st.booleans()), min_size=3, max_size=5),
    steps=st.lists(steps, max_size=20),
)
async def test_tags_are_those_of_a_plain_model(
    world: World, tags: list[tuple[int, bool]], steps: list[tuple[str, int, Any, int]]
) -> None:
    alice = await world.company()
    people = [alice, await alice.colleague("Basile"), await alice.colleague("Camille")]
    await alice.share("Product")
    owned = [("Product", 1), ("Product", 2), ("Ticket", 1), ("Ticket", 0)]
    rows = {"Product": {"name": "x"}, "Ticket": {"subject": "x"}}
    ids = [
        (await made(alice, module, [{**rows[module], "owner": people[who].user_id}]))[0]
        for module, who in owned
    ]
    editors = {i: {0, who} for i, (_, who) in enumerate(owned)}
    readers = {
        i: {0, 1, 2} if module == "Product" else {0, who} for i, (module, who) in enumerate(owned)
    }
    model, made_tags = Model(editors, readers), []
    for i, (user, shared) in enumerate(tags):
        made_tags.append(await tag(people[user], f"t{i}", shared=shared))
        model.owner[i], model.shared[i] = user, shared

    for what, user, how, number in steps:
        number %= len(tags)
        id, client = made_tags[number], people[user]
        if what == "share":
            payload = await update(client, id, shared=how)
            assert model.share(user, number, how) is not bool(payload["errors"])
        elif what == "delete":
            payload = await delete(client, id)
            assert payload["usageCount"] == model.delete(user, number)
        else:
            payload = await move(client, f"{what}Tags", [id], records=[str(ids[how])])
            refused = payload["errors"] or payload["outcomes"][0]["errors"]
            assert model.move(user, how, number, what == "remove") is not bool(refused)

    for user, client in enumerate(people):
        for record, row in enumerate(ids):
            if user in readers[record]:
                seen = [i for i in range(len(tags)) if (record, i) in model.on]
                expected = [f"t{i}" for i in seen if model.sees(user, i)]
                assert await tags_on(client, row) == expected
        for i, id in enumerate(made_tags):
            data = await client.ask(
                "query ($id: ID!, $filter: ProductFilter) { node(id: $id) { ... on Tag "
                "{ usageCount { value } } } products(filter: $filter) { totalCount } }",
                id=id,
                filter={"tags": {"in": [id]}},
            )
            on = [r for r, each in model.on if each == i and user in readers[r]]
            there = model.sees(user, i)
            assert data["node"] == ({"usageCount": {"value": len(on)}} if there else None)
            products = [r for r in on if owned[r][0] == "Product"] if there else []
            assert data["products"]["totalCount"] == len(products)
    assert await untold(alice) == []
