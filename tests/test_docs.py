"""The pages under docs/ tell the truth: their GraphQL is valid, what they link is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from graphql import parse, validate

from graph.app import schema
from graph.schema import suite
from tests.conftest import ROOT

PAGES = sorted((ROOT / "docs").rglob("*.md"))


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_document_on_a_page_is_valid_in_the_schema(page: Path) -> None:
    wrong = {
        document: errors
        for document in re.findall(r"```graphql\n(.*?)```", page.read_text(), re.DOTALL)
        if (errors := validate(schema(suite())._schema, parse(document)))
    }

    assert wrong == {}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_file_that_a_page_links_is_there(page: Path) -> None:
    linked = re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text())

    assert [name for name in linked if not (page.parent / name).exists()] == []
