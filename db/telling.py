"""What history tells of a save: each field before and after, relations by what they were called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from db import history, reading
from db.history import Entry, Operation
from db.lookups import Known, called, titles
from db.suite import Module, Suite
from db.validation import Checked

if TYPE_CHECKING:
    from db.writing import Work

Fields = list[dict[str, Any]]


@lru_cache(maxsize=1024)
def stored_names(module: Module) -> tuple[str, ...]:
    """The columns of a module's own, foreign keys last."""
    return (*module.columns, *(each.foreign_key for each in module.relations.values()))


async def created(work: Work, rows: Sequence[Checked], known: Known) -> list[Fields]:
    """What new records hold; one list a row."""
    owners = await _owners(work, {row.values["owner_id"] for row in rows})
    named = await called(work, (), known)
    return [_created(row, owners, named) for row in rows]


def _created(
    row: Checked, owners: Mapping[int, tuple[str, str]], named: Mapping[int, str]
) -> Fields:
    module, values = row.module, row.values
    id, name = owners[values["owner_id"]]
    written = {name: values.get(name) for name in stored_names(module)}
    written["custom"] = values["custom"]
    told = [
        history.field_change("number", None, values["number"]),
        history.field_change("owner", None, id, None, name),
        *history.changed_fields(module, {}, written, {}, titles(module, values, named)),
    ]
    told += [links_change(name, [], ids, named) for name, ids in row.links.items() if ids]
    if row.lines:
        after = [history.dumped_line(line.module, line.values) for line in row.lines]
        told.append(history.field_change("line_items", [], after))
    return told


async def changed(work: Work, rows: Sequence[Checked], known: Known) -> list[Fields]:
    """What saving each row over what was before changes; empty where it changes nothing."""
    named = await called(work, {id for row in rows for id in _pointed_before(row)}, known)
    given = [(row.before.row["owner_id"], row.owner) for row in rows if row.owner is not None]
    owners = await _owners(work, {id for was, now in given if was != now for id in (was, now)})
    return [_changed(work.suite, row, owners, named) for row in rows]


def _pointed_before(row: Checked) -> Iterator[int]:
    for each in row.module.relations.values():
        if each.foreign_key in row.values and row.before.row[each.foreign_key] is not None:
            yield row.before.row[each.foreign_key]
    for ids in row.before.links.values():
        yield from ids


def _changed(
    suite: Suite, row: Checked, owners: Mapping[int, tuple[str, str]], named: Mapping[int, str]
) -> Fields:
    module, before, stored = row.module, row.before, row.before.row
    told: Fields = []
    if row.owner is not None and row.owner != stored["owner_id"]:
        (was, was_called), (now, now_called) = owners[stored["owner_id"]], owners[row.owner]
        told.append(history.field_change("owner", was, now, was_called, now_called))
    old, new = titles(module, stored, named), titles(module, row.values, named)
    told += history.changed_fields(module, stored, row.values, old, new)
    for name, ids in row.links.items():
        if before.links[name] != ids:
            told.append(links_change(name, before.links[name], ids, named))
    if row.lines is not None:
        part = suite["LineItem"]
        was_lines = [history.dumped_line(part, line) for line in before.lines]
        now_lines = [history.dumped_line(part, line.values) for line in row.lines]
        if was_lines != now_lines:
            told.append(history.field_change("line_items", was_lines, now_lines))
    return told


def links_change(
    name: str, before: Sequence[int], after: Sequence[int], named: Mapping[int, str]
) -> dict[str, Any]:
    """What becomes of one field of links; `named` is what the records are called."""

    def ids(linked: Sequence[int]) -> list[str]:
        return [str(id) for id in linked]

    def display(linked: Sequence[int]) -> str | None:
        return ", ".join(named[id] for id in linked if id in named) or None

    return history.field_change(name, ids(before), ids(after), display(before), display(after))


def linked(rows: Iterable[Checked]) -> list[Entry]:
    """What the records at the far ends of links are told once the rows are written.

    One entry for each of them that was linked, and one for each that was unlinked, whose fields
    name the tab it has there, and all that came into it or left it.
    """
    came: dict[tuple[int, Operation], dict[str, list[Checked]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        for name, ids in row.links.items():
            tab, before = row.module.links[name].inverse, set(row.before.links.get(name, ()))
            for id in ids:
                if id not in before:
                    came[id, Operation.LINKED][tab].append(row)
            for id in before.difference(ids):
                came[id, Operation.UNLINKED][tab].append(row)
    return [
        Entry(id, operation, [_moved(tab, operation, some) for tab, some in tabs.items()])
        for (id, operation), tabs in sorted(came.items())
    ]


def _moved(tab: str, operation: Operation, rows: Sequence[Checked]) -> dict[str, Any]:
    ids, called = [str(row.id) for row in rows], ", ".join(row.title for row in rows)
    if operation is Operation.LINKED:
        return history.field_change(tab, None, ids, None, called)
    return history.field_change(tab, ids, None, called, None)


async def _owners(work: Work, ids: set[int]) -> dict[int, tuple[str, str]]:
    """The node ids and names of owners."""
    viewer = work.viewer
    found = {viewer.id: (f"user-{viewer.id}", viewer.name)}
    missing = ids - found.keys()
    if missing:
        for each in await work.fetch(reading.PRINCIPALS, {"ids": sorted(missing)}):
            found[each["id"]] = (f"{each['kind']}-{each['id']}", each["name"])
    return found
