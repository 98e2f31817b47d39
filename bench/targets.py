"""Who is measured: a server asked by somebody, and the requests it gets."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg

from bench.generator import request_of
from bench.load import ADMINISTRATOR, ASSISTANT, COMPANY, CONTROLLER, MANAGER, SELLER, fiches
from bench.servers import Server, start

REQUESTS = 2000
"""Requests drawn once, and sent to all in the same order."""
PAGES = 40
"""Pages of 50 accounts among which L draws."""

VIEWERS: Mapping[str, str] = {
    "administrator": ADMINISTRATOR,
    "half, by role": MANAGER,
    "half, by rules": CONTROLLER,
    "half, a field hidden": ASSISTANT,
    "own records": SELLER,
}
"""Of the service's viewers, what each sees, and who they are."""

RESTRICTED = "fiches, restricted"
"""The service asked by a viewer who sees half of the records: what users of a role below own."""


@dataclass(frozen=True)
class Target:
    """A server asked by somebody, and what it is asked for in each workload."""

    name: str
    server: Server
    token: str
    variables: Mapping[str, Sequence[Mapping[str, Any]]]

    def requests(
        self, operation: str, variables: Sequence[Mapping[str, Any]] | None = None
    ) -> list[bytes]:
        """Requests as bytes, written before the clock runs; those of a workload unless told."""
        bodies = (
            self.server.kind.dialect.body(operation, each)
            for each in (self.variables[operation] if variables is None else variables)
        )
        return [request_of(self.server.port, body, self.token) for body in bodies]

    def ask(self, operation: str, variables: Mapping[str, Any]) -> Any:
        """The data of one answer."""
        return self.server.ask(operation, variables, self.token)


@dataclass(frozen=True)
class Draw:
    """What is drawn of a database: ids of accounts that all viewers of a group see."""

    company_id: int
    accounts: Sequence[int]
    """Accounts that the restricted viewer sees."""
    own: Sequence[int]
    """Accounts of one seller, which every viewer of `VIEWERS` sees."""


@contextmanager
def running(names: Sequence[str], url: str, workers: int = 1) -> Iterator[list[Target]]:
    """The servers, started on a database, each as a target; the service as two, for two viewers."""
    draw = asyncio.run(drawn(url))
    with ExitStack() as stack:
        targets = []
        for name in names:
            began = time.perf_counter()
            server = start(name, url, draw.company_id, workers)
            stack.callback(server.stop)
            print(f"{name} answers after {time.perf_counter() - began:.1f} s", flush=True)
            own = name in ("fiches", "loaders")
            token = fiches(url, "token", ADMINISTRATOR) if own else ""
            targets.append(target(name, server, token, draw.accounts))
            if name == "fiches":
                token = fiches(url, "token", MANAGER)
                targets.append(target(RESTRICTED, server, token, draw.accounts))
        yield targets


def target(name: str, server: Server, token: str, ids: Sequence[int]) -> Target:
    accounts = [{"id": str(id)} for id in ids]
    cursors = random.Random(2).choices(cursors_of(server, token), k=REQUESTS // 10)
    pages = [{"after": cursor} for cursor in cursors]
    return Target(name, server, token, {"S": accounts, "M": accounts, "L": pages})


def cursors_of(server: Server, token: str) -> list[str | None]:
    """Where pages of 50 accounts begin: each server has cursors of its own."""
    cursors: list[str | None] = [None]
    while len(cursors) < PAGES:
        page = server.ask("Pages", {"after": cursors[-1]}, token)["customerAccounts"]["pageInfo"]
        if not page["hasNextPage"]:
            break
        cursors.append(page["endCursor"])
    return cursors


async def drawn(url: str) -> Draw:
    """The same accounts at random at each run."""
    connection = await asyncpg.connect(url)
    try:
        company_id = await connection.fetchval("SELECT id FROM company WHERE name = $1", COMPANY)
        below = await connection.fetch(
            "SELECT a.id FROM customer_account a WHERE owner_id IN (SELECT user_id FROM membership"
            " JOIN role ON role.id = role_id WHERE parent_id IS NOT NULL) ORDER BY id"
        )
        own = await connection.fetch(
            "SELECT a.id FROM customer_account a JOIN app_user u ON u.id = owner_id"
            " WHERE u.email = $1 ORDER BY a.id",
            SELLER,
        )
    finally:
        await connection.close()
    chance = random.Random(1)
    ids = chance.choices([row["id"] for row in below], k=REQUESTS)
    return Draw(company_id, ids, chance.choices([row["id"] for row in own], k=REQUESTS))
