"""Text as people compare it: without regard to case and accents, in an order no server changes.

`fold` is a function of the database (first migration), so that indexes can hold its result; neither
ICU nor the unaccent extension is needed. Its order is that of code points (collation C): after
folding, that is alphabetical order for Latin script, on every server alike.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Text, and_, func, literal_column

LAST: Final = literal_column("U&'\\+10FFFF'", Text)
"""The last code point: every text starting with `p` lies between `p` and `p || LAST`."""


def fold(text: Any) -> ColumnElement[str]:
    """`text` without case and accents, in the collation its indexes have."""
    return func.fold(text, type_=Text).collate("C")


def starts_with(text: Any, prefix: Any) -> ColumnElement[bool]:
    """Whether folded `text` starts with folded `prefix`; a range, so that an index serves it.

    LIKE with a parameter would serve too, but only where the planner sees the parameter's value.
    """
    return between_folded(fold(text), prefix)


def between_folded(folded: Any, prefix: Any) -> ColumnElement[bool]:
    """The same of a text that is folded as it is stored, in the collation C."""
    return and_(folded >= fold(prefix), folded < func.concat(fold(prefix), LAST))
