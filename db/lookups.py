"""What checking a record needs the database for: the records it points at, and values taken.

Everything is looked up for many rows at once, under the writer's own rights: a record one may not
see cannot be pointed at, and is told of as one that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, select

from db import reading
from db.declare import Column
from db.errors import ErrorCode, Problem
from db.kinds import kind_of
from db.statements import Statement, compiled
from db.suite import Module
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


async def _owners(work: Work, rows: Sequence[Checked]) -> None:
    wanted = sorted({row.owner for row in rows if row.owner is not None})
    if not wanted:
        return
    found = await work.fetch(reading.PRINCIPALS, {"ids": wanted})
    known = {each["id"] for each in found if each["kind"] != "system"}
    for row in rows:
        if row.owner is not None and row.owner not in known:
            row.refuse(("owner",), ErrorCode.NOT_FOUND, "not_an_owner", id=str(row.owner))


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


async def refuse_taken(
    work: Work, module: Module, rows: Sequence[Checked], own_id: int = 0
) -> None:
    """Note the values of unique columns that another record has, or an earlier row.

    The unique indexes stand behind this for what happens at the same time.
    """
    for column in module.columns.values():
        if column.unique:
            await _refuse_taken(work, module, column, rows, own_id)


async def _refuse_taken(
    work: Work, module: Module, column: Column, rows: Sequence[Checked], own_id: int
) -> None:
    within = unique_within(module)
    given = [row for row in rows if row.values.get(column.name) is not None]
    if not given:
        return
    values = [row.values[column.name] for row in given]
    found = await work.fetch(
        _taken_statement(module, column.name), {"values": values, "own_id": own_id}
    )
    taken = {(each["within"], each["value"]) for each in found}
    for row in given:
        value = row.values[column.name]
        key = (row.values.get(within) if within else None, value)
        if key in taken:
            params = {"label": column.label, "value": kind_of(column.type).dump(value)}
            row.problems.append(Problem((column.name,), ErrorCode.NOT_UNIQUE, "not_unique", params))
        taken.add(key)


def unique_within(module: Module) -> str | None:
    """The foreign key within whose target a unique column is unique, beside the company."""
    required = next((r for r in module.relations.values() if r.required), None)
    return required.foreign_key if required else None


@lru_cache(maxsize=512)
def _taken_statement(module: Module, name: str) -> Statement:
    # Whoever owns it: a value is taken even where the writer may not see by what.
    table, within = module.table, unique_within(module)
    column = table.c[name]
    return compiled(
        select(
            column.label("value"),
            (table.c[within] if within else bindparam("none", None, BigInteger)).label("within"),
        ).where(
            table.c.company_id == bindparam("viewer_company", type_=BigInteger),
            table.c.deleted_at.is_(None),
            table.c.id != bindparam("own_id", type_=BigInteger),
            column == any_(bindparam("values", type_=ARRAY(column.type))),
        )
    )


def titles(row: Checked, values: Mapping[str, Any], known: Known) -> dict[str, str]:
    """What the records that `values` point at are called, by the name of the relation."""
    found = {}
    for relation in row.module.relations.values():
        id = values.get(relation.foreign_key)
        other = known.get(row.module.target(relation), {}).get(id) if id else None
        if other is not None and not row.module.target(relation).part:
            found[relation.name] = other["title"]
    return found
