"""What may be done to the records of the books: posted, cancelled, reversed, approved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from db import posting
from graph.resolvers.arguments import Argument
from graph.resolvers.posting_inputs import ManualEntryLineInput

REASON: Final = {"reason": Argument(str, "Why: one line, up to 200 characters.")}
ON: Final = {"on": Argument(date | None, "The day of the entries; today unless given.")}
CREDITED: Final = {
    "supplier_credit_note_number": Argument(str, "The number of the supplier's credit note.")
}


LINES: Final = {
    "lines": Argument(
        list[ManualEntryLineInput], "Its lines: as much debit as credit, two or more."
    )
}
CREDIT: Final = "credit all that is left of it by a credit note that settles it, and close it."
UNALLOCATE: Final = "post its opposite, undo what it settles, and close it."
PUT_BACK: Final = "undo it: amounts, statuses and lettering are put back."
ON_RECORDS: Final[Mapping[str, list[tuple[str, str, Any, Mapping[str, Argument]]]]] = {
    "CustomerInvoice": [("cancel", CREDIT, posting.cancel_invoice, {**REASON, **ON})],
    "SupplierInvoice": [("cancel", CREDIT, posting.cancel_invoice, {**REASON, **CREDITED, **ON})],
    "CustomerPayment": [("cancel", UNALLOCATE, posting.cancel_payment, {**REASON, **ON})],
    "SupplierPayment": [("cancel", UNALLOCATE, posting.cancel_payment, {**REASON, **ON})],
    "CustomerPaymentAllocation": [("cancel", PUT_BACK, posting.undo, {})],
    "SupplierPaymentAllocation": [("cancel", PUT_BACK, posting.undo, {})],
    "ManualEntry": [
        ("post", "post its lines, number it and lock it.", posting.post_manual, LINES),
        ("validate", "say that its posted entries are final.", posting.validate_manual, {}),
        (
            "reverse",
            "undo it by another one with its sides exchanged: the new one.",
            posting.reverse_manual,
            {
                "on": Argument(
                    date | None,
                    "The day of the reversal; its reversal date, or today, unless given.",
                )
            },
        ),
    ],
    "ExpenseReport": [
        ("submit", "hand it in with its lines, which are closed with it.", posting.submit, {}),
        (
            "approve",
            "post what it owes; neither its author nor whose it is may.",
            posting.approve,
            {},
        ),
        ("refuse", "hand it back, to be corrected.", posting.refuse, REASON),
    ],
}
"""By module: the verb, what it does, the function that does it, its arguments beside the id."""
