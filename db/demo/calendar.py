"""The demo company's year: one that never moves, so that what is told of it stays true."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

YEAR: Final = 2026
FIRST: Final = date(YEAR, 1, 1)
LAST: Final = date(YEAR, 12, 31)
TODAY: Final = date(YEAR, 11, 20)
"""The day on which the story stands: nothing later has happened, some of it is planned."""

PARIS: Final = ZoneInfo("Europe/Paris")

HOLIDAYS: Final = frozenset(
    date(YEAR, month, day)
    for month, day in (
        (1, 1),
        (4, 6),
        (5, 1),
        (5, 8),
        (5, 14),
        (5, 25),
        (7, 14),
        (8, 15),
        (11, 1),
        (11, 11),
        (12, 25),
    )
)
"""Code du travail, art. L3133-1."""


def working(day: date) -> date:
    """The day, or the next one on which people work."""
    while day.weekday() > 4 or day in HOLIDAYS:
        day += timedelta(days=1)
    return day


def later(day: date, days: int) -> date:
    """The working day that many days later."""
    return working(day + timedelta(days=days))


def between(random: Random, first: date, last: date) -> date:
    """A working day from `first` to `last`, or shortly after."""
    return working(first + timedelta(days=random.randint(0, max(0, (last - first).days))))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment by the clock of Paris."""
    return datetime.combine(day, time(hour, minute), PARIS)


def month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def months(count: int) -> list[date]:
    """The first days of the year's first months."""
    return [date(YEAR, month, 1) for month in range(1, count + 1)]


TERMS: Final = {
    "immediate": (0, False),
    "net_15": (15, False),
    "net_30": (30, False),
    "net_30_eom": (30, True),
    "net_45": (45, False),
    "net_45_eom": (45, True),
    "net_60": (60, False),
}
"""Days each payment term leaves, and whether to the end of the month that they reach."""


def due_on(issued: date, terms: str) -> date:
    days, to_month_end = TERMS[terms]
    due = issued + timedelta(days=days)
    return month_end(due) if to_month_end else due
