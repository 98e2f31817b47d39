"""Expense reports: their totals follow their lines, another approves them, and they are owed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.books import do, done, entries, seen, told
from tests.client import Client
from tests.saves import update

TOTALS = "totalExclTax totalVat totalInclTax amountToReimburse"


async def test_totals_follow_the_lines(client: Client) -> None:
    report = await reported(client)
    meal = await spent(client, report, "22", vatAmount="2")
    await spent(client, report, "80", category="TRAIN", paidBy="COMPANY_CARD")
    both = await seen(client, "ExpenseReport", report, TOTALS)

    await update(client, "ExpenseLine", meal, amountInclTax="33", vatAmount="3")
    more = await seen(client, "ExpenseReport", report, TOTALS)
    await done(client, "delete", "ExpenseLine", meal)
    less = await seen(client, "ExpenseReport", report, TOTALS)
    await done(client, "restore", "ExpenseLine", meal)

    assert both == {
        "totalExclTax": "100.00",
        "totalVat": "2.00",
        "totalInclTax": "102.00",
        "amountToReimburse": "22.00",
    }
    assert more == {
        "totalExclTax": "110.00",
        "totalVat": "3.00",
        "totalInclTax": "113.00",
        "amountToReimburse": "33.00",
    }
    assert less == {
        "totalExclTax": "80.00",
        "totalVat": "0.00",
        "totalInclTax": "80.00",
        "amountToReimburse": "0.00",
    }
    assert await seen(client, "ExpenseReport", report, TOTALS) == more
    assert await seen(client, "ExpenseLine", meal, "amountExclTax") == {"amountExclTax": "30.00"}


async def test_a_line_moved_counts_where_it_is(client: Client) -> None:
    first, second = await reported(client), await reported(client)
    line = await spent(client, first, "22")

    await update(client, "ExpenseLine", line, expenseReport=second)

    assert (await seen(client, "ExpenseReport", first, TOTALS))["totalInclTax"] == "0.00"
    assert (await seen(client, "ExpenseReport", second, TOTALS))["totalInclTax"] == "22.00"


async def test_a_report_handed_in_is_closed_with_its_lines(client: Client) -> None:
    report = await reported(client)
    line = await spent(client, report, "22")
    await done(client, "submit", "ExpenseReport", report)

    renamed = await update(client, "ExpenseReport", report, subject="Autre")
    changed = await update(client, "ExpenseLine", line, amountInclTax="33")
    deleted = await told(client, "delete", "ExpenseLine", line)
    added = await client.ask(
        "mutation ($input: CreateExpenseLineInput!) { createExpenseLine(input: $input) "
        "{ errors { path code } } }",
        input=expense(report, "5"),
    )

    assert (renamed.codes, renamed.paths) == (["LOCKED"], [["id"]])
    assert (changed.codes, changed.paths) == (["LOCKED"], [["input", "expenseReport"]])
    assert deleted == [("id", "LOCKED")]
    assert added["createExpenseLine"]["errors"] == [
        {"path": ["input", "expenseReport"], "code": "LOCKED"}
    ]
    assert await seen(client, "ExpenseReport", report, f"status {TOTALS}") == {
        "status": "SUBMITTED",
        "totalExclTax": "22.00",
        "totalVat": "0.00",
        "totalInclTax": "22.00",
        "amountToReimburse": "22.00",
    }


async def test_a_report_of_nothing_is_not_handed_in(client: Client) -> None:
    report = await reported(client)

    refused = await told(client, "submit", "ExpenseReport", report)

    assert refused == [("expenseLines", "INVALID")]


@pytest.mark.parametrize(
    "values", [{"amountInclTax": "0"}, {"amountInclTax": "-5"}, {"vatAmount": "23"}]
)
async def test_lines_that_cannot_be_posted_are_told(client: Client, values: dict[str, Any]) -> None:
    report = await reported(client)
    await spent(client, report, "22", **values)

    payload = await do(client, "submit", "ExpenseReport", report)

    assert [each["message"] for each in payload["errors"]] == [
        "Déjeuner 10 mars 2026\xa0: le montant doit être supérieur à zéro, et la TVA comprise "
        "entre zéro et lui."
    ]
    assert (await seen(client, "ExpenseReport", report, "status"))["status"] == "DRAFT"


async def test_approval_posts_what_is_owed(client: Client) -> None:
    report = await reported(client)
    await spent(client, report, "22", vatAmount="2")
    await spent(client, report, "55", vatAmount="5", category="ENTERTAINMENT")
    await spent(client, report, "80", category="TRAIN", paidBy="COMPANY_CARD")
    own = await client.create("LedgerAccount", accountNumber="6061", name="Carburant")
    await spent(client, report, "60", category="FUEL", ledgerAccount=own)
    await done(client, "submit", "ExpenseReport", report)
    other = await client.colleague("Camille", administrator=True)

    payload = await do(other, "approve", "ExpenseReport", report)

    assert payload["errors"] == []
    assert payload["change"] == {"operation": "FINALISED"}
    fields = "entryNumber documentReference label auxiliaryAccountNumber person { title }"
    found = await entries(client, "ExpenseReport", report, fields)
    assert [
        (each["ledgerAccount"]["accountNumber"], each["debit"], each["credit"]) for each in found
    ] == [
        ("421", "0.00", "137.00"),
        ("467", "0.00", "80.00"),
        ("6256", "20.00", "0.00"),
        ("6257", "50.00", "0.00"),
        ("6251", "80.00", "0.00"),
        ("6061", "60.00", "0.00"),
        ("44566", "7.00", "0.00"),
    ]
    day = (await seen(client, "ExpenseReport", report, "approvedOn"))["approvedOn"]
    assert {each["entryNumber"] for each in found} == {f"NF-{day[:4]}-00001"}
    assert found[0]["label"] == "Note de frais NDF-00001 Alice Martin"
    assert (found[0]["auxiliaryAccountNumber"], found[0]["person"]) == (
        "E-7",
        {"title": "Alice Martin"},
    )
    assert found[1]["person"] is None
    assert (await seen(client, "ExpenseReport", report, "status"))["status"] == "POSTED"


async def test_nobody_approves_what_they_wrote_or_spent(client: Client) -> None:
    report = await reported(client)
    await spent(client, report, "22")
    spender = await client.colleague("Dominique", administrator=True)
    person = await seen(client, "ExpenseReport", report, "person { id }")
    await update(client, "Person", person["person"]["id"], workEmail=await address(spender))
    await done(client, "submit", "ExpenseReport", report)

    by_author = await told(client, "approve", "ExpenseReport", report)
    by_spender = await told(spender, "approve", "ExpenseReport", report)
    refused = await told(client, "refuse", "ExpenseReport", report, reason="Non")

    assert by_author == by_spender == refused == [("id", "FORBIDDEN")]
    assert await seen(
        client, "ExpenseReport", report, "status accountingEntries { totalCount }"
    ) == {"status": "SUBMITTED", "accountingEntries": {"totalCount": 0}}


async def test_the_approver_approves_what_they_see(client: Client) -> None:
    approver, other = await client.colleague("Dominique"), await client.colleague("Claude")
    person = await client.create(
        "Person", firstName="Dominique", lastName="Petit", workEmail=await address(approver)
    )
    report = await reported(client, approver=person)
    await spent(client, report, "22")
    await done(client, "submit", "ExpenseReport", report)
    hidden = await told(approver, "approve", "ExpenseReport", report)
    await client.share("ExpenseReport")

    by_other = await told(other, "approve", "ExpenseReport", report)
    await done(approver, "approve", "ExpenseReport", report)

    assert hidden == [("id", "NOT_FOUND")]
    assert by_other == [("id", "FORBIDDEN")]
    assert len(await entries(client, "ExpenseReport", report)) == 2


async def test_a_refused_report_is_corrected_and_handed_in_again(client: Client) -> None:
    report = await reported(client)
    line = await spent(client, report, "220")
    await done(client, "submit", "ExpenseReport", report)
    other = await client.colleague("Camille", administrator=True)

    await done(other, "refuse", "ExpenseReport", report, reason="Le ticket dit 22")
    refused = await seen(client, "ExpenseReport", report, "status refusalReason")
    corrected = await update(client, "ExpenseLine", line, amountInclTax="22")
    await done(client, "submit", "ExpenseReport", report)
    await done(other, "approve", "ExpenseReport", report)

    assert refused == {"status": "REFUSED", "refusalReason": "Le ticket dit 22"}
    assert corrected.errors == []
    assert await seen(client, "ExpenseReport", report, "status refusalReason totalInclTax") == {
        "status": "POSTED",
        "refusalReason": None,
        "totalInclTax": "22.00",
    }


async def test_only_what_is_handed_in_is_approved_and_once(client: Client) -> None:
    report = await reported(client)
    await spent(client, report, "22")
    other = await client.colleague("Camille", administrator=True)

    early = await told(other, "approve", "ExpenseReport", report)
    await done(client, "submit", "ExpenseReport", report)
    twice = await told(client, "submit", "ExpenseReport", report)
    await done(other, "approve", "ExpenseReport", report)
    again = await told(other, "approve", "ExpenseReport", report)

    assert early == twice == again == [("id", "INVALID")]
    assert len(await entries(client, "ExpenseReport", report)) == 2


async def test_the_status_of_a_report_moves_by_actions_only(client: Client) -> None:
    errors = await client.refused(
        'mutation { updateExpenseReport(id: "1", input: {status: POSTED}) { errors { code } } }'
    )

    assert errors[0]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def reported(client: Client, **values: Any) -> str:
    """A draft report of one person, made anew."""
    number = await client.ask("{ people { totalCount } }")
    person = await client.create(
        "Person",
        firstName="Alice",
        lastName="Martin",
        employeeNumber="E-7" if not number["people"]["totalCount"] else None,
    )
    return await client.create("ExpenseReport", subject="Frais de mars", person=person, **values)


def expense(report: str, amount: str, **values: Any) -> dict[str, Any]:
    return {
        "expenseReport": report,
        "spentOn": "2026-03-10",
        "category": "MEAL",
        "label": "Déjeuner",
        "amountInclTax": amount,
        **values,
    }


async def spent(client: Client, report: str, amount: str, **values: Any) -> str:
    return await client.create("ExpenseLine", **expense(report, amount, **values))


async def address(client: Client) -> str:
    return str((await client.viewer()).email)
