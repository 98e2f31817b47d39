"""Who may do what, in plain Python: the model that access rights are held against.

Everything is a place in a list: users, roles, teams, records. It is spelt out by definition, and
looks at everybody each time; the service asks one statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.client import Client
from tests.properties import made

MODULES = ("CustomerAccount", "Contact", "Campaign")
ACTIONS = ("read", "create", "edit", "delete", "export", "comment")

Party = tuple[str, int]
"""("user", 0), ("role", 1), ("team", 2)."""


@dataclass
class User:
    role: int | None
    profile: int | None


@dataclass
class Rule:
    module: str
    source: Party
    target: Party
    writes: bool


@dataclass
class Held:
    """A record: its `account` (of contacts) and `campaigns` are places in the list of records."""

    module: str
    owner: Party
    deleted: bool
    shares: Mapping[Party, bool]
    neighbour: int
    comments: int
    tagged: bool
    account: int | None = None
    campaigns: list[int] = field(default_factory=list)
    id: int = 0
    number: str = ""


@dataclass
class Company:
    """`roles` holds the parent of each; the first user administers."""

    users: list[User]
    roles: list[int | None]
    teams: list[list[Party]]
    profiles: Sequence[Mapping[str, list[str]]]
    sharing: Mapping[str, bool]
    rules: list[Rule]
    records: list[Held]
    ids: dict[Party, int] = field(default_factory=dict)

    def administers(self, user: int) -> bool:
        return user == 0

    def below(self, role: int | None, other: int | None) -> bool:
        """Whether a role is somewhere below another."""
        while role is not None and other is not None:
            role = self.roles[role]
            if role == other:
                return True
        return False

    def is_of(self, member: Party, party: Party) -> bool:
        """Whether a user, role or team is a party, or of it."""
        if member == party:
            return True
        if party[0] == "role":
            return member[0] == "user" and self.users[member[1]].role == party[1]
        return party[0] == "team" and any(self.is_of(member, each) for each in self.teams[party[1]])

    def has(self, user: int, owner: Party) -> bool:
        """Whether what `owner` owns is the user's, or of somebody below them."""
        if self.is_of(("user", user), owner):
            return True
        return owner[0] == "user" and self.below(self.users[owner[1]].role, self.users[user].role)

    def sources(self, rule: Rule) -> Iterable[Party]:
        """The parties whose members' records a rule shares: a role with all below it."""
        kind, place = rule.source
        if kind == "team":
            return [rule.source]
        return [("role", i) for i in range(len(self.roles)) if i == place or self.below(i, place)]

    def shares(self, user: int, rule: Rule, record: Held) -> bool:
        return (
            rule.module == record.module
            and self.is_of(("user", user), rule.target)
            and any(self.is_of(record.owner, each) for each in self.sources(rule))
        )

    def granted(self, user: int, action: str, module: str) -> bool:
        profile = self.users[user].profile
        if self.administers(user) or profile is None:
            return True
        grants = self.profiles[profile]
        allowed = grants[module] if module in grants else grants.get("*", [])
        return "read" in allowed and action in allowed

    def sees(self, user: int, record: Held) -> bool:
        """Whether the user sees the record, in the recycle bin where it is there."""
        return self.administers(user) or (
            self.granted(user, "read", record.module)
            and (
                self.has(user, record.owner)
                or record.module in self.sharing
                or any(self.shares(user, rule, record) for rule in self.rules)
                or any(self.is_of(("user", user), each) for each in record.shares)
            )
        )

    def writes(self, user: int, action: str, record: Held) -> bool:
        """Whether the user may edit or delete a record they see."""
        return self.administers(user) or (
            self.granted(user, action, record.module)
            and (
                self.has(user, record.owner)
                or self.sharing.get(record.module, False)
                or any(rule.writes and self.shares(user, rule, record) for rule in self.rules)
                or any(
                    writes and self.is_of(("user", user), each)
                    for each, writes in record.shares.items()
                )
            )
        )


@st.composite
def companies(draw: st.DrawFn, most: int = 9) -> Company:
    """Companies of five users, of a few of everything else."""
    users, teams = 5, 3
    roles = draw(st.integers(0, 4))
    role = st.integers(0, roles - 1) if roles else st.nothing()
    some_role = role | st.none() if roles else st.none()
    user = st.tuples(st.just("user"), st.integers(1, users - 1))
    team = st.tuples(st.just("team"), st.integers(0, teams - 1))
    of_role = st.tuples(st.just("role"), role) if roles else st.nothing()
    grants = st.dictionaries(
        st.sampled_from([*MODULES, "*"]),
        st.lists(st.sampled_from(ACTIONS), unique=True) | st.just([*ACTIONS]),
        max_size=3,
    )
    profiles = draw(st.lists(grants, max_size=2))
    profile = st.none() | st.integers(0, len(profiles) - 1) if profiles else st.none()
    module = st.sampled_from(MODULES)
    record = st.builds(
        Held,
        module,
        user | user | team | st.just(("user", 0)),
        st.integers(0, 5).map(lambda i: i == 0),
        st.dictionaries(user | team, st.booleans(), max_size=2),
        st.integers(0, 30),
        st.integers(0, 2),
        st.booleans(),
    )
    company = Company(
        users=[draw(st.builds(User, some_role, profile)) for _ in range(users)],
        roles=[draw(st.none() | st.integers(0, i - 1)) if i else None for i in range(roles)],
        teams=[
            draw(
                st.lists(
                    user
                    | of_role
                    | (st.tuples(st.just("team"), st.integers(0, i - 1)) if i else st.nothing()),
                    max_size=3,
                    unique=True,
                )
            )
            for i in range(teams)
        ],
        profiles=profiles,
        sharing=draw(st.dictionaries(module, st.booleans(), max_size=1)),
        rules=draw(
            st.lists(
                st.builds(Rule, module, team | of_role, team | of_role, st.booleans()),
                max_size=3,
                unique_by=lambda rule: (rule.module, rule.source, rule.target),
            )
        ),
        records=draw(st.lists(record, min_size=1, max_size=most)),
    )
    _join(company)
    return company


