"""The README tells the truth: its headline query gives its answer, its documents are valid."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

import pytest
from graphql import parse, validate

from db.demo import ADMINISTRATOR
from graph.app import schema
from graph.schema import suite
from tests.client import Client
from tests.conftest import ROOT, served

README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture
async def administrator(demo_url: str) -> AsyncIterator[Client]:
    async with served(demo_url) as world:
        row = await world.database.pool.fetchrow(
            "SELECT id, company_id FROM app_user WHERE email = $1", ADMINISTRATOR
        )
        yield Client(world.http, world, row["id"], row["company_id"])


async def test_the_headline_query_gives_the_answer_printed(
    administrator: Client, compiled: bool
) -> None:
    answer = await administrator.answer(blocks("graphql")[0], {}, **{"accept-language": "fr"})

    printed = json.loads(blocks("json")[0])
    assert answer["data"] == printed["data"]
    if compiled:
        assert answer["extensions"] == printed["extensions"]


def test_the_headline_query_is_the_example_kept() -> None:
    assert blocks("graphql")[0] == (ROOT / "examples" / "headline.graphql").read_text()


def test_every_document_is_valid_in_the_schema() -> None:
    wrong = {
        document: [error.message for error in validate(schema(suite())._schema, parse(document))]
        for document in blocks("graphql")
    }

    assert {document: errors for document, errors in wrong.items() if errors} == {}


def test_every_file_that_is_linked_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert [name for name in linked if not (ROOT / name).exists()] == []
