"""A real service killed at work, and its database: what was acknowledged is there, whole.

Eight clients send 500 mutations at once to `fiches serve` on a PostgreSQL of its own. In the middle
the process is killed as hard as can be, and all is counted: what clients were told, what is
stored, what history and the outbox say of it.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest

from db.accounts import add_company, add_user, viewer_of
from db.database import Database
from db.embedded import Embedded
from db.modules import MODULES, PARTS
from db.settings import PREFIX
from db.suite import Suite
from db.tokens import Tokens
from db.writing import Work
from tests.books import item
from tests.conftest import ROOT, SECRET, fresh_database

MUTATIONS = 500
CLIENTS = 8
INVOICE: dict[str, Any] = {"issuedOn": "2026-03-10", "dueOn": "2026-04-30"}
LINES = [item("100"), item("40")]

ACCOUNT = """
mutation ($key: String!) {
  done: createCustomerAccount(input: {name: $key}, idempotencyKey: $key) {
    change { id } errors { code }
  }
}"""
NESTED = """
mutation ($key: String!, $input: CreateCustomerInvoiceInput!) {
  done: createCustomerInvoice(input: $input, idempotencyKey: $key) {
    change { id } errors { code }
  }
}"""
UPDATE = """
mutation ($key: String!, $id: ID!) {
  done: updateCustomerAccount(id: $id, input: {name: $key}, idempotencyKey: $key) {
    change { id } errors { code }
  }
}"""
MANY = """
mutation ($key: String!, $ids: [ID!]!) {
  done: updateCustomerAccounts(ids: $ids, input: {name: $key}, idempotencyKey: $key) {
    changed errors { code }
  }
}"""
VALIDATE = """
mutation ($key: String!, $id: ID!) {
  done: validateCustomerInvoice(id: $id, idempotencyKey: $key) {
    change { id } errors { code }
  }
}"""
COMMENT = """
mutation ($key: String!, $id: ID!) {
  done: addComment(record: $id, body: $key) { change { id } errors { code } }
}"""


@dataclass(frozen=True)
class Call:
    """One mutation; `key` names it and is what it writes."""

    key: str
    document: str
    variables: dict[str, Any] = field(default_factory=dict)


@dataclass
class Company:
    """A company made for one test, with three accounts to write on and drafts to validate."""

    id: int
    token: str
    accounts: list[int]
    drafts: list[int]

    def calls(self) -> list[Call]:
        """Mutations of every sort, in turn."""
        drafts, calls = iter(self.drafts), []
        for i in range(MUTATIONS):
            key = f"{self.id}-{i}"
            invoice = {**INVOICE, "subject": key, "newAccount": {"name": key}, "lineItems": LINES}
            calls.append(
                (
                    Call(key, ACCOUNT),
                    Call(key, NESTED, {"input": invoice}),
                    Call(key, UPDATE, {"id": str(self.accounts[i % 3])}),
                    Call(key, MANY, {"ids": [str(id) for id in self.accounts]}),
                    Call(key, VALIDATE, {"id": str(next(drafts))} if i % 6 == 4 else {}),
                    Call(key, COMMENT, {"id": str(self.accounts[0])}),
                )[i % 6]
            )
        return calls


class Crowd:
    """Clients that take the next mutation as soon as their last is answered."""

    def __init__(self, base_url: str, company: Company) -> None:
        self.company = company
        self.waiting = company.calls()[::-1]
        self.acknowledged: dict[str, Any] = {}
        self.unanswered: list[Call] = []
        self.http = httpx2.AsyncClient(
            base_url=base_url, headers={"Authorization": f"Bearer {company.token}"}, timeout=20
        )

    async def work(self, at: int, then: Callable[[], None], *, patient: bool) -> None:
        """Send all; once `at` are acknowledged do `then`. The `patient` send again, under the same
        key, what was not answered; the others leave.
        """
        async with self.http:
            await asyncio.gather(*(self._client(at, then, patient) for _ in range(CLIENTS)))

    async def _client(self, at: int, then: Callable[[], None], patient: bool) -> None:
        while self.waiting:
            call = self.waiting.pop()
            while not await self._sent(call):
                if not patient:
                    return
                if call.document is COMMENT:  # which takes no key: it may be there or not
                    break
                await asyncio.sleep(0.1)
            if len(self.acknowledged) == at:
                then()

    async def _sent(self, call: Call) -> bool:
        variables = {"key": call.key, **call.variables}
        try:
            response = await self.http.post(
                "/graphql", json={"query": call.document, "variables": variables}
            )
        except httpx2.TransportError:
            self.unanswered.append(call)
            return False
        answer = response.json()
        if answer.get("errors"):
            assert [each["extensions"]["code"] for each in answer["errors"]] == ["UNAVAILABLE"]
            self.unanswered.append(call)
            return False
        done = answer["data"]["done"]
        assert done["errors"] == [], (call, done)
        self.acknowledged[call.key] = done
        return True


@dataclass
class Service:
    """`fiches serve` on a database of a server that no other test uses."""

    folder: Path
    url: str
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it says of what it did not expect."""
        return self.folder.with_name("service.log")

    def start(self) -> None:
        """Start it unless it runs; wait until it answers."""
        if self.process is not None and self.process.poll() is None:
            return
        settings = {"DATABASE_URL": self.url, "SECRET_KEY": SECRET, "PORT": str(self.port)}
        others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "graph", "serve"],
                env={**others, **{PREFIX + name: value for name, value in settings.items()}},
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        while self.process.poll() is None:
            try:
                if httpx2.get(f"{self.base_url}/health").status_code == 200:
                    return
            except httpx2.TransportError:
                time.sleep(0.1)
        raise AssertionError("the service did not start")

    def kill(self) -> None:
        """kill -9, and nothing is left of it."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def kill_database(self) -> None:
        """kill -9 of PostgreSQL's first process, and of the others before they can say goodbye."""
        for process in psutil.process_iter(["name", "cmdline"]):
            words = process.info["cmdline"] or ()
            if process.info["name"] == "postgres" and str(self.folder) in words:
                left = process.children(recursive=True)
                for each in (process, *left):
                    each.kill()
                psutil.wait_procs([process, *left], timeout=10)


