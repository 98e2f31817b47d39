"""What becomes what: from which module to which, what is copied, what is counted. Facts only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from db.suite import Module

Row = Mapping[str, Any]

VOID: Final = ("cancelled", "refused")
"""The statuses of documents that count for nothing, and that nothing is made of."""

DONE: Final[Mapping[str, tuple[str, ...]]] = {
    "DeliveryNote": ("validated", "delivered"),
    "GoodsReceipt": ("validated", "disputed"),
}
"""By module, the statuses in which goods have moved. All else is done as soon as it is written."""

COUNTED: Final[Mapping[str, tuple[str, ...]]] = {
    "quantity_invoiced": ("CustomerInvoice", "SupplierInvoice"),
    "quantity_fulfilled": ("DeliveryNote", "GoodsReceipt"),
}
"""By column of a line, the modules whose lines, made of it, it counts."""


def sold(line: Row) -> dict[str, Any]:
    """A line as it goes on to the next document."""
    return {
        name: line[name]
        for name in (
            "line_kind",
            "label",
            "details",
            "unit_price",
            "discount_rate",
            "vat_rate",
            "unit_cost",
            "lot_or_serial",
        )
    } | {name: line[f"{name}_id"] for name in ("product", "service", "unit_of_measure", "tax_rate")}


def bought(line: Row) -> dict[str, Any]:
    """A line sold as it is ordered from a supplier: at its cost, else at its item's, with the VAT
    of its item; without discount.
    """
    copied = sold(line)
    for name in ("discount_rate", "unit_cost", "tax_rate"):
        del copied[name]
    if line["product_id"] is not None or line["service_id"] is not None:
        del copied["vat_rate"]
    return {**copied, "unit_price": line["unit_cost"]}


@dataclass(frozen=True, kw_only=True)
class Conversion:
    """`source` becomes `target`, which points back at it by the relation `link`.

    Copied is every column and relation that both declare alike, and that is not readonly, but for
    `leaves`. Then, by name in the target: `renamed` are those called otherwise in the source;
    `today` takes the present day; `sets` a value. What the source does not declare is looked for
    in the records `behind` it (relations of the source, or of what is made), in turn. `asks`: what
    a client may say, and must where nothing above gives it.

    Lines are copied by `copied`, those of products only where `goods`; `pool` are the modules that
    draw on the same quantities. Where the source has no lines, each record of its links `items`
    becomes one.
    """

    source: str
    target: str
    link: str
    leaves: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    today: tuple[str, ...] = ()
    sets: Mapping[str, Any] = field(default_factory=dict)
    behind: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    copied: Callable[[Row], dict[str, Any]] = sold
    goods: bool = False
    pool: tuple[str, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def drawing(self) -> tuple[str, ...]:
        """The modules that draw on the quantities it converts."""
        return self.pool or (self.target,)

    def concerns(self, line: Row) -> bool:
        """Whether the line is converted at all."""
        return not self.goods or line["product_id"] is not None


# What is ordered of a quote is invoiced from the order: both draw on the same quantities.
OF_QUOTE: Final = ("SalesOrder", "CustomerInvoice")

CONVERSIONS: Final = (
    Conversion(
        source="Quote",
        target="SalesOrder",
        link="quote",
        today=("ordered_on",),
        pool=OF_QUOTE,
    ),
    Conversion(
        source="Quote",
        target="CustomerInvoice",
        link="quote",
        today=("issued_on",),
        sets={"invoice_type": "standard"},
        asks=("issued_on",),
        pool=OF_QUOTE,
    ),
    Conversion(
        source="SalesOrder",
        target="CustomerInvoice",
        link="sales_order",
        today=("issued_on",),
        sets={"invoice_type": "standard"},
        behind=("quote", "account"),
        asks=("issued_on",),
    ),
    Conversion(
        source="SalesOrder",
        target="DeliveryNote",
        link="sales_order",
        renamed={"planned_on": "delivery_due_on"},
        behind=("quote", "account"),
        asks=("storage_site",),
        goods=True,
    ),
    Conversion(
        source="SalesOrder",
        target="PurchaseOrder",
        link="sales_order",
        # The customer's, not the supplier's.
        leaves=("contact", "payment_terms", "delivery_method"),
        today=("ordered_on",),
        behind=("supplier",),
        asks=("supplier",),
        copied=bought,
    ),
    Conversion(
        source="CustomerInvoice",
        target="CustomerCreditNote",
        link="invoice",
        today=("issued_on",),
        asks=("issued_on",),
    ),
    Conversion(
        source="PurchaseOrder",
        target="GoodsReceipt",
        link="purchase_order",
        asks=("storage_site",),
        goods=True,
    ),
    Conversion(
        source="PurchaseOrder",
        target="SupplierInvoice",
        link="purchase_order",
        today=("issued_on",),
        sets={"capture_source": "conversion"},
        asks=("supplier_invoice_number", "issued_on"),
    ),
    Conversion(
        source="SupplierInvoice",
        target="SupplierCreditNote",
        link="invoice",
        today=("issued_on",),
        asks=("supplier_credit_note_number", "issued_on"),
    ),
    Conversion(
        source="Deal",
        target="Quote",
        link="deal",
        renamed={"subject": "name"},
        today=("issued_on",),
        behind=("account",),
        asks=("account",),
        items=("products", "services"),
    ),
    Conversion(
        source="Deal",
        target="Project",
        link="deal",
        renamed={"budget": "amount"},
    ),
)


def conversions(module: Module) -> list[Conversion]:
    """What records of the module become, of what its suite has."""
    return [
        each for each in CONVERSIONS if each.source == module.name and each.target in module.suite
    ]
