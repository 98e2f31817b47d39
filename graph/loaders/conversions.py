"""What is left to convert of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.conversion.left import Left, left_by_document
from db.reading import Fetches
from db.suite import Module
from graph.loaders.batch import Loader

LeftToConvert = Mapping[str, Sequence[Left]]
"""By the module that lines become, those of which something is left."""


class LeftOf(Loader[int, LeftToConvert]):
    """What is left of one module's documents, by what they become; empty lists for no lines."""

    def __init__(self, reader: Fetches, module: Module) -> None:
        super().__init__(reader)
        self.module = module

    async def batch_load_fn(self, keys: Sequence[int]) -> list[LeftToConvert]:
        found = await left_by_document(self.reader, self.module, keys)
        return [found[key] for key in keys]
