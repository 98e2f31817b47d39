"""The GraphiQL page as the server gives it; `browser/` tries it in Chromium."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from graphql import OperationDefinitionNode, parse
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from graph import ide

ROOT = Path(__file__).parent.parent
INDEX = '<!doctype html><title>Fiches</title><body><div id="ide"></div></body>'


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built page of two files and one example."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "examples").mkdir()
    (tmp_path / "index.html").write_text(INDEX)
    (tmp_path / "assets" / "index-1a2b3c.js").write_text("export {}")
    (tmp_path / "examples" / "1-one.graphql").write_text(
        "# One\nquery One($n: Int) { one(n: $n) }\n"
    )
    (tmp_path / "examples" / "1-one.json").write_text('{"n": 1}')
    monkeypatch.setattr(ide, "BUILT", tmp_path)
    return tmp_path


def test_the_page_carries_what_it_needs_in_attributes(built: Path) -> None:
    nasty = ide.Example("</div><script>", '{ a(b: "\'&") }', {"quote": '"'})

    page = ide.page(endpoint="/graphql?a=1&b=2", token="t'\"<>", examples=[nasty, *ide.examples()])

    data = attributes(page)
    assert data["data-endpoint"] == "/graphql?a=1&b=2"
    assert data["data-token"] == "t'\"<>"
    assert json.loads(data["data-examples"]) == [
        {"title": "</div><script>", "query": '{ a(b: "\'&") }', "variables": {"quote": '"'}},
        {"title": "One", "query": "query One($n: Int) { one(n: $n) }\n", "variables": {"n": 1}},
    ]
    assert b"<script" not in page.body


def test_without_a_token_the_page_carries_none(built: Path) -> None:
    page = ide.page(endpoint="/graphql", token=None, examples=[])

    assert attributes(page)["data-token"] == ""


def test_the_page_is_bound_by_a_strict_policy_and_never_kept(built: Path) -> None:
    page = ide.page(endpoint="/graphql", token=None, examples=[])

    policy = dict(
        part.split(" ", 1) for part in page.headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["worker-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_assets_are_kept_for_a_year(built: Path) -> None:
    client = TestClient(Starlette(routes=ide.routes()))

    asset = client.get("/ide/assets/index-1a2b3c.js")

    assert asset.status_code == 200
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-security-policy"] == ide.POLICY
    assert "javascript" in asset.headers["content-type"]
    assert client.get("/ide/assets/index-0.js").status_code == 404
    assert client.get("/ide/assets/%2e%2e/index.html").status_code == 404


def test_a_page_that_is_not_built_says_how_to_build_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ide, "BUILT", tmp_path / "nothing")
    client = TestClient(Starlette(routes=ide.routes()))

    page = ide.page(endpoint="/graphql", token="secret", examples=ide.examples())

    assert page.status_code == 503
    assert b"make assets" in page.body
    assert b"secret" not in page.body
    assert client.get("/ide/assets/index-1a2b3c.js").status_code == 404


@pytest.mark.parametrize(
    ("client", "host", "extra", "expected"),
    [
        ("127.0.0.1", "127.0.0.1:8000", {}, True),
        ("::1", "[::1]:8000", {}, True),
        ("127.0.0.1", "localhost:8000", {}, True),
        ("127.0.0.1", "rebound.example:8000", {}, False),
        ("127.0.0.1", "localhost:8000", {"x-forwarded-for": "203.0.113.9"}, False),
        ("203.0.113.9", "localhost:8000", {}, False),
    ],
)
def test_only_a_visitor_on_this_machine_who_means_it_is_on_loopback(
    client: str, host: str, extra: dict[str, str], expected: bool
) -> None:
    headers = [(name.encode(), value.encode()) for name, value in {"host": host, **extra}.items()]
    scope = {
        "type": "http",
        "scheme": "http",
        "path": "/graphql",
        "query_string": b"",
        "server": ("127.0.0.1", 8000),
        "client": (client, 50000),
        "headers": headers,
    }

    assert ide.is_loopback(Request(scope)) is expected


@pytest.mark.parametrize("folder", ["web", "conformance"])
def test_the_lock_file_names_no_registry_and_every_version_is_exact(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text())
    package = json.loads((ROOT / folder / "package.json").read_text())

    assert [name for name, facts in lock["packages"].items() if "resolved" in facts] == []
    assert [
        name for name, facts in lock["packages"].items() if name and "integrity" not in facts
    ] == []
    pins = {**package["dependencies"], **package["devDependencies"]}
    assert [pin for pin in pins.values() if not re.fullmatch(r"\d+\.\d+\.\d+", pin)] == []


@pytest.mark.parametrize(
    "file",
    sorted((ROOT / "web" / "public" / "examples").glob("*.graphql")),
    ids=lambda file: file.stem,
)
def test_an_example_has_a_title_and_one_named_operation(file: Path) -> None:
    example = ide.read(file)

    definitions = parse(example.query).definitions
    operations = [node for node in definitions if isinstance(node, OperationDefinitionNode)]
    assert example.title
    assert [operation.name is not None for operation in operations] == [True]


def attributes(page: Response) -> dict[str, str]:
    """The attributes of the page's root element, unescaped."""
    found: dict[str, str] = {}

    class Root(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if ("id", "ide") in attrs:
                found.update((name, value or "") for name, value in attrs)

    Root().feed(bytes(page.body).decode())
    return found
