"""Documents by id: trusted ones, loaded beforehand, and automatic ones that clients register."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from hashlib import md5, sha256
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from db.settings import Settings
from db.start_errors import StartError
from db.tokens import Tokens
from graph import documents, manifests
from graph.app import create_app, schema
from graph.schema import suite
from tests.client import Client, World
from tests.conftest import SECRET
from tests.test_events import read
from tests.test_live import listening_on, opened

NAME = "query Name { viewer { name } }"
CREATE = (
    "mutation Create($name: String!) "
    "{ createContact(input: {lastName: $name}) { errors { code } } }"
)
FOLLOW = "subscription Follow($m: String!) { moduleChanged(module: $m) { record { title } } }"
ALICE = {"viewer": {"name": "Alice"}}
UNKNOWN = "0" * 64


def hashed(query: str) -> str:
    return sha256(query.encode()).hexdigest()


def apollo(query: str) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hashed(query)}}}


def manifest(folder: Path, found: Any) -> Path:
    file = folder / "manifest.json"
    file.write_text(json.dumps(found))
    return file


async def loaded(url: str, folder: Path, found: Any) -> tuple[int, int]:
    """Load a manifest as the command does."""
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET))
    file = manifest(folder, found)
    return await manifests.load(settings, url, file, schema(suite())._schema)


@pytest.fixture(autouse=True)
async def kept(database_url: str, tmp_path: Path) -> None:
    """Three documents under three ids each."""
    texts = (NAME, CREATE, FOLLOW)
    await loaded(database_url, tmp_path, {hashed(each): each for each in texts})
    await loaded(database_url, tmp_path, {f"own-{i}": each for i, each in enumerate(texts)})
    await loaded(database_url, tmp_path, {md5(each.encode()).hexdigest(): each for each in texts})


async def served(database_url: str, **settings: Any) -> AsyncIterator[World]:
    app = create_app(Settings(database_url=database_url, secret_key=SecretStr(SECRET), **settings))
    async with app.router.lifespan_context(app):
        world = World(app, app.state.application.database, Tokens(SECRET.encode()))
        world.users = 3_000 + 1_000 * len(settings)
        yield world
        await world.http.aclose()


@pytest.fixture(scope="module")
async def strict(database_url: str) -> AsyncIterator[World]:
    """Trusted documents only, in demo mode: which opens no way around."""
    async for world in served(database_url, trusted_only=True, debug=True, apq=True):
        yield world


@pytest.fixture(scope="module")
async def automatic(database_url: str) -> AsyncIterator[World]:
    async for world in served(database_url, apq=True):
        yield world


async def sent(client: Client, body: dict[str, Any], **headers: str) -> Any:
    answer = await client.http.post(
        "/graphql", json=body, headers={**client.headers, "accept-language": "en", **headers}
    )
    return answer.json()


async def code(client: Client, body: dict[str, Any]) -> str:
    (error,) = (await sent(client, body))["errors"]
    return str(error["extensions"]["code"])


DIALECTS: list[tuple[str, dict[str, Any]]] = [
    ("draft", {"documentId": f"sha256:{hashed(NAME)}"}),
    ("draft, own id", {"documentId": "own-0"}),
    ("Apollo", apollo(NAME)),
    ("Apollo, with the text", {"query": NAME, **apollo(NAME)}),
    ("Relay", {"doc_id": md5(NAME.encode()).hexdigest(), "variables": {}}),
    ("Relay, id", {"id": md5(NAME.encode()).hexdigest(), "query": None}),
    ("Relay, empty text", {"id": md5(NAME.encode()).hexdigest(), "query": ""}),
]
EACH = pytest.mark.parametrize(
    "body", [body for _, body in DIALECTS], ids=[name for name, _ in DIALECTS]
)


@EACH
async def test_each_dialect_is_understood_over_post(client: Client, body: dict[str, Any]) -> None:
    assert (await sent(client, body))["data"] == ALICE


@EACH
async def test_each_dialect_is_understood_over_get(client: Client, body: dict[str, Any]) -> None:
    params = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in body.items()
        if value
    }

    answer = await client.http.get("/graphql", params=params, headers=client.headers)

    assert answer.json()["data"] == ALICE


@EACH
async def test_each_dialect_is_understood_as_events(client: Client, body: dict[str, Any]) -> None:
    answer = await client.http.post(
        "/graphql", json=body, headers={**client.headers, "accept": "text/event-stream"}
    )

    assert read(answer.text)[0][1]["data"] == ALICE


@EACH
async def test_each_dialect_is_understood_on_a_socket(
    client: Client, world: World, body: dict[str, Any]
) -> None:
    async with (
        listening_on(world.app) as (url, _),
        opened(url, client.headers["Authorization"]) as stream,
    ):
        await stream.send(type="subscribe", id="1", payload=body)

        assert (await stream.message())["payload"]["data"] == ALICE


async def test_a_mutation_by_id_does_not_come_by_get(client: Client) -> None:
    answer = await client.http.get(
        "/graphql",
        params={"documentId": "own-1", "variables": '{"name": "Martin"}'},
        headers=client.headers,
    )

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert await client.ask("{ contacts { totalCount } }") == {"contacts": {"totalCount": 0}}
    written = await sent(client, {"documentId": "own-1", "variables": {"name": "Martin"}})
    assert written["data"] == {"createContact": {"errors": []}}


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": f"sha256:{UNKNOWN}"},
        {"documentId": "nothing"},
        {"documentId": "x-app:nothing"},
        {"doc_id": "nothing"},
        {"id": "nothing"},
    ],
)
async def test_an_unknown_id_is_told(client: Client, body: dict[str, Any]) -> None:
    assert await code(client, body) == "PERSISTED_QUERY_NOT_FOUND"


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": 1},
        {"documentId": ""},
        {"documentId": "sha256:abc"},
        {"documentId": f"sha256:{hashed(NAME).upper()}"},
        {"documentId": "a\x00b"},
        {"documentId": "é"},
        {"documentId": "x" * 257},
        {"doc_id": ["own-0"]},
        {"id": {}},
        {"extensions": {"persistedQuery": "own-0"}},
        {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": hashed(NAME)}}},
        {"extensions": {"persistedQuery": {"version": 1}}},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "own-0"}}},
    ],
)
async def test_what_is_no_id_is_400_and_closes_a_socket(
    client: Client, world: World, body: dict[str, Any]
) -> None:
    answer = await client.http.post("/graphql", json=body, headers=client.headers)
    async with (
        listening_on(world.app) as (url, _),
        opened(url, client.headers["Authorization"]) as stream,
    ):
        await stream.send(type="subscribe", id="1", payload=body)

        assert await stream.close_code() == 4400
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        {"documentId": "own-0", "query": "{ viewer { email } }"},
        {"documentId": "nothing", "query": NAME},
        {"query": "{ viewer { email } }", **apollo(NAME)},
    ],
)
async def test_an_id_with_another_text_is_refused(client: Client, body: dict[str, Any]) -> None:
    assert await code(client, body) == "BAD_USER_INPUT"


async def test_hashes_are_not_registered_unless_that_is_set(client: Client) -> None:
    query = "{ viewer { name email } }"

    assert await code(client, apollo(query)) == "PERSISTED_QUERY_NOT_SUPPORTED"
    assert "data" in await sent(client, {"query": query, **apollo(query)})
    assert await code(client, apollo(query)) == "PERSISTED_QUERY_NOT_SUPPORTED"


async def test_a_client_registers_what_is_not_known(automatic: World) -> None:
    """As Apollo's clients do: the hash alone, then with the text, from then on alone again."""
    client = await automatic.company()
    query = f"query A{client.user_id} {{ viewer {{ name }} }}"

    first = await sent(client, apollo(query))
    second = await sent(client, {"query": query, **apollo(query)})
    third = await sent(client, apollo(query))

    (error,) = first["errors"]
    assert error["message"] == "PersistedQueryNotFound"
    assert error["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert second == third == {"data": ALICE}


async def test_nothing_is_registered_under_the_hash_of_another(automatic: World) -> None:
    client = await automatic.company()
    query = f"query B{client.user_id} {{ viewer {{ name }} }}"

    assert (
        await code(client, {"query": "{ viewer { email } }", **apollo(query)}) == "BAD_USER_INPUT"
    )
    assert await code(client, apollo(query)) == "PERSISTED_QUERY_NOT_FOUND"


async def test_what_is_registered_is_bounded(
    automatic: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await automatic.company()
    application = automatic.app.state.application
    monkeypatch.setattr(documents, "MOST_AUTOMATIC", 1_000)
    monkeypatch.setattr(
        application, "documents", documents.Documents(trusted_only=False, automatic=True)
    )
    queries = [f"query C{i}{'x' * 80} {{ viewer {{ name }} }}" for i in range(20)]
    long = f"query D {{ viewer {{ name }} }} #{'x' * documents.LONGEST_AUTOMATIC}"
    for query in (*queries, long):
        assert await sent(client, {"query": query, **apollo(query)}) == {"data": ALICE}

    assert await sent(client, apollo(queries[-1])) == {"data": ALICE}
    assert await code(client, apollo(queries[0])) == "PERSISTED_QUERY_NOT_FOUND"
    assert await code(client, apollo(long)) == "PERSISTED_QUERY_NOT_FOUND"
    assert application.documents._automatic.currsize <= 1_000


@EACH
async def test_trusted_documents_are_executed_where_nothing_else_is(
    strict: World, body: dict[str, Any]
) -> None:
    client = await strict.company()

    assert (await sent(client, body))["data"] == ALICE


INTROSPECTION = "{ __schema { queryType { name } } }"


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"query": NAME}, "PERSISTED_QUERY_ONLY"),
        ({"query": "{ __typename }"}, "PERSISTED_QUERY_ONLY"),
        ({"query": INTROSPECTION}, "PERSISTED_QUERY_ONLY"),
        ({"query": INTROSPECTION, **apollo(INTROSPECTION)}, "PERSISTED_QUERY_ONLY"),
        ({"query": "{"}, "PERSISTED_QUERY_ONLY"),
        (apollo(INTROSPECTION), "PERSISTED_QUERY_NOT_SUPPORTED"),
        ({"documentId": "nothing"}, "PERSISTED_QUERY_NOT_FOUND"),
        ({"documentId": "own-0", "query": INTROSPECTION}, "BAD_USER_INPUT"),
        ({"query": INTROSPECTION, **apollo(NAME)}, "BAD_USER_INPUT"),
        ({"query": INTROSPECTION, "id": "own-0"}, "PERSISTED_QUERY_ONLY"),
    ],
)
async def test_nothing_else_is_executed_by_any_way(
    strict: World, body: dict[str, Any], refusal: str
) -> None:
    client = await strict.company()
    params = {
        name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()
    }

    answer = await client.http.get("/graphql", params=params, headers=client.headers)
    events = await client.http.post(
        "/graphql", json=body, headers={**client.headers, "accept": "text/event-stream"}
    )
    async with (
        listening_on(strict.app) as (url, _),
        opened(url, client.headers["Authorization"]) as stream,
    ):
        await stream.send(type="subscribe", id="1", payload=body)
        told = await stream.refusal()

    assert await code(client, body) == refusal
    assert answer.json()["errors"][0]["extensions"]["code"] == refusal
    assert read(events.text)[0][1]["errors"][0]["extensions"]["code"] == refusal
    assert told["extensions"]["code"] == refusal


