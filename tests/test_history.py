"""History: one entry a save, who and how, each field before and after; it cannot be changed."""

from __future__ import annotations

from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import history as db_history
from db.accounts import add_team
from db.conversion.converting import MADE
from db.history import Operation, Origin
from db.writing import Work
from tests.client import Client, World
from tests.properties import examples
from tests.saves import act, create, history, read, stored, update


async def test_a_creation_tells_all_that_a_record_holds(client: Client) -> None:
    parent = await client.create("CustomerAccount", name="Groupe")

    save = await create(
        client,
        "CustomerAccount",
        name="Dupont",
        accountType="PARTNER",
        creditLimit="1234.5",
        parentAccount=parent,
        language="fr",
    )

    assert {key: save.change[key] for key in ("operation", "origin", "version", "actor")} == {
        "operation": "CREATED",
        "origin": "MANUAL",
        "version": 1,
        "actor": {"name": "Alice"},
    }
    assert [
        (each["label"], each["before"], each["after"], each["afterDisplay"])
        for each in save.change["fields"]
    ] == [
        ("Numéro", None, "CLI-00002", "CLI-00002"),
        ("Propriétaire", None, f"user-{client.user_id}", "Alice"),
        ("Nom du compte", None, "Dupont", "Dupont"),
        ("Type", None, "PARTNER", "Partenaire"),
        ("Encours autorisé", None, "1234.50", "1\u202f234,50\u00a0€"),
        ("Compte parent", None, parent, "Groupe"),
    ]


async def test_a_change_is_shown_in_the_language_asked_for(client: Client) -> None:
    account = await client.create(
        "CustomerAccount", name="Dupont", creditLimit="1000", accountType="PARTNER"
    )
    values: dict[str, Any] = {
        "creditLimit": "2000.5",
        "accountType": "RESELLER",
        "paymentTerms": None,
    }

    await update(client, "CustomerAccount", account, **values)

    document = (
        "query ($id: ID!) { record(id: $id) { history(first: 1) { nodes { fields { "
        "label beforeDisplay afterDisplay } } } } }"
    )
    seen = {}
    for language in ("fr", "en"):
        answer = await client.answer(document, {"id": account}, **{"Accept-Language": language})
        (entry,) = answer["data"]["record"]["history"]["nodes"]
        seen[language] = [tuple(each.values()) for each in entry["fields"]]
    assert seen == {
        "fr": [
            ("Type", "Partenaire", "Revendeur"),
            ("Encours autorisé", "1\u202f000,00\u00a0€", "2\u202f000,50\u00a0€"),
        ],
        "en": [("Type", "Partner", "Reseller"), ("Credit limit", "€1,000.00", "€2,000.50")],
    }


async def test_a_save_is_one_entry_newest_first_and_paged(client: Client) -> None:
    account = await client.create("CustomerAccount", name="0")
    for i in range(1, 5):
        await update(client, "CustomerAccount", account, name=str(i), phone=str(i))
    document = (
        "query ($id: ID!, $after: String) { record(id: $id) { history(first: 2, after: $after) { "
        "totalCount pageInfo { hasNextPage endCursor } nodes { version fields { after } } } } }"
    )

    seen, after = [], None
    while True:
        data = await client.ask(document, id=account, after=after)
        page = data["record"]["history"]
        seen.append([node["version"] for node in page["nodes"]])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert page["totalCount"] == 5
    assert seen == [[5, 4], [3, 2], [1]]


