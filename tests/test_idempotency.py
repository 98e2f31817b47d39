"""A request under a key is done once: sent again it is answered again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.client import Client
from tests.saves import Save, act, create, history, read, stored, update


async def test_the_same_request_again_gives_the_same_record_and_change(client: Client) -> None:
    first = await create(client, "CustomerAccount", "name", key="k-1", name="Dupont")
    before = await stored(client)

    again = await create(client, "CustomerAccount", "name phone", key="k-1", name="Dupont")

    assert again.id == first.id
    assert again.record["name"] == "Dupont"
    assert again.change == first.change
    assert await stored(client) == before


async def test_an_answer_given_again_shows_the_record_as_it_is_now(client: Client) -> None:
    first = await create(client, "CustomerAccount", key="k-1", name="Dupont")
    await update(client, "CustomerAccount", first.id, name="Durand")

    again = await create(client, "CustomerAccount", key="k-1", name="Dupont")

    assert (again.id, again.record["title"]) == (first.id, "Durand")


async def test_another_request_under_the_key_is_refused(client: Client) -> None:
    account = await create(client, "CustomerAccount", key="k-1", name="Dupont")
    before = await stored(client)

    saves = [
        await create(client, "CustomerAccount", key="k-1", name="Durand"),
        await create(client, "Supplier", key="k-1", name="Dupont"),
        await update(client, "CustomerAccount", account.id, key="k-1", name="Dupont"),
        await act(client, "delete", "CustomerAccount", account.id, key="k-1"),
    ]

    assert [(save.codes, save.paths) for save in saves] == [
        (["IDEMPOTENCY_MISMATCH"], [["idempotencyKey"]])
    ] * 4
    assert await stored(client) == before


async def test_values_in_another_order_are_the_same_request(client: Client) -> None:
    first = await create(client, "CustomerAccount", key="k-1", name="Dupont", phone="1")

    again = await create(client, "CustomerAccount", key="k-1", phone="1", name="Dupont")

    assert again.id == first.id


async def test_many_at_once_have_one_effect(client: Client) -> None:
    saves = await asyncio.gather(
        *(create(client, "CustomerAccount", key="k-1", name="Dupont") for _ in range(20))
    )

    assert len({save.id for save in saves}) == 1
    assert await stored(client) == (1, 1, 0)


async def test_an_update_and_a_deletion_are_done_once(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")

    updates = [
        await update(client, "CustomerAccount", account, key="u", expected=1, name="Durand")
        for _ in range(2)
    ]
    deletions = [await act(client, "delete", "CustomerAccount", account, key="d") for _ in range(2)]

    assert updates[0].change == updates[1].change
    assert deletions[0].change == deletions[1].change
    assert [save.errors for save in (*updates, *deletions)] == [[]] * 4
    await act(client, "restore", "CustomerAccount", account)
    assert [each["operation"] for each in await history(client, account)] == [
        "CREATED",
        "UPDATED",
        "DELETED",
        "RESTORED",
    ]


async def test_what_changed_nothing_is_answered_again_too(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await update(client, "CustomerAccount", account, key="u", name="Dupont")
    await update(client, "CustomerAccount", account, name="Durand")

    again = await update(client, "CustomerAccount", account, key="u", name="Dupont")

    assert (again.change, again.record["title"]) == (None, "Durand")


async def test_a_refused_request_leaves_its_key_free(client: Client) -> None:
    refused = await create(client, "CustomerAccount", key="k-1", name=" ")

    made = await create(client, "CustomerAccount", key="k-1", name="Dupont")

    assert (refused.codes, made.errors) == (["REQUIRED"], [])


async def test_keys_are_the_user_s_own(client: Client) -> None:
    colleague = await client.colleague()

    saves: list[Save] = [
        await create(each, "CustomerAccount", key="k-1", name="Dupont")
        for each in (client, colleague)
    ]

    assert saves[0].id != saves[1].id


async def test_a_key_used_in_one_company_is_another_request_in_the_next(client: Client) -> None:
    other = await client.world.company()
    await client.world.database.pool.execute(
        "INSERT INTO membership (user_id, company_id) VALUES ($1, $2)",
        client.user_id,
        other.company_id,
    )
    await create(client, "CustomerAccount", key="k-1", name="Dupont")

    client.headers["Fiches-Company"] = f"company-{other.company_id}"
    elsewhere = await create(client, "CustomerAccount", key="k-1", name="Dupont")

    assert elsewhere.codes == ["IDEMPOTENCY_MISMATCH"]


async def test_a_key_is_kept_for_a_day(client: Client) -> None:
    first = await create(client, "CustomerAccount", key="k-1", name="Dupont")
    await client.world.database.pool.execute(
        "UPDATE idempotency SET at = now() - interval '25 hours' WHERE user_id = $1",
        client.user_id,
    )

    again = await create(client, "CustomerAccount", key="k-1", name="Dupont")

    assert again.id != first.id


@pytest.mark.parametrize("key", ["", "x" * 201, "a\0b", "a\nb"])
async def test_what_is_no_key_is_refused(client: Client, key: str) -> None:
    save = await create(client, "CustomerAccount", key=key, name="Dupont")

    assert (save.codes, save.paths) == (["BAD_USER_INPUT"], [["idempotencyKey"]])
    assert await stored(client) == (0, 0, 0)


@pytest.mark.parametrize("value", [{"a": [1.5, None, True, "é"]}, [], "texte", 2**53])
async def test_any_input_may_have_a_key(client: Client, value: Any) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    values = {"name": "X", "account": account, "specifications": value}

    saves = [
        await create(client, "CustomerEquipment", "specifications", key="k-1", **values)
        for _ in range(2)
    ]

    assert saves[0].id == saves[1].id
    found = await read(client, "CustomerEquipment", saves[0].id, "specifications")
    assert found == {"specifications": value}
