"""With whom lists and tags are shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.reading import Fetches
from db.shares import Kind, shares
from graph.loaders.batch import Loader


class SharesOf(Loader[int, list[Any]]):
    """The shares of each list or tag, by name; none where there are none, or no such thing."""

    def __init__(self, reader: Fetches, kind: Kind) -> None:
        super().__init__(reader)
        self.kind = kind

    async def batch_load_fn(self, keys: Sequence[int]) -> list[list[Any]]:
        found = await shares(self.reader, self.kind, keys)
        return [found.get(key, []) for key in keys]
