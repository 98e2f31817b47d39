"""Records by themselves: created, read, changed, deleted."""

from __future__ import annotations

from tests.client import Client


async def test_a_record_gets_the_next_number_of_its_module(client: Client) -> None:
    await client.create("CustomerAccount", name="Dupont")
    await client.create("CustomerAccount", name="Durand")

    data = await client.ask("{ customerAccounts { nodes { number title } } }")

    assert data["customerAccounts"]["nodes"] == [
        {"number": "CLI-00002", "title": "Durand"},
        {"number": "CLI-00001", "title": "Dupont"},
    ]
