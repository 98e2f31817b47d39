"""A record written a second time: what a create input may carry of it, and nothing that was said
or done since.

Comments and history stay with the first; a document comes back as a draft with its lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from db import line_rows, linking, reading
from db.declare import Column, Links, Relation
from db.errors import NotFound
from db.suite import Module

if TYPE_CHECKING:
    from db.writing import Saved, Work

Values = dict[str, Any]
OF_THE_FIRST: Final = ("source_line", "position")
"""What a line says of its own document."""


async def duplicate(
    work: Work, module: Module, id: int, given: Mapping[str, Any] | None = None
) -> Saved:
    """A new record that holds what the first does, but for what is `given` and what no two may have
    alike: where that is required, it has to be given. Raises NotFound, InvalidInput.
    """
    found = await reading.records_by_id(work, module, [id])
    if id not in found:
        raise NotFound(module.singular, id, ("id",))
    row = found[id]
    values = {
        **_held(module, row, ("status",) if _starts_anew(module) else ()),
        **{name: await linking.linked(work, module, name, id) for name in module.links},
    }
    if module.declared.lines:
        part = module.suite["LineItem"]
        lines = (await line_rows.stored(work, [id]))[id]
        values["line_items"] = [_held(part, line, OF_THE_FIRST) for line in lines]
    return await work.create(
        module,
        {**work.having(module).writable(await _still_there(work, module, values)), **(given or {})},
    )


def _held(module: Module, row: Any, leaves: tuple[str, ...] = ()) -> Values:
    """What clients could have written, by fact; what is empty is left out."""
    held: Values = {}
    for name, fact in module.facts.items():
        if name in leaves or isinstance(fact, Links) or not module.writable(fact):
            continue
        if isinstance(fact, Column) and fact.unique:
            continue
        value = row[fact.foreign_key if isinstance(fact, Relation) else name]
        if value is not None:
            held[name] = value
    return held


def _starts_anew(module: Module) -> bool:
    """Whether a status says how far the first has come: of a document, or of what can be closed."""
    return module.declared.lines or bool(module.declared.closed)


async def _still_there(work: Work, module: Module, values: Values) -> Values:
    """Without what may be left out and points at a record deleted since, or one not to be seen."""
    lines = values.get("line_items", ())
    pointed = {id for _, id in _pointing(module, values)}
    for line in lines:
        pointed |= {id for _, id in _pointing(module.suite["LineItem"], line)}
    for name in module.links:
        pointed |= set(values[name])
    known = await reading.registered_by_id(work, work.suite, pointed) if pointed else {}
    kept = _without(module, values, known)
    for name in module.links:
        kept[name] = [id for id in values[name] if id in known]
    if lines:
        kept["line_items"] = [_without(module.suite["LineItem"], line, known) for line in lines]
    return kept


def _pointing(module: Module, values: Values) -> list[tuple[str, int]]:
    return [(name, values[name]) for name in module.relations if name in values]


def _without(module: Module, values: Values, known: Mapping[int, Any]) -> Values:
    gone = {
        name
        for name, id in _pointing(module, values)
        if id not in known and module.relations[name].optional
    }
    return {name: value for name, value in values.items() if name not in gone}
