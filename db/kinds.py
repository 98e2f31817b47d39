"""Kinds of value: how each is stored, what is accepted, and how it is said to machines and people.

A declaration annotates with a Python type or with one of the names below (`Mapped[Money | None]`);
`kind_of` gives the one `Kind` that says everything else about it.

Empty text means "no value": for every kind but Json, `parse` gives None for None, for `""` and for
white space alone. Whether a field may be without value is the field's affair.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Context, Decimal, localcontext
from functools import partial
from types import MappingProxyType
from typing import Any, Final, NamedTuple, NewType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
import stdnum.bic
import stdnum.eu.vat
import stdnum.fr.siren
import stdnum.fr.siret
import stdnum.iban
from babel import dates, numbers
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine
from stdnum.exceptions import ValidationError

from db.messages import locale, message

LongText = NewType("LongText", str)
"""Text of several lines, kept as typed."""
Email = NewType("Email", str)
Phone = NewType("Phone", str)
"""A telephone number as typed; see `normalised_phone`."""
Url = NewType("Url", str)
Iban = NewType("Iban", str)
Bic = NewType("Bic", str)
Siren = NewType("Siren", str)
Siret = NewType("Siret", str)
VatNumber = NewType("VatNumber", str)
CurrencyCode = NewType("CurrencyCode", str)
Money = NewType("Money", Decimal)
"""An amount in the record's currency, two decimals."""
UnitPrice = NewType("UnitPrice", Decimal)
"""The price of one unit in the record's currency, up to six decimals."""
Percent = NewType("Percent", Decimal)
"""20 for twenty percent, up to four decimals."""
Address = NewType("Address", dict[str, Any])
"""The parts named in `ADDRESS_PARTS`, each a line of text; absent where blank."""
Json = NewType("Json", object)
"""Any JSON value but null, which means no value."""

ZONE: Final = ZoneInfo("Europe/Paris")
"""The clock that moments are shown by unless another is asked for."""


