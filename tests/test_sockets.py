"""Sockets against clients that do not keep to the protocol: a close code, and a quiet log."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import WebSocketRoute
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from graph.limits import Limits
from graph.sockets import LONGEST_REASON
from tests.client import Client, World
from tests.properties import examples
from tests.test_live import MODULE, PROTOCOL, Stream, listening_on, opened

INIT: dict[str, Any] = {"type": "connection_init"}
"""Stands for one that signs in."""
MESSAGE = 65_536
"""Bytes that a message may have on the sockets of these tests."""


@pytest.fixture(scope="module")
async def url(world: World) -> AsyncIterator[str]:
    async with listening_on(world.app, ws_max_size=MESSAGE) as (url, _):
        yield url


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Any:
    """Whatever clients send, the log has no fault of the service."""
    with caplog.at_level(logging.WARNING):
        yield
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []


def subscribe(id: Any = "1", **payload: Any) -> dict[str, Any]:
    return {"type": "subscribe", "id": id, "payload": {"query": "{ __typename }", **payload}}


def init(**payload: Any) -> dict[str, Any]:
    return {"type": "connection_init", "payload": payload}


async def closed_by(connection: ClientConnection) -> tuple[int, str]:
    """The code and the reason with which the service closes a socket."""
    with suppress(ConnectionClosed):
        async with asyncio.timeout(20):
            async for _ in connection:
                pass
    assert connection.close_code is not None
    return connection.close_code, connection.close_reason or ""


async def send(connection: ClientConnection, messages: Sequence[Any]) -> None:
    """Each as it is if it is text or bytes, else as JSON."""
    for each in messages:
        await connection.send(each if isinstance(each, str | bytes) else json.dumps(each))


LONG = {
    "type": "subscribe",
    "id": "1",
    "payload": {"query": MODULE, "variables": {"module": "Contact"}},
}

REFUSED: list[tuple[list[Any], int, str]] = [
    # What is no message
    (["nonsense"], 4400, "JSON"),
    ([""], 4400, "JSON"),
    (["[" * 50_000], 4400, "JSON"),
    (["[" * 65 + "]" * 65], 4400, "JSON"),
    (['{"type": "ping", "type": "pong"}'], 4400, "JSON"),
    (['{"type": "ping", "payload": {"n": 9223372036854775808}}'], 4400, "JSON"),
    (['{"type": "\\ud800"}'], 4400, "JSON"),
    ([b'{"type": "ping"}'], 4400, "text"),
    ([b"\x00\xff"], 4400, "text"),
    (["[]"], 4400, "object"),
    (["null"], 4400, "object"),
    (['"connection_init"'], 4400, "object"),
    ([{}], 4400, "type"),
    ([{"type": None}], 4400, "type"),
    ([{"type": ["ping"]}], 4400, "type"),
    ([{"type": "start"}], 4400, "start"),
    ([{"type": "next", "id": "1", "payload": {}}], 4400, "next"),
    ([{"type": "x" * 10_000}], 4400, "xxx"),
    ([{"type": "é" * 1_000}], 4400, "ééé"),
    # What begins a socket
    ([init(), init()], 4429, "initialisation"),
    ([{**INIT, "payload": []}], 4400, "payload"),
    ([{**INIT, "payload": "Bearer"}], 4400, "payload"),
    ([init(Authorization=42)], 4400, "Authorization"),
    ([init(authorization=["Bearer x"])], 4400, "authorization"),
    ([init(**{"Fiches-Company": 2})], 4400, "Fiches-Company"),
    ([init(**{"Accept-Language": {}})], 4400, "Accept-Language"),
    ([init(Authorization="Bearer \x00")], 4403, "Forbidden"),
    ([init(Authorization="Bearer é")], 4403, "Forbidden"),
    ([init(Authorization="Bearer " + "x" * 60_000)], 4403, "Forbidden"),
    # What begins an operation
    ([subscribe()], 4401, "Unauthorized"),
    ([INIT, subscribe(None)], 4400, "id"),
    ([INIT, subscribe(1)], 4400, "id"),
    ([INIT, subscribe([])], 4400, "id"),
    ([INIT, subscribe("")], 4400, "id"),
    ([INIT, subscribe("x" * 129)], 4400, "id"),
    ([INIT, {"type": "subscribe", "payload": {"query": "{ __typename }"}}], 4400, "id"),
    ([INIT, {"type": "subscribe", "id": "1"}], 4400, "payload"),
    ([INIT, {"type": "subscribe", "id": "1", "payload": "{ __typename }"}], 4400, "payload"),
    ([INIT, {"type": "subscribe", "id": "1", "payload": {}}], 4400, "query"),
    ([INIT, subscribe(query="")], 4400, "query"),
    ([INIT, subscribe(query=None)], 4400, "query"),
    ([INIT, subscribe(query={})], 4400, "query"),
    ([INIT, subscribe(variables=[])], 4400, "variables"),
    ([INIT, subscribe(variables="{}")], 4400, "variables"),
    ([INIT, subscribe(operationName=1)], 4400, "operationName"),
    ([INIT, subscribe(extensions=[])], 4400, "extensions"),
    ([INIT, LONG, LONG], 4409, "1"),
    ([INIT, {**LONG, "id": "é" * 128}, {**LONG, "id": "é" * 128}], 4409, "é"),
    # What ends one, and what keeps a socket alive
    ([INIT, {"type": "complete"}], 4400, "id"),
    ([INIT, {"type": "complete", "id": {}}], 4400, "id"),
    ([{"type": "ping", "payload": "x"}], 4400, "payload"),
    ([{"type": "pong", "payload": 1}], 4400, "payload"),
    # What the server of sockets refuses itself
    ([{"type": "ping", "payload": {"x": "x" * MESSAGE}}], 1009, ""),
]


@pytest.mark.parametrize(
    ("messages", "code", "said"), REFUSED, ids=[repr(each)[:60] for each, *_ in REFUSED]
)
async def test_what_the_protocol_does_not_know_closes_the_socket(
    client: Client, url: str, messages: list[Any], code: int, said: str
) -> None:
    signed = [init(**client.headers) if each is INIT else each for each in messages]
    async with connect(url, subprotocols=[PROTOCOL]) as connection:
        await send(connection, signed)

        found, reason = await closed_by(connection)

    assert (found, said in reason) == (code, True), reason
    assert len(reason.encode()) <= LONGEST_REASON


async def test_a_socket_without_the_subprotocol_is_closed(url: str) -> None:
    async with connect(url, subprotocols=[Subprotocol("graphql-ws")]) as connection:
        found, _ = await closed_by(connection)

    assert found == 4406


async def test_text_that_is_no_utf_8_is_closed_by_the_server_of_sockets(url: str) -> None:
    async with connect(url, subprotocols=[PROTOCOL]) as connection:
        async with connection.send_context():
            connection.protocol.send_text(b"\xff\xfe")

        found, _ = await closed_by(connection)

    assert found == 1007


async def test_who_says_nothing_is_let_go(
    world: World, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = next(each.app for each in world.app.routes if isinstance(each, WebSocketRoute))
    monkeypatch.setattr(endpoint, "connection_init_wait_timeout", timedelta(seconds=0.3))
    async with connect(url, subprotocols=[PROTOCOL]) as connection:
        await send(connection, [{"type": "ping"}])
        assert json.loads(await connection.recv()) == {"type": "pong"}

        found, _ = await closed_by(connection)

    assert found == 4408


@pytest.mark.parametrize("payload", [{}, {"payload": None}, {"payload": {"any": [1, 2]}}])
async def test_pings_are_answered_before_and_after_the_start(
    url: str, payload: dict[str, Any]
) -> None:
    async with connect(url, subprotocols=[PROTOCOL]) as connection:
        stream = Stream(connection)
        for message, answer in (("ping", "pong"), ("connection_init", "connection_ack")):
            await stream.send(type=message, **payload)
            assert await stream.message() == {"type": answer}
        await stream.send(type="pong", **payload)
        await stream.send(type="ping", **payload)

        assert await stream.message() == {"type": "pong"}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { __typename } query B { __typename }"}, "BAD_USER_INPUT"),
        ({"query": "{ __typename }", "operationName": "B"}, "BAD_USER_INPUT"),
        ({"query": "fragment F on Query { __typename }"}, "BAD_USER_INPUT"),
        (
            {"query": "query ($n: Int!) { tags(first: $n) { totalCount } }"},
            "GRAPHQL_VALIDATION_FAILED",
        ),
        ({"query": "{" + "a " * 10_001 + "}"}, "QUERY_TOO_COMPLEX"),
    ],
)
async def test_a_bad_document_ends_its_operation_and_no_other(
    client: Client, url: str, payload: dict[str, Any], code: str
) -> None:
    async with opened(url, client.headers["Authorization"]) as stream:
        await stream.send(type="subscribe", id="bad", payload=payload)
        refusal = await stream.refusal()
        await stream.send(**subscribe("good"))

        assert refusal["extensions"]["code"] == code
        assert (await stream.message())["payload"]["data"] == {"__typename": "Query"}
        assert await stream.message() == {"type": "complete", "id": "good"}


async def test_operations_beyond_the_limit_are_refused_until_some_end(
    client: Client, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client.world.app.state.application, "limits", Limits(operations=2))
    async with opened(url, client.headers["Authorization"]) as stream:
        for id in ("1", "2", "3"):
            await stream.send(**{**LONG, "id": id})
        refusal = await stream.refusal()
        await stream.send(type="complete", id="1")
        await stream.send(**subscribe("4"))

        assert refusal["extensions"] == {
            "code": "QUERY_TOO_COMPLEX",
            "requested": 3,
            "maximum": 2,
        }
        assert (await stream.message())["id"] == "4"


async def test_a_fault_of_the_service_closes_with_a_code_to_come_back_after(
    url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(*_: Any) -> Any:
        raise RuntimeError("postgresql://secret")

    monkeypatch.setattr("graph.context.Session.viewer", failing)
    async with connect(url, subprotocols=[PROTOCOL]) as connection:
        await send(connection, [INIT])
        found, reason = await closed_by(connection)

    assert (found, reason) == (1013, "Try again later")
    assert "unexpected error" in caplog.text
    caplog.clear()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
IDS = st.sampled_from(["1", "2", ""]) | JSON
PAYLOADS = JSON | st.fixed_dictionaries(
    {},
    optional={
        "query": st.sampled_from(["{ __typename }", "{", "{ a }", MODULE]) | JSON,
        "variables": st.just({"module": "Contact"}) | JSON,
        "operationName": JSON,
        "extensions": JSON,
        "Authorization": JSON,
        "authorization": st.text(max_size=20).map(lambda text: f"Bearer {text}"),
        "accept-language": JSON,
        "fiches-company": JSON,
    },
)
KINDS = st.sampled_from(
    ["connection_init", "ping", "pong", "subscribe", "subscribe", "complete", "next", "error"]
)
FRAMES = st.one_of(
    st.fixed_dictionaries({"type": KINDS}, optional={"id": IDS, "payload": PAYLOADS}),
    st.fixed_dictionaries({}, optional={"type": KINDS | JSON, "id": IDS, "payload": PAYLOADS}),
    JSON,
    st.text(max_size=40),
    st.binary(max_size=40),
)
CODES = {4400, 4401, 4403, 4409, 4429}


@examples(100)
@given(begins=st.sampled_from([0, 1, 1, 1]), frames=st.lists(FRAMES, max_size=8))
async def test_any_frames_end_in_a_code_of_the_protocol_or_in_a_pong(
    world: World, url: str, begins: int, frames: list[Any]
) -> None:
    """After whatever was sent, the socket still answers, or was closed with a code and a reason."""
    company = await world.company()
    sent = [init(**company.headers)] * begins + frames
    async with connect(url, subprotocols=[PROTOCOL], max_size=None) as connection:
        with suppress(ConnectionClosed):
            await send(connection, [as_json(each) for each in sent])
            await connection.send('{"type": "ping"}')
            async with asyncio.timeout(20):
                while json.loads(await connection.recv()) != {"type": "pong"}:
                    pass
        found, reason = connection.close_code, connection.close_reason

    assert found is None or (found in CODES and reason)


def as_json(frame: Any) -> str | bytes:
    """A frame as a client might send it: with lone surrogates and NaN where there are."""
    return frame if isinstance(frame, str | bytes) else json.dumps(frame)
