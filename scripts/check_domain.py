"""Hold the declarations against the domain's TOML files: what these state must be declared so.

    python scripts/check_domain.py ../shared/domain

One line per deviation and exit 1, or one line of counts and exit 0; exit 2 where the folder cannot
be read. The code may have more modules, fields, relations and links; not other ones.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from db import kinds
from db.declare import Column, Declaration, Label, Links, Relation, snake_case
from db.modules import MODULES, PARTS

FLAGS: Final = ("header", "key", "quick", "readonly", "unique")
TYPES: Final[Mapping[str, tuple[Any, ...]]] = {
    "text": (
        str,
        kinds.Siren,
        kinds.Siret,
        kinds.VatNumber,
        kinds.Iban,
        kinds.Bic,
        kinds.CurrencyCode,
    ),
    "longtext": (kinds.LongText,),
    "email": (kinds.Email,),
    "phone": (kinds.Phone,),
    "url": (kinds.Url,),
    "address": (kinds.Address,),
    "json": (kinds.Json,),
    "boolean": (bool,),
    "integer": (int,),
    "decimal": (Decimal,),
    "percent": (kinds.Percent,),
    "money": (kinds.Money, kinds.UnitPrice),
    "date": (date,),
    "datetime": (datetime,),
}
"""What a column may be annotated with, by its type in the domain; an enum's values are compared."""

FACT_KEYS: Final = {"fields", "relations", "many"}
MODULE_KEYS: Final = {"key", "type", "label", "plural", "prefix", "title", "line_items", *FACT_KEYS}
FIELD_KEYS: Final = {"name", "type", "fr", "en", "required", "flags", "values"}
LINKS_KEYS: Final = {"name", "target", "fr", "en", "inverse", "inverse_fr", "inverse_en", "rollup"}
RELATION_KEYS: Final = {*LINKS_KEYS, "required"}

Stated = Mapping[str, Any]


class Unreadable(Exception):
    """There is no domain to compare with; the message says where and why."""


def stated_by(folder: Path) -> list[Stated]:
    """The files of `folder`/modules, read, by name. Raises Unreadable."""
    paths = sorted((folder / "modules").glob("*.toml"))
    if not paths:
        raise Unreadable(f"{folder}: has no modules/*.toml; name the folder of the domain")
    return [read(path) for path in paths]


def read(path: Path) -> Stated:
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path}: {error}") from error
    if not stated.get("module"):
        raise Unreadable(f"{path}: states no [[module]]")
    return stated


def deviations(
    files: Iterable[Stated], declared: Iterable[Declaration], part: Declaration
) -> Iterator[str]:
    """What the files state and the declarations do not; `part` is that of the line items."""
    by_name = {each.name: each for each in declared}
    for stated in files:
        yield from unknown_keys("file", stated, {"app", "module", "line_item"})
        for each in stated["module"]:
            if each["type"] in by_name:
                yield from wrong_module(each, stated["app"], by_name[each["type"]])
            else:
                yield f"{each['type']}: is not declared"
        if "line_item" in stated:
            yield from unknown_keys(part.name, stated["line_item"], FACT_KEYS)
            yield from wrong_facts(stated["line_item"], part)


def wrong_module(stated: Stated, app: Stated, declared: Declaration) -> Iterator[str]:
    name = declared.name
    yield from unknown_keys(name, stated, MODULE_KEYS)
    own_app = declared.app and (declared.app.key, declared.app.label)
    yield from differing(name, "app", (app["key"], label(app["label"])), own_app)
    yield from differing(name, "key", stated["key"], declared.table_name)
    yield from differing(name, "label", label(stated["label"]), declared.singular)
    yield from differing(name, "plural", label(stated["plural"]), declared.plural)
    yield from differing(name, "prefix", stated["prefix"], declared.prefix)
    yield from differing(name, "title", template(stated["title"]), declared.title)
    yield from differing(name, "line_items", stated["line_items"], declared.lines)
    yield from wrong_facts(stated, declared)


