"""Server-sent events: graphql-sse with a connection for each operation."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from db.listening import Listener
from graph import event_stream, sockets
from graph.resolvers import live
from tests.client import Client, World
from tests.conftest import ROOT, SECRET
from tests.test_live import BODIES, MODULE, listening_on, narrow, until

EVENTS = {"accept": "text/event-stream"}
Event = tuple[str, Any]


@pytest.fixture(scope="module")
async def url(world: World) -> AsyncIterator[str]:
    async with listening_on(world.app) as (url, _):
        yield url.replace("ws:", "http:")


@pytest.fixture
def listener(world: World) -> Listener:
    found: Listener = world.app.state.application.listener
    return found


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Any:
    with caplog.at_level(logging.WARNING):
        yield
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []


def read(text: str) -> list[Event]:
    """The events of a stream, comments left out: by name, with their data."""
    found = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.partition(": ") for line in block.split("\n")]
        fields = {name: value for name, _, value in lines if name}
        if "event" in fields:
            data = fields["data"]
            found.append((fields["event"], json.loads(data) if data else None))
    return found


class Feed:
    """A stream as it comes."""

    def __init__(self, response: httpx2.Response) -> None:
        self.response = response
        self.chunks = response.aiter_text()

    async def next(self) -> Event | None:
        """The next event; None at the end of the stream."""
        text = ""
        async with asyncio.timeout(60):
            async for chunk in self.chunks:
                text += chunk
                if text.endswith("\r\n\r\n") and (events := read(text)):
                    (event,) = events
                    return event
        return None


@asynccontextmanager
async def followed(
    url: str, client: Client, document: str, *, begun: Listener | None = None, **variables: Any
) -> AsyncIterator[Feed]:
    """A subscription of a user; once it has begun, where its listener is at hand."""
    before = begun.subscribers if begun else 0
    body = {"query": document, "variables": variables}
    async with (
        httpx2.AsyncClient(timeout=60) as http,
        http.stream("POST", url, json=body, headers={**client.headers, **EVENTS}) as response,
    ):
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        if begun:
            await until(lambda: begun.subscribers > before)
        yield Feed(response)


async def asked(client: Client, document: str, **variables: Any) -> list[Event]:
    """The events of an operation that ends by itself."""
    answer = await client.http.post(
        "/graphql",
        json={"query": document, "variables": variables},
        headers={**client.headers, **EVENTS},
    )
    assert answer.status_code == 200
    return read(answer.text)


async def test_events_arrive_as_they_happen(client: Client, url: str, listener: Listener) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    async with followed(url, client, BODIES, begun=listener, record=account) as feed:
        for body in ("Un", "Deux\nlignes"):
            await client.comment(account, body)

            event = await feed.next()

            assert event is not None
            assert event[0] == "next"
            assert event[1]["data"] == {"commentAdded": {"comment": {"body": body}}}


async def test_a_query_and_a_mutation_are_one_event_each(client: Client) -> None:
    read = await asked(client, "{ viewer { name } }")
    written = await asked(
        client, 'mutation { createContact(input: {lastName: "Martin"}) { errors { code } } }'
    )

    assert read[0][1]["data"] == {"viewer": {"name": "Alice"}}
    assert written[0][1]["data"] == {"createContact": {"errors": []}}
    assert [name for name, _ in read] == [name for name, _ in written] == ["next", "complete"]


async def test_an_event_is_what_the_answer_over_http_is(client: Client) -> None:
    for document in (
        "{ viewer { name } }",
        "{ nothing }",
        '{ a: customerAccounts(after: "x") { totalCount } }',
    ):
        ((_, event), _) = await asked(client, document)

        assert event == await client.answer(document, {})


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "BAD_USER_INPUT"),
        ("query ($n: Int!) { tags(first: $n) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ('subscription { moduleChanged(module: "Nothing") { cursor } }', "BAD_USER_INPUT"),
        ('subscription { recordChanged(id: "999999999") { cursor } }', "NOT_FOUND"),
        ("{" + "a " * 10_001 + "}", "QUERY_TOO_COMPLEX"),
    ],
)
async def test_what_is_wrong_with_an_operation_is_told_by_an_event(
    client: Client, document: str, code: str
) -> None:
    ((first, told), last) = await asked(client, document)

    assert (first, last) == ("next", ("complete", None))
    assert told["errors"][0]["extensions"]["code"] == code
    assert "data" not in told


async def test_by_get_one_may_follow_and_not_write(client: Client, url: str) -> None:
    writes = 'mutation { createContact(input: {lastName: "Martin"}) { errors { code } } }'
    answers = [
        await client.http.get(
            "/graphql", params={"query": query}, headers={**client.headers, **EVENTS}
        )
        for query in ("{ viewer { name } }", writes)
    ]

    read_, written = (read(each.text)[0][1] for each in answers)
    assert read_["data"] == {"viewer": {"name": "Alice"}}
    assert written["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert await client.ask("{ contacts { totalCount } }") == {"contacts": {"totalCount": 0}}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"query": 1}', b"{}"])
async def test_what_is_no_operation_is_refused_as_over_http(client: Client, body: bytes) -> None:
    answer = await client.http.post(
        "/graphql", content=body, headers={**EVENTS, "content-type": "application/json"}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("accept", "events"),
    [
        ("text/event-stream", True),
        ("text/event-stream, */*", True),
        ("text/event-stream, application/json;q=0.9", True),
        ("text/event-stream;q=0.5, application/json", False),
        ("application/graphql-response+json, application/json, text/event-stream", False),
        ("*/*", False),
        ("text/*", None),
        ("text/event-stream;q=0", None),
    ],
)
async def test_events_are_for_those_who_like_them_better(
    client: Client, accept: str, events: bool | None
) -> None:
    answer = await client.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"accept": accept}
    )

    assert answer.status_code == (406 if events is None else 200)
    assert answer.headers["content-type"].startswith("text/event-stream") == bool(events)


async def test_events_are_not_kept_nor_held_back(client: Client) -> None:
    answer = await client.http.post(
        "/graphql",
        json={"query": "{ __typename }"},
        headers={**EVENTS, "accept-encoding": "gzip"},
    )

    assert answer.headers["cache-control"] == "no-store, no-transform"
    assert answer.headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in answer.headers
    assert answer.text.startswith(": ")


async def test_a_quiet_stream_is_kept_alive(
    client: Client, url: str, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_stream, "QUIET", 0.1)
    async with followed(url, client, MODULE, begun=listener, module="Contact") as feed:
        text = ""
        async for chunk in feed.chunks:
            text += chunk
            if text.count(": still here\r\n\r\n") > 3:
                break

    assert read(text) == []


async def test_a_client_that_goes_ends_its_stream(
    client: Client, url: str, listener: Listener
) -> None:
    before = listener.subscribers
    async with followed(url, client, MODULE, begun=listener, module="Contact"):
        pass

    await until(lambda: listener.subscribers == before)


async def test_a_token_that_is_over_is_told_and_ends_the_stream(
    client: Client, url: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "CHECK", 0.2)
    token = world.tokens.issue(client.user_id, timedelta(seconds=2))
    client.headers["Authorization"] = f"Bearer {token}"
    async with followed(url, client, MODULE, module="Contact") as feed:
        events = [event async for event in _all(feed)]

    ((name, told), last) = events
    assert (name, last) == ("next", ("complete", None))
    assert told["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def _all(feed: Feed) -> AsyncIterator[Event]:
    while (event := await feed.next()) is not None:
        yield event


async def test_without_a_token_nothing_can_be_followed(client: Client) -> None:
    del client.headers["Authorization"]
    ((_, told), _) = await asked(client, MODULE, module="Contact")

    assert told["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_where_the_database_can_not_be_read_the_stream_is_cut_off(
    client: Client, url: str, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without `complete`: its client comes back, behind its last cursor."""

    async def failing(*_: Any) -> Any:
        raise ConnectionError

    account = await client.create("CustomerAccount", name="Dupont")
    async with followed(url, client, BODIES, begun=listener, record=account) as feed:
        monkeypatch.setattr("db.delivery.reaches", failing)
        await client.comment(account, "Un")

        assert await feed.next() is None