class Invalid(ValueError):
    """A value that its kind refuses.

    `code` is a key of db/messages.py and `params` fill that message, save for `label`, which
    whoever knows the field adds; a `label` already in `params` names a part of the value and wins.
    `path` leads to that part from the value: `("city",)`, or is empty.
    """

    def __init__(self, code: str, /, *, path: tuple[str, ...] = (), **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.path = path
        self.params = params


@dataclass(frozen=True, eq=False)
class Kind:
    """All there is to say of one kind of value.

    `name`: the GraphQL scalar and `FieldValue.type`. `sql`: the column's type; `python`: what it
    stores. `parse`: from JSON-like input, or from a value already parsed, to what is stored, or
    None for no value; raises Invalid. `dump`: from what is stored to its JSON form, which `parse`
    takes back; `display`: to what people read, in "fr" or "en". Neither is ever given None.
    `text`: compared without regard to case and accents. `ordered`: has an order, so may be sorted
    and compared by < and >. `numeric`: may be summed and averaged.
    """

    name: str
    sql: TypeEngine[Any]
    python: type
    parse: Callable[[Any], Any]
    dump: Callable[[Any], Any]
    display: Callable[[Any, str], str]
    text: bool = False
    ordered: bool = True
    numeric: bool = False


def same(value: Any) -> Any:
    return value


def as_is(value: Any, language: str) -> str:
    return str(value)


# PostgreSQL stores neither NUL nor half of a surrogate pair.
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def text(value: Any, limit: int) -> str:
    """`value` if it is text of at most `limit` characters that can be stored."""
    if not isinstance(value, str):
        raise Invalid("not_text")
    if len(value) > limit:
        raise Invalid("too_long", maximum=limit)
    if UNSTORABLE.search(value):
        raise Invalid("bad_character")
    return value


def parse_long_text(value: Any) -> str | None:
    """Text as typed, line breaks and surrounding white space included, up to 100,000 characters."""
    if value is None:
        return None
    kept = text(value, 100_000)
    return kept if kept.strip() else None


def parse_line(value: Any, limit: int = 500, check: Callable[[str], str] = same) -> str | None:
    """One line of text, stripped, then put into its canonical form by `check`."""
    if value is None:
        return None
    line = text(value.strip() if isinstance(value, str) else value, limit)
    if CONTROL.search(line):
        raise Invalid("not_one_line")
    return check(line) if line else None


def email(line: str) -> str:
    """RFC 5321 and 6531 syntax; the domain comes back in lower case, the rest as typed.

    Domains that no mail can reach from elsewhere (`localhost`, `.local`, `.test`) are refused.
    """
    try:
        return validate_email(line, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Invalid("not_an_email") from None


# Spaces and the delimiters that RFC 3986 §2 leaves out of every part of an address.
URL = re.compile(r'https?://[^\s<>"\\^`{|}]+', re.IGNORECASE)


def url(line: str) -> str:
    """An http or https address with a host, as typed."""
    try:
        host = urlsplit(line).hostname if URL.fullmatch(line) else None
        sound = host is not None and re.search(r"\w", host) and urlsplit(line).port != 0
    except ValueError:
        sound = False
    if not sound:
        raise Invalid("not_a_url")
    return line


def registered(line: str, validate: Callable[[str], str], code: str) -> str:
    """The compact form that python-stdnum's `validate` gives, or Invalid(code)."""
    try:
        return validate(line)
    except ValidationError:
        raise Invalid(code) from None


FOREIGN_VAT = re.compile(r"[A-Z]{2}(?=[A-Z]*[0-9])[A-Z0-9]{2,13}")


def vat_number(line: str) -> str:
    """A VAT number without separators: by its own check digits in the European Union.

    Elsewhere each state has its own form: two letters, then 2 to 13 letters or digits.
    """
    compact = re.sub(r"[\s.\-/]", "", line).upper()
    if compact[:2].lower() in stdnum.eu.vat.MEMBER_STATES | {"el"}:
        return registered(compact, stdnum.eu.vat.validate, "not_a_vat_number")
    if not FOREIGN_VAT.fullmatch(compact):
        raise Invalid("not_a_vat_number")
    return compact


def currency_code(line: str) -> str:
    """Three letters of ISO 4217, in upper case; currencies of the past included."""
    code = line.upper()
    if not numbers.is_currency(code):
        raise Invalid("not_a_currency")
    return code


def normalised_phone(text: str, region: str = "FR") -> str | None:
    """The number in E.164 (`+33142961010`), or None where it is none; `region` is where one calls
    from when no country code is given.
    """
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def grouped(group: str) -> Callable[[str, str], str]:
    """Shows the matches of the pattern `group` with spaces between them."""

    def display(value: str, language: str) -> str:
        return " ".join(re.findall(group, value))

    return display


# The grammar of JSON's numbers, bounded: neither a comma nor 10 ** 999999 gets through.
NUMBER = re.compile(r"-?[0-9]{1,50}(\.[0-9]{1,50})?([eE][+-]?[0-9]{1,2})?")
ROOMY = Context(prec=200)


def number(value: Any) -> Decimal | None:
    """The exact number that `value` writes; a float means the shortest text that reads as it."""
    if value is None:
        return None
    match value:
        case bool():
            pass
        case int():
            return Decimal(value)
        case float() if math.isfinite(value):
            return Decimal(float.__repr__(value))
        case Decimal() if value.is_finite():
            return value
        case str():
            line = value.strip()
            if not line:
                return None
            if NUMBER.fullmatch(line):
                return Decimal(line)
    raise Invalid("not_a_number")


def parse_decimal(value: Any, digits: int, places: int) -> Decimal | None:
    """A number that `numeric(digits, places)` holds exactly, with just `places` decimals.

    Nothing is rounded: a further decimal other than 0 is refused.
    """
    found = number(value)
    if found is None:
        return None
    step = Decimal(1).scaleb(-places)
    limit = Decimal(10) ** (digits - places)
    if found.copy_abs() >= limit:
        raise Invalid("out_of_range", minimum=step - limit, maximum=limit - step)
    exact = found.quantize(step, context=ROOMY)
    if exact != found:
        raise Invalid("too_many_decimals", places=places)
    return exact.copy_abs() if exact.is_zero() else exact


INT_LIMIT: Final = 2**31
"""GraphQL §3.5.1: Int is a signed 32-bit integer."""


def parse_int(value: Any) -> int | None:
    found = number(value)
    if found is None:
        return None
    if found.copy_abs() > INT_LIMIT or found == INT_LIMIT:
        raise Invalid("out_of_range", minimum=-INT_LIMIT, maximum=INT_LIMIT - 1)
    if found != found.to_integral_value():
        raise Invalid("not_an_integer")
    return int(found)


def parse_bool(value: Any) -> bool | None:
    """True or False; 0, 1 and words are refused, as by GraphQL's Boolean."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, bool):
        raise Invalid("not_a_boolean")
    return value


def dump_decimal(value: Decimal, places: int = 0) -> str:
    """Every digit and no exponent: trailing zeros are dropped, but `places` decimals always stay.

    Nothing is rounded, so that an average shows all it has.
    """
    whole, _, fraction = f"{value:f}".partition(".")
    fraction = fraction.rstrip("0").ljust(places, "0")
    plain = f"{whole}.{fraction}" if fraction else whole
    return plain.removeprefix("-") if value.is_zero() else plain


def display_decimal(value: Decimal | int, language: str) -> str:
    exact = Decimal(dump_decimal(Decimal(value)))
    with localcontext(ROOMY):
        return numbers.format_decimal(exact, locale=locale(language), decimal_quantization=False)


def display_percent(value: Decimal, language: str) -> str:
    """20 gives `20 %` in French, `20%` in English."""
    exact = Decimal(dump_decimal(value)).scaleb(-2, ROOMY)
    with localcontext(ROOMY):
        return numbers.format_percent(exact, locale=locale(language), decimal_quantization=False)


def display_money(value: Decimal, language: str, currency: str = "EUR") -> str:
    """An amount or a unit price in its currency, with that currency's decimals or more, unrounded.

    `12.5` gives `12,50 €` in French, `€12.50` in English.
    """
    exact = Decimal(dump_decimal(value))
    with localcontext(ROOMY):
        return numbers.format_currency(
            exact, currency, locale=locale(language), decimal_quantization=False
        )


def display_bool(value: bool, language: str) -> str:
    return message("yes" if value else "no", language)


DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A seventh decimal would be lost without a word, so it is refused.
DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"([Zz]|[+-][0-9]{2}:?[0-9]{2})"
)


def parse_date(value: Any) -> date | None:
    """A day of the years 1 to 9999, written `2026-03-31` (ISO 8601, extended form only)."""
    # A datetime is a date for Python; which day it is depends on where one stands.
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, str):
        line = value.strip()
        if not line:
            return None
        if DATE.fullmatch(line):
            try:
                return date.fromisoformat(line)
            except ValueError:
                raise Invalid("no_such_date") from None
    raise Invalid("not_a_date")


def parse_datetime(value: Any) -> datetime | None:
    """A moment with its offset from UTC (ISO 8601, RFC 3339), to the microsecond, in UTC."""
    if value is None:
        return None
    moment = value
    if isinstance(value, str):
        line = value.strip()
        if not line:
            return None
        if not DATE_TIME.fullmatch(line):
            raise Invalid("not_a_datetime")
        try:
            moment = datetime.fromisoformat(line.upper())
        except ValueError:
            raise Invalid("no_such_date") from None
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise Invalid("not_a_datetime")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise Invalid("no_such_date") from None


def dump_date(value: date) -> str:
    return value.isoformat()


def dump_datetime(value: datetime) -> str:
    """`2026-03-31T12:05:00Z`, with microseconds where there are any."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def display_date(value: date, language: str) -> str:
    return dates.format_date(value, "medium", locale=locale(language))


def local(value: datetime, zone: ZoneInfo) -> datetime:
    """The moment by the clock of `zone`."""
    try:
        return value.astimezone(zone)
    except OverflowError:  # the first and last hours that Python can name
        return value


def display_datetime(value: datetime, language: str, zone: ZoneInfo = ZONE) -> str:
    """The moment by the clock of `zone`, to the minute."""
    there = local(value, zone)
    clock = dates.format_time(there.time(), "short", locale=locale(language))
    return f"{display_date(there.date(), language)} {clock}"


class Part(NamedTuple):
    """One part of an address: its labels, its name in JSON, its longest value in characters."""

    fr: str
    en: str
    json: str
    limit: int


ADDRESS_PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "street": Part("Rue", "Street", "street", 200),
        "line2": Part("Complément", "Address line 2", "line2", 200),
        "postal_code": Part("Code postal", "Postal code", "postalCode", 20),
        "city": Part("Ville", "City", "city", 100),
        "state": Part("Région", "State", "state", 100),
        "country": Part("Pays", "Country", "country", 100),
    }
)
"""The parts of an address by the key they are stored under, in the order they are shown."""

