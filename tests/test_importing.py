"""Imports through mappings: Chinook as it is, French files, rows and mappings with mistakes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from db import importing
from db.importing.reading import opened
from db.importing.templates import Template
from db.settings import Settings
from db.start_errors import StartError
from tests.client import Client, World
from tests.conftest import ROOT, SECRET

CHINOOK = ROOT / "examples" / "chinook"

Run = Any
"""`await run(mapping, file=text or bytes)`: the report of an import as the test's client."""


async def imported(client: Client, url: str, mapping: Path, **options: Any) -> importing.Report:
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET))
    folder = options.pop("folder", mapping.parent)
    email = (await client.viewer()).email
    return await importing.run(url, settings, mapping, folder, email=email, **options)


@pytest.fixture
def run(client: Client, database_url: str, tmp_path: Path) -> Run:
    async def act(mapping: str, dry_run: bool = False, **files: str | bytes) -> importing.Report:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / f"{name}.csv").write_bytes(data)
        (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
        return await imported(client, database_url, tmp_path / "mapping.toml", dry_run=dry_run)

    return act


async def names(client: Client, many: str, shown: str = "name") -> list[Any]:
    """What the records of a module are called, oldest first."""
    data = await client.ask(f"{{ {many}(last: 100) {{ nodes {{ {shown} }} }} }}")
    return [node[shown] for node in reversed(data[many]["nodes"])]


async def count(client: Client, many: str) -> int:
    data = await client.ask(f"{{ {many} {{ totalCount }} }}")
    return int(data[many]["totalCount"])


def told(report: importing.Report) -> list[str]:
    return [str(each) for each in report.refused]


# Chinook


@pytest.fixture(scope="module")
async def chinook(world: World, database_url: str) -> Client:
    """The administrator of a company that has imported Chinook."""
    client = await world.company()
    report = await imported(client, database_url, CHINOOK / "chinook.toml")
    assert told(report) == []
    return client


async def test_chinook_is_there_in_full(chinook: Client) -> None:
    wanted = {
        "people": 8,
        "customerAccounts": 59,
        "contacts": 59,
        "products": 3503,
        "customerInvoices": 412,
    }

    found = {many: await count(chinook, many) for many in wanted}

    assert found == wanted


async def test_the_invoices_of_chinook_are_validated_and_sum_to_what_they_did(
    chinook: Client,
) -> None:
    data = await chinook.ask(
        "{ customerInvoices(filter: {status: {eq: VALIDATED}}) "
        "{ aggregate { count sum { totalInclTax totalVat } } } }"
    )

    assert data["customerInvoices"]["aggregate"] == {
        "count": 412,
        "sum": {"totalInclTax": "2328.60", "totalVat": "0.00"},
    }


async def test_the_invoices_of_chinook_are_posted(chinook: Client) -> None:
    data = await chinook.ask("{ accountingEntries { aggregate { sum { debit credit } } } }")

    assert data["accountingEntries"]["aggregate"]["sum"] == {
        "debit": "2328.60",
        "credit": "2328.60",
    }


async def test_invoices_are_numbered_in_the_order_of_their_dates(chinook: Client) -> None:
    data = await chinook.ask(
        "{ customerInvoices(first: 100, orderBy: [{issuedOn: ASC}, {id: ASC}]) "
        "{ nodes { number issuedOn } } }"
    )

    numbers = [node["number"] for node in data["customerInvoices"]["nodes"]]
    assert numbers == sorted(numbers)


async def test_a_customer_without_a_company_is_called_by_their_name(chinook: Client) -> None:
    data = await chinook.ask(
        '{ customerAccounts(filter: {name: {eq: "Leonie Köhler"}}) { nodes { name accountType '
        "billingAddress { street postalCode city state country } "
        "contacts { nodes { firstName email } } } } }"
    )

    assert data["customerAccounts"]["nodes"] == [
        {
            "name": "Leonie Köhler",
            "accountType": "INDIVIDUAL",
            "billingAddress": {
                "street": "Theodor-Heuss-Straße 34",
                "postalCode": "70174",
                "city": "Stuttgart",
                "state": None,
                "country": "Germany",
            },
            "contacts": {"nodes": [{"firstName": "Leonie", "email": "leonekohler@surfeu.de"}]},
        }
    ]


async def test_an_invoice_has_its_lines_with_their_products(chinook: Client) -> None:
    data = await chinook.ask(
        '{ customerInvoices(filter: {subject: {eq: "Chinook 1"}}) { nodes { issuedOn dueOn '
        "totalInclTax account { name } lineItems { nodes "
        "{ label quantity unitPrice vatRate product { sku } } } } } }"
    )

    line = {"quantity": "1", "unitPrice": "0.99", "vatRate": "0"}
    assert data["customerInvoices"]["nodes"] == [
        {
            "issuedOn": "2021-01-01",
            "dueOn": "2021-01-01",
            "totalInclTax": "1.98",
            "account": {"name": "Leonie Köhler"},
            "lineItems": {
                "nodes": [
                    {"label": "Balls to the Wall", "product": {"sku": "TRACK-2"}, **line},
                    {"label": "Restless and Wild", "product": {"sku": "TRACK-4"}, **line},
                ]
            },
        }
    ]


async def test_the_history_says_that_a_record_was_imported(chinook: Client) -> None:
    data = await chinook.ask(
        '{ people(filter: {lastName: {eq: "Edwards"}}) { nodes { manager { lastName } '
        "history { nodes { origin operation } } } } }"
    )

    assert data["people"]["nodes"] == [
        {
            "manager": {"lastName": "Adams"},
            "history": {"nodes": [{"origin": "IMPORT", "operation": "CREATED"}]},
        }
    ]


async def test_importing_again_creates_nothing(chinook: Client, database_url: str) -> None:
    report = await imported(chinook, database_url, CHINOOK / "chinook.toml")

    assert (report.created, report.updated, report.refused) == ({}, {}, [])
    assert await count(chinook, "customerInvoices") == 412


# Files as French software writes them

FRENCH = """
[files]
dates = "DD/MM/YYYY"

[[table]]
file = "fournisseurs.csv"
module = "Supplier"
key = "Code"
match = "auxiliary_account_number"

[table.fields]
auxiliary_account_number = "Code"
name = "Raison sociale"
status = { column = "État", values = { "En sommeil" = "inactive" } }
minimum_order_amount = "Minimum"
lead_time_days = "Délai"
address.street = "Adresse"
address.postal_code = "CP"
address.city = "Ville"

[[table]]
name = "factures"
file = "achats.csv"
module = "SupplierInvoice"
key = "{Fournisseur}/{Pièce}"
distinct = true
validate = true

[table.fields]
subject = "Achat {Pièce}"
supplier_invoice_number = "Pièce"
supplier = { table = "fournisseurs", column = "Fournisseur" }
issued_on = "Date"
due_on = ["Échéance", "Date"]

[table.lines]
file = "achats.csv"
by = "{Fournisseur}/{Pièce}"

[table.lines.fields]
label = "Désignation"
quantity = "Qté"
unit_price = "PU HT"
vat_rate = { column = "TVA", values = { "TN" = 20, "TR" = 5.5 } }
"""


def french(rows: Sequence[Sequence[str]]) -> bytes:
    return "".join(";".join(row) + "\r\n" for row in rows).encode("cp1252")


async def test_a_french_file_needs_no_word_on_how_it_is_written(client: Client, run: Run) -> None:
    suppliers = french(
        [
            ["Code", "Raison sociale", "État", "Minimum", "Délai", "Adresse", "CP", "Ville"],
            [
                "F01",
                "Pâtisserie L’Œuf & Cie",
                "Actif",
                "1 250,50",
                "3",
                "1 rue du Four",
                "",
                "Sète",
            ],
            ["F02", "Entrepôts Noël", "En sommeil", "80,00", "", "", "01000", "Bourg-en-Bresse"],
        ]
    )

    mapping = FRENCH.partition('[[table]]\nname = "factures"')[0]
    report = await run(mapping, fournisseurs=suppliers)

    (file,) = report.files
    assert (file.encoding, file.delimiter, file.decimal) == ("cp1252", ";", ",")
    data = await client.ask(
        "{ suppliers(orderBy: [{id: ASC}]) "
        "{ nodes { name status minimumOrderAmount leadTimeDays "
        "address { street postalCode city } } } }"
    )
    assert data["suppliers"]["nodes"] == [
        {
            "name": "Pâtisserie L’Œuf & Cie",
            "status": "ACTIVE",
            "minimumOrderAmount": "1250.50",
            "leadTimeDays": 3,
            "address": {"street": "1 rue du Four", "postalCode": None, "city": "Sète"},
        },
        {
            "name": "Entrepôts Noël",
            "status": "INACTIVE",
            "minimumOrderAmount": "80.00",
            "leadTimeDays": None,
            "address": {"street": None, "postalCode": "01000", "city": "Bourg-en-Bresse"},
        },
    ]


async def test_documents_come_with_their_lines_out_of_one_shuffled_file(
    client: Client, run: Run
) -> None:
    chance = random.Random(7)
    codes = [f"F{i:02}" for i in range(20)]
    suppliers = [["Code", "Raison sociale", "État", "Minimum", "Délai", "Adresse", "CP", "Ville"]]
    suppliers += [[code, f"Société {code}", "", "0,00", "", "", "", ""] for code in codes]
    lines, total = [], Decimal()
    for i in range(600):
        price = Decimal(chance.randint(1, 99999)) / 100
        document = [codes[i % 20], str(i % 200), "31/03/2026", ""]
        lines.append([*document, f"Pièce détachée {i}", "2,5", f"{price}".replace(".", ","), "EX"])
        total += (price * Decimal("2.5")).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    chance.shuffle(lines)
    header = ["Fournisseur", "Pièce", "Date", "Échéance", "Désignation", "Qté", "PU HT", "TVA"]

    report = await run(
        FRENCH.replace('"TR" = 5.5', '"EX" = 0'),
        fournisseurs=french(suppliers),
        achats=french([header, *lines]),
    )

    assert told(report) == []
    assert report.created == {"Supplier": 20, "SupplierInvoice": 200}
    data = await client.ask(
        "{ supplierInvoices(filter: {status: {eq: VALIDATED}}) "
        "{ aggregate { count sum { totalInclTax } } } }"
    )
    assert data["supplierInvoices"]["aggregate"] == {
        "count": 200,
        "sum": {"totalInclTax": str(total)},
    }


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("a,b\r\n1.5,é\r\n".encode(), ("utf-8", ",", ".")),
        ("a;b\n1,5;é\n".encode("utf-8-sig"), ("utf-8-sig", ";", ",")),
        ("a\tb\n1,5\té\n".encode("utf-16"), ("utf-16", "\t", ",")),
        (b"a|b\n1|2,5\n3|4,5\n", ("utf-8", "|", ",")),
        (b'a;b\n"x, y, z";1\n"u, v, w";2\n', ("utf-8", ";", ".")),
        (b"a\n1\n", ("utf-8", ",", ".")),
    ],
)
def test_how_a_file_is_written_is_found_out(
    tmp_path: Path, content: bytes, found: tuple[str, str, str]
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    file = opened(path)

    assert (file.encoding, file.delimiter, file.decimal) == found


def test_a_row_knows_the_line_it_starts_at(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text('a,b\n"one\ntwo",1\n\nthree,2\nfour\n')

    rows = [(row.line, row.cells, row.fault) for row in opened(path)]

    assert rows == [
        (2, {"a": "one\ntwo", "b": "1"}, ""),
        (5, {"a": "three", "b": "2"}, ""),
        (6, {"a": "four"}, "1 cells, the header has 2"),
    ]


def test_a_file_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text('a,b\n1,2\n"never closed,3\n')

    with pytest.raises(StartError, match=r"file\.csv cannot be read \(line 3: "):
        opened(path)


def test_a_template_is_empty_where_all_its_columns_are() -> None:
    template = Template("Dear {First} {Last}")

    filled = [
        template.fill({"First": first, "Last": last})
        for first, last in [("Ada", "Lovelace"), ("", "Lovelace"), ("", " ")]
    ]

    assert filled == ["Dear Ada Lovelace", "Dear Lovelace", ""]


# Rows that are refused

CUSTOMERS = """
[[table]]
file = "customers.csv"
module = "CustomerAccount"
key = "Id"
match = "name"

[table.fields]
name = "Name"
email = "Mail"
account_type = "Kind"
billing_address.city = "City"
parent_account = { table = "customers", column = "Parent" }
"""


async def test_refused_rows_are_told_and_the_others_written(client: Client, run: Run) -> None:
    long = "x" * 101

    report = await run(
        CUSTOMERS,
        customers="Id,Name,Mail,Kind,City,Parent\n"
        "1,Right,right@dupont.fr,Client,,\n"
        "2,,nobody,Klient,,\n"
        f"3,Long,,,{long},\n"
        "1,Twice,,,,\n"
        "4,Right,,,,\n"
        "5,Short\n"
        "6,Also right,,,,1\n",
    )

    assert told(report) == [
        "customers.csv line 3, Mail: E-mail must be an e-mail address, such as "
        "first.last@example.com.",
        "customers.csv line 3, Kind: Type: “Klient” is not in the list. Possible values: "
        "customer, prospect, partner, reseller, individual, public_body, other.",
        "customers.csv line 3, Name: Account name is required.",
        "customers.csv line 4, City: City must be at most 100 characters long.",
        "customers.csv line 5, Id: line 2 has the same key",
        "customers.csv line 6, Name: line 2 is the same record by name",
        "customers.csv line 7: 2 cells, the header has 6",
    ]
    assert await names(client, "customerAccounts") == ["Right", "Also right"]


async def test_a_document_is_refused_for_its_lines(client: Client, run: Run) -> None:
    mapping = """
[[table]]
file = "orders.csv"
module = "CustomerInvoice"
key = "Id"
match = "subject"
validate = true

[table.fields]
subject = "Id"
account = { find = "name", column = "Customer" }
issued_on = "Day"
due_on = "Day"

[table.lines]
file = "lines.csv"
by = "Order"

[table.lines.fields]
label = "What"
quantity = "Number"
unit_price = "Price"
vat_rate = { value = 20 }
"""
    await client.create("CustomerAccount", name="Éts Dupont")
    orders = "Id,Customer,Day\nA,ets dupont,2026-03-31\nB,Éts Dupont,2026-03-30\n"
    lines = "Order,What,Number,Price\nB,Bolts,10,0.50\nA,Nuts,many,1\nB,Nuts,1,1\nC,Nails,1,1\n"

    report = await run(mapping, orders=orders, lines=lines)

    assert told(report) == [
        "lines.csv line 3, Number: “many” is no number, with decimals after “.”",
        "lines.csv line 5, Order: orders has no row of the key “C”",
    ]
    # Its number would come before that of a document which is dated earlier.
    assert report.drafts == {"CustomerInvoice": 1}
    report = await run(mapping, orders=orders, lines=lines.replace("many", "2").replace("C,", "A,"))
    assert (told(report), report.created) == ([], {"CustomerInvoice": 1})
    data = await client.ask(
        "{ customerInvoices(orderBy: [{number: ASC}]) { nodes { subject totalInclTax } } }"
    )
    assert data["customerInvoices"]["nodes"] == [
        {"subject": "B", "totalInclTax": "7.20"},
        {"subject": "A", "totalInclTax": "3.60"},
    ]


async def test_a_relation_to_one_of_several_records_is_refused(client: Client, run: Run) -> None:
    for name in ("Martin", "MARTIN"):
        await client.create("CustomerAccount", name=name)
    mapping = """
[[table]]
file = "contacts.csv"
module = "Contact"
match = "last_name"
[table.fields]
last_name = "Name"
account = { find = "title", column = "Customer" }
"""

    report = await run(mapping, contacts="Name,Customer\nAnne,Martin\nBob,Durand\nCléo,\n")

    assert told(report) == [
        "contacts.csv line 2, Customer: 2 records have the Title “Martin” (Customer accounts)",
        "contacts.csv line 3, Customer: no record has the Title “Durand” (Customer accounts)",
    ]
    assert await names(client, "contacts", "lastName") == ["Cléo"]


async def test_rows_may_point_forward_in_their_file_but_not_in_a_circle(
    client: Client, run: Run
) -> None:
    report = await run(
        CUSTOMERS,
        customers="Id,Name,Mail,Kind,City,Parent\n"
        "1,Leaf,,,,2\n"
        "2,Branch,,,,3\n"
        "3,Root,,,,\n"
        "4,Hen,,,,5\n"
        "5,Egg,,,,4\n"
        "6,Orphan,,,,7\n",
    )

    data = await client.ask(
        "{ customerAccounts(orderBy: [{id: ASC}]) { nodes { name parentAccount { name } } } }"
    )
    assert data["customerAccounts"]["nodes"] == [
        {"name": "Root", "parentAccount": None},
        {"name": "Branch", "parentAccount": {"name": "Root"}},
        {"name": "Leaf", "parentAccount": {"name": "Branch"}},
    ]
    assert told(report) == [
        "customers.csv line 5, Parent: line 6 was refused, or points back at this one",
        "customers.csv line 6, Parent: line 5 was refused, or points back at this one",
        "customers.csv line 7, Parent: no row has the key “7”",
    ]


# Runs that write nothing, or not everything


async def test_a_dry_run_tells_all_and_writes_nothing(client: Client, run: Run) -> None:
    customers = "Id,Name,Mail,Kind,City,Parent\n1,Leaf,,,,2\n2,Root,,,,\n3,,,,,\n"

    report = await run(CUSTOMERS, dry_run=True, customers=customers)

    assert report.created == {"CustomerAccount": 2}
    assert told(report) == ["customers.csv line 4, Name: Account name is required."]
    assert str(report).endswith("Dry run: nothing was written")
    assert await count(client, "customerAccounts") == 0


async def test_a_run_that_was_stopped_goes_on_from_there(
    client: Client, database_url: str, tmp_path: Path
) -> None:
    rows = "".join(f"{i},Customer {i},,,,\n" for i in range(1100))
    (tmp_path / "customers.csv").write_text(f"Id,Name,Mail,Kind,City,Parent\n{rows}")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(CUSTOMERS)

    def stop(what: str, done: int, total: int) -> None:
        if done == 1000:
            raise KeyError(what)

    with pytest.raises(KeyError):
        await imported(client, database_url, mapping, progress=stop)

    report = await imported(client, database_url, mapping)

    assert (report.skipped, report.created) == (
        {"CustomerAccount": 1000},
        {"CustomerAccount": 100},
    )
    assert await count(client, "customerAccounts") == 1100


@pytest.mark.parametrize(
    ("existing", "kept"),
    [
        ("skip", {"email": "old@dupont.fr", "phone": "01 02 03 04 05"}),
        ("update", {"email": "new@dupont.fr", "phone": None}),
        ("merge", {"email": "new@dupont.fr", "phone": "01 02 03 04 05"}),
    ],
)
async def test_a_record_that_is_there_is_left_overwritten_or_merged(
    client: Client, run: Run, existing: str, kept: dict[str, str | None]
) -> None:
    await client.create(
        "CustomerAccount", name="Dupont", email="old@dupont.fr", phone="01 02 03 04 05"
    )
    mapping = f"""
[[table]]
file = "customers.csv"
module = "CustomerAccount"
match = "name"
existing = "{existing}"
[table.fields]
name = "Name"
email = "Mail"
phone = "Phone"
"""

    await run(mapping, customers="Name,Mail,Phone\nDupont,new@dupont.fr,\n")

    data = await client.ask("{ customerAccounts { nodes { email phone } } }")
    assert data["customerAccounts"]["nodes"] == [kept]


async def test_an_import_writes_into_the_company_of_whoever_imports(
    client: Client, run: Run, world: World
) -> None:
    await run(CUSTOMERS, customers="Id,Name,Mail,Kind,City,Parent\n1,Dupont,,,,\n")

    stranger = await world.company()
    assert await count(client, "customerAccounts") == 1
    assert await count(stranger, "customerAccounts") == 0


async def test_nobody_by_that_address_can_import(database_url: str) -> None:
    settings = Settings(database_url=database_url, secret_key=SecretStr(SECRET))

    with pytest.raises(StartError, match=r"nobody signs in as who@fiches\.example"):
        await importing.run(
            database_url,
            settings,
            CHINOOK / "chinook.toml",
            CHINOOK,
            email="who@fiches.example",
        )


# Mistakes in the mapping


async def test_all_mistakes_of_a_mapping_are_told_at_once(client: Client, run: Run) -> None:
    mapping = """
[[table]]
file = "customers.csv"
module = "CustomerAccount"
kee = "Id"
[table.fields]
nmae = "Name"
email = "Maill"
account_type = { value = "client" }
balance_due = "Id"
billing_address = "City"
parent_account = { table = "suppliers", column = "Parent" }
credit_limit = { column = "Id", default = "lots" }

[[table]]
file = "customers.csv"
name = "entries"
module = "AccountingEntry"

[[table]]
file = "lost.csv"
module = "Contact"
"""

    with pytest.raises(importing.MappingError) as caught:
        await run(mapping, customers="Id,Name,Mail,City,Parent\n1,Dupont,,,\n")

    assert caught.value.problems == [
        "table customers: “kee” is no key; did you mean key?",
        "table customers, fields.nmae: “nmae” is no field of CustomerAccount; did you mean name?",
        "table customers, fields.email: “Maill” is no column of customers.csv; did you mean Mail?",
        "table customers, fields.account_type: “client” is no value of account_type; there are "
        "customer, prospect, partner, reseller, individual, public_body, other",
        "table customers, fields.balance_due: is written by the service only",
        "table customers, fields.billing_address: is an address: write "
        'billing_address.street = "column", and so on',
        "table customers, fields.parent_account, table: “suppliers” is no table with a key above "
        "this one; there are none",
        "table customers, fields.credit_limit, default: Credit limit must be a number written "
        "with a point, such as 1234.56.",
        "table customers: fields lack name, which CustomerAccount requires",
        "table customers: needs match = [fields by which a record that is there is known again], "
        "or match = [] to create a record for every row at each run",
        "table entries, module: AccountingEntry is written by the service only",
        f"table lost, file: lost.csv is not in {caught.value.problems[-1].partition(' in ')[2]}",
    ]
    assert await count(client, "customerAccounts") == 0


async def test_a_mapping_that_is_no_toml_is_told(run: Run) -> None:
    with pytest.raises(importing.MappingError, match=r"mapping\.toml: cannot be read"):
        await run("[[table]\n")


async def test_custom_fields_are_imported_as_declared_ones(client: Client, run: Run) -> None:
    for field in (
        {"name": "visits", "type": "Int"},
        {"name": "signedOn", "type": "Date", "required": True},
        {
            "name": "level",
            "type": "Choice",
            "choices": [{"value": "GOLD", "label": {"fr": "Or", "en": "Gold"}}],
        },
    ):
        data = await client.ask(
            "mutation ($input: CreateCustomFieldInput!) { createCustomField(module: "
            '"CustomerAccount", input: $input) { errors { message } } }',
            input={**field, "label": {"fr": "Libellé"}},
        )
        assert data["createCustomField"]["errors"] == []

    report = await run(
        """
        [[table]]
        name = "customers"
        file = "customers.csv"
        module = "CustomerAccount"
        dates = "DD/MM/YYYY"
        match = []
        [table.fields]
        name = "Name"
        custom.visits = "Visits"
        custom.signed_on = "Signed"
        custom.level = { column = "Level", values = { "or" = "GOLD" } }
        """,
        customers="Name,Visits,Signed,Level\nA,3,31/03/2026,or\nB,,01/04/2026,\nC,x,01/04/2026,\n",
    )

    data = await client.ask(
        "{ customerAccounts(orderBy: [{name: ASC}]) { nodes { name custom { value } } } }"
    )
    assert [
        (each["name"], [held["value"] for held in each["custom"]])
        for each in data["customerAccounts"]["nodes"]
    ] == [("A", [3, "2026-03-31", "GOLD"]), ("B", [None, "2026-04-01", None])]
    assert len(told(report)) == 1
    assert "Visits" in told(report)[0]
