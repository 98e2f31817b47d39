"""Saved lists: kept, shared, chosen; what they show of whose records; what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from db import list_columns
from graph.resolvers.list_columns import columns, spelt
from tests.client import Client
from tests.properties import made
from tests.test_every_module import Story

LIST = """id name module moduleLabel columns { name label type } filter orderBy shared mine
isDefault version owner { name } viewerCan { edit delete }"""
ROWS = """records(first: $first, after: $after, filter: $filter, orderBy: $orderBy,
    search: $search) { totalCount pageInfo { endCursor hasNextPage }
  edges { node { id title } cells { name label type value display } } }"""
READ = f"""
query ($id: ID!, $first: Int, $after: String, $filter: JSON, $orderBy: JSON, $search: String) {{
  list(id: $id) {{ {LIST} {ROWS} }} }}
"""


async def call(client: Client, mutation: str, arguments: str, **variables: Any) -> Any:
    """The payload of a mutation of lists; `arguments` declares its variables."""
    given = ", ".join(f"{name}: ${name}" for name in variables)
    answered = "id" if mutation == "deleteList" else f"list {{ {LIST} }}"
    data = await client.ask(
        f"mutation ({arguments}) {{ {mutation}({given}) {{ {answered} "
        "errors { path code message } } }",
        **variables,
    )
    return data[mutation]


async def create(client: Client, module: str = "CustomerInvoice", **values: Any) -> Any:
    return await call(
        client,
        "createList",
        "$input: CreateListInput!",
        input={"module": module, "name": "Ma liste", **values},
    )


async def kept(client: Client, module: str = "CustomerInvoice", **values: Any) -> str:
    """The id of a new list."""
    payload = await create(client, module, **values)
    assert payload["errors"] == []
    return str(payload["list"]["id"])


async def update(client: Client, id: str, version: int | None = None, **values: Any) -> Any:
    return await call(
        client,
        "updateList",
        "$id: ID!, $input: UpdateListInput!, $expectedVersion: Int",
        id=id,
        input=values,
        expectedVersion=version,
    )


async def delete(client: Client, id: str) -> Any:
    return await call(client, "deleteList", "$id: ID!", id=id)


async def duplicate(client: Client, id: str) -> Any:
    return await call(client, "duplicateList", "$id: ID!", id=id)


async def choose(client: Client, module: str, id: str | None) -> Any:
    return await call(client, "setDefaultList", "$module: String!, $id: ID", module=module, id=id)


async def read(client: Client, id: str, **variables: Any) -> Any:
    return (await client.ask(READ, id=id, **variables))["list"]


async def named(client: Client, **variables: Any) -> list[str]:
    data = await client.ask(
        "query ($module: String, $search: String) "
        "{ lists(module: $module, search: $search, first: 100) { nodes { name } } }",
        **variables,
    )
    return [each["name"] for each in data["lists"]["nodes"]]


async def default(client: Client, module: str) -> str:
    data = await client.ask(
        "query ($module: String!) { module(name: $module) { defaultList { id } } }", module=module
    )
    return str(data["module"]["defaultList"]["id"])


async def invoices(client: Client, count: int = 3) -> tuple[int, list[int]]:
    """An account, and invoices of it: `Facture 0`, due on the 1st of May, and so on."""
    (account,) = await made(
        client,
        "CustomerAccount",
        [{"name": "Dupont", "billing_address": {"city": "Lyon", "country": "FR"}}],
    )
    rows = [
        {
            "account": account,
            "subject": f"Facture {i}",
            "issued_on": "2026-03-01",
            "due_on": f"2026-05-{i % 28 + 1:02}",
        }
        for i in range(count)
    ]
    return account, await made(client, "CustomerInvoice", rows)


def shown(found: Any, field: str = "value") -> list[list[Any]]:
    return [[cell[field] for cell in edge["cells"]] for edge in found["records"]["edges"]]


async def test_a_list_shows_the_records_it_asks_for_in_its_columns_and_order(
    client: Client,
) -> None:
    account, ids = await invoices(client)
    id = await kept(
        client,
        name="À relancer",
        columns=[
            "id",
            "subject",
            "dueOn",
            "account",
            "account.name",
            "account.billingAddress.country",
            "owner",
        ],
        filter={"dueOn": {"lte": "2026-05-02"}},
        orderBy=[{"dueOn": "DESC"}],
    )

    found = await read(client, id)
    node = await client.ask("query ($id: ID!) { node(id: $id) { __typename id } }", id=id)

    assert node == {"node": {"__typename": "List", "id": id}}
    assert found["name"] == "À relancer"
    assert (found["module"], found["moduleLabel"]) == ("CustomerInvoice", "Factures client")
    assert found["filter"] == {"dueOn": {"lte": "2026-05-02"}}
    assert found["orderBy"] == [{"dueOn": "DESC"}]
    assert [tuple(each.values()) for each in found["columns"]] == [
        ("id", "Identifiant", "ID"),
        ("subject", "Objet", "String"),
        ("dueOn", "Échéance", "Date"),
        ("account", "Compte client", "CustomerAccount"),
        ("account.name", "Compte client › Nom du compte", "String"),
        (
            "account.billingAddress.country",
            "Compte client › Adresse de facturation › Pays",
            "String",
        ),
        ("owner", "Propriétaire", "Actor"),
    ]
    owner = f"user-{client.user_id}"
    assert shown(found) == [
        [str(ids[i]), f"Facture {i}", f"2026-05-0{i + 1}", str(account), "Dupont", "FR", owner]
        for i in (1, 0)
    ]
    assert shown(found, "display")[0][2:] == ["2 mai 2026", "Dupont", "Dupont", "France", "Alice"]
    assert all(
        [(cell["name"], cell["label"], cell["type"]) for cell in edge["cells"]]
        == [tuple(each.values()) for each in found["columns"]]
        for edge in found["records"]["edges"]
    )


async def test_a_list_without_columns_shows_the_header_and_key_fields(client: Client) -> None:
    id = await kept(client)

    found = await read(client, id)

    layout = await client.ask('{ module(name: "CustomerInvoice") { layout { header keyFields } } }')
    layout = layout["module"]["layout"]
    wanted = list(dict.fromkeys([*layout["header"], *layout["keyFields"]]))
    assert [each["name"] for each in found["columns"]] == wanted


async def test_a_further_filter_order_and_search_go_with_what_the_list_asks(
    client: Client,
) -> None:
    _, ids = await invoices(client, 5)
    id = await kept(client, filter={"dueOn": {"lt": "2026-05-05"}}, orderBy=[{"dueOn": "ASC"}])

    async def rows(**variables: Any) -> list[int]:
        found = await read(client, id, **variables)
        return [ids.index(int(edge["node"]["id"])) for edge in found["records"]["edges"]]

    assert await rows() == [0, 1, 2, 3]
    assert await rows(filter={"dueOn": {"gt": "2026-05-02"}}) == [2, 3]
    assert await rows(filter={"or": [{"subject": {"eq": "facture 4"}}]}) == []
    assert await rows(orderBy=[{"subject": "DESC"}]) == [3, 2, 1, 0]
    assert await rows(search="nothing") == []
    first = await read(client, id, first=3)
    cursor = first["records"]["pageInfo"]["endCursor"]
    assert first["records"]["totalCount"] == 4
    assert await rows(first=3, after=cursor) == [3]


async def test_the_list_of_all_records_is_there_for_every_module(client: Client) -> None:
    story = Story(client)
    for level in story.levels():
        await story.write("create", level, story.minimum)

    for module in story.modules:
        found = await read(client, f"list-all-{module.name}")

        assert found["name"] == "Tout"
        assert (found["owner"], found["viewerCan"]) == (None, {"edit": False, "delete": False})
        assert story.ids[module.name] in [edge["node"]["id"] for edge in found["records"]["edges"]]
    for id in ("list-all-Nothing", "list-all-LineItem", "list-all-", "list-0", "list-x", "list"):
        assert await read(client, id) is None


async def test_every_field_of_every_module_may_be_a_column(client: Client) -> None:
    """And shows what the record's page says of it."""
    story = Story(client)
    for level in story.levels():
        await story.write("create", level, story.minimum)
    everything = {each.name: story.everything(each) for each in story.modules}
    await story.write("update", story.modules, lambda module: everything[module.name])

    for module in story.modules:
        id = story.ids[module.name]
        data = await client.ask(
            "query ($id: ID!) { record(id: $id) { details { blocks "
            "{ fields { name label type value display } } } } }",
            id=id,
        )
        fields = [
            field for block in data["record"]["details"]["blocks"] for field in block["fields"]
        ]
        for part in (fields[:30], fields[30:60], fields[60:]):
            if not part:
                continue
            names_of = [each["name"] for each in part]
            list_id = await kept(client, module.name, name=f"{names_of}"[:99], columns=names_of)
            found = await read(client, list_id, filter={"id": {"eq": id}})
            assert found["records"]["edges"][0]["cells"] == part, module.name


