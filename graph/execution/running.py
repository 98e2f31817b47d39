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
from db.accounts import ASKING
from db.kinds import UNSTORABLE
from db.nesting import BESIDE, Composed, by_parent
from db.reading import Wanted
from db.rollup import Feed
from graph import names
from graph.context import Operation
from graph.execution.answers import Ways
from graph.execution.compiling import Compiled, Field, Root, Unsupported
from graph.execution.levels import Asked, Total
from graph.execution.preparing import NESTED_MOST, Below, Form, Prepared, descendants, prepared
from graph.execution.said import Texts
from graph.loaders.lists import ROOT
from graph.resolvers import lists
from graph.resolvers.records import record_id

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
        self._forms: dict[Hashable, Form] = {}

    async def run(
        self, executor: Executor[Any], own: Operation, *, alone: bool = True
    ) -> dict[str, Any]:
        """The answers, by response key; `alone` where nothing else is read for the operation.

        Raises Unsupported where graphql-core must do it, whatever else goes wrong with
        arguments, Timeout, Busy.
        """
        asked, form = self._form(own, executor)
        only = sum(len(each.statements) for each in form.roots) == 1
        context = Context(own, asked, alone=alone and only)
        found = {}
        for root, each in zip(self.roots, form.roots, strict=True):
            first = named(root, executor)
            found[root.key] = (
                None if first is None else context.answer(each, await context.read(each, first))
            )
        return found

    async def run_at_once(self, executor: Executor[Any], own: Operation) -> dict[str, Any] | None:
        """The answers, read by a statement that gives none where rights have changed since who asks
        was read: then None. Raises as `run` does.
        """
        asked, form = self._form(own, executor)
        first = [named(root, executor) for root in self.roots]
        if form.at_once is None or None in first:
            raise Unsupported("not all at once")
        context = Context(own, asked, alone=True)
        read = await context.read_at_once(form, form.at_once, first)
        if read is None:
            return None
        return {
            root.key: context.answer(each, groups)
            for root, each, groups in zip(self.roots, form.roots, read, strict=True)
        }

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

    def _form(self, own: Operation, executor: Executor[Any]) -> tuple[list[Asked], Form]:
        """What the arguments ask for, and how it is read."""
        asked = [self._asked(i, each, executor, own) for i, each in enumerate(self.connections)]
        moving = tuple(
            (asked[i].wanted.listing, asked[i].part.shape)
            for i, each in enumerate(self.connections)
            if not each.fixed or own_flags(asked[i])
        )
        scope = own.viewer.scope
        is_small = own.requested <= NESTED_MOST
        counts = own.session.shows_cost
        key = (scope, is_small, counts, moving)
        if key not in self._forms:
            if len(self._forms) >= MOST_VARIANTS:
                self._forms.clear()
            texts = Texts(scope, asked, [ways(each.wanted) for each in asked])
            self._forms[key] = Form(
                [prepared(root, texts, is_small=is_small, counts=counts) for root in self.roots]
            )
        return asked, self._forms[key]


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

    def answer(self, prepared: Prepared, groups: Mapping[int, Any]) -> Any:
        """A root field, made of the rows of root levels, and those of others by parent."""
        return prepared.build(groups, self.sizes, self.backwards, self.cursors, self.ways)

    async def read(self, prepared: Prepared, first: Mapping[str, Any]) -> dict[int, Any]:
        """The rows of a root field. `first`: parameters of its topmost level."""
        found: dict[int, Any] = {}
        for place, below in prepared.below.items():
            rows: Sequence[Any] = INSIDE
            if place in prepared.statements:
                rows = await self._fetch(prepared, place, first)
                if self.own.session.shows_cost:
                    self.own.reader.rows += sum(map(inner, rows))
            found[place] = rows
            for each in below:
                await self._below(prepared, each, rows, found)
        return found

    async def read_at_once(
        self,
        form: Form,
        statement: Composed,
        first: Sequence[Mapping[str, Any] | None],
    ) -> list[dict[int, Any]] | None:
        """The rows of all root fields; None where rights have changed."""
        assert self.own.last is not None
        values: dict[int, Mapping[str, Any]] = {
            BESIDE: dict(zip(ASKING, self.own.last, strict=True))
        }
        for root, given in zip(form.roots, first, strict=True):
            for place in root.statements:
                values |= self._values(root, place, given or {})
        reader = self.own.reader
        arguments = statement.arguments(reader.viewer.parameters, values)
        rows = await reader.run(statement.sql, arguments, alone=True)
        if not rows:
            return None
        (trees,) = rows
        if self.own.session.shows_cost:
            reader.rows += inner(trees) - 1
        following = iter(trees)
        return [
            {place: next(following) if place in root.statements else INSIDE for place in root.below}
            for root in form.roots
        ]

    async def _below(
        self, prepared: Prepared, below: Below, above: Sequence[Any], found: dict[int, Any]
    ) -> None:
        place, key = below.level.place, below.key
        parents = list(dict.fromkeys(row[key] for row in above))
        if parents and None in parents:
            parents.remove(None)
        if place not in prepared.statements:
            found[place] = dict.fromkeys(parents, INSIDE)
            return
        rows: Sequence[Any] = ()
        if parents:
            rows = await self._fetch(prepared, place, {"parents": parents})
        found[place] = by_parent(rows)
        for each in below.below:
            await self._below(prepared, each, rows, found)

    async def _fetch(
        self, prepared: Prepared, place: int, own: Mapping[str, Any]
    ) -> Sequence[asyncpg.Record]:
        reader = self.own.reader
        statement = prepared.statements[place]
        values = self._values(prepared, place, own)
        arguments = statement.arguments(reader.viewer.parameters, values)
        return await reader.run(statement.sql, arguments, alone=self.alone)

    def _values(
        self, prepared: Prepared, place: int, own: Mapping[str, Any]
    ) -> dict[int, Mapping[str, Any]]:
        """The parameters of a statement, by the place of their level."""
        values = {each.place: each.values(self.asked) for each in prepared.levels[place]}
        values[place] = {**values.get(place, {}), **own}
        return values


def inner(row: Any) -> int:
    """How many rows hang on a row, at whatever depth."""
    lists = [each for each in row if isinstance(each, list) and each and isinstance(each[0], tuple)]
    return sum(len(each) + sum(inner(below) for below in each) for each in lists)


def named(root: Root, executor: Executor[Any]) -> dict[str, Any] | None:
    """The parameter by which a single record is found, none for lists; None where no record can be.

    Raises Unsupported where the arguments are refused.
    """
    if root.by_id is None:
        return {}
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


def totals(root: Root) -> list[Total]:
    levels = [found for each in root.levels for found in (each, *descendants(each))]
    return [each for each in levels if isinstance(each, Total)]


def own_flags(asked: Asked) -> bool:
    """Whether what a fixed connection lists hangs on the relations that roll up."""
    listing = asked.wanted.listing
    return isinstance(listing, Feed) and listing.roll_up


def ways(wanted: Wanted) -> Ways | None:
    """The ways by which comments come, kind and relation as clients call them."""
    listing = wanted.listing
    if not isinstance(listing, Feed):
        return None
    return [
        (each.kind.name, names.camel(each.relation) if each.relation else None)
        for each in listing.sources
    ]
