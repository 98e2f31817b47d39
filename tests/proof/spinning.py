"""Makes the company of the proof: a few records of each module, all with values of their own."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from db.accounts import add_team
from db.declare import Column, Links, Relation
from db.kinds import kind_of
from db.suite import Module, Suite
from graph import names
from tests.client import Client
from tests.proof.web import EVERY, Knot, Reader, Web, many
from tests.properties import commented, made
from tests.test_every_module import sample

EACH = 4
"""Records of each module."""

WRITTEN = datetime(2026, 3, 1, tzinfo=UTC)


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
    pool = administrator.world.database.pool
    for i in range(readers):
        web.readers.append(Reader(await administrator.colleague(f"U{i}"), False))
        role = "INSERT INTO principal (kind, name) VALUES ('role', $1) RETURNING id"
        web.roles.append(await pool.fetchval(role, f"R{i}"))
        insert = "INSERT INTO role (id, company_id) VALUES ($1, $2)"
        await pool.execute(insert, web.roles[-1], administrator.company_id)
        profile = "INSERT INTO profile (company_id, name, grants) VALUES ($1, $2, $3) RETURNING id"
        given = (administrator.company_id, f"P{i}", {"*": EVERY})
        web.profiles.append(await pool.fetchval(profile, *given))
        member = "INSERT INTO membership (user_id, company_id, profile_id) VALUES ($1, $2, $3)"
        user = web.readers[-1].client.user_id
        await pool.execute(member, user, administrator.company_id, web.profiles[-1])
    async with pool.acquire() as connection:
        web.team = await add_team(connection, administrator.company_id, "Équipe", [])
    for module in levels(web.suite):
        rows = [_row(module, web, i) for i in range(EACH)]
        web.ids[module.name] = await made(administrator, module.name, rows)
        for id, row in zip(web.ids[module.name], rows, strict=True):
            points = {
                name: [row[name]] if name in row else []
                for name in (*module.relations, *module.links)
            }
            web.knots[id] = Knot(id, module.name, administrator.user_id, points=points)
        await _valued(web, module)
    comments = await commented(administrator, [(id, WRITTEN) for id in web.knots])
    web.comments = dict(zip(web.knots, comments, strict=True))
    await _kept(web)
    for module in web.suite.modules:
        await _read(web, module)
    return web


def _row(module: Module, web: Web, nth: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for fact in module.facts.values():
        if isinstance(fact, Links) or not fact.required:
            continue
        if isinstance(fact, Relation):
            row[fact.name] = web.ids[fact.target_name][0]
        elif fact.unique and fact.type is str:
            row[fact.name] = f"{nth}"
        elif fact.choice:
            row[fact.name] = next(iter(fact.choice)).value
        elif fact.type.__name__ == "Iban":
            row[fact.name] = IBANS[nth]
        else:
            row[fact.name] = sample(fact, 0)
    if module.declared.lines:
        row["line_items"] = [{"label": "Ligne", "quantity": "1"}]
    return row


IBANS = (
    "FR7630006000011234567890189", "DE89370400440532013000", "BE71096123456769",
    "GB82WEST12345698765432",
)  # fmt: skip


async def _valued(web: Web, module: Module) -> None:
    """Give the records other values than each other's, some none, below the unit of work: which
    would not let so much be so wrong.
    """
    columns = [
        each
        for each in module.columns.values()
        if not each.unique and each.name not in ("status", "posting_state")
    ]
    if not columns:
        return
    draw = random.Random(module.name)  # the same in every run
    assigned = ", ".join(f"{each.name} = ${i}" for i, each in enumerate(columns, 2))
    await web.administrator.world.database.pool.executemany(
        f"UPDATE {module.table.name} SET {assigned} WHERE id = $1",
        [(id, *(_value(draw, each) for each in columns)) for id in web.ids[module.name]],
    )


def _value(draw: random.Random, column: Column) -> Any:
    held = module_default(column)
    if not (column.required or held is not None) and draw.random() < 0.25:
        return None
    if column.choice:
        return draw.choice(list(column.choice)).value
    if column.type is bool:
        return draw.random() < 0.5
    parsed = kind_of(column.type).parse(sample(column, draw.randint(0, 1)))
    if kind_of(column.type).numeric:
        return parsed * draw.randint(1, 3)
    return parsed


def module_default(column: Column) -> Any:
    """What stands in a column that may hold no null."""
    return None if column.optional else column.default


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


async def _read(web: Web, module: Module) -> None:
    """What the records hold, as the administrator reads it."""
    columns = [name for name in module.all_columns if compared(module, name)]
    shown = " ".join(names.camel(name) for name in columns)
    (answer,) = (
        await web.administrator.ask(f"{{ {many(module)}(first: 9) {{ nodes {{ id {shown} }} }} }}")
    ).values()
    assert len(answer["nodes"]) == EACH
    for node in answer["nodes"]:
        values = {name: node[names.camel(name)] for name in columns}
        web.knots[int(node["id"])].values = values


def compared(module: Module, name: str) -> bool:
    """Whether a column holds something that can be compared."""
    column = module.all_columns[name]
    return column.choice is not None or kind_of(column.type).name not in ("Address", "JSON")
