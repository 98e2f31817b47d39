"""The recycle bin, taking records out of it, and what deleting one would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from strawberry import UNSET, Info

from db import recycling
from db.counting import Count
from db.declare import Relation
from db.errors import NotFound
from db.listings import Bin, search_values
from db.suite import Module, Tab, module_of
from db.writing import Saved, Work
from graph import names
from graph.context import operation
from graph.errors import UserError, user_errors
from graph.resolvers.lists import connect, searched
from graph.resolvers.mutations import RECORD, once, refusing
from graph.resolvers.naming import modules_named
from graph.resolvers.records import record_id


async def recycle_bin(
    info: Info,
    modules: list[str] | None = UNSET,
    search: str | None = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    own = operation(info)
    _ = own.viewer
    prefix = searched(search)
    asked = {module.name for module in modules_named(own.suite, modules)}
    listing = Bin(own.suite.register, prefix is not None)
    wanted = [name for name in recycling.binned(own.suite) if name in asked]
    values: dict[str, Any] = {**search_values(prefix), "modules": wanted}
    digest = f"{','.join(wanted)} {prefix or ''}"
    return connect(info, listing, None, first, after, last, before, digest=digest, values=values)


@refusing
async def restore_record(info: Info, id: Any, idempotency_key: str | None = UNSET) -> Any:
    """Take a record of any module out of the bin."""
    number = record_id(id)

    async def write(work: Work) -> Saved:
        module = None
        if number is not None:
            module = await recycling.module_of_deleted(work, work.suite, number)
        if module is None or number is None:
            raise NotFound(RECORD, str(id), ("id",))
        return await work.restore(module, number)

    return await once(info, "restore", None, str(id), idempotency_key, write)


@dataclass(frozen=True)
class Related:
    """A tab in which there are records."""

    tab: Tab
    count: Count
    language: str

    @property
    def name(self) -> str:
        return names.camel(self.tab.name)

    @property
    def label(self) -> str:
        return self.tab.label.into(self.language)

    @property
    def module(self) -> str:
        return self.tab.module.name

    @property
    def required(self) -> bool:
        return isinstance(self.tab.fact, Relation) and self.tab.fact.required


@dataclass(frozen=True)
class Impact:
    """What deleting a record would do; `row` is its module's."""

    row: Any
    errors: Sequence[UserError]

    @property
    def can_delete(self) -> bool:
        return not self.errors


async def deletion_impact(info: Info, id: Any) -> Impact | None:
    own = operation(info)
    _ = own.viewer
    number = record_id(id)
    row = None if number is None else await own.loaders.registered.load(number)
    if row is None or number is None:
        return None
    module: Module = row.module
    stored = await own.loaders.record(module).load(number)
    refused = await recycling.refusals(own.reader, module, {number: stored}, hold=False)
    errors = user_errors(refused[number], own.language) if refused else []
    return Impact(stored, errors)


async def related(root: Any, info: Info) -> Sequence[Related]:
    """The tabs that are not empty, of a deleted record, or of one whose impact is asked."""
    own, row = operation(info), _row(root)
    tabs = list(module_of(row).tabs.values())
    counts = await own.loaders.count.load_many([(tab, row["id"]) for tab in tabs])
    found = zip(tabs, counts, strict=True)
    return [Related(tab, count, own.language) for tab, count in found if count.value]


async def comments(root: Any, info: Info) -> int:
    return (await operation(info).loaders.held.load(_row(root)["id"])).comments


async def line_items(root: Any, info: Info) -> int:
    return (await operation(info).loaders.held.load(_row(root)["id"])).line_items


def _row(root: Any) -> Any:
    return root.row if isinstance(root, Impact) else root


def module_label(root: Any, info: Info) -> str:
    return module_of(root).singular.into(operation(info).language)


async def deleted_by(root: Any, info: Info) -> Any:
    loaders = operation(info).loaders
    actor = await loaders.deleted_by.load(root["id"])
    return None if actor is None else await loaders.principal.load(actor)


def purged_on(root: Any, info: Info) -> date:
    own = operation(info)
    moment = root["deleted_at"] + timedelta(days=own.session.bin_days)
    local: date = moment.astimezone(ZoneInfo(own.viewer.time_zone)).date()
    return local
