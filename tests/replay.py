"""What history alone says that a company's tables hold, and what they hold."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from db import history as db_history
from db.conversion.converting import MADE
from db.history import Operation
from db.suite import Module
from tests.client import Client

MOVED = (Operation.LINKED, Operation.UNLINKED, Operation.TAGGED, Operation.UNTAGGED)
"""What tells of a set only what came into it or left it."""

SHARES = (Operation.SHARED, Operation.UNSHARED)

State = dict[str, Any]
"""What a record holds, by the names that history tells it by, without what it lacks; `deleted`,
`version`, `comments`, `tags` (the shared ones), `shares` (whether each may write), and by
`tab:name` the records linked to it by links that others declare.
"""


async def tables(client: Client) -> dict[int, State]:
    """What the tables hold of the company's records, by id."""
    pool, found = client.world.database.pool, {}
    owners = {row["id"]: row["kind"] for row in await pool.fetch("SELECT id, kind FROM principal")}
    lines = await _lines(client)
    for module in client.suite.modules:
        rows = await pool.fetch(
            f'SELECT * FROM "{module.table.name}" WHERE company_id = $1', client.company_id
        )
        for row in rows:
            state = {
                "number": row["number"],
                "owner": f"{owners[row['owner_id']]}-{row['owner_id']}",
            }
            state |= {
                key.removesuffix("_id") if key not in module.columns else key: dumped
                for key in _keys(module)
                if (dumped := db_history.dumped_value(module, key, row[key])) is not None
            }
            state |= {f"custom.{name}": value for name, value in row["custom"].items()}
            state |= {"deleted": row["deleted_at"] is not None, "version": row["version"]}
            if row["id"] in lines:
                state["line_items"] = lines[row["id"]]
            found[row["id"]] = state
    await _add_links(client, found)
    for row in await pool.fetch(
        "SELECT record_id, count(*) AS comments FROM comment JOIN record ON record.id = record_id"
        " WHERE company_id = $1 AND comment.deleted_at IS NULL GROUP BY 1",
        client.company_id,
    ):
        found[row["record_id"]]["comments"] = row["comments"]
    for row in await pool.fetch(
        "SELECT record_id, tag_id FROM tagging JOIN tag ON tag.id = tag_id"
        " WHERE shared AND company_id = $1",
        client.company_id,
    ):
        found[row["record_id"]].setdefault("tags", set()).add(f"tag-{row['tag_id']}")
    for row in await pool.fetch(
        "SELECT share.*, kind FROM record_share AS share JOIN record ON record.id = record_id"
        " JOIN principal ON principal.id = principal_id"
        " WHERE company_id = $1 AND purged_at IS NULL",
        client.company_id,
    ):
        party = f"{row['kind']}-{row['principal_id']}"
        found[row["record_id"]].setdefault("shares", {})[party] = row["writes"]
    return found


def _keys(module: Module) -> list[str]:
    return [*module.columns, *(each.foreign_key for each in module.relations.values())]


async def _lines(client: Client) -> dict[int, list[Any]]:
    part, found = client.suite["LineItem"], defaultdict(list)
    for line in await client.world.database.pool.fetch(
        "SELECT line.* FROM line_item line JOIN record ON record.id = line.document_id"
        " WHERE company_id = $1 ORDER BY document_id, position",
        client.company_id,
    ):
        found[line["document_id"]].append(db_history.dumped_line(part, line))
    return found


async def _add_links(client: Client, found: dict[int, State]) -> None:
    for row in await client.world.database.pool.fetch(
        "SELECT link.* FROM link JOIN record ON record.id = from_id WHERE company_id = $1"
        " ORDER BY from_id, to_id",
        client.company_id,
    ):
        declaring, name = row["relation"].split(".")
        links = client.suite[declaring].links[name]
        found[row["from_id"]].setdefault(name, []).append(str(row["to_id"]))
        far = found[row["to_id"]].setdefault(f"tab:{links.inverse}", set())
        far.add(str(row["from_id"]))


async def histories(client: Client) -> dict[int, State]:
    """What history says of the company's records, by id; each entry must follow from those before
    it, and say something.
    """
    found: dict[int, State] = {}
    for change in await client.world.database.pool.fetch(
        "SELECT record_id, operation, change.version, fields FROM change"
        " JOIN record ON record.id = record_id WHERE company_id = $1 ORDER BY change.id",
        client.company_id,
    ):
        tell(found, change)
    lacking: tuple[Any, ...] = (None, [], set(), {})
    return {
        id: {name: value for name, value in state.items() if value not in lacking}
        for id, state in found.items()
    }


async def untold(client: Client) -> list[tuple[int, str, Any, Any]]:
    """Where history says something else than the tables: record, field, what is told and held."""
    told, held = await histories(client), await tables(client)
    return [
        (id, name, told.get(id, {}).get(name), held.get(id, {}).get(name))
        for id in sorted({*told, *held})
        for name in {**told.get(id, {}), **held.get(id, {})}
        if told.get(id, {}).get(name) != held.get(id, {}).get(name)
    ]


def tell(found: dict[int, State], change: Any) -> None:
    """Do to the states what a change says was done."""
    operation = Operation(change["operation"])
    if operation is Operation.CREATED:
        assert change["record_id"] not in found, change
        found[change["record_id"]] = {"deleted": False, "version": 0}
    state = found[change["record_id"]]
    for each in change["fields"]:
        name, before, after = each["name"], each["before"], each["after"]
        assert not db_history.alike(before, after), change
        if operation in MOVED:
            tab = state.setdefault(name if name == "tags" else f"tab:{name}", set())
            assert not tab & set(after or ()), change
            assert tab >= set(before or ()), change
            tab |= set(after or ())
            tab -= set(before or ())
        elif operation in SHARES:
            shares = state.setdefault("shares", {})
            party = (before or after)["with"]
            assert shares.get(party) is (before and before["writes"]), change
            shares |= {party: after["writes"]} if after else {}
            if after is None:
                del shares[party]
        elif name != MADE:  # what was made of a record is no field of its own
            held = state.get(name, [] if before == [] else None)
            assert db_history.alike(held, before), (change, state)
            state[name] = after
    if operation in (Operation.DELETED, Operation.RESTORED):
        assert state["deleted"] is (operation is Operation.RESTORED), change
        state["deleted"] = operation is Operation.DELETED
    if operation is Operation.PURGED:
        assert state["deleted"], change
        del found[change["record_id"]]
    if operation is Operation.COMMENTED:
        state["comments"] = (state.get("comments") or 0) + 1
    if operation is Operation.COMMENT_DELETED:
        state["comments"] = state["comments"] - 1 or None
    if change["version"] is not None:
        assert change["version"] == state["version"] + 1, (change, state)
        state["version"] = change["version"]
