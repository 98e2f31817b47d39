"""What surrounds every operation: its viewer and reader, its cost, and how its errors are told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.graphql import OperationType

from db.errors import BadUserInput, FichesError, KeyRefused, TooComplex
from graph.context import Operation, Session
from graph.cost import MOST, Cost
from graph.errors import all_told, told_of


class Operations(SchemaExtension):
    """Makes the operation's own context, ends its snapshot, and words its errors."""

    async def on_operation(self) -> AsyncIterator[None]:
        session: Session = self.execution_context.context
        own = await session.operation()
        self.execution_context.context = own
        try:
            yield
        finally:
            await own.renew()
            result: Any = self.execution_context.result
            if result is not None and getattr(result, "errors", None):
                result.errors = all_told(result.errors, own.language)

    def on_execute(self) -> Iterator[None]:
        context = self.execution_context
        if _is_subscription(context) and context.context.session.close is None:
            raise BadUserInput(("query",), "subscription_over_http")
        own: Operation = context.context
        if context.operation_type is OperationType.MUTATION and own.reads_only:
            refusal = told_of(KeyRefused("key_reads_only"), own.language)
            context.result = ExecutionResult(data=None, errors=[refusal])
        yield

    async def on_stream_result(self, result: Any) -> AsyncIterator[None]:
        """What a socket is sent: its errors worded, and nothing held while the client takes it."""
        own: Operation = self.execution_context.context
        await own.renew()
        if result.errors:
            result.errors = all_told(result.errors, own.language)
        yield

    def get_results(self) -> dict[str, Any]:
        own = self.execution_context.context
        if not isinstance(own, Operation) or not own.session.shows_cost:
            return {}
        cost = {
            "requested": own.requested,
            "actual": own.rows,
            "statements": own.statements,
            "rows": own.rows,
        }
        return {"cost": cost}


class Costs(SchemaExtension):
    """Refuses what asks for too much, before anything is read."""

    def on_execute(self) -> Iterator[None]:
        context = self.execution_context
        own: Operation = context.context
        document = context.graphql_document
        assert document is not None
        schema, variables = context.schema._schema, context.variables or {}
        cost = Cost(schema, document, variables, own.suite)
        own.requested = cost.of(_operation(document, context.operation_name))
        if own.requested > MOST:
            refusal: FichesError = TooComplex(own.requested, MOST)
            if _is_subscription(context):  # whose events would come all the same
                raise refusal
            context.result = ExecutionResult(data=None, errors=[told_of(refusal, own.language)])
        yield


def _is_subscription(context: ExecutionContext) -> bool:
    return context.operation_type is OperationType.SUBSCRIPTION


def _operation(document: Any, name: str | None) -> Any:
    from graphql import get_operation_ast

    return get_operation_ast(document, name)
