"""Saved lists by id, and the default ones by module."""

from __future__ import annotations

from collections.abc import Sequence

from db import saved_lists
from db.reading import Fetches
from db.saved_lists import SavedList
from db.suite import Suite
from graph.loaders.batch import Loader


class SavedListById(Loader[int, SavedList | None]):
    """Stored lists; None where there is none, or none the viewer may see."""

    def __init__(self, reader: Fetches, suite: Suite) -> None:
        super().__init__(reader)
        self.suite = suite

    async def batch_load_fn(self, keys: Sequence[int]) -> list[SavedList | None]:
        found = await saved_lists.by_id(self.reader, self.suite, keys)
        return [found.get(key) for key in keys]


class DefaultListOf(Loader[str, SavedList]):
    """The viewer's default list of a module, by its name: all records where there is no other."""

    def __init__(self, reader: Fetches, suite: Suite) -> None:
        super().__init__(reader)
        self.suite = suite

    async def batch_load_fn(self, keys: Sequence[str]) -> list[SavedList]:
        found = await saved_lists.defaults(self.reader, self.suite, keys)
        return [found[key] for key in keys]
