"""The arguments of actions, beside those that every mutation has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import strawberry

from db.errors import NotFound
from db.suite import Module
from graph.resolvers.records import record_id

Arguments = Mapping[str, Any]
"""What was given, by argument; None where one was left out."""


@dataclass(frozen=True)
class Argument:
    """One argument of a mutation: its GraphQL type, nullable where it may be left out."""

    type: Any
    about: str


UPDATE: Final = "update"
"""The type of an argument that takes the module's update input, which is derived."""

ID: Final = {"id": Argument(strawberry.ID, "Its id.")}


def known(module: Module, id: Any, argument: str = "id") -> int:
    """The id a client gave of a record of the module. Raises NotFound where it can be none's."""
    key = record_id(id)
    if key is None:
        raise NotFound(module.singular, str(id), (argument,))
    return key
