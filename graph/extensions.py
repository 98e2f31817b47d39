"""What surrounds every operation: its limits, its viewer and reader, how its errors are told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSyntaxError,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule
from strawberry.types.graphql import OperationType

from db.errors import BadUserInput, RateLimited, TooComplex
from graph import admitting
from graph.context import Operation, Session
from graph.errors import all_told
from graph.execution.plans import Plans
from graph.known import Known, KnownDocuments
from graph.limits import Document

INPUT_RULES: Final = (MaybeNullValidationRule, OneOfInputValidationRule)
"""Rules on inputs that Strawberry adds to those of the specification where it validates itself."""
MOST_ERRORS: Final = 4
"""Errors of validation that are told; then one that says that there are more."""


class Operations(SchemaExtension):
    """Makes the operation's own context, ends its snapshot, and words its errors."""

    known: Known | None = None

    async def on_operation(self) -> AsyncIterator[None]:
        context = self.execution_context
        session: Session = context.context
        try:
            yield
        finally:
            own = context.context
            language = session.language or "fr"
            if isinstance(own, Operation):
                await own.renew()
                language = own.language
            result: Any = context.result
            if result is not None and getattr(result, "errors", None):
                result.errors = worded(result.errors, language, session)

    def on_parse(self) -> Iterator[None]:
        context = self.execution_context
        session: Session = context.context
        most = session.limits.tokens
        options: Any = {"max_lexical_tokens": most, "max_comments": most}
        context.parse_options = options
        self.known = self._known_documents().get(
            context.query, session.limits, session.shows_schema
        )
        if self.known is not None:
            context.graphql_document = self.known.document
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        session: Session = context.context
        document = context.graphql_document
        assert document is not None
        known = self.known
        try:
            fields = known.fields if known else Document(document, session.limits).check()
            # What is not valid takes its time too.
            session.rates.address(session.caller.address, fields)
            self._check_operation(document)
        except GraphQLError as error:
            context.pre_execution_errors = [error]
        except RateLimited as refusal:
            context.pre_execution_errors = [GraphQLError("", original_error=refusal)]
        else:
            context.pre_execution_errors = [] if known else self._errors(document)
            if not context.pre_execution_errors and known is None:
                self.known = self._known_documents().keep(
                    context.query, session.limits, session.shows_schema, document, fields
                )
        yield

    def _errors(self, document: DocumentNode) -> list[GraphQLError]:
        """What is not valid in a document."""
        context = self.execution_context
        session: Session = context.context
        return validate(
            context.schema._schema,
            document,
            (*context.validation_rules, *INPUT_RULES),
            max_errors=MOST_ERRORS,
            hide_suggestions=not session.shows_schema,
        )

    def _check_operation(self, document: DocumentNode) -> None:
        """Which operation is meant must be said where there are several (GraphQL §6.1); Strawberry
        would take the first.
        """
        operations = [each for each in document.definitions if hasattr(each, "operation")]
        if len(operations) > 1 and not self.execution_context._provided_operation_name:
            refusal = BadUserInput(("operationName",), "which_operation")
            raise GraphQLError("", operations, original_error=refusal)

    def _known_documents(self) -> KnownDocuments:
        found: KnownDocuments = self.execution_context.schema.known  # type: ignore[attr-defined]
        return found

    async def on_execute(self) -> AsyncIterator[None]:
        context = self.execution_context
        session: Session = context.context
        kind = context.operation_type
        if kind is OperationType.SUBSCRIPTION and session.close is None:
            raise BadUserInput(("query",), "subscription_over_http")
        known = self.known
        assert known is not None
        requested = admitting.measured(
            context.schema._schema,
            session,
            known,
            context.operation_name,
            context.variables or {},
        )
        # At once, since what is refused from here on has a connection to give back.
        context.context = own = await session.operation(
            holds=kind is not OperationType.SUBSCRIPTION
        )
        admitting.check(own, known, requested, kind)
        if session.compiled and kind is OperationType.QUERY:
            context.result = await self._compiled(own)
        yield

    async def _compiled(self, own: Operation) -> ExecutionResult | None:
        """What a plan gives; None where graphql-core is to execute the document."""
        context = self.execution_context
        assert context.graphql_document is not None
        plans: Plans = context.schema.plans  # type: ignore[attr-defined]
        return await plans.execute(
            context.graphql_document,
            context.query,
            context.operation_name,
            context.variables or {},
            own,
        )

    async def on_stream_result(self, result: Any) -> AsyncIterator[None]:
        """What a socket is sent: its errors worded, and nothing held while the client takes it."""
        own = self.execution_context.context
        if isinstance(own, Operation):
            await own.renew()
        if result.errors:
            session = own.session if isinstance(own, Operation) else own
            result.errors = worded(result.errors, own.language or "fr", session)
        yield

    def get_results(self) -> dict[str, Any]:
        own = self.execution_context.context
        return cost(own if isinstance(own, Operation) else None)


def cost(own: Operation | None) -> dict[str, Any]:
    """What an operation cost, as an extension of its answer, where that is told."""
    if own is None or not own.session.shows_cost:
        return {}
    return {
        "cost": {
            "requested": own.requested,
            "actual": own.rows,
            "statements": own.statements,
            "rows": own.rows,
        }
    }


def worded(errors: list[GraphQLError], language: str, session: Session) -> list[GraphQLError]:
    """Errors as the client may see them; without names of the schema that it did not give."""
    found = all_told([_too_long(each, session) for each in errors], language)
    if not session.shows_schema:
        # Of values of variables graphql-core makes its guesses when it executes, unasked.
        for each in found:
            if (each.extensions or {}).get("code") == "GRAPHQL_VALIDATION_FAILED":
                each.message = re.sub(r" Did you mean [^?]*\?", "", each.message)
    return found


def _too_long(error: GraphQLError, session: Session) -> GraphQLError:
    """What the parser says of a document beyond the limit of tokens, as a refusal."""
    if not isinstance(error, GraphQLSyntaxError) or "contains more than" not in error.message:
        return error
    most = session.limits.tokens
    refusal = TooComplex(most + 1, most, "query_tokens")
    return GraphQLError("", None, error.source, error.positions, original_error=refusal)
