"""docs/writing.md tells the truth: its documents, done in order, give the answers printed."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from tests.client import Client
from tests.conftest import ROOT

PAGE: Final = (ROOT / "docs" / "writing.md").read_text()
STEPS: Final = re.findall(r"```graphql\n(.*?)```\n\n```json\n(.*?)```", PAGE, re.DOTALL)


async def test_each_document_gives_the_answer_printed(client: Client) -> None:
    ids: dict[str, str] = {}

    for document, printed in STEPS:
        expected = json.loads(printed)
        answer = await client.answer(renamed(document, ids), {}, **{"accept-language": "en"})
        learn(expected, answer["data"], ids)

        assert answer["data"] == json.loads(renamed(printed, ids))


def test_every_document_has_its_answer() -> None:
    assert len(STEPS) == PAGE.count("```graphql") == PAGE.count("```json") > 0


def learn(printed: Any, given: Any, ids: dict[str, str]) -> None:
    """Note which ids the company has for those printed on the page."""
    if isinstance(printed, dict) and isinstance(given, dict):
        for name in printed.keys() & given.keys():
            if name in ("id", "line"):
                ids.setdefault(printed[name], given[name])
            else:
                learn(printed[name], given[name], ids)
    elif isinstance(printed, list) and isinstance(given, list):
        for one, other in zip(printed, given, strict=False):
            learn(one, other, ids)


def renamed(text: str, ids: dict[str, str]) -> str:
    """The text with the company's ids, in provisional numbers too."""
    text = re.sub(r'"((?:line-)?[0-9]+)"', lambda found: f'"{ids.get(found[1], found[1])}"', text)
    return re.sub(r"-PROV-([0-9]+)", lambda found: f"-PROV-{ids.get(found[1], found[1])}", text)
