"""By which id a request names its document: three dialects of one idea.

| sent by | as |
|---|---|
| the draft of GraphQL over HTTP, appendix A | `documentId: "sha256:…"` or an id of one's own |
| Apollo's clients, and urql's | `extensions.persistedQuery { version: 1, sha256Hash }` |
| Relay's network layers | `doc_id`, or `id`, without `query` |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

SHA256: Final = "[0-9a-f]{64}"
ID: Final = r"[A-Za-z0-9._~:/+=-]{1,256}"
"""Unreserved characters, as the draft has them, and those of base64."""
HASHED: Final = "sha256:"


@dataclass(frozen=True)
class Named:
    """The id of a document. `automatic`: the client will register it where it is not known."""

    id: str
    automatic: bool = False


class BadName(Exception):
    """What names no document: the parameter at fault, and what it may be."""

    def __init__(self, parameter: str, accepted: str) -> None:
        super().__init__(parameter, accepted)
        self.parameter = parameter
        self.accepted = accepted


def named(given: Mapping[str, Any]) -> Named | None:
    """The id that a request names its document by, if it does. Raises BadName."""
    if given.get("documentId") is not None:
        return _own("documentId", given["documentId"])
    apollo = (given.get("extensions") or {}).get("persistedQuery")
    if apollo is not None:
        return _apollo(apollo)
    if not given.get("query"):
        for parameter in ("doc_id", "id"):
            if given.get(parameter) is not None:
                return _own(parameter, given[parameter])
    return None


def _own(parameter: str, value: Any) -> Named:
    if not isinstance(value, str) or not re.fullmatch(ID, value):
        raise BadName(parameter, '"…"')
    if value.startswith(HASHED):
        value = value.removeprefix(HASHED)
        if not re.fullmatch(SHA256, value):
            raise BadName(parameter, '"sha256:…", 64 × 0-9 a-f')
    return Named(value)


def _apollo(value: Any) -> Named:
    accepted = '{"version": 1, "sha256Hash": "…"}'
    if not isinstance(value, dict) or value.get("version") != 1:
        raise BadName("extensions.persistedQuery", accepted)
    hashed = value.get("sha256Hash")
    if not isinstance(hashed, str) or not re.fullmatch(SHA256, hashed):
        raise BadName("extensions.persistedQuery", accepted)
    return Named(hashed, automatic=True)
