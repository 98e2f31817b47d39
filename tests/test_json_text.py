"""JSON of requests is taken as strictly as the standard library would, told to be strict."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph.json_text import LARGEST_INT, BadJson, parsed
from tests.properties import examples

KEYS = st.sampled_from(["a", "b", 'q":', "é", "", " : "])
BLANKS = st.sampled_from(["", "", " ", "\n\t"])


@st.composite
def texts(draw: st.DrawFn, depth: int = 3) -> str:
    """JSON in which objects may name a key twice, and numbers may be large."""
    kind = draw(st.integers(0, 4 if depth else 2))
    if kind < 3:
        values: list[st.SearchStrategy[Any]] = [
            KEYS,
            st.integers(-(2**65), 2**65) | st.integers(-9, 9),
            st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
        ]
        return json.dumps(draw(values[kind]), ensure_ascii=draw(st.booleans()))
    members = draw(st.lists(st.tuples(KEYS, texts(depth=depth - 1)), max_size=3))
    blank = draw(BLANKS)
    if kind == 3:
        return "[" + f"{blank},".join(value for _, value in members) + blank + "]"
    pairs = [f"{json.dumps(key)}{blank}:{blank}{value}" for key, value in members]
    return "{" + f"{blank},".join(pairs) + "}"


class Refused(ValueError):
    pass


def strictly(text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise Refused
        return dict(pairs)

    def fitting(digits: str) -> int:
        if not -LARGEST_INT <= int(digits) < LARGEST_INT:
            raise Refused
        return int(digits)

    return json.loads(text, object_pairs_hook=once, parse_int=fitting)


@examples(300)
@given(text=texts(), as_bytes=st.booleans())
def test_a_key_named_twice_and_a_number_too_large_are_always_refused(
    text: str, as_bytes: bool
) -> None:
    try:
        expected, refused = strictly(text), False
    except Refused:
        expected, refused = None, True

    try:
        found = parsed(text.encode() if as_bytes else text, 64)
    except BadJson:
        assert refused
    else:
        assert not refused
        assert found == expected
