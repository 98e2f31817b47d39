"""The global search: records of all modules by the words of what they are called and known by.

A record is found where every word searched for starts one of its keys (`search_key`, kept by a
trigger, see db/ddl.py), and where all that is searched for, run together, starts one: so numbers,
phones and references are found however they are grouped. One statement, whatever there is: each
module is a run of an index in the order of the hits, or one for each owner whose records the viewer
sees; reading ends when the page is full or `LOOKED_AT` keys were looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from db.access import By, Scope, spans, visible_register, within_span
from db.errors import BadUserInput
from db.reading import CACHED, Fetches
from db.statements import Statement, compiled
from db.suite import Module, Suite
from db.tables import record, search_key
from db.text import LAST, fold

LOOKED_AT: Final = 1000
"""Keys looked at in one run of the index for hits that have all the words."""
COUNTED: Final = 300
"""Keys counted of each word in one run, to look for the others where there are the fewest."""
MOST_WORDS: Final = 10

SEPARATORS: Final = re.compile(
    "[\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u206f\u3000-\u303f]+"
)
"""What parts words; the function `search_words` of the database says the same of keys."""
MARKS: Final = re.compile("[\u0300-\u036f]")
DIALLED: Final = re.compile(r"[+0][0-9\s().\-/]+")
"""A telephone number, or how one starts."""
ABROAD: Final = re.compile(r"\+|00[1-9][0-9]{4}")
"""That it is one as dialled from abroad; a few digits after zeros end the number of a record."""

LONGEST_KEY: Final = 64
"""Characters of a key; what is longer is found by its start."""

Words = tuple[str, ...]
"""Words that must all start a key, the longest first."""
Ends = tuple[ColumnElement[str], ColumnElement[str]]
"""The first key that a word may start, and the first behind those."""
ONE: Final[Any] = literal_column("1")


@dataclass(frozen=True)
class Hit:
    """A record found: its row of the register, and the text it was found by. `quality`: 0 where it
    is the record's number, 1 where a whole word, 2 where the start of one.
    """

    row: Any
    field: str
    text: str
    quality: int


@dataclass(frozen=True)
class Group:
    """Hits of one module, the best first; `has_more`: there are more than asked for, or may be."""

    module: Module
    hits: Sequence[Hit]
    has_more: bool


@dataclass(frozen=True)
class Found:
    """Groups, the best first; `complete`: nothing was left out because looking ended early."""

    groups: Sequence[Group]
    complete: bool


NOTHING: Final = Found((), True)


def words_of(text: str) -> list[str]:
    """The words of a text, neither folded nor put in order."""
    plain = MARKS.sub("", unicodedata.normalize("NFKD", text))
    return [word for word in SEPARATORS.split(plain) if word]


def readings(text: str) -> tuple[Words, ...]:
    """What a text may mean: the ways in which a record may be found by it, the best first.

    Raises BadUserInput for too many words.
    """
    words = words_of(text)
    if len(words) > MOST_WORDS:
        raise BadUserInput(("text",), "too_many_words", maximum=MOST_WORDS)
    found: list[Words] = [("".join(words)[:LONGEST_KEY],)]
    if DIALLED.fullmatch(text):
        if ABROAD.match(text) or ABROAD.match(found[0][0]):
            found.append(("".join(words_of(text.replace("(0)", ""))).lstrip("0")[:LONGEST_KEY],))
    elif len(words) > 1:
        distinct = dict.fromkeys(word[:LONGEST_KEY] for word in words)
        found.append(tuple(sorted(distinct, key=len, reverse=True)))
    return tuple(each for each in dict.fromkeys(found) if all(each))


async def search(
    reader: Fetches, suite: Suite, text: str, modules: Sequence[Module], size: int
) -> Found:
    """What the viewer sees of the modules that the text finds: `size` hits of each at most. At
    most one statement. Raises BadUserInput for too many words.
    """
    asked = readings(text)
    if not asked or not modules:
        return NOTHING
    statement = statement_of(tuple(len(words) for words in asked), reader.viewer.scope)
    rows = await reader.fetch(statement, values_of(asked, modules, size), suite.register)
    return _grouped(rows, modules, size)


def values_of(asked: Sequence[Words], modules: Sequence[Module], size: int) -> dict[str, Any]:
    """The parameters of `statement_of`: `size` hits of each module, and one more to know of it."""
    values: dict[str, Any] = {"modules": [module.name for module in modules], "size": size + 1}
    for i, words in enumerate(asked):
        for j, word in enumerate(words):
            values[_word(i, j)] = word
    return values


def _grouped(rows: Sequence[Any], modules: Sequence[Module], size: int) -> Found:
    found: dict[str, dict[int, Hit]] = {module.name: {} for module in modules}
    cut: set[str] = set()
    for row in rows:
        if row["~cut"]:
            cut.add(row["module"])
            continue
        text = row["~text"] if row["~text"] is not None else row[row["~field"]]
        hit = Hit(row, row["~field"], text, row["~quality"])
        found[row["module"]].setdefault(row["id"], hit)
    groups = [
        Group(module, hits[:size], len(hits) > size or module.name in cut)
        for module in modules
        if (hits := [*found[module.name].values()])
    ]
    groups.sort(key=lambda group: min(hit.quality for hit in group.hits))
    return Found(groups, not cut)


@lru_cache(maxsize=CACHED)
def statement_of(lengths: tuple[int, ...], scope: Scope) -> Statement:
    """Rows of the register found by readings of so many words each, the hits of each module in
    order; with `~field`, `~text` and `~quality` of the hit. `~cut`: looking ended there.
    """
    folded = _folded(lengths)
    parts = [
        _run(folded, span, by, reading, words, scope)
        for reading, words in enumerate(lengths)
        for span, by in spans(scope)
    ]
    hits = union_all(*parts).subquery("hits")
    order = (hits.c.reading, hits.c.key, hits.c.rank, hits.c.record_id.desc())
    size = bindparam("size", type_=BigInteger)
    place = func.row_number().over(
        partition_by=(hits.c.reading, hits.c.module, hits.c.cut), order_by=order
    )
    placed = select(*hits.c, place.label("place")).subquery("placed")
    whole = placed.c.key == placed.c.word
    quality = case(
        (and_(whole, placed.c.rank == literal_column("0")), literal_column("0")),
        (whole, literal_column("1")),
        else_=literal_column("2"),
    )
    # By LATERAL and LIMIT each is looked up by its id: nothing is read to be joined with.
    rows, keys = record.alias("r"), search_key.alias("found")
    seen = (
        select(*rows.c)
        .where(rows.c.id == placed.c.record_id, visible_register(rows, scope))
        .limit(ONE)
        .lateral("t")
    )
    found_by = (
        select(keys.c.field, keys.c.text)
        .where(
            keys.c.record_id == placed.c.record_id,
            keys.c.key == placed.c.key,
            keys.c.rank == placed.c.rank,
        )
        .limit(ONE)
        .lateral("by")
    )
    return compiled(
        select(
            *seen.c,
            found_by.c.field.label("~field"),
            found_by.c.text.label("~text"),
            quality.label("~quality"),
            placed.c.cut.label("~cut"),
        )
        .select_from(placed.join(seen, true()).join(found_by, true()))
        .where(placed.c.place <= size)
        .order_by(placed.c.reading, placed.c.key, placed.c.rank, placed.c.record_id.desc())
    )


def _read(keys: FromClause, scope: Scope) -> ColumnElement[bool]:
    """Which keys are of fields that the viewer may read."""
    masked = [
        and_(keys.c.module == literal(module, Text), keys.c.field == literal(name, Text))
        for module, name in sorted(scope.masked)
    ]
    return not_(or_(false(), *masked))


def _run(
    folded: CTE, span: FromClause, by: By, reading: int, words: int, scope: Scope
) -> Select[Any]:
    """The hits of one reading in each span: its page and one more, or up to where looking ended."""
    asked = [_ends(folded, reading, place) for place in range(words)]
    rarest = _rarest(span, by, asked, scope)
    keys, earlier = search_key.alias("k"), search_key.alias("earlier")
    looked_at = (
        select(keys.c.record_id, keys.c.key, keys.c.rank)
        .where(
            within_span(keys, span, by),
            _between(keys, rarest.c.start, rarest.c.end),
            _read(keys, scope),
        )
        .order_by(keys.c.key, keys.c.rank, keys.c.record_id.desc())
        .limit(literal_column(str(LOOKED_AT + 1)))
        .correlate(span, rarest)
        .subquery("looked_at")
    )
    numbered = select(*looked_at.c, func.row_number().over().label("place")).subquery("numbered")
    cut = numbered.c.place > literal_column(str(LOOKED_AT))
    # What most fail at comes first: a record without one of the words is looked up once.
    wanted = []
    for place, ends in enumerate(asked if words > 1 else ()):
        other = search_key.alias(f"other_{place}")
        own = other.c.record_id == numbered.c.record_id
        there = own, _between(other, *ends), _read(other, scope)
        has_it = _one(other, *there, of=(numbered,)).is_not(None)
        wanted.append(or_(rarest.c.place == literal_column(str(place)), has_it))
    # A record is a hit by the first of its keys only.
    own = earlier.c.record_id == numbered.c.record_id
    before = tuple_(earlier.c.key, earlier.c.rank) < tuple_(numbered.c.key, numbered.c.rank)
    found = own, earlier.c.key >= rarest.c.start, before, _read(earlier, scope)
    has_earlier = _one(earlier, *found, of=(numbered, rarest))
    wanted.append(has_earlier.is_(None))
    hits = (
        select(*numbered.c, cut.label("cut"))
        .where(or_(cut, and_(*wanted)))
        .limit(bindparam("size", type_=BigInteger))
        .lateral("hit")
    )
    return select(
        span.c.module,
        literal_column(str(reading)).label("reading"),
        hits.c.record_id,
        hits.c.key,
        hits.c.rank,
        hits.c.cut,
        rarest.c.start.label("word"),
    ).select_from(span.join(rarest, true()).join(hits, true()))


def _rarest(span: FromClause, by: By, asked: Sequence[Ends], scope: Scope) -> FromClause:
    """Which of the words starts the fewest keys of a span: its `place`, and between what these lie,
    `start` and `end`. Counted up to `COUNTED`; of words more frequent than that, the first.
    """
    if len(asked) == 1:
        start, end = asked[0]
        place: Any = literal_column("0").label("place")
        return select(start.label("start"), end.label("end"), place).lateral("rarest")
    counts = []
    for place, (start, end) in enumerate(asked):
        keys = search_key.alias(f"counted_{place}")
        some = (
            select(ONE.label("one"))
            .where(within_span(keys, span, by), _between(keys, start, end), _read(keys, scope))
            .limit(literal_column(str(COUNTED)))
            .correlate(span)
            .subquery()
        )
        count = select(func.count()).select_from(some).scalar_subquery()
        counts.append(count.label(f"count_{place}"))
    # OFFSET keeps the server from counting anew wherever the result is used.
    counted = select(*counts).offset(literal_column("0")).correlate(span).subquery("counted")
    fewest = func.least(*counted.c)
    is_it = [count == fewest for count in counted.c]
    places = range(len(asked))
    chosen = [
        case(*((each, value) for each, value in zip(is_it, values, strict=True))).label(name)
        for name, values in (
            ("start", [start for start, _ in asked]),
            ("end", [end for _, end in asked]),
            ("place", [literal_column(str(place)) for place in places]),
        )
    ]
    return select(*chosen).select_from(counted).offset(literal_column("0")).lateral("rarest")


def _folded(lengths: Sequence[int]) -> CTE:
    """One row of all words, folded once: `word_0_1`, and where the keys it starts end."""
    columns = []
    for reading, words in enumerate(lengths):
        for place in range(words):
            name = _word(reading, place)
            # Folding may make a word longer: œ is two letters.
            word = func.left(fold(bindparam(name, type_=Text)), literal_column(str(LONGEST_KEY)))
            columns += [word.label(name), func.concat(word, LAST).label(f"{name}_end")]
    return select(*columns).cte("folded").prefix_with("MATERIALIZED")


def _ends(folded: CTE, reading: int, place: int) -> Ends:
    """Between what the keys lie that a word starts, as values known before the index is read."""
    name = _word(reading, place)
    start, end = (
        select(folded.c[each].collate("C")).scalar_subquery() for each in (name, f"{name}_end")
    )
    return start, end


def _one(keys: FromClause, *where: ColumnElement[bool], of: Sequence[FromClause]) -> Any:
    """1 where there is such a key, else null. Not by EXISTS: for that the server may read all keys
    of a word, of all records and companies, to look up each record among them.
    """
    return select(ONE).select_from(keys).where(*where).limit(ONE).correlate(*of).scalar_subquery()


def _between(keys: FromClause, start: Any, end: Any) -> ColumnElement[bool]:
    """Whether a key starts with a word: a range, so that the index serves it."""
    return and_(keys.c.key >= start, keys.c.key < end)


def _word(reading: int, place: int) -> str:
    return f"word_{reading}_{place}"