@pytest.fixture(scope="module")
async def postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Embedded]:
    with Embedded.start(tmp_path_factory.mktemp("crash") / "postgres") as server:
        yield server


@pytest.fixture(scope="module")
async def service(postgres: Embedded) -> AsyncIterator[Service]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = Service(postgres.folder, await fresh_database(postgres, "crash"), port)
    yield made
    made.kill()


@asynccontextmanager
async def database(url: str) -> AsyncIterator[Database]:
    """The tests' own way in, beside the service."""
    found = await Database.open(url, Suite(MODULES, PARTS), secret=SECRET.encode(), pool_size=2)
    try:
        yield found
    finally:
        await found.close()


async def company(database: Database) -> Company:
    """A new company, its three accounts and its drafts."""
    own = await add_company(database.pool, "Société d’essai")
    async with database.pool.acquire() as connection:
        user = await add_user(
            connection,
            email=f"alice.{own}@fiches.example",
            name="Alice",
            company_id=own,
            administrator=True,
        )
    suite = database.suite
    async with Work(database, await viewer_of(database, user)) as work:
        accounts = await work.create_many(suite["CustomerAccount"], [{"name": "A"}] * 3)
        draft = {
            "subject": "Mars",
            "account": accounts.saved[0].id,
            "issued_on": "2026-03-10",
            "due_on": "2026-04-30",
            "line_items": [{"label": "Conseil", "unit_price": "100", "vat_rate": "20"}],
        }
        drafts = await work.create_many(suite["CustomerInvoice"], [draft] * (MUTATIONS // 6 + 1))
    token = Tokens(SECRET.encode()).issue(user)
    return Company(
        own, token, [each.id for each in accounts.saved], [each.id for each in drafts.saved]
    )


async def test_what_is_sent_again_after_the_database_was_killed_is_done_once(
    service: Service, postgres: Embedded
) -> None:
    service.start()
    async with database(service.url) as stored:
        own = await company(stored)
    crowd = Crowd(service.base_url, own)
    with ExitStack() as started:

        def crash() -> None:
            service.kill_database()
            started.enter_context(Embedded.start(postgres.folder))

        await crowd.work(MUTATIONS // 2, crash, patient=True)

        assert crowd.unanswered != []
        keyed = {call.key for call in own.calls() if call.document is not COMMENT}
        assert keyed <= crowd.acknowledged.keys()
        async with database(service.url) as stored:
            await verify(stored, crowd)


async def test_what_a_killed_service_acknowledged_is_there_and_whole(service: Service) -> None:
    service.start()
    async with database(service.url) as stored:
        crowd = Crowd(service.base_url, await company(stored))

        await crowd.work(MUTATIONS // 2, service.kill, patient=False)

        assert MUTATIONS // 2 <= len(crowd.acknowledged) < MUTATIONS // 2 + CLIENTS
        await settled(stored)
        await verify(stored, crowd)


async def settled(database: Database) -> None:
    """PostgreSQL ends what the killed service had begun."""
    for _ in range(200):
        if not await database.pool.fetchval(UNDER_WAY):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("transactions of a killed service are still under way")


UNDER_WAY = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


async def verify(database: Database, crowd: Crowd) -> None:
    """All that was acknowledged is there, nothing half done, nothing twice."""
    pool, own = database.pool, crowd.company.id
    await verify_histories(pool, own)
    await verify_numbers(pool, own)
    await verify_postings(pool, own)
    keyed = await effects(pool, own)
    for call in crowd.company.calls():
        found, done = keyed.get(call.key, {}), crowd.acknowledged.get(call.key)
        assert found in ({}, WHOLE[call.document]), (call, found)
        if done is not None:
            assert found == WHOLE[call.document], call
        if done is not None and done.get("change"):
            change = int(done["change"]["id"].removeprefix("change-"))
            told = await pool.fetchval("SELECT count(*) FROM outbox WHERE change_id = $1", change)
            assert told == 1, call


WHOLE: dict[str, dict[str, int]] = {
    ACCOUNT: {"CustomerAccount CREATED": 1},
    NESTED: {"CustomerAccount CREATED": 1, "CustomerInvoice CREATED": 1, "lines": 2},
    UPDATE: {"CustomerAccount UPDATED": 1},
    MANY: {"CustomerAccount UPDATED": 3},
    VALIDATE: {"CustomerInvoice FINALISED": 1},
    COMMENT: {"comment": 1},
}
"""What each mutation leaves behind, by what is told in history."""


async def effects(pool: Any, company: int) -> dict[str, dict[str, int]]:
    """What is there of each key: changes that wrote it, comments, lines, validations."""
    rows = await pool.fetch(
        """
        SELECT field ->> 'after' AS key, record.module || ' ' || change.operation AS what,
            count(*) AS times
        FROM change JOIN record ON record.id = change.record_id,
            jsonb_array_elements(change.fields) field
        WHERE record.company_id = $1 AND field ->> 'name' IN ('name', 'subject')
        GROUP BY 1, 2
        UNION ALL
        SELECT comment.body, 'comment', count(*) FROM comment
        JOIN change ON change.record_id = comment.record_id AND change.operation = 'COMMENTED'
            AND change.at = comment.created_at
        JOIN record ON record.id = comment.record_id
        WHERE record.company_id = $1 GROUP BY 1
        UNION ALL
        SELECT invoice.subject, 'lines', count(*) FROM customer_invoice invoice
        JOIN line_item ON line_item.document_id = invoice.id
        WHERE invoice.company_id = $1 AND invoice.subject <> 'Mars' GROUP BY 1
        UNION ALL
        SELECT idempotency.key, 'CustomerInvoice FINALISED', count(*) FROM idempotency
        JOIN change ON change.id = (idempotency.result ->> 'change')::bigint
        JOIN record ON record.id = change.record_id
        WHERE record.company_id = $1 AND change.operation = 'FINALISED' GROUP BY 1
        """,
        company,
    )
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["key"], {})[row["what"]] = row["times"]
    return found


async def verify_histories(pool: Any, company: int) -> None:
    """Each version of each record is told once, and each change has its one event."""
    wrong = await pool.fetch(
        """
        SELECT record.id, record.version, array_agg(change.version ORDER BY change.id) AS told
        FROM record LEFT JOIN change
            ON change.record_id = record.id AND change.version IS NOT NULL
        WHERE record.company_id = $1 GROUP BY record.id
        HAVING array_agg(change.version ORDER BY change.id)
            IS DISTINCT FROM ARRAY(SELECT generate_series(1, record.version))
        """,
        company,
    )
    assert [dict(row) for row in wrong] == []
    events = await pool.fetchrow(
        """
        SELECT count(*) AS changes, count(DISTINCT outbox.change_id) AS told,
            count(outbox.change_id) AS events
        FROM change JOIN record ON record.id = change.record_id
        LEFT JOIN outbox ON outbox.change_id = change.id WHERE record.company_id = $1
        """,
        company,
    )
    assert events["changes"] == events["told"] == events["events"] > MUTATIONS // 2


async def verify_numbers(pool: Any, company: int) -> None:
    """Every number given is that of a record, and none is left out."""
    for row in await pool.fetch("SELECT * FROM counter WHERE company_id = $1", company):
        numbers = await pool.fetch(
            "SELECT number FROM record WHERE company_id = $1 AND number ~ ('^' || $2 || '-[0-9]+$')"
            " UNION SELECT DISTINCT entry_number FROM accounting_entry"
            " WHERE company_id = $1 AND entry_number ~ ('^' || $2 || '-[0-9]+$') ORDER BY 1",
            company,
            row["series"].removeprefix("journal "),
        )
        given = [int(each["number"].rpartition("-")[2]) for each in numbers]
        assert given == [*range(1, row["value"] + 1)], row["series"]


async def verify_postings(pool: Any, company: int) -> None:
    """What is validated has its number and its balanced entries; what is not has neither."""
    rows = await pool.fetch(
        """
        SELECT invoice.status, invoice.number LIKE 'FAC-2026-%' AS numbered,
            count(entry.id) AS entries, sum(entry.debit) - sum(entry.credit) AS difference
        FROM customer_invoice invoice
        LEFT JOIN accounting_entry entry ON entry.customer_invoice_id = invoice.id
        WHERE invoice.company_id = $1 GROUP BY invoice.id
        """,
        company,
    )
    assert {
        (row["status"], row["numbered"], row["entries"], row["difference"]) for row in rows
    } == {
        ("validated", True, 3, 0),
        ("draft", False, 0, None),
    }
