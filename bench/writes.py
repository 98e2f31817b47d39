"""What a mutation costs beside the INSERTs that it comes down to, in one run.

    python bench/writes.py --help

`createCustomerAccount` and `updateCustomerAccount` through the whole service (in this process, over
ASGI), one transaction each; beside them, taking turns, what they write sent by hand on asyncpg:
the row, its number, its history. The triggers of the tables work for both.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

import orjson
from pydantic import SecretStr

sys.path.insert(0, str(Path(__file__).parent.parent))

from db.accounts import add_company, add_user
from db.embedded import Embedded
from db.migrate import upgraded
from db.settings import Settings
from graph.app import create_app

SECRET = "of this measurement, of no use elsewhere"
CREATE = """
mutation ($name: String!) {
  createCustomerAccount(input: { name: $name }) { customerAccount { id } errors { message } }
}
"""
UPDATE = """
mutation ($id: ID!, $name: String!) {
  updateCustomerAccount(id: $id, input: { name: $name }) {
    customerAccount { id }
    errors { message }
  }
}
"""
COUNTED = """
INSERT INTO by_hand (company_id, next) VALUES ($1, 1)
ON CONFLICT (company_id) DO UPDATE SET next = by_hand.next + 1 RETURNING next
"""
ROW = """
INSERT INTO customer_account
    (company_id, number, title, owner_id, created_by_id, updated_by_id, name)
VALUES ($1, $2, $3, $4, $4, $4, $3) RETURNING id
"""
TOLD = "INSERT INTO by_hand_change (record_id, by_id, fields) VALUES ($1, $2, $3::jsonb)"
TABLES = """
CREATE TABLE by_hand (company_id bigint PRIMARY KEY, next bigint NOT NULL);
CREATE TABLE by_hand_change (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, record_id bigint NOT NULL,
    by_id bigint NOT NULL, at timestamptz NOT NULL DEFAULT now(), fields jsonb NOT NULL
);
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--writes", type=int, default=300, help="of each, a round")
    parser.add_argument("--writers", type=int, default=1, help="at the same time, a company each")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which medians are shown")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Embedded.start(Path(folder, "data")) as server:
        asyncio.run(measure(server.url, asked))


async def measure(url: str, asked: argparse.Namespace) -> None:
    await upgraded(url)
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET), pool_size=20)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        application = app.state.application
        pool = application.database.pool
        await pool.execute(TABLES)
        people: list[Any] = []
        for i in range(asked.writers):
            company = await add_company(pool, f"Banc {i}")
            async with pool.acquire() as connection:
                user = await add_user(
                    connection,
                    email=f"banc{i}@fiches.example",
                    name="Banc",
                    company_id=company,
                    administrator=True,
                )
            people.append((company, user, application.tokens.issue(user), []))
        taken: dict[str, list[float]] = {"by hand": [], "create": [], "update": []}

        async def by_hand(person: Any, i: int) -> None:
            company, user, _, _ = person
            async with pool.acquire() as connection, connection.transaction():
                number = await connection.fetchval(COUNTED, company)
                name = f"Client {number}"
                id = await connection.fetchval(ROW, company, f"M-{number}", name, user)
                await connection.execute(TOLD, id, user, [{"name": "name", "after": name}])

        async def create(person: Any, i: int) -> None:
            data = await send(app, person[2], CREATE, {"name": f"Client {i}"})
            person[3].append(data["createCustomerAccount"]["customerAccount"]["id"])

        async def update(person: Any, i: int) -> None:
            given = {"id": person[3][i % len(person[3])], "name": f"Autre {i} {time.time()}"}
            await send(app, person[2], UPDATE, given)

        ways: dict[str, Callable[[Any, int], Awaitable[None]]] = {
            "by hand": by_hand,
            "create": create,
            "update": update,
        }
        for round in range(asked.rounds + 1):
            for name, write in ways.items():

                async def run(person: Any, write: Any = write) -> None:
                    for i in range(asked.writes):
                        await write(person, i)

                begun = time.perf_counter()
                await asyncio.gather(*(run(person) for person in people))
                if round:  # the first one warms up
                    seconds = time.perf_counter() - begun
                    taken[name].append(asked.writes * asked.writers / seconds)
    rates = {name: median(each) for name, each in taken.items()}
    print(f"{asked.writers} writers, {asked.writes} writes each, {asked.rounds} rounds")
    for name, rate in rates.items():
        print(f"{name:8} {rate:8,.0f} a second  {rate / rates['by hand']:.2f} x by hand")


async def send(app: Any, token: str, query: str, variables: dict[str, Any]) -> Any:
    """The data of one operation, by ASGI alone: no socket, no client's library."""
    body = orjson.dumps({"query": query, "variables": variables})
    sent: list[Any] = []

    async def receive() -> Any:
        if not sent:
            sent.append(None)
            return {"type": "http.request", "body": body}
        return await asyncio.Event().wait()

    answered: list[bytes] = []

    async def answer(message: Any) -> None:
        answered.append(message.get("body", b""))

    headers = [
        (b"content-type", b"application/json"),
        (b"authorization", f"Bearer {token}".encode()),
        (b"accept-language", b"en"),
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    await app(scope, receive, answer)
    found = orjson.loads(b"".join(answered))
    assert not found.get("errors"), found
    (payload,) = found["data"].values()
    assert not payload["errors"], payload
    return found["data"]


if __name__ == "__main__":
    main()
