"""docs/page draws any record's page from two queries: what it draws of the demo is kept.

`KEEP=1` in the environment keeps what is drawn now: look at what changed before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from typing import Any

import pytest

from db.demo import ADMINISTRATOR
from tests.client import Client
from tests.conftest import ROOT, served
from tests.loading import script

draw = script(ROOT / "docs" / "page" / "draw.py")
KEPT = ROOT / "tests" / "pages"
RECORDS = {
    "invoice-fr": ("CustomerInvoice", "FAC-2026-00001", "fr"),
    "invoice-en": ("CustomerInvoice", "FAC-2026-00001", "en"),
    "employee-fr": ("Person", "", "fr"),
    "ticket-en": ("Ticket", "", "en"),
}
"""By the file that keeps what is drawn: the module, the number (the first unless given)."""

STATEMENTS = {"CustomerInvoice": 15, "Person": 9, "Ticket": 9}
"""What the query of a record takes."""


@pytest.fixture(scope="module")
async def administrator(demo_url: str) -> AsyncIterator[Client]:
    async with served(demo_url) as office:
        row = await office.database.pool.fetchrow(
            "SELECT id, company_id FROM app_user WHERE email = $1", ADMINISTRATOR
        )
        yield Client(office.http, office, row["id"], row["company_id"])


async def asked(client: Client, query: str, language: str, **variables: Any) -> Any:
    answer = await client.answer(query, variables, **{"Accept-Language": language})
    assert not answer.get("errors"), answer["errors"]
    return answer["data"]


async def first(client: Client, module: str, number: str) -> str:
    """The id of a record that the demo tells of."""
    found: str = await client.world.database.pool.fetchval(
        "SELECT min(id)::text FROM record WHERE module = $1 AND ($2 = '' OR number = $2)",
        module,
        number,
    )
    return found


@pytest.mark.parametrize("name", RECORDS)
async def test_the_page_of_a_record_is_drawn_as_kept(administrator: Client, name: str) -> None:
    module, number, language = RECORDS[name]
    id = await first(administrator, module, number)

    record = (await asked(administrator, draw.RECORD, language, id=id))["record"]
    cost = administrator.statements
    told = (await asked(administrator, draw.MODULE, language, name=module))["module"]

    drawn = draw.page(told, without_moments(record), language)
    if os.environ.get("KEEP"):
        (KEPT / f"{name}.txt").write_text(drawn)
    assert drawn == (KEPT / f"{name}.txt").read_text()
    assert cost == STATEMENTS[module]


def without_moments(record: Any) -> Any:
    """The record without the moments at which the demo was told."""
    for block in record["details"]["blocks"]:
        for field in block["fields"]:
            if field["name"] in ("createdAt", "updatedAt"):
                field["display"] = "…"
    for change in record["history"]["nodes"]:
        change["at"] = "…"
    return record


async def test_the_page_of_every_module_can_be_drawn(administrator: Client) -> None:
    for module in administrator.suite.modules:
        id = await first(administrator, module.name, "")
        record = (await asked(administrator, draw.RECORD, "en", id=id))["record"]
        told = (await asked(administrator, draw.MODULE, "en", name=module.name))["module"]

        drawn = draw.page(told, record, "en")

        assert record["header"]["number"] in drawn, module.name
        for tab in told["tabs"]:
            assert tab["label"] in drawn


def test_the_queries_stand_in_full_in_the_documentation() -> None:
    page = (ROOT / "docs" / "record-page.md").read_text()

    for query in (draw.MODULE, draw.RECORD):
        assert f"```graphql\n{query}```" in page
