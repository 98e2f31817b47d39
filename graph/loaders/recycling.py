"""What deleting and restoring depend on: statuses that lock, and what hangs on records."""

from __future__ import annotations

from collections.abc import Sequence

from db import permission, recycling
from db.reading import Fetches
from db.recycling import Held
from db.suite import Suite
from graph.loaders.batch import Loader


class StatusOf(Loader[int, str | None]):
    """The statuses of records of any module; None where its statuses lock nothing."""

    def __init__(self, reader: Fetches, suite: Suite) -> None:
        super().__init__(reader)
        self.suite = suite

    async def batch_load_fn(self, keys: Sequence[int]) -> list[str | None]:
        found = await permission.statuses(self.reader, self.suite, keys)
        return [found.get(key) for key in keys]


class HeldBy(Loader[int, Held]):
    """How many comments and line items records of any module have."""

    def __init__(self, reader: Fetches, suite: Suite) -> None:
        super().__init__(reader)
        self.suite = suite

    async def batch_load_fn(self, keys: Sequence[int]) -> list[Held]:
        found = await recycling.held(self.reader, self.suite, keys)
        return [found[key] for key in keys]


class DeletedBy(Loader[int, int | None]):
    """Who deleted records of any module; None where nobody did."""

    async def batch_load_fn(self, keys: Sequence[int]) -> list[int | None]:
        found = await recycling.deleted_by(self.reader, keys)
        return [found.get(key) for key in keys]
