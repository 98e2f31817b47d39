"""What no single declaration can see: contradictions between modules. Run for every suite."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from string import Formatter
from typing import TYPE_CHECKING

from db import tables
from db.declare import UNSET, Choice, Column, Declaration, DeclarationError, Links, Relation
from db.kinds import Bic, Email, Iban, Invalid, Phone, Siren, Siret, VatNumber, kind_of

if TYPE_CHECKING:
    from db.suite import Suite

RESERVED = frozenset(
    {
        *("id", "number", "title", "module", "owner", "company", "version", "custom"),
        *("created_at", "created_by", "updated_at", "updated_by", "deleted_at"),
        *("company_id", "owner_id", "created_by_id", "updated_by_id"),
        *("last_comment_at", "last_comment_id"),
        *("viewer_can", "header", "summary", "details", "preview", "history", "tabs", "tab"),
        *("comments", "documents", "activities", "tags", "document"),
        *("line_items", "totals", "to_convert"),
        *("and", "or", "not"),
    }
)
"""What every record has, or every filter: no fact may take its name."""

PART_RESERVED = frozenset({"id", "document", "document_id", "and", "or", "not"})

REFERENCES = frozenset({str, Email, Phone, Iban, Bic, Siren, Siret, VatNumber})
"""What the global search can find a record by: one line of text."""

ACROSS = frozenset(
    {"node", "nodes", "record", "records", "module", "modules", "search", "tags", "viewer"}
)
"""Queries that no module has for itself."""


def verify(suite: Suite, declared: Iterable[Declaration]) -> None:
    """Raise one DeclarationError listing every contradiction, or return."""
    found = list(contradictions(suite, list(declared)))
    if found:
        raise DeclarationError("\n".join(found))


def contradictions(suite: Suite, declared: list[Declaration]) -> Iterator[str]:
    """One line each, naming what contradicts what."""
    yield from _shared_names(declared)
    yield from _clashing_choices(declared)
    for each in declared:
        yield from _wrong_module(suite, each)
        for fact in each.facts.values():
            where = f"{each.name}.{fact.name}"
            if fact.name in (PART_RESERVED if each.part else RESERVED):
                yield f"{where}: every {'part' if each.part else 'record'} has its own {fact.name}"
            if isinstance(fact, Column):
                yield from _wrong_column(where, fact)
                if fact.searched and each.part:
                    yield f"{where}: searched=True, but the rows of a part are not found"
            else:
                yield from _wrong_target(suite, each, where, fact)
    yield from _taken_inverses(declared)


def _shared_names(declared: list[Declaration]) -> Iterator[str]:
    records = [each for each in declared if not each.part]
    for name, times in Counter(each.name for each in declared).items():
        if times > 1:
            yield f"{times} modules are called {name}"
    for prefix, names in _shared((each.prefix, each.name) for each in records):
        yield f"prefix={prefix!r} is given to {_listed(names)}"
    ones = [(each.table_name, f"one {each.name}") for each in records]
    manys = [(each.many, f"many {each.name}") for each in records]
    across = [(name, "what crosses modules") for name in ACROSS]
    for query, asked in _shared([*ones, *manys, *across]):
        yield f"the query {query!r} would ask for {_listed(asked)}"
    for each in declared:
        if each.table_name in tables.metadata.tables:
            yield f"{each.name}: the table {each.table_name} is the service's own"


def _clashing_choices(declared: list[Declaration]) -> Iterator[str]:
    first: dict[str, tuple[type[Choice], str]] = {}
    for each in declared:
        for fact in each.facts.values():
            choice = fact.choice if isinstance(fact, Column) else None
            if choice is None:
                continue
            where = f"{each.name}.{fact.name}"
            known, there = first.setdefault(choice.__name__, (choice, where))
            if known is not choice:
                yield f"{where}: {choice.__name__} is another list of values on {there}"
            elif there == where:
                yield from _doubled_values(choice)


def _doubled_values(choice: type[Choice]) -> Iterator[str]:
    for name, member in choice.__members__.items():
        if name != member.name:
            yield f"{choice.__name__}.{name}: {member.value!r} is the value of {member.name} too"


def _wrong_module(suite: Suite, each: Declaration) -> Iterator[str]:
    if each.lines and "LineItem" not in suite:
        yield f"{each.name}: lines=True, but there is no part called LineItem"
    if each.part and not isinstance(each.facts.get("position"), Column):
        yield f"{each.name}: a part has a position, by which its rows are in order"
    status = each.facts.get("status")
    choice = status.choice if isinstance(status, Column) else None
    for value in each.edited_in:
        if value not in [member.value for member in choice or ()]:
            yield f"{each.name}: is edited in the status {value!r}, which it does not have"
    if each.closed and each.closed not in [member.value for member in choice or ()]:
        yield f"{each.name}: closed={each.closed!r}, but it has no such status"
    try:
        named = [name for _, name, _, _ in Formatter().parse(each.title) if name is not None]
    except ValueError as error:
        yield f"{each.name}: title={each.title!r} is no template: {error}"
        return
    for name in named:
        if name != "number" and not isinstance(each.facts.get(name), Column | Relation):
            yield f"{each.name}: title={each.title!r} names {name!r}, which it does not have"


def _wrong_column(where: str, column: Column) -> Iterator[str]:
    if column.searched and (column.choice or column.type not in REFERENCES):
        yield f"{where}: searched=True, but it is no line of text"
    if column.choice:
        if column.default is not UNSET and not isinstance(column.default, column.choice):
            yield f"{where}: default={column.default!r} is no member of {column.choice.__name__}"
        return
    try:
        kind = kind_of(column.type)
    except TypeError as error:
        yield f"{where}: {error}"
        return
    if column.default is UNSET:
        return
    try:
        right = isinstance(column.default, kind.python) and kind.parse(column.default) is not None
    except Invalid:
        right = False
    if not right:
        yield f"{where}: default={column.default!r} is no {kind.name}"


def _wrong_target(
    suite: Suite, each: Declaration, where: str, fact: Relation | Links
) -> Iterator[str]:
    target = suite.get(fact.target_name)
    if target is None:
        yield f"{where}: no module is called {fact.target_name}"
    elif target.part and not each.part:
        yield f"{where}: the rows of {fact.target_name} have no page to point at"
    if each.part and (isinstance(fact, Links) or fact.rollup):
        yield f"{where}: a part has no links, and no comments to roll up"
    if isinstance(fact, Relation) and fact.foreign_key in each.facts:
        yield f"{where}: its foreign key is called like {each.name}.{fact.foreign_key}"
    if isinstance(fact, Relation) and fact.new in each.facts:
        yield f"{where}: its input for a new record is called like {each.name}.{fact.new}"


def _taken_inverses(declared: list[Declaration]) -> Iterator[str]:
    taken: dict[tuple[str, str], str] = {
        (each.name, name): f"{each.name}.{name}" for each in declared for name in each.facts
    }
    for each in declared:
        for fact in each.facts.values():
            if isinstance(fact, Column):
                continue
            where, on, name = f"{each.name}.{fact.name}", fact.target_name, fact.inverse
            if name in RESERVED:
                yield f"{where}: inverse={name!r}: every record has its own"
            elif (on, name) in taken:
                yield f"{where}: inverse={name!r} is already taken on {on} by {taken[on, name]}"
            taken.setdefault((on, name), where)


def _shared(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Each name that several take, with those who take it."""
    takers: defaultdict[str, list[str]] = defaultdict(list)
    for name, taker in dict.fromkeys(pairs):
        takers[name].append(taker)
    return ((name, several) for name, several in takers.items() if len(several) > 1)


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
