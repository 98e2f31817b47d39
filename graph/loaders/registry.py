"""The loaders of one operation (of one field, for mutations), made on first use."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from db.grouping import Grouping
from db.paging import Slice
from db.reading import Fetches, Wanted
from db.shares import Kind
from db.suite import Module, Suite
from graph.loaders.conversions import LeftOf
from graph.loaders.counts import CountOf, UsageOf
from graph.loaders.lists import GroupsOf, MeasureOf, PageOf, TotalsOf
from graph.loaders.records import (
    ChangeById,
    ColleagueById,
    CommentById,
    CompanyById,
    KeptById,
    PrincipalById,
    RecordById,
    RegisteredById,
    TagById,
    TagsOf,
)
from graph.loaders.recycling import DeletedBy, HeldBy, StatusOf
from graph.loaders.saved_lists import DefaultListOf, SavedListById
from graph.loaders.shares import SharesOf


class Loaders:
    """Equal questions share a loader, and so their answer."""

    def __init__(self, reader: Fetches, suite: Suite) -> None:
        self.reader = reader
        self.suite = suite
        self._records: dict[Module, RecordById] = {}
        self._pages: dict[tuple[Wanted, Slice], PageOf] = {}
        self._measures: dict[Wanted, MeasureOf] = {}
        self._groups: dict[tuple[Wanted, Grouping, int], GroupsOf] = {}
        self._left: dict[Module, LeftOf] = {}
        self._shares: dict[Kind, SharesOf] = {}
        self.documents: dict[int, Any] = {}
        """Rows of documents whose lines are being read, by id: what they hold needs no reading."""

    def record(self, module: Module) -> RecordById:
        if module not in self._records:
            self._records[module] = RecordById(self.reader, module)
        return self._records[module]

    def page(self, wanted: Wanted, part: Slice) -> PageOf:
        key = (wanted, part)
        if key not in self._pages:
            self._pages[key] = PageOf(self.reader, wanted, part)
        return self._pages[key]

    def measure(self, wanted: Wanted) -> MeasureOf:
        if wanted not in self._measures:
            self._measures[wanted] = MeasureOf(self.reader, wanted)
        return self._measures[wanted]

    def groups(self, wanted: Wanted, grouping: Grouping, size: int) -> GroupsOf:
        key = (wanted, grouping, size)
        if key not in self._groups:
            self._groups[key] = GroupsOf(self.reader, wanted, grouping, size)
        return self._groups[key]

    def left(self, module: Module) -> LeftOf:
        if module not in self._left:
            self._left[module] = LeftOf(self.reader, module)
        return self._left[module]

    def shares(self, kind: Kind) -> SharesOf:
        if kind not in self._shares:
            self._shares[kind] = SharesOf(self.reader, kind)
        return self._shares[kind]

    @cached_property
    def registered(self) -> RegisteredById:
        return RegisteredById(self.reader, self.suite)

    @cached_property
    def kept(self) -> KeptById:
        return KeptById(self.reader, self.suite)

    @cached_property
    def principal(self) -> PrincipalById:
        return PrincipalById(self.reader)

    @cached_property
    def colleague(self) -> ColleagueById:
        return ColleagueById(self.reader)

    @cached_property
    def company(self) -> CompanyById:
        return CompanyById(self.reader)

    @cached_property
    def comment(self) -> CommentById:
        return CommentById(self.reader)

    @cached_property
    def change(self) -> ChangeById:
        return ChangeById(self.reader)

    @cached_property
    def count(self) -> CountOf:
        return CountOf(self.reader)

    @cached_property
    def status(self) -> StatusOf:
        return StatusOf(self.reader, self.suite)

    @cached_property
    def held(self) -> HeldBy:
        return HeldBy(self.reader, self.suite)

    @cached_property
    def deleted_by(self) -> DeletedBy:
        return DeletedBy(self.reader)

    @cached_property
    def usage(self) -> UsageOf:
        return UsageOf(self.reader)

    @cached_property
    def tag(self) -> TagById:
        return TagById(self.reader)

    @cached_property
    def tags(self) -> TagsOf:
        return TagsOf(self.reader)

    @cached_property
    def saved_list(self) -> SavedListById:
        return SavedListById(self.reader, self.suite)

    @cached_property
    def default_list(self) -> DefaultListOf:
        return DefaultListOf(self.reader, self.suite)

    @cached_property
    def totals(self) -> TotalsOf:
        return TotalsOf(self.reader, self.suite["LineItem"])
