"""What an operation passes before it is executed: how much it asks for, how much of late, and what
who asks may ask at all. All that can be refused without reading anything is refused before the
viewer is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError, GraphQLSchema, get_operation_ast
from strawberry.types.graphql import OperationType

from db.errors import FichesError, Forbidden, KeyRefused
from graph.context import Operation, Session
from graph.known import Known
from graph.limits import refused


def measured(
    schema: GraphQLSchema,
    session: Session,
    known: Known,
    operation_name: str | None,
    variables: Mapping[str, Any],
) -> int:
    """The nodes that an operation asks for. Raises TooComplex in a GraphQLError, RateLimited."""
    asked = known.cost(schema, operation_name, variables, session.database.suite)
    for count, most, what in (
        (asked.nodes, session.limits.nodes, "too_complex"),
        (asked.values, session.limits.values, "values"),
    ):
        if count > most:
            operation = get_operation_ast(known.document, operation_name)
            raise refused(operation, what, count, most)
    session.rates.address(session.caller.address, asked.nodes)
    return asked.nodes


def check(own: Operation, known: Known, requested: int, kind: OperationType) -> None:
    """Whether who asks may, their rights being read. Raises RateLimited, KeyRefused; for
    introspection, where not all may know the schema, Unauthenticated and Forbidden.
    """
    own.requested = requested
    own.in_turn = kind is OperationType.MUTATION
    session = own.session
    session.rates.user(own.user_id, known.fields + requested)
    if kind is OperationType.MUTATION and own.reads_only:
        raise KeyRefused("key_reads_only")
    if known.asks is not None and not session.shows_schema and not own.viewer.administrator:
        refusal: FichesError = Forbidden("__schema", message_key="introspection_off")
        raise GraphQLError("", known.asks, original_error=refusal)
