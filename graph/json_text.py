"""JSON as clients send it: strict, for what two readers could understand in two ways is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

import orjson

KEY: Final = re.compile(rb'"\s*:')
LONG: Final = re.compile(rb"\d{19}")
LARGEST_INT: Final = 2**63
"""The first whole number that no column and no answer holds."""


class BadJson(ValueError):
    """Text that is no JSON, or one that is not taken: `key` of db.messages, and what fills it."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params: dict[str, Any] = params


def parsed(text: bytes | str, deepest: int) -> Any:
    """What the text says, nested at most `deepest` levels. Raises BadJson.

    It must be UTF-8 without lone surrogates, name no key twice in one object, and hold no whole
    number beyond 64 bits: orjson takes the last of two equal keys and rounds such a number, in
    silence. Where either may be, the standard library reads it once more.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadJson("bad_json", line=error.lineno, column=error.colno) from None
    if deeper(value, deepest):
        raise BadJson("request_too_deep", maximum=deepest)
    if not _plain(text, value):
        json.loads(text, object_pairs_hook=_once, parse_int=_fitting)
    return value


def _plain(text: bytes | str, value: Any) -> bool:
    """Whether the text surely names no key twice and holds no large number: it has a quote before a
    colon for every key that was read, and for none besides, and nowhere so many digits.
    """
    written = text if isinstance(text, bytes) else text.encode()
    return len(KEY.findall(written)) == _keys(value) and not LONG.search(written)


def _keys(value: Any) -> int:
    """The keys of all objects in a value."""
    found, waiting = 0, _holders([value])
    while waiting:
        holder = waiting.pop()
        if isinstance(holder, dict):
            found += len(holder)
        waiting += _holders(_held(holder))
    return found


def deeper(value: Any, most: int) -> bool:
    """Whether lists and objects are nested in more than `most` levels; each is looked at once."""
    level = _holders([value])
    for _ in range(most):
        if not level:
            return False
        level = _holders([each for holder in level for each in _held(holder)])
    return bool(level)


def _holders(values: Iterable[Any]) -> list[Any]:
    return [each for each in values if isinstance(each, dict | list)]


def _held(holder: Any) -> Iterable[Any]:
    return holder.values() if isinstance(holder, dict) else holder


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise BadJson("json_twice", name=next(key for key in found if keys.count(key) > 1))
    return found


def _fitting(digits: str) -> int:
    if len(digits) > 20 or not -LARGEST_INT <= int(digits) < LARGEST_INT:
        raise BadJson("json_number", value=digits)
    return int(digits)
