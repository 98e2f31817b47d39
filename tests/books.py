"""A small company's documents for tests of its books, and its entries as accountants read them."""

from __future__ import annotations

from typing import Any

from tests.client import Client


def item(price: str, rate: str = "20", **values: Any) -> dict[str, Any]:
    """A line of one hour, unless `values` name a product."""
    return {"label": "Conseil", "quantity": "1", "unitPrice": price, "vatRate": rate, **values}


async def customer(client: Client, name: str = "Dupont", **values: Any) -> str:
    return await client.create("CustomerAccount", name=name, **values)


async def supplier(client: Client, name: str = "Fournitout", **values: Any) -> str:
    return await client.create("Supplier", name=name, **values)


async def invoice(
    client: Client, account: str, *items: dict[str, Any], on: str = "2026-03-10", **values: Any
) -> str:
    """A draft invoice of a customer."""
    return await client.create(
        "CustomerInvoice",
        account=account,
        subject="Mars",
        issuedOn=on,
        dueOn="2026-04-30",
        lineItems=list(items),
        **values,
    )


async def payment(
    client: Client, account: str, amount: str, on: str = "2026-04-02", **values: Any
) -> str:
    """A draft payment of a customer."""
    given = {"account": account, "amount": amount, "paidOn": on, "paymentMethod": "BANK_TRANSFER"}
    return await client.create("CustomerPayment", **{**given, **values})


async def validated(client: Client, module: str, id: str) -> str:
    """The document, validated."""
    payload = await client.act("validate", module, id)
    assert payload["errors"] == []
    return id


async def refused(client: Client, module: str, id: str) -> list[tuple[str, str]]:
    """The path and the code of each reason why a document is not validated."""
    payload = await client.act("validate", module, id)
    return [(".".join(each["path"]), each["code"]) for each in payload["errors"]]


async def entries(client: Client, module: str, id: str, fields: str = "") -> list[dict[str, Any]]:
    """The entries of a document, in the order they were posted."""
    one = module[0].lower() + module[1:]
    data = await client.ask(
        f"query ($id: ID!) {{ {one}(id: $id) {{ accountingEntries(orderBy: [{{id: ASC}}]) {{ nodes "
        f"{{ ledgerAccount {{ accountNumber }} debit credit {fields} }} }} }} }}",
        id=id,
    )
    found: list[dict[str, Any]] = data[one]["accountingEntries"]["nodes"]
    return found


async def posted(client: Client, module: str, id: str) -> list[tuple[str, str, str]]:
    """The entries of a document: account, debit, credit."""
    return [
        (each["ledgerAccount"]["accountNumber"], each["debit"], each["credit"])
        for each in await entries(client, module, id)
    ]


async def seen(client: Client, module: str, id: str, fields: str) -> dict[str, Any]:
    """Fields of a record."""
    one = module[0].lower() + module[1:]
    data = await client.ask(f"query ($id: ID!) {{ {one}(id: $id) {{ {fields} }} }}", id=id)
    found: dict[str, Any] = data[one]
    return found


TYPES = {
    "on": "Date",
    "reason": "String!",
    "supplierCreditNoteNumber": "String!",
    "lines": "[ManualEntryLineInput!]!",
}


async def do(client: Client, action: str, module: str, id: str, **arguments: Any) -> dict[str, Any]:
    """The payload of an action: the errors must be looked at."""
    one = module[0].lower() + module[1:]
    declared = "".join(f", ${name}: {TYPES[name]}" for name in arguments)
    passed = "".join(f", {name}: ${name}" for name in arguments)
    data = await client.ask(
        f"mutation ($id: ID!{declared}) {{ {action}{module}(id: $id{passed}) {{ "
        f"{one} {{ id }} errors {{ path code message }} change {{ operation }} }} }}",
        id=id,
        **arguments,
    )
    payload: dict[str, Any] = data[f"{action}{module}"]
    return payload


async def done(client: Client, action: str, module: str, id: str, **arguments: Any) -> str:
    """The id of the record an action gives, which must be done."""
    payload = await do(client, action, module, id, **arguments)
    assert payload["errors"] == []
    made = payload[module[0].lower() + module[1:]]
    return str(made["id"]) if made else ""


async def told(client: Client, action: str, module: str, id: str, **arguments: Any) -> list[Any]:
    """The path and the code of each reason why an action is not done."""
    payload = await do(client, action, module, id, **arguments)
    return [(".".join(each["path"]), each["code"]) for each in payload["errors"]]
