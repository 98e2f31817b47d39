"""Saved lists as they are written: kept, changed, copied, chosen, forgotten."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from strawberry import UNSET, Info

from db import conditions, idempotency, ordering, saved_lists, shares
from db.errors import (
    BadFilter,
    BadUserInput,
    Conflict,
    ErrorCode,
    InvalidInput,
    NotFound,
    Problem,
)
from db.kinds import Invalid, parse_json, parse_line
from db.saved_lists import ALL, LABELS, LIST, LONGEST, SavedList
from db.suite import Module
from db.writing import Work
from graph.context import Operation, operation
from graph.errors import UserError
from graph.resolvers import list_columns
from graph.resolvers.given import given
from graph.resolvers.mutations import INPUT, reconfigure, refusing
from graph.resolvers.naming import module_named
from graph.resolvers.parties import party, party_number
from graph.resolvers.records import numbered
from graph.resolvers.saved_lists import fixed, list_id
from graph.resolvers.spelt import as_filter, as_order


@dataclass(frozen=True)
class ListPayload:
    """What a mutation of lists did."""

    kept: SavedList | None = None
    id: str | None = None
    errors: list[UserError] = field(default_factory=list)


refusing_list = partial(refusing, payload=ListPayload)


@refusing_list
async def create(info: Info, input: Any, idempotency_key: str | None = UNSET) -> ListPayload:
    sent, own = given(input), operation(info)
    module = module_named(own.suite, sent.pop("module"), ("input", "module"))

    async def write(work: Work) -> SavedList:
        return await saved_lists.create(work, module, checked(work, module, {"name": None, **sent}))

    return await _once(info, ["create_list", module.name, sent], idempotency_key, write)


@refusing_list
async def update(
    info: Info,
    id: Any,
    input: Any,
    expected_version: int | None = UNSET,
    idempotency_key: str | None = UNSET,
) -> ListPayload:
    own, sent = operation(info), given(input)
    number = stored_id(own, id)
    version = None if expected_version is UNSET else expected_version

    async def write(work: Work) -> SavedList:
        stored = await saved_lists.lock(work, number)
        values = checked(work, work.suite[stored["module"]], sent)
        return await saved_lists.update(work, stored, values, version)

    asked = ["update_list", number, sent, version]
    return await _once(info, asked, idempotency_key, write)


@refusing_list
async def delete(info: Info, id: Any, idempotency_key: str | None = UNSET) -> ListPayload:
    number = stored_id(operation(info), id)

    async def write(work: Work) -> None:
        await saved_lists.delete(work, number)

    done = await _once(info, ["delete_list", number], idempotency_key, write)
    return ListPayload(id=f"list-{number}", errors=done.errors)


@refusing_list
async def duplicate(info: Info, id: Any, idempotency_key: str | None = UNSET) -> ListPayload:
    language = operation(info).language

    async def write(work: Work) -> SavedList:
        return await saved_lists.duplicate(work, await seen(work, info, id), language)

    return await _once(info, ["duplicate_list", str(id)], idempotency_key, write)


@refusing_list
async def set_default(info: Info, module: str, id: Any = None) -> ListPayload:
    of = module_named(operation(info).suite, module)

    async def write(work: Work) -> SavedList:
        chosen = SavedList(of) if id is None else await seen(work, info, id)
        if chosen.module is not of:
            called = chosen.called(operation(info).language)
            raise BadUserInput(("id",), "other_module", name=called, module=of.plural)
        await saved_lists.choose(work, chosen)
        return chosen

    return await _once(info, [], None, write)


@refusing_list
async def share(info: Info, id: Any, with_: Any, writes: bool = False) -> ListPayload:
    number, target = stored_id(operation(info), id), party(with_, "with")

    async def change(work: Work) -> None:
        await saved_lists.lock(work, number)
        await shares.share(work, "list", number, target, writes)

    return await _shared(info, number, change)


@refusing_list
async def unshare(info: Info, id: Any, with_: Any) -> ListPayload:
    number, target = stored_id(operation(info), id), party_number(with_, "with")

    async def change(work: Work) -> None:
        await saved_lists.lock(work, number)
        await shares.unshare(work, "list", number, target)

    return await _shared(info, number, change)


async def _shared(
    info: Info, number: int, change: Callable[[Work], Awaitable[None]]
) -> ListPayload:
    """Do it; the list as the viewer has it since, if they still see it."""
    await reconfigure(info, change)
    return ListPayload(await operation(info).loaders.saved_list.load(number))


def stored_id(own: Operation, id: Any) -> int:
    """The number of a list that may change. Raises NotFound, and refuses the list of all."""
    if fixed(own, id):
        raise BadUserInput(("id",), "list_is_fixed", code=ErrorCode.FORBIDDEN, name=ALL)
    number = numbered(id, "list")
    if number is None:
        raise NotFound(LIST, str(id), ("id",))
    return number


async def seen(work: Work, info: Info, id: Any) -> SavedList:
    """A list that the viewer may see, that of all records too. Raises NotFound."""
    found = fixed(operation(info), id)
    number = None if found else numbered(id, "list")
    if number is not None:
        found = (await saved_lists.by_id(work, work.suite, [number])).get(number)
    if found is None:
        raise NotFound(LIST, str(id), ("id",))
    return found


async def _once(
    info: Info, asked: Any, key: str | None, write: Callable[[Work], Awaitable[SavedList | None]]
) -> ListPayload:
    """Do it; where it was done under this key before, say again what came of it."""
    own = operation(info)
    key = None if key is UNSET else key
    try:
        async with own.writing() as work:
            done = await idempotency.done_before(work, key, asked)
            if done is None:
                saved = await write(work)
                id = None if saved is None else saved.id
                await idempotency.remember(work, key, {"id": id})
            else:
                found = await saved_lists.by_id(work, work.suite, [done["id"] or 0])
                saved = found.get(done["id"])
    except (InvalidInput, Conflict) as refusal:
        raise refusal.below(INPUT) from None
    if saved is not None and not saved.visible_to(own.viewer):
        saved = None  # an administrator took it back from those it was shared with
    return ListPayload(saved, None if saved is None else list_id(saved))


def checked(work: Work, module: Module, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, fit to be kept as it is spelt. Raises InvalidInput with every problem."""
    problems: list[Problem] = []
    kept = dict(sent)
    if "name" in sent:
        kept["name"] = _name(sent["name"], problems)
    if "columns" in sent:
        list_columns.check(work.viewer, module, sent["columns"], problems)
    for name, spelt, parse in (
        ("filter", as_filter, partial(conditions.parse, having=work.having)),
        ("order_by", as_order, ordering.parse),
    ):
        try:
            parse_json(sent.get(name))
            parse(module, spelt(module, sent.get(name)))
        except Invalid as wrong:
            problems.append(Problem.of((name,), LABELS[name], wrong))
        except BadFilter as refusal:
            problems += refusal.problems
    if sent.get("shared", False) is None:
        params = {"label": LABELS["shared"]}
        problems.append(Problem(("shared",), ErrorCode.REQUIRED, "required", params))
    if problems:
        raise InvalidInput(problems)
    return kept


def _name(given: Any, problems: list[Problem]) -> str | None:
    label = LABELS["name"]
    try:
        name = parse_line(given, LONGEST)
    except Invalid as wrong:
        problems.append(Problem.of(("name",), label, wrong))
        return None
    if name is None:
        problems.append(Problem(("name",), ErrorCode.REQUIRED, "required", {"label": label}))
    return name
