"""Pages to the end of a list, and on from where another reader stood."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from db.suite import Module
from tests.proof import conditions
from tests.proof.conditions import Order, code_of, drawn_filter, drawn_order, holds, ordered
from tests.proof.web import Reader, Web, many

PAGE = (
    "(first: $first, after: $after, last: $last, before: $before{}) {{ edges {{ cursor node {{ id "
    "}} }} pageInfo {{ hasNextPage hasPreviousPage }} }}"
)
ENDS = "$first: Int, $after: String, $last: Int, $before: String"


@dataclass
class Walk:
    """A list to page through: `rows` are a reader's, in order (Refused for none), `sorted` puts any
    records in the order of the list.
    """

    text: str
    variables: dict[str, Any]
    path: Sequence[str]
    rows: Callable[[Reader], list[int]] = field(repr=False)
    sorted: Callable[[list[int]], list[int]] = field(repr=False)
    places: dict[int, int] = field(default_factory=dict, repr=False)
    """What the ids of the nodes stand for, where they are no records: `comment-7`."""


def newest(ids: list[int]) -> list[int]:
    return sorted(ids, reverse=True)


def of_module(web: Web, draw: random.Random, modules: Sequence[Module]) -> Walk:
    """A list with an order and perhaps a filter."""
    module = modules[0]
    order: Order = drawn_order(draw, module)
    filter = drawn_filter(web, draw, module) if draw.random() < 0.3 else {}
    declared = f"{ENDS}, $order: [{module.name}Order!], $filter: {module.name}Filter"
    page = PAGE.format(", orderBy: $order, filter: $filter")

    def rows(reader: Reader) -> list[int]:
        conditions.check(reader, module, filter)
        conditions.check_order(reader, module, order)
        seen = [web.knots[id] for id in web.seen(reader, module.name)]
        own = [each for each in seen if holds(web, reader, each, filter)]
        return [each.id for each in ordered(module, own, order)]

    def put(ids: list[int]) -> list[int]:
        return [each.id for each in ordered(module, [web.knots[id] for id in ids], order)]

    variables = {"order": conditions.order_by(order), "filter": filter}
    return Walk(
        f"query ({declared}) {{ {many(module)}{page} }}", variables, [many(module)], rows, put
    )


def of_modules(web: Web, draw: random.Random, modules: Sequence[Module]) -> Walk:
    """The records of several modules."""
    named = [module.name for module in modules]
    page = PAGE.format(", modules: $modules")

    def rows(reader: Reader) -> list[int]:
        return newest([id for name in named for id in web.seen(reader, name)])

    text = f"query ({ENDS}, $modules: [String!]) {{ records{page} }}"
    return Walk(text, {"modules": named}, ["records"], rows, newest)


def of_tag(web: Web, draw: random.Random, modules: Sequence[Module]) -> Walk:
    """What has the tag that all have."""

    def rows(reader: Reader) -> list[int]:
        return newest([each.id for each in web.knots.values() if web.sees(reader, each)])

    page = PAGE.format("")
    text = f"query ({ENDS}, $tag: ID!) {{ node(id: $tag) {{ ... on Tag {{ records{page} }} }} }}"
    return Walk(text, {"tag": web.tag}, ["node", "records"], rows, newest)


def of_comments(web: Web, draw: random.Random, modules: Sequence[Module]) -> Walk:
    """The comments on a record and its neighbours: all of one moment, so in the order of ids."""
    knot = web.knots[draw.choice(web.ids[modules[0].name])]

    def rows(reader: Reader) -> list[int]:
        if not web.sees(reader, knot):
            return []
        return put(list(web.rolled_up(reader, knot)))

    def put(ids: list[int]) -> list[int]:
        return sorted(ids, key=lambda id: web.comments[id], reverse=True)

    page = PAGE.format(", rollUp: true")
    text = f"query ({ENDS}, $id: ID!) {{ record(id: $id) {{ comments{page} }} }}"
    places = {comment: record for record, comment in web.comments.items()}
    return Walk(text, {"id": str(knot.id)}, ["record", "comments"], rows, put, places)


async def walked(web: Web, draw: random.Random, walk: Walk, readers: Sequence[Reader]) -> None:
    """One reader pages to the end, forwards or backwards; others go on from each place."""
    size, backwards = draw.randint(1, 3), draw.random() < 0.4
    cursors: dict[int, str] = {}
    at: int | None = None
    while True:
        found, more = await _page(walk, readers[0], size, backwards, at, cursors)
        cursors |= found
        if not more:
            break
        assert found, walk
        at = list(found)[0 if backwards else -1]
    for reader in readers[1:]:
        for id in draw.sample(sorted(cursors), min(3, len(cursors))):
            await _page(walk, reader, size, draw.random() < 0.5, id, cursors)


async def _page(
    walk: Walk,
    reader: Reader,
    size: int,
    backwards: bool,
    at: int | None,
    cursors: dict[int, str],
) -> tuple[dict[int, str], bool]:
    """A page from a record on, held against the model: its records with their cursors, and whether
    there are more.
    """
    asked = {"last" if backwards else "first": size}
    given = {} if at is None else {"before" if backwards else "after": cursors[at]}
    answer = await reader.client.answer(walk.text, {**walk.variables, **asked, **given})
    codes = [each["extensions"]["code"] for each in answer.get("errors") or ()]
    refusal = code_of(partial(walk.rows, reader))
    assert codes == ([refusal] if refusal else []), (reader, walk, answer)
    if refusal:
        return {}, False
    rows = walk.rows(reader)
    connection = answer["data"]
    for name in walk.path:
        connection = connection and connection[name]
    if connection is None:
        assert rows == [], (reader, walk)
        return {}, False
    found = {}
    for edge in connection["edges"]:
        id = int(edge["node"]["id"].rpartition("-")[2])
        found[walk.places.get(id, id)] = edge["cursor"]
    earlier, later = [], rows
    if at is not None:
        line = walk.sorted(sorted({*rows, at}))
        place = line.index(at)
        later = [id for id in rows if line.index(id) > place]
        earlier = [id for id in rows if line.index(id) < place]
        here = [at] if at in rows else []
        earlier, later = (earlier, here + later) if backwards else (earlier + here, later)
    elif backwards:
        earlier, later = rows, []
    inside = earlier[-size:] if backwards else later[:size]
    before = len(earlier) > size if backwards else bool(earlier)
    behind = bool(later) if backwards else len(later) > size
    info = connection["pageInfo"]
    assert list(found) == inside, (reader, walk, at)
    assert (info["hasPreviousPage"], info["hasNextPage"]) == (before, behind), (reader, walk, at)
    return found, before if backwards else behind
