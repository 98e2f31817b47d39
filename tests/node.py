"""Node, for the tests that run what front ends run."""

from __future__ import annotations

import os

import pytest

from scripts import build_assets
from tests.conftest import ROOT


def node_with(package: str) -> build_assets.Node:
    """A Node beside which the npm package is installed; skips without, but where tests must run."""
    node = next(build_assets.nodes(), None)
    if not os.environ.get("CI"):
        if node is None:
            pytest.skip("there is no Node")
        if not (ROOT / "web" / "node_modules" / package).exists():
            pytest.skip("web/node_modules is not installed: run `make assets`")
    assert node is not None
    return node
