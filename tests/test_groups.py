"""Groups of lists: by key fields, relations, people, currencies and periods, each summed up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client import Client, World
from tests.properties import examples, made
from tests.samples import IBANS

GROUPS = """
query ($by: [GroupBy!]!, $first: Int, $orderBy: GroupOrder, $filter: CustomerInvoiceFilter) {
  customerInvoices(filter: $filter) { aggregate {
    groups(by: $by, first: $first, orderBy: $orderBy) {
      count groupCount keys { name label value display } sum { progressPercent } } } } }
"""


async def invoices(client: Client, *rows: dict[str, Any]) -> list[int]:
    """The ids of new invoices; of one account unless they say of which."""
    (account,) = await made(client, "CustomerAccount", [{"name": "Dupont"}])
    usual = {"account": account, "subject": "Mars", "due_on": "2026-03-31"}
    given = [{**usual, **row} for row in rows]
    for row in given:
        row.setdefault("issued_on", row["due_on"])
    return await made(client, "CustomerInvoice", given)


async def grouped(client: Client, *by: dict[str, Any], **arguments: Any) -> list[dict[str, Any]]:
    data = await client.ask(GROUPS, by=list(by), **arguments)
    found: list[dict[str, Any]] = data["customerInvoices"]["aggregate"]["groups"]
    return found


def held(groups: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """The values of each group's keys, and its count."""
    return [(*(key["value"] for key in each["keys"]), each["count"]) for each in groups]


async def test_a_group_says_what_it_was_made_by_and_sums_up(client: Client) -> None:
    await invoices(
        client,
        {"invoice_type": "final", "progress_percent": "1.5"},
        {"invoice_type": "deposit", "progress_percent": "2"},
        {"invoice_type": "deposit", "progress_percent": "4"},
        {"invoice_type": None},
    )

    found = await grouped(client, {"field": "invoiceType"})

    assert client.statements == 1
    assert [each["keys"] for each in found] == [
        [{"name": "invoiceType", "label": "Type de facture", "value": v, "display": d}]
        for v, d in (("DEPOSIT", "Acompte"), ("FINAL", "Solde"), (None, None))
    ]
    assert [each["sum"]["progressPercent"] for each in found] == ["6", "1.5", None]
    assert [(each["count"], each["groupCount"]) for each in found] == [(2, 3), (1, 3), (1, 3)]


async def test_amounts_add_up_in_each_currency(client: Client) -> None:
    rows = [
        {"name": "Compte", "iban": iban, "currency": currency, "opening_balance": str(i)}
        for i, (iban, currency) in enumerate(
            zip(IBANS, ["EUR", None, "USD"], strict=False), start=1
        )
    ]
    await made(client, "BankAccount", rows)
    fields = "count keys { value display } sum { openingBalance } maximum { openingBalance }"

    data = await client.ask(
        f"{{ bankAccounts {{ aggregate {{ sum {{ openingBalance }} byCurrency {{ {fields} }} "
        f'groups(by: [{{field: "currency"}}]) {{ {fields} }} }} }} }}'
    )

    found = data["bankAccounts"]["aggregate"]
    assert found["sum"] == {"openingBalance": None}
    assert found["groups"] == found["byCurrency"]
    assert found["byCurrency"] == [
        {
            "count": count,
            "keys": [{"value": currency, "display": currency}],
            "sum": {"openingBalance": total},
            "maximum": {"openingBalance": greatest},
        }
        for currency, count, total, greatest in (
            ("EUR", 2, "3.00", "2.00"),
            ("USD", 1, "3.00", "3.00"),
        )
    ]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        (
            "DAY",
            [
                ("2025-12-28", "28 déc. 2025"),
                ("2025-12-29", "29 déc. 2025"),
                *[("2026-05-31", "31 mai 2026")],
            ],
        ),
        (
            "WEEK",
            [("2025-12-22", "S52 2025"), ("2025-12-29", "S1 2026"), ("2026-05-25", "S22 2026")],
        ),
        ("MONTH", [("2025-12-01", "décembre 2025"), ("2026-05-01", "mai 2026")]),
        ("QUARTER", [("2025-10-01", "T4 2025"), ("2026-04-01", "T2 2026")]),
        ("YEAR", [("2025-01-01", "2025"), ("2026-01-01", "2026")]),
    ],
)
async def test_dates_are_gathered_in_periods(
    client: Client, every: str, expected: list[tuple[str, str]]
) -> None:
    days = ("2026-05-31", "2025-12-29", "2025-12-28")
    await invoices(client, *({"due_on": day} for day in days))

    found = await grouped(client, {"field": "dueOn", "every": every})

    assert [(key["value"], key["display"]) for each in found for key in each["keys"]] == expected


