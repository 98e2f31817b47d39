"""What checking a record needs the database for: the records it points at, and values taken.

Everything is looked up for many rows at once, under the writer's own rights: a record one may not
see cannot be pointed at, and is told of as one that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    any_,
    bindparam,
    select,
)

from db import reading
from db.access import COMPANY
from db.colleagues import colleagues
from db.declare import Column, Relation
from db.errors import ErrorCode
from db.kinds import kind_of
from db.statements import Statement, compiled
from db.suite import Module
from db.tables import principal, record
from db.validation import Checked, pointed_at, refuse_missing

if TYPE_CHECKING:
    from db.writing import Work

Known = dict[Module, dict[int, Any]]
"""Rows by id, by module."""


async def look_up(work: Work, rows: Sequence[Checked]) -> Known:
    """The records that rows and their lines point at; problems are noted where there are none."""
    known: Known = {}
    for module, ids in pointed_at(rows).items():
        known[module] = await reading.records_by_id(work, module, ids)
    for row in rows:
        refuse_missing(row, known)
    await _owners(work, rows)
    await _tax_rates(work, rows, known)
    for row in rows:
        for line in row.lines or ():
            take_from_item(line, purchases(row.module), known)
    return known


def purchases(module: Module) -> bool:
    """Whether the module's documents buy; the others sell."""
    return "supplier" in module.relations


OWNING: Final = compiled(colleagues(principal.c.id, active=True))


async def _owners(work: Work, rows: Sequence[Checked]) -> None:
    wanted = {row.owner for row in rows if row.owner is not None} - {work.viewer.id}
    if not wanted:
        return
    found = await work.fetch(OWNING, {"ids": sorted(wanted)})
    known = {work.viewer.id, *(each["id"] for each in found)}
    for row in rows:
        if row.owner is not None and row.owner not in known:
            path = (*row.path, "owner")
            row.refuse(path, ErrorCode.NOT_FOUND, "not_an_owner", id=str(row.owner))


async def _tax_rates(work: Work, rows: Sequence[Checked], known: Known) -> None:
    """Look up the VAT rates of the items on lines that name none."""
    module = work.suite.get("TaxRate")
    if module is None:
        return
    wanted = {
        item[tax_rate_of_item(purchases(row.module))]
        for row in rows
        for line in row.lines or ()
        if (item := item_of(line, known)) is not None
    }
    listed = known.setdefault(module, {})
    missing = wanted - listed.keys() - {None}
    if missing:
        listed.update(await reading.records_by_id(work, module, missing))


def item_of(line: Checked, known: Known) -> Any | None:
    """The product or service a line names."""
    for name in ("product", "service"):
        id = line.values.get(f"{name}_id")
        if id is not None:
            return known.get(line.module.target(line.module.relations[name]), {}).get(id)
    return None


def tax_rate_of_item(purchase: bool) -> str:
    return "purchase_tax_rate_id" if purchase else "sale_tax_rate_id"


def take_from_item(line: Checked, purchase: bool, known: Known) -> None:
    """Fill what the line does not say from its item, then its VAT rate from the rate it names."""
    values = line.values
    item = item_of(line, known)
    if item is not None:
        price = item["purchase_price" if purchase else "sale_price"]
        taken = {
            "label": item["name"],
            "unit_price": price,
            "unit_cost": item["purchase_price"],
            "unit_of_measure_id": item["unit_of_measure_id"],
            "tax_rate_id": None if "vat_rate" in values else item[tax_rate_of_item(purchase)],
        }
        for name, value in taken.items():
            if values.get(name) is None and value is not None:
                values[name] = value
    if values.get("vat_rate") is None and values.get("tax_rate_id") is not None:
        rates = known.get(line.module.target(line.module.relations["tax_rate"]), {})
        rate = rates.get(values["tax_rate_id"])
        values["vat_rate"] = rate["rate"] if rate else None
    if values.get("line_kind") == "item" and values.get("quantity") is None:
        values["quantity"] = Decimal(1)


async def refuse_taken(work: Work, module: Module, rows: Sequence[Checked]) -> None:
    """Note the values of unique columns that another record has, or an earlier row.

    Of a record that was there, only those that change. The unique indexes stand behind this for
    what happens at the same time.
    """
    for column in module.columns.values():
        if column.unique:
            await _refuse_taken(work, module, column, rows)


async def _refuse_taken(
    work: Work, module: Module, column: Column, rows: Sequence[Checked]
) -> None:
    within = unique_within(module)
    names = [column.name, *([within.foreign_key] if within else [])]

    def was(row: Checked) -> tuple[Any, ...]:
        return tuple(row.before.row.get(name) for name in names)

    def key(row: Checked) -> tuple[Any, ...]:
        return tuple(row.values.get(name, old) for name, old in zip(names, was(row), strict=True))

    given = [
        row
        for row in rows
        if key(row)[0] is not None
        and key(row) != was(row)
        # Within what is new itself, nothing is taken yet.
        and not (within and within.name in row.new)
    ]
    if not given:
        return
    values = {"values": [key(row)[0] for row in given]}
    found = await work.fetch(_taken_statement(module, column.name), values)
    taken = {tuple(each[name] for name in names) for each in found}
    for row in given:
        if key(row) in taken:
            value = kind_of(column.type).dump(key(row)[0])
            path = (*row.path, column.name)
            row.refuse(path, ErrorCode.NOT_UNIQUE, "not_unique", label=column.label, value=value)
        elif not row.problems:
            taken.add(key(row))


def unique_within(module: Module) -> Relation | None:
    """The relation within whose target a unique column is unique, beside the company."""
    return next((each for each in module.relations.values() if each.required), None)


@lru_cache(maxsize=512)
def _taken_statement(module: Module, name: str) -> Statement:
    # Whoever owns it: a value is taken even where the writer may not see by what.
    table, within = module.table, unique_within(module)
    column = table.c[name]
    return compiled(
        select(column, *([table.c[within.foreign_key]] if within else [])).where(
            table.c.company_id == COMPANY,
            table.c.deleted_at.is_(None),
            column == any_(bindparam("values", type_=ARRAY(column.type))),
        )
    )


CALLED: Final = compiled(
    select(record.c.id, record.c.title).where(
        record.c.id == any_(bindparam("ids", type_=ARRAY(BigInteger))),
        record.c.company_id == COMPANY,
    )
)


async def called(work: Work, ids: Iterable[int], known: Known) -> dict[int, str]:
    """What records are called, by id; those of `known` among them. At most one statement.

    Whoever sees a record sees what it points at by its title, deleted or not (DESIGN.md,
    "Storage"): so it keeps its title, whoever saves it.
    """
    found = {
        id: row["title"]
        for module, rows in known.items()
        if not module.part
        for id, row in rows.items()
    }
    missing = set(ids) - found.keys()
    if missing:
        rows = await work.fetch(CALLED, {"ids": sorted(missing)})
        found |= {row["id"]: row["title"] for row in rows}
    return found


def titles(module: Module, values: Mapping[str, Any], called: Mapping[int, str]) -> dict[str, str]:
    """What the records that `values` point at are called, by the name of the relation."""
    found = {each.name: values.get(each.foreign_key) for each in module.relations.values()}
    return {name: called[id] for name, id in found.items() if id is not None and id in called}