async def test_each_step_names_who_took_it(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    colleague = await client.colleague("Camille", administrator=True)

    await update(colleague, "CustomerAccount", account, name="Durand")
    await act(client, "delete", "CustomerAccount", account)
    await act(colleague, "restore", "CustomerAccount", account)

    assert [
        (each["operation"], each["actor"]["name"], each["version"])
        for each in await history(client, account)
    ] == [
        ("CREATED", "Alice", 1),
        ("UPDATED", "Camille", 2),
        ("DELETED", "Alice", 3),
        ("RESTORED", "Camille", 4),
    ]


async def test_the_origin_is_that_of_the_unit_of_work(client: Client) -> None:
    async with Work(client.world.database, await client.viewer(), Origin.IMPORT) as work:
        saved = await work.create(client.suite["CustomerAccount"], {"name": "Dupont"})

    (entry,) = await history(client, str(saved.id))
    assert entry["origin"] == "IMPORT"


async def test_a_comment_is_told_without_its_text_and_leaves_the_version(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    before = await read(client, "CustomerAccount", account, "version updatedAt")
    document = (
        "mutation ($id: ID!) { %sComment(id: $id%s) { change { operation version fields { name } }"
        " errors { code } } }"
    )

    comment = await client.comment(account, "secret 1")
    reply = await client.comment(account, "secret 2", parent=comment)
    await client.ask(document % ("edit", ', body: "secret 3"'), id=reply)
    await client.ask(document % ("delete", ""), id=reply)

    told = (await history(client, account))[1:]
    assert [(each["operation"], each["version"], each["fields"]) for each in told] == [
        ("COMMENTED", None, []),
        ("COMMENTED", None, []),
        ("COMMENT_EDITED", None, []),
        ("COMMENT_DELETED", None, []),
    ]
    assert await read(client, "CustomerAccount", account, "version updatedAt") == before
    kept = await client.world.database.pool.fetchval(
        "SELECT string_agg(c::text, '') FROM change c WHERE record_id = $1", int(account)
    )
    assert "secret" not in kept


async def test_a_comment_refused_is_not_told(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    colleague = await client.colleague()
    stranger = await client.world.company()
    add = (
        "mutation ($record: ID, $body: String!, $parent: ID) { addComment(record: $record, "
        "body: $body, parent: $parent) { errors { path code message } } }"
    )
    comment = await client.comment(account, "Vu")
    before = await stored(client)

    async def refused(who: Client, **variables: Any) -> Any:
        (error,) = (await who.ask(add, **variables))["addComment"]["errors"]
        return error["path"], error["code"]

    assert await refused(client, record=account, body=" \n") == (["body"], "REQUIRED")
    assert await refused(client, record=account, body="\0") == (["body"], "INVALID")
    assert await refused(client, record=account, body="x" * 20_001) == (["body"], "TOO_LONG")
    assert await refused(client, record=account, body="x" * 10**6) == (["body"], "TOO_LONG")
    assert await refused(client, record=None, body="x") == (["record"], "NOT_FOUND")
    assert await refused(client, record="9" * 50, body="x") == (["record"], "NOT_FOUND")
    assert await refused(client, record=None, body="x", parent="9") == (["parent"], "NOT_FOUND")
    for who in (colleague, stranger):
        assert await refused(who, record=account, body="x") == (["record"], "NOT_FOUND")
        assert await refused(who, body="x", parent=comment) == (["parent"], "NOT_FOUND")
    assert await stored(client) == before


async def test_only_its_author_edits_a_comment_and_an_administrator_deletes_it(
    client: Client,
) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    await client.share("CustomerAccount")
    colleague, other = await client.colleague("A"), await client.colleague("B")
    comment = await colleague.comment(account, "Vu")

    async def ask(who: Client, action: str) -> list[str]:
        body = ', body: "Non"' if action == "edit" else ""
        data = await who.ask(
            f"mutation ($id: ID!) {{ {action}Comment(id: $id{body}) {{ errors {{ code }} }} }}",
            id=comment,
        )
        return [each["code"] for each in data[f"{action}Comment"]["errors"]]

    assert await ask(client, "edit") == ["FORBIDDEN"]
    assert await ask(other, "edit") == ["FORBIDDEN"]
    assert await ask(other, "delete") == ["FORBIDDEN"]
    assert await client.comments(account) == ["Vu"]
    assert await ask(client, "delete") == []
    assert await ask(colleague, "edit") == ["NOT_FOUND"]


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE change SET fields = '[]'",
        "UPDATE change SET actor_id = actor_id WHERE record_id = $1",
        "DELETE FROM change WHERE record_id = $1",
        "TRUNCATE change",
        "TRUNCATE record CASCADE",
    ],
)
async def test_the_database_refuses_to_change_what_was_told(client: Client, attempt: str) -> None:
    account = int(await client.create("CustomerAccount", name="Dupont"))
    before = await history(client, str(account))

    with pytest.raises(asyncpg.RestrictViolationError):
        await client.world.database.pool.execute(attempt, *([account] if "$1" in attempt else []))

    assert await history(client, str(account)) == before


async def test_values_that_python_takes_for_equal_are_told_as_changed(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    save = await create(
        client, "CustomerEquipment", name="X", account=account, specifications={"a": 1}
    )

    changed = await update(
        client, "CustomerEquipment", save.id, "specifications", specifications={"a": True}
    )

    assert changed.told == {"specifications": ({"a": 1}, {"a": True})}
    assert changed.record["specifications"] == {"a": True}


async def test_a_team_that_owns_is_told_by_its_name(client: Client) -> None:
    async with client.world.database.pool.acquire() as connection:
        team = await add_team(connection, client.company_id, "Ventes", [client.user_id])

    save = await create(client, "CustomerAccount", name="Dupont", owner=f"team-{team}")

    owner = next(each for each in save.change["fields"] if each["name"] == "owner")
    assert (owner["after"], owner["afterDisplay"]) == (f"team-{team}", "Ventes")


# What the history of a record says it holds, against what it holds.

ACCOUNT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["A", "B", "Été"]),
        "phone": st.none() | st.sampled_from(["1", "2"]),
        "creditLimit": st.none() | st.sampled_from(["1", "1.00", "2.5"]),
        "accountType": st.none() | st.sampled_from(["PARTNER", "RESELLER"]),
        "billingAddress": st.none() | st.sampled_from([{"city": "Paris"}, {"postalCode": "1"}]),
        "parentAccount": st.none() | st.sampled_from(["$first", "$second"]),
        "campaigns": st.lists(st.sampled_from(["$summer", "$winter"]), max_size=2),
        "owner": st.sampled_from(["$alice", "$camille"]),
    },
)
LINE = st.fixed_dictionaries(
    {"label": st.sampled_from(["Pose", "Vis"])},
    optional={
        "quantity": st.sampled_from(["1", "2"]),
        "unitPrice": st.sampled_from(["10", "0.333333"]),
        "vatRate": st.sampled_from(["20", "5.5"]),
        "lineKind": st.sampled_from(["ITEM", "NOTE"]),
    },
)
ORDER = st.fixed_dictionaries(
    {},
    optional={
        "subject": st.sampled_from(["A", "B"]),
        "account": st.sampled_from(["$first", "$second"]),
        "lineItems": st.none() | st.lists(LINE, max_size=3),
    },
)
EQUIPMENT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["A", "B"]),
        "specifications": st.none() | st.sampled_from([{"a": 1}, {"a": True}, [1.0], "x"]),
        "account": st.sampled_from(["$first", "$second"]),
    },
)
INPUTS = {"CustomerAccount": ACCOUNT, "SalesOrder": ORDER, "CustomerEquipment": EQUIPMENT}
REQUIRED = {
    "CustomerAccount": {"name": "A"},
    "SalesOrder": {"subject": "A", "account": "$first"},
    "CustomerEquipment": {"name": "A", "account": "$first"},
}
STEPS = st.sampled_from(list(INPUTS)).flatmap(
    lambda module: st.tuples(
        st.just(module),
        INPUTS[module],
        st.lists(
            st.tuples(st.just("update"), INPUTS[module])
            | st.tuples(st.sampled_from(["delete", "restore", "comment"]), st.just({})),
            max_size=8,
        ),
    )
)


