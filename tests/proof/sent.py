"""What the proof has really asked: the fields of the schema in the documents that were answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)


class Sent(Visitor):
    """`Type.field` of all the documents that it has been shown."""

    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__()
        self.schema = schema
        self.documents: set[str] = set()
        self.found: set[str] = set()
        self.types = TypeInfo(schema)

    def add(self, document: str) -> None:
        self.documents.add(document)

    @property
    def fields(self) -> set[str]:
        """Looked for at the end only, as it takes its time."""
        for document in self.documents:
            visit(parse(document), TypeInfoVisitor(self.types, self))
        return self.found

    def enter_field(self, node: Any, *_: Any) -> None:
        parent = self.types.get_parent_type()
        if parent is not None:
            self.found.add(f"{parent.name}.{node.name.value}")


def asked_for(schema: GraphQLSchema) -> Iterator[str]:
    """What the proof must hold: every root field, and every field that is a connection."""
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType) and not type_.name.startswith("__"):
            for name, field in type_.fields.items():
                connection = get_named_type(field.type).name.endswith("Connection")
                if type_ in roots or connection:
                    yield f"{type_.name}.{name}"
