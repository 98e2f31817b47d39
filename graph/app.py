"""The application: the endpoint, the GraphiQL page, and what operators ask for."""

from __future__ import annotations

import asyncio
import gc
import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cache, lru_cache, partial
from json import JSONDecodeError
from typing import Any, Final

import orjson
from graphql import GraphQLError
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType
from strawberry.types.unset import UNSET

from db.accounts import user_id_of
from db.database import Database
from db.demo import ADMINISTRATOR
from db.errors import BadUserInput, Busy, FichesError, Timeout
from db.forgetting import forgetting
from db.listening import Listener
from db.purging import purging
from db.sessions import Caller, Lifetimes, device
from db.settings import Settings, load, secret
from db.suite import Suite
from db.tokens import Tokens
from graph import answers, export_endpoint, ide, metrics, requests, tracing
from graph.attending import attended
from graph.context import Session
from graph.documents import Documents
from graph.errors import all_told, told_of
from graph.event_stream import Ending, EventStream
from graph.export_endpoint import Exports
from graph.json_text import BadJson, parsed
from graph.limits import Limits
from graph.rates import Rates
from graph.request_ids import RequestIds
from graph.schema import Schema, build, suite
from graph.socket_protocol import Handler
from graph.sockets import TRY_AGAIN, Adapter, Ends, closed
from graph.statuses import refused_with
from graph.stopping import heard

ENDPOINT: Final = "/graphql"
LANGUAGES: Final = ("fr", "en")
YOUNG: Final = 20_000
"""Objects made since the last look for garbage at which there is the next."""
LOOPBACK: Final = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
"""Origins that may call in demo and debug mode: front ends under development on this machine."""


@cache
def schema(served: Suite) -> Schema:
    """The schema of a suite; building it takes seconds, so a process builds it once.

    Nothing of it is ever garbage: not looking for any makes it quicker to build, and freezing
    what was built keeps every later collection from walking through it. Answers are trees: a large
    one is no reason to look for cycles every 700 objects.
    """
    gc.disable()
    try:
        return build(served)
    finally:
        gc.enable()
        gc.freeze()
        gc.set_threshold(YOUNG, 20, 20)


