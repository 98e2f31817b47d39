"""Layouts: what administrators choose of pages and forms, obeyed from the next request."""

from __future__ import annotations

from typing import Any

from db.customs import KeptCustoms
from tests.client import Client
from tests.conftest import served
from tests.saves import create, history, update

MODULE = "CustomerAccount"
LAYOUT = (
    "layout { version header keyFields quick tabs required readonly "
    "blocks { name label collapsed fields } }"
)
SET = (
    "mutation ($module: String!, $input: LayoutInput!, $version: Int) { "
    "setLayout(module: $module, input: $input, expectedVersion: $version) { "
    f"module {{ {LAYOUT} tabs {{ name label rollUp }} }} errors {{ path code message }} }} }}"
)


async def lay_out(client: Client, module: str = MODULE, version: Any = None, **parts: Any) -> Any:
    """A module's layout with some parts changed, which must be accepted."""
    payload = await tried(client, module, version, **parts)
    assert payload["errors"] == []
    return payload["module"]


async def tried(client: Client, module: str = MODULE, version: Any = None, **parts: Any) -> Any:
    data = await client.ask(SET, module=module, input=parts, version=version)
    return data["setLayout"]


async def test_a_page_and_its_forms_show_what_the_layout_says(client: Client) -> None:
    colleague = await client.colleague()
    await client.share(MODULE)
    account = (await create(client, MODULE, name="Dupont", phone="0102030405")).id

    await lay_out(
        client,
        header=["phone", "owner"],
        keyFields=["name", "creditLimit"],
        quick=["phone"],
        tabs=["invoices", "contacts"],
        blocks=[
            {"name": "who", "label": {"fr": "Qui", "en": "Who"}, "fields": ["name", "phone"]},
            {"name": "rest", "label": {"fr": "Reste"}, "fields": ["industry"], "collapsed": True},
        ],
    )

    data = await colleague.ask(
        "query ($id: ID!) { record(id: $id) { header { fields { name } } "
        "summary { blocks { ... on KeyFieldsBlock { fields { name } } } } "
        "details { blocks { name label collapsed fields { name } } } tabs { name } } "
        'module(name: "CustomerAccount") { quickCreateForm { fields { name } } } }',
        id=account,
    )
    record = data["record"]
    assert [each["name"] for each in record["header"]["fields"]] == ["phone", "owner"]
    assert [each["name"] for each in record["summary"]["blocks"][0]["fields"]] == [
        "name",
        "creditLimit",
    ]
    assert [
        (each["name"], each["label"], each["collapsed"], [f["name"] for f in each["fields"]])
        for each in record["details"]["blocks"]
    ] == [("who", "Qui", False, ["name", "phone"]), ("rest", "Reste", True, ["industry"])]
    assert [each["name"] for each in record["tabs"]] == ["invoices", "contacts"]
    form = data["module"]["quickCreateForm"]["fields"]
    assert [each["name"] for each in form] == ["phone", "name"]


async def test_what_is_required_and_what_is_read_only_holds_for_every_write(
    client: Client,
) -> None:
    await lay_out(client, required=["phone"], readonly=["creditLimit"])

    missing = await create(client, MODULE, name="A")
    refused = await create(client, MODULE, name="A", phone="1", creditLimit="5")
    save = await create(client, MODULE, name="A", phone="1")
    emptied = await update(client, MODULE, save.id, phone=None)
    untouched = await update(client, MODULE, save.id, name="B")
    quick = await client.ask(
        'mutation { quickCreate(module: "CustomerAccount", input: {name: "C"}) { '
        "errors { path code } } }"
    )

    assert (missing.paths, missing.codes) == ([["input", "phone"]], ["REQUIRED"])
    assert (refused.paths, refused.codes) == ([["input", "creditLimit"]], ["READ_ONLY"])
    assert (emptied.paths, emptied.codes) == ([["input", "phone"]], ["REQUIRED"])
    assert untouched.errors == []
    assert [each["code"] for each in quick["quickCreate"]["errors"]] == ["REQUIRED"]


