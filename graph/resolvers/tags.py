"""Tags: read, made, changed and deleted, put on records and taken off."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from strawberry import UNSET, Info

from db import idempotency, shares, tagging
from db.bulk import Ids
from db.errors import InvalidInput, NotFound
from db.listings import Tagged, Tags, search_values
from db.writing import Work
from graph.context import operation
from graph.errors import UserError
from graph.resolvers import bulk
from graph.resolvers.given import given
from graph.resolvers.lists import Resolver, connect, searched
from graph.resolvers.mutations import INPUT, reconfigure, refusing
from graph.resolvers.parties import party, party_number
from graph.resolvers.parties import shares as shares_of
from graph.resolvers.records import numbered
from graph.resolvers.spelt import as_filter


@dataclass(frozen=True)
class Payload:
    """What became of a tag; it is read afresh for what the client selected."""

    number: int | None = None
    usage_count: int | None = None
    errors: list[UserError] = field(default_factory=list)

    @property
    def id(self) -> str | None:
        return None if self.number is None else f"tag-{self.number}"


def tag_id(root: Any) -> str:
    return f"tag-{root['id']}"


def mine(root: Any, info: Info) -> bool:
    return bool(root["owner_id"] == operation(info).viewer.id)


def can_edit(root: Any, info: Info) -> bool:
    return tagging.may_edit(operation(info).viewer, root)


async def shares_on(root: Any, info: Info) -> Any:
    return await shares_of(info, "tag", root["id"], can_edit(root, info))


async def owner(root: Any, info: Info) -> Any:
    return await operation(info).loaders.principal.load(root["owner_id"])


async def usage_count(root: Any, info: Info) -> Any:
    return await operation(info).loaders.usage.load(root["id"])


async def records(
    root: Any,
    info: Info,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    listing = Tagged(operation(info).suite.register)
    return connect(info, listing, root["id"], first, after, last, before)


async def tags_of(root: Any, info: Info) -> Any:
    """The tags of a record."""
    return await operation(info).loaders.tags.load(root["id"])


async def tags(
    info: Info,
    search: str | None = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    _ = operation(info).viewer
    prefix = searched(search)
    listing, values = Tags(prefix is not None), dict(search_values(prefix))
    return connect(
        info, listing, None, first, after, last, before, digest=prefix or "", values=values
    )


async def written(root: Any, info: Info) -> Any:
    """The tag a payload is about, as it is now."""
    return None if root.number is None else await operation(info).loaders.tag.load(root.number)


async def create(info: Info, input: Any, idempotency_key: str | None = UNSET) -> Any:
    sent = given(input)

    async def write(work: Work) -> Mapping[str, Any]:
        row = await tagging.create(work, sent)
        return {"number": row["id"]}

    return await _once(info, ["create_tag", sent], idempotency_key, write)


async def update(info: Info, id: Any, input: Any, idempotency_key: str | None = UNSET) -> Any:
    sent = given(input)

    async def write(work: Work) -> Mapping[str, Any]:
        row = await tagging.update(work, _number(id), sent)
        return {"number": row["id"]}

    return await _once(info, ["update_tag", str(id), sent], idempotency_key, write)


async def delete(info: Info, id: Any, idempotency_key: str | None = UNSET) -> Any:
    async def write(work: Work) -> Mapping[str, Any]:
        number = _number(id)
        return {"number": number, "usage_count": await tagging.delete(work, number)}

    return await _once(info, ["delete_tag", str(id)], idempotency_key, write)


async def share(info: Info, id: Any, with_: Any, writes: bool = False) -> Any:
    number, target = _number(id), party(with_, "with")

    async def change(work: Work) -> None:
        await tagging.lock(work, number)
        await shares.share(work, "tag", number, target, writes)

    await reconfigure(info, change)
    return Payload(number)


async def unshare(info: Info, id: Any, with_: Any) -> Any:
    number, target = _number(id), party_number(with_, "with")

    async def change(work: Work) -> None:
        await tagging.lock(work, number)
        await shares.unshare(work, "tag", number, target)

    await reconfigure(info, change)
    return Payload(number)


async def _once(
    info: Info,
    asked: list[Any],
    key: str | None,
    write: Callable[[Work], Awaitable[Mapping[str, Any]]],
) -> Payload:
    """Do it, or say again what came of it where it was done under this key before."""
    own = operation(info)
    key = None if key is UNSET else key
    try:
        async with own.writing() as work:
            done = await idempotency.done_before(work, key, asked)
            if done is None:
                done = await write(work)
                await idempotency.remember(work, key, done)
    except InvalidInput as refusal:
        raise refusal.below(INPUT) from None
    return Payload(**done)


def move(*, off: bool) -> Resolver:
    """Put tags on many records, or take them off."""

    async def resolve(
        info: Info,
        tags: list[Any],
        records: list[Any] | None = UNSET,
        module: str | None = UNSET,
        filter: Any = UNSET,
        atomic: bool = False,
        idempotency_key: str | None = UNSET,
    ) -> Any:
        named = {str(each): numbered(each, "tag") for each in tags}
        of = given(module)
        suite = operation(info).suite
        known = None if of is None or of not in suite or suite[of].part else suite[of]
        # Of no module, it is refused for that.
        matching = as_filter(known, given(filter)) if known else given(filter)

        async def write(work: Work, chosen: Ids | None, matching: Any) -> dict[str, Any]:
            pairs = list(named.items())
            return await tagging.move(work, chosen, of, matching, pairs, off=off, atomic=atomic)

        asked = ["remove_tags" if off else "add_tags", [*named], of, atomic]
        return await bulk.once(info, asked, given(records), matching, idempotency_key, write)

    return refusing(resolve, bulk.Payload)


def _number(id: Any) -> int:
    found = numbered(id, "tag")
    if found is None:
        raise NotFound(tagging.TAG, str(id), ("id",))
    return found


create_tag = refusing(create, Payload)
update_tag = refusing(update, Payload)
delete_tag = refusing(delete, Payload)
share_tag = refusing(share, Payload)
unshare_tag = refusing(unshare, Payload)
add_tags = move(off=False)
remove_tags = move(off=True)
