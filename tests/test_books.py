"""The books stay right whatever is done: every number agrees with the entries after every action.

Sequences of actions are made at random, and done both by the service and by a bookkeeper in plain
Python (tests/bookkeeper.py), who says what is refused and what everything is afterwards. A large
run is kept in docs/evidence/books.txt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, Final

from hypothesis import event, given
from hypothesis import strategies as st

from db import posting
from db.declare import snake_case
from db.errors import FichesError
from db.lines import cents
from db.posting import DOCUMENTS
from db.writing import Saved, Work
from tests.bookkeeper import ZERO, Bookkeeper, Nets, Paper
from tests.client import Client, World
from tests.properties import examples, made
from tests.replay import untold

TRADES: Final = ("Customer", "Supplier")
KINDS: Final = ("invoice", "invoice", "credit_note", "payment", "refund")
DAYS: Final = (date(2025, 12, 30), date(2026, 2, 10), date(2026, 2, 11), date(2026, 3, 10))
RATES: Final = (Decimal("0"), Decimal("5.5"), Decimal("20"))

COUNTER: Final = count(1)

Act = Callable[..., Awaitable[Saved]]

few = st.integers(0, 99)
amounts = st.sampled_from([Decimal(n) for n in ("10", "20", "100")]) | st.integers(1, 9_999).map(
    lambda value: Decimal(value).scaleb(-2)
)
days = st.sampled_from(DAYS)
nets = st.dictionaries(st.sampled_from(RATES), amounts, min_size=1, max_size=2)
papers = st.tuples(
    st.sampled_from(TRADES),
    st.sampled_from(KINDS),
    st.sampled_from((0, 0, 0, 1)),
    st.sampled_from(("EUR", "EUR", "EUR", "USD")),
    days,
    nets,
)


def step(action: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(action), *arguments)


issues = st.lists(step("issue", papers), min_size=5, max_size=12)
steps = st.lists(
    st.one_of(
        step("match", few),
        step("match", few),
        step("match", few),
        step("allocate", few, st.none() | amounts),
        step("allocate", few, amounts),
        step("credit", few, st.sampled_from((2, 3, 4))),
        step("credit", few, st.sampled_from((2, 3, 4))),
        step("undo", few),
        step("undo", few),
        step("cancel", few, st.just(DAYS[-1])),
        step("cancel", few, days),
        step("issue", papers),
        step("draft", papers),
        step("draft", papers),
        step("edit", few, nets),
        step("delete", few),
        step("validate", few),
        step("by_hand", st.integers(0, 1), amounts),
    ),
    min_size=6,
    max_size=24,
)


@examples(8)
@given(issues, steps)
async def test_the_books_are_right_whatever_is_done(
    world: World, issued: list[Any], done: list[Any]
) -> None:
    office = await Office.opened(await world.company())

    for action, *arguments in (*issued, *done):
        await getattr(office, action)(*arguments)
        await office.agree()
    assert await untold(office.client) == []


class Office:
    """The service and the bookkeeper side by side, who must agree on what is refused."""

    def __init__(self, client: Client, ids: dict[str, list[int]]) -> None:
        self.client = client
        self.ids = ids
        self.book = Bookkeeper()

    @classmethod
    async def opened(cls, client: Client) -> Office:
        names = [{"name": "Dupont"}, {"name": "Durand"}]
        years = [
            {"name": f"{year}", "starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31"}
            for year in (2025, 2026)
        ]
        rows: dict[str, list[dict[str, Any]]] = {
            "CustomerAccount": names,
            "Supplier": names,
            "LedgerAccount": [{"account_number": each, "name": each} for each in ("411", "401")],
            "FiscalYear": years,
            "Journal": [{"code": "OD", "name": "Divers", "journal_type": "general"}],
        }
        return cls(client, {name: await made(client, name, each) for name, each in rows.items()})

    # What is done

    async def draft(self, given: tuple[Any, ...]) -> Paper:
        trade, kind, party, currency, day, nets = given
        sign = (1 if kind in ("invoice", "refund") else -1) * (1 if trade == "Customer" else -1)
        role = "payment" if kind == "refund" else kind
        parties = self.ids["CustomerAccount" if trade == "Customer" else "Supplier"]
        paper = Paper(trade, role, 0, parties[party], currency, day, sign, netted(role, nets))
        saved = await self._accepted(Work.create, paper.module, written(paper, kind))
        assert saved is not None
        paper.id = saved.id
        self.book.papers.append(paper)
        return paper

    async def issue(self, given: tuple[Any, ...]) -> None:
        await self._validate(await self.draft(given))

    async def edit(self, at: int, nets: Nets) -> None:
        for paper in self._paper(at):
            nets = netted(paper.role, nets)
            given = amounts_of(paper.role, nets)
            done = await self._accepted(Work.update, paper.module, paper.id, given)
            assert (done is not None) == (paper.status == "draft")
            if done:
                paper.nets = nets

    async def delete(self, at: int) -> None:
        for paper in self._paper(at):
            done = await self._accepted(Work.delete, paper.module, paper.id)
            assert (done is not None) == (paper.status == "draft")
            if done:
                self.book.papers.remove(paper)

    async def validate(self, at: int) -> None:
        for paper in self._paper(at):
            await self._validate(paper)

    async def allocate(self, at: int, amount: Decimal | None) -> None:
        """Allocate any two documents that an allocation can join."""
        pairs = self._pairs()
        if pairs:
            await self._allocate(*pairs[at % len(pairs)], amount)

    async def match(self, at: int) -> None:
        """Allocate two documents that go together, where there are such."""
        pairs = [pair for pair in self._pairs() if self.book.may_allocate(*pair, None)]
        if pairs:
            await self._allocate(*pairs[at % len(pairs)], None)

    async def credit(self, at: int, part: int) -> None:
        """Settle a part of an invoice by a credit note for it."""
        invoices = [each for each in self.book.papers if each.role == "invoice" and each.open]
        for one in invoices[at % len(invoices) :][:1] if invoices else ():
            parties = self.ids["CustomerAccount" if one.trade == "Customer" else "Supplier"]
            nets = {rate: cents(net / part) for rate, net in one.nets.items()}
            given = (
                one.trade,
                "credit_note",
                parties.index(one.party),
                one.currency,
                DAYS[-1],
                nets,
            )
            note = await self.draft(given)
            await self._validate(note)
            await self._allocate(note, one, None)

    async def undo(self, at: int) -> None:
        if self.book.matches:
            match = self.book.matches[at % len(self.book.matches)]
            module = f"{match.first.trade}PaymentAllocation"
            done = await self._accepted(posting.undo, module, match.id)
            assert (done is not None) == self.book.may_undo(match)
            if done:
                self.book.undo(match)

    async def cancel(self, at: int, on: date) -> None:
        cancelled = [each for each in self.book.papers if each.role != "credit_note"]
        for paper in cancelled[at % len(cancelled) :][:1] if cancelled else ():
            if paper.role == "payment":
                done = await self._cancelled(posting.cancel_payment, paper, on)
                assert done == self.book.may_cancel_payment(paper, on)
                if done:
                    self.book.cancel_payment(paper)
            if paper.role == "invoice":
                done = await self._cancelled(posting.cancel_invoice, paper, on)
                assert done == self.book.may_cancel_invoice(paper, on)
                if done:
                    self.book.cancel_invoice(paper, *await self._credit(paper), on)

    async def by_hand(self, party: int, amount: Decimal) -> None:
        """Type an entry of a customer and a supplier twice; reverse the second."""
        customer, supplier = self.ids["CustomerAccount"][party], self.ids["Supplier"][party]
        receivable, payable = self.ids["LedgerAccount"]
        draft = {
            "label": "À la main",
            "entry_date": "2026-03-10",
            "journal": self.ids["Journal"][0],
            "fiscal_year": self.ids["FiscalYear"][1],
        }
        lines = [
            {"ledger_account": receivable, "debit": amount, "account": customer},
            {"ledger_account": payable, "credit": amount, "supplier": supplier},
        ]
        for reversed_ in (False, True):
            entry = await self._accepted(Work.create, "ManualEntry", draft)
            assert entry is not None
            assert await self._accepted(posting.post_manual, "ManualEntry", entry.id, lines)
            if reversed_:
                assert await self._accepted(posting.reverse_manual, "ManualEntry", entry.id)
        self.book.by_hand[customer] += amount
        self.book.by_hand[supplier] -= amount

    async def _validate(self, paper: Paper) -> None:
        done = await self._accepted(posting.validate, paper.module, paper.id)
        assert (done is not None) == self.book.may_validate(paper)
        if done:
            self.book.validate(paper)

    def _pairs(self) -> list[tuple[Paper, Paper]]:
        order = ("credit_note", "payment", "invoice")
        return [
            (one, other)
            for one in self.book.papers
            for other in self.book.papers
            if one.trade == other.trade and order.index(one.role) < order.index(other.role)
        ]

    async def _allocate(self, first: Paper, second: Paper, amount: Decimal | None) -> None:
        joined = {first.role: first.id, second.role: second.id}
        module = f"{first.trade}PaymentAllocation"
        done = await self._accepted(posting.allocate, module, joined, amount)
        assert (done is not None) == self.book.may_allocate(first, second, amount)
        if done:
            self.book.allocate(done.id, first, second, amount)

    async def _cancelled(self, act: Act, paper: Paper, on: date) -> bool:
        more = {"supplier_credit_note_number": f"A-{paper.id}"}
        supplied = more if paper.module == "SupplierInvoice" else {}
        given = {"reason": "Erreur", "on": on, **supplied}
        return await self._accepted(act, paper.module, paper.id, **given) is not None

    async def _credit(self, paper: Paper) -> tuple[int, int]:
        """The credit note that cancelled an invoice, and its allocation."""
        table = snake_case(paper.module.replace("Invoice", "CreditNote"))
        note = await self._value(f"SELECT max(id) FROM {table} WHERE invoice_id = $1", paper.id)
        allocations = snake_case(f"{paper.trade}PaymentAllocation")
        match = await self._value(
            f"SELECT id FROM {allocations} WHERE credit_note_id = $1 AND invoice_id = $2",
            note,
            paper.id,
        )
        return note, match

    def _paper(self, at: int) -> list[Paper]:
        """One of the documents, where there are any; drafts rather than others."""
        drafts = [each for each in self.book.papers if each.status == "draft"]
        papers = [*drafts * 3, *self.book.papers]
        return [papers[at % len(papers)]] if papers else []

    async def _accepted(self, act: Act, module: str, *given: Any, **more: Any) -> Saved | None:
        """What an action gives; None where the service refuses it."""
        known = self.client.suite[module]
        try:
            async with Work(self.client.world.database, await self.client.viewer()) as work:
                saved: Saved = await act(work, known, *given, **more)
        except FichesError:
            event(f"{act.__name__}: refused")
            return None
        event(f"{act.__name__}: done")
        return saved

    async def _value(self, statement: str, *arguments: Any) -> Any:
        return await self.client.world.database.pool.fetchval(statement, *arguments)

    async def _rows(self, table: str, columns: str = "*") -> list[Any]:
        """The rows of a table that are not deleted, by id."""
        found: list[Any] = await self.client.world.database.pool.fetch(
            f"SELECT {columns} FROM {table} WHERE company_id = $1 AND deleted_at IS NULL"
            " ORDER BY id",
            self.client.company_id,
        )
        return found

    # What must hold

    async def agree(self) -> None:
        """All that is stored is what the bookkeeper says, and what the entries say."""
        entries = await self._rows("accounting_entry")
        await self._documents_agree()
        await self._parties_agree(entries)
        await self._ledger_agrees(entries)
        await self._lettering_agrees(entries)

    async def _documents_agree(self) -> None:
        stored: dict[int, Any] = {}
        for kind in DOCUMENTS.values():
            names = ("status", kind.total, kind.settled, kind.remainder)
            rows = await self._rows(snake_case(kind.module), f"id, number, {', '.join(names)}")
            stored |= {
                row["id"]: (row["status"], *(row[name] or ZERO for name in names[1:]))
                for row in rows
            }
            without_gap([row["number"] for row in rows if row["status"] != "draft"])
        assert stored == {each.id: each.expected() for each in self.book.papers}

    async def _parties_agree(self, entries: list[Any]) -> None:
        sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
        for each in entries:
            party = each["account_id"] or each["supplier_id"]
            sums[party] += each["debit"] - each["credit"] if party else ZERO
        for table, side in (("customer_account", 1), ("supplier", -1)):
            for row in await self._rows(table, "id, balance_due"):
                id, due = row["id"], side * (row["balance_due"] or ZERO)
                assert due == sums[id] == self.book.balance(id) == self.book.left(id)

    async def _ledger_agrees(self, entries: list[Any]) -> None:
        sets: dict[str, Decimal] = defaultdict(lambda: ZERO)
        moved: dict[int, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
        for each in entries:
            sets[each["entry_number"]] += each["debit"] - each["credit"]
            moved[each["ledger_account_id"]][0] += each["debit"]
            moved[each["ledger_account_id"]][1] += each["credit"]
        assert set(sets.values()) <= {ZERO}
        last = without_gap(sets)
        for row in await self._rows("ledger_account"):
            debit, credit = moved[row["id"]]
            stored = [row[name] or ZERO for name in ("total_debit", "total_credit", "balance")]
            assert stored == [debit, credit, debit - credit]
        for row in await self._rows("journal"):
            years = [year for code, year in last if code == row["code"]]
            following = last[row["code"], max(years)] + 1 if years else None
            assert row["next_entry_number"] == following

    async def _lettering_agrees(self, entries: list[Any]) -> None:
        lettered: dict[str, set[int]] = defaultdict(set)
        for each in entries:
            if each["lettering_code"] is not None:
                assert (each["lettered_on"] is not None) == each["lettering_code"].isupper()
                lettered[each["lettering_code"]].add(document(each))
        assert {frozenset(each): code.isupper() for code, each in lettered.items()} == dict(
            self.book.sets()
        )
        stored = {}
        for trade in TRADES:
            for row in await self._rows(snake_case(f"{trade}PaymentAllocation")):
                stored[row["id"]] = row["amount"]
                joined = {row[f"{role}_id"] for role in ("payment", "credit_note", "invoice")}
                assert joined - {None} <= lettered[row["lettering_code"]]
        assert stored == {each.id: each.amount for each in self.book.matches}


def netted(role: str, nets: Nets) -> Nets:
    """What a payment is of amounts by VAT rate: their sum."""
    return {Decimal("0"): sum(nets.values(), ZERO)} if role == "payment" else nets


def amounts_of(role: str, nets: Nets) -> dict[str, Any]:
    """What a document's amounts are given as."""
    if role == "payment":
        return {"amount": nets[Decimal("0")]}
    lines = [
        {"label": "Conseil", "quantity": "1", "unit_price": net, "vat_rate": rate}
        for rate, net in nets.items()
    ]
    return {"line_items": lines}


