"""How large a document may be, whatever it asks for: counted before it is validated.

One pass. Each fragment is counted once and its numbers added wherever it is spread, so that the
time is linear in the document, though what it stands for may double with each fragment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from graphql.validation.rules import overlapping_fields_can_be_merged

from db.errors import TooComplex
from db.settings import Settings

COMPARISONS: Final = 50_000
"""How long validation compares fields of one name: a tenth of what graphql-core allows, which is
two thirds of a second; every document in use takes less than a hundredth of it.
"""
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = COMPARISONS

NESTED: Final = 100
"""How deep fragments may be spread in fragments: the rules of validation walk down recursively."""


@dataclass(frozen=True)
class Limits:
    """What one request may ask for; docs/limits.md gives the reasons."""

    body: int = 1_048_576
    body_seconds: int = 30
    json_depth: int = 64
    tokens: int = 10_000
    depth: int = 20
    fields: int = 5_000
    aliases: int = 200
    directives: int = 100
    mutations: int = 5
    nodes: int = 50_000
    values: int = 1_000_000
    operations: int = 100

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        return cls(**{name: getattr(settings, f"max_{name}") for name in cls.__annotations__})


@dataclass
class Size:
    """How much a selection holds, what its fragments stand for included."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    nested: int = 0

    def add(self, other: Size, *, below: int = 0, inside: int = 0) -> None:
        """Take in what stands `below` so many fields, `inside` so many fragments."""
        self.depth = max(self.depth, other.depth + below)
        self.nested = max(self.nested, other.nested + inside)
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives


class Document:
    """Measures one document. `visits` counts the selections looked at: each once."""

    def __init__(self, document: DocumentNode, limits: Limits) -> None:
        self.limits = limits
        self.visits = 0
        self.operations = [
            each for each in document.definitions if isinstance(each, OperationDefinitionNode)
        ]
        self.fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self._measured: dict[str, Size] = {}
        self._roots: dict[str, int] = {}

    def check(self) -> int:
        """The fields of its operations, fragments included. Raises a GraphQLError of TooComplex,
        with its place, where the document is too large.
        """
        fields = 0
        for each in self.operations:
            size = self._size(each.selection_set, 0)
            size.directives += len(each.directives or ())
            self._refuse(size, each)
            fields += size.fields
            if each.operation is OperationType.MUTATION:
                count = self._fields_at_root(each.selection_set)
                if count > self.limits.mutations:
                    raise refused(each, "mutations", count, self.limits.mutations)
        # Those that nothing spreads are validated all the same.
        for name, fragment in self.fragments.items():
            self._refuse(self._spread(name, 0), fragment)
        return fields

    def _refuse(self, size: Size, node: Any) -> None:
        for limit in ("depth", "fields", "aliases", "directives"):
            asked, most = getattr(size, limit), getattr(self.limits, limit)
            if asked > most:
                raise refused(node, limit, asked, most)

    def _size(self, selections: SelectionSetNode, level: int) -> Size:
        size = Size()
        for node in selections.selections:
            self.visits += 1
            size.directives += len(node.directives or ())
            if isinstance(node, FieldNode):
                below = self._size(node.selection_set, level) if node.selection_set else Size()
                size.add(below, below=1)
                size.fields += 1
                size.aliases += node.alias is not None
            elif isinstance(node, FragmentSpreadNode):
                if level >= NESTED:
                    raise refused(node, "fragments", level + 1, NESTED)
                found = self._spread(node.name.value, level + 1)
                if level + found.nested >= NESTED:
                    raise refused(node, "fragments", level + found.nested + 1, NESTED)
                size.add(found, inside=1)
            elif isinstance(node, InlineFragmentNode):
                size.add(self._size(node.selection_set, level))
        return size

    def _spread(self, name: str, level: int) -> Size:
        """The size of a fragment; nothing for one that is not there, or that is in itself: that
        is for validation to say.
        """
        if name not in self._measured:
            fragment = self.fragments.get(name)
            self._measured[name] = Size()
            if fragment is not None:
                self._measured[name] = self._size(fragment.selection_set, level)
        return self._measured[name]

    def _fields_at_root(self, selections: SelectionSetNode) -> int:
        count = 0
        for node in selections.selections:
            if isinstance(node, FieldNode):
                count += 1
            elif isinstance(node, FragmentSpreadNode):
                name = node.name.value
                if name not in self._roots:
                    self._roots[name] = 0
                    if name in self.fragments:
                        found = self._fields_at_root(self.fragments[name].selection_set)
                        self._roots[name] = found
                count += self._roots[name]
            elif isinstance(node, InlineFragmentNode):
                count += self._fields_at_root(node.selection_set)
        return count


def refused(node: Any, limit: str, asked: int, most: int) -> GraphQLError:
    refusal = TooComplex(asked, most, f"query_{limit}")
    return GraphQLError("", node, original_error=refusal)


def introspects(document: DocumentNode) -> Iterator[FieldNode]:
    """The fields of a document that ask about the schema, wherever they stand at the root."""
    fragments = {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    pending = [
        each.selection_set
        for each in document.definitions
        if isinstance(each, OperationDefinitionNode)
    ]
    while pending:
        for node in pending.pop().selections:
            if isinstance(node, FieldNode):
                if node.name.value in ("__schema", "__type"):
                    yield node
            elif isinstance(node, FragmentSpreadNode):
                found = fragments.pop(node.name.value, None)
                if found is not None:
                    pending.append(found.selection_set)
            elif isinstance(node, InlineFragmentNode):
                pending.append(node.selection_set)
