"""What a payload says was wrong."""

from __future__ import annotations

import strawberry

from db.errors import ErrorCode
from db.kinds import Json
from graph.types.fields import enumerated

enumerated(
    ErrorCode,
    "What went wrong, for programs.",
    {code.name: code.description for code in ErrorCode},
)


@strawberry.type(description="A field changed by someone else since the version expected.")
class FieldConflict:
    name: str = strawberry.field(description="The field.")
    yours: Json | None = strawberry.field(description="What you sent.")
    stored: Json | None = strawberry.field(description="What it holds now.")
    original: Json | None = strawberry.field(description="What it held at the version expected.")


@strawberry.type(description="One thing to put right; nothing was written.")
class UserError:
    path: list[str] = strawberry.field(
        description="From the mutation's arguments to the value: `input`, `dueOn`."
    )
    code: ErrorCode = strawberry.field(description="What is wrong, for programs.")
    message: str = strawberry.field(description="What is wrong, in the viewer's language.")
    conflict: FieldConflict | None = strawberry.field(description="Where the code is CONFLICT.")
