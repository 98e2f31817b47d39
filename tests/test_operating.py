"""What operators rely on: logs, metrics, traces, and that nothing waits or runs for ever."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import logging.config
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

import asyncpg
import httpx2
import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import SecretStr

from db.accounts import set_password
from db.settings import Settings
from db.tokens import Tokens
from graph import logs, metrics
from graph.app import create_app
from tests.client import Client, World
from tests.conftest import SECRET
from tests.test_live import listening_on

CANARY = "canary-7c1e"
SLEEPS = "SELECT pg_sleep(30), 'operating'"


@asynccontextmanager
async def serving(database_url: str, **settings: Any) -> AsyncIterator[World]:
    """A service of a test's own, in production mode."""
    app = create_app(Settings(database_url=database_url, secret_key=SecretStr(SECRET), **settings))
    async with app.router.lifespan_context(app):
        world = World(app, app.state.application.database, Tokens(SECRET.encode()))
        world.users = 2_000
        yield world
        await world.http.aclose()


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged as JSON meanwhile, down to the least serious."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(json=True))
    log = logging.getLogger("fiches")
    before = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    yield stream
    log.removeHandler(handler)
    log.setLevel(before)


def told(lines: io.StringIO, event: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    return [each for each in found if each["event"] == event]


@pytest.fixture
def sleeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading who asks takes half a minute, in the database."""

    async def slow(own: Any, connection: Any = None) -> None:
        taken = connection or await own.database.acquire()
        try:
            await taken.execute(SLEEPS)
        finally:
            if connection is None:
                await own.database.release(taken)

    monkeypatch.setattr("graph.context.Session.viewer", slow)


async def running(database_url: str) -> int:
    """How many such statements run in this test's database."""
    connection = await asyncpg.connect(database_url)
    try:
        found: int = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE query = $1 AND state = 'active' "
            "AND datname = current_database()",
            SLEEPS,
        )
    finally:
        await connection.close()
    return found


async def until_running(database_url: str, expected: int) -> None:
    async with asyncio.timeout(10):
        while await running(database_url) != expected:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.05)


async def test_a_line_tells_of_an_operation_by_ids_and_nothing_that_was_sent(
    client: Client, lines: io.StringIO
) -> None:
    document = "query Named($t: String!) { search(text: $t) { __typename } }"
    answer = await client.http.post(
        "/graphql",
        json={"query": document, "variables": {"t": CANARY}},
        headers={**client.headers, "x-request-id": "proxy-12345678"},
    )

    (line,) = told(lines, "operation")
    assert answer.headers["x-request-id"] == line["request"] == "proxy-12345678"
    assert re.fullmatch("[0-9a-f]{12}", line["operation"])
    assert (line["kind"], line["outcome"], line["level"]) == ("query", "OK", "debug")
    assert line["document"] == metrics.label(document, None, trusted=False)
    assert line["statements"] >= 1
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize("given", ["", "short", "two\tparts-of-it", "x" * 65, "a b c d e f"])
async def test_an_id_that_could_break_a_line_is_replaced(client: Client, given: str) -> None:
    answer = await client.http.get("/health", headers={"x-request-id": given})

    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])


