"""The short way of a query whose document was seen before, and is compiled.

It passes what every operation passes (graph/admitting.py, graph/observing.py), without the hooks of
Strawberry around it, which take longer than a small query. What turns out to need graphql-core goes
on with it, from where it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from graphql import GraphQLError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from graph import admitting
from graph.context import Operation, Session
from graph.execution.plans import Plans
from graph.extensions import cost, worded
from graph.known import Known
from graph.observing import observed


async def executed(
    plans: Plans,
    known: Known,
    session: Session,
    text: str,
    operation_name: str | None,
    variables: Mapping[str, Any],
    by_graphql_core: Callable[[], Awaitable[ExecutionResult]],
) -> ExecutionResult:
    """The result of a query of a known document; `by_graphql_core` where it takes that, which then
    works on `session.begun`.
    """
    own: Operation | None = None
    result: ExecutionResult
    with observed(session, text) as seen:
        try:
            session.rates.address(session.caller.address, known.fields)
            requested = admitting.measured(plans.schema, session, known, operation_name, variables)
            asked = (known.document, text, operation_name, variables)
            found = None
            own = None if known.asks else await session.as_last_time()
            if own is not None:
                admitting.check(own, known, requested, OperationType.QUERY)
                found = await plans.execute_at_once(*asked, own)
            if found is None and not (own and own.reader.timed_out):
                own = await _anew(own, session, known, requested)
                found = await plans.execute(*asked, own)
            if found is None:
                session.begun = own
                result = await by_graphql_core()
            else:
                result = ExecutionResult(found.data, None, cost(own))
        except Exception as refusal:
            error = refusal
            if not isinstance(error, GraphQLError):
                error = GraphQLError("", original_error=refusal)
            language = own.language if own else session.language or "fr"
            result = PreExecutionError(None, worded([error], language, session), cost(own))
        finally:
            session.begun = None
            if own is not None:
                await own.renew()
        seen.saw("query", operation_name, result.errors, own.statements if own else 0)
        return result


async def _anew(
    before: Operation | None, session: Session, known: Known, requested: int
) -> Operation:
    """An operation of who asks now, in place of who asked last time. Raises as `check` does."""
    if before is not None:
        await before.renew()
    own = await session.operation(holds=True)
    try:
        if before is None or before.user_id != own.user_id:
            admitting.check(own, known, requested, OperationType.QUERY)
    except BaseException:
        await own.renew()
        raise
    own.requested = requested
    return own
