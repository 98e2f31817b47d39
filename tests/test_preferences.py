"""Preferences: the language, zone and formats in which values are shown, and never their values."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.display import DateFormat, NumberFormat, Style
from db.kinds import Money, Percent, kind_of
from tests.client import Client

UPDATE = (
    "mutation ($input: PreferencesInput!) { updatePreferences(input: $input) { preferences "
    "{ language timeZone dateFormat numberFormat } errors { path code message } } }"
)


async def prefer(client: Client, **values: Any) -> Any:
    return (await client.ask(UPDATE, input=values))["updatePreferences"]


async def displays(client: Client, id: str) -> dict[str, str]:
    data = await client.ask(
        "query ($id: ID!) { record(id: $id) { details { blocks { fields { name display } } } } }",
        id=id,
    )
    blocks = data["record"]["details"]["blocks"]
    return {each["name"]: each["display"] for block in blocks for each in block["fields"]}


async def test_values_are_shown_as_the_viewer_prefers_and_to_no_one_else(client: Client) -> None:
    colleague = await client.colleague(administrator=True)
    deal = await client.create("Deal", name="Four", expectedCloseOn="2026-03-31", amount="1234.5")

    before = await displays(client, deal)
    payload = await prefer(
        client,
        language="en",
        timeZone="America/Montreal",
        dateFormat="ISO",
        numberFormat="APOSTROPHE_POINT",
    )
    after = await displays(client, deal)

    assert payload == {
        "preferences": {
            "language": "en",
            "timeZone": "America/Montreal",
            "dateFormat": "ISO",
            "numberFormat": "APOSTROPHE_POINT",
        },
        "errors": [],
    }
    assert (before["expectedCloseOn"], before["amount"]) == (
        "31 mars 2026",
        "1\u202f234,50\u00a0€",
    )
    assert (after["expectedCloseOn"], after["amount"]) == ("2026-03-31", "€1’234.50")
    assert after["createdAt"].startswith(
        datetime.now(ZoneInfo("America/Montreal")).date().isoformat()
    )
    assert (await displays(colleague, deal)) == before


async def test_a_choice_is_taken_back_with_null_and_the_rest_stays(client: Client) -> None:
    await prefer(client, dateFormat="DMY", numberFormat="POINT_COMMA", timeZone="UTC")

    payload = await prefer(client, dateFormat=None)

    assert payload["preferences"] == {
        "language": "fr",
        "timeZone": "UTC",
        "dateFormat": None,
        "numberFormat": "POINT_COMMA",
    }
    data = await client.ask("{ viewer { timeZone preferences { timeZone numberFormat } } }")
    assert data["viewer"] == {
        "timeZone": "Europe/Paris",
        "preferences": {"timeZone": "UTC", "numberFormat": "POINT_COMMA"},
    }


async def test_an_unknown_language_or_zone_is_told_and_nothing_changes(client: Client) -> None:
    payload = await prefer(client, language="de", timeZone="Mars/Olympus", dateFormat="ISO")

    assert payload["preferences"] is None
    assert [(each["path"], each["code"]) for each in payload["errors"]] == [
        (["input", "language"], "INVALID"),
        (["input", "timeZone"], "INVALID"),
    ]
    data = await client.ask("{ viewer { preferences { language dateFormat } } }")
    assert data["viewer"]["preferences"] == {"language": "fr", "dateFormat": None}


async def test_history_and_counts_are_shown_in_the_same_formats(client: Client) -> None:
    deal = await client.create("Deal", name="Four", expectedCloseOn="2026-03-31", amount="1234.5")
    await prefer(client, dateFormat="DMY", numberFormat="COMMA_POINT")

    data = await client.ask(
        "query ($id: ID!) { record(id: $id) { history { nodes { "
        "fields { name afterDisplay } } } } }",
        id=deal,
    )

    (change,) = data["record"]["history"]["nodes"]
    shown = {each["name"]: each["afterDisplay"] for each in change["fields"]}
    assert (shown["expectedCloseOn"], shown["amount"]) == ("31/03/2026", "1,234.50\u00a0€")


@pytest.mark.parametrize(
    ("style", "moment"),
    [
        (Style(), "31 mars 2026 23:30"),
        (Style("en"), "Mar 31, 2026 11:30\u202fPM"),
        (Style("en", ZoneInfo("UTC"), DateFormat.DMY), "31/03/2026 9:30\u202fPM"),
        (Style("fr", ZoneInfo("Asia/Tokyo"), DateFormat.MDY), "04/01/2026 06:30"),
        (Style("fr", ZoneInfo("UTC"), DateFormat.ISO), "2026-03-31 21:30"),
    ],
)
def test_a_moment_is_shown_by_the_clock_of_its_reader(style: Style, moment: str) -> None:
    assert style.text(datetime, datetime(2026, 3, 31, 21, 30, tzinfo=UTC)) == moment


@given(
    value=st.decimals(-(10**12), 10**12, places=2),
    language=st.sampled_from(["fr", "en"]),
    numbers=st.sampled_from(NumberFormat),
    type_=st.sampled_from([Money, Decimal, Percent]),
)
def test_a_format_changes_separators_and_no_digit(
    value: Decimal, language: str, numbers: NumberFormat, type_: Any
) -> None:
    shown = Style(language, numbers=numbers).text(type_, value)

    thousands, decimals = numbers.separators
    digits = [each for each in shown if each.isdigit()]
    assert digits == [each for each in kind_of(type_).display(value, language) if each.isdigit()]
    whole = shown.partition(decimals)[0] if type_ is not Decimal else shown
    if abs(value) >= 1000:
        assert thousands in whole


@given(st.dates(), st.sampled_from(DateFormat))
def test_a_day_can_be_read_back_from_each_format(day: date, chosen: DateFormat) -> None:
    shown = Style(dates=chosen).text(date, day)

    order = {DateFormat.DMY: "dmy", DateFormat.MDY: "mdy", DateFormat.ISO: "ymd"}[chosen]
    parts = dict(zip(order, map(int, shown.replace("/", "-").split("-")), strict=True))
    assert date(parts["y"], parts["m"], parts["d"]) == day
