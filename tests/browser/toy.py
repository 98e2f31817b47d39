"""The smallest service to try the page on: one query and one subscription, both signed in."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager

import strawberry
import uvicorn
from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.asgi import GraphQL

from graph import ide

TOKEN = "token-that-must-never-be-stored"

EXAMPLES = [
    ide.Example(
        "Who am I?",
        "query Who($greeting: String!) { who(greeting: $greeting) }",
        {"greeting": "</div>"},
    ),
    ide.Example("Count with me", "subscription Count { count }"),
]


@strawberry.type
class Query:
    @strawberry.field
    def who(self, info: strawberry.Info, greeting: str) -> str:
        return f"{greeting} {info.context['request'].headers['authorization']}"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, info: strawberry.Info) -> AsyncGenerator[str, None]:
        for number in range(1, 4):
            yield f"{number} {info.context['connection_params']['Authorization']}"
            await asyncio.sleep(0.1)


class Endpoint(GraphQL[None, None]):
    """GraphQL over HTTP and sockets; the page for whoever asks for HTML."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "text/html" in HTTPConnection(scope).headers.get("accept", ""):
            answer = ide.page(endpoint="/graphql", token=TOKEN, examples=EXAMPLES)
            await answer(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def service() -> ASGIApp:
    endpoint = Endpoint(strawberry.Schema(Query, subscription=Subscription), graphql_ide=None)
    address = "/graphql"
    return Starlette(
        routes=[*ide.routes(), Route(address, endpoint), WebSocketRoute(address, endpoint)]
    )


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The address at which `app` is served, on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()
