"""Exports: what is in the file, for whom, in which form; what memory and connections they take."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import sys
from collections.abc import Sequence
from contextlib import aclosing
from io import StringIO
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import exporting, reading
from db.errors import Timeout
from db.exporting import lines
from db.formulas import safe, unsafe
from db.reader import Reader
from db.statements import Statement
from graph import export_endpoint
from graph.context import Operation, Session
from graph.exporting import asked_of, export_of
from graph.exporting import exported as export_parts
from tests.client import Client, World
from tests.conftest import ROOT, SECRET
from tests.properties import examples, made
from tests.test_importing import imported
from tests.test_lists import invoices, kept
from tests.test_tabs import CONDITION, PRICES


async def answered(
    client: Client, module: str = "CustomerInvoice", post: Any = None, **asked: Any
) -> Any:
    """The response; what is asked by GET, or by POST in `post`."""
    headers = {**client.headers, "Accept-Language": asked.pop("language", "fr")}
    path = f"/export/{module}.csv"
    if post is not None:
        return await client.http.post(path, json=post, params=asked, headers=headers)
    given = {
        name: json.dumps(each) if isinstance(each, dict | list) and name != "columns" else each
        for name, each in asked.items()
    }
    return await client.http.get(path, params=given, headers=headers)


async def exported(client: Client, module: str = "CustomerInvoice", **asked: Any) -> list[Any]:
    """The header and the rows of an export that must succeed."""
    response = await answered(client, module, **asked)
    assert response.status_code == 200, response.text
    delimiter = asked.get("delimiter", "," if asked.get("language") == "en" else ";")
    return list(csv.reader(StringIO(response.text, newline=""), delimiter=delimiter, strict=True))


async def refused(client: Client, module: str = "CustomerInvoice", **asked: Any) -> Any:
    """The status of a refusal, its code, and where the problem is."""
    response = await answered(client, module, **asked)
    (error,) = response.json()["errors"]
    assert error["message"]
    problems = error["extensions"].get("problems", [])
    paths = [".".join(each["path"]) for each in problems]
    return response.status_code, error["extensions"]["code"], paths


async def test_a_list_is_exported_as_it_is_shown(client: Client) -> None:
    await invoices(client)
    id = await kept(
        client,
        name="À relancer",
        columns=["subject", "dueOn", "account", "account.billingAddress.city", "totalInclTax"],
        filter={"dueOn": {"gte": "2026-05-02"}},
        orderBy=[{"dueOn": "ASC"}],
    )
    header = [
        "Objet",
        "Échéance",
        "Compte client",
        "Compte client › Adresse de facturation › Ville",
        "Total TTC",
    ]
    rows = [
        ["Facture 1", "2026-05-02", "Dupont", "Lyon", "0.00"],
        ["Facture 2", "2026-05-03", "Dupont", "Lyon", "0.00"],
    ]

    assert await exported(client, list=id) == [header, *rows]
    assert await exported(client, list="A RELANCER") == [header, *rows]
    further = {"dueOn": {"eq": "2026-05-03"}}
    assert await exported(client, list=id, filter=further) == [header, rows[1]]
    turned = [{"dueOn": "DESC"}]
    assert await exported(client, list=id, orderBy=turned) == [header, *rows[::-1]]
    assert await exported(client, list=id, search="FAC-") == [header, *rows]
    assert await exported(client, list=id, columns="subject") == [
        header[:1],
        ["Facture 1"],
        ["Facture 2"],
    ]
    asked = {"list": id, "filter": further, "columns": ["subject"], "header": "names"}
    assert await exported(client, post=asked) == [["subject"], ["Facture 2"]]


async def test_a_file_is_written_as_asked(client: Client) -> None:
    (account, ids) = await invoices(client, 1)
    asked = {"columns": "dueOn,account,totalInclTax,status,owner"}
    display = ["1 mai 2026", "Dupont", "0,00\u00a0€", "Brouillon", "Alice"]

    response = await answered(client, **asked)

    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="CustomerInvoice.csv"'
    assert (
        response.content
        == (
            "Échéance;Compte client;Total TTC;Statut;Propriétaire\r\n"
            "2026-05-01;Dupont;0.00;DRAFT;Alice\r\n"
        ).encode()
    )
    assert (await exported(client, **asked, values="display"))[1] == display
    assert (await exported(client, **asked, language="en"))[0][:2] == [
        "Due date",
        "Customer account",
    ]
    assert (await exported(client, **asked, header="names", delimiter="|"))[0] == asked[
        "columns"
    ].split(",")
    assert (await answered(client, **asked, bom="true")).content.startswith(b"\xef\xbb\xbf\xc3\x89")
    assert await exported(client, columns="account", ids="true", header="names") == [
        ["id", "account", "account.id"],
        [str(ids[0]), "Dupont", str(account)],
    ]
    tabbed = await answered(client, columns="subject,dueOn", delimiter="tab")
    assert tabbed.text.splitlines()[1] == "Facture 0\t2026-05-01"


async def test_without_a_list_all_fields_are_exported_addresses_by_their_parts(
    client: Client,
) -> None:
    await invoices(client, 0)

    header, row = await exported(client, "CustomerAccount", header="names")

    held = dict(zip(header, row, strict=True))
    assert held["name"] == "Dupont"
    assert held["billingAddress.city"] == "Lyon"
    assert held["owner"] == "Alice"
    assert {"number", "createdAt", "billingAddress.postalCode"} <= held.keys()


async def test_who_exports_sees_no_more_than_elsewhere(client: Client) -> None:
    colleague, stranger = await client.colleague(), await client.world.company()
    await client.share("CustomerInvoice")
    await invoices(client, 2)
    personal = await kept(client, name="À moi")
    columns = {"columns": "subject,account,account.name,account.id,owner"}

    assert (await exported(colleague, **columns))[1:] == [
        ["Facture 1", "", "", "", "Alice"],
        ["Facture 0", "", "", "", "Alice"],
    ]
    assert (await exported(colleague, "CustomerAccount", columns="name"))[1:] == []
    assert (await exported(stranger, **columns))[1:] == []
    for other in (colleague, stranger):
        for name in (personal, "À moi"):
            assert await refused(other, list=name) == (404, "NOT_FOUND", ["list"])
    await client.act("delete", "CustomerInvoice", (await first_id(client)))
    assert len(await exported(client, **columns)) == 2


async def first_id(client: Client) -> str:
    data = await client.ask("{ customerInvoices(first: 1) { nodes { id } } }")
    return str(data["customerInvoices"]["nodes"][0]["id"])


@examples(10)
@given(
    rows=st.lists(st.tuples(st.sampled_from("aBc"), PRICES, st.booleans()), min_size=1, max_size=6),
    asked=st.recursive(
        CONDITION,
        lambda inner: st.one_of(
            st.builds(lambda x: {"not": x}, inner),
            st.builds(lambda xs: {"or": xs}, st.lists(inner, max_size=2)),
        ),
        max_leaves=3,
    ),
    further=st.none() | CONDITION,
    way=st.sampled_from(("ASC", "DESC")),
)
async def test_query_list_and_export_give_the_same_records_to_whoever_asks(
    world: World, rows: list[tuple[str, int, bool]], asked: Any, further: Any, way: str
) -> None:
    client = await world.company()
    colleague = await client.colleague()
    for owner in (client, colleague):
        given = [
            {"name": name, "sale_price": str(price), "tracking": "lot"}
            for name, price, own in rows
            if own == (owner is colleague)
        ]
        await made(client, "Product", given, await owner.viewer())
    order = [{"name": way}]
    id = await kept(client, "Product", filter=asked, orderBy=order, columns=["id"], shared=True)

    for viewer in (client, colleague):
        data = await viewer.ask(
            "query ($id: ID!, $both: ProductFilter, $further: JSON, $order: [ProductOrder!]) { "
            "products(filter: $both, orderBy: $order, first: 100) { nodes { id } } "
            "list(id: $id) { records(filter: $further, first: 100) { nodes { id } } } }",
            id=id,
            both={"and": [asked, further or {}]},
            further=further,
            order=order,
        )
        found = [each["id"] for each in data["products"]["nodes"]]
        assert [each["id"] for each in data["list"]["records"]["nodes"]] == found
        kept_too = {} if further is None else {"filter": further}
        assert [
            row for (row,) in (await exported(viewer, "Product", list=id, **kept_too))[1:]
        ] == found


async def test_what_cannot_be_exported_is_told_as_the_graph_tells_it(client: Client) -> None:
    id = await kept(client)
    await kept(client, "Contact", name="Autre module")

    for asked, status, code, path in (
        ({"list": "list-0"}, 404, "NOT_FOUND", "list"),
        ({"list": "nul \0"}, 404, "NOT_FOUND", "list"),
        ({"list": "Autre module"}, 404, "NOT_FOUND", "list"),
        ({"list": "list-all-Contact"}, 404, "NOT_FOUND", "list"),
        ({"filter": {"colour": {"eq": 1}}}, 400, "BAD_FILTER", "filter.colour"),
        ({"list": id, "filter": {"dueOn": {"eq": "x"}}}, 400, "BAD_FILTER", "filter.dueOn.eq"),
        ({"filter": "{"}, 400, "BAD_USER_INPUT", "filter"),
        ({"orderBy": [{"dueOn": "UP"}]}, 400, "BAD_FILTER", "orderBy.0.dueOn"),
        ({"columns": "subject,colour"}, 400, "INVALID", "columns.1"),
        ({"columns": ""}, 400, "INVALID", "columns"),
        ({"delimiter": "x"}, 400, "BAD_USER_INPUT", "delimiter"),
        ({"header": "x"}, 400, "BAD_USER_INPUT", "header"),
        ({"values": "x"}, 400, "BAD_USER_INPUT", "values"),
        ({"bom": "x"}, 400, "BAD_USER_INPUT", "bom"),
        ({"colour": "x"}, 400, "BAD_USER_INPUT", "colour"),
        ({"post": ["x"]}, 400, "BAD_USER_INPUT", "body"),
        ({"post": {"columns": [1]}}, 400, "BAD_USER_INPUT", "columns"),
        ({"post": {"search": 1}}, 400, "BAD_USER_INPUT", "search"),
    ):
        assert await refused(client, **asked) == (status, code, [path]), asked
    assert await refused(client, "Nothing") == (400, "BAD_USER_INPUT", ["module"])
    assert await refused(client, "LineItem") == (400, "BAD_USER_INPUT", ["module"])
    for number in range(2):
        colleague = await client.colleague(f"{number}")
        await kept(colleague, name="Deux fois", shared=True)
    assert await refused(client, list="deux fois") == (400, "BAD_USER_INPUT", ["list"])
    await kept(client, name="Deux fois")
    assert await exported(client, list="deux fois")


async def test_who_asks_is_said_by_a_header_only(client: Client) -> None:
    path = "/export/CustomerInvoice.csv"
    token = client.headers.pop("Authorization")

    assert await refused(client) == (401, "UNAUTHENTICATED", [])
    for cookies in (token, token.removeprefix("Bearer ")):
        response = await client.http.get(path, headers={"Cookie": f"token={cookies}"})
        assert response.status_code == 401
    client.headers["Authorization"] = token
    form = await client.http.post(path, data={"bom": "true"}, headers=client.headers)
    assert form.json()["errors"][0]["extensions"]["problems"][0]["path"] == ["body"]
    large = await client.http.post(path, content=b"x" * 1_100_000, headers=client.headers)
    assert large.status_code == 413
    assert (await client.http.put(path, headers=client.headers)).status_code == 405
    head = await client.http.head(path, headers=client.headers)
    assert (head.status_code, head.content) == (200, b"")
    client.headers["Fiches-Company"] = f"company-{(await client.world.company()).company_id}"
    assert (await refused(client))[:2] == (404, "NOT_FOUND")


FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@\t\r\n＝＋－＠'\";,|0 a"),
        st.characters(codec="utf-8", exclude_characters="\0"),
    ),
    max_size=8,
)


@examples(300)
@given(
    rows=st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=5),
    delimiter=st.sampled_from(exporting.DELIMITERS),
)
def test_no_cell_is_taken_for_a_formula_and_none_is_lost(
    rows: list[list[str]], delimiter: str
) -> None:
    text = lines([map(safe, row) for row in rows], delimiter)

    read = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))

    assert [[unsafe(cell) for cell in row] for row in read] == rows
    assert not any(cell.startswith(FORMULAS) for row in read for cell in row)


NAMES = st.builds(
    lambda start, rest: f"{start}{rest}x",
    st.sampled_from("=+-@＝＋－＠"),
    st.text("=cmd|A1!\"';, ", max_size=6),
)


@examples(3)
@given(names=st.lists(NAMES, min_size=1, max_size=5))
async def test_text_of_records_is_no_formula_in_any_column(world: World, names: list[str]) -> None:
    client = await world.company()
    # Titles are written with single spaces.
    names = [" ".join(name.split()) for name in names]
    accounts = await made(client, "CustomerAccount", [{"name": name} for name in names])
    rows = [{"last_name": name, "account": id} for name, id in zip(names, accounts, strict=True)]
    await made(client, "Contact", rows)

    for values in ("machine", "display"):
        _, *rows_found = await exported(
            client,
            "Contact",
            values=values,
            columns="lastName,account,account.name",
            orderBy=[{"id": "ASC"}],
        )
        assert [[unsafe(cell) for cell in row] for row in rows_found] == [[n, n, n] for n in names]
        assert not any(cell.startswith(FORMULAS) for row in rows_found for cell in row)


async def test_negative_numbers_of_numeric_fields_are_left_alone(client: Client) -> None:
    account, _ = await invoices(client, 0)
    common = {"account": account, "issued_on": "2026-03-01", "due_on": "2026-03-31"}
    line = {"label": "Remise", "quantity": "-1", "unit_price": "12.50"}
    await made(client, "CustomerInvoice", [{**common, "subject": "-12.50", "line_items": [line]}])

    _, row = await exported(client, columns="subject,totalExclTax")
    _, shown = await exported(client, columns="subject,totalExclTax", values="display")

    assert row == ["'-12.50", "-12.50"]
    assert shown == ["'-12.50", "-12,50\u00a0€"]


async def test_a_large_list_is_read_by_pages_and_every_row_is_there_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of twenty pages no statement gives more than a page, and the file begins before the end."""
    count, size = 1000, 50
    await many(client, count)
    monkeypatch.setattr(exporting, "PAGE", size)
    fetched: list[int] = []
    fetch = Reader.fetch

    async def watched(self: Reader, *args: Any, **options: Any) -> Sequence[Any]:
        rows = await fetch(self, *args, **options)
        fetched.append(len(rows))
        return rows

    monkeypatch.setattr(Reader, "fetch", watched)

    rows = await exported(
        client, "CustomerAccount", columns="name,owner", orderBy=[{"name": "ASC"}]
    )

    assert [row[0] for row in rows[1:]] == sorted(f"Client {i:06}" for i in range(count))
    assert max(fetched) == size
    # A page and the owners in it; the cursor, and the page that is empty.
    assert len(fetched) == 2 * count // size + 2


