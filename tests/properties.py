"""Property tests on the database: how many examples, and records made fast below GraphQL."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from db.access import Viewer
from db.accounts import add_team
from db.writing import Work
from tests.client import Client


def examples(usual: int) -> settings:
    """As many examples as `make fuzz` wants (tests/fuzz.py), else `usual`.

    An example makes a company of its own: what the database holds from others must not matter.
    """
    return settings(
        max_examples=int(os.environ.get("FUZZ_EXAMPLES", usual)),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        # Explaining a failure tries hundreds of examples more.
        phases=set(Phase) - {Phase.explain},
    )


async def made(
    client: Client, module: str, rows: Sequence[Mapping[str, Any]], viewer: Viewer | None = None
) -> list[int]:
    """The ids of new records, values by Python name; all at once, by the service's own rights."""
    viewer = viewer or await client.viewer()
    async with Work(client.world.database, viewer) as work:
        outcome = await work.create_many(client.suite[module], rows, by_service=True)
    assert not outcome.refused, outcome.refused
    return [saved.id for saved in outcome.saved]


async def commented(client: Client, rows: Sequence[tuple[int, datetime]]) -> list[int]:
    """The ids of new comments on records, written at given times; their bodies are their ids."""
    made = await client.world.database.pool.fetch(
        "INSERT INTO comment (record_id, created_at, author_id, body) "
        "SELECT record_id, created_at, $3, '' FROM unnest($1::bigint[], $2::timestamptz[]) "
        "AS given(record_id, created_at) RETURNING id",
        [record for record, _ in rows],
        [at for _, at in rows],
        client.user_id,
    )
    return [each["id"] for each in made]


WORDS = ("Été", "ete", "ETÉ 2", "Cœur", "coeur", "l’an", "L'an 2", "Zoé", "zoe", "Ångström", "ab")
TYPES = ("STANDARD", "DEPOSIT", "PROGRESS", "FINAL")
DAYS = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))
PERCENTS = (Decimal("0"), Decimal("12.5"), Decimal("12.5000"), Decimal("100"))
ORDERED = ("subject", "customerReference", "invoiceType", "progressPercent", "dueOn", "id")


@st.composite
def accounts(draw: st.DrawFn, most: int = 4) -> list[dict[str, Any]]:
    """A handful of accounts with their invoices, values as a client sends them."""
    invoice = st.fixed_dictionaries(
        {
            "subject": st.sampled_from(WORDS),
            "customerReference": st.none() | st.sampled_from(WORDS),
            "invoiceType": st.none() | st.sampled_from(TYPES),
            "progressPercent": st.none() | st.sampled_from(PERCENTS).map(str),
            "dueOn": st.sampled_from(DAYS).map(str),
        }
    )
    account = st.fixed_dictionaries(
        {"name": st.sampled_from(WORDS), "invoices": st.lists(invoice, max_size=12)}
    )
    return draw(st.lists(account, min_size=1, max_size=most))


orders = st.lists(
    st.tuples(st.sampled_from(ORDERED), st.sampled_from(("ASC", "DESC"))),
    max_size=3,
    unique_by=lambda key: key[0],
)


def order_by(order: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """An order as its argument."""
    return [{name: direction} for name, direction in order]


async def stored(client: Client, given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Accounts and their invoices, created; as rows of the model, which refer to each other."""
    ids = await made(client, "CustomerAccount", [{"name": each["name"]} for each in given])
    rows = [
        {"id": str(id), "name": each["name"], "invoices": []}
        for id, each in zip(ids, given, strict=True)
    ]
    await invoiced(
        client,
        [(row, each) for row, of in zip(rows, given, strict=True) for each in of["invoices"]],
    )
    return rows


async def invoiced(
    client: Client, given: Sequence[tuple[dict[str, Any], Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """New invoices of accounts, each pair an account and an invoice."""
    ids = await made(
        client,
        "CustomerInvoice",
        [
            {
                "account": account["id"],
                "subject": each["subject"],
                "customer_reference": each["customerReference"],
                "invoice_type": each["invoiceType"] and each["invoiceType"].lower(),
                "progress_percent": each["progressPercent"],
                "due_on": each["dueOn"],
                "issued_on": each["dueOn"],
            }
            for account, each in given
        ],
    )
    rows = []
    for id, (account, each) in zip(ids, given, strict=True):
        row = {"id": str(id), "account": account, **each}
        account["invoices"].append(row)
        rows.append(row)
    return rows


async def team(client: Client, *members: Client) -> int:
    """The id of a new team of the members."""
    ids = [member.user_id for member in members]
    async with client.world.database.pool.acquire() as connection:
        return await add_team(connection, client.company_id, "Équipe", ids)