async def test_moments_are_cut_by_the_viewers_clock(client: Client) -> None:
    ids = await invoices(client, {}, {}, {})
    pool = client.world.database.pool
    for id, moment in zip(ids, ("31 22:59", "31 23:30", "31 12:00"), strict=True):
        await pool.execute(
            f"UPDATE customer_invoice SET created_at = '2025-12-{moment}Z' WHERE id = $1", id
        )
    by = {"field": "createdAt", "every": "YEAR"}

    in_paris = await grouped(client, by)
    await pool.execute(
        "UPDATE company SET time_zone = 'America/New_York' WHERE id = $1", client.company_id
    )
    in_new_york = await grouped(client, by)

    assert held(in_paris) == [("2025-01-01", 2), ("2026-01-01", 1)]
    assert held(in_new_york) == [("2025-01-01", 3)]


async def test_moments_at_the_ends_of_the_calendar_fall_in_its_first_and_last_period(
    client: Client,
) -> None:
    pool = client.world.database.pool
    ends = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", None)
    await made(
        client, "Mailing", [{"subject": "x", "channel": "sms", "sent_at": each} for each in ends]
    )
    document = (
        '{ mailings { aggregate { groups(by: [{field: "sentAt", every: YEAR}]) '
        "{ count keys { value } } } } }"
    )

    for zone in ("Europe/Paris", "America/New_York"):
        await pool.execute(
            "UPDATE company SET time_zone = $1 WHERE id = $2", zone, client.company_id
        )
        data = await client.ask(document)

        assert held(data["mailings"]["aggregate"]["groups"]) == [
            ("0001-01-01", 1),
            ("9999-01-01", 1),
            (None, 1),
        ]


async def test_groups_have_the_order_asked_for(client: Client) -> None:
    await invoices(
        client,
        *({"invoice_type": "final", "progress_percent": "1"} for _ in range(3)),
        {"invoice_type": "deposit", "progress_percent": "9"},
        {"invoice_type": None},
        {"invoice_type": None},
    )

    async def order(**by: str) -> list[Any]:
        found = await grouped(client, {"field": "invoiceType"}, orderBy=by)
        return [each["keys"][0]["value"] for each in found]

    assert await order(key="ASC") == ["DEPOSIT", "FINAL", None]
    assert await order(key="DESC") == ["FINAL", "DEPOSIT", None]
    assert await order(count="DESC") == ["FINAL", None, "DEPOSIT"]
    assert await order(count="ASC") == ["DEPOSIT", None, "FINAL"]
    assert await order(sum="progressPercent") == ["DEPOSIT", "FINAL", None]


async def test_records_and_people_are_ordered_by_name(client: Client) -> None:
    colleague = await client.colleague("zoé")
    accounts = await made(
        client, "CustomerAccount", [{"name": n} for n in ("Zèbre", "ânes", "Bal")]
    )
    await invoices(
        client,
        *({"account": account, "owner": colleague.user_id} for account in accounts),
        {"account": accounts[0]},
    )

    by_account = await grouped(client, {"field": "account"})
    by_owner = await grouped(client, {"field": "owner"})

    assert client.statements == 2
    assert [(key["value"], key["display"]) for each in by_account for key in each["keys"]] == [
        (str(accounts[i]), title) for i, title in ((1, "ânes"), (2, "Bal"), (0, "Zèbre"))
    ]
    assert [key for each in by_owner for key in each["keys"]] == [
        {"name": "owner", "label": "Propriétaire", "value": f"user-{id}", "display": name}
        for id, name in ((client.user_id, "Alice"), (colleague.user_id, "zoé"))
    ]


