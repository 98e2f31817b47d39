"""Draws the page of any record as plain text, from the two queries that stand beside it.

    FICHES_TOKEN=$(.venv/bin/fiches token admin@fiches.example) \
        python docs/page/draw.py 1234 --language en

Nothing here knows a module: what is drawn, in which order and under which names, the service says.
The only words of its own are the titles of a page's parts.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
MODULE = (HERE / "module.graphql").read_text()
RECORD = (HERE / "record.graphql").read_text()

WORDS = {
    "fr": {
        "lines": "Lignes",
        "totals": "Totaux",
        "tabs": "Onglets",
        "history": "Modifications",
        "colon": " : ",
        "nothing": "–",
        "on": "sur",
    },
    "en": {
        "lines": "Line items",
        "totals": "Totals",
        "tabs": "Tabs",
        "history": "History",
        "colon": ": ",
        "nothing": "–",
        "on": "on",
    },
}
WIDTH = 100


def page(module: Any, record: Any, language: str) -> str:
    """The page of a record as text: what `module` and `record` of the two queries say."""
    words = WORDS[language]
    required = {each["name"] for each in module["fullForm"]["fields"] if each["required"]}
    parts = [
        header(module, record["header"], words),
        *(summary(block, words) for block in record["summary"]["blocks"]),
        *(
            titled(block["label"], fields(block["fields"], words, required))
            for block in record["details"]["blocks"]
        ),
        *lines(record["details"], words),
        titled(words["tabs"], tabs(record["tabs"])),
        titled(words["history"], history(record["history"], words)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def header(module: Any, found: Any, words: dict[str, str]) -> str:
    shown = " | ".join(
        f"{each['label']}{words['colon']}{each['display']}"
        for each in found["fields"]
        if each["display"]
    )
    place = f"{module['appLabel']} > {module['plural']} > {found['number']}"
    return "\n".join(
        ["=" * WIDTH, place, str(found["title"]), *([shown] if shown else []), "=" * WIDTH]
    )


def titled(title: str, rows: Iterator[str]) -> str:
    """A part of the page under its title; nothing where there is nothing in it."""
    drawn = list(rows)
    return "\n".join([title, "-" * len(title), *drawn]) if drawn else ""


def fields(found: Sequence[Any], words: dict[str, str], required: set[str] = frozenset()) -> Any:
    """One field a line; a star for those that must be filled in."""
    names = [each["label"] + ("*" if each["name"] in required else "") for each in found]
    width = max(map(len, names), default=0)
    for name, each in zip(names, found, strict=True):
        text = words["nothing"] if each["display"] is None else each["display"]
        first, *rest = text.split("\n")
        yield f"{name:<{width}}  {first}"
        yield from (" " * (width + 2) + line for line in rest)


def summary(block: Any, words: dict[str, str]) -> str:
    if block["__typename"] == "KeyFieldsBlock":
        return titled(block["label"], fields(block["fields"], words))
    if block["__typename"] == "CommentsBlock":
        comments = block["comments"]
        title = f"{block['label']} ({comments['totalCount']})"
        return titled(title, (row for edge in comments["edges"] for row in comment(edge, words)))
    return ""  # a block that came after this program was written


def comment(edge: Any, words: dict[str, str]) -> Iterator[str]:
    node, via = edge["node"], edge["via"]
    place = ""
    if via["kind"] != "OWN":
        record = via["record"]
        place = f" ({words['on']} {record['title']})" if record else ""
    yield f"{node['author']['name']}{place}"
    yield from (f"  {line}" for line in node["body"].split("\n"))
    for reply in node["replies"]["nodes"]:
        yield f"    {reply['author']['name']}{words['colon']}{reply['body']}"


def lines(details: Any, words: dict[str, str]) -> Iterator[str]:
    if details["lineItems"] is None:
        return
    rows = [
        [each["display"] or "" for each in node["fields"]] for node in details["lineItems"]["nodes"]
    ]
    if rows:
        heads = [each["label"] for each in details["lineItems"]["nodes"][0]["fields"]]
        yield titled(words["lines"], table(heads, rows))
        yield titled(words["totals"], fields(details["totals"]["fields"], words))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The first column to the left, the others, numbers, to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for first, *rest in (heads, *rows):
        cells = (f"{text:>{width}}" for text, width in zip(rest, widths[1:], strict=True))
        yield "  ".join([f"{first:<{widths[0]}}", *cells]).rstrip()


def tabs(found: Sequence[Any]) -> Iterator[str]:
    for each in found:
        yield f"{each['label']} ({each['count']['display']})"


def history(found: Any, words: dict[str, str]) -> Iterator[str]:
    for change in found["nodes"]:
        yield f"{change['at'][:10]} {change['operation']} {change['actor']['name']}"
        for each in change["fields"]:
            before = each["beforeDisplay"] or words["nothing"]
            after = each["afterDisplay"] or words["nothing"]
            yield f"  {each['label']}{words['colon']}{before} -> {after}"


def ask(url: str, token: str, language: str, query: str, **variables: Any) -> Any:
    """The data of an answer; ends the program with what was wrong."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/graphql-response+json",
        "Accept-Language": language,
        "Authorization": f"Bearer {token}",
    }
    with urlopen(Request(url, body, headers)) as response:
        answer = json.load(response)
    if answer.get("errors"):
        sys.exit("\n".join(each["message"] for each in answer["errors"]))
    return answer["data"]


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the page of a record as plain text.")
    parser.add_argument("id", help="of the record")
    parser.add_argument("--language", choices=sorted(WORDS), default="fr")
    parser.add_argument("--url", default="http://127.0.0.1:8000/graphql")
    given = parser.parse_args()
    asked = (given.url, os.environ.get("FICHES_TOKEN", ""), given.language)
    record = ask(*asked, RECORD, id=given.id)["record"]
    if record is None:
        sys.exit(f"{given.id}: there is no such record that you may see.")
    module = ask(*asked, MODULE, name=record["module"])["module"]
    print(page(module, record, given.language), end="")


if __name__ == "__main__":
    main()