PART_BY_NAME = {name: key for key, part in ADDRESS_PARTS.items() for name in (key, part.json)}


def country(line: str) -> str:
    """ISO 3166 alpha-2 in upper case where it is one; else the country's name as typed."""
    code = line.upper()
    return code if re.fullmatch("[A-Z]{2}", code) and code in locale("en").territories else line


def parse_address(value: Any) -> dict[str, str] | None:
    """The parts given, keys in snake case or camel case; blank parts are dropped.

    Raises Invalid with the path of the first bad part, or naming a key that is no part.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, Mapping):
        raise Invalid("not_an_address")
    accepted = [part.json for part in ADDRESS_PARTS.values()]
    given: dict[str, str] = {}
    for name, content in value.items():
        key = PART_BY_NAME.get(name)
        if key is None:
            raise Invalid("unknown_key", name=str(name), accepted=accepted)
        part = ADDRESS_PARTS[key]
        try:
            line = parse_line(content, part.limit, country if key == "country" else same)
        except Invalid as error:
            params = {**error.params, "label": part}
            raise Invalid(error.code, path=(part.json,), **params) from None
        if line is not None:
            given[key] = line
    return {key: given[key] for key in ADDRESS_PARTS if key in given} or None


def dump_address(value: Mapping[str, str]) -> dict[str, str]:
    """The parts that are there, by their names in JSON (`postalCode`)."""
    return {part.json: value[key] for key, part in ADDRESS_PARTS.items() if key in value}


def display_address(value: Mapping[str, str], language: str) -> str:
    """One line: `12 rue de la Paix, 75002 Paris, France`."""
    shown = dict(value)
    if code := shown.get("country"):
        shown["country"] = locale(language).territories.get(code, code)
    town = " ".join(filter(None, (shown.get("postal_code"), shown.get("city"))))
    lines = (shown.get("street"), shown.get("line2"), town, shown.get("state"))
    return ", ".join(filter(None, (*lines, shown.get("country"))))


JSON_DEPTH: Final = 20
"""How many lists and objects may hold one another."""
JSON_BYTES: Final = 100_000
JSON_INT: Final = 2**63
"""What reads JSON back takes whole numbers beyond 64 bits for floats, and loses digits."""


def check_json(value: Any, depth: int = 0) -> None:
    """Raise Invalid unless `value` is JSON that JSONB can hold."""
    match value:
        case None | bool():
            return
        case int():
            if not -JSON_INT <= value < JSON_INT:
                raise Invalid("out_of_range", minimum=-JSON_INT, maximum=JSON_INT - 1)
            return
        case float() if math.isfinite(value):
            return
        case str():
            if UNSTORABLE.search(value):
                raise Invalid("bad_character")
            return
        case list() | dict() if depth == JSON_DEPTH:
            raise Invalid("json_too_deep", maximum=JSON_DEPTH)
        case list():
            for item in value:
                check_json(item, depth + 1)
        case dict():
            for key, item in value.items():
                if not isinstance(key, str):
                    raise Invalid("not_json")
                check_json(key, depth + 1)
                check_json(item, depth + 1)
        case _:
            raise Invalid("not_json")


def parse_json(value: Any) -> Any:
    """The JSON value itself, up to 20 levels and 100 kB of UTF-8 text."""
    check_json(value)
    if len(display_json(value, "en").encode()) > JSON_BYTES:
        raise Invalid("json_too_large", maximum=JSON_BYTES)
    return value


def display_json(value: Any, language: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def text_kind(
    name: str,
    limit: int,
    check: Callable[[str], str] = same,
    display: Callable[[Any, str], str] = as_is,
) -> Kind:
    """A kind kept as one line of text."""
    # Text, not String(n): PostgreSQL stores both alike, and the limit is said in one place.
    parse = partial(parse_line, limit=limit, check=check)
    return Kind(name, Text(), str, parse, same, display, text=True)


def number_kind(
    name: str, digits: int, places: int, display: Callable[[Any, str], str], shown: int = 0
) -> Kind:
    """A kind kept as `numeric(digits, places)`, of which JSON shows at least `shown` decimals."""
    parse = partial(parse_decimal, digits=digits, places=places)
    dump = partial(dump_decimal, places=shown)
    return Kind(name, Numeric(digits, places), Decimal, parse, dump, display, numeric=True)


def checked_by(validate: Callable[[str], str], code: str) -> Callable[[str], str]:
    return partial(registered, validate=validate, code=code)


SIREN = checked_by(stdnum.fr.siren.validate, "not_a_siren")
SIRET = checked_by(stdnum.fr.siret.validate, "not_a_siret")
IBAN = checked_by(stdnum.iban.validate, "not_an_iban")
BIC = checked_by(stdnum.bic.validate, "not_a_bic")

KINDS: Mapping[Any, Kind] = MappingProxyType(
    {
        str: text_kind("String", 500),
        LongText: Kind("LongText", Text(), str, parse_long_text, same, as_is, text=True),
        Email: text_kind("Email", 254, email),
        Phone: text_kind("Phone", 40),
        Url: text_kind("URL", 2000, url),
        Iban: text_kind("Iban", 100, IBAN, grouped(".{1,4}")),
        Bic: text_kind("Bic", 100, BIC),
        Siren: text_kind("Siren", 100, SIREN, grouped(".{3}")),
        Siret: text_kind("Siret", 100, SIRET, grouped(".{5}$|.{3}")),
        VatNumber: text_kind("VatNumber", 100, vat_number),
        CurrencyCode: text_kind("CurrencyCode", 100, currency_code),
        int: Kind("Int", Integer(), int, parse_int, same, display_decimal, numeric=True),
        Decimal: number_kind("Decimal", 18, 6, display_decimal),
        Money: number_kind("Money", 18, 2, display_money, shown=2),
        UnitPrice: number_kind("UnitPrice", 18, 6, display_money, shown=2),
        Percent: number_kind("Percent", 9, 4, display_percent),
        bool: Kind("Boolean", Boolean(), bool, parse_bool, same, display_bool),
        date: Kind("Date", Date(), date, parse_date, dump_date, display_date),
        datetime: Kind(
            "DateTime",
            DateTime(timezone=True),
            datetime,
            parse_datetime,
            dump_datetime,
            display_datetime,
        ),
        Address: Kind(
            "Address",
            JSONB(none_as_null=True),
            dict,
            parse_address,
            dump_address,
            display_address,
            ordered=False,
        ),
        Json: Kind(
            "JSON",
            JSONB(none_as_null=True),
            object,
            parse_json,
            same,
            display_json,
            ordered=False,
        ),
    }
)
"""Every kind, by the type that a declaration annotates with."""


def kind_of(type_: Any) -> Kind:
    """The kind a declaration means by `type_`; TypeError where it means none."""
    kind = KINDS.get(type_) if isinstance(type_, Hashable) else None
    if kind is not None:
        return kind
    known = ", ".join(annotation.__name__ for annotation in KINDS)
    raise TypeError(f"{type_!r} is not a kind of value; db/kinds.py knows {known}.")
