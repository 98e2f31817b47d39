"""Every list, record, relation, tab and count of every module, held against the web."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.declare import Links, Relation
from db.suite import Module
from graph import names
from tests.proof.sent import Sent
from tests.proof.web import Knot, Reader, Web, many, masks, one


def document(module: Module) -> str:
    """All that leads from the records of a module to others."""
    fields = [f"{names.camel(name)} {{ id }}" for name in module.relations]
    fields += [
        f"{names.camel(tab.name)}(first: 9) {{ totalCount nodes {{ id }} }}"
        for tab in module.tabs.values()
    ]
    if module.declared.lines:
        fields.append("lineItems { totalCount nodes { derivedLines { totalCount } } }")
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
            if module.declared.lines:
                assert node["lineItems"]["totalCount"] == 1
            counts = {each["name"]: each["count"]["value"] for each in node["tabs"]}
            for tab in module.tabs.values():
                if tab.module.part:
                    assert node[names.camel(tab.name)]["totalCount"] == 0
                    continue
                rows = web.tab(reader, knot, tab)
                assert sorted(told(node[names.camel(tab.name)])) == sorted(rows), (knot, tab.name)
                assert counts.get(names.camel(tab.name), 0) == len(rows), (knot, tab.name)


async def records(web: Web, reader: Reader, modules: list[Module], sent: Sent) -> None:
    """Each record by its id, in all the ways there are; its states, and its deletion."""
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


async def talk(web: Web, reader: Reader, modules: Sequence[Module], sent: Sent) -> None:
    """The comments rolled up on each record of some modules, in one document."""
    fields = "nodes { id comments(rollUp: true, first: 100) { totalCount nodes { id } } }"
    asked = f"{{ {' '.join(f'{many(each)}(first: 9) {{ {fields} }}' for each in modules[:4])} }}"
    sent.add(asked)
    for connection in (await reader.client.ask(asked)).values():
        for node in connection["nodes"]:
            records = web.rolled_up(reader, web.knots[int(node["id"])])
            expected = sorted(f"comment-{web.comments[id]}" for id in records)
            assert sorted(each["id"] for each in node["comments"]["nodes"]) == expected, reader
            assert node["comments"]["totalCount"] == len(expected)


async def stories(web: Web, reader: Reader, modules: list[Module], sent: Sent) -> None:
    """Comments, rolled up over what is seen; history, which names nobody who is hidden."""
    for module in modules:
        asked = (
            f"{{ {many(module)}(first: 9) {{ nodes {{ id comments(rollUp: true, first: 100) {{ "
            "totalCount nodes { id record { id } replies { totalCount } } edges { via { record "
            "{ id } } } } history(first: 100) { totalCount nodes { id operation record { id } "
            "fields { name before after } } } preview { lastComments { totalCount } } "
            "details { lineItems { totalCount } } "
            "summary { blocks { ... on CommentsBlock { comments { totalCount } } } } "
            "tabs { name rows { totalCount nodes { id } } } } } }"
        )
        sent.add(asked)
        (answer,) = (await reader.client.ask(asked)).values()
        for node in answer["nodes"]:
            knot = web.knots[int(node["id"])]
            comments = node["comments"]
            expected = web.rolled_up(reader, knot)
            assert {int(each["record"]["id"]) for each in comments["nodes"]} == expected, knot
            assert {int(each["via"]["record"]["id"]) for each in comments["edges"]} == expected
            assert comments["totalCount"] == len(expected)
            lines = node["details"]["lineItems"]
            assert (lines or {"totalCount": 0})["totalCount"] == bool(module.declared.lines)
            blocks = [x["comments"] for x in node["summary"]["blocks"] if "comments" in x]
            for shown in (node["preview"]["lastComments"], *blocks):
                assert shown["totalCount"] in (1, len(expected)), knot
            for tab in node["tabs"]:
                declared = module.tabs[names.snake(tab["name"])]
                assert sorted(told(tab["rows"])) == sorted(web.tab(reader, knot, declared))
            await _history(web, reader, knot, node["history"])


async def _history(web: Web, reader: Reader, knot: Knot, history: Any) -> None:
    pool = web.administrator.world.database.pool
    rows = await pool.fetch(
        "SELECT id, operation, fields FROM change WHERE record_id = $1 ORDER BY id DESC", knot.id
    )
    module, expected = web.suite[knot.module], []
    for row in rows:
        fields = [each["name"] for each in row["fields"]]
        others = {x for each in row["fields"] for x in _ids(each["before"]) | _ids(each["after"])}
        linking = row["operation"] in ("LINKED", "UNLINKED")
        if linking and not any(web.ever(reader, id) for id in others):
            continue
        if fields and all(masks(reader, module, name) for name in fields):
            continue
        expected.append(f"change-{row['id']}")
    assert [each["id"] for each in history["nodes"]] == expected[:100], knot
    assert history["totalCount"] == len(expected)
    for change in history["nodes"]:
        for each in change["fields"]:
            fact = module.facts.get(names.snake(each["name"]))
            tab = module.tabs.get(names.snake(each["name"]))
            assert not masks(reader, module, names.snake(each["name"])), (knot, each)
            if tab is not None or isinstance(fact, Relation | Links):
                told_of = _ids(each["before"]) | _ids(each["after"])
                assert all(web.ever(reader, id) for id in told_of), (knot, each)


def _ids(value: Any) -> set[int]:
    """The ids in a value of a change of a relation, links or a tab."""
    if isinstance(value, dict):
        return _ids(value.get("id"))
    if isinstance(value, list):
        return {id for each in value for id in _ids(each)}
    return {int(value)} if str(value).isdigit() else set()


async def kept(web: Web, reader: Reader, modules: list[Module], sent: Sent) -> None:
    """What is kept of many modules' records: saved lists, tags and how often they are used."""
    asked = (
        "query ($tag: ID!) { node(id: $tag) { ... on Tag { usageCount { value } "
        "records(first: 100) { totalCount } } } tags { nodes { id } } lists { nodes { module } } "
        "modules { name tabs { name module } relations { name } } users { totalCount } }"
    )
    sent.add(asked)
    if not reader.everything:
        asked = asked.replace(" users { totalCount }", "")
    answer = await reader.client.ask(asked, tag=web.tag)
    seen = sum(web.sees(reader, each) for each in web.knots.values())
    assert answer["node"]["usageCount"]["value"] == seen
    assert answer["node"]["records"]["totalCount"] == seen
    hidden = set() if reader.everything else reader.hidden
    assert not hidden & {each["name"] for each in answer["modules"]}
    assert not hidden & {each["module"] for each in answer["lists"]["nodes"]}
    for each in answer["modules"]:
        module = web.suite[each["name"]]
        assert not hidden & {tab["module"] for tab in each["tabs"]}
        for name in (x["name"] for x in (*each["tabs"], *each["relations"])):
            assert not masks(reader, module, names.snake(name)), (module.name, name)
    for module in modules:
        asked = (
            "query ($id: ID!) { list(id: $id) { records(first: 9) { totalCount nodes { id } } } }"
        )
        sent.add(asked)
        answer = await reader.client.ask(asked, id=web.list[module.name])
        if module.name in hidden:
            assert answer["list"] is None
        else:
            assert told(answer["list"]["records"]) == web.seen(reader, module.name)


async def found(web: Web, reader: Reader, modules: Sequence[Module], sent: Sent) -> None:
    """The search, by the numbers of records, and who is told that they ask."""
    for module in modules[:8]:
        asked = (
            "query ($text: String!) { search(text: $text) { groups { hits { record { id } } } } }"
        )
        sent.add(asked)
        knot = web.of(module.name)[-1]
        answer = await reader.client.ask(asked, text=knot.values["number"])
        groups = answer["search"]["groups"]
        hits = {int(hit["record"]["id"]) for group in groups for hit in group["hits"]}
        assert (knot.id in hits) == web.sees(reader, knot)
        assert all(web.sees(reader, web.knots[id]) for id in hits)
    asked = (
        '{ viewer { id } customFields(module: "Contact") { name } module(name: "Deal") { name } }'
    )
    sent.add(asked)
    answer = await reader.client.ask(asked)
    assert answer["viewer"]["id"] == f"user-{reader.client.user_id}"
    hidden = not reader.everything and "Deal" in reader.hidden
    assert (answer["module"] is None) == hidden


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
            seen = [
                each.id for each in web.knots.values() if web.sees(reader, each, deleted=deleted)
            ]
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
