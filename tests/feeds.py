"""Records that point at each other, with comments: as drawn, in the database, and in a model.

The model says by itself which relations roll up, and in which order: what the service derives from
its declarations is held against this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from graph import names
from tests.client import Client
from tests.properties import commented, made


@dataclass
class Node:
    """A record of the model: who owns it, what it points at, whether it is deleted."""

    id: str
    module: str
    owner: int
    deleted: bool
    points: dict[str, str | None]


@dataclass
class Graph:
    """Records by id in the order of their modules, and the comments that are shown on them."""

    nodes: dict[str, Node] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)

    def sees(self, owners: set[int] | None, shared: set[str], id: str | None) -> bool:
        node = self.nodes.get(id or "")
        if node is None or node.deleted:
            return False
        return owners is None or node.owner in owners or node.module in shared

    def ways(self, id: str) -> Iterator[tuple[str, str | None, str | None]]:
        """Every way to a record whose comments roll up: kind, relation, id; the first ones win."""
        yield "OWN", None, id
        for name, target in self.nodes[id].points.items():
            yield "UP", name, target
        for module, name, tab in DOWN[self.nodes[id].module]:
            for other in self.nodes.values():
                if other.module == module and other.points[name] == id:
                    yield "DOWN", tab, other.id


UP = {
    "CustomerAccount": ("parentAccount",),
    "Contact": ("account",),
    "Quote": ("account", "contact", "previousVersion"),
    "CustomerInvoice": ("account", "contact", "quote"),
}
"""For each module the relations that roll up, in their order."""

DOWN = {
    "CustomerAccount": [
        ("CustomerAccount", "parentAccount", "subsidiaries"),
        ("Contact", "account", "contacts"),
        ("Quote", "account", "quotes"),
        ("CustomerInvoice", "account", "invoices"),
    ],
    "Contact": [
        ("Quote", "contact", "quotes"),
        ("CustomerInvoice", "contact", "invoices"),
    ],
    "Quote": [
        ("Quote", "previousVersion", "laterVersions"),
        ("CustomerInvoice", "quote", "invoices"),
    ],
    "CustomerInvoice": [],
}
"""For each module the tabs that roll up, in their order: whose relation, and the tab's name."""

STATES = ("shown", "shown", "shown", "replied", "deleted", "tombstone", "emptied")
"""What became of a root: `replied` has a reply, `tombstone` too but is deleted, `emptied` had."""

TIMES = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 2, 3)]
some = st.integers(0, 5)


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Records that point at each other, by places modulo how many there are, and comments."""
    common = {"owner": st.integers(0, 2), "deleted": st.sampled_from([False] * 5 + [True])}
    maybe = st.none() | some

    def records(least: int, most: int, **points: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        record = st.fixed_dictionaries({**common, **points})
        return st.lists(record, min_size=least, max_size=most)

    return draw(
        st.fixed_dictionaries(
            {
                "CustomerAccount": records(1, 4, parentAccount=maybe),
                "Contact": records(0, 3, account=maybe),
                "Quote": records(0, 3, account=some, contact=maybe, previousVersion=maybe),
                "CustomerInvoice": records(1, 5, account=some, contact=maybe, quote=maybe),
                "comments": st.lists(
                    st.tuples(st.integers(0, 14), st.sampled_from(TIMES), st.sampled_from(STATES)),
                    min_size=4,
                    max_size=30,
                ),
            }
        )
    )


TARGETS = {
    "account": "CustomerAccount",
    "parentAccount": "CustomerAccount",
    "contact": "Contact",
    "quote": "Quote",
    "previousVersion": "Quote",
}
VALUES = {
    "CustomerAccount": {"name": "Dupont"},
    "Contact": {"last_name": "Martin"},
    "Quote": {"subject": "Devis"},
    "CustomerInvoice": {"subject": "Mars", "issued_on": "2026-03-01", "due_on": "2026-03-31"},
}


async def built(client: Client, drawn: Mapping[str, Any], owners: Sequence[int]) -> Graph:
    """What was drawn, in the database and as the model has it."""
    graph = Graph()
    ids: dict[str, list[int]] = {}
    for module, values in VALUES.items():
        given: dict[str, Any] = dict(values)
        if module in ("Quote", "CustomerInvoice"):
            given["account"] = ids["CustomerAccount"][0]
        ids[module] = await made(client, module, [given for _ in drawn[module]])
    for module, numbers in ids.items():
        nodes = [
            Node(
                id=str(number),
                module=module,
                owner=owners[each["owner"]],
                deleted=each["deleted"],
                points={name: pointed(ids[TARGETS[name]], each[name]) for name in UP[module]},
            )
            for number, each in zip(numbers, drawn[module], strict=True)
        ]
        graph.nodes |= {node.id: node for node in nodes}
        await write(client, nodes)
    records = list(graph.nodes)
    roots = [(int(records[place % len(records)]), at) for place, at, _ in drawn["comments"]]
    states = [state for _, _, state in drawn["comments"]]
    written = await commented(client, roots)
    await become(client, dict(zip(written, states, strict=True)))
    graph.comments = [
        {"id": str(id), "createdAt": str(at), "record": str(record)}
        for id, (record, at), state in zip(written, roots, states, strict=True)
        if state in ("shown", "replied", "tombstone")
    ]
    return graph


def pointed(ids: Sequence[int], place: int | None) -> str | None:
    return None if place is None or not ids else str(ids[place % len(ids)])


async def write(client: Client, nodes: Sequence[Node]) -> None:
    """Give records their owners and what they point at, and delete those that are deleted: below
    the unit of work, which would refuse to point at what is deleted.
    """
    if not nodes:
        return
    module = client.suite[nodes[0].module]
    keys = [module.relations[names.snake(name)].foreign_key for name in nodes[0].points]
    assigned = ", ".join(f"{key} = ${i}" for i, key in enumerate(keys, start=4))
    await client.world.database.pool.executemany(
        f"UPDATE {module.table.name} SET owner_id = $2, deleted_at = CASE WHEN $3 THEN now() END, "
        f"{assigned} WHERE id = $1",
        [
            (
                int(node.id),
                node.owner,
                node.deleted,
                *(None if target is None else int(target) for target in node.points.values()),
            )
            for node in nodes
        ],
    )


async def become(client: Client, states: Mapping[int, str]) -> None:
    """Answer and delete comments by their states."""

    def those(*wanted: str) -> list[int]:
        return [id for id, state in states.items() if state in wanted]

    pool = client.world.database.pool
    gone = "UPDATE comment SET deleted_at = now(), body = '' WHERE id = ANY($1::bigint[])"
    await pool.execute(
        "INSERT INTO comment (record_id, parent_id, author_id, body) "
        "SELECT record_id, id, author_id, 'réponse' FROM comment WHERE id = ANY($1::bigint[])",
        those("replied", "tombstone", "emptied"),
    )
    await pool.execute(gone, those("deleted", "tombstone", "emptied"))
    await pool.execute(gone.replace("WHERE id", "WHERE parent_id"), those("emptied"))