async def test_a_list_of_fifty_rows_costs_what_one_of_one_does(client: Client) -> None:
    id = await kept(
        client,
        columns=[
            "subject",
            "account",
            "account.name",
            "account.owner",
            "account.title",
            "contact.lastName",
            "contact.account",
            "createdBy",
        ],
    )
    taken = []
    for count in (1, 49):
        accounts = await made(
            client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(count)]
        )
        contacts = await made(
            client, "Contact", [{"last_name": "Martin", "account": each} for each in accounts]
        )
        await made(
            client,
            "CustomerInvoice",
            [
                {
                    "account": account,
                    "contact": contact,
                    "subject": "Mars",
                    "issued_on": "2026-03-01",
                    "due_on": "2026-03-31",
                }
                for account, contact in zip(accounts, contacts, strict=True)
            ],
        )
        found = await read(client, id, first=50)
        assert len(found["records"]["edges"]) == (1 if count == 1 else 50)
        taken.append(client.statements)

    # The list, whether it is the default, its page, its count; accounts, contacts, the register
    # for titles, and people: those at hand and those behind.
    assert taken[0] == taken[1]
    assert taken[0] <= 11


async def test_many_lists_cost_what_one_does(client: Client) -> None:
    document = f"{{ lists(first: 100) {{ totalCount nodes {{ {LIST} }} }} }}"
    taken = []
    for count in (1, 20):
        for i in range(count):
            await kept(client, "Contact" if i % 2 else "Product", name=f"{count} {i}")
        data = await client.ask(document)
        taken.append(client.statements)

    assert len(data["lists"]["nodes"]) == 21
    assert taken == [4, 4]
    await client.ask("{ modules { defaultList { id } allList { id } } }")
    assert client.statements == 1


