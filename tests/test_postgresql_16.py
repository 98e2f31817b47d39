"""The oldest PostgreSQL that is supported answers as the newest does: a smoke run."""

from __future__ import annotations

import asyncio
from pathlib import Path

from db.embedded import Embedded
from tests.conftest import fresh_database, served
from tests.tampering import tampering, verify


async def test_a_client_with_invoices_and_rolled_up_comments_on_postgresql_16(
    tmp_path: Path,
) -> None:
    with Embedded.start(tmp_path / "postgres", version=16) as server:
        url = await fresh_database(server, "oldest")
        async with served(url) as world:
            client = await world.company()
            account = await client.create("CustomerAccount", name="Évrard")
            await client.create(
                "CustomerInvoice",
                account=account,
                subject="Mars",
                issuedOn="2026-03-01",
                dueOn="2026-03-31",
                lineItems=[{"label": "Conseil", "unitPrice": "100", "vatRate": "20"}],
            )
            await client.comment(account, "Rappeler le comptable")

            await asyncio.gather(*(client.create("Product", name=str(i)) for i in range(8)))
            async with tampering(client) as connection:
                sealed = await verify(connection, client)
            data = await client.ask(
                """
                { customerAccounts(filter: {name: {startsWith: "evr"}}) { nodes {
                  name
                  invoices { totalCount nodes { totalInclTax
                    comments(rollUp: true) { edges { via { kind } node { body } } } } }
                } }
                search(text: "evr") { groups { hits { matchedField record { title } } } } }
                """
            )

    assert (sealed.bad, sealed.head.position) == (None, 11)
    comment = {"via": {"kind": "UP"}, "node": {"body": "Rappeler le comptable"}}
    assert data["customerAccounts"]["nodes"] == [
        {
            "name": "Évrard",
            "invoices": {
                "totalCount": 1,
                "nodes": [{"totalInclTax": "120.00", "comments": {"edges": [comment]}}],
            },
        }
    ]
    hit = {"matchedField": "title", "record": {"title": "Évrard"}}
    assert data["search"] == {"groups": [{"hits": [hit]}]}
