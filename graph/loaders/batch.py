"""The base of every loader: keys gathered in one turn of the event loop are read together."""

from __future__ import annotations

from asyncio import Future, shield
from typing import Generic, TypeVar

from aiodataloader import DataLoader

from db.reading import Fetches
from graph.metrics import BATCHES

Key = TypeVar("Key")
Value = TypeVar("Value")

LARGEST = 50_000
"""Keys in a batch: as many as one operation may ask for. They travel as one array parameter."""


class Loader(DataLoader[Key, Value], Generic[Key, Value]):
    """Reads through one operation's reader, and lives no longer."""

    max_batch_size = LARGEST

    def __init__(self, reader: Fetches) -> None:
        read = self.batch_load_fn
        sizes = BATCHES.labels(type(self).__name__)

        async def counted(keys: list[Key]) -> list[Value]:
            sizes.observe(len(keys))
            return await read(keys)

        super().__init__(counted)
        self.reader = reader

    def load(self, key: Key) -> Future[Value]:
        """What is read for the key. Whoever waits for it may be cancelled, because a field beside
        it failed: others wait for the same.
        """
        return shield(super().load(key))
