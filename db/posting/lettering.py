"""Lettering: third-party entries that settle one another bear one code, and say when they did.

A code in capitals says that the set is settled to the cent; one in small letters, that it is not
yet. Whatever is allocated to one of a set joins the set; where an allocation is undone, the set
falls apart into those that still hold together. Codes are a series of the company, so that one
alone names a set.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from db import numbering
from db.declare import snake_case
from db.lines import ZERO
from db.posting.documents import DOCUMENTS
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
    own = [row for module, id in joined for row in await _of_party(work, entries, module, id)]
    codes = sorted({row["lettering_code"].lower() for row in own if row["lettering_code"]})
    sets = {row["id"]: row for row in (*own, *await lettered(work, entries, codes))}
    earlier = await lettered(work, allocations, codes)
    settled = _settled(sets.values(), earlier, amount)
    code = codes[0] if codes else await _next(work)
    code = code.upper() if settled else code
    lettering = {"lettering_code": code, "lettered_on": on if settled else None}
    await save(work, entries, _edits(sets.values(), lettering))
    await save(work, allocations, _edits(earlier, {"lettering_code": code}))
    return code


async def unletter(work: Work, allocations: Module, gone: Sequence[Any]) -> None:
    """Letter afresh the sets that allocations held together which are gone.

    The first part of a set keeps its code, others that still hold together take new ones.
    """
    entries, undone = work.suite["AccountingEntry"], {row["id"] for row in gone}
    for code in sorted({row["lettering_code"].lower() for row in gone if row["lettering_code"]}):
        rows = await lettered(work, entries, [code])
        earlier = await lettered(work, allocations, [code])
        kept = [row for row in earlier if row["id"] not in undone]
        edits, told = [], []
        following: str | None = code
        for documents, joining in _parts(rows, kept):
            own = [row for row in rows if _document(row) in documents]
            given = None
            if joining:
                given, following = following or await _next(work), None
            if given is not None and _settled(own, joining):
                given = given.upper()
            on = max(row["allocated_on"] for row in joining) if given and given.isupper() else None
            edits += _edits(own, {"lettering_code": given, "lettered_on": on})
            told += _edits(joining, {"lettering_code": given})
        await save(work, entries, edits)
        await save(work, allocations, told)


async def letter_pair(work: Work, module: Module, id: int, on: date) -> None:
    """Letter the entry of a document with the one that undid it."""
    entries = work.suite["AccountingEntry"]
    rows = await _of_party(work, entries, module, id)
    lettering = {"lettering_code": (await _next(work)).upper(), "lettered_on": on}
    await save(work, entries, _edits(rows, lettering))


async def _of_party(work: Work, entries: Module, module: Module, id: int) -> list[Any]:
    """The third party's entries of a document, held."""
    rows = await among(work, entries, f"{module.declared.table_name}_id", [id], lock=True)
    return [row for row in rows if row["account_id"] is not None or row["supplier_id"] is not None]


def _settled(entries: Iterable[Any], joining: Iterable[Any], amount: Decimal = ZERO) -> bool:
    rows = list(entries)
    return amount + _sum(joining, "amount") == _sum(rows, "debit") == _sum(rows, "credit")


def _sum(rows: Iterable[Any], column: str) -> Decimal:
    return sum((row[column] or ZERO for row in rows), ZERO)


def _document(entry: Any) -> int:
    """The id of the document that an entry was posted for."""
    keys = (f"{snake_case(name)}_id" for name in DOCUMENTS)
    id: int = next(entry[key] for key in keys if entry[key] is not None)
    return id


def _joined(allocation: Any) -> list[int]:
    """The ids of the two documents of an allocation."""
    keys = ("payment_id", "invoice_id", "credit_note_id")
    return [allocation[key] for key in keys if allocation[key] is not None]


def _parts(entries: Iterable[Any], allocations: Sequence[Any]) -> list[tuple[set[int], list[Any]]]:
    """The documents that hold together, in the order of their entries, and what joins them."""
    part = {document: {document} for document in map(_document, entries)}
    for each in allocations:
        first, second = _joined(each)
        whole = part[first] | part[second]
        part |= dict.fromkeys(whole, whole)
    joining: dict[int, list[Any]] = defaultdict(list)
    for each in allocations:
        joining[min(part[_joined(each)[0]])].append(each)
    distinct = {min(documents): documents for documents in part.values()}
    return [(documents, joining[first]) for first, documents in distinct.items()]


def _edits(rows: Iterable[Any], values: dict[str, Any]) -> list[Edit]:
    """The values for the rows that do not hold them yet."""
    return [edit for row in rows if (edit := Edit(row, values)).changes]


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
