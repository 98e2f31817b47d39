"""What administrators make of access rights: roles, profiles, what is shared; teams: db/teams.py.

Everything counts from everyone's next operation on. Changes wait for one another, so that no two
of them close a circle together that neither would alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import asyncpg

from db.declare import Label
from db.errors import BadUserInput, ErrorCode, Forbidden, InvalidInput, NotFound, Path, Problem
from db.journal import EventKind, note, note_change
from db.kinds import UNSTORABLE
from db.rights import ACTIONS, OTHERS
from db.shares import forget
from db.writing import Work

RIGHTS: Final = Label("Droits d’accès", "Access rights")
ROLE: Final = Label("Rôle", "Role")
TEAM: Final = Label("Équipe", "Team")
PROFILE: Final = Label("Profil", "Profile")
USER: Final = Label("Utilisateur", "User")
RULE: Final = Label("Règle de partage", "Sharing rule")
NAME: Final = Label("Nom", "Name")
MOST: Final = 1000
"""Roles, teams, profiles and sharing rules of a company; members of one team."""
LONGEST: Final = 100
"""Characters of a name."""

HOLD: Final = "SELECT pg_advisory_xact_lock(hashtext('fiches access rights'))"
ROLES: Final = """
SELECT role.*, principal.name, 'role' AS kind,
    (SELECT count(*) FROM membership WHERE role_id = role.id)::int AS users
FROM role JOIN principal USING (id) WHERE company_id = $1 ORDER BY id
"""
PROFILES: Final = "SELECT * FROM profile WHERE company_id = $1 ORDER BY id"
RULES: Final = "SELECT * FROM sharing_rule WHERE company_id = $1 ORDER BY id"
SHARING: Final = "SELECT module, writes FROM sharing WHERE company_id = $1"
CREATE: Final = "INSERT INTO principal (kind, name) VALUES ($1, $2) RETURNING id"
RENAME: Final = "UPDATE principal SET name = $2 WHERE id = $1"
USED_ROLE: Final = """
SELECT EXISTS (SELECT FROM role WHERE parent_id = $1)
    OR EXISTS (SELECT FROM membership WHERE role_id = $1)
    OR EXISTS (SELECT FROM team_member WHERE member_id = $1)
    OR EXISTS (SELECT FROM sharing_rule WHERE from_id = $1 OR to_id = $1)
"""
PARTIES: Final = """
SELECT principal.id, kind FROM principal
LEFT JOIN role USING (id) LEFT JOIN team USING (id) LEFT JOIN app_user USING (id)
LEFT JOIN membership ON membership.user_id = principal.id AND membership.company_id = $2
WHERE principal.id = ANY($1) AND (role.company_id = $2 OR app_user.company_id = $2
    OR membership.company_id = $2 OR team.company_id = $2 AND team.deleted_at IS NULL)
