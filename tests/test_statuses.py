"""Status codes of GraphQL over HTTP, by edition, and in which form of answer they are used."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from db.errors import Busy
from db.settings import Settings
from db.tokens import Tokens
from graph.app import create_app
from tests.client import Client, World
from tests.conftest import SECRET
from tests.test_http import GRAPHQL, PLAIN
from tests.test_live import listening_on

PARTIAL = "{ viewer { name } customerAccount { id } }"
EMPTY = '{ customerAccounts(first: 1, after: "x") { totalCount } }'


@pytest.fixture(scope="module")
async def newer(database_url: str) -> AsyncIterator[World]:
    app = create_app(
        Settings(database_url=database_url, secret_key=SecretStr(SECRET), http_edition="2026")
    )
    async with app.router.lifespan_context(app):
        world = World(app, app.state.application.database, Tokens(SECRET.encode()))
        world.users = 9_000
        yield world
        await world.http.aclose()


async def status(client: Client, body: Any, accept: str = GRAPHQL) -> int:
    content = body if isinstance(body, bytes) else None
    answer = await client.http.post(
        "/graphql",
        content=content,
        json=None if content is not None else body,
        headers={**client.headers, "accept": accept, "content-type": PLAIN},
    )
    return answer.status_code


CASES: list[tuple[str, Any, int, int]] = [
    ("data", {"query": "{ viewer { name } }"}, 200, 200),
    ("data and errors", {"query": PARTIAL}, 200, 294),
    ("no data and errors of fields", {"query": EMPTY}, 200, 294),
    ("no JSON", b"NONSENSE", 400, 400),
    ("a key twice", b'{"query": "{a}", "query": "{b}"}', 400, 400),
    ("a list", [{"query": "{ __typename }"}], 400, 422),
    ("no query", {"qeury": "{ __typename }"}, 400, 422),
    ("variables of another type", {"query": "{ __typename }", "variables": [7]}, 400, 422),
    ("no document", {"query": "{"}, 400, 400),
    ("no valid document", {"query": "{ nothing }"}, 400, 422),
    ("too large", {"query": "{ " + "__typename " * 5_001 + "}"}, 400, 422),
    ("which operation", {"query": "query A { __typename } query B { __typename }"}, 400, 422),
    ("no such operation", {"query": "{ __typename }", "operationName": "B"}, 400, 422),
    ("variables", {"query": "query ($n: Int!) { tags(first: $n) { totalCount } }"}, 400, 422),
    ("a subscription", {"query": "subscription { recordChanged(id: 1) { cursor } }"}, 400, 422),
    ("an unknown id", {"documentId": "nothing"}, 400, 422),
]


@pytest.mark.parametrize(
    ("body", "draft", "edition"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
async def test_the_status_is_that_of_the_edition(
    client: Client, newer: World, body: Any, draft: int, edition: int
) -> None:
    other = await newer.company()

    assert (await status(client, body), await status(other, body)) == (draft, edition)


@pytest.mark.parametrize("body", [body for _, body, draft, _ in CASES if draft == 200])
async def test_the_older_form_says_200_in_both(client: Client, newer: World, body: Any) -> None:
    other = await newer.company()

    assert [await status(each, body, PLAIN) for each in (client, other)] == [200, 200]


async def test_who_may_not_is_told_401_and_403(newer: World) -> None:
    administrator = await newer.company()
    colleague = await administrator.colleague()
    introspection = {"query": "{ __schema { queryType { name } } }"}

    assert await status(colleague, introspection) == 403
    colleague.headers.clear()
    assert await status(colleague, introspection) == 401


async def test_the_service_is_told_to_be_at_fault(
    newer: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = await newer.company()
    for raised, told in ((Busy(), 503), (RuntimeError("secret"), 500)):

        async def failing(*_: Any, error: Exception = raised, **__: Any) -> None:
            raise error

        monkeypatch.setattr("graph.context.Session.operation", failing)
        assert await status(client, {"query": "{ viewer { name } }"}) == told
    caplog.clear()


async def test_294_passes_the_server(newer: World) -> None:
    client = await newer.company()
    async with listening_on(newer.app) as (url, _), httpx2.AsyncClient() as http:
        answer = await http.post(
            url.replace("ws:", "http:"),
            json={"query": PARTIAL},
            headers={**client.headers, "accept": GRAPHQL},
        )

    assert answer.status_code == 294
    assert answer.json()["data"]["viewer"] == {"name": "Alice"}
