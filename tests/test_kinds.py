"""What each kind of value accepts, stores, gives back and shows."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.errors import ErrorCode, Problem
from db.kinds import (
    KINDS,
    Address,
    Bic,
    CurrencyCode,
    Email,
    Iban,
    Invalid,
    Json,
    Kind,
    LongText,
    Money,
    Percent,
    Phone,
    Siren,
    Siret,
    UnitPrice,
    Url,
    VatNumber,
    display_datetime,
    display_money,
    kind_of,
    normalised_phone,
)
from db.messages import message
from tests.properties import examples

any_text = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
tokens = st.text(alphabet="0123456789-+.:eETZ ,ABFRXabfrx@/ \u00a0\u0660é", max_size=30)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(UTC))
    | any_text
    | tokens
)
names = st.sampled_from(["street", "postal_code", "postalCode", "country", "x"]) | any_text
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=15,
)
lines = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40
)
exact = st.decimals(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | lines,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(lines, inner, max_size=4),
)
accepted: dict[Any, st.SearchStrategy[Any]] = {
    str: lines,
    LongText: st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    Email: st.emails() | st.sampled_from(["Été@Exemple.FR", "a@BÜCHER.example"]),
    Phone: lines,
    Url: st.sampled_from(["https://www.dupont.fr/é?a=1#b", "HTTP://[::1]:8000/", "http://a"]),
    Iban: st.sampled_from(["fr76 3000 6000 0112 3456 7890 189", "BE71 0961 2345 6769"]),
    Bic: st.sampled_from(["agrifrpp", "AGRI FR PP 882"]),
    Siren: st.sampled_from(["732 829 320", "356000000"]),
    Siret: st.sampled_from(["73282932000074", "356 000 000 49837"]),
    VatNumber: st.sampled_from(["FR 40 303 265 045", "EL 094259216", "che-123.456.789 tva"]),
    CurrencyCode: st.sampled_from(["eur", "USD"]),
    int: st.integers(-(2**31), 2**31 - 1),
    Decimal: st.decimals(-(10**11), 10**11, places=6),
    Money: st.decimals(-(10**15), 10**15, places=2) | st.integers(-(10**15), 10**15),
    UnitPrice: st.decimals(-(10**11), 10**11, places=6),
    Percent: st.decimals(-(10**4), 10**4, places=4),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes(
        min_value=datetime(1, 1, 2),
        max_value=datetime(9999, 12, 30),
        timezones=st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m))),
    ),
    Address: st.fixed_dictionaries(
        {"street": lines},
        optional={"postalCode": st.just("75002"), "city": lines, "country": st.just("fr")},
    ),
    Json: json_values,
}


def test_every_kind_is_tried_with_values_it_accepts() -> None:
    assert accepted.keys() == KINDS.keys()


@pytest.mark.parametrize("annotation", KINDS, ids=lambda annotation: annotation.__name__)
@examples(50)
@given(data=st.data())
def test_what_is_accepted_survives_json(annotation: Any, data: st.DataObject) -> None:
    kind = kind_of(annotation)
    stored = kind.parse(data.draw(accepted[annotation]))

    sent = None if stored is None else json.loads(json.dumps(kind.dump(stored)))

    assert kind.parse(sent) == stored
    assert kind.parse(stored) == stored
    assert stored is None or isinstance(stored, kind.python)


@pytest.mark.parametrize("annotation", KINDS, ids=lambda annotation: annotation.__name__)
@examples(50)
@given(value=values)
@example(value="1e99")
@example(value="9" * 200)
@example(value=10**5000)
@example(value=Decimal("1E-999999"))
@example(value=Decimal("sNaN"))
@example(value={"street": {"a": "\ud800"}})
@example(value={"\ud800": "a"})
@example(value=float("nan"))
@example(value="https://[")
@example(value="http://a:99999/")
@example(value="0001-01-01T00:00:00+23:59")
def test_anything_else_is_refused_in_words_or_kept_and_shown(annotation: Any, value: Any) -> None:
    kind = kind_of(annotation)
    try:
        stored = kind.parse(value)
    except Invalid as invalid:
        problem = Problem.of(("input", "field"), "Libellé", invalid)
        for language in ("fr", "en"):
            assert problem.message(language).encode()
        return

    if stored is not None:
        assert kind.parse(kind.dump(stored)) == stored
        assert "\x00" not in kind.display(stored, "fr") + kind.display(stored, "en")


def cases(table: dict[Any, list[tuple[Any, Any]]]) -> list[Any]:
    return [
        pytest.param(kind_of(annotation), given_value, expected, id=f"{annotation.__name__}-{n}")
        for annotation, examples in table.items()
        for n, (given_value, expected) in enumerate(examples)
    ]


STORED: dict[Any, list[tuple[Any, Any]]] = {
    str: [
        ("  Dupont  ", "Dupont"),
        ("", None),
        (" \t", None),
        (None, None),
        ("x" * 500, "x" * 500),
    ],
    LongText: [(" deux\nlignes ", " deux\nlignes "), ("\n ", None)],
    Email: [
        ("Jean.Petit@Exemple.FR", "Jean.Petit@exemple.fr"),
        ("admin@fiches.example", "admin@fiches.example"),
        ("été@bücher.example", "été@bücher.example"),
    ],
    Phone: [(" 01 42 96 10 10 ", "01 42 96 10 10"), ("poste 12", "poste 12")],
    Url: [(" https://www.dupont.fr/a?b=c ", "https://www.dupont.fr/a?b=c")],
    Iban: [("fr76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189")],
    Bic: [("agrifrpp", "AGRIFRPP"), ("AGRIFRPP882", "AGRIFRPP882")],
    Siren: [("732 829 320", "732829320")],
    Siret: [("732 829 320 00074", "73282932000074"), ("35600000049837", "35600000049837")],
    VatNumber: [
        ("fr 40 303 265 045", "FR40303265045"),
        ("EL094259216", "EL094259216"),
        ("CHE-123.456.789 TVA", "CHE123456789TVA"),
        ("GB123456789", "GB123456789"),
    ],
    CurrencyCode: [("eur", "EUR"), ("XPF", "XPF")],
    int: [(42, 42), (2.0, 2), ("-7", -7), (2**31 - 1, 2**31 - 1), (-(2**31), -(2**31))],
    Decimal: [("1e3", Decimal(1000)), (0.1, Decimal("0.1")), ("0.000001", Decimal("0.000001"))],
    Money: [
        ("12.5", Decimal("12.50")),
        ("12.500", Decimal("12.50")),
        (0.1, Decimal("0.10")),
        (-0.0, Decimal("0.00")),
        ("9999999999999999.99", Decimal("9999999999999999.99")),
        ("", None),
    ],
    UnitPrice: [("0.123456", Decimal("0.123456"))],
    Percent: [(20, Decimal(20)), ("5.5", Decimal("5.5"))],
    bool: [(True, True), (False, False), ("", None)],
    date: [("2026-03-31", date(2026, 3, 31)), ("0001-01-01", date.min), ("9999-12-31", date.max)],
    datetime: [
        ("2026-03-31T14:05:00+02:00", datetime(2026, 3, 31, 12, 5, tzinfo=UTC)),
        ("2026-03-31t12:05z", datetime(2026, 3, 31, 12, 5, tzinfo=UTC)),
        ("2026-03-31 12:05:00.123456Z", datetime(2026, 3, 31, 12, 5, 0, 123456, tzinfo=UTC)),
    ],
    Address: [
        (
            {
                "city": " Paris ",
                "postalCode": "75002",
                "state": " ",
                "line2": None,
                "country": "fr",
            },
            {"postal_code": "75002", "city": "Paris", "country": "FR"},
        ),
        ({"country": "Royaume-Uni"}, {"country": "Royaume-Uni"}),
        ({"street": ""}, None),
        ({}, None),
        ("", None),
    ],
    Json: [({"a": [1, None, "é"]}, {"a": [1, None, "é"]}), ("", ""), (None, None), (0, 0)],
}


@pytest.mark.parametrize(("kind", "value", "stored"), cases(STORED))
def test_a_value_is_stored_in_one_form(kind: Kind, value: Any, stored: Any) -> None:
    assert kind.parse(value) == stored


def nested(depth: int) -> Any:
    return [nested(depth - 1)] if depth else 0


REFUSED: dict[Any, list[tuple[Any, Any]]] = {
    str: [
        ("a\nb", "not_one_line"),
        ("a\u2028b", "not_one_line"),
        ("a\tb", "not_one_line"),
        ("a\x00b", "bad_character"),
        ("a\ud800", "bad_character"),
        ("x" * 501, "too_long"),
        (5, "not_text"),
    ],
    LongText: [("a\x00", "bad_character"), ("x" * 100_001, "too_long"), (["a"], "not_text")],
    Email: [
        ("dupont", "not_an_email"),
        ("a@b", "not_an_email"),
        ("a@server.local", "not_an_email"),
        ("Jean <a@b.fr>", "not_an_email"),
        ("a@b..fr", "not_an_email"),
        (f"{'a' * 250}@b.fr", "too_long"),
    ],
    Phone: [("0" * 41, "too_long")],
    Url: [
        ("www.dupont.fr", "not_a_url"),
        ("ftp://dupont.fr", "not_a_url"),
        ("javascript:alert(1)", "not_a_url"),
        ("https://", "not_a_url"),
        ("https://a b.fr", "not_a_url"),
        ("https://dupont.fr:x/", "not_a_url"),
        ('https://dupont.fr/"onclick=', "not_a_url"),
    ],
    Iban: [("FR7630006000011234567890188", "not_an_iban"), ("-", "not_an_iban")],
    Bic: [("AGRIFR", "not_a_bic")],
    Siren: [("732829321", "not_a_siren"), ("٧٣٢٨٢٩٣٢٠", "not_a_siren")],
    Siret: [("73282932000075", "not_a_siret")],
    VatNumber: [("FR41303265045", "not_a_vat_number"), ("BONJOUR", "not_a_vat_number")],
    CurrencyCode: [("EURO", "not_a_currency"), ("ZZZ", "not_a_currency")],
    int: [
        (2**31, "out_of_range"),
        (-(2**31) - 1, "out_of_range"),
        (2**31 + 0.5, "out_of_range"),
        (1.5, "not_an_integer"),
        (True, "not_a_number"),
    ],
    Decimal: [("1000000000000", "out_of_range"), ("0.0000001", "too_many_decimals")],
    Money: [
        ("1.005", "too_many_decimals"),
        ("9999999999999999.999", "too_many_decimals"),
        ("1,50", "not_a_number"),
        ("1 000", "not_a_number"),
        ("+1", "not_a_number"),
        ("٣", "not_a_number"),
        (True, "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        ("NaN", "not_a_number"),
        (10**16, "out_of_range"),
        ({"amount": 1}, "not_a_number"),
    ],
    UnitPrice: [("0.1234567", "too_many_decimals")],
    Percent: [("100000", "out_of_range"), ("0.00001", "too_many_decimals")],
    bool: [(0, "not_a_boolean"), ("true", "not_a_boolean")],
    date: [
        ("31/03/2026", "not_a_date"),
        ("20260331", "not_a_date"),
        ("2026-02-30", "no_such_date"),
        ("0000-01-01", "no_such_date"),
        ("2026-03-31T00:00:00Z", "not_a_date"),
        (datetime(2026, 3, 31, tzinfo=UTC), "not_a_date"),
        (20260331, "not_a_date"),
    ],
    datetime: [
        ("2026-03-31T14:05:00", "not_a_datetime"),
        ("2026-03-31", "not_a_datetime"),
        ("2026-03-31T14:05:00.1234567Z", "not_a_datetime"),
        ("2026-03-31T25:05:00Z", "no_such_date"),
        ("0001-01-01T00:00:00+01:00", "no_such_date"),
        (datetime(2026, 3, 31), "not_a_datetime"),
        (1774958700, "not_a_datetime"),
    ],
    Address: [
        ("12 rue de la Paix", "not_an_address"),
        ({"town": "Paris"}, "unknown_key"),
        ({"city": 5}, "not_text"),
        ({"city": "a\nb"}, "not_one_line"),
        ({"country": "x" * 101}, "too_long"),
    ],
    Json: [
        (nested(21), "json_too_deep"),
        (float("nan"), "not_json"),
        ({1: 2}, "not_json"),
        ({"a": Decimal(1)}, "not_json"),
        ({"a\x00": 1}, "bad_character"),
        ("x" * 100_000, "json_too_large"),
        (10**5000, "out_of_range"),
        ([2**63], "out_of_range"),
    ],
}


@pytest.mark.parametrize(("kind", "value", "code"), cases(REFUSED))
def test_a_value_is_refused_with_its_reason(kind: Kind, value: Any, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        kind.parse(value)

    assert refusal.value.code == code
    assert message(code, "fr", **{"label": "Champ", **refusal.value.params})


def test_json_of_twenty_levels_is_accepted() -> None:
    assert kind_of(Json).parse(nested(20)) == nested(20)


def test_a_bad_part_of_an_address_is_named() -> None:
    with pytest.raises(Invalid) as refusal:
        kind_of(Address).parse({"postal_code": "7" * 21})

    problem = Problem.of(("input", "billingAddress"), "Adresse", refusal.value)

    assert problem.path == ("input", "billingAddress", "postalCode")
    assert problem.code == ErrorCode.TOO_LONG
    assert problem.message("fr") == "Code postal doit tenir en 20 caractères."


DUMPED: dict[Any, list[tuple[Any, Any]]] = {
    Decimal: [(Decimal("1.500000"), "1.5"), (Decimal("1E+3"), "1000"), (Decimal("-0.0"), "0")],
    Money: [(Decimal("1200"), "1200.00"), (Decimal("-3.1"), "-3.10"), (Decimal("0E-8"), "0.00")],
    UnitPrice: [(Decimal("0.123400"), "0.1234"), (Decimal("2.000000"), "2.00")],
    Percent: [(Decimal("20.0000"), "20")],
    date: [(date(7, 3, 1), "0007-03-01")],
    datetime: [
        (datetime(2026, 3, 31, 12, 5, tzinfo=UTC), "2026-03-31T12:05:00Z"),
        (datetime(2026, 3, 31, 12, 5, 0, 1000, tzinfo=UTC), "2026-03-31T12:05:00.001000Z"),
    ],
    Address: [
        ({"postal_code": "75002", "city": "Paris"}, {"postalCode": "75002", "city": "Paris"})
    ],
}


@pytest.mark.parametrize(("kind", "stored", "dumped"), cases(DUMPED))
def test_a_value_is_given_to_machines(kind: Kind, stored: Any, dumped: Any) -> None:
    assert kind.dump(stored) == dumped


SHOWN: dict[Any, list[tuple[Any, Any]]] = {
    Decimal: [(Decimal("1234.500000"), ("1\u202f234,5", "1,234.5"))],
    Money: [
        (Decimal("1234.50"), ("1\u202f234,50\u00a0€", "€1,234.50")),
        (Decimal("-1.00"), ("-1,00\u00a0€", "-€1.00")),
    ],
    UnitPrice: [(Decimal("0.123400"), ("0,1234\u00a0€", "€0.1234"))],
    Percent: [
        (Decimal("20.0000"), ("20\u00a0%", "20%")),
        (Decimal("5.5"), ("5,5\u00a0%", "5.5%")),
    ],
    int: [(1234, ("1\u202f234", "1,234"))],
    bool: [(True, ("Oui", "Yes")), (False, ("Non", "No"))],
    date: [(date(2026, 3, 31), ("31 mars 2026", "Mar 31, 2026"))],
    datetime: [
        (
            datetime(2026, 3, 31, 12, 5, tzinfo=UTC),
            ("31 mars 2026 14:05", "Mar 31, 2026 2:05\u202fPM"),
        )
    ],
    Iban: [("FR7630006000011234567890189", ("FR76 3000 6000 0112 3456 7890 189",) * 2)],
    Siren: [("732829320", ("732 829 320",) * 2)],
    Siret: [("73282932000074", ("732 829 320 00074",) * 2)],
    Address: [
        (
            {"street": "2 rue A", "postal_code": "1000", "city": "Bruxelles", "country": "BE"},
            ("2 rue A, 1000 Bruxelles, Belgique", "2 rue A, 1000 Bruxelles, Belgium"),
        ),
        ({"country": "Wakanda"}, ("Wakanda", "Wakanda")),
    ],
    Json: [({"é": [1, True]}, ('{"é": [1, true]}',) * 2)],
}


@pytest.mark.parametrize(("kind", "stored", "shown"), cases(SHOWN))
def test_a_value_is_shown_to_people(kind: Kind, stored: Any, shown: tuple[str, str]) -> None:
    assert (kind.display(stored, "fr"), kind.display(stored, "en")) == shown


def test_money_is_shown_in_its_currency_unrounded() -> None:
    assert display_money(Decimal("12.50"), "fr", "USD") == "12,50\u00a0$US"
    assert display_money(Decimal("1200.00"), "en", "JPY") == "¥1,200"
    assert display_money(Decimal("12.50"), "en", "JPY") == "¥12.5"


@given(exact)
def test_any_number_a_database_sums_or_averages_is_given_whole(value: Decimal) -> None:
    assert Decimal(kind_of(Decimal).dump(value)) == value


def test_the_sum_of_many_large_amounts_is_shown() -> None:
    assert display_money(Decimal("9" * 40 + ".99"), "en").endswith("999.99")


def test_the_first_and_last_moments_are_shown() -> None:
    for year, month, day in ((1, 1, 1), (9999, 12, 31)):
        assert display_datetime(datetime(year, month, day, 23, tzinfo=UTC), "fr")


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("01 42 96 10 10", "+33142961010"),
        ("+32 2 551 20 20", "+3225512020"),
        ("poste 12", None),
        ("0", None),
        ("", None),
    ],
)
def test_a_phone_is_normalised_where_it_is_one(typed: str, normalised: str | None) -> None:
    assert normalised_phone(typed) == normalised


def test_a_phone_is_read_from_the_region_of_the_caller() -> None:
    assert normalised_phone("02 551 20 20", region="BE") == "+3225512020"


@pytest.mark.parametrize("annotation", [bytes, float, object, dict, None, [], "str"])
def test_a_type_that_is_no_kind_stops_the_declaration(annotation: Any) -> None:
    with pytest.raises(TypeError, match=r"not a kind of value; .* knows str, LongText"):
        kind_of(annotation)


def test_names_and_traits() -> None:
    names = [kind.name for kind in KINDS.values()]

    assert names == [
        *("String", "LongText", "Email", "Phone", "URL", "Iban", "Bic", "Siren", "Siret"),
        *("VatNumber", "CurrencyCode", "Int", "Decimal", "Money", "UnitPrice", "Percent"),
        *("Boolean", "Date", "DateTime", "Address", "JSON"),
    ]
    assert all(kind.text == (kind.python is str) for kind in KINDS.values())
    assert [k.name for k in KINDS.values() if k.numeric] == names[11:16]
    assert [k.name for k in KINDS.values() if not k.ordered] == ["Address", "JSON"]