class Endpoint(GraphQL[Session, None]):
    """Strawberry's view of sockets, and GraphQL over HTTP."""

    websocket_adapter_class = Adapter
    graphql_transport_ws_handler_class = Handler

    def __init__(self, app: Application) -> None:
        super().__init__(
            schema(app.suite),
            graphql_ide=None,
            subscription_protocols=[GRAPHQL_TRANSPORT_WS_PROTOCOL],
            connection_init_wait_timeout=timedelta(seconds=10),
            max_subscriptions_per_connection=None,  # counted in graph/socket_protocol.py
            allowed_origins=app.settings.cors_origins,
        )
        self.app = app
        self.limits = app.limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            ends = Ends(receive, send)
            await super().__call__(scope, ends.receive, ends.send)
            return
        request = Request(scope, receive)
        try:
            response = await self.answer(request)
        except ClientDisconnect:
            return
        except requests.Refused as refusal:
            response = self.refused(request, refusal)
        await response(scope, receive, send)

    async def answer(self, request: Request) -> ASGIApp:
        """The answer to one request. Raises Refused where it is no GraphQL request."""
        if request.method not in ("GET", "POST"):
            why = BadUserInput(
                ("method",), "method_not_allowed", method=request.method, accepted=requests.ALLOW
            )
            raise requests.Refused(405, why, allow=requests.ALLOW)
        if self.wants_page(request):
            return await self.page(request)
        media = requests.answered_as(request.headers.get("accept"))
        asked = await requests.asked(request, self.limits)
        if media == requests.EVENTS:
            return await self.events(request, asked)
        seconds = self.app.settings.request_seconds
        try:
            result = await attended(request.receive, self.result(request, asked), seconds)
        except Timeout as refusal:
            raise requests.Refused(503, refusal) from None
        return answers.answer(result, media, self.app.settings.http_edition)

    async def result(self, request: Request, asked: requests.Asked) -> ExecutionResult:
        """What the operation gives. Raises Refused for a mutation by GET."""
        session = self.app.session(request)
        try:
            return await self.schema.execute(
                await self.app.text(asked, session),
                variable_values=asked.variables,
                context_value=session,
                operation_name=asked.operation_name,
                allowed_operation_types=allowed(request),
                operation_extensions=asked.extensions,
            )
        except InvalidOperationTypeError:
            why = BadUserInput(("method",), "mutation_by_get")
            raise requests.Refused(405, why, allow="POST") from None
        except (CannotGetOperationTypeError, FichesError) as error:
            return self.untold(error, session)

    def untold(self, error: Exception, session: Session) -> ExecutionResult:
        """A refusal of a whole operation, as its result."""
        errors = [GraphQLError("", original_error=error)]
        return ExecutionResult(None, all_told(errors, session.language or "fr"))

    async def events(self, request: Request, asked: requests.Asked) -> EventStream:
        """What the operation gives, as events. Whatever is wrong with it is told by one."""
        session = self.app.session(request)
        session.close = ending = Ending()
        try:
            results = await self.schema.stream(
                await self.app.text(asked, session),
                variable_values=asked.variables,
                context_value=session,
                operation_name=asked.operation_name,
                allowed_operation_types=allowed(request),
                operation_extensions=asked.extensions,
            )
        except FichesError as error:
            results = one(self.untold(error, session))
        return EventStream(results, ending, self.app.stopping, session.language or "fr")

    def refused(self, request: Request, refusal: requests.Refused) -> Response:
        spoken = language(request.headers.get("accept-language")) or "fr"
        body = {"errors": [told_of(refusal.why, spoken).formatted]}
        try:
            media = requests.answered_as(request.headers.get("accept"))
        except requests.Refused:
            media = requests.JSON
        if media == requests.EVENTS:  # for what is no operation there is no stream of its results
            media = requests.JSON
        status = refusal.status
        if media == requests.GRAPHQL_JSON:
            edition = self.app.settings.http_edition
            status = refused_with(status, refusal.why.message_key, edition)
        return answers.made(body, status, media, refusal.headers)

    def wants_page(self, request: Request) -> bool:
        if request.method != "GET" or not self.app.settings.page:
            return False
        html = "text/html" in request.headers.get("accept", "")
        return html and "query" not in request.query_params

    async def page(self, request: Request) -> Response:
        token = await self.app.demo_token() if ide.is_loopback(request) else None
        return ide.page(endpoint=ENDPOINT, token=token, examples=ide.examples())

    async def get_context(self, request: Any, response: Any) -> Session:
        session = self.app.session(request)
        if isinstance(response, WebSocket):
            session.close = partial(closed, response)
        return session

    def is_websocket_origin_allowed(self, request: WebSocket, origin: str) -> bool:
        """Pages that may call over HTTP may open a socket, and no others, though there is no
        cookie that they could ride on.
        """
        settings = self.app.settings
        local = settings.open and re.fullmatch(LOOPBACK, origin)
        return bool(local) or super().is_websocket_origin_allowed(request, origin)

    async def on_ws_connect(self, context: Session) -> Any:
        """Take what the client says in `connection_init` for the headers it could not send."""
        said = {
            key.lower(): value
            for key, value in context.connection_params.items()
            if isinstance(value, str)
        }
        if "authorization" in said:
            context.token = bearer(said["authorization"])
        context.company = said.get("fiches-company", context.company)
        context.language = language(said.get("accept-language")) or context.language
        assert context.close is not None
        try:
            await context.viewer()
        except Busy:
            await context.close(TRY_AGAIN)
        except FichesError as refusal:
            raise ConnectionRejectionError from refusal
        return UNSET

    def decode_json(self, data: str | bytes) -> object:
        """A message of a socket; what is none closes it with 4400."""
        try:
            found = parsed(data, self.limits.json_depth)
        except BadJson as error:
            raise JSONDecodeError(error.key, "", 0) from None
        return found

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


async def one(result: ExecutionResult) -> AsyncGenerator[ExecutionResult, None]:
    """A stream of one result."""
    yield result


def allowed(request: Request) -> set[OperationType]:
    """What a request may do: by GET nothing is changed (RFC 9110 §9.2.1)."""
    types = set(OperationType)
    return types - {OperationType.MUTATION} if request.method == "GET" else types


