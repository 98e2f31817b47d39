"""What a client gave: Strawberry's input objects as plain data, without what was left out."""

from __future__ import annotations

from enum import Enum
from typing import Any

from strawberry import UNSET

PLAIN = (str, int, float, bool, type(None))


def given(value: Any) -> Any:
    """Inputs become dicts by Python name, enum members their values; UNSET is no value at all."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, PLAIN):
        return value
    if value is UNSET:
        return None
    if isinstance(value, list | tuple):
        return [given(each) for each in value]
    if isinstance(value, dict):
        return value
    if hasattr(value, "__strawberry_definition__"):
        return {
            name.rstrip("_"): given(each) for name, each in vars(value).items() if each is not UNSET
        }
    return value
