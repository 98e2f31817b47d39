"""The document chain: what is taken over, what is left, and how sources follow."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.conversion.copying import alike
from db.conversion.prospects import MAPPING, PROSPECT, ROLES
from db.conversion.table import CONVERSIONS, COUNTED, DONE
from db.terms import due_on
from tests.books import customer, item, seen, supplier, validated
from tests.chain import LEFT, LINES, conversion, converted, left, lines_of, refused
from tests.client import Client, World
from tests.properties import examples
from tests.replay import untold
from tests.saves import history, stored, update
from tests.test_history import rebuilt, state

FOLLOWED = (
    "invoicingStatus deliveryStatus invoicedAmount "
    f"lineItems {{ nodes {{ quantityInvoiced quantityFulfilled }} }} {LEFT}"
)


async def quote(client: Client, *items: dict[str, Any], **values: Any) -> str:
    account = values.pop("account", None) or await customer(client)
    return await client.create(
        "Quote", account=account, subject="Fournil", lineItems=list(items), **values
    )


async def order(client: Client, *items: dict[str, Any], **values: Any) -> str:
    account = values.pop("account", None) or await customer(client)
    return await client.create(
        "SalesOrder", account=account, subject="Fournil", lineItems=list(items), **values
    )


async def oven(client: Client, quantity: str, **values: Any) -> dict[str, Any]:
    """A line of a product."""
    product = await client.create("Product", name="Four", salePrice="100", purchasePrice="60")
    return {"product": product, "quantity": quantity, "vatRate": "20", **values}


async def test_an_order_takes_over_what_the_quote_says(client: Client) -> None:
    account = await customer(client)
    contact = await client.create("Contact", lastName="Petit", account=account)
    deal = await client.create("Deal", name="Fournil", expectedCloseOn="2026-12-01")
    heading = {"label": "Pose", "lineKind": "HEADING"}
    source = await quote(
        client,
        heading,
        item("100", quantity="2", details="Sur place", discountRate="5"),
        account=account,
        contact=contact,
        deal=deal,
        customerReference="A-7",
        paymentTerms="NET_45",
    )

    made = await converted(
        client,
        "Quote",
        "SalesOrder",
        source,
        "status subject customerReference paymentTerms account { id } contact { id } deal { id } "
        "quote { id } owner { id } totalInclTax "
        "lineItems { nodes { label details quantity unitPrice discountRate vatRate lineKind "
        "sourceLine { id } } }",
    )

    ids = await lines_of(client, source)
    common = {"details": None, "discountRate": None, "vatRate": None, "unitPrice": None}
    assert made == {
        "status": "DRAFT",
        "subject": "Fournil",
        "customerReference": "A-7",
        "paymentTerms": "NET_45",
        "account": {"id": account},
        "contact": {"id": contact},
        "deal": {"id": deal},
        "quote": {"id": source},
        "owner": {"id": f"user-{client.user_id}"},
        "totalInclTax": "228.00",
        "lineItems": {
            "nodes": [
                {
                    **common,
                    "label": "Pose",
                    "lineKind": "HEADING",
                    "quantity": None,
                    "sourceLine": {"id": ids[0]},
                },
                {
                    "label": "Conseil",
                    "details": "Sur place",
                    "quantity": "2",
                    "unitPrice": "100.00",
                    "discountRate": "5",
                    "vatRate": "20",
                    "lineKind": "ITEM",
                    "sourceLine": {"id": ids[1]},
                },
            ]
        },
    }


async def test_both_histories_tell_of_a_conversion(client: Client) -> None:
    source = await quote(client, item("100"))

    payload = await conversion(client, "Quote", "SalesOrder", source, "id title")

    made = payload["salesOrder"]
    assert payload["change"] == {"operation": "CREATED", "origin": "CONVERSION"}
    _, told = await history(client, source)
    assert (told["operation"], told["origin"], told["version"]) == ("CONVERTED", "CONVERSION", None)
    assert told["fields"] == [
        {
            "name": "convertedTo",
            "label": "Converti en",
            "before": None,
            "after": made["id"],
            "beforeDisplay": None,
            "afterDisplay": made["title"],
        }
    ]


async def test_an_invoice_looks_behind_the_order_for_what_that_does_not_say(client: Client) -> None:
    account = await customer(client, billingAddress={"city": "Tours"})
    source = await quote(
        client,
        item("100"),
        account=account,
        currency="CHF",
        billingAddress={"city": "Blois"},
        paymentTerms="NET_30_EOM",
    )
    ordered = await converted(client, "Quote", "SalesOrder", source)
    by_hand = await order(client, item("100"), account=account)
    fields = "currency billingAddress { city } issuedOn dueOn quote { id } salesOrder { id }"

    made = await converted(
        client, "SalesOrder", "CustomerInvoice", ordered["id"], fields, issuedOn="2026-01-10"
    )
    other = await converted(
        client, "SalesOrder", "CustomerInvoice", by_hand, fields, issuedOn="2026-01-10"
    )

    assert made == {
        "currency": "CHF",
        "billingAddress": {"city": "Blois"},
        "issuedOn": "2026-01-10",
        "dueOn": "2026-02-28",
        "quote": {"id": source},
        "salesOrder": {"id": ordered["id"]},
    }
    assert (other["billingAddress"], other["dueOn"]) == ({"city": "Tours"}, "2026-02-09")


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ("immediate", "2026-01-31"),
        ("net_15", "2026-02-15"),
        ("net_30_eom", "2026-03-31"),
        ("net_60", "2026-04-01"),
        (None, "2026-03-02"),
    ],
)
def test_terms_say_when_a_document_is_due(terms: str | None, due: str) -> None:
    assert due_on(date(2026, 1, 31), terms) == date.fromisoformat(due)


async def test_an_order_is_invoiced_in_parts(client: Client) -> None:
    source = await order(client, item("100", quantity="3"), item("10", label="Trajet"))
    first, second = await lines_of(client, source)

    await converted(
        client,
        "SalesOrder",
        "CustomerInvoice",
        source,
        lines=[{"line": first, "quantity": "1"}, {"line": second}],
    )

    partly = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (partly["invoicingStatus"], partly["invoicedAmount"]) == ("PARTIALLY_INVOICED", "110.00")
    assert left(partly, "CustomerInvoice") == [("Conseil", "2")]
    rest = await converted(client, "SalesOrder", "CustomerInvoice", source, LINES)
    assert [each["quantity"] for each in rest["lineItems"]["nodes"]] == ["2"]
    done = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (done["invoicingStatus"], done["invoicedAmount"]) == ("INVOICED", "310.00")
    assert [each["quantityInvoiced"] for each in done["lineItems"]["nodes"]] == ["3", "1"]
    assert left(done, "CustomerInvoice") == []
    told = await refused(client, "SalesOrder", "CustomerInvoice", source)
    assert told == [("id", "INVALID")]


async def test_more_than_is_left_is_refused_unless_it_is_confirmed(client: Client) -> None:
    source = await order(client, item("100", quantity="2"))
    (line,) = await lines_of(client, source)
    asked: dict[str, Any] = {"lines": [{"line": line, "quantity": "3"}]}
    before = await stored(client)

    payload = await conversion(client, "SalesOrder", "CustomerInvoice", source, **asked)

    (error,) = payload["errors"]
    assert error["path"] == ["lines", "0", "quantity"]
    assert "Conseil" in error["message"]
    assert "il reste 2" in error["message"]
    assert await stored(client) == before
    made = await converted(
        client, "SalesOrder", "CustomerInvoice", source, LINES, allowExcess=True, **asked
    )
    assert made["lineItems"]["nodes"][0]["quantity"] == "3"
    assert left(await seen(client, "SalesOrder", source, LEFT), "CustomerInvoice") == []


async def test_all_that_is_wrong_with_the_lines_is_told_at_once(client: Client) -> None:
    source = await order(client, item("100", quantity="2"), item("-5", quantity="-1"))
    other = await order(client, item("100"), account=await customer(client, "Durand"))
    (foreign,) = await lines_of(client, other)
    first, second = await lines_of(client, source)
    before = await stored(client)
    lines = [
        {"line": first, "quantity": "1"},
        {"line": first, "quantity": "1.5"},
        {"line": first, "quantity": "0"},
        {"line": second, "quantity": "1"},
        {"line": second, "quantity": "deux"},
        {"line": foreign},
        {"line": "rien"},
    ]

    told = await refused(client, "SalesOrder", "CustomerInvoice", source, lines=lines)

    assert told == [
        ("lines.1.quantity", "INVALID"),
        ("lines.2.quantity", "INVALID"),
        ("lines.3.quantity", "INVALID"),
        ("lines.4.quantity", "INVALID"),
        ("lines.5.line", "NOT_FOUND"),
        ("lines.6.line", "NOT_FOUND"),
    ]
    assert await refused(client, "SalesOrder", "CustomerInvoice", source, lines=[]) == [
        ("id", "INVALID")
    ]
    assert await stored(client) == before


async def test_a_source_follows_the_drafts_made_of_it(client: Client) -> None:
    source = await order(client, item("100", quantity="4"))
    made = await converted(client, "SalesOrder", "CustomerInvoice", source, f"id {LINES}")
    line = made["lineItems"]["nodes"][0]["id"]

    async def invoiced() -> tuple[str, str, str | None]:
        found = await seen(client, "SalesOrder", source, FOLLOWED)
        quantity = found["lineItems"]["nodes"][0]["quantityInvoiced"]
        return found["invoicingStatus"], found["invoicedAmount"], quantity

    steps = [await invoiced()]
    await update(client, "CustomerInvoice", made["id"], lineItems=[{"id": line, "quantity": "1"}])
    steps.append(await invoiced())
    await client.act("delete", "CustomerInvoice", made["id"])
    steps.append(await invoiced())
    await client.act("restore", "CustomerInvoice", made["id"])
    steps.append(await invoiced())
    await update(client, "CustomerInvoice", made["id"], lineItems=[])
    steps.append(await invoiced())

    assert steps == [
        ("INVOICED", "400.00", "4"),
        ("PARTIALLY_INVOICED", "100.00", "1"),
        ("NOT_INVOICED", "0.00", None),
        ("PARTIALLY_INVOICED", "100.00", "1"),
        ("NOT_INVOICED", "0.00", None),
    ]
    assert await rebuilt(client, int(source)) == await state(client, "SalesOrder", int(source))


async def test_a_status_follows_the_order_s_own_lines_too(client: Client) -> None:
    source = await order(client, item("100", quantity="4"))
    (line,) = await lines_of(client, source)
    await converted(
        client, "SalesOrder", "CustomerInvoice", source, lines=[{"line": line, "quantity": "3"}]
    )

    await update(client, "SalesOrder", source, lineItems=[{"id": line, "quantity": "3"}])

    found = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (found["invoicingStatus"], found["invoicedAmount"]) == ("INVOICED", "300.00")


async def test_a_line_made_by_hand_counts_like_a_conversion(client: Client) -> None:
    account = await customer(client)
    source = await order(client, item("100", quantity="2"), account=account)
    (line,) = await lines_of(client, source)

    await client.create(
        "CustomerInvoice",
        account=account,
        subject="À la main",
        issuedOn="2026-03-10",
        dueOn="2026-04-10",
        lineItems=[item("100", quantity="2", sourceLine=line.removeprefix("line-"))],
    )

    found = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (found["invoicingStatus"], left(found, "CustomerInvoice")) == ("INVOICED", [])


async def test_what_is_ordered_of_a_quote_is_not_invoiced_from_it_again(client: Client) -> None:
    source = await quote(client, item("100", quantity="5"))
    (line,) = await lines_of(client, source)
    lines = [{"line": line, "quantity": "2"}]
    await converted(client, "Quote", "SalesOrder", source, lines=lines)

    made = await converted(client, "Quote", "CustomerInvoice", source, LINES)

    assert [each["quantity"] for each in made["lineItems"]["nodes"]] == ["3"]
    found = await seen(
        client, "Quote", source, f"{LEFT} lineItems {{ nodes {{ quantityInvoiced }} }}"
    )
    assert [each["lines"] for each in found["toConvert"]] == [[], []]
    assert found["lineItems"]["nodes"] == [{"quantityInvoiced": "3"}]


async def test_products_alone_are_delivered_and_count_once_they_are_gone(client: Client) -> None:
    site = await client.create("StorageSite", name="Tours", code="T")
    account = await customer(client, shippingAddress={"city": "Amboise"})
    source = await order(
        client,
        await oven(client, "2"),
        item("50"),
        account=account,
        storageSite=site,
        deliveryDueOn="2026-05-04",
    )
    service = (await lines_of(client, source))[1]

    made = await converted(
        client,
        "SalesOrder",
        "DeliveryNote",
        source,
        f"id plannedOn shippingAddress {{ city }} storageSite {{ id }} {LINES}",
    )

    assert [(each["label"], each["quantity"]) for each in made["lineItems"]["nodes"]] == [
        ("Four", "2")
    ]
    assert (made["plannedOn"], made["shippingAddress"]) == ("2026-05-04", {"city": "Amboise"})
    ready = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (ready["deliveryStatus"], left(ready, "DeliveryNote")) == ("NOT_DELIVERED", [])
    await update(client, "DeliveryNote", made["id"], status="VALIDATED")
    gone = await seen(client, "SalesOrder", source, FOLLOWED)
    assert gone["deliveryStatus"] == "DELIVERED"
    assert [each["quantityFulfilled"] for each in gone["lineItems"]["nodes"]] == ["2", None]
    await update(client, "DeliveryNote", made["id"], status="REFUSED")
    back = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (back["deliveryStatus"], left(back, "DeliveryNote")) == (
        "NOT_DELIVERED",
        [("Four", "2")],
    )
    told = await refused(client, "SalesOrder", "DeliveryNote", source, lines=[{"line": service}])
    assert told == [("lines.0.line", "NOT_FOUND")]


async def test_what_the_source_lacks_must_be_said(client: Client) -> None:
    source = await order(client, await oven(client, "1"))
    site = await client.create("StorageSite", name="Tours", code="T")

    told = await refused(client, "SalesOrder", "DeliveryNote", source)
    unseen = await refused(client, "SalesOrder", "DeliveryNote", source, storageSite="99999999")
    made = await converted(
        client, "SalesOrder", "DeliveryNote", source, "storageSite { id }", storageSite=site
    )

    assert told == [("storageSite", "REQUIRED")]
    assert unseen == [("storageSite", "NOT_FOUND")]
    assert made == {"storageSite": {"id": site}}


async def test_a_purchase_order_is_received_invoiced_and_credited(client: Client) -> None:
    site = await client.create("StorageSite", name="Tours", code="T")
    source = await client.create(
        "PurchaseOrder",
        supplier=await supplier(client),
        subject="Fours",
        storageSite=site,
        currency="EUR",
        lineItems=[await oven(client, "4")],
    )
    (line,) = await lines_of(client, source)
    asked: dict[str, Any] = {"lines": [{"line": line, "quantity": "1"}]}

    receipt = await converted(client, "PurchaseOrder", "GoodsReceipt", source, **asked)
    await update(client, "GoodsReceipt", receipt["id"], status="VALIDATED")
    invoice = await converted(
        client,
        "PurchaseOrder",
        "SupplierInvoice",
        source,
        "id captureSource purchaseOrder { id } totalExclTax",
        supplierInvoiceNumber="F-7",
        issuedOn="2026-03-10",
    )

    fields = f"receiptStatus invoicingStatus {LEFT}"
    found = await seen(client, "PurchaseOrder", source, fields)
    assert (found["receiptStatus"], found["invoicingStatus"]) == ("PARTIALLY_RECEIVED", "INVOICED")
    assert left(found, "GoodsReceipt") == [("Four", "3")]
    assert invoice == {
        "id": invoice["id"],
        "captureSource": "CONVERSION",
        "purchaseOrder": {"id": source},
        "totalExclTax": "240.00",
    }
    number = {"supplierCreditNoteNumber": "A-7", "issuedOn": "2026-03-12"}
    draft = await refused(client, "SupplierInvoice", "SupplierCreditNote", invoice["id"], **number)
    assert draft == [("id", "INVALID")]
    await validated(client, "SupplierInvoice", invoice["id"])
    credit = await converted(
        client,
        "SupplierInvoice",
        "SupplierCreditNote",
        invoice["id"],
        "totalExclTax invoice { id }",
        **number,
    )
    assert credit == {"totalExclTax": "240.00", "invoice": {"id": invoice["id"]}}


async def test_an_order_is_bought_at_its_cost(client: Client) -> None:
    source = await order(
        client,
        await oven(client, "2", discountRate="10"),
        item("100", unitCost="30", label="Sous-traitance"),
        paymentTerms="IMMEDIATE",
    )
    chosen = await supplier(client, paymentTerms="NET_60")

    made = await converted(
        client,
        "SalesOrder",
        "PurchaseOrder",
        source,
        "supplier { id } salesOrder { id } paymentTerms "
        "lineItems { nodes { label quantity unitPrice discountRate vatRate } }",
        supplier=chosen,
    )

    assert made == {
        "supplier": {"id": chosen},
        "salesOrder": {"id": source},
        "paymentTerms": "NET_60",
        "lineItems": {
            "nodes": [
                {
                    "label": "Four",
                    "quantity": "2",
                    "unitPrice": "60.00",
                    "discountRate": None,
                    "vatRate": None,
                },
                {
                    "label": "Sous-traitance",
                    "quantity": "1",
                    "unitPrice": "30.00",
                    "discountRate": None,
                    "vatRate": "20",
                },
            ]
        },
    }


async def test_a_validated_invoice_is_credited_and_stays_as_it_is(client: Client) -> None:
    source = await order(client, item("100", quantity="2"))
    invoice = await converted(client, "SalesOrder", "CustomerInvoice", source)
    draft = await refused(client, "CustomerInvoice", "CustomerCreditNote", invoice["id"])
    await validated(client, "CustomerInvoice", invoice["id"])
    before = await state(client, "CustomerInvoice", int(invoice["id"]))
    (line,) = await lines_of(client, invoice["id"])

    made = await converted(
        client,
        "CustomerInvoice",
        "CustomerCreditNote",
        invoice["id"],
        "status totalExclTax invoice { id } salesOrder { id }",
        lines=[{"line": line, "quantity": "1"}],
    )

    assert draft == [("id", "INVALID")]
    assert made == {
        "status": "DRAFT",
        "totalExclTax": "100.00",
        "invoice": {"id": invoice["id"]},
        "salesOrder": {"id": source},
    }
    assert await state(client, "CustomerInvoice", int(invoice["id"])) == before
    found = await seen(client, "CustomerInvoice", invoice["id"], LEFT)
    assert left(found, "CustomerCreditNote") == [("Conseil", "1")]


async def test_a_deal_becomes_a_quote_and_projects(client: Client) -> None:
    account = await customer(client, paymentTerms="NET_15")
    product = await client.create("Product", name="Four", salePrice="100")
    service = await client.create("Service", name="Pose", salePrice="40")
    deal = await client.create(
        "Deal",
        name="Fournil",
        amount="5000",
        expectedCloseOn="2026-12-01",
        products=[product],
        services=[service],
    )
    fields = "name budget deal { id } account { id }"

    lacking = await refused(client, "Deal", "Quote", deal)
    made = await converted(
        client,
        "Deal",
        "Quote",
        deal,
        "subject account { id } deal { id } paymentTerms "
        "lineItems { nodes { label quantity unitPrice } }",
        account=account,
    )
    projects = [await converted(client, "Deal", "Project", deal, fields) for _ in range(2)]

    assert lacking == [("account", "REQUIRED")]
    assert made == {
        "subject": "Fournil",
        "account": {"id": account},
        "deal": {"id": deal},
        "paymentTerms": "NET_15",
        "lineItems": {
            "nodes": [
                {"label": "Four", "quantity": "1", "unitPrice": "100.00"},
                {"label": "Pose", "quantity": "1", "unitPrice": "40.00"},
            ]
        },
    }
    project = {"name": "Fournil", "budget": "5000.00", "deal": {"id": deal}, "account": None}
    assert projects == [project, project]


async def test_text_goes_along_once_and_not_alone(client: Client) -> None:
    source = await order(
        client, {"label": "Pose", "lineKind": "HEADING"}, item("100", quantity="2")
    )
    heading, line = await lines_of(client, source)
    lines = [{"line": heading}, {"line": line, "quantity": "1"}]
    first = await converted(client, "SalesOrder", "CustomerInvoice", source, LINES, lines=lines)

    rest = await converted(client, "SalesOrder", "CustomerInvoice", source, LINES)

    assert [each["label"] for each in first["lineItems"]["nodes"]] == ["Pose", "Conseil"]
    assert [each["label"] for each in rest["lineItems"]["nodes"]] == ["Conseil"]


async def test_parts_of_a_discount_add_up_to_it(client: Client) -> None:
    source = await order(client, item("100", quantity="3", discountAmount="10"))
    (line,) = await lines_of(client, source)
    lines = [{"line": line, "quantity": "1"}]

    parts = [
        await converted(
            client,
            "SalesOrder",
            "CustomerInvoice",
            source,
            "lineItems { nodes { discountAmount } }",
            lines=lines,
        )
        for _ in range(3)
    ]

    shares = [each["lineItems"]["nodes"][0]["discountAmount"] for each in parts]
    assert shares == ["3.33", "3.34", "3.33"]


async def test_what_was_deleted_since_is_left_out(client: Client) -> None:
    account = await customer(client)
    contact = await client.create("Contact", lastName="Petit", account=account)
    line = await oven(client, "1")
    source = await order(client, line, account=account, contact=contact)
    await client.act("delete", "Contact", contact)
    await client.act("delete", "Product", line["product"])

    made = await converted(
        client,
        "SalesOrder",
        "CustomerInvoice",
        source,
        "contact { id } lineItems { nodes { label product { id } unitPrice } }",
    )

    assert made == {
        "contact": None,
        "lineItems": {"nodes": [{"label": "Four", "product": None, "unitPrice": "100.00"}]},
    }
    await client.act("delete", "CustomerAccount", account)
    told = await refused(
        client,
        "SalesOrder",
        "CustomerInvoice",
        source,
        lines=[{"line": (await lines_of(client, source))[0], "quantity": "1"}],
        allowExcess=True,
    )
    assert told == [("account", "NOT_FOUND")]


async def test_nothing_is_made_of_what_is_cancelled(client: Client) -> None:
    source = await order(client, item("100"), status="CANCELLED")

    told = await refused(client, "SalesOrder", "CustomerInvoice", source)

    assert told == [("id", "INVALID")]
    assert left(await seen(client, "SalesOrder", source, LEFT), "CustomerInvoice") == []


async def test_a_cancelled_invoice_gives_its_quantities_back(client: Client) -> None:
    source = await order(client, item("100", quantity="2"))
    invoice = await converted(client, "SalesOrder", "CustomerInvoice", source)
    await validated(client, "CustomerInvoice", invoice["id"])

    data = await client.ask(
        'mutation ($id: ID!) { cancelCustomerInvoice(id: $id, reason: "Erreur") '
        "{ errors { message } } }",
        id=invoice["id"],
    )

    assert data["cancelCustomerInvoice"]["errors"] == []
    found = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (found["invoicingStatus"], found["invoicedAmount"]) == ("NOT_INVOICED", "0.00")
    assert left(found, "CustomerInvoice") == [("Conseil", "2")]


async def test_who_reads_a_source_converts_it_and_its_source_follows(client: Client) -> None:
    source = await order(client, item("100"))
    other = await client.colleague()
    hidden = await refused(other, "SalesOrder", "CustomerInvoice", source)
    await client.share("SalesOrder")

    made = await converted(
        other, "SalesOrder", "CustomerInvoice", source, "id owner { id } account { id }"
    )

    assert hidden == [("id", "NOT_FOUND")]
    # The account is there, though its maker does not see it.
    assert (made["owner"], made["account"]) == ({"id": f"user-{other.user_id}"}, None)
    found = await seen(client, "CustomerInvoice", made["id"], "account { name }")
    assert found == {"account": {"name": "Dupont"}}
    followed = await seen(client, "SalesOrder", source, "invoicingStatus updatedBy { name }")
    assert followed == {"invoicingStatus": "INVOICED", "updatedBy": {"name": "Camille"}}


async def test_of_two_who_convert_at_once_one_gets_all(client: Client) -> None:
    source = await order(client, item("100", quantity="2"))

    payloads = await asyncio.gather(
        *(conversion(client, "SalesOrder", "CustomerInvoice", source) for _ in range(4))
    )

    assert sorted(len(each["errors"]) for each in payloads) == [0, 1, 1, 1]
    found = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (found["invoicingStatus"], found["invoicedAmount"]) == ("INVOICED", "200.00")


async def test_drafts_edited_at_once_are_all_counted(client: Client) -> None:
    source = await order(client, item("100", quantity="9"))
    (line,) = await lines_of(client, source)
    lines = [{"line": line, "quantity": "1"}]
    drafts = [
        await converted(client, "SalesOrder", "CustomerInvoice", source, f"id {LINES}", lines=lines)
        for _ in range(3)
    ]

    await asyncio.gather(
        *(
            update(
                client,
                "CustomerInvoice",
                each["id"],
                lineItems=[{"id": each["lineItems"]["nodes"][0]["id"], "quantity": "3"}],
            )
            for each in drafts
        )
    )

    found = await seen(client, "SalesOrder", source, FOLLOWED)
    assert (found["invoicingStatus"], found["invoicedAmount"]) == ("INVOICED", "900.00")


async def test_the_same_request_converts_once(client: Client) -> None:
    source = await order(client, item("100", quantity="2"))
    (line,) = await lines_of(client, source)
    asked: dict[str, Any] = {
        "lines": [{"line": line, "quantity": "1"}],
        "idempotencyKey": "k",
    }

    first = await conversion(client, "SalesOrder", "CustomerInvoice", source, **asked)
    again = await conversion(client, "SalesOrder", "CustomerInvoice", source, **asked)

    assert again == first
    assert left(await seen(client, "SalesOrder", source, LEFT), "CustomerInvoice") == [
        ("Conseil", "1")
    ]


async def test_comments_stay_where_they_were_made_and_roll_up(client: Client) -> None:
    source = await quote(client, item("100"))
    await client.comment(source, "Remise accordée")

    made = await converted(client, "Quote", "SalesOrder", source)

    assert await client.comments(made["id"]) == []
    assert await client.comments(made["id"], roll_up=True) == ["Remise accordée"]


async def test_what_is_left_of_many_is_read_at_once(client: Client) -> None:
    account = await customer(client)
    query = f"{{ salesOrders {{ nodes {{ {LEFT} }} }} }}"
    await order(client, item("100"), account=account)
    await client.ask(query)
    one = client.statements
    for _ in range(3):
        await order(client, item("100"), account=account)

    data = await client.ask(query)

    assert client.statements == one == 3
    assert [left(each, "CustomerInvoice") for each in data["salesOrders"]["nodes"]] == [
        [("Conseil", "1")]
    ] * 4


def test_the_table_names_what_there_is(world: World) -> None:
    suite = world.database.suite
    for each in CONVERSIONS:
        source, target = suite[each.source], suite[each.target]
        assert target.relations[each.link].target_name == each.source
        assert {*each.leaves} <= source.facts.keys() & target.facts.keys()
        assert {*each.today, *each.sets, *each.asks} <= target.facts.keys()
        assert {*each.behind} <= source.relations.keys() | target.relations.keys()
        assert {*each.items} <= source.links.keys()
        assert {*each.pool} <= suite._modules.keys()
        for name, own in each.renamed.items():
            assert alike(target.facts[name], source.facts[own]), (each.source, name)
    for role, names in MAPPING.items():
        prospects, target = suite[PROSPECT], suite[ROLES[role]]
        for name, own in names.items():
            assert alike(target.facts[name], prospects.facts[own]), (role, name)
    for module, statuses in DONE.items():
        choice = suite[module].columns["status"].choice
        assert choice is not None
        assert {*statuses} <= {member.value for member in choice}
    assert {*COUNTED} <= suite["LineItem"].columns.keys()


# Random conversions, edits and deletions, against what plain Python says is left.


@dataclass
class Made:
    """A document made of the order: what of each line it holds, by the line's place there."""

    module: str
    id: str
    lines: dict[int, str]
    quantities: dict[int, Decimal]
    deleted: bool = False
    status: str = "DRAFT"

    @property
    def counts(self) -> bool:
        return not self.deleted and self.status != "CANCELLED"

    @property
    def done(self) -> bool:
        return self.counts and (self.module == "CustomerInvoice" or self.status == "VALIDATED")


