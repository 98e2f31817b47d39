"""Two people change one record: other fields merge, the same one is a conflict for the second."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db import history
from db.display import value_told
from db.errors import BadUserInput, Conflict, FieldConflict
from db.suite import Module
from db.validation import COMMON_LABELS

if TYPE_CHECKING:
    from db.writing import Work


def check_version(stored: Any, expected: int | None) -> None:
    """Raises BadUserInput for a version that the record never had."""
    if expected is not None and not 1 <= expected <= stored["version"]:
        raise BadUserInput(("expectedVersion",), accepted=f"1–{stored['version']}")


async def refuse_conflicts(
    work: Work,
    module: Module,
    stored: Any,
    told: Sequence[Mapping[str, Any]],
    sent: Collection[str],
    expected: int | None,
) -> None:
    """Refuse to write over what others wrote since the `expected` version.

    `told` is what the save would change, `sent` the names of what the client gave: what follows
    from it, such as totals, may always change. Raises Conflict.
    """
    if expected is None or expected == stored["version"]:
        return
    meanwhile = await history.fields_since(work.connection, stored["id"], expected)
    conflicts = [
        _conflict(module, each, meanwhile[name])
        for each in told
        if (name := each["name"]) in sent
        and name in meanwhile
        and not history.alike(meanwhile[name], each["before"])
    ]
    if conflicts:
        raise Conflict(conflicts)


def _conflict(module: Module, told: Mapping[str, Any], original: Any) -> FieldConflict:
    name = told["name"]
    yours, stored, was = (
        value_told(module, name, value) for value in (told["after"], told["before"], original)
    )
    return FieldConflict(name, yours, stored, was, _label(module, name))


def _label(module: Module, name: str) -> object:
    fact = module.facts.get(name)
    return fact.label if fact else COMMON_LABELS.get(name, name)
