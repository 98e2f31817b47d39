"""The JSON of a value, written by PostgreSQL as the service writes it.

Each `Writer` takes SQL of a value and gives SQL of what `concat` takes, never null. Connections
have UTC for their time zone (db/database.py), and PostgreSQL writes days by ISO 8601 unless told
otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

Writer = Callable[[str], str]


def literal(text: str) -> str:
    """Text as SQL writes it."""
    assert "\\" not in text
    return "'" + text.replace("'", "''") + "'"


def bare(value: str) -> str:
    """A number or a boolean."""
    return f"coalesce({value}::text, 'null')"


def small(value: str) -> str:
    """A whole number that may be too large for GraphQL's Int, at which the statement fails."""
    return bare(f"{value}::integer")


def quoted(value: str) -> str:
    """What is written without a character that JSON escapes."""
    return f"coalesce('\"' || {value} || '\"', 'null')"


def string(value: str) -> str:
    """Any text, as a value of type json: it is only put together with others."""
    return f"coalesce(to_json({value}), 'null')"


def moment(value: str) -> str:
    """With microseconds where there are any."""
    written = f'to_char({value}, \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')'
    return quoted(f"replace({written}, '.000000Z', 'Z')")


def exact(value: str) -> str:
    """A decimal without its trailing zeros."""
    return quoted(f"trim_scale({value})::text")


def price(value: str) -> str:
    """A decimal without its trailing zeros beyond the second decimal."""
    return quoted(f"round({value}, greatest(min_scale({value}), 2))::text")


def one_of(named: Mapping[str, str]) -> Writer:
    """A value among those of an enumeration, by its name; another one fails the statement."""

    cases = " ".join(
        f"WHEN {literal(stored)} THEN {literal(chr(34) + name + chr(34))}"
        for stored, name in named.items()
    )

    def writer(value: str) -> str:
        # It hangs on the value, or the planner would work it out, and fail, before there is one.
        failing = f"(1 / (length({value}) - length({value})))::text"
        known = f"CASE {value} {cases} ELSE {failing} END"
        return f"CASE WHEN {value} IS NULL THEN 'null' ELSE {known} END"

    return writer


BY_KIND: Final[Mapping[str, Writer]] = {
    "DateTime": moment,
    "Decimal": exact,
    "Percent": exact,
    "UnitPrice": price,
}
"""Of kinds whose values are not answered as they are stored (db/kinds.py)."""
