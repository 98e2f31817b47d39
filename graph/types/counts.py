"""How many records stand in a tab."""

from __future__ import annotations

from typing import Any

import strawberry
from strawberry import Info

from db.counting import MOST
from graph.context import operation
from graph.types.fields import resolved


def display(root: Any, info: Info) -> str:
    shown = operation(info).style.text(int, root.value)
    return shown if root.exact else f">{shown}"


@strawberry.type(description=f"How many records, exact up to {MOST:,}.")
class TabCount:
    value: int = strawberry.field(description=f"How many the viewer sees, {MOST:,} at most.")
    exact: bool = strawberry.field(description="Whether there are no more than `value`.")
    display: str = resolved(
        display, "In the viewer's language: `12`, `>1,000` where there are more."
    )
