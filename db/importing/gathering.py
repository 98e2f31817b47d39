"""The line items of each document, from a file that holds those of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from db.importing.reading import CsvFile, Row
from db.importing.templates import Source


class Gathered:
    """Hands out the rows of one document after another.

    The file is read twice: once to count the rows of each document, once to hand them out. Rows of
    documents not asked for yet wait in memory: none where both files are in the same order.
    """

    def __init__(self, file: CsvFile, by: Source) -> None:
        self._by = by
        self._counts = Counter(by.fill(row.cells) for row in file)
        self._rows = iter(file)
        self._held: dict[str, list[Row]] = {}

    def of(self, key: str) -> list[Row]:
        """The rows of one document, in the order of the file; asked for once."""
        count = self._counts.pop(key, 0)
        found = self._held.pop(key, [])
        while len(found) < count:
            row = next(self._rows)
            other = self._by.fill(row.cells)
            if other == key:
                found.append(row)
            else:
                self._held.setdefault(other, []).append(row)
        return found

    def rest(self) -> Iterator[Row]:
        """The rows that no document asked for."""
        for rows in self._held.values():
            yield from rows
        yield from self._rows
