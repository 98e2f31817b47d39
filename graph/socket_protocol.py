"""graphql-transport-ws as Strawberry speaks it, held against clients that do not.

Its handler trusts the shape of what it is sent; here each message is looked at first, operations
are counted, and whatever goes wrong closes the socket with a code that the protocol has for it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from strawberry.schema.schema import StreamResult
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import SubscribeMessage
from strawberry.types import ExecutionResult

from db.errors import FichesError, TooComplex
from graph import answers
from graph.context import Session
from graph.errors import told_of
from graph.requests import Asked
from graph.socket_messages import BadMessage, checked
from graph.sockets import TRY_AGAIN

log = logging.getLogger("fiches")


class Handler(BaseGraphQLTransportWSHandler[Session, None]):
    """One socket, from its first message to its last."""

    @property
    def text(self) -> Callable[[Asked], Awaitable[str]]:
        """What finds the document that is asked for: the application's."""
        found: Callable[[Asked], Awaitable[str]] = self.view.app.text  # type: ignore[attr-defined]
        return found

    async def handle_message(self, message: Any) -> None:
        try:
            await super().handle_message(checked(message))  # type: ignore[arg-type]
        except BadMessage as bad:
            await self.handle_invalid_message(str(bad))
        except Exception:
            # A fault of the service, not of the client: it may come back (1013).
            log.exception("unexpected error %s on a socket", uuid4().hex[:12])
            await self.websocket.close(*TRY_AGAIN)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        most = self.context.limits.operations
        taken = message["id"] in self.operations  # closes the socket with 4409
        if self.connection_acknowledged and not taken and len(self.operations) >= most:
            refusal = TooComplex(len(self.operations) + 1, most, "socket_operations")
            await self.refuse(message["id"], refusal)
            return
        await super().handle_subscribe(message)

    async def run_operation(self, operation: Operation[Session, None]) -> None:
        asked: Any = operation.query
        try:
            operation.query = await self.text(asked)
        except FichesError as refusal:
            error = told_of(refusal, self.context.language or "fr")
            await operation.send_initial_errors([error])
            return
        await super().run_operation(operation)

    async def _send_result_stream(
        self, operation: Operation[Session, None], result_source: StreamResult
    ) -> None:
        """Each result as a `next`; one that came before execution as the `error` it ends with."""
        async for result in result_source:
            assert isinstance(result, ExecutionResult)
            if not answers.begun(result):
                await operation.send_initial_errors(result.errors or [])
                return
            payload: Any = answers.body(result)
            await operation.send_operation_message(
                {"id": operation.id, "type": "next", "payload": payload}
            )

    async def refuse(self, id: str, refusal: FichesError) -> None:
        """Tell why an operation does not begin."""
        error = told_of(refusal, self.context.language or "fr")
        await self.send_message({"id": id, "type": "error", "payload": [error.formatted]})

    def forget_id(self, id: str) -> None:
        # The client may have completed it in the same moment.
        self.operations.pop(id, None)
