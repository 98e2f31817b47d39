"""Draws what an example is about: how records of a few modules hang together, and everybody's
rights to them. Only what differs from how it stands is written.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from db.declare import Links, Relation
from db.suite import Module
from tests.proof.web import EVERY, Knot, Reader, Rights, Web


@dataclass
class State:
    """All that an example draws. Records that are not in it are the administrator's, and point at
    nothing but what they must.
    """

    knots: dict[int, Knot] = field(default_factory=dict)
    rights: Rights = field(default_factory=Rights)


def ties(module: Module) -> list[Relation | Links]:
    """What of a module's facts leads to other records."""
    return [*module.relations.values(), *module.links.values()]


def around(web: Web, draw: random.Random, module: Module, most: int = 5) -> list[Module]:
    """A module with some of those that it points at, and that point at it."""
    near = {each.target_name for each in ties(module)}
    near |= {tab.module.name for tab in module.tabs.values() if not tab.module.part}
    others = sorted(near - {module.name})
    picked = draw.sample(others, min(len(others), draw.randint(1, most)))
    return [module, *(web.suite[name] for name in picked)]


def drawn(web: Web, draw: random.Random, modules: Sequence[Module]) -> State:
    """A state of the records of some modules."""
    state = State()
    for module in modules:
        for id in web.ids[module.name]:
            knot = Knot(id, module.name)
            _own(web, draw, knot)
            for fact in ties(module):
                _point(web, draw, knot, fact)
            state.knots[id] = knot
    rights, records = state.rights, list(state.knots)
    named = [module.name for module in modules]
    rights.shared = {name for name in named if draw.random() < 0.15}
    rights.members = {i for i in (1, 2) if draw.random() < 0.4}
    rights.roles = {i for i in (1, 2) if draw.random() < 0.5}
    rights.above = draw.random() < 0.5
    for _ in range(draw.randint(0, 2)):
        rights.rules.add(_rule(web, draw, named))
    for reader in (1, 2):
        user = web.readers[reader].client.user_id
        # With whom no record is shared is remembered from one operation to the next.
        if draw.random() < 0.5:
            rights.shares |= {(id, user) for id in records if draw.random() < 0.25}
        rights.hidden[reader] = {name for name in named[1:] if draw.random() < 0.08}
        facts = [(each.name, name) for each in modules for name in each.facts]
        leading = [(each.name, fact.name) for each in modules for fact in ties(each)]
        rights.masked[reader] = {
            draw.choice(draw.choice((facts, leading or facts))) for _ in range(draw.randint(0, 4))
        }
    if draw.random() < 0.2:
        rights.shares |= {(id, web.team) for id in records if draw.random() < 0.2}
    return state


def _own(web: Web, draw: random.Random, knot: Knot) -> None:
    module = web.suite[knot.module]
    knot.owner = draw.choice([*(each.client.user_id for each in web.readers), web.team])
    # What actions undo is in nobody's recycle bin.
    knot.deleted = draw.random() < 0.15 and not module.declared.by_actions


def _point(web: Web, draw: random.Random, knot: Knot, fact: Relation | Links) -> None:
    among = web.ids[fact.target_name]
    if isinstance(fact, Links):
        knot.points[fact.name] = sorted(draw.sample(among, draw.randint(0, len(among))))
    else:
        none = not fact.required and draw.random() < 0.2
        knot.points[fact.name] = [] if none else [draw.choice(among)]


def _rule(web: Web, draw: random.Random, named: Sequence[str]) -> tuple[str, int, int]:
    parties = [*web.roles, web.team]
    return draw.choice(named), draw.choice(parties), draw.choice(parties)


def moved(web: Web, draw: random.Random, before: State, modules: Sequence[Module]) -> State:
    """The state after one thing has changed: a record's owner, place or ties, or a right."""
    state = copy.deepcopy(before)
    rights, module = state.rights, draw.choice(modules)
    knot = state.knots[draw.choice(web.ids[module.name])]
    reader = draw.choice((1, 2))
    what = draw.choice(("own", "point", "share", "mask", "mask", "hide", "rule", "role", "member"))
    if what == "own":
        _own(web, draw, knot)
    elif what == "point" and knot.points:
        name = draw.choice(sorted(knot.points))
        fact = module.facts[name]
        assert isinstance(fact, Relation | Links)
        _point(web, draw, knot, fact)
    elif what == "share":
        rights.shares ^= {(knot.id, web.readers[reader].client.user_id)}
    elif what == "mask":
        rights.masked[reader] ^= {(module.name, draw.choice(list(module.facts)))}
    elif what == "hide" and module is not modules[0]:
        rights.hidden[reader] ^= {module.name}
    elif what == "rule":
        rights.rules ^= {_rule(web, draw, [module.name])}
    elif what == "role":
        rights.roles ^= {reader}
    elif what == "member":
        rights.members ^= {reader}
    return state


async def settled(web: Web, state: State) -> None:
    """Let the company be so, in the database and in the model."""
    async with (
        web.administrator.world.database.pool.acquire() as connection,
        connection.transaction(),
    ):
        changed = await _tied(web, connection, state)
        await _granted(web, connection, state.rights)
    for wanted in changed:
        knot = web.knots[wanted.id]
        knot.owner, knot.deleted, knot.points = wanted.owner, wanted.deleted, wanted.points
    for i, reader in enumerate(web.readers[1:], 1):
        _model(web, reader, i, state.rights)
    web.rights = copy.deepcopy(state.rights)