async def test_a_column_on_a_field_that_is_gone_is_left_out(client: Client) -> None:
    await invoices(client, 1)
    id = await kept(client, columns=["subject", "dueOn"])
    await spoilt(client, id, "columns", ["gone", "subject", "account.gone", "gone.name"])

    found = await read(client, id)

    assert [each["name"] for each in found["columns"]] == ["subject"]
    assert shown(found) == [["Facture 0"]]


async def test_a_list_that_asks_for_a_field_that_is_gone_is_refused_by_its_name(
    client: Client,
) -> None:
    await invoices(client, 1)
    for column, value, path, label in (
        ("filter", {"gone": {"eq": "x"}}, "list.filter.gone", "gone"),
        ("filter", {"dueOn": {"eq": "yesterday"}}, "list.filter.dueOn.eq", "Échéance"),
        ("order_by", [{"gone": "ASC"}], "list.orderBy.0.gone", "gone"),
    ):
        id = await kept(client, name=path)
        await spoilt(client, id, column, value)
        answer = await client.answer(READ, {"id": id})

        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "BAD_FILTER"
        assert [".".join(each["path"]) for each in error["extensions"]["problems"]] == [path]
        assert label in error["message"]
        assert answer["data"]["list"]["name"] == path
        assert answer["data"]["list"]["records"] is None


