"""The command line, run as people run it: what it prints, how it ends, what it leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from joserfc import jws

from db.embedded import Embedded
from db.settings import PREFIX
from graph.doctor import masked

ROOT = Path(__file__).parent.parent
LONG = "a secret of more than thirty-two characters"
NOWHERE = "postgresql://me:hunter2@127.0.0.1:1/records"

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for the commands of this module."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found: int = free.getsockname()[1]
        return found


@pytest.fixture
def start(data: Path) -> Iterator[Start]:
    """Start a command with settings given in lower case; what still runs is killed at the end."""
    started: list[subprocess.Popen[str]] = []

    def begin(*words: str, **settings: object) -> subprocess.Popen[str]:
        given = {PREFIX + name.upper(): str(value) for name, value in settings.items()}
        others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        process = subprocess.Popen(
            [sys.executable, "-m", "graph", *words],
            env={**others, f"{PREFIX}DATA_DIR": str(data), **given},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def run(start: Start) -> Run:
    """Run a command to its end."""

    def end(*words: str, stdin: str = "", **settings: object) -> subprocess.CompletedProcess[str]:
        process = start(*words, **settings)
        out, err = process.communicate(stdin, timeout=120)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    return end


def healthy(port: int, process: subprocess.Popen[str]) -> bool:
    """Wait until the service answers, or its process ends."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    return False


def left_behind(data: Path) -> list[int]:
    """Servers of PostgreSQL on a data folder."""
    return [
        process.pid
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres"
        and str(data / "postgres") in (process.info["cmdline"] or ())
    ]


