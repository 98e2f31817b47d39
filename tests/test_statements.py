"""How many statements a query takes: it depends on the query, never on how much there is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from graph import names
from tests.client import Client
from tests.properties import commented, made

HEADLINE = """
query ($accounts: Int, $invoices: Int) {
  customerAccounts(first: $accounts) { nodes { name
    invoices(first: $invoices) { nodes { number
      accountingEntries { nodes { debit } } } }
    comments(rollUp: true) { edges {
      via { kind relation record { title } }
      node { body author { name } } } } } }
}
"""


async def furnish(client: Client, accounts: int, invoices: int, comments: int) -> None:
    """Accounts, each with invoices of two entries, and comments on accounts and invoices."""
    hosts = await made(
        client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(accounts)]
    )
    bills = await made(
        client,
        "CustomerInvoice",
        [
            {"account": host, "subject": "Mars", "issued_on": "2026-03-01", "due_on": "2026-03-31"}
            for host in hosts
            for _ in range(invoices)
        ],
    )
    (year,) = await made(
        client,
        "FiscalYear",
        [{"name": "2026", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}],
    )
    (journal,) = await made(
        client, "Journal", [{"code": "VE", "name": "Ventes", "journal_type": "sales"}]
    )
    (ledger,) = await made(client, "LedgerAccount", [{"account_number": "411", "name": "Clients"}])
    await made(
        client,
        "AccountingEntry",
        [
            {
                "entry_date": "2026-03-01",
                "label": "Mars",
                "debit": "10",
                "journal": journal,
                "ledger_account": ledger,
                "fiscal_year": year,
                "customer_invoice": bill,
            }
            for bill in bills
            for _ in range(2)
        ],
    )
    now = datetime.now(UTC)
    await commented(client, [(id, now) for id in [*hosts, *bills] for _ in range(comments)])


@pytest.mark.parametrize(
    ("accounts", "invoices", "comments"),
    [(1, 1, 1), (1, 1, 40), (20, 2, 2), (2, 100, 1), (20, 30, 0), (7, 1, 1)],
)
async def test_the_headline_query_takes_six_statements_however_much_there_is(
    client: Client, accounts: int, invoices: int, comments: int
) -> None:
    await furnish(client, accounts, invoices, comments)

    data = await client.ask(HEADLINE, accounts=20, invoices=min(100, invoices))

    assert client.statements == (6 if comments else 4)  # neither authors nor titles to read
    found = data["customerAccounts"]["nodes"]
    assert len(found) == accounts
    for account in found:
        assert len(account["invoices"]["nodes"]) == invoices
        assert len(account["comments"]["edges"]) == min(20, comments * (1 + invoices))
        for invoice in account["invoices"]["nodes"]:
            assert invoice["accountingEntries"]["nodes"] == [{"debit": "10.00"}] * 2


async def test_comments_of_many_records_cost_what_those_of_one_do(
    client: Client, compiled: bool
) -> None:
    document = (
        "{ customerAccounts { nodes { comments(rollUp: true, first: 2) { totalCount "
        "pageInfo { hasNextPage } edges { via { record { title } } node { body author { name } "
        "replies { totalCount nodes { body author { name } } } } } } } } }"
    )
    taken = []

    for _ in range(3):
        for i in range(7):
            account = await client.create("CustomerAccount", name=f"Client {i}")
            contact = await client.create("Contact", lastName="Martin", account=account)
            root = await client.comment(contact, "Absent")
            await client.comment(account, "Bonjour")
            await client.comment(account, "Noté", parent=root)
        await client.ask(document)
        taken.append(client.statements)

    most = 8 if compiled else 7  # people are read where they stand, and by loaders all together
    assert taken == [most] * 3


async def test_what_is_not_selected_is_not_read(client: Client, compiled: bool) -> None:
    await client.create("CustomerAccount", name="Dupont")

    taken = []
    for selection in (
        "{ __typename }",
        "{ totalCount }",
        "{ aggregate { count } }",
        "{ totalCount aggregate { count sum { creditLimit } minimum { creditLimit } } }",
        "{ nodes { id } edges { cursor node { name } } pageInfo { endCursor hasNextPage } }",
        "{ totalCount nodes { owner { name } createdBy { name } updatedBy { name } } }",
    ):
        await client.ask(f"{{ customerAccounts {selection} }}")
        taken.append(client.statements)

    assert taken == [0, 1, 1, 1, 1, 2 if compiled else 3]


async def test_a_page_behind_a_cursor_takes_one_statement_more_unless_compiled(
    client: Client, compiled: bool
) -> None:
    await made(client, "Contact", [{"last_name": f"Nom {i}"} for i in range(5)])
    document = (
        "query ($after: String) { contacts(first: 2, after: $after) { nodes { id } "
        "pageInfo { endCursor hasNextPage hasPreviousPage } } }"
    )

    first = await client.ask(document)
    taken = [client.statements]
    await client.ask(document, after=first["contacts"]["pageInfo"]["endCursor"])
    taken.append(client.statements)

    assert taken == [1, 1 if compiled else 2]


async def test_records_of_any_module_cost_one_statement_for_each_type_named(
    client: Client,
) -> None:
    for module in ("Product", "Service", "CustomerAccount", "Campaign"):
        for i in range(3):
            await client.create(module, name=f"{module} {i}")

    taken = []
    for selection in (
        "title owner { name }",
        "title ... on Product { salePrice } ... on Service { salePrice }",
    ):
        await client.ask(f"{{ records {{ nodes {{ id {selection} }} }} }}")
        taken.append(client.statements)

    assert taken == [2, 3]


async def test_loaders_read_equal_lists_once(client: Client, compiled: bool) -> None:
    await client.create("CustomerAccount", name="Dupont")

    await client.ask(
        "{ a: customerAccounts(first: 5) { nodes { id contacts { totalCount } } } "
        "b: customerAccounts(first: 5) { nodes { name contacts { totalCount } } } "
        "c: customerAccounts(filter: {}, orderBy: [], first: 5) { nodes { title } } }"
    )

    assert client.statements == (3 if compiled else 2)


async def test_a_list_takes_one_statement_for_each_tab_of_its_records(client: Client) -> None:
    await made(client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(3)])
    tabs = client.suite["CustomerAccount"].tabs
    selected = " ".join(f"{names.camel(name)}(first: 1) {{ nodes {{ id }} }}" for name in tabs)

    await client.ask(f"{{ customerAccounts {{ nodes {{ {selected} }} }} }}")

    assert client.statements == 1 + len(tabs)


async def test_what_a_refused_mutation_took_is_told_too(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    update = (
        "mutation ($id: ID!, $input: UpdateCustomerAccountInput!) { "
        "updateCustomerAccount(id: $id, input: $input) { errors { code } } }"
    )

    await client.ask(update, id=account, input={"parentAccount": "999999"})

    assert client.statements > 1