async def test_a_server_that_stops_ends_streams_so_that_clients_come_back(
    client: Client, world: World, listener: Listener
) -> None:
    application = world.app.state.application
    account = await client.create("CustomerAccount", name="Dupont")
    async with (
        listening_on(world.app) as (url, _),
        followed(
            url.replace("ws:", "http:"), client, BODIES, begun=listener, record=account
        ) as feed,
    ):
        application.stopping.set()
        try:
            assert await feed.next() is None
        finally:
            application.stopping.clear()


async def test_a_client_that_takes_nothing_is_let_go(
    client: Client,
    url: str,
    listener: Listener,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(sockets, "PATIENCE", 0.5)
    monkeypatch.setattr(sockets, "LAST_WORD", 0.1)
    account = await client.create("CustomerAccount", name="Dupont")
    bodies = " ".join(f"b{i}: body" for i in range(20))
    document = (
        f"subscription ($id: ID!) {{ commentAdded(record: $id) {{ comment {{ {bodies} }} }} }}"
    )
    body = json.dumps({"query": document, "variables": {"id": account}}).encode()
    head = (
        f"POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n"
        f"authorization: {client.headers['Authorization']}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    before = listener.subscribers
    with narrow(url.replace("http:", "ws:")) as sock:
        sock.sendall(head.encode() + body)
        await until(lambda: listener.subscribers > before)
        for _ in range(30):
            await client.comment(account, "x" * 20_000)

        await until(lambda: listener.subscribers == before)
    caplog.clear()  # uvicorn tells of an answer without an end


async def test_a_process_that_is_told_to_stop_lets_its_streams_go(
    client: Client, database_url: str
) -> None:
    """The command, with SIGTERM: streams end without `complete`, the process in good order."""
    async with commanded(database_url) as (url, process):
        async with followed(url, client, MODULE, module="Contact") as feed:
            assert await anext(feed.chunks) == ": still here\r\n\r\n"
            process.send_signal(signal.SIGTERM)

            async with asyncio.timeout(6):  # less than DRAIN_SECONDS
                assert await feed.next() is None
        async with asyncio.timeout(10):
            assert await process.wait() == 0


@asynccontextmanager
async def commanded(database_url: str) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """`fiches serve` on the tests' database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "graph", "serve"),
        cwd=ROOT,
        env={
            **os.environ,
            "FICHES_DATABASE_URL": database_url,
            "FICHES_SECRET_KEY": SECRET,
            "FICHES_PORT": str(port),
            "FICHES_LOG_LEVEL": "warning",
        },
    )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            await asyncio.sleep(0.1)
        yield f"http://127.0.0.1:{port}/graphql", process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
