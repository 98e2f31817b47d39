"""Line items: totals as a plain-Python model has them, and lines kept, replaced and told."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.writing import Work
from tests.client import Client, World
from tests.properties import examples
from tests.saves import Save, act, create, history, read, stored, update

AMOUNTS = "totalExclTax totalVat totalInclTax"
LINES = (
    "lineItems { nodes { id label quantity unitPrice vatRate unitCost position lineKind "
    f"unitOfMeasure {{ id }} taxRate {{ id }} {AMOUNTS} }} }}"
)
TOTALS = "totals { exclTax vat inclTax byRate { rate base vat } }"


async def order(client: Client, lines: list[dict[str, Any]], select: str = LINES) -> Save:
    account = await client.create("CustomerAccount", name="Dupont")
    return await create(
        client, "SalesOrder", f"{AMOUNTS} {select}", subject="X", account=account, lineItems=lines
    )


def cent(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def model(lines: list[dict[str, Any]]) -> tuple[list[Any], dict[str, Decimal], dict[str, Any]]:
    """Net of each line; net, VAT and gross of the document; base and VAT by rate."""
    nets: list[Any] = []
    bases: dict[Decimal, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.get("lineKind", "ITEM") != "ITEM":
            nets.append(None)
            continue
        held = {key: Decimal(value) for key, value in line.items() if key in NUMERIC and value}
        gross = held.get("quantity", Decimal(1)) * held.get("unitPrice", Decimal(0))
        less = gross * held.get("discountRate", Decimal(0)) / 100
        # Adding 0 takes the sign off a zero.
        net = cent(gross - less - held.get("discountAmount", Decimal(0))) + 0
        nets.append(net)
        bases[held.get("vatRate", Decimal(0))] += net
    by_rate = {rate: (base, cent(base * rate / 100)) for rate, base in bases.items()}
    net = sum((base for base, _ in by_rate.values()), Decimal(0))
    vat = sum((each for _, each in by_rate.values()), Decimal(0))
    document = {"totalExclTax": net, "totalVat": vat, "totalInclTax": net + vat}
    return nets, document, {f"{rate.normalize():f}": each for rate, each in by_rate.items()}


NUMERIC = ("quantity", "unitPrice", "discountRate", "discountAmount", "vatRate")


def decimals(largest: str, places: int) -> st.SearchStrategy[str]:
    return st.decimals(min_value=-Decimal(largest), max_value=Decimal(largest), places=places).map(
        lambda value: f"{value:f}"
    )


line_items = st.fixed_dictionaries(
    {"label": st.just("Pose")},
    optional={
        "lineKind": st.sampled_from(["ITEM", "ITEM", "ITEM", "HEADING", "NOTE", "SUBTOTAL"]),
        "quantity": decimals("1000", 3),
        "unitPrice": decimals("10000", 6),
        "discountRate": decimals("100", 2),
        "discountAmount": decimals("50", 2),
        "vatRate": st.sampled_from(["0", "2.1", "5.5", "10", "20"]),
    },
)


@examples(20)
@given(before=st.lists(line_items, max_size=6), after=st.lists(line_items, max_size=6))
async def test_totals_are_those_of_a_plain_model(
    world: World, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    client = await world.company()
    made = await order(client, before, f"{LINES} {TOTALS}")
    changed = await update(
        client, "SalesOrder", made.id, f"{AMOUNTS} {LINES} {TOTALS}", lineItems=after
    )

    for save, lines in ((made, before), (changed, after)):
        nets, document, by_rate = model(lines)
        found = save.record
        net = [each["totalExclTax"] for each in found["lineItems"]["nodes"]]
        assert net == [None if each is None else f"{each:.2f}" for each in nets]
        for name, value in document.items():
            alike = found["totals"][name.removeprefix("total")[0].lower() + name[6:]]
            assert Decimal(found[name]) == Decimal(alike) == value
        assert {
            each["rate"]: (Decimal(each["base"]), Decimal(each["vat"]))
            for each in found["totals"]["byRate"]
        } == by_rate


async def test_vat_is_rounded_half_up_per_rate_and_not_per_line(client: Client) -> None:
    line = {"label": "Timbre", "unitPrice": "0.05", "vatRate": "10"}

    save = await order(client, [line, line, line], f"{LINES} {TOTALS}")

    # A line alone would have 0.01 of VAT: 0.005 rounded; three of them 0.015, so 0.02.
    assert [each["totalVat"] for each in save.record["lineItems"]["nodes"]] == ["0.01"] * 3
    assert save.record["totals"] == {
        "exclTax": "0.15",
        "vat": "0.02",
        "inclTax": "0.17",
        "byRate": [{"rate": "10", "base": "0.15", "vat": "0.02"}],
    }


async def test_a_document_without_lines_amounts_to_nothing(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")

    invoice = await create(
        client,
        "CustomerInvoice",
        f"{AMOUNTS} amountPaid balanceDue",
        account=account,
        subject="X",
        issuedOn="2026-03-01",
        dueOn="2026-04-01",
    )

    amounts = ("totalExclTax", "totalVat", "totalInclTax", "amountPaid", "balanceDue")
    assert {invoice.record[name] for name in amounts} == {"0.00"}


async def test_what_is_owed_of_a_draft_follows_its_lines(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    invoice = await client.create(
        "CustomerInvoice", account=account, subject="X", issuedOn="2026-03-01", dueOn="2026-04-01"
    )

    save = await update(
        client,
        "CustomerInvoice",
        invoice,
        "totalInclTax balanceDue",
        lineItems=[{"label": "Pose", "quantity": "2", "unitPrice": "10", "vatRate": "20"}],
    )

    assert (save.record["totalInclTax"], save.record["balanceDue"]) == ("24.00", "24.00")
    assert save.told["balanceDue"] == ("0.00", "24.00")


async def test_a_margin_is_known_once_every_cost_is(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    known = {"label": "Vis", "quantity": "3", "unitPrice": "10", "unitCost": "4.5"}
    unknown = {"label": "Pose", "unitPrice": "10"}
    note = {"label": "À livrer", "lineKind": "NOTE"}

    quote = await create(
        client, "Quote", "margin", subject="X", account=account, lineItems=[known, note]
    )
    less = await update(client, "Quote", quote.id, "margin", lineItems=[known, unknown])

    assert (quote.record["margin"], less.record["margin"]) == ("16.50", None)


@pytest.mark.parametrize("name", ["totalExclTax", "totalVat", "totalInclTax", "quantityInvoiced"])
async def test_totals_are_not_taken_from_input(client: Client, name: str) -> None:
    refused = await client.refused(
        'mutation { createSalesOrder(input: {subject: "X", account: "1", lineItems: '
        f'[{{label: "X", {name}: "1"}}]}}) {{ errors {{ code }} }} }}'
    )

    assert [each["code"] for each in refused] == ["GRAPHQL_VALIDATION_FAILED"]


async def test_headings_and_notes_have_no_amounts_but_keep_their_order(client: Client) -> None:
    save = await order(
        client,
        [
            {"label": "Lot 1", "lineKind": "HEADING", "unitPrice": "99", "vatRate": "20"},
            {"label": "Pose", "unitPrice": "10", "position": 9},
            {"label": "À livrer", "lineKind": "NOTE"},
        ],
    )

    lines = save.record["lineItems"]["nodes"]
    assert [(each["position"], each["label"], each["totalInclTax"]) for each in lines] == [
        (1, "Lot 1", None),
        (2, "Pose", "10.00"),
        (3, "À livrer", None),
    ]
    assert [each["quantity"] for each in lines] == [None, "1", None]
    assert save.record["totalInclTax"] == "10.00"


async def catalogue(client: Client) -> dict[str, str]:
    """A product that is sold at 12.50 with 20 % of VAT and bought at 8 with 5.5 %."""
    sale = await client.create("TaxRate", name="Normal", code="N", rate="20")
    purchase = await client.create("TaxRate", name="Réduit", code="R", rate="5.5")
    unit = await client.create("UnitOfMeasure", name="Pièce", symbol="pc")
    product = await client.create(
        "Product",
        name="Vis",
        salePrice="12.50",
        purchasePrice="8",
        saleTaxRate=sale,
        purchaseTaxRate=purchase,
        unitOfMeasure=unit,
    )
    return {"sale": sale, "purchase": purchase, "unit": unit, "product": product}


async def test_a_line_takes_label_price_unit_and_vat_from_its_product(client: Client) -> None:
    made = await catalogue(client)

    sold = await order(client, [{"product": made["product"], "quantity": "2"}])
    bought = await create(
        client,
        "PurchaseOrder",
        LINES,
        subject="X",
        supplier=await client.create("Supplier", name="Usine"),
        lineItems=[{"product": made["product"], "label": None}],
    )

    expected = {
        "label": "Vis",
        "unitCost": "8.00",
        "unitOfMeasure": {"id": made["unit"]},
        "position": 1,
        "lineKind": "ITEM",
    }
    (line,) = sold.record["lineItems"]["nodes"]
    assert line == {
        **expected,
        "id": line["id"],
        "quantity": "2",
        "unitPrice": "12.50",
        "vatRate": "20",
        "taxRate": {"id": made["sale"]},
        "totalExclTax": "25.00",
        "totalVat": "5.00",
        "totalInclTax": "30.00",
    }
    (line,) = bought.record["lineItems"]["nodes"]
    assert line == {
        **expected,
        "id": line["id"],
        "quantity": "1",
        "unitPrice": "8.00",
        "vatRate": "5.5",
        "taxRate": {"id": made["purchase"]},
        "totalExclTax": "8.00",
        "totalVat": "0.44",
        "totalInclTax": "8.44",
    }


async def test_what_a_line_says_itself_wins_over_its_product(client: Client) -> None:
    made = await catalogue(client)

    save = await order(
        client,
        [
            {"product": made["product"], "label": "Vis inox", "unitPrice": "0", "vatRate": "10"},
            {"product": made["product"], "taxRate": made["purchase"]},
            {"product": made["product"], "vatRate": None},
        ],
    )

    assert [
        (each["label"], each["unitPrice"], each["vatRate"], each["taxRate"])
        for each in save.record["lineItems"]["nodes"]
    ] == [
        ("Vis inox", "0.00", "10", None),
        ("Vis", "12.50", "5.5", {"id": made["purchase"]}),
        ("Vis", "12.50", None, None),
    ]


async def test_a_line_has_a_product_or_a_service_and_not_both(client: Client) -> None:
    made = await catalogue(client)
    service = await client.create("Service", name="Pose")

    save = await order(client, [{"product": made["product"], "service": service}])

    assert (save.codes, save.paths) == (["INVALID"], [["input", "lineItems", "0", "service"]])
    assert save.errors[0]["message"] == "Product, Service: choose one or the other, not both."


async def test_a_product_one_does_not_see_gives_nothing_away(client: Client) -> None:
    made = await catalogue(client)
    colleague = await client.colleague()

    save = await order(colleague, [{"product": made["product"]}])

    assert (save.codes, save.paths) == (["NOT_FOUND"], [["input", "lineItems", "0", "product"]])


async def test_lines_sent_replace_those_there_and_keep_their_ids(client: Client) -> None:
    made = await order(
        client,
        [{"label": name, "unitPrice": "10", "vatRate": "20"} for name in ("A", "B", "C")],
    )
    a, b, c = (each["id"] for each in made.record["lineItems"]["nodes"])

    save = await update(
        client,
        "SalesOrder",
        made.id,
        f"{AMOUNTS} {LINES}",
        lineItems=[
            {"id": c, "quantity": "2"},
            {"label": "D", "unitPrice": "1", "vatRate": "5.5"},
            {"id": a},
        ],
    )

    lines = save.record["lineItems"]["nodes"]
    assert [(each["label"], each["quantity"], each["unitPrice"]) for each in lines] == [
        ("C", "2", "10.00"),
        ("D", "1", "1.00"),
        ("A", "1", "10.00"),
    ]
    assert [each["id"] for each in lines if each["label"] != "D"] == [c, a]
    assert lines[1]["id"] not in {a, b, c}
    assert save.record["totalInclTax"] == "37.06"
    assert set(save.told) == {"lineItems", "totalExclTax", "totalVat", "totalInclTax"}
    before, after = save.told["lineItems"]
    (told,) = [each for each in save.change["fields"] if each["name"] == "lineItems"]
    assert (told["beforeDisplay"], told["afterDisplay"]) == (
        "1 × A; 1 × B; 1 × C",
        "2 × C; 1 × D; 1 × A",
    )
    assert [each["id"] for each in before] == [a, b, c]
    assert [each["id"] for each in after] == [each["id"] for each in lines]
    assert after[0] == {
        "id": c,
        "position": 1,
        "lineKind": "ITEM",
        "label": "C",
        "quantity": "2",
        "unitPrice": "10.00",
        "vatRate": "20",
        "totalExclTax": "20.00",
        "totalVat": "4.00",
        "totalInclTax": "24.00",
    }


async def test_the_same_lines_again_change_nothing(client: Client) -> None:
    lines = [{"label": name, "unitPrice": "10"} for name in ("A", "B")]
    made = await order(client, lines)

    save = await update(client, "SalesOrder", made.id, LINES, lineItems=lines)

    assert (save.change, save.errors) == (None, [])
    assert save.record["version"] == 1
    assert save.record["lineItems"] == made.record["lineItems"]


async def test_what_the_service_computed_of_a_kept_line_stays(client: Client) -> None:
    made = await order(client, [{"label": "A", "unitPrice": "10"}])
    (line,) = made.record["lineItems"]["nodes"]
    await client.world.database.pool.execute(
        "UPDATE line_item SET quantity_invoiced = 1 WHERE document_id = $1", int(made.id)
    )

    await update(client, "SalesOrder", made.id, lineItems=[{"id": line["id"], "label": "B"}])

    found = await read(
        client, "SalesOrder", made.id, "lineItems { nodes { label quantityInvoiced } }"
    )
    assert found["lineItems"]["nodes"] == [{"label": "B", "quantityInvoiced": "1"}]


async def test_another_product_on_a_kept_line_brings_its_own_price(client: Client) -> None:
    made = await catalogue(client)
    other = await client.create("Product", name="Écrou", salePrice="3")
    service = await client.create("Service", name="Pose", salePrice="50")
    sold = await order(client, [{"product": made["product"]}] * 3)
    ids = [each["id"] for each in sold.record["lineItems"]["nodes"]]

    save = await update(
        client,
        "SalesOrder",
        sold.id,
        "lineItems { nodes { label unitPrice vatRate product { id } service { id } } }",
        lineItems=[
            {"id": ids[0], "product": other},
            {"id": ids[1], "service": service, "unitPrice": "40"},
            {"id": ids[2], "taxRate": made["purchase"]},
        ],
    )

    assert save.record["lineItems"]["nodes"] == [
        {
            "label": "Écrou",
            "unitPrice": "3.00",
            "vatRate": None,
            "product": {"id": other},
            "service": None,
        },
        {
            "label": "Pose",
            "unitPrice": "40.00",
            "vatRate": None,
            "product": None,
            "service": {"id": service},
        },
        {
            "label": "Vis",
            "unitPrice": "12.50",
            "vatRate": "5.5",
            "product": {"id": made["product"]},
            "service": None,
        },
    ]


async def test_an_id_that_is_no_line_of_the_document_is_refused(client: Client) -> None:
    other = await order(client, [{"label": "A"}])
    made = await order(client, [{"label": "A"}])
    foreign = other.record["lineItems"]["nodes"][0]["id"]
    own = made.record["lineItems"]["nodes"][0]["id"]
    before = await stored(client)

    for lines, path in (
        ([{"id": foreign}], "0"),
        ([{"id": "line-999999999"}], "0"),
        ([{"id": own}, {"id": own}], "1"),
        ([{"id": own}, {"id": "x"}], "1"),
    ):
        save = await update(client, "SalesOrder", made.id, lineItems=lines)
        assert (save.codes, save.paths) == (["NOT_FOUND"], [["input", "lineItems", path, "id"]])
    for id in (own, "line-999999999"):
        created = await order(client, [{"id": id, "label": "A"}])
        assert created.paths == [["input", "lineItems", "0", "id"]]
    records, changes, kept = await stored(client)
    # Each `order` made an account.
    assert (records - 2, changes - 2, kept) == before


async def test_a_line_that_others_come_from_is_not_removed(client: Client) -> None:
    quote = await create(
        client,
        "Quote",
        LINES,
        subject="X",
        account=await client.create("CustomerAccount", name="A"),
        lineItems=[{"label": "Pose", "unitPrice": "10"}],
    )
    (source,) = (each["id"] for each in quote.record["lineItems"]["nodes"])
    made = await order(client, [{"label": "Pose", "sourceLine": source.removeprefix("line-")}])
    assert made.errors == []

    emptied = await update(client, "Quote", quote.id, lineItems=[])
    kept = await update(client, "Quote", quote.id, lineItems=[{"id": source, "quantity": "2"}])

    assert (emptied.codes, emptied.paths) == (["LOCKED"], [["input", "lineItems"]])
    assert kept.errors == []


async def test_amounts_too_large_to_store_are_refused_where_they_arise(client: Client) -> None:
    most = "999999999999.999999"
    before = await stored(client)

    line = await order(client, [{"label": "A", "quantity": most, "unitPrice": most}])
    sum_ = await order(
        client, [{"label": "A", "quantity": "99999", "unitPrice": "99999999999"}] * 2
    )

    assert line.codes == sum_.codes == ["INVALID"]
    assert line.paths == [["input", "lineItems", "0", "totalExclTax"]]
    assert sum_.paths == [["input", "lineItems", "totalExclTax"]]
    records, changes, lines = await stored(client)
    assert (records - 2, changes - 2, lines) == before


async def test_lines_go_and_come_back_with_their_document(client: Client) -> None:
    made = await order(client, [{"label": "A", "unitPrice": "10"}])

    await act(client, "delete", "SalesOrder", made.id)
    await act(client, "restore", "SalesOrder", made.id)

    found = await read(client, "SalesOrder", made.id, LINES)
    assert found["lineItems"] == made.record["lineItems"]
    created = (await history(client, made.id))[0]
    told = {each["name"]: each["after"] for each in created["fields"]}
    assert [each["label"] for each in told["lineItems"]] == ["A"]


async def test_many_documents_are_written_in_as_many_statements_as_one(client: Client) -> None:
    made = await catalogue(client)
    account = int(await client.create("CustomerAccount", name="Dupont"))
    row = {
        "subject": "X",
        "account": account,
        "line_items": [{"product": int(made["product"])}, {"label": "B"}],
    }
    module, viewer, taken = client.suite["SalesOrder"], await client.viewer(), []

    for count in (1, 50):
        async with Work(client.world.database, viewer) as work:
            outcome = await work.create_many(module, [row] * count)
        assert len(outcome.saved) == count
        taken.append(work.statements)

    assert taken[0] == taken[1] <= 11
