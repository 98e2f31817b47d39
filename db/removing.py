"""Removing records for good, with all that is theirs, and telling it. Their history stays.

What else comes to hang on records (beside modules' rows, lines, comments, links, tags and indexed
custom fields) has to be removed here too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from db import chain, telling
from db.history import Entry, Operation, Origin, append, field_change
from db.statements import quoted
from db.suite import Module, Suite

SYSTEM: Final = 0
"""The principal that removes them (db/ddl.py)."""

LINKED: Final = """
SELECT DISTINCT relation, from_id FROM link
WHERE relation = ANY($2) AND to_id = ANY($1) AND from_id <> ALL($1) ORDER BY from_id
"""
FAR: Final = """
SELECT relation, from_id, to_id FROM link
WHERE relation = ANY($2) AND from_id = ANY($1) AND to_id <> ALL($1)
ORDER BY to_id, relation, from_id
"""
LINKS: Final = """
SELECT relation, from_id, to_id FROM link
WHERE relation = ANY($1) AND from_id = ANY($2) ORDER BY to_id
"""
TITLES: Final = "SELECT id, title FROM record WHERE id = ANY($1)"
COMPANIES: Final = "SELECT id, company_id FROM record WHERE id = ANY($1)"
# In the bin a record is as it was when it was deleted, by whom.
TOUCH: Final = """
UPDATE {table} SET version = version + 1,
    updated_at = CASE WHEN deleted_at IS NULL THEN now() ELSE updated_at END,
    updated_by_id = CASE WHEN deleted_at IS NULL THEN $2 ELSE updated_by_id END
WHERE id = ANY($1) RETURNING id, version
"""
ROOTS: Final = "FROM comment WHERE parent_id IS NULL AND record_id = ANY($1)"
REMOVED: Final = (
    # By the indexes there are: replies lie on the record of what they answer.
    f"FROM comment WHERE parent_id IS NOT NULL AND parent_id IN (SELECT id {ROOTS})",
    ROOTS,
    "FROM link WHERE relation = ANY($2) AND from_id = ANY($1)",
    "FROM link WHERE relation = ANY($2) AND to_id = ANY($1)",
    "FROM tagging WHERE record_id = ANY($1)",
    "FROM custom_value WHERE record_id = ANY($1)",
)
MARK: Final = "UPDATE record SET purged_at = now() WHERE id = ANY($1)"


async def remove(connection: Any, suite: Suite, going: Mapping[Module, Sequence[int]]) -> None:
    """Remove records with all that is theirs, and tell it."""
    ids = sorted(id for some in going.values() for id in some)
    if not ids:
        return
    relations = {f"{each.name}.{name}": (each, name) for each in suite for name in each.links}
    told = [
        *await unlinked(connection, relations, ids),
        *await left_behind(connection, relations, ids),
    ]
    modules = tuple(sorted((m for m, some in going.items() if some), key=lambda m: m.name))
    await connection.execute(removing_sql(suite, modules), ids, list(relations))
    await connection.execute(MARK, ids)
    told += [Entry(id, Operation.PURGED) for id in ids]
    await _seal(connection, await append(connection, SYSTEM, Origin.SYSTEM, told))


async def _seal(connection: Any, changes: Sequence[Any]) -> None:
    """Chain the changes, last of all; companies in one order, so that none waits in a circle."""
    ids = {each["record_id"] for each in changes}
    companies = {
        row["id"]: row["company_id"] for row in await connection.fetch(COMPANIES, sorted(ids))
    }
    of: dict[int, list[int]] = defaultdict(list)
    for each in changes:
        of[companies[each["record_id"]]].append(each["id"])
    for company_id in sorted(of):
        await chain.seal(connection, company_id, of[company_id])


@lru_cache(maxsize=256)
def removing_sql(suite: Suite, modules: tuple[Module, ...]) -> str:
    """One statement for all tables: foreign keys are looked at when it is done, not in between."""
    parts = [(module.table.name, "document_id") for module in suite if module.part]
    own = [(module.table.name, "id") for module in modules]
    deletes = [
        *REMOVED,
        *(f"FROM {quoted(table)} WHERE {column} = ANY($1)" for table, column in (*parts, *own)),
    ]
    gone = [f"gone_{i} AS (DELETE {each})" for i, each in enumerate(deletes)]
    return f"WITH {', '.join(gone)} SELECT"


async def unlinked(
    connection: Any, declared: Mapping[str, tuple[Module, str]], ids: Sequence[int]
) -> list[Entry]:
    """Write onto the records that declare links to what goes that those are gone; the entries that
    tell it, one a record. `declared` are links by what names them: their module and field.
    """
    rows = await connection.fetch(LINKED, ids, list(declared))
    hosts: dict[Module, set[int]] = defaultdict(set)
    for row in rows:
        hosts[declared[row["relation"]][0]].add(row["from_id"])
    versions: dict[int, int] = {}
    for module in sorted(hosts, key=lambda module: module.name):
        sql = TOUCH.format(table=quoted(module.table.name))
        touched = await connection.fetch(sql, sorted(hosts[module]), SYSTEM)
        versions |= {row["id"]: row["version"] for row in touched}
    crossed = sorted({row["relation"] for row in rows})
    links: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in await connection.fetch(LINKS, crossed, sorted(versions)):
        links[row["from_id"], row["relation"]].append(row["to_id"])
    named = await _titles(connection, {id for linked in links.values() for id in linked})
    gone = set(ids)
    fields: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for (id, relation), linked in links.items():
        left = [each for each in linked if each not in gone]
        if left != linked:
            name = declared[relation][1]
            fields[id].append(telling.links_change(name, linked, left, named))
    return [Entry(id, Operation.UPDATED, fields[id], versions[id]) for id in sorted(fields)]


async def left_behind(
    connection: Any, declared: Mapping[str, tuple[Module, str]], ids: Sequence[int]
) -> list[Entry]:
    """What is told, at their other ends, of the links that what goes declares; one entry a record.
    They are not written: their tabs are all that changes.
    """
    rows = await connection.fetch(FAR, ids, list(declared))
    named = await _titles(connection, {row["from_id"] for row in rows})
    left: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        module, name = declared[row["relation"]]
        left[row["to_id"]][module.links[name].inverse].append(row["from_id"])
    return [
        Entry(id, Operation.UNLINKED, [_gone(tab, some, named) for tab, some in tabs.items()])
        for id, tabs in left.items()
    ]


def _gone(tab: str, ids: Sequence[int], named: Mapping[int, str]) -> Mapping[str, Any]:
    called = ", ".join(named[id] for id in ids)
    return field_change(tab, [str(id) for id in ids], None, called, None)


async def _titles(connection: Any, ids: Collection[int]) -> dict[int, str]:
    rows = await connection.fetch(TITLES, sorted(ids)) if ids else ()
    return {row["id"]: row["title"] for row in rows}
