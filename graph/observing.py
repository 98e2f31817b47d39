"""What operators learn of each operation: a count, its duration, a span, a line in the log.

Never what was asked with it: no document, no variable, and of an answer the codes of its errors.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from os import urandom
from time import perf_counter
from typing import Any, Final

import structlog
from strawberry.extensions import SchemaExtension
from strawberry.types.graphql import OperationType

from graph import metrics, tracing
from graph.context import Operation, Session

log = logging.getLogger("fiches")

SLOW: Final = 1.0
"""Seconds from which an operation is worth a warning."""


class Observed(SchemaExtension):
    """Surrounds all other extensions, so that it sees errors as they are told."""

    async def on_operation(self) -> AsyncIterator[None]:
        context = self.execution_context
        session: Session = context.context
        begun = perf_counter()
        id = urandom(6).hex()
        with (
            structlog.contextvars.bound_contextvars(operation=id),
            tracing.span(session.trace) as span,
        ):
            try:
                yield
            finally:
                self._tell(session, perf_counter() - begun, span)

    def _tell(self, session: Session, seconds: float, span: Any) -> None:
        context = self.execution_context
        kind = self._kind()
        name = metrics.label(context.query, self._name(), trusted=session.trusted)
        errors = getattr(context.result, "errors", None) or context.pre_execution_errors or []
        codes = sorted({str((each.extensions or {}).get("code", "OTHER")) for each in errors})
        outcome = codes[0] if codes else "OK"
        own = context.context
        statements = own.statements if isinstance(own, Operation) else 0
        metrics.OPERATIONS.labels(name, kind, outcome).inc()
        if kind != "subscription":
            metrics.SECONDS.labels(name, kind).observe(seconds)
            metrics.STATEMENTS.labels(kind).observe(statements)
        if span is not None:
            span.update_name(kind)
            span.set_attribute("graphql.operation.type", kind)
            span.set_attribute("fiches.operation", name)
            span.set_attribute("fiches.statements", statements)
            if codes:
                span.set_attribute("fiches.errors", codes)
        slow = seconds >= SLOW and kind != "subscription"
        level = logging.WARNING if slow else logging.DEBUG
        if log.isEnabledFor(level):
            told = {
                "kind": kind,
                "document": name,
                "outcome": outcome,
                "milliseconds": round(seconds * 1000),
                "statements": statements,
            }
            log.log(level, "slow operation" if slow else "operation", extra=told)

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
