"""What is wrong with a mapping, gathered so that all of it can be told at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from db.start_errors import StartError


class MappingError(StartError):
    """`problems`: each thing to put right, with the table and the key it stands at."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__(f"{path.name}: " + "; ".join(problems), "correct the mapping")
        self.problems = problems


class Problems(list[str]):
    """The problems found so far, in the order of the mapping."""

    def say(self, where: str, what: str) -> None:
        self.append(f"{where}: {what}")

    def unknown(self, where: str, given: Any, what: str, accepted: Collection[str]) -> None:
        """`given` is no `what`: tell what it may have meant, else all that is accepted."""
        near = get_close_matches(str(given), list(accepted), n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(accepted) or 'none'}"
        self.say(where, f"“{given}” is no {what}; {hint}")

    def table(self, where: str, written: Any, accepted: Collection[str]) -> Mapping[str, Any]:
        """What is written, if it is a table of accepted keys; else an empty one."""
        if not isinstance(written, Mapping):
            self.say(where, "is a table of keys")
            return {}
        for key in written:
            if key not in accepted:
                self.unknown(where, key, "key", accepted)
        return written

    def flag(self, where: str, written: Mapping[str, Any], key: str) -> bool:
        value = written.get(key, False)
        if not isinstance(value, bool):
            self.say(f"{where}, {key}", "is true or false")
        return bool(value)
