"""What the database refuses of a write, as a client is told it.

What checks the input comes first (db/validation.py, db/lookups.py); this stands behind it for what
only the database sees: what others do at the same time.
"""

from __future__ import annotations

import re
from typing import Any

import asyncpg

from db.database import Database
from db.declare import Label
from db.errors import BadUserInput, Busy, FichesError, NotUnique, Timeout
from db.module_table import unique_index
from db.reader import ENDED
from db.suite import Suite


def refusal(database: Database, error: BaseException) -> FichesError | None:
    """What to tell instead of `error`; None where it is a fault of ours, or told as it is."""
    match error:
        case asyncpg.UniqueViolationError():
            return taken(database.suite, error)
        case asyncpg.QueryCanceledError():
            return Timeout(database.statement_timeout)
        case asyncpg.TransactionRollbackError() | asyncpg.LockNotAvailableError():
            return Busy()
        case asyncpg.NumericValueOutOfRangeError():
            return BadUserInput(("input",), "too_large_to_store")
        case asyncpg.ForeignKeyViolationError():
            return BadUserInput(("input",), "target_gone")
        case _ if isinstance(error, ENDED):
            return Busy()
    return None


def taken(suite: Suite, error: Any) -> NotUnique | None:
    """What to tell whoever came second to a unique value at the same moment."""
    if error.constraint_name in ("uq_tag_shared", "uq_tag_private"):
        return NotUnique(("name",), Label("Nom", "Name"), _value(error.detail or ""))
    for module in suite.modules:
        for column in module.columns.values():
            if column.unique and error.constraint_name == unique_index(module, column.name):
                return NotUnique((column.name,), column.label, _value(error.detail or ""))
    return None


def _value(detail: str) -> str:
    """The last of the values in `Key (company_id, code)=(3, A 1) already exists.`; the others are
    ids, which have no comma.
    """
    found = re.search(r"\((?P<names>[^=]*)\)=\((?P<values>.*)\)", detail, re.DOTALL)
    if found is None:
        return "…"
    return found["values"].split(", ", found["names"].count(","))[-1]
