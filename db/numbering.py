"""Numbers of records: `CLI-00001`, `DEV-2026-00042`; gap-free, as the law wants for invoices.

The last number of a series is a locked row: it is given in the transaction that writes its record,
so a number is lost with it and never skipped (CGI ann. II art. 242 nonies A: a unique number, in
a continuous chronological sequence). Accounting documents take theirs at validation; a draft's is
provisional.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from db.suite import Module
from db.tables import record_ids

DIGITS = 5

NEXT = """
INSERT INTO counter (company_id, series, value) VALUES ($1, $2, $3)
ON CONFLICT (company_id, series) DO UPDATE SET value = counter.value + EXCLUDED.value
RETURNING value
"""
IDENTIFY = f"""
WITH taken AS ({NEXT})
SELECT value, ARRAY(SELECT nextval('{record_ids.name}') FROM generate_series(1, $3)) AS ids
FROM taken
"""
LAST = "SELECT value FROM counter WHERE company_id = $1 AND series = $2"


def yearly(module: Module) -> bool:
    """Whether the module's numbers start anew each year: those of documents do."""
    return module.declared.lines or module.declared.accounting


def provisional(module: Module, id: int) -> str:
    return f"{module.declared.prefix}-PROV-{id}"


async def numbers(
    connection: Any, company_id: int, module: Module, year: int, count: int = 1
) -> list[str]:
    """The next `count` numbers of the module, in order. Locks the series until the commit."""
    series = series_of(module, year)
    return written(series, await take(connection, company_id, series, count))


async def identify(
    connection: Any, company_id: int, module: Module, year: int, count: int
) -> list[tuple[int, str]]:
    """Ids, ascending, and numbers of as many new records. Locks the series until the commit."""
    series = series_of(module, year)
    row = await connection.fetchrow(IDENTIFY, company_id, series, count)
    taken = range(row["value"] - count + 1, row["value"] + 1)
    return list(zip(row["ids"], written(series, taken), strict=True))


def series_of(module: Module, year: int) -> str:
    prefix = module.declared.prefix
    return f"{prefix}-{year}" if yearly(module) else prefix


def written(series: str, values: Iterable[int]) -> list[str]:
    return [f"{series}-{value:0{DIGITS}d}" for value in values]


async def take(connection: Any, company_id: int, series: str, count: int = 1) -> range:
    """The next `count` values of any series. Locks it until the commit."""
    last = await connection.fetchval(NEXT, company_id, series, count)
    return range(last - count + 1, last + 1)


async def latest(connection: Any, company_id: int, module: Module, year: int) -> str | None:
    """The last number given of the module's series of that year; None where none was."""
    series = f"{module.declared.prefix}-{year}"
    value = await connection.fetchval(LAST, company_id, series)
    return f"{series}-{value:0{DIGITS}d}" if value else None