def _join(company: Company) -> None:
    """Contacts get accounts and campaigns, each by its own number."""
    places: dict[str, list[int]] = {module: [] for module in MODULES}
    for i, record in enumerate(company.records):
        places[record.module].append(i)
    for record in company.records:
        if record.module == "Contact":
            accounts, campaigns = places["CustomerAccount"], places["Campaign"]
            if accounts and record.neighbour % 4:
                record.account = accounts[record.neighbour % len(accounts)]
            record.campaigns = [each for each in campaigns if (record.neighbour + each) % 2]


async def founded(administrator: Client, company: Company) -> list[Client]:
    """Make the company: its users as clients; its records know their ids."""
    pool = administrator.world.database.pool
    own = administrator.company_id
    clients = [administrator]
    clients += [await administrator.colleague(f"U{i}") for i in range(1, len(company.users))]
    parties: dict[Party, int] = {("user", i): client.user_id for i, client in enumerate(clients)}
    create = "INSERT INTO principal (kind, name) VALUES ($1, $2) RETURNING id"
    for i, parent in enumerate(company.roles):
        parties["role", i] = await pool.fetchval(create, "role", f"Rôle {i}")
        above = None if parent is None else parties["role", parent]
        await pool.execute("INSERT INTO role VALUES ($1, $2, $3)", parties["role", i], own, above)
    for i in range(len(company.teams)):
        parties["team", i] = await pool.fetchval(create, "team", f"Équipe {i}")
        insert = "INSERT INTO team (id, company_id) VALUES ($1, $2)"
        await pool.execute(insert, parties["team", i], own)
    company.ids = parties
    members = [
        (parties["team", i], parties[each]) for i, of in enumerate(company.teams) for each in of
    ]
    await pool.executemany("INSERT INTO team_member VALUES ($1, $2)", members)
    insert = "INSERT INTO profile (company_id, name, grants) VALUES ($1, $2, $3) RETURNING id"
    profiles = [
        await pool.fetchval(insert, own, f"Profil {i}", grants)
        for i, grants in enumerate(company.profiles)
    ]
    for client, user in zip(clients, company.users, strict=True):
        await pool.execute(
            "INSERT INTO membership VALUES ($1, $2, $3, $4)",
            client.user_id,
            own,
            None if user.role is None else parties["role", user.role],
            None if user.profile is None else profiles[user.profile],
        )
    await pool.executemany(
        "INSERT INTO sharing VALUES ($1, $2, $3)",
        [(own, module, writes) for module, writes in company.sharing.items()],
    )
    await pool.executemany(
        "INSERT INTO sharing_rule (company_id, module, from_id, to_id, writes) "
        "VALUES ($1, $2, $3, $4, $5)",
        [
            (own, each.module, parties[each.source], parties[each.target], each.writes)
            for each in company.rules
        ],
    )
    await _recorded(administrator, company, parties)
    return clients


async def _recorded(client: Client, company: Company, parties: Mapping[Party, int]) -> None:
    pool, records = client.world.database.pool, company.records
    for module in ("CustomerAccount", "Campaign", "Contact"):
        some = [each for each in records if each.module == module]
        ids = await made(client, module, [_values(each, records) for each in some])
        for record, id in zip(some, ids, strict=True):
            record.id = id
    numbers = dict(
        await pool.fetch("SELECT id, number FROM record WHERE company_id = $1", client.company_id)
    )
    for each in records:
        each.number = numbers[each.id]
    # Owners as they are: a team may have nobody in it.
    for module in MODULES:
        await pool.executemany(
            f"UPDATE {client.suite[module].table.name} SET owner_id = $2 WHERE id = $1",
            [(each.id, parties[each.owner]) for each in records if each.module == module],
        )
    await pool.executemany(
        "INSERT INTO record_share VALUES ($1, $2, $3)",
        [
            (each.id, parties[party], writes)
            for each in records
            for party, writes in each.shares.items()
        ],
    )
    for each in records:
        for i in range(each.comments):
            await client.comment(str(each.id), f"{each.id} {i}")
    if any(each.tagged for each in records):
        made_tag = await client.ask(
            'mutation { createTag(input: {name: "Bleu", color: "#1f6feb", shared: true}) '
            "{ tag { id } errors { message } } }"
        )
        await client.ask(
            "mutation ($ids: [ID!], $tags: [ID!]!) { addTags(records: $ids, tags: $tags) "
            "{ done errors { message } } }",
            ids=[str(each.id) for each in records if each.tagged],
            tags=[made_tag["createTag"]["tag"]["id"]],
        )
    for module in MODULES:
        gone = [each for each in records if each.deleted and each.module == module]
        for each in gone:
            assert not (await client.act("delete", module, str(each.id)))["errors"]


def _values(each: Held, records: list[Held]) -> dict[str, Any]:
    name = f"Alpha {records.index(each)}"
    if each.module != "Contact":
        return {"name": name}
    return {
        "last_name": name,
        "account": None if each.account is None else records[each.account].id,
        "campaigns": [records[place].id for place in each.campaigns],
    }
