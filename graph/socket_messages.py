"""What a message of a socket must look like, before anything is made of it.

The shapes are those of graphql-transport-ws:
https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md. What has another closes the socket
with 4400 and a reason; of what it does not name, nothing is looked at.
"""

from __future__ import annotations

from typing import Any, Final

from graph.named import BadName, named
from graph.requests import Asked

LONGEST_ID: Final = 128
"""Characters of an operation's id: it is kept, and repeated with each event."""

HEADERS: Final = ("authorization", "fiches-company", "accept-language")
"""What `connection_init` carries in place of headers, in whatever case."""


class BadMessage(Exception):
    """A message that the protocol does not know; its text is the reason, for developers."""


def checked(message: Any) -> dict[str, Any]:
    """The message, if a client may send one of this shape. Raises BadMessage.

    The query of a `subscribe` is an Asked: its text, or the id that the client has for it.
    """
    if not isinstance(message, dict):
        raise BadMessage("A message must be a JSON object")
    kind = message.get("type")
    if kind in ("connection_init", "ping", "pong"):
        _object(message, "payload", f"The payload of {kind}")
    if kind == "connection_init":
        return _init(message)
    if kind == "subscribe":
        _id(message)
        return _subscribe(message)
    if kind == "complete":
        _id(message)
    elif kind not in ("ping", "pong"):
        raise BadMessage(f"Unknown type of message: {_shown(kind)}")
    return message


def _init(message: dict[str, Any]) -> dict[str, Any]:
    payload = message.get("payload") or {}
    for name, value in payload.items():
        if name.lower() in HEADERS and not isinstance(value, str | None):
            raise BadMessage(f"{name} in the payload of connection_init must be a string")
    return {**message, "payload": payload}


def _subscribe(message: dict[str, Any]) -> dict[str, Any]:
    payload = message.get("payload")
    if not isinstance(payload, dict):
        raise BadMessage("The payload of subscribe must be an object")
    if not isinstance(payload.get("query"), str | None):
        raise BadMessage("query in the payload of subscribe must be a document")
    if not isinstance(payload.get("operationName"), str | None):
        raise BadMessage("operationName in the payload of subscribe must be a string")
    for name in ("variables", "extensions"):
        _object(payload, name, f"{name} in the payload of subscribe")
    try:
        document = named(payload)
    except BadName as bad:
        raise BadMessage(f"{bad.parameter} in the payload of subscribe: {bad.accepted}") from None
    query = payload.get("query") or None
    if query is None and document is None:
        raise BadMessage("query in the payload of subscribe must be a document")
    return {**message, "payload": {**payload, "query": Asked(query, named=document)}}


def _id(message: dict[str, Any]) -> None:
    id = message.get("id")
    if not isinstance(id, str) or not 0 < len(id) <= LONGEST_ID:
        raise BadMessage(f"The id of an operation must be a string of 1 to {LONGEST_ID} characters")


def _object(holder: dict[str, Any], name: str, told: str) -> None:
    if not isinstance(holder.get(name), dict | None):
        raise BadMessage(f"{told} must be an object")


def _shown(kind: Any) -> str:
    return kind[:40] if isinstance(kind, str) else "none"
