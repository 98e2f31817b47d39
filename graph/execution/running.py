"""Running a plan: arguments, statements, the answer."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import asyncpg
from graphql import GraphQLSchema
from graphql.execution.executor import Executor
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path

from db.access import Scope
from db.kinds import UNSTORABLE
from db.nesting import Composed, alone, by_parent, level, nested
from db.reading import Wanted
from db.rollup import Feed
from graph import names
from graph.context import Operation
from graph.execution.answers import Build, compiled
from graph.execution.compiling import Compiled, Field, Root, Unsupported
from graph.execution.levels import Asked, Level, Numbered, Outside, Total
from graph.loaders.lists import ROOT
from graph.resolvers import lists
from graph.resolvers.records import record_id

NESTED_MOST: Final = 500
"""Nodes asked for up to which a tree is one statement (docs/performance.md)."""
MOST_VARIANTS: Final = 64
"""Forms of one document's statements that are kept: by rights, filters and orders."""


INSIDE: Final = ((False, False),)
"""What `Outside` reads where the list begins before nothing and ends behind nothing."""


class Anyone(dict[str, Any]):
    """Stands for every parent of a connection where its resolver is asked what arguments mean."""

    def __init__(self, module: Any) -> None:
        super().__init__(id=ROOT)
        self.module = module


class Plan:
    """The compiled root fields of one operation. Shared by all who run it."""

    def __init__(self, schema: GraphQLSchema, compiled: Compiled) -> None:
        self.schema = schema
        self.roots = compiled.roots
        self.connections = compiled.connections
        self._fixed: dict[tuple[int, Hashable], Asked] = {}
        self._composed: dict[Hashable, list[dict[int, Composed]]] = {}
        self._builds: dict[tuple[int, bool], Build] = {}

    async def run(
        self, executor: Executor[Any], own: Operation, *, alone: bool = True
    ) -> dict[str, Any]:
        """The answers, by response key; `alone` where nothing else is read for the operation.

        Raises Unsupported where graphql-core must do it, whatever else goes wrong with
        arguments, Timeout, Busy.
        """
        asked = [self._asked(i, each, executor, own) for i, each in enumerate(self.connections)]
        is_nested = own.requested <= NESTED_MOST
        composed = self._statements(own.viewer.scope, asked, is_nested)
        context = Context(own, asked, alone and sum(map(len, composed)) == 1)
        found = {}
        for i, root in enumerate(self.roots):
            groups = await context.read(root, composed[i], executor, is_nested)
            found[root.key] = (
                None
                if groups is None
                else self._build(i, is_nested)(
                    groups, context.sizes, context.backwards, context.cursors, context.ways
                )
            )
        return found

    def _build(self, root: int, is_nested: bool) -> Build:
        key = (root, is_nested)
        if key not in self._builds:
            self._builds[key] = compiled(self.roots[root].answer, is_nested)
        return self._builds[key]

    def _asked(self, number: int, field: Field, executor: Executor[Any], own: Operation) -> Asked:
        key = (number, own.viewer.roll_up_flags)
        asked = self._fixed.get(key) if field.fixed else None
        if asked is None:
            found = resolved(field, executor)
            asked = Asked(found.wanted, found.part)
            if field.fixed:
                self._fixed[key] = asked
        self._check_shown(number, asked, own.viewer.scope)
        return asked

    def _check_shown(self, number: int, asked: Asked, scope: Scope) -> None:
        """Raises Unsupported for sums of what the viewer may not read: whoever asked before."""
        module = getattr(asked.wanted.listing, "module", None)
        if not scope.masked or module is None:
            return
        for root in self.roots:
            for each in totals(root):
                columns = {column for _, column in each.measures}
                if each.connection == number and any(
                    (module.name, column) in scope.masked for column in columns
                ):
                    raise Unsupported("a sum of what is hidden")

    def _statements(
        self, scope: Scope, asked: Sequence[Asked], is_nested: bool
    ) -> list[dict[int, Composed]]:
        """For each root field its statements, by the place of their level."""
        moving = tuple(
            (asked[i].wanted.listing, asked[i].part.shape)
            for i, each in enumerate(self.connections)
            if not each.fixed or own_flags(asked[i])
        )
        key = (scope, is_nested, moving)
        if key not in self._composed:
            if len(self._composed) >= MOST_VARIANTS:
                self._composed.clear()
            self._composed[key] = [self._made(root, scope, asked, is_nested) for root in self.roots]
        return self._composed[key]

    def _made(
        self, root: Root, scope: Scope, asked: Sequence[Asked], is_nested: bool
    ) -> dict[int, Composed]:
        found = {}
        for each in root.levels:
            branch = each.branch(scope, asked)
            one = root.by_id is not None and not isinstance(each, Numbered)
            found[each.place] = nested(branch if is_nested else alone(branch), of_parent=one)
            if not is_nested:
                for below in descendants(each):
                    found[below.place] = level(alone(below.branch(scope, asked)))
        return found


