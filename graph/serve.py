"""Serving: one listening socket, and uvicorn on it in one process or several."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from tempfile import TemporaryDirectory

import uvicorn
from uvicorn import _subprocess
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from db.settings import PREFIX, Settings
from db.start_errors import StartError
from graph.logs import configuration

FACTORY = "graph.app:create_app"
DRAIN_SECONDS = 8


@contextmanager
def bound(settings: Settings) -> Iterator[socket.socket]:
    """The socket to serve on, taken before anything slow starts; it does not listen yet.

    StartError where the port is taken, not allowed, or the host is not of this machine.
    """
    where = f"port {settings.port} on {settings.host}"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise StartError(
            f"{settings.host} is no address to listen on ({error.strerror})",
            "correct FICHES_HOST; 127.0.0.1 is this machine alone, 0.0.0.0 every network of it",
        ) from error
    with listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as error:
            raise _refused(where, error) from error
        yield listener


def _refused(where: str, error: OSError) -> StartError:
    if error.errno == errno.EADDRINUSE:
        return StartError(f"{where} is taken", "stop what uses it, or set FICHES_PORT to another")
    if error.errno == errno.EACCES:
        return StartError(f"{where} is not allowed", "set FICHES_PORT to one above 1023")
    return StartError(f"{where} cannot be used ({error.strerror})", "correct FICHES_HOST")


def run(settings: Settings, url: str, secret: str, listener: socket.socket) -> int:
    """Serve until Ctrl-C or SIGTERM, then let running requests end; the exit code.

    Workers read their settings as any process does, from the environment: it is given the
    database in use and the key, which this process may have started and made.
    """
    os.environ[f"{PREFIX}DATABASE_URL"] = url
    os.environ[f"{PREFIX}SECRET_KEY"] = secret
    config = uvicorn.Config(
        FACTORY,
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=settings.max_body,
        timeout_graceful_shutdown=DRAIN_SECONDS,
        log_config=configuration(settings),
        log_level=settings.log_level,
        access_log=settings.debug,
        server_header=False,
    )
    if settings.workers > 1:
        # Workers count into files here, so that each can tell of all; it must be known before what
        # counts is imported.
        with TemporaryDirectory(prefix="fiches-metrics-") as folder:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
            _share_schema()
            print(_welcome(settings), flush=True)
            supervisor = Multiprocess(config, sockets=[listener])
            supervisor.run()
        failed = any(process.exitcode == STARTUP_FAILURE for process in supervisor.processes)
        return STARTUP_FAILURE if failed else 0
    server = _Server(config, _welcome(settings))
    # uvicorn raises the signal that stopped it once more when it has drained.
    with suppress(KeyboardInterrupt, Terminated):
        server.run(sockets=[listener])
    return 0 if server.started else STARTUP_FAILURE


def _share_schema() -> None:
    """Build the schema before workers are made, and make them as copies of this process: it takes
    seconds and a hundred megabytes once, however many they are. No thread runs here yet.
    """
    from graph.app import schema
    from graph.schema import suite

    schema(suite())
    _subprocess.spawn = get_context("fork")  # type: ignore[assignment]


class Terminated(SystemExit):
    """SIGTERM or SIGHUP, as an exception: so that what was started is stopped on the way out."""


class _Server(uvicorn.Server):
    """uvicorn's server, which says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, welcome: str) -> None:
        super().__init__(config)
        self.welcome = welcome

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(self.welcome, flush=True)


def _welcome(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"Fiches answers on http://{host}:{settings.port} (Ctrl-C stops it)"
