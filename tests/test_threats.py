"""Attacks that no other file of tests is about; docs/threats.md has all of them."""

from __future__ import annotations

import asyncio
import re
from time import perf_counter

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.client import Client, World
from tests.conftest import ROOT
from tests.test_live import PROTOCOL, listening_on

PAGE = (ROOT / "docs" / "threats.md").read_text()
FOREIGN = {"origin": "https://foreign.example"}


def test_every_attack_has_its_row() -> None:
    assert re.findall(r"^\| (S\d+) \|", PAGE, re.M) == [f"S{number}" for number in range(1, 41)]


def test_every_row_names_a_test_or_says_why_there_is_none() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| S\d", line)]

    bare = [row for row in rows if "::" not in row and "does not concern us: " not in row]

    assert bare == []


@pytest.mark.parametrize(
    ("file", "name"), sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", PAGE)))
)
def test_a_test_that_is_named_is_there(file: str, name: str) -> None:
    assert f"def {name}(" in (ROOT / "tests" / file).read_text()


async def test_others_are_answered_while_fragments_double(client: Client) -> None:
    fragments = "".join(
        f"fragment F{each} on Query {{ ...F{each + 1} ...F{each + 1} }} " for each in range(30)
    )
    document = f"{{ ...F0 }} {fragments} fragment F30 on Query {{ __typename }}"
    await client.answer(document, {})
    lags: list[float] = []

    async def watch() -> None:
        while True:
            begun = perf_counter()
            await asyncio.sleep(0)
            lags.append(perf_counter() - begun)

    watching = asyncio.create_task(watch())
    answer = await client.answer(document, {})
    watching.cancel()

    assert answer["errors"][0]["extensions"]["code"] == "QUERY_TOO_COMPLEX"
    # 20 ms on a machine of its own; others run here beside.
    assert max(lags) < 0.2


async def test_a_cookie_says_nothing_of_who_asks(client: Client) -> None:
    token = client.headers["Authorization"].removeprefix("Bearer ")
    cookies = f"Authorization=Bearer {token}; token={token}; session={token}"

    answer = await client.http.post(
        "/graphql",
        json={"query": "{ customerAccounts { totalCount } }"},
        headers={"cookie": cookies},
    )

    codes = [each["extensions"]["code"] for each in answer.json()["errors"]]
    assert codes == ["UNAUTHENTICATED"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/graphql", "/metrics", "/health", "/ready", "/export/x.csv"])
async def test_a_foreign_page_reads_no_answer(client: Client, path: str) -> None:
    asked = await client.http.options(
        path,
        headers={
            **FOREIGN,
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization, content-type",
        },
    )
    answer = await client.http.get(path, headers=FOREIGN)

    assert asked.status_code == 400
    assert "access-control-allow-origin" not in asked.headers
    assert "access-control-allow-origin" not in answer.headers
    assert "access-control-allow-credentials" not in answer.headers


async def test_a_socket_that_says_nothing_is_closed(world: World) -> None:
    async with listening_on(world.app) as (url, _), connect(url, subprotocols=[PROTOCOL]) as socket:
        begun = perf_counter()
        with pytest.raises(ConnectionClosed) as closed:
            await asyncio.wait_for(socket.recv(), 20)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4408
    assert 9 < perf_counter() - begun < 15


async def test_a_right_lost_between_two_pages_is_lost(client: Client) -> None:
    for letter in "ABCD":
        await client.create("CustomerAccount", name=letter)
    await client.share("CustomerAccount")
    colleague = await client.colleague()
    document = (
        "query ($after: String) { customerAccounts(first: 2, after: $after) "
        "{ nodes { name } pageInfo { endCursor } totalCount } }"
    )
    first = (await colleague.ask(document))["customerAccounts"]

    await client.world.database.pool.execute(
        "DELETE FROM sharing WHERE company_id = $1", client.company_id
    )
    second = await colleague.ask(document, after=first["pageInfo"]["endCursor"])

    assert [node["name"] for node in first["nodes"]] == ["D", "C"]
    assert second["customerAccounts"]["nodes"] == []
    assert second["customerAccounts"]["totalCount"] == 0