def wrong_facts(stated: Stated, declared: Declaration) -> Iterator[str]:
    for each in stated.get("fields", ()):
        where, fact = f"{declared.name}.{each['name']}", declared.facts.get(each["name"])
        if isinstance(fact, Column):
            yield from wrong_column(where, each, fact)
        else:
            yield f"{where}: is not declared as a column"
    for each in stated.get("relations", ()):
        where, fact = f"{declared.name}.{each['name']}", declared.facts.get(each["name"])
        if isinstance(fact, Relation):
            yield from unknown_keys(where, each, RELATION_KEYS)
            yield from wrong_far_side(where, each, fact, declared)
            yield from differing(where, "required", each.get("required", False), not fact.optional)
        else:
            yield f"{where}: is not declared as a relation"
    for each in stated.get("many", ()):
        where, fact = f"{declared.name}.{each['name']}", declared.facts.get(each["name"])
        if isinstance(fact, Links):
            yield from unknown_keys(where, each, LINKS_KEYS)
            yield from wrong_far_side(where, each, fact, declared)
        else:
            yield f"{where}: is not declared as links"


def wrong_column(where: str, stated: Stated, column: Column) -> Iterator[str]:
    flags = stated.get("flags", ())
    yield from unknown_keys(where, stated, FIELD_KEYS)
    yield from unknown_keys(where, flags, FLAGS)
    yield from differing(where, "label", Label(stated["fr"], stated["en"]), column.label)
    for flag in FLAGS:
        yield from differing(where, flag, flag in flags, getattr(column, flag))
    if stated.get("required", False):
        yield from differing(where, "required", True, not column.optional)
    else:
        yield from differing(where, "required", False, column.required)
    if stated["type"] == "enum":
        values = [(value, Label(fr, en)) for value, fr, en in stated["values"]]
        listed = [(each.value, each.label) for each in column.choice or ()]
        yield from differing(where, "values", values, listed)
    elif column.type not in TYPES.get(stated["type"], ()):
        yield from differing(where, "type", stated["type"], column.type.__name__)
    start = starting_value(stated)
    if start is not None:
        yield from differing(where, "default", start, column.default)


def wrong_far_side(
    where: str, stated: Stated, fact: Relation | Links, declared: Declaration
) -> Iterator[str]:
    tab = Label(stated["inverse_fr"], stated["inverse_en"])
    yield from differing(where, "label", Label(stated["fr"], stated["en"]), fact.label)
    yield from differing(where, "target", stated["target"], snake_case(fact.target_name))
    yield from differing(where, "inverse", stated["inverse"], fact.inverse)
    yield from differing(where, "tab", tab, fact.inverse_label or declared.plural)
    yield from differing(where, "rollup", stated["rollup"], fact.rollup)


def starting_value(stated: Stated) -> Any | None:
    """What a field holds on creation (behaviours.toml, record_structure); a line is an item."""
    if stated["type"] == "enum" and stated["name"] in ("status", "stage", "line_kind"):
        return stated["values"][0][0]
    return True if (stated["type"], stated["name"]) == ("boolean", "active") else None


def template(title: str) -> str:
    """A title that is one field's name is short for the template of that field."""
    return title if "{" in title else f"{{{title}}}"


def label(stated: Stated) -> Label:
    return Label(stated["fr"], stated["en"])


def differing(where: str, what: str, stated: Any, declared: Any) -> Iterator[str]:
    if stated != declared:
        yield f"{where}: {what}: {stated!r} in the domain, {declared!r} in the code"


def unknown_keys(where: str, stated: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    """A fact that nothing compares would be held true unseen."""
    for key in sorted(set(stated) - set(known)):
        yield f"{where}: the domain states {key!r}, which is not compared"


def counts(files: Sequence[Stated]) -> str:
    found = Counter[str]()
    for stated in files:
        found["modules"] += len(stated["module"])
        for each in (*stated["module"], stated.get("line_item", {})):
            found["fields"] += len(each.get("fields", ()))
            found["relations"] += len(each.get("relations", ()))
            found["many-to-many relations"] += len(each.get("many", ()))
    return ", ".join(f"{number} {what}" for what, number in found.items())


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 1:
        print("usage: check_domain.py DIR", file=sys.stderr)
        return 2
    try:
        files = stated_by(Path(arguments[0]))
    except Unreadable as error:
        print(f"check_domain: {error}", file=sys.stderr)
        return 2
    wrong = list(deviations(files, (each.declared for each in MODULES), PARTS[0].declared))
    print("\n".join(wrong) if wrong else f"All declared: {counts(files)}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
