"""How a file writes numbers, dates, yes and no; and from there to what a field takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from typing import Any, Final

from db.declare import Choice, Column
from db.kinds import kind_of

YES: Final = frozenset({"1", "true", "yes", "y", "oui", "o", "vrai", "x"})
NO: Final = frozenset({"0", "false", "no", "n", "non", "faux"})

TOKENS: Final = {
    "YYYY": "%Y",
    "YY": "%y",
    "MM": "%m",
    "DD": "%d",
    "hh": "%H",
    "mm": "%M",
    "ss": "%S",
}
TOKEN = re.compile("|".join(TOKENS))
GROUP = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")


@dataclass(frozen=True)
class Format:
    """`decimal`: the sign before decimals, "." or ",". `dates`: the patterns of days, tried in
    turn, as strptime takes them; none: ISO 8601. `zone`: where moments without offset are.
    """

    decimal: str = "."
    dates: tuple[str, ...] = ()
    zone: tzinfo = UTC


Convert = Callable[[str], Any]
"""From the text of a cell to what the field takes. Raises Misread."""


class Misread(ValueError):
    """A cell that is not of the form its file is written in; the text says which is expected."""


def pattern(written: str) -> str:
    """strptime's pattern for `DD/MM/YYYY`, or `YYYY-MM-DD hh:mm:ss`. Raises ValueError."""
    found = set(TOKEN.findall(written))
    rest = TOKEN.sub("", written)
    if not {"MM", "DD"} <= found or not found & {"YY", "YYYY"} or re.search("[A-SU-Za-z%]", rest):
        raise ValueError(written)
    return TOKEN.sub(lambda token: TOKENS[token[0]], written)


def converter(column: Column, form: Format) -> Convert:
    """What reads the cells of this column of a module."""
    if column.choice is not None:
        return partial(chosen, words(column.choice))
    kind = kind_of(column.type)
    if kind.numeric:
        return partial(number, form.decimal)
    if kind.python is bool:
        return truth
    if kind.python is date and form.dates:
        return partial(day, form.dates)
    if kind.python is datetime and form.dates:
        return partial(moment, form.dates, form.zone)
    return str


def words(choice: type[Choice]) -> dict[str, str]:
    """A list's values by what people call them, in small letters; labels that name two are out."""
    labels = [(label.lower(), each.value) for each in choice for label in each.label]
    named = [label for label, _ in labels]
    found = {label: value for label, value in labels if named.count(label) == 1}
    # A label that both languages write alike names one value all the same.
    found |= {
        each.label.fr.lower(): each.value for each in choice if each.label.fr == each.label.en
    }
    return found | {each.value: each.value for each in choice}


def chosen(known: dict[str, str], text: str) -> str:
    """The value of a list; text that is none of them is left to be refused with the list."""
    return known.get(text.lower(), text)


def truth(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise Misread(f"“{text}” is neither yes nor no")


def number(decimal: str, text: str) -> str:
    """The number in the form of programs: `1 234,50` gives `1234.50` where the comma is decimal.

    The other sign may group thousands only where decimals follow, since `1,234` may mean either.
    """
    other = "," if decimal == "." else "."
    plain = GROUP.sub("", text)
    if re.fullmatch(rf"-?\d{{1,3}}(\{other}\d{{3}})+\{decimal}\d+", plain):
        plain = plain.replace(other, "")
    if not re.fullmatch(rf"[+-]?\d+(\{decimal}\d+)?([eE][+-]?\d+)?", plain):
        raise Misread(f"“{text}” is no number, with decimals after “{decimal}”")
    return plain.replace(decimal, ".").removeprefix("+")


def day(patterns: tuple[str, ...], text: str) -> date:
    return _read(patterns, text).date()


def moment(patterns: tuple[str, ...], zone: tzinfo, text: str) -> datetime:
    return _read(patterns, text).replace(tzinfo=zone)


def _read(patterns: tuple[str, ...], text: str) -> datetime:
    for each in patterns:
        try:
            return datetime.strptime(text, each)
        except ValueError:
            continue
    raise Misread(f"“{text}” is no day of the form {' or '.join(map(_written, patterns))}")


def _written(pattern: str) -> str:
    for token, code in TOKENS.items():
        pattern = pattern.replace(code, token)
    return pattern
