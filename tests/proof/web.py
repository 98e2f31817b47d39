"""A company in which everything points at everything: three records of each module, tied at random.

What each may see is spelt out by definition. The rights are whose a record is, which modules are
shared with all, which records one by one, which modules and relations a profile hides, and the
recycle bin; roles, teams and rules are drawn in tests/rights.py.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from db.declare import Links, Relation
from db.suite import Module, Suite, Tab
from graph import names
from tests.client import Client
from tests.properties import commented, made
from tests.test_every_module import sample

EACH = 3
"""Records of each module."""


@dataclass
class Knot:
    """A record: whose, where, and the ids that each of its relations and links holds."""

    id: int
    module: str
    owner: int = 0
    deleted: bool = False
    points: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Reader:
    """One who asks, and the rights drawn for them."""

    client: Client
    everything: bool
    records: set[int] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    masked: set[tuple[str, str]] = field(default_factory=set)


class Web:
    """The records of a company by id, and those who read it.

    No dataclass: Hypothesis would print all that it holds.
    """

    def __init__(self, administrator: Client) -> None:
        self.administrator = administrator
        self.readers = [Reader(administrator, True)]
        self.knots: dict[int, Knot] = {}
        self.comments: dict[int, int] = {}
        """The one comment of each record, by the record."""
        self.tag = ""
        """The id of a tag that every record has."""
        self.list: dict[str, str] = {}
        """The id of a shared list of all records, by module."""

    @property
    def suite(self) -> Suite:
        return self.administrator.suite

    def sees(self, reader: Reader, knot: Knot, *, deleted: bool = False) -> bool:
        if knot.deleted is not deleted:
            return False
        if reader.everything:
            return True
        return knot.module not in reader.hidden and (
            knot.owner == reader.client.user_id
            or knot.module in reader.modules
            or knot.id in reader.records
        )

    def ever(self, reader: Reader, id: int) -> bool:
        """Whether the reader sees the record, in the recycle bin or out of it."""
        return any(self.sees(reader, self.knots[id], deleted=each) for each in (False, True))

    def rolled_up(self, reader: Reader, knot: Knot) -> set[int]:
        """The records whose comments are shown on one."""
        module, found = self.suite[knot.module], {knot.id}
        for relation in module.relations.values():
            if relation.rollup:
                found.update(self.linked(reader, knot, relation.name))
        for tab in module.tabs.values():
            if tab.fact.rollup and not tab.module.part:
                found.update(self.tab(reader, knot, tab))
        return found

    def seen(self, reader: Reader, module: str) -> list[int]:
        """Newest first."""
        own = [each for each in self.knots.values() if each.module == module]
        return sorted((each.id for each in own if self.sees(reader, each)), reverse=True)

    def target(self, reader: Reader, knot: Knot, name: str) -> int | None:
        """What a relation shows."""
        shown = self.linked(reader, knot, name)
        return shown[0] if shown else None

    def linked(self, reader: Reader, knot: Knot, name: str) -> list[int]:
        """What a relation or links show."""
        if (knot.module, name) in reader.masked:
            return []
        held = [self.knots[id] for id in knot.points.get(name, ())]
        return sorted({each.id for each in held if self.sees(reader, each)}, reverse=True)

    def tab(self, reader: Reader, host: Knot, tab: Tab) -> list[int]:
        """What a tab holds."""
        if tab.forward:
            return self.linked(reader, host, tab.fact.name)
        if (tab.module.name, tab.fact.name) in reader.masked:
            return []
        of = [each for each in self.knots.values() if each.module == tab.module.name]
        shown = [x.id for x in of if host.id in x.points[tab.fact.name] and self.sees(reader, x)]
        return sorted(shown, reverse=True)


def levels(suite: Suite) -> Iterator[Module]:
    """Modules behind those that they must point at."""
    done: set[str] = set()
    while len(done) < len(suite.modules):
        for module in suite.modules:
            needed = {each.target_name for each in module.relations.values() if each.required}
            if module.name not in done and needed <= done:
                done.add(module.name)
                yield module


async def spun(administrator: Client, readers: int = 2) -> Web:
    """A company with its records, tied to nothing but what they must be."""
    web = Web(administrator)
    for i in range(readers):
        web.readers.append(Reader(await administrator.colleague(f"U{i}"), False))
    first: dict[str, int] = {}
    for module in levels(web.suite):
        rows = [_row(module, first, i) for i in range(EACH)]
        ids = await made(administrator, module.name, rows)
        first[module.name] = ids[0]
        for id in ids:
            web.knots[id] = Knot(id, module.name)
    comments = await commented(administrator, [(id, WRITTEN) for id in web.knots])
    web.comments = dict(zip(web.knots, comments, strict=True))
    await _kept(web)
    return web


WRITTEN = datetime(2026, 3, 1, tzinfo=UTC)


async def _kept(web: Web) -> None:
    """A tag on every record, and a list of each module that everyone is shown."""
    administrator = web.administrator
    data = await administrator.ask(
        'mutation { createTag(input: {name: "Bleu", color: "#1f6feb", shared: true}) '
        "{ tag { id } } }"
    )
    web.tag = data["createTag"]["tag"]["id"]
    data = await administrator.ask(
        "mutation ($ids: [ID!], $tags: [ID!]!) { addTags(records: $ids, tags: $tags) "
        "{ done errors { message } } }",
        ids=[str(id) for id in web.knots],
        tags=[web.tag],
    )
    assert data["addTags"]["done"] == len(web.knots), data
    for module in web.suite.modules:
        data = await administrator.ask(
            "mutation ($input: CreateListInput!) { createList(input: $input) { list { id } } }",
            input={"module": module.name, "name": "Toutes", "shared": True},
        )
        web.list[module.name] = data["createList"]["list"]["id"]


def _row(module: Module, first: dict[str, int], nth: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for fact in module.facts.values():
        if isinstance(fact, Links) or not fact.required:
            continue
        if isinstance(fact, Relation):
            row[fact.name] = first[fact.target_name]
        elif fact.unique and fact.type is str:
            row[fact.name] = f"{nth}"
        elif fact.choice:
            row[fact.name] = next(iter(fact.choice)).value
        else:
            row[fact.name] = UNIQUE.get(fact.type.__name__, {}).get(nth, sample(fact, 0))
    if module.declared.lines:
        row["line_items"] = [{"label": "Ligne", "quantity": "1"}]
    return row


UNIQUE: dict[str, dict[int, Any]] = {
    "Iban": dict(
        enumerate(("FR7630006000011234567890189", "DE89370400440532013000", "BE71096123456769"))
    )
}


async def tied(web: Web, seed: int) -> None:
    """Tie the records anew, and draw everybody's rights: below the unit of work, which would not
    let so much be so wrong.
    """
    draw = random.Random(seed)
    pool = web.administrator.world.database.pool
    company = web.administrator.company_id
    owners = [each.client.user_id for each in web.readers]
    by_module: dict[str, list[int]] = {module.name: [] for module in web.suite.modules}
    for knot in web.knots.values():
        by_module[knot.module].append(knot.id)
    await pool.execute("DELETE FROM link WHERE from_id = ANY($1::bigint[])", list(web.knots))
    links = []
    for module in web.suite.modules:
        keys = list(module.relations.values())
        rows = []
        for id in by_module[module.name]:
            knot = web.knots[id]
            # What actions undo is in nobody's recycle bin.
            deleted = draw.random() < 0.15 and not module.declared.by_actions
            knot.owner, knot.deleted = draw.choice(owners), deleted
            for fact in module.facts.values():
                if isinstance(fact, Relation):
                    target = draw.choice(by_module[fact.target_name])
                    none = not fact.required and draw.random() < 0.2
                    knot.points[fact.name] = [] if none else [target]
                elif isinstance(fact, Links):
                    among = by_module[fact.target_name]
                    knot.points[fact.name] = draw.sample(among, draw.randint(0, EACH))
                    links += [(f"{module.name}.{fact.name}", id, x) for x in knot.points[fact.name]]
            held = [next(iter(knot.points[each.name]), None) for each in keys]
            rows.append((id, knot.owner, knot.deleted, *held))
        assigned = "".join(f", {each.foreign_key} = ${i}" for i, each in enumerate(keys, 4))
        await pool.executemany(
            f"UPDATE {module.table.name} SET owner_id = $2, deleted_at = CASE WHEN $3::boolean "
            f"THEN now() END{assigned} WHERE id = $1",
            rows,
        )
    await pool.executemany("INSERT INTO link (relation, from_id, to_id) VALUES ($1, $2, $3)", links)
    await _rights(web, draw, company)


async def _rights(web: Web, draw: random.Random, company: int) -> None:
    pool = web.administrator.world.database.pool
    facts = [
        (module.name, fact.name)
        for module in web.suite.modules
        for fact in module.facts.values()
        if isinstance(fact, Relation | Links)
    ]
    modules = [each.name for each in web.suite.modules]
    shared = {name for name in modules if draw.random() < 0.15}
    await pool.execute("DELETE FROM sharing WHERE company_id = $1", company)
    await pool.executemany(
        "INSERT INTO sharing (company_id, module) VALUES ($1, $2)",
        [(company, name) for name in shared],
    )
    for reader in web.readers[1:]:
        user = reader.client.user_id
        reader.modules = shared
        reader.hidden = {name for name in modules if draw.random() < 0.1}
        reader.masked = {fact for fact in facts if draw.random() < 0.05}
        reader.records = {id for id in web.knots if draw.random() < 0.3}
        await pool.execute("DELETE FROM record_share WHERE principal_id = $1", user)
        await pool.executemany(
            "INSERT INTO record_share VALUES ($1, $2, false)", [(x, user) for x in reader.records]
        )
        await pool.execute("DELETE FROM membership WHERE user_id = $1", user)
        fields: dict[str, dict[str, str]] = {}
        for module, name in reader.masked:
            fields.setdefault(module, {})[name] = "hidden"
        every = ["read", "create", "edit", "delete", "export", "comment"]
        grants: dict[str, list[str]] = {"*": every, **{name: [] for name in reader.hidden}}
        await pool.execute(
            "DELETE FROM profile WHERE company_id = $1 AND name = $2", company, str(user)
        )
        profile = await pool.fetchval(
            "INSERT INTO profile (company_id, name, grants, fields) VALUES ($1, $2, $3, $4) "
            "RETURNING id",
            company,
            str(user),
            grants,
            fields,
        )
        await pool.execute(
            "INSERT INTO membership VALUES ($1, $2, NULL, $3)", user, company, profile
        )


def chosen(web: Web, seed: int, many: int) -> list[Module]:
    """The modules whose turn it is."""
    modules = web.suite.modules
    return [modules[(seed * many + i) % len(modules)] for i in range(min(many, len(modules)))]


def one(module: Module) -> str:
    return names.camel(names.one(module))


def many(module: Module) -> str:
    return names.camel(names.many(module))