@dataclass
class Model:
    """An order of products (in even places) and services, and what was made of it."""

    quantities: list[Decimal]
    made: list[Made] = field(default_factory=list)

    def of(self, module: str, place: int, *, done: bool = False) -> Decimal:
        return sum(
            (
                each.quantities.get(place, Decimal(0))
                for each in self.made
                if each.module == module and (each.done if done else each.counts)
            ),
            Decimal(0),
        )

    def left(self, module: str) -> dict[int, Decimal]:
        """What is left of each line, by its place; of products only where they are delivered."""
        places = range(0, len(self.quantities), 2 if module == "DeliveryNote" else 1)
        found = {i: self.quantities[i] - self.of(module, i) for i in places}
        return {i: quantity for i, quantity in found.items() if quantity > 0}

    def status(self, module: str, words: tuple[str, str, str], places: range) -> str:
        done = [self.of(module, i, done=True) for i in places]
        if all(value >= self.quantities[i] for i, value in zip(places, done, strict=True)):
            return words[2]
        return words[1] if any(done) else words[0]


INVOICED = ("NOT_INVOICED", "PARTIALLY_INVOICED", "INVOICED")
DELIVERED = ("NOT_DELIVERED", "PARTIALLY_DELIVERED", "DELIVERED")
QUANTITIES = st.integers(1, 4).map(lambda tenths: Decimal(tenths) / 2)
TARGETS = st.sampled_from(["CustomerInvoice", "DeliveryNote"])
STEPS = st.lists(
    st.tuples(st.just("all"), TARGETS)
    | st.tuples(
        st.just("some"), TARGETS, st.dictionaries(st.integers(0, 2), QUANTITIES, min_size=1)
    )
    | st.tuples(st.just("edit"), st.integers(0, 5), QUANTITIES)
    | st.tuples(
        st.sampled_from(["delete", "restore", "drop", "cancel", "ship"]), st.integers(0, 5)
    ),
    max_size=10,
)