"""
SPELT: Final = "SELECT id, kind || '-' || id FROM principal WHERE id = ANY($1)"
LEVELS: Final = {None: "PRIVATE", False: "READ", True: "READ_WRITE"}
ADD_RULE: Final = """
INSERT INTO sharing_rule (company_id, module, from_id, to_id, writes) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (company_id, to_id, module, from_id) DO UPDATE SET writes = excluded.writes
RETURNING *
"""


async def begin(work: Work) -> None:
    """Let no other change rights until the commit. Raises Forbidden."""
    if not work.viewer.administrator:
        raise Forbidden(RIGHTS, "edit")
    await work.connection.execute(HOLD)


async def set_role(work: Work, id: int | None, given: Mapping[str, Any]) -> Any:
    """Make a role, or change one: its `name`, the role `parent` it is below. The role.

    Raises Forbidden, NotFound, and InvalidInput where it would be below itself.
    """
    await begin(work)
    roles = {row["id"]: row for row in await work.connection.fetch(ROLES, work.viewer.company_id)}
    refuse_unknown(ROLE, "role", id, roles)
    problems: list[Problem] = []
    old = roles[id] if id is not None else {"name": None, "parent_id": None}
    name = checked_name(given, old["name"], [each["name"] for each in _but(id, roles)], problems)
    parent = given.get("parent", old["parent_id"])
    if parent is not None and parent not in roles:
        problems.append(absent(("parent",), "role", parent))
    elif parent is not None and id is not None:
        line = [id]
        above: int | None = parent
        while above is not None and above != id:
            line.append(above)
            above = roles[above]["parent_id"]
        if above == id:
            names = [*(roles[each]["name"] for each in line), roles[id]["name"]]
            problems.append(circle(("parent",), ROLE, names))
    refuse_many(ROLE, id, roles, problems)
    raise_all(problems)
    if id is None:
        id = await work.connection.fetchval(CREATE, "role", name)
        insert = "INSERT INTO role (id, company_id, parent_id) VALUES ($1, $2, $3)"
        await work.connection.execute(insert, id, work.viewer.company_id, parent)
    else:
        await work.connection.execute(RENAME, id, name)
        await work.connection.execute("UPDATE role SET parent_id = $2 WHERE id = $1", id, parent)
    row = await row_of(work, ROLES, id, work.viewer.company_id)
    await note_change(work, "role", id, _told_role(roles.get(id)), _told_role(row))
    return row


def _told_role(row: Any) -> Any:
    return row and {"name": row["name"], "parent": spelt("role", row["parent_id"])}


def spelt(kind: str, id: int | None) -> str | None:
    """An id as clients know it; None for none."""
    return None if id is None else f"{kind}-{id}"


async def delete_role(work: Work, id: int) -> None:
    """No list or tag is shared with it any more. Raises Forbidden, NotFound, and InvalidInput where
    something else still refers to it.
    """
    await begin(work)
    row = await row_of(work, ROLES, id, work.viewer.company_id)
    refuse_unknown(ROLE, "role", id, () if row is None else (id,))
    if await work.connection.fetchval(USED_ROLE, id):
        raise InvalidInput([Problem(("id",), ErrorCode.INVALID, "still_used", {"label": ROLE})])
    await forget(work, id)
    await work.connection.execute("DELETE FROM role WHERE id = $1", id)
    await work.connection.execute("DELETE FROM principal WHERE id = $1", id)
    await note_change(work, "role", id, _told_role(row), None)


async def set_profile(
    work: Work, id: int | None, given: Mapping[str, Any], modules: Collection[str]
) -> Any:
    """Make a profile, or change one: its `name`, its `grants` (a list of `module`, null for all
    others, and `actions`) and its `fields` (a list of `module`, `name` and `level`). The profile.
    Raises Forbidden, NotFound, InvalidInput.
    """
    await begin(work)
    found = await work.connection.fetch(PROFILES, work.viewer.company_id)
    profiles = {row["id"]: row for row in found}
    refuse_unknown(PROFILE, "profile", id, profiles)
    problems: list[Problem] = []
    old = profiles[id] if id is not None else {"name": None, "grants": {}, "fields": {}}
    name = checked_name(given, old["name"], [each["name"] for each in _but(id, profiles)], problems)
    grants: Mapping[str, Sequence[str]] = old["grants"]
    if "grants" in given:
        grants = {each.get("module") or OTHERS: each["actions"] for each in given["grants"]}
        for i, module in enumerate(grants):
            if module != OTHERS and module not in modules:
                about = {"argument": "module", "accepted": ", ".join(modules)}
                path = ("grants", str(i), "module")
                problems.append(Problem(path, ErrorCode.INVALID, "bad_user_input", about))
    grants = {each: [a for a in ACTIONS if a in actions] for each, actions in grants.items()}
    fields = _fields(work, given["fields"], problems) if "fields" in given else old["fields"]
    refuse_many(PROFILE, id, profiles, problems)
    raise_all(problems)
    if id is None:
        insert = (
            "INSERT INTO profile (company_id, name, grants, fields) VALUES ($1, $2, $3, $4)"
            " RETURNING *"
        )
        asked = (work.viewer.company_id, name, grants, fields)
        row = await work.connection.fetchrow(insert, *asked)
    else:
        update = "UPDATE profile SET name = $2, grants = $3, fields = $4 WHERE id = $1 RETURNING *"
        row = await work.connection.fetchrow(update, id, name, grants, fields)
    before = None if id is None else _told_profile(profiles[id])
    await note_change(work, "profile", row["id"], before, _told_profile(row))
    return row


def _told_profile(row: Any) -> dict[str, Any]:
    return {each: row[each] for each in ("name", "grants", "fields")}


def _fields(
    work: Work, given: Sequence[Mapping[str, Any]], problems: list[Problem]
) -> dict[str, dict[str, str]]:
    """What a profile says of fields, by module and name; lines of documents are a module too."""
    found: dict[str, dict[str, str]] = {}
    for i, each in enumerate(given):
        module = work.suite.get(each["module"])
        if module is None:
            about = {"argument": "module", "accepted": ", ".join(each.name for each in work.suite)}
            path = ("fields", str(i), "module")
            problems.append(Problem(path, ErrorCode.INVALID, "bad_user_input", about))
        elif each["name"] not in (known := work.having(module).facts):
            about = {"name": each["name"], "accepted": ", ".join(known)}
            path = ("fields", str(i), "name")
            problems.append(Problem(path, ErrorCode.BAD_USER_INPUT, "unknown_field", about))
        else:
            found.setdefault(module.name, {})[each["name"]] = each["level"]
    return found


async def delete_profile(work: Work, id: int) -> None:
    """Raises Forbidden, NotFound, and InvalidInput where users have it."""
    await begin(work)
    row = await row_of(work, PROFILES, id, work.viewer.company_id)
    refuse_unknown(PROFILE, "profile", id, () if row is None else (id,))
    try:
        async with work.connection.transaction():
            await work.connection.execute("DELETE FROM profile WHERE id = $1", id)
    except asyncpg.ForeignKeyViolationError:
        used = Problem(("id",), ErrorCode.INVALID, "still_used", {"label": PROFILE})
        raise InvalidInput([used]) from None
    await note_change(work, "profile", id, _told_profile(row), None)


async def set_sharing(work: Work, module: str, writes: bool | None) -> None:
    """Share a module's records with everyone, to read or to write; None: no more. Forbidden."""
    await begin(work)
    company = work.viewer.company_id
    before = {row["module"]: row["writes"] for row in await work.connection.fetch(SHARING, company)}
    if writes is None:
        delete = "DELETE FROM sharing WHERE company_id = $1 AND module = $2"
        await work.connection.execute(delete, company, module)
    else:
        insert = (
            "INSERT INTO sharing (company_id, module, writes) VALUES ($1, $2, $3)"
            " ON CONFLICT (company_id, module) DO UPDATE SET writes = excluded.writes"
        )
        await work.connection.execute(insert, company, module, writes)
    was, now = ({"level": LEVELS[each]} for each in (before.get(module), writes))
    await note(work, EventKind.SHARING_CHANGED, module, module, was, now)


