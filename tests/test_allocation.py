"""Payments and credit notes settle invoices: remainders, statuses, lettering."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import InvalidInput
from db.lines import ZERO
from db.posting import allocate, validate_many
from db.posting.lettering import letters
from db.writing import Work
from tests.books import (
    customer,
    entries,
    invoice,
    item,
    payment,
    seen,
    supplier,
    validated,
)
from tests.client import Client, World
from tests.properties import examples, made

INVOICE = "status amountPaid balanceDue"
PAYMENT = "status allocatedAmount unallocatedAmount"


async def test_a_payment_settles_an_invoice_and_letters_both(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "120")

    done = await settle(client, "CustomerPayment", payment=paid, invoice=due)

    assert done["errors"] == []
    allocation = done["customerPaymentAllocation"]
    assert (allocation["number"], allocation["amount"]) == ("APC-00001", "120.00")
    assert await seen(client, "CustomerInvoice", due, INVOICE) == {
        "status": "PAID",
        "amountPaid": "120.00",
        "balanceDue": "0.00",
    }
    assert await seen(client, "CustomerPayment", paid, PAYMENT) == {
        "status": "VALIDATED",
        "allocatedAmount": "120.00",
        "unallocatedAmount": "0.00",
    }
    on = allocation["allocatedOn"]
    assert await lettering(client, "CustomerInvoice", due) == ("A", on)
    assert await lettering(client, "CustomerPayment", paid) == ("A", on)
    assert allocation["letteringCode"] == "A"


async def test_a_part_is_allocated_with_a_partial_code(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "300")

    await settle(client, "CustomerPayment", payment=paid, invoice=due, amount="50")

    assert await seen(client, "CustomerInvoice", due, INVOICE) == {
        "status": "PARTIALLY_PAID",
        "amountPaid": "50.00",
        "balanceDue": "70.00",
    }
    assert await seen(client, "CustomerPayment", paid, PAYMENT) == {
        "status": "VALIDATED",
        "allocatedAmount": "50.00",
        "unallocatedAmount": "250.00",
    }
    assert await lettering(client, "CustomerInvoice", due) == ("a", None)


async def test_the_least_of_both_remainders_is_allocated_unless_said(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "30")

    done = await settle(client, "CustomerPayment", payment=paid, invoice=due)

    assert done["customerPaymentAllocation"]["amount"] == "30.00"


async def test_a_set_is_lettered_once_all_of_it_is_settled(client: Client) -> None:
    account = await customer(client)
    first, second = await owing(client, account, "100"), await owing(client, account, "50")
    paid = await paying(client, account, "180")

    await settle(client, "CustomerPayment", payment=paid, invoice=first)
    partial = await lettering(client, "CustomerInvoice", first)
    done = await settle(client, "CustomerPayment", payment=paid, invoice=second)

    assert partial == ("a", None)
    on = done["customerPaymentAllocation"]["allocatedOn"]
    for module, id in (
        ("CustomerInvoice", first),
        ("CustomerInvoice", second),
        ("CustomerPayment", paid),
    ):
        assert await lettering(client, module, id) == ("A", on)
    data = await client.ask("{ customerPaymentAllocations { nodes { letteringCode } } }")
    assert data["customerPaymentAllocations"]["nodes"] == [{"letteringCode": "A"}] * 2


async def test_sets_that_are_joined_take_one_code(client: Client) -> None:
    account = await customer(client)
    one, other = await owing(client, account, "100"), await owing(client, account, "100")
    small, large = await paying(client, account, "20"), await paying(client, account, "220")
    await settle(client, "CustomerPayment", payment=small, invoice=one)
    await settle(client, "CustomerPayment", payment=large, invoice=other)
    apart = await lettering(client, "CustomerInvoice", other)

    await settle(client, "CustomerPayment", payment=large, invoice=one)

    assert apart == ("b", None)
    codes = [
        (await lettering(client, module, id))[0]
        for module, id in (
            ("CustomerInvoice", one),
            ("CustomerInvoice", other),
            ("CustomerPayment", small),
            ("CustomerPayment", large),
        )
    ]
    assert codes == ["A"] * 4


async def test_equal_sums_with_something_left_are_not_lettered(client: Client) -> None:
    account = await customer(client)
    first, second = await owing(client, account, "100"), await owing(client, account, "50")
    paid = await paying(client, account, "180")
    await settle(client, "CustomerPayment", payment=paid, invoice=first, amount="100")

    await settle(client, "CustomerPayment", payment=paid, invoice=second)

    assert (await seen(client, "CustomerInvoice", second, "status"))["status"] == "PAID"
    assert await lettering(client, "CustomerInvoice", second) == ("a", None)


async def test_what_an_allocation_touches_is_told(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "120")

    await settle(client, "CustomerPayment", payment=paid, invoice=due)

    assert await told(client, "CustomerInvoice", due) == ["amountPaid", "balanceDue", "status"]
    assert await told(client, "CustomerPayment", paid) == ["allocatedAmount", "unallocatedAmount"]
    receivable, *_ = await entries(
        client, "CustomerInvoice", due, "history { nodes { operation fields { name } } }"
    )
    assert receivable["history"]["nodes"][0] == {
        "operation": "UPDATED",
        "fields": [{"name": "letteringCode"}, {"name": "letteredOn"}],
    }


async def test_a_credit_note_settles_an_invoice(client: Client) -> None:
    account = await customer(client)
    due, note = await owing(client, account, "100"), await crediting(client, account, "25")

    done = await settle(client, "CustomerCreditNote", creditNote=note, invoice=due)

    assert done["errors"] == []
    assert await seen(client, "CustomerCreditNote", note, "status amountApplied balance") == {
        "status": "APPLIED",
        "amountApplied": "30.00",
        "balance": "0.00",
    }
    assert (await seen(client, "CustomerInvoice", due, "balanceDue"))["balanceDue"] == "90.00"


async def test_a_refund_settles_a_credit_note(client: Client) -> None:
    account = await customer(client)
    note = await crediting(client, account, "25")
    back = await paying(client, account, "30", paymentKind="REFUND")

    done = await settle(client, "CustomerCreditNote", "refund", creditNote=note, payment=back)

    assert done["errors"] == []
    assert (await seen(client, "CustomerCreditNote", note, "status"))["status"] == "REFUNDED"
    assert (await lettering(client, "CustomerCreditNote", note))[0] == "A"


async def test_a_supplier_is_paid_the_same_way(client: Client) -> None:
    ours = await supplier(client)
    due = await bought(client, ours, "100")
    paid = await paying_supplier(client, ours, "120")

    done = await settle(client, "SupplierPayment", payment=paid, invoice=due)

    assert done["errors"] == []
    assert (await seen(client, "SupplierInvoice", due, "status"))["status"] == "PAID"
    assert (await lettering(client, "SupplierPayment", paid))[0] == "A"
    owed = await seen(client, "Supplier", ours, "balanceDue")
    assert owed == {"balanceDue": "0.00"}


async def test_an_invoice_not_approved_for_payment_is_not_paid(client: Client) -> None:
    ours = await supplier(client)
    due = await bought(client, ours, "100", paymentApproval="PENDING")
    paid = await paying_supplier(client, ours, "120")

    done = await settle(client, "SupplierPayment", payment=paid, invoice=due)

    assert problems(done) == [("invoice", "INVALID")]


@pytest.mark.parametrize("amount", ["120.01", "0", "-5", "abc", "1.234"])
async def test_no_more_is_allocated_than_is_left_and_no_less_than_a_cent(
    client: Client, amount: str
) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "500")

    done = await settle(client, "CustomerPayment", payment=paid, invoice=due, amount=amount)

    assert problems(done) == [("amount", "INVALID")]
    assert await untouched(client, due, paid)


async def test_no_more_is_allocated_than_is_left_of_the_payment(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "50")

    done = await settle(client, "CustomerPayment", payment=paid, invoice=due, amount="50.01")

    assert problems(done) == [("amount", "INVALID")]
    assert done["errors"][0]["message"] == (
        "Montant affecté\xa0: il reste au plus 50 à affecter entre PAC-2026-00001 et "
        "FAC-2026-00001."
    )
    assert await untouched(client, due, paid)


async def test_what_is_settled_is_not_settled_again(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "500")
    await settle(client, "CustomerPayment", payment=paid, invoice=due)

    done = await settle(client, "CustomerPayment", payment=paid, invoice=due)

    assert problems(done) == [("invoice", "INVALID")]


async def test_drafts_are_not_allocated(client: Client) -> None:
    account = await customer(client)
    due = await invoice(client, account, item("100"))
    paid = await payment(client, account, "500")

    done = await settle(client, "CustomerPayment", payment=paid, invoice=due)

    assert problems(done) == [("payment", "INVALID"), ("invoice", "INVALID")]


async def test_the_payment_of_one_customer_does_not_settle_the_invoice_of_another(
    client: Client,
) -> None:
    due = await owing(client, await customer(client), "100")
    paid = await paying(client, await customer(client, "Durand"), "500")

    done = await settle(client, "CustomerPayment", payment=paid, invoice=due)

    assert problems(done) == [("invoice", "INVALID")]
    assert await untouched(client, due, paid)


async def test_a_refund_does_not_settle_an_invoice(client: Client) -> None:
    account = await customer(client)
    due = await owing(client, account, "100")
    back = await paying(client, account, "120", paymentKind="REFUND")

    done = await settle(client, "CustomerPayment", payment=back, invoice=due)

    assert problems(done) == [("invoice", "INVALID")]
    assert await untouched(client, due, back)


async def test_what_is_not_there_is_told_by_its_argument(client: Client) -> None:
    paid = await paying(client, await customer(client), "120")

    nonsense = await settle(client, "CustomerPayment", payment=paid, invoice="x")
    another = await settle(client, "CustomerPayment", payment=paid, invoice=paid)

    assert problems(nonsense) == problems(another) == [("invoice", "NOT_FOUND")]


async def test_only_who_may_edit_both_allocates(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "120")
    await client.share("CustomerInvoice", "CustomerPayment")
    other = await client.colleague()

    done = await settle(other, "CustomerPayment", payment=paid, invoice=due)

    assert problems(done) == [("payment", "FORBIDDEN")]
    assert await untouched(client, due, paid)


async def test_an_invoice_is_paid_once_by_requests_at_once(client: Client) -> None:
    account = await customer(client)
    due, paid = await owing(client, account, "100"), await paying(client, account, "500")

    done = await asyncio.gather(
        *(
            settle(client, "CustomerPayment", payment=paid, invoice=due, amount="50")
            for _ in range(5)
        )
    )

    assert sorted(len(each["errors"]) for each in done) == [0, 0, 1, 1, 1]
    assert (await seen(client, "CustomerInvoice", due, INVOICE))["balanceDue"] == "20.00"


def test_codes_are_counted_like_columns_of_a_spreadsheet() -> None:
    assert [letters(value) for value in (1, 26, 27, 52, 53, 702, 703)] == [
        "a",
        "z",
        "aa",
        "az",
        "ba",
        "zz",
        "aaa",
    ]


steps = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 2),
        st.none() | st.integers(1, 12_000).map(lambda cents: Decimal(cents).scaleb(-2)),
    ),
    max_size=8,
)
amounts = st.lists(st.sampled_from([Decimal(n) for n in (10, 20, 30, 100)]), min_size=3, max_size=3)


@examples(15)
@given(amounts, amounts, steps)
async def test_remainders_and_entries_agree_whatever_is_allocated(
    world: World,
    invoiced: list[Decimal],
    paid: list[Decimal],
    asked: list[tuple[int, int, Decimal | None]],
) -> None:
    client = await world.company()
    account = await customer(client)
    due = await made(client, "CustomerInvoice", [drafted(account, each) for each in invoiced])
    paying = await made(client, "CustomerPayment", [sent(account, each) for each in paid])
    async with Work(world.database, await client.viewer()) as work:
        await validate_many(work, client.suite["CustomerInvoice"], due)
        await validate_many(work, client.suite["CustomerPayment"], paying)
    owed, left = list(invoiced), list(paid)

    for i, p, amount in asked:
        expected = min(owed[i], left[p]) if amount is None else amount
        accepted = 0 < expected <= min(owed[i], left[p])
        assert accepted == await done(client, due[i], paying[p], amount)
        if accepted:
            owed[i] -= expected
            left[p] -= expected

    assert await column(client, "customer_invoice", "balance_due") == owed
    assert await column(client, "customer_payment", "unallocated_amount") == left
    assert await column(client, "customer_account", "balance_due") == [sum(owed) - sum(left)]
    assert await column(client, "accounting_entry", "sum(debit - credit)", "account_id > 0") == [
        sum(owed) - sum(left)
    ]
    assert await settled_by_code(client) == await settled_by_remainders(client)


def drafted(account: str, amount: Decimal) -> dict[str, Any]:
    line = {"label": "Conseil", "quantity": "1", "unit_price": str(amount), "vat_rate": "0"}
    day = "2026-03-10"
    given = {"account": account, "subject": "Mars", "issued_on": day, "due_on": day}
    return {**given, "line_items": [line]}


def sent(account: str, amount: Decimal) -> dict[str, Any]:
    given = {"account": account, "amount": str(amount), "paid_on": "2026-03-10"}
    return {**given, "payment_method": "card"}


async def done(client: Client, due: int, paid: int, amount: Decimal | None) -> bool:
    """Whether the allocation was made."""
    allocations = client.suite["CustomerPaymentAllocation"]
    try:
        async with Work(client.world.database, await client.viewer()) as work:
            await allocate(work, allocations, {"payment": paid, "invoice": due}, amount)
    except InvalidInput:
        return False
    return True


async def column(client: Client, table: str, expression: str, condition: str = "true") -> list[Any]:
    rows = await client.world.database.pool.fetch(
        f"SELECT {expression} AS value FROM (SELECT * FROM {table} ORDER BY id) AS t "
        f"WHERE company_id = $1 AND {condition}",
        client.company_id,
    )
    return [row["value"] for row in rows]


async def settled_by_code(client: Client) -> set[int]:
    """The documents whose third-party entry has a code in capitals."""
    rows = await client.world.database.pool.fetch(
        "SELECT coalesce(customer_invoice_id, customer_payment_id) AS id FROM accounting_entry "
        "WHERE company_id = $1 AND account_id > 0 AND lettering_code = upper(lettering_code)",
        client.company_id,
    )
    return {row["id"] for row in rows}


async def settled_by_remainders(client: Client) -> set[int]:
    """The documents of which nothing is left, nor of any that allocations lead to from them."""
    pool, company = client.world.database.pool, client.company_id
    left = {
        row["id"]: row["left"]
        for row in await pool.fetch(
            "SELECT id, balance_due AS left FROM customer_invoice WHERE company_id = $1 UNION ALL "
            "SELECT id, unallocated_amount FROM customer_payment WHERE company_id = $1",
            company,
        )
    }
    pairs = await pool.fetch(
        "SELECT invoice_id, payment_id FROM customer_payment_allocation WHERE company_id = $1",
        company,
    )
    group = {id: {id} for id in left}
    for pair in pairs:
        joined = group[pair["invoice_id"]] | group[pair["payment_id"]]
        for id in joined:
            group[id] = joined
    return {id for id in left if len(group[id]) > 1 and all(left[o] == ZERO for o in group[id])}


async def owing(client: Client, account: str, net: str) -> str:
    """A validated invoice of `net` and 20 % VAT."""
    return await validated(client, "CustomerInvoice", await invoice(client, account, item(net)))


async def paying(client: Client, account: str, amount: str, **values: Any) -> str:
    """A validated payment."""
    draft = await payment(client, account, amount, **values)
    return await validated(client, "CustomerPayment", draft)


async def crediting(client: Client, account: str, net: str) -> str:
    """A validated credit note of `net` and 20 % VAT."""
    draft = await client.create(
        "CustomerCreditNote",
        account=account,
        subject="Retour",
        issuedOn="2026-03-20",
        lineItems=[item(net)],
    )
    return await validated(client, "CustomerCreditNote", draft)


async def bought(client: Client, ours: str, net: str, **values: Any) -> str:
    """A validated supplier invoice of `net` and 20 % VAT."""
    given = {
        "supplier": ours,
        "subject": "Achat",
        "supplierInvoiceNumber": "F-77",
        "issuedOn": "2026-03-10",
        "dueOn": "2026-04-10",
        "lineItems": [item(net)],
        **values,
    }
    return await validated(
        client, "SupplierInvoice", await client.create("SupplierInvoice", **given)
    )


async def paying_supplier(client: Client, ours: str, amount: str) -> str:
    """A validated payment to a supplier."""
    draft = await client.create(
        "SupplierPayment",
        supplier=ours,
        amount=amount,
        paidOn="2026-04-02",
        paymentMethod="BANK_TRANSFER",
    )
    return await validated(client, "SupplierPayment", draft)


async def settle(
    client: Client, module: str, action: str = "allocate", **arguments: str
) -> dict[str, Any]:
    """The payload of an allocation: the errors must be looked at."""
    made = "supplier" if module.startswith("Supplier") else "customer"
    types = {name: "Money" if name == "amount" else "ID!" for name in arguments}
    asked = ", ".join(f"${name}: {type_}" for name, type_ in types.items())
    passed = ", ".join(f"{name}: ${name}" for name in arguments)
    data = await client.ask(
        f"mutation ({asked}) {{ {action}{module}({passed}) {{ errors {{ path code message }} "
        f"{made}PaymentAllocation {{ number amount allocatedOn letteringCode }} }} }}",
        **arguments,
    )
    payload: dict[str, Any] = data[f"{action}{module}"]
    return payload


def problems(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(".".join(each["path"]), each["code"]) for each in payload["errors"]]


async def lettering(client: Client, module: str, id: str) -> tuple[str | None, str | None]:
    """The code and the day of a document's third-party entry; its other entries have none."""
    found = await entries(
        client, module, id, "letteringCode letteredOn account { id } supplier { id }"
    )
    for each in found:
        if each["account"] is None and each["supplier"] is None:
            assert each["letteringCode"] is None
    (own,) = (each for each in found if each["account"] or each["supplier"])
    return own["letteringCode"], own["letteredOn"]


async def told(client: Client, module: str, id: str) -> list[str]:
    """The fields of the last change of a record."""
    data = await seen(client, module, id, "history { nodes { fields { name } } }")
    return [each["name"] for each in data["history"]["nodes"][0]["fields"]]


async def untouched(client: Client, due: str, paid: str) -> bool:
    """Whether invoice and payment are as validation left them."""
    found = [
        await seen(client, module, id, "version allocations { totalCount }")
        for module, id in (("CustomerInvoice", due), ("CustomerPayment", paid))
    ]
    return found == [{"version": 2, "allocations": {"totalCount": 0}}] * 2
