"""A prospect becomes a customer account, a contact and, if wanted, a deal; then it is closed.

What each takes over is MAPPING; what of a prospect is in none of those made is lost to them, and
stays on the prospect, which points at them. Its comments stay too: they roll up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Text, bindparam, select

from db import linking, reading
from db.access import Scope, visible
from db.conversion.converting import converting, refuse_unseen
from db.errors import ErrorCode, Forbidden, InvalidInput, Problem
from db.history import Operation
from db.reading import Fetches
from db.statements import Statement, compiled
from db.suite import Module
from db.text import fold
from db.writing import MOMENT, Saved, Work

PROSPECT: Final = "Prospect"
CONVERTED: Final = "converted"

ROLES: Final[Mapping[str, str]] = {
    "account": "CustomerAccount",
    "contact": "Contact",
    "deal": "Deal",
}
"""What a prospect becomes: `converted_account` points at the first."""

MAPPING: Final[Mapping[str, Mapping[str, str]]] = {
    "account": {
        "name": "company_name",
        "phone": "phone",
        "website": "website",
        "billing_address": "address",
        "industry": "industry",
    },
    "contact": {
        "first_name": "first_name",
        "last_name": "last_name",
        "job_title": "job_title",
        "email": "email",
        "phone": "phone",
        "mobile": "mobile",
        "mailing_address": "address",
        "email_opt_out": "email_opt_out",
    },
    "deal": {"name": "company_name", "source": "source"},
}
"""By what is made, its columns and the prospect's that fill them."""

RECOGNISED: Final = ("name",)
"""Columns by which a duplicate is proposed although they are not unique: companies' names."""

OWN: Final = ("status", "converted_at")
"""What tells of the prospect itself, and of nobody it becomes."""


@dataclass(frozen=True)
class Draft:
    """A record that would be made, its columns by name."""

    role: str
    module: Module
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Duplicate:
    """A record that may be the one to be made: it holds the same in a column."""

    role: str
    column: str
    row: Any


def drafts(prospects: Module, row: Any, reused: Mapping[str, Any], *, deal: bool) -> list[Draft]:
    """What a prospect would become beside what is `reused`: an account only of a company."""
    wanted = {"account": row["company_name"] is not None, "contact": True, "deal": deal}
    return [
        Draft(role, prospects.suite[name], _mapped(row, role))
        for role, name in ROLES.items()
        if wanted[role] and reused.get(role) is None
    ]


def _mapped(row: Any, role: str) -> dict[str, Any]:
    found = {name: row[own] for name, own in MAPPING[role].items() if row[own] is not None}
    if role == "deal":
        found.setdefault("name", row["title"])
    return found


def lost(module: Module, row: Any, made: Sequence[Draft]) -> list[str]:
    """The prospect's columns whose values go into none of those made."""
    kept = {own for each in made for own in MAPPING[each.role].values()}
    return [
        name
        for name in module.columns
        if name not in kept and name not in OWN and row[name] is not None
    ]


async def duplicates(reader: Fetches, made: Sequence[Draft]) -> list[Duplicate]:
    """The records the viewer sees that hold what a record to be made must hold alone, or go by
    the same name. One statement for each column looked at.
    """
    found = []
    for each in made:
        for name in _telling(each):
            statement = _same(each.module, name, reader.viewer.scope)
            rows = await reader.fetch(statement, {"value": each.values[name]}, each.module.row)
            found += [Duplicate(each.role, name, row) for row in rows]
    return found


def _telling(draft: Draft) -> Iterator[str]:
    for name, column in draft.module.columns.items():
        named = draft.role == "account" and name in RECOGNISED
        if (column.unique or named) and name in draft.values:
            yield name


@lru_cache(maxsize=64)
def _same(module: Module, name: str, scope: Scope) -> Statement:
    rows = module.table.alias("t")
    same = fold(rows.c[name]) == fold(bindparam("value", type_=Text))
    return compiled(
        select(rows).where(same, visible(module, rows, scope)).order_by(rows.c.id).limit(20)
    )


async def convert_prospect(
    work: Work,
    id: int,
    account: Any = None,
    contact: Any = None,
    deal: Mapping[str, Any] | None = None,
) -> Saved:
    """Make of a prospect what it becomes; the prospect, which can't be written any more.

    `account` and `contact` are the ids of records to be used as they are, in place of new ones;
    `deal` is what is said of a deal to be made: `name`, `amount`, `expected_close_on`. Raises
    NotFound, Forbidden, and InvalidInput: where it is converted already, where what is made lacks
    a value or would be a duplicate, the path starting with `account`, `contact` or `deal`.
    """
    module = work.suite[PROSPECT]
    row = await work.lock(module, id)
    if not work.viewer.may("edit", module, row):
        raise Forbidden(module.singular, "edit", ("id",))
    if row["status"] == CONVERTED:
        params = {"record": row["title"]}
        raise InvalidInput([Problem(("id",), ErrorCode.LOCKED, "already_converted", params)])
    roles = await _given(work, {"account": account, "contact": contact})
    with converting(work):
        campaigns = await _campaigns(work, module, id)
        for draft in drafts(module, row, roles, deal=deal is not None):
            values = {**draft.values, **_joined(draft, roles, campaigns)}
            if draft.role == "deal":
                values |= {k: v for k, v in (deal or {}).items() if v is not None}
            roles[draft.role] = await _create(work, draft, values)
        made = {f"converted_{role}": made for role, made in roles.items()}
        values = {"status": CONVERTED, "converted_at": row[MOMENT], **made}
        return await work.update(module, id, values, by_service=True, operation=Operation.CONVERTED)


async def _given(work: Work, ids: Mapping[str, Any]) -> dict[str, int]:
    """The records to be used as they are. Raises InvalidInput where the viewer sees none."""
    relations = work.suite[PROSPECT].relations
    given = {role: id for role, id in ids.items() if id is not None}
    await refuse_unseen(work, {role: relations[f"converted_{role}"] for role in given}, given)
    return {role: int(id) for role, id in given.items()}


async def _campaigns(work: Work, module: Module, id: int) -> list[int]:
    """The campaigns the prospect was reached by, those deleted since left out."""
    linked = await linking.linked(work, module, "campaigns", id)
    known = await reading.records_by_id(work, module.target(module.links["campaigns"]), linked)
    return [each for each in linked if each in known]


def _joined(draft: Draft, roles: Mapping[str, int], campaigns: Sequence[int]) -> dict[str, Any]:
    """How what is made hangs together: each points at those made before it."""
    found: dict[str, Any] = {name: roles[name] for name in draft.module.relations if name in roles}
    if "campaigns" in draft.module.links:
        found["campaigns"] = campaigns
    if "campaign" in draft.module.relations and len(campaigns) == 1:
        (found["campaign"],) = campaigns
    return found


async def _create(work: Work, draft: Draft, values: Mapping[str, Any]) -> int:
    try:
        saved = await work.create(draft.module, values)
    except InvalidInput as refusal:
        raise refusal.below((draft.role,)) from None
    return saved.id
