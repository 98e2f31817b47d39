"""Whatever is asked of a record that one may not see is answered as of one that never was.

Each mutation of the schema is called twice by somebody who may do everything to what they see:
with the ids of what is hidden from them, and with ids that nothing ever had. Data, errors and the
number of statements must be the same. Arguments are made up from the schema, so that a new
mutation is held as soon as it is there.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from db.accounts import add_company
from db.suite import Module, Suite
from graph import names
from tests.client import Client
from tests.proof.sent import Sent
from tests.proof.spinning import EACH
from tests.proof.ties import State, at_rest, settled
from tests.proof.web import Reader, Web

NEVER = 9_000_000_000_000
"""Ids that nothing has, as far from those of what is hidden."""

VALUES: Mapping[str, Any] = {
    "Boolean": False,
    "Int": 1,
    "Float": 1.0,
    "String": "x",
    "JSON": {},
    "Date": "2026-03-31",
    "DateTime": "2026-03-31T08:30:00Z",
    "Decimal": "1",
    "Money": "1.00",
    "UnitPrice": "1",
    "Percent": "1",
    "Iban": "GB82WEST12345698765432",
    "CurrencyCode": "EUR",
}

ENDS: frozenset[str] = frozenset({"signOut", "signOutEverywhere"})
"""Mutations without arguments, which end what the caller has: nothing of anybody else's."""


@dataclass
class Hidden:
    """The ids, of each kind, of what one may not see."""

    records: Mapping[str, int]
    """By module."""
    others: Mapping[str, int]
    """By the prefix of the id: `comment`, `change`, `list`, `tag`, `user`, `role` …"""

    def of(self, kind: str, *, never: bool) -> str:
        if kind in self.records:
            return str(self.records[kind] + (NEVER if never else 0))
        return f"{kind}-{self.others[kind] + (NEVER if never else 0)}"


@dataclass
class Call:
    """One field of a document, with the variables it takes."""

    name: str
    field: GraphQLField
    arguments: dict[str, Any]


