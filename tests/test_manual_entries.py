"""Entries typed by hand: posted when they balance, then only reversed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import customer, do, done, entries, seen, told
from tests.client import Client

EXCHANGE = "number status totalDebit totalCredit"


async def test_lines_that_balance_are_posted(client: Client) -> None:
    draft, rent, bank = await typed(client)

    payload = await do(client, "post", "ManualEntry", draft, lines=lines(rent, bank))

    assert payload["errors"] == []
    assert payload["change"] == {"operation": "FINALISED"}
    assert await seen(client, "ManualEntry", draft, f"title {EXCHANGE}") == {
        "title": "OD-2026-00001 Loyer de mars",
        "number": "OD-2026-00001",
        "status": "POSTED",
        "totalDebit": "900.00",
        "totalCredit": "900.00",
    }
    fields = "entryNumber entryDate label documentReference status journal { code }"
    common = {
        "entryNumber": "OD-2026-00001",
        "entryDate": "2026-03-31",
        "documentReference": "BAIL-7",
        "status": "POSTED",
        "journal": {"code": "OD"},
    }
    assert await entries(client, "ManualEntry", draft, fields) == [
        {
            **common,
            "ledgerAccount": {"accountNumber": "613"},
            "debit": "900.00",
            "credit": "0.00",
            "label": "Loyer de mars",
        },
        {
            **common,
            "ledgerAccount": {"accountNumber": "512"},
            "debit": "0.00",
            "credit": "900.00",
            "label": "Virement",
        },
    ]


async def test_a_third_party_named_owes_by_it(client: Client) -> None:
    draft, income, _ = await typed(client)
    receivable = await ledger(client, "411", "Clients")
    account = await customer(client, auxiliaryAccountNumber="411DUP")

    await done(
        client,
        "post",
        "ManualEntry",
        draft,
        lines=[
            {"ledgerAccount": receivable, "debit": "50", "account": account},
            {"ledgerAccount": income, "credit": "50"},
        ],
    )

    first, second = await entries(
        client, "ManualEntry", draft, "auxiliaryAccountNumber account { id }"
    )
    assert (first["auxiliaryAccountNumber"], first["account"]) == ("411DUP", {"id": account})
    assert (second["auxiliaryAccountNumber"], second["account"]) == (None, None)
    owed = await seen(client, "CustomerAccount", account, "balanceDue")
    assert owed == {"balanceDue": "50.00"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({0: {"debit": "899.99"}}, [("lines", "INVALID")]),
        ({0: {"debit": "0"}}, [("lines.0.debit", "INVALID")]),
        ({0: {"debit": None}}, [("lines.0.debit", "INVALID")]),
        ({0: {"debit": "-900"}}, [("lines.0.debit", "INVALID")]),
        ({0: {"debit": "abc"}}, [("lines.0.debit", "INVALID")]),
        ({1: {"debit": "900"}}, [("lines.1.credit", "INVALID")]),
        ({1: {"ledgerAccount": "999999"}}, [("lines.1.ledgerAccount", "NOT_FOUND")]),
        (
            {0: {"debit": "abc"}, 1: {"ledgerAccount": "x"}},
            [("lines.0.debit", "INVALID"), ("lines.1.ledgerAccount", "NOT_FOUND")],
        ),
    ],
)
async def test_what_is_wrong_with_lines_is_told_at_once(
    client: Client, change: dict[int, dict[str, Any]], expected: list[tuple[str, str]]
) -> None:
    draft, rent, bank = await typed(client)
    wrong = [{**line, **change.get(i, {})} for i, line in enumerate(lines(rent, bank))]

    refused = await told(client, "post", "ManualEntry", draft, lines=wrong)

    assert refused == expected
    assert await unposted(client, draft)


async def test_one_line_alone_is_not_posted(client: Client) -> None:
    draft, rent, bank = await typed(client)

    refused = await told(client, "post", "ManualEntry", draft, lines=lines(rent, bank)[:1])

    assert refused == [("lines", "INVALID")]


async def test_an_account_no_longer_in_use_takes_no_entry(client: Client) -> None:
    draft, rent, _ = await typed(client)
    closed = await ledger(client, "513", "Ancienne banque", active=False)

    refused = await told(client, "post", "ManualEntry", draft, lines=lines(rent, closed))

    assert refused == [("lines.1.ledgerAccount", "INVALID")]


async def test_a_third_party_stands_on_an_account_for_those(client: Client) -> None:
    draft, rent, bank = await typed(client)
    receivable = await ledger(client, "411", "Clients")
    account = await customer(client)
    ours = await client.create("Supplier", name="Bailleur")

    elsewhere = await told(
        client, "post", "ManualEntry", draft, lines=lines(rent, bank, account=account)
    )
    both = await told(
        client,
        "post",
        "ManualEntry",
        draft,
        lines=lines(receivable, bank, account=account, supplier=ours),
    )

    assert elsewhere == [("lines.0.account", "INVALID")]
    assert both == [("lines.0.supplier", "INVALID")]


@pytest.mark.parametrize(
    ("module", "values", "expected"),
    [
        ("FiscalYear", {"status": "CLOSED"}, [("entryDate", "INVALID")]),
        ("FiscalYear", {"lockedUntil": "2026-03-31"}, [("entryDate", "INVALID")]),
        ("FiscalYear", {"endsOn": "2026-03-30"}, [("entryDate", "INVALID")]),
        ("Journal", {"lockedUntil": "2026-03-31"}, [("entryDate", "INVALID")]),
        ("Journal", {"active": False}, [("journal", "INVALID")]),
    ],
)
async def test_nothing_is_posted_outside_an_open_year_and_journal(
    client: Client, module: str, values: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    draft, rent, bank = await typed(client, **{module: values})

    refused = await told(client, "post", "ManualEntry", draft, lines=lines(rent, bank))

    assert refused == expected
    assert await unposted(client, draft)


async def test_what_is_posted_is_neither_changed_nor_posted_again(client: Client) -> None:
    draft, rent, bank = await typed(client)
    await done(client, "post", "ManualEntry", draft, lines=lines(rent, bank))

    again = await told(client, "post", "ManualEntry", draft, lines=lines(rent, bank))
    deleted = await told(client, "delete", "ManualEntry", draft)

    assert again == [("id", "INVALID")]
    assert deleted == [("id", "LOCKED")]
    assert len(await entries(client, "ManualEntry", draft)) == 2


async def test_only_what_is_posted_is_validated(client: Client) -> None:
    draft, rent, bank = await typed(client)

    early = await do(client, "validate", "ManualEntry", draft)
    await done(client, "post", "ManualEntry", draft, lines=lines(rent, bank))
    await done(client, "validate", "ManualEntry", draft)

    assert early["errors"][0]["message"] == (
        f"OD-PROV-{draft} est au statut «\xa0Brouillon\xa0»\u202f; cette action demande\xa0: "
        "Comptabilisée."
    )
    assert (await seen(client, "ManualEntry", draft, "status"))["status"] == "VALIDATED"
    found = await entries(client, "ManualEntry", draft, "status validatedOn")
    assert {each["status"] for each in found} == {"VALIDATED"}
    assert None not in {each["validatedOn"] for each in found}


async def test_a_reversal_exchanges_the_sides(client: Client) -> None:
    draft, income, _ = await typed(client)
    receivable = await ledger(client, "411", "Clients")
    account = await customer(client)
    await done(
        client,
        "post",
        "ManualEntry",
        draft,
        lines=[
            {"ledgerAccount": receivable, "debit": "50", "account": account},
            {"ledgerAccount": income, "credit": "50"},
        ],
    )

    reversal = await done(client, "reverse", "ManualEntry", draft, on="2026-04-01")

    assert await seen(
        client,
        "ManualEntry",
        reversal,
        f"{EXCHANGE} label entryDate reversedEntry {{ id }} journal {{ code }}",
    ) == {
        "number": "OD-2026-00002",
        "status": "POSTED",
        "totalDebit": "50.00",
        "totalCredit": "50.00",
        "label": "Extourne de OD-2026-00001\xa0: Loyer de mars",
        "entryDate": "2026-04-01",
        "reversedEntry": {"id": draft},
        "journal": {"code": "OD"},
    }
    fields = "entryNumber account { id }"
    assert [
        (each["ledgerAccount"]["accountNumber"], each["debit"], each["credit"], each["account"])
        for each in await entries(client, "ManualEntry", reversal, fields)
    ] == [("411", "0.00", "50.00", {"id": account}), ("613", "50.00", "0.00", None)]
    assert (await seen(client, "ManualEntry", draft, "status"))["status"] == "REVERSED"
    owed = await seen(client, "CustomerAccount", account, "balanceDue")
    assert owed == {"balanceDue": "0.00"}


async def test_a_reversal_is_of_the_day_foreseen_unless_said(client: Client) -> None:
    draft, rent, bank = await typed(client, reversalOn="2026-04-30")
    await done(client, "post", "ManualEntry", draft, lines=lines(rent, bank))

    reversal = await done(client, "reverse", "ManualEntry", draft)

    assert await seen(client, "ManualEntry", reversal, "entryDate") == {"entryDate": "2026-04-30"}


async def test_what_is_not_posted_any_more_is_not_reversed(client: Client) -> None:
    draft, rent, bank = await typed(client)

    early = await told(client, "reverse", "ManualEntry", draft)
    await done(client, "post", "ManualEntry", draft, lines=lines(rent, bank))
    before = await told(client, "reverse", "ManualEntry", draft, on="2026-03-30")
    await done(client, "reverse", "ManualEntry", draft, on="2026-03-31")
    twice = await told(client, "reverse", "ManualEntry", draft)

    assert (early, before, twice) == (
        [("id", "INVALID")],
        [("on", "INVALID")],
        [("id", "INVALID")],
    )
    data = await client.ask("{ manualEntries { totalCount } }")
    assert data["manualEntries"]["totalCount"] == 2


async def test_the_ledger_and_its_journals_are_counted_as_entries_are_written(
    client: Client,
) -> None:
    draft, rent, bank = await typed(client)

    await done(client, "post", "ManualEntry", draft, lines=lines(rent, bank))

    totals = "totalDebit totalCredit balance"
    assert await seen(client, "LedgerAccount", bank, totals) == {
        "totalDebit": "0.00",
        "totalCredit": "900.00",
        "balance": "-900.00",
    }
    data = await client.ask("{ journals { nodes { code nextEntryNumber } } }")
    assert data["journals"]["nodes"] == [{"code": "OD", "nextEntryNumber": 2}]


async def typed(client: Client, **values: Any) -> tuple[str, str, str]:
    """A draft with the ids of a rent account and a bank account; values of what it names, too."""
    year = {"name": "2026", "startsOn": "2026-01-01", "endsOn": "2026-12-31"}
    journal = {"code": "OD", "name": "Divers", "journalType": "GENERAL"}
    draft = await client.create(
        "ManualEntry",
        label="Loyer de mars",
        entryDate="2026-03-31",
        documentReference="BAIL-7",
        fiscalYear=await client.create("FiscalYear", **{**year, **values.pop("FiscalYear", {})}),
        journal=await client.create("Journal", **{**journal, **values.pop("Journal", {})}),
        **values,
    )
    return draft, await ledger(client, "613", "Locations"), await ledger(client, "512", "Banque")


async def ledger(client: Client, number: str, name: str, **values: Any) -> str:
    return await client.create("LedgerAccount", accountNumber=number, name=name, **values)


def lines(debited: str, credited: str, **named: str) -> list[dict[str, Any]]:
    return [
        {"ledgerAccount": debited, "debit": "900", **named},
        {"ledgerAccount": credited, "credit": "900", "label": "Virement"},
    ]


async def unposted(client: Client, draft: str) -> bool:
    """Whether it is the draft it was, and nothing was posted for it."""
    found = await seen(
        client, "ManualEntry", draft, "status version accountingEntries { totalCount }"
    )
    return found == {"status": "DRAFT", "version": 1, "accountingEntries": {"totalCount": 0}}
