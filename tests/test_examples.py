"""The examples that GraphiQL opens with: each answers, with what its title promises of the demo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest

from db.demo import ADMINISTRATOR
from graph import ide
from tests.client import Client
from tests.conftest import ROOT, served

EXAMPLES = {
    file.stem: ide.read(file)
    for file in sorted((ROOT / "web" / "public" / "examples").glob("*.graphql"))
}
NOTE = "Rappeler le comptable avant le 15"


@pytest.fixture(scope="module")
async def administrator(demo_url: str) -> AsyncIterator[Client]:
    """Who the page is signed in as."""
    async with served(demo_url) as office:
        row = await office.database.pool.fetchrow(
            "SELECT id, company_id FROM app_user WHERE email = $1", ADMINISTRATOR
        )
        yield Client(office.http, office, row["id"], row["company_id"])


async def run(client: Client, name: str) -> Any:
    """The one field that an example asks for."""
    example = EXAMPLES[name]
    data = await client.ask(example.query, **example.variables)
    (found,) = data.values()
    return found


def bodies(record: Any) -> list[str]:
    return [edge["node"]["body"] for edge in record["comments"]["edges"]]


async def test_the_client_has_invoices_with_entries_and_the_notes_around_them(
    administrator: Client,
) -> None:
    account = await run(administrator, "1-client")

    assert account["name"] == "Boulangerie Dupont"
    for invoice in account["invoices"]["nodes"]:
        posted = invoice["status"] != "DRAFT"
        assert (invoice["accountingEntries"]["nodes"] != []) == posted
    assert any(body.startswith(NOTE) for body in bodies(account))
    assert {edge["via"]["kind"] for edge in account["comments"]["edges"]} >= {"OWN", "DOWN"}
    assert administrator.statements <= 8


async def test_the_record_is_the_client_s_late_invoice(administrator: Client) -> None:
    invoice = await run(administrator, "2-record")

    assert invoice["account"]["title"] == "Boulangerie Dupont"
    assert invoice["balanceDue"] == invoice["totalInclTax"]
    assert [change["operation"] for change in invoice["history"]["nodes"]][-2:] == [
        "FINALISED",
        "CREATED",
    ]
    assert any(body.startswith(NOTE) for body in bodies(invoice))
    assert any(edge["node"]["replies"]["nodes"] for edge in invoice["comments"]["edges"])


async def test_the_list_is_of_what_is_overdue(administrator: Client) -> None:
    page = await run(administrator, "3-list")

    owed = [Decimal(invoice["balanceDue"]) for invoice in page["nodes"]]
    assert owed == sorted(owed, reverse=True)
    assert Decimal(page["aggregate"]["sum"]["balanceDue"]) >= sum(owed)
    assert page["totalCount"] >= len(owed)
    assert max(invoice["dueOn"] for invoice in page["nodes"]) < "2026-11-20"
    assert "Boulangerie Dupont" in {invoice["account"]["name"] for invoice in page["nodes"]}


async def test_the_note_is_left_on_an_account(client: Client, administrator: Client) -> None:
    # On an account of its own: the demo is read by other tests, as it was told.
    account = await client.create("CustomerAccount", name="Boulangerie Dupont")
    note = EXAMPLES["4-comment"]

    data = await client.ask(note.query, **{**note.variables, "account": account})

    assert data["addComment"]["errors"] == []
    assert await client.comments(account) == [note.variables["body"]]
    told = await administrator.ask(
        "query ($id: ID!) { record(id: $id) { title } }", id=note.variables["account"]
    )
    assert told["record"] == {"title": "Boulangerie Dupont"}


def test_each_example_has_a_title_of_one_line_and_its_variables() -> None:
    assert [name for name, example in EXAMPLES.items() if not example.title] == []
    assert {name for name, example in EXAMPLES.items() if example.variables} == EXAMPLES.keys()
