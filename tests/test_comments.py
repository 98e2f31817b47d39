"""Comments and their threads: written, answered, changed, deleted, read."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import pytest

from tests.client import Client

THREADS = """
query ($id: ID!) { record(id: $id) { comments { totalCount nodes {
  body deletedAt replyCount
  replies { totalCount nodes { body replyCount } }
} } } }
"""


async def threads(client: Client, record: str) -> list[tuple[str, list[str]]]:
    """Each root's text with those of its replies."""
    data = await client.ask(THREADS, id=record)
    found = data["record"]["comments"]
    assert found["totalCount"] == len(found["nodes"])
    for node in found["nodes"]:
        assert node["replyCount"] == node["replies"]["totalCount"] == len(node["replies"]["nodes"])
    return [
        (node["body"], [reply["body"] for reply in node["replies"]["nodes"]])
        for node in found["nodes"]
    ]


async def written(client: Client, mutation: str, **values: Any) -> Any:
    """The payload of a mutation on a comment."""
    types = {"record": "ID", "body": "String!", "parent": "ID", "id": "ID!"}
    names = ", ".join(f"${name}: {types[name]}" for name in values)
    passed = ", ".join(f"{name}: ${name}" for name in values)
    data = await client.ask(
        f"mutation ({names}) {{ {mutation}({passed}) {{ comment {{ id body editedAt deletedAt }} "
        "change { operation fields { name } } errors { path code } } }",
        **values,
    )
    return data[mutation]