async def _tied(web: Web, connection: asyncpg.Connection, state: State) -> list[Knot]:
    """The records that are otherwise now."""
    changed: dict[str, list[Knot]] = {}
    for knot in web.knots.values():
        wanted = state.knots.get(knot.id) or at_rest(web, knot)
        stands = (knot.owner, knot.deleted, knot.points)
        if stands != (wanted.owner, wanted.deleted, wanted.points):
            changed.setdefault(knot.module, []).append(wanted)
    linked = []
    for name, knots in changed.items():
        module = web.suite[name]
        keys = list(module.relations.values())
        rows = [
            (x.id, x.owner, x.deleted, *(next(iter(x.points[each.name]), None) for each in keys))
            for x in knots
        ]
        assigned = "".join(f", {each.foreign_key} = ${i}" for i, each in enumerate(keys, 4))
        await connection.executemany(
            f"UPDATE {module.table.name} SET owner_id = $2, deleted_at = CASE WHEN $3::boolean "
            f"THEN now() END{assigned} WHERE id = $1",
            rows,
        )
        linked += [
            (f"{name}.{key}", x.id, far)
            for x in knots
            for key in module.links
            for far in x.points[key]
        ]
    ids = [each.id for knots in changed.values() for each in knots]
    await connection.execute("DELETE FROM link WHERE from_id = ANY($1::bigint[])", ids)
    await connection.executemany(
        "INSERT INTO link (relation, from_id, to_id) VALUES ($1, $2, $3)", linked
    )
    return [each for knots in changed.values() for each in knots]


def at_rest(web: Web, knot: Knot) -> Knot:
    """A record that no example is about."""
    module = web.suite[knot.module]
    points: dict[str, list[int]] = {name: [] for name in module.links}
    for fact in module.relations.values():
        points[fact.name] = web.ids[fact.target_name][:1] if fact.required else []
    return Knot(knot.id, knot.module, web.administrator.user_id, points=points)


async def _granted(web: Web, connection: asyncpg.Connection, rights: Rights) -> None:
    """Each kind by itself: any change must be noticed of who is remembered as they were."""
    before, company = web.rights, web.administrator.company_id
    users = [each.client.user_id for each in web.readers]
    if rights.above != before.above:
        low, high = web.roles
        above = high if rights.above else None
        await connection.execute("UPDATE role SET parent_id = $2 WHERE id = $1", low, above)
    for remove, insert, was, now in (
        (
            "DELETE FROM sharing WHERE company_id = $1 AND module = $2",
            "INSERT INTO sharing (company_id, module) VALUES ($1, $2)",
            {(company, name) for name in before.shared},
            {(company, name) for name in rights.shared},
        ),
        (
            "DELETE FROM sharing_rule WHERE company_id = $1 AND module = $2 AND from_id = $3 "
            "AND to_id = $4",
            "INSERT INTO sharing_rule (company_id, module, from_id, to_id, writes) "
            "VALUES ($1, $2, $3, $4, false)",
            {(company, *rule) for rule in before.rules},
            {(company, *rule) for rule in rights.rules},
        ),
        (
            "DELETE FROM record_share WHERE record_id = $1 AND principal_id = $2",
            "INSERT INTO record_share VALUES ($1, $2, false)",
            before.shares,
            rights.shares,
        ),
        (
            "DELETE FROM team_member WHERE team_id = $1 AND member_id = $2",
            "INSERT INTO team_member VALUES ($1, $2)",
            {(web.team, users[i]) for i in before.members},
            {(web.team, users[i]) for i in rights.members},
        ),
    ):
        await _changed(connection, remove, was - now)
        await _changed(connection, insert, now - was)
    for i in (1, 2):
        role = web.roles[i - 1] if i in rights.roles else None
        if (i in rights.roles) != (i in before.roles):
            given = "UPDATE membership SET role_id = $2 WHERE user_id = $1"
            await connection.execute(given, users[i], role)
        hidden, masked = rights.hidden.get(i, set()), rights.masked.get(i, set())
        if (hidden, masked) != (before.hidden.get(i, set()), before.masked.get(i, set())):
            await connection.execute(
                "UPDATE profile SET grants = $2, fields = $3 WHERE id = $1",
                web.profiles[i - 1],
                {"*": EVERY, **{name: [] for name in hidden}},
                _levels(masked),
            )


async def _changed(connection: asyncpg.Connection, statement: str, rows: set[Any]) -> None:
    if rows:
        await connection.executemany(statement, sorted(rows))


def _levels(masked: set[tuple[str, str]]) -> dict[str, dict[str, str]]:
    fields: dict[str, dict[str, str]] = {}
    for module, name in sorted(masked):
        fields.setdefault(module, {})[name] = "hidden"
    return fields


def _model(web: Web, reader: Reader, place: int, rights: Rights) -> None:
    """What the rights come to for one reader, by definition."""
    user = reader.client.user_id
    teams = {web.team} if place in rights.members else set()
    roles = {web.roles[place - 1]} if place in rights.roles else set()
    own = {user} | teams
    if place == 2 and rights.above and {1, 2} <= rights.roles:
        own.add(web.readers[1].client.user_id)
    reader.owners, reader.modules = own, rights.shared
    reader.hidden = rights.hidden.get(place, set())
    reader.masked = rights.masked.get(place, set())
    reader.records = {id for id, party in rights.shares if party in {user} | teams}
    reader.ruled = {
        (module, owner)
        for module, source, target in rights.rules
        if target in teams | roles
        for owner in _owners(web, source, rights)
    }


def _owners(web: Web, source: int, rights: Rights) -> Iterable[int]:
    """Whose records a rule shares that is about a role or team."""
    users = [each.client.user_id for each in web.readers]
    if source == web.team:
        return [web.team, *(users[i] for i in rights.members)]
    of = {web.roles.index(source) + 1}
    if rights.above and source == web.roles[1]:
        of.add(1)
    return [users[i] for i in of & rights.roles]
