"""Many records written at once: the rules of the one, an outcome for each, all or nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import bulk
from graph import names
from tests.books import customer, invoice, item, validated
from tests.client import Client, World
from tests.properties import WORDS, examples, made
from tests.saves import create, history, read, stored, update

UPDATED = "done changed outcomes { id changed errors { path code message } }"
ERRORS = "errors { path code message }"


@dataclass(frozen=True)
class Many:
    """What a mutation of many records answered."""

    done: int
    changed: int
    outcomes: list[Any]
    errors: list[Any]

    @property
    def codes(self) -> list[list[str]]:
        """The codes of each outcome's errors."""
        return [[error["code"] for error in each["errors"]] for each in self.outcomes]

    @property
    def written(self) -> list[str]:
        return [each["id"] for each in self.outcomes if each["changed"]]


async def many(
    client: Client,
    action: str,
    module: str,
    *,
    ids: list[str] | None = None,
    matching: dict[str, Any] | None = None,
    atomic: bool = False,
    key: str | None = None,
    language: str = "en",
    **values: Any,
) -> Many:
    """`updateCustomerAccounts`, `deleteCustomerAccounts` with what was given."""
    known = client.suite[module]
    mutation = names.camel(names.mutation_of_many(action, known))
    declared = f"$ids: [ID!], $filter: {module}Filter, $atomic: Boolean!, $key: String"
    passed = "ids: $ids, filter: $filter, atomic: $atomic, idempotencyKey: $key"
    variables = {"ids": ids, "filter": matching, "atomic": atomic, "key": key}
    if action == "update":
        declared += f", $input: Update{module}Input!"
        passed += ", input: $input"
        variables["input"] = values
    answer = await client.answer(
        f"mutation ({declared}) {{ {mutation}({passed}) {{ {UPDATED} {ERRORS} }} }}",
        {name: value for name, value in variables.items() if value is not None},
        **{"Accept-Language": language},
    )
    assert not answer.get("errors"), answer["errors"]
    return Many(**answer["data"][mutation])


async def accounts(client: Client, *called: str, **values: Any) -> list[str]:
    """The ids of new customer accounts."""
    rows = [{"name": name, **values} for name in called]
    return [str(id) for id in await made(client, "CustomerAccount", rows)]


async def called(client: Client) -> list[str]:
    """The names of all customer accounts, oldest first."""
    data = await client.ask(
        "{ customerAccounts(orderBy: [{id: ASC}], first: 100) { nodes { name } } }"
    )
    return [node["name"] for node in data["customerAccounts"]["nodes"]]


async def test_many_are_changed_in_the_order_of_their_ids_as_given(client: Client) -> None:
    first, second, third = await accounts(client, "A", "B", "C")

    payload = await many(
        client, "update", "CustomerAccount", ids=[third, first, third], name="Dupont"
    )

    assert payload == Many(
        done=2,
        changed=2,
        outcomes=[
            {"id": third, "changed": True, "errors": []},
            {"id": first, "changed": True, "errors": []},
        ],
        errors=[],
    )
    assert await called(client) == ["Dupont", "B", "Dupont"]
    assert (await read(client, "CustomerAccount", first, "title version")) == {
        "title": "Dupont",
        "version": 2,
    }
    assert (await read(client, "CustomerAccount", second, "version")) == {"version": 1}


async def test_each_record_is_told_in_its_own_history(client: Client) -> None:
    ids = await accounts(client, "A", "B")

    await many(client, "update", "CustomerAccount", ids=ids, name="Dupont")

    for id, was in zip(ids, "AB", strict=True):
        created, changed = await history(client, id)
        assert created["operation"] == "CREATED"
        assert (changed["operation"], changed["version"]) == ("UPDATED", 2)
        assert [(each["before"], each["after"]) for each in changed["fields"]] == [(was, "Dupont")]


async def test_a_filter_chooses_what_the_viewer_sees_in_the_order_of_ids(client: Client) -> None:
    ids = await accounts(client, "Dupont", "Durand", "Martin")
    await client.act("delete", "CustomerAccount", ids[1])

    payload = await many(
        client, "update", "CustomerAccount", matching={"name": {"startsWith": "du"}}, name="X"
    )
    everything = await many(client, "delete", "CustomerAccount", matching={})

    assert payload.written == [ids[0]]
    assert everything.written == [ids[0], ids[2]]
    assert await called(client) == []


