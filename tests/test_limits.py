"""How much one request may ask for: each limit refuses one step beyond it, and reads nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from graphql import GraphQLError, get_introspection_query, parse
from pydantic import SecretStr

from db.errors import TooComplex
from db.settings import Settings
from graph import app as served_app
from graph.context import Session
from graph.limits import Document, Limits
from tests.client import Client
from tests.conftest import SECRET

LIMITS = Limits()


def chained(count: int, spreads: int = 2) -> str:
    """Fragments that each spread the next so many times."""
    spread = [" ".join([f"...F{i}"] * spreads) for i in range(count + 1)]
    parts = [f"fragment F{i} on Query {{ {spread[i + 1]} }}" for i in range(count)]
    return f"{{ {spread[0]} }} {' '.join(parts)} fragment F{count} on Query {{ __typename }}"


async def refused(client: Client, document: str, **variables: Any) -> Any:
    """The one error of what is too much, in English."""
    answer = await client.answer(document, variables, **{"accept-language": "en"})
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "QUERY_TOO_COMPLEX", error
    assert "data" not in answer
    return error


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be read: not even who is asking."""

    async def reads(_: Session) -> None:
        raise AssertionError("the viewer was read")

    monkeypatch.setattr(Session, "operation", reads)


MANY = (
    (" ".join(f"a{i}: __typename" for i in range(201)), "aliases", 201, 200),
    ("__typename " * 5_001, "fields", 5_001, 5_000),
    ("__typename @include(if: true) " * 101, "directives", 101, 100),
    ("__typename @nobody " * 101, "directives", 101, 100),
    ("a { " * 21 + "b" + " }" * 21, "levels deep", 22, 20),
    ("...F " * 101 + "} fragment F on Query { a: b c: d", "aliases", 202, 200),
    ("... { " * 19 + "a " * 5_002 + " }" * 19, "fields", 5_002, 5_000),
    ("__typename " * 10_000, "words", 10_001, 10_000),
)


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize(
    ("inside", "what", "asked", "most"), MANY, ids=[f"{what}-{asked}" for _, what, asked, _ in MANY]
)
async def test_a_document_that_is_too_large_is_refused_before_anything_is_read(
    client: Client, inside: str, what: str, asked: int, most: int
) -> None:
    error = await refused(client, f"{{ {inside} }}")

    assert what in error["message"]
    assert f"{most:,}".replace(",", "") in error["message"].replace(",", "").replace("\u202f", "")
    assert (error["extensions"]["requested"], error["extensions"]["maximum"]) == (asked, most)
    assert error["locations"][0]["line"] == 1


@pytest.mark.usefixtures("blind")
async def test_too_many_nodes_are_refused_before_anything_is_read(client: Client) -> None:
    document = (
        "query Q($n: Int!) { customerAccounts(first: $n) { nodes { invoices(first: $n) "
        "{ nodes { comments(first: $n) { nodes { id } } } } } } }"
    )

    error = await refused(client, document, n=100)

    assert error["extensions"] == {
        "code": "QUERY_TOO_COMPLEX",
        "requested": 1_010_100,
        "maximum": 50_000,
    }
    assert error["locations"] == [{"line": 1, "column": 1}]


@pytest.mark.usefixtures("blind")
async def test_too_many_values_are_refused_before_anything_is_read(client: Client) -> None:
    """Few nodes by many aliases: an answer that would not fit in memory."""
    names = " ".join(f"v{i}: lastName" for i in range(103))
    document = (
        "{ customerAccounts(first: 98) { nodes { contacts(first: 100) { nodes { ...F } } } } } "
        f"fragment F on Contact {{ {names} }}"
    )

    error = await refused(client, document)

    assert error["extensions"] == {
        "code": "QUERY_TOO_COMPLEX",
        "requested": 98 * 100 * 103,
        "maximum": 1_000_000,
    }


