"""API keys: what they open, what they never do, and how they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db import api_keys
from tests.client import Client

CREATE = (
    "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key apiKey { id name "
    "hint scopes company { id } expiresAt expired lastUsedAt } errors { path code message } } }"
)
REVOKE = "mutation ($id: ID!) { revokeApiKey(id: $id) { errors { path code message } } }"
KEYS = "{ viewer { apiKeys { id name lastUsedAt expired } } }"
WHO = "{ viewer { id company { id } } }"
COMMENT = (
    'mutation ($record: ID!) { addComment(record: $record, body: "x") '
    "{ change { origin actor { name } } errors { code } } }"
)


async def made(client: Client, **given: Any) -> Any:
    """The payload of a new key."""
    return (await client.ask(CREATE, input={"name": "Boutique", **given}))["createApiKey"]


async def program(client: Client, **given: Any) -> Client:
    """A program that acts for the client, by a key of its own."""
    key = (await made(client, **given))["key"]
    acting = Client(client.http, client.world, client.user_id, client.company_id)
    acting.headers = {"Authorization": f"Bearer {key}", "Accept-Language": "en"}
    return acting


async def codes(client: Client, document: str, **variables: Any) -> list[str]:
    return [each["code"] for each in await client.refused(document, **variables)]


async def test_a_key_is_shown_once_and_acts_as_its_user(client: Client) -> None:
    payload = await made(client)

    key, kept = payload["key"], payload["apiKey"]
    client.headers["Authorization"] = f"Bearer {key}"
    assert (payload["errors"], len(key)) == ([], 50)
    assert key.startswith(kept["hint"])
    assert len(kept["hint"]) == len("fiches_") + 4
    assert (kept["scopes"], kept["company"], kept["expired"]) == (["READ"], None, False)
    assert (await client.ask(WHO))["viewer"]["id"] == f"user-{client.user_id}"


async def test_only_the_hash_of_a_key_is_kept(client: Client) -> None:
    key = (await made(client))["key"]

    kept = await client.world.database.pool.fetchval(
        "SELECT k::text FROM api_key k WHERE user_id = $1", client.user_id
    )

    assert key not in kept
    assert key.removeprefix("fiches_")[4:] not in kept


async def test_what_a_key_does_is_told_as_by_api(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    acting = await program(client, scopes=["WRITE"])

    payload = (await acting.ask(COMMENT, record=account))["addComment"]

    assert payload["change"]["origin"] == "API"
    by_hand = (await client.ask(COMMENT, record=account))["addComment"]
    assert by_hand["change"]["origin"] == "MANUAL"
    assert payload["change"]["actor"] == by_hand["change"]["actor"]


async def test_a_key_that_reads_writes_nothing(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    acting = await program(client, scopes=["READ"])

    refused = await acting.refused(COMMENT, record=account)

    message = "This API key may only read; use one with the scope WRITE."
    assert refused == [{"code": "FORBIDDEN", "message": message}]
    assert await acting.comments(account) == []


@pytest.mark.parametrize(
    "field",
    [
        'createApiKey(input: {name: "x"}) { errors { code } }',
        'revokeApiKey(id: "key-1") { errors { code } }',
        'revokeApiKey(id: "x") { errors { code } }',
        "signOut { errors { code } }",
        "signOutEverywhere { errors { code } }",
        'revokeSession(id: "session-1") { errors { code } }',
        'changePassword(current: "x", new: "y") { errors { code } }',
    ],
)
async def test_no_key_makes_keys_or_ends_sessions(client: Client, field: str) -> None:
    acting = await program(client, scopes=["WRITE"])

    data = await acting.ask(f"mutation {{ done: {field} }}")

    assert data["done"]["errors"] == [{"code": "FORBIDDEN"}]
    assert len((await client.ask(KEYS))["viewer"]["apiKeys"]) == 1


async def test_a_revoked_key_is_refused_with_the_next_operation(client: Client) -> None:
    acting = await program(client)
    (key,) = (await client.ask(KEYS))["viewer"]["apiKeys"]
    stranger = await client.colleague(administrator=True)

    by_another = (await stranger.ask(REVOKE, id=key["id"]))["revokeApiKey"]
    unknown = (await client.ask(REVOKE, id="key-x"))["revokeApiKey"]
    await acting.ask(WHO)
    revoked = (await client.ask(REVOKE, id=key["id"]))["revokeApiKey"]

    for each in (by_another, unknown):
        assert [error["code"] for error in each["errors"]] == ["NOT_FOUND"]
    assert revoked["errors"] == []
    assert await codes(acting, WHO) == ["UNAUTHENTICATED"]
    assert (await client.ask(KEYS))["viewer"]["apiKeys"] == []


async def test_a_key_expires(client: Client) -> None:
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    acting = await program(client, expiresAt=later)
    await acting.ask(WHO)

    await client.world.database.pool.execute(
        "UPDATE api_key SET expires_at = now() WHERE user_id = $1", client.user_id
    )

    assert await codes(acting, WHO) == ["UNAUTHENTICATED"]
    (key,) = (await client.ask(KEYS))["viewer"]["apiKeys"]
    assert key["expired"] is True


async def test_a_key_leaves_with_its_user(client: Client) -> None:
    acting = await program(client)
    await client.world.database.pool.execute(
        "UPDATE app_user SET active = false WHERE id = $1", client.user_id
    )

    assert await codes(acting, WHO) == ["UNAUTHENTICATED"]


async def test_a_key_acts_in_the_company_it_is_limited_to(client: Client) -> None:
    other = await client.world.company()
    await client.world.database.pool.execute(
        "INSERT INTO membership (user_id, company_id) VALUES ($1, $2)",
        client.user_id,
        other.company_id,
    )
    acting = await program(client, company=f"company-{other.company_id}")
    free = await program(client)

    acts_in = (await acting.ask(WHO))["viewer"]["company"]["id"]
    at_home = (await free.ask(WHO))["viewer"]["company"]["id"]
    acting.headers["Fiches-Company"] = f"company-{client.company_id}"
    free.headers["Fiches-Company"] = f"company-{other.company_id}"

    assert acts_in == f"company-{other.company_id}"
    assert at_home == f"company-{client.company_id}"
    assert await codes(acting, WHO) == ["NOT_FOUND"]
    assert (await free.ask(WHO))["viewer"]["company"]["id"] == acts_in
    # Nor does it act elsewhere once its user may not act there.
    del acting.headers["Fiches-Company"]
    await client.world.database.pool.execute(
        "DELETE FROM membership WHERE user_id = $1", client.user_id
    )
    assert await codes(acting, WHO) == ["UNAUTHENTICATED"]


async def test_every_wrong_value_is_told(client: Client) -> None:
    client.headers["Accept-Language"] = "en"
    stranger = await client.world.company()

    payload = await made(
        client,
        name=" ",
        scopes=[],
        expiresAt="2020-01-01T00:00:00Z",
        company=f"company-{stranger.company_id}",
    )

    assert payload["key"] is None
    assert [(each["path"], each["code"]) for each in payload["errors"]] == [
        (["input", "name"], "REQUIRED"),
        (["input", "scopes"], "REQUIRED"),
        (["input", "expiresAt"], "INVALID"),
        (["input", "company"], "NOT_FOUND"),
    ]
    for name, code in (("x" * 101, "TOO_LONG"), ("a\0", "INVALID"), ("a\nb", "INVALID")):
        (error,) = (await made(client, name=name))["errors"]
        assert error["code"] == code
    (error,) = (await made(client, company="x"))["errors"]
    assert error["code"] == "NOT_FOUND"


async def test_a_user_has_so_many_keys_and_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_keys, "MOST", 2)
    for _ in range(2):
        await made(client)

    payload = await made(client)

    assert [each["code"] for each in payload["errors"]] == ["BAD_USER_INPUT"]


async def test_the_last_use_is_noted_once_a_minute(client: Client) -> None:
    acting = await program(client)
    noted = "SELECT last_used_at, xmin::text FROM api_key WHERE user_id = $1"
    pool = client.world.database.pool
    assert (await client.ask(KEYS))["viewer"]["apiKeys"][0]["lastUsedAt"] is None

    await acting.ask(WHO)
    first = await pool.fetchrow(noted, client.user_id)
    await acting.ask(WHO)
    second = await pool.fetchrow(noted, client.user_id)
    await pool.execute(
        "UPDATE api_key SET last_used_at = now() - interval '61 s' WHERE user_id = $1",
        client.user_id,
    )
    await acting.ask(WHO)
    third = await pool.fetchrow(noted, client.user_id)

    assert first["last_used_at"] is not None
    assert second == first
    assert third["last_used_at"] > first["last_used_at"]


async def test_listing_keys_and_sessions_takes_a_statement_each(client: Client) -> None:
    for _ in range(3):
        await made(client, company=f"company-{client.company_id}")

    await client.ask("{ viewer { sessions { id } apiKeys { id company { id } } } }")

    assert client.statements == 3
