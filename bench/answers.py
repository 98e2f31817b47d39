"""Whether all servers say the same: answers compared value by value before any is measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bench.targets import RESTRICTED, Target

CHECKED = 15
"""Answers of each workload that are compared."""


def same(value: Any, name: str = "") -> Any:
    """A value in one spelling: ids without their kind, choices in small letters, moments in UTC.

    The order of rows is part of an answer, that of fields is not.
    """
    if isinstance(value, dict):
        return {key: same(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [same(each, name) for each in value]
    if not isinstance(value, str):
        return value
    if name == "id":
        return value.removeprefix("comment-")
    if name == "status":
        return value.lower()
    if name == "createdAt":
        return datetime.fromisoformat(value).astimezone(UTC).isoformat()
    return value


def difference(left: Any, right: Any, path: str = "data") -> str | None:
    """Where two answers differ first, None if nowhere."""
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return f"{path}: {sorted(left)} and {sorted(right)}"
        found = (difference(left[key], right[key], f"{path}.{key}") for key in left)
        return next(filter(None, found), None)
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            return f"{path}: {len(left)} and {len(right)} rows"
        pairs = enumerate(zip(left, right, strict=True))
        found = (difference(a, b, f"{path}.{i}") for i, (a, b) in pairs)
        return next(filter(None, found), None)
    return None if left == right else f"{path}: {left!r} and {right!r}"


def check(targets: Sequence[Target], workloads: Sequence[str]) -> None:
    """Stop where two targets answer the same request differently, and say where."""
    for workload in workloads:
        # Other accounts are on the pages of who sees only some.
        alike = [each for each in targets if (each.name, workload) != (RESTRICTED, "L")]
        for place in range(CHECKED):
            answers = [same(each.ask(workload, each.variables[workload][place])) for each in alike]
            if not any(answers[0].values()):
                raise SystemExit(f"{workload}: {alike[0].name} finds nothing")
            for each, answer in zip(alike, answers, strict=True):
                if wrong := difference(answers[0], answer):
                    raise SystemExit(f"{workload}: {alike[0].name}, {each.name}: {wrong}")
    print(f"All answer alike: {'; '.join(each.name for each in targets)}", flush=True)
