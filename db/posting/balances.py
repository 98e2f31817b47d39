"""What entries add up to, kept as they are written: by customer, by supplier, by ledger account.

`balance_due` of a customer or supplier is the balance of the entries that name it: invoices less
credit notes and payments. An allocation moves nothing: it takes as much from the invoice as from
the payment.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, Final

from db.lines import ZERO
from db.posting.held import among
from db.posting.saving import Edit, save
from db.writing import Work

Row = Mapping[str, Any]

OWING: Final = {"account": 1, "supplier": -1}
"""The side on which those an entry names owe, or are owed, more: 1 debit, -1 credit."""


async def count(work: Work, entries: Iterable[Row]) -> None:
    """Add new entries to what they move. A few statements, however many they are."""
    rows = list(entries)
    for relation, side in OWING.items():
        await _move(work, relation, rows, partial(_owed, side))
    await _move(work, "ledger_account", rows, _moved)


async def _move(
    work: Work,
    relation: str,
    entries: Iterable[Row],
    after: Callable[[Any, tuple[Decimal, Decimal]], Mapping[str, Any]],
) -> None:
    """Write onto each record that entries name what holds `after` their debits and credits."""
    sums: dict[int, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for each in entries:
        id = each.get(relation)
        if id is not None:
            debit, credit = sums[id]
            sums[id] = debit + each["debit"], credit + each["credit"]
    if not sums:
        return
    module = work.suite["AccountingEntry"]
    target = module.target(module.relations[relation])
    held = await among(work, target, "id", sums, lock=True)
    edits = [Edit(row, after(row, sums[row["id"]])) for row in held]
    await save(work, target, [each for each in edits if each.changes])


def _owed(side: int, row: Any, sums: tuple[Decimal, Decimal]) -> Mapping[str, Any]:
    debit, credit = sums
    return {"balance_due": (row["balance_due"] or ZERO) + side * (debit - credit)}


def _moved(row: Any, sums: tuple[Decimal, Decimal]) -> Mapping[str, Any]:
    debit, credit = (
        (row[name] or ZERO) + amount
        for name, amount in zip(("total_debit", "total_credit"), sums, strict=True)
    )
    return {"total_debit": debit, "total_credit": credit, "balance": debit - credit}