async def many(client: Client, count: int) -> None:
    """As many accounts, `Client 000000` and so on."""
    viewer = await client.viewer()
    for start in range(0, count, 5000):
        batch = [{"name": f"Client {i:06}"} for i in range(start, min(count, start + 5000))]
        await made(client, "CustomerAccount", batch, viewer)


async def test_pages_of_fifty_rows_cost_what_those_of_one_do(client: Client) -> None:
    taken = []
    for count in (1, 49):
        accounts = await made(
            client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(count)]
        )
        rows = [{"last_name": "Martin", "account": each} for each in accounts]
        await made(client, "Contact", rows)
        async with Reader(client.world.database, await client.viewer()) as reader:
            own = await operation(client)
            asked = asked_of("Contact", {"columns": "lastName,account,account.name,account.owner"})
            async with aclosing(exporting.written(reader, await export_of(own, asked))) as parts:
                found = [rows async for _, rows in parts]
            await own.renew()
        taken.append((sum(found), reader.statements))

    # The cursor, its page, the accounts behind, their titles, their owners.
    assert taken == [(1, 5), (50, 5)]


async def test_an_export_is_one_snapshot(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    await many(client, 20)
    monkeypatch.setattr(exporting, "PAGE", 5)
    asked = asked_of("CustomerAccount", {"columns": "name", "delimiter": ","})
    own = await operation(client)

    async with aclosing(export_parts(own, asked)) as parts:
        texts = [(await anext(parts))[0]]
        await many(client, 3)
        async for text, _ in parts:
            texts.append(text)

    assert "".join(texts).splitlines()[1:] == [f"Client {i:06}" for i in reversed(range(20))]


async def operation(client: Client) -> Operation:
    session = Session(client.world.database, client.world.tokens)
    return Operation(session, await client.viewer())


async def test_a_client_that_goes_away_ends_its_statement(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = client.world.database.pool
    monkeypatch.setattr(reading, "page_statement", lambda *_: Statement(SLEEPS, (), {}))
    asking = asyncio.create_task(ask(client, left := asyncio.Event()))
    await running(pool, 1)

    left.set()
    sent = await asyncio.wait_for(asking, 5)

    assert sent == []
    await running(pool, 0)
    monkeypatch.undo()
    assert pool.get_idle_size() == pool.get_size()
    assert await exported(client, "CustomerAccount") is not None


SLEEPS = "SELECT pg_sleep(9)"


async def running(pool: Any, wanted: int) -> None:
    """Wait until so many exports read."""
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND state = 'active' AND query ~ '^FETCH .* FROM list_'"
    )
    async with asyncio.timeout(5):
        while await pool.fetchval(query) != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def ask(client: Client, left: asyncio.Event, takes: float = inf) -> list[Any]:
    """What is sent for an export to a client who leaves when told to, and takes so many parts."""
    sent: list[Any] = []
    coming = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if coming:
            return coming.pop()
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) > takes:
            await asyncio.Event().wait()

    token = client.headers["Authorization"].encode()
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/export/CustomerAccount.csv",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"authorization", token)],
    }
    await client.world.app(scope, receive, send)
    return sent


