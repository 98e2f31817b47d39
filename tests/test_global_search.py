"""The global search over titles, numbers, e-mails, phones and references of all modules."""

from __future__ import annotations

from typing import Any

import pytest

from tests.client import Client
from tests.properties import made

SEARCH = """
query ($text: String!, $modules: [String!], $first: Int) {
  search(text: $text, modules: $modules, first: $first) {
    complete
    groups { module moduleLabel hasMore
      hits { matchedField matchedLabel matchedText record { id title number } } }
  }
}
"""


async def searched(client: Client, text: str, **arguments: Any) -> Any:
    return (await client.ask(SEARCH, text=text, **arguments))["search"]


async def hits(client: Client, text: str, **arguments: Any) -> list[tuple[str, str]]:
    """The fields and titles of all hits."""
    found = await searched(client, text, **arguments)
    return [
        (hit["matchedField"], hit["record"]["title"])
        for group in found["groups"]
        for hit in group["hits"]
    ]


@pytest.mark.parametrize("text", ["boul", "dupont boul", "BOULANGERIE  dup", "Dupônt"])
async def test_titles(client: Client, text: str) -> None:
    await made(
        client, "CustomerAccount", [{"name": "Boulangerie Dupont", "phone": "01 42 96 10 10"}]
    )

    assert await hits(client, text) == [("title", "Boulangerie Dupont")]
    assert client.statements == 1
