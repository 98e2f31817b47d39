"""Documents drawn at random, and the whole answer that each reader must get.

A selection goes from records to what they point at and what is in their tabs, each list with a
filter, an order, a page and sums of its own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from db.suite import Module, Tab
from graph import names
from tests import model
from tests.proof import conditions
from tests.proof.conditions import (
    Order,
    Refused,
    code_of,
    drawn_filter,
    drawn_order,
    holds,
    ordered,
)
from tests.proof.spinning import compared
from tests.proof.sums import About, Sums, added, drawn_sums
from tests.proof.web import Knot, Reader, Web, many, masks, one


@dataclass
class Fields:
    """What is asked of each record."""

    module: Module
    columns: Sequence[str]
    relations: Mapping[str, Fields] = field(default_factory=dict)
    tabs: Mapping[str, Listed] = field(default_factory=dict)

    def text(self, variables: dict[str, Any]) -> str:
        found = ["id", *map(names.camel, self.columns)]
        found += [
            f"{names.camel(x)} {{ {own.text(variables)} }}" for x, own in self.relations.items()
        ]
        found += [own.text(variables) for own in self.tabs.values()]
        return " ".join(found)


@dataclass
class Listed:
    """A list: all records of a module, or those in a tab."""

    module: Module
    tab: Tab | None
    fields: Fields
    size: int
    backwards: bool = False
    filter: dict[str, Any] | None = None
    order: Order = ()
    sums: Sums | None = None
    search: str | None = None

    def text(self, variables: dict[str, Any]) -> str:
        """Its field; its arguments go into `variables`, with their types."""
        given: dict[str, tuple[str, Any]] = {
            "last" if self.backwards else "first": ("Int", self.size)
        }
        if self.filter is not None:
            given["filter"] = (f"{self.module.name}Filter", self.filter)
        if self.order:
            given["orderBy"] = (f"[{self.module.name}Order!]", conditions.order_by(self.order))
        if self.search is not None:
            given["search"] = ("String", self.search)
        passed = []
        for name, value in given.items():
            variable = f"v{len(variables)}"
            variables[variable] = value
            passed.append(f"{name}: ${variable}")
        spelt = names.camel(self.tab.name) if self.tab else many(self.module)
        sums = self.sums.text if self.sums else ""
        return (
            f"{spelt}({', '.join(passed)}) {{ totalCount nodes {{ {self.fields.text(variables)} }} "
            f"pageInfo {{ hasNextPage hasPreviousPage }} {sums} }}"
        )


@dataclass
class Question:
    """A document, its variables, and where its answer begins."""

    text: str
    variables: dict[str, Any]
    root: Listed | Fields = field(repr=False)
    knot: int = 0


def drawn_fields(web: Web, draw: random.Random, module: Module, depth: int) -> Fields:
    columns = [name for name in module.columns if compared(module, name)]
    picked = draw.sample(columns, min(len(columns), draw.randint(0, 3)))
    if depth == 0:
        return Fields(module, picked)
    relations = draw.sample(list(module.relations), min(len(module.relations), draw.randint(0, 2)))
    # A line and a document of the same name may have fields of different types: no part is asked.
    tabs = [each for each in module.tabs.values() if not each.module.part]
    chosen = draw.sample(tabs, min(len(tabs), draw.randint(0, 2)))
    return Fields(
        module,
        picked,
        {
            name: drawn_fields(web, draw, module.target(module.relations[name]), depth - 1)
            for name in relations
        },
        {tab.name: drawn_list(web, draw, tab.module, tab, depth - 1) for tab in chosen},
    )


def drawn_list(
    web: Web, draw: random.Random, module: Module, tab: Tab | None, depth: int
) -> Listed:
    found = Listed(
        module,
        tab,
        drawn_fields(web, draw, module, depth),
        draw.choice((9, 1, 2, 3)),
        draw.random() < 0.3,
    )
    if draw.random() < 0.4:
        found.filter = drawn_filter(web, draw, module)
    if draw.random() < 0.3:
        found.order = drawn_order(draw, module)
    if draw.random() < 0.4:
        found.sums = drawn_sums(draw, module)
    if tab is None and draw.random() < 0.15:
        found.search = draw.choice(web.of(module.name)).values["number"][: draw.randint(3, 20)]
    return found


def drawn_question(web: Web, draw: random.Random, module: Module) -> Question:
    """One root: a list, a record by its id, or a node."""
    kind = draw.choice(("list", "list", "list", "one", "node"))
    variables: dict[str, Any] = {}
    depth = draw.randint(0, 2)
    if kind == "list":
        listed = drawn_list(web, draw, module, None, depth)
        return _asked(f"a: {listed.text(variables)}", variables, listed)
    fields = drawn_fields(web, draw, module, depth)
    own = fields.text(variables)
    id = draw.choice(web.ids[module.name])
    variables["id"] = ("ID!", str(id))
    if kind == "one":
        return _asked(f"a: {one(module)}(id: $id) {{ {own} }}", variables, fields, id)
    return _asked(f"a: node(id: $id) {{ ... on {module.name} {{ {own} }} }}", variables, fields, id)


def _asked(
    selected: str, variables: dict[str, Any], root: Listed | Fields, knot: int = 0
) -> Question:
    declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in variables.items())
    opened = f"({declared})" if declared else ""
    values = {name: value for name, (_, value) in variables.items()}
    return Question(f"query {opened} {{ {selected} }}", values, root, knot)


# What must be answered


def expected(web: Web, reader: Reader, question: Question) -> Any:
    """The answer. Raises Refused where there must be an error."""
    if isinstance(question.root, Fields):
        knot = web.knots[question.knot]
        return _record(web, reader, knot, question.root) if web.sees(reader, knot) else None
    listed = question.root
    rows = [web.knots[id] for id in web.seen(reader, listed.module.name)]
    return _list(web, reader, rows, listed)


def _record(web: Web, reader: Reader, knot: Knot, asked: Fields) -> dict[str, Any]:
    found: dict[str, Any] = {"id": str(knot.id)}
    for name in asked.columns:
        hidden = masks(reader, asked.module, name)
        found[names.camel(name)] = None if hidden else knot.values[name]
    for name, inner in asked.relations.items():
        target = web.target(reader, knot, name)
        found[names.camel(name)] = (
            None if target is None else _record(web, reader, web.knots[target], inner)
        )
    for name, listed in asked.tabs.items():
        rows = [web.knots[id] for id in web.tab(reader, knot, asked.module.tabs[name])]
        found[names.camel(name)] = _list(web, reader, rows, listed)
    return found


def _list(web: Web, reader: Reader, rows: list[Knot], asked: Listed) -> dict[str, Any]:
    if asked.filter is not None:
        conditions.check(reader, asked.module, asked.filter)
        rows = [each for each in rows if holds(web, reader, each, asked.filter)]
    conditions.check_order(reader, asked.module, asked.order)
    if asked.search is not None:
        prefix = model.fold(asked.search)
        texts = ("number", "title")
        rows = [
            each
            for each in rows
            if any(model.fold(each.values[name]).startswith(prefix) for name in texts)
        ]
    rows = ordered(asked.module, rows, asked.order)
    page = rows[-asked.size :] if asked.backwards else rows[: asked.size]
    more = len(rows) > asked.size
    found = {
        "totalCount": len(rows),
        "nodes": [_record(web, reader, each, asked.fields) for each in page],
        "pageInfo": {
            "hasNextPage": more and not asked.backwards,
            "hasPreviousPage": more and asked.backwards,
        },
    }
    if asked.sums:
        found["aggregate"] = added(web, reader, asked.module, rows, asked.sums)
    return found


def differences(answer: Any, model: Any, path: str = "") -> Iterator[str]:
    """Where an answer is not the one expected. Groups may stand in any order."""
    if isinstance(model, About):
        if answer is None or abs(Decimal(str(answer)) - model.value) >= Decimal("0.01"):
            yield f"{path}: {answer}, not {model.value}"
    elif isinstance(model, dict) and isinstance(answer, dict) and answer.keys() == model.keys():
        for name, each in model.items():
            yield from differences(answer[name], each, f"{path}.{name}")
    elif isinstance(model, list) and isinstance(answer, list) and len(answer) == len(model):
        if model and "keys" in model[0]:
            answer, model = (sorted(each, key=lambda x: str(x["keys"])) for each in (answer, model))
        for i, pair in enumerate(zip(answer, model, strict=True)):
            yield from differences(*pair, f"{path}.{i}")
    elif answer != model:
        yield f"{path}: {answer}, not {model}"


async def ask_filters(
    web: Web, draw: random.Random, module: Module, readers: Sequence[Reader], most: int = 5
) -> None:
    """Several filters at once that lead to other records, each a list of its own."""
    asked = [conditions.drawn_crossing(web, draw, module) for _ in range(draw.randint(1, most))]
    places = range(len(asked))
    declared = ", ".join(f"$f{i}: {module.name}Filter" for i in places)
    fields = [
        f"a{i}: {many(module)}(first: 9, filter: $f{i}) {{ totalCount nodes {{ id }} }}"
        for i in places
    ]
    text = f"query ({declared}) {{ {' '.join(fields)} }}"
    variables = {f"f{i}": filter for i, filter in enumerate(asked)}
    for reader in readers:
        answer = await reader.client.answer(text, variables)
        codes = {each["extensions"]["code"] for each in answer.get("errors") or ()}
        refusals = [code_of(partial(conditions.check, reader, module, each)) for each in asked]
        assert codes == {each for each in refusals if each}, (reader, text, variables, answer)
        if codes:
            continue
        seen = [web.knots[id] for id in web.seen(reader, module.name)]
        for i, filter in enumerate(asked):
            expected = [str(each.id) for each in seen if holds(web, reader, each, filter)]
            found = answer["data"][f"a{i}"]
            assert found["totalCount"] == len(expected), (reader, text, filter, found)
            assert [each["id"] for each in found["nodes"]] == expected, (reader, filter, found)


def refusable(web: Web, reader: Reader, root: Listed | Fields) -> bool:
    """Whether some list of the selection names what is hidden: where no record leads to that list,
    it need not be refused.
    """
    if isinstance(root, Fields):
        inner: tuple[Listed | Fields, ...] = (*root.relations.values(), *root.tabs.values())
        return any(refusable(web, reader, each) for each in inner)
    try:
        conditions.check(reader, root.module, root.filter or {})
        conditions.check_order(reader, root.module, root.order)
        if root.sums:
            added(web, reader, root.module, [], root.sums)
    except Refused:
        return True
    return refusable(web, reader, root.fields)


async def ask(web: Web, reader: Reader, question: Question) -> None:
    """Ask, and compare."""
    answer = await reader.client.answer(question.text, question.variables)
    codes = {each["extensions"]["code"] for each in answer.get("errors") or ()}
    if codes == {"QUERY_TOO_COMPLEX"}:
        return
    refusal = code_of(partial(expected, web, reader, question))
    if refusal or (codes and refusable(web, reader, question.root)):
        assert {refusal or "BAD_FILTER"} | codes <= {"BAD_FILTER", "BAD_GROUP"}, (question, answer)
        assert not refusal or refusal in codes, (reader, question, answer)
        return
    assert not codes, (reader, question, answer)
    wanted = expected(web, reader, question)
    found = list(differences(answer["data"]["a"], wanted))
    assert found == [], (found, reader, question)
