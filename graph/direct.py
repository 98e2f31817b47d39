"""The short way of a document that was seen before.

It passes what every operation passes (graph/admitting.py, graph/observing.py), without the hooks of
Strawberry around it, which take longer than a small query: a query as its plan has it, if it has
one, anything else by graphql-core.
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import isawaitable
from typing import Any

import graphql
from graphql import GraphQLError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from graph import admitting
from graph.context import Operation, Session
from graph.execution.plans import IS_AWAITABLE, Plans
from graph.extensions import cost, worded
from graph.known import Known
from graph.observing import observed


async def executed(
    plans: Plans,
    known: Known,
    kind: OperationType,
    session: Session,
    text: str,
    operation_name: str | None,
    variables: Mapping[str, Any],
) -> ExecutionResult:
    """The result of a query or mutation of a known document."""
    own: Operation | None = None
    result: ExecutionResult
    with observed(session, text) as seen:
        try:
            session.rates.address(session.caller.address, known.fields)
            requested = admitting.measured(plans.schema, session, known, operation_name, variables)
            asked = (known.document, text, operation_name, variables)
            plain = kind is OperationType.QUERY and session.compiled
            found = None
            own = await session.as_last_time() if plain and not known.asks else None
            if own is not None:
                admitting.check(own, known, requested, kind)
                found = await plans.execute_at_once(*asked, own)
            if found is None and not (own and own.reader.timed_out):
                own = await _anew(own, session, known, requested, kind)
                found = await plans.execute(*asked, own) if plain else None
            if found is None:
                assert own is not None
                found = await _by_graphql_core(plans, known, operation_name, variables, own)
            result = ExecutionResult(found.data, found.errors)
        except Exception as refusal:
            error = refusal
            if not isinstance(error, GraphQLError):
                error = GraphQLError("", original_error=refusal)
            result = PreExecutionError(None, [error])
        finally:
            if own is not None:
                await own.renew()
        if result.errors:
            language = own.language if own else session.language or "fr"
            result.errors = worded(result.errors, language, session)
        seen.saw(kind.value, operation_name, result.errors, own.statements if own else 0)
        result.extensions = cost(own)
        return result


async def _by_graphql_core(
    plans: Plans,
    known: Known,
    operation_name: str | None,
    variables: Mapping[str, Any],
    own: Operation,
) -> graphql.ExecutionResult:
    found = graphql.execute(
        plans.schema,
        known.document,
        context_value=own,
        variable_values=dict(variables),
        operation_name=operation_name,
        is_awaitable=IS_AWAITABLE,
    )
    return await found if isawaitable(found) else found


async def _anew(
    before: Operation | None,
    session: Session,
    known: Known,
    requested: int,
    kind: OperationType,
) -> Operation:
    """An operation of who asks now, in place of who asked last time. Raises as `check` does."""
    if before is not None:
        await before.renew()
    own = await session.operation(holds=True)
    try:
        if before is None or before.user_id != own.user_id:
            admitting.check(own, known, requested, kind)
    except BaseException:
        await own.renew()
        raise
    own.requested = requested
    return own
