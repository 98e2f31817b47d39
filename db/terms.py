"""When a document falls due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

TERMS: Final[Mapping[str | None, tuple[int, bool]]] = {
    "immediate": (0, False),
    "net_15": (15, False),
    "net_30": (30, False),
    "net_30_eom": (30, True),
    "net_45": (45, False),
    "net_45_eom": (45, True),
    "net_60": (60, False),
    # Nothing agreed: C. com. art. L441-10, I.
    None: (30, False),
}
"""By payment terms, the days they give, and whether to the end of the month those reach."""


def due_on(issued: date, terms: str | None) -> date:
    """The day on which a document issued on a day is due."""
    days, to_month_end = TERMS[terms]
    due = issued + timedelta(days=days)
    return due.replace(day=monthrange(due.year, due.month)[1]) if to_month_end else due
