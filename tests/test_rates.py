"""How much may be asked for in a minute, by a user and from an address, whichever way it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits.storage import memory
from pydantic import SecretStr

from db.errors import RateLimited
from db.settings import Settings
from db.tokens import Tokens
from graph import rates
from graph.app import create_app
from graph.rates import Rates
from tests.client import Client, World
from tests.conftest import SECRET
from tests.properties import examples
from tests.test_events import read
from tests.test_http import GRAPHQL, PLAIN
from tests.test_live import listening_on, opened

TEN = "{ customerAccounts(first: 9) { nodes { id } } }"
"""Nine nodes and three fields."""


class Clock:
    """A clock that tests set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_800_000_000.0  # the beginning of a minute
        monkeypatch.setattr(rates, "time", self.time)
        monkeypatch.setattr(memory, "time", SimpleNamespace(time=self.time))

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def limited(database_url: str, **settings: int) -> AsyncIterator[World]:
    own: Any = settings
    app = create_app(
        Settings(database_url=database_url, secret_key=SecretStr(SECRET), debug=True, **own)
    )
    async with app.router.lifespan_context(app):
        world = World(app, app.state.application.database, Tokens(SECRET.encode()))
        world.users = 6_000 + sum(settings.values())
        yield world
        await world.http.aclose()


@pytest.fixture
async def by_user(clock: Clock, database_url: str) -> AsyncIterator[World]:
    """Twelve a minute for a user: one of TEN."""
    async for world in limited(database_url, rate_user=12):
        yield world


@pytest.fixture
async def by_address(clock: Clock, database_url: str) -> AsyncIterator[World]:
    async for world in limited(database_url, rate_address=12):
        yield world


@pytest.mark.parametrize("accept", [PLAIN, GRAPHQL])
async def test_who_asks_for_too_much_is_told_when_to_come_back(
    by_user: World, clock: Clock, accept: str
) -> None:
    client = await by_user.company()
    body = {"query": TEN}
    headers = {**client.headers, "accept": accept, "accept-language": "en"}

    first = await client.http.post("/graphql", json=body, headers=headers)
    clock.now += 15
    second = await client.http.post("/graphql", json=body, headers=headers)

    assert (first.status_code, second.status_code) == (200, 429)
    assert second.headers["retry-after"] == "105"  # the 45 left, and the whole of the next
    (error,) = second.json()["errors"]
    assert error["extensions"] == {"code": "RATE_LIMITED", "retryAfter": 105}
    assert "try again in 105 s" in error["message"]
    assert "data" not in second.json()


async def test_after_the_time_told_there_is_room_and_not_before(
    by_user: World, clock: Clock
) -> None:
    client = await by_user.company()
    await client.ask(TEN)
    clock.now += 15
    (refusal,) = (await client.answer(TEN, {}))["errors"]
    told = refusal["extensions"]["retryAfter"]

    clock.now += told - 8
    assert (await client.refused(TEN))[0]["code"] == "RATE_LIMITED"
    clock.now += 8
    await client.ask(TEN)


async def test_each_user_has_their_own(by_user: World) -> None:
    client = await by_user.company()
    colleague = await client.colleague(administrator=True)

    await client.ask(TEN)
    await colleague.ask(TEN)
    assert (await client.refused(TEN))[0]["code"] == "RATE_LIMITED"
    assert (await colleague.refused(TEN))[0]["code"] == "RATE_LIMITED"


async def test_all_of_an_address_share_what_is_its(by_address: World) -> None:
    client = await by_address.company()
    colleague = await client.colleague(administrator=True)

    await client.ask(TEN)
    assert (await colleague.refused(TEN))[0]["code"] == "RATE_LIMITED"


async def test_who_is_not_known_counts_by_address(by_address: World, by_user: World) -> None:
    for world, again in ((by_address, "RATE_LIMITED"), (by_user, "UNAUTHENTICATED")):
        client = await world.company()
        client.headers.clear()
        assert (await client.refused(TEN))[0]["code"] == "UNAUTHENTICATED"
        assert (await client.refused(TEN))[0]["code"] == again


async def test_of_one_address_nothing_is_read_any_more(
    by_address: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def reads(*_: Any) -> None:
        raise AssertionError("the viewer was read")

    client = await by_address.company()
    await client.ask(TEN)
    monkeypatch.setattr("graph.context.Session.viewer", reads)

    assert (await client.refused(TEN))[0]["code"] == "RATE_LIMITED"


async def test_documents_that_are_not_valid_count_too(by_address: World) -> None:
    client = await by_address.company()
    document = "{ " + "nothing " * 7 + "}"

    codes = [(await client.refused(document))[0]["code"] for _ in range(2)]

    assert codes == ["GRAPHQL_VALIDATION_FAILED", "RATE_LIMITED"]


async def test_what_is_more_than_a_minute_has_is_let_in_once(by_user: World, clock: Clock) -> None:
    client = await by_user.company()
    many = "{ customerAccounts(first: 100) { nodes { id } } }"

    await client.ask(many)
    assert (await client.refused(many))[0]["code"] == "RATE_LIMITED"
    clock.now += 120
    await client.ask(many)


async def test_sockets_and_events_are_told_the_same(by_user: World) -> None:
    client = await by_user.company()
    await client.ask(TEN)
    async with (
        listening_on(by_user.app) as (url, _),
        opened(url, client.headers["Authorization"]) as stream,
    ):
        await stream.send(type="subscribe", id="1", payload={"query": TEN})
        told = await stream.refusal()
        await stream.send(type="ping")

        assert await stream.message() == {"type": "pong"}
    events = await client.http.post(
        "/graphql", json={"query": TEN}, headers={**client.headers, "accept": "text/event-stream"}
    )

    assert told["extensions"]["code"] == "RATE_LIMITED"
    assert told["extensions"]["retryAfter"] > 60
    assert read(events.text)[0][1]["errors"][0]["extensions"] == told["extensions"]


async def test_unless_it_is_set_there_is_no_limit(client: Client) -> None:
    application = client.world.app.state.application

    for _ in range(1_000):
        application.rates.user(client.user_id, 50_000)
        application.rates.address("192.0.2.1", 50_000)


@examples(200)
@given(
    most=st.integers(1, 50),
    asked=st.lists(st.tuples(st.floats(0, 90), st.integers(1, 60)), min_size=1, max_size=12),
)
def test_no_minute_has_more_than_the_limit_and_the_wait_is_true(
    most: int, asked: list[tuple[float, int]]
) -> None:
    """The window is an estimate: in the worst minute twice the limit, never more."""
    with pytest.MonkeyPatch.context() as patched:
        clock = Clock(patched)
        counted = Rates(user=most)
        let_in: list[tuple[float, int]] = []
        for pause, cost in asked:
            clock.now += pause
            try:
                counted.user(1, cost)
            except RateLimited as refusal:
                clock.now += refusal.seconds
                counted.user(1, cost)
            let_in.append((clock.now, min(cost, most)))

    for now, _ in let_in:
        assert sum(paid for at, paid in let_in if now - 60 < at <= now) <= 2 * most
