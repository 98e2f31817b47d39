"""Manual entries: sets of entries typed by hand, posted when they balance, undone by a reversal.

Nothing of one changes once it is posted: what is wrong is reversed and typed again. Validating it
says that its entries are final.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from db import numbering
from db.declare import Label
from db.errors import ErrorCode, InvalidInput, Problem
from db.history import Operation
from db.lines import ZERO
from db.lookups import Known, look_up
from db.messages import french
from db.posting import asked
from db.posting.chart import Books
from db.posting.documents import VALIDATED
from db.posting.entries import PARTIES, POSTED, Posting, entry, named, post
from db.posting.held import among, edited, hold_books, owners, refuse_status
from db.posting.reversing import reverse
from db.posting.saving import Edit, save
from db.service import for_company
from db.suite import Module
from db.validation import Checked, check
from db.writing import DRAFT, Saved, Work

REVERSED: Final = "reversed"
LINES: Final = Label("Lignes", "Lines")
LEAST: Final = 2
MOST: Final = 1000
LONGEST: Final = 500

THIRD_PARTIES: Final = "4"
"""The class of accounts that third parties stand on (PCG art. 932-1)."""


async def post_manual(
    work: Work, module: Module, id: int, lines: Sequence[Mapping[str, Any]]
) -> Saved:
    """Post a draft with the lines typed: number it, write its entries, lock it; the manual entry.

    A line says a ledger account, and a debit or a credit; its label is the entry's unless it has
    its own. Whom it names (`account`, `supplier` or `person`) gives its auxiliary account, and owes
    more or less by it. Raises NotFound, Forbidden, and InvalidInput with all that stands against
    it: what is wrong with the second line's debit at `lines.1.debit`.
    """
    await hold_books(work)
    stored = await edited(work, module, id)
    refuse_status(module, stored, (DRAFT,))
    typed = Typed(work.suite["AccountingEntry"], lines)
    typed.judge(await look_up(work, typed.rows))
    with for_company(work):
        books = await Books.read(work, ())
        problems = [*_standing(module, stored, books), *typed.problems]
        if problems:
            raise InvalidInput(problems)
        saved, number = await _finalise(work, module, stored, typed.total("debit"))
        journal = books.journal_by_id(stored["journal_id"])
        assert journal is not None
        owner = await owners(work, [stored])
        common = {
            "owner": owner[id],
            "document_reference": stored["document_reference"] or number,
            "document_date": stored["entry_date"],
            "label": stored["label"],
            "manual_entry": id,
        }
        year, day = stored["fiscal_year_id"], stored["entry_date"]
        await post(work, [Posting(journal, year, day, common, typed.entries())])
    return saved


async def validate_manual(work: Work, module: Module, id: int) -> Saved:
    """Say that a posted entry is final, and its entries with it; the manual entry."""
    await hold_books(work)
    stored = await edited(work, module, id)
    refuse_status(module, stored, (POSTED,))
    entries = work.suite["AccountingEntry"]
    values = {"status": VALIDATED, "validated_on": asked.today(work)}
    with for_company(work):
        rows = await among(work, entries, "manual_entry_id", [id], lock=True)
        await save(work, entries, [Edit(row, values) for row in rows])
        (saved,) = await save(work, module, [Edit(stored, {"status": VALIDATED})])
    return saved


async def reverse_manual(work: Work, module: Module, id: int, on: Any = None) -> Saved:
    """Undo a posted entry by another one, posted with its sides exchanged; the new manual entry.

    `on` is the reversal date that the entry says, else today, unless given.
    """
    await hold_books(work)
    stored = await edited(work, module, id)
    refuse_status(module, stored, (POSTED, VALIDATED))
    day = asked.day(work, on or stored["reversal_on"], stored["entry_date"], stored["number"])
    label = french(f"Extourne de {stored['number']} : {stored['label']}")[:LONGEST]
    with for_company(work):
        owner = await owners(work, [stored])
        common = {"owner": owner[id], "label": label}
        given = {
            **common,
            "entry_date": day,
            "document_reference": stored["document_reference"],
            "entry_type": stored["entry_type"],
            "journal": stored["journal_id"],
            "fiscal_year": await (await Books.read(work, ())).year(day),
            "reversed_entry": id,
        }
        made = await work.create(module, given, by_service=True)
        (row,) = await among(work, module, "id", [made.id], lock=True)
        saved, number = await _finalise(work, module, row, stored["total_debit"])
        said = {
            "document_reference": stored["document_reference"] or number,
            "document_date": day,
            "manual_entry": made.id,
        }
        entries = work.suite["AccountingEntry"]
        written = await among(work, entries, "manual_entry_id", [id])
        await reverse(work, written, day, {**common, **said})
        await save(work, module, [Edit(stored, {"status": REVERSED})])
    return saved


async def _finalise(work: Work, module: Module, stored: Any, total: Decimal) -> tuple[Saved, str]:
    """Number and lock a draft whose debits, and credits, add up to `total`."""
    year = stored["entry_date"].year
    company = work.viewer.company_id
    (number,) = await numbering.numbers(work.connection, company, module, year)
    values = {
        "number": number,
        "status": POSTED,
        "total_debit": total,
        "total_credit": total,
    }
    (saved,) = await save(work, module, [Edit(stored, values, {}, Operation.FINALISED)])
    return saved, number


def _standing(module: Module, stored: Any, books: Books) -> list[Problem]:
    """What stands against posting the entry, whatever its lines."""
    day, found = stored["entry_date"], []
    journal = books.journal_by_id(stored["journal_id"])
    year = books.year_by_id(stored["fiscal_year_id"])
    label = module.columns["entry_date"].label

    def refuse(name: str, key: str, code: ErrorCode = ErrorCode.INVALID, **params: object) -> None:
        found.append(Problem((name,), code, key, params))

    for name, row in (("journal", journal), ("fiscal_year", year)):
        relation = module.relations[name]
        if row is None:
            id = str(stored[relation.foreign_key])
            refuse(name, "no_such_target", ErrorCode.NOT_FOUND, label=relation.label, id=id)
    if journal is not None and not journal["active"]:
        refuse(
            "journal", "inactive", label=module.relations["journal"].label, record=journal["code"]
        )
    if year is not None and not year["starts_on"] <= day <= year["ends_on"]:
        refuse("entry_date", "outside_fiscal_year", label=label, day=day, year=year["name"])
    elif year is not None:
        closed = books.refusal(day, journal, ("entry_date",), label, year)
        found += [closed] if closed is not None else []
    return found


class Typed:
    """The lines of a manual entry as they were typed, and all that is wrong with them.

    `module` is that of accounting entries, whose facts they say.
    """

    def __init__(self, module: Module, lines: Sequence[Mapping[str, Any]]) -> None:
        self.module = module
        self.rows = [
            check(
                module,
                {name: value for name, value in line.items() if value is not None},
                creating=False,
                by_service=True,
                path=("lines", str(position)),
            )
            for position, line in enumerate(lines[:MOST])
        ]
        self.problems: list[Problem] = []
        if len(lines) < LEAST:
            self._refuse(("lines",), "too_few", label=LINES, minimum=LEAST)
        if len(lines) > MOST:
            self._refuse(("lines",), "too_many", argument="lines", maximum=MOST)

    def judge(self, known: Known) -> None:
        """Note what is wrong, now that it is `known` which records the lines name."""
        self._known = known
        for row in self.rows:
            self.problems += row.problems
            self._sides(row)
            self._places(row)
        debit, credit = self.total("debit"), self.total("credit")
        if not self.problems and debit != credit:
            self._refuse(("lines",), "unbalanced", label=LINES, debit=debit, credit=credit)

    def total(self, side: str) -> Decimal:
        return sum((row.values.get(side) or ZERO for row in self.rows), ZERO)

    def entries(self) -> list[dict[str, Any]]:
        """The values of their accounting entries."""
        return [self._entry(row) for row in self.rows]

    def _entry(self, row: Checked) -> dict[str, Any]:
        values = row.values
        amount = (values.get("debit") or ZERO) - (values.get("credit") or ZERO)
        own = {name: values[name] for name in ("label", "due_on") if values.get(name) is not None}
        for name in PARTIES:
            party = self._named(row, name)
            own |= {} if party is None else named(name, party)
        return entry(values["ledger_account_id"], amount, tax_rate=values.get("tax_rate_id"), **own)

    def _named(self, row: Checked, relation: str) -> Any:
        """The record a line names; None where it names none that the viewer sees."""
        fact = self.module.relations[relation]
        id = row.values.get(fact.foreign_key)
        return None if id is None else self._known.get(self.module.target(fact), {}).get(id)

    def _sides(self, row: Checked) -> None:
        """A line has a debit or a credit, and it is more than nil."""
        given = [name for name in ("debit", "credit") if row.values.get(name)]
        labels = [self.module.columns[name].label for name in ("debit", "credit")]
        if len(given) == 2:
            self._refuse((*row.path, "credit"), "not_both", labels=labels)
        elif not given and not row.problems:
            self._refuse((*row.path, "debit"), "one_of", labels=labels)
        for name in given:
            if row.values[name] < 0:
                label = self.module.columns[name].label
                self._refuse((*row.path, name), "not_positive", label=label)

    def _places(self, row: Checked) -> None:
        """Its account is in use; it names one third party at most, on an account for those."""
        ledger = self._named(row, "ledger_account")
        if ledger is not None and not ledger["active"]:
            label = self.module.relations["ledger_account"].label
            self._refuse(
                (*row.path, "ledger_account"), "inactive", label=label, record=ledger["title"]
            )
        parties = [name for name in PARTIES if self._named(row, name) is not None]
        labels = [self.module.relations[name].label for name in parties]
        if len(parties) > 1:
            self._refuse((*row.path, parties[1]), "not_both", labels=labels)
        elif parties and ledger and not ledger["account_number"].startswith(THIRD_PARTIES):
            self._refuse(
                (*row.path, parties[0]), "no_third_party", label=labels[0], record=ledger["title"]
            )

    def _refuse(self, path: tuple[str, ...], key: str, **params: object) -> None:
        self.problems.append(Problem(path, ErrorCode.INVALID, key, params))
