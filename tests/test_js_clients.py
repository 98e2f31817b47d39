"""The clients of the npm packages graphql-ws and graphql-sse, against the service on a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from db.listening import Listener
from tests.client import Client, World
from tests.conftest import ROOT
from tests.node import node_with
from tests.test_live import listening_on, until

NAMES = ("graphql-ws", "graphql-sse")


class Program:
    """A script that prints JSON by line."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        self.lines = process.stdout

    async def said(self, what: str) -> Any:
        """What it says of this next; what it says of other things meanwhile is passed over."""
        while True:
            line = await asyncio.wait_for(self.lines.readline(), 20)
            assert line, f"it ended without {what}"
            ((name, value),) = json.loads(line).items()
            if name == what:
                return value


@asynccontextmanager
async def running(name: str, url: str, token: str, record: str) -> AsyncIterator[Program]:
    process = await asyncio.create_subprocess_exec(
        *(node_with(name).program, str(ROOT / "web" / "clients.mjs"), name),
        *(url.replace("ws:", "http:"), token, record),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Program(process)
        assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("name", NAMES)
async def test_operations_are_told_as_their_client_expects(
    client: Client, world: World, name: str
) -> None:
    listener: Listener = world.app.state.application.listener
    account = await client.create("CustomerAccount", name="Dupont")
    token = client.headers["Authorization"].removeprefix("Bearer ")
    before = listener.subscribers
    async with (
        listening_on(world.app) as (url, _),
        running(name, url, token, account) as program,
    ):
        assert await program.said("query") == [{"data": {"viewer": {"name": "Alice"}}}]
        assert await program.said("mutation") == [{"data": {"addComment": {"errors": []}}}]
        codes = [
            [each["extensions"]["code"] for each in (await program.said(what))[0]["errors"]]
            for what in ("syntax", "invalid", "refused")
        ]
        await until(lambda: listener.subscribers > before)
        for body in ("Deux", "Fin"):
            await client.comment(account, body)
        told = [await program.said("comment")]
        while told[-1] != "Fin":
            told.append(await program.said("comment"))
        assert await program.said("done")

    assert codes == [["GRAPHQL_PARSE_FAILED"], ["GRAPHQL_VALIDATION_FAILED"], ["NOT_FOUND"]]
    # The mutation's own may come first, where its event was still on its way.
    assert told[-2:] == ["Deux", "Fin"]
    assert await client.comments(account) == ["Fin", "Deux", "Un"]


@pytest.mark.parametrize("name", NAMES)
async def test_a_client_comes_back_to_a_server_that_stopped(
    client: Client, world: World, name: str
) -> None:
    application = world.app.state.application
    listener: Listener = application.listener
    account = await client.create("CustomerAccount", name="Dupont")
    token = client.headers["Authorization"].removeprefix("Bearer ")
    before = listener.subscribers
    async with AsyncExitStack() as stack:
        async with listening_on(world.app) as (url, _):
            program = await stack.enter_async_context(running(name, url, token, account))
            await program.said("refused")
            await until(lambda: listener.subscribers > before)
            application.stopping.set()
        application.stopping.clear()
        assert listener.subscribers == before
        port = int(url.rpartition(":")[2].partition("/")[0])
        async with listening_on(world.app, port=port):
            await until(lambda: listener.subscribers > before)
            await client.comment(account, "Fin")

            assert await program.said("comment") == "Fin"
