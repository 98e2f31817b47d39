"""`Record` and `Part`, the bases of every declaration: they name what a class body states."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from inspect import get_annotations
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped

from db.declare import App, Column, Declaration, DeclarationError, Fact, Label, snake_case

BUILTIN = {"str": str, "int": int, "bool": bool, "Decimal": Decimal}


class Record:
    """What every record has, whatever its module.

    class CustomerAccount(
        Record,
        app=SALES,
        fr=("Compte client", "Comptes client"),
        en=("Customer account", "Customer accounts"),
        prefix="CLI",
        title="{name}",
    ):
        name: Mapped[str] = column("Nom", "Name", key=True)

    `title` is a template of columns, relations and the number; empty parts collapse. `many` is the
    plural used in names where English is irregular. `lines`: the record is a document with line
    items. `edited_in`: its status moves by actions only, and it is edited in these statuses only.
    `accounting`: only a draft is edited, and has a provisional number. `by_actions`: no one but
    the service's own actions writes the module.
    `closed`: the status that an action alone gives, and in which a record is written no more.
    """

    declared: ClassVar[Declaration]

    id: Mapped[int]
    number: Mapped[str]
    title: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int]

    def __init_subclass__(
        cls,
        *,
        app: App,
        fr: tuple[str, str],
        en: tuple[str, str],
        prefix: str,
        title: str,
        many: str = "",
        lines: bool = False,
        accounting: bool = False,
        by_actions: bool = False,
        edited_in: tuple[str, ...] = (),
        closed: str = "",
    ) -> None:
        super().__init_subclass__()
        singular, plural = (Label(*pair) for pair in zip(fr, en, strict=True))
        cls.declared = Declaration(
            name=cls.__name__,
            app=app,
            singular=singular,
            plural=plural,
            prefix=prefix,
            title=title,
            many=many or _plural(snake_case(cls.__name__)),
            lines=lines,
            accounting=accounting,
            by_actions=by_actions,
            edited_in=edited_in or (("draft",) if accounting else ()),
            closed=closed,
            facts=_facts(cls),
        )


class Part:
    """Rows that belong to a record and have no page of their own, such as a document's lines.

    `shown`: the columns of the table that they stand in, in their order.
    """

    declared: ClassVar[Declaration]

    def __init_subclass__(
        cls, *, fr: tuple[str, str], en: tuple[str, str], shown: tuple[str, ...] = ()
    ) -> None:
        super().__init_subclass__()
        singular, plural = (Label(*pair) for pair in zip(fr, en, strict=True))
        many = _plural(snake_case(cls.__name__))
        cls.declared = Declaration(
            name=cls.__name__,
            singular=singular,
            plural=plural,
            many=many,
            part=True,
            shown=shown,
            facts=_facts(cls),
        )


def _facts(cls: type) -> dict[str, Fact]:
    declared = {name: fact for name, fact in vars(cls).items() if isinstance(fact, Fact)}
    for name, written in get_annotations(cls).items():
        if str(written).startswith("Mapped[") and name not in declared:
            raise DeclarationError(
                f"{cls.__name__}.{name}: is {written}, but no column(), relation() or links()"
            )
    return {name: _completed(cls, name, fact) for name, fact in declared.items()}


def _completed(cls: type, name: str, fact: Fact) -> Fact:
    """The fact with what the annotation says: its type, its target, whether it may be null."""
    many, written, optional = _annotated(cls, name)
    if isinstance(fact, Column) and not many:
        known = {**BUILTIN, **vars(sys.modules[cls.__module__])}
        if written not in known:
            raise DeclarationError(f"{cls.__name__}.{name}: {written!r} is no type known here")
        return replace(fact, name=name, type=known[written], optional=optional)
    if isinstance(fact, Column) or many != (not hasattr(fact, "optional")):
        raise DeclarationError(
            f"{cls.__name__}.{name}: `list[...]` annotates links() and nothing else"
        )
    if many:
        return replace(fact, name=name, target_name=written)
    return replace(fact, name=name, target_name=written, optional=optional)  # type: ignore[arg-type]


def _annotated(cls: type, name: str) -> tuple[bool, str, bool]:
    """Of `Mapped[list[Type]]` or `Mapped[Type | None]`: many, the type's name, optional."""
    written: Any = get_annotations(cls).get(name)
    match = re.fullmatch(r"Mapped\[(?:list\[(\w+)\]|(\w+)( \| None)?)\]", str(written))
    if match is None:
        raise DeclarationError(
            f"{cls.__name__}.{name}: annotate with Mapped[Type], Mapped[Type | None] or "
            f"Mapped[list[Type]], not {written!r}"
        )
    return match[1] is not None, match[1] or match[2], match[3] is not None


def _plural(name: str) -> str:
    """English's regular plurals: `tax_rate` gives `tax_rates`; `facility`, `facilities`."""
    if name.endswith("y") and name[-2] not in "aeiou":
        return f"{name[:-1]}ies"
    if name.endswith(("s", "x", "ch", "sh")):
        return f"{name}es"
    return f"{name}s"