async def test_no_secret_is_logged(
    client: Client, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = client.headers["Authorization"].removeprefix("Bearer ")
    sign_in = "mutation ($p: String!) { signIn(email: $p, password: $p) { token } }"
    await client.answer(sign_in, {"p": CANARY})
    await client.answer(
        f'mutation {{ signIn(email: "{CANARY}", password: "{CANARY}") {{ x }} }}', {}
    )
    await client.answer("{ viewer { name } }", {}, authorization=f"Bearer {CANARY}")
    await client.answer(f"{{ {CANARY}", {})
    await client.create("CustomerAccount", name=CANARY)

    async def failing(*_: Any) -> Any:
        raise RuntimeError(f"postgresql://me:{CANARY}@db/x, Bearer {CANARY}, {token}")

    monkeypatch.setattr("graph.context.Session.viewer", failing)
    await client.answer("{ viewer { name } }", {"x": CANARY})

    (fault,) = [
        each for each in map(json.loads, lines.getvalue().splitlines()) if "exception" in each
    ]
    assert "RuntimeError" in fault["exception"]
    assert fault["request"]
    assert CANARY not in lines.getvalue()
    assert token not in lines.getvalue()


def test_the_log_of_the_server_can_be_configured_either_way() -> None:
    for form in ("text", "json"):
        config = logs.configuration(Settings(log_format=form))
        handler = logging.config.DictConfigurator(config)
        formatter: Any = handler.configure_formatter(config["formatters"]["lines"])
        record = logging.LogRecord("fiches", logging.INFO, "", 0, "said %s", ("this",), None)
        line = formatter.format(record)
        assert "said this" in line
        assert line.startswith("{") is (form == "json")


async def test_metrics_count_operations_by_hash_with_statements_pool_and_batches(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metrics, "_names", set())  # those of other tests fill it
    document = "query Secret { customerAccounts(first: 3) { nodes { owner { name } } } }"
    async with serving(database_url, metrics_token=SecretStr("read-me"), compiled=False) as world:
        someone = await world.company()
        await someone.create("CustomerAccount", name="Dupont")
        await someone.ask(document)
        await someone.answer("{ nothing }", {})
        got = await world.http.get("/metrics", headers={"authorization": "Bearer read-me"})

    name = metrics.label(document, None, trusted=False)
    text = got.text
    assert f'fiches_operations_total{{kind="query",operation="{name}",outcome="OK"}} 1.0' in text
    assert 'outcome="GRAPHQL_VALIDATION_FAILED"' in text
    assert f'fiches_operation_seconds_count{{kind="query",operation="{name}"}} 1.0' in text
    assert 'fiches_operation_statements_bucket{kind="query",le="+Inf"}' in text
    assert 'fiches_loader_batch_keys_count{loader="PrincipalById"}' in text
    assert re.search(r'fiches_pool_connections\{state="(idle|used)"\} [0-9.]+', text)
    assert "fiches_subscribers 0.0" in text
    assert "Secret" not in text


async def test_a_trusted_document_is_called_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_names", set())
    assert metrics.label("query Page { a }", "Page", trusted=True) == "Page"
    assert re.fullmatch("[0-9a-f]{12}", metrics.label("query Page { a }", "Page", trusted=False))


async def test_names_of_documents_do_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics, "_names", set())

    found = {metrics.label(f"{{ a{number} }}", None, trusted=False) for number in range(1_000)}

    assert len(found) == metrics.MOST_NAMES + 1
    assert "other" in found


async def test_metrics_are_for_who_has_the_token_else_for_this_machine(database_url: str) -> None:
    async with serving(database_url, metrics_token=SecretStr("read-me")) as world:
        nobody = await world.http.get("/metrics")
        wrong = await world.http.get("/metrics", headers=[(b"authorization", "Bearer é".encode())])
    assert (nobody.status_code, wrong.status_code) == (401, 401)
    assert "fiches_" not in nobody.text + wrong.text

    async with serving(database_url) as world:
        stranger = await world.http.get("/metrics")  # a host that is not of this machine
        local = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=world.app), base_url="http://127.0.0.1"
        )
        here = await local.get("/metrics")
        proxied = await local.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
        await local.aclose()
    assert (stranger.status_code, here.status_code, proxied.status_code) == (404, 200, 404)


async def test_a_span_tells_the_kind_and_never_what_was_asked(client: Client) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    above = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    await client.answer(
        "query Named($t: String!) { search(text: $t) { __typename } }",
        {"t": CANARY},
        traceparent=above,
    )

    (span,) = exporter.get_finished_spans()
    assert span.name == "query"
    assert span.context is not None
    assert format(span.context.trace_id, "032x") == "0af7651916cd43dd8448eb211c80319c"
    assert span.attributes is not None
    assert span.attributes["graphql.operation.type"] == "query"
    assert CANARY not in span.to_json()
    assert "Named" not in span.to_json()


async def test_a_service_too_busy_says_so_soon_and_recovers(database_url: str) -> None:
    async with serving(database_url, pool_size=1, pool_wait=1) as world:
        someone = await world.company()
        held = await world.database.acquire()
        begun = perf_counter()
        answers = await asyncio.gather(
            *(
                world.http.post(
                    "/graphql", json={"query": "{ viewer { name } }"}, headers=someone.headers
                )
                for _ in range(20)
            )
        )
        took = perf_counter() - begun
        await world.database.release(held)
        after = await someone.ask("{ viewer { name } }")

    assert {each.status_code for each in answers} == {503}
    assert {each.headers["retry-after"] for each in answers} == {"1"}
    codes = {each.json()["errors"][0]["extensions"]["code"] for each in answers}
    assert codes == {"UNAVAILABLE"}
    assert took < 4
    assert after == {"viewer": {"name": "Alice"}}


