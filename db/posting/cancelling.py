"""Cancelling what is validated: by the opposite document, never by taking anything away.

An invoice is cancelled by a credit note for all that is left of it, which settles it; a payment by
entries with its sides exchanged, its allocations undone. A draft is deleted instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from db import lines
from db.conversion.table import sold
from db.errors import ErrorCode, InvalidInput, Path, Problem
from db.messages import french
from db.posting import asked
from db.posting.allocating import CANCELLED, CLOSED, Side, settle
from db.posting.documents import DOCUMENTS, VALIDATED
from db.posting.held import among, edited, hold_books, owners, refuse_status
from db.posting.lettering import letter_pair
from db.posting.reversing import reverse
from db.posting.saving import Edit, save
from db.posting.undoing import undo_all
from db.posting.validating import validate
from db.service import for_company
from db.suite import Module
from db.writing import Saved, Work

POINTED: Final = ("unit_of_measure", "tax_rate")
"""What a line may do without. Its product says which account it is posted to: it must be there."""


async def cancel_invoice(
    work: Work, module: Module, id: int, *, reason: Any, on: Any = None, **more: Any
) -> Saved:
    """Credit all that is left of an invoice, settle it by that, and close it; the invoice.

    Credit notes that settle part of it are deducted, line by line. Payments must be unallocated
    first: whether they are paid back or settle something else is for people to say. `more` are
    values of the credit note, such as the number a supplier gave it. Raises NotFound, Forbidden,
    and InvalidInput with what stands against it.
    """
    kind = DOCUMENTS[module.name]
    await hold_books(work)
    stored = await edited(work, module, id)
    choice: Any = module.columns["status"].choice
    refuse_status(module, stored, [each.value for each in choice if each.value not in CLOSED])
    told = asked.reason(reason)
    day = asked.day(work, on, stored[kind.day], stored["number"])
    left: Decimal = stored[kind.remainder]
    if left < 0 or (left == 0 and stored[kind.total] != 0):
        raise _refused("nothing_left", stored)
    notes, allocations = work.suite[kind.trade.credit_notes], work.suite[kind.trade.allocations]
    with for_company(work):
        given = {
            **await _taken(work, module, notes, stored),
            "invoice": id,
            "subject": french(f"Annulation de {stored['number']} : {told}"),
            "reason": "cancellation",
            "issued_on": day,
            "line_items": await _remaining(
                work, id, await _credited(work, allocations, notes, stored)
            ),
            **more,
        }
        note = await _validated(work, notes, given)
        if note["total_incl_tax"] != left:
            raise _refused("not_to_the_cent", stored)
        if not left:
            (saved,) = await save(work, module, [Edit(stored, {"status": CANCELLED})])
            return saved
        sides = (
            Side("invoice", module, kind, stored),
            Side("credit_note", notes, DOCUMENTS[notes.name], note),
        )
        closing = {"invoice": CANCELLED}
        saved, *_ = await settle(work, allocations, *sides, left, day, closing)
        return saved


async def _credited(work: Work, allocations: Module, notes: Module, stored: Any) -> list[int]:
    """The credit notes that settle the invoice, each of them wholly.

    Raises InvalidInput where one does in part only, and where a payment does.
    """
    amounts: dict[int, Decimal] = defaultdict(lambda: lines.ZERO)
    for row in await among(work, allocations, "invoice_id", [stored["id"]], lock=True):
        if row["credit_note_id"] is None:
            raise _refused("still_allocated", stored, other=row["number"])
        amounts[row["credit_note_id"]] += row["amount"]
    for note in await among(work, notes, "id", amounts):
        if note["total_incl_tax"] != amounts[note["id"]]:
            raise _refused("not_to_the_cent", stored)
    return list(amounts)


async def _taken(work: Work, module: Module, notes: Module, stored: Any) -> dict[str, Any]:
    """What a credit note takes from the invoice: all that both modules have, and its owner."""
    party = DOCUMENTS[module.name].trade.party
    common = [name for name in ("contact", "sales_order") if name in notes.relations]
    living = await _living(work, module, [stored], common)
    owner = await owners(work, [stored])
    return {
        party: stored[f"{party}_id"],
        **{name: id for name in common if (id := stored[f"{name}_id"]) in living},
        **{name: stored[name] for name in ("billing_address", "currency") if name in notes.columns},
        "owner": owner[stored["id"]],
    }


async def _remaining(work: Work, id: int, credited: Iterable[int]) -> list[dict[str, Any]]:
    """The lines of an invoice, then those of credit notes with quantities turned round."""
    part = work.suite["LineItem"]
    found = await among(work, part, "document_id", [id, *credited])
    living = await _living(work, part, found, POINTED)
    found.sort(key=lambda line: (line["document_id"] != id, line["document_id"], line["position"]))
    return [
        {**_copied(line, living), "source_line": line["id"]}
        if line["document_id"] == id
        else _turned(_copied(line, living))
        for line in found
        if line["document_id"] == id or lines.is_item(line)
    ]


def _copied(line: Any, living: set[int]) -> dict[str, Any]:
    copied = {name: line[name] for name in ("quantity", "discount_amount")} | sold(line)
    for name in POINTED:
        if copied[name] not in living:
            copied[name] = None
    if lines.is_item(line):
        # Left out, it would be that of the product today.
        copied["unit_price"] = line["unit_price"] or lines.ZERO
    return copied


def _turned(line: dict[str, Any]) -> dict[str, Any]:
    """The line with its net turned round to the cent."""
    turned = {name: -(line[name] or 0) for name in ("quantity", "discount_amount")}
    return {**line, **turned}


async def _living(
    work: Work, module: Module, rows: Iterable[Any], names: Iterable[str]
) -> set[int]:
    """The ids that rows have in some relations, of records that are not deleted."""
    found: set[int] = set()
    for relation in (module.relations[name] for name in names):
        ids = {row[relation.foreign_key] for row in rows} - {None}
        found |= {row["id"] for row in await among(work, module.target(relation), "id", ids)}
    return found


async def _validated(work: Work, notes: Module, given: dict[str, Any]) -> Any:
    """A credit note, made and validated; its row. What is refused of it is told by argument."""
    try:
        made = await work.create(notes, given, by_service=True)
        await validate(work, notes, made.id)
    except InvalidInput as refusal:
        told = [replace(each, path=_place(each.path)) for each in refusal.problems]
        raise InvalidInput(told) from None
    (note,) = await among(work, notes, "id", [made.id], lock=True)
    return note


def _place(path: Path) -> Path:
    """The argument that what is refused of a credit note comes from."""
    match path:
        case ("issued_on", *_):
            return asked.ON
        case ("supplier_credit_note_number",):
            return path
        case _:
            return ("id",)


async def cancel_payment(
    work: Work, module: Module, id: int, *, reason: Any, on: Any = None
) -> Saved:
    """Undo all that a payment settles and post its opposite; the payment.

    Raises NotFound; Forbidden to whoever may not edit it and all it settles; InvalidInput.
    """
    kind = DOCUMENTS[module.name]
    table = module.declared.table_name
    await hold_books(work)
    stored = await edited(work, module, id)
    refuse_status(module, stored, (VALIDATED,))
    told = asked.reason(reason)
    day = asked.day(work, on, stored[kind.day], stored["number"])
    allocations = work.suite[kind.trade.allocations]
    values = {"status": CANCELLED, kind.settled: lines.ZERO, kind.remainder: lines.ZERO}
    with for_company(work):
        settled = await among(work, allocations, "payment_id", [id], lock=True)
    if settled:
        saved = (await undo_all(work, allocations, settled, {id: values}))[id]
    else:
        (saved,) = await save(work, module, [Edit(stored, values)])
    with for_company(work):
        owner = await owners(work, [stored])
        common = {
            "owner": owner[id],
            "document_reference": stored["number"],
            "document_date": day,
            "label": french(f"Annulation de {stored['number']} : {told}"),
            table: id,
        }
        entries = await among(work, work.suite["AccountingEntry"], f"{table}_id", [id], lock=True)
        await reverse(work, entries, day, common)
        await letter_pair(work, module, id, day)
    return saved


def _refused(key: str, stored: Any, **more: object) -> InvalidInput:
    params = {"record": stored["number"], **more}
    return InvalidInput([Problem(("id",), ErrorCode.INVALID, key, params)])
