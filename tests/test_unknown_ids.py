"""An id of nothing, or no id, is null or a typed error, and never fails the whole answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from db.errors import ErrorCode
from graph.app import schema
from graph.schema import suite
from tests.client import Client

GRAPH = schema(suite())._schema
NO_IDS = [
    *("", " ", "x", "0", "-1", "1.5", "1e3", "9" * 18, "9" * 40, "٣", "1 OR 1=1", "null", "\x00"),
    *("comment-", "comment-x", "comment--1", "change-9999999", "user-9999999", "line-1-1", "list-"),
    *("é-1", "💥", "1\n"),
]
TYPED = {code.value for code in ErrorCode} - {"INTERNAL", "UNAVAILABLE", "TIMEOUT"}
SAMPLES = {"Int": 1, "Boolean": True, "String": "x", "Date": "2026-01-01", "Money": "1"}
SAMPLES |= {"Decimal": "1", "DateTime": "2026-01-01T00:00:00Z", "JSON": {}}


def sample(type_: Any, id: str) -> Any:
    """A value that the type takes, with the id wherever it takes one."""
    if isinstance(type_, GraphQLNonNull):
        return sample(type_.of_type, id)
    if isinstance(type_, GraphQLList):
        return [sample(type_.of_type, id)]
    if isinstance(type_, GraphQLEnumType):
        return next(iter(type_.values))
    if isinstance(type_, GraphQLInputObjectType):
        return given(type_.fields, id)
    return id if type_.name == "ID" else SAMPLES.get(type_.name, "x")


def given(parts: dict[str, Any], id: str) -> dict[str, Any]:
    """Values of what is required, and of every id."""
    return {
        name: sample(part.type, id)
        for name, part in parts.items()
        if isinstance(part.type, GraphQLNonNull) or names_ids(part)
    }


def names_ids(part: GraphQLArgument | GraphQLInputField) -> bool:
    return get_named_type(part.type).name == "ID"


def taking_ids(root: GraphQLObjectType) -> Iterator[tuple[str, GraphQLField]]:
    for name, field in root.fields.items():
        if any(names_ids(each) for each in field.args.values()):
            yield name, field


def asked(name: str, field: GraphQLField) -> tuple[str, str]:
    """The variables of one field, named after it, and the field, in a document."""
    required = {
        each: part
        for each, part in field.args.items()
        if isinstance(part.type, GraphQLNonNull) or names_ids(part)
    }
    declared = "".join(f"${name}_{each}: {part.type} " for each, part in required.items())
    arguments = ", ".join(f"{each}: ${name}_{each}" for each in required)
    type_: Any = get_named_type(field.type)
    inside = "" if is_leaf_type(type_) else "{ __typename }"
    return declared, f"{name}({arguments}) {inside}"


def values(name: str, field: GraphQLField, id: str) -> dict[str, Any]:
    return {f"{name}_{each}": value for each, value in given(field.args, id).items()}


@pytest.mark.parametrize("id", NO_IDS, ids=repr)
async def test_a_query_by_it_gives_null_or_a_typed_error(client: Client, id: str) -> None:
    fields = dict(taking_ids(GRAPH.query_type))  # type: ignore[arg-type]
    parts = [asked(name, field) for name, field in fields.items()]
    document = (
        f"query ({''.join(declared for declared, _ in parts)}) "
        f"{{ viewer {{ name }} {' '.join(selected for _, selected in parts)} }}"
    )
    variables: dict[str, Any] = {}
    for name, field in fields.items():
        variables |= values(name, field, id)

    answer = await client.answer(document, variables)

    assert len(fields) > 90
    data = answer["data"]
    assert data.pop("viewer") == {"name": "Alice"}
    assert data.pop("nodes") == [None]
    assert {name for name, found in data.items() if found is not None} == set()
    assert {each["extensions"]["code"] for each in answer.get("errors", [])} <= TYPED
    assert [each for each in answer.get("errors", []) if each["path"][0] not in fields] == []


@pytest.mark.parametrize("id", NO_IDS[::4], ids=repr)
async def test_a_mutation_of_it_answers_with_errors_and_the_others_are_done(
    client: Client, id: str
) -> None:
    ended = ("revokeSession", "revokeApiKey")
    fields = {
        name: field
        for name, field in taking_ids(GRAPH.mutation_type)  # type: ignore[arg-type]
        if name not in ended
    }
    assert len(fields) > 300

    failed = {}
    names = list(fields)
    for start in range(0, len(names), 100):
        some = names[start : start + 100]
        parts = [asked(name, fields[name]) for name in some]
        document = (
            f"mutation ({''.join(declared for declared, _ in parts)}) {{ "
            f"{' '.join(selected for _, selected in parts)} }}"
        )
        variables: dict[str, Any] = {}
        for name in some:
            variables |= values(name, fields[name], id)
        answer = await client.answer(document, variables)
        assert answer.get("data"), answer
        for each in answer.get("errors", []):
            failed[each["path"][0]] = each["extensions"]["code"]
        untold = [name for name in some if answer["data"][name] is None and name not in failed]
        assert untold == []

    assert failed == {}
