"""Manifests of documents, as the tools that build clients write them, and keeping what they hold.

| tool | file |
|---|---|
| graphql-codegen, client preset | `persisted-documents.json`: `{hash: text}` |
| Relay's compiler | the file of `persistConfig`: `{md5: text}` |
| Apollo's generate-persisted-query-manifest | `{format, version, operations: [{id, name, body}]}` |
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, parse, validate

from db import trusted
from db.migrate import opened
from db.settings import Settings
from db.start_errors import StartError
from db.trusted import Kept, Trusted
from graph.limits import Document, Limits
from graph.named import ID, SHA256

APOLLO: Final = "apollo-persisted-query-manifest"


async def load(settings: Settings, url: str, file: Path, schema: GraphQLSchema) -> tuple[int, int]:
    """Keep all documents of a manifest, or none: how many there are, and how many are new.

    StartError where the file is no manifest, where an id does not fit, has another text already or
    is not the hash it seems to be, and where a document is not valid or beyond a limit.
    """
    documents = read(file)
    wrong = list(_wrong(documents, schema, Limits.of(settings)))
    if wrong:
        more = f" (and {len(wrong) - 3} more)" if len(wrong) > 3 else ""
        raise StartError(
            f"{file.name}: {'; '.join(wrong[:3])}{more}",
            "build the client against this service's schema, then load its manifest again",
        )
    titled = [replace(each, name=each.name or _operations(each.query)) for each in documents]
    async with opened(url) as connection:
        added, others = await trusted.load(connection, titled)
    if others:
        raise StartError(
            f"{file.name}: {', '.join(others[:3])} stands for another document already",
            "give the changed document an id of its own, or forget the old one first",
        )
    return len(documents), added


async def listed(settings: Settings, url: str) -> list[Kept]:
    async with opened(url) as connection:
        return await trusted.listed(connection)


async def forget(settings: Settings, url: str, ids: list[str], every: bool) -> list[str]:
    """The ids of those that were kept. StartError, and nothing forgotten, where one was not."""
    async with opened(url) as connection, connection.transaction():
        gone = await trusted.forget(connection, ids, every)
        missing = sorted(set(ids) - set(gone))
        if missing:
            raise StartError(f"no document is kept as {missing[0]}", "see `fiches documents list`")
    return gone


def read(file: Path) -> list[Trusted]:
    """The documents of a manifest, each once. StartError where it is none."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise StartError(f"{file} cannot be read ({error})", "give a manifest in JSON") from None
    try:
        documents = list(_apollo(found) if "operations" in found else _mapped(found))
    except (TypeError, KeyError, AttributeError):
        documents = []
    if not documents or not all(isinstance(each.query, str) for each in documents):
        raise StartError(
            f"{file} is no manifest of documents",
            "give the file that graphql-codegen, Apollo or Relay writes: docs/trusted-documents.md",
        )
    return documents


def _apollo(found: dict[str, Any]) -> Iterator[Trusted]:
    if found.get("format") != APOLLO or found.get("version") != 1:
        raise TypeError
    for each in found["operations"]:
        yield Trusted(each["id"], each["name"], each["body"])


def _mapped(found: dict[str, Any]) -> Iterator[Trusted]:
    for id, query in found.items():
        yield Trusted(id, "", query)


def _wrong(documents: list[Trusted], schema: GraphQLSchema, limits: Limits) -> Iterator[str]:
    """What is wrong with each, in a line."""
    for each in documents:
        problem = _problem(each, schema, limits)
        if problem:
            yield f"{each.name or each.id}: {' '.join(problem.split())}"


def _operations(query: str) -> str:
    """The names of a document's operations."""
    definitions = parse(query, no_location=True).definitions
    operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
    return ", ".join(each.name.value for each in operations if each.name)


def _problem(document: Trusted, schema: GraphQLSchema, limits: Limits) -> str | None:
    if not isinstance(document.id, str) or not re.fullmatch(ID, document.id):
        return "its id is not of letters, digits and -._~:/+="
    hashed = sha256(document.query.encode()).hexdigest()
    if re.fullmatch(SHA256, document.id) and document.id != hashed:
        return "its id is the SHA-256 of another text"
    try:
        parsed = parse(document.query, max_lexical_tokens=limits.tokens)
        Document(parsed, limits).check()
        errors = validate(schema, parsed)
    except GraphQLError as error:
        return str(error.original_error or error.message)
    return errors[0].message if errors else None
