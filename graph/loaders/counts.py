"""Counts of tabs."""

from __future__ import annotations

from collections.abc import Sequence

from db.counting import Count, counts, usages
from db.suite import Tab
from graph.loaders.batch import Loader


class CountOf(Loader[tuple[Tab, int], Count]):
    """How many neighbours stand in a tab of a record: by tab and the record's id.

    All tabs of all records, of whatever modules, are one statement.
    """

    async def batch_load_fn(self, keys: Sequence[tuple[Tab, int]]) -> list[Count]:
        asked: dict[Tab, list[int]] = {}
        for tab, id in keys:
            asked.setdefault(tab, []).append(id)
        found = await counts(self.reader, asked)
        return [found[key] for key in keys]


class UsageOf(Loader[int, Count]):
    """How many records that the viewer sees have a tag, by its id."""

    async def batch_load_fn(self, keys: Sequence[int]) -> list[Count]:
        found = await usages(self.reader, keys)
        return [found[key] for key in keys]