async def test_what_is_so_already_is_done_but_not_changed(client: Client) -> None:
    ids = await accounts(client, "A", "B")

    payload = await many(client, "update", "CustomerAccount", ids=ids, name="A")

    assert (payload.done, payload.changed, payload.written) == (2, 1, [ids[1]])
    assert len(await history(client, ids[0])) == 1


async def test_each_refusal_stands_by_its_record_and_the_others_are_written(
    client: Client,
) -> None:
    account = await customer(client)
    drafts = [await invoice(client, account, item("100")) for _ in range(3)]
    await validated(client, "CustomerInvoice", drafts[1])

    payload = await many(
        client, "update", "CustomerInvoice", ids=[*drafts, account, "0", "abc"], subject="Avril"
    )

    assert (payload.done, payload.changed, payload.errors) == (2, 2, [])
    assert payload.written == [drafts[0], drafts[2]]
    assert payload.outcomes[1]["id"] == drafts[1]
    assert [error["path"] for error in payload.outcomes[1]["errors"]] == [["id"]]
    assert payload.codes[1] == ["LOCKED"]
    assert payload.codes[3:] == [["NOT_FOUND"]] * 3
    assert [each["id"] for each in payload.outcomes[3:]] == [account, "0", "abc"]
    assert await read(client, "CustomerInvoice", drafts[2], "subject") == {"subject": "Avril"}


async def test_all_or_nothing_writes_nothing_and_tells_all_refusals(client: Client) -> None:
    account = await customer(client)
    drafts = [await invoice(client, account, item("100")) for _ in range(3)]
    await validated(client, "CustomerInvoice", drafts[1])
    before = await stored(client)

    asked: dict[str, Any] = {"ids": [*drafts, "0"], "atomic": True}
    saves = [
        await many(client, "update", "CustomerInvoice", **asked, subject="Avril"),
        await many(client, "delete", "CustomerInvoice", **asked),
    ]

    for payload in saves:
        assert (payload.done, payload.changed, payload.written) == (0, 0, [])
        assert payload.codes == [[], ["LOCKED"], [], ["NOT_FOUND"]]
        assert payload.errors == [
            {
                "path": ["atomic"],
                "code": "INVALID",
                "message": "Refused: 2 of 4 records; none was changed.",
            }
        ]
    assert await stored(client) == before
    assert await read(client, "CustomerInvoice", drafts[0], "subject") == {"subject": "Mars"}


async def test_all_or_nothing_writes_all_where_none_is_refused(client: Client) -> None:
    ids = await accounts(client, "A", "B")

    payload = await many(client, "update", "CustomerAccount", ids=ids, atomic=True, name="X")

    assert (payload.done, payload.changed, payload.errors) == (2, 2, [])
    assert await called(client) == ["X", "X"]


async def test_an_input_that_is_wrong_by_itself_is_told_once(client: Client) -> None:
    ids = await accounts(client, "A", "B")
    before = await stored(client)

    payload = await many(
        client, "update", "CustomerAccount", ids=ids, name=None, email="x", owner="user-0"
    )

    assert payload.outcomes == []
    assert {(".".join(each["path"]), each["code"]) for each in payload.errors} == {
        ("input.name", "REQUIRED"),
        ("input.email", "INVALID"),
        ("input.owner", "NOT_FOUND"),
    }
    assert await stored(client) == before


@pytest.mark.parametrize("given", [{}, {"ids": [], "matching": {}}])
@pytest.mark.parametrize("action", ["update", "delete"])
async def test_exactly_one_of_ids_and_filter_is_wanted(
    client: Client, action: str, given: dict[str, Any]
) -> None:
    await accounts(client, "A")

    payload = await many(client, action, "CustomerAccount", **given)

    assert (payload.done, payload.outcomes) == (0, [])
    assert payload.errors == [
        {
            "path": ["ids"],
            "code": "BAD_USER_INPUT",
            "message": "ids: this value is not accepted. Expected: ids | filter.",
        }
    ]
    assert await called(client) == ["A"]


