"""Numbers: without gaps, per module and company, given with the record or not at all."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from db.errors import InvalidInput
from db.writing import Work
from tests.client import Client
from tests.saves import act, create


async def numbers(client: Client, many: str) -> list[str]:
    """The numbers of a module's records, in the order of their series."""
    data = await client.ask(f"{{ {many}(first: 100) {{ nodes {{ number }} }} }}")
    return sorted(each["number"] for each in data[many]["nodes"])


async def test_numbers_given_at_once_have_no_gap(client: Client) -> None:
    saves = await asyncio.gather(
        *(create(client, "CustomerAccount", name=f"Compte {i}") for i in range(20))
    )

    assert [save.errors for save in saves] == [[]] * 20
    assert await numbers(client, "customerAccounts") == [f"CLI-{i:05d}" for i in range(1, 21)]


async def test_a_refused_record_leaves_no_gap(client: Client) -> None:
    await create(client, "Product", name="Vis", sku="V-1")

    saves = await asyncio.gather(
        *(create(client, "Product", name=f"P{i}", sku=f"V-{i % 3}") for i in range(9))
    )
    await create(client, "Product", name="Écrou")

    assert sum(1 for save in saves if not save.errors) == 2
    assert await numbers(client, "products") == [f"PDT-{i:05d}" for i in range(1, 5)]


async def test_a_number_is_lost_with_the_unit_of_work_that_took_it(client: Client) -> None:
    module = client.suite["CustomerAccount"]

    async def second_refused() -> None:
        async with Work(client.world.database, await client.viewer()) as work:
            await work.create(module, {"name": "Un"})
            await work.create(module, {})

    with pytest.raises(InvalidInput):
        await second_refused()
    await create(client, "CustomerAccount", name="Deux")

    assert await numbers(client, "customerAccounts") == ["CLI-00001"]


async def test_each_company_and_module_has_its_own_series(client: Client) -> None:
    other = await client.world.company()

    await create(client, "CustomerAccount", name="A")
    await create(client, "Supplier", name="B")
    await create(other, "CustomerAccount", name="C")
    await create(client, "CustomerAccount", name="D")

    assert await numbers(client, "customerAccounts") == ["CLI-00001", "CLI-00002"]
    assert await numbers(other, "customerAccounts") == ["CLI-00001"]
    assert len(await numbers(client, "suppliers")) == 1


async def test_a_deleted_record_keeps_its_number(client: Client) -> None:
    account = await client.create("CustomerAccount", name="A")

    await act(client, "delete", "CustomerAccount", account)
    await create(client, "CustomerAccount", name="B")
    await act(client, "restore", "CustomerAccount", account)

    assert await numbers(client, "customerAccounts") == ["CLI-00001", "CLI-00002"]


async def test_documents_are_numbered_by_year(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")

    await create(client, "Quote", subject="X", account=account)
    await create(client, "Quote", subject="Y", account=account)

    year = date.today().year
    assert await numbers(client, "quotes") == [f"DEV-{year}-00001", f"DEV-{year}-00002"]


async def test_the_year_of_a_number_is_that_of_the_company_s_clock(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime, tzinfo

    from db import writing

    class NewYear(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> NewYear:
            moment = cls(2026, 12, 31, 23, 30, tzinfo=UTC)
            return moment if tz is None else moment.astimezone(tz)

    account = await client.create("CustomerAccount", name="Dupont")
    monkeypatch.setattr(writing, "datetime", NewYear)

    await create(client, "Quote", subject="X", account=account)

    assert await numbers(client, "quotes") == ["DEV-2027-00001"]


async def test_a_draft_of_an_accounting_document_has_a_provisional_number(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")

    drafts = [
        await create(
            client,
            "CustomerInvoice",
            account=account,
            subject="X",
            issuedOn="2026-03-01",
            dueOn="2026-04-01",
        )
        for _ in range(2)
    ]

    assert [draft.record["number"] for draft in drafts] == [
        f"FAC-PROV-{draft.id}" for draft in drafts
    ]
    row = await client.world.database.pool.fetchrow(
        "SELECT count(*) FROM counter WHERE company_id = $1 AND series LIKE 'FAC%'",
        client.company_id,
    )
    assert row["count"] == 0
