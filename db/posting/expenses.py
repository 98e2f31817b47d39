"""Expense reports: submitted with their lines, then approved, which posts them, or refused.

What the employee paid is owed to them (421), what the company's card paid waits for the bank
(467), the VAT that can be recovered is deducted. Nobody approves what they wrote, or spent,
themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from db.errors import ErrorCode, Forbidden, InvalidInput, NotFound, Problem
from db.history import Operation
from db.lines import ZERO
from db.posting import asked, chart
from db.posting.chart import Account, Books
from db.posting.entries import POSTED, Posting, entry, named, post
from db.posting.held import among, edited, hold_books, owners, refuse_status
from db.posting.saving import Edit, save
from db.service import for_company
from db.suite import Module
from db.writing import Saved, Work

SUBMITTED: Final = "submitted"
REFUSED: Final = "refused"
COMPANY_CARD: Final = "company_card"

TRAVEL: Final = Account("6251", "Voyages et déplacements")
MISSIONS: Final = Account("6256", "Missions")
RECEPTIONS: Final = Account("6257", "Réceptions")
TELECOM: Final = Account("626", "Frais postaux et frais de télécommunications")
SUPPLIES: Final = Account("6064", "Fournitures administratives")

ACCOUNTS: Final = {
    "meal": MISSIONS,
    "hotel": MISSIONS,
    "entertainment": RECEPTIONS,
    "telecom": TELECOM,
    "supplies": SUPPLIES,
}
"""Where a line is posted by its category unless it names an account; other travel is TRAVEL."""

EVERY: Final = (
    TRAVEL,
    *dict.fromkeys(ACCOUNTS.values()),
    chart.INPUT_VAT,
    chart.PAY,
    chart.SUNDRY,
)


async def submit(work: Work, module: Module, id: int) -> Saved:
    """Hand in a report that may still be edited, with lines that can be posted; the report."""
    stored = await edited(work, module, id)
    refuse_status(module, stored, module.declared.edited_in)
    with for_company(work):
        spent = await _lines(work, id)
        problems = _wrong(work, spent)
        if problems:
            raise InvalidInput(problems)
        values = {
            "status": SUBMITTED,
            "submitted_on": asked.today(work),
            "refusal_reason": None,
        }
        (saved,) = await save(work, module, [Edit(stored, values)])
    return saved


async def refuse(work: Work, module: Module, id: int, reason: Any) -> Saved:
    """Hand a submitted report back to whoever wrote it, who may correct it; the report."""
    stored = await _judged(work, module, id)
    values = {"status": REFUSED, "refusal_reason": asked.reason(reason)}
    with for_company(work):
        (saved,) = await save(work, module, [Edit(stored, values)])
    return saved


async def approve(work: Work, module: Module, id: int) -> Saved:
    """Post a submitted report today: it is owed from then on; the report.

    Raises NotFound, Forbidden and InvalidInput with what stands against it.
    """
    await hold_books(work)
    stored = await _judged(work, module, id)
    day = asked.today(work)
    with for_company(work):
        spent = await _lines(work, id)
        books = await Books.read(work, EVERY)
        label = module.columns["approved_on"].label
        journal = books.known_journal(chart.EXPENSES)
        closed = books.refusal(day, journal, ("approved_on",), label)
        if closed is not None:
            raise InvalidInput([closed])
        values = {"status": POSTED, "approved_on": day}
        (saved,) = await save(work, module, [Edit(stored, values, operation=Operation.FINALISED)])
        await post(work, [await _posting(work, books, stored, spent, day)])
    return saved


async def _judged(work: Work, module: Module, id: int) -> Any:
    """A submitted report, held. Raises Forbidden to its author, and to whoever is neither its
    approver nor may edit it.
    """
    rows = await among(work, module, "id", [id], lock=True)
    if not rows:
        raise NotFound(module.singular, id, ("id",))
    stored, viewer = rows[0], work.viewer
    with for_company(work):
        ids = [stored[f"{name}_id"] for name in ("person", "approver")]
        people = await among(work, work.suite["Person"], "id", set(ids) - {None})
    own = {person["id"] for person in people if _is(person, viewer.email)}
    if not (viewer.may("edit", module, stored) or stored["approver_id"] in own):
        raise Forbidden(module.singular, "edit", ("id",))
    refuse_status(module, stored, (SUBMITTED,))
    if stored["created_by_id"] == viewer.id or stored["person_id"] in own:
        params = {"record": stored["number"]}
        raise InvalidInput([Problem(("id",), ErrorCode.FORBIDDEN, "by_another", params)])
    return stored


def _is(person: Any, email: str) -> bool:
    """Whether a person is the user who signs in with this address."""
    own: str | None = person["work_email"]
    return own is not None and own.casefold() == email.casefold()


async def _lines(work: Work, id: int) -> list[Any]:
    return await among(work, work.suite["ExpenseLine"], "expense_report_id", [id], lock=True)


def _wrong(work: Work, spent: Sequence[Any]) -> list[Problem]:
    """What stands against posting the lines of a report."""
    path = ("expense_lines",)
    if not spent:
        label = work.suite["ExpenseLine"].plural
        return [Problem(path, ErrorCode.INVALID, "too_few", {"label": label, "minimum": 1})]
    return [
        Problem(path, ErrorCode.INVALID, "wrong_expense", {"record": row["title"]})
        for row in spent
        if not 0 <= (row["vat_amount"] or ZERO) <= row["amount_incl_tax"] > 0
    ]


async def _posting(
    work: Work, books: Books, stored: Any, spent: Iterable[Any], day: date
) -> Posting:
    """What the company owes, first to its employee, and what for."""
    owed, nets, vats = (defaultdict[Any, Decimal](lambda: ZERO) for _ in range(3))
    for row in spent:
        amount, vat = row["amount_incl_tax"], row["vat_amount"] or ZERO
        account = row["ledger_account_id"]
        if account is None:
            account = await books.account(ACCOUNTS.get(row["category"], TRAVEL))
        owed[row["paid_by"] == COMPANY_CARD] += amount
        nets[account] += amount - vat
        vats[row["tax_rate_id"]] += vat
    person = await _person(work, stored)
    sides: list[tuple[Account | int, Decimal, dict[str, Any]]] = [
        (chart.PAY, -owed[False], named("person", person)),
        (chart.SUNDRY, -owed[True], {}),
        *((account, net, {}) for account, net in nets.items()),
        *((chart.INPUT_VAT, vat, {"tax_rate": rate}) for rate, vat in vats.items()),
    ]
    entries = [
        entry(
            await books.account(account) if isinstance(account, Account) else account,
            amount,
            **more,
        )
        for account, amount, more in sides
        if amount
    ]
    owner = await owners(work, [stored])
    number = stored["number"]
    common = {
        "owner": owner[stored["id"]],
        "document_reference": number,
        "document_date": stored["period_end"] or day,
        "label": f"Note de frais {number} {person['title']}"[:300],
        "expense_report": stored["id"],
    }
    journal, year = await books.journal(chart.EXPENSES), await books.year(day)
    return Posting(journal, year, day, common, entries)


async def _person(work: Work, stored: Any) -> Any:
    """Whose expenses they are. Raises InvalidInput where that person is deleted."""
    relation = work.suite["ExpenseReport"].relations["person"]
    rows = await among(work, work.suite["Person"], "id", [stored["person_id"]])
    if not rows:
        params = {"label": relation.label, "id": str(stored["person_id"])}
        raise InvalidInput([Problem(("person",), ErrorCode.NOT_FOUND, "no_such_target", params)])
    return rows[0]