class Context:
    """What one run works with."""

    def __init__(self, own: Operation, asked: Sequence[Asked], alone: bool) -> None:
        self.own = own
        self.alone = alone
        self.asked = asked
        self.sizes = [each.part.size for each in asked]
        self.backwards = [each.part.backwards for each in asked]
        self.cursors = [partial(own.cursors.write, each.wanted.scope) for each in asked]
        self.ways = [ways(each.wanted) for each in asked]

    async def read(
        self, root: Root, composed: Mapping[int, Composed], executor: Executor[Any], is_nested: bool
    ) -> dict[int, Any] | None:
        """The rows of root levels, and those of others by parent; None where none can be."""
        first: dict[str, Any] = {}
        if root.by_id is not None:
            given = named(root, executor)
            if given is None:
                return None
            first = given
        found: dict[int, Any] = {}
        for each in root.levels:
            rows: Sequence[Any] = INSIDE
            if not self._known(each):
                rows = await self._rows(each, composed, first, is_nested)
            found[each.place] = rows
            if not is_nested:
                await self._below(each, rows, composed, found)
        return found

    def _known(self, level: Level) -> bool:
        """Whether nothing has to be read: nothing lies outside a page without cursors."""
        if not isinstance(level, Outside):
            return False
        part = self.asked[level.connection].part
        return part.after is None and part.before is None

    async def _rows(
        self, top: Level, composed: Mapping[int, Composed], first: dict[str, Any], is_nested: bool
    ) -> Sequence[Any]:
        own: dict[int, Mapping[str, Any]] = {top.place: {**top.values(self.asked), **first}}
        if is_nested:
            own |= {each.place: each.values(self.asked) for each in descendants(top)}
        rows = await self._fetch(composed[top.place], own)
        if is_nested and self.own.session.shows_cost:
            self.own.reader.rows += sum(inner(row) for row in rows)
        return rows

    async def _below(
        self,
        above: Level,
        rows: Sequence[Any],
        composed: Mapping[int, Composed],
        found: dict[int, Any],
    ) -> None:
        for each in above.children:
            parents = list(dict.fromkeys(row[each.key] for row in rows))
            if parents and None in parents:
                parents.remove(None)
            below: Sequence[Any] = ()
            if self._known(each):
                found[each.place] = dict.fromkeys(parents, INSIDE)
                continue
            if parents:
                own = {each.place: {**each.values(self.asked), "parents": parents}}
                below = await self._fetch(composed[each.place], own)
            found[each.place] = by_parent(below, each.width)
            await self._below(each, below, composed, found)

    async def _fetch(
        self, composed: Composed, own: Mapping[int, Mapping[str, Any]]
    ) -> Sequence[asyncpg.Record]:
        reader = self.own.reader
        arguments = composed.arguments(reader.viewer.parameters, own)
        return await reader.run(composed.sql, arguments, alone=self.alone)


def inner(row: Any) -> int:
    """How many rows hang on a row, at whatever depth."""
    lists = [each for each in row if isinstance(each, list) and each and isinstance(each[0], tuple)]
    return sum(len(each) + sum(inner(below) for below in each) for each in lists)


def named(root: Root, executor: Executor[Any]) -> dict[str, Any] | None:
    """The parameter by which a single record is found; None where there can be none.

    Raises Unsupported where the arguments are refused.
    """
    assert root.by_id is not None
    given = arguments(root.by_id, executor.schema.query_type, executor)
    value = next(iter(given.values()), None)
    if value is None:
        raise Unsupported("neither id nor number")
    if "number" in given:
        return None if UNSTORABLE.search(value) else {"number": value}
    id_ = record_id(value)
    return None if id_ is None else {"parent": id_}


def arguments(details: Any, parent: Any, executor: Executor[Any]) -> dict[str, Any]:
    node = details[0].node
    return get_argument_values(
        parent.fields[node.name.value],
        node,
        executor.variable_values,
        details[0].fragment_variable_values,
        executor.hide_suggestions,
    )


def resolved(field: Field, executor: Executor[Any]) -> lists.Connection:
    """What the field's own resolver makes of its arguments. Raises what it raises."""
    key = field.details[0].node.name.value
    info = executor.build_resolve_info(
        field.definition,
        [each.node for each in field.details],
        field.parent,
        Path(None, key, field.parent.name),
    )
    given = arguments(field.details, field.parent, executor)
    resolve: Any = field.definition.resolve
    waiting = resolve(
        None if field.module is None and field.parent.name == "Query" else Anyone(field.module),
        info,
        **given,
    )
    try:
        waiting.send(None)
    except StopIteration as done:
        if isinstance(done.value, lists.Connection):
            return done.value
    finally:
        waiting.close()
    raise Unsupported(key)


def descendants(top: Level) -> list[Level]:
    found = []
    for each in top.children:
        found += [each, *descendants(each)]
    return found


def totals(root: Root) -> list[Total]:
    levels = [found for each in root.levels for found in (each, *descendants(each))]
    return [each for each in levels if isinstance(each, Total)]


def own_flags(asked: Asked) -> bool:
    """Whether what a fixed connection lists hangs on the relations that roll up."""
    listing = asked.wanted.listing
    return isinstance(listing, Feed) and listing.roll_up


def ways(wanted: Wanted) -> list[tuple[str, str | None]] | None:
    """The ways by which comments come, kind and relation as clients call them."""
    listing = wanted.listing
    if not isinstance(listing, Feed):
        return None
    return [
        (each.kind.name, names.camel(each.relation) if each.relation else None)
        for each in listing.sources
    ]
