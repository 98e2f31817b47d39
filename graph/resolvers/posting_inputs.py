"""Inputs of actions that follow from no one module."""

from __future__ import annotations

from datetime import date

import strawberry

from db.kinds import Money


@strawberry.input(description="One line of a manual entry: a debit or a credit of an account.")
class ManualEntryLineInput:
    ledger_account: strawberry.ID = strawberry.field(
        description="Ledger account (Compte comptable): the record's id."
    )
    debit: Money | None = strawberry.field(
        description="Debit (Débit); either this or a credit.", default=strawberry.UNSET
    )
    credit: Money | None = strawberry.field(
        description="Credit (Crédit); either this or a debit.", default=strawberry.UNSET
    )
    label: str | None = strawberry.field(
        description="Label (Libellé); the manual entry's unless given.", default=strawberry.UNSET
    )
    account: strawberry.ID | None = strawberry.field(
        description="The customer whose auxiliary account it is, and who owes more or less by it.",
        default=strawberry.UNSET,
    )
    supplier: strawberry.ID | None = strawberry.field(
        description="The supplier whose auxiliary account it is, and who is owed more or less.",
        default=strawberry.UNSET,
    )
    person: strawberry.ID | None = strawberry.field(
        description="The employee whose auxiliary account it is.", default=strawberry.UNSET
    )
    tax_rate: strawberry.ID | None = strawberry.field(
        description="VAT rate (Taux de TVA): the record's id.", default=strawberry.UNSET
    )
    due_on: date | None = strawberry.field(
        description="Due date (Échéance).", default=strawberry.UNSET
    )
