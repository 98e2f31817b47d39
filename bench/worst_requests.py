"""What the worst request costs that each limit lets through: docs/limits.md has the figures.

    python bench/worst_requests.py [--accounts 100] [--only NAME]

Runs on a PostgreSQL of its own, in a folder that is gone afterwards, with a company of so many
customer accounts with a hundred contacts each. Each request is sent once to warm up and then three
times; told are the median of the time, the statements and rows (`extensions.cost`), the size of
the answer, and by how much the memory of the process grew at its highest.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
import httpx2
from graphql import GraphQLObjectType, GraphQLScalarType, get_introspection_query, get_named_type

sys.path.insert(0, str(Path(__file__).parent.parent))

from pydantic import SecretStr

from db.accounts import add_company, add_user, viewer_of
from db.embedded import Embedded
from db.migrate import upgraded
from db.settings import Settings
from db.tokens import Tokens
from db.writing import Work
from graph.app import create_app, schema
from graph.limits import Limits
from graph.schema import suite

SECRET = "the secret of a measurement, of no use elsewhere"
LIMITS = Limits()
BULK = 10_000


@dataclass
class Worst:
    """The worst request that a limit lets through; `runs` is how often it is measured."""

    limit: str
    what: str
    document: str
    variables: dict[str, Any] = field(default_factory=dict)
    runs: int = 3


def scalars(name: str) -> list[str]:
    """The fields of a type that are values and take no argument."""
    type_ = schema(suite())._schema.type_map[name]
    assert isinstance(type_, GraphQLObjectType)
    return [
        each
        for each, declared in type_.fields.items()
        if isinstance(get_named_type(declared.type), GraphQLScalarType) and not declared.args
    ]


def lists(selection: str) -> str:
    """As many nodes as may be asked for: of a hundred accounts, five times their contacts."""
    rest = LIMITS.nodes // 100 - 1
    parts = [
        f"c{i}: contacts(first: {min(100, rest - i * 100)}) {{ nodes {{ {selection} }} }}"
        for i in range((rest + 99) // 100)
    ]
    return f"{{ customerAccounts(first: 100) {{ nodes {{ {' '.join(parts)} }} }} }}"


def worst() -> Iterator[Worst]:
    yield Worst("(none)", "`{ viewer { name } }`", "{ viewer { name } }")
    yield Worst(
        "MAX_TOKENS", "as many fields as fit, all the same", f"{{ {'__typename ' * 4_998} }}"
    )
    copies = "customerAccounts { nodes { id } } "
    yield Worst(
        "MAX_FIELDS",
        "one list so often that validation gives up",
        f"{{ {copies * ((LIMITS.tokens - 10) // 7)} }}",
    )
    values = " ".join(scalars("Contact"))
    yield Worst(
        "MAX_DEPTH",
        "a chain of relations",
        "{ customerAccounts(first: 1) { nodes "
        + "{ parentAccount " * 17
        + "{ id }"
        + "}" * 18
        + "}",
    )
    yield Worst(
        "MAX_ALIASES",
        "lists that scan: filter, count, sums",
        "{ "
        + " ".join(
            f'a{i}: contacts(first: 1, filter: {{lastName: {{contains: "{i}zz"}}}}) '
            "{ totalCount aggregate { count } }"
            for i in range(LIMITS.aliases)
        )
        + " }",
    )
    yield Worst(
        "MAX_ALIASES",
        "searches of all modules",
        "{ "
        + " ".join(
            f'a{i}: search(text: "mar {i}", first: 2) {{ total: __typename }}' for i in range(100)
        )
        + " }",
    )
    yield Worst(
        "MAX_DIRECTIVES",
        "each on a field",
        "{ viewer { " + "name @include(if: true) " * LIMITS.directives + "} }",
    )
    yield Worst("MAX_NODES", "lists in lists, ids", lists("id"))
    yield Worst("MAX_NODES", f"the same, {len(scalars('Contact'))} values of each", lists(values))
    renamed = " ".join(f"v{i}: lastName" for i in range(102))
    yield Worst(
        "MAX_VALUES",
        "102 values, by aliases, of 9,800 nodes",
        "{ customerAccounts(first: 98) { nodes { contacts(first: 100) { nodes { "
        f"{renamed} }} }} }} }} }}",
    )
    yield Worst(
        "MAX_NODES",
        "comments that roll up, of 100 accounts",
        "{ customerAccounts(first: 100) { nodes { comments(rollUp: true, first: 100) "
        "{ nodes { body author { name } } } } } }",
    )
    yield Worst(
        "MAX_BODY",
        "a filter as long as a request",
        "query ($t: String!) { contacts(filter: {lastName: {contains: $t}}) { totalCount } }",
        {"t": "x" * (LIMITS.body - 200)},
    )
    yield Worst(
        "MAX_MUTATIONS",
        f"five of {BULK:,} records each",
        "mutation { "
        + " ".join(
            f'm{i}: updateContacts(filter: {{lastName: {{startsWith: "M"}}}}, '
            f'input: {{jobTitle: "{i}"}}) {{ jobs: __typename errors {{ code message }} }}'
            for i in range(LIMITS.mutations)
        )
        + " }",
        runs=1,
    )
    yield Worst(
        "(introspection)", "what GraphiQL asks, administrators only", get_introspection_query()
    )


async def fill(connection: Any, app: Any, accounts: int) -> int:
    """A company of accounts with a hundred contacts each; the id of its administrator."""
    database = app.state.application.database
    company = await add_company(connection, "Mesure")
    user = await add_user(
        connection, email="m@fiches.example", name="M", company_id=company, administrator=True
    )
    viewer = await viewer_of(database, user)
    known = suite()
    ids: list[int] = []
    async with Work(database, viewer) as work:
        rows = [{"name": f"Compte {i}"} for i in range(accounts)]
        ids = [each.id for each in (await work.create_many(known["CustomerAccount"], rows)).saved]
    for begin in range(0, accounts, 25):
        async with Work(database, viewer) as work:
            people = [
                {"last_name": f"Martin {i}", "first_name": "Léa", "account": id}
                for id in ids[begin : begin + 25]
                for i in range(100)
            ]
            await work.create_many(known["Contact"], people)
    await connection.execute("ANALYZE")
    return user


def peak() -> int:
    """The most memory that the process has had, in KiB, since it was last forgotten."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def forget_peak() -> int:
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


