"""Custom fields: added by administrators, then fields like any others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import Client, World
from tests.properties import examples
from tests.replay import untold
from tests.saves import create, history, stored, update

MODULE = "CustomerAccount"
FIELD = (
    "customField { id name field type label choices { value label } default required indexed } "
    "errors { path code message }"
)
CREATE = (
    "mutation ($module: String!, $input: CreateCustomFieldInput!) { "
    f"createCustomField(module: $module, input: $input) {{ {FIELD} }} }}"
)
VALUES = "custom { name label type value display }"


async def add(client: Client, name: str, type_: str, module: str = MODULE, **more: Any) -> Any:
    """A custom field, which must be accepted."""
    given = {"name": name, "type": type_, "label": {"fr": name.capitalize()}, **more}
    payload = (await client.ask(CREATE, module=module, input=given))["createCustomField"]
    assert payload["errors"] == []
    return payload["customField"]


def held(**values: Any) -> list[dict[str, Any]]:
    return [{"name": name, "value": value} for name, value in values.items()]


async def names(client: Client, **filter: Any) -> list[str]:
    """The accounts that a filter finds, by name."""
    data = await client.ask(
        "query ($filter: CustomerAccountFilter) { customerAccounts(filter: $filter, "
        "orderBy: [{name: ASC}]) { nodes { name } } }",
        filter=filter,
    )
    return [each["name"] for each in data["customerAccounts"]["nodes"]]


GOLD = [
    {"value": "GOLD", "label": {"fr": "Or", "en": "Gold"}},
    {"value": "SILVER", "label": {"fr": "Argent", "en": "Silver"}},
]


async def test_a_field_is_added_and_is_one_like_any_other(client: Client) -> None:
    level = await add(client, "loyaltyLevel", "Choice", choices=GOLD, label={"en": "Loyalty"})
    await add(client, "visits", "Int")

    save = await create(
        client, MODULE, VALUES, name="Dupont", custom=held(loyaltyLevel="GOLD", visits=1200)
    )
    changed = await update(client, MODULE, save.id, VALUES, custom=held(visits=None))

    assert level == {
        "id": level["id"],
        "name": "loyaltyLevel",
        "field": "custom.loyaltyLevel",
        "type": "Choice",
        "label": "Loyalty",
        "choices": [{"value": "GOLD", "label": "Or"}, {"value": "SILVER", "label": "Argent"}],
        "default": None,
        "required": False,
        "indexed": False,
    }
    assert save.record["custom"] == [
        {
            "name": "custom.loyaltyLevel",
            "label": "Loyalty",
            "type": "Choice",
            "value": "GOLD",
            "display": "Gold",
        },
        {
            "name": "custom.visits",
            "label": "Visits",
            "type": "Int",
            "value": 1200,
            "display": "1,200",
        },
    ]
    assert [each["value"] for each in changed.record["custom"]] == ["GOLD", None]
    assert changed.told == {"custom.visits": (1200, None)}
    assert changed.change["fields"][0]["label"] == "Visits"
    assert await untold(client) == []


KINDS = [
    ("String", "Été", "Été"),
    ("LongText", "Deux\nlignes", "Deux\nlignes"),
    ("Email", "Agathe@Exemple.fr", "Agathe@exemple.fr"),
    ("Phone", "01 42 96 10 10", "01 42 96 10 10"),
    ("URL", "https://exemple.fr", "https://exemple.fr"),
    ("Siren", "732 829 320", "732829320"),
    ("Int", 7, 7),
    ("Decimal", "1.50", "1.5"),
    ("Money", "12.5", "12.50"),
    ("Percent", "5.50", "5.5"),
    ("Boolean", False, False),
    ("Date", "2026-03-31", "2026-03-31"),
    ("DateTime", "2026-03-31T10:30:00+02:00", "2026-03-31T08:30:00Z"),
    ("Address", {"city": "Lyon"}, {"city": "Lyon"}),
    ("JSON", {"a": [1, None]}, {"a": [1, None]}),
]


async def test_values_of_every_type_are_checked_and_kept_as_those_of_declared_fields(
    client: Client,
) -> None:
    for type_, _, _ in KINDS:
        await add(client, f"f{type_.lower()}", type_)

    given = held(**{f"f{type_.lower()}": value for type_, value, _ in KINDS})
    save = await create(client, MODULE, VALUES, name="Dupont", custom=given)

    assert [(each["type"], each["value"]) for each in save.record["custom"]] == [
        (type_, kept) for type_, _, kept in KINDS
    ]
    assert all(each["display"] for each in save.record["custom"] if each["type"] != "JSON")
    assert await untold(client) == []


async def test_all_that_is_wrong_with_values_is_told_at_once(client: Client) -> None:
    await add(client, "level", "Choice", choices=GOLD)
    await add(client, "signedOn", "Date", required=True, label={"fr": "Signé le"})
    await add(client, "visits", "Int", default=3)
    before = await stored(client)

    missing = await create(client, MODULE, name="Dupont")
    wrong = await create(
        client,
        MODULE,
        language="fr",
        name="",
        custom=held(level="gold", signedOn="hier", visits="x", other=1),
    )

    assert (missing.paths, missing.codes) == ([["input", "custom.signedOn"]], ["REQUIRED"])
    told = {".".join(each["path"]): each for each in wrong.errors}
    assert {path: each["code"] for path, each in told.items()} == {
        "input.name": "REQUIRED",
        "input.custom.0.value": "INVALID",
        "input.custom.1.value": "INVALID",
        "input.custom.2.value": "INVALID",
        "input.custom.3.name": "BAD_USER_INPUT",
    }
    assert "Signé le" in told["input.custom.1.value"]["message"]
    assert await stored(client) == before


async def test_a_default_stands_where_nothing_is_said(client: Client) -> None:
    await add(client, "visits", "Int", default=3, required=True)
    await add(client, "level", "Choice", choices=GOLD, default="SILVER")

    said = await create(client, MODULE, VALUES, name="A", custom=held(level=None))
    unsaid = await create(client, MODULE, VALUES, name="B")
    emptied = await update(client, MODULE, unsaid.id, VALUES, custom=held(visits=None))

    assert [each["value"] for each in said.record["custom"]] == [3, None]
    assert [each["value"] for each in unsaid.record["custom"]] == [3, "SILVER"]
    assert emptied.codes == ["REQUIRED"]


async def test_what_others_changed_meanwhile_is_merged_or_told(client: Client) -> None:
    await add(client, "visits", "Int")
    await add(client, "note", "String")
    account = (await create(client, MODULE, name="Dupont", custom=held(visits=1, note="a"))).id
    await update(client, MODULE, account, custom=held(note="b"))

    merged = await update(client, MODULE, account, VALUES, expected=1, custom=held(visits=2))
    clash = await update(client, MODULE, account, expected=1, custom=held(note="c"))

    assert [each["value"] for each in merged.record["custom"]] == [2, "b"]
    assert [
        (each["code"], each["conflict"]["name"], each["conflict"]["stored"])
        for each in clash.errors
    ] == [("CONFLICT", "custom.note", "b")]


@pytest.mark.parametrize("indexed", [False, True])
async def test_lists_are_filtered_by_custom_fields(client: Client, indexed: bool) -> None:
    await add(client, "level", "Choice", choices=GOLD, indexed=indexed)
    await add(client, "visits", "Int", indexed=indexed)
    await add(client, "city", "String", indexed=indexed)
    await add(client, "signedOn", "Date", indexed=indexed)
    rows = [
        ("A", held(level="GOLD", visits=10, city="Évry", signedOn="2026-01-31")),
        ("B", held(level="SILVER", visits=9, city="evreux", signedOn="2026-03-31")),
        ("C", held(visits=100)),
        ("D", []),
    ]
    for name, custom in rows:
        await create(client, MODULE, name=name, custom=custom)

    async def found(name: str, **compared: Any) -> str:
        return "".join(await names(client, custom=[{"name": name, **compared}]))

    assert await found("level", eq="GOLD") == "A"
    assert await found("level", ne="GOLD") == "BCD"
    assert await found("level", **{"in": ["GOLD", "SILVER"]}) == "AB"
    assert await found("visits", gt=9) == "AC"
    assert await found("visits", gte=9, lt=100) == "AB"
    assert await found("visits", isNull=True) == "D"
    assert await found("city", eq="EVRY") == "A"
    assert await found("city", startsWith="evr") == "AB"
    assert await found("city", contains="VRE") == "B"
    assert await found("signedOn", lt="2026-02-01") == "A"
    assert await found("signedOn", gte="2026-03-31") == "B"
    assert await names(client, **{"not": {"custom": [{"name": "visits", "gt": 9}]}}) == ["B", "D"]


async def test_a_filter_that_is_wrong_says_where(client: Client) -> None:
    await add(client, "visits", "Int")
    query = (
        "query ($filter: CustomerAccountFilter) { customerAccounts(filter: $filter) { "
        "nodes { id } } }"
    )

    for condition in (
        {"name": "other", "eq": 1},
        {"name": "visits", "eq": "x"},
        {"name": "visits", "startsWith": "1"},
        {"name": "visits", "eq": None},
    ):
        (error,) = await client.refused(query, filter={"custom": [condition]})
        assert error["code"] == "BAD_FILTER", condition


async def test_records_are_found_by_custom_fields_that_are_searched(client: Client) -> None:
    search = (
        'query ($text: String!) { search(text: $text, modules: ["CustomerAccount"]) { groups { '
        "hits { record { title } matchedField matchedLabel matchedText } } } }"
    )

    async def found(text: str) -> list[tuple[str, ...]]:
        data = await client.ask(search, text=text)
        return [
            (hit["record"]["title"], *list(hit.values())[1:])
            for group in data["search"]["groups"]
            for hit in group["hits"]
        ]

    field = await add(client, "dossier", "String", searched=True, label={"fr": "Dossier"})
    account = (await create(client, MODULE, name="A", custom=held(dossier="Été 2026/17"))).id
    other = await add(client, "ligne", "Phone")
    await create(client, MODULE, name="B", custom=held(ligne="01 42 96 10 10"))
    before = await found("0142961010")
    change = (
        "mutation ($id: ID!, $input: UpdateCustomFieldInput!) { "
        f"updateCustomField(id: $id, input: $input) {{ {FIELD} }} }}"
    )

    await client.ask(change, id=other["id"], input={"searched": True})

    assert await found("ete 2026") == [("A", "custom.dossier", "Dossier", "Été 2026/17")]
    assert before == []
    assert [hit[:2] for hit in await found("+33 1 42 96")] == [("B", "custom.ligne")]
    await update(client, MODULE, account, custom=held(dossier="Hiver"))
    assert await found("ete 2026") == []
    assert [hit[0] for hit in await found("hiver")] == ["A"]
    await client.ask(change, id=field["id"], input={"searched": False})
    assert await found("hiver") == []


async def test_a_field_indexed_later_finds_what_was_there(client: Client) -> None:
    field = await add(client, "visits", "Int")
    await create(client, MODULE, name="A", custom=held(visits=1))
    change = (
        "mutation ($id: ID!, $input: UpdateCustomFieldInput!) { "
        f"updateCustomField(id: $id, input: $input) {{ {FIELD} }} }}"
    )
    payload = (await client.ask(change, id=field["id"], input={"indexed": True}))[
        "updateCustomField"
    ]
    await create(client, MODULE, name="B", custom=held(visits=2))

    assert payload["customField"]["indexed"]
    assert await names(client, custom=[{"name": "visits", "gte": 1}]) == ["A", "B"]
    rows = await client.world.database.pool.fetch(
        "SELECT number FROM custom_value WHERE field_id = $1 ORDER BY record_id",
        int(field["id"].removeprefix("field-")),
    )
    assert [int(row["number"]) for row in rows] == [1, 2]


async def test_labels_choices_and_flags_change_and_names_and_types_stay(client: Client) -> None:
    field = await add(client, "level", "Choice", choices=GOLD)
    account = (await create(client, MODULE, name="A", custom=held(level="SILVER"))).id
    change = (
        "mutation ($id: ID!, $input: UpdateCustomFieldInput!) { "
        f"updateCustomField(id: $id, input: $input) {{ {FIELD} }} }}"
    )
    payload = (
        await client.ask(
            change,
            id=field["id"],
            input={"label": {"fr": "Niveau", "en": "Level"}, "choices": GOLD[:1]},
        )
    )["updateCustomField"]
    refused = await update(client, MODULE, account, custom=held(level="SILVER"))
    data = await client.ask(f"query ($id: ID!) {{ record(id: $id) {{ {VALUES} }} }}", id=account)

    assert payload["customField"]["label"] == "Niveau"
    assert [each["value"] for each in payload["customField"]["choices"]] == ["GOLD"]
    assert refused.codes == ["INVALID"]
    # What was chosen before is shown as it was stored.
    assert data["record"]["custom"] == [
        {
            "name": "custom.level",
            "label": "Niveau",
            "type": "Choice",
            "value": "SILVER",
            "display": "SILVER",
        }
    ]


async def test_a_field_deleted_is_shown_no_more_and_its_name_not_given_again(
    client: Client,
) -> None:
    field = await add(client, "visits", "Int", required=True)
    account = (await create(client, MODULE, name="A", custom=held(visits=1))).id
    data = await client.ask(
        f"mutation ($id: ID!) {{ deleteCustomField(id: $id) {{ {FIELD} }} }}", id=field["id"]
    )
    again = await client.ask(
        CREATE, module=MODULE, input={"name": "visits", "type": "Int", "label": {"fr": "V"}}
    )
    shown = await client.ask(f"query ($id: ID!) {{ record(id: $id) {{ {VALUES} }} }}", id=account)

    assert data["deleteCustomField"]["errors"] == []
    assert [each["code"] for each in again["createCustomField"]["errors"]] == ["NOT_UNIQUE"]
    assert shown["record"]["custom"] == []
    assert (await create(client, MODULE, name="B")).errors == []
    told = (await history(client, account))[0]["fields"]
    assert {"custom.visits"} <= {each["name"] for each in told}
    assert await untold(client) == []


async def test_only_administrators_add_fields_to_their_own_company(client: Client) -> None:
    colleague, stranger = await client.colleague(), await client.world.company()
    field = await add(client, "visits", "Int")
    given = {"name": "other", "type": "Int", "label": {"fr": "Autre"}}
    delete = "mutation ($id: ID!) { deleteCustomField(id: $id) { errors { code } } }"

    refused = await colleague.ask(CREATE, module=MODULE, input=given)
    unknown = await stranger.ask(delete, id=field["id"])
    elsewhere = await stranger.ask('{ customFields(module: "CustomerAccount") { name } }')
    seen = await colleague.ask('{ customFields(module: "CustomerAccount") { name } }')

    assert [each["code"] for each in refused["createCustomField"]["errors"]] == ["FORBIDDEN"]
    assert [each["code"] for each in unknown["deleteCustomField"]["errors"]] == ["NOT_FOUND"]
    assert elsewhere == {"customFields": []}
    assert seen == {"customFields": [{"name": "visits"}]}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"name": "1x", "type": "Int"}, "input.name"),
        ({"name": "name", "type": "Int"}, "input.name"),
        ({"name": "invoices", "type": "Int"}, "input.name"),
        ({"name": "x" * 41, "type": "Int"}, "input.name"),
        ({"name": "a", "type": "Text"}, "input.type"),
        ({"name": "a", "type": "Choice"}, "input.choices"),
        ({"name": "a", "type": "Choice", "choices": [GOLD[0], GOLD[0]]}, "input.choices.1.value"),
        ({"name": "a", "type": "LongText", "indexed": True}, "input.indexed"),
        ({"name": "a", "type": "Int", "default": "x"}, "input.default"),
        ({"name": "a", "type": "Int", "searched": True}, "input.searched"),
        ({"name": "a", "type": "Int", "label": {}}, "input.label"),
    ],
)
async def test_a_field_that_can_not_be_is_refused(
    client: Client, given: dict[str, Any], path: str
) -> None:
    payload = (await client.ask(CREATE, module=MODULE, input={"label": {"fr": "A"}, **given}))[
        "createCustomField"
    ]

    assert [".".join(each["path"]) for each in payload["errors"]] == [path]
    assert payload["customField"] is None


VALUE = st.none() | st.integers(-3, 3)


@examples(6)
@given(
    rows=st.lists(st.tuples(VALUE, st.none() | st.sampled_from(["Été", "ete", "b"])), max_size=8),
    operator=st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]),
    operand=st.integers(-3, 3),
)
async def test_an_index_finds_what_looking_at_every_record_finds(
    world: World, rows: list[tuple[int | None, str | None]], operator: str, operand: int
) -> None:
    client = await world.company()
    for name in ("plain", "fast"):
        await add(client, name, "Int", indexed=name == "fast")
    for i, (number, _) in enumerate(rows):
        await create(client, MODULE, name=f"{i:02}", custom=held(plain=number, fast=number))

    compare: Any = {
        "eq": lambda value: value == operand,
        "ne": lambda value: value != operand,
        "lt": lambda value: value is not None and value < operand,
        "lte": lambda value: value is not None and value <= operand,
        "gt": lambda value: value is not None and value > operand,
        "gte": lambda value: value is not None and value >= operand,
    }[operator]
    expected = [f"{i:02}" for i, (number, _) in enumerate(rows) if compare(number)]
    for name in ("plain", "fast"):
        assert await names(client, custom=[{"name": name, operator: operand}]) == expected


async def test_a_day_compares_as_a_day(client: Client) -> None:
    await add(client, "on", "Date", indexed=True)
    await create(client, MODULE, name="A", custom=held(on=str(date(2026, 3, 31))))

    assert await names(client, custom=[{"name": "on", "eq": "2026-03-31"}]) == ["A"]
    assert await names(client, custom=[{"name": "on", "in": ["2026-03-30"]}]) == []


async def test_lists_and_exports_show_custom_fields(client: Client) -> None:
    await add(client, "level", "Choice", choices=GOLD)
    account = (await create(client, MODULE, name="Dupont", custom=held(level="GOLD"))).id
    await client.create("Contact", lastName="Martin", account=account)
    make = (
        "mutation ($input: CreateListInput!) { createList(input: $input) { "
        "list { id records { edges { cells { name label display } } } } errors { message } } }"
    )

    own = await client.ask(
        make,
        input={
            "module": MODULE,
            "name": "Or",
            "columns": ["name", "custom.level"],
            "filter": {"custom": [{"name": "level", "eq": "GOLD"}]},
        },
    )
    far = await client.ask(
        make,
        input={"module": "Contact", "name": "Or", "columns": ["lastName", "account.custom.level"]},
    )
    response = await client.http.get(
        "/export/CustomerAccount.csv?columns=name,custom.level&header=names",
        headers=client.headers,
    )

    def cells(data: Any) -> list[Any]:
        assert data["createList"]["errors"] == []
        (edge,) = data["createList"]["list"]["records"]["edges"]
        return [tuple(cell.values()) for cell in edge["cells"]]

    assert cells(own) == [("name", "Nom du compte", "Dupont"), ("custom.level", "Level", "Or")]
    assert cells(far)[1] == ("account.custom.level", "Compte client › Level", "Or")
    assert response.text.lstrip("\ufeff").splitlines() == ["name;custom.level", "Dupont;GOLD"]