async def test_comparing_fields_of_one_name_is_given_up_soon(client: Client) -> None:
    copies = "customerAccounts { nodes { id } } " * 1_400
    begun = time.process_time()

    (error,) = await client.refused(f"{{ {copies} }}")

    assert error["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert time.process_time() - begun < 1


async def test_a_document_may_not_have_many_mutations(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client.world.app.state.application, "limits", LIMITS)
    one = 'createContact(input: {lastName: "Martin", firstName: "Léa"}) { errors { message } }'
    many = " ".join(f"m{i}: {one}" for i in range(6))
    by_fragment = f"mutation {{ ...F ...F }} fragment F on Mutation {{ {many.partition('m3')[0]} }}"

    for document in (f"mutation {{ {many} }}", by_fragment):
        error = await refused(client, document)
        assert error["extensions"]["requested"] == 6
    assert await client.ask("{ contacts { totalCount } }") == {"contacts": {"totalCount": 0}}
    await client.ask(f"mutation {{ {many.partition('m5')[0]} }}")
    assert await client.ask("{ contacts { totalCount } }") == {"contacts": {"totalCount": 5}}


@pytest.mark.parametrize("count", [20, 30, 90])
def test_fragments_that_double_are_measured_once_each(count: int) -> None:
    document = Document(parse(chained(count)), LIMITS)

    with pytest.raises(GraphQLError) as refusal:
        document.check()

    why = refusal.value.original_error
    assert isinstance(why, TooComplex)
    assert why.params["requested"] == 2 ** (count + 1)
    assert document.visits == 2 * (count + 1) + 1


async def test_fragments_spread_in_too_many_others_are_refused(client: Client) -> None:
    error = await refused(client, chained(101, 1))

    assert error["extensions"]["maximum"] == 100
    await client.ask(chained(98, 1))
    # Whichever end is measured first.
    head, *fragments = chained(101, 1).split(" fragment ")
    backwards = " fragment ".join([head, *reversed(fragments)])
    assert (await refused(client, backwards))["extensions"]["maximum"] == 100


@pytest.mark.parametrize(
    "document",
    [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { __typename ...B } fragment B on Query { ...A }",
        "{ ...Nowhere }",
        "query A { __typename } query A { __typename }",
    ],
)
async def test_what_goes_in_circles_is_left_to_validation(client: Client, document: str) -> None:
    answer = await client.answer(document, {})

    codes = {each["extensions"]["code"] for each in answer["errors"]}
    assert len(answer["errors"]) <= 2
    assert codes <= {"GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"}


async def test_few_errors_are_told_however_many_there_are(client: Client) -> None:
    answer = await client.answer("{ " + " ".join(f"no{i}" for i in range(1_000)) + " }", {})

    assert len(answer["errors"]) == 5
    assert {each["extensions"]["code"] for each in answer["errors"]} == {
        "GRAPHQL_VALIDATION_FAILED"
    }


@pytest.mark.parametrize("what", ["{ a" * 3_000 + "}" * 3_000, f"{{ a(b: {'[' * 3_000}) }}"])
async def test_the_parser_goes_only_so_deep(client: Client, what: str) -> None:
    (error,) = await client.refused(what)

    assert error["code"] == "GRAPHQL_PARSE_FAILED"


async def test_the_schema_is_read_by_the_usual_tools_and_no_deeper(client: Client) -> None:
    usual = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, input_value_deprecation=True
    )
    deeper = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"

    size = Document(parse(usual), LIMITS)
    size.check()
    assert (await client.ask(usual))["__schema"]["queryType"]["name"] == "Query"
    (error,) = await client.refused(deeper)
    assert error["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_that_is_too_long_is_413(client: Client, announced: bool) -> None:
    start, end = b'{"query": "{ __typename }", "variables": {"a": "', b'"}}'
    fits = start + b"x" * (1_048_576 - len(start) - len(end)) + end

    async def parts(body: bytes) -> AsyncIterator[bytes]:
        for begin in range(0, len(body), 65_536):
            yield body[begin : begin + 65_536]

    async def post(body: bytes) -> httpx2.Response:
        return await client.http.post(
            "/graphql",
            content=body if announced else parts(body),
            headers={"content-type": "application/json"},
        )

    assert (await post(fits)).status_code == 200
    answer = await post(fits + b" ")
    assert (answer.status_code, answer.headers["connection"]) == (413, "close")
    assert answer.json()["errors"][0]["extensions"]["maximum"] == 1_048_576


def made(database_url: str, **settings: Any) -> httpx2.AsyncClient:
    """The application under other settings, without its database: for what needs none."""
    app = served_app.create_app(
        Settings(database_url=database_url, secret_key=SecretStr(SECRET), **settings)
    )
    app.state.application.session = lambda _: pytest.fail("it came to be executed")
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url="http://fiches.example"
    )


async def test_a_body_that_does_not_come_is_408(database_url: str) -> None:
    async def stalled() -> AsyncIterator[bytes]:
        yield b'{"query": '
        await asyncio.sleep(30)

    async with made(database_url, max_body_seconds=1) as http:
        answer = await http.post(
            "/graphql", content=stalled(), headers={"content-type": "application/json"}
        )

    assert answer.status_code == 408
    assert answer.json()["errors"][0]["extensions"]["code"] == "TIMEOUT"


def test_every_limit_is_a_setting_with_the_same_default(database_url: str) -> None:
    settings = Settings(database_url=database_url, secret_key=SecretStr(SECRET))

    assert Limits.of(settings) == LIMITS
    assert [name for name in Settings.model_fields if name.startswith("max_")] == [
        f"max_{name}" for name in Limits.__annotations__
    ]


@pytest.mark.parametrize(
    "document",
    [
        'query { customerAccounts(search: "a\\u0000b") { nodes { id } } }',
        'query { customerAccounts(filter: {name: {eq: "a\\u0000"}}) { nodes { id } } }',
        'query { search(text: "a\\u0000b") { total: __typename } }',
        'query { customerAccount(number: "a\\u0000b") { id } }',
        'query { record(id: "1\\u0000") { id } }',
        'query { node(id: "\\u0000") { id } }',
        'mutation { signIn(email: "a\\u0000@b.fr", password: "a\\u0000") { token } }',
        'mutation { createContact(input: {lastName: "a\\u0000"}) { errors { code } } }',
        'mutation { addComment(record: "1", body: "a\\u0000") { errors { code } } }',
        'query { customerAccounts(after: "a\\u0000") { nodes { id } } }',
        'query { module(name: "a\\u0000") { name } }',
    ],
)
async def test_a_nul_is_no_fault_of_the_service(client: Client, document: str) -> None:
    answer = await client.answer(document, {})

    codes = [each["extensions"]["code"] for each in answer.get("errors", [])]
    assert "INTERNAL" not in codes