def alive(process: psutil.Process) -> bool:
    """Whether a process runs; one that ended may be listed until someone asks how."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_stopped_service_leaves_no_process(
    start: Start, data: Path, port: int, workers: int, end: signal.Signals
) -> None:
    process = start("serve", port=port, workers=workers)
    assert healthy(port, process)
    family = psutil.Process(process.pid).children(recursive=True)
    assert left_behind(data) != []

    process.send_signal(end)
    out, err = process.communicate(timeout=30)

    assert (process.returncode, out) == (
        0,
        f"Fiches answers on http://127.0.0.1:{port} (Ctrl-C stops it)\n",
    )
    assert "Traceback" not in err
    assert left_behind(data) == []
    # Python's own tracker of several processes ends of itself, once the last of them is gone.
    psutil.wait_procs(family, timeout=10)
    assert [each for each in family if alive(each)] == []


def test_a_start_stopped_half_way_leaves_no_process(start: Start, tmp_path: Path) -> None:
    process = start("migrate", data_dir=tmp_path)
    while not (tmp_path / "postgres" / "log").exists():
        time.sleep(0.01)
    process.terminate()
    _, err = process.communicate(timeout=30)

    assert "Traceback" not in err
    assert left_behind(tmp_path) == []


def test_a_taken_port_is_told_before_anything_starts(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        done = run("serve", port=port, data_dir=tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        f"fiches: port {port} on 127.0.0.1 is taken:"
        " stop what uses it, or set FICHES_PORT to another\n"
    )
    assert left_behind(tmp_path) == []
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize(
    ("words", "settings", "told"),
    [
        (["serve"], {"port": "many"}, "FICHES_PORT does not fit: "),
        (["serve"], {"host": "192.0.2.1"}, "port 8000 on 192.0.2.1 cannot be used"),
        (["serve"], {"database_url": NOWHERE}, "FICHES_SECRET_KEY is not: set"),
        (["migrate"], {"database_url": NOWHERE}, "the database cannot be reached"),
        (["migrate"], {"data_dir": "/dev/null/data"}, "make it an empty folder of the user"),
        (["token", "a@b.example"], {"database_url": NOWHERE}, "the database cannot be reached"),
    ],
)
def test_what_a_person_can_cure_is_one_line(
    run: Run, words: list[str], settings: dict[str, str], told: str
) -> None:
    done = run(*words, **settings)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("fiches: ")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr


def test_a_traceback_comes_with_debug_only(run: Run) -> None:
    done = run("migrate", database_url=NOWHERE, debug=1)

    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_database_newer_than_the_code_is_told(run: Run, data: Path) -> None:
    assert run("migrate").returncode == 0
    assert run("migrate").stdout == "The database is up to date\n"
    folder = data.parent / f"{data.name}-newer"
    shutil.copytree(data, folder)
    with Embedded.start(folder / "postgres") as server:
        statement = "UPDATE alembic_version SET version_num = 'tomorrow'"
        subprocess.run([server.program("psql"), "-q", server.url, "-c", statement], check=True)

    done = run("serve", data_dir=folder)

    assert done.returncode == 1
    assert "the database is at revision tomorrow, which this version of Fiches" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_user_is_added_and_gets_a_token(run: Run) -> None:
    alone = run("user", "add", "ada@fiches.example", stdin="a long password\n")
    assert alone.stderr == "fiches: there is no company yet: name the first one with --company\n"
    assert run("token", "ada@fiches.example").returncode == 1

    added = run(
        *("user", "add", "ada@fiches.example", "--name", "Ada", "--company", "Fiches"),
        stdin="a long password\n",
    )
    again = run("user", "add", "ADA@fiches.example", stdin="a long password\n")
    token = run("token", "ada@fiches.example", "--hours", "1")

    assert (added.returncode, added.stdout) == (0, "Added ada@fiches.example\n")
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    assert token.stdout.count(".") == 2
    assert token.stdout.count("\n") == 1


def test_a_password_is_changed_and_has_to_be_a_good_one(run: Run) -> None:
    add = ("user", "add", "eve@fiches.example", "--company", "Fiches")
    weak = run(*add, stdin="password1234\n")
    assert run(*add, stdin="a long password\n").returncode == 0

    changed = run("user", "password", "eve@fiches.example", stdin="another password\n")
    short = run("user", "password", "eve@fiches.example", stdin="short\n")
    nobody = run("user", "password", "who@fiches.example", stdin="another password\n")
    token = run("token", "eve@fiches.example", "--days", "30")

    assert (changed.returncode, changed.stdout) == (
        0,
        "Changed the password of eve@fiches.example\n",
    )
    assert weak.stderr == (
        "fiches: Password: it is among the first that people try; choose another.\n"
    )
    assert short.stderr == ("fiches: Password: use at least 12 characters; a sentence will do.\n")
    assert nobody.stderr.startswith("fiches: nobody signs in as who@fiches.example")
    said = jws.extract_compact(token.stdout.strip().encode()).payload
    assert json.loads(said)["exp"] - json.loads(said)["iat"] == 30 * 24 * 3600


def test_documents_are_loaded_listed_and_forgotten(run: Run, tmp_path: Path) -> None:
    manifest = tmp_path / "persisted-documents.json"
    manifest.write_text(json.dumps({"own-1": "query Name { viewer { name } }"}))

    for new in (1, 0):
        loaded = run("documents", "load", str(manifest))
        assert loaded.stdout == f"Loaded: 1 documents, {new} of them new\n"
    assert run("documents", "list").stdout.rstrip().endswith("  own-1  Name")
    assert run("documents", "forget", "own-2").stderr.startswith("fiches: no document is kept as")
    assert run("documents", "forget", "own-1").stdout == "Forgotten: 1\n"
    assert run("documents", "list").stdout == ""


def test_an_empty_bin_is_purged(run: Run) -> None:
    done = run("purge")

    told = "Purged: 0. Waiting for what points at them: 0\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, told, "")


def test_a_user_without_a_password_is_refused(run: Run) -> None:
    done = run("user", "add", "bob@fiches.example", "--company", "Fiches")

    assert done.stderr == "fiches: there is no password: type one, or send it as one line\n"


def test_the_schema_needs_no_database(run: Run, tmp_path: Path) -> None:
    done = run("schema", data_dir=tmp_path, database_url=NOWHERE, secret_key=LONG)

    assert done.returncode == 0
    assert "type Query" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_doctor_tells_all_but_secrets(run: Run) -> None:
    done = run("doctor", database_url=NOWHERE, secret_key=LONG, workers=3, prot=8001)

    assert done.returncode == 1
    assert "hunter2" not in done.stdout
    assert LONG not in done.stdout
    lines = done.stdout.splitlines()
    assert any(line.startswith("  strawberry-graphql 0.341.2") for line in lines)
    assert any("FICHES_WORKERS" in line and " 3 (environment)" in line for line in lines)
    assert any("FICHES_PORT" in line and " 8000 (default)" in line for line in lines)
    problems = lines[lines.index("Problems") :]
    assert any("the database cannot be reached" in problem for problem in problems)
    assert "  FICHES_PROT is no setting: correct or unset it" in problems


def test_the_doctor_looks_at_the_embedded_database(run: Run, data: Path, tmp_path: Path) -> None:
    assert "  not made yet: `fiches serve` makes it" in run("doctor", data_dir=tmp_path).stdout
    assert list(tmp_path.iterdir()) == []

    run("migrate")
    seen = run("doctor").stdout

    assert f"  embedded, in {data / 'postgres'}" in seen
    assert "  PostgreSQL 18." in seen
    assert left_behind(data) == []


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        ("postgresql://me:a@b:c/@here:1/x", "postgresql://me:***@here:1/x"),
        (
            "postgresql://me@here/x?password=abc&host=b",
            "postgresql://me@here/x?password=***&host=b",
        ),
        ("postgresql://me@here/x", "postgresql://me@here/x"),
        (None, "unset"),
        (True, "1"),
        (("https://a.example", "https://b.example"), "https://a.example,https://b.example"),
    ],
)
def test_a_password_in_an_address_is_masked(value: object, seen: str) -> None:
    assert masked(value) == seen


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (None, "there is no ./python: install Python 3.11 or newer"),
        ("exit 1", "is too old: install 3.11 or newer"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "has no venv module: install it"),
    ],
)
def test_make_tells_in_one_line_what_python_lacks(
    tmp_path: Path, program: str | None, told: str
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    if program is not None:
        (tmp_path / "python").write_text(f"#!/bin/sh\n{program}\n")
        (tmp_path / "python").chmod(0o755)

    done = subprocess.run(
        ["make", "run", "PYTHON=./python"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(said) == 1
    assert told in said[0]
    assert not (tmp_path / ".venv").exists()


def test_every_word_of_make_is_explained() -> None:
    done = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True)

    for word in ("run", "test", "check", "format", "assets", "schema", "fuzz", "clean"):
        assert f"make {word} " in done.stdout
