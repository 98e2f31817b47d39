"""Live updates, over real sockets: who is told what, when, and what happens when things break."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin, Subprotocol

from db import commenting, listening, outbox, sessions
from db.listening import Listener
from db.sessions import Caller
from db.writing import Work
from graph import sockets
from graph.resolvers import live
from tests.client import Client, World
from tests.conftest import ROOT, SECRET

PROTOCOL = Subprotocol("graphql-transport-ws")

COMMENTS = """
subscription ($record: ID!, $rollUp: Boolean! = false, $after: String) {
    commentAdded(record: $record, rollUp: $rollUp, after: $after) {
        cursor
        comment { body author { name } }
        parent { body }
        via { kind relation record { id } }
        gap { after keptHours }
    }
}
"""
BODIES = """
subscription ($record: ID!, $rollUp: Boolean! = false) {
    commentAdded(record: $record, rollUp: $rollUp) { comment { body } }
}
"""
RECORD = """
subscription ($id: ID!) { recordChanged(id: $id) {
    record { title } change { operation fields { name after } } } }
"""
MODULE = """
subscription ($module: String!) { moduleChanged(module: $module) {
    record { title } change { operation } } }
"""


class Stream:
    """One subscription on a socket of its own."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, **message: Any) -> None:
        await self.connection.send(json.dumps(message))

    async def message(self, seconds: float = 60) -> Any:
        # Events wait for older transactions of the whole server: the demo is told in a long one.
        received = await asyncio.wait_for(self.connection.recv(), seconds)
        assert isinstance(received, str)  # browsers' clients parse no binary messages
        return json.loads(received)

    async def next(self) -> Any:
        """The one field of the next event."""
        message = await self.message()
        assert message["type"] == "next", message
        assert "errors" not in message["payload"], message
        (event,) = message["payload"]["data"].values()
        return event

    async def body(self) -> str:
        """The text of the comment that comes next."""
        return str((await self.next())["comment"]["body"])

    async def refusal(self) -> Any:
        """The error the subscription ends with, before any event."""
        message = await self.message()
        assert message["type"] == "error", message
        (error,) = message["payload"]
        return error

    async def close_code(self) -> int:
        """The code with which the service closes the socket."""
        with pytest.raises(ConnectionClosed) as closed:
            await self.message(30)
        assert closed.value.rcvd is not None
        return closed.value.rcvd.code


class Server(uvicorn.Server):
    """uvicorn beside other tasks: signals are the test runner's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def listening_on(
    app: Any, port: int = 0, **options: Any
) -> AsyncIterator[tuple[str, Server]]:
    """The application on a port of its own."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        config = uvicorn.Config(
            app,
            lifespan="off",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            log_config=None,
            timeout_graceful_shutdown=5,
            **options,
        )
        server = Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        await until(lambda: server.started)
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}/graphql", server
        server.should_exit = True
        await task


@pytest.fixture(scope="module")
async def url(world: World) -> AsyncIterator[str]:
    """The address of the tests' application, for sockets."""
    async with listening_on(world.app) as (url, _):
        yield url


@pytest.fixture
def listener(world: World) -> Listener:
    found: Listener = world.app.state.application.listener
    return found


@asynccontextmanager
async def opened(url: str, authorization: str | None, **options: Any) -> AsyncIterator[Stream]:
    """A socket on which the service has acknowledged who is there."""
    async with connect(url, subprotocols=[PROTOCOL], **options) as connection:
        stream = Stream(connection)
        payload = {} if authorization is None else {"Authorization": authorization}
        await stream.send(type="connection_init", payload=payload)
        assert await stream.message() == {"type": "connection_ack"}
        yield stream