async def test_what_lies_beyond_first_is_counted(client: Client) -> None:
    await invoices(client, *({"due_on": f"2026-03-{day:02}"} for day in range(1, 8)))

    found = await grouped(client, {"field": "dueOn"}, first=2)

    assert [(each["count"], each["groupCount"]) for each in found] == [(1, 7), (1, 7)]


async def test_a_whole_list_is_no_group(client: Client) -> None:
    data = await client.ask(
        "{ customerInvoices { aggregate { count keys { name } groupCount "
        'groups(by: [{field: "status"}]) { count } } } }'
    )

    assert data["customerInvoices"]["aggregate"] == {
        "count": 0,
        "keys": [],
        "groupCount": None,
        "groups": [],
    }


@pytest.mark.parametrize(
    ("by", "arguments", "said"),
    [
        ([{"field": "subject"}], {}, "by.0.field: “subject” is not a key field (isKey)"),
        ([{"field": "version"}], {}, "“version” is not a key field (isKey)"),
        (
            [{"field": "totalInclTax"}],
            {},
            "“totalInclTax” does not go here. Possible names: createdAt, ",
        ),
        ([{"field": "nothing"}], {}, "currency, eInvoiceStatus, account,"),
        ([{"field": "status", "every": "DAY"}], {}, "by.0.every: “status” is not a date"),
        ([{"field": "account", "every": "DAY"}], {}, "(createdAt, issuedOn, dueOn"),
        ([], {}, "by must be between 1 and 3"),
        ([{"field": "status"}] * 4, {}, "by must be between 1 and 3"),
        ([{"field": "status"}], {"orderBy": {"sum": "status"}}, "orderBy.sum: “status”"),
    ],
)
async def test_what_makes_no_groups_is_refused(
    client: Client, by: Any, arguments: dict[str, Any], said: str
) -> None:
    client.headers["Accept-Language"] = "en"

    (error,) = await client.refused(GROUPS, by=by, **arguments)

    assert error["code"] == "BAD_GROUP"
    assert said in error["message"]


@pytest.mark.parametrize("first", [0, 1001])
async def test_a_list_has_up_to_a_thousand_groups(client: Client, first: int) -> None:
    (error,) = await client.refused(GROUPS, by=[{"field": "status"}], first=first)

    assert error["code"] == "BAD_PAGE"


async def test_a_group_has_no_groups(client: Client) -> None:
    await invoices(client, {})

    errors = await client.refused(
        '{ customerInvoices { aggregate { groups(by: [{field: "status"}], first: 5) '
        '{ groups(by: [{field: "dueOn"}], first: 1) { count } byCurrency { count } } } } }'
    )

    assert {each["code"] for each in errors} == {"BAD_GROUP"}


async def test_groups_count_as_nodes_asked_for(client: Client) -> None:
    (error,) = await client.refused(
        "{ customerAccounts(first: 100) { nodes { invoices { aggregate { "
        'groups(by: [{field: "status"}], first: 1000) { count } } } } } }'
    )

    assert error["code"] == "QUERY_TOO_COMPLEX"


async def test_the_groups_of_all_parents_are_one_statement(client: Client) -> None:
    accounts = await made(client, "CustomerAccount", [{"name": str(i)} for i in range(30)])
    await invoices(client, *({"account": account} for account in accounts for _ in range(2)))
    document = """
    query ($first: Int) { customerAccounts(first: $first) { nodes { invoices(first: 1) { aggregate {
      few: groups(by: [{field: "status"}], first: 10) { ...Summed }
      again: groups(by: [{field: "status"}], first: 10) { count minimum { dueOn } } } } } } }
    fragment Summed on CustomerInvoiceAggregate { count ... on CustomerInvoiceAggregate {
      all: sum { totalInclTax } } }
    """

    await client.ask(document, first=1)
    for_one = client.statements
    data = await client.ask(document, first=31)

    assert client.statements == for_one == 2
    groups = [each["invoices"]["aggregate"] for each in data["customerAccounts"]["nodes"]]
    assert [len(each["few"]) for each in groups] == [0] + [1] * 30
    assert groups[1] == {
        "few": [{"count": 2, "all": {"totalInclTax": "0.00"}}],
        "again": [{"count": 2, "minimum": {"dueOn": "2026-03-31"}}],
    }


