"""Production mode: what the service keeps to itself there, and shows in demo and debug mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from graphql import get_introspection_query
from pydantic import SecretStr

from db.settings import Settings
from db.tokens import Tokens
from graph.app import create_app
from tests.client import Client, World
from tests.conftest import SECRET

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
async def production(database_url: str) -> AsyncIterator[World]:
    """The application as it is unless told otherwise."""
    app = create_app(Settings(database_url=database_url, secret_key=SecretStr(SECRET)))
    async with app.router.lifespan_context(app):
        world = World(app, app.state.application.database, Tokens(SECRET.encode()))
        world.users = 1_000
        yield world
        await world.http.aclose()


async def codes(client: Client, document: str, **headers: str) -> list[str]:
    answer = await client.answer(document, {}, **headers)
    return [each["extensions"]["code"] for each in answer.get("errors", [])]


@pytest.mark.parametrize(
    "document",
    [
        get_introspection_query(),
        '{ a: __type(name: "Query") { name } }',
        '{ ...F } fragment F on Query { ... { __type(name: "Query") { name } } }',
    ],
    ids=["schema", "type", "fragment"],
)
async def test_the_schema_is_for_administrators(production: World, document: str) -> None:
    administrator = await production.company()
    colleague = await administrator.colleague()

    assert await codes(administrator, document) == []
    assert await codes(colleague, document) == ["FORBIDDEN"]
    del colleague.headers["Authorization"]
    assert await codes(colleague, document) == ["UNAUTHENTICATED"]
    assert await codes(colleague, "{ __typename }") == []


@pytest.mark.parametrize(
    ("document", "right"),
    [
        ("{ customerAcounts { totalCount } }", "customerAccounts"),
        ("{ customerAccounts(fist: 1) { totalCount } }", "first"),
        ('{ customerAccounts(filter: {nam: {eq: ""}}) { totalCount } }', "name"),
        ("{ customerAccounts(orderBy: [{name: ASCC}]) { totalCount } }", "ASC"),
    ],
)
async def test_errors_suggest_no_names(
    client: Client, production: World, document: str, right: str
) -> None:
    shown, *_ = await client.refused(document)
    kept, *_ = await (await production.company()).refused(document)

    assert f'"{right}"' in shown["message"] or f"'{right}'" in shown["message"]
    assert "Did you mean" not in kept["message"]


async def test_variables_suggest_no_names(production: World) -> None:
    someone = await production.company()

    answers: list[Any] = [
        await someone.answer(
            "query ($f: CustomerAccountFilter, $o: [CustomerAccountOrder!]) "
            "{ customerAccounts(filter: $f, orderBy: $o) { totalCount } }",
            variables,
        )
        for variables in ({"f": {"nam": {"eq": ""}}}, {"o": [{"name": "ASCC"}]})
    ]

    for answer in answers:
        assert "Did you mean" not in answer["errors"][0]["message"]


async def test_no_page_is_served(production: World) -> None:
    page = await production.http.get("/graphql", headers=BROWSER)
    home = await production.http.get("/", headers=BROWSER)
    asset = await production.http.get("/ide/assets/index.js")

    assert (page.status_code, home.status_code, asset.status_code) == (400, 404, 404)
    assert page.headers["content-type"].startswith("application/json")


async def test_no_cost_is_told(production: World) -> None:
    someone = await production.company()

    answer = await someone.answer("{ viewer { name } }", {})

    assert answer == {"data": {"viewer": {"name": "Alice"}}}


async def test_nothing_of_a_fault_is_told(
    production: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def failing(*_: Any) -> Any:
        raise RuntimeError("postgresql://secret")

    someone = await production.company()
    monkeypatch.setattr("graph.context.Session.viewer", failing)
    answer = await someone.answer("{ viewer { name } }", {}, **{"accept-language": "en"})

    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "INTERNAL"}
    reference = error["message"].partition("reference ")[2].split()[0]
    assert "secret" not in str(answer)
    assert reference in caplog.text
    assert "postgresql://secret" in caplog.text


@pytest.mark.parametrize("query", ["{ __typename }", "{", ""])
async def test_answers_are_neither_kept_nor_run_nor_framed(production: World, query: str) -> None:
    answer = await production.http.post("/graphql", json={"query": query})

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == (
        "default-src 'none'; frame-ancestors 'none'"
    )


async def test_only_listed_origins_may_call(production: World, world: World) -> None:
    for origin in ("https://evil.example", "http://localhost:5173", "null"):
        answer = await production.http.post(
            "/graphql", json={"query": "{ __typename }"}, headers={"origin": origin}
        )
        assert "access-control-allow-origin" not in answer.headers
    near = await world.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"origin": "http://localhost:5173"}
    )
    assert near.headers["access-control-allow-origin"] == "http://localhost:5173"
    assert "access-control-allow-credentials" not in near.headers
