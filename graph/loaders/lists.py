"""Pages and aggregates of lists, for every parent at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from db import reading
from db.grouping import Group, Grouping
from db.lines import Totals
from db.listings import Measure
from db.paging import Slice
from db.reading import Fetches, Page, Wanted
from db.suite import Module
from graph.loaders.batch import Loader

Parent = int
"""The id of the record a list hangs on; ROOT for the one list without."""

ROOT: Final = 0
"""No record has this id, and a loader takes no None for a key."""


class PageOf(Loader[Parent, Page]):
    """A page of one list for each parent; an empty one for parents that have nothing in it."""

    def __init__(self, reader: Fetches, wanted: Wanted, part: Slice) -> None:
        super().__init__(reader)
        self.wanted, self.part = wanted, part

    async def batch_load_fn(self, keys: Sequence[Parent]) -> list[Page]:
        found = await reading.pages(self.reader, self.wanted, self.part, _parents(keys))
        return [found[key or None] for key in keys]


class MeasureOf(Loader[tuple[Parent, Measure], Any]):
    """Aggregates over whole lists, by parent and measure: all that are asked, in one statement."""

    def __init__(self, reader: Fetches, wanted: Wanted) -> None:
        super().__init__(reader)
        self.wanted = wanted

    async def batch_load_fn(self, keys: Sequence[tuple[Parent, Measure]]) -> list[Any]:
        parents = _parents(list(dict.fromkeys(parent for parent, _ in keys)))
        measures = [measure for _, measure in keys]
        found = await reading.aggregates(self.reader, self.wanted, measures, parents)
        return [found[parent or None][measure] for parent, measure in keys]


class GroupsOf(Loader[tuple[Parent, tuple[Measure, ...]], list[Group]]):
    """The groups of whole lists, by parent and the measures wanted of each group: in one statement
    with all the measures that anyone wants.
    """

    def __init__(self, reader: Fetches, wanted: Wanted, grouping: Grouping, size: int) -> None:
        super().__init__(reader)
        self.wanted, self.grouping, self.size = wanted, grouping, size

    async def batch_load_fn(
        self, keys: Sequence[tuple[Parent, tuple[Measure, ...]]]
    ) -> list[list[Group]]:
        parents = _parents(list(dict.fromkeys(parent for parent, _ in keys)))
        measures = {measure for _, wanted in keys for measure in wanted}
        found = await reading.groups(
            self.reader, self.wanted, self.grouping, self.size, measures, parents
        )
        return [found[parent or None] for parent, _ in keys]


class TotalsOf(Loader[int, Totals]):
    """The totals of documents, by VAT rate too; zero for those without lines."""

    def __init__(self, reader: Fetches, part: Module) -> None:
        super().__init__(reader)
        self.part = part

    async def batch_load_fn(self, keys: Sequence[int]) -> list[Totals]:
        found = await reading.totals_of(self.reader, self.part, keys)
        return [found[key] for key in keys]


def _parents(keys: Sequence[Parent]) -> list[int] | None:
    return None if ROOT in keys else list(keys)