async def test_replies_stand_under_their_root_oldest_first(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    first = await client.comment(account, "Relancer ?")
    await client.comment(account, "Vu au salon")
    answer = await client.comment(account, "Oui", parent=first)
    await client.comment(account, "Fait", parent=answer)

    seen = await threads(client, account)

    assert seen == [("Vu au salon", []), ("Relancer ?", ["Oui", "Fait"])]


async def test_a_reply_goes_to_the_record_of_what_it_answers(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    contact = await client.create("Contact", lastName="Martin", account=account)
    root = await client.comment(account, "Relancer ?")

    await client.comment(contact, "Oui", parent=root)

    assert await threads(client, account) == [("Relancer ?", ["Oui"])]
    assert await threads(client, contact) == []


async def test_replies_are_paged_like_any_list(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    root = await client.comment(account, "Relancer ?")
    for body in "abcde":
        await client.comment(account, body, parent=root)
    document = (
        "query ($id: ID!, $after: String) { node(id: $id) { ... on Comment { "
        "replies(first: 2, after: $after) { nodes { body } "
        "pageInfo { hasNextPage hasPreviousPage endCursor } } } } }"
    )

    pages = []
    after, more = None, True
    while more:
        page = (await client.ask(document, id=root, after=after))["node"]["replies"]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        pages.append("".join(node["body"] for node in page["nodes"]))

    assert pages == ["ab", "cd", "e"]


async def test_a_deleted_root_keeps_its_place_while_it_has_replies(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    contact = await client.create("Contact", lastName="Martin", account=account)
    root = await client.comment(account, "À ne pas lire")
    reply = await client.comment(account, "Entendu", parent=root)

    await written(client, "deleteComment", id=root)
    tombstone = await threads(client, account)
    rolled_up = await client.comments(contact, roll_up=True)
    await written(client, "deleteComment", id=reply)

    assert tombstone == [("", ["Entendu"])]
    assert rolled_up == [""]
    assert await threads(client, account) == []
    assert await client.comments(contact, roll_up=True) == []


async def test_a_deleted_comment_without_replies_is_gone(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    kept = await client.comment(account, "Premier")
    gone = await client.comment(account, "Second")

    deleted = await written(client, "deleteComment", id=gone)
    again = await written(client, "deleteComment", id=gone)
    answered = await written(client, "addComment", body="Oui", parent=gone)

    assert deleted["comment"]["body"] == ""
    assert await threads(client, account) == [("Premier", [])]
    assert [each["code"] for each in again["errors"] + answered["errors"]] == ["NOT_FOUND"] * 2
    assert kept != gone


async def test_the_author_edits_and_others_do_not(client: Client) -> None:
    colleague = await client.colleague()
    await client.share("CustomerAccount")
    account = await client.create("CustomerAccount", name="Dupont")
    comment = await client.comment(account, "Relancer")

    refused = [
        await written(colleague, "editComment", id=comment, body="Oublier"),
        await written(colleague, "deleteComment", id=comment),
    ]
    edited = await written(client, "editComment", id=comment, body="Relancer lundi")

    assert [[each["code"] for each in payload["errors"]] for payload in refused] == [
        ["FORBIDDEN"]
    ] * 2
    assert edited["comment"]["editedAt"] is not None
    assert await threads(colleague, account) == [("Relancer lundi", [])]


async def test_an_administrator_deletes_what_a_colleague_wrote_but_does_not_edit_it(
    client: Client,
) -> None:
    colleague = await client.colleague()
    account = await colleague.create("CustomerAccount", name="Dupont")
    comment = await colleague.comment(account, "Relancer")
    document = "query ($id: ID!) { node(id: $id) { ... on Comment { canEdit canDelete } } }"

    rights = [await each.ask(document, id=comment) for each in (client, colleague)]
    edited = await written(client, "editComment", id=comment, body="Oublier")
    deleted = await written(client, "deleteComment", id=comment)

    assert [each["node"] for each in rights] == [
        {"canEdit": False, "canDelete": True},
        {"canEdit": True, "canDelete": True},
    ]
    assert [each["code"] for each in edited["errors"]] == ["FORBIDDEN"]
    assert deleted["errors"] == []


async def test_comments_leave_the_record_as_it_was_and_its_history_without_their_text(
    client: Client,
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    document = (
        "query ($id: ID!) { record(id: $id) { version updatedAt history { nodes { operation "
        "version fields { after } } } } }"
    )
    before = (await client.ask(document, id=account))["record"]

    comment = await client.comment(account, "Confidentiel")
    await written(client, "editComment", id=comment, body="Secret")
    await written(client, "deleteComment", id=comment)
    after = (await client.ask(document, id=account))["record"]

    assert (after["version"], after["updatedAt"]) == (before["version"], before["updatedAt"])
    told = [(each["operation"], each["version"]) for each in after["history"]["nodes"]]
    assert told == [
        ("COMMENT_DELETED", None),
        ("COMMENT_EDITED", None),
        ("COMMENTED", None),
        ("CREATED", 1),
    ]
    assert "Confidentiel" not in str(after)
    assert "Secret" not in str(after)


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "REQUIRED"), (" \n\t", "REQUIRED"), ("x" * 20_001, "TOO_LONG"), ("a\0", "INVALID")],
)
async def test_a_comment_that_cannot_be_kept_is_refused(
    client: Client, body: str, code: str
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    comment = await client.comment(account, "Bonjour")

    refused = [
        await written(client, "addComment", record=account, body=body),
        await written(client, "editComment", id=comment, body=body),
    ]

    assert [payload["errors"] for payload in refused] == [[{"path": ["body"], "code": code}]] * 2
    assert await threads(client, account) == [("Bonjour", [])]


@pytest.mark.parametrize("record", ["999999999999", "x", "", "comment-1", None])
async def test_there_is_no_commenting_on_what_is_not_there(
    client: Client, record: str | None
) -> None:
    refused = await written(client, "addComment", record=record, body="Bonjour")

    assert refused["comment"] is None
    assert [each["code"] for each in refused["errors"]] == ["NOT_FOUND"]


async def test_comments_on_a_record_one_may_not_see_are_not_there(client: Client) -> None:
    colleague = await client.colleague()
    account = await client.create("CustomerAccount", name="Dupont")
    comment = await client.comment(account, "Entre nous")

    node = await colleague.ask("query ($id: ID!) { node(id: $id) { id } }", id=comment)
    refused = [
        await written(colleague, "addComment", record=account, body="Bonjour"),
        await written(colleague, "addComment", parent=comment, body="Bonjour"),
        await written(colleague, "editComment", id=comment, body="Bonjour"),
        await written(colleague, "deleteComment", id=comment),
    ]

    assert node == {"node": None}
    codes = [each["code"] for payload in refused for each in payload["errors"]]
    assert codes == ["NOT_FOUND"] * 4
    assert await threads(client, account) == [("Entre nous", [])]


async def test_comments_written_at_once_leave_the_latest_as_the_last(
    client: Client, database_url: str
) -> None:
    account = int(await client.create("CustomerAccount", name="Dupont"))
    add = "INSERT INTO comment (record_id, author_id, body) VALUES ($1, $2, '') RETURNING id"
    slow, quick = [await asyncpg.connect(database_url) for _ in range(2)]

    async with slow.transaction():
        await slow.fetch("SELECT now()")  # the older of the two, though it writes last
        async with quick.transaction():
            later = await quick.fetchval(add, account, client.user_id)
            waiting = asyncio.create_task(slow.fetchval(add, account, client.user_id))
            await asyncio.sleep(0.1)
        await waiting
    kept = await quick.fetchval(
        "SELECT last_comment_id FROM customer_account WHERE id = $1", account
    )
    await asyncio.gather(slow.close(), quick.close())

    assert kept == later


async def test_replies_deleted_at_once_are_all_taken_off_the_count(
    client: Client, database_url: str
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    root = await client.comment(account, "Relancer ?")
    replies = [await client.comment(account, body, parent=root) for body in ("Oui", "Fait")]
    numbers = [int(each.removeprefix("comment-")) for each in replies]
    delete = "UPDATE comment SET deleted_at = now() WHERE id = $1"
    one, other = [await asyncpg.connect(database_url) for _ in range(2)]

    async with other.transaction():
        async with one.transaction():
            await one.execute(delete, numbers[0])
            waiting = asyncio.create_task(other.execute(delete, numbers[1]))
            await asyncio.sleep(0.1)
        await waiting
    await asyncio.gather(one.close(), other.close())

    assert await threads(client, account) == [("Relancer ?", [])]