async def test_a_process_makes_few_exports_at_a_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever finds no room is told when to try again; others are answered meanwhile."""
    most = 10 // 4
    monkeypatch.setattr(reading, "page_statement", lambda *_: Statement(SLEEPS, (), {}))
    left = asyncio.Event()
    asking = [asyncio.create_task(ask(client, left)) for _ in range(most)]
    await running(client.world.database.pool, most)

    response = await answered(client, "CustomerAccount")

    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    left.set()
    await asyncio.gather(*asking)
    monkeypatch.undo()
    assert await exported(client, "CustomerAccount")


async def test_a_client_that_reads_nothing_is_cut_off(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await many(client, 20)
    monkeypatch.setattr(exporting, "PAGE", 5)
    monkeypatch.setattr(export_endpoint, "PATIENCE", 0.2)

    with pytest.raises(TimeoutError):
        await ask(client, asyncio.Event(), takes=2)

    pool = client.world.database.pool
    assert pool.get_idle_size() == pool.get_size()
    assert len(await exported(client, "CustomerAccount")) == 21


async def test_an_export_that_fails_under_way_is_cut_off_and_not_ended(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    await many(client, 20)
    monkeypatch.setattr(exporting, "PAGE", 5)
    read = exporting.neighbours
    pages = 0

    async def failing(*args: Any) -> Any:
        nonlocal pages
        pages += 1
        if pages == 3:
            raise Timeout(10)
        return await read(*args)

    monkeypatch.setattr(exporting, "neighbours", failing)

    with pytest.raises(Timeout):
        await answered(client, "CustomerAccount")
    pages = 2
    assert await refused(client, "CustomerAccount") == (504, "TIMEOUT", [])


MAPPING = """
[files]
exported = true
delimiter = ";"