async def add_rule(work: Work, module: str, source: int, target: int, writes: bool) -> Any:
    """Share what members of a role or team own of a module with another; the rule.

    Raises Forbidden, InvalidInput.
    """
    await begin(work)
    problems: list[Problem] = []
    for name, id in (("from", source), ("with", target)):
        problems += await strangers(work, {id}, (name,), ("role", "team"))
    rules = await work.connection.fetch(RULES, work.viewer.company_id)
    refuse_many(RULE, None, rules, problems)
    raise_all(problems)
    asked = (work.viewer.company_id, module, source, target, writes)
    row = await work.connection.fetchrow(ADD_RULE, *asked)
    old = next((each for each in rules if each["id"] == row["id"]), None)
    before = None if old is None else await _told_rule(work, old)
    await note_change(work, "rule", row["id"], before, await _told_rule(work, row), module)
    return row


async def delete_rule(work: Work, id: int) -> None:
    """Raises Forbidden, NotFound."""
    await begin(work)
    delete = "DELETE FROM sharing_rule WHERE id = $1 AND company_id = $2 RETURNING *"
    row = await work.connection.fetchrow(delete, id, work.viewer.company_id)
    if row is None:
        raise NotFound(RULE, f"rule-{id}", ("id",))
    await note_change(work, "rule", id, await _told_rule(work, row), None, row["module"])


