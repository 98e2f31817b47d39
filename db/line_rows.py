"""The lines of documents as they are written: numbered, totalled, kept or replaced."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from db import inserting, lines
from db.errors import ErrorCode, Path, Problem
from db.history import dumped_value
from db.kinds import Invalid, Money, kind_of
from db.suite import Module
from db.validation import Checked

if TYPE_CHECKING:
    from db.writing import Work

ITEMS: Final = ("product_id", "service_id")
FROM_ITEM: Final = (
    "label",
    "unit_price",
    "unit_cost",
    "unit_of_measure_id",
    "tax_rate_id",
    "vat_rate",
)
"""What a line takes from its product or service unless it says otherwise."""

TOTALS: Final = ("total_excl_tax", "total_vat", "total_incl_tax", "margin")


async def stored(work: Work, ids: Collection[int]) -> dict[int, list[Any]]:
    """The lines of each document, in their order. One statement."""
    found: dict[int, list[Any]] = {id: [] for id in ids}
    if not found:
        return found
    part = work.suite["LineItem"]
    rows = await work.connection.fetch(
        f"SELECT * FROM {part.table.name} WHERE document_id = ANY($1) ORDER BY position, id",
        list(ids),
        record_class=part.row,
    )
    for line in rows:
        found[line["document_id"]].append(line)
    return found


def keep(row: Checked) -> None:
    """Let lines sent with an id hold what was not sent of them; refuse ids of no line before."""
    own = {line["id"]: line for line in row.before.lines}
    for line in row.lines or ():
        if line.line_id is None:
            continue
        old = own.pop(line.line_id, None)
        if old is None:
            row.refuse(
                (*line.path, "id"),
                ErrorCode.NOT_FOUND,
                "no_such_target",
                label=line.module.singular,
                id=f"line-{line.line_id}",
            )
        else:
            line.values = {**_stays(line, old), **line.values}


def _stays(line: Checked, old: Any) -> dict[str, Any]:
    """What a kept line goes on holding: another item brings its own label, price and VAT."""
    sent = line.values
    stays = {name: old[name] for name in names(line.module)}
    for item, other in (ITEMS, ITEMS[::-1]):
        if sent.get(item) is not None and other not in sent:
            stays[other] = None
    if any(sent.get(item) not in (None, old[item]) for item in ITEMS):
        for name in FROM_ITEM:
            del stays[name]
    elif sent.get("tax_rate_id") not in (None, old["tax_rate_id"]):
        del stays["vat_rate"]
    return stays


def names(part: Module) -> list[str]:
    """The columns of a line but for its id and its document's."""
    return [*part.columns, *(relation.foreign_key for relation in part.relations.values())]


def total(row: Checked) -> None:
    """Number and total the lines, and the document by them; refuse what is too large to store."""
    right = True
    for position, line in enumerate(row.lines or (), start=1):
        line.values = {**dict.fromkeys(names(line.module)), **line.values, "position": position}
        line.values |= lines.line_totals(line.values)
        right &= _storable(row, line.module, line.values, line.path)
    found = lines.totals(line.values for line in row.lines or ())
    own = lines.document_values(row.module.columns, found)
    if right and _storable(row, row.module, own, (*row.path, "line_items")):
        row.values |= own


def _storable(row: Checked, module: Module, values: Mapping[str, Any], path: Path) -> bool:
    for name in TOTALS:
        try:
            kind_of(Money).parse(values.get(name))
        except Invalid as wrong:
            row.problems.append(Problem.of((*path, name), module.columns[name].label, wrong))
            return False
    return True


async def identify(work: Work, rows: Sequence[Checked]) -> None:
    """Give each line its id: the one it says, that of an equal line in its place, or a new one."""
    kept = {line.line_id for row in rows for line in row.lines or ()}
    for row in rows:
        for line, old in zip(row.lines or (), row.before.lines, strict=False):
            if line.line_id is None and old["id"] not in kept and _equal(line, old):
                line.line_id = old["id"]
                line.values |= {name: old[name] for name in _computed(line.module)}
    fresh = [line for row in rows for line in row.lines or () if line.line_id is None]
    for line, id in zip(fresh, await inserting.ids(work.connection, len(fresh)), strict=True):
        line.line_id = id
    for row in rows:
        for line in row.lines or ():
            line.values["id"] = line.line_id


def _equal(line: Checked, old: Any) -> bool:
    own = line.module
    written = set(names(own)) - _computed(own)
    return all(
        dumped_value(own, name, line.values.get(name)) == dumped_value(own, name, old[name])
        for name in written
    )


def _computed(part: Module) -> set[str]:
    return {name for name, column in part.columns.items() if column.readonly}


async def insert(work: Work, rows: Sequence[Checked]) -> None:
    """Write the lines of new documents."""
    given = [
        {**line.values, "document_id": row.values["id"]} for row in rows for line in row.lines or ()
    ]
    if given:
        await inserting.insert(work.connection, work.suite["LineItem"].table, given)


async def refuse_sources(work: Work, rows: Sequence[Checked]) -> None:
    """Note where lines of other documents come from a line that would go."""
    gone = {id: row.before.row["id"] for row in rows for id in _gone(row)}
    if not gone:
        return
    part = work.suite["LineItem"]
    taken = await work.connection.fetch(
        f"SELECT DISTINCT source_line_id, document_id FROM {part.table.name}"
        " WHERE source_line_id = ANY($1)",
        list(gone),
    )
    owners = [(gone[each["source_line_id"]], each["document_id"]) for each in taken]
    needed = {own for own, document in owners if own != document}
    for row in rows:
        if row.before.row["id"] in needed:
            row.refuse(("line_items",), ErrorCode.LOCKED, "line_is_source", label=part.plural)


async def replace(work: Work, rows: Sequence[Checked]) -> None:
    """Write the lines sent in place of those before; those kept stay the same rows."""
    if not rows:
        return
    table = work.suite["LineItem"].table
    given = [
        {**line.values, "document_id": row.before.row["id"]}
        for row in rows
        for line in row.lines or ()
    ]
    await inserting.upsert(work.connection, table, given)
    gone = [id for row in rows for id in _gone(row)]
    if gone:
        await work.connection.execute(f"DELETE FROM {table.name} WHERE id = ANY($1)", gone)


def _gone(row: Checked) -> list[int]:
    kept = {line.line_id for line in row.lines or ()}
    return [line["id"] for line in row.before.lines if line["id"] not in kept]