async def spoilt(client: Client, id: str, column: str, value: Any) -> None:
    """Have a list hold what its module does not know."""
    async with client.world.database.pool.acquire() as connection:
        await connection.execute(
            f"UPDATE saved_list SET {column} = $2 WHERE id = $1",
            int(id.removeprefix("list-")),
            value,
        )


async def test_a_personal_list_is_its_owners_alone(client: Client) -> None:
    colleague = await client.colleague()
    id = await kept(colleague, name="À moi")

    for other in (client, await client.world.company()):
        assert await read(other, id) is None
        assert await named(other) == []
        assert (await other.ask("query ($id: ID!) { node(id: $id) { id } }", id=id)) == {
            "node": None
        }
        for act in (delete(other, id), duplicate(other, id), update(other, id, name="Pris")):
            (error,) = (await act)["errors"]
            assert (error["code"], error["path"]) == ("NOT_FOUND", ["id"])
        (error,) = (await choose(other, "CustomerInvoice", id))["errors"]
        assert (error["code"], error["path"]) == ("NOT_FOUND", ["id"])
    assert await named(colleague) == ["À moi"]


async def test_a_shared_list_is_seen_by_all_of_the_company_and_changed_by_few(
    client: Client,
) -> None:
    colleague, third = await client.colleague(), await client.colleague("Dominique")
    id = await kept(colleague, name="Pour tous", shared=True)

    found = await read(third, id)
    refused = [(await act)["errors"] for act in (update(third, id, name="x"), delete(third, id))]
    stranger = await client.world.company()

    assert (found["mine"], found["owner"]) == (False, {"name": "Camille"})
    assert found["viewerCan"] == {"edit": False, "delete": False}
    assert [[each["code"] for each in errors] for errors in refused] == [["FORBIDDEN"]] * 2
    assert (await read(client, id))["viewerCan"] == {"edit": True, "delete": True}
    assert (await update(client, id, name="De tous"))["list"]["name"] == "De tous"
    assert await named(third) == ["De tous"]
    assert await read(stranger, id) is None
    assert await named(stranger) == []
    taken = await update(client, id, shared=False)
    assert (taken["list"], taken["errors"]) == (None, [])
    assert (await named(third), await named(colleague)) == ([], ["De tous"])


async def test_a_shared_list_shows_each_what_they_may_see(client: Client) -> None:
    colleague = await client.colleague()
    await client.share("CustomerInvoice")
    await invoices(client, 1)
    await made(client, "Contact", [{"last_name": "Secret"}])
    columns = ["subject", "account", "account.name", "account.billingAddress.city", "owner"]
    id = await kept(client, columns=columns, shared=True)
    contacts = await kept(client, "Contact", shared=True)

    found = await read(colleague, id)

    assert shown(await read(client, id))[0][2:4] == ["Dupont", "Lyon"]
    assert shown(found) == [["Facture 0", None, None, None, f"user-{client.user_id}"]]
    assert (await read(colleague, contacts))["records"]["totalCount"] == 0


