"""The books: what is validated, posted by hand, spent; settled, undone, cancelled, reversed.

Facts in documents.py, the company's books in chart.py; whatever is posted goes through entries.py.
"""

from db.posting.allocating import allocate
from db.posting.cancelling import cancel_invoice, cancel_payment
from db.posting.documents import DOCUMENTS
from db.posting.expenses import approve, refuse, submit
from db.posting.manual import post_manual, reverse_manual, validate_manual
from db.posting.undoing import undo
from db.posting.validating import validate, validate_many

POSTED = tuple(DOCUMENTS)
"""The modules whose documents are validated."""

__all__ = [
    "DOCUMENTS",
    "POSTED",
    "allocate",
    "approve",
    "cancel_invoice",
    "cancel_payment",
    "post_manual",
    "refuse",
    "reverse_manual",
    "submit",
    "undo",
    "validate",
    "validate_manual",
    "validate_many",
]
