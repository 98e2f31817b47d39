"""The tabs of a record, in the order of its layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from strawberry import UNSET, Info

from db.customs import customised, tabs_of
from db.declare import Links
from db.suite import Tab, module_of
from graph import names
from graph.context import Operation, operation
from graph.resolvers import lists
from graph.resolvers.spelt import as_filter, as_order


@dataclass(frozen=True)
class TabOfRecord:
    """One tab of one record. It reads nothing by itself."""

    own: Operation
    row: Any
    tab: Tab

    @property
    def name(self) -> str:
        return names.camel(self.tab.name)

    @property
    def label(self) -> str:
        has = customised(self.own.viewer, self.tab.host)
        return has.label_of_tab(self.tab).into(self.own.language)

    @property
    def module(self) -> str:
        return self.tab.module.name

    @property
    def can_add(self) -> bool:
        """A new record of the tab points at this one, or is linked with it."""
        if self.tab.module.declared.by_actions:
            return False
        if not self.own.viewer.granted("create", self.tab.module):
            return False
        if isinstance(self.tab.fact, Links):
            return self.can_link
        return self.tab.module.writable(self.tab.fact)

    @property
    def can_link(self) -> bool:
        if not isinstance(self.tab.fact, Links):
            return False
        writes = self.tab.host if self.tab.forward else self.tab.module
        owns = self.own.viewer.may("edit", self.tab.host, self.row) or not self.tab.forward
        return owns and not writes.declared.by_actions


def tabs(root: Any, info: Info) -> list[TabOfRecord]:
    own, module = operation(info), module_of(root)
    return [TabOfRecord(own, root, tab) for tab in tabs_of(own.viewer, module)]


def tab(root: Any, info: Info, name: str) -> TabOfRecord | None:
    return next((each for each in tabs(root, info) if each.name == name), None)


async def count(root: TabOfRecord) -> Any:
    return await root.own.loaders.count.load((root.tab, root.row["id"]))


async def rows(
    root: TabOfRecord,
    info: Info,
    filter: Any = UNSET,
    order_by: Any = UNSET,
    first: int | None = UNSET,
    after: str | None = UNSET,
    last: int | None = UNSET,
    before: str | None = UNSET,
) -> Any:
    return lists.connect_records(
        info,
        root.tab.module,
        root.tab,
        root.row["id"],
        filter=as_filter(root.tab.module, filter),
        order_by=as_order(root.tab.module, order_by),
        search=None,
        first=first,
        after=after,
        last=last,
        before=before,
    )