async def test_a_copy_of_a_list_is_ones_own(client: Client) -> None:
    colleague = await client.colleague()
    asked: dict[str, Any] = {"columns": ["subject"], "filter": {"dueOn": {"isNull": False}}}
    id = await kept(client, name="Modèle", shared=True, orderBy=[{"dueOn": "ASC"}], **asked)

    copies = [(await duplicate(colleague, id))["list"] for _ in range(3)]

    assert [each["name"] for each in copies] == [
        "Modèle (copie)",
        "Modèle (copie) 2",
        "Modèle (copie) 3",
    ]
    assert all(each["mine"] and not each["shared"] for each in copies)
    assert (copies[0]["filter"], copies[0]["orderBy"]) == (asked["filter"], [{"dueOn": "ASC"}])
    assert [each["name"] for each in copies[0]["columns"]] == ["subject"]
    assert await named(client) == ["Modèle"]
    every = (await duplicate(colleague, "list-all-Contact"))["list"]
    assert (every["module"], every["name"], every["filter"]) == ("Contact", "Tout (copie)", None)


async def test_the_default_list_is_each_users_own_and_all_records_once_it_is_gone(
    client: Client,
) -> None:
    colleague = await client.colleague()
    shared = await kept(client, name="Pour tous", shared=True)
    own = await kept(colleague, name="À moi")
    every = "list-all-CustomerInvoice"

    assert await default(colleague, "CustomerInvoice") == every
    assert (await choose(colleague, "CustomerInvoice", shared))["list"]["isDefault"]
    assert await default(colleague, "CustomerInvoice") == shared
    assert await default(client, "CustomerInvoice") == every
    assert await default(colleague, "Contact") == "list-all-Contact"
    await update(client, shared, shared=False)
    assert await default(colleague, "CustomerInvoice") == every
    await update(client, shared, shared=True)
    await delete(client, shared)
    assert await default(colleague, "CustomerInvoice") == every
    await choose(colleague, "CustomerInvoice", own)
    assert await default(colleague, "CustomerInvoice") == own
    for none in (None, every):
        await choose(colleague, "CustomerInvoice", own)
        assert (await choose(colleague, "CustomerInvoice", none))["list"]["id"] == every
        assert await default(colleague, "CustomerInvoice") == every
    (error,) = (await choose(colleague, "Contact", own))["errors"]
    assert (error["code"], error["path"]) == ("BAD_USER_INPUT", ["id"])
    (error,) = (await choose(colleague, "Nothing", own))["errors"]
    assert error["path"] == ["module"]


async def test_the_list_of_all_records_never_changes(client: Client) -> None:
    every = "list-all-Contact"

    for act in (update(client, every, name="x"), delete(client, every)):
        (error,) = (await act)["errors"]
        assert (error["code"], error["path"]) == ("FORBIDDEN", ["id"])
        assert "« Tout »" in error["message"].replace("\u00a0", " ")


async def test_all_that_is_wrong_with_a_list_is_told_at_once(client: Client) -> None:
    wrong: dict[str, Any] = {
        "name": " ",
        "columns": ["subject", "colour", "subject", "account.colour", "campaigns.name"],
        "filter": {"colour": {"eq": "red"}},
        "orderBy": [{"dueOn": "UP"}],
    }

    created = await create(client, **wrong)
    id = await kept(client)
    changed = await update(client, id, **wrong)

    for payload in (created, changed):
        assert payload["list"] is None
        assert [(".".join(each["path"]), each["code"]) for each in payload["errors"]] == [
            ("input.name", "REQUIRED"),
            ("input.columns.1", "INVALID"),
            ("input.columns.2", "INVALID"),
            ("input.columns.3", "INVALID"),
            ("input.columns.4", "INVALID"),
            ("input.filter.colour", "BAD_FILTER"),
            ("input.orderBy.0.dueOn", "BAD_FILTER"),
        ]
    assert await named(client) == ["Ma liste"]
    for values, path in (
        ({"name": "x" * 101}, "input.name"),
        ({"columns": []}, "input.columns"),
        ({"columns": ["id"] * 31}, "input.columns"),
        ({"filter": {"subject": {"eq": "nul \0"}}}, "input.filter"),
        ({"filter": ["x"]}, "input.filter"),
        ({"orderBy": {"dueOn": "ASC"}}, "input.orderBy"),
    ):
        (error,) = (await create(client, **values))["errors"]
        assert ".".join(error["path"]) == path, error
    (error,) = (await update(client, id, shared=None))["errors"]
    assert (error["path"], error["code"]) == (["input", "shared"], "REQUIRED")
    (error,) = (await create(client, "LineItem"))["errors"]
    assert error["path"] == ["input", "module"]


