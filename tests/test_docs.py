"""The pages under docs/ tell the truth: their GraphQL is valid, what they link is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from graphql import parse, validate

from graph.app import schema
from graph.schema import suite
from scripts import write_docs
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


@pytest.mark.parametrize("name", sorted(write_docs.PAGES))
def test_settings_errors_and_commands_are_those_of_the_code(name: str) -> None:
    kept = (ROOT / "docs" / name).read_text()

    assert kept == write_docs.PAGES[name](), "run `make docs` and commit the page"


def test_every_page_is_in_the_site() -> None:
    text = (ROOT / "mkdocs.yml").read_text()

    pages = {named(page).removeprefix("docs/") for page in PAGES}
    assert pages - set(re.findall(r"([\w/-]+\.md)$", text, re.M)) == set()


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (built.returncode, built.stderr) == (0, "")
    assert (tmp_path / "settings.html").exists()
