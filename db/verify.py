"""What no single declaration can see: contradictions between modules. Run for every suite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from db.declare import Column, Declaration, DeclarationError

if TYPE_CHECKING:
    from db.suite import Suite

RESERVED = frozenset(
    """
    id number title module owner company created_at created_by updated_at updated_by version
    viewer_can header summary details preview history tabs tab comments documents activities tags
    custom deleted_at line_items totals last_comment_at last_comment_id document and or not
    """.split()
)
"""What every record has, or every filter: no fact may take its name."""

PART_RESERVED = frozenset({"id", "document", "and", "or", "not"})


def verify(suite: Suite, declared: Iterable[Declaration]) -> None:
    """Raise one DeclarationError listing every contradiction, or return."""
    found = list(contradictions(suite, list(declared)))
    if found:
        raise DeclarationError("\n".join(found))


def contradictions(suite: Suite, declared: list[Declaration]) -> Iterator[str]:
    for name, times in Counter(each.name for each in declared).items():
        if times > 1:
            yield f"{times} modules are called {name}"
    for what in ("prefix", "many"):
        given = Counter(getattr(each, what) for each in declared if not each.part)
        for value, times in given.items():
            if times > 1:
                yield f"{what}={value!r} is given to {times} modules"
    for each in declared:
        yield from _wrong_facts(suite, each)
        yield from _wrong_title(each)
    yield from _taken_names(declared)


def _wrong_facts(suite: Suite, each: Declaration) -> Iterator[str]:
    for fact in each.facts.values():
        where = f"{each.name}.{fact.name}"
        if fact.name in (PART_RESERVED if each.part else RESERVED):
            yield f"{where}: every record has its own {fact.name}"
        if not isinstance(fact, Column) and fact.target_name not in suite:
            yield f"{where}: no module is called {fact.target_name}"
        if isinstance(fact, Column) and fact.choice and fact.default is not None:
            given = getattr(fact.default, "__class__", None)
            if fact.default in list(fact.choice) and given is not fact.choice:
                yield f"{where}: default={fact.default!r} is no member of {fact.choice.__name__}"


def _wrong_title(each: Declaration) -> Iterator[str]:
    import string

    for _, name, _, _ in string.Formatter().parse(each.title):
        if name and name != "number" and name not in each.facts:
            yield f"{each.name}: title={each.title!r} names {name!r}, which it does not have"


def _taken_names(declared: list[Declaration]) -> Iterator[str]:
    taken: dict[tuple[str, str], str] = {
        (each.name, name): f"{each.name}.{name}" for each in declared for name in each.facts
    }
    for each in declared:
        for fact in each.facts.values():
            if isinstance(fact, Column):
                continue
            where, at = f"{each.name}.{fact.name}", (fact.target_name, fact.inverse)
            if fact.inverse in RESERVED:
                yield f"{where}: inverse={fact.inverse!r}: every record has its own"
            elif at in taken:
                yield f"{where}: inverse={fact.inverse!r} is already taken on {at[0]} by {taken[at]}"
            taken[at] = where