@examples(12)
@given(quantities=st.lists(QUANTITIES, min_size=1, max_size=3), steps=STEPS)
async def test_what_is_left_is_what_a_plain_model_says(
    world: World, quantities: list[Decimal], steps: list[tuple[Any, ...]]
) -> None:
    client = await world.company()
    site = await client.create("StorageSite", name="Tours", code="T")
    items = [
        await oven(client, str(each)) if i % 2 == 0 else item("100", "20", quantity=str(each))
        for i, each in enumerate(quantities)
    ]
    for i, each in enumerate(items):
        each["label"] = str(i)
        each["product"] = each.get("product")
    source = await order(client, *items, storageSite=site)
    model, lines = Model(quantities), await lines_of(client, source)

    for step in steps:
        await take(client, model, source, lines, *step)

    found = await seen(client, "SalesOrder", source, FOLLOWED)
    everything, products = range(len(quantities)), range(0, len(quantities), 2)
    for module in ("CustomerInvoice", "DeliveryNote"):
        assert {int(name): Decimal(each) for name, each in left(found, module)} == model.left(
            module
        )
    assert found["invoicingStatus"] == model.status("CustomerInvoice", INVOICED, everything)
    assert found["deliveryStatus"] == model.status("DeliveryNote", DELIVERED, products)
    for column, module in (
        ("quantityInvoiced", "CustomerInvoice"),
        ("quantityFulfilled", "DeliveryNote"),
    ):
        held = [Decimal(each[column] or 0) for each in found["lineItems"]["nodes"]]
        assert held == [model.of(module, i, done=True) for i in everything]
    net = sum((model.of("CustomerInvoice", i) * 100 for i in everything), Decimal(0))
    assert Decimal(found["invoicedAmount"]) == net
    assert await untold(client) == []


