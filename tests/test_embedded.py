"""The embedded server's life: started, shared, stopped, whoever runs it and however it ends."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest

from db.embedded import Embedded, url_of
from db.settings import Settings
from db.start_errors import StartError

ROOT = Path(__file__).parent.parent
PROGRAM = """
import signal, sys, time
from pathlib import Path
from db.embedded import Embedded
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, lambda *_: sys.exit(0))
with Embedded.start(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    time.sleep(600)
"""

Program = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def program() -> Iterator[Program]:
    """Start another process that uses the server on a folder; it prints the address, and waits."""
    started: list[subprocess.Popen[str]] = []

    def start(folder: Path, **options: object) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, str(folder)]
        process: subprocess.Popen[str] = subprocess.Popen(  # type: ignore[call-overload]
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, **options
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def running(folder: Path) -> list[int]:
    """The processes of PostgreSQL that belong to `folder`."""
    first = [
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres" and str(folder) in (process.info["cmdline"] or ())
    ]
    return [each.pid for process in first for each in [process, *process.children()]]


async def answer(url: str, query: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


@pytest.mark.parametrize("version", [16, 18])
async def test_a_server_keeps_its_data_between_uses(tmp_path: Path, version: int) -> None:
    folder = tmp_path / "postgres"
    with Embedded.start(folder, version=version) as server:
        await answer(server.url, "CREATE TABLE kept AS SELECT 'é' AS letter")
    assert running(folder) == []

    with Embedded.start(folder, version=version) as server:
        assert await answer(server.url, "SELECT letter FROM kept") == "é"
        assert await answer(server.url, "SELECT lower('É')") == "é"
        assert await answer(server.url, "SHOW server_encoding") == "UTF8"
        assert str(await answer(server.url, "SHOW server_version")).startswith(str(version))
    assert running(folder) == []


def test_one_process_may_use_a_server_twice(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    first, second = Embedded.start(folder), Embedded.start(folder)
    assert first.url == second.url

    first.stop()
    assert running(folder) != []
    second.stop()
    second.stop()
    assert running(folder) == []


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
async def test_the_last_process_out_stops_the_server(
    tmp_path: Path, program: Program, end: signal.Signals
) -> None:
    folder = tmp_path / "postgres"
    first, second = program(folder), program(folder)
    assert address(first) == address(second)

    first.send_signal(end)
    assert first.wait(30) == 0
    with Embedded.start(folder) as server:
        assert await answer(server.url, "SELECT 1") == 1
    assert running(folder) != []
    second.send_signal(end)
    assert second.wait(30) == 0
    assert running(folder) == []


async def test_a_killed_process_is_not_waited_for(tmp_path: Path, program: Program) -> None:
    folder = tmp_path / "postgres"
    killed = program(folder)
    address(killed)
    killed.kill()
    killed.wait()

    with Embedded.start(folder) as server:
        assert await answer(server.url, "SELECT 1") == 1
    assert running(folder) == []


async def test_a_killed_server_starts_again(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    with Embedded.start(folder) as server:
        await answer(server.url, "CREATE TABLE kept AS SELECT 1 AS one")
        for pid in running(folder):
            os.kill(pid, signal.SIGKILL)
    # Its number may be another program's by now.
    for file in (folder / "postmaster.pid", folder / ".s.PGSQL.5432.lock"):
        number, *rest = file.read_text().splitlines()
        assert number != str(os.getpid())
        file.write_text("\n".join([str(os.getpid()), *rest, ""]))

    with Embedded.start(folder) as server:
        assert await answer(server.url, "SELECT one FROM kept") == 1


def test_a_long_or_odd_path_has_its_socket_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / ("a, 'é' %" * 12) / "postgres"
    with Embedded.start(folder) as server:
        found = asyncio.run(answer(server.url, "SHOW unix_socket_directories"))
        directory = Path(str(found))
        assert directory.stat().st_mode & 0o077 == 0
    assert not directory.exists()


def test_data_of_another_version_is_refused(tmp_path: Path) -> None:
    Embedded.start(tmp_path / "postgres", version=16).stop()

    with pytest.raises(StartError, match="holds data of PostgreSQL 16, not 18"):
        Embedded.start(tmp_path / "postgres")


def test_a_folder_that_is_something_else_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "postgres"
    folder.mkdir()
    (folder / "letter.txt").write_text("dear")
    with pytest.raises(StartError, match="FICHES_DATA_DIR"):
        Embedded.start(folder)
    with pytest.raises(StartError, match="FICHES_DATA_DIR"):
        Embedded.start(folder / "letter.txt" / "postgres")

    assert [file.name for file in folder.iterdir()] == ["letter.txt"]


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(StartError, match=r"no_such_parameter.*: read .*/log"):
        Embedded.start(tmp_path / "postgres", options={"no_such_parameter": "1"})


def test_only_root_and_its_user_reach_a_server(tmp_path: Path) -> None:
    with Embedded.start(tmp_path / "postgres") as server:
        assert server.folder.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user runs the whole suite")
async def test_an_ordinary_user_has_a_server_which_root_can_use(tmp_path: Path) -> None:
    # Root opens the way to the binaries, as set-up by that user would have.
    Embedded.start(tmp_path / "postgres").stop()
    data = Path(tempfile.mkdtemp(prefix="fiches-test-"))
    folder = data / "postgres"
    shutil.chown(data, "nobody", "nogroup")
    try:
        with as_nobody(folder) as url:
            assert {psutil.Process(pid).username() for pid in running(folder)} == {"nobody"}
            with Embedded.start(folder) as server:
                assert server.url == url
                assert await answer(server.url, "SELECT 1") == 1
        assert running(folder) == []

        with Embedded.start(folder) as server:
            assert await answer(server.url, "SELECT 1") == 1
        with as_nobody(folder) as again:
            assert again == url
    finally:
        shutil.rmtree(data)


@contextmanager
def as_nobody(folder: Path) -> Iterator[str]:
    """A process of an ordinary user uses the server meanwhile. Forked: it may not read Python."""
    ours, theirs = multiprocessing.Pipe()

    def use() -> None:
        user = pwd.getpwnam("nobody")
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
        with Embedded.start(folder) as server:
            theirs.send(server.url)
            theirs.recv()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking a process with threads
        process = multiprocessing.get_context("fork").Process(target=use)
        process.start()
    theirs_url = ours.recv() if ours.poll(60) else ""
    try:
        yield theirs_url
    finally:
        ours.send("done")
        process.join()


def test_a_named_database_is_taken_as_it_is() -> None:
    with url_of(Settings(database_url="postgresql://me@here/records")) as url:
        assert url == "postgresql://me@here/records"


async def test_without_a_name_the_embedded_one_runs_meanwhile(tmp_path: Path) -> None:
    with url_of(Settings(data_dir=tmp_path)) as url:
        assert await answer(url, "SELECT current_database()") == "fiches"
    assert running(tmp_path / "postgres") == []