async def test_labels_of_the_company_are_used_wherever_a_field_is_named(client: Client) -> None:
    module = await lay_out(
        client,
        labels=[
            {"name": "phone", "label": {"fr": "Standard", "en": "Switchboard"}},
            {"name": "contacts", "label": {"fr": "Interlocuteurs", "en": "People"}},
        ],
        required=["phone"],
    )
    account = (await create(client, MODULE, name="A", phone="1")).id
    missing = await create(client, MODULE, name="A", language="fr")
    data = await client.answer(
        'query ($id: ID!) { record(id: $id) { tab(name: "contacts") { label } '
        "details { blocks { fields { name label } } } } }",
        {"id": account},
        **{"Accept-Language": "en"},
    )

    shown = {
        each["name"]: each["label"]
        for block in data["data"]["record"]["details"]["blocks"]
        for each in block["fields"]
    }
    assert {each["name"]: each["label"] for each in module["tabs"]}["contacts"] == "Interlocuteurs"
    assert data["data"]["record"]["tab"] == {"label": "People"}
    assert shown["phone"] == "Switchboard"
    assert missing.errors[0]["message"].startswith("Standard")
    told = (await history(client, account))[0]["fields"]
    assert {each["name"]: each["label"] for each in told}["phone"] == "Standard"


async def test_comments_roll_up_as_the_layout_says_from_both_ends(client: Client) -> None:
    account = (await create(client, MODULE, name="Dupont")).id
    contact = await client.create("Contact", lastName="Martin", account=account)
    await client.comment(account, "Sur le compte")
    await client.comment(contact, "Sur le contact")
    before = await client.comments(account, roll_up=True)

    await lay_out(client, "Contact", rollUp=[{"relation": "account", "on": False}])
    off = await client.comments(account, roll_up=True), await client.comments(contact, roll_up=True)
    await lay_out(client, "Contact", rollUp=[{"relation": "account", "on": True}])

    assert before == ["Sur le contact", "Sur le compte"]
    assert off == (["Sur le compte"], ["Sur le contact"])
    assert await client.comments(account, roll_up=True) == before


async def test_parts_left_out_stay_and_null_puts_them_back(client: Client) -> None:
    data = await client.ask(f'{{ module(name: "CustomerAccount") {{ {LAYOUT} }} }}')
    declared = data["module"]["layout"]

    first = (await lay_out(client, header=["phone"], tabs=["contacts"]))["layout"]
    second = (await lay_out(client, header=None))["layout"]
    reset = await client.ask(
        'mutation { resetLayout(module: "CustomerAccount") { module { '
        f"{LAYOUT} }} errors {{ code }} }} }}"
    )

    assert (first["version"], first["header"], first["tabs"]) == (1, ["phone"], ["contacts"])
    assert (second["version"], second["header"]) == (2, declared["header"])
    assert second["tabs"] == ["contacts"]
    assert reset["resetLayout"]["module"]["layout"] == {**declared, "version": 3}
    kept = await client.world.database.pool.fetch(
        "SELECT version, by_id FROM layout WHERE company_id = $1 ORDER BY version",
        client.company_id,
    )
    assert [tuple(row) for row in kept] == [(each, client.user_id) for each in (1, 2, 3)]


async def test_a_layout_saved_meanwhile_is_not_written_over(client: Client) -> None:
    await lay_out(client, header=["phone"], version=0)

    late = await tried(client, version=0, header=["name"])

    assert [(each["path"], each["code"]) for each in late["errors"]] == [
        (["input", "expectedVersion"], "CONFLICT")
    ]
    assert late["module"] is None
    assert (await lay_out(client, header=["name"], version=1))["layout"]["version"] == 2