async def take(
    client: Client, model: Model, source: str, lines: list[str], action: str, *rest: Any
) -> None:
    """Do one step through GraphQL and in the model, which says whether it is refused."""
    if action in ("all", "some"):
        await make(client, model, source, lines, *rest)
        return
    if not model.made:
        return
    made = model.made[rest[0] % len(model.made)]
    if action in ("delete", "restore"):
        payload = await client.act(action, made.module, made.id)
        assert bool(payload["errors"]) == (made.deleted == (action == "delete"))
        made.deleted = action == "delete"
    elif made.deleted:
        return
    elif action in ("cancel", "ship"):
        if made.module == "DeliveryNote":
            made.status = "CANCELLED" if action == "cancel" else "VALIDATED"
            saved = await update(client, made.module, made.id, status=made.status)
            assert saved.errors == []
    elif made.lines:
        place = next(iter(made.lines))
        if action == "drop":
            del made.lines[place], made.quantities[place]
        else:
            made.quantities[place] = rest[1]
        kept = [{"id": line, "quantity": str(made.quantities[i])} for i, line in made.lines.items()]
        saved = await update(client, made.module, made.id, lineItems=kept)
        assert saved.errors == []


async def make(
    client: Client,
    model: Model,
    source: str,
    lines: list[str],
    module: str,
    asked: Mapping[int, Decimal] | None = None,
) -> None:
    left = model.left(module)
    given: dict[str, Any] = {}
    if asked is not None:
        asked = {i % len(lines): quantity for i, quantity in asked.items()}
        given["lines"] = [
            {"line": lines[i], "quantity": str(quantity)} for i, quantity in asked.items()
        ]
    wanted = left if asked is None else asked
    payload = await conversion(client, "SalesOrder", module, source, f"id {LINES}", **given)
    possible = bool(wanted) and all(q <= left.get(i, 0) for i, q in wanted.items())
    assert bool(payload["errors"]) != possible, payload["errors"]
    if possible:
        record = payload[module[0].lower() + module[1:]]
        ids = {each["sourceLine"]["id"]: each["id"] for each in record["lineItems"]["nodes"]}
        own = {i: ids[lines[i]] for i in wanted}
        model.made.append(Made(module, record["id"], own, dict(wanted)))
