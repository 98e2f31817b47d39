"""Records put in a many-to-many tab of another, or taken out of it, from whichever side it is seen.

Links are a field of the side that declares them: what is done here is an update of that side,
checked, told and merged as any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from db import reading
from db.declare import Relation
from db.errors import BadUserInput, ErrorCode, FichesError, InvalidInput, NotFound, Path, Problem
from db.rows import ChangeRow
from db.suite import Module, Tab
from db.validation import MAX_LINKED

if TYPE_CHECKING:
    from db.writing import Saved, Work

LINKED: Final = "SELECT from_id, to_id FROM link WHERE relation = $1 AND from_id = ANY($2)"
TOLD: Final = "SELECT * FROM change WHERE record_id = $1 AND at = now() ORDER BY id DESC LIMIT 1"
"""What this transaction told of a record last."""


async def relate(
    work: Work, module: Module, id: int, name: str, ids: Sequence[int], *, linked: bool
) -> Saved:
    """Put the records `ids` in the tab `name` of one record, or take them out; what is there
    already, or is not, stays so. The record, and what its history says of it.

    Raises BadUserInput for a tab that is no such list, NotFound, Forbidden, Locked, InvalidInput.
    """
    from db.writing import Patch, Saved  # it writes with what this module gives it

    tab = many_to_many(module, name)
    if len(ids) > MAX_LINKED:
        raise BadUserInput(("ids",), "too_many", maximum=MAX_LINKED)
    near, far = (module, tab.module) if tab.forward else (tab.module, module)
    held = await work.hold(near, [id] if tab.forward else ids)
    hosts = held if tab.forward else await reading.records_by_id(work, module, [id])
    if id not in hosts:
        raise NotFound(module.singular, id, ("record",))
    joined = await _linked(work, tab, list(held))
    pointed = {each for some in joined.values() for each in some}
    seen = await reading.records_by_id(work, far, pointed | set(ids if tab.forward else [id]))
    _refuse_missing(tab, ids, seen if tab.forward else held)
    patches = []
    for each in [id] if tab.forward else dict.fromkeys(ids):
        now, own = set(ids) if tab.forward else {id}, joined[each]
        after = own | now if linked else own - now
        if after != own:
            # Links to what the writer does not see are not theirs to say, and are kept.
            links = sorted(after & seen.keys())
            patches.append(Patch(each, {tab.fact.name: links}))
    for patch, done in zip(patches, await work.update_many(near, patches), strict=True):
        if isinstance(done, FichesError):
            raise _at(_place(tab, ids, patch.id, done), done)
    told = await work.connection.fetchrow(TOLD, id, record_class=ChangeRow)
    return Saved(module, id, told)


def many_to_many(module: Module, name: str) -> Tab:
    """The tab of that name. Raises BadUserInput for one that is none, saying what to do instead."""
    tab = module.tabs.get(name)
    if tab is None or tab.module.part:
        known = [each.name for each in module.tabs.values() if not isinstance(each.fact, Relation)]
        raise BadUserInput(("tab",), "no_such_tab", module=module.singular, name=name, names=known)
    if isinstance(tab.fact, Relation):
        raise BadUserInput(
            ("tab",),
            "tab_of_relation",
            code=ErrorCode.INVALID,
            tab=tab.label,
            label=tab.fact.label,
            module=tab.module.singular,
            argument=tab.fact.name,
            accepted=f"update{tab.module.name}",
        )
    return tab


async def _linked(work: Work, tab: Tab, ids: Sequence[int]) -> dict[int, set[int]]:
    """What records of the declaring side are linked to, whoever sees it."""
    found: dict[int, set[int]] = {id: set() for id in ids}
    for row in await work.connection.fetch(LINKED, tab.key, ids):
        found[row["from_id"]].add(row["to_id"])
    return found


def _refuse_missing(tab: Tab, ids: Sequence[int], known: Mapping[int, Any]) -> None:
    problems = [
        Problem(
            ("ids", str(i)),
            ErrorCode.NOT_FOUND,
            "no_such_target",
            {"label": tab.label, "id": str(id)},
        )
        for i, id in enumerate(ids)
        if id not in known
    ]
    if problems:
        raise InvalidInput(problems)


def _place(tab: Tab, ids: Sequence[int], id: int, refusal: FichesError) -> Path:
    """The argument that names the record refused, or what was to be linked with it."""
    if not tab.forward:
        return ("ids", str(list(ids).index(id)))
    return ("ids",) if isinstance(refusal, InvalidInput) else ("record",)


def _at(path: Path, refusal: FichesError) -> FichesError:
    """The same, told of an argument of the mutation: what was updated was not sent."""
    return InvalidInput(
        [Problem(path, each.code, each.message_key, each.params) for each in refusal.problems]
    )
