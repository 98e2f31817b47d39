"""Mutations: each opens a unit of work, says what is meant, and returns what happened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from strawberry import UNSET, Info

from db import commenting, idempotency, restoring
from db.access import Viewer
from db.declare import Label, snake_case
from db.errors import Conflict, FichesError, InvalidInput, NotFound, Path
from db.history import Origin
from db.suite import Module
from db.writing import Known, Saved, Work
from graph.context import operation
from graph.errors import ABOVE, UserError, user_errors
from graph.resolvers.actions import Action
from graph.resolvers.arguments import known
from graph.resolvers.given import given
from graph.resolvers.records import numbered, record_id, reference
from graph.selecting import plain

Resolver = Callable[..., Awaitable[Any]]
RECORD = Label("Fiche", "Record")
INPUT: Path = ("input",)


@dataclass(frozen=True)
class Payload:
    """What a mutation did. The record is read afresh for what the client selected, unless that is
    known from writing it.
    """

    module: Module | None = None
    id: int | None = None
    change: Any = None
    comment: Any = None
    errors: list[UserError] = field(default_factory=list)
    known: Known | None = None

    @classmethod
    def of(cls, saved: Saved, known: Known | None = None) -> Payload:
        return cls(saved.module, saved.id, saved.change, known=known)


def refusing(resolver: Resolver, payload: Callable[..., Any] = Payload) -> Resolver:
    """Tell what db/errors.py refuses in the payload's `errors`."""

    @wraps(resolver)
    async def resolve(*args: Any, **kwargs: Any) -> Any:
        info: Info = kwargs["info"]
        await operation(info).begin_field()
        try:
            return await resolver(*args, **kwargs)
        except ABOVE:
            raise
        except FichesError as refusal:
            return payload(errors=user_errors(refusal, operation(info).language))

    return resolve


async def reconfigure(
    info: Info, change: Callable[[Work], Awaitable[Any]], below: Path = ()
) -> Any:
    """Change what a company's modules or rights are; the viewer then has them as they are since.

    What `change` refuses is named `below` this path of the arguments.
    """
    own = operation(info)
    try:
        async with own.writing() as work:
            done = await change(work)
    except InvalidInput as refusal:
        raise refusal.below(below) from None
    await own.recognise()
    return done


def create(module: Module) -> Resolver:
    """Write a new record from its create input."""

    @refusing
    async def resolve(info: Info, input: Any, idempotency_key: str | None = UNSET) -> Any:
        sent = given(input)

        async def write(work: Work) -> Saved:
            return await work.create(module, sent)

        return await once(info, "create", module, sent, idempotency_key, write, INPUT, knows=True)

    return resolve


def update(module: Module) -> Resolver:
    """Write the fields the client sent onto one record; the payload says what changed."""

    @refusing
    async def resolve(
        info: Info,
        id: Any,
        input: Any,
        expected_version: int | None = UNSET,
        idempotency_key: str | None = UNSET,
    ) -> Any:
        sent = given(input)
        version = None if expected_version is UNSET else expected_version

        async def write(work: Work) -> Saved:
            return await work.update(module, known(module, id), sent, expected_version=version)

        asked = [str(id), sent, version]
        return await once(info, "update", module, asked, idempotency_key, write, INPUT, knows=True)

    return resolve


def acting(action: Action) -> Resolver:
    """Do one of the actions of a module; fields.taking gives it the arguments it has."""

    @refusing
    async def resolve(info: Info, idempotency_key: str | None = UNSET, **arguments: Any) -> Any:
        sent = {name: given(arguments.get(name, UNSET)) for name in action.arguments}

        async def write(work: Work) -> Saved:
            return await action.act(work, sent)

        return await once(info, action.name, action.made, sent, idempotency_key, write)

    return resolve


async def once(
    info: Info,
    action: str,
    module: Module | None,
    asked: Any,
    key: str | None,
    write: Callable[[Work], Awaitable[Saved]],
    below: Path = (),
    origin: Origin = Origin.MANUAL,
    *,
    knows: bool = False,
) -> Payload:
    """Do it, or where it was done under this key before, say again what came of it.

    `module` is that of the record, where the action has one. What the unit of work refuses is
    told with paths that start at the argument `below`. `knows`: nothing is done to the record
    after what is saved first.
    """
    own = operation(info)
    key = None if key is UNSET else key
    try:
        async with own.writing(origin) as work:
            request = [action, module.name if module else None, asked]
            done = await idempotency.done_before(work, key, request)
            if done is not None:
                return Payload(module, done["id"], await work.change(done["change"]))
            saved = await write(work)
            result = {"id": saved.id, "change": saved.change["id"] if saved.change else None}
            await idempotency.remember(work, key, result)
    except (InvalidInput, Conflict) as refusal:
        raise refusal.below(below) from None
    if knows and sees_whole(own.viewer, saved.module) and plain(info, saved.module, named=True):
        return Payload.of(saved, saved.known)
    own.reader.once = plain(info, saved.module)
    return Payload.of(saved)


def sees_whole(viewer: Viewer, module: Module) -> bool:
    """Whether the viewer sees every record of the module, with all its fields."""
    scope = viewer.scope
    masks = any(of == module.name for of, _ in scope.masked)
    return scope.sees_all(module) and module.name not in scope.hidden and not masks


@refusing
async def add_comment(info: Info, record: Any = UNSET, body: str = "", parent: Any = UNSET) -> Any:
    answered = None
    if parent is not UNSET and parent is not None:
        answered = _comment_id(parent, "parent")
    on = record_id(record) if record is not UNSET else None
    own = operation(info)
    async with own.writing() as work:
        comment, change = await commenting.add(work, on, body, answered)
    return Payload(comment=comment, change=change)


@refusing
async def edit_comment(info: Info, id: Any, body: str) -> Any:
    own = operation(info)
    async with own.writing() as work:
        comment, change = await commenting.edit(work, _comment_id(id, "id"), body)
    return Payload(comment=comment, change=change)


@refusing
async def delete_comment(info: Info, id: Any) -> Any:
    own = operation(info)
    async with own.writing() as work:
        comment, change = await commenting.delete(work, _comment_id(id, "id"))
    return Payload(comment=comment, change=change)


def _comment_id(id: Any, argument: str) -> int:
    found = numbered(id, "comment")
    if found is None:
        raise NotFound(commenting.COMMENT, str(id), (argument,))
    return found


@refusing
async def restore_fields(
    info: Info,
    id: Any,
    change: Any,
    fields: Any,
    expected_version: int | None = UNSET,
    idempotency_key: str | None = UNSET,
) -> Any:
    stored = [snake_case(name) for name in fields]
    version = None if expected_version is UNSET else expected_version

    async def write(work: Work) -> Saved:
        number, entry = record_id(id), numbered(change, "change")
        if number is None:
            raise NotFound(RECORD, str(id), ("id",))
        if entry is None:
            raise NotFound(restoring.CHANGE, str(change), ("change",))
        return await restoring.restore_fields(work, number, entry, stored, version)

    asked = [str(id), str(change), stored, version]
    return await once(info, "restore_fields", None, asked, idempotency_key, write)


def written(root: Any, info: Info) -> Any:
    """The record a payload is about, as it is now: what is known of it, else what will be read."""
    if root.id is None or root.known is not None:
        return root.known
    return operation(info).loaders.record(root.module).load(root.id)


async def written_of_any(root: Any, info: Info) -> Any:
    """The same, of any module."""
    return await reference(info, root.id)
