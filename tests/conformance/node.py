"""Programs of Node with the packages of `conformance/`, run to their end."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from scripts import install_conformance
from tests.conftest import ROOT

FOLDER = ROOT / "conformance"


@dataclass(frozen=True)
class Ended:
    """How a program ended, and what it printed."""

    code: int | None
    printed: str


async def node(
    program: str, *arguments: str, folder: Path = FOLDER, seconds: float = 120, **environment: str
) -> Ended:
    """Run a script of an installed package (`eslint/bin/eslint.js`), or one that is a path."""
    script = Path(program) if program.startswith("/") else install_conformance.package(program)
    running = await asyncio.create_subprocess_exec(
        *(install_conformance.node().program, str(script), *arguments),
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "0", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        printed, _ = await asyncio.wait_for(running.communicate(), seconds)
    except TimeoutError:
        running.kill()
        await running.wait()
        raise
    return Ended(running.returncode, printed.decode())