def filled(value: Any, named: dict[str, str]) -> Any:
    """A value with `$name` replaced by the id that goes by it."""
    if isinstance(value, dict):
        return {key: filled(each, named) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, named) for each in value]
    return named.get(value, value) if isinstance(value, str) else value


async def state(client: Client, module: str, id: int) -> dict[str, Any]:
    """What the tables hold of a record, in the form in which history tells it; without nulls."""
    pool, own = client.world.database.pool, client.suite[module]
    row = await pool.fetchrow(f"SELECT * FROM {own.table.name} WHERE id = $1", id)
    owner = await pool.fetchval("SELECT kind FROM principal WHERE id = $1", row["owner_id"])
    found = {"number": row["number"], "owner": f"{owner}-{row['owner_id']}"}
    found |= {name: db_history.dumped_value(own, name, row[name]) for name in own.columns}
    for relation in own.relations.values():
        key = relation.foreign_key
        found[relation.name] = db_history.dumped_value(own, key, row[key])
    for name in own.links:
        linked = await pool.fetch(
            "SELECT to_id FROM link WHERE relation = $1 AND from_id = $2 ORDER BY to_id",
            f"{module}.{name}",
            id,
        )
        found[name] = [str(each["to_id"]) for each in linked] or None
    if own.declared.lines:
        part = client.suite["LineItem"]
        lines = await pool.fetch(
            "SELECT * FROM line_item WHERE document_id = $1 ORDER BY position", id
        )
        found["line_items"] = [db_history.dumped_line(part, line) for line in lines] or None
    held = {name: value for name, value in found.items() if value is not None}
    return {**held, "deleted": row["deleted_at"] is not None, "version": row["version"]}


