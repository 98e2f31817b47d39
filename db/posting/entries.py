"""Sets of entries: numbered in their journal, balanced, and counted in all that they move.

One code path for whatever is posted: a document validated, an entry by hand, expenses, a reversal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from db import lines, numbering
from db.errors import InvalidInput
from db.posting import balances
from db.posting.held import among
from db.posting.saving import Edit, save
from db.writing import Work

Row = Mapping[str, Any]

POSTED: Final = "posted"

PARTIES: Final = ("account", "supplier", "person")
"""The relations of an entry to a third party: at most one is named."""

# The numbers of a journal start anew each year; the next one is that of its last year.
LAST: Final = """
SELECT DISTINCT ON (prefix) prefix, value
FROM unnest($2::text[]) AS given(prefix)
JOIN counter ON company_id = $1 AND starts_with(series, prefix)
    AND substr(series, length(prefix) + 1) ~ '^[0-9]+$'
ORDER BY prefix, substr(series, length(prefix) + 1)::int DESC
"""


@dataclass(frozen=True)
class Posting:
    """A set of entries to be written under one number.

    `common` is what all of them say, `entries` what each says more: values of accounting entries,
    whose debits and credits add up to the same.
    """

    journal: Row
    fiscal_year: int
    day: date
    common: Row
    entries: Sequence[Row]


def entry(ledger_account: int, amount: Decimal, **more: Any) -> dict[str, Any]:
    """A debit where `amount` is positive, a credit where it is negative."""
    sides = {"debit": max(amount, lines.ZERO), "credit": max(-amount, lines.ZERO)}
    return {"ledger_account": ledger_account, **sides, **more}


def named(relation: str, party: Any) -> dict[str, Any]:
    """What the entry of a third party says more: whose it is, its auxiliary account.

    The entries that name an account or a supplier add up to what is owed.
    """
    own = party.get("auxiliary_account_number") or party.get("employee_number")
    return {
        relation: party["id"],
        "auxiliary_account_number": own or party["number"],
        "auxiliary_account_name": party["title"],
    }


async def post(work: Work, postings: Sequence[Posting]) -> None:
    """Write the sets in their order, each under the next number of its journal and year.

    `work` must hold the books and see the whole company. The number of statements does not depend
    on how many sets there are. Raises InvalidInput for sums too large to store, and for accounts
    and parties deleted meanwhile.
    """
    if not postings:
        return
    numbers = await _numbers(work, postings)
    rates = await _rates(work, postings)
    rows = []
    for number, posting in zip(numbers, postings, strict=True):
        assert _balanced(posting), f"{number}: {posting}"
        common = {
            "entry_number": number,
            "entry_date": posting.day,
            "journal": posting.journal["id"],
            "fiscal_year": posting.fiscal_year,
            "status": POSTED,
            **posting.common,
        }
        for each in posting.entries:
            rate = each.get("tax_rate")
            rows.append({**common, **each, "tax_rate": rate if rate in rates else None})
    outcome = await work.create_many(work.suite["AccountingEntry"], rows, by_service=True)
    if outcome.refused:
        raise InvalidInput(next(iter(outcome.refused.values())))
    await balances.count(work, rows)
    await _announce(work, {each.journal["id"]: each.journal["code"] for each in postings})


def _balanced(posting: Posting) -> bool:
    return sum((each["debit"] - each["credit"] for each in posting.entries), lines.ZERO) == 0


async def _numbers(work: Work, postings: Sequence[Posting]) -> list[str]:
    """One a set: `VE-2026-00001`, without gaps in each journal and year (LPF art. A47 A-1)."""
    series: dict[tuple[str, int], list[int]] = defaultdict(list)
    for position, posting in enumerate(postings):
        series[posting.journal["code"], posting.day.year].append(position)
    found = [""] * len(postings)
    for (code, year), positions in sorted(series.items()):
        name = f"{_series(code)}{year}"
        taken = await numbering.take(work.connection, work.viewer.company_id, name, len(positions))
        for position, value in zip(positions, taken, strict=True):
            found[position] = f"{code}-{year}-{value:0{numbering.DIGITS}d}"
    return found


def _series(code: str) -> str:
    # Its own kind of series: a journal may have the code that is a module's prefix.
    return f"journal {code}-"


async def _rates(work: Work, postings: Iterable[Posting]) -> set[int]:
    """The VAT rates that entries can point at: those not deleted since they were named."""
    ids = {each.get("tax_rate") for posting in postings for each in posting.entries} - {None}
    return {row["id"] for row in await among(work, work.suite["TaxRate"], "id", sorted(ids))}


async def _announce(work: Work, codes: Mapping[int, str]) -> None:
    """Keep what the next entry of each journal, by id, will be numbered."""
    module = work.suite["Journal"]
    held = await among(work, module, "id", codes, lock=True)
    prefixes = sorted({_series(code) for code in codes.values()})
    last = await work.connection.fetch(LAST, work.viewer.company_id, prefixes)
    following = {each["prefix"]: each["value"] + 1 for each in last}
    edits = [
        Edit(row, {"next_entry_number": number})
        for row in held
        if (number := following[_series(codes[row["id"]])]) != row["next_entry_number"]
    ]
    await save(work, module, edits)
