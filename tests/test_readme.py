"""The README tells the truth: its headline query gives its answer, its documents are valid."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from graphql import parse, validate

from db.demo import ADMINISTRATOR
from graph.app import schema
from graph.schema import suite
from tests.client import Client, World
from tests.conftest import ROOT, served

README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture
async def office(demo_url: str) -> AsyncIterator[World]:
    """The service of the demo company."""
    async with served(demo_url) as world:
        yield world


async def answered(office: World, email: str, document: str) -> Any:
    """What a user of the demo company is answered in French."""
    row = await office.database.pool.fetchrow(
        "SELECT id, company_id FROM app_user WHERE email = $1", email
    )
    client = Client(office.http, office, row["id"], row["company_id"])
    return await client.answer(document, {}, **{"accept-language": "fr"})


async def test_the_headline_query_gives_the_answer_printed(office: World, compiled: bool) -> None:
    answer = await answered(office, ADMINISTRATOR, blocks("graphql")[0])

    printed = json.loads(blocks("json")[0])
    assert answer["data"] == printed["data"]
    if compiled:
        assert answer["extensions"] == printed["extensions"]


async def test_each_of_the_five_gets_the_answer_printed_to_the_same_query(office: World) -> None:
    printed = json.loads(blocks("json")[1])

    answers = {email: await answered(office, email, blocks("graphql")[1]) for email in printed}

    assert {email: answer["data"] for email, answer in answers.items()} == printed
    assert len({json.dumps(answer["data"]) for answer in answers.values()}) == 5
    assert all("errors" not in answer for answer in answers.values())


@pytest.mark.parametrize(("place", "name"), [(0, "headline.graphql"), (1, "who-sees-what.graphql")])
def test_queries_with_answers_are_the_examples_kept(place: int, name: str) -> None:
    assert blocks("graphql")[place] == (ROOT / "examples" / name).read_text()


def test_every_document_is_valid_in_the_schema() -> None:
    wrong = {
        document: [error.message for error in validate(schema(suite())._schema, parse(document))]
        for document in blocks("graphql")
    }

    assert {document: errors for document, errors in wrong.items() if errors} == {}


def test_every_file_that_is_linked_is_there() -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert [name for name in linked if not (ROOT / name).exists()] == []
