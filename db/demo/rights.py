"""Who of the demo company may see and do what, as its administrator would have set it up.

The manager is above everyone. Each trade owns its records as a team and is shown what it needs of
the others; the external auditor reads the books and what they rest on, and changes nothing.
"""

from __future__ import annotations

from typing import Any, Final

from db import administering, users
from db.demo.story import Story
from db.rights import ACTIONS, HIDDEN

MANAGEMENT: Final = "Direction"
ACCOUNTING: Final = "Comptabilité"
SALES: Final = "Commerce"
FIELD: Final = "Technique"
AUDIT: Final = "Audit externe"

ROLES: Final = {
    MANAGEMENT: None,
    ACCOUNTING: MANAGEMENT,
    SALES: MANAGEMENT,
    FIELD: MANAGEMENT,
    AUDIT: None,
}
"""Each with the role it is below. An auditor is nobody's subordinate."""

BOOKS: Final = (
    "AccountingEntry",
    "AccountingStrategy",
    "BankAccount",
    "BankReconciliation",
    "BankStatement",
    "BankTransaction",
    "CustomerCreditNote",
    "CustomerInvoice",
    "CustomerPayment",
    "CustomerPaymentAllocation",
    "DirectDebit",
    "ExpenseLine",
    "ExpenseReport",
    "FiscalYear",
    "Journal",
    "LedgerAccount",
    "ManualEntry",
    "SupplierCreditNote",
    "SupplierInvoice",
    "SupplierPayment",
    "SupplierPaymentAllocation",
    "VatReturn",
    "VatReturnBox",
)
"""What the accountants own and an auditor looks into."""

PARTIES: Final = ("CustomerAccount", "Supplier", "Product", "Service", "TaxRate", "StockMovement")
"""What everyone reads of which the books speak."""

RULES: Final = (
    (BOOKS, ACCOUNTING, AUDIT),
    (("Quote", "SalesOrder", "CashSession", "CashMovement"), SALES, ACCOUNTING),
    (("PurchaseOrder", "GoodsReceipt", "DeliveryNote"), FIELD, ACCOUNTING),
    (("EmploymentContract", "LeaveRequest"), MANAGEMENT, ACCOUNTING),
    (("CustomerInvoice", "CustomerCreditNote"), ACCOUNTING, SALES),
    (("Ticket", "ServiceContract", "DeliveryNote", "CustomerEquipment"), FIELD, SALES),
    (("SalesOrder",), SALES, FIELD),
)
"""Modules of which those with a role or in its team are shown, to read, what others own."""

COSTS: Final = (
    ("Product", "purchase_price"),
    ("Product", "average_cost"),
    ("Service", "purchase_price"),
    ("LineItem", "unit_cost"),
    ("StockMovement", "unit_cost"),
    ("Quote", "margin"),
)
CREDIT: Final = (("CustomerAccount", "balance_due"), ("CustomerAccount", "credit_limit"))
PRIVATE: Final = tuple(
    ("Person", name)
    for name in (
        "birthdate",
        "personal_email",
        "personal_phone",
        "home_address",
        "social_security_number",
    )
)

DAILY: Final = [action for action in ACTIONS if action not in ("delete", "export")]
"""What is done all day; taking records out and deleting them is for those who answer for them."""

PROFILES: Final[dict[str, tuple[dict[str | None, Any], tuple[tuple[str, str], ...]]]] = {
    ACCOUNTING: ({None: ACTIONS}, ()),
    SALES: ({None: DAILY}, (*COSTS, *PRIVATE)),
    FIELD: ({None: DAILY}, (*COSTS, *CREDIT, *PRIVATE)),
    AUDIT: (dict.fromkeys((*BOOKS, *PARTIES), ("read", "export", "comment")), ()),
}
"""By the role they go with: what they grant, by module, and the fields they hide."""


async def set_up(story: Story) -> None:
    """Make the roles, profiles and rules, and give each of the cast their place."""
    work, cast = story.work, story.cast
    roles: dict[str, int] = {}
    for name, above in ROLES.items():
        parent = None if above is None else roles[above]
        row = await administering.set_role(work, None, {"name": name, "parent": parent})
        roles[name] = row["id"]
    modules = [module.name for module in work.suite.modules]
    places = {
        MANAGEMENT: cast.manager,
        ACCOUNTING: cast.accountant,
        SALES: cast.salesperson,
        FIELD: cast.technician,
        AUDIT: cast.auditor,
    }
    for name, viewer in places.items():
        given: dict[str, Any] = {"role": roles[name]}
        if name in PROFILES:
            row = await administering.set_profile(work, None, _profile(name), modules)
            given["profile"] = row["id"]
        await users.update_user(work, viewer.id, given)
    # A team stands for its role where it owns records: rules of a role are about its people only.
    owners = {**roles, ACCOUNTING: cast.accounting, SALES: cast.sales, FIELD: cast.field}
    for shared, source, target in RULES:
        for module in shared:
            await administering.add_rule(work, module, owners[source], roles[target], False)


def _profile(name: str) -> dict[str, Any]:
    grants, hidden = PROFILES[name]
    return {
        "name": name,
        "grants": [{"module": module, "actions": actions} for module, actions in grants.items()],
        "fields": [{"module": of, "name": field, "level": HIDDEN} for of, field in hidden],
    }
