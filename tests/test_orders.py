"""Orders: text as people sort it, lists of values as declared, what has no value last."""

from __future__ import annotations

from typing import Any

import pytest

from tests.client import Client
from tests.properties import made
from tests.samples import KINDS, named, required


async def listed(client: Client, module: str, field: str, *order: dict[str, str]) -> list[Any]:
    """A field of a module's records, in an order."""
    name = named(client, module)
    data = await client.ask(
        f"query ($order: [{module}Order!]) {{ {name}(orderBy: $order) {{ nodes {{ {field} }} }} }}",
        order=order,
    )
    return [node[field] for node in data[name]["nodes"]]


async def test_text_is_ordered_without_case_and_accents(client: Client) -> None:
    names = ["été", "Étal", "zone", "Œuf", "oeil", "l’Isle", "L'Ile", "10", "9", "Ça", "cb"]
    await made(client, "CustomerAccount", [{"name": name} for name in names])

    found = await listed(client, "CustomerAccount", "name", {"name": "ASC"})

    in_order = "10 | 9 | Ça | cb | Étal | été | L'Ile | l’Isle | oeil | Œuf | zone"
    assert found == in_order.split(" | ")


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_a_list_of_values_is_ordered_as_declared_and_nothing_last(
    client: Client, direction: str
) -> None:
    types = ["partner", None, "customer", "other", "individual"]
    rows = [{"name": "Dupont", "account_type": each} for each in types]
    await made(client, "CustomerAccount", rows)

    found = await listed(client, "CustomerAccount", "accountType", {"accountType": direction})

    declared = ["CUSTOMER", "PARTNER", "INDIVIDUAL", "OTHER"]
    assert found == [*(declared if direction == "ASC" else declared[::-1]), None]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([], [5, 4, 3, 2, 1, 0]),
        ([{"id": "ASC"}], [0, 1, 2, 3, 4, 5]),
        ([{"name": "ASC"}], [1, 4, 0, 3, 2, 5]),
        ([{"name": "DESC"}], [5, 2, 3, 0, 4, 1]),
        ([{"name": "ASC"}, {"id": "DESC"}], [4, 1, 3, 0, 5, 2]),
        ([{"id": "DESC"}, {"name": "ASC"}], [5, 4, 3, 2, 1, 0]),
        ([{"name": "ASC"}, {"creditLimit": "DESC"}], [4, 1, 0, 3, 2, 5]),
        ([{"creditLimit": "ASC"}, {"name": "DESC"}], [2, 0, 4, 5, 3, 1]),
    ],
)
async def test_keys_decide_in_turn_and_ids_at_last(
    client: Client, order: list[dict[str, str]], expected: list[int]
) -> None:
    values = [("b", 2), ("a", None), ("c", 1), ("B", None), ("á", 3), ("C", None)]
    rows = [{"name": name, "credit_limit": limit} for name, limit in values]
    ids = await made(client, "CustomerAccount", rows)

    found = await listed(client, "CustomerAccount", "id", *order)

    assert found == [str(ids[place]) for place in expected]


@pytest.mark.parametrize("direction", ["ASC", "DESC"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "Address"])
async def test_cursors_lead_through_an_order_by_any_kind_of_value(
    client: Client, kind: str, direction: str
) -> None:
    module, field, _, low, high = KINDS[kind]
    given = [await required(client, module, nth) for nth in range(3)]
    smaller = await client.create(module, **given[0] | {field: low})
    greater = await client.create(module, **given[1] | {field: high})
    without = [] if field in given[2] else [await client.create(module, **given[2])]
    name = named(client, module)
    document = (
        f"query ($after: String, $before: String, $first: Int, $last: Int) {{ {name}("
        f"orderBy: [{{{field}: {direction}}}], after: $after, before: $before, first: $first, "
        "last: $last) { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } } }"
    )

    forwards: list[str] = []
    after, more = None, True
    while more:
        page = (await client.ask(document, first=1, after=after))[name]
        (edge,) = page["edges"]
        forwards.append(edge["node"]["id"])
        after, more = edge["cursor"], page["pageInfo"]["hasNextPage"]
    backwards: list[str] = []
    before, more = None, True
    while more:
        page = (await client.ask(document, last=1, before=before))[name]
        (edge,) = page["edges"]
        backwards.append(edge["node"]["id"])
        before, more = edge["cursor"], page["pageInfo"]["hasPreviousPage"]

    valued = [smaller, greater] if direction == "ASC" else [greater, smaller]
    assert forwards == [*valued, *without]
    assert backwards == forwards[::-1]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (
            "[{name: ASC}, {id: ASC}, {title: ASC}, {email: ASC}, {phone: ASC}, {siren: ASC}]",
            "BAD_FILTER",
        ),
        ("[{name: null}]", "GRAPHQL_VALIDATION_FAILED"),
        ("[{}]", "GRAPHQL_VALIDATION_FAILED"),
        ("[{name: ASC, id: ASC}]", "GRAPHQL_VALIDATION_FAILED"),
        ("[{name: UP}]", "GRAPHQL_VALIDATION_FAILED"),
        ("[{billingAddress: ASC}]", "GRAPHQL_VALIDATION_FAILED"),
        ("[{password: ASC}]", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_an_order_that_means_nothing_is_refused(
    client: Client, order: str, code: str
) -> None:
    refused = await client.refused(f"{{ customerAccounts(orderBy: {order}) {{ nodes {{ id }} }} }}")

    assert refused[0]["code"] == code


async def test_a_tab_is_ordered_like_any_list(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    names = ["Été", "aube", "midi"]
    rows = [{"last_name": name, "account": account} for name in names]
    await made(client, "Contact", rows)

    data = await client.ask(
        "query ($id: ID!) { customerAccount(id: $id) { contacts(orderBy: [{lastName: ASC}]) "
        "{ nodes { lastName } } } }",
        id=account,
    )

    found = [node["lastName"] for node in data["customerAccount"]["contacts"]["nodes"]]
    assert found == ["aube", "Été", "midi"]
