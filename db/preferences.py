"""What users prefer: their language, and how days, moments and numbers are shown to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, available_timezones

from db.declare import Label
from db.display import DateFormat, NumberFormat, Style
from db.errors import ErrorCode, InvalidInput, Problem

if TYPE_CHECKING:
    from db.access import Viewer
    from db.database import Database

LANGUAGES: Final = ("fr", "en")
EXAMPLES: Final = ["Europe/Paris", "America/Montreal", "UTC", "…"]
LABELS: Final = {
    "language": Label("Langue", "Language"),
    "time_zone": Label("Fuseau horaire", "Time zone"),
}


@dataclass(frozen=True)
class Preferences:
    """One user's. None: their company's time zone, the formats of the language."""

    time_zone: str | None = None
    date_format: DateFormat | None = None
    number_format: NumberFormat | None = None

    @classmethod
    def of(cls, row: Any) -> Preferences:
        """Those of a row of users."""
        days, numbers = row["date_format"], row["number_format"]
        return cls(
            row["preferred_zone"],
            DateFormat[days] if days else None,
            NumberFormat[numbers] if numbers else None,
        )


def style_of(viewer: Viewer, language: str) -> Style:
    """How values are shown to a viewer who is answered in a language."""
    own = viewer.preferences
    zone = ZoneInfo(own.time_zone or viewer.time_zone)
    return Style(language, zone, own.date_format, own.number_format)


async def update(database: Database, viewer: Viewer, given: Mapping[str, Any]) -> None:
    """Change the preferences that are given, by name; None takes back what was chosen.

    Raises InvalidInput.
    """
    problems = []
    if "language" in given and given["language"] not in LANGUAGES:
        problems.append(_unknown("language", given["language"], list(LANGUAGES)))
    zone = given.get("time_zone")
    if zone is not None and zone not in available_timezones():
        problems.append(
            _unknown("time_zone", zone, ["Europe/Paris", "America/Montreal", "UTC", "…"])
        )
    if problems:
        raise InvalidInput(problems)
    written = {name: getattr(value, "name", value) for name, value in given.items()}
    if not written:
        return
    assigned = ", ".join(f"{name} = ${i}" for i, name in enumerate(written, start=2))
    connection = await database.acquire()
    try:
        await connection.execute(
            f"UPDATE app_user SET {assigned} WHERE id = $1", viewer.id, *written.values()
        )
    finally:
        await database.release(connection)


@cache
def zones() -> frozenset[str]:
    """The time zones there are; finding them reads a folder."""
    return frozenset(available_timezones())


def _unknown(name: str, value: Any, accepted: list[str]) -> Problem:
    about = {"label": LABELS[name], "value": str(value)[:80], "accepted": accepted}
    return Problem((name,), ErrorCode.INVALID, "not_a_choice", about)
