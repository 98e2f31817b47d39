"""The pages of docs/clients as programs: their blocks, and the files they tell to write."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.client import Client
from tests.conftest import ROOT
from tests.test_live import listening_on

FOLDER = ROOT / "docs" / "clients"


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of one language on a page, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", (FOLDER / page).read_text(), re.S | re.M)


def files(page: str) -> dict[str, str]:
    """The blocks that are files, by the name in their title."""
    found = re.findall(
        r'^```\w+ title="([^"]+)"\n(.*?)^```', (FOLDER / page).read_text(), re.S | re.M
    )
    return dict(found)


def write(page: str, folder: Path) -> None:
    """Write the files of a page into a folder."""
    for name, text in files(page).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@asynccontextmanager
async def surroundings(client: Client) -> AsyncIterator[dict[str, str]]:
    """What the pages read of the environment, while the service answers there."""
    async with listening_on(client.world.app) as (url, _):
        token = client.headers["Authorization"].removeprefix("Bearer ")
        yield {"FICHES_URL": url.replace("ws:", "http:"), "FICHES_TOKEN": token}


async def run(*command: str, folder: Path, **environment: str) -> str:
    """What a program prints that must succeed."""
    running = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        printed, said = await asyncio.wait_for(running.communicate(), 60)
    finally:
        if running.returncode is None:
            running.kill()
    assert running.returncode == 0, said.decode()
    return printed.decode()
