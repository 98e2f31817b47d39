"""What administrators read and change of access rights and of users."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

from strawberry import UNSET, Info

from db import administering, handing_over, sharing, teams, users
from db.declare import snake_case
from db.errors import Forbidden
from db.explaining import Explanation, explain_access
from db.handing_over import Progress
from db.listings import search_values
from db.rights import OTHERS
from db.statements import Statement
from db.writing import Work
from graph import names
from graph.context import Operation, operation
from graph.resolvers.given import given
from graph.resolvers.lists import Connection, connect, searched
from graph.resolvers.mutations import INPUT, Payload, reconfigure, refusing
from graph.resolvers.parties import number, party_number
from graph.resolvers.records import record_id, reference

OF_COMPANY: Final = ("viewer_company",)
READ: Final = {
    "role": Statement(administering.ROLES, OF_COMPANY, {}),
    "team": Statement(teams.TEAMS, OF_COMPANY, {}),
    "profile": Statement(administering.PROFILES, OF_COMPANY, {}),
    "rule": Statement(administering.RULES, OF_COMPANY, {}),
}
"""By what ids start with: all there are, a thousand at most."""
SHARING: Final = Statement(administering.SHARING, OF_COMPANY, {})
WRITES: Final = {"READ": False, "READ_WRITE": True, "PRIVATE": None}


@dataclass(frozen=True)
class Done(Payload):
    """What was changed: the ids of what there is to read, or the rows."""

    role_id: int | None = None
    team_id: int | None = None
    profile_id: int | None = None
    rule: Any = None
    sharing: Any = None
    user: Any = None
    record_id: int | None = None
    deleted: bool = False
    progress: Progress = field(default_factory=Progress)

    @property
    def handed_over(self) -> int:
        return self.progress.given

    @property
    def kept(self) -> int:
        return self.progress.kept

    @property
    def remaining(self) -> int:
        return self.progress.remaining

    @property
    def complete(self) -> bool:
        return not self.progress.remaining


async def every(own: Operation, kind: str) -> dict[int, Any]:
    """All roles, teams, profiles or rules by id. Raises Forbidden. One statement."""
    if not own.viewer.administrator:
        raise Forbidden(administering.RIGHTS, "read")
    return {row["id"]: row for row in await own.reader.fetch(READ[kind])}


def listed(kind: str) -> Callable[..., Any]:
    async def resolve(info: Info) -> Any:
        return list((await every(operation(info), kind)).values())

    return resolve


def one(kind: str, key: str) -> Callable[..., Any]:
    """What a row or payload refers to by `key`, or None."""

    async def resolve(root: Any, info: Info) -> Any:
        id = getattr(root, key) if isinstance(root, Done) else root[key]
        return None if id is None else (await every(operation(info), kind)).get(id)

    return resolve


def spelt_id(kind: str) -> Callable[..., str]:
    def resolve(root: Any) -> str:
        return f"{kind}-{root['id']}"

    return resolve


async def members(root: Any, info: Info) -> Any:
    loader = operation(info).loaders.principal
    return await gather(*(loader.load(id) for id in root["member_ids"]))


def party(key: str) -> Callable[..., Any]:
    async def resolve(root: Any, info: Info) -> Any:
        return await operation(info).loaders.principal.load(root[key])

    return resolve


def grants(root: Any) -> Any:
    return [
        {"module": None if module == OTHERS else module, "actions": actions}
        for module, actions in root["grants"].items()
    ]


def limits(root: Any) -> Any:
    return [
        {"module": module, "name": names.camel(name), "level": level}
        for module, levels in root["fields"].items()
        for name, level in levels.items()
    ]


async def module_sharing(info: Info) -> Any:
    own = operation(info)
    if not own.viewer.administrator:
        raise Forbidden(administering.RIGHTS, "read")
    rows = await own.reader.fetch(SHARING)
    writes = {row["module"]: row["writes"] for row in rows}
    return [_shared(module.name, writes.get(module.name)) for module in own.suite.modules]


def _shared(module: str, writes: bool | None) -> Any:
    level = next(level for level, each in WRITES.items() if each is writes)
    return {"module": module, "level": level}


async def list_users(
    info: Info,
    search: str | None = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Connection:
    if not operation(info).viewer.administrator:
        raise Forbidden(administering.RIGHTS, "read")
    prefix = searched(search)
    listing, values = users.Users(prefix is not None), search_values(prefix)
    return connect(info, listing, None, first, after, last, before, digest=prefix or "",
        values=dict(values))  # fmt: skip


def _setting(kind: str) -> Callable[..., Any]:
    """Make a role, a team or a profile, or change the one with the `id`."""

    async def resolve(info: Info, input: Any, id: Any = None) -> Any:
        own, sent = operation(info), given(input)
        place = None if id is None else number(id, kind)
        if sent.get("parent") is not None:
            sent["parent"] = number(sent["parent"], "role", "parent")
        if "members" in sent:
            sent["members"] = [party_number(each, "members") for each in sent["members"] or ()]
        if sent.get("grants", ()) is None:
            sent["grants"] = []
        if "fields" in sent:
            sent["fields"] = [
                {**each, "name": snake_case(each["name"])} for each in sent["fields"] or ()
            ]

        async def change(work: Work) -> Any:
            if kind == "role":
                return await administering.set_role(work, place, sent)
            if kind == "team":
                return await teams.set_team(work, place, sent)
            modules = [module.name for module in own.suite.modules]
            return await administering.set_profile(work, place, sent, modules)

        row = await reconfigure(info, change, INPUT)
        return Done(**{f"{kind}_id": row["id"]})

    return resolve


def creating(kind: str) -> Callable[..., Any]:
    setting = _setting(kind)

    async def resolve(info: Info, input: Any) -> Any:
        return await setting(info, input)

    return refusing(resolve, Done)


def updating(kind: str) -> Callable[..., Any]:
    setting = _setting(kind)

    async def resolve(info: Info, id: Any, input: Any) -> Any:
        return await setting(info, input, id)

    return refusing(resolve, Done)


def deleting(kind: str, delete: Callable[[Work, int], Awaitable[None]]) -> Callable[..., Any]:
    async def resolve(info: Info, id: Any) -> Any:
        place = number(id, kind)
        await reconfigure(info, lambda work: delete(work, place))
        return Done()

    return refusing(resolve, Done)


async def _set_sharing(info: Info, module: str, level: Any) -> Any:
    writes = WRITES[level.value]

    async def change(work: Work) -> Any:
        name = administering.known_module(work, module)
        await administering.set_sharing(work, name, writes)
        return _shared(name, writes)

    return Done(sharing=await reconfigure(info, change))


async def _add_rule(info: Info, module: str, from_: Any, with_: Any, writes: bool = False) -> Any:
    source, target = party_number(from_, "from"), party_number(with_, "with")

    async def change(work: Work) -> Any:
        name = administering.known_module(work, module)
        return await administering.add_rule(work, name, source, target, writes)

    return Done(rule=await reconfigure(info, change))


async def _share_record(info: Info, record: Any, with_: Any, writes: bool = False) -> Any:
    id, target = record_id(record), party_number(with_, "with")
    done = await reconfigure(info, lambda work: sharing.share_record(work, id, target, writes))
    return Done(record_id=done)


async def _unshare_record(info: Info, record: Any, with_: Any) -> Any:
    id, target = record_id(record), party_number(with_, "with")
    done = await reconfigure(info, lambda work: sharing.unshare_record(work, id, target))
    return Done(record_id=done)


async def shared_record(root: Done, info: Info) -> Any:
    return None if root.record_id is None else await reference(info, root.record_id)


def _placed(input: Any) -> dict[str, Any]:
    sent: dict[str, Any] = given(input)
    for name in ("role", "profile"):
        if sent.get(name) is not None:
            sent[name] = number(sent[name], name, name)
    return sent


async def _create_user(info: Info, input: Any) -> Any:
    sent = _placed(input)
    return Done(user=await reconfigure(info, lambda work: users.create_user(work, sent), INPUT))


async def _update_user(info: Info, id: Any, input: Any) -> Any:
    place, sent = number(id, "user"), _placed(input)
    return Done(
        user=await reconfigure(info, lambda work: users.update_user(work, place, sent), INPUT)
    )


async def _deactivate_user(info: Info, id: Any, new_owner: Any) -> Any:
    own = operation(info)
    place, owner = number(id, "user"), party_number(new_owner, "newOwner")
    user = await reconfigure(info, lambda work: users.deactivate(work, place, owner))
    return Done(user=user, progress=await _handed_over(own, place, str(new_owner)))


async def _delete_team(info: Info, id: Any, new_owner: Any = UNSET) -> Any:
    own = operation(info)
    place, progress = number(id, "team"), Progress()
    if new_owner is not UNSET and new_owner is not None:
        owner = party_number(new_owner, "newOwner")
        async with own.writing() as work:
            await teams.known_team(work, place)
            await handing_over.refuse_owner(work, place, owner)
        progress = await _handed_over(own, place, str(new_owner))
        if progress.kept or progress.remaining:
            return Done(progress=progress)
    await reconfigure(info, lambda work: teams.delete_team(work, place))
    return Done(deleted=True, progress=progress)


async def _handed_over(own: Operation, old: int, new: str) -> Progress:
    """Give what somebody owns to another, as much as one request does."""
    done, over = Progress(), False
    while not over:
        async with own.writing() as work:
            most = min(handing_over.BATCH, handing_over.MOST - done.looked_at)
            done = await handing_over.hand_over(work, old, new, done, most)
            over = not done.remaining or done.looked_at >= handing_over.MOST
            if over:
                await handing_over.note_handed_over(work, old, new, done)
    return done


async def explained(info: Info, record: Any, user: Any) -> Explanation:
    own = operation(info)
    _ = own.viewer
    async with own.writing() as work:
        return await explain_access(work, record_id(record), number(user, "user", "user"))


set_sharing = refusing(_set_sharing, Done)
add_rule = refusing(_add_rule, Done)
share_record = refusing(_share_record, Done)
unshare_record = refusing(_unshare_record, Done)
create_user = refusing(_create_user, Done)
update_user = refusing(_update_user, Done)
deactivate_user = refusing(_deactivate_user, Done)
delete_team = refusing(_delete_team, Done)