async def measure(http: httpx2.AsyncClient, each: Worst) -> str:
    took, grown, answer, size = [], [], {}, 0
    for run in range(each.runs + (each.runs > 1)):
        before = forget_peak()
        began = time.perf_counter()
        response = await http.post(
            "/graphql", json={"query": each.document, "variables": each.variables}
        )
        seconds = time.perf_counter() - began
        size, answer = len(response.content), response.json()
        if run or each.runs == 1:
            took.append(seconds)
            grown.append(peak() - before)
    cost = answer.get("extensions", {}).get("cost", {})
    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    data = answer.get("data") or {}
    codes |= {
        e["message"] for v in data.values() if isinstance(v, dict) for e in v.get("errors") or ()
    }
    told = f" ({', '.join(sorted(codes))})" if codes else ""
    return (
        f"| `{each.limit}` | {each.what}{told} | {median(took):.2f} s "
        f"| {cost.get('requested', 0):,} | {cost.get('statements', 0):,} "
        f"| {cost.get('rows', 0):,} | {size / 1e6:.1f} MB | {median(grown) / 1024:.0f} MB |"
    )


async def main(accounts: int, only: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Embedded.start(Path(folder)) as server:
        os.environ.pop("FICHES_DATABASE_URL", None)
        await upgraded(server.url)
        app = create_app(
            Settings(database_url=server.url, secret_key=SecretStr(SECRET), debug=True)
        )
        async with app.router.lifespan_context(app):
            connection = await asyncpg.connect(server.url)
            user = await fill(connection, app, accounts)
            await connection.close()
            token = Tokens(SECRET.encode()).issue(user)
            async with httpx2.AsyncClient(
                transport=httpx2.ASGITransport(app=app),
                base_url="http://fiches.example",
                headers={"Authorization": f"Bearer {token}"},
                timeout=600,
            ) as http:
                print(
                    "| limit | the worst that it lets through | time | nodes asked for "
                    "| statements | rows | answer | memory |\n|---|---|---|---|---|---|---|---|"
                )
                for each in worst():
                    if only in f"{each.limit} {each.what}":
                        print(await measure(http, each), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--accounts", type=int, default=100)
    parser.add_argument("--only", default="", help="Those whose line holds this.")
    given = parser.parse_args()
    asyncio.run(main(given.accounts, given.only))
