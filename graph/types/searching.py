"""What the global search finds, by module."""

from __future__ import annotations

import strawberry

from graph.resolvers import searching
from graph.types.fields import resolved
from graph.types.record import Record


@strawberry.type(description="A record found, and by what.")
class SearchHit:
    record: Record | None = resolved(searching.record, "The record.")
    matched_field: str = resolved(
        searching.matched_field, "The field it was found by, as this schema calls it: `phone`."
    )
    matched_label: str = resolved(searching.matched_label, "The field, as the viewer reads it.")
    matched_text: str = resolved(searching.matched_text, "What the field holds, for people.")


@strawberry.type(description="Records of one module that were found, the best first.")
class SearchGroup:
    module: str = resolved(searching.module, "The module: `CustomerInvoice`.")
    module_label: str = resolved(searching.module_label, "Its records, as the viewer reads it.")
    hits: list[SearchHit] = strawberry.field(
        description="Whole words before longer ones, then by the alphabet, then newest first."
    )
    has_more: bool = strawberry.field(
        description="Whether there are more than asked for; true too where looking ended early."
    )


@strawberry.type(description="What was found, by module.")
class SearchResult:
    groups: list[SearchGroup] = strawberry.field(
        description="Modules in which a number is the text itself, then those with a whole word, "
        "then the others, each in menu order. Without a hit there is no group."
    )
    complete: bool = strawberry.field(
        description="False where several words are so frequent that looking for records with all "
        "of them ended early: more words, or longer ones, help."
    )
