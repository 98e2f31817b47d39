"""What docs/clients shows of clients for Node can be copied and run, and passes `tsc --strict`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import guides
from tests.client import Client
from tests.conformance.node import FOLDER, node
from tests.conftest import ROOT

pytestmark = pytest.mark.conformance

CHECKED = {
    "extends": "../../tsconfig.json",
    # urql's own types do not hold under it.
    "compilerOptions": {"exactOptionalPropertyTypes": False},
    "include": ["**/*.ts", "**/*.tsx"],
}


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """A folder of the test's own, from which the packages are found."""
    path = FOLDER / "clients" / request.node.name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    (path / "tsconfig.json").write_text(json.dumps(CHECKED))
    yield path
    shutil.rmtree(path)


async def typed(folder: Path) -> None:
    """Check the types of what is in the folder."""
    ended = await node("typescript/bin/tsc", "--project", str(folder))
    assert ended.printed == ""
    assert ended.code == 0


@pytest.mark.parametrize("page", ["urql.md", "apollo.md"])
async def test_a_program_prints_what_its_page_says(client: Client, folder: Path, page: str) -> None:
    guides.write(page, folder)
    await typed(folder)

    async with guides.surroundings(client) as environment:
        program = str(folder / "client.ts")
        ended = await node(program, folder=folder, seconds=60, **environment)

    assert ended.printed == guides.blocks(page, "text")[0]
    assert ended.code == 0


async def test_relay_pages_through_the_comments_of_any_record(client: Client, folder: Path) -> None:
    guides.write("relay.md", folder)
    (folder / "schema.graphql").symlink_to(ROOT / "schema.graphql")
    compiled = await node("relay-compiler/cli.js", "relay.config.json", folder=folder)
    assert compiled.code == 0, compiled.printed
    await typed(folder)
    built = await node(str(FOLDER / "babel.mjs"), str(folder))
    assert (built.code, built.printed) == (0, "")
    account = await client.create("CustomerAccount", name="Dupont")
    invoice = await client.create(
        "CustomerInvoice",
        account=account,
        subject="Mars",
        issuedOn="2026-03-01",
        dueOn="2026-03-31",
    )
    for number in range(5):
        await client.comment([account, invoice][number % 2], f"note {number}")

    async with guides.surroundings(client) as environment:
        ended = await node(
            *(str(FOLDER / "relay.mjs"), str(folder), invoice),
            folder=FOLDER,
            seconds=60,
            **environment,
        )

    assert ended.code == 0, ended.printed
    shown = json.loads(ended.printed)
    assert shown["comments"] == [f"note {number}" for number in reversed(range(5))]
    assert shown["pages"] == [2, 2, 1]
