"""Entries that no document posts: opening balances, pay, VAT, fees; sets that balance to nil."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from db import numbering
from db.demo.calendar import YEAR
from db.demo.story import Fiche, Story
from db.history import Operation
from db.lines import ZERO
from db.posting import entries
from db.posting.saving import Edit, save
from db.service import for_company


@dataclass(frozen=True)
class Posting:
    """A set of entries: `legs` are account numbers and amounts, debits positive."""

    journal: str
    day: date
    label: str
    reference: str
    legs: Sequence[tuple[str, Decimal]]
    about: Mapping[str, Fiche] = field(default_factory=dict)
    """What the entries point at: `{"vat_return": …}`."""


async def post(story: Story, sets: Sequence[Posting]) -> None:
    """Post the sets, numbered in the order of their dates in each journal."""
    year: int = story["FiscalYear"][-1].id
    with for_company(story.work):
        await entries.post(
            story.work,
            [_set(story, each, year) for each in sorted(sets, key=lambda each: each.day)],
        )


def _set(story: Story, each: Posting, year: int) -> entries.Posting:
    journal = {"id": story.one("Journal", code=each.journal).id, "code": each.journal}
    common = {
        "document_reference": each.reference,
        "document_date": each.day,
        "label": each.label,
        "owner": story.cast.accounting,
        **each.about,
    }
    legs = [
        entries.entry(story.one("LedgerAccount", account_number=number).id, amount)
        for number, amount in each.legs
        if amount
    ]
    return entries.Posting(journal, year, each.day, common, legs)


async def write_by_hand(story: Story, sets: Sequence[tuple[str, Posting]]) -> None:
    """Manual entries, each of its type, with the entries they hold."""
    made = await story.tell(
        "ManualEntry",
        (
            {
                "label": each.label,
                "entry_date": each.day,
                "document_reference": each.reference,
                "entry_type": kind,
                "total_debit": sum(max(amount, ZERO) for _, amount in each.legs),
                "total_credit": sum(max(-amount, ZERO) for _, amount in each.legs),
                "journal": story.one("Journal", code=each.journal),
                "fiscal_year": story["FiscalYear"][-1],
                "owner": story.cast.accounting,
            }
            for kind, each in sets
        ),
        by_service=True,
    )
    module = story.work.suite["ManualEntry"]
    numbers = await numbering.numbers(
        story.work.connection, story.work.viewer.company_id, module, YEAR, len(made)
    )
    stored = await story.stored(made)
    edits = [
        Edit(stored[fiche.id], {"number": number, "status": "posted"}, {}, Operation.FINALISED)
        for fiche, number in zip(made, numbers, strict=True)
    ]
    await save(story.work, module, edits)
    about = [{"manual_entry": fiche} for fiche in made]
    await post(
        story,
        [
            Posting(each.journal, each.day, each.label, each.reference, each.legs, own)
            for (_, each), own in zip(sets, about, strict=True)
        ],
    )
