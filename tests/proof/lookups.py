"""Where the service looks something up for a reader: saved lists, forms, imports, exports."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from pydantic import SecretStr

from db import importing
from db.declare import Relation
from db.settings import Settings
from db.start_errors import StartError
from db.suite import Module
from graph import names
from tests.conftest import SECRET
from tests.proof import conditions
from tests.proof.conditions import code_of, drawn_filter, drawn_order, holds, ordered
from tests.proof.spinning import compared
from tests.proof.web import Knot, Reader, Web, masks
from tests.test_every_module import sample

LIST = (
    "query ($id: ID!, $filter: JSON, $order: JSON) { list(id: $id) { records(first: 9, filter: "
    "$filter, orderBy: $order) { totalCount edges { node { id } cells { name value } } } } }"
)


async def saved_list(
    web: Web, draw: random.Random, module: Module, readers: Sequence[Reader]
) -> None:
    """The shared list of all records, filtered and ordered by each: what its cells show too."""
    filter, order = drawn_filter(web, draw, module), drawn_order(draw, module)
    asked = {
        "id": web.list[module.name],
        "filter": filter,
        "order": conditions.order_by(order),
    }
    for reader in readers:
        answer = await reader.client.answer(LIST, asked)
        codes = [each["extensions"]["code"] for each in answer.get("errors") or ()]
        if module.name in reader.hidden and not reader.everything:
            assert answer["data"] == {"list": None}
            continue
        refusal = code_of(partial(_rows, web, reader, module, filter, order))
        assert codes == ([refusal] if refusal else []), (reader, asked, answer)
        if refusal:
            continue
        rows = _rows(web, reader, module, filter, order)
        found = answer["data"]["list"]["records"]
        assert found["totalCount"] == len(rows), (reader, asked)
        assert [int(x["node"]["id"]) for x in found["edges"]] == [x.id for x in rows], (
            reader,
            asked,
        )
        for edge, knot in zip(found["edges"], rows, strict=True):
            for cell in edge["cells"]:
                _check_cell(web, reader, module, knot, cell)


def _check_cell(web: Web, reader: Reader, module: Module, knot: Knot, cell: Any) -> None:
    name = names.snake(cell["name"])
    assert not masks(reader, module, name), (reader, knot, cell)
    if name in module.relations:
        target = web.target(reader, knot, name)
        assert cell["value"] == (None if target is None else str(target)), (reader, knot, cell)
    elif name in module.columns and compared(module, name):
        assert cell["value"] == knot.values[name], (reader, knot, cell)


def _rows(web: Web, reader: Reader, module: Module, filter: Any, order: Any) -> list[Knot]:
    conditions.check(reader, module, filter)
    conditions.check_order(reader, module, order)
    seen = [web.knots[id] for id in web.seen(reader, module.name)]
    return ordered(module, [x for x in seen if holds(web, reader, x, filter)], order)


async def exported(
    web: Web, draw: random.Random, module: Module, readers: Sequence[Reader]
) -> None:
    """The file of a filtered and ordered list: rows, relations and the fields behind them."""
    filter, order = drawn_filter(web, draw, module), drawn_order(draw, module)
    among = [
        name
        for name in (*module.relations, *module.columns)
        if name in module.relations or compared(module, name)
    ]
    picked = draw.sample(among, min(len(among), 3))
    columns = [("id", ""), *((x, "id" if x in module.relations else "") for x in picked)]
    spelt = [".".join(map(names.camel, filter_(each))) for each in columns]
    body = {
        "filter": filter, "orderBy": conditions.order_by(order), "columns": spelt, "delimiter": ",",
    }  # fmt: skip
    for reader in readers:
        response = await reader.client.http.post(
            f"/export/{module.name}.csv",
            content=orjson.dumps(body),
            headers={**reader.client.headers, "content-type": "application/json"},
        )
        if module.name in reader.hidden and not reader.everything:
            assert response.status_code in (403, 404), (reader, body, response.text)
            continue
        hidden = any(masks(reader, module, name) for name in picked)
        if hidden or code_of(partial(_rows, web, reader, module, filter, order)):
            assert response.status_code == 400, (reader, body, response.text)
            continue
        rows = _rows(web, reader, module, filter, order)
        assert response.status_code == 200, (reader, body, response.text)
        written = list(csv.reader(io.StringIO(response.text.lstrip("\ufeff"))))[1:]
        assert [int(each[0]) for each in written] == [each.id for each in rows], (reader, body)
        for cells, knot in zip(written, rows, strict=True):
            for name, cell in zip(picked, cells[1:], strict=True):
                if name in module.relations:
                    target = web.target(reader, knot, name)
                    assert cell == ("" if target is None else str(target)), (reader, knot, name)
                else:
                    assert (cell != "") == (knot.values[name] not in (None, "")), (knot, name)


def filter_(parts: Sequence[str]) -> list[str]:
    return [each for each in parts if each]


FORM = (
    "query ($module: String!, $from: ID) { module(name: $module) { quickCreateForm(from: $from) "
    "{ fields { name target default } } } }"
)


async def form(web: Web, draw: random.Random, module: Module, readers: Sequence[Reader]) -> None:
    """What a new record takes from the one it is created from: nothing that is hidden."""
    tabs = [tab for tab in module.tabs.values() if not tab.module.part]
    if not tabs:
        return
    target, host = draw.choice(tabs).module, web.knots[draw.choice(web.ids[module.name])]
    for reader in readers:
        asked = {"module": target.name, "from": str(host.id)}
        answer = await reader.client.answer(FORM, asked)
        codes = [each["extensions"]["code"] for each in answer.get("errors") or ()]
        if target.name in reader.hidden and not reader.everything:
            assert (answer["data"], codes) == ({"module": None}, []), (reader, asked, answer)
            continue
        if not web.sees(reader, host):
            assert codes == ["NOT_FOUND"], (reader, asked, answer)
            continue
        assert codes == [], (reader, asked, answer)
        for each in answer["data"]["module"]["quickCreateForm"]["fields"]:
            name = names.snake(each["name"])
            assert not masks(reader, target, name), (reader, asked, each)
            fact, own = target.facts.get(name), module.facts.get(name)
            if isinstance(fact, Relation) and each["default"] is not None:
                shown = int(each["default"])
                assert web.sees(reader, web.knots[shown]), (reader, asked, each)
                assert shown == host.id or shown in host.points[name], (reader, asked, each)
                assert shown == host.id or not masks(reader, module, name), (reader, asked, each)
            elif own is not None and masks(reader, module, name):
                rest = await reader.client.ask(FORM, **{**asked, "from": None})
                others = rest["module"]["quickCreateForm"]["fields"]
                bare = [x["default"] for x in others if x["name"] == each["name"]]
                assert [each["default"]] == bare or each["default"] in (None, []), (reader, asked)


async def imported(
    web: Web, draw: random.Random, module: Module, readers: Sequence[Reader], url: str, folder: Path
) -> None:
    """A file that names a record in a relation: refused where the reader does not see it as where
    there is none of that number. Nothing is kept of it.
    """
    relations = [each for each in module.relations.values() if module.writable(each)]
    if module.declared.by_actions or not relations:
        return
    relation = draw.choice(relations)
    target = draw.choice(web.of(relation.target_name))
    needed = [
        each
        for each in module.facts.values()
        if getattr(each, "required", False) and each.name != relation.name and module.writable(each)
    ]
    lines = [
        "[[table]]",
        'file = "a.csv"',
        f'module = "{module.name}"',
        "match = []",
        "[table.fields]",
    ]
    for each in needed:
        if isinstance(each, Relation):
            number = web.of(each.target_name)[0].values["number"]
            lines.append(f'{each.name} = {{ find = "number", column = "{each.name}" }}')
        else:
            lines.append(f"{each.name} = {{ value = {orjson.dumps(_constant(each)).decode()} }}")
    lines.append(f'{relation.name} = {{ find = "number", column = "Nommé" }}')
    (folder / "mapping.toml").write_text("\n".join(lines), encoding="utf-8")
    others = [each for each in needed if isinstance(each, Relation)]
    settings = Settings(database_url=url, secret_key=SecretStr(SECRET))
    for reader in readers:
        told = []
        for number in (target.values["number"], "JAMAIS"):
            row = [number, *(web.of(x.target_name)[0].values["number"] for x in others)]
            text = "\n".join(",".join(x) for x in (["Nommé", *(x.name for x in others)], row))
            (folder / "a.csv").write_text(text, encoding="utf-8")
            try:
                report = await importing.run(
                    url, settings, folder / "mapping.toml", folder, dry_run=True,
                    email=(await reader.client.viewer()).email,
                )  # fmt: skip
            except StartError as refusal:
                told.append((0, str(refusal).replace(number, "N")))
            else:
                told.append(
                    (
                        report.created[module.name],
                        "\n".join(map(str, report.refused)).replace(number, "N"),
                    )
                )
        writes = reader.everything or module.name not in reader.hidden
        seen = web.sees(reader, target) and not masks(reader, module, relation.name)
        ready = (
            writes
            and all(
                web.sees(reader, web.of(x.target_name)[0]) and not masks(reader, module, x.name)
                for x in others
            )
            and not any(masks(reader, module, each.name) for each in needed)
        )
        assert told[1][0] == 0, (reader, module.name, told)
        assert (told[0] == told[1]) or seen, (reader, module.name, relation.name, told)
        if seen and ready and reader.everything:
            assert told[0][0] == 1, (reader, module.name, relation.name, told)


def _constant(column: Any) -> Any:
    if column.choice:
        return next(iter(column.choice)).value
    return "ZZZ" if column.unique and column.type is str else sample(column, 0)
