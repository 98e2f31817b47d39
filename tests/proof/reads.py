"""Every list, record, relation, tab and count of every module, held against the web."""

from __future__ import annotations

import csv
import io
from typing import Any

from db.declare import Links
from db.suite import Module
from graph import names
from tests.proof.sent import Sent
from tests.proof.web import Reader, Web, many, one


def document(module: Module) -> str:
    """All that leads from the records of a module to others."""
    fields = [f"{names.camel(name)} {{ id }}" for name in module.relations]
    fields += [
        f"{names.camel(tab.name)}(first: 9) {{ totalCount nodes {{ id }} }}"
        for tab in module.tabs.values()
    ]
    return (
        f"{module.name}: {many(module)}(first: 9) {{ totalCount aggregate {{ count }} nodes {{ id "
        f"{' '.join(fields)} tabs {{ name count {{ value }} }} }} }}"
    )


def told(connection: Any) -> list[int]:
    found = [int(node["id"]) for node in connection["nodes"]]
    assert connection["totalCount"] == len(found)
    return found


async def lists(web: Web, reader: Reader, modules: list[Module], sent: Sent) -> None:
    """Lists, counts, relations, tabs and links, of some modules."""
    for module in modules:
        asked = f"{{ {document(module)} }}"
        sent.add(asked)
        answer = (await reader.client.ask(asked))[module.name]
        assert told(answer) == web.seen(reader, module.name), module.name
        assert answer["aggregate"]["count"] == answer["totalCount"]
        for node in answer["nodes"]:
            knot = web.knots[int(node["id"])]
            for name in module.relations:
                held = node[names.camel(name)]
                target = web.target(reader, knot, name)
                assert held == (None if target is None else {"id": str(target)}), (knot, name)
            counts = {each["name"]: each["count"]["value"] for each in node["tabs"]}
            for tab in module.tabs.values():
                if tab.module.part:
                    assert node[names.camel(tab.name)]["totalCount"] == 0
                    continue
                rows = web.tab(reader, knot, tab)
                assert sorted(told(node[names.camel(tab.name)])) == sorted(rows), (knot, tab.name)
                assert counts.get(names.camel(tab.name), 0) == len(rows), (knot, tab.name)


async def records(web: Web, reader: Reader, modules: list[Module], sent: Sent) -> None:
    """Each record by its id, in all the ways there are; and the state, history and deletion of it."""
    for module in modules:
        own = [each for each in web.knots.values() if each.module == module.name]
        for knot in own:
            asked = (
                f"{{ a: {one(module)}(id: {knot.id}) {{ id }} b: node(id: {knot.id}) {{ id }} "
                f"c: record(id: {knot.id}) {{ id comments(rollUp: true) {{ totalCount }} "
                f"history {{ totalCount nodes {{ id }} }} }} d: nodes(ids: [{knot.id}]) {{ id }} "
                f'e: recordAsOf(id: {knot.id}, at: "2100-01-01T00:00:00Z") {{ number }} '
                f'f: compare(id: {knot.id}, from: "2020-01-01T00:00:00Z") {{ to }} '
                f"g: deletionImpact(id: {knot.id}) {{ canDelete }} }}"
            )
            sent.add(asked)
            answer = await reader.client.ask(asked)
            seen = web.sees(reader, knot)
            there = {"id": str(knot.id)} if seen else None
            assert answer["a"] == answer["b"] == answer["d"][0] == there, knot
            assert (answer["c"] is not None) == (answer["g"] is not None) == seen, knot
            ever = seen or web.sees(reader, knot, deleted=True)
            assert (answer["e"] is not None) == (answer["f"] is not None) == ever, knot


async def registers(web: Web, reader: Reader, sent: Sent) -> None:
    """What knows no module: all records in pages of some sizes, and the recycle bin."""
    for size in (1, 7, 100):
        for root, deleted in (("records", False), ("recycleBin", True)):
            if size == 1 and deleted:
                continue
            asked = (
                f"query ($after: String) {{ {root}(first: {size}, after: $after) {{ totalCount "
                "nodes { id } pageInfo { endCursor hasNextPage } } }"
            )
            sent.add(asked)
            seen = [each.id for each in web.knots.values() if web.sees(reader, each, deleted=deleted)]
            found: list[int] = []
            after, more = None, True
            while more and not (size == 1 and len(found) > 6):
                page = (await reader.client.ask(asked, after=after))[root]
                assert page["totalCount"] == len(seen), root
                found += [int(node["id"]) for node in page["nodes"]]
                after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
            expected = sorted(seen, reverse=True)
            if size == 1:
                assert found == expected[: len(found)]
            elif deleted:
                assert sorted(found, reverse=True) == expected
            else:
                assert found == expected


async def filters(web: Web, reader: Reader, modules: list[Module]) -> None:
    """Filters through relations, one way and the other, and exports."""
    for module in modules:
        seen = [web.knots[id] for id in web.seen(reader, module.name)]
        for name in module.relations:
            for target in web.seen(reader, module.relations[name].target_name)[:1]:
                asked = (
                    f"{{ {many(module)}(first: 9, filter: {{{names.camel(name)}: "
                    f'{{id: {{eq: "{target}"}}}}}}) {{ totalCount nodes {{ id }} }} }}'
                )
                if (module.name, name) in reader.masked:
                    (error,) = await reader.client.refused(asked)
                    assert error["code"] == "BAD_FILTER"
                    continue
                (answer,) = (await reader.client.ask(asked)).values()
                assert told(answer) == [x.id for x in seen if web.target(reader, x, name) == target]
        for tab in list(module.tabs.values())[:4]:
            declaring = module.name if tab.forward else tab.module.name
            if tab.module.part or (declaring, tab.fact.name) in reader.masked:
                continue
            hosts = [x.id for x in seen if web.tab(reader, x, tab)]
            for word in ("some", "none"):
                asked = (
                    f"{{ {many(module)}(first: 9, filter: {{{names.camel(tab.name)}: {{{word}: {{}}}}"
                    "}) { totalCount nodes { id } } }"
                )
                (answer,) = (await reader.client.ask(asked)).values()
                assert (word == "some") == (set(told(answer)) == set(hosts)) or (
                    set(told(answer)) == {x.id for x in seen} - set(hosts)
                ), (module.name, tab.name)


async def exports(web: Web, reader: Reader, modules: list[Module]) -> None:
    """The file of a module's list has the rows of the list, and of relations what is seen."""
    for module in modules:
        relations = [
            name for name in module.relations if (module.name, name) not in reader.masked
        ][:3]
        columns = ",".join(["id", *(f"{names.camel(name)}.id" for name in relations)])
        response = await reader.client.http.get(
            f"/export/{module.name}.csv?columns={columns}", headers=reader.client.headers
        )
        if module.name in reader.hidden and not reader.everything:
            assert response.status_code in (400, 403, 404), response.text
            continue
        assert response.status_code == 200, response.text
        text = response.text.lstrip("\ufeff")
        rows = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.split("\n")[0] else ","))
        expected = [
            [str(id), *(str(web.target(reader, web.knots[id], name) or "") for name in relations)]
            for id in web.seen(reader, module.name)
        ]
        assert sorted(rows[1:]) == sorted(expected), module.name


__all__ = ["Links", "exports", "filters", "lists", "records", "registers"]