async def _told_rule(work: Work, row: Any) -> dict[str, Any]:
    names = await node_ids(work, [row["from_id"], row["to_id"]])
    return {
        "module": row["module"],
        "from": names[row["from_id"]],
        "with": names[row["to_id"]],
        "writes": row["writes"],
    }


async def node_ids(work: Work, ids: Sequence[int]) -> dict[int, str]:
    """Users, roles and teams as clients know them: `team-4`."""
    return dict(await work.connection.fetch(SPELT, ids))


async def strangers(
    work: Work, ids: Iterable[int], path: Path, kinds: Sequence[str] = ("user", "team", "role")
) -> list[Problem]:
    """A problem for each that is none of the kinds, or a role of another company."""
    wanted = sorted(ids)
    rows = await work.connection.fetch(PARTIES, wanted, work.viewer.company_id)
    known = {row["id"] for row in rows if row["kind"] in kinds}
    return [absent(path, " / ".join(kinds), each) for each in wanted if each not in known]


async def row_of(work: Work, statement: str, id: int, *arguments: Any) -> Any:
    rows = await work.connection.fetch(statement, *arguments)
    return next((row for row in rows if row["id"] == id), None)


def _but(id: int | None, rows: Mapping[int, Any]) -> Iterable[Any]:
    return (row for each, row in rows.items() if each != id)


def refuse_unknown(label: Label, kind: str, id: int | None, known: Collection[int]) -> None:
    if id is not None and id not in known:
        raise NotFound(label, f"{kind}-{id}", ("id",))


def checked_name(
    given: Mapping[str, Any], old: str | None, taken: Collection[str], problems: list[Problem]
) -> str:
    name = str(given.get("name", old) or "").strip()
    if not name or UNSTORABLE.search(name):
        problems.append(Problem(("name",), ErrorCode.REQUIRED, "required", {"label": NAME}))
    elif len(name) > LONGEST:
        about: dict[str, object] = {"label": NAME, "maximum": LONGEST}
        problems.append(Problem(("name",), ErrorCode.TOO_LONG, "too_long", about))
    elif name != old and name.casefold() in {each.casefold() for each in taken}:
        about = {"label": NAME, "value": name}
        problems.append(Problem(("name",), ErrorCode.NOT_UNIQUE, "not_unique", about))
    return name


def refuse_many(
    label: Label, id: int | None, known: Collection[Any], problems: list[Problem]
) -> None:
    if id is None and len(known) >= MOST:
        about = {"label": label, "maximum": MOST}
        problems.append(Problem((), ErrorCode.INVALID, "too_many_of", about))


def absent(path: Path, kind: str, id: int) -> Problem:
    about = {"argument": ".".join(path), "accepted": kind}
    return Problem(path, ErrorCode.NOT_FOUND, "bad_user_input", about)


def circle(path: Path, label: Label, names: Sequence[str]) -> Problem:
    about = {"label": label, "value": " > ".join(names)}
    return Problem(path, ErrorCode.INVALID, "in_itself", about)


def raise_all(problems: Sequence[Problem]) -> None:
    if problems:
        raise InvalidInput(problems)


def known_module(work: Work, name: str, path: Path = ("module",)) -> str:
    """Raises BadUserInput for what is no module."""
    found = work.suite.get(name)
    if found is None or found.part:
        raise BadUserInput(path, accepted=", ".join(each.name for each in work.suite.modules))
    return found.name
