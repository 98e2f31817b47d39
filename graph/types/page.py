"""What connections share (https://relay.dev/graphql/connections.htm)."""

from __future__ import annotations

from typing import Any

import strawberry

from graph.types.fields import described

FIRST = "How many from the start, 1 to 100; 20 unless `first` or `last` is given."
LAST = "How many from the end, 1 to 100; not together with `first`."
AFTER = "The cursor of the edge behind which the page starts."
BEFORE = "The cursor of the edge before which the page ends."


def page_arguments() -> dict[str, Any]:
    """The annotations of `first`, `after`, `last` and `before`."""
    return {
        "first": described(int | None, FIRST),
        "after": described(str | None, AFTER),
        "last": described(int | None, LAST),
        "before": described(str | None, BEFORE),
    }


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether the list goes on behind the page.")
    has_previous_page: bool = strawberry.field(description="Whether it begins before the page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the page's first edge.")
    end_cursor: str | None = strawberry.field(description="The cursor of the page's last edge.")


TOTAL_COUNT = "Rows in the whole list, whatever the page. Counted only if selected."
PAGE_INFO = "Where the page stands in the list."
EDGES = "The page's rows with their cursors."
NODES = "The page's rows."
