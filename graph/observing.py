"""What operators learn of each operation: a count, its duration, a span, a line in the log.

Never what was asked with it: no document, no variable, and of an answer the codes of its errors.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from os import urandom
from time import perf_counter
from typing import Any, Final

import structlog
from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from graph import metrics, tracing
from graph.context import Operation, Session

log = logging.getLogger("fiches")

SLOW: Final = 1.0
"""Seconds from which an operation is worth a warning."""


class Seen:
    """What is to be told of an operation, once it is known."""

    def __init__(self, query: str | None) -> None:
        self.query = query
        self.kind = "none"
        self.name: str | None = None
        self.codes: list[str] = []
        self.statements = 0

    def saw(
        self, kind: str, name: str | None, errors: Sequence[GraphQLError] | None, statements: int
    ) -> None:
        self.kind, self.name, self.statements = kind, name, statements
        self.codes = sorted(
            {str((each.extensions or {}).get("code", "OTHER")) for each in errors or ()}
        )


@contextmanager
def observed(session: Session, query: str | None) -> Iterator[Seen]:
    """Around an operation: what was seen of it is told when it ends, however it does."""
    seen = Seen(query)
    begun = perf_counter()
    with (
        structlog.contextvars.bound_contextvars(operation=urandom(6).hex()),
        tracing.span(session.trace) as span,
    ):
        try:
            yield seen
        finally:
            _tell(seen, session, perf_counter() - begun, span)


class Observed(SchemaExtension):
    """Surrounds all other extensions, so that it sees errors as they are told."""

    async def on_operation(self) -> AsyncIterator[None]:
        context = self.execution_context
        with observed(context.context, context.query) as seen:
            try:
                yield
            finally:
                errors = getattr(context.result, "errors", None) or context.pre_execution_errors
                own = context.context
                statements = own.statements if isinstance(own, Operation) else 0
                seen.saw(self._kind(), self._name(), errors, statements)

    def _kind(self) -> str:
        try:
            kind: OperationType = self.execution_context.operation_type
        except Exception:  # a document that is none, or holds no such operation
            return "none"
        return kind.value

    def _name(self) -> str | None:
        try:
            return self.execution_context.operation_name
        except Exception:
            return None


def _tell(seen: Seen, session: Session, seconds: float, span: Any) -> None:
    kind = seen.kind
    name = metrics.label(seen.query, seen.name, trusted=session.trusted)
    outcome = seen.codes[0] if seen.codes else "OK"
    metrics.OPERATIONS.labels(name, kind, outcome).inc()
    if kind != "subscription":
        metrics.SECONDS.labels(name, kind).observe(seconds)
        metrics.STATEMENTS.labels(kind).observe(seen.statements)
    if span is not None:
        span.update_name(kind)
        span.set_attribute("graphql.operation.type", kind)
        span.set_attribute("fiches.operation", name)
        span.set_attribute("fiches.statements", seen.statements)
        if seen.codes:
            span.set_attribute("fiches.errors", seen.codes)
    slow = seconds >= SLOW and kind != "subscription"
    level = logging.WARNING if slow else logging.DEBUG
    if log.isEnabledFor(level):
        told = {
            "kind": kind,
            "document": name,
            "outcome": outcome,
            "milliseconds": round(seconds * 1000),
            "statements": seen.statements,
        }
        log.log(level, "slow operation" if slow else "operation", extra=told)
