"""Which operations run compiled: plans kept by document, and what graphql-core does of the rest."""

from __future__ import annotations

import logging
from asyncio import gather
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable, Mapping
from typing import Any, Final

from graphql import (
    DirectiveNode,
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.collect_fields import FieldDetailsList, collect_fields
from graphql.execution.executor import Executor
from graphql.pyutils import Path
from strawberry.execution import optimized_is_awaitable

from db.errors import FichesError
from db.suite import Suite
from graph.context import Operation
from graph.execution.compiling import Compiler, Unsupported
from graph.execution.running import Plan

log = logging.getLogger("fiches")

IS_AWAITABLE: Final[Any] = optimized_is_awaitable
KEPT: Final = 500
"""Plans, the least used one being forgotten first."""
LONGEST: Final = 50_000
"""Characters of a document that is remembered."""


class Compilation:
    """What is kept of one document with its directives decided: `plan` for the root fields that
    are compiled, the others as graphql-core has them.
    """

    def __init__(self, plan: Plan | None, order: list[str], others: dict[str, FieldDetailsList]):
        self.plan = plan
        self.order = order
        self.others = others


class Plans:
    """The plans of one schema."""

    def __init__(self, schema: GraphQLSchema, suite: Suite) -> None:
        self.schema = schema
        self.suite = suite
        self._kept: OrderedDict[Hashable, Compilation] = OrderedDict()
        self._switches: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    async def execute(
        self,
        document: DocumentNode,
        text: str | None,
        operation_name: str | None,
        variables: Mapping[str, Any],
        own: Operation,
    ) -> ExecutionResult | None:
        """The result of a query; None where graphql-core has to do all of it."""

        async def run(kept: Compilation, plan: Plan, executor: Executor[Any]) -> dict[str, Any]:
            own.viewer  # noqa: B018  # nobody is told so by each of the resolvers
            return await self._run(kept, plan, executor, own)

        return await self._executed(document, text, operation_name, variables, own, run)

    async def execute_at_once(
        self,
        document: DocumentNode,
        text: str,
        operation_name: str | None,
        variables: Mapping[str, Any],
        own: Operation,
    ) -> ExecutionResult | None:
        """The result of a query that one statement reads, asked by who asked last time; None where
        it is none such, or rights have changed since.
        """

        async def run(
            kept: Compilation, plan: Plan, executor: Executor[Any]
        ) -> dict[str, Any] | None:
            return None if kept.others else await plan.run_at_once(executor, own)

        return await self._executed(document, text, operation_name, variables, own, run)

    async def _executed(
        self,
        document: DocumentNode,
        text: str | None,
        operation_name: str | None,
        variables: Mapping[str, Any],
        own: Operation,
        run: Callable[
            [Compilation, Plan, Executor[Any]], Coroutine[Any, Any, dict[str, Any] | None]
        ],
    ) -> ExecutionResult | None:
        if not text or len(text) > LONGEST:
            return None
        executor = Executor.build(
            self.schema,
            document,
            context_value=own,
            raw_variable_values=dict(variables),
            operation_name=operation_name,
            is_awaitable=IS_AWAITABLE,
        )
        if isinstance(executor, list):
            return None
        try:
            kept = self._compilation(text, operation_name, document, executor)
            data = await run(kept, kept.plan, executor) if kept.plan else None
        except (Unsupported, FichesError, GraphQLError):
            return None
        except Exception:
            log.exception("a compiled query failed; it runs field by field")
            return None
        if data is None or executor.collected_errors.errors:
            return None
        return ExecutionResult(data, None)

    async def _run(
        self, kept: Compilation, plan: Plan, executor: Executor[Any], own: Operation
    ) -> dict[str, Any]:
        query = self.schema.query_type
        assert query is not None
        if not kept.others:
            return await plan.run(executor, own)
        waiting: dict[str, Any] = {}
        found: dict[str, Any] = {}
        try:
            for key, details in kept.others.items():
                path = Path(None, key, query.name)
                result = executor.execute_field(query, None, details, path, None)
                (waiting if executor.is_awaitable(result) else found)[key] = result
        except Exception:
            executor.settle_in_background(list(waiting.values()))
            raise
        answers = await gather(
            plan.run(executor, own, alone=False), *waiting.values(), return_exceptions=True
        )
        for each in answers:
            if isinstance(each, BaseException):
                raise each
        compiled, *others = answers
        found |= compiled
        found |= zip(waiting, others, strict=True)
        return {key: found[key] for key in kept.order}

    def _compilation(
        self,
        text: str,
        operation_name: str | None,
        document: DocumentNode,
        executor: Executor[Any],
    ) -> Compilation:
        if text not in self._switches:
            self._switches[text] = switches(document)
            _forget(self._switches)
        decided = tuple(executor.variable_values.coerced.get(name) for name in self._switches[text])
        key = (text, operation_name, decided)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._kept[key] = made = self._compile(executor)
        _forget(self._kept)
        return made

    def _compile(self, executor: Executor[Any]) -> Compilation:
        query = self.schema.query_type
        assert query is not None
        collected = collect_fields(
            self.schema, executor.fragments, executor.variable_values, query, executor.operation
        )
        compiler = Compiler(self.schema, self.suite, executor)
        others: dict[str, FieldDetailsList] = {}
        for key, details in collected.grouped_field_set.items():
            try:
                compiler.root(key, details)
            except Unsupported:
                others[key] = details
        if collected.new_defer_usages or not compiler.done.roots:
            return Compilation(None, [], {})
        order = list(collected.grouped_field_set)
        return Compilation(Plan(self.schema, compiler.done), order, others)


def switches(document: DocumentNode) -> tuple[str, ...]:
    """The variables by which directives decide what is selected."""
    found: dict[str, None] = {}

    class Decides(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
            for each in node.arguments or ():
                if isinstance(each.value, VariableNode):
                    found[each.value.name.value] = None

    visit(document, Decides())
    return tuple(found)


def _forget(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > KEPT:
        kept.popitem(last=False)