@asynccontextmanager
async def subscribed(
    url: str,
    client: Client,
    document: str,
    *,
    begun: Listener | None = None,
    sock: socket.socket | None = None,
    **variables: Any,
) -> AsyncIterator[Stream]:
    """A subscription of a user; once it has begun, where its listener is at hand."""
    before = begun.subscribers if begun else 0
    if begun:
        await told_of_all(client)
    async with opened(url, client.headers["Authorization"], sock=sock) as stream:
        payload = {"query": document, "variables": variables}
        await stream.send(id="1", type="subscribe", payload=payload)
        if begun:
            await until(lambda: begun.subscribers > before)
        yield stream


async def told_of_all(client: Client) -> None:
    """Wait until no older transaction, of whatever database, holds back what happened so far."""
    async with asyncio.timeout(20):
        while await client.world.database.pool.fetchval(  # noqa: ASYNC110  # nothing tells of it
            "SELECT max(xid) >= pg_snapshot_xmin(pg_current_snapshot()) FROM outbox"
        ):
            await asyncio.sleep(0.01)


async def invoice_of(client: Client, account: str) -> str:
    return await client.create(
        "CustomerInvoice",
        account=account,
        subject="Mars",
        issuedOn="2026-03-01",
        dueOn="2026-03-31",
    )


