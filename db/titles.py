"""Titles: what a record is called where it is pointed at, made at each save."""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from db.declare import Column, Relation
from db.kinds import kind_of
from db.suite import Module

LONGEST = 300


def title(module: Module, values: Mapping[str, Any], number: str, titles: Mapping[str, str]) -> str:
    """The module's template filled: empty parts collapse; the number is the last resort.

    `titles` are those of the records pointed at, by the name of the relation.
    """
    parts: list[str] = []
    for text, name, _, _ in Formatter().parse(module.declared.title):
        parts.append(text)
        if name:
            parts.append(_shown(module, name, values, number, titles))
    joined = re.sub(r"\s+", " ", "".join(parts)).strip()
    return joined[:LONGEST] or number


def _shown(
    module: Module, name: str, values: Mapping[str, Any], number: str, titles: Mapping[str, str]
) -> str:
    if name == "number":
        return number
    fact = module.facts[name]
    if isinstance(fact, Relation):
        return titles.get(name, "")
    value = values.get(name)
    if value is None or not isinstance(fact, Column):
        return ""
    if fact.choice:
        label: str = fact.choice(value).label.fr
        return label
    shown: str = kind_of(fact.type).display(value, "fr")
    return shown
