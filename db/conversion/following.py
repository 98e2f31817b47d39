"""Sources follow what is made of them: whoever writes lines, their sources are counted anew.

A source is held before it is counted, after the lines were written: of two who write at once, the
second counts what both wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, func, select

from db import history, inserting
from db.conversion.counting import UNMADE, Made, made_of
from db.conversion.progress import AMOUNT, statuses
from db.conversion.table import COUNTED, DONE, VOID, conversions
from db.history import Entry, Operation, Origin
from db.lines import ZERO
from db.statements import Statement, compiled
from db.suite import Module

if TYPE_CHECKING:
    from db.writing import Work

SOURCES: Final = """
SELECT DISTINCT record.module, record.id FROM (
    SELECT source_line_id AS id FROM line_item WHERE document_id = ANY($1)
    UNION SELECT unnest($2::bigint[])
) named
JOIN line_item line USING (id) JOIN record ON record.id = line.document_id
ORDER BY 1, 2
"""
NOW: Final = "~now"


async def follow(
    work: Work, module: Module, ids: Iterable[int], gone: Iterable[int | None] = ()
) -> None:
    """Count the sources of documents' lines anew: those of their lines as they are now, and the
    lines `gone` that they were made of before.

    To be called by whatever writes lines, or changes whether they count: deleted, restored, moved
    to another status. One statement where the lines have no source.
    """
    # A conversion tells the history of its one source by itself, all in one entry.
    if not module.declared.lines or work.origin is Origin.CONVERSION:
        return
    written, before = list(ids), [id for id in gone if id is not None]
    if not written and not before:
        return
    sources: dict[str, list[int]] = defaultdict(list)
    for row in await work.connection.fetch(SOURCES, written, before):
        sources[row["module"]].append(row["id"])
    for name, own in sources.items():
        await work.tell(await recount(work, work.suite[name], own))


def moved(module: Module, before: str, after: str) -> bool:
    """Whether a document of the module counts otherwise in one status than in another."""
    done = DONE.get(module.name, ())
    return (before in VOID, before in done) != (after in VOID, after in done)


async def recount(work: Work, module: Module, ids: Sequence[int]) -> list[Entry]:
    """Write what has been made of documents onto them and their lines, whoever may see them; the
    entries that tell it, one for each that changed, still to be appended. At most five statements.
    """
    if not counts(module):
        return []
    part = work.suite["LineItem"]
    held = await work.fetch(_holding(module), {"ids": list(ids)}, module.row)
    lines: dict[int, list[Any]] = defaultdict(list)
    for line in await work.fetch(lines_statement(part), {"ids": list(ids)}, part.row):
        lines[line["document_id"]].append(line)
    made = await made_of(work, module, ids)
    entries, documents, changed = [], [], []
    for row in held:
        before = lines[row["id"]]
        after = [{**line, **counted(made.get(line["id"], UNMADE))} for line in before]
        values: dict[str, Any] = dict(statuses(module, after))
        if AMOUNT in module.columns:
            values[AMOUNT] = sum(
                (made[each["id"]].invoiced for each in before if each["id"] in made), ZERO
            )
        told = history.changed_fields(module, row, values, {}, {})
        was = [history.dumped_line(part, line) for line in before]
        now = [history.dumped_line(part, line) for line in after]
        if was != now:
            told.append(history.field_change("line_items", was, now))
            changed += after
        if told:
            version = row["version"] + 1
            entries.append(Entry(row["id"], Operation.UPDATED, told, version))
            who = {"updated_at": row[NOW], "updated_by_id": work.viewer.id}
            documents.append({**values, **who, "id": row["id"], "version": version})
    kept = [{name: line[name] for name in ("id", *COUNTED)} for line in changed]
    await inserting.update(work.connection, part.table, kept)
    await inserting.update(work.connection, module.table, documents)
    return entries


def counts(module: Module) -> bool:
    """Whether anything is counted on the module's documents."""
    counted = {name for modules in COUNTED.values() for name in modules}
    return any(each.target in counted for each in conversions(module))


def counted(made: Made) -> dict[str, Any]:
    """What has been made of a line, as its columns hold it."""
    return {column: made.of(column) for column in COUNTED}


@lru_cache(maxsize=16)
def lines_statement(part: Module) -> Statement:
    """The lines of documents `ids`, each document's in their order."""
    rows = part.table.alias("t")
    own = rows.c.document_id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
    order = rows.c.document_id, rows.c.position, rows.c.id
    return compiled(select(rows).where(own).order_by(*order))


@lru_cache(maxsize=64)
def _holding(module: Module) -> Statement:
    """Documents `ids` for update, in the order of their ids, whoever sees them, deleted or not."""
    rows = module.table.alias("t")
    own = rows.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
    found = select(rows, func.now().label(NOW)).where(own).order_by(rows.c.id)
    return compiled(found.with_for_update(key_share=True))
