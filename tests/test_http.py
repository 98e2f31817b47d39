"""GraphQL over HTTP: what a request may look like, and how it is answered or refused."""

from __future__ import annotations

import asyncio
import json

import httpx2
import pytest

from tests.client import Client, World
from tests.conftest import ROOT
from tests.node import node_with
from tests.test_live import listening_on

GRAPHQL = "application/graphql-response+json"
PLAIN = "application/json"
POST = {"content-type": PLAIN}


@pytest.fixture
async def http(world: World) -> httpx2.AsyncClient:
    return world.http


async def test_every_audit_of_graphql_over_http_passes(world: World) -> None:
    """Those of the npm package graphql-http, against the service on a socket."""
    node = node_with("graphql-http")
    async with listening_on(world.app) as (url, _):
        running = await asyncio.create_subprocess_exec(
            *(node.program, str(ROOT / "web" / "audits.mjs"), url.replace("ws:", "http:")),
            stdout=asyncio.subprocess.PIPE,
        )
        printed, _ = await running.communicate()

    found = json.loads(printed)
    assert [each for each in found if each["status"] != "ok"] == []
    assert len(found) == 61


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, PLAIN),
        ("", PLAIN),
        ("*/*", PLAIN),
        ("application/*", PLAIN),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {PLAIN}", PLAIN),
        (f"{GRAPHQL}, {PLAIN};q=0.9", GRAPHQL),
        (f"{GRAPHQL}; q=0.1, */*", PLAIN),
        (f"{PLAIN};q=0, */*", GRAPHQL),
        ("text/html, application/json;q=0.5", PLAIN),
        (f"{GRAPHQL.upper()}; charset=utf-8", GRAPHQL),
    ],
)
async def test_an_answer_has_the_form_that_is_liked_best(
    http: httpx2.AsyncClient, accept: str | None, form: str
) -> None:
    answer = await http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"accept": accept or ""}
    )

    assert answer.headers["content-type"] == f"{form}; charset=utf-8"
    assert answer.json() == {
        "data": {"__typename": "Query"},
        "extensions": {"cost": {"requested": 0, "actual": 0, "statements": 0, "rows": 0}},
    }


@pytest.mark.parametrize("accept", ["text/plain", "image/*", "*/*;q=0", "application/json;q=x"])
async def test_no_form_that_is_accepted_is_406(http: httpx2.AsyncClient, accept: str) -> None:
    answer = await http.post("/graphql", json={"query": "{a}"}, headers={"accept": accept})

    assert answer.status_code == 406
    assert GRAPHQL in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_other_methods_are_405(http: httpx2.AsyncClient, method: str) -> None:
    answer = await http.request(method, "/graphql")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


async def test_a_query_may_come_by_get_and_a_mutation_may_not(client: Client) -> None:
    document = 'mutation { createCustomerAccount(input: {name: "Dupont"}) { change { id } } }'
    read = await client.http.get(
        "/graphql",
        params={
            "query": "query A { __typename } query B($n: String!) { __type(name: $n) { name } }",
            "operationName": "B",
            "variables": '{"n": "Query"}',
        },
        headers=client.headers,
    )
    written = await client.http.get("/graphql", params={"query": document}, headers=client.headers)

    assert read.json()["data"] == {"__type": {"name": "Query"}}
    assert (written.status_code, written.headers["allow"]) == (405, "POST")
    assert "POST" in written.json()["errors"][0]["message"]
    assert (await client.ask("{ customerAccounts { totalCount } }")) == {
        "customerAccounts": {"totalCount": 0}
    }


@pytest.mark.parametrize("accept", [PLAIN, GRAPHQL])
async def test_a_subscription_by_get_is_told_where_to_go(
    http: httpx2.AsyncClient, accept: str
) -> None:
    answer = await http.get(
        "/graphql",
        params={"query": 'subscription { moduleChanged(module: "Contact") { cursor } }'},
        headers={"accept": accept},
    )

    assert answer.status_code == (200 if accept == PLAIN else 400)
    assert "graphql-transport-ws" in answer.json()["errors"][0]["message"]
    assert "data" not in answer.json()


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=latin-1",
        "application/jsonx",
    ],
)
async def test_a_body_that_is_not_json_by_its_type_is_415(
    http: httpx2.AsyncClient, kind: str | None
) -> None:
    headers = {} if kind is None else {"content-type": kind}
    answer = await http.post("/graphql", content=b'{"query": "{a}"}', headers=headers)

    assert answer.status_code == 415
    assert PLAIN in answer.json()["errors"][0]["message"]


def nested(levels: int) -> bytes:
    return b'{"query": "{a}", "variables": {"a": ' + b"[" * levels + b"]" * levels + b"}}"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no JSON"),
        (b'{"query": "{a}"', "line 1, column"),
        (b'{"query": "{a}", "variables": {"a": NaN}}', "no JSON"),
        (b'{"query": "\xff"}', "no JSON"),
        (b'\xef\xbb\xbf{"query": "{a}"}', "no JSON"),
        (b'{"query": "{a}", "variables": {"a": "\\ud800"}}', "no JSON"),
        (b'{"query": "{a}", "query": "{b}"}', "“query” is there twice"),
        (b'{"query": "{a}", "variables": {"a": {"b": 1, "b": 2}}}', "“b” is there twice"),
        (b'{"query": "{a}", "variables": {"a": 9223372036854775808}}', "too large"),
        (b'{"query": "{a}", "variables": {"a": ' + b"9" * 25 + b"}}", "too large"),
        (b'{"query": "{a}", "variables": {"a": ' + b"9" * 5000 + b"}}", "no JSON"),
        (b'{"query": "{a}", "variables": {"a": 1e999}}', "no JSON"),
        (nested(63), "more than 64 levels"),
        (nested(50_000), "no JSON"),
        (b'[{"query": "{a}"}]', "one operation a request"),
        (b'"{a}"', "body must be"),
        (b'{"variables": {}}', "query: give"),
        (b'{"query": ""}', "query: give"),
        (b'{"query": "{a}", "variables": []}', "variables must be"),
    ],
    ids=lambda value: repr(value[:40]),
)
async def test_a_body_that_says_nothing_clear_is_400(
    http: httpx2.AsyncClient, body: bytes, said: str
) -> None:
    answer = await http.post(
        "/graphql", content=body, headers={**POST, "accept": PLAIN, "accept-language": "en"}
    )

    (error,) = answer.json()["errors"]
    assert answer.status_code == 400
    assert said in error["message"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("name", [None, "", "C"])
async def test_of_several_operations_one_is_named(
    http: httpx2.AsyncClient, name: str | None
) -> None:
    """GraphQL §6.1: GetOperation. Nothing is executed where it is not clear which is meant."""
    answer = await http.post(
        "/graphql",
        json={"query": "query A { __typename } query B { __typename }", "operationName": name},
        headers={"accept": GRAPHQL},
    )

    assert answer.status_code == 400
    assert "data" not in answer.json()
    assert "operationName" in answer.json()["errors"][0]["message"]
