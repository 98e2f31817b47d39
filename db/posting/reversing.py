"""Reversing: a written set of entries is undone by another, its sides exchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db.errors import ErrorCode, InvalidInput, Problem
from db.posting import asked
from db.posting.chart import Books
from db.posting.entries import PARTIES, Posting, post
from db.writing import Work


async def reverse(work: Work, rows: Sequence[Any], on: date, common: Mapping[str, Any]) -> None:
    """Post the opposite of a set of entries in its own journal. `common` is what all say.

    Raises InvalidInput where nothing may be posted on that day, or in that journal any more.
    """
    books = await Books.read(work, ())
    journal = books.journal_by_id(rows[0]["journal_id"])
    if journal is None:
        label = work.suite["Journal"].singular
        params = {"label": label, "id": str(rows[0]["journal_id"])}
        raise InvalidInput([Problem(("id",), ErrorCode.NOT_FOUND, "no_such_target", params)])
    closed = books.refusal(on, journal, asked.ON, asked.DAY)
    if closed is not None:
        raise InvalidInput([closed])
    entries = [opposite(row) for row in rows]
    await post(work, [Posting(journal, await books.year(on), on, common, entries)])


def opposite(row: Any) -> dict[str, Any]:
    """The entry that undoes a written one."""
    pointed = ("ledger_account", "tax_rate", *PARTIES)
    kept = ("auxiliary_account_number", "auxiliary_account_name", "currency")
    return {
        **{name: row[f"{name}_id"] for name in pointed},
        **{name: row[name] for name in kept},
        "debit": row["credit"],
        "credit": row["debit"],
    }
