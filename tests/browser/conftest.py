"""A browser, and a site to open in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import ide

from .chromium import PROGRAM, Page, chromium
from .toy import service, serving


@pytest.fixture(scope="session")
def toy() -> Iterator[str]:
    """The address of the smallest service that has the page at /graphql."""
    with serving(service()) as address:
        yield address


@pytest.fixture(scope="session")
def site(toy: str) -> str:
    """The address of the service under test; the page is at /graphql, in demo mode."""
    return toy


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """A blank page; skipped without a browser on a developer's machine, a failure under CI."""
    cannot = pytest.fail if os.environ.get("CI") else pytest.skip
    if PROGRAM is None:
        cannot("chromium is not installed: apt-get install chromium")
    if not (ide.BUILT / "index.html").exists():
        cannot("the page is not built: make assets")
    with chromium(tmp_path / "profile") as opened:
        yield opened