async def test_no_ids_are_no_records(client: Client) -> None:
    await accounts(client, "A")

    payload = await many(client, "delete", "CustomerAccount", ids=[])

    assert payload == Many(done=0, changed=0, outcomes=[], errors=[])


async def test_a_filter_that_means_nothing_is_told_where_it_does(client: Client) -> None:
    payload = await many(
        client, "delete", "CustomerAccount", matching={"createdAt": {"lt": "yesterday"}}
    )

    assert [(each["path"], each["code"]) for each in payload.errors] == [
        (["filter", "createdAt", "lt"], "BAD_FILTER")
    ]


@pytest.mark.parametrize("action", ["update", "delete"])
async def test_too_many_are_refused_before_anything_is_written(
    client: Client, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await accounts(client, "A", "B", "C")
    before = await stored(client)
    monkeypatch.setattr(bulk, "MOST", 2)
    values: dict[str, Any] = {"name": "X"} if action == "update" else {}

    listed = await many(client, action, "CustomerAccount", ids=ids, **values)
    matched = await many(client, action, "CustomerAccount", matching={}, **values)

    for payload, argument in ((listed, "ids"), (matched, "filter")):
        assert (payload.done, payload.outcomes) == (0, [])
        assert payload.errors == [
            {
                "path": [argument],
                "code": "BAD_USER_INPUT",
                "message": f"{argument}: at most 2 at once.",
            }
        ]
    assert await stored(client) == before


async def test_lines_and_links_count_as_what_is_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await customer(client)
    drafts = [await invoice(client, account, item("1")) for _ in range(3)]
    campaigns = [await client.create("Campaign", name=name) for name in "AB"]
    monkeypatch.setattr(bulk, "MOST", 5)

    lined = await many(
        client, "update", "CustomerInvoice", ids=drafts, lineItems=[item("2"), item("3")]
    )
    linked = await many(
        client, "update", "CustomerAccount", ids=[account, "1", "2"], campaigns=campaigns
    )

    assert [each["message"] for each in lined.errors] == ["ids: at most 2 at once."]
    assert [each["message"] for each in linked.errors] == ["ids: at most 2 at once."]


async def test_lines_and_links_are_replaced_on_each(client: Client) -> None:
    account = await customer(client)
    first, second = [await invoice(client, account, item(price), item("5")) for price in ("1", "2")]
    campaigns = [await client.create("Campaign", name=name) for name in "AB"]
    parties = await accounts(client, "Un", "Deux")
    await update(client, "CustomerAccount", parties[0], campaigns=campaigns[:1])

    lined = await many(
        client, "update", "CustomerInvoice", ids=[first, second], lineItems=[item("2")]
    )
    linked = await many(client, "update", "CustomerAccount", ids=parties, campaigns=campaigns[1:])

    assert (lined.changed, linked.changed) == (2, 2)
    for id in (first, second):
        found = await read(
            client, "CustomerInvoice", id, "totalInclTax lineItems { nodes { unitPrice } }"
        )
        assert found == {
            "totalInclTax": "2.40",
            "lineItems": {"nodes": [{"unitPrice": "2.00"}]},
        }
    for id in parties:
        found = await read(client, "CustomerAccount", id, "campaigns { nodes { id } }")
        assert found == {"campaigns": {"nodes": [{"id": campaigns[1]}]}}


async def test_a_line_of_one_document_is_none_of_the_others(client: Client) -> None:
    account = await customer(client)
    first, second = [await invoice(client, account, item("1")) for _ in range(2)]
    found = await read(client, "CustomerInvoice", first, "lineItems { nodes { id } }")
    line = found["lineItems"]["nodes"][0]["id"]

    payload = await many(
        client,
        "update",
        "CustomerInvoice",
        ids=[first, second],
        lineItems=[{"id": line, "label": "Audit"}],
    )

    assert payload.written == [first]
    assert [error["path"] for error in payload.outcomes[1]["errors"]] == [
        ["input", "lineItems", "0", "id"]
    ]
    assert (await stored(client))[2] == 2


async def test_a_value_without_duplicates_goes_to_the_first(client: Client) -> None:
    ids = [str(id) for id in await made(client, "Product", [{"name": n} for n in "ABC"])]
    await update(client, "Product", ids[2], sku="2")

    payload = await many(client, "update", "Product", ids=ids, sku="1")
    taken = await many(client, "update", "Product", ids=ids[1:2], sku="1")

    assert payload.codes == [[], ["NOT_UNIQUE"], ["NOT_UNIQUE"]]
    assert payload.outcomes[1]["errors"][0]["path"] == ["input", "sku"]
    assert taken.codes == [["NOT_UNIQUE"]]
    assert [(await read(client, "Product", id, "sku"))["sku"] for id in ids] == ["1", None, "2"]


async def test_titles_follow_what_is_pointed_at(client: Client) -> None:
    wholesale, retail = [await client.create("PriceList", name=name) for name in ("Gros", "Détail")]
    given = {"strategy": "VOLUME", "minQuantity": "1"}
    items = [await client.create("PriceListItem", priceList=wholesale, **given) for _ in range(2)]

    await many(client, "update", "PriceListItem", ids=items, priceList=retail)

    assert [(await read(client, "PriceListItem", id, "title"))["title"] for id in items] == [
        "Détail LGT-00001",
        "Détail LGT-00002",
    ]


async def test_who_may_read_but_does_not_own_is_refused_each(client: Client) -> None:
    theirs = await accounts(client, "A")
    await client.share("CustomerAccount")
    colleague = await client.colleague()
    own = await colleague.create("CustomerAccount", name="B")
    hidden = await client.create("Supplier", name="C")

    changed = await many(colleague, "update", "CustomerAccount", matching={}, name="X")
    deleted = await many(colleague, "delete", "CustomerAccount", ids=[*theirs, own])
    unseen = await many(colleague, "delete", "Supplier", ids=[hidden])

    assert changed.codes == deleted.codes == [["FORBIDDEN"], []]
    assert unseen.codes == [["NOT_FOUND"]]
    assert await called(client) == ["A"]


async def test_records_of_another_company_are_not_there(client: Client) -> None:
    stranger = await client.world.company()
    foreign = await accounts(stranger, "Ailleurs")

    listed = await many(client, "update", "CustomerAccount", ids=foreign, name="X")
    matched = await many(client, "delete", "CustomerAccount", matching={})

    assert listed.codes == [["NOT_FOUND"]]
    assert matched.outcomes == []
    assert await called(stranger) == ["Ailleurs"]


async def test_deleted_ones_come_back_one_by_one(client: Client) -> None:
    ids = await accounts(client, "A", "B")

    payload = await many(client, "delete", "CustomerAccount", ids=ids)
    twice = await many(client, "delete", "CustomerAccount", ids=ids)
    await client.act("restore", "CustomerAccount", ids[1])

    assert (payload.done, payload.changed) == (2, 2)
    assert twice.codes == [["NOT_FOUND"]] * 2
    assert await called(client) == ["B"]
    assert [each["operation"] for each in await history(client, ids[1])] == [
        "CREATED",
        "DELETED",
        "RESTORED",
    ]


async def test_the_same_request_under_a_key_is_done_once_and_answered_alike(
    client: Client,
) -> None:
    ids = await accounts(client, "A", "B")
    asked: dict[str, Any] = {"ids": [*ids, "0"], "key": "k-1", "name": "X"}

    first = await many(client, "update", "CustomerAccount", **asked)
    await update(client, "CustomerAccount", ids[0], name="Y")
    again = await many(client, "update", "CustomerAccount", **asked)
    other = await many(client, "update", "CustomerAccount", **{**asked, "name": "Z"})

    assert again == first
    assert first.codes == [[], [], ["NOT_FOUND"]]
    assert [each["code"] for each in other.errors] == ["IDEMPOTENCY_MISMATCH"]
    assert await called(client) == ["Y", "X"]


async def test_statements_grow_with_the_batches_only(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = await accounts(client, *(str(i) for i in range(60)))
    taken = []

    for size, some in ((500, ids[:1]), (500, ids), (20, ids)):
        monkeypatch.setattr(bulk, "BATCH", size)
        await many(client, "update", "CustomerAccount", ids=some, name=f"{size} {len(some)}")
        taken.append(client.statements)

    # To lock, to write and tell: two for each batch. One seals all.
    assert taken == [3, 3, 7]


async def test_deleting_takes_as_many_statements_whatever_the_filter_finds(
    client: Client,
) -> None:
    ids = await accounts(client, *(str(i) for i in range(60)))

    await many(client, "delete", "CustomerAccount", matching={"id": {"in": ids[:2]}})
    few = client.statements
    await many(client, "delete", "CustomerAccount", matching={})

    assert client.statements == few == 4


async def test_two_who_write_the_same_records_wait_for_each_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 5)
    ids = await accounts(client, *(str(i) for i in range(40)))

    saves = await asyncio.gather(
        *(
            many(client, "update", "CustomerAccount", ids=order, phone=f"01 42 96 10 1{i}")
            for i, order in enumerate((ids, ids[::-1], ids[20:] + ids[:20], ids[::-1]))
        )
    )

    assert [save.changed for save in saves] == [40] * 4
    versions = {(await read(client, "CustomerAccount", id, "version"))["version"] for id in ids}
    assert versions == {5}


async def test_what_stops_matching_while_it_is_waited_for_is_left_alone(client: Client) -> None:
    """A filter is asked again of each row once it is held."""
    account = await customer(client)
    draft = await invoice(client, account, item("1"))
    pool = client.world.database.pool

    async with pool.acquire() as other, other.transaction():
        await other.execute(
            "UPDATE customer_invoice SET subject = 'Avril' WHERE id = $1", int(draft)
        )
        waiting = asyncio.ensure_future(
            many(client, "delete", "CustomerInvoice", matching={"subject": {"eq": "Mars"}})
        )
        await asyncio.sleep(0.3)
        assert not waiting.done()
    payload = await waiting

    assert payload == Many(done=0, changed=0, outcomes=[], errors=[])


async def test_a_thousand_are_written_in_a_few_batches(client: Client) -> None:
    await made(client, "CustomerAccount", [{"name": f"Client {i}"} for i in range(1_200)])

    payload = await many(client, "update", "CustomerAccount", matching={}, name="X")

    assert (payload.done, payload.changed, len(payload.outcomes)) == (1_200,) * 3
    assert client.statements == 1 + 3 * 2 + 1


async def test_every_module_that_clients_write_has_them(client: Client) -> None:
    data = await client.ask(
        "{ __schema { mutationType { fields { name type { ofType { name } } } } } }"
    )

    shared = {
        each["name"]
        for each in data["__schema"]["mutationType"]["fields"]
        if each["type"]["ofType"]["name"] == "BulkPayload"
    }
    of_modules = {
        names.camel(names.mutation_of_many(action, module))
        for module in client.suite.modules
        if not module.declared.by_actions
        for action in ("update", "delete")
    }
    assert shared == of_modules | {"addTags", "removeTags"}


@examples(15)
@given(
    before=st.lists(
        st.fixed_dictionaries(
            {"name": st.sampled_from(WORDS), "sku": st.none() | st.sampled_from("abc")}
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda each: each["sku"] or object(),
    ),
    change=st.fixed_dictionaries(
        {},
        optional={
            "name": st.none() | st.sampled_from(WORDS),
            "sku": st.none() | st.sampled_from("abc"),
            "manufacturer": st.none() | st.sampled_from(WORDS),
        },
    ),
    atomic=st.booleans(),
)
async def test_many_are_changed_as_one_after_the_other_would_be(
    world: World, before: list[dict[str, Any]], change: dict[str, Any], atomic: bool
) -> None:
    company = await world.company()
    select = "name sku manufacturer version"

    one = [(await create(company, "Product", **values)).id for values in before]
    singly = [(await update(company, "Product", id, **change)).codes for id in one]
    alone = [await read(company, "Product", id, select) for id in one]
    await many(company, "delete", "Product", ids=one)
    other = [(await create(company, "Product", **values)).id for values in before]
    payload = await many(company, "update", "Product", ids=other, atomic=atomic, **change)
    together = [await read(company, "Product", id, select) for id in other]

    if payload.outcomes:
        assert payload.codes == singly
    else:
        assert {each["code"] for each in payload.errors} == {"REQUIRED"}
        assert all("REQUIRED" in codes for codes in singly)
    if atomic and any(singly):
        assert {each["version"] for each in together} == {1}
    else:
        assert together == alone
