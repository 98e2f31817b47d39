"""Validating documents: checked, numbered in the order of their dates, posted, locked.

One code path for one and for many: the number of statements does not depend on how many there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db import lines, numbering
from db.errors import ErrorCode, Forbidden, InvalidInput, Locked, NotFound, Problem
from db.history import Operation
from db.posting.chart import Books
from db.posting.documents import DOCUMENTS, Document
from db.posting.entries import Posting, entry, named, post
from db.posting.held import among, hold_books, owners
from db.posting.saving import Edit, save
from db.service import for_company
from db.suite import Module
from db.writing import DRAFT, Saved, Work


@dataclass
class Draft:
    """A document to be validated, with what is known of it on the way."""

    stored: Any
    party: Any
    items: list[Any]
    number: str = ""

    @property
    def id(self) -> int:
        id: int = self.stored["id"]
        return id


async def validate(work: Work, module: Module, id: int) -> Saved:
    """Give a draft its number, post its entries, lock it. All in the transaction of `work`.

    Raises NotFound; Forbidden to whoever may not edit it; Locked where it is validated already;
    InvalidInput with all that stands against it, by its own fields.
    """
    (saved,) = await validate_many(work, module, [id])
    return saved


async def validate_many(work: Work, module: Module, ids: Sequence[int]) -> list[Saved]:
    """Validate all of them, numbered in the order of their dates; in the order asked for.

    Raises as `validate` for the first that is refused, before anything is written. Some thirty
    statements, and a few more for each year, journal and missing account posted to.
    """
    kind = DOCUMENTS[module.name]
    await hold_books(work)
    held = await _drafts(work, module, ids)
    with for_company(work):
        parties = await _parties(work, module, kind, held)
        items = await _items(work, kind, held)
        drafts = [
            Draft(row, parties.get(row[f"{kind.trade.party}_id"]), items[row["id"]]) for row in held
        ]
        books = await Books.read(work, kind.accounts)
        last = await _last(work, module, kind, drafts)
        for draft in drafts:
            problems = _problems(module, kind, draft, books, last)
            if problems:
                raise InvalidInput(problems)
        drafts.sort(key=lambda draft: (draft.stored[kind.day], draft.id))
        await _number(work, module, kind, drafts)
        saved = await save(work, module, [_locking(kind, draft) for draft in drafts])
        await _post(work, kind, drafts, books)
    by_id = {each.id: each for each in saved}
    return [by_id[id] for id in ids]


async def _drafts(work: Work, module: Module, ids: Sequence[int]) -> list[Any]:
    """The rows, held, each once. Raises where one may not be validated, whatever it holds."""
    found = {row["id"]: row for row in await among(work, module, "id", ids, lock=True)}
    for id in ids:
        if id not in found:
            raise NotFound(module.singular, id, ("id",))
        if not work.viewer.may("edit", module, found[id]):
            raise Forbidden(module.singular, "edit", ("id",))
        if found[id]["status"] != DRAFT:
            raise Locked(found[id]["number"], ("id",))
    return [found[id] for id in dict.fromkeys(ids)]


async def _parties(
    work: Work, module: Module, kind: Document, held: Iterable[Any]
) -> dict[int, Any]:
    """The customers or suppliers, by id."""
    relation = module.relations[kind.trade.party]
    ids = {row[relation.foreign_key] for row in held}
    rows = await among(work, module.target(relation), "id", ids)
    return {row["id"]: row for row in rows}


async def _items(work: Work, kind: Document, held: Iterable[Any]) -> dict[int, list[Any]]:
    """The item lines by document; headings, notes and subtotals are not posted."""
    found: dict[int, list[Any]] = defaultdict(list)
    if kind.with_lines:
        ids = [row["id"] for row in held]
        for line in await among(work, work.suite["LineItem"], "document_id", ids):
            if lines.is_item(line):
                found[line["document_id"]].append(line)
    return found


async def _last(
    work: Work, module: Module, kind: Document, drafts: Iterable[Draft]
) -> dict[int, Any]:
    """By year, the document that has the last number: none may be dated before it.

    CGI ann. II art. 242 nonies A, I 7°: numbers in a continuous chronological sequence.
    """
    if not kind.in_date_order:
        return {}
    years = sorted({draft.stored[kind.day].year for draft in drafts})
    latest = [
        await numbering.latest(work.connection, work.viewer.company_id, module, year)
        for year in years
    ]
    given = [number for number in latest if number is not None]
    return {row[kind.day].year: row for row in await among(work, module, "number", given)}


def _problems(
    module: Module, kind: Document, draft: Draft, books: Books, last: Mapping[int, Any]
) -> list[Problem]:
    """All that stands against posting the document, by its own fields."""
    stored, found = draft.stored, []
    label = module.columns[kind.day].label
    day: date = stored[kind.day]

    def refuse(name: str, key: str, code: ErrorCode = ErrorCode.INVALID, **params: object) -> None:
        found.append(Problem((name,), code, key, params))

    if draft.party is None:
        party = module.relations[kind.trade.party]
        refuse(
            party.name,
            "no_such_target",
            ErrorCode.NOT_FOUND,
            label=party.label,
            id=str(stored[party.foreign_key]),
        )
    if kind.with_lines and not draft.items:
        refuse("line_items", "no_items", label=module.suite["LineItem"].plural)
    if not kind.with_lines and stored[kind.total] <= 0:
        refuse(kind.total, "not_positive", label=module.columns[kind.total].label)
    journal = books.known_journal(kind.journal(stored))
    closed = books.refusal(day, journal, (kind.day,), label)
    if closed is not None:
        found.append(closed)
    latest = last.get(day.year)
    if latest is not None and day < latest[kind.day]:
        refuse(
            kind.day, "before_the_last", label=label, last=latest["number"], day=latest[kind.day]
        )
    return found


async def _number(work: Work, module: Module, kind: Document, drafts: Sequence[Draft]) -> None:
    """Give the drafts, in the order of their dates, the next numbers of their years."""
    company = work.viewer.company_id
    for year, own in _grouped(drafts, lambda draft: draft.stored[kind.day].year).items():
        given = await numbering.numbers(work.connection, company, module, year, len(own))
        for draft, number in zip(own, given, strict=True):
            draft.number = number


def _locking(kind: Document, draft: Draft) -> Edit:
    values = {"number": draft.number, **kind.opening(draft.stored)}
    titles = {kind.trade.party: draft.party["title"]}
    return Edit(draft.stored, values, titles, Operation.FINALISED)


async def _post(work: Work, kind: Document, drafts: Sequence[Draft], books: Books) -> None:
    """Write the entries of all documents, a set a document."""
    owner = await owners(work, (draft.stored for draft in drafts))
    postings = []
    for draft in drafts:
        legs = kind.legs(draft.stored, draft.items)
        if legs:
            day = draft.stored[kind.day]
            common = {"owner": owner[draft.id], **_said(work.suite[kind.module], kind, draft)}
            entries = [
                entry(
                    await books.account(leg.account),
                    leg.amount,
                    tax_rate=leg.tax_rate_id,
                    **(_third_party(kind, draft) if leg.third_party else {}),
                )
                for leg in legs
            ]
            journal = await books.journal(kind.journal(draft.stored))
            postings.append(Posting(journal, await books.year(day), day, common, entries))
    await post(work, postings)


def _said(module: Module, kind: Document, draft: Draft) -> dict[str, Any]:
    """What all entries of a set say."""
    return {
        "document_reference": draft.number,
        "document_date": draft.stored[kind.day],
        "label": f"{module.singular.fr} {draft.number} {draft.party['title']}"[:300],
        "currency": draft.stored["currency"],
        module.declared.table_name: draft.id,
    }


def _third_party(kind: Document, draft: Draft) -> dict[str, Any]:
    """To whom an entry belongs, and when it is due."""
    due = draft.stored[kind.due] if kind.due else None
    return {**named(kind.trade.party, draft.party), "due_on": due}


def _grouped(drafts: Iterable[Draft], key: Callable[[Draft], Any]) -> dict[Any, list[Draft]]:
    """The drafts by key, keys in order, each group in the order it had."""
    found: dict[Any, list[Draft]] = defaultdict(list)
    for draft in drafts:
        found[key(draft)].append(draft)
    return dict(sorted(found.items()))
