"""CSV files as they come: encoding, delimiter and decimal sign found out, rows streamed.

Nothing is guessed silently: what was found is in the report, and a mapping may declare it. A file
is read once when it is opened, so that what cannot be read is told before anything is written.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from charset_normalizer import from_bytes

from db.formulas import unsafe
from db.start_errors import StartError

DELIMITERS: Final = (",", ";", "\t", "|", "^")
ENCODINGS: Final = ["cp1252", "mac_roman", "cp850", "cp437"]
"""What French files come as where it is not Unicode; cp1252 unless another fits better."""
SAMPLE: Final = 256 * 1024
BLOCK: Final = 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One row: the `line` it starts at (the header is line 1), its cells by column.

    `fault` says what is wrong with the row as such, or is empty.
    """

    file: str
    line: int
    cells: Mapping[str, str]
    fault: str = ""


@dataclass(frozen=True)
class CsvFile:
    """An opened file: how it is written, its columns, how many rows it has. Iterates over them."""

    path: Path
    encoding: str
    delimiter: str
    decimal: str
    header: tuple[str, ...]
    rows: int
    exported: bool = False
    """Whether apostrophes stand before what would be formulas: see db/formulas.py."""

    @property
    def name(self) -> str:
        return self.path.name

    def __iter__(self) -> Iterator[Row]:
        width = len(self.header)
        for line, cells in _records(self.path, self.encoding, self.delimiter):
            fault = "" if len(cells) == width else f"{len(cells)} cells, the header has {width}"
            if self.exported:
                cells = [unsafe(cell) for cell in cells]
            yield Row(self.name, line, dict(zip(self.header, cells, strict=False)), fault)


def opened(
    path: Path,
    encoding: str = "",
    delimiter: str = "",
    decimal: str = "",
    *,
    exported: bool = False,
) -> CsvFile:
    """The file, with what is not declared found out. Raises StartError where it cannot be read."""
    try:
        encoding = encoding or found_encoding(path)
        with path.open("rb") as file:
            sample = codecs.getincrementaldecoder(encoding)().decode(file.read(SAMPLE))
        delimiter = delimiter or found_delimiter(sample)
        decimal = decimal or found_decimal(sample, delimiter)
        header = _header(path, encoding, delimiter)
        rows = sum(1 for _ in _records(path, encoding, delimiter))
    except FileNotFoundError:
        raise StartError(f"{path} is not there", "put the file into the folder") from None
    except UnicodeError:
        raise StartError(
            f"{path.name} is not written in {encoding}", "declare its encoding in the mapping"
        ) from None
    except LookupError:
        raise StartError(
            f"{path.name}: {encoding} is no encoding", "write it like utf-8 or cp1252"
        ) from None
    except (OSError, csv.Error) as error:
        raise StartError(f"{path.name} cannot be read ({error})", "correct the file") from None
    return CsvFile(path, encoding, delimiter, decimal, header, rows, exported)


def found_encoding(path: Path) -> str:
    """UTF-8 where the whole file is, UTF-16 where it says so, else the likeliest older one."""
    sample = b""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if not sample and block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                return "utf-16"
            sample = sample or block[:SAMPLE]
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                # The sample must hold what is not ASCII: only that tells encodings apart.
                at = max(0, error.start - SAMPLE // 2)
                best = from_bytes(block[at : at + SAMPLE], cp_isolation=ENCODINGS).best()
                return best.encoding if best else ENCODINGS[0]
    return "utf-8-sig" if sample.startswith(codecs.BOM_UTF8) else "utf-8"


def found_delimiter(sample: str) -> str:
    """The delimiter by which most of the first rows are as wide as the header."""
    lines = sample.splitlines(keepends=True)[:100]

    def fit(delimiter: str) -> tuple[int, int]:
        widths = [len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells]
        if not widths or widths[0] == 1:
            return (0, 0)
        return (Counter(widths)[widths[0]], widths[0])

    return max(DELIMITERS, key=fit)


def found_decimal(sample: str, delimiter: str) -> str:
    """A comma where cells write more decimals after commas than after points, else a point."""
    cells = [
        cell.strip()
        for row in csv.reader(sample.splitlines()[:1000], delimiter=delimiter)
        for cell in row
    ]
    commas = sum(1 for cell in cells if re.fullmatch(r"-?\d[\d\s.]*,\d+", cell))
    points = sum(1 for cell in cells if re.fullmatch(r"-?\d[\d\s,]*\.\d+", cell))
    return "," if commas > points else "."


def _header(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    with path.open(encoding=encoding, newline="") as file:
        first = next(csv.reader(file, delimiter=delimiter, strict=True), [])
    header = tuple(name.strip() for name in first)
    twice = [name for name, count in Counter(header).items() if count > 1]
    if not header:
        raise StartError(f"{path.name} is empty", "its first line must name the columns")
    if twice:
        raise StartError(f"{path.name} has two columns “{twice[0]}”", "rename one of them")
    return header


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows after the header, each with the line it starts at; blank lines are passed over."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        next(reader, None)
        start = reader.line_num + 1
        try:
            for cells in reader:
                if any(cells):
                    yield start, cells
                start = reader.line_num + 1
        except csv.Error as error:
            raise csv.Error(f"line {start}: {error}") from None