async def test_a_new_custom_field_is_placed_where_it_is_seen(client: Client) -> None:
    field = (
        'mutation { createCustomField(module: "CustomerAccount", input: '
        '{name: "%s", type: "Int", label: {fr: "Un"}}) { errors { code } } }'
    )
    await client.ask(field % "one")
    data = await client.ask(f'{{ module(name: "CustomerAccount") {{ {LAYOUT} }} }}')
    own = data["module"]["layout"]["blocks"][-2]
    await lay_out(client, blocks=[{"name": "a", "label": {"fr": "A"}, "fields": ["custom.one"]}])
    await client.ask(field % "two")
    data = await client.ask(f'{{ module(name: "CustomerAccount") {{ {LAYOUT} }} }}')

    assert (own["name"], own["fields"]) == ("custom", ["custom.one"])
    assert data["module"]["layout"]["blocks"][0]["fields"] == ["custom.one", "custom.two"]


async def test_a_layout_that_can_not_be_is_refused_whole(client: Client) -> None:
    block = {"name": "a", "label": {"fr": "A"}, "fields": ["name"]}
    attempts: list[tuple[dict[str, Any], str]] = [
        ({"header": ["other"]}, "header"),
        ({"header": ["invoices"]}, "header"),
        ({"tabs": ["name"]}, "tabs"),
        ({"blocks": [block, {**block, "name": "b"}]}, "blocks.1.fields"),
        ({"blocks": [block, {**block, "fields": []}]}, "blocks.1.name"),
        ({"blocks": [{**block, "label": {}}]}, "blocks.0.label"),
        ({"required": ["number"]}, "required"),
        ({"required": ["phone"], "readonly": ["phone"]}, "readonly"),
        ({"rollUp": [{"relation": "name", "on": True}]}, "rollUp"),
        ({"labels": [{"name": "x", "label": {"fr": "X"}}]}, "labels.0.name"),
    ]

    for parts, path in attempts:
        payload = await tried(client, **parts)
        assert [".".join(each["path"]) for each in payload["errors"]] == [f"input.{path}"], parts
    data = await client.ask(f'{{ module(name: "CustomerAccount") {{ {LAYOUT} }} }}')
    assert data["module"]["layout"]["version"] == 0


async def test_only_administrators_lay_out_their_own_company(client: Client) -> None:
    colleague, stranger = await client.colleague(), await client.world.company()
    await lay_out(client, header=["phone"])

    refused = await tried(colleague, header=["name"])
    elsewhere = await stranger.ask(f'{{ module(name: "CustomerAccount") {{ {LAYOUT} }} }}')
    unknown = await client.ask(SET, module="LineItem", input={})

    assert [each["code"] for each in refused["errors"]] == ["FORBIDDEN"]
    assert elsewhere["module"]["layout"]["version"] == 0
    assert [each["path"] for each in unknown["setLayout"]["errors"]] == [["module"]]


async def test_another_process_obeys_from_the_next_request_on_and_reads_it_once(
    client: Client, database_url: str, monkeypatch: Any
) -> None:
    reads: list[int] = []
    of = KeptCustoms.of

    async def counted(self: KeptCustoms, connection: Any, company: int, version: int) -> Any:
        before = self._kept.get(company)
        found = await of(self, connection, company, version)
        if version and self._kept.get(company) is not before:
            reads.append(version)
        return found

    async with served(database_url) as elsewhere:
        other = Client(elsewhere.http, elsewhere, client.user_id, client.company_id)
        query = f'{{ module(name: "CustomerAccount") {{ {LAYOUT} }} }}'
        before = (await other.ask(query))["module"]["layout"]["version"]
        await lay_out(client, header=["phone"])
        monkeypatch.setattr(KeptCustoms, "of", counted)
        seen = [(await other.ask(query))["module"]["layout"]["header"] for _ in range(3)]

    assert before == 0
    assert seen == [["phone"]] * 3
    assert reads == [1]
