"""The schema of the last release, and what may change after it.

`python -m scripts.released_schema` writes `tests/released.graphql`, which is `schema.graphql`
without its descriptions: done once a release, with its version in CHANGELOG.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from graphql import (
    BreakingChange,
    BreakingChangeType,
    GraphQLEnumType,
    GraphQLSchema,
    Visitor,
    build_schema,
    find_breaking_changes,
    parse,
    print_ast,
    visit,
)

ROOT = Path(__file__).resolve().parent.parent
RELEASED = ROOT / "tests" / "released.graphql"

DATED: Final = re.compile(r"Since (\d{4}-\d{2}-\d{2}), gone after (\d{4}-\d{2}-\d{2})\.$")
"""How every reason of a deprecation ends: when it was told, and until when the thing stays."""

REMOVALS: Final = (
    BreakingChangeType.FIELD_REMOVED,
    BreakingChangeType.ARG_REMOVED,
    BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
)
"""What a deprecation can announce. Fields of inputs are told of as fields."""


def undated(schema: GraphQLSchema) -> list[str]:
    """What is deprecated without saying since when and until when."""
    return [name for name, reason in _deprecations(schema) if not DATED.search(reason)]


def unannounced(released: GraphQLSchema, now: GraphQLSchema, today: date) -> list[str]:
    """Changes that break clients of the released schema, but for the removal of what was
    deprecated in it until a day that is over.
    """
    reasons = dict(_deprecations(released))
    return [
        change.description
        for change in find_breaking_changes(released, now)
        if not _announced(change, reasons, today)
    ]


def _announced(change: BreakingChange, reasons: dict[str, str], today: date) -> bool:
    if change.type not in REMOVALS:
        return False
    # "Argument Query.name(old:) was removed."
    named, _, _ = change.description.partition(" was removed")
    name = named.rpartition(" ")[2]
    found = DATED.search(reasons.get(name, ""))
    return found is not None and date.fromisoformat(found[2]) < today


def _deprecations(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    for type_ in schema.type_map.values():
        parts: dict[str, Any] = getattr(type_, "fields", {})
        if isinstance(type_, GraphQLEnumType):
            parts = type_.values
        for name, part in parts.items():
            if part.deprecation_reason is not None:
                yield f"{type_.name}.{name}", part.deprecation_reason
            for argument, given in getattr(part, "args", {}).items():
                if given.deprecation_reason is not None:
                    yield f"{type_.name}.{name}({argument}:)", given.deprecation_reason


class _Undescribed(Visitor):
    def enter(self, node: Any, *_: Any) -> Any:
        described = getattr(node, "description", None) is not None
        return replace(node, description=None) if described else None


def undescribed(text: str) -> str:
    """A schema without its descriptions: what it means to programs."""
    return print_ast(visit(parse(text, no_location=True), _Undescribed())) + "\n"


def schema_of(path: Path) -> GraphQLSchema:
    return build_schema(path.read_text(encoding="utf-8"), assume_valid=True)


if __name__ == "__main__":
    RELEASED.write_text(undescribed((ROOT / "schema.graphql").read_text(encoding="utf-8")))
