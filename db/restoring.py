"""Fields put back to what they held before a change: an ordinary save, of what history tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from db import line_rows, reading
from db.changes import hides
from db.declare import Label, Links
from db.errors import ErrorCode, InvalidInput, NotFound, Path, Problem
from db.suite import Module
from db.writing import Saved, Work

RECORD: Final = Label("Fiche", "Record")
CHANGE: Final = Label("Modification", "Change")


async def restore_fields(
    work: Work,
    id: int,
    change_id: int,
    names: Sequence[str],
    expected_version: int | None = None,
) -> Saved:
    """Write onto the record what the named fields held before the change.

    What `Work.update` checks is checked: what may not be written now is not put back. Problems are
    told at the place of the name. Raises NotFound, Forbidden, Locked, InvalidInput, Conflict.
    """
    seen = await reading.registered_by_id(work, work.suite, [id])
    if id not in seen:
        raise NotFound(RECORD, id, ("id",))
    module = seen[id].module
    changes = await reading.changes_by_id(work, [change_id])
    changed, hidden = changes.get(change_id), work.having(module).hidden
    if changed is None or changed["record_id"] != id or hides(hidden, changed):
        raise NotFound(CHANGE, f"change-{change_id}", ("change",))
    told = {
        each["name"]: each["before"] for each in changed["fields"] if each["name"] not in hidden
    }
    places: dict[str, Path] = {name: ("fields", str(i)) for i, name in enumerate(names)}
    _refuse_others(work, module, told, places)
    given = {name: told[name] for name in places}
    if given.get("line_items"):
        given["line_items"] = await _lines(work, id, given["line_items"])
    try:
        return await work.update(module, id, given, expected_version=expected_version)
    except InvalidInput as refusal:
        raise InvalidInput([_placed(each, places) for each in refusal.problems]) from None


def _refuse_others(
    work: Work, module: Module, told: Mapping[str, Any], places: Mapping[str, Path]
) -> None:
    """Refuse names of what the change does not tell of, or of what nobody writes."""
    problems = []
    kept = {
        *work.having(module).facts,
        "owner",
        *(("line_items",) if module.declared.lines else ()),
    }
    for name, path in places.items():
        if name not in told:
            params = {"name": name, "accepted": ", ".join(told)}
            problems.append(Problem(path, ErrorCode.BAD_USER_INPUT, "unknown_field", params))
        elif name not in kept:
            problems.append(
                Problem(path, ErrorCode.READ_ONLY, "read_only", {"label": _label(module, name)})
            )
    if problems:
        raise InvalidInput(problems)


def _label(module: Module, name: str) -> object:
    tab = module.tabs.get(name)
    return tab.label if tab else name


async def _lines(work: Work, id: int, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines as a client gives them: those that are gone as new ones."""
    part = work.suite["LineItem"]
    there = {f"line-{line['id']}" for line in (await line_rows.stored(work, [id]))[id]}
    names = [
        fact.name for fact in part.facts.values() if not (isinstance(fact, Links) or fact.readonly)
    ]
    return [
        {
            **({"id": line["id"]} if line["id"] in there else {}),
            **{name: line.get(name) for name in names if name in line or line["id"] in there},
        }
        for line in before
    ]


def _placed(problem: Problem, places: Mapping[str, Path]) -> Problem:
    """The problem at the place of the field's name; of records it does not tell the ids: the
    client did not give them, and may not see them.
    """
    name, *rest = problem.path
    path = (*places.get(name, (name,)), *rest)
    if problem.message_key == "no_such_target":
        return replace(problem, path=path, params={**problem.params, "id": ""})
    return replace(problem, path=path)