async def test_names_are_unique_for_an_owner_and_a_module_whatever_case_and_accents(
    client: Client,
) -> None:
    colleague = await client.colleague()
    await kept(client, name="Impayées", shared=True)
    other = await kept(client, name="Autre")

    for payload in (
        await create(client, name="IMPAYEES"),
        await update(client, other, name="impayees"),
    ):
        (error,) = payload["errors"]
        assert (error["path"], error["code"]) == (["input", "name"], "NOT_UNIQUE")
    await kept(colleague, name="Impayées")
    await kept(client, "Quote", name="Impayées")
    assert await named(client, module="CustomerInvoice") == ["Autre", "Impayées"]
    assert await named(client, search="IMPAYE") == ["Impayées", "Impayées"]
    assert await named(client, module="Quote") == ["Impayées"]
    assert (await update(client, other, name="AUTRE"))["errors"] == []


async def test_a_change_keeps_what_it_does_not_name_and_counts(client: Client) -> None:
    asked: dict[str, Any] = {"columns": ["subject"], "filter": {"dueOn": {"isNull": False}}}
    id = await kept(client, shared=True, **asked)

    changed = (await update(client, id, 1, name="Autre", columns=None))["list"]
    same = (await update(client, id, 1, name="Autre"))["list"]
    clash = await update(client, id, 1, name="Encore")

    assert (changed["version"], same["version"]) == (2, 2)
    assert (changed["name"], changed["shared"], changed["filter"]) == (
        "Autre",
        True,
        asked["filter"],
    )
    assert len(changed["columns"]) > 1
    (error,) = clash["errors"]
    assert (error["code"], error["path"]) == ("CONFLICT", ["input", "name"])
    assert (await read(client, id))["name"] == "Autre"


async def test_a_list_is_kept_once_under_one_key(client: Client) -> None:
    document = (
        "mutation ($input: CreateListInput!) { createList(input: $input, idempotencyKey: "
        '"one") { list { id name } errors { code } } }'
    )
    given = {"module": "Contact", "name": "Une"}

    first, again = [(await client.ask(document, input=given)) for _ in range(2)]

    assert first == again
    other = await client.ask(document, input={**given, "name": "Deux"})
    assert other["createList"] == {"list": None, "errors": [{"code": "IDEMPOTENCY_MISMATCH"}]}


@pytest.mark.parametrize(
    "document", ["{ lists { totalCount } }", '{ list(id: "list-all-Contact") { name } }']
)
async def test_nobody_sees_no_lists(client: Client, document: str) -> None:
    client.headers = {}

    (error,) = await client.refused(document)

    assert error["code"] == "UNAUTHENTICATED"


async def test_lists_are_labelled_in_the_language_asked_for(client: Client) -> None:
    id = await kept(client, columns=["account.billingAddress.city", "createdAt"])

    answer = await client.answer(
        "query ($id: ID!) { list(id: $id) { moduleLabel columns { label } } "
        'all: list(id: "list-all-Contact") { name } }',
        {"id": id},
        **{"Accept-Language": "en"},
    )

    assert answer["data"] == {
        "list": {
            "moduleLabel": "Customer invoices",
            "columns": [
                {"label": "Customer account › Billing address › City"},
                {"label": "Created at"},
            ],
        },
        "all": {"name": "All"},
    }


async def test_the_columns_there_may_be_are_spelt_each_in_one_way(client: Client) -> None:
    for module in client.suite.modules:
        every = list(list_columns.columns(module))
        spellings = [spelt(each.path) for each in every]

        assert len(set(spellings)) == len(spellings)
        assert columns(await client.viewer(), module, spellings) == every