async def test_no_page_is_served_where_only_trusted_documents_are_executed(strict: World) -> None:
    for path in ("/graphql", "/"):
        answer = await strict.http.get(path, headers={"accept": "text/html"})
        assert answer.status_code in (404, 400, 406)


async def test_a_refusal_costs_no_viewer_and_no_statement_but_the_lookup(
    strict: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def reads(*_: Any) -> None:
        raise AssertionError("the viewer was read")

    client = await strict.company()
    monkeypatch.setattr("graph.context.Session.viewer", reads)

    assert await code(client, {"query": NAME}) == "PERSISTED_QUERY_ONLY"


async def test_a_forgotten_document_is_gone_from_memory_too(
    client: Client, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(database_url=database_url, secret_key=SecretStr(SECRET))
    query = f"query E{client.user_id} {{ viewer {{ name }} }}"
    application = client.world.app.state.application
    monkeypatch.setattr(documents, "FRESH", 0.0)
    monkeypatch.setattr(
        application, "documents", documents.Documents(trusted_only=False, automatic=False)
    )
    await loaded(database_url, tmp_path, {f"e-{client.user_id}": query})
    named = {"documentId": f"e-{client.user_id}"}
    assert (await sent(client, named))["data"] == ALICE

    assert await manifests.forget(settings, database_url, [named["documentId"]], False) == [
        named["documentId"]
    ]

    assert await code(client, named) == "PERSISTED_QUERY_NOT_FOUND"


async def test_manifests_of_three_tools_are_read(
    client: Client, database_url: str, tmp_path: Path
) -> None:
    texts = [f"query M{i}X{client.user_id} {{ viewer {{ name }} }}" for i in range(3)]
    codegen = {hashed(texts[0]): texts[0]}
    relay = {md5(texts[1].encode()).hexdigest(): texts[1]}
    own = {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [
            {"id": hashed(texts[2]), "name": "M2", "type": "query", "body": texts[2]},
        ],
    }

    for found in (codegen, relay, own):
        assert await loaded(database_url, tmp_path, found) == (1, 1)
        assert await loaded(database_url, tmp_path, found) == (1, 0)

    settings = Settings(database_url=database_url, secret_key=SecretStr(SECRET))
    names = {each.id: each.name for each in await manifests.listed(settings, database_url)}
    assert names[hashed(texts[0])] == f"M0X{client.user_id}"
    assert names[hashed(texts[2])] == "M2"
    assert (await sent(client, apollo(texts[2])))["data"] == ALICE


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "no manifest"),
        ({}, "no manifest"),
        ("{ viewer { name } }", "no manifest"),
        ({"a": 1}, "no manifest"),
        ({"format": "other", "version": 1, "operations": []}, "no manifest"),
        ({"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{}]}, "no man"),
        ({"good": NAME, "bad": "{ nothing }"}, "nothing"),
        ({"good": NAME, "bad": "{"}, "Syntax"),
        ({"good": NAME, "bad id": NAME}, "its id"),
        ({UNKNOWN: NAME}, "another text"),
        ({"own-0": "{ viewer { email } }"}, "own-0 stands for another"),
        ({"bad": "{ " + "a: __typename " * 300 + "}"}, "QUERY_TOO_COMPLEX"),
    ],
)
async def test_a_manifest_that_does_not_fit_is_refused_whole(
    database_url: str, tmp_path: Path, found: Any, said: str
) -> None:
    with pytest.raises(StartError) as refused:
        await loaded(database_url, tmp_path, found)

    settings = Settings(database_url=database_url, secret_key=SecretStr(SECRET))
    kept = {each.id for each in await manifests.listed(settings, database_url)}
    assert said in str(refused.value)
    assert "good" not in kept
