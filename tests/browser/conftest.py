"""A browser, and a site to open in it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from graph import ide
from tests.conftest import SECRET

from .chromium import PROGRAM, Page, chromium
from .toy import service, serving


@pytest.fixture(scope="session")
def toy() -> Iterator[str]:
    """The address of the smallest service that has the page at /graphql."""
    with serving(service()) as address:
        yield address


@pytest.fixture(scope="session")
def site(demo_url: str) -> Iterator[str]:
    """The address of the product itself, served with the demo company; the page is at /graphql."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"DATABASE_URL": demo_url, "SECRET_KEY": SECRET, "PORT": str(port), "DEMO": "1"}
    environment = os.environ | {f"FICHES_{name}": value for name, value in settings.items()}
    server = subprocess.Popen([sys.executable, "-m", "graph", "serve"], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        while not ready(address):
            assert server.poll() is None, "the server has stopped"
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def ready(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/ready").status_code == 200
    except httpx2.TransportError:
        return False


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
