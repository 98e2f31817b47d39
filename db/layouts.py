"""Layouts: which facts of a module its page shows, where and in which order.

A layout names facts and holds none. Everything that draws a page asks `layout_of` (db/customs.py)
and nothing else: there a company's own layouts are, without what the viewer may not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from db.declare import Column, Fact, Label, Links
from db.kinds import Address, LongText
from db.suite import Module

PEOPLE: Final[Mapping[str, Label]] = {
    "owner": Label("Propriétaire", "Owner"),
    "created_by": Label("Créé par", "Created by"),
    "updated_by": Label("Modifié par", "Updated by"),
}
"""Fields of every record that name people; they are no columns of its declaration."""

CUSTOM: Final = Label("Champs personnalisés", "Custom fields")

SYSTEM: Final = ("number", "owner", "created_at", "created_by", "updated_at", "updated_by")

COMPUTED: Final = ("number", "created_at", "created_by", "updated_at", "updated_by")
"""What of it the service alone writes."""


@dataclass(frozen=True)
class Block:
    """Fields that stand together, under one title."""

    name: str
    label: Label
    fields: tuple[str, ...]
    collapsed: bool = False


@dataclass(frozen=True)
class Layout:
    """The names of facts, in the order in which they are shown.

    `required` and `readonly` are those of forms: a layout may ask for more than a declaration,
    never for less. `roll_up` says, by the name of a relation or tab, whether comments roll up over
    it.
    """

    header: tuple[str, ...]
    key: tuple[str, ...]
    blocks: tuple[Block, ...]
    quick: tuple[str, ...]
    tabs: tuple[str, ...]
    required: frozenset[str] = frozenset()
    readonly: frozenset[str] = frozenset()
    roll_up: Mapping[str, bool] = field(default_factory=dict)


@lru_cache(maxsize=1024)
def default_layout(module: Module) -> Layout:
    """The layout that follows from the declaration and its flags."""
    facts = [fact for fact in module.facts.values() if not isinstance(fact, Links)]
    columns = module.columns.values()
    return Layout(
        header=tuple(each.name for each in columns if each.header),
        key=module.declared.shown or tuple(each.name for each in columns if each.key),
        blocks=tuple(_blocks(module)),
        quick=tuple(each.name for each in facts if each.quick or each.required),
        tabs=tuple(tab.name for tab in module.tabs.values() if not tab.module.part),
        required=frozenset(each.name for each in facts if each.required),
        readonly=frozenset(
            [*COMPUTED, *(each.name for each in facts if not module.writable(each))]
        ),
        roll_up={
            **{each.name: each.rollup for each in module.relations.values()},
            **{tab.name: tab.fact.rollup for tab in module.tabs.values()},
        },
    )


def laid_out(module: Module, facts: Mapping[str, Fact], given: Mapping[str, Any]) -> Layout:
    """The declared layout with the parts that are `given` in place of its own: as `stored` gives
    them. `facts` are the module's and the company's own; names of what is no more fall out.
    """
    base = default_layout(module)
    own = [name for name in facts if name not in module.facts]
    wanted = {name for name in own if _required(facts[name])}
    known = {*facts, *SYSTEM}
    blocks = base.blocks
    if own:
        block = Block("custom", CUSTOM, tuple(own))
        blocks = (*base.blocks[:-1], block, base.blocks[-1])
    if "blocks" in given:
        blocks = tuple(
            Block(
                each["name"],
                Label(*each["label"]),
                tuple(name for name in each["fields"] if name in known),
                each["collapsed"],
            )
            for each in given["blocks"]
        )
    quick = _kept(given, "quick", base.quick, known)
    required = base.required | wanted | {*_kept(given, "required", (), set(facts))}
    return Layout(
        header=_kept(given, "header", base.header, known),
        key=_kept(given, "key", base.key, known),
        blocks=blocks,
        quick=(*quick, *(name for name in facts if name in required and name not in quick)),
        tabs=_kept(given, "tabs", base.tabs, set(base.tabs)),
        required=required,
        readonly=base.readonly | {*_kept(given, "readonly", (), set(facts))},
        roll_up={**base.roll_up, **given.get("roll_up", {})},
    )


def without(layout: Layout, hidden: Collection[str]) -> Layout:
    """The layout without some fields and tabs."""

    def left(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if name not in hidden)

    return replace(
        layout,
        header=left(layout.header),
        key=left(layout.key),
        blocks=tuple(replace(each, fields=left(each.fields)) for each in layout.blocks),
        quick=left(layout.quick),
        tabs=left(layout.tabs),
        required=layout.required - set(hidden),
    )


def _required(fact: Fact) -> bool:
    return not isinstance(fact, Links) and fact.required


def _kept(
    given: Mapping[str, Any], part: str, otherwise: tuple[str, ...], known: Collection[str]
) -> tuple[str, ...]:
    return tuple(name for name in given[part] if name in known) if part in given else otherwise


def _blocks(module: Module) -> Iterator[Block]:
    """What it is, where it is, what is said of it, and who keeps it."""
    shown = [fact for fact in module.facts.values() if not isinstance(fact, Links)]
    places = [each for each in shown if _is(each, Address)]
    texts = [each for each in shown if _is(each, LongText)]
    own = [each for each in shown if each not in places and each not in texts]
    for name, label, facts in (
        ("general", Label("Informations générales", "General information"), own),
        ("addresses", Label("Adresses", "Addresses"), places),
        ("texts", Label("Textes", "Texts"), texts),
    ):
        if facts:
            yield Block(name, label, tuple(each.name for each in facts))
    yield Block("system", Label("Système", "System"), SYSTEM, collapsed=True)


def _is(fact: Fact, type_: object) -> bool:
    return isinstance(fact, Column) and fact.type is type_
