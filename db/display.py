"""A stored value as programs and as people read it: `(value, display)` of a field.

`value` is typed JSON: the name of a list's value, an ISO date, a decimal as text. `display` is
text in the reader's language, zone, date and number format; no two places show a value otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from babel.numbers import get_decimal_symbol, get_group_symbol

from db.declare import Choice, Column
from db.kinds import (
    ZONE,
    Invalid,
    Money,
    UnitPrice,
    display_address,
    display_date,
    display_datetime,
    display_money,
    kind_of,
    local,
)
from db.messages import locale
from db.suite import Module

SEPARATED: Final = re.compile(r"(?<=[0-9])[^0-9](?=[0-9])")
"""What stands between two digits of a number: its separators."""


class Shown(NamedTuple):
    """A field's value, and how people read it; both None for no value."""

    value: Any
    display: str | None


NOTHING: Final = Shown(None, None)


class DateFormat(Choice):
    """How days are written."""

    DMY = "dmy", "31/03/2026", "31/03/2026"
    MDY = "mdy", "03/31/2026", "03/31/2026"
    ISO = "iso", "2026-03-31", "2026-03-31"

    def day(self, value: date) -> str:
        """The year has four digits, which strftime does not promise."""
        year, month, day = value.isoformat().split("-")
        return {
            DateFormat.DMY: f"{day}/{month}/{year}",
            DateFormat.MDY: f"{month}/{day}/{year}",
            DateFormat.ISO: f"{year}-{month}-{day}",
        }[self]


class NumberFormat(Choice):
    """How numbers are written: what parts thousands, then what parts the decimals."""

    SPACE_COMMA = "space_comma", "1\u202f234,56", "1\u202f234,56"
    COMMA_POINT = "comma_point", "1,234.56", "1,234.56"
    POINT_COMMA = "point_comma", "1.234,56", "1.234,56"
    APOSTROPHE_POINT = "apostrophe_point", "1’234.56", "1’234.56"

    @property
    def separators(self) -> tuple[str, str]:
        """Of thousands, of decimals."""
        return self.label.en[1], self.label.en[5]


@dataclass(frozen=True)
class Style:
    """How one reader has values shown. Without a format, what the language does is done."""

    language: str = "fr"
    zone: ZoneInfo = ZONE
    dates: DateFormat | None = None
    numbers: NumberFormat | None = None

    def text(self, type_: Any, value: Any, currency: str | None = None) -> str:
        """A value of a kind, as stored, for people; amounts in `currency`, euros unless given."""
        kind = kind_of(type_)
        if type_ is date and self.dates:
            return self.dates.day(value)
        if type_ is datetime:
            return self._moment(value)
        if type_ in (Money, UnitPrice):
            return self._number(display_money(value, self.language, currency or "EUR"))
        shown = kind.display(value, self.language)
        return self._number(shown) if kind.numeric else shown

    def _moment(self, value: datetime) -> str:
        shown = display_datetime(value, self.language, self.zone)
        if self.dates is None:
            return shown
        day = local(value, self.zone).date()
        return shown.replace(display_date(day, self.language), self.dates.day(day), 1)

    def _number(self, shown: str) -> str:
        if self.numbers is None:
            return shown
        own = locale(self.language)
        thousands, decimals = self.numbers.separators
        chosen = {get_group_symbol(own): thousands, get_decimal_symbol(own): decimals}
        return SEPARATED.sub(lambda found: chosen.get(found[0], found[0]), shown)


def period(first: date, every: str, style: Style) -> Shown:
    """A period by its first day, `every` as `db.grouping.Period` has it: `mars 2026`, `T1 2026`,
    `S14 2026` for a week of ISO 8601.
    """
    if every == "day":
        return Shown(first.isoformat(), style.text(date, first))
    if every == "week":
        year, week, _ = first.isocalendar()
        letter = "W" if style.language == "en" else "S"
        return Shown(first.isoformat(), f"{letter}{week} {year:04}")
    skeleton = {"month": "yMMMM", "quarter": "yQQQ", "year": "y"}[every]
    return Shown(first.isoformat(), format_skeleton(skeleton, first, locale=locale(style.language)))


def type_of(column: Column) -> str:
    """The scalar or enum that a column is read as: `Money`, `PaymentTerms`."""
    return column.choice.__name__ if column.choice else kind_of(column.type).name


def shown(column: Column, stored: Any, style: Style, currency: str | None = None) -> Shown:
    """What a column holds, as it is stored."""
    if stored is None:
        return NOTHING
    if column.choice:
        return _chosen(column.choice, stored, style)
    dumped = kind_of(column.type).dump(stored)
    return Shown(dumped, style.text(column.type, stored, currency))


def held(
    row: Mapping[str, Any], column: Column, style: Style, currency: str | None = None
) -> Shown:
    """What a row holds in a column; a custom field's among the row's `custom`, in JSON form."""
    if not column.name.startswith("custom."):
        return shown(column, row[column.name], style, currency)
    own = (row.get("custom") or {}).get(column.name.removeprefix("custom."))
    return told(column, own, style, currency)


def told(column: Column, value: Any, style: Style, currency: str | None = None) -> Shown:
    """What a column held once, from the JSON that the history keeps of it; or holds, from that of
    a custom field.
    """
    if value is None:
        return NOTHING
    if column.choice:
        return _chosen(column.choice, value, style)
    try:
        held = kind_of(column.type).parse(value)
        return Shown(value, style.text(column.type, held, currency))
    except Invalid:  # its kind takes it no more; it was so all the same
        return Shown(value, str(value))


def value_told(module: Module, name: str, value: Any) -> Any:
    """The value alone of a field of the history, lines included."""
    if name == "line_items" and value is not None:
        return [told_line(module.suite["LineItem"], line) for line in value]
    column = module.columns.get(name)
    return told(column, value, Style()).value if column and column.choice else value


def told_line(part: Module, line: Mapping[str, Any]) -> dict[str, Any]:
    """A line as the history keeps it, its values as programs read them."""
    return {name: value_told(part, name, value) for name, value in line.items()}


def shown_part(address: Mapping[str, str] | None, part: str, style: Style) -> Shown:
    """One part of an address, as it is stored."""
    value = (address or {}).get(part)
    if value is None:
        return NOTHING
    return Shown(value, display_address({part: value}, style.language))


def shown_record(row: Mapping[str, Any] | None) -> Shown:
    """A record as the register has it, or none that the viewer may see: its id, its title."""
    return NOTHING if row is None else Shown(str(row["id"]), row["title"])


def shown_records(rows: Iterable[Mapping[str, Any]]) -> Shown:
    """Several: the list of their ids, their titles one after the other."""
    listed = list(rows)
    titles = ", ".join(each["title"] for each in listed)
    return Shown([str(each["id"]) for each in listed], titles or None)


def shown_person(row: Mapping[str, Any] | None) -> Shown:
    """A user or team: the node id, the name."""
    return NOTHING if row is None else Shown(f"{row['kind']}-{row['id']}", row["name"])


def _chosen(choice: type[Choice], value: str, style: Style) -> Shown:
    member = member_of(choice, value)
    # A value that was taken off its list since is shown as it was stored.
    return Shown(member.name, member.label.into(style.language)) if member else Shown(value, value)


def member_of(choice: type[Choice], value: str) -> Choice | None:
    """The member with a stored value; None where the list has no such value (any more)."""
    return next((member for member in choice if member.value == value), None)