class Application:
    """What the routes share: settings, the suite, and the database once it is open."""

    def __init__(self, settings: Settings, served: Suite) -> None:
        self.settings = settings
        self.suite = served
        self.key = secret(settings).encode()
        self.tokens = Tokens(self.key)
        self.limits = Limits.of(settings)
        self.lifetimes = Lifetimes.of(settings)
        self.rates = Rates(user=settings.rate_user, address=settings.rate_address)
        self.documents = Documents(trusted_only=settings.trusted_only, automatic=settings.apq)
        self.database: Database | None = None
        self.listener: Listener | None = None
        self.stopping = asyncio.Event()
        """Set when the process is told to stop: what would not end by itself ends then."""

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        assert self.settings.database_url is not None
        self.database = await Database.open(
            self.settings.database_url,
            self.suite,
            secret=self.key,
            pool_size=self.settings.pool_size,
            statement_timeout=self.settings.statement_timeout,
            lock_timeout=self.settings.lock_timeout,
            idle_timeout=self.settings.idle_timeout,
            wait=self.settings.pool_wait,
        )
        self.listener = Listener(self.settings.database_url, self.database)
        try:
            async with (
                self.listener.running(),
                purging(self.database, self.settings.bin_days),
                forgetting(self.database),
            ):
                with heard(self.stopping.set), tracing.sending():
                    yield
        finally:
            await self.database.close()

    def session(self, request: HTTPConnection) -> Session:
        assert self.database is not None
        return Session(
            self.database,
            self.tokens,
            token=bearer(request.headers.get("authorization")),
            company=request.headers.get("fiches-company"),
            language=language(request.headers.get("accept-language")),
            shows_cost=self.settings.open,
            bin_days=self.settings.bin_days,
            lifetimes=self.lifetimes,
            caller=Caller(
                request.client.host if request.client else "",
                device(request.headers.get("user-agent")),
            ),
            limits=self.limits,
            rates=self.rates,
            compiled=self.settings.compiled,
            shows_schema=self.settings.open,
            listener=self.listener,
            trace={"traceparent": request.headers.get("traceparent", "")},
        )

    async def text(self, asked: requests.Asked, session: Session | None = None) -> str:
        """The document that is asked for; the `session` of one request learns whether it is
        trusted. Raises DocumentRefused, BadUserInput, Busy.
        """
        assert self.database is not None
        found = await self.documents.text(self.database, asked.query, asked.named)
        if session is not None:
            session.trusted = self.documents.trusts(asked.named)
        return found

    async def demo_token(self) -> str | None:
        """A token of the demo company's administrator, in demo mode: for 12 hours, as the page
        can't refresh it, and of no session, as every visit gets one.
        """
        if not self.settings.demo or self.database is None:
            return None
        user = await user_id_of(self.database.pool, ADMINISTRATOR)
        return None if user is None else self.tokens.issue(user)

    async def health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def metrics(self, request: Request) -> Response:
        assert self.database is not None
        assert self.listener is not None
        metrics.look(self.database.pool, self.listener.subscribers)
        token = self.settings.metrics_token
        return metrics.answered(request, token.get_secret_value() if token else None)

    async def ready(self, _: Request) -> Response:
        """Whether operations would be answered: the database is."""
        try:
            assert self.database is not None
            await self.database.pool.fetchval("SELECT 1", timeout=2)
        except Exception:
            return JSONResponse({"status": "unavailable"}, 503)
        return JSONResponse({"status": "ready"})


def create_app(settings: Settings | None = None, served: Suite | None = None) -> Starlette:
    """The application of this process, by its settings (unless given: the environment's), on the
    modules of a suite (unless given: all that are declared).
    """
    app = Application(settings or load(), served or suite())
    endpoint = Endpoint(app)
    made = Starlette(
        routes=[
            Route(ENDPOINT, endpoint),
            WebSocketRoute(ENDPOINT, endpoint),
            Route(
                export_endpoint.PATH,
                # The rest of the pool is for operations, which are over in a moment.
                Exports(app.session, max(1, app.settings.pool_size // 4)),
                methods=["GET", "POST"],
                max_body_size=export_endpoint.LARGEST,
            ),
            *([Route("/", home), *ide.routes()] if app.settings.page else []),
            Route("/health", app.health),
            Route("/ready", app.ready),
            Route("/metrics", app.metrics),
        ],
        middleware=[
            Middleware(RequestIds),
            cors(app.settings),
            Middleware(GZipMiddleware, minimum_size=2048),
        ],
        lifespan=app.lifespan,
    )
    made.state.application = app
    return made


def cors(settings: Settings) -> Middleware:
    return Middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_origin_regex=LOOPBACK if settings.open else None,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Fiches-Company", "Accept-Language"],
        expose_headers=["Retry-After", "X-Request-Id"],
        max_age=600,
    )


async def home(_: Request) -> Response:
    return RedirectResponse(ENDPOINT)


def bearer(header: str | None) -> str | None:
    """The token of an `Authorization: Bearer` header; an empty one for other schemes."""
    if not header:
        return None
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


@lru_cache(200)
def language(header: str | None) -> str | None:
    """The first language of `Accept-Language` that is spoken here, by weight (RFC 9110 §12.5.4)."""
    wanted: list[tuple[float, str]] = []
    for part in (header or "").split(","):
        tag, _, weight = part.partition(";q=")
        try:
            wanted.append((-float(weight or 1), tag.strip().lower()[:2]))
        except ValueError:
            continue
    known: Sequence[str] = [tag for _, tag in sorted(wanted, key=lambda each: each[0])]
    return next((tag for tag in known if tag in LANGUAGES), None)
