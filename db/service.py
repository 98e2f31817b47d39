"""Whose eyes the service reads with when it acts of itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.writing import Work


@contextmanager
def for_company(work: Work) -> Iterator[None]:
    """Within it the service sees the whole company, whatever the viewer may.

    Who may see only their own invoices still posts them to the company's one chart of accounts.
    The viewer stays the author of what is done.
    """
    own = work.viewer
    work.viewer = replace(own, administrator=True)
    try:
        yield
    finally:
        work.viewer = own
