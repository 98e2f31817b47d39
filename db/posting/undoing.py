"""Undoing allocations: amounts, statuses and lettering are put back as if they had never been.

The allocation goes to the recycle bin, where its history says who undid it. What a cancelled
document is settled by stays: cancelling is for good.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from db.errors import Forbidden, Locked, NotFound
from db.lines import ZERO
from db.posting.allocating import CANCELLED, Side
from db.posting.documents import DOCUMENTS
from db.posting.held import among, hold_books
from db.posting.lettering import unletter
from db.posting.saving import Edit, delete, save
from db.service import for_company
from db.suite import Module
from db.writing import Saved, Work

ROLES: Final = ("payment", "credit_note", "invoice")
"""The names an allocation has for its documents: two of them."""


async def undo(work: Work, allocations: Module, id: int) -> Saved:
    """Undo one allocation. Raises NotFound; Forbidden to whoever may not edit both documents;
    Locked where one of them is cancelled.
    """
    await hold_books(work)
    rows = await among(work, allocations, "id", [id], lock=True)
    if not rows:
        raise NotFound(allocations.singular, id, ("id",))
    return (await undo_all(work, allocations, rows))[id]


async def undo_all(
    work: Work, allocations: Module, rows: Sequence[Any], closing: Mapping[int, Any] = {}
) -> dict[int, Saved]:
    """Undo allocations that are held; what was written, by id, each document once.

    `closing`: values, by the document's id, where they are not what undoing gives.
    """
    with for_company(work):
        sides = await _sides(work, allocations, rows)
    for each in sides.values():
        if not work.viewer.may("edit", each.module, each.stored):
            raise Forbidden(each.module.singular, "edit", ("id",))
        if each.stored["status"] == CANCELLED:
            raise Locked(each.number, ("id",))
    undone: dict[int, Decimal] = defaultdict(lambda: ZERO)
    others: dict[int, str] = {}
    edits: dict[Module, list[Edit]] = defaultdict(list)
    for row in rows:
        first, second = (sides[row[f"{role}_id"]] for role in ROLES if row[f"{role}_id"])
        for own, other in ((first, second), (second, first)):
            undone[own.stored["id"]] += row["amount"]
            others[own.stored["id"]] = other.role
    for id, each in sides.items():
        edit = each.settling(others[id], -undone[id])
        edits[each.module].append(Edit(each.stored, {**edit.values, **closing.get(id, {})}))
    with for_company(work):
        await unletter(work, allocations, rows)
        saved = await delete(work, allocations, rows)
        for module, own_edits in edits.items():
            saved += await save(work, module, own_edits)
    return {each.id: each for each in saved}


async def _sides(work: Work, allocations: Module, rows: Sequence[Any]) -> dict[int, Side]:
    """The documents of the allocations by id, held."""
    found = {}
    for role in ROLES:
        relation = allocations.relations[role]
        module, ids = allocations.target(relation), {row[relation.foreign_key] for row in rows}
        for row in await among(work, module, "id", ids - {None}, lock=True):
            found[row["id"]] = Side(role, module, DOCUMENTS[module.name], row)
    return found
