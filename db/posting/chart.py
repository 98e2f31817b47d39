"""The books of a company: its accounts, journals and fiscal years, found or made.

What a company has not set up is made with the numbers and names of the general chart (PCG, art.
932-1) when first posted to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from db.errors import ErrorCode, Path, Problem
from db.posting.held import among
from db.writing import Work

LONGEST_NUMBER: Final = 8
DAY: Final = timedelta(days=1)

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Account:
    """An account of the general chart; a company may write its number with zeros behind."""

    number: str
    name: str
    account_type: str = "general"
    letterable: bool = False
    bank_reconcilable: bool = False

    @property
    def spellings(self) -> list[str]:
        """`411` and `4110` to `41100000`."""
        sizes = range(len(self.number), LONGEST_NUMBER + 1)
        return [self.number.ljust(size, "0") for size in sizes]


@dataclass(frozen=True)
class Journal:
    """A journal: the company's own of that type serves where none has the code."""

    code: str
    name: str
    journal_type: str


RECEIVABLE: Final = Account("411", "Clients", "receivable", letterable=True)
PAYABLE: Final = Account("401", "Fournisseurs", "payable", letterable=True)
GOODS_SOLD: Final = Account("707", "Ventes de marchandises")
SERVICES_SOLD: Final = Account("706", "Prestations de services")
GOODS_BOUGHT: Final = Account("607", "Achats de marchandises")
SERVICES_BOUGHT: Final = Account("604", "Achats d’études et prestations de services")
OUTPUT_VAT: Final = Account("44571", "TVA collectée", "vat_collected")
INPUT_VAT: Final = Account("44566", "TVA déductible sur autres biens et services", "vat_deductible")
PAY: Final = Account("421", "Personnel – rémunérations dues", "employee", letterable=True)
SUNDRY: Final = Account("467", "Autres comptes débiteurs ou créditeurs")
BANK: Final = Account("512", "Banques", "bank", bank_reconcilable=True)
CASH: Final = Account("530", "Caisse", "cash")

SALES: Final = Journal("VE", "Ventes", "sales")
PURCHASES: Final = Journal("HA", "Achats", "purchases")
BANKING: Final = Journal("BQ", "Banque", "bank")
CASH_DESK: Final = Journal("CA", "Caisse", "cash")
EXPENSES: Final = Journal("NF", "Notes de frais", "expenses")


class Books:
    """The books as they stand, with what posting adds to them."""

    def __init__(self, work: Work, accounts: Iterable[Any], journals: Any, years: Any) -> None:
        self._work = work
        self._accounts: dict[str, int] = {row["account_number"]: row["id"] for row in accounts}
        self._journals: list[Row] = list(journals)
        self._years: list[Row] = list(years)

    @classmethod
    async def read(cls, work: Work, accounts: Iterable[Account]) -> Books:
        """The company's books, of its chart only these `accounts`. Three statements."""
        suite = work.suite
        spelt = [number for account in accounts for number in account.spellings]
        return cls(
            work,
            await among(work, suite["LedgerAccount"], "account_number", spelt),
            await among(work, suite["Journal"], "active", [True, False]),
            await among(work, suite["FiscalYear"], "status", ["open", "closing", "closed"]),
        )

    async def account(self, account: Account) -> int:
        """The id of the company's account, made where there is none."""
        for number in account.spellings:
            if number in self._accounts:
                return self._accounts[number]
        given = {
            "account_number": account.number,
            "name": account.name,
            "account_class": f"class_{account.number[0]}",
            "account_type": account.account_type,
            "letterable": account.letterable,
            "bank_reconcilable": account.bank_reconcilable,
        }
        made = await self._make("LedgerAccount", given)
        self._accounts[account.number] = made["id"]
        return self._accounts[account.number]

    async def journal(self, journal: Journal) -> Row:
        """The company's journal (`id`, `code`), made where there is none."""
        found = self.known_journal(journal)
        if found is None:
            given = {
                "code": journal.code,
                "name": journal.name,
                "journal_type": journal.journal_type,
            }
            found = await self._make("Journal", given)
            self._journals.append(found)
        return found

    def known_journal(self, journal: Journal) -> Row | None:
        """The company's journal of that code, else an active one of that type."""
        coded = (row for row in self._journals if row["code"] == journal.code)
        typed = (
            row
            for row in self._journals
            if row["active"] and row["journal_type"] == journal.journal_type
        )
        return next(coded, None) or next(typed, None)

    def journal_by_id(self, id: int) -> Row | None:
        return next((row for row in self._journals if row["id"] == id), None)

    def year_by_id(self, id: int) -> Row | None:
        return next((row for row in self._years if row["id"] == id), None)

    def refusal(
        self,
        day: date,
        journal: Row | None,
        path: Path,
        label: object,
        year: Row | None = None,
    ) -> Problem | None:
        """Why nothing may be posted on `day`, which stands at `path`; None where it may.

        `year` is the fiscal year that covers it, unless given.
        """
        year = year or self.known_year(day)
        if year is not None and year["status"] != "open":
            key, params = "fiscal_year_closed", {"label": label, "day": day, "year": year["name"]}
            return Problem(path, ErrorCode.INVALID, key, params)
        locks = [row.get("locked_until") for row in (year, journal) if row is not None]
        until = max((lock for lock in locks if lock is not None), default=None)
        if until is not None and day <= until:
            params = {"label": label, "day": day, "until": until}
            return Problem(path, ErrorCode.INVALID, "books_locked", params)
        return None

    async def year(self, day: date) -> int:
        """The id of the fiscal year that covers `day`: a calendar year is made where none does.

        It leaves no gap to and has no overlap with a neighbour that begins or ends in that year.
        """
        found = self.known_year(day)
        if found is None:
            before = [row["ends_on"] for row in self._years if row["ends_on"] < day]
            after = [row["starts_on"] for row in self._years if row["starts_on"] > day]
            starts = max([date(day.year, 1, 1), *(ended + DAY for ended in before)])
            ends = min([date(day.year, 12, 31), *(began - DAY for began in after)])
            given = {"name": f"Exercice {day.year}", "starts_on": starts, "ends_on": ends}
            previous = next((r["id"] for r in self._years if r["ends_on"] + DAY == starts), None)
            found = await self._make("FiscalYear", {**given, "previous_year": previous})
            self._years.append({**found, "status": "open"})
        id: int = found["id"]
        return id

    def known_year(self, day: date) -> Row | None:
        """The fiscal year that covers `day`; None where it is still to be made."""
        covering = (row for row in self._years if row["starts_on"] <= day <= row["ends_on"])
        return next(covering, None)

    async def _make(self, name: str, given: Row) -> Row:
        saved = await self._work.create(self._work.suite[name], given, by_service=True)
        return {**given, "id": saved.id, "active": True}
