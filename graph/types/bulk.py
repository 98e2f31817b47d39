"""What becomes of many records written at once: the same for every module."""

from __future__ import annotations

import strawberry

from graph.types.errors import UserError


@strawberry.type(description="What became of one of many records.")
class BulkOutcome:
    id: strawberry.ID = strawberry.field(description="The record's id, as it was asked for.")
    changed: bool = strawberry.field(
        description="Whether it was written; false where it was so already, or refused."
    )
    errors: list[UserError] = strawberry.field(
        description="Why it was refused; the path is that of the mutation for one record."
    )


@strawberry.type(description="What became of many records, written in one transaction.")
class BulkPayload:
    done: int = strawberry.field(description="How many were not refused: they are now as asked.")
    changed: int = strawberry.field(description="How many of them were not so already.")
    outcomes: list[BulkOutcome] = strawberry.field(
        description="Of each record: in the order of `ids`, or by id where a filter chose them."
    )
    errors: list[UserError] = strawberry.field(
        description="What to put right where nothing was written at all."
    )
