"""The forms of a module: which fields they ask for, and what stands in them at first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from strawberry import UNSET, Info

from db import forms, reading
from db.customs import PREFIX, Customised, customised, layout_of
from db.declare import UNSET as UNDECLARED
from db.declare import Choice, Column, Fact, Label, Links, Relation
from db.errors import InvalidInput, NotFound, Problem
from db.history import Origin
from db.layouts import SYSTEM
from db.relating import relate
from db.suite import Module, Tab
from db.writing import Saved, Work
from graph import names
from graph.context import Operation, operation
from graph.resolvers.field_values import FieldOfRecord, fact_of
from graph.resolvers.mutations import INPUT, RECORD, Payload, once, refusing
from graph.resolvers.naming import module_named
from graph.resolvers.records import record_id
from graph.resolvers.spelt import as_input


@dataclass(frozen=True)
class FormField:
    """One field of a form, with what stands in it at first as a field of a record."""

    own: Operation
    at_first: FieldOfRecord
    required: bool
    readonly: bool

    @property
    def fact(self) -> Fact | None:
        return self.at_first.fact

    @property
    def name(self) -> str:
        return self.at_first.name

    @property
    def label(self) -> str:
        return self.at_first.label

    @property
    def type(self) -> str:
        return self.at_first.type

    @property
    def many(self) -> bool:
        return isinstance(self.fact, Links)

    @property
    def target(self) -> str | None:
        return self.fact.target_name if isinstance(self.fact, Relation | Links) else None

    @property
    def values(self) -> list[tuple[str, Label]] | None:
        choice = self.fact.choice if isinstance(self.fact, Column) else None
        return None if choice is None else [(each.name, each.label) for each in choice]


async def default(root: FormField, info: Info) -> Any:
    return (await root.at_first.shown(root.own)).value


async def default_display(root: FormField, info: Info) -> Any:
    return (await root.at_first.shown(root.own)).display


def full_form(root: Any, info: Info) -> list[FormField]:
    """All that the details show and a client may know before the record is there; links last."""
    own, module = operation(info), root.source
    layout = layout_of(own.viewer, module)
    shown = [name for block in layout.blocks for name in block.fields if name not in SYSTEM]
    links = [name for name in module.links if name not in customised(own.viewer, module).hidden]
    return _fields(own, module, [*shown, *links, "owner"], {})


async def quick_form(root: Any, info: Info, from_: Any = UNSET, tab: str | None = UNSET) -> Any:
    own, module = operation(info), root.source
    taken = {}
    if from_ is not UNSET and from_ is not None:
        id = record_id(from_)
        found = None if id is None else await own.loaders.registered.load(id)
        if id is None or found is None:
            raise NotFound(RECORD, str(from_), ("from",))
        row = await own.loaders.record(found.module).load(id)
        has = customised(own.viewer, module)
        taken = has.writable(forms.taken(module, row, _way(module, found.module, tab)))
    return _fields(own, module, layout_of(own.viewer, module).quick, taken)


def _fields(
    own: Operation, module: Module, chosen: Iterable[str], taken: dict[str, Any]
) -> list[FormField]:
    has = customised(own.viewer, module)
    row = _row(own, has, taken)
    asked = [*chosen, *(name for name in taken if name not in chosen)]
    return [
        FormField(
            own,
            FieldOfRecord(row, name, fact_of(has, name), own.language, row.get("currency")),
            name in has.layout.required,
            name in has.layout.readonly,
        )
        for name in asked
    ]


def _row(own: Operation, has: Customised, taken: dict[str, Any]) -> dict[str, Any]:
    """What a new record would hold, by column, as a row has it."""
    row: dict[str, Any] = {"owner_id": own.viewer.id, "custom": {}}
    for name, fact in has.facts.items():
        value = taken.get(name)
        if name.startswith(PREFIX) and isinstance(fact, Column):
            given = None if fact.default is UNDECLARED else fact.default
            row["custom"][name.removeprefix(PREFIX)] = (
                given.value if isinstance(given, Choice) else given
            )
            continue
        if isinstance(fact, Relation):
            row[fact.foreign_key] = value
        elif isinstance(fact, Links):
            row[name] = value or []
        elif value is None and fact.default is not UNDECLARED:
            row[name] = fact.default.value if fact.choice else fact.default
        else:
            row[name] = value
    return row


def _way(module: Module, host: Module, tab: Any) -> Tab | None:
    name = None if tab is UNSET or tab is None else names.snake(tab)
    return forms.way(module, host, name)


@refusing
async def quick_create(
    info: Info,
    module: str,
    input: Any,
    from_: Any = UNSET,
    tab: str | None = UNSET,
    idempotency_key: str | None = UNSET,
) -> Payload:
    target = module_named(operation(info).suite, module)
    host = None if from_ is UNSET else from_
    problems: list[Problem] = []
    given = as_input(target, input, problems)

    async def write(work: Work) -> Saved:
        row = None if host is None else await _host(work, host)
        into = None if row is None else _way(target, row.module, tab)
        taken = {} if row is None else work.having(target).writable(forms.taken(target, row, into))
        try:
            saved = await work.create(target, forms.completed(target, given, taken))
        except InvalidInput as refusal:
            raise InvalidInput([*problems, *refusal.below(INPUT).problems]) from None
        if problems:
            raise InvalidInput(problems)
        if into is not None and into.forward:
            await _linked(work, row, into, saved)
        return saved

    asked = [input, host, None if tab is UNSET else tab]
    return await once(
        info, "quick_create", target, asked, idempotency_key, write, origin=Origin.QUICK_CREATE
    )


async def _host(work: Work, host: Any) -> Any:
    """The row of the record that a new one is created from. Raises NotFound."""
    id = record_id(host)
    found = {} if id is None else await reading.registered_by_id(work, work.suite, [id])
    if id is None or id not in found:
        raise NotFound(RECORD, str(host), ("from",))
    module = found[id].module
    # As its reader sees it, not as the service does: what is hidden there is not taken along.
    statement = reading.by_id_statement(module, work.viewer.scope)
    (row,) = await work.fetch(statement, {"ids": [id]}, module.row)
    return row


async def _linked(work: Work, row: Any, tab: Tab, saved: Saved) -> None:
    """Put a new record in a tab of links that its host declares."""
    try:
        await relate(work, row.module, row["id"], tab.name, [saved.id], linked=True)
    except InvalidInput as refusal:
        raise InvalidInput([replace(each, path=("from",)) for each in refusal.problems]) from None