def written(paper: Paper, kind: str) -> dict[str, Any]:
    """A document as a client writes it."""
    given: dict[str, Any] = {"currency": paper.currency, **amounts_of(paper.role, paper.nets)}
    given["account" if paper.trade == "Customer" else "supplier"] = paper.party
    if paper.role == "payment":
        kinds = {("payment", "Customer"): "receipt", ("payment", "Supplier"): "payment"}
        payment_kind = kinds.get((kind, paper.trade), "refund")
        return {
            **given,
            "paid_on": paper.day,
            "payment_method": "card",
            "payment_kind": payment_kind,
        }
    given |= {"subject": "Mars", "issued_on": paper.day}
    if paper.role == "invoice":
        given["due_on"] = paper.day
    if paper.trade == "Supplier":
        given[f"supplier_{paper.role}_number"] = f"F-{next(COUNTER)}"
    return given


def without_gap(numbers: Iterable[str]) -> dict[tuple[str, int], int]:
    """The last number of each series and year, `VE-2026-00042`: each has all from 1 on."""
    series: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number in numbers:
        code, year, value = number.split("-")
        series[code, int(year)].append(int(value))
    for values in series.values():
        assert sorted(values) == list(range(1, len(values) + 1))
    return {key: len(values) for key, values in series.items()}


def document(entry: Any) -> int:
    """What an entry was posted for."""
    names = (f"{snake_case(name)}_id" for name in DOCUMENTS)
    id: int = next(entry[name] for name in names if entry[name] is not None)
    return id
