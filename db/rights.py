"""What a user may in one company: roles, teams, sharing rules and profiles, put together.

Roles are a tree: superiors see and write what users of roles below theirs own. A team owns records
as a user does, and holds users, roles and other teams. A module is private to the owners of its
records, read by everyone, or written by everyone; rules share what members of a role (and of those
below) or of a team own with another role or team; one record may be shared with a user or a team,
one list or tag with a role too. A profile then says which actions all this is good for. Docs:
docs/access.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from db.errors import Action

ACTIONS: Final[tuple[Action, ...]] = ("read", "create", "edit", "delete", "export", "comment")

OTHERS: Final = "*"
"""In the grants of a profile, the modules that it does not name."""

HIDDEN: Final = "hidden"
READ: Final = "read"
"""What a profile may say of a field: it is not there, or it is not written."""

RIGHTS: Final = """
party(id) AS (
    SELECT unnest(ARRAY[id, role_id]) FROM me
    UNION SELECT team_member.team_id FROM team_member JOIN party ON team_member.member_id = party.id
), rule AS (
    SELECT sharing_rule.* FROM me JOIN sharing_rule USING (company_id)
    WHERE NOT me.administrator AND to_id IN (SELECT id FROM party)
), part(source, id, deep) AS (
    SELECT from_id, from_id, true FROM rule
    UNION SELECT 0, role.id, true FROM role JOIN me ON role.parent_id = me.role_id
        WHERE NOT me.administrator
    UNION SELECT part.source, next.id, next.deep FROM part CROSS JOIN LATERAL (
        SELECT member_id AS id, false AS deep FROM team_member WHERE team_id = part.id
        UNION ALL
        SELECT role.id, true FROM role WHERE role.parent_id = part.id AND part.deep
    ) AS next
), reached(source, id) AS (
    SELECT source, id FROM part
    UNION ALL SELECT source, user_id FROM part JOIN membership ON membership.role_id = part.id
)
"""
"""Of the user and company in `me`: what the user is and is of (`party`), the rules that share with
those, and whose records these share (`reached` from a rule's source; from 0: those below). Users of
roles come last and at once: they are most of those reached, and nobody is below them.
"""

READ_FROM: Final[Mapping[str, str]] = {
    "api_key": "hash, user_id, company_id, scopes, expires_at",
    "app_user": "",
    "company": "",
    "list_share": "",
    "membership": "",
    "principal": "",
    "profile": "",
    "record_share": "",
    "role": "",
    "sharing": "",
    "sharing_rule": "",
    "tag_share": "",
    "team_member": "",
}
"""The tables that say who somebody is and what they may, and the columns that matter where not all
do: a trigger notes each change. That sessions and keys end is looked at each time; so is the record
that is shared, for those with whom one is.
"""

COLUMNS: Final = """
    ARRAY(SELECT id FROM party WHERE id IS NOT NULL ORDER BY id) AS parties,
    ARRAY(SELECT DISTINCT id FROM reached WHERE source = 0 ORDER BY id) AS below,
    (SELECT jsonb_object_agg(module, writes) FROM sharing WHERE company_id = me.company_id)
        AS sharing,
    (SELECT jsonb_agg(jsonb_build_array(rule.module, rule.writes,
            ARRAY(SELECT DISTINCT id FROM reached WHERE source = rule.from_id))) FROM rule)
        AS rules,
    (SELECT jsonb_agg(jsonb_build_array(record.id, record.module, record.owner_id, share.writes)
            ORDER BY record.id)
        FROM party CROSS JOIN LATERAL (
            SELECT record_id, writes FROM record_share WHERE principal_id = party.id OFFSET 0
        ) AS share JOIN record ON record.id = share.record_id
        WHERE record.company_id = me.company_id AND record.purged_at IS NULL
            AND NOT me.administrator)
        AS record_shares,
    (SELECT jsonb_agg(jsonb_build_array(list_id, writes)) FROM party CROSS JOIN LATERAL (
            SELECT list_id, writes FROM list_share WHERE principal_id = party.id OFFSET 0
        ) AS share) AS list_shares,
    (SELECT jsonb_agg(jsonb_build_array(tag_id, writes)) FROM party CROSS JOIN LATERAL (
            SELECT tag_id, writes FROM tag_share WHERE principal_id = party.id OFFSET 0
        ) AS share) AS tag_shares,
    (SELECT grants FROM profile WHERE id = me.profile_id) AS grants,
    (SELECT fields FROM profile WHERE id = me.profile_id) AS fields
"""
"""What `me` and those make of the rights. By LATERAL and OFFSET what is shared with each party is
looked up in an index, however much is shared with others.
"""


@dataclass(frozen=True)
class Rights:
    """What a user sees and writes beside what is theirs, their teams', or read by everyone.

    `below` own records that the user sees and writes as their own. By module, `ruled` and
    `ruled_writing` own further ones that are shared by rules. `records` are shared one by one, with
    whether they may be written; `widening` are those of them that nothing else shows. `lists` and
    `tags` are shared one by one too, whoever administers. `hidden`: modules that the profile does
    not let the user read; by module, `masked` are fields it does not let them read, `fixed` those
    it lets them read only.
    """

    below: frozenset[int] = frozenset()
    written: frozenset[str] = frozenset()
    ruled: Mapping[str, frozenset[int]] = field(default_factory=dict)
    ruled_writing: Mapping[str, frozenset[int]] = field(default_factory=dict)
    records: Mapping[int, bool] = field(default_factory=dict)
    widening: tuple[tuple[int, str], ...] = ()
    lists: Mapping[int, bool] = field(default_factory=dict)
    tags: Mapping[int, bool] = field(default_factory=dict)
    grants: Mapping[str, frozenset[str]] | None = None
    hidden: frozenset[str] = frozenset()
    masked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fixed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def granted(self, action: Action, module: str) -> bool:
        """Whether the profile lets the user do this to records of the module, where they may."""
        if self.grants is None:
            return True
        allowed = self.grants.get(module, self.grants.get(OTHERS, frozenset()))
        return action in allowed and "read" in allowed


def rights_of(row: Any, modules: Iterable[str]) -> Rights:
    """What the columns of `COLUMNS` say, in a service that has the modules."""
    sharing: Mapping[str, bool] = row["sharing"] or {}
    base = {*row["parties"], *row["below"]}
    seen: dict[str, set[int]] = {}
    writing: dict[str, set[int]] = {}
    for module, writes, owners in row["rules"] or ():
        seen.setdefault(module, set()).update(owners)
        if writes:
            writing.setdefault(module, set()).update(owners)
    grants = row["grants"]
    rights = Rights(
        grants=None if grants is None else {name: frozenset(of) for name, of in grants.items()}
    )
    hidden: frozenset[str] = frozenset()
    if grants is not None:
        hidden = frozenset(name for name in modules if not rights.granted("read", name))
    ruled = {
        name: frozenset(owners - base)
        for name, owners in seen.items()
        if name not in hidden and name not in sharing and owners - base
    }
    records: dict[int, bool] = {}
    widening: dict[int, str] = {}
    for id, module, owner, writes in row["record_shares"] or ():
        records[id] = records.get(id, False) or writes
        others = base | ruled.get(module, frozenset())
        if module not in hidden and module not in sharing and owner not in others:
            widening[id] = module
    return Rights(
        below=frozenset(row["below"]),
        written=frozenset(name for name, writes in sharing.items() if writes),
        ruled=ruled,
        ruled_writing={name: frozenset(owners) for name, owners in writing.items()},
        records=records,
        widening=tuple(widening.items()),
        lists=_written(row["list_shares"]),
        tags=_written(row["tag_shares"]),
        grants=rights.grants,
        hidden=hidden,
        masked=_fields(row["fields"], HIDDEN),
        fixed=_fields(row["fields"], READ),
    )


def _written(shares: Any) -> dict[int, bool]:
    """What is shared, by id: whether any of the ways lets it be written."""
    found: dict[int, bool] = {}
    for id, writes in shares or ():
        found[id] = found.get(id, False) or writes
    return found


def _fields(given: Any, level: str) -> dict[str, frozenset[str]]:
    """By module, the fields for which a profile says this."""
    found = {
        module: frozenset(name for name, held in levels.items() if held == level)
        for module, levels in (given or {}).items()
    }
    return {module: names for module, names in found.items() if names}
