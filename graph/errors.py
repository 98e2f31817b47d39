"""What a client can be told, by code: refusals of a mutation in its payload, all else on top.

The codes are db.errors.ErrorCode; GraphQL's own are GRAPHQL_PARSE_FAILED and
GRAPHQL_VALIDATION_FAILED. Whatever is not meant for clients is told as INTERNAL with a reference
under which the log has it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from graphql import GraphQLError, GraphQLSyntaxError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError

from db.errors import (
    BadUserInput,
    Busy,
    FichesError,
    Internal,
    Problem,
    RateLimited,
    Timeout,
    TooComplex,
    Unauthenticated,
)
from db.messages import message
from graph import names

log = logging.getLogger("fiches")

ABOVE = (Unauthenticated, RateLimited, Timeout, Busy, Internal)
"""What no payload tells: it concerns the operation, not the input."""


@dataclass(frozen=True)
class UserError:
    """One thing to put right, as a payload tells it."""

    path: list[str]
    code: Any
    message: str
    conflict: Any = None


def user_errors(refusal: FichesError, language: str) -> list[UserError]:
    """What a refusal says, each problem by itself."""
    return [
        UserError(_path(each), each.code, _spelt(each).message(language), _conflict(each))
        for each in refusal.problems
    ]


def _conflict(problem: Problem) -> Any:
    """The conflict with its field as clients call it."""
    found = problem.conflict
    return None if found is None else replace(found, name=names.camel(found.name))


def told(error: GraphQLError, language: str) -> GraphQLError:
    """An error of an operation as the client may see it."""
    original = error.original_error
    if original is None and error.extensions and "code" in error.extensions:
        return error
    if isinstance(original, FichesError):
        return _coded(error, original, language)
    if isinstance(original, CannotGetOperationTypeError):
        return _coded(error, BadUserInput(("operationName",), "which_operation"), language)
    if isinstance(original, InvalidOperationTypeError):
        return _coded(error, BadUserInput(("method",), "mutation_by_get"), language)
    if original is None or isinstance(original, GraphQLError):
        code = "GRAPHQL_VALIDATION_FAILED"
        if isinstance(error, GraphQLSyntaxError):
            code = "GRAPHQL_PARSE_FAILED"
        elif error.path is not None:
            code = "BAD_USER_INPUT"
        return _replaced(error, error.message, {**(error.extensions or {}), "code": code})
    reference = uuid4().hex[:12]
    log.error("unexpected error %s", reference, exc_info=original)
    return _coded(error, Internal(reference), language)


def told_of(refusal: FichesError, language: str) -> GraphQLError:
    """A refusal of a whole operation, as an error of its own."""
    return _coded(GraphQLError(""), refusal, language)


def _coded(error: GraphQLError, refusal: FichesError, language: str) -> GraphQLError:
    extensions: dict[str, Any] = {"code": refusal.code.value}
    problems = [
        {"path": _path(each), "code": each.code.value, "message": _spelt(each).message(language)}
        for each in refusal.problems
        if each.path
    ]
    if problems:
        extensions["problems"] = problems
    if isinstance(refusal, RateLimited):
        extensions["retryAfter"] = refusal.seconds
    if isinstance(refusal, TooComplex):
        extensions |= refusal.params
    text = message(refusal.message_key, language, **_spelt_params(refusal.params))
    return _replaced(error, text, extensions)


def _replaced(error: GraphQLError, message: str, extensions: dict[str, Any]) -> GraphQLError:
    return GraphQLError(
        message, error.nodes, error.source, error.positions, error.path, None, extensions
    )


def _spelt(problem: Problem) -> Problem:
    return replace(problem, params=_spelt_params(problem.params))


def _spelt_params(params: Mapping[str, object]) -> Mapping[str, object]:
    """What fills a message; arguments and names of fields in it as clients call them."""
    spelt = dict(params)
    argument, named = params.get("argument"), params.get("names")
    if isinstance(argument, str):
        spelt["argument"] = ".".join(names.camel(each) for each in argument.split("."))
    if isinstance(named, list):
        spelt["names"] = [names.camel(each) for each in named]
    return spelt


def _path(problem: Problem) -> list[str]:
    return [names.camel(part) for part in problem.path]


def all_told(errors: Iterable[GraphQLError], language: str) -> list[GraphQLError]:
    return [told(error, language) for error in errors]
