"""The schema: derived types under Query and Mutation."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import asyncpg
import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext
from strawberry.types.graphql import OperationType

from db.conversion.prospects import PROSPECT
from db.modules import MODULES, PARTS
from db.suite import Module, Suite
from graph import direct, names
from graph.context import Session
from graph.errors import all_told
from graph.execution.plans import Plans
from graph.extensions import Operations
from graph.known import KnownDocuments
from graph.observing import Observed
from graph.resolvers import bulk, lists, mutations, records
from graph.resolvers.actions import actions
from graph.resolvers.arguments import UPDATE
from graph.types import across, live
from graph.types.bulk import BulkPayload
from graph.types.conversions import add_preview
from graph.types.derive import Derived, Types, derive, list_arguments
from graph.types.fields import EXPECTED, KEY, Fields, annotate, described, shown, taking
from graph.types.scalars import SCALARS

SEARCH = "Titles and numbers starting with this, case and accents making no difference."
NUMBER = "Its number, `FAC-2026-00042`; either this or `id`."
IDS = "Their ids, up to 10,000; either these or `filter`."
MATCHING = "Those for which it holds, up to 10,000, in the order of their ids; `{}` for all."
ATOMIC = "All or nothing: nothing is written if one of them is refused."


WITHOUT_STREAM = frozenset({OperationType.QUERY, OperationType.MUTATION})


@cache
def suite() -> Suite:
    """The suite that is served: every declared module."""
    return Suite(MODULES, PARTS)


class Schema(strawberry.Schema):
    """Strawberry's, but errors are logged where they are told (graph/errors.py), once."""

    known: KnownDocuments
    plans: Plans

    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> Any:
        """The short way where the document is known; else with all that Strawberry does."""
        assert isinstance(context_value, Session)
        session = context_value
        known = self.known.get(query, session.limits, session.shows_schema)
        kind = known.kind(operation_name) if known else None
        result: Any
        if (
            query
            and known
            and kind in WITHOUT_STREAM & set(allowed_operation_types or WITHOUT_STREAM)
        ):
            variables = variable_values or {}
            result = await direct.executed(
                self.plans, known, kind, session, query, operation_name, variables
            )
        else:
            result = await super().execute(
                query,
                variable_values,
                session,
                root_value,
                operation_name,
                allowed_operation_types,
                operation_extensions,
            )
        if result.errors:
            # What an extension itself failed at is masked here; all else was worded by then.
            result.errors = all_told(result.errors, session.language or "fr")
        return result

    def process_errors(
        self, errors: list[Any], execution_context: ExecutionContext | None = None
    ) -> None:
        return None


def build(suite: Suite) -> Schema:
    types = derive(suite)
    query, mutation = Fields(), Fields()
    for module in suite.modules:
        add_queries(query, module, types[module.name])
        add_mutations(mutation, module, types[module.name])
    if PROSPECT in suite:
        add_preview(query)
    reads, writes = type("Query", (across.Query,), {}), type("Mutation", (across.Mutation,), {})
    query.build(reads, strawberry.type, description="What can be read.")
    mutation.build(writes, strawberry.type, description="What can be done.")
    made = Schema(
        query=reads,
        mutation=writes,
        subscription=live.Subscription,
        types=list(every_node(types)),
        config=StrawberryConfig(
            scalar_map=SCALARS, default_resolver=value_of, name_converter=names.Spelling()
        ),
        extensions=[Observed, Operations],
    )
    made.known = KnownDocuments()
    made.plans = Plans(made._schema, suite)
    return made


def every_node(types: Types) -> Iterable[type]:
    yield from (own.node for own in types.values())
    yield from across.NODES
    yield from across.BLOCKS


def value_of(source: Any, name: str) -> Any:
    """A field that is no more than a column of a row, or an attribute of a thing."""
    if isinstance(source, asyncpg.Record):
        return source[name]
    return source.get(name) if isinstance(source, dict) else getattr(source, name)


def add_queries(query: Fields, module: Module, own: Derived) -> None:
    one = annotate(
        records.by_id_or_number(module),
        id=described(strawberry.ID | None, "Its id."),
        number=described(str | None, NUMBER),
    )
    query.resolve(
        names.one(module), own.node | None, one, f"{shown(module.singular)}, by id or number."
    )
    rows = annotate(
        lists.listing(module), search=described(str | None, SEARCH), **list_arguments(own)
    )
    query.resolve(
        names.many(module), own.connection, rows, f"{shown(module.plural)}. Newest first."
    )


def add_mutations(mutation: Fields, module: Module, own: Derived) -> None:
    key = {"idempotency_key": described(str | None, KEY)}
    title = shown(module.singular)
    if not module.declared.by_actions:
        make = annotate(
            mutations.create(module), input=described(own.create, "What it holds."), **key
        )
        change = annotate(
            mutations.update(module),
            id=described(strawberry.ID, "Its id."),
            input=described(own.update, "What changes."),
            expected_version=described(int | None, EXPECTED),
            **key,
        )
        name = names.mutation("create", module)
        mutation.resolve(name, own.payloads[name], make, f"{title}: create.")
        name = names.mutation("update", module)
        mutation.resolve(name, own.payloads[name], change, f"{title}: change.")
        add_bulk(mutation, module, own)
    for action in actions(module):
        arguments = {
            name: described(own.update | None if each.type == UPDATE else each.type, each.about)
            for name, each in action.arguments.items()
        }
        act = taking(mutations.acting(action), **arguments, **key)
        name = names.mutation(action.name, module, action.into)
        answer = names.mutation(action.answers or action.name, module, action.into)
        mutation.resolve(name, own.payloads[answer], act, f"{title}: {action.about}")


def add_bulk(mutation: Fields, module: Module, own: Derived) -> None:
    title = shown(module.plural)
    arguments = {
        "ids": described(list[strawberry.ID] | None, IDS),
        "filter": described(own.filter | None, MATCHING),
        "atomic": described(bool, ATOMIC),
        "idempotency_key": described(str | None, KEY),
    }
    change = annotate(
        bulk.update(module), input=described(own.update, "What changes, on each."), **arguments
    )
    name = names.mutation_of_many("update", module)
    mutation.resolve(name, BulkPayload, change, f"{title}: change many at once.")
    name = names.mutation_of_many("delete", module)
    about = f"{title}: put many in the recycle bin at once."
    mutation.resolve(name, BulkPayload, annotate(bulk.delete(module), **arguments), about)


def printed(schema: Schema | None = None) -> str:
    """A schema (unless given: the one that is served) as text, types by name and fields as
    declared: what `schema.graphql` holds.
    """
    return f"{schema or build(suite())}\n"
