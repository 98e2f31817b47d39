"""What a write comes down to, sent by hand on asyncpg: the same rows into the same tables.

A customer account is a row of its table, whose triggers keep the register and the search keys for
whoever writes; its number, its history, the event that tells of it and its seal are written here
as the service writes them. Each is one statement, as one would write it for one record.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final

import orjson

from db.chain import DIGEST
from db.outbox import CHANNEL

NUMBER: Final = """
INSERT INTO counter (company_id, series, value) VALUES ($1, 'CLI', 1)
ON CONFLICT (company_id, series) DO UPDATE SET value = counter.value + 1 RETURNING value
"""
ROW: Final = """
INSERT INTO customer_account
    (company_id, number, title, owner_id, created_by_id, updated_by_id, name)
VALUES ($1, $2, $3, $4, $4, $4, $3) RETURNING id
"""
HOLD: Final = """
SELECT * FROM customer_account
WHERE id = $1 AND company_id = $2 AND deleted_at IS NULL FOR NO KEY UPDATE
"""
OVER: Final = """
UPDATE customer_account
SET name = $2, title = $2, version = $3, updated_at = now(), updated_by_id = $4 WHERE id = $1
"""
CHANGE: Final = """
INSERT INTO change (record_id, actor_id, origin, operation, version, fields)
VALUES ($1, $2, 'MANUAL', $3, $4, $5) RETURNING id
"""
EVENT: Final = f"""
INSERT INTO outbox (company_id, record_id, module, kind, change_id)
VALUES ($1, $2, 'CustomerAccount', $3, $4) RETURNING pg_notify('{CHANNEL}', '')
"""
SEAL: Final = f"""
WITH head AS MATERIALIZED (
    SELECT position, hash FROM chain WHERE company_id = $1 FOR UPDATE
), link AS MATERIALIZED (
    SELECT head.position + 1 AS position, sha256(head.hash || {DIGEST}) AS hash
    FROM head, change WHERE change.id = $2
), sealed AS (
    INSERT INTO seal (company_id, position, change_id, hash)
    SELECT $1, position, $2, hash FROM link
)
UPDATE chain SET position = link.position, hash = link.hash FROM link WHERE company_id = $1
"""
READ: Final = "SELECT * FROM customer_account WHERE id = $1 AND company_id = $2"


@dataclass(frozen=True)
class Hand:
    """Writes for one user of one company."""

    pool: Any
    company: int
    user: int

    async def create(self, name: str) -> int:
        async with self.pool.acquire() as connection, connection.transaction():
            value = await connection.fetchval(NUMBER, self.company)
            number = f"CLI-{value:05d}"
            id: int = await connection.fetchval(ROW, self.company, number, name, self.user)
            told = [
                _told("number", number),
                _told("owner", f"user-{self.user}", "Banc"),
                _told("name", name),
            ]
            await self._tell(connection, id, "CREATED", 1, told)
        return id

    async def update(self, id: int, name: str) -> int:
        async with self.pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(HOLD, id, self.company)
            version = row["version"] + 1
            await connection.execute(OVER, id, name, version, self.user)
            told = [{**_told("name", name), "before": row["name"]}]
            await self._tell(connection, id, "UPDATED", version, told)
        return id

    async def _tell(
        self, connection: Any, id: int, operation: str, version: int, told: list[Any]
    ) -> None:
        change = await connection.fetchval(CHANGE, id, self.user, operation, version, told)
        await connection.execute(EVENT, self.company, id, operation, change)
        await connection.execute(SEAL, self.company, change)

    async def read(self, id: int) -> Any:
        return await self.pool.fetchrow(READ, id, self.company)


def _told(name: str, after: Any, display: str | None = None) -> dict[str, Any]:
    told = {"name": name, "before": None, "after": after}
    return {**told, "after_display": display} if display else told


class Served:
    """The same behind bare ASGI: JSON in, JSON out, the record read anew for the answer.

    Nobody signs in, nothing is checked, no GraphQL is read: `query` names what to do.
    """

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        asked = orjson.loads((await receive())["body"])
        given = asked["variables"]
        if "createCustomerAccount" in asked["query"]:
            done, id = "createCustomerAccount", await self.hand.create(given["name"])
        else:
            done, id = "updateCustomerAccount", int(given["id"])
            await self.hand.update(id, given["name"])
        row = await self.hand.read(id)
        payload = {"customerAccount": {"id": str(row["id"])}, "errors": []}
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": orjson.dumps({"data": {done: payload}})})


async def post(app: Any, token: str, query: str, variables: dict[str, Any]) -> Any:
    """The payload of one mutation, by ASGI alone: no socket, no client's library."""
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
    return payload
