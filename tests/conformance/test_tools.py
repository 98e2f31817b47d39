"""The schema as front-end developers' tools take it. Relay's compiler: see test_clients.py."""

from __future__ import annotations

import pytest

from tests.conformance.node import FOLDER, node
from tests.conftest import ROOT

pytestmark = pytest.mark.conformance


async def test_the_schema_has_no_fault_by_the_recommended_rules_of_graphql_eslint() -> None:
    config = str(FOLDER / "eslint.config.js")
    ended = await node(
        "eslint/bin/eslint.js", "--no-config-lookup", "-c", config, "schema.graphql", folder=ROOT
    )

    assert (ended.code, ended.printed) == (0, "")


async def test_graphql_eslint_would_see_a_fault() -> None:
    faulty = "type Query { Get_it: Int }\n"
    (FOLDER / "generated").mkdir(exist_ok=True)
    (FOLDER / "generated" / "schema.graphql").write_text(faulty)
    config = (FOLDER / "eslint.config.js").read_text()
    path = FOLDER / "generated" / "eslint.config.js"
    path.write_text(config.replace("['schema.graphql']", "['**/schema.graphql']"))
    ended = await node(
        *("eslint/bin/eslint.js", "--no-config-lookup", "-c", str(path), "schema.graphql"),
        folder=FOLDER / "generated",
    )

    assert ended.code == 1
    assert "camelCase" in ended.printed
    assert "Description is required" in ended.printed


async def test_generated_types_hold_under_strict_typescript() -> None:
    made = await node("@graphql-codegen/cli/esm/bin.js", "--config", "codegen.ts")
    checked = await node("typescript/bin/tsc", "--project", ".")

    assert (made.code, checked.code) == (0, 0), made.printed + checked.printed
    types = (FOLDER / "generated" / "graphql.ts").read_text()
    assert ": any" not in types
