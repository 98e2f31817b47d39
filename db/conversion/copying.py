"""What a new document takes over: values by name, and lines with the source they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from db import linking, reading
from db.conversion.choosing import Part
from db.conversion.table import Conversion, Row
from db.declare import Column, Fact, Links, Relation
from db.kinds import Invalid, kind_of
from db.lines import EXACT, cents
from db.suite import Module
from db.terms import due_on

if TYPE_CHECKING:
    from db.writing import Work

Values = dict[str, Any]


def alike(one: Fact | None, other: Fact | None) -> bool:
    """Whether one fact's values can be the other's: the same type, the same target."""
    if isinstance(one, Column) and isinstance(other, Column):
        return bool(one.type is other.type)
    if isinstance(one, Relation) and isinstance(other, Relation):
        return one.target_name == other.target_name
    return False


def shared(source: Module, target: Module, leaves: Iterable[str] = ()) -> Iterator[str]:
    """The names that both declare alike and that are copied: neither computed nor the status."""
    for name, fact in target.facts.items():
        if isinstance(fact, Links) or fact.readonly or name in ("status", *leaves):
            continue
        if alike(fact, source.facts.get(name)):
            yield name


def must_be_said(conversion: Conversion, source: Module, target: Module, name: str) -> bool:
    """Whether only the client can know it: the new record needs it, and nothing gives it."""
    from_source = {*shared(source, target, conversion.leaves), *conversion.renamed}
    given = {*from_source, *conversion.today, *conversion.sets}
    fact = target.facts[name]
    return not isinstance(fact, Links) and fact.required and name not in given


def taken(source: Module, row: Row, names: Mapping[str, str]) -> Values:
    """Values of a row, under the names they have in the target; a relation's is an id."""
    found = {
        name: row[source.relations[own].foreign_key if own in source.relations else own]
        for name, own in names.items()
    }
    return {name: value for name, value in found.items() if value is not None}


async def copied(work: Work, conversion: Conversion, row: Row, given: Values) -> Values:
    """What the new document holds beside its lines; what was `given` wins."""
    source, target = work.suite[conversion.source], work.suite[conversion.target]
    day = datetime.now(ZoneInfo(work.viewer.time_zone)).date()
    own = {name: name for name in shared(source, target, conversion.leaves)}
    values = {
        **taken(source, row, {**own, **conversion.renamed}),
        **dict.fromkeys(conversion.today, day),
        **conversion.sets,
        conversion.link: row["id"],
        **given,
    }
    for name in conversion.behind:
        found = await _behind(work, conversion, name, row, values)
        values = {**found, **values}
    values = await _kept(work, target, values)
    if "due_on" in target.columns:
        values.setdefault("due_on", _due(values))
    if conversion.items:
        values["line_items"] = await _items(work, source, row["id"], conversion.items)
    return values


async def _behind(
    work: Work, conversion: Conversion, name: str, row: Row, values: Values
) -> Values:
    """What the record behind the source says of names that the source itself does not have."""
    source, target = work.suite[conversion.source], work.suite[conversion.target]
    relation = source.relations.get(name) or target.relations[name]
    id = values.get(name)
    if id is None and name in source.relations:
        id = row[relation.foreign_key]
    module = work.suite[relation.target_name]
    rows = await reading.records_by_id(work, module, [int(id)]) if id is not None else {}
    own = {*source.facts} - {*conversion.leaves} | {*conversion.renamed}
    names = {each: each for each in shared(module, target) if each not in own}
    return {
        key: value for each in rows.values() for key, value in taken(module, each, names).items()
    }


async def _kept(work: Work, target: Module, values: Values) -> Values:
    """Without what may be left out and points at a record that was deleted since."""
    pointing = {
        name: int(values[name])
        for name, relation in target.relations.items()
        if name in values and relation.optional
    }
    known = await reading.registered_by_id(work, work.suite, set(pointing.values()))
    return {
        name: value
        for name, value in values.items()
        if name not in pointing or pointing[name] in known
    }


def _due(values: Values) -> date | None:
    """When it is due; None where it is issued on no day, which is told when that is checked."""
    try:
        issued = kind_of(date).parse(values.get("issued_on"))
        return due_on(issued, values.get("payment_terms")) if issued else None
    except (Invalid, OverflowError):
        return None


async def _items(work: Work, source: Module, id: int, names: Iterable[str]) -> list[Values]:
    """A line of one for each record that the source's links name, in the order of the links."""
    found = []
    for name in names:
        fact = source.links[name]
        ids = await linking.linked(work, source, name, id)
        known = await reading.records_by_id(work, source.target(fact), ids)
        singular = source.target(fact).declared.table_name
        found += [{singular: each, "quantity": 1} for each in ids if each in known]
    return found


async def lines_of(work: Work, conversion: Conversion, parts: Iterable[Part]) -> list[Values]:
    """The lines of the new document, each with the one it comes from."""
    chosen = list(parts)
    given = [_line(conversion, each) for each in chosen]
    names = ("product", "service", "unit_of_measure", "tax_rate")
    pointed = {line[name] for line in given for name in names if line.get(name) is not None}
    known = await reading.registered_by_id(work, work.suite, pointed)
    for line in given:
        for name in names:
            if line.get(name) is not None and line[name] not in known:
                # Deleted since: label, price and VAT rate were copied, and stand by themselves.
                line[name] = None
    return given


def _line(conversion: Conversion, part: Part) -> Values:
    line = {**conversion.copied(part.line), "source_line": part.line["id"]}
    if part.quantity is not None:
        line["quantity"] = part.quantity
        if "discount_rate" in line and part.line["discount_amount"] is not None:
            line["discount_amount"] = _share(part.line, part.drawn, part.quantity)
    return line


def _share(line: Row, drawn: Decimal, quantity: Decimal) -> Decimal:
    """What of the line's amount of discount goes with the quantity: the parts add up to it."""
    with localcontext(EXACT):
        rate = line["discount_amount"] / line["quantity"]
        return cents(rate * (drawn + quantity)) - cents(rate * drawn)
