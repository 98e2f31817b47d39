"""Conversions through GraphQL, for tests of the document chain."""

from __future__ import annotations

from typing import Any

from graph import names
from tests.client import Client

ARGUMENTS = {
    "lines": "[ConversionLineInput!]",
    "allowExcess": "Boolean",
    "issuedOn": "Date",
    "storageSite": "ID",
    "supplier": "ID!",
    "account": "ID",
    "supplierInvoiceNumber": "String!",
    "supplierCreditNoteNumber": "String!",
    "idempotencyKey": "String",
}
"""The types of what conversions take, by argument."""

LINES = "lineItems { nodes { id label quantity lineKind sourceLine { id } } }"
LEFT = "toConvert { into lines { line label quantity } }"


async def converted(
    client: Client, source: str, target: str, id: str, select: str = "id", **given: Any
) -> Any:
    """The record made of another; fields of `select`."""
    payload = await conversion(client, source, target, id, select, **given)
    assert payload["errors"] == [], payload["errors"]
    return payload[names.camel(target[0].lower() + target[1:])]


async def refused(
    client: Client, source: str, target: str, id: str, **given: Any
) -> list[tuple[str, str]]:
    """The path and the code of each reason why nothing is made."""
    payload = await conversion(client, source, target, id, **given)
    assert payload["change"] is None
    return [(".".join(each["path"]), each["code"]) for each in payload["errors"]]


async def conversion(
    client: Client, source: str, target: str, id: str, select: str = "id", **given: Any
) -> Any:
    """The payload of a conversion."""
    declared = "".join(f", ${name}: {ARGUMENTS[name]}" for name in given)
    passed = "".join(f", {name}: ${name}" for name in given)
    one = target[0].lower() + target[1:]
    data = await client.ask(
        f"mutation ($id: ID!{declared}) {{ convert{source}To{target}(id: $id{passed}) {{ "
        f"{one} {{ {select} }} change {{ operation origin }} errors {{ path code message }} }} }}",
        id=id,
        **given,
    )
    return data[f"convert{source}To{target}"]


async def lines_of(client: Client, id: str) -> list[str]:
    """The ids of a document's lines, in order."""
    rows = await client.world.database.pool.fetch(
        "SELECT id FROM line_item WHERE document_id = $1 ORDER BY position", int(id)
    )
    return [f"line-{row['id']}" for row in rows]


def left(record: Any, into: str) -> list[tuple[str, str]]:
    """What of a record read with LEFT is left to convert: label and quantity."""
    (found,) = [each["lines"] for each in record["toConvert"] if each["into"] == into]
    return [(each["label"], each["quantity"]) for each in found]
