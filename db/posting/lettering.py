"""Lettering: third-party entries that settle one another bear one code, and say when they did.

A code in capitals says that the set is settled to the cent; one in small letters, that it is not
yet. Whatever is allocated to one of a set joins the set. Codes are a series of the company, so that
one alone names a set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from db import numbering
from db.lines import ZERO
from db.posting.held import among, lettered
from db.posting.saving import Edit, save
from db.suite import Module
from db.writing import Work

SERIES: Final = "lettering"


async def letter(
    work: Work, allocations: Module, joined: Iterable[tuple[Module, int]], amount: Decimal, on: date
) -> str:
    """Letter the entries of documents of which `amount` is now allocated to one another.

    Gives the code, for the allocation to come. The set is settled where what is allocated within
    it is all that its entries debit, and all that they credit.
    """
    entries = work.suite["AccountingEntry"]
    own = [
        row
        for module, id in joined
        for row in await among(work, entries, f"{module.declared.table_name}_id", [id], lock=True)
        if row["account_id"] is not None or row["supplier_id"] is not None
    ]
    codes = sorted({row["lettering_code"].lower() for row in own if row["lettering_code"]})
    sets = {row["id"]: row for row in (*own, *await lettered(work, entries, codes))}
    earlier = await lettered(work, allocations, codes)
    allocated = amount + sum((row["amount"] for row in earlier), ZERO)
    settled = allocated == _sum(sets.values(), "debit") == _sum(sets.values(), "credit")
    code = codes[0] if codes else await _next(work)
    code = code.upper() if settled else code
    lettering = {"lettering_code": code, "lettered_on": on if settled else None}
    await save(work, entries, _edits(list(sets.values()), lettering))
    await save(work, allocations, _edits(earlier, {"lettering_code": code}))
    return code


def _sum(rows: Iterable[Any], column: str) -> Decimal:
    return sum((row[column] or ZERO for row in rows), ZERO)


def _edits(rows: Sequence[Any], values: dict[str, Any]) -> list[Edit]:
    """The values for the rows that do not hold them yet."""
    return [Edit(row, values) for row in rows if any(row[name] != values[name] for name in values)]


async def _next(work: Work) -> str:
    (value,) = await numbering.take(work.connection, work.viewer.company_id, SERIES)
    return letters(value)


def letters(value: int) -> str:
    """1 is `a`, 26 `z`, 27 `aa`."""
    found = ""
    while value:
        value, digit = divmod(value - 1, 26)
        found = chr(ord("a") + digit) + found
    return found
