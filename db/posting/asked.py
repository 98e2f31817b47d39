"""What is asked of an action beside the record it is on: a day and a reason, parsed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from db.declare import Label
from db.errors import ErrorCode, InvalidInput, Path, Problem
from db.kinds import Invalid, kind_of
from db.writing import Work

ON: Final = ("on",)
DAY: Final = Label("Date", "Date")
REASON: Final = Label("Motif", "Reason")
LONGEST_REASON: Final = 200


def today(work: Work) -> date:
    """What day it is where the company is."""
    return datetime.now(ZoneInfo(work.viewer.time_zone)).date()


def day(work: Work, given: Any, not_before: date, record: str) -> date:
    """The day given, today where none is; not before that of the `record` it is done to.

    Raises InvalidInput at `on`.
    """
    found = parsed(date, given, ON, DAY) or max(today(work), not_before)
    if found < not_before:
        params = {"label": DAY, "day": not_before, "record": record}
        raise InvalidInput([Problem(ON, ErrorCode.INVALID, "before_the_original", params)])
    made: date = found
    return made


def reason(given: Any) -> str:
    """The reason given, one line. Raises InvalidInput at `reason`, where there is none too."""
    path = ("reason",)
    found = parsed(str, given, path, REASON)
    if found is None:
        raise InvalidInput([Problem(path, ErrorCode.REQUIRED, "required", {"label": REASON})])
    if len(found) > LONGEST_REASON:
        wrong = Invalid("too_long", maximum=LONGEST_REASON)
        raise InvalidInput([Problem.of(path, REASON, wrong)])
    line: str = found
    return line


def parsed(type_: Any, given: Any, path: Path, label: Label) -> Any:
    """A value of that kind, None for none. Raises InvalidInput at `path`."""
    try:
        return kind_of(type_).parse(given)
    except Invalid as wrong:
        raise InvalidInput([Problem.of(path, label, wrong)]) from None
