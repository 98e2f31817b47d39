"""The fields of a table in the mapping, held against its module and the columns of its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from db.customs import PREFIX, Having, declared
from db.declare import UNSET, Column, Fact, Links, Relation
from db.importing.formats import Format, converter, pattern
from db.importing.plan import Field, Parts, Pointer, Value
from db.importing.problems import Problems
from db.importing.reading import CsvFile
from db.importing.templates import Source, Template
from db.kinds import ADDRESS_PARTS, Address, Invalid, kind_of
from db.messages import message
from db.suite import Module

VALUE: Final = ("column", "value", "values", "default", "decimal", "dates")
POINTER: Final = ("table", "find", "column", "value")


@dataclass(frozen=True)
class Place:
    """Where in the mapping one is: the file, the module and the form that go with it, and the
    tables that may be pointed at. The columns read are added to `used`; `having` says which custom
    fields there are.
    """

    where: str
    file: CsvFile
    module: Module
    form: Format
    tables: Mapping[str, Module]
    problems: Problems
    used: set[str]
    having: Having = declared

    def at(self, key: str) -> Place:
        return replace(self, where=f"{self.where}, {key}")

    def say(self, what: str) -> None:
        self.problems.say(self.where, what)

    def unknown(self, given: Any, what: str, accepted: Any) -> None:
        self.problems.unknown(self.where, given, what, accepted)


def fields(place: Place, written: Any) -> dict[str, Field]:
    """Each field by name; what is wrong is noted and left out."""
    module = place.module
    if not isinstance(written, Mapping):
        place.say('has no fields: write name = "column" under [table.fields]')
        return {}
    known = place.having(module).facts
    written = _by_name(written)
    found: dict[str, Field] = {}
    for name, value in written.items():
        here, fact = place.at(f"fields.{name}"), known.get(name)
        if fact is None:
            here.unknown(name, f"field of {module.name}", known)
        elif (made := field(here, fact, value)) is not None:
            found[name] = made
    for fact in known.values():
        if isinstance(fact, Links) or not fact.required or fact.name in written:
            continue
        # A line is called like the product or service it names.
        if not (module.part and fact.name == "label" and {"product", "service"} & found.keys()):
            place.say(f"fields lack {fact.name}, which {module.name} requires")
    return found


def _by_name(written: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with custom ones, which TOML has as a table of their own, as `custom.x`."""
    custom = written.get("custom")
    if not isinstance(custom, Mapping):
        return dict(written)
    own = {name: value for name, value in written.items() if name != "custom"}
    return own | {f"{PREFIX}{name}": value for name, value in custom.items()}


def field(place: Place, fact: Fact, written: Any) -> Field | None:
    if isinstance(fact, Links):
        place.say("links between many records are not imported")
        return None
    if fact.readonly or (fact.name == "status" and place.module.declared.edited_in):
        place.say("is written by the service only")
        return None
    if isinstance(fact, Relation):
        return pointer(place, fact, written)
    if fact.type is Address:
        return address(place, fact, written)
    return value(place, fact, written)


def value(place: Place, column: Column, written: Any) -> Value | None:
    if not isinstance(written, Mapping):
        found = source(place, written)
        return Value(found, converter(column, place.form)) if found else None
    place.problems.table(place.where, written, VALUE)
    if not {"column", "value"} & written.keys():
        place.say("needs column = … or value = …")
        return None
    found = source(place, written["column"]) if "column" in written else Source()
    if found is None:
        return None
    values = written.get("values", {})
    if not isinstance(values, Mapping):
        place.at("values").say('is a table, like {"PME" = "customer"}')
        values = {}
    default = written.get("default")
    return Value(
        found,
        converter(column, form(place, written)),
        {text: constant(place.at(f"values.{text}"), column, each) for text, each in values.items()},
        None if default is None else constant(place.at("default"), column, default),
        constant(place, column, written["value"]) if "value" in written else UNSET,
    )


def address(place: Place, column: Column, written: Any) -> Parts | None:
    if not isinstance(written, Mapping):
        place.say(f'is an address: write {column.name}.street = "column", and so on')
        return None
    place.problems.table(place.where, written, ADDRESS_PARTS)
    # Each part is a line of text like any other.
    line = replace(column, type=str)
    found = {name: value(place.at(name), line, each) for name, each in written.items()}
    return Parts({name: each for name, each in found.items() if each is not None})


def pointer(place: Place, relation: Relation, written: Any) -> Pointer | None:
    target = place.module.target(relation)
    if not isinstance(written, Mapping) or ("table" in written) == ("find" in written):
        place.say(
            'is a relation: write {table = "…", column = "…"} for a row of this import, '
            'or {find = "number", column = "…"} for a record that is there'
        )
        return None
    place.problems.table(place.where, written, POINTER)
    if ("column" in written) == ("value" in written):
        place.say("takes column = … or value = …, one of the two")
        return None
    found = (
        Source(constant=str(written["value"]))
        if "value" in written
        else source(place, written["column"])
    )
    if found is None:
        return None
    if "table" in written:
        name = str(written["table"])
        if name not in place.tables:
            place.at("table").unknown(name, "table with a key above this one", place.tables)
        elif place.tables[name] is not target:
            held = place.tables[name].name
            place.at("table").say(f"{name} holds {held}, the relation is to {target.name}")
        return Pointer(target, found, table=name)
    texts = [
        name
        for name, each in target.all_columns.items()
        if each.choice is None and kind_of(each.type).text
    ]
    if written["find"] not in texts:
        place.at("find").unknown(written["find"], f"text column of {target.name}", texts)
    return Pointer(target, found, find=str(written["find"]))


def source(place: Place, written: Any) -> Source | None:
    """The columns or templates, each column of them one of the file."""
    given = written if isinstance(written, list) else [written]
    if not given or not all(isinstance(each, str) and each.strip() for each in given):
        place.say('takes a column, a template like "{A} {B}", or a list of them')
        return None
    found = Source(tuple(Template(each.strip()) for each in given))
    for column in found.columns:
        if column in place.file.header:
            place.used.add(column)
        else:
            place.unknown(column, f"column of {place.file.name}", place.file.header)
    return found


def constant(place: Place, column: Column, written: Any) -> Any:
    """A value that the mapping itself gives, as the field takes it."""
    if column.choice is not None:
        accepted = [each.value for each in column.choice]
        if written not in accepted:
            place.unknown(written, f"value of {column.name}", accepted)
        return written
    try:
        return kind_of(column.type).parse(written)
    except Invalid as wrong:
        place.say(message(wrong.code, "en", **{"label": column.label, **wrong.params}))
        return None


def form(place: Place, written: Mapping[str, Any]) -> Format:
    """The form of the file's numbers and days, save for what is written here."""
    found = place.form
    if "decimal" in written:
        if written["decimal"] not in (".", ","):
            place.at("decimal").say('is "." or ","')
        found = replace(found, decimal=str(written["decimal"]))
    if "dates" in written:
        given = written["dates"]
        try:
            patterns = tuple(map(pattern, [given] if isinstance(given, str) else given))
            found = replace(found, dates=patterns)
        except (TypeError, ValueError):
            place.at("dates").say(f"“{given}” is no pattern of days: write it like DD/MM/YYYY")
    return found