[[table]]
file = "CustomerAccount.csv"
module = "CustomerAccount"
key = "name"
match = "name"

[table.fields]
name = "name"
account_type = "accountType"
siren = "siren"
phone = "phone"
payment_terms = "paymentTerms"
credit_limit = "creditLimit"
billing_address.street = "billingAddress.street"
billing_address.postal_code = "billingAddress.postalCode"
billing_address.city = "billingAddress.city"
billing_address.country = "billingAddress.country"

[[table]]
file = "Contact.csv"
module = "Contact"
match = ["account", "last_name"]

[table.fields]
last_name = "lastName"
birthdate = "birthdate"
email_opt_out = "emailOptOut"
account = { table = "CustomerAccount", column = "account" }
"""
"""How what `--names` gives is read back, field by field."""


async def test_what_is_exported_is_imported_elsewhere_as_it_was(
    client: Client, database_url: str, tmp_path: Path
) -> None:
    accounts = await made(
        client,
        "CustomerAccount",
        [
            {"name": "=HYPERLINK(1)", "phone": "+33 6 12 34 56 78", "credit_limit": "-12.50"},
            {"name": "'@x", "account_type": "partner", "siren": "732829320"},
            {
                "name": 'Dupont; "fils", Ω',
                "payment_terms": "net_30",
                "billing_address": {"street": "-1, rue", "postal_code": "01000", "country": "FR"},
            },
        ],
    )
    rows = [
        {"last_name": "'-", "account": accounts[0], "birthdate": "1990-01-31"},
        {"last_name": "@b", "account": accounts[1], "email_opt_out": True},
    ]
    await made(client, "Contact", rows)
    (tmp_path / "mapping.toml").write_text(MAPPING)
    fields = {
        "CustomerAccount": [
            *("name", "accountType", "siren", "phone", "paymentTerms", "creditLimit"),
            *(f"billingAddress.{part}" for part in ("street", "postalCode", "city", "country")),
        ],
        "Contact": ["lastName", "birthdate", "emailOptOut", "account"],
    }
    other = await client.world.company()

    files: list[dict[str, bytes]] = []
    for company in (client, other):
        asked: dict[str, Any] = {"header": "names", "orderBy": [{"id": "ASC"}]}
        files.append({})
        for module, columns in fields.items():
            response = await answered(company, module, columns=",".join(columns), **asked)
            files[-1][module] = response.content
            (tmp_path / f"{module}.csv").write_bytes(response.content)
        if company is client:
            report = await imported(other, database_url, tmp_path / "mapping.toml")
            assert [str(each) for each in report.refused] == []

    assert files[0] == files[1]
    assert len(files[0]["CustomerAccount"].splitlines()) == 4


async def test_the_command_writes_what_the_endpoint_sends(
    client: Client, database_url: str, tmp_path: Path
) -> None:
    await invoices(client)
    id = await kept(client, name="À relancer", columns=["subject", "account"])
    response = await answered(client, list=id, orderBy=[{"dueOn": "ASC"}])
    file = tmp_path / "out.csv"

    async def command(*words: str) -> tuple[int, bytes, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "graph", "export", "CustomerInvoice", *words),
            env={**os.environ, "FICHES_DATABASE_URL": database_url, "FICHES_SECRET_KEY": SECRET},
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out, err.decode().strip()

    own = ("--as", (await client.viewer()).email, "--list", "à relancer")
    order = ("--order", '[{"dueOn": "ASC"}]')
    assert await command(*own, *order) == (0, response.content, "Exported: 3")
    assert await command(*own, *order, "--output", str(file)) == (0, b"", "Exported: 3")
    assert file.read_bytes() == response.content
    code, out, err = await command(*own, "--filter", '{"colour": {}}', "--output", str(file))
    assert (code, out) == (1, b"")
    assert err.startswith("fiches: filter.colour: “colour” cannot be filtered here")
    assert file.read_bytes() == response.content
    assert os.listdir(tmp_path) == ["out.csv"]  # and no draft
    code, _, err = await command("--as", "nobody@fiches.example")
    assert (code, err) == (
        1,
        "fiches: nobody signs in as nobody@fiches.example: add them with `fiches user add`",
    )