async def test_groups_follow_filter_and_search_but_not_the_page(client: Client) -> None:
    rows: list[dict[str, Any]] = [
        {"name": "Vis 4"},
        {"name": "Vis 6"},
        {"name": "Vis 8", "active": False},
        {"name": "Écrou"},
    ]
    await made(client, "Product", rows)

    data = await client.ask(
        '{ products(first: 1, search: "vis", filter: {name: {ne: "vis 4"}}) { aggregate { '
        'groups(by: [{field: "active"}]) { count keys { value display } } } } }'
    )

    assert data["products"]["aggregate"]["groups"] == [
        {"count": 1, "keys": [{"value": False, "display": "Non"}]},
        {"count": 1, "keys": [{"value": True, "display": "Oui"}]},
    ]


async def test_the_lines_of_documents_fall_in_groups(client: Client) -> None:
    account = await client.create("CustomerAccount", name="Dupont")
    nuts, bolts = [await client.create("Product", name=name) for name in ("Vis", "Écrou")]
    lines = [
        {"product": product, "quantity": quantity, "unitPrice": "2"}
        for product, quantity in ((nuts, "1"), (bolts, "2"), (nuts, "4"))
    ]
    quote = await client.create("Quote", subject="Devis", account=account, lineItems=lines)

    data = await client.ask(
        "query ($id: ID!) { quote(id: $id) { lineItems { aggregate { count sum { quantity } "
        'groups(by: [{field: "product"}]) { keys { display } sum { quantity } } } } } }',
        id=quote,
    )

    assert data["quote"]["lineItems"]["aggregate"] == {
        "count": 3,
        "sum": {"quantity": "7"},
        "groups": [
            {"keys": [{"display": "Écrou"}], "sum": {"quantity": "2"}},
            {"keys": [{"display": "Vis"}], "sum": {"quantity": "5"}},
        ],
    }


async def test_lines_make_no_groups(client: Client) -> None:
    products = await made(client, "Product", [{"name": "Vis"}])

    (error,) = await client.refused(
        "query ($id: ID!) { product(id: $id) { documentLines { aggregate { "
        'groups(by: [{field: "sourceLine"}]) { count } } } } }',
        id=str(products[0]),
    )

    assert error["code"] == "BAD_GROUP"


async def test_hidden_deleted_and_absent_records_are_one_group(client: Client) -> None:
    colleague = await client.colleague()
    await client.share("Ticket")
    rows: list[dict[str, Any]] = [
        {"name": "Caché"},
        {"name": "Effacé", "owner": colleague.user_id},
        {"name": "Vu", "owner": colleague.user_id},
    ]
    accounts = await made(client, "CustomerAccount", rows)
    await made(
        client,
        "Ticket",
        [{"subject": "x", "account": account} for account in (*accounts, *accounts[:1], None)],
    )
    await client.act("delete", "CustomerAccount", str(accounts[1]))

    data = await colleague.ask(
        '{ tickets { aggregate { groups(by: [{field: "account"}]) '
        "{ count groupCount keys { value display } } } } }"
    )

    assert data["tickets"]["aggregate"]["groups"] == [
        {"count": 1, "groupCount": 2, "keys": [{"value": str(accounts[2]), "display": "Vu"}]},
        {"count": 4, "groupCount": 2, "keys": [{"value": None, "display": None}]},
    ]


@dataclass(frozen=True)
class Drawn:
    """An invoice drawn, and what its keys hold: the account by its place."""

    account: int
    type: str | None
    due_on: date
    created_at: datetime
    percent: Decimal | None


