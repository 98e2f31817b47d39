"""What docs/clients shows can be copied and run. Those for Node: tests/conformance/."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests import guides
from tests.client import Client


async def test_curl(client: Client, tmp_path: Path) -> None:
    steps = guides.blocks("curl.md", "sh")
    script = "\n".join(["set -euo pipefail", *(f"{step}\necho" for step in steps)])

    async with guides.surroundings(client) as environment:
        printed = await guides.run("bash", "-c", script, folder=tmp_path, **environment)

    answers = [json.loads(line) for line in printed.splitlines() if line]
    for each in answers:
        each.pop("extensions", None)
    assert answers == [json.loads(block) for block in guides.blocks("curl.md", "json")]


async def test_python(client: Client, tmp_path: Path) -> None:
    guides.write("python.md", tmp_path)

    async with guides.surroundings(client) as environment:
        printed = await guides.run(sys.executable, "client.py", folder=tmp_path, **environment)

    assert [printed] == guides.blocks("python.md", "text")
