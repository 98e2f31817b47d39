"""Compiled execution answers byte for byte what graphql-core answers, whoever asks whatever."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from pydantic import SecretStr

from db.settings import Settings
from graph.app import create_app, schema
from graph.execution.plans import Plans
from graph.schema import suite
from tests.client import Client, World
from tests.conftest import SECRET
from tests.properties import examples
from tests.queries import Query, queries

PEOPLE = ("admin", "comptable", "commercial", "technicien", "auditeur")


@dataclass(repr=False)
class Pair:
    """The same people of the demo company, asking either way of execution: of a service that tells
    costs, which makes every answer of rows, or of one in production, whose database writes JSON.
    """

    people: dict[tuple[bool, bool], dict[str, Client]]
    """Who asks, by whether costs are told, and whether execution is compiled."""
    ids: list[str]

    async def both(
        self, who: str, query: str, variables: dict[str, Any], *, costs: bool
    ) -> tuple[str, str, Any]:
        found = []
        for compiled in (False, True):
            answer = await self.people[costs, compiled][who].answer(query, variables)
            found.append(json.dumps([answer.get("data"), answer.get("errors")]))
        return found[0], found[1], answer.get("data")


@pytest.fixture(scope="session")
async def pair(demo_url: str) -> AsyncIterator[Pair]:
    async with AsyncExitStack() as stack:
        found = {}
        for costs, compiled in product((True, False), repeat=2):
            settings = Settings(
                database_url=demo_url,
                secret_key=SecretStr(SECRET),
                debug=costs,
                compiled=compiled,
                pool_size=3,
            )
            app = create_app(settings)
            await stack.enter_async_context(app.router.lifespan_context(app))
            application = app.state.application
            world = World(app, application.database, application.tokens)
            rows = await application.database.pool.fetch(
                "SELECT id, email, company_id FROM app_user"
            )
            found[costs, compiled] = {
                row["email"].partition("@")[0]: Client(
                    world.http, world, row["id"], row["company_id"]
                )
                for row in rows
            }
        ids = await application.database.pool.fetch(
            "SELECT DISTINCT ON (module) id FROM record WHERE deleted_at IS NULL"
        )
        yield Pair(found, [str(row["id"]) for row in ids])


@dataclass(repr=False)
class Runs:
    """Whether the last operation ran compiled."""

    last: bool = False


@dataclass(repr=False)
class Failures:
    """What was logged as an error."""

    logged: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def runs() -> Iterator[Runs]:
    found = Runs()
    execute = Plans._executed

    async def told(self: Plans, *arguments: Any) -> Any:
        result = await execute(self, *arguments)
        found.last = result is not None
        return result

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plans, "_executed", told)
        yield found


@pytest.fixture(scope="session")
def failures() -> Iterator[Failures]:
    found = Failures()

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.logged.append(self.format(record))

    handler = Keeping(logging.ERROR)
    logging.getLogger("fiches").addHandler(handler)
    yield found
    logging.getLogger("fiches").removeHandler(handler)


@examples(300)
@given(data=st.data(), who=st.sampled_from(PEOPLE), costs=st.booleans())
async def test_both_ways_answer_alike(
    pair: Pair, runs: Runs, failures: Failures, data: Any, who: str, costs: bool
) -> None:
    query: Query = data.draw(queries(schema(suite())._schema, pair.ids))
    variables: dict[str, Any] | None = query.variables
    for _ in range(2):
        assert variables is not None
        loaders, compiled, answer = await pair.both(who, query.text, variables, costs=costs)
        assert compiled == loaders
        assert '"code": "INTERNAL"' not in loaders
        assert not failures.logged, (query, failures.logged.pop())
        event("compiled" if runs.last else "by loaders")
        variables = query.following(answer)
        if variables is None:
            return


async def test_addresses_beside_what_is_read_in_rows_answer_alike(
    pair: Pair, failures: Failures
) -> None:
    document = (
        "{ customerAccounts(first: 3) { nodes { billingAddress { city country } "
        "contacts(first: 1) { pageInfo { endCursor } nodes { lastName } } "
        "invoices(first: 2) { edges { cursor node { account { billingAddress { city } } } } } } } }"
    )
    for _ in range(2):
        loaders, compiled, answer = await pair.both("admin", document, {}, costs=False)
        assert compiled == loaders
    assert answer["customerAccounts"]["nodes"]
    assert not failures.logged