drawn = st.builds(
    Drawn,
    account=st.integers(0, 2),
    type=st.sampled_from(("standard", "deposit", "final", None)),
    due_on=st.dates(date(2023, 12, 20), date(2026, 1, 10)),
    created_at=st.datetimes(
        datetime(2025, 12, 20), datetime(2026, 4, 10), timezones=st.just(UTC)
    ).map(lambda at: at.replace(microsecond=0)),
    percent=st.none() | st.sampled_from((Decimal("0.5"), Decimal("12"))),
)
ZONES = ("Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
PERIODS = ("DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
keys = st.sampled_from(
    [
        {"field": "invoiceType"},
        {"field": "account"},
        {"field": "dueOn"},
        *({"field": field, "every": each} for field in ("dueOn", "createdAt") for each in PERIODS),
    ]
)


def first_day(day: date, every: str | None) -> date:
    """The first day of the period that a day lies in."""
    match every:
        case "WEEK":
            return day - timedelta(days=day.weekday())
        case "MONTH":
            return day.replace(day=1)
        case "QUARTER":
            return day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1)
        case "YEAR":
            return day.replace(day=1, month=1)
    return day


@examples(25)
@given(
    given=st.lists(drawn, max_size=14),
    by=st.lists(keys, min_size=1, max_size=3),
    zone=st.sampled_from(ZONES),
    own=st.none() | st.sets(st.integers(0, 2)),
    late=st.booleans(),
    first=st.integers(1, 6),
)
async def test_groups_are_those_of_the_model(
    world: World,
    given: list[Drawn],
    by: list[dict[str, str]],
    zone: str,
    own: set[int] | None,
    late: bool,
    first: int,
) -> None:
    """`own`: the accounts that the viewer sees, None for all; `late`: of invoices due in 2025."""
    alice = await world.company()
    viewer = alice if own is None else await alice.colleague()
    await alice.share("CustomerInvoice")
    pool = world.database.pool
    await pool.execute("UPDATE company SET time_zone = $1 WHERE id = $2", zone, alice.company_id)
    names = ("b", "C", "a")
    accounts = await made(
        alice,
        "CustomerAccount",
        [
            {"name": name, "owner": (viewer if i in (own or ()) else alice).user_id}
            for i, name in enumerate(names)
        ],
    )
    ids = await invoices(
        alice,
        *(
            {
                "account": accounts[each.account],
                "invoice_type": each.type,
                "due_on": str(each.due_on),
                "progress_percent": each.percent,
            }
            for each in given
        ),
    )
    await pool.executemany(
        "UPDATE customer_invoice SET created_at = $2 WHERE id = $1",
        [(id, each.created_at) for id, each in zip(ids, given, strict=True)],
    )

    filter = {"dueOn": {"gte": "2025-01-01"}} if late else None
    found = await grouped(viewer, *by, filter=filter, first=first)

    def held_by(each: Drawn, key: dict[str, str]) -> Any:
        match key["field"]:
            case "invoiceType":
                return each.type and each.type.upper()
            case "account":
                seen = own is None or each.account in own
                return str(accounts[each.account]) if seen else None
            case "dueOn":
                return str(first_day(each.due_on, key.get("every")))
        there = each.created_at.astimezone(ZoneInfo(zone)).date()
        return str(first_day(there, key["every"]))

    def place(values: tuple[Any, ...]) -> list[Any]:
        order: dict[Any, Any] = {str(accounts[i]): n.lower() for i, n in enumerate(names)}
        types = ("STANDARD", "DEPOSIT", "PROGRESS", "FINAL")
        order |= {each: str(i) for i, each in enumerate(types)}
        return [(each is None, order.get(each, each)) for each in values]

    expected: dict[tuple[Any, ...], list[Drawn]] = {}
    for each in given:
        if not late or each.due_on >= date(2025, 1, 1):
            values = tuple(held_by(each, key) for key in by)
            expected.setdefault(values, []).append(each)
    model = []
    for values in sorted(expected, key=place)[:first]:
        percents = [each.percent for each in expected[values] if each.percent is not None]
        total = sum(percents) if percents else None
        model.append((*values, len(expected[values]), total, len(expected)))
    summed = [each["sum"]["progressPercent"] for each in found]
    assert [
        (*values, None if total is None else Decimal(total), each["groupCount"])
        for values, total, each in zip(held(found), summed, found, strict=True)
    ] == model