class Caller:
    """Makes up calls about what is hidden."""

    def __init__(self, suite: Suite, hidden: Hidden) -> None:
        self.suite, self.hidden = suite, hidden
        self.by_root = {
            name: module
            for module in suite.modules
            for name in (names.one(module), names.many(module))
        }

    def module(self, root: str) -> Module | None:
        """The module whose records a mutation is about."""
        rest = names.snake(root).partition("_")[2].partition("_to_")[0]
        return self.by_root.get(rest)

    def call(self, name: str, field: GraphQLField, *, never: bool, filter: bool = False) -> Call:
        """A call with its required arguments, and of those left free the ones that choose."""
        module, given = self.module(name), {}
        for key, argument in field.args.items():
            chosen = "filter" if filter else "ids"
            wanted = isinstance(argument.type, GraphQLNonNull) or key in (
                chosen, "record", "records", "from", "account", "contact", "parent",
            )  # fmt: skip
            if key == "filter" and key == chosen and module is not None:
                given[key] = {"id": {"eq": self.hidden.of(module.name, never=never)}}
            elif key in ("filter", "module") and not isinstance(argument.type, GraphQLNonNull):
                continue
            elif wanted:
                given[key] = self.value(name, key, argument.type, module, never=never)
        return Call(name, field, given)

    def value(self, root: str, key: str, type_: Any, module: Module | None, *, never: bool) -> Any:
        if isinstance(type_, GraphQLNonNull):
            return self.value(root, key, type_.of_type, module, never=never)
        if isinstance(type_, GraphQLList):
            return [self.value(root, key, type_.of_type, module, never=never)]
        if isinstance(type_, GraphQLEnumType):
            return next(iter(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            return self.input(root, type_, never=never)
        if type_.name == "ID":
            return self.hidden.of(self.kind(root, key, module), never=never)
        if key == "module":
            return "Contact"
        if key == "tab":
            return "campaigns"
        return VALUES.get(type_.name, "x")

    def input(self, root: str, type_: GraphQLInputObjectType, *, never: bool) -> dict[str, Any]:
        """What is required, and every id: a new record pointing at nothing but what is hidden."""
        stripped = type_.name.removeprefix("Create").removeprefix("Update").removesuffix("Input")
        module, given = self.suite.get(stripped), {}
        for key, each in type_.fields.items():
            named = get_named_type(each.type).name == "ID"
            if key != "owner" and (named or isinstance(each.type, GraphQLNonNull)):
                given[key] = self.value(root, key, each.type, module, never=never)
        return given

    def kind(self, root: str, key: str, module: Module | None) -> str:
        """What an id is of: a module, or another kind of thing."""
        if module is not None:
            fact = module.relations.get(names.snake(key)) or module.links.get(names.snake(key))
            if fact is not None:
                return fact.target_name
            if key in ("id", "ids"):
                return module.name
        if root in KINDS and key in KINDS[root]:
            return KINDS[root][key]
        if key in KEYS:
            return KEYS[key]
        for other in self.suite.modules:
            near = module is not None and other.name.startswith(module.name[:8])
            if near and names.one(other).endswith(names.snake(key)):
                return other.name
        return "Contact"


DELETED = "deleted"
"""Stands among the modules for a record in the recycle bin."""

KEYS = {
    "tags": "tag", "parent": "comment", "change": "change", "with": "team", "newOwner": "user",
    "user": "user", "role": "role", "profile": "profile", "account": "CustomerAccount",
    "supplier": "Supplier", "storageSite": "StorageSite",
}  # fmt: skip
KINDS = {
    **{
        f"{verb}{kind}": {"id": prefix}
        for kind, prefix in (
            ("Role", "role"), ("Team", "team"), ("Profile", "profile"), ("SharingRule", "rule"),
            ("User", "user"), ("List", "list"), ("Tag", "tag"), ("Comment", "comment"),
            ("CustomField", "field"), ("Session", "session"), ("ApiKey", "key"),
        )
        for verb in (
            "update", "delete", "duplicate", "revoke", "edit", "deactivate", "share", "unshare",
        )
    },
    "setDefaultList": {"id": "list"},
    "addSharingRule": {"from": "role", "with": "team"},
    "createRole": {"parent": "role"},
    "createTeam": {"members": "user"},
    "updateRole": {"id": "role", "parent": "role"},
    "updateTeam": {"id": "team", "members": "user"},
    "createApiKey": {"company": "company"},
    "restoreRecord": {"id": DELETED},
}  # fmt: skip


def selection(schema: GraphQLSchema, type_: Any) -> str:
    """All that a payload tells at once, and which records it tells of."""
    named = get_named_type(type_)
    if not isinstance(named, GraphQLObjectType | GraphQLInterfaceType):
        return ""
    told = []
    for name, field in named.fields.items():
        own = get_named_type(field.type)
        if name == "errors":
            told.append("errors { path code message }")
        elif name == "outcomes":
            told.append("outcomes { id changed errors { path code message } }")
        elif not isinstance(own, GraphQLObjectType | GraphQLInterfaceType):
            told.append(name)
        elif "id" in own.fields:
            told.append(f"{name} {{ id }}")
    return f"{{ {' '.join(told or ['__typename'])} }}"


def document(schema: GraphQLSchema, kind: str, calls: Iterable[Call]) -> tuple[str, dict[str, Any]]:
    declared, fields, variables = [], [], {}
    for i, call in enumerate(calls):
        passed = []
        for key, value in call.arguments.items():
            declared.append(f"$a{i}{key}: {call.field.args[key].type}")
            passed.append(f"{key}: $a{i}{key}")
            variables[f"a{i}{key}"] = value
        arguments = f"({', '.join(passed)})" if passed else ""
        selected = selection(schema, call.field.type)
        fields.append(f"a{i}: {call.name}{arguments} {selected}")
    opened = f"({', '.join(declared)})" if declared else ""
    return f"{kind} {opened} {{ {' '.join(fields)} }}", variables


def erased(answer: Any, hidden: Hidden) -> str:
    """An answer without the ids that it was given, and without what differs each time."""
    text = orjson.dumps({key: answer.get(key) for key in ("data", "errors")}).decode()
    own = {*hidden.records.values(), *hidden.others.values()}

    def without(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"{found[1]}ID" if number in own or number - NEVER in own else found[0]

    return re.sub(r'(["\- ])([0-9]+)(?![0-9])', without, text)


QUERIES = (
    "node(id: {Contact}) {{ id }}",
    "node(id: {comment}) {{ id }}",
    "node(id: {change}) {{ id }}",
    "node(id: {list}) {{ id }}",
    "node(id: {tag}) {{ id }}",
    "nodes(ids: [{Contact}, {comment}, {change}]) {{ id }}",
    "record(id: {Contact}) {{ id }}",
    'recordAsOf(id: {Contact}, at: "2100-01-01T00:00:00Z") {{ number }}',
    'compare(id: {Contact}, from: "2020-01-01T00:00:00Z") {{ to }}',
    "deletionImpact(id: {Contact}) {{ canDelete }}",
    "list(id: {list}) {{ id }}",
    "explainAccess(record: {Contact}, user: {user}) {{ read }}",
    "prospectConversion(id: {Prospect}) {{ converted }}",
    'module(name: "Deal") {{ quickCreateForm(from: {Contact}) {{ fields {{ name default }} }} }}',
    "deals(filter: {{contact: {{id: {{eq: {Contact}}}}}}}) {{ totalCount nodes {{ id }} }}",
    "deals(filter: {{contact: {{id: {{ne: {Contact}}}}}}}) {{ totalCount nodes {{ id }} }}",
    "contacts(filter: {{tags: {{in: [{tag}]}}}}) {{ totalCount }}",
    "contacts(filter: {{id: {{in: [{Contact}]}}}}) {{ totalCount nodes {{ id }} }}",
)
"""Reads that name what is hidden."""


async def same_reads(client: Client, caller: Caller, sent: Sent) -> list[str]:
    """What of the reads was answered otherwise for what is hidden than for what never was."""
    kinds = (*caller.hidden.records, *caller.hidden.others)
    single = [
        f"{names.camel(names.one(x))}(id: {{{x.name}}}) {{{{ id }}}}" for x in caller.suite.modules
    ]
    found = []
    for query in (*QUERIES, *single):
        answers = []
        for never in (False, True):
            ids = {kind: f'"{caller.hidden.of(kind, never=never)}"' for kind in kinds}
            text = f"{{ a: {query.format(**ids)} }}"
            sent.add(text)
            answer = await client.answer(text, {})
            codes = [each["extensions"]["code"] for each in answer.get("errors") or ()]
            if set(codes) & {"INTERNAL", "GRAPHQL_VALIDATION_FAILED"}:
                found.append(f"{query}: {answer['errors']}")
            answers.append((erased(answer, caller.hidden), client.statements))
        if answers[0] != answers[1]:
            found.append(f"{query}: {answers[0]} {answers[1]}")
    return found


async def same(
    client: Client,
    schema: GraphQLSchema,
    caller: Caller,
    roots: Iterable[str],
    sent: Sent,
    *,
    only: bool = False,
) -> list[str]:
    """What was answered otherwise for what is hidden than for what never was. `only` what names
    something: the rest makes something new each time.
    """
    assert schema.mutation_type is not None
    found = []
    for name in roots:
        field = schema.mutation_type.fields[name]
        for filter in (False, True) if "filter" in field.args else (False,):
            answers = []
            calls = [caller.call(name, field, never=each, filter=filter) for each in (False, True)]
            named = calls[0].arguments != calls[1].arguments
            if only and not named:
                continue
            for call in calls:
                text, variables = document(schema, "mutation", [call])
                sent.add(text)
                answer = await client.answer(text, variables)
                codes = [each["extensions"]["code"] for each in answer.get("errors") or ()]
                if set(codes) & {"INTERNAL", "GRAPHQL_VALIDATION_FAILED"}:
                    found.append(f"{name}: {codes}")
                answers.append((erased(answer, caller.hidden), client.statements))
            # What names nobody's records makes something new each time.
            if named and answers[0] != answers[1]:
                found.append(f"{name}{' by filter' if filter else ''}: {answers[0]} {answers[1]}")
    return found


ADMINISTRATION = (
    "roles { id }", "teams { id }", "profiles { id }", "moduleSharing { module }",
    "sharingRules { id }", "events { totalCount nodes { id } }",
    "users { totalCount nodes { id } }",
)  # fmt: skip


async def refused(client: Client, sent: Sent) -> list[str]:
    """What of the administration somebody who does not administer is told."""
    found = []
    for query in ADMINISTRATION:
        sent.add(f"{{ {query} }}")
        codes = {each["code"] for each in await client.refused(f"{{ {query} }}")}
        if codes != {"FORBIDDEN"}:
            found.append(f"{query}: {codes}")
    return found


async def hiding(web: Web) -> Hidden:
    """Let everything be the administrator's, a ticket in the recycle bin, so that others see
    nothing of it; and make what else they do not see.
    """
    await hidden_again(web)
    return await _hidden(web, 0, "cache")


async def hidden_again(web: Web) -> None:
    """Everything as `hiding` left it, where an example has changed that."""
    knot = at_rest(web, web.of("Ticket")[-1])
    await settled(web, State({knot.id: replace(knot, deleted=True)}))


async def _hidden(web: Web, nth: int, called: str) -> Hidden:
    """A record of each module, and other things anew."""
    records = {module.name: web.ids[module.name][nth] for module in web.suite.modules}
    records[DELETED] = web.ids["Ticket"][-1]
    return Hidden(records, await things(web, records["Contact"], called))


async def things(web: Web, contact: int, called: str) -> dict[str, int]:
    """New things beside records that only the administrator may see, by kind."""
    administrator = web.administrator
    data = await administrator.ask(
        "mutation ($name: String!) { "
        'createList(input: {module: "Contact", name: $name}) { list { id } } '
        'createTag(input: {name: $name, color: "#1f6feb"}) { tag { id } } '
        "createRole(input: {name: $name}) { role { id } } "
        "createTeam(input: {name: $name}) { team { id } } "
        "createProfile(input: {name: $name}) { profile { id } } "
        'createCustomField(module: "Contact", input: {name: $name, type: "String", '
        'label: {fr: "C"}}) { customField { id } errors { message } } '
        "createApiKey(input: {name: $name}) { apiKey { id } errors { message } } }",
        name=called,
    )
    role = data["createRole"]["role"]["id"]
    data |= await administrator.ask(
        "mutation ($role: ID!) { "
        'addSharingRule(module: "Contact", from: $role, with: $role) { rule { id } } }',
        role=role,
    )
    others: dict[str, Any] = {"comment": web.comments[contact]}
    for payload in data.values():
        for each in payload.values():
            if isinstance(each, dict):
                kind, _, number = each["id"].rpartition("-")
                others[kind] = number
    pool = administrator.world.database.pool
    change = await pool.fetchval("SELECT max(id) FROM change WHERE record_id = $1", contact)
    session = await pool.fetchval(
        "INSERT INTO session (user_id, expires_at, device, address) "
        "VALUES ($1, now() + interval '1 day', '', '') RETURNING id",
        administrator.user_id,
    )
    company = await add_company(pool, "Une autre")
    await pool.execute("INSERT INTO membership VALUES ($1, $2)", administrator.user_id, company)
    others |= {"change": change, "session": session, "company": company}
    others["user"] = administrator.user_id
    return {key: int(str(value).rpartition("-")[2]) for key, value in others.items()}


async def told_apart(
    web: Web, draw: random.Random, reader: Reader, hidden: Hidden, sent: Sent
) -> None:
    """One mutation that names what is hidden from a reader: answered as for what never was, and
    nothing is changed by it.
    """
    mutations = sent.schema.mutation_type
    assert mutations is not None
    name = draw.choice([each for each in mutations.fields if each not in ENDS])
    records = {}
    for module in web.suite.modules:
        unseen = [x for x in web.ids[module.name] if not web.ever(reader, x)]
        if unseen:
            records[module.name] = draw.choice(unseen)
    bin = [x for x in web.knots.values() if x.deleted and not web.ever(reader, x.id)]
    records[DELETED] = draw.choice(bin).id if bin else hidden.records[DELETED]
    caller = Caller(web.suite, Hidden(records, hidden.others))
    pool = web.administrator.world.database.pool
    changes = "SELECT (SELECT max(id) FROM change), (SELECT count(*) FROM record)"
    before = await pool.fetchrow(changes)
    try:
        found = await same(reader.client, sent.schema, caller, [name], sent, only=True)
    except KeyError:  # all of a kind are seen
        return
    assert found == [], (reader, found)
    assert await pool.fetchrow(changes) == before, (reader, name)


async def powerless(web: Web, sent: Sent) -> list[str]:
    """The mutations that answer the administrator, who sees everything, alike for what is there and
    for what never was: of those the comparison would find nothing. They write, so the company is of
    no use behind this.
    """
    mutations = sent.schema.mutation_type
    assert mutations is not None
    pool = web.administrator.world.database.pool
    found = []
    hidden = await hiding(web)
    for name, field in mutations.fields.items():
        for attempt in range(EACH):
            caller = Caller(web.suite, hidden)
            call, never = (caller.call(name, field, never=each) for each in (False, True))
            if call.arguments == never.arguments:
                break
            answers = []
            for each in (never, call):
                text, variables = document(sent.schema, "mutation", [each])
                answers.append(erased(await web.administrator.answer(text, variables), hidden))
            if answers[0] != answers[1]:
                break
            # Something before may have taken away what this needs: others in its place.
            for module in web.suite.modules:
                await pool.execute(
                    f"UPDATE {module.table.name} SET deleted_at = CASE WHEN id = $2 THEN now() END "
                    "WHERE id = ANY($1::bigint[])",
                    web.ids[module.name],
                    hidden.records[DELETED],
                )
            hidden = await _hidden(web, -attempt, f"{name}{attempt}")
        else:
            found.append(f"{name}: {answers[0]}")
    return found