async def until(happened: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for what the service does at a time of its own."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110  # nothing in the service tells of it
            await asyncio.sleep(0.01)


async def test_a_comment_of_a_colleague_arrives(
    client: Client, url: str, listener: Listener
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    colleague = await client.colleague("Camille", administrator=True)
    async with subscribed(url, client, COMMENTS, begun=listener, record=account) as stream:
        await colleague.comment(account, "Rappeler le comptable")

        event = await stream.next()

    assert event.pop("cursor")
    assert event == {
        "comment": {"body": "Rappeler le comptable", "author": {"name": "Camille"}},
        "parent": None,
        "via": {"kind": "OWN", "relation": None, "record": {"id": account}},
        "gap": None,
    }


async def test_a_reply_arrives_with_what_it_answers(
    client: Client, url: str, listener: Listener
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    asked = await client.comment(account, "Qui rappelle ?")
    async with subscribed(url, client, COMMENTS, begun=listener, record=account) as stream:
        await client.comment(account, "Moi", parent=asked)

        event = await stream.next()

    assert (event["comment"]["body"], event["parent"]["body"]) == ("Moi", "Qui rappelle ?")


async def test_comments_roll_up_from_the_invoices_of_an_account_and_back(
    client: Client, url: str, listener: Listener
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    invoice = await invoice_of(client, account)
    other = await client.create("CustomerAccount", name="Durand")
    watch: dict[str, Any] = {"document": COMMENTS, "begun": listener, "rollUp": True}
    async with (
        subscribed(url, client, record=account, **watch) as of_account,
        subscribed(url, client, record=invoice, **watch) as of_invoice,
    ):
        await client.comment(other, "Ailleurs")
        await client.comment(invoice, "Sur la facture")
        await client.comment(account, "Sur le compte")

        at_account = [await of_account.next() for _ in range(2)]
        at_invoice = [await of_invoice.next() for _ in range(2)]

    assert [(each["comment"]["body"], each["via"]["kind"]) for each in at_account] == [
        ("Sur la facture", "DOWN"),
        ("Sur le compte", "OWN"),
    ]
    assert [(each["comment"]["body"], each["via"]) for each in at_invoice] == [
        ("Sur la facture", {"kind": "OWN", "relation": None, "record": {"id": invoice}}),
        ("Sur le compte", {"kind": "UP", "relation": "account", "record": {"id": account}}),
    ]


async def test_an_invoice_moved_to_another_account_rolls_up_there_only(
    client: Client, url: str, listener: Listener
) -> None:
    before = await client.create("CustomerAccount", name="Dupont")
    after = await client.create("CustomerAccount", name="Durand")
    invoice = await invoice_of(client, before)
    watch: dict[str, Any] = {"document": BODIES, "begun": listener, "rollUp": True}
    async with (
        subscribed(url, client, record=before, **watch) as left,
        subscribed(url, client, record=after, **watch) as joined,
    ):
        await client.ask(
            "mutation ($id: ID!, $account: ID!) { updateCustomerInvoice(id: $id, input: "
            "{account: $account}) { errors { message } } }",
            id=invoice,
            account=after,
        )
        await client.comment(invoice, "Chez qui ?")
        await client.comment(before, "Ici")

        assert await joined.body() == "Chez qui ?"
        assert await left.body() == "Ici"


async def test_comments_on_hidden_records_do_not_arrive(
    client: Client, url: str, listener: Listener
) -> None:
    await client.share("CustomerAccount")
    colleague = await client.colleague()
    account = await client.create("CustomerAccount", name="Dupont")
    hidden = await invoice_of(client, account)
    watch: dict[str, Any] = {"document": BODIES, "begun": listener, "rollUp": True}
    async with subscribed(url, colleague, record=account, **watch) as stream:
        await client.comment(hidden, "Entre nous")
        await client.comment(account, "À tous")

        assert await stream.message() == {
            "id": "1",
            "type": "next",
            "payload": {
                "data": {"commentAdded": {"comment": {"body": "À tous"}}},
                "extensions": {
                    "cost": {"requested": 1, "actual": 3, "statements": 3, "rows": 3},
                },
            },
        }


async def test_a_hidden_record_and_none_at_all_refuse_alike(client: Client, url: str) -> None:
    colleague = await client.colleague()
    hidden = await client.create("CustomerAccount", name="Dupont")
    refusals = []
    for id in (hidden, "999999999", "comment-1"):
        async with subscribed(url, colleague, RECORD, id=id) as stream:
            refusal = await stream.refusal()

        refusals.append((refusal["message"].replace(id, "…"), refusal["extensions"]["code"]))

    assert len(set(refusals)) == 1
    assert refusals[0][1] == "NOT_FOUND"


async def test_rights_are_those_at_delivery(
    client: Client, url: str, listener: Listener, world: World
) -> None:
    await client.share("CustomerAccount")
    colleague = await client.colleague()
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, colleague, BODIES, begun=listener, record=account) as stream:
        await world.database.pool.execute(
            "DELETE FROM sharing WHERE company_id = $1", client.company_id
        )
        await client.comment(account, "Plus pour vous")
        await settled(client, listener)
        await client.share("CustomerAccount")
        await client.comment(account, "De nouveau pour vous")

        assert await stream.body() == "De nouveau pour vous"


async def settled(client: Client, listener: Listener) -> None:
    """Wait until the listener has handed out what was written, and it has been looked at."""
    account = await client.create("CustomerAccount", name="Attente")
    last = await client.world.database.pool.fetchrow(
        "SELECT xid::text::bigint, id FROM outbox WHERE record_id = $1", int(account)
    )
    await until(lambda: listener.position is not None and listener.position >= tuple(last))
    await asyncio.sleep(0.2)


async def test_a_record_is_followed_to_the_recycle_bin_and_back(
    client: Client, url: str, listener: Listener
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    other = await client.create("CustomerAccount", name="Durand")
    async with subscribed(url, client, RECORD, begun=listener, id=account) as stream:
        for id in (other, account):
            await client.ask(
                'mutation ($id: ID!) { updateCustomerAccount(id: $id, input: {name: "Dupond"}) '
                "{ errors { message } } }",
                id=id,
            )
        changed = await stream.next()
        await client.act("delete", "CustomerAccount", account)
        deleted = await stream.next()
        await client.act("restore", "CustomerAccount", account)
        restored = await stream.next()

    assert changed == {
        "record": {"title": "Dupond"},
        "change": {"operation": "UPDATED", "fields": [{"name": "name", "after": "Dupond"}]},
    }
    assert (deleted["record"], deleted["change"]["operation"]) == (None, "DELETED")
    assert (restored["record"]["title"], restored["change"]["operation"]) == ("Dupond", "RESTORED")


async def test_a_module_is_followed_as_far_as_it_is_seen(
    client: Client, url: str, listener: Listener
) -> None:
    colleague = await client.colleague()
    watch: dict[str, Any] = {"document": MODULE, "begun": listener, "module": "CustomerAccount"}
    async with (
        subscribed(url, client, **watch) as whole,
        subscribed(url, colleague, **watch) as part,
    ):
        hidden = await client.create("CustomerAccount", name="Dupont")
        # Looked at when it is sent: once deleted, a record's creation is told no more.
        first = await whole.next()
        await client.act("delete", "CustomerAccount", hidden)
        await colleague.create("Contact", lastName="Martin", firstName="Léa")
        await colleague.create("CustomerAccount", name="Durand")

        own = await part.next()
        all_of_them = [first, *[await whole.next() for _ in range(2)]]

    assert own == {"record": {"title": "Durand"}, "change": {"operation": "CREATED"}}
    assert [each["change"]["operation"] for each in all_of_them] == [
        "CREATED",
        "DELETED",
        "CREATED",
    ]


async def test_an_unknown_module_is_refused(client: Client, url: str) -> None:
    async with subscribed(url, client, MODULE, module="Invoice") as stream:
        refusal = await stream.refusal()

    assert refusal["extensions"]["code"] == "BAD_USER_INPUT"


async def test_events_missed_come_first_where_a_cursor_is_given(
    client: Client, url: str, listener: Listener
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, client, COMMENTS, begun=listener, record=account) as stream:
        await client.comment(account, "Un")
        cursor = (await stream.next())["cursor"]
    await client.comment(account, "Deux")
    await client.comment(account, "Trois")
    again: dict[str, Any] = {"document": COMMENTS, "record": account, "after": cursor}
    async with subscribed(url, client, **again) as stream:
        missed = [await stream.body() for _ in range(2)]
        await client.comment(account, "Quatre")
        missed.append(await stream.body())

    assert missed == ["Deux", "Trois", "Quatre"]


async def test_a_cursor_too_old_gives_a_gap_then_what_comes(
    client: Client, url: str, listener: Listener, world: World
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, client, COMMENTS, begun=listener, record=account) as stream:
        await client.comment(account, "Un")
        cursor = (await stream.next())["cursor"]
    await client.comment(account, "Deux")
    while await outbox.prune(world.database.pool, timedelta(0)):
        pass
    again: dict[str, Any] = {"document": COMMENTS, "record": account, "after": cursor}
    async with subscribed(url, client, **again) as stream:
        gap = await stream.next()
        await client.comment(account, "Trois")
        body = await stream.body()

    assert (gap["gap"], gap["comment"]) == ({"after": cursor, "keptHours": 24}, None)
    assert body == "Trois"


async def test_a_forged_cursor_is_refused(client: Client, url: str) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, client, COMMENTS, record=account, after="bm9uZQ") as stream:
        refusal = await stream.refusal()

    assert refusal["extensions"]["code"] == "BAD_CURSOR"


async def test_one_who_is_behind_loses_nothing(
    client: Client, url: str, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "WAITING", 2)
    monkeypatch.setattr(listening, "BATCH", 3)
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, client, BODIES, begun=listener, record=account) as stream:
        async with Work(client.world.database, await client.viewer()) as work:
            for i in range(20):
                await commenting.add(work, int(account), str(i))
        await client.comment(account, "20")

        bodies = [await stream.body() for _ in range(21)]

    assert bodies == [str(i) for i in range(21)]


async def test_the_event_of_a_late_commit_is_read_in_its_turn(database_url: str) -> None:
    early, late, reader = [await asyncpg.connect(database_url) for _ in range(3)]
    insert = (
        "INSERT INTO outbox (company_id, record_id, module, kind, change_id)"
        " VALUES (0, $1, 'CustomerAccount', 'UPDATED', 0)"
    )
    try:
        start = await outbox.now(reader)
        slow = early.transaction()
        await slow.start()
        await early.execute(insert, 1)
        await late.execute(insert, 2)

        meanwhile = await outbox.read(reader, start, 10)
        await slow.commit()
        # Tests in other processes may hold older transactions: the second waits for those too.
        async with asyncio.timeout(60):
            while len(afterwards := await outbox.read(reader, start, 10)) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        behind_the_first = await outbox.read(reader, afterwards[0].position, 10)
    finally:
        for connection in (early, late, reader):
            await connection.close()

    assert meanwhile == []
    assert [event.record_id for event in afterwards] == [1, 2]
    assert [event.record_id for event in behind_the_first] == [2]


async def test_each_entry_of_the_history_has_its_event(client: Client, world: World) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.comment(account, "Un")
    await client.act("delete", "CustomerAccount", account)
    rows = await world.database.pool.fetch(
        "SELECT change.operation = outbox.kind AND change.record_id = outbox.record_id AS alike, "
        "outbox.comment_id IS NOT NULL AS commented FROM change "
        "LEFT JOIN outbox ON outbox.change_id = change.id WHERE change.record_id = $1 "
        "ORDER BY change.id",
        int(account),
    )

    assert [tuple(row) for row in rows] == [(True, False), (True, True), (True, False)]


async def test_what_happens_while_the_listener_is_cut_off_arrives(
    client: Client, url: str, listener: Listener, world: World
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, client, BODIES, begun=listener, record=account) as stream:
        ended = await world.database.pool.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE application_name = 'fiches listener' AND datname = current_database()"
        )
        await client.comment(account, "Entre-temps")

        assert ended == 1
        assert await stream.body() == "Entre-temps"


async def test_no_connection_is_held_between_events(
    client: Client, url: str, listener: Listener, world: World
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, client, COMMENTS, begun=listener, record=account) as stream:
        await client.comment(account, "Un")
        await stream.next()
        await asyncio.sleep(0.2)

        pool = world.database.pool
        assert pool.get_idle_size() == pool.get_size()


async def test_another_process_tells_of_it_too(
    client: Client, url: str, listener: Listener, database_url: str
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, client, COMMENTS, begun=listener, record=account) as stream:
        await client.comment(account, "Un")
        cursor = (await stream.next())["cursor"]
    async with other_process(database_url) as elsewhere:
        again: dict[str, Any] = {"document": COMMENTS, "record": account, "after": cursor}
        async with subscribed(elsewhere, client, **again) as stream:
            await client.comment(account, "Deux")
            arrived = [await stream.body()]
            await client.comment(account, "Trois")
            arrived.append(await stream.body())

    assert arrived == ["Deux", "Trois"]


@asynccontextmanager
async def other_process(database_url: str) -> AsyncIterator[str]:
    """A second process that serves the same database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "uvicorn", "--factory", "graph.app:create_app"),
        *("--port", str(port), "--ws", "websockets-sansio", "--log-level", "warning"),
        cwd=ROOT,
        env={
            **os.environ,
            "FICHES_DATABASE_URL": database_url,
            "FICHES_SECRET_KEY": SECRET,
        },
    )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            await asyncio.sleep(0.1)
        yield f"ws://127.0.0.1:{port}/graphql"
    finally:
        process.terminate()
        await process.wait()


@pytest.mark.parametrize("authorization", ["Bearer forged", "Basic YTpi", "Bearer "])
async def test_a_bad_token_is_not_let_in(url: str, authorization: str) -> None:
    async with connect(url, subprotocols=[PROTOCOL]) as connection:
        stream = Stream(connection)
        await stream.send(type="connection_init", payload={"Authorization": authorization})

        assert await stream.close_code() == 4403


async def test_without_a_token_nothing_can_be_followed(url: str) -> None:
    async with opened(url, None) as stream:
        payload = {"query": MODULE, "variables": {"module": "CustomerAccount"}}
        await stream.send(id="1", type="subscribe", payload=payload)

        assert (await stream.refusal())["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_stream_ends_with_its_token(
    client: Client, url: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "CHECK", 0.2)
    account = await client.create("CustomerAccount", name="Dupont")
    token = world.tokens.issue(client.user_id, timedelta(seconds=3))
    client.headers["Authorization"] = f"Bearer {token}"
    async with subscribed(url, client, BODIES, record=account) as stream:
        assert await stream.close_code() == 4403


async def test_a_stream_ends_with_its_session(
    client: Client, url: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert live.CHECK <= 30
    monkeypatch.setattr(live, "CHECK", 0.2)
    account = await client.create("CustomerAccount", name="Dupont")
    begun = await sessions.begin(world.database, client.user_id, Caller(), timedelta(days=1))
    token = world.tokens.issue(client.user_id, timedelta(hours=1), begun.id)
    client.headers["Authorization"] = f"Bearer {token}"
    async with subscribed(url, client, BODIES, record=account) as stream:
        await client.ask("mutation { signOut { ended } }")

        assert await stream.close_code() == 4403


async def test_one_who_may_not_sign_in_any_more_is_sent_nothing(
    client: Client, url: str, listener: Listener, world: World
) -> None:
    await client.share("CustomerAccount")
    colleague = await client.colleague()
    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, colleague, BODIES, begun=listener, record=account) as stream:
        await world.database.pool.execute(
            "UPDATE app_user SET active = false WHERE id = $1", colleague.user_id
        )
        await client.comment(account, "Plus pour vous")

        assert await stream.close_code() == 4403


async def test_pages_of_other_sites_open_no_socket(url: str, client: Client) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(url, subprotocols=[PROTOCOL], origin=Origin("https://evil.example")):
            pass

    assert refused.value.response.status_code == 403
    async with opened(url, client.headers["Authorization"], origin=Origin("http://localhost:5173")):
        pass


async def test_a_subscription_by_http_is_told_where_to_go(client: Client) -> None:
    (refusal,) = await client.refused(
        'subscription { moduleChanged(module: "CustomerAccount") { cursor } }'
    )

    assert refusal["code"] == "BAD_USER_INPUT"
    assert "graphql-transport-ws" in refusal["message"]


async def test_errors_of_an_event_are_worded_as_elsewhere(
    client: Client, url: str, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def failing(*_: Any) -> Any:
        raise RuntimeError("postgresql://secret")

    account = await client.create("CustomerAccount", name="Dupont")
    async with subscribed(url, client, COMMENTS, begun=listener, record=account) as stream:
        monkeypatch.setattr("graph.loaders.records.PrincipalById.batch_load_fn", failing)
        await client.comment(account, "Un")
        message = await stream.message()

    (error,) = message["payload"]["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "secret" not in json.dumps(message)


async def test_a_client_that_takes_nothing_is_let_go(
    client: Client, url: str, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "PATIENCE", 0.5)
    monkeypatch.setattr(sockets, "LAST_WORD", 0.1)
    account = await client.create("CustomerAccount", name="Dupont")
    bodies = " ".join(f"b{i}: body" for i in range(20))
    document = (
        f"subscription ($id: ID!) {{ commentAdded(record: $id) {{ comment {{ {bodies} }} }} }}"
    )
    before = listener.subscribers
    with narrow(url) as sock:
        async with subscribed(
            url, client, document, begun=listener, sock=sock, id=account
        ) as stream:
            stream.connection.transport.pause_reading()
            for _ in range(30):
                await client.comment(account, "x" * 20_000)

            await until(lambda: listener.subscribers == before)
            stream.connection.transport.abort()


@contextlib.contextmanager
def narrow(url: str) -> Iterator[socket.socket]:
    """A connected socket with little room for what comes."""
    host, port = url.removeprefix("ws://").partition("/")[0].split(":")
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect((host, int(port)))
        yield sock


async def test_a_server_that_stops_says_so_quietly(
    client: Client, listener: Listener, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    async with (
        listening_on(world.app) as (url, server),
        subscribed(url, client, BODIES, begun=listener, record=account) as stream,
    ):
        server.should_exit = True

        assert await stream.close_code() == 1012

    assert [record for record in caplog.records if record.levelname in ("ERROR", "WARNING")] == []
