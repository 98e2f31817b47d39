"""What each customer owes, and what is owed to each supplier, kept as documents are posted.

`balance_due` is what third-party entries of the party add up to: invoices less credit notes and
payments. An allocation moves nothing: it takes as much from the invoice as from the payment.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from db.lines import ZERO
from db.posting.saving import Edit, save
from db.suite import Module
from db.writing import Work


async def move(
    work: Work, parties: Module, held: Mapping[int, Any], amounts: Mapping[int, Decimal]
) -> None:
    """Add `amounts` to what the parties `held` owe, both by id; at most two statements."""
    edits = [
        Edit(held[id], {"balance_due": (held[id]["balance_due"] or ZERO) + amount})
        for id, amount in sorted(amounts.items())
        if amount
    ]
    await save(work, parties, edits)
