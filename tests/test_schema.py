"""The schema: what is derived from every module, its descriptions, and the committed copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    is_introspection_type,
    is_specified_scalar_type,
)

from graph import app, names
from graph.schema import Schema, printed, suite
from tests.conftest import ROOT

Fielded = GraphQLObjectType | GraphQLInterfaceType


@pytest.fixture(scope="module")
def built() -> Schema:
    """The schema of this process, which the application serves too."""
    return app.schema(suite())


@pytest.fixture(scope="module")
def graph(built: Schema) -> GraphQLSchema:
    return built._schema


def own_types(graph: GraphQLSchema) -> list[GraphQLNamedType]:
    return [
        each
        for each in graph.type_map.values()
        if not is_introspection_type(each) and not is_specified_scalar_type(each)
    ]


def test_the_committed_schema_is_the_one_built(built: Schema) -> None:
    committed = (ROOT / "schema.graphql").read_text(encoding="utf-8").splitlines()

    made = printed(built).splitlines()
    # Only the first line that differs: a comparison of all of them would take minutes to show.
    differing = next((pair for pair in zip_longest(committed, made) if pair[0] != pair[1]), None)
    assert differing is None, "run `make schema` and commit schema.graphql"


def test_types_are_printed_by_name_and_fields_as_declared(built: Schema) -> None:
    text = printed(built)

    types = re.findall(r"^(?:type|interface|union|enum|input|scalar) (\w+)", text, re.MULTILINE)
    assert types == sorted(types)
    (person,) = re.findall(r"^type Person implements.*?^}", text, re.MULTILINE | re.DOTALL)
    fields = re.findall(r"^  (\w+)[:(]", person, re.MULTILINE)
    declared = [names.camel(name) for name in suite()["Person"].facts]
    assert [field for field in fields if field in declared] == declared


def test_everything_has_a_description(graph: GraphQLSchema) -> None:
    described = dict(descriptions(graph))

    assert [what for what, description in described.items() if not description] == []


def descriptions(graph: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Of every type, field, argument, input field and enum value that is not GraphQL's own."""
    for each in own_types(graph):
        yield each.name, each.description
        if isinstance(each, Fielded):
            for name, field in each.fields.items():
                yield f"{each.name}.{name}", field.description
                for argument, given in field.args.items():
                    yield f"{each.name}.{name}({argument}:)", given.description
        elif isinstance(each, GraphQLInputObjectType):
            for name, accepted in each.fields.items():
                yield f"{each.name}.{name}", accepted.description
        elif isinstance(each, GraphQLEnumType):
            for name, value in each.values.items():
                yield f"{each.name}.{name}", value.description


def test_every_module_has_its_queries_and_mutations(graph: GraphQLSchema) -> None:
    assert graph.query_type is not None
    assert graph.mutation_type is not None
    queries, mutations = graph.query_type.fields, graph.mutation_type.fields

    for module in suite().modules:
        one, many = names.camel(names.one(module)), names.camel(names.many(module))
        assert list(queries[one].args) == ["id", "number"]
        assert {"filter", "orderBy", "search", "first", "after", "last", "before"} == set(
            queries[many].args
        )
        written = [
            action
            for action in ("create", "update", "delete", "restore")
            if f"{action}{module.name}" in mutations
        ]
        assert written == (
            [] if module.declared.by_actions else ["create", "update", "delete", "restore"]
        ), module.name


def test_what_a_viewer_may_not_see_takes_no_parent_with_it(graph: GraphQLSchema) -> None:
    for module in suite():
        node = graph.type_map[module.name]
        assert isinstance(node, GraphQLObjectType)

        required = {
            name
            for name in (*module.columns, *module.relations)
            if isinstance(node.fields[names.camel(name)].type, GraphQLNonNull)
        }

        assert required == set(), module.name


def test_what_is_required_is_said_by_create_inputs(graph: GraphQLSchema) -> None:
    for module in suite().modules:
        if module.declared.by_actions:
            continue
        accepted = graph.type_map[f"Create{module.name}Input"]
        assert isinstance(accepted, GraphQLInputObjectType)

        required = {
            name for name, each in accepted.fields.items() if isinstance(each.type, GraphQLNonNull)
        }

        demanded = {name for name, column in module.columns.items() if column.required}
        relations = [each for each in module.relations.values() if each.required]
        # What may be given as a new record may be left out: the unit of work wants one of the two.
        demanded |= {each.name for each in relations if each.new not in module.creatable}
        assert required == {names.camel(name) for name in demanded}, module.name
        assert {names.camel(each.new) for each in relations} & accepted.fields.keys() == {
            names.camel(name) for name in module.creatable if module.creatable[name].required
        }


def test_an_id_is_never_null_but_in_what_a_mutation_answers(graph: GraphQLSchema) -> None:
    """So that clients with a cache by id (Relay, Apollo, urql) may keep what has one."""
    objects = [each for each in own_types(graph) if isinstance(each, GraphQLObjectType)]

    with_id = {each.name: each.fields["id"].type for each in objects if "id" in each.fields}

    nullable = [name for name, type_ in with_id.items() if str(type_) != "ID!"]
    assert [name for name in nullable if not name.endswith("Payload")] == []
    nodes = {each.name for each in objects if "Node" in {own.name for own in each.interfaces}}
    assert nodes - with_id.keys() == set()


def test_names_are_spelt_as_the_trade_does(graph: GraphQLSchema) -> None:
    assert graph.query_type is not None

    for name in (
        *("person", "people", "equipment", "equipments", "taxRate", "taxRates"),
        *("facility", "facilities", "skillsMatrix", "skillsMatrices", "faq", "faqs"),
        *("customerEquipment", "customerEquipments", "accountingEntry", "accountingEntries"),
    ):
        assert name in graph.query_type.fields
    for name in (
        *("CustomerInvoice", "CustomerInvoiceConnection", "CustomerInvoiceEdge"),
        *("CustomerInvoiceFilter", "CustomerInvoiceOrder", "CustomerInvoiceAggregate"),
        *("CreateCustomerInvoiceInput", "UpdateCustomerInvoicePayload", "CustomerInvoiceStatus"),
        *("PaymentTerms", "Record", "Change", "UserError", "CommentEdge", "Via"),
    ):
        assert name in graph.type_map
