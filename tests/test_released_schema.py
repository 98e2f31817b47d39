"""Nothing that clients of the last release rely on goes away unannounced."""

from __future__ import annotations

from datetime import date

import pytest
from graphql import GraphQLSchema, build_schema

from scripts.released_schema import RELEASED, schema_of, unannounced, undated, undescribed
from tests.conftest import ROOT

TODAY = date(2027, 6, 1)
OVER = "Use `name`. Since 2026-11-24, gone after 2027-05-31."
STILL = "Use `name`. Since 2026-11-24, gone after 2027-06-01."


def released(reason: str | None) -> GraphQLSchema:
    old = "" if reason is None else f'@deprecated(reason: "{reason}")'
    return build_schema(
        f"""
        type Query {{ name(a: Int, old: Int {old}): String old: String {old} many(by: By): Int }}
        input By {{ name: String old: String {old} }}
        enum Sort {{ NAME OLD {old} }}
        type Other {{ sort: Sort }}
        """
    )


NOW = build_schema(
    """
    type Query { name(a: Int): String many(by: By): Int }
    input By { name: String }
    enum Sort { NAME }
    type Other { sort: Sort }
    """
)


@pytest.fixture(scope="module")
def committed() -> GraphQLSchema:
    return schema_of(ROOT / "schema.graphql")


def test_no_client_of_the_last_release_is_broken(committed: GraphQLSchema) -> None:
    broken = unannounced(schema_of(RELEASED), committed, date.today())

    assert broken == [], "deprecate first: CHANGELOG.md says how"


def test_every_deprecation_says_since_when_and_until_when(committed: GraphQLSchema) -> None:
    assert undated(committed) == []


def test_what_was_deprecated_may_go_after_its_day() -> None:
    assert unannounced(released(OVER), NOW, TODAY) == []


@pytest.mark.parametrize("reason", [None, "Use `name`.", STILL])
def test_what_was_not_or_not_for_long_enough_stays(reason: str | None) -> None:
    assert len(unannounced(released(reason), NOW, TODAY)) == 4
    assert len(undated(released(reason))) == (4 if reason == "Use `name`." else 0)


def test_no_deprecation_announces_another_type_or_a_new_duty() -> None:
    before = build_schema(f'type Query {{ a: Int @deprecated(reason: "{OVER}") b(c: Int): Int! }}')
    after = build_schema("type Query { a: String b(c: Int!): Int }")

    assert len(unannounced(before, after, TODAY)) == 3


def test_what_is_kept_of_a_release_is_its_schema_without_descriptions() -> None:
    text = '"""Said."""\ntype Query {\n  """Said."""\n  a("""B.""" b: Int = 1): Int @deprecated\n}'

    assert undescribed(text) == "type Query {\n  a(b: Int = 1): Int @deprecated\n}\n"