async def rebuilt(client: Client, id: int) -> dict[str, Any]:
    """The same, from the history alone."""
    found: dict[str, Any] = {"deleted": False}
    for change in await client.world.database.pool.fetch(
        "SELECT operation, version, fields FROM change WHERE record_id = $1 ORDER BY id", id
    ):
        for each in change["fields"]:
            if each["name"] == MADE:
                continue  # What was made of it is no field of its own.
            held = found.get(each["name"], [] if each["before"] == [] else None)
            assert db_history.alike(held, each["before"]), (each, found)
            assert not db_history.alike(each["before"], each["after"]), each
            found[each["name"]] = each["after"]
        if change["operation"] in (Operation.DELETED, Operation.RESTORED):
            found["deleted"] = change["operation"] == Operation.DELETED
        if change["version"] is not None:
            assert change["version"] == found.get("version", 0) + 1
            found["version"] = change["version"]
    return {name: value for name, value in found.items() if value is not None and value != []}


@examples(15)
@given(story=STEPS)
async def test_a_record_is_what_its_history_says(
    world: World, story: tuple[str, dict[str, Any], list[tuple[str, dict[str, Any]]]]
) -> None:
    module, first, steps = story
    client = await world.company()
    camille = await client.colleague("Camille")
    named = {"$alice": f"user-{client.user_id}", "$camille": f"user-{camille.user_id}"}
    for name in ("first", "second"):
        named[f"${name}"] = await client.create("CustomerAccount", name=name)
    for name in ("summer", "winter"):
        named[f"${name}"] = await client.create("Campaign", name=name)

    save = await create(client, module, **filled({**REQUIRED[module], **first}, named))
    for action, values in steps:
        if action == "update":
            await update(client, module, save.id, **filled(values, named))
        elif action == "comment":
            await client.answer(
                'mutation ($id: ID) { addComment(record: $id, body: "x") { errors { code } } }',
                {"id": save.id},
            )
        else:
            await act(client, action, module, save.id)

    assert await rebuilt(client, int(save.id)) == await state(client, module, int(save.id))