async def test_the_only_connection_is_enough_for_whoever_writes(database_url: str) -> None:
    password = "une phrase de passe"
    async with serving(database_url, pool_size=1, pool_wait=1) as world:
        someone = await world.company()
        async with world.database.pool.acquire() as connection:
            await set_password(connection, someone.user_id, "alice@fiches.example", password)
        for mutation in (
            'updatePreferences(input: {language: "en"})',
            f'changePassword(current: "{password}", new: "{password} !")',
            'createApiKey(input: {name: "Boutique"})',
            'revokeApiKey(id: "key-1")',
            "signOutEverywhere",
            'createTeam(input: {name: "Ventes"})',
        ):
            await someone.ask(
                f"mutation {{ {mutation} {{ errors {{ message }} }} "
                'createCustomerAccount(input: {name: "Dupont"}) { customerAccount { number } } }'
            )


WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
    "AND datname = current_database() AND query LIKE '%customer_account%'"
)


@pytest.mark.parametrize("compiled", [True, False])
async def test_a_client_that_goes_away_takes_its_statement_with_it(
    database_url: str, compiled: bool
) -> None:
    async with serving(database_url, compiled=compiled, lock_timeout=60) as world:
        someone = await world.company()
        id = await someone.create("CustomerAccount", name="Dupont")
        document = f'{{ customerAccount(id: "{id}") {{ name }} viewer {{ name }} }}'
        other = await asyncpg.connect(database_url)
        async with listening_on(world.app) as (url, _), other.transaction():
            await other.execute("LOCK TABLE customer_account IN ACCESS EXCLUSIVE MODE")
            async with httpx2.AsyncClient() as http:
                address = url.replace("ws:", "http:")
                asking = asyncio.create_task(
                    http.post(address, json={"query": document}, headers=someone.headers)
                )
                await waiting(other, 1)
                asking.cancel()
                await asyncio.wait((asking,))
            await waiting(other, 0)
        await other.close()
        after = await someone.ask(document)

    assert after == {"customerAccount": {"name": "Dupont"}, "viewer": {"name": "Alice"}}


async def waiting(connection: Any, expected: int) -> None:
    """Until so many statements wait for the lock."""
    async with asyncio.timeout(5):
        while await connection.fetchval(WAITING) != expected:
            # Within a transaction the view is read once, unless it is told to forget.
            await connection.execute("SELECT pg_stat_clear_snapshot()")
            await asyncio.sleep(0.05)


@pytest.mark.usefixtures("sleeping")
async def test_an_answer_that_takes_too_long_is_given_up_and_its_statement_cancelled(
    database_url: str,
) -> None:
    async with serving(database_url, request_seconds=1, statement_timeout=60) as world:
        begun = perf_counter()
        answer = await world.http.post(
            "/graphql",
            json={"query": "{ viewer { name } }"},
            headers={"authorization": "Bearer x"},
        )
        took = perf_counter() - begun
        await until_running(database_url, 0)

    assert answer.status_code == 503
    assert answer.json()["errors"][0]["extensions"]["code"] == "TIMEOUT"
    assert took < 5


async def test_the_database_is_told_every_timeout(database_url: str) -> None:
    timeouts: dict[str, Any] = {"statement_timeout": 7, "lock_timeout": 3, "idle_timeout": 9}
    async with serving(database_url, **timeouts) as world:
        connection = await world.database.acquire()
        shown = [
            await connection.fetchval(f"SHOW {name}")
            for name in (
                *("statement_timeout", "lock_timeout"),
                "idle_in_transaction_session_timeout",
            )
        ]
        await world.database.release(connection)

    assert shown == ["7s", "3s", "9s"]


async def test_a_lock_that_another_holds_is_not_waited_for_long(database_url: str) -> None:
    async with serving(database_url, lock_timeout=1) as world:
        someone = await world.company()
        id = await someone.create("CustomerAccount", name="Dupont")
        other = await asyncpg.connect(database_url)
        try:
            async with other.transaction():
                await other.execute(
                    "SELECT FROM customer_account WHERE id = $1 FOR UPDATE", int(id)
                )
                answer = await someone.answer(
                    'mutation ($id: ID!) { updateCustomerAccount(id: $id, input: {name: "X"}) '
                    "{ errors { code } } }",
                    {"id": id},
                )
        finally:
            await other.close()
        after = await someone.ask("{ customerAccounts { nodes { name } } }")

    assert answer["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert after == {"customerAccounts": {"nodes": [{"name": "Dupont"}]}}
